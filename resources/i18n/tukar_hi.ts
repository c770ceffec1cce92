<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="hi" sourcelanguage="en">
<context>
    <name>Age</name>
    <message>
        <source>Is the buyer {years} or older?</source>
        <translation>क्या ग्राहक {years} साल या उससे बड़ा है?</translation>
    </message>
    <message>
        <source>Look at the person or at their card. It is asked once a bill.</source>
        <translation>व्यक्ति या उनका पहचान पत्र देखें। हर बिल पर एक बार पूछा जाता है।</translation>
    </message>
    <message>
        <source>Yes, {years} or older</source>
        <translation>हाँ, {years} या बड़ा</translation>
    </message>
    <message>
        <source>Do not sell it</source>
        <translation>न बेचें</translation>
    </message>
</context>
<context>
    <name>Approval</name>
    <message>
        <source>A manager says yes</source>
        <translation>मैनेजर की हाँ</translation>
    </message>
    <message>
        <source>The points are no longer reserved, and money was taken. Save the bill all the same.</source>
        <translation>पॉइंट अब रखे नहीं हैं, और पैसे लिए जा चुके हैं। फिर भी बिल सहेजें।</translation>
    </message>
    <message>
        <source>This needs a second person. Choose yourself and type your PIN.</source>
        <translation>इसके लिए दूसरा व्यक्ति चाहिए। अपना नाम चुनें और PIN लिखें।</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>रद्द</translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>मंज़ूर करें</translation>
    </message>
    <message>
        <source>Ask the manager</source>
        <translation>मैनेजर से पूछें</translation>
    </message>
    <message>
        <source>{name} said no: {note}</source>
        <translation>{name} ने मना किया: {note}</translation>
    </message>
    <message>
        <source>Nobody here? A manager can answer from the office.</source>
        <translation>यहाँ कोई नहीं? मैनेजर ऑफ़िस से जवाब दे सकते हैं।</translation>
    </message>
    <message>
        <source>Asking the office…</source>
        <translation>ऑफ़िस से पूछा जा रहा है…</translation>
    </message>
    <message>
        <source>The office is asked. {seconds} s left to answer.</source>
        <translation>ऑफ़िस से पूछा गया है। जवाब के लिए {seconds} सेकंड बाकी।</translation>
    </message>
    <message>
        <source>The office said no. Ask somebody here.</source>
        <translation>ऑफ़िस ने मना किया। यहाँ किसी से पूछें।</translation>
    </message>
    <message>
        <source>Nobody answered in time. Ask again, or ask somebody here.</source>
        <translation>समय पर जवाब नहीं आया। फिर पूछें, या यहाँ किसी से पूछें।</translation>
    </message>
    <message>
        <source>No line to the office. Ask somebody here.</source>
        <translation>ऑफ़िस से संपर्क नहीं है। यहाँ किसी से पूछें।</translation>
    </message>
</context>
<context>
    <name>Bill</name>
    <message>
        <source>Bill {number}</source>
        <translation>बिल {number}</translation>
    </message>
    <message>
        <source>No salesperson</source>
        <translation>कोई सेल्सपर्सन नहीं</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>पहले जैसा</translation>
    </message>
    <message>
        <source>Undo, Ctrl+Z</source>
        <translation>पहले जैसा, Ctrl+Z</translation>
    </message>
    <message>
        <source>Lines of the bill</source>
        <translation>बिल की पंक्तियाँ</translation>
    </message>
    <message>
        <source>Scan an item, or type its name or code.</source>
        <translation>आइटम स्कैन करें, या नाम या कोड लिखें।</translation>
    </message>
    <message>
        <source>Before promotions</source>
        <translation>ऑफ़र से पहले</translation>
    </message>
    <message>
        <source>Promotions</source>
        <translation>ऑफ़र</translation>
    </message>
    <message>
        <source>New bill</source>
        <translation>नया बिल</translation>
    </message>
    <message>
        <source>was {amount}</source>
        <translation>पहले {amount}</translation>
    </message>
    <message>
        <source>tax number {number}</source>
        <translation>टैक्स नंबर {number}</translation>
    </message>
    <message>
        <source>and {count} more</source>
        <translation>और {count}</translation>
    </message>
    <message>
        <source>Comes back from bill {number}</source>
        <translation>बिल {number} से वापस</translation>
    </message>
</context>
<context>
    <name>Bill words</name>
    <message>
        <source>On the bill</source>
        <translation>बिल पर</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>नोट</translation>
    </message>
    <message>
        <source>Tax number of the buyer</source>
        <translation>खरीदार का टैक्स नंबर</translation>
    </message>
    <message>
        <source>{name} of the buyer</source>
        <translation>खरीदार का {name}</translation>
    </message>
    <message>
        <source>Both stand on the receipt. Tab goes to the next.</source>
        <translation>दोनों रसीद पर छपते हैं। Tab से अगले पर जाएँ।</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>लिखें</translation>
    </message>
</context>
<context>
    <name>Bill work</name>
    <message>
        <source>{before} becomes {after}</source>
        <translation>{before} से {after}</translation>
    </message>
    <message>
        <source>Give it</source>
        <translation>दें</translation>
    </message>
    <message>
        <source>Take it off</source>
        <translation>हटाएँ</translation>
    </message>
    <message>
        <source>Take {quantity} {item} off the bill?</source>
        <translation>बिल से {quantity} {item} हटाएँ?</translation>
    </message>
    <message>
        <source>Clear the whole bill of {total}?</source>
        <translation>{total} का पूरा बिल हटाएँ?</translation>
    </message>
    <message>
        <source>Discount on the bill</source>
        <translation>बिल पर छूट</translation>
    </message>
    <message>
        <source>Scanned by mistake</source>
        <translation>ग़लती से स्कैन हुआ</translation>
    </message>
    <message>
        <source>Not wanted any more</source>
        <translation>अब नहीं चाहिए</translation>
    </message>
    <message>
        <source>Wrong price</source>
        <translation>ग़लत दाम</translation>
    </message>
    <message>
        <source>Percent</source>
        <translation>प्रतिशत</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>रकम</translation>
    </message>
</context>
<context>
    <name>Customer</name>
    <message>
        <source>Mobile number, name or card</source>
        <translation>मोबाइल नंबर, नाम या कार्ड</translation>
    </message>
    <message>
        <source>Customers found</source>
        <translation>मिले हुए ग्राहक</translation>
    </message>
    <message>
        <source>Erase the last digit</source>
        <translation>आख़िरी अंक मिटाएँ</translation>
    </message>
    <message>
        <source>Erase all</source>
        <translation>सब मिटाएँ</translation>
    </message>
    <message>
        <source>Take off the bill</source>
        <translation>बिल से हटाएँ</translation>
    </message>
    <message>
        <source>Another customer</source>
        <translation>दूसरा ग्राहक</translation>
    </message>
    <message>
        <source>Search again</source>
        <translation>फिर खोजें</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>पीछे</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>रद्द</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>इंतज़ार</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>चुनें</translation>
    </message>
    <message>
        <source>Enrol</source>
        <translation>जोड़ें</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>हो गया</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>खोजें</translation>
    </message>
    <message>
        <source>New customer</source>
        <translation>नया ग्राहक</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>ग्राहक</translation>
    </message>
    <message>
        <source>Points count from this bill on.</source>
        <translation>पॉइंट इसी बिल से जुड़ेंगे।</translation>
    </message>
    <message>
        <source>Several were found. Ask for the end of the number.</source>
        <translation>कई मिले। नंबर के आख़िरी अंक पूछें।</translation>
    </message>
    <message>
        <source>Type what the customer gives you.</source>
        <translation>ग्राहक जो बताए वह लिखें।</translation>
    </message>
    <message>
        <source>Reserved on other bills</source>
        <translation>दूसरे बिलों में रखे हुए</translation>
    </message>
    <message>
        <source>From this bill</source>
        <translation>इस बिल से</translation>
    </message>
    <message>
        <source>Wallet</source>
        <translation>वॉलेट</translation>
    </message>
    <message>
        <source>Nearest reward</source>
        <translation>सबसे पास का इनाम</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>नाम</translation>
    </message>
    <message>
        <source>Mobile number</source>
        <translation>मोबाइल नंबर</translation>
    </message>
    <message>
        <source>Card, if there is one</source>
        <translation>कार्ड, अगर हो</translation>
    </message>
    <message>
        <source>The customer agrees to be a member</source>
        <translation>ग्राहक सदस्य बनने को राज़ी है</translation>
    </message>
    <message>
        <source>Add the customer</source>
        <translation>ग्राहक जोड़ें</translation>
    </message>
    <message>
        <source>No customer</source>
        <translation>कोई ग्राहक नहीं</translation>
    </message>
    <message>
        <source>Customer {name}, {key}</source>
        <translation>ग्राहक {name}, {key}</translation>
    </message>
    <message>
        <source>{points} expire {day}</source>
        <translation>{points} पॉइंट {day} तक</translation>
    </message>
    <message>
        <source>+{points} today</source>
        <translation>+{points} आज</translation>
    </message>
</context>
<context>
    <name>Display</name>
    <message>
        <source>The customer&apos;s screen</source>
        <translation>ग्राहक की स्क्रीन</translation>
    </message>
    <message>
        <source>Thank you</source>
        <translation>धन्यवाद</translation>
    </message>
    <message>
        <source>Welcome</source>
        <translation>स्वागत है</translation>
    </message>
    <message>
        <source>Say your mobile number to collect points.</source>
        <translation>अंक पाने के लिए अपना मोबाइल नंबर बताएँ।</translation>
    </message>
    <message>
        <source>Change {money}</source>
        <translation>बाकी {money}</translation>
    </message>
    <message>
        <source>You save {money}</source>
        <translation>आपकी बचत {money}</translation>
    </message>
    <message>
        <source>You get back {money}</source>
        <translation>आपको वापस {money}</translation>
    </message>
    <message>
        <source>Left to pay {money}</source>
        <translation>बाकी भुगतान {money}</translation>
    </message>
    <message>
        <source>Code to pay by</source>
        <translation>भुगतान का कोड</translation>
    </message>
    <message>
        <source>Scan to pay</source>
        <translation>भुगतान के लिए स्कैन करें</translation>
    </message>
    <message>
        <source>{points}: {moves} with this bill</source>
        <translation>{points}: इस बिल से {moves}</translation>
    </message>
    <message>
        <source>{points} now: {balance}</source>
        <translation>{points} अब: {balance}</translation>
    </message>
</context>
<context>
    <name>Drawer</name>
    <message>
        <source>Open the drawer without a sale</source>
        <translation>बिना बिक्री दराज़ खोलें</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>कारण</translation>
    </message>
    <message>
        <source>Change money</source>
        <translation>छुट्टे</translation>
    </message>
    <message>
        <source>Wrong change</source>
        <translation>ग़लत छुट्टा</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>गिनती</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>रद्द</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>खोलें</translation>
    </message>
</context>
<context>
    <name>Find</name>
    <message>
        <source>Item name or code</source>
        <translation>आइटम का नाम या कोड</translation>
    </message>
    <message>
        <source>Items found</source>
        <translation>मिले हुए आइटम</translation>
    </message>
    <message>
        <source>Often sold here</source>
        <translation>ज़्यादा बिकने वाले</translation>
    </message>
    <message>
        <source>Enter adds the marked item, arrows choose another</source>
        <translation>Enter चुना आइटम जोड़ता है, तीर दूसरा चुनते हैं</translation>
    </message>
    <message>
        <source>{found}, takes {quantity}</source>
        <translation>{found}, {quantity} लिए जाएँगे</translation>
    </message>
    <message>
        <source>{item} costs {price}.</source>
        <translation>{item} का दाम {price} है।</translation>
    </message>
    <message>
        <source>More</source>
        <translation>और</translation>
    </message>
    <message>
        <source>Often sold</source>
        <translation>ज़्यादा बिकने वाले</translation>
    </message>
    <message>
        <source>All shelves</source>
        <translation>सभी शेल्फ़</translation>
    </message>
    <message>
        <source>Choose a shelf</source>
        <translation>शेल्फ़ चुनें</translation>
    </message>
</context>
<context>
    <name>Held</name>
    <message>
        <source>Bills set aside</source>
        <translation>रुके हुए बिल</translation>
    </message>
    <message>
        <source>Choose one and press Enter.</source>
        <translation>एक चुनें और Enter दबाएँ।</translation>
    </message>
    <message>
        <source>All tills</source>
        <translation>सभी काउंटर</translation>
    </message>
    <message>
        <source>This till</source>
        <translation>यह काउंटर</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>रद्द</translation>
    </message>
    <message>
        <source>Take up</source>
        <translation>लें</translation>
    </message>
    <message>
        <source>Taking it up</source>
        <translation>लिया जा रहा है</translation>
    </message>
    <message>
        <source>No customer</source>
        <translation>कोई ग्राहक नहीं</translation>
    </message>
    <message>
        <source>till {till}</source>
        <translation>काउंटर {till}</translation>
    </message>
    <message>
        <source>open at till {till}</source>
        <translation>काउंटर {till} पर खुला</translation>
    </message>
</context>
<context>
    <name>Key bar</name>
    <message>
        <source>Search</source>
        <translation>खोजें</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>ग्राहक</translation>
    </message>
    <message>
        <source>Hold</source>
        <translation>रोकें</translation>
    </message>
    <message>
        <source>Salesperson</source>
        <translation>सेल्सपर्सन</translation>
    </message>
    <message>
        <source>Promotions</source>
        <translation>ऑफ़र</translation>
    </message>
    <message>
        <source>Redeem</source>
        <translation>पॉइंट लगाएँ</translation>
    </message>
    <message>
        <source>Payment</source>
        <translation>भुगतान</translation>
    </message>
    <message>
        <source>Save bill</source>
        <translation>बिल सहेजें</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>पूरी स्क्रीन</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>लॉक</translation>
    </message>
    <message>
        <source>More</source>
        <translation>और</translation>
    </message>
    <message>
        <source>Recall</source>
        <translation>वापस लें</translation>
    </message>
</context>
<context>
    <name>Keypad</name>
    <message>
        <source>Take back a digit</source>
        <translation>एक अंक मिटाएँ</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>साफ़ करें</translation>
    </message>
</context>
<context>
    <name>Keys</name>
    <message>
        <source>Keys and scanner</source>
        <translation>कुंजियाँ और स्कैनर</translation>
    </message>
    <message>
        <source>Touch one to give it another key.</source>
        <translation>किसी को दूसरी कुंजी देने के लिए छुएँ।</translation>
    </message>
    <message>
        <source>Always: Enter goes on, Esc goes back, arrows choose.</source>
        <translation>हमेशा: Enter आगे, Esc पीछे, तीर चुनते हैं।</translation>
    </message>
    <message>
        <source>On the bill: + − quantity, * the line, Ctrl+N note, Del void, Ctrl+Z undo.</source>
        <translation>बिल पर: + − मात्रा, * लाइन, Ctrl+N नोट, Del हटाएँ, Ctrl+Z वापस लें।</translation>
    </message>
    <message>
        <source>Before an item: 3* takes three of it, ? asks its price.</source>
        <translation>आइटम से पहले: 3* तीन लेता है, ? दाम पूछता है।</translation>
    </message>
    <message>
        <source>Before signing in: Ctrl+T practises, F2 calls the manager.</source>
        <translation>साइन इन से पहले: Ctrl+T अभ्यास के लिए, F2 मैनेजर को बुलाने के लिए।</translation>
    </message>
    <message>
        <source>The keys of a sheet stand on its buttons.</source>
        <translation>शीट की कुंजियाँ उसके बटनों पर लिखी हैं।</translation>
    </message>
    <message>
        <source>As delivered</source>
        <translation>मूल जैसा</translation>
    </message>
    <message>
        <source>Scanner</source>
        <translation>स्कैनर</translation>
    </message>
    <message>
        <source>Scan any code now. Keys up to {gap} ms apart count as a scan.</source>
        <translation>अब कोई कोड स्कैन करें। {gap} ms तक की दूरी स्कैन गिनी जाती है।</translation>
    </message>
    <message>
        <source>{keys} keys. This scanner is told from hands at {gap} ms.</source>
        <translation>{keys} कुंजियाँ। यह स्कैनर {gap} ms पर पहचाना जाता है।</translation>
    </message>
    <message>
        <source>{keys} keys. Too slow for {gap} ms: choose the longer pause.</source>
        <translation>{keys} कुंजियाँ। {gap} ms के लिए धीमा: लंबा विराम चुनें।</translation>
    </message>
    <message>
        <source>{keys} keys. Slow as a hand: give the scanner a prefix, or a faster pace in its own book.</source>
        <translation>{keys} कुंजियाँ। हाथ जितना धीमा: स्कैनर को उपसर्ग दें, या उसकी पुस्तिका से गति बढ़ाएँ।</translation>
    </message>
    <message>
        <source>Use {gap} ms</source>
        <translation>{gap} ms रखें</translation>
    </message>
    <message>
        <source>{command} has that key. Press another one, or Esc.</source>
        <translation>वह कुंजी {command} की है। दूसरी दबाएँ, या Esc।</translation>
    </message>
    <message>
        <source>That key is needed elsewhere. Press an F key, or Ctrl and a letter.</source>
        <translation>वह कुंजी कहीं और चाहिए। F कुंजी दबाएँ, या Ctrl और अक्षर।</translation>
    </message>
    <message>
        <source>Press the new key for {command}, or Esc.</source>
        <translation>{command} की नई कुंजी दबाएँ, या Esc।</translation>
    </message>
    <message>
        <source>It counts from the next start of the till.</source>
        <translation>टिल के अगले आरंभ से लागू।</translation>
    </message>
</context>
<context>
    <name>Last resort</name>
    <message>
        <source>Something is wrong in the till</source>
        <translation>प्रोग्राम में कुछ गड़बड़ है</translation>
    </message>
    <message>
        <source>Something is wrong in the till itself. The bill is kept. Close this and go on; if it comes again, start the till anew, and send the report to whoever looks after it.</source>
        <translation>प्रोग्राम में ही कुछ गड़बड़ है। बिल सुरक्षित है। इसे बंद करके आगे बढ़ें; फिर हो तो प्रोग्राम दोबारा खोलें, और रिपोर्ट देखभाल करने वाले को भेजें।</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>रिपोर्ट</translation>
    </message>
    <message>
        <source>Copy the report</source>
        <translation>रिपोर्ट कॉपी करें</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>बंद करें</translation>
    </message>
    <message>
        <source>It came {count} more times.</source>
        <translation>यह {count} बार और हुआ।</translation>
    </message>
</context>
<context>
    <name>Line</name>
    <message>
        <source>Quantity</source>
        <translation>मात्रा</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>दाम</translation>
    </message>
    <message>
        <source>Discount</source>
        <translation>छूट</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>नोट</translation>
    </message>
    <message>
        <source>Damaged</source>
        <translation>टूटा-फूटा</translation>
    </message>
    <message>
        <source>Shelf price</source>
        <translation>शेल्फ़ का दाम</translation>
    </message>
    <message>
        <source>Goodwill</source>
        <translation>सद्भाव</translation>
    </message>
    <message>
        <source>Price by hand</source>
        <translation>हाथ से दाम</translation>
    </message>
    <message>
        <source>Price by hand: {reason}</source>
        <translation>हाथ से दाम: {reason}</translation>
    </message>
    <message>
        <source>{off} off by hand</source>
        <translation>हाथ से {off} छूट</translation>
    </message>
    <message>
        <source>A second person types their PIN for this.</source>
        <translation>इसके लिए दूसरा व्यक्ति अपना PIN लिखता है।</translation>
    </message>
    <message>
        <source>Comes to {amount}</source>
        <translation>कुल {amount}</translation>
    </message>
    <message>
        <source>Percent</source>
        <translation>प्रतिशत</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>कारण</translation>
    </message>
    <message>
        <source>Amount off each</source>
        <translation>हर एक पर छूट</translation>
    </message>
    <message>
        <source>Fewer</source>
        <translation>कम</translation>
    </message>
    <message>
        <source>More</source>
        <translation>ज़्यादा</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>हटाएँ</translation>
    </message>
    <message>
        <source>Salesperson</source>
        <translation>सेल्सपर्सन</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>रद्द</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>रखें</translation>
    </message>
    <message>
        <source>{what}, allowed by {name}</source>
        <translation>{what}, अनुमति {name} ने दी</translation>
    </message>
</context>
<context>
    <name>Manager</name>
    <message>
        <source>The manager&apos;s room</source>
        <translation>मैनेजर का कमरा</translation>
    </message>
    <message>
        <source>Your sign-in ran out. Type your PIN, and everything goes on.</source>
        <translation>आपका साइन-इन ख़त्म हुआ। PIN लिखें, सब आगे चलेगा।</translation>
    </message>
    <message>
        <source>Choose yourself and type your PIN. Selling goes on meanwhile.</source>
        <translation>अपना नाम चुनें और PIN लिखें। बिक्री चलती रहती है।</translation>
    </message>
    <message>
        <source>Come in</source>
        <translation>अंदर आएँ</translation>
    </message>
    <message>
        <source>Note for the cashier</source>
        <translation>कैशियर के लिए नोट</translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>मंज़ूर करें</translation>
    </message>
    <message>
        <source>Refuse</source>
        <translation>मना करें</translation>
    </message>
    <message>
        <source>{count} more wait</source>
        <translation>{count} और इंतज़ार में</translation>
    </message>
    <message>
        <source>Time left</source>
        <translation>बचा समय</translation>
    </message>
    <message>
        <source>{name} asks</source>
        <translation>{name} पूछते हैं</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>{time} बाकी</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>ग्राहक</translation>
    </message>
    <message>
        <source>Cashier</source>
        <translation>कैशियर</translation>
    </message>
    <message>
        <source>Salesperson</source>
        <translation>विक्रेता</translation>
    </message>
    <message>
        <source>Given away</source>
        <translation>दी गई छूट</translation>
    </message>
    <message>
        <source>Paid</source>
        <translation>चुकाया</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>बंद करें</translation>
    </message>
    <message>
        <source>Export what is shown</source>
        <translation>जो दिख रहा है उसे एक्सपोर्ट करें</translation>
    </message>
    <message>
        <source>All rows of these filters go into one file.</source>
        <translation>इन फ़िल्टरों की सारी पंक्तियाँ एक फ़ाइल में जाएँगी।</translation>
    </message>
    <message>
        <source>{count} rows so far. Esc stops.</source>
        <translation>अब तक {count} पंक्तियाँ। Esc रोकता है।</translation>
    </message>
    <message>
        <source>CSV, for any program</source>
        <translation>CSV, हर प्रोग्राम के लिए</translation>
    </message>
    <message>
        <source>XLSX, for Excel</source>
        <translation>XLSX, Excel के लिए</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>रोकें</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>रद्द करें</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>हो गया</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>एक्सपोर्ट</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>लिख रहा है</translation>
    </message>
    <message>
        <source>{count} times</source>
        <translation>{count} बार</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>दिखाएँ</translation>
    </message>
    <message>
        <source>Saved views</source>
        <translation>सहेजे दृश्य</translation>
    </message>
    <message>
        <source>Name for what is shown now</source>
        <translation>अभी जो दिख रहा है उसका नाम</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>रखें</translation>
    </message>
    <message>
        <source>Filters that you look through often can be kept under a name here.</source>
        <translation>जो फ़िल्टर अक्सर देखते हैं उन्हें यहाँ नाम से रख सकते हैं।</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>हटाएँ</translation>
    </message>
    <message>
        <source>Which days?</source>
        <translation>कौन से दिन?</translation>
    </message>
    <message>
        <source>From {day} until …</source>
        <translation>{day} से … तक</translation>
    </message>
    <message>
        <source>Earlier month</source>
        <translation>पिछला महीना</translation>
    </message>
    <message>
        <source>Later month</source>
        <translation>अगला महीना</translation>
    </message>
    <message>
        <source>Applied promotions</source>
        <translation>लागू ऑफ़र</translation>
    </message>
    <message>
        <source>Bill, customer, cashier</source>
        <translation>बिल, ग्राहक, कैशियर</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>देखें</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>कुछ नहीं मिला</translation>
    </message>
    <message>
        <source>No promotion fits these filters. Choose other days, or fewer filters.</source>
        <translation>इन फ़िल्टरों में कोई ऑफ़र नहीं। दूसरे दिन चुनें, या फ़िल्टर घटाएँ।</translation>
    </message>
    <message>
        <source>When</source>
        <translation>कब</translation>
    </message>
    <message>
        <source>Bill</source>
        <translation>बिल</translation>
    </message>
    <message>
        <source>Promotion</source>
        <translation>ऑफ़र</translation>
    </message>
    <message>
        <source>Points</source>
        <translation>पॉइंट</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>मूल्य</translation>
    </message>
    <message>
        <source>State</source>
        <translation>स्थिति</translation>
    </message>
    <message>
        <source>Comparing</source>
        <translation>मिला रहा है</translation>
    </message>
    <message>
        <source>Till</source>
        <translation>काउंटर</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>कब से</translation>
    </message>
    <message>
        <source>Compared at {time}: {bills} bills, {entries} bookings, {accounts} accounts</source>
        <translation>{time} पर मिलाया: {bills} बिल, {entries} प्रविष्टियाँ, {accounts} खाते</translation>
    </message>
    <message>
        <source>Everything adds up</source>
        <translation>सब मेल खाता है</translation>
    </message>
    <message>
        <source>Bills, bookings and balances say the same. There is nothing to do here.</source>
        <translation>बिल, प्रविष्टियाँ और शेष एक जैसे हैं। यहाँ कुछ करना नहीं है।</translation>
    </message>
    <message>
        <source>What does not add up</source>
        <translation>जो मेल नहीं खाता</translation>
    </message>
    <message>
        <source>Compare again</source>
        <translation>फिर मिलाएँ</translation>
    </message>
    <message>
        <source>is there</source>
        <translation>दर्ज है</translation>
    </message>
    <message>
        <source>ought to be</source>
        <translation>होना चाहिए</translation>
    </message>
    <message>
        <source>What</source>
        <translation>क्या</translation>
    </message>
    <message>
        <source>Whose</source>
        <translation>किसका</translation>
    </message>
    <message>
        <source>Off by</source>
        <translation>अंतर</translation>
    </message>
    <message>
        <source>Together</source>
        <translation>कुल</translation>
    </message>
    <message>
        <source>All tills</source>
        <translation>सभी काउंटर</translation>
    </message>
    <message>
        <source>Export by itself</source>
        <translation>अपने आप एक्सपोर्ट</translation>
    </message>
    <message>
        <source>Reports</source>
        <translation>रिपोर्ट</translation>
    </message>
    <message>
        <source>Nothing in these days</source>
        <translation>इन दिनों में कुछ नहीं</translation>
    </message>
    <message>
        <source>Nothing was sold then. Choose other days or all tills.</source>
        <translation>तब कुछ नहीं बिका। दूसरे दिन या सभी काउंटर चुनें।</translation>
    </message>
    <message>
        <source>The figures of a day go to a folder once a manager is here after it. An empty folder ends it.</source>
        <translation>हर दिन के आँकड़े, उसके बाद मैनेजर के यहाँ आते ही, फ़ोल्डर में जाते हैं। खाली फ़ोल्डर इसे बंद करता है।</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>फ़ोल्डर</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>समय</translation>
    </message>
    <message>
        <source>Type a time, like 05:30</source>
        <translation>समय लिखें, जैसे 05:30</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>मिला</translation>
    </message>
    <message>
        <source>To look at</source>
        <translation>देखना है</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>नोट</translation>
    </message>
    <message>
        <source>Keep the note</source>
        <translation>नोट रखें</translation>
    </message>
    <message>
        <source>Flag</source>
        <translation>चिह्नित करें</translation>
    </message>
    <message>
        <source>Open again</source>
        <translation>फिर खोलें</translation>
    </message>
    <message>
        <source>In order</source>
        <translation>ठीक है</translation>
    </message>
    <message>
        <source>Nothing to look at</source>
        <translation>देखने को कुछ नहीं</translation>
    </message>
    <message>
        <source>All bills look as they should. What looks odd appears here by itself.</source>
        <translation>सारे बिल ठीक दिखते हैं। जो अजीब लगे वह यहाँ खुद आ जाता है।</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>कारण</translation>
    </message>
    <message>
        <source>Back to the till</source>
        <translation>काउंटर पर वापस</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>बाहर जाएँ</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>चित्र</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>छापें</translation>
    </message>
    <message>
        <source>Promotions</source>
        <translation>ऑफ़र</translation>
    </message>
    <message>
        <source>Differences</source>
        <translation>अंतर</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>आज</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>कल</translation>
    </message>
    <message>
        <source>This week</source>
        <translation>इस हफ़्ते</translation>
    </message>
    <message>
        <source>Last 7 days</source>
        <translation>पिछले 7 दिन</translation>
    </message>
    <message>
        <source>This month</source>
        <translation>इस महीने</translation>
    </message>
    <message>
        <source>Last month</source>
        <translation>पिछले महीने</translation>
    </message>
    <message>
        <source>All days</source>
        <translation>सभी दिन</translation>
    </message>
    <message>
        <source>Other days</source>
        <translation>दूसरे दिन</translation>
    </message>
    <message>
        <source>{first} to {last}</source>
        <translation>{first} से {last}</translation>
    </message>
    <message>
        <source>All promotions</source>
        <translation>सभी ऑफ़र</translation>
    </message>
    <message>
        <source>All states</source>
        <translation>सभी स्थितियाँ</translation>
    </message>
    <message>
        <source>All cashiers</source>
        <translation>सभी कैशियर</translation>
    </message>
    <message>
        <source>All salespeople</source>
        <translation>सभी विक्रेता</translation>
    </message>
    <message>
        <source>Which till?</source>
        <translation>कौन सा काउंटर?</translation>
    </message>
    <message>
        <source>Which promotion?</source>
        <translation>कौन सा ऑफ़र?</translation>
    </message>
    <message>
        <source>Which state?</source>
        <translation>कौन सी स्थिति?</translation>
    </message>
    <message>
        <source>Which cashier?</source>
        <translation>कौन सा कैशियर?</translation>
    </message>
    <message>
        <source>Which salesperson?</source>
        <translation>कौन सा विक्रेता?</translation>
    </message>
    <message>
        <source>Taken or declined</source>
        <translation>लिया या मना किया</translation>
    </message>
    <message>
        <source>Points used</source>
        <translation>पॉइंट लगे</translation>
    </message>
    <message>
        <source>Top promotions</source>
        <translation>सबसे बड़े ऑफ़र</translation>
    </message>
    <message>
        <source>Taken</source>
        <translation>लिया</translation>
    </message>
    <message>
        <source>Declined</source>
        <translation>मना किया</translation>
    </message>
    <message>
        <source>Lost to a fault</source>
        <translation>गड़बड़ी से गया</translation>
    </message>
    <message>
        <source>Not answered</source>
        <translation>जवाब नहीं</translation>
    </message>
    <message>
        <source>By itself</source>
        <translation>अपने आप</translation>
    </message>
    <message>
        <source>Returned</source>
        <translation>लौटाया</translation>
    </message>
    <message>
        <source>Points taken</source>
        <translation>पॉइंट लिए</translation>
    </message>
    <message>
        <source>Points short</source>
        <translation>पॉइंट कम</translation>
    </message>
    <message>
        <source>Points given back</source>
        <translation>पॉइंट लौटाए</translation>
    </message>
    <message>
        <source>Needs a manager</source>
        <translation>मैनेजर चाहिए</translation>
    </message>
    <message>
        <source>Waiting to send</source>
        <translation>भेजना बाकी</translation>
    </message>
    <message>
        <source>offered</source>
        <translation>पेश किए</translation>
    </message>
    <message>
        <source>taken, {count}</source>
        <translation>लिए, {count}</translation>
    </message>
    <message>
        <source>given away</source>
        <translation>छूट दी</translation>
    </message>
    <message>
        <source>points used</source>
        <translation>पॉइंट लगे</translation>
    </message>
    <message>
        <source>Most were taken on {day}: {count}. {lost} were lost to a fault.</source>
        <translation>सबसे ज़्यादा {day} को लिए: {count}। {lost} गड़बड़ी से गए।</translation>
    </message>
    <message>
        <source>Most on {day}: {figure}.</source>
        <translation>सबसे ज़्यादा {day} को: {figure}।</translation>
    </message>
    <message>
        <source>Nothing in these days.</source>
        <translation>इन दिनों में कुछ नहीं।</translation>
    </message>
    <message>
        <source>1 thing waits for a manager to look at it.</source>
        <translation>1 बात मैनेजर के देखने के इंतज़ार में है।</translation>
    </message>
    <message>
        <source>{count} things wait for a manager to look at them.</source>
        <translation>{count} बातें मैनेजर के देखने के इंतज़ार में हैं।</translation>
    </message>
    <message>
        <source>Mo</source>
        <translation>सो</translation>
    </message>
    <message>
        <source>Tu</source>
        <translation>मं</translation>
    </message>
    <message>
        <source>We</source>
        <translation>बु</translation>
    </message>
    <message>
        <source>Th</source>
        <translation>गु</translation>
    </message>
    <message>
        <source>Fr</source>
        <translation>शु</translation>
    </message>
    <message>
        <source>Sa</source>
        <translation>श</translation>
    </message>
    <message>
        <source>Su</source>
        <translation>र</translation>
    </message>
    <message>
        <source>Salespeople</source>
        <translation>विक्रेता</translation>
    </message>
    <message>
        <source>Shifts</source>
        <translation>शिफ़्ट</translation>
    </message>
    <message>
        <source>Days</source>
        <translation>दिन</translation>
    </message>
    <message>
        <source>Taxes</source>
        <translation>कर</translation>
    </message>
    <message>
        <source>Bills</source>
        <translation>बिल</translation>
    </message>
    <message>
        <source>Items</source>
        <translation>सामान</translation>
    </message>
    <message>
        <source>Sales</source>
        <translation>बिक्री</translation>
    </message>
    <message>
        <source>Returns</source>
        <translation>वापसी</translation>
    </message>
    <message>
        <source>Offered</source>
        <translation>पेश किए</translation>
    </message>
    <message>
        <source>Take-up</source>
        <translation>लिए %</translation>
    </message>
    <message>
        <source>Lost</source>
        <translation>गए</translation>
    </message>
    <message>
        <source>Points earned</source>
        <translation>पॉइंट मिले</translation>
    </message>
    <message>
        <source>Opened</source>
        <translation>खुली</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>बंद</translation>
    </message>
    <message>
        <source>Cash expected</source>
        <translation>नकद होना चाहिए</translation>
    </message>
    <message>
        <source>Cash counted</source>
        <translation>नकद गिना</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>अंतर</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>दिन</translation>
    </message>
    <message>
        <source>Tax</source>
        <translation>कर</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>दर</translation>
    </message>
    <message>
        <source>Taxed amount</source>
        <translation>कर योग्य</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>राशि</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>नंबर</translation>
    </message>
    <message>
        <source>Page {page} of {pages}</source>
        <translation>पृष्ठ {page} / {pages}</translation>
    </message>
</context>
<context>
    <name>More</name>
    <message>
        <source>Take goods back</source>
        <translation>माल वापस लें</translation>
    </message>
    <message>
        <source>Print a receipt again</source>
        <translation>रसीद फिर छापें</translation>
    </message>
    <message>
        <source>Open the drawer</source>
        <translation>दराज़ खोलें</translation>
    </message>
    <message>
        <source>Bills set aside</source>
        <translation>रोके गए बिल</translation>
    </message>
    <message>
        <source>Shift and drawer count</source>
        <translation>शिफ़्ट और दराज़ की गिनती</translation>
    </message>
    <message>
        <source>Note and tax number</source>
        <translation>नोट और टैक्स नंबर</translation>
    </message>
    <message>
        <source>File for support</source>
        <translation>सहायता के लिए फ़ाइल</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>सेटिंग</translation>
    </message>
    <message>
        <source>Close the till</source>
        <translation>काउंटर बंद करें</translation>
    </message>
    <message>
        <source>More</source>
        <translation>और</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>रद्द</translation>
    </message>
    <message>
        <source>Discount on the bill</source>
        <translation>बिल पर छूट</translation>
    </message>
    <message>
        <source>The manager&apos;s room</source>
        <translation>मैनेजर का कमरा</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>No item “{text}”. Type its name, or scan it again.</source>
        <translation>“{text}” नाम का आइटम नहीं। नाम लिखें, या फिर स्कैन करें।</translation>
    </message>
    <message>
        <source>{count} items have the code {text}. Choose one.</source>
        <translation>कोड {text} के {count} आइटम हैं। एक चुनें।</translation>
    </message>
    <message>
        <source>{text} is not sold any more. Choose another item.</source>
        <translation>{text} अब नहीं बिकता। दूसरा आइटम चुनें।</translation>
    </message>
    <message>
        <source>{text} is sold by the piece. Type a whole number.</source>
        <translation>{text} नग में बिकता है। पूरी संख्या लिखें।</translation>
    </message>
    <message>
        <source>The barcode {text} was misread. Scan it again.</source>
        <translation>बारकोड {text} ग़लत पढ़ा गया। फिर स्कैन करें।</translation>
    </message>
    <message>
        <source>{text} is too short for a mobile number. Type all of it.</source>
        <translation>{text} मोबाइल नंबर के लिए छोटा है। पूरा लिखें।</translation>
    </message>
    <message>
        <source>{text} is not a mobile number. Check it, or search by name or card.</source>
        <translation>{text} मोबाइल नंबर नहीं है। जाँचें, या नाम या कार्ड से खोजें।</translation>
    </message>
    <message>
        <source>Nobody has this number from abroad ({text}). Check it, or enrol the customer.</source>
        <translation>विदेश का यह नंबर ({text}) किसी का नहीं। जाँचें, या ग्राहक को जोड़ें।</translation>
    </message>
    <message>
        <source>Nobody found. Search again, or enrol the customer.</source>
        <translation>कोई नहीं मिला। फिर खोजें, या ग्राहक को जोड़ें।</translation>
    </message>
    <message>
        <source>{text} is enrolled. This bill earns points already.</source>
        <translation>{text} जुड़ गए। इस बिल पर पॉइंट मिलेंगे।</translation>
    </message>
    <message>
        <source>{text} is noted and earns points. Enrolling ends when the line is back.</source>
        <translation>{text} का नाम लिख लिया, पॉइंट मिलेंगे। लाइन लौटते ही जुड़ जाएँगे।</translation>
    </message>
    <message>
        <source>That number is enrolled already. Search for it instead.</source>
        <translation>यह नंबर पहले से जुड़ा है। उसे खोजें।</translation>
    </message>
    <message>
        <source>No line, so nobody can be looked up. Selling works, and a new customer can be noted.</source>
        <translation>लाइन नहीं है, किसी को खोज नहीं सकते। बिक्री चालू है, नया ग्राहक लिख सकते हैं।</translation>
    </message>
    <message>
        <source>No line, so points stay where they are. Selling works.</source>
        <translation>लाइन नहीं है, पॉइंट वहीं रहेंगे। बिक्री चालू है।</translation>
    </message>
    <message>
        <source>Selling works. Points wait for the line.</source>
        <translation>बिक्री चालू है। पॉइंट लाइन का इंतज़ार करते हैं।</translation>
    </message>
    <message>
        <source>The points service gave an answer that makes no sense. Selling works, try points again later.</source>
        <translation>पॉइंट सेवा का जवाब समझ में नहीं आया। बिक्री चालू है, पॉइंट बाद में लगाएँ।</translation>
    </message>
    <message>
        <source>The points service is busy. Try again in a moment.</source>
        <translation>पॉइंट सेवा व्यस्त है। थोड़ी देर में फिर करें।</translation>
    </message>
    <message>
        <source>The points service is being restored. Selling works, points wait.</source>
        <translation>पॉइंट सेवा ठीक हो रही है। बिक्री चालू है, पॉइंट रुकेंगे।</translation>
    </message>
    <message>
        <source>This till was signed off by the shop. Call the manager.</source>
        <translation>दुकान ने इस काउंटर को हटा दिया है। मैनेजर को बुलाएँ।</translation>
    </message>
    <message>
        <source>This till is too old for the points service. Update it.</source>
        <translation>यह प्रोग्राम पॉइंट सेवा के लिए पुराना है। अपडेट करें।</translation>
    </message>
    <message>
        <source>Your sign-in ran out. Sign in again.</source>
        <translation>साइन-इन का समय ख़त्म। फिर साइन इन करें।</translation>
    </message>
    <message>
        <source>That PIN is not right. Type it again.</source>
        <translation>PIN सही नहीं। फिर लिखें।</translation>
    </message>
    <message>
        <source>That password is not right. Type it again.</source>
        <translation>पासवर्ड सही नहीं है। फिर से लिखें।</translation>
    </message>
    <message>
        <source>Too many wrong PINs. Wait {time}, or call the manager.</source>
        <translation>कई बार ग़लत PIN। {time} रुकें, या मैनेजर को बुलाएँ।</translation>
    </message>
    <message>
        <source>Too many wrong tries. Only a manager can let {text} in.</source>
        <translation>कई बार ग़लत लिखा गया। {text} को अब सिर्फ़ मैनेजर आने दे सकते हैं।</translation>
    </message>
    <message>
        <source>Too many wrong tries, and nobody else here may let {text} in. Ask the office to add a manager.</source>
        <translation>कई बार ग़लत लिखा गया, और यहाँ कोई और {text} को आने नहीं दे सकता। दफ़्तर से मैनेजर जोड़ने को कहें।</translation>
    </message>
    <message>
        <source>{text} can sign in again.</source>
        <translation>{text} फिर से साइन इन कर सकते हैं।</translation>
    </message>
    <message>
        <source>The code is on its way to {text}. Type it here.</source>
        <translation>कोड {text} पर जा रहा है। यहाँ लिखें।</translation>
    </message>
    <message>
        <source>That code is not right. Type it again or send a new one.</source>
        <translation>कोड सही नहीं। फिर लिखें या नया भेजें।</translation>
    </message>
    <message>
        <source>Too many wrong codes. Send a new one, or go on without points.</source>
        <translation>कई बार ग़लत कोड। नया भेजें, या बिना पॉइंट आगे बढ़ें।</translation>
    </message>
    <message>
        <source>That code has run out. Send a new one.</source>
        <translation>कोड का समय ख़त्म। नया भेजें।</translation>
    </message>
    <message>
        <source>No more codes can be sent to this number today. Call the manager, or go on without points.</source>
        <translation>आज इस नंबर पर और कोड नहीं जा सकते। मैनेजर को बुलाएँ, या बिना पॉइंट आगे बढ़ें।</translation>
    </message>
    <message>
        <source>A code is on its way. Send a new one in {time}.</source>
        <translation>कोड जा रहा है। नया {time} बाद भेजें।</translation>
    </message>
    <message>
        <source>The customer has no mobile number. Go on without points.</source>
        <translation>ग्राहक का मोबाइल नंबर नहीं है। बिना पॉइंट आगे बढ़ें।</translation>
    </message>
    <message>
        <source>There are only {points} points. Use fewer.</source>
        <translation>केवल {points} पॉइंट हैं। कम लगाएँ।</translation>
    </message>
    <message>
        <source>Points were spent elsewhere, {points} are left. Choose again.</source>
        <translation>पॉइंट कहीं और ख़र्च हुए, {points} बचे हैं। फिर चुनें।</translation>
    </message>
    <message>
        <source>The promotions have changed. Look at the bill and apply again.</source>
        <translation>ऑफ़र बदल गए। बिल देखें और फिर लगाएँ।</translation>
    </message>
    <message>
        <source>A price has changed. Look at the bill and go on.</source>
        <translation>एक दाम बदल गया। बिल देखें और आगे बढ़ें।</translation>
    </message>
    <message>
        <source>That does not fit this bill now. Nothing was changed.</source>
        <translation>यह अभी इस बिल पर नहीं लगता। कुछ नहीं बदला।</translation>
    </message>
    <message>
        <source>The code {text} gives nothing on this bill. Check it, or go on without.</source>
        <translation>कोड {text} से इस बिल पर कुछ नहीं मिलता। जाँचें, या बिना कोड आगे बढ़ें।</translation>
    </message>
    <message>
        <source>The points are being asked for. The bill waits for the answer.</source>
        <translation>पॉइंट माँगे जा रहे हैं। बिल जवाब का इंतज़ार करता है।</translation>
    </message>
    <message>
        <source>{points} points are reserved for {time}.</source>
        <translation>{points} पॉइंट {time} के लिए रखे हैं।</translation>
    </message>
    <message>
        <source>{points} points are free again. Choose how many to use.</source>
        <translation>{points} पॉइंट फिर खाली हैं। कितने लगाने हैं, चुनें।</translation>
    </message>
    <message>
        <source>{points} points are taken on trust. Nobody could ask whether they are still there.</source>
        <translation>{points} पॉइंट भरोसे पर लिए गए। वे अब भी हैं या नहीं, यह पूछा नहीं जा सका।</translation>
    </message>
    <message>
        <source>No answer about the points yet. Ask again, or go on without them.</source>
        <translation>पॉइंट का जवाब अभी नहीं आया। फिर पूछें, या बिना पॉइंट आगे बढ़ें।</translation>
    </message>
    <message>
        <source>Points taken, {points} left.</source>
        <translation>पॉइंट लगे, {points} बचे।</translation>
    </message>
    <message>
        <source>Scan the gift card that is sold, or go on: the receipt prints a new code.</source>
        <translation>बेचा जा रहा गिफ़्ट कार्ड स्कैन करें, या आगे बढ़ें: रसीद पर नया कोड छपेगा।</translation>
    </message>
    <message>
        <source>Card {text} is sold with this bill.</source>
        <translation>कार्ड {text} इस बिल के साथ बिक रहा है।</translation>
    </message>
    <message>
        <source>The file for support is being made. Go on selling.</source>
        <translation>सहायता के लिए फ़ाइल बन रही है। बेचते रहें।</translation>
    </message>
    <message>
        <source>Send {text} to support. It holds no bills, members, codes or keys.</source>
        <translation>{text} सहायता को भेजें। इसमें कोई बिल, सदस्य, कोड या चाबी नहीं है।</translation>
    </message>
    <message>
        <source>The file for support was not made: {text}. Try again later.</source>
        <translation>सहायता के लिए फ़ाइल नहीं बनी: {text}। बाद में फिर कोशिश करें।</translation>
    </message>
    <message>
        <source>That {text} is too long or too short. Count its digits and type it again.</source>
        <translation>वह {text} बहुत लंबा या बहुत छोटा है। अंक गिनें और फिर टाइप करें।</translation>
    </message>
    <message>
        <source>That is not a tax number. Read it again from the card.</source>
        <translation>यह टैक्स नंबर नहीं है। कार्ड से फिर पढ़ें।</translation>
    </message>
    <message>
        <source>One sign of that {text} is wrong, its check digit says so. Read it again from the card.</source>
        <translation>उस {text} का एक अक्षर गलत है, जाँच अंक यही कहता है। कार्ड से फिर पढ़ें।</translation>
    </message>
    <message>
        <source>This is more than {text} may allow. Ask somebody who may allow more.</source>
        <translation>यह {text} की मंज़ूरी की सीमा से ज़्यादा है। जिसकी सीमा ज़्यादा है उससे कहें।</translation>
    </message>
    <message>
        <source>No receipt of that number. Check it, or scan its code.</source>
        <translation>इस नंबर की रसीद नहीं है। जाँचें, या उसका कोड स्कैन करें।</translation>
    </message>
    <message>
        <source>{text} is a return itself. Take the receipt of the sale.</source>
        <translation>{text} ख़ुद वापसी है। बिक्री की रसीद लें।</translation>
    </message>
    <message>
        <source>Everything on {text} came back already.</source>
        <translation>{text} का सब कुछ पहले ही वापस आ चुका है।</translation>
    </message>
    <message>
        <source>Some of this came back already, maybe at another till. Take back less.</source>
        <translation>इसमें से कुछ पहले ही वापस आ चुका है, शायद दूसरे काउंटर पर। कम वापस लें।</translation>
    </message>
    <message>
        <source>No answer, so no money leaves yet. Try again, or ask the customer to come back later.</source>
        <translation>जवाब नहीं आया, इसलिए पैसा अभी नहीं दिया जाता। फिर कोशिश करें, या ग्राहक को बाद में बुलाएँ।</translation>
    </message>
    <message>
        <source>The card did not take {money} back. Give it back another way.</source>
        <translation>कार्ड ने {money} वापस नहीं लिए। दूसरे तरीके से लौटाएँ।</translation>
    </message>
    <message>
        <source>Nobody knows yet whether {money} went back to the card. Give no cash, a manager looks at it.</source>
        <translation>अभी पता नहीं कि {money} कार्ड पर लौटे या नहीं। नकद न दें, मैनेजर देखेगा।</translation>
    </message>
    <message>
        <source>The return for {text} was not finished, and no money left. Begin it again.</source>
        <translation>{text} की वापसी पूरी नहीं हुई और पैसा नहीं दिया गया। फिर से शुरू करें।</translation>
    </message>
    <message>
        <source>Money went back to the card already. Save the return first.</source>
        <translation>पैसा कार्ड पर लौट चुका है। पहले वापसी सहेजें।</translation>
    </message>
    <message>
        <source>Nothing was sold at this till yet.</source>
        <translation>इस काउंटर पर अभी कुछ नहीं बिका।</translation>
    </message>
    <message>
        <source>Say why first. The manager reads it.</source>
        <translation>पहले कारण लिखें। मैनेजर उसे पढ़ता है।</translation>
    </message>
    <message>
        <source>Another till has taken this bill up, or it is paid. Choose another one.</source>
        <translation>यह बिल दूसरे काउंटर ने ले लिया है, या चुका दिया गया है। दूसरा चुनें।</translation>
    </message>
    <message>
        <source>Another till has taken that bill up. It was taken off here, nothing is sold twice.</source>
        <translation>वह बिल दूसरे काउंटर ने ले लिया है। यहाँ से हटा दिया गया, कुछ भी दो बार नहीं बिका।</translation>
    </message>
    <message>
        <source>Another till has taken this bill up too. Finish it here, and tell the other till to clear it.</source>
        <translation>यह बिल दूसरे काउंटर ने भी लिया है। यहाँ पूरा करें, और दूसरे काउंटर से इसे हटाने को कहें।</translation>
    </message>
    <message>
        <source>No line: only bills set aside here. Ask whether another till has one before you take it up.</source>
        <translation>लाइन नहीं है: केवल यहाँ अलग रखे बिल। लेने से पहले पूछ लें कि किसी दूसरे काउंटर ने तो नहीं लिया।</translation>
    </message>
    <message>
        <source>No answer from the shop. What you see came before; it asks again by itself.</source>
        <translation>दुकान से जवाब नहीं आया। जो दिख रहा है वह पहले का है; यह खुद फिर पूछता है।</translation>
    </message>
    <message>
        <source>Nobody here may see the figures. Ask the office to add a manager.</source>
        <translation>यहाँ कोई आँकड़े नहीं देख सकता। दफ़्तर से मैनेजर जोड़ने को कहें।</translation>
    </message>
    <message>
        <source>{count} rows are in {text}.</source>
        <translation>{count} पंक्तियाँ {text} में हैं।</translation>
    </message>
    <message>
        <source>From now on the figures go to {text} every day.</source>
        <translation>अब से आँकड़े हर दिन {text} में जाएँगे।</translation>
    </message>
    <message>
        <source>Nothing is exported by itself any more.</source>
        <translation>अब कुछ भी अपने आप एक्सपोर्ट नहीं होगा।</translation>
    </message>
    <message>
        <source>{text} may go on. Your yes is written down.</source>
        <translation>{text} आगे बढ़ सकते हैं। आपकी हाँ दर्ज है।</translation>
    </message>
    <message>
        <source>{text} reads your no now.</source>
        <translation>{text} आपका इनकार अब पढ़ रहे हैं।</translation>
    </message>
    <message>
        <source>That request is over. Nothing was changed.</source>
        <translation>वह अनुरोध ख़त्म हो चुका। कुछ नहीं बदला।</translation>
    </message>
    <message>
        <source>Write down why first. Whoever follows it up reads it.</source>
        <translation>पहले कारण लिखें। जो आगे देखेगा वह पढ़ेगा।</translation>
    </message>
    <message>
        <source>In order. Your name stands with it.</source>
        <translation>ठीक है। आपका नाम इसके साथ है।</translation>
    </message>
    <message>
        <source>Flagged, with your note.</source>
        <translation>आपके नोट के साथ चिह्नित।</translation>
    </message>
    <message>
        <source>It waits again.</source>
        <translation>यह फिर से इंतज़ार में है।</translation>
    </message>
    <message>
        <source>Put right. Compare again to see that it adds up.</source>
        <translation>ठीक कर दिया। मेल देखने के लिए फिर मिलाएँ।</translation>
    </message>
    <message>
        <source>Till {text} sends the bill again as soon as it is on.</source>
        <translation>काउंटर {text} चालू होते ही बिल फिर भेजेगा।</translation>
    </message>
    <message>
        <source>A bill is in hand. Finish it or set it aside, then count.</source>
        <translation>एक बिल हाथ में है। उसे पूरा करें या अलग रखें, फिर गिनें।</translation>
    </message>
    <message>
        <source>Type how much first.</source>
        <translation>पहले रकम लिखें।</translation>
    </message>
    <message>
        <source>Points taken.</source>
        <translation>पॉइंट लगे।</translation>
    </message>
    <message>
        <source>The points go back to the customer when the line is there.</source>
        <translation>लाइन आते ही पॉइंट ग्राहक को लौटेंगे।</translation>
    </message>
    <message>
        <source>The points are back with the customer.</source>
        <translation>पॉइंट ग्राहक को लौट गए।</translation>
    </message>
    <message>
        <source>The reserved points ran out of time. Redeem again, or go on without.</source>
        <translation>रखे हुए पॉइंट का समय ख़त्म। फिर लगाएँ, या बिना पॉइंट आगे बढ़ें।</translation>
    </message>
    <message>
        <source>A manager has to look at this. The bill stays as it is.</source>
        <translation>मैनेजर को यह देखना होगा। बिल वैसा ही रहेगा।</translation>
    </message>
    <message>
        <source>The card was declined. Try another card or another way to pay.</source>
        <translation>कार्ड नहीं चला। दूसरा कार्ड या दूसरा तरीक़ा आज़माएँ।</translation>
    </message>
    <message>
        <source>The payment was stopped. Nothing was taken. Choose again.</source>
        <translation>भुगतान रुक गया। कुछ नहीं कटा। फिर चुनें।</translation>
    </message>
    <message>
        <source>The bank has not answered. Ask again before anything else is paid.</source>
        <translation>बैंक का जवाब नहीं आया। कुछ और लेने से पहले फिर पूछें।</translation>
    </message>
    <message>
        <source>The payment came after all: {money}. It counts.</source>
        <translation>भुगतान आख़िर आ गया: {money}। वह गिना गया।</translation>
    </message>
    <message>
        <source>{money} are missing. Take more, or add another payment.</source>
        <translation>{money} कम हैं। और लें, या दूसरा भुगतान जोड़ें।</translation>
    </message>
    <message>
        <source>Only cash gives change. Type {money} or less.</source>
        <translation>छुट्टा केवल नक़द पर। {money} या कम लिखें।</translation>
    </message>
    <message>
        <source>That looks like a card number. It is not kept, type something else.</source>
        <translation>यह कार्ड नंबर जैसा है। रखा नहीं गया, कुछ और लिखें।</translation>
    </message>
    <message>
        <source>Bill {text} is saved.</source>
        <translation>बिल {text} सहेजा गया।</translation>
    </message>
    <message>
        <source>Bill {text} is saved and waits to be sent.</source>
        <translation>बिल {text} सहेजा गया, भेजा जाना बाक़ी है।</translation>
    </message>
    <message>
        <source>The disk did not take the bill. It is still here: make room, then save again.</source>
        <translation>डिस्क ने बिल नहीं लिया। बिल यहीं है: जगह बनाएँ, फिर सहेजें।</translation>
    </message>
    <message>
        <source>The bill is empty. Add an item first.</source>
        <translation>बिल ख़ाली है। पहले आइटम जोड़ें।</translation>
    </message>
    <message>
        <source>The last bill is back. Nothing was paid yet.</source>
        <translation>पिछला बिल लौट आया। अभी कुछ नहीं दिया गया।</translation>
    </message>
    <message>
        <source>The last bill is back. {money} are paid, save it.</source>
        <translation>पिछला बिल लौट आया। {money} दिए जा चुके हैं, सहेजें।</translation>
    </message>
    <message>
        <source>The last bill was saved as {text}. Print it again if needed.</source>
        <translation>पिछला बिल {text} नाम से सहेजा गया। ज़रूरत हो तो फिर छापें।</translation>
    </message>
    <message>
        <source>Choose a salesperson first, then go on.</source>
        <translation>पहले सेल्सपर्सन चुनें, फिर आगे बढ़ें।</translation>
    </message>
    <message>
        <source>No printer. The receipt is on the screen and can be printed later.</source>
        <translation>प्रिंटर नहीं है। रसीद स्क्रीन पर है, बाद में छप सकती है।</translation>
    </message>
    <message>
        <source>The printer is out of paper. Put some in, then print again.</source>
        <translation>प्रिंटर में काग़ज़ नहीं। डालें, फिर छापें।</translation>
    </message>
    <message>
        <source>The receipt did not print. The bill is saved, print it again.</source>
        <translation>रसीद नहीं छपी। बिल सहेजा गया है, फिर छापें।</translation>
    </message>
    <message>
        <source>The settings file is damaged. The last good settings are used.</source>
        <translation>सेटिंग की फ़ाइल ख़राब है। पिछली सही सेटिंग चल रही हैं।</translation>
    </message>
    <message>
        <source>The till is running already. Use the window that is open.</source>
        <translation>प्रोग्राम पहले से चल रहा है। खुली खिड़की में काम करें।</translation>
    </message>
    <message>
        <source>The disk is full. Make room before the next bill.</source>
        <translation>डिस्क भर गई। अगले बिल से पहले जगह बनाएँ।</translation>
    </message>
    <message>
        <source>The disk is nearly full, {count} MB are left. Make room soon.</source>
        <translation>डिस्क लगभग भर गई है, {count} MB बचे हैं। जल्दी जगह बनाएँ।</translation>
    </message>
    <message>
        <source>The disk is nearly full. Make room soon.</source>
        <translation>डिस्क लगभग भर गई है। जल्दी जगह बनाएँ।</translation>
    </message>
    <message>
        <source>The disk does not work as it should. Call the manager.</source>
        <translation>डिस्क ठीक से नहीं चल रही। मैनेजर को बुलाएँ।</translation>
    </message>
    <message>
        <source>This computer has no safe place for the till&apos;s key. Choose where to keep it.</source>
        <translation>इस कंप्यूटर में चाबी रखने की सुरक्षित जगह नहीं। जगह चुनें।</translation>
    </message>
    <message>
        <source>You may not do this. Ask somebody who may.</source>
        <translation>आप यह नहीं कर सकते। जिसे अनुमति है उससे कहें।</translation>
    </message>
    <message>
        <source>No bill is on hold.</source>
        <translation>कोई बिल रुका नहीं है।</translation>
    </message>
    <message>
        <source>Say why first. The reason goes on the receipt.</source>
        <translation>पहले कारण लिखें। वह रसीद पर छपता है।</translation>
    </message>
    <message>
        <source>That is more than the price. Type less.</source>
        <translation>यह दाम से ज़्यादा है। कम लिखें।</translation>
    </message>
    <message>
        <source>The bill is on hold. Take it up again with the same key.</source>
        <translation>बिल रोका गया। उसी बटन से फिर लें।</translation>
    </message>
    <message>
        <source>Too many wrong PINs. Wait a little, or call the manager.</source>
        <translation>कई बार ग़लत PIN। थोड़ा रुकें, या मैनेजर को बुलाएँ।</translation>
    </message>
    <message>
        <source>The customer has to confirm. Send a code and type it here.</source>
        <translation>ग्राहक की पुष्टि चाहिए। कोड भेजें और यहाँ लिखें।</translation>
    </message>
    <message>
        <source>A code is on its way. Wait a little for a new one.</source>
        <translation>कोड जा रहा है। नए के लिए थोड़ा रुकें।</translation>
    </message>
    <message>
        <source>There are not enough points. Use fewer.</source>
        <translation>पॉइंट कम हैं। कम लगाएँ।</translation>
    </message>
    <message>
        <source>Points were spent elsewhere. Choose again.</source>
        <translation>पॉइंट कहीं और ख़र्च हुए। फिर चुनें।</translation>
    </message>
    <message>
        <source>The points are reserved.</source>
        <translation>पॉइंट रखे गए हैं।</translation>
    </message>
    <message>
        <source>The payment came after all. It counts.</source>
        <translation>भुगतान आख़िर आ गया। वह गिना गया।</translation>
    </message>
    <message>
        <source>That is not enough. Take more, or add another payment.</source>
        <translation>यह काफ़ी नहीं। और लें, या दूसरा भुगतान जोड़ें।</translation>
    </message>
    <message>
        <source>Only cash gives change. Type less.</source>
        <translation>छुट्टा केवल नक़द पर। कम लिखें।</translation>
    </message>
    <message>
        <source>The bill is saved.</source>
        <translation>बिल सहेजा गया।</translation>
    </message>
    <message>
        <source>The bill is saved and waits to be sent.</source>
        <translation>बिल सहेजा गया, भेजा जाना बाक़ी है।</translation>
    </message>
    <message>
        <source>The last bill is back and partly paid. Save it.</source>
        <translation>पिछला बिल लौट आया, कुछ दिया जा चुका है। सहेजें।</translation>
    </message>
    <message>
        <source>The last bill was saved. Print it again if needed.</source>
        <translation>पिछला बिल सहेजा गया। ज़रूरत हो तो फिर छापें।</translation>
    </message>
    <message>
        <source>Nothing was paid yet. The code stays good.</source>
        <translation>अभी कुछ नहीं चुकाया गया। कोड मान्य है।</translation>
    </message>
    <message>
        <source>The code ran out, and nothing was paid. Show a new one.</source>
        <translation>कोड का समय खत्म हुआ, और कुछ नहीं चुकाया गया। नया दिखाएँ।</translation>
    </message>
    <message>
        <source>{money} for the goods of {text} pays for this bill. Sell the new goods, then take payment.</source>
        <translation>{text} के सामान के {money} इस बिल में लगेंगे। नया सामान बेचें, फिर भुगतान लें।</translation>
    </message>
    <message>
        <source>Money was taken for this bill. Give it back at the payment first.</source>
        <translation>इस बिल के पैसे लिए जा चुके हैं। पहले भुगतान में लौटाएँ।</translation>
    </message>
    <message>
        <source>Printed on {text}.</source>
        <translation>{text} पर छप गया।</translation>
    </message>
    <message>
        <source>There is no office printer, so it is a PDF: {text}.</source>
        <translation>दफ़्तर का प्रिंटर नहीं है, इसलिए PDF: {text}।</translation>
    </message>
    <message>
        <source>No gift card has this code. Scan it again, or take another payment.</source>
        <translation>इस कोड का कोई गिफ़्ट कार्ड नहीं है। फिर से स्कैन करें, या दूसरा भुगतान लें।</translation>
    </message>
    <message>
        <source>Nothing is left on card {text}. Take another payment.</source>
        <translation>कार्ड {text} में कुछ नहीं बचा। दूसरा भुगतान लें।</translation>
    </message>
    <message>
        <source>{text} pays for this bill already. Take it off first, or use another payment.</source>
        <translation>{text} से इस बिल का भुगतान हो चुका है। पहले उसे हटाएँ, या दूसरा भुगतान लें।</translation>
    </message>
    <message>
        <source>That gift card is sold already. Scan another one.</source>
        <translation>वह गिफ़्ट कार्ड बिक चुका है। दूसरा स्कैन करें।</translation>
    </message>
    <message>
        <source>Reserving {money}.</source>
        <translation>{money} आरक्षित किए जा रहे हैं।</translation>
    </message>
    <message>
        <source>No answer yet. Ask again, or cancel and take another payment.</source>
        <translation>अभी जवाब नहीं आया। फिर पूछें, या रद्द करके दूसरा भुगतान लें।</translation>
    </message>
    <message>
        <source>{money} are not taken, and stay on the card.</source>
        <translation>{money} नहीं लिए गए, कार्ड में ही रहेंगे।</translation>
    </message>
    <message>
        <source>{text} has only {money}. Type less, and split the rest.</source>
        <translation>{text} में केवल {money} हैं। कम लिखें, बाकी अलग से लें।</translation>
    </message>
    <message>
        <source>{text} was used elsewhere meanwhile, {money} are left. Use that, or another payment.</source>
        <translation>{text} इस बीच कहीं और इस्तेमाल हुआ, {money} बचे हैं। वही लें, या दूसरा भुगतान।</translation>
    </message>
    <message>
        <source>What was reserved of a gift card or credit ran out of time. Take it off, or call the manager.</source>
        <translation>गिफ़्ट कार्ड या स्टोर क्रेडिट का आरक्षण समय पार कर गया। उसे हटाएँ, या मैनेजर को बुलाएँ।</translation>
    </message>
    <message>
        <source>No line, so gift cards and store credit wait. Take another payment.</source>
        <translation>लाइन नहीं है, इसलिए गिफ़्ट कार्ड और स्टोर क्रेडिट रुके हैं। दूसरा भुगतान लें।</translation>
    </message>
    <message>
        <source>Checking whether the offer is still there. The bill waits.</source>
        <translation>देखा जा रहा है कि ऑफ़र अब भी है या नहीं। बिल रुका है।</translation>
    </message>
    <message>
        <source>No answer whether the offer is still there. Ask again, or go on without it.</source>
        <translation>ऑफ़र अब भी है या नहीं, इसका जवाब नहीं आया। फिर पूछें, या इसके बिना आगे बढ़ें।</translation>
    </message>
    <message>
        <source>{name} is used up, somebody else was first. Look at the bill and go on.</source>
        <translation>{name} ख़त्म हो गया, कोई और पहले ले गया। बिल देखें और आगे बढ़ें।</translation>
    </message>
    <message>
        <source>The reserved offer ran out of time. Apply it again, or go on without.</source>
        <translation>रखे गए ऑफ़र का समय पूरा हो गया। फिर लगाएँ, या इसके बिना आगे बढ़ें।</translation>
    </message>
    <message>
        <source>An offer is used up, somebody else was first. Look at the bill and go on.</source>
        <translation>एक ऑफ़र ख़त्म हो गया, कोई और पहले ले गया। बिल देखें और आगे बढ़ें।</translation>
    </message>
    <message>
        <source>This till has gone without a code often enough today. Send a code, or go on without points.</source>
        <translation>यह टिल आज काफ़ी बार बिना कोड के चल चुका है। कोड भेजें, या पॉइंट के बिना आगे बढ़ें।</translation>
    </message>
    <message>
        <source>This till stays open. A manager signs in to close it.</source>
        <translation>यह टिल खुला रहता है। बंद करने के लिए मैनेजर साइन इन करे।</translation>
    </message>
</context>
<context>
    <name>Offer</name>
    <message>
        <source>Cancel</source>
        <translation>रद्द</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>लगाएँ</translation>
    </message>
    <message>
        <source>An offer for {name}</source>
        <translation>{name} के लिए ऑफ़र</translation>
    </message>
    <message>
        <source>An offer for this bill</source>
        <translation>इस बिल के लिए ऑफ़र</translation>
    </message>
    <message>
        <source>{name} gives</source>
        <translation>{name} देंगे</translation>
    </message>
    <message>
        <source>{points} left</source>
        <translation>{points} बचेंगे</translation>
    </message>
    <message>
        <source>{name} gets</source>
        <translation>{name} को मिलेगा</translation>
    </message>
    <message>
        <source>off the whole bill</source>
        <translation>पूरे बिल पर</translation>
    </message>
    <message>
        <source>Total now</source>
        <translation>अभी कुल</translation>
    </message>
    <message>
        <source>Becomes</source>
        <translation>हो जाएगा</translation>
    </message>
    <message>
        <source>Items to choose from</source>
        <translation>चुनने के लिए आइटम</translation>
    </message>
    <message>
        <source>One more offer waits.</source>
        <translation>एक और ऑफ़र है।</translation>
    </message>
    <message>
        <source>{count} more offers wait.</source>
        <translation>{count} और ऑफ़र हैं।</translation>
    </message>
    <message>
        <source>Use {points} points, {gift} is free</source>
        <translation>{points} पॉइंट लगाएँ, {gift} मुफ़्त</translation>
    </message>
    <message>
        <source>{gift} is free</source>
        <translation>{gift} मुफ़्त</translation>
    </message>
    <message>
        <source>Use {points} points, save {money}</source>
        <translation>{points} पॉइंट लगाएँ, {money} बचाएँ</translation>
    </message>
    <message>
        <source>{name}, save {money}</source>
        <translation>{name}, {money} बचाएँ</translation>
    </message>
    <message>
        <source>Use {points} points</source>
        <translation>{points} पॉइंट लगाएँ</translation>
    </message>
    <message>
        <source>Instead of {names}</source>
        <translation>{names} की जगह</translation>
    </message>
    <message>
        <source>{points} points for {item}</source>
        <translation>{item} के लिए {points} पॉइंट</translation>
    </message>
    <message>
        <source>{pieces} free: {item}</source>
        <translation>{pieces} मुफ़्त: {item}</translation>
    </message>
    <message>
        <source>{points} points off the whole bill</source>
        <translation>पूरे बिल पर {points} पॉइंट</translation>
    </message>
    <message>
        <source>On {item}</source>
        <translation>{item} पर</translation>
    </message>
    <message>
        <source>On the whole bill</source>
        <translation>पूरे बिल पर</translation>
    </message>
    <message>
        <source>{name}: {pieces} free</source>
        <translation>{name}: {pieces} मुफ़्त</translation>
    </message>
    <message>
        <source>{points} more points: {name}</source>
        <translation>{points} पॉइंट और: {name}</translation>
    </message>
    <message>
        <source>Or keep them: {points} more points, {name}.</source>
        <translation>या रख लें: {points} पॉइंट और, {name}।</translation>
    </message>
    <message>
        <source>Takes off</source>
        <translation>छूट</translation>
    </message>
    <message>
        <source>With {item}</source>
        <translation>{item} के साथ</translation>
    </message>
    <message>
        <source>Buy {pieces}, pay {paid}: {item}</source>
        <translation>{pieces} लें, {paid} के पैसे दें: {item}</translation>
    </message>
    <message>
        <source>Buy {pieces}, pay {paid}</source>
        <translation>{pieces} लें, {paid} के पैसे दें</translation>
    </message>
</context>
<context>
    <name>Oversight</name>
    <message>
        <source>Many wrong codes</source>
        <translation>कई ग़लत कोड</translation>
    </message>
    <message>
        <source>Many bills on one number</source>
        <translation>एक नंबर पर कई बिल</translation>
    </message>
    <message>
        <source>Cashier is the customer</source>
        <translation>कैशियर ही ग्राहक</translation>
    </message>
    <message>
        <source>Redeemed, then taken back</source>
        <translation>लिया, फिर वापस</translation>
    </message>
    <message>
        <source>Price by hand</source>
        <translation>हाथ से दाम</translation>
    </message>
    <message>
        <source>Large discount</source>
        <translation>बड़ी छूट</translation>
    </message>
    <message>
        <source>Return without receipt</source>
        <translation>बिना रसीद वापसी</translation>
    </message>
    <message>
        <source>Back-dated bill</source>
        <translation>पुरानी तारीख़ का बिल</translation>
    </message>
    <message>
        <source>Points short</source>
        <translation>पॉइंट कम</translation>
    </message>
    <message>
        <source>Redemption did not settle</source>
        <translation>रिडीम पूरा नहीं हुआ</translation>
    </message>
    <message>
        <source>Points taken on trust</source>
        <translation>पॉइंट भरोसे पर लिए गए</translation>
    </message>
    <message>
        <source>Points earned differ</source>
        <translation>मिले पॉइंट अलग</translation>
    </message>
    <message>
        <source>Bill worked out otherwise</source>
        <translation>बिल का हिसाब अलग</translation>
    </message>
    <message>
        <source>Receipt number twice</source>
        <translation>रसीद नंबर दो बार</translation>
    </message>
    <message>
        <source>Something else</source>
        <translation>कुछ और</translation>
    </message>
    <message>
        <source>{count} wrong codes for {customer} in {hours} hours; {limit} are usual at most.</source>
        <translation>{hours} घंटे में {customer} के {count} ग़लत कोड; आम तौर पर ज़्यादा से ज़्यादा {limit}।</translation>
    </message>
    <message>
        <source>{count} bills for {customer} in {hours} hours; {limit} are usual at most.</source>
        <translation>{hours} घंटे में {customer} के {count} बिल; आम तौर पर ज़्यादा से ज़्यादा {limit}।</translation>
    </message>
    <message>
        <source>{cashier} sold to their own number and earned or spent points.</source>
        <translation>{cashier} ने अपने ही नंबर पर बेचा और पॉइंट लिए या लगाए।</translation>
    </message>
    <message>
        <source>{cashier} redeemed points and took them back {count} times in {hours} hours.</source>
        <translation>{cashier} ने {hours} घंटे में {count} बार पॉइंट लगाकर वापस लिए।</translation>
    </message>
    <message>
        <source>{cashier} set a price by hand; it came to {amount} less.</source>
        <translation>{cashier} ने दाम हाथ से रखा; {amount} कम हुआ।</translation>
    </message>
    <message>
        <source>{amount} off by hand; up to {allowed} is usual.</source>
        <translation>हाथ से {amount} की छूट; आम तौर पर {allowed} तक।</translation>
    </message>
    <message>
        <source>{cashier} gave {amount} back without a receipt.</source>
        <translation>{cashier} ने बिना रसीद {amount} लौटाए।</translation>
    </message>
    <message>
        <source>The bill arrived {hours} hours after the time on it.</source>
        <translation>बिल अपने समय से {hours} घंटे बाद आया।</translation>
    </message>
    <message>
        <source>{customer} had {points} points less than the bill used. The shop bears them.</source>
        <translation>{customer} के पास बिल में लगे से {points} पॉइंट कम थे। दुकान उठाती है।</translation>
    </message>
    <message>
        <source>Balance and ledger</source>
        <translation>शेष और खाता-बही</translation>
    </message>
    <message>
        <source>Balance and expiry dates</source>
        <translation>शेष और समाप्ति तारीख़ें</translation>
    </message>
    <message>
        <source>Reserved points</source>
        <translation>आरक्षित पॉइंट</translation>
    </message>
    <message>
        <source>Forgotten reservation</source>
        <translation>भूला हुआ आरक्षण</translation>
    </message>
    <message>
        <source>Bill not booked</source>
        <translation>बिल दर्ज नहीं</translation>
    </message>
    <message>
        <source>Booked without a bill</source>
        <translation>बिना बिल दर्ज</translation>
    </message>
    <message>
        <source>Promotions of a bill</source>
        <translation>बिल के ऑफ़र</translation>
    </message>
    <message>
        <source>Sums of a day</source>
        <translation>दिन के जोड़</translation>
    </message>
    <message>
        <source>Missing bill</source>
        <translation>गायब बिल</translation>
    </message>
    <message>
        <source>Unfinished return</source>
        <translation>अधूरी वापसी</translation>
    </message>
    <message>
        <source>{who} sees {found} points. All bookings together come to {expected}.</source>
        <translation>{who} को {found} पॉइंट दिखते हैं। सारी प्रविष्टियाँ मिलाकर {expected} हैं।</translation>
    </message>
    <message>
        <source>{who} has {expected} points, but those with an expiry date come to {found}.</source>
        <translation>{who} के पास {expected} पॉइंट हैं, पर समाप्ति तारीख़ वाले {found} हैं।</translation>
    </message>
    <message>
        <source>{found} points of {who} are reserved. Bills in hand reserve {expected}.</source>
        <translation>{who} के {found} पॉइंट आरक्षित हैं। चालू बिल {expected} आरक्षित करते हैं।</translation>
    </message>
    <message>
        <source>A bill that never came still reserves {found} points of {who}.</source>
        <translation>एक बिल जो कभी नहीं आया, {who} के {found} पॉइंट अब भी आरक्षित रखता है।</translation>
    </message>
    <message>
        <source>Bill {number} moves {expected} points of {who}. {found} are booked.</source>
        <translation>बिल {number} में {who} के {expected} पॉइंट हैं। दर्ज {found} हैं।</translation>
    </message>
    <message>
        <source>{found} points of {who} are booked for a bill that no till has sent.</source>
        <translation>{who} के {found} पॉइंट ऐसे बिल पर दर्ज हैं जो किसी काउंटर ने नहीं भेजा।</translation>
    </message>
    <message>
        <source>The list of promotions says {found} points for bill {number}. Booked are {expected}.</source>
        <translation>ऑफ़र सूची में बिल {number} के {found} पॉइंट हैं। दर्ज {expected} हैं।</translation>
    </message>
    <message>
        <source>The sums of a day are not those of its promotions. Bills and points are right.</source>
        <translation>दिन के जोड़ उसके ऑफ़रों से नहीं मिलते। बिल और पॉइंट सही हैं।</translation>
    </message>
    <message>
        <source>Till {till} gave out number {number}, and that bill has not come.</source>
        <translation>काउंटर {till} ने नंबर {number} दिया, और वह बिल नहीं आया।</translation>
    </message>
    <message>
        <source>Till {till} agreed to take goods of bill {number} back and never said that it paid.</source>
        <translation>काउंटर {till} ने बिल {number} का सामान वापस लेना मान लिया, पर यह नहीं बताया कि पैसे दिए गए।</translation>
    </message>
    <message>
        <source>Set to the bookings</source>
        <translation>प्रविष्टियों के बराबर करें</translation>
    </message>
    <message>
        <source>The balance becomes what the bookings come to. No booking changes.</source>
        <translation>शेष प्रविष्टियों के जोड़ जितना हो जाएगा। कोई प्रविष्टि नहीं बदलती।</translation>
    </message>
    <message>
        <source>Set to the balance</source>
        <translation>शेष के बराबर करें</translation>
    </message>
    <message>
        <source>Expiry dates are shared out anew. The balance stays.</source>
        <translation>समाप्ति तारीख़ें फिर बाँटी जाएँगी। शेष वही रहेगा।</translation>
    </message>
    <message>
        <source>Count anew</source>
        <translation>फिर गिनें</translation>
    </message>
    <message>
        <source>Only what bills in hand reserve stays reserved.</source>
        <translation>केवल चालू बिलों का आरक्षण रहेगा।</translation>
    </message>
    <message>
        <source>Release the points</source>
        <translation>पॉइंट छोड़ें</translation>
    </message>
    <message>
        <source>The customer can use them again.</source>
        <translation>ग्राहक उन्हें फिर लगा सकता है।</translation>
    </message>
    <message>
        <source>Book the bill</source>
        <translation>बिल दर्ज करें</translation>
    </message>
    <message>
        <source>What the receipt shows is booked, once.</source>
        <translation>रसीद में जो है वह एक बार दर्ज होगा।</translation>
    </message>
    <message>
        <source>Ask the till</source>
        <translation>काउंटर से माँगें</translation>
    </message>
    <message>
        <source>The till sends the bill again as soon as it is on.</source>
        <translation>काउंटर चालू होते ही बिल फिर भेजेगा।</translation>
    </message>
    <message>
        <source>Write anew</source>
        <translation>फिर लिखें</translation>
    </message>
    <message>
        <source>The list is made anew from bills and bookings. Neither changes.</source>
        <translation>सूची बिलों और प्रविष्टियों से फिर बनेगी। दोनों नहीं बदलते।</translation>
    </message>
    <message>
        <source>Give it up</source>
        <translation>वापसी रद्द करें</translation>
    </message>
    <message>
        <source>Only if no money was paid: the goods can come back again. If it was, approve its case.</source>
        <translation>तभी, जब पैसे नहीं दिए गए: सामान फिर वापस आ सकता है। दिए गए हों, तो इसका मामला मंज़ूर करें।</translation>
    </message>
    <message>
        <source>Discount on a line</source>
        <translation>एक पंक्ति पर छूट</translation>
    </message>
    <message>
        <source>Discount on the bill</source>
        <translation>बिल पर छूट</translation>
    </message>
    <message>
        <source>Take a line off</source>
        <translation>एक पंक्ति हटाएँ</translation>
    </message>
    <message>
        <source>Clear the bill</source>
        <translation>बिल खाली करें</translation>
    </message>
    <message>
        <source>Open the drawer</source>
        <translation>दराज़ खोलें</translation>
    </message>
    <message>
        <source>Return with receipt</source>
        <translation>रसीद के साथ वापसी</translation>
    </message>
    <message>
        <source>Print a receipt again</source>
        <translation>रसीद फिर छापें</translation>
    </message>
    <message>
        <source>Redeem without a code</source>
        <translation>बिना कोड रिडीम</translation>
    </message>
    <message>
        <source>Take points on trust</source>
        <translation>पॉइंट भरोसे पर लेना</translation>
    </message>
    <message>
        <source>Release reserved points</source>
        <translation>आरक्षित पॉइंट छोड़ें</translation>
    </message>
    <message>
        <source>Save after the reservation ran out</source>
        <translation>आरक्षण ख़त्म होने पर सहेजें</translation>
    </message>
    <message>
        <source>The amount is above your limit. Refuse it, or call the owner.</source>
        <translation>राशि आपकी सीमा से ऊपर है। मना करें, या मालिक को बुलाएँ।</translation>
    </message>
    <message>
        <source>The percentage is above your limit. Refuse it, or call the owner.</source>
        <translation>प्रतिशत आपकी सीमा से ऊपर है। मना करें, या मालिक को बुलाएँ।</translation>
    </message>
    <message>
        <source>The points are above your limit. Refuse it, or call the owner.</source>
        <translation>पॉइंट आपकी सीमा से ऊपर हैं। मना करें, या मालिक को बुलाएँ।</translation>
    </message>
    <message>
        <source>You may not approve this. Refuse it, or call the owner.</source>
        <translation>आप इसे मंज़ूर नहीं कर सकते। मना करें, या मालिक को बुलाएँ।</translation>
    </message>
    <message>
        <source>This is your own. Somebody else has to approve it.</source>
        <translation>यह आपका अपना है। किसी और को मंज़ूर करना होगा।</translation>
    </message>
    <message>
        <source>a customer</source>
        <translation>एक ग्राहक</translation>
    </message>
    <message>
        <source>Somebody</source>
        <translation>किसी ने</translation>
    </message>
    <message>
        <source>All</source>
        <translation>सभी</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>इंतज़ार</translation>
    </message>
    <message>
        <source>In order</source>
        <translation>ठीक है</translation>
    </message>
    <message>
        <source>Flagged</source>
        <translation>चिह्नित</translation>
    </message>
    <message>
        <source>Differs</source>
        <translation>अलग</translation>
    </message>
    <message>
        <source>Till was asked</source>
        <translation>काउंटर से माँगा</translation>
    </message>
    <message>
        <source>Put right</source>
        <translation>ठीक किया</translation>
    </message>
    <message>
        <source>{points} points</source>
        <translation>{points} पॉइंट</translation>
    </message>
</context>
<context>
    <name>Payment</name>
    <message>
        <source>Payment</source>
        <translation>भुगतान</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>कुल</translation>
    </message>
    <message>
        <source>To give back</source>
        <translation>लौटाने के लिए</translation>
    </message>
    <message>
        <source>Left to pay</source>
        <translation>बाक़ी देना</translation>
    </message>
    <message>
        <source>Points and payments</source>
        <translation>पॉइंट और भुगतान</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>छुट्टा</translation>
    </message>
    <message>
        <source>Type or scan it</source>
        <translation>लिखें या स्कैन करें</translation>
    </message>
    <message>
        <source>Cancel at the terminal</source>
        <translation>मशीन पर रद्द करें</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>रद्द</translation>
    </message>
    <message>
        <source>One moment</source>
        <translation>एक पल</translation>
    </message>
    <message>
        <source>The money goes back</source>
        <translation>पैसे लौट रहे हैं</translation>
    </message>
    <message>
        <source>Cancelling at the terminal</source>
        <translation>मशीन पर रद्द हो रहा है</translation>
    </message>
    <message>
        <source>Scan with any e-wallet</source>
        <translation>किसी भी ई-वॉलेट से स्कैन करें</translation>
    </message>
    <message>
        <source>Tap, insert or swipe</source>
        <translation>टैप, डालें या स्वाइप करें</translation>
    </message>
    <message>
        <source>The code to scan</source>
        <translation>स्कैन करने का कोड</translation>
    </message>
    <message>
        <source>{time} so far</source>
        <translation>अब तक {time}</translation>
    </message>
    <message>
        <source>Was it paid?</source>
        <translation>क्या भुगतान हुआ?</translation>
    </message>
    <message>
        <source>Set aside for the manager</source>
        <translation>मैनेजर के लिए अलग रखें</translation>
    </message>
    <message>
        <source>Nothing is left to pay</source>
        <translation>कुछ देना बाक़ी नहीं</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>इंतज़ार</translation>
    </message>
    <message>
        <source>What happens</source>
        <translation>क्या हो रहा है</translation>
    </message>
    <message>
        <source>Waiting for the payment</source>
        <translation>भुगतान का इंतज़ार</translation>
    </message>
    <message>
        <source>Waiting for the card</source>
        <translation>कार्ड का इंतज़ार</translation>
    </message>
    <message>
        <source>Bill is saved</source>
        <translation>बिल सहेजा जाता है</translation>
    </message>
    <message>
        <source>Receipt prints</source>
        <translation>रसीद छपती है</translation>
    </message>
    <message>
        <source>Points are asked for</source>
        <translation>पॉइंट माँगे जाते हैं</translation>
    </message>
    <message>
        <source>Amount sent</source>
        <translation>रक़म भेजी गई</translation>
    </message>
    <message>
        <source>Rest is to pay</source>
        <translation>बाक़ी देना है</translation>
    </message>
    <message>
        <source>Nothing to do here. The bill saves itself when the bank answers.</source>
        <translation>यहाँ कुछ नहीं करना। बैंक का जवाब आते ही बिल ख़ुद सहेजा जाएगा।</translation>
    </message>
    <message>
        <source>Nothing to do here. It goes on by itself.</source>
        <translation>यहाँ कुछ नहीं करना। काम ख़ुद आगे बढ़ेगा।</translation>
    </message>
    <message>
        <source>done</source>
        <translation>हो गया</translation>
    </message>
    <message>
        <source>now</source>
        <translation>अभी</translation>
    </message>
    <message>
        <source>still to come</source>
        <translation>आगे होगा</translation>
    </message>
    <message>
        <source>Taken on trust</source>
        <translation>भरोसे पर लिए</translation>
    </message>
    <message>
        <source>Reserved until {time}</source>
        <translation>{time} तक रखे हैं</translation>
    </message>
    <message>
        <source>Needs a code</source>
        <translation>कोड चाहिए</translation>
    </message>
    <message>
        <source>Reserved</source>
        <translation>रखे हुए</translation>
    </message>
    <message>
        <source>Asking</source>
        <translation>पूछ रहे हैं</translation>
    </message>
    <message>
        <source>Waits for the code</source>
        <translation>कोड का इंतज़ार</translation>
    </message>
    <message>
        <source>Needs a manager</source>
        <translation>मैनेजर चाहिए</translation>
    </message>
    <message>
        <source>On this bill</source>
        <translation>इस बिल पर</translation>
    </message>
    <message>
        <source>Cash</source>
        <translation>नक़द</translation>
    </message>
    <message>
        <source>Card</source>
        <translation>कार्ड</translation>
    </message>
    <message>
        <source>QRIS</source>
        <translation>QRIS</translation>
    </message>
    <message>
        <source>Points</source>
        <translation>पॉइंट</translation>
    </message>
    <message>
        <source>Voucher</source>
        <translation>वाउचर</translation>
    </message>
    <message>
        <source>Cash received</source>
        <translation>मिली रक़म</translation>
    </message>
    <message>
        <source>On the card</source>
        <translation>कार्ड से</translation>
    </message>
    <message>
        <source>By QRIS</source>
        <translation>QRIS से</translation>
    </message>
    <message>
        <source>Code on the voucher</source>
        <translation>वाउचर का कोड</translation>
    </message>
    <message>
        <source>Exact {amount}</source>
        <translation>पूरे {amount}</translation>
    </message>
    <message>
        <source>Approved {time}</source>
        <translation>{time} पर मंज़ूर</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>मिला</translation>
    </message>
    <message>
        <source>+1 point when the bill is saved</source>
        <translation>बिल सहेजने पर +1 पॉइंट</translation>
    </message>
    <message>
        <source>+{points} points when the bill is saved</source>
        <translation>बिल सहेजने पर +{points} पॉइंट</translation>
    </message>
    <message>
        <source>Take {money}</source>
        <translation>{money} लें</translation>
    </message>
    <message>
        <source>To the terminal</source>
        <translation>मशीन पर</translation>
    </message>
    <message>
        <source>Show the code</source>
        <translation>कोड दिखाएँ</translation>
    </message>
    <message>
        <source>Use points</source>
        <translation>पॉइंट लगाएँ</translation>
    </message>
    <message>
        <source>Use the voucher</source>
        <translation>वाउचर लगाएँ</translation>
    </message>
    <message>
        <source>Save the bill</source>
        <translation>बिल सहेजें</translation>
    </message>
    <message>
        <source>Call the manager</source>
        <translation>मैनेजर को बुलाएँ</translation>
    </message>
    <message>
        <source>Ask the bank again</source>
        <translation>बैंक से फिर पूछें</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>हो गया</translation>
    </message>
    <message>
        <source>Check now</source>
        <translation>अभी जाँचें</translation>
    </message>
    <message>
        <source>Goods come back</source>
        <translation>सामान वापस आता है</translation>
    </message>
    <message>
        <source>Give back {money} in cash</source>
        <translation>{money} नकद लौटाएँ</translation>
    </message>
    <message>
        <source>Good for {time}</source>
        <translation>{time} तक मान्य</translation>
    </message>
    <message>
        <source>Reserving the money</source>
        <translation>रकम आरक्षित हो रही है</translation>
    </message>
    <message>
        <source>Looking at the card</source>
        <translation>कार्ड देखा जा रहा है</translation>
    </message>
    <message>
        <source>Was it reserved?</source>
        <translation>क्या आरक्षित हुआ?</translation>
    </message>
    <message>
        <source>The card is looked up</source>
        <translation>कार्ड देखा जा रहा है</translation>
    </message>
    <message>
        <source>Money is reserved</source>
        <translation>रकम आरक्षित होती है</translation>
    </message>
    <message>
        <source>Gift card</source>
        <translation>गिफ़्ट कार्ड</translation>
    </message>
    <message>
        <source>Store credit</source>
        <translation>दुकान का क्रेडिट</translation>
    </message>
    <message>
        <source>From the gift card</source>
        <translation>गिफ़्ट कार्ड से</translation>
    </message>
    <message>
        <source>From the store credit</source>
        <translation>स्टोर क्रेडिट से</translation>
    </message>
    <message>
        <source>Code on the gift card</source>
        <translation>गिफ़्ट कार्ड का कोड</translation>
    </message>
    <message>
        <source>{whose} has {money}</source>
        <translation>{whose} में {money} हैं</translation>
    </message>
    <message>
        <source>Reserved, {money} left</source>
        <translation>आरक्षित, {money} बाकी</translation>
    </message>
    <message>
        <source>Look at the card</source>
        <translation>कार्ड देखें</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>फिर पूछें</translation>
    </message>
</context>
<context>
    <name>Phone</name>
    <message>
        <source>The customer&apos;s phone</source>
        <translation>ग्राहक का फ़ोन</translation>
    </message>
    <message>
        <source>Codes that the till sends arrive here.</source>
        <translation>काउंटर के भेजे कोड यहाँ आते हैं।</translation>
    </message>
</context>
<context>
    <name>Practice</name>
    <message>
        <source>PRACTICE: nothing here counts, no points move</source>
        <translation>अभ्यास: यहाँ कुछ नहीं गिना जाता, पॉइंट नहीं बदलते</translation>
    </message>
</context>
<context>
    <name>Promotions</name>
    <message>
        <source>Promotions</source>
        <translation>ऑफ़र</translation>
    </message>
    <message>
        <source>What comes off each line</source>
        <translation>हर पंक्ति पर छूट</translation>
    </message>
    <message>
        <source>Voucher code</source>
        <translation>वाउचर कोड</translation>
    </message>
    <message>
        <source>The best combination for this bill</source>
        <translation>इस बिल के लिए सबसे अच्छा मेल</translation>
    </message>
    <message>
        <source>Remove all</source>
        <translation>सब हटाएँ</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>बदलें</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>रद्द</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>लगाएँ</translation>
    </message>
    <message>
        <source>part of the best</source>
        <translation>सबसे अच्छे मेल में</translation>
    </message>
    <message>
        <source>ticked</source>
        <translation>चुना हुआ</translation>
    </message>
    <message>
        <source>and {count} more lines</source>
        <translation>और {count} पंक्तियाँ</translation>
    </message>
    <message>
        <source>Before promotions</source>
        <translation>ऑफ़र से पहले</translation>
    </message>
    <message>
        <source>1 promotion</source>
        <translation>1 ऑफ़र</translation>
    </message>
    <message>
        <source>{count} promotions</source>
        <translation>{count} ऑफ़र</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>कुल</translation>
    </message>
    <message>
        <source>Applied</source>
        <translation>लगे हुए</translation>
    </message>
    <message>
        <source>Available</source>
        <translation>मिल सकते हैं</translation>
    </message>
    <message>
        <source>Not yet</source>
        <translation>अभी नहीं</translation>
    </message>
    <message>
        <source>{count} applied</source>
        <translation>{count} लगे</translation>
    </message>
    <message>
        <source>What the bill earns shows up here by itself.</source>
        <translation>बिल पर जो मिलेगा वह यहाँ ख़ुद दिखेगा।</translation>
    </message>
    <message>
        <source>{name}, applied, {amount}</source>
        <translation>{name}, लगा हुआ, {amount}</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>लगाएँ</translation>
    </message>
    <message>
        <source>{count} more</source>
        <translation>{count} और</translation>
    </message>
</context>
<context>
    <name>Question</name>
    <message>
        <source>Leave it</source>
        <translation>रहने दें</translation>
    </message>
    <message>
        <source>Close the till?</source>
        <translation>प्रोग्राम बंद करें?</translation>
    </message>
    <message>
        <source>The bill is kept, and is here again at the next start.</source>
        <translation>बिल रखा रहेगा, और अगली बार यहीं मिलेगा।</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>बंद करें</translation>
    </message>
    <message>
        <source>Give this payment back?</source>
        <translation>यह भुगतान लौटाएँ?</translation>
    </message>
    <message>
        <source>Cash goes back from the drawer, a card through the terminal.</source>
        <translation>नक़द दराज़ से लौटता है, कार्ड मशीन से।</translation>
    </message>
    <message>
        <source>Give back</source>
        <translation>लौटाएँ</translation>
    </message>
</context>
<context>
    <name>Reason</name>
    <message>
        <source>Needs a customer</source>
        <translation>ग्राहक चाहिए</translation>
    </message>
    <message>
        <source>Needs {points} more points</source>
        <translation>{points} पॉइंट और चाहिए</translation>
    </message>
    <message>
        <source>Add {money}</source>
        <translation>{money} और जोड़ें</translation>
    </message>
    <message>
        <source>Add {pieces} more</source>
        <translation>{pieces} और जोड़ें</translation>
    </message>
    <message>
        <source>Needs another item</source>
        <translation>दूसरा आइटम चाहिए</translation>
    </message>
    <message>
        <source>Needs a code</source>
        <translation>कोड चाहिए</translation>
    </message>
    <message>
        <source>Code not verified</source>
        <translation>कोड जाँचा नहीं गया</translation>
    </message>
    <message>
        <source>For another group of customers</source>
        <translation>दूसरे ग्राहक समूह के लिए</translation>
    </message>
    <message>
        <source>For another tier</source>
        <translation>दूसरे स्तर के लिए</translation>
    </message>
    <message>
        <source>Not on this order</source>
        <translation>इस ऑर्डर पर नहीं</translation>
    </message>
    <message>
        <source>Not together with {other}</source>
        <translation>{other} के साथ नहीं</translation>
    </message>
    <message>
        <source>Starts {day}</source>
        <translation>{day} से</translation>
    </message>
    <message>
        <source>Ended {day}</source>
        <translation>{day} को ख़त्म</translation>
    </message>
    <message>
        <source>At another time</source>
        <translation>दूसरे समय पर</translation>
    </message>
    <message>
        <source>In another shop</source>
        <translation>दूसरी दुकान में</translation>
    </message>
    <message>
        <source>With another way to pay</source>
        <translation>दूसरे भुगतान पर</translation>
    </message>
    <message>
        <source>Used up</source>
        <translation>ख़त्म हो चुका</translation>
    </message>
    <message>
        <source>Used as often as allowed</source>
        <translation>जितनी बार हो सकता था लग चुका</translation>
    </message>
    <message>
        <source>Nothing to take off here</source>
        <translation>छूट देने को कुछ नहीं</translation>
    </message>
    <message>
        <source>Its item is not sold now</source>
        <translation>उसका आइटम अभी नहीं बिकता</translation>
    </message>
    <message>
        <source>Waits for the line</source>
        <translation>लाइन का इंतज़ार</translation>
    </message>
    <message>
        <source>Declined on this bill</source>
        <translation>इस बिल पर मना किया</translation>
    </message>
    <message>
        <source>Taken off this bill</source>
        <translation>इस बिल से हटाया</translation>
    </message>
    <message>
        <source>Needs more points</source>
        <translation>और पॉइंट चाहिए</translation>
    </message>
    <message>
        <source>Needs a larger bill</source>
        <translation>बड़ा बिल चाहिए</translation>
    </message>
    <message>
        <source>Needs more pieces</source>
        <translation>और नग चाहिए</translation>
    </message>
    <message>
        <source>Not together with another one</source>
        <translation>दूसरे के साथ नहीं</translation>
    </message>
    <message>
        <source>Not yet</source>
        <translation>अभी नहीं</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>ख़त्म</translation>
    </message>
    <message>
        <source>Needs {item}</source>
        <translation>{item} चाहिए</translation>
    </message>
    <message>
        <source>Ended yesterday</source>
        <translation>कल ख़त्म हुआ</translation>
    </message>
</context>
<context>
    <name>Receipt</name>
    <message>
        <source>Receipt</source>
        <translation>रसीद</translation>
    </message>
    <message>
        <source>The bill is saved</source>
        <translation>बिल सहेजा गया</translation>
    </message>
    <message>
        <source>Give back</source>
        <translation>लौटाएँ</translation>
    </message>
    <message>
        <source>Paid</source>
        <translation>दिया गया</translation>
    </message>
    <message>
        <source>The PDF is in {file}</source>
        <translation>PDF {file} में है</translation>
    </message>
    <message>
        <source>Print a copy</source>
        <translation>कॉपी छापें</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>छापें</translation>
    </message>
    <message>
        <source>Save as PDF</source>
        <translation>PDF सहेजें</translation>
    </message>
    <message>
        <source>Next customer</source>
        <translation>अगला ग्राहक</translation>
    </message>
    <message>
        <source>Bill {number}</source>
        <translation>बिल {number}</translation>
    </message>
    <message>
        <source>Cashier {name}</source>
        <translation>कैशियर {name}</translation>
    </message>
    <message>
        <source>RETURN</source>
        <translation>वापसी</translation>
    </message>
    <message>
        <source>COPY</source>
        <translation>कॉपी</translation>
    </message>
    <message>
        <source>PRACTICE, NOT A SALE</source>
        <translation>अभ्यास, बिक्री नहीं</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>मुफ़्त</translation>
    </message>
    <message>
        <source>Before promotions</source>
        <translation>ऑफ़र से पहले</translation>
    </message>
    <message>
        <source>Promotions</source>
        <translation>ऑफ़र</translation>
    </message>
    <message>
        <source>TOTAL</source>
        <translation>कुल</translation>
    </message>
    <message>
        <source>Cash</source>
        <translation>नक़द</translation>
    </message>
    <message>
        <source>Card</source>
        <translation>कार्ड</translation>
    </message>
    <message>
        <source>QRIS</source>
        <translation>QRIS</translation>
    </message>
    <message>
        <source>Voucher</source>
        <translation>वाउचर</translation>
    </message>
    <message>
        <source>Gift card</source>
        <translation>गिफ़्ट कार्ड</translation>
    </message>
    <message>
        <source>Wallet</source>
        <translation>वॉलेट</translation>
    </message>
    <message>
        <source>Store credit</source>
        <translation>दुकान का क्रेडिट</translation>
    </message>
    <message>
        <source>Pays like money, as soon as this bill has been sent</source>
        <translation>पैसे की तरह चलेगा, जैसे ही यह बिल भेजा जाएगा</translation>
    </message>
    <message>
        <source>For your next visit: {name}</source>
        <translation>अगली बार के लिए: {name}</translation>
    </message>
    <message>
        <source>Bring this paper along</source>
        <translation>यह पर्ची साथ लाएँ</translation>
    </message>
    <message>
        <source>Bring this paper along by {day}</source>
        <translation>यह पर्ची {day} तक साथ लाएँ</translation>
    </message>
    <message>
        <source>Rounded to coins</source>
        <translation>सिक्कों में गोल</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>छुट्टा</translation>
    </message>
    <message>
        <source>Tax</source>
        <translation>कर</translation>
    </message>
    <message>
        <source>{tax} included</source>
        <translation>{tax} शामिल</translation>
    </message>
    <message>
        <source>{tax} in the total</source>
        <translation>कुल में {tax}</translation>
    </message>
    <message>
        <source>Note: {note}</source>
        <translation>नोट: {note}</translation>
    </message>
    <message>
        <source>Buyer&apos;s tax number</source>
        <translation>खरीदार का टैक्स नंबर</translation>
    </message>
    <message>
        <source>Buyer&apos;s {name}</source>
        <translation>खरीदार का {name}</translation>
    </message>
    <message>
        <source>{points} before</source>
        <translation>पहले {points}</translation>
    </message>
    <message>
        <source>{points} used</source>
        <translation>{points} लगे</translation>
    </message>
    <message>
        <source>{points} from this bill</source>
        <translation>इस बिल से {points}</translation>
    </message>
    <message>
        <source>{points} given back</source>
        <translation>{points} वापस मिले</translation>
    </message>
    <message>
        <source>{points} taken back</source>
        <translation>{points} वापस लिए गए</translation>
    </message>
    <message>
        <source>{points} now</source>
        <translation>अब {points}</translation>
    </message>
    <message>
        <source>{points} points expire {day}</source>
        <translation>{points} पॉइंट {day} तक</translation>
    </message>
    <message>
        <source>The receipt&apos;s number, to scan</source>
        <translation>रसीद का नंबर, स्कैन के लिए</translation>
    </message>
    <message>
        <source>Thank you, see you again</source>
        <translation>धन्यवाद, फिर मिलेंगे</translation>
    </message>
    <message>
        <source>Exchange</source>
        <translation>अदला-बदली</translation>
    </message>
    <message>
        <source>RETURN WITHOUT RECEIPT</source>
        <translation>बिना रसीद वापसी</translation>
    </message>
    <message>
        <source>Allowed by {name}</source>
        <translation>अनुमति: {name}</translation>
    </message>
    <message>
        <source>Reason: {reason}</source>
        <translation>कारण: {reason}</translation>
    </message>
    <message>
        <source>Served by {name}</source>
        <translation>सेवा: {name}</translation>
    </message>
    <message>
        <source>Store credit left</source>
        <translation>बचा स्टोर क्रेडिट</translation>
    </message>
    <message>
        <source>Left on the card</source>
        <translation>कार्ड में बाकी</translation>
    </message>
</context>
<context>
    <name>Redeem</name>
    <message>
        <source>{points} points, leaves {money}</source>
        <translation>{points} पॉइंट, बचेगा {money}</translation>
    </message>
    <message>
        <source>Redeem points</source>
        <translation>पॉइंट लगाएँ</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>रद्द</translation>
    </message>
    <message>
        <source>Sending</source>
        <translation>भेज रहे हैं</translation>
    </message>
    <message>
        <source>Asking</source>
        <translation>पूछ रहे हैं</translation>
    </message>
    <message>
        <source>Points to redeem</source>
        <translation>लगाने के पॉइंट</translation>
    </message>
    <message>
        <source>Code from the customer&apos;s phone</source>
        <translation>ग्राहक के फ़ोन का कोड</translation>
    </message>
    <message>
        <source>No points can be redeemed on this bill.</source>
        <translation>इस बिल पर पॉइंट नहीं लग सकते।</translation>
    </message>
    <message>
        <source>{who}, {balance} points</source>
        <translation>{who}, {balance} पॉइंट</translation>
    </message>
    <message>
        <source>{who}, {balance} points, at most {most} on this bill</source>
        <translation>{who}, {balance} पॉइंट, इस बिल पर ज़्यादा से ज़्यादा {most}</translation>
    </message>
    <message>
        <source>{points}, leaves {money}</source>
        <translation>{points}, बचेगा {money}</translation>
    </message>
    <message>
        <source>Max {points}</source>
        <translation>अधिकतम {points}</translation>
    </message>
    <message>
        <source>From {least}, in steps of {step}</source>
        <translation>{least} से, {step} के क़दमों में</translation>
    </message>
    <message>
        <source>Code sent to {number}</source>
        <translation>कोड {number} पर भेजा</translation>
    </message>
    <message>
        <source>Perhaps no code was sent</source>
        <translation>शायद कोड नहीं भेजा गया</translation>
    </message>
    <message>
        <source>1 try left</source>
        <translation>1 मौक़ा बाक़ी</translation>
    </message>
    <message>
        <source>{count} tries left</source>
        <translation>{count} मौक़े बाक़ी</translation>
    </message>
    <message>
        <source>Send again</source>
        <translation>फिर भेजें</translation>
    </message>
    <message>
        <source>Send again in {time}</source>
        <translation>{time} में फिर भेजें</translation>
    </message>
    <message>
        <source>Send the code</source>
        <translation>कोड भेजें</translation>
    </message>
    <message>
        <source>Use no points</source>
        <translation>पॉइंट न लगाएँ</translation>
    </message>
    <message>
        <source>Send a new code</source>
        <translation>नया कोड भेजें</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>फिर करें</translation>
    </message>
    <message>
        <source>Redeem {points}</source>
        <translation>{points} लगाएँ</translation>
    </message>
    <message>
        <source>{points} points are held by another bill. Call the manager</source>
        <translation>{points} पॉइंट दूसरे बिल के लिए रोके गए हैं। मैनेजर को बुलाएँ</translation>
    </message>
    <message>
        <source>Take {points} points on trust</source>
        <translation>{points} पॉइंट भरोसे पर लें</translation>
    </message>
    <message>
        <source>Without the line the balance is not certain.</source>
        <translation>लाइन के बिना शेष पॉइंट पक्के नहीं हैं।</translation>
    </message>
    <message>
        <source>The balance is from {time}. It may have changed since, nobody can ask.</source>
        <translation>शेष पॉइंट {time} के हैं। तब से बदले हो सकते हैं, अभी पूछा नहीं जा सकता।</translation>
    </message>
    <message>
        <source>No code can be sent, so a manager confirms it.</source>
        <translation>कोड नहीं भेजा जा सकता, इसलिए मैनेजर पुष्टि करेगा।</translation>
    </message>
    <message>
        <source>No code? Call the manager</source>
        <translation>कोड नहीं आया? मैनेजर को बुलाएँ</translation>
    </message>
</context>
<context>
    <name>Reprint</name>
    <message>
        <source>Print a receipt again</source>
        <translation>रसीद फिर छापें</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>रद्द</translation>
    </message>
    <message>
        <source>Print copy</source>
        <translation>प्रति छापें</translation>
    </message>
</context>
<context>
    <name>Return</name>
    <message>
        <source>Lines of the receipt</source>
        <translation>रसीद की पंक्तियाँ</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>कारण</translation>
    </message>
    <message>
        <source>Receipt number</source>
        <translation>रसीद नंबर</translation>
    </message>
    <message>
        <source>Scan the receipt, or type its number</source>
        <translation>रसीद स्कैन करें, या नंबर लिखें</translation>
    </message>
    <message>
        <source>Fewer</source>
        <translation>कम</translation>
    </message>
    <message>
        <source>More</source>
        <translation>ज़्यादा</translation>
    </message>
    <message>
        <source>All</source>
        <translation>सब</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>रद्द</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>पीछे</translation>
    </message>
    <message>
        <source>Take goods back</source>
        <translation>माल वापस लें</translation>
    </message>
    <message>
        <source>Damaged</source>
        <translation>टूटा-फूटा</translation>
    </message>
    <message>
        <source>Wrong item</source>
        <translation>ग़लत चीज़</translation>
    </message>
    <message>
        <source>Not wanted</source>
        <translation>नहीं चाहिए</translation>
    </message>
    <message>
        <source>Came back already</source>
        <translation>पहले ही वापस आया</translation>
    </message>
    <message>
        <source>{left} can come back</source>
        <translation>{left} वापस आ सकते हैं</translation>
    </message>
    <message>
        <source>{count} of {left} come back</source>
        <translation>{left} में से {count} वापस</translation>
    </message>
    <message>
        <source>Give back</source>
        <translation>लौटाएँ</translation>
    </message>
    <message>
        <source>Goes back to the customer</source>
        <translation>ग्राहक को वापस</translation>
    </message>
    <message>
        <source>Back on {card}</source>
        <translation>{card} पर वापस</translation>
    </message>
    <message>
        <source>Less, the gift card has paid that much</source>
        <translation>घटाया, गिफ़्ट कार्ड से इतना खर्च हो चुका</translation>
    </message>
    <message>
        <source>Less, for points already spent</source>
        <translation>कम, पॉइंट ख़र्च हो चुके</translation>
    </message>
    <message>
        <source>{points} back to the customer</source>
        <translation>{points} ग्राहक को वापस</translation>
    </message>
    <message>
        <source>{points} of this sale, taken back</source>
        <translation>इस बिक्री के {points} हटते हैं</translation>
    </message>
    <message>
        <source>{points} already spent</source>
        <translation>{points} ख़र्च हो चुके</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>खोजें</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>वापस लें</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>फिर पूछें</translation>
    </message>
    <message>
        <source>Pay out {amount}</source>
        <translation>{amount} दें</translation>
    </message>
    <message>
        <source>Save the return</source>
        <translation>वापसी सहेजें</translation>
    </message>
    <message>
        <source>To the card {amount}</source>
        <translation>कार्ड पर {amount}</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>हो गया</translation>
    </message>
    <message>
        <source>Return {number} is saved.</source>
        <translation>वापसी {number} सहेजी गई।</translation>
    </message>
    <message>
        <source>Exchange for new goods</source>
        <translation>नए सामान से बदलें</translation>
    </message>
    <message>
        <source>Exchange {amount}</source>
        <translation>{amount} बदलें</translation>
    </message>
    <message>
        <source>No receipt</source>
        <translation>रसीद नहीं</translation>
    </message>
    <message>
        <source>Take goods back without a receipt</source>
        <translation>बिना रसीद माल वापस लें</translation>
    </message>
    <message>
        <source>Today&apos;s price, in cash, no points</source>
        <translation>आज का दाम, नकद, कोई पॉइंट नहीं</translation>
    </message>
    <message>
        <source>Item</source>
        <translation>सामान</translation>
    </message>
    <message>
        <source>Scan the item, or type its name</source>
        <translation>सामान स्कैन करें, या नाम लिखें</translation>
    </message>
    <message>
        <source>Items found</source>
        <translation>मिला हुआ सामान</translation>
    </message>
    <message>
        <source>What comes back</source>
        <translation>जो वापस आ रहा है</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>जोड़ें</translation>
    </message>
    <message>
        <source>Ask for approval</source>
        <translation>मंज़ूरी माँगें</translation>
    </message>
    <message>
        <source>Given back: {ways}.</source>
        <translation>लौटाया गया: {ways}।</translation>
    </message>
</context>
<context>
    <name>Sale</name>
    <message>
        <source>Total</source>
        <translation>कुल</translation>
    </message>
    <message>
        <source>Pay</source>
        <translation>भुगतान</translation>
    </message>
    <message>
        <source>1 item</source>
        <translation>1 आइटम</translation>
    </message>
    <message>
        <source>{count} items</source>
        <translation>{count} आइटम</translation>
    </message>
    <message>
        <source>1 line</source>
        <translation>1 पंक्ति</translation>
    </message>
    <message>
        <source>{count} lines</source>
        <translation>{count} पंक्तियाँ</translation>
    </message>
    <message>
        <source>point</source>
        <translation>पॉइंट</translation>
    </message>
    <message>
        <source>points</source>
        <translation>पॉइंट</translation>
    </message>
    <message>
        <source>each {price}</source>
        <translation>हर एक {price}</translation>
    </message>
    <message>
        <source>{price} per kg</source>
        <translation>{price} प्रति किग्रा</translation>
    </message>
    <message>
        <source>Tax</source>
        <translation>कर</translation>
    </message>
    <message>
        <source>{tax} included</source>
        <translation>{tax} शामिल</translation>
    </message>
    <message>
        <source>{tax} in the total</source>
        <translation>कुल में {tax}</translation>
    </message>
</context>
<context>
    <name>Salesperson</name>
    <message>
        <source>Who served?</source>
        <translation>किसने सेवा दी?</translation>
    </message>
    <message>
        <source>Type the number, or choose and press Enter.</source>
        <translation>नंबर लिखें, या चुनकर Enter दबाएँ।</translation>
    </message>
    <message>
        <source>Nobody</source>
        <translation>कोई नहीं</translation>
    </message>
    <message>
        <source>As on the bill</source>
        <translation>बिल जैसा</translation>
    </message>
    <message>
        <source>Remove the item</source>
        <translation>सामान हटाएँ</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>रद्द</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>चुनें</translation>
    </message>
    <message>
        <source>Salespeople</source>
        <translation>सेल्सपर्सन</translation>
    </message>
    <message>
        <source>on this bill</source>
        <translation>इस बिल पर</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>Screen and language</source>
        <translation>स्क्रीन और भाषा</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>रंग</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>भाषा</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>आकार</translation>
    </message>
    <message>
        <source>Hand</source>
        <translation>हाथ</translation>
    </message>
    <message>
        <source>Motion</source>
        <translation>हलचल</translation>
    </message>
    <message>
        <source>Second screen for the customer</source>
        <translation>ग्राहक के लिए दूसरी स्क्रीन</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>हल्का</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>गहरा</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>तेज़ कंट्रास्ट</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>बायाँ</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>दायाँ</translation>
    </message>
    <message>
        <source>Moving</source>
        <translation>चलता हुआ</translation>
    </message>
    <message>
        <source>Still</source>
        <translation>स्थिर</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>बंद</translation>
    </message>
    <message>
        <source>On</source>
        <translation>चालू</translation>
    </message>
    <message>
        <source>The new size counts when the till starts again.</source>
        <translation>नया आकार अगली बार खुलने पर लगेगा।</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>हो गया</translation>
    </message>
</context>
<context>
    <name>Shift</name>
    <message>
        <source>Amount</source>
        <translation>रकम</translation>
    </message>
    <message>
        <source>Pieces of {value}</source>
        <translation>{value} के नग</translation>
    </message>
    <message>
        <source>In the drawer</source>
        <translation>दराज़ में</translation>
    </message>
    <message>
        <source>Print the report and sign it.</source>
        <translation>रिपोर्ट छापें और हस्ताक्षर करें।</translation>
    </message>
    <message>
        <source>Float</source>
        <translation>शुरुआती नकद</translation>
    </message>
    <message>
        <source>What was sold is on the report, after the drawer is counted.</source>
        <translation>बिक्री रिपोर्ट में है, दराज़ गिनने के बाद।</translation>
    </message>
    <message>
        <source>Missing in the drawer</source>
        <translation>दराज़ में कम</translation>
    </message>
    <message>
        <source>Too much in the drawer</source>
        <translation>दराज़ में ज़्यादा</translation>
    </message>
    <message>
        <source>The drawer is exact</source>
        <translation>दराज़ ठीक है</translation>
    </message>
    <message>
        <source>Put money in</source>
        <translation>पैसे डालें</translation>
    </message>
    <message>
        <source>Take money out</source>
        <translation>पैसे निकालें</translation>
    </message>
    <message>
        <source>Count and close</source>
        <translation>गिनें और बंद करें</translation>
    </message>
    <message>
        <source>Payments</source>
        <translation>भुगतान</translation>
    </message>
    <message>
        <source>Tax</source>
        <translation>कर</translation>
    </message>
    <message>
        <source>Promotions</source>
        <translation>ऑफ़र</translation>
    </message>
    <message>
        <source>Points</source>
        <translation>पॉइंट</translation>
    </message>
    <message>
        <source>Salespeople</source>
        <translation>सेल्सपर्सन</translation>
    </message>
    <message>
        <source>Drawer</source>
        <translation>दराज़</translation>
    </message>
    <message>
        <source>X REPORT</source>
        <translation>X रिपोर्ट</translation>
    </message>
    <message>
        <source>Z REPORT {number}</source>
        <translation>Z रिपोर्ट {number}</translation>
    </message>
    <message>
        <source>Till {till}</source>
        <translation>टिल {till}</translation>
    </message>
    <message>
        <source>Opened by {name}</source>
        <translation>खोला: {name}</translation>
    </message>
    <message>
        <source>Closed by {name}</source>
        <translation>बंद किया: {name}</translation>
    </message>
    <message>
        <source>Cash from bills</source>
        <translation>बिलों से नकद</translation>
    </message>
    <message>
        <source>Opened without a sale</source>
        <translation>बिना बिक्री खोला गया</translation>
    </message>
    <message>
        <source>Should be there</source>
        <translation>होना चाहिए</translation>
    </message>
    <message>
        <source>Sales: {count}</source>
        <translation>बिक्री: {count}</translation>
    </message>
    <message>
        <source>Returns: {count}</source>
        <translation>वापसी: {count}</translation>
    </message>
    <message>
        <source>TURNOVER</source>
        <translation>कुल बिक्री</translation>
    </message>
    <message>
        <source>Bills {first} to {last}</source>
        <translation>बिल {first} से {last}</translation>
    </message>
    <message>
        <source>{points} earned</source>
        <translation>{points} मिले</translation>
    </message>
    <message>
        <source>Nobody</source>
        <translation>कोई नहीं</translation>
    </message>
    <message>
        <source>Counted</source>
        <translation>गिना गया</translation>
    </message>
    <message>
        <source>MISSING</source>
        <translation>कम</translation>
    </message>
    <message>
        <source>TOO MUCH</source>
        <translation>ज़्यादा</translation>
    </message>
    <message>
        <source>EXACT</source>
        <translation>बराबर</translation>
    </message>
    <message>
        <source>Bills set aside</source>
        <translation>अलग रखे बिल</translation>
    </message>
    <message>
        <source>Waiting to be sent</source>
        <translation>भेजना बाक़ी</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>बाहर जाएँ</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>पीछे</translation>
    </message>
    <message>
        <source>Open the shift</source>
        <translation>शिफ़्ट खोलें</translation>
    </message>
    <message>
        <source>The shift so far</source>
        <translation>अब तक की शिफ़्ट</translation>
    </message>
    <message>
        <source>Count the drawer</source>
        <translation>दराज़ गिनें</translation>
    </message>
    <message>
        <source>The shift is closed</source>
        <translation>शिफ़्ट बंद है</translation>
    </message>
    <message>
        <source>How much change is in the drawer to begin with?</source>
        <translation>शुरू में दराज़ में कितने पैसे हैं?</translation>
    </message>
    <message>
        <source>How much goes into the drawer, and why?</source>
        <translation>दराज़ में कितना डाल रहे हैं, और क्यों?</translation>
    </message>
    <message>
        <source>How much leaves the drawer, and why?</source>
        <translation>दराज़ से कितना निकाल रहे हैं, और क्यों?</translation>
    </message>
    <message>
        <source>How many of each? Enter goes to the next.</source>
        <translation>हर एक कितने? Enter अगले पर जाता है।</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>खोलें</translation>
    </message>
    <message>
        <source>Back to selling</source>
        <translation>बिक्री पर वापस</translation>
    </message>
    <message>
        <source>Put in</source>
        <translation>डालें</translation>
    </message>
    <message>
        <source>Take out</source>
        <translation>निकालें</translation>
    </message>
    <message>
        <source>Close the shift</source>
        <translation>शिफ़्ट बंद करें</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>हो गया</translation>
    </message>
    <message>
        <source>Change money</source>
        <translation>छुट्टे</translation>
    </message>
    <message>
        <source>From the safe</source>
        <translation>तिजोरी से</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>मिला</translation>
    </message>
    <message>
        <source>To the safe</source>
        <translation>तिजोरी में</translation>
    </message>
    <message>
        <source>Supplier</source>
        <translation>सप्लायर</translation>
    </message>
    <message>
        <source>Errand</source>
        <translation>छोटा ख़र्च</translation>
    </message>
    <message>
        <source>Taken out</source>
        <translation>निकाला</translation>
    </message>
    <message>
        <source>Bills set aside: {count}</source>
        <translation>अलग रखे बिल: {count}</translation>
    </message>
    <message>
        <source>Waiting to be sent: {count}.</source>
        <translation>भेजना बाक़ी: {count}।</translation>
    </message>
    <message>
        <source>{tax} on {base}</source>
        <translation>{base} पर {tax}</translation>
    </message>
</context>
<context>
    <name>Sign in</name>
    <message>
        <source>The bill waits for you</source>
        <translation>बिल आपका इंतज़ार कर रहा है</translation>
    </message>
    <message>
        <source>Who is at the till?</source>
        <translation>काउंटर पर कौन है?</translation>
    </message>
    <message>
        <source>Choose yourself</source>
        <translation>अपना नाम चुनें</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>पासवर्ड</translation>
    </message>
    <message>
        <source>Who lets {name} in?</source>
        <translation>{name} को कौन आने देगा?</translation>
    </message>
    <message>
        <source>Let in</source>
        <translation>आने दें</translation>
    </message>
    <message>
        <source>Call the manager</source>
        <translation>मैनेजर को बुलाएँ</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>पीछे</translation>
    </message>
    <message>
        <source>Your shift begins: type your password</source>
        <translation>आपकी शिफ़्ट शुरू: पासवर्ड लिखें</translation>
    </message>
    <message>
        <source>Type your PIN</source>
        <translation>अपना PIN लिखें</translation>
    </message>
    <message>
        <source>Touch your tile, or type its number</source>
        <translation>अपना नाम छुएँ, या उसका नंबर लिखें</translation>
    </message>
    <message>
        <source>PIN</source>
        <translation>PIN</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>आगे</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>साइन इन</translation>
    </message>
    <message>
        <source>One moment</source>
        <translation>एक पल</translation>
    </message>
    <message>
        <source>Cashier</source>
        <translation>कैशियर</translation>
    </message>
    <message>
        <source>Supervisor</source>
        <translation>सुपरवाइज़र</translation>
    </message>
    <message>
        <source>Manager</source>
        <translation>मैनेजर</translation>
    </message>
    <message>
        <source>Technician</source>
        <translation>तकनीशियन</translation>
    </message>
    <message>
        <source>In this demo the PIN is {pin}</source>
        <translation>इस डेमो में PIN {pin} है</translation>
    </message>
    <message>
        <source>Practise</source>
        <translation>अभ्यास</translation>
    </message>
</context>
<context>
    <name>Start</name>
    <message>
        <source>A file that only this user can read</source>
        <translation>फ़ाइल जिसे सिर्फ़ यही उपयोगकर्ता पढ़ सके</translation>
    </message>
    <message>
        <source>Ask for a code at every start</source>
        <translation>हर बार शुरू में कोड माँगें</translation>
    </message>
    <message>
        <source>Look at the demo shop</source>
        <translation>डेमो दुकान देखें</translation>
    </message>
    <message>
        <source>Address of the backend</source>
        <translation>सर्वर का पता</translation>
    </message>
    <message>
        <source>https:// …</source>
        <translation>https:// …</translation>
    </message>
    <message>
        <source>Enrolment code</source>
        <translation>जोड़ने का कोड</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>जोड़ें</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>फिर करें</translation>
    </message>
    <message>
        <source>done</source>
        <translation>हो गया</translation>
    </message>
    <message>
        <source>now</source>
        <translation>अभी</translation>
    </message>
    <message>
        <source>next</source>
        <translation>आगे</translation>
    </message>
    <message>
        <source>Connect this till</source>
        <translation>यह काउंटर जोड़ें</translation>
    </message>
    <message>
        <source>Opening the shop</source>
        <translation>दुकान खुल रही है</translation>
    </message>
    <message>
        <source>The manager&apos;s page shows the address, and a code that works for ten minutes.</source>
        <translation>मैनेजर के पन्ने पर पता है, और दस मिनट चलने वाला कोड।</translation>
    </message>
    <message>
        <source>This happens once. Later starts need no line.</source>
        <translation>यह एक बार होता है। बाद में लाइन नहीं चाहिए।</translation>
    </message>
    <message>
        <source>Welcome</source>
        <translation>स्वागत है</translation>
    </message>
    <message>
        <source>It stopped here</source>
        <translation>यहाँ रुक गया</translation>
    </message>
    <message>
        <source>One moment</source>
        <translation>एक पल</translation>
    </message>
    <message>
        <source>Type both and press Enter.</source>
        <translation>दोनों लिखें और Enter दबाएँ।</translation>
    </message>
    <message>
        <source>Nothing is lost. Enter goes on from here.</source>
        <translation>कुछ नहीं खोया। Enter यहीं से आगे बढ़ाता है।</translation>
    </message>
    <message>
        <source>Nothing to do here. It goes on by itself.</source>
        <translation>यहाँ कुछ नहीं करना। काम ख़ुद आगे बढ़ेगा।</translation>
    </message>
    <message>
        <source>Items, rules and staff come in</source>
        <translation>आइटम, नियम और स्टाफ़ आ रहे हैं</translation>
    </message>
    <message>
        <source>{count} items are here</source>
        <translation>{count} आइटम आ गए</translation>
    </message>
    <message>
        <source>Backend answers</source>
        <translation>सर्वर जवाब देता है</translation>
    </message>
    <message>
        <source>Sign in and sell</source>
        <translation>साइन इन करें और बेचें</translation>
    </message>
    <message>
        <source>The address begins with https:// and names a backend. Look at it once more.</source>
        <translation>पता https:// से शुरू होता है और सर्वर का नाम होता है। फिर देखें।</translation>
    </message>
    <message>
        <source>The backend does not answer. Look at the cable and the address, then try again.</source>
        <translation>सर्वर जवाब नहीं देता। केबल और पता देखें, फिर करें।</translation>
    </message>
    <message>
        <source>Something answers there that is no loyalty backend. Look at the address once more.</source>
        <translation>वहाँ जो जवाब देता है वह पॉइंट सर्वर नहीं। पता फिर देखें।</translation>
    </message>
    <message>
        <source>The backend cannot show who it is. Ask your technician for its certificate.</source>
        <translation>सर्वर अपनी पहचान नहीं दिखा सकता। तकनीशियन से उसका सर्टिफ़िकेट माँगें।</translation>
    </message>
    <message>
        <source>The code is not right or has run out. Ask the manager for a new one.</source>
        <translation>कोड सही नहीं या समय ख़त्म। मैनेजर से नया माँगें।</translation>
    </message>
    <message>
        <source>This till was signed off at the backend. Ask the manager for a new code.</source>
        <translation>सर्वर पर यह काउंटर हटाया गया। मैनेजर से नया कोड माँगें।</translation>
    </message>
    <message>
        <source>The backend does not take this till now. Try again, or ask your technician.</source>
        <translation>सर्वर अभी इस काउंटर को नहीं लेता। फिर करें, या तकनीशियन से पूछें।</translation>
    </message>
    <message>
        <source>The disk takes nothing more. Make room on it, then try again.</source>
        <translation>डिस्क में और जगह नहीं। जगह बनाएँ, फिर करें।</translation>
    </message>
    <message>
        <source>This computer has no safe place for the till&apos;s key. Choose where to keep it.</source>
        <translation>इस कंप्यूटर में काउंटर की कुंजी के लिए सुरक्षित जगह नहीं है। चुनें कि उसे कहाँ रखें।</translation>
    </message>
</context>
<context>
    <name>Status</name>
    <message>
        <source>{count} waiting to send</source>
        <translation>{count} भेजना बाक़ी</translation>
    </message>
    <message>
        <source>Printer ready</source>
        <translation>प्रिंटर तैयार</translation>
    </message>
    <message>
        <source>No printer</source>
        <translation>प्रिंटर नहीं</translation>
    </message>
    <message>
        <source>Printer out of paper</source>
        <translation>प्रिंटर में काग़ज़ नहीं</translation>
    </message>
    <message>
        <source>Printer does not answer</source>
        <translation>प्रिंटर जवाब नहीं देता</translation>
    </message>
    <message>
        <source>Till {name}</source>
        <translation>काउंटर {name}</translation>
    </message>
    <message>
        <source>Online</source>
        <translation>ऑनलाइन</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>ऑफ़लाइन</translation>
    </message>
</context>
</TS>
