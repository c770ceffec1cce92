<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="id" sourcelanguage="en">
<context>
    <name>Age</name>
    <message>
        <source>Is the buyer {years} or older?</source>
        <translation>Apakah pembeli sudah {years} tahun?</translation>
    </message>
    <message>
        <source>Look at the person or at their card. It is asked once a bill.</source>
        <translation>Lihat orangnya atau KTP-nya. Ditanya sekali per nota.</translation>
    </message>
    <message>
        <source>Yes, {years} or older</source>
        <translation>Ya, sudah {years} tahun</translation>
    </message>
    <message>
        <source>Do not sell it</source>
        <translation>Jangan dijual</translation>
    </message>
</context>
<context>
    <name>Approval</name>
    <message>
        <source>A manager says yes</source>
        <translation>Manajer mengizinkan</translation>
    </message>
    <message>
        <source>The points are no longer reserved, and money was taken. Save the bill all the same.</source>
        <translation>Poin tidak lagi dipesan, dan uang sudah diterima. Simpan nota juga.</translation>
    </message>
    <message>
        <source>This needs a second person. Choose yourself and type your PIN.</source>
        <translation>Ini perlu orang kedua. Pilih nama Anda dan ketik PIN.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Batal</translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>Setujui</translation>
    </message>
    <message>
        <source>Ask the manager</source>
        <translation>Tanya manajer</translation>
    </message>
    <message>
        <source>{name} said no: {note}</source>
        <translation>{name} menolak: {note}</translation>
    </message>
    <message>
        <source>Nobody here? A manager can answer from the office.</source>
        <translation>Tidak ada orang? Manajer bisa menjawab dari kantor.</translation>
    </message>
    <message>
        <source>Asking the office…</source>
        <translation>Menghubungi kantor…</translation>
    </message>
    <message>
        <source>The office is asked. {seconds} s left to answer.</source>
        <translation>Kantor sudah ditanya. Sisa {seconds} dtk untuk menjawab.</translation>
    </message>
    <message>
        <source>The office said no. Ask somebody here.</source>
        <translation>Kantor menolak. Tanya seseorang di sini.</translation>
    </message>
    <message>
        <source>Nobody answered in time. Ask again, or ask somebody here.</source>
        <translation>Tidak ada jawaban tepat waktu. Tanya lagi, atau tanya seseorang di sini.</translation>
    </message>
    <message>
        <source>No line to the office. Ask somebody here.</source>
        <translation>Kantor tidak terhubung. Tanya seseorang di sini.</translation>
    </message>
</context>
<context>
    <name>Bill</name>
    <message>
        <source>Bill {number}</source>
        <translation>Nota {number}</translation>
    </message>
    <message>
        <source>No salesperson</source>
        <translation>Tanpa pramuniaga</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Urungkan</translation>
    </message>
    <message>
        <source>Undo, Ctrl+Z</source>
        <translation>Urungkan, Ctrl+Z</translation>
    </message>
    <message>
        <source>Lines of the bill</source>
        <translation>Baris nota</translation>
    </message>
    <message>
        <source>Scan an item, or type its name or code.</source>
        <translation>Pindai barang, atau ketik nama atau kodenya.</translation>
    </message>
    <message>
        <source>Before promotions</source>
        <translation>Sebelum promo</translation>
    </message>
    <message>
        <source>Promotions</source>
        <translation>Promo</translation>
    </message>
    <message>
        <source>New bill</source>
        <translation>Nota baru</translation>
    </message>
    <message>
        <source>was {amount}</source>
        <translation>semula {amount}</translation>
    </message>
    <message>
        <source>tax number {number}</source>
        <translation>nomor pajak {number}</translation>
    </message>
    <message>
        <source>and {count} more</source>
        <translation>dan {count} lagi</translation>
    </message>
    <message>
        <source>Comes back from bill {number}</source>
        <translation>Kembali dari nota {number}</translation>
    </message>
</context>
<context>
    <name>Bill words</name>
    <message>
        <source>On the bill</source>
        <translation>Di nota</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Catatan</translation>
    </message>
    <message>
        <source>Tax number of the buyer</source>
        <translation>Nomor pajak pembeli</translation>
    </message>
    <message>
        <source>{name} of the buyer</source>
        <translation>{name} pembeli</translation>
    </message>
    <message>
        <source>Both stand on the receipt. Tab goes to the next.</source>
        <translation>Keduanya tercetak di struk. Tab ke kolom berikut.</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>Tulis</translation>
    </message>
</context>
<context>
    <name>Bill work</name>
    <message>
        <source>{before} becomes {after}</source>
        <translation>{before} jadi {after}</translation>
    </message>
    <message>
        <source>Give it</source>
        <translation>Beri</translation>
    </message>
    <message>
        <source>Take it off</source>
        <translation>Hapus</translation>
    </message>
    <message>
        <source>Take {quantity} {item} off the bill?</source>
        <translation>Hapus {quantity} {item} dari nota?</translation>
    </message>
    <message>
        <source>Clear the whole bill of {total}?</source>
        <translation>Kosongkan seluruh nota {total}?</translation>
    </message>
    <message>
        <source>Discount on the bill</source>
        <translation>Diskon nota</translation>
    </message>
    <message>
        <source>Scanned by mistake</source>
        <translation>Salah pindai</translation>
    </message>
    <message>
        <source>Not wanted any more</source>
        <translation>Tidak jadi</translation>
    </message>
    <message>
        <source>Wrong price</source>
        <translation>Harga salah</translation>
    </message>
    <message>
        <source>Percent</source>
        <translation>Persen</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>Jumlah</translation>
    </message>
</context>
<context>
    <name>Customer</name>
    <message>
        <source>Mobile number, name or card</source>
        <translation>Nomor HP, nama, atau kartu</translation>
    </message>
    <message>
        <source>Customers found</source>
        <translation>Pelanggan ditemukan</translation>
    </message>
    <message>
        <source>Erase the last digit</source>
        <translation>Hapus angka terakhir</translation>
    </message>
    <message>
        <source>Erase all</source>
        <translation>Hapus semuanya</translation>
    </message>
    <message>
        <source>Take off the bill</source>
        <translation>Lepas dari nota</translation>
    </message>
    <message>
        <source>Another customer</source>
        <translation>Pelanggan lain</translation>
    </message>
    <message>
        <source>Search again</source>
        <translation>Cari lagi</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Kembali</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Batal</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Menunggu</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>Pilih</translation>
    </message>
    <message>
        <source>Enrol</source>
        <translation>Daftarkan</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Selesai</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Cari</translation>
    </message>
    <message>
        <source>New customer</source>
        <translation>Pelanggan baru</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>Pelanggan</translation>
    </message>
    <message>
        <source>Points count from this bill on.</source>
        <translation>Poin dihitung mulai nota ini.</translation>
    </message>
    <message>
        <source>Several were found. Ask for the end of the number.</source>
        <translation>Ada beberapa. Tanyakan akhir nomornya.</translation>
    </message>
    <message>
        <source>Type what the customer gives you.</source>
        <translation>Ketik yang disebut pelanggan.</translation>
    </message>
    <message>
        <source>Reserved on other bills</source>
        <translation>Dipesan di nota lain</translation>
    </message>
    <message>
        <source>From this bill</source>
        <translation>Dari nota ini</translation>
    </message>
    <message>
        <source>Wallet</source>
        <translation>Dompet</translation>
    </message>
    <message>
        <source>Nearest reward</source>
        <translation>Hadiah terdekat</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nama</translation>
    </message>
    <message>
        <source>Mobile number</source>
        <translation>Nomor HP</translation>
    </message>
    <message>
        <source>Card, if there is one</source>
        <translation>Kartu, kalau ada</translation>
    </message>
    <message>
        <source>The customer agrees to be a member</source>
        <translation>Pelanggan setuju jadi member</translation>
    </message>
    <message>
        <source>Add the customer</source>
        <translation>Tambah pelanggan</translation>
    </message>
    <message>
        <source>No customer</source>
        <translation>Tanpa pelanggan</translation>
    </message>
    <message>
        <source>Customer {name}, {key}</source>
        <translation>Pelanggan {name}, {key}</translation>
    </message>
    <message>
        <source>{points} expire {day}</source>
        <translation>{points} hangus {day}</translation>
    </message>
    <message>
        <source>+{points} today</source>
        <translation>+{points} hari ini</translation>
    </message>
</context>
<context>
    <name>Display</name>
    <message>
        <source>The customer&apos;s screen</source>
        <translation>Layar pelanggan</translation>
    </message>
    <message>
        <source>Thank you</source>
        <translation>Terima kasih</translation>
    </message>
    <message>
        <source>Welcome</source>
        <translation>Selamat datang</translation>
    </message>
    <message>
        <source>Say your mobile number to collect points.</source>
        <translation>Sebutkan nomor HP untuk mengumpulkan poin.</translation>
    </message>
    <message>
        <source>Change {money}</source>
        <translation>Kembali {money}</translation>
    </message>
    <message>
        <source>You save {money}</source>
        <translation>Hemat {money}</translation>
    </message>
    <message>
        <source>You get back {money}</source>
        <translation>Anda terima kembali {money}</translation>
    </message>
    <message>
        <source>Left to pay {money}</source>
        <translation>Sisa bayar {money}</translation>
    </message>
    <message>
        <source>Code to pay by</source>
        <translation>Kode untuk membayar</translation>
    </message>
    <message>
        <source>Scan to pay</source>
        <translation>Pindai untuk bayar</translation>
    </message>
    <message>
        <source>{points}: {moves} with this bill</source>
        <translation>{points}: {moves} dengan nota ini</translation>
    </message>
    <message>
        <source>{points} now: {balance}</source>
        <translation>{points} sekarang: {balance}</translation>
    </message>
</context>
<context>
    <name>Drawer</name>
    <message>
        <source>Open the drawer without a sale</source>
        <translation>Buka laci tanpa penjualan</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Alasan</translation>
    </message>
    <message>
        <source>Change money</source>
        <translation>Tukar uang</translation>
    </message>
    <message>
        <source>Wrong change</source>
        <translation>Kembalian salah</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>Hitung</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Batal</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Buka</translation>
    </message>
</context>
<context>
    <name>Find</name>
    <message>
        <source>Item name or code</source>
        <translation>Nama atau kode barang</translation>
    </message>
    <message>
        <source>Items found</source>
        <translation>Barang ditemukan</translation>
    </message>
    <message>
        <source>Often sold here</source>
        <translation>Sering dibeli</translation>
    </message>
    <message>
        <source>Enter adds the marked item, arrows choose another</source>
        <translation>Enter menambah barang bertanda, panah memilih yang lain</translation>
    </message>
    <message>
        <source>{found}, takes {quantity}</source>
        <translation>{found}, diambil {quantity}</translation>
    </message>
    <message>
        <source>{item} costs {price}.</source>
        <translation>{item} harganya {price}.</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Lagi</translation>
    </message>
    <message>
        <source>Often sold</source>
        <translation>Sering terjual</translation>
    </message>
    <message>
        <source>All shelves</source>
        <translation>Semua rak</translation>
    </message>
    <message>
        <source>Choose a shelf</source>
        <translation>Pilih rak</translation>
    </message>
</context>
<context>
    <name>Held</name>
    <message>
        <source>Bills set aside</source>
        <translation>Nota ditunda</translation>
    </message>
    <message>
        <source>Choose one and press Enter.</source>
        <translation>Pilih satu lalu tekan Enter.</translation>
    </message>
    <message>
        <source>All tills</source>
        <translation>Semua kasir</translation>
    </message>
    <message>
        <source>This till</source>
        <translation>Kasir ini</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Batal</translation>
    </message>
    <message>
        <source>Take up</source>
        <translation>Ambil</translation>
    </message>
    <message>
        <source>Taking it up</source>
        <translation>Sedang diambil</translation>
    </message>
    <message>
        <source>No customer</source>
        <translation>Tanpa pelanggan</translation>
    </message>
    <message>
        <source>till {till}</source>
        <translation>kasir {till}</translation>
    </message>
    <message>
        <source>open at till {till}</source>
        <translation>terbuka di kasir {till}</translation>
    </message>
</context>
<context>
    <name>Key bar</name>
    <message>
        <source>Search</source>
        <translation>Cari</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>Pelanggan</translation>
    </message>
    <message>
        <source>Hold</source>
        <translation>Tunda</translation>
    </message>
    <message>
        <source>Salesperson</source>
        <translation>Pramuniaga</translation>
    </message>
    <message>
        <source>Promotions</source>
        <translation>Promo</translation>
    </message>
    <message>
        <source>Redeem</source>
        <translation>Tukar poin</translation>
    </message>
    <message>
        <source>Payment</source>
        <translation>Bayar</translation>
    </message>
    <message>
        <source>Save bill</source>
        <translation>Simpan</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Layar penuh</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>Kunci</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Lainnya</translation>
    </message>
    <message>
        <source>Recall</source>
        <translation>Ambil lagi</translation>
    </message>
</context>
<context>
    <name>Keypad</name>
    <message>
        <source>Take back a digit</source>
        <translation>Hapus satu angka</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Kosongkan</translation>
    </message>
</context>
<context>
    <name>Keys</name>
    <message>
        <source>Keys and scanner</source>
        <translation>Tombol dan pemindai</translation>
    </message>
    <message>
        <source>Touch one to give it another key.</source>
        <translation>Sentuh satu untuk memberi tombol lain.</translation>
    </message>
    <message>
        <source>Always: Enter goes on, Esc goes back, arrows choose.</source>
        <translation>Selalu: Enter lanjut, Esc kembali, panah memilih.</translation>
    </message>
    <message>
        <source>On the bill: + − quantity, * the line, Ctrl+N note, Del void, Ctrl+Z undo.</source>
        <translation>Di nota: + − jumlah, * baris, Ctrl+N catatan, Del batal, Ctrl+Z urungkan.</translation>
    </message>
    <message>
        <source>Before an item: 3* takes three of it, ? asks its price.</source>
        <translation>Sebelum barang: 3* ambil tiga, ? tanya harga.</translation>
    </message>
    <message>
        <source>Before signing in: Ctrl+T practises, F2 calls the manager.</source>
        <translation>Sebelum masuk: Ctrl+T untuk latihan, F2 memanggil manajer.</translation>
    </message>
    <message>
        <source>The keys of a sheet stand on its buttons.</source>
        <translation>Tombol tiap lembar tertulis di tombolnya.</translation>
    </message>
    <message>
        <source>As delivered</source>
        <translation>Seperti semula</translation>
    </message>
    <message>
        <source>Scanner</source>
        <translation>Pemindai</translation>
    </message>
    <message>
        <source>Scan any code now. Keys up to {gap} ms apart count as a scan.</source>
        <translation>Pindai kode apa saja. Jarak sampai {gap} ms dihitung pindaian.</translation>
    </message>
    <message>
        <source>{keys} keys. This scanner is told from hands at {gap} ms.</source>
        <translation>{keys} tombol. Pemindai ini terbaca pada {gap} ms.</translation>
    </message>
    <message>
        <source>{keys} keys. Too slow for {gap} ms: choose the longer pause.</source>
        <translation>{keys} tombol. Terlalu lambat untuk {gap} ms: pilih jeda lebih panjang.</translation>
    </message>
    <message>
        <source>{keys} keys. Slow as a hand: give the scanner a prefix, or a faster pace in its own book.</source>
        <translation>{keys} tombol. Selambat tangan: beri pemindai awalan, atau percepat lewat buku petunjuknya.</translation>
    </message>
    <message>
        <source>Use {gap} ms</source>
        <translation>Pakai {gap} ms</translation>
    </message>
    <message>
        <source>{command} has that key. Press another one, or Esc.</source>
        <translation>Tombol itu milik {command}. Tekan yang lain, atau Esc.</translation>
    </message>
    <message>
        <source>That key is needed elsewhere. Press an F key, or Ctrl and a letter.</source>
        <translation>Tombol itu dipakai di tempat lain. Tekan tombol F, atau Ctrl dan huruf.</translation>
    </message>
    <message>
        <source>Press the new key for {command}, or Esc.</source>
        <translation>Tekan tombol baru untuk {command}, atau Esc.</translation>
    </message>
    <message>
        <source>It counts from the next start of the till.</source>
        <translation>Berlaku mulai kasir dibuka lagi.</translation>
    </message>
</context>
<context>
    <name>Last resort</name>
    <message>
        <source>Something is wrong in the till</source>
        <translation>Ada yang salah di program kasir</translation>
    </message>
    <message>
        <source>Something is wrong in the till itself. The bill is kept. Close this and go on; if it comes again, start the till anew, and send the report to whoever looks after it.</source>
        <translation>Ada yang salah di program kasir. Nota tetap ada. Tutup ini dan lanjut; kalau terjadi lagi, buka ulang kasir, dan kirim laporan ke yang mengurusnya.</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Laporan</translation>
    </message>
    <message>
        <source>Copy the report</source>
        <translation>Salin laporan</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Tutup</translation>
    </message>
    <message>
        <source>It came {count} more times.</source>
        <translation>Terjadi {count} kali lagi.</translation>
    </message>
</context>
<context>
    <name>Line</name>
    <message>
        <source>Quantity</source>
        <translation>Jumlah</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>Harga</translation>
    </message>
    <message>
        <source>Discount</source>
        <translation>Diskon</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Catatan</translation>
    </message>
    <message>
        <source>Damaged</source>
        <translation>Rusak</translation>
    </message>
    <message>
        <source>Shelf price</source>
        <translation>Harga rak</translation>
    </message>
    <message>
        <source>Goodwill</source>
        <translation>Kebaikan toko</translation>
    </message>
    <message>
        <source>Price by hand</source>
        <translation>Harga manual</translation>
    </message>
    <message>
        <source>Price by hand: {reason}</source>
        <translation>Harga manual: {reason}</translation>
    </message>
    <message>
        <source>{off} off by hand</source>
        <translation>Potong manual {off}</translation>
    </message>
    <message>
        <source>A second person types their PIN for this.</source>
        <translation>Orang kedua mengetik PIN untuk ini.</translation>
    </message>
    <message>
        <source>Comes to {amount}</source>
        <translation>Menjadi {amount}</translation>
    </message>
    <message>
        <source>Percent</source>
        <translation>Persen</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Alasan</translation>
    </message>
    <message>
        <source>Amount off each</source>
        <translation>Potongan per buah</translation>
    </message>
    <message>
        <source>Fewer</source>
        <translation>Kurangi</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Tambah</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Hapus</translation>
    </message>
    <message>
        <source>Salesperson</source>
        <translation>Pramuniaga</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Batal</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>Pasang</translation>
    </message>
    <message>
        <source>{what}, allowed by {name}</source>
        <translation>{what}, diizinkan {name}</translation>
    </message>
</context>
<context>
    <name>Manager</name>
    <message>
        <source>The manager&apos;s room</source>
        <translation>Ruang manajer</translation>
    </message>
    <message>
        <source>Your sign-in ran out. Type your PIN, and everything goes on.</source>
        <translation>Waktu masuk habis. Ketik PIN Anda, semua berlanjut.</translation>
    </message>
    <message>
        <source>Choose yourself and type your PIN. Selling goes on meanwhile.</source>
        <translation>Pilih nama Anda dan ketik PIN. Jualan tetap jalan.</translation>
    </message>
    <message>
        <source>Come in</source>
        <translation>Masuk</translation>
    </message>
    <message>
        <source>Note for the cashier</source>
        <translation>Catatan untuk kasir</translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>Setujui</translation>
    </message>
    <message>
        <source>Refuse</source>
        <translation>Tolak</translation>
    </message>
    <message>
        <source>{count} more wait</source>
        <translation>{count} lagi menunggu</translation>
    </message>
    <message>
        <source>Time left</source>
        <translation>Sisa waktu</translation>
    </message>
    <message>
        <source>{name} asks</source>
        <translation>{name} meminta</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>sisa {time}</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>Pelanggan</translation>
    </message>
    <message>
        <source>Cashier</source>
        <translation>Kasir</translation>
    </message>
    <message>
        <source>Salesperson</source>
        <translation>Pramuniaga</translation>
    </message>
    <message>
        <source>Given away</source>
        <translation>Potongan</translation>
    </message>
    <message>
        <source>Paid</source>
        <translation>Dibayar</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Tutup</translation>
    </message>
    <message>
        <source>Export what is shown</source>
        <translation>Ekspor yang tampak</translation>
    </message>
    <message>
        <source>All rows of these filters go into one file.</source>
        <translation>Semua baris dari saringan ini masuk ke satu berkas.</translation>
    </message>
    <message>
        <source>{count} rows so far. Esc stops.</source>
        <translation>{count} baris sejauh ini. Esc menghentikan.</translation>
    </message>
    <message>
        <source>CSV, for any program</source>
        <translation>CSV, untuk program apa pun</translation>
    </message>
    <message>
        <source>XLSX, for Excel</source>
        <translation>XLSX, untuk Excel</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Hentikan</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Batal</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Selesai</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Ekspor</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>Menulis</translation>
    </message>
    <message>
        <source>{count} times</source>
        <translation>{count} kali</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Tampilkan</translation>
    </message>
    <message>
        <source>Saved views</source>
        <translation>Tampilan</translation>
    </message>
    <message>
        <source>Name for what is shown now</source>
        <translation>Nama untuk yang tampak sekarang</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Simpan</translation>
    </message>
    <message>
        <source>Filters that you look through often can be kept under a name here.</source>
        <translation>Saringan yang sering dipakai bisa disimpan dengan nama di sini.</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>Lupakan</translation>
    </message>
    <message>
        <source>Which days?</source>
        <translation>Hari apa saja?</translation>
    </message>
    <message>
        <source>From {day} until …</source>
        <translation>Dari {day} sampai …</translation>
    </message>
    <message>
        <source>Earlier month</source>
        <translation>Bulan sebelumnya</translation>
    </message>
    <message>
        <source>Later month</source>
        <translation>Bulan berikutnya</translation>
    </message>
    <message>
        <source>Applied promotions</source>
        <translation>Promo terpakai</translation>
    </message>
    <message>
        <source>Bill, customer, cashier</source>
        <translation>Nota, pelanggan, kasir</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Periksa</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Tidak ada</translation>
    </message>
    <message>
        <source>No promotion fits these filters. Choose other days, or fewer filters.</source>
        <translation>Tidak ada promo yang cocok. Pilih hari lain, atau kurangi saringan.</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Kapan</translation>
    </message>
    <message>
        <source>Bill</source>
        <translation>Nota</translation>
    </message>
    <message>
        <source>Promotion</source>
        <translation>Promo</translation>
    </message>
    <message>
        <source>Points</source>
        <translation>Poin</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Nilai</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Comparing</source>
        <translation>Membandingkan</translation>
    </message>
    <message>
        <source>Till</source>
        <translation>Mesin</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Sejak</translation>
    </message>
    <message>
        <source>Compared at {time}: {bills} bills, {entries} bookings, {accounts} accounts</source>
        <translation>Dibandingkan {time}: {bills} nota, {entries} pembukuan, {accounts} akun</translation>
    </message>
    <message>
        <source>Everything adds up</source>
        <translation>Semua cocok</translation>
    </message>
    <message>
        <source>Bills, bookings and balances say the same. There is nothing to do here.</source>
        <translation>Nota, pembukuan, dan saldo sama. Tidak ada yang perlu dikerjakan di sini.</translation>
    </message>
    <message>
        <source>What does not add up</source>
        <translation>Yang tidak cocok</translation>
    </message>
    <message>
        <source>Compare again</source>
        <translation>Bandingkan lagi</translation>
    </message>
    <message>
        <source>is there</source>
        <translation>tercatat</translation>
    </message>
    <message>
        <source>ought to be</source>
        <translation>seharusnya</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Apa</translation>
    </message>
    <message>
        <source>Whose</source>
        <translation>Milik</translation>
    </message>
    <message>
        <source>Off by</source>
        <translation>Selisih</translation>
    </message>
    <message>
        <source>Together</source>
        <translation>Jumlah</translation>
    </message>
    <message>
        <source>All tills</source>
        <translation>Semua mesin</translation>
    </message>
    <message>
        <source>Export by itself</source>
        <translation>Ekspor otomatis</translation>
    </message>
    <message>
        <source>Reports</source>
        <translation>Laporan</translation>
    </message>
    <message>
        <source>Nothing in these days</source>
        <translation>Kosong di hari-hari ini</translation>
    </message>
    <message>
        <source>Nothing was sold then. Choose other days or all tills.</source>
        <translation>Tidak ada penjualan saat itu. Pilih hari lain atau semua mesin.</translation>
    </message>
    <message>
        <source>The figures of a day go to a folder once a manager is here after it. An empty folder ends it.</source>
        <translation>Angka setiap hari masuk ke folder begitu manajer masuk ke sini sesudahnya. Folder kosong mengakhirinya.</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Folder</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Jam</translation>
    </message>
    <message>
        <source>Type a time, like 05:30</source>
        <translation>Ketik jam, misalnya 05:30</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>Ditemukan</translation>
    </message>
    <message>
        <source>To look at</source>
        <translation>Diperiksa</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Catatan</translation>
    </message>
    <message>
        <source>Keep the note</source>
        <translation>Simpan</translation>
    </message>
    <message>
        <source>Flag</source>
        <translation>Tandai</translation>
    </message>
    <message>
        <source>Open again</source>
        <translation>Buka lagi</translation>
    </message>
    <message>
        <source>In order</source>
        <translation>Beres</translation>
    </message>
    <message>
        <source>Nothing to look at</source>
        <translation>Tidak ada yang perlu diperiksa</translation>
    </message>
    <message>
        <source>All bills look as they should. What looks odd appears here by itself.</source>
        <translation>Semua nota wajar. Yang janggal muncul di sini dengan sendirinya.</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Alasan</translation>
    </message>
    <message>
        <source>Back to the till</source>
        <translation>Kembali ke kasir</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>Keluar</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Grafik</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>Cetak</translation>
    </message>
    <message>
        <source>Promotions</source>
        <translation>Promo</translation>
    </message>
    <message>
        <source>Differences</source>
        <translation>Selisih</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Hari ini</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Kemarin</translation>
    </message>
    <message>
        <source>This week</source>
        <translation>Minggu ini</translation>
    </message>
    <message>
        <source>Last 7 days</source>
        <translation>7 hari terakhir</translation>
    </message>
    <message>
        <source>This month</source>
        <translation>Bulan ini</translation>
    </message>
    <message>
        <source>Last month</source>
        <translation>Bulan lalu</translation>
    </message>
    <message>
        <source>All days</source>
        <translation>Semua hari</translation>
    </message>
    <message>
        <source>Other days</source>
        <translation>Hari lain</translation>
    </message>
    <message>
        <source>{first} to {last}</source>
        <translation>{first} sampai {last}</translation>
    </message>
    <message>
        <source>All promotions</source>
        <translation>Semua promo</translation>
    </message>
    <message>
        <source>All states</source>
        <translation>Semua status</translation>
    </message>
    <message>
        <source>All cashiers</source>
        <translation>Semua kasir</translation>
    </message>
    <message>
        <source>All salespeople</source>
        <translation>Semua pramuniaga</translation>
    </message>
    <message>
        <source>Which till?</source>
        <translation>Mesin yang mana?</translation>
    </message>
    <message>
        <source>Which promotion?</source>
        <translation>Promo yang mana?</translation>
    </message>
    <message>
        <source>Which state?</source>
        <translation>Status yang mana?</translation>
    </message>
    <message>
        <source>Which cashier?</source>
        <translation>Kasir yang mana?</translation>
    </message>
    <message>
        <source>Which salesperson?</source>
        <translation>Pramuniaga yang mana?</translation>
    </message>
    <message>
        <source>Taken or declined</source>
        <translation>Diambil atau ditolak</translation>
    </message>
    <message>
        <source>Points used</source>
        <translation>Poin dipakai</translation>
    </message>
    <message>
        <source>Top promotions</source>
        <translation>Promo teratas</translation>
    </message>
    <message>
        <source>Taken</source>
        <translation>Diambil</translation>
    </message>
    <message>
        <source>Declined</source>
        <translation>Ditolak</translation>
    </message>
    <message>
        <source>Lost to a fault</source>
        <translation>Gagal teknis</translation>
    </message>
    <message>
        <source>Not answered</source>
        <translation>Tidak dijawab</translation>
    </message>
    <message>
        <source>By itself</source>
        <translation>Otomatis</translation>
    </message>
    <message>
        <source>Returned</source>
        <translation>Dikembalikan</translation>
    </message>
    <message>
        <source>Points taken</source>
        <translation>Poin terpakai</translation>
    </message>
    <message>
        <source>Points short</source>
        <translation>Poin kurang</translation>
    </message>
    <message>
        <source>Points given back</source>
        <translation>Poin dikembalikan</translation>
    </message>
    <message>
        <source>Needs a manager</source>
        <translation>Perlu manajer</translation>
    </message>
    <message>
        <source>Waiting to send</source>
        <translation>Menunggu dikirim</translation>
    </message>
    <message>
        <source>offered</source>
        <translation>ditawarkan</translation>
    </message>
    <message>
        <source>taken, {count}</source>
        <translation>diambil, {count}</translation>
    </message>
    <message>
        <source>given away</source>
        <translation>potongan diberikan</translation>
    </message>
    <message>
        <source>points used</source>
        <translation>poin dipakai</translation>
    </message>
    <message>
        <source>Most were taken on {day}: {count}. {lost} were lost to a fault.</source>
        <translation>Paling banyak diambil {day}: {count}. {lost} gagal teknis.</translation>
    </message>
    <message>
        <source>Most on {day}: {figure}.</source>
        <translation>Terbanyak {day}: {figure}.</translation>
    </message>
    <message>
        <source>Nothing in these days.</source>
        <translation>Kosong di hari-hari ini.</translation>
    </message>
    <message>
        <source>1 thing waits for a manager to look at it.</source>
        <translation>1 hal menunggu diperiksa manajer.</translation>
    </message>
    <message>
        <source>{count} things wait for a manager to look at them.</source>
        <translation>{count} hal menunggu diperiksa manajer.</translation>
    </message>
    <message>
        <source>Mo</source>
        <translation>Sn</translation>
    </message>
    <message>
        <source>Tu</source>
        <translation>Sl</translation>
    </message>
    <message>
        <source>We</source>
        <translation>Rb</translation>
    </message>
    <message>
        <source>Th</source>
        <translation>Km</translation>
    </message>
    <message>
        <source>Fr</source>
        <translation>Jm</translation>
    </message>
    <message>
        <source>Sa</source>
        <translation>Sb</translation>
    </message>
    <message>
        <source>Su</source>
        <translation>Mg</translation>
    </message>
    <message>
        <source>Salespeople</source>
        <translation>Pramuniaga</translation>
    </message>
    <message>
        <source>Shifts</source>
        <translation>Sif</translation>
    </message>
    <message>
        <source>Days</source>
        <translation>Hari</translation>
    </message>
    <message>
        <source>Taxes</source>
        <translation>Pajak</translation>
    </message>
    <message>
        <source>Bills</source>
        <translation>Nota</translation>
    </message>
    <message>
        <source>Items</source>
        <translation>Barang</translation>
    </message>
    <message>
        <source>Sales</source>
        <translation>Penjualan</translation>
    </message>
    <message>
        <source>Returns</source>
        <translation>Retur</translation>
    </message>
    <message>
        <source>Offered</source>
        <translation>Ditawarkan</translation>
    </message>
    <message>
        <source>Take-up</source>
        <translation>Diambil %</translation>
    </message>
    <message>
        <source>Lost</source>
        <translation>Gagal</translation>
    </message>
    <message>
        <source>Points earned</source>
        <translation>Poin didapat</translation>
    </message>
    <message>
        <source>Opened</source>
        <translation>Dibuka</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>Ditutup</translation>
    </message>
    <message>
        <source>Cash expected</source>
        <translation>Kas seharusnya</translation>
    </message>
    <message>
        <source>Cash counted</source>
        <translation>Kas dihitung</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>Selisih</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>Hari</translation>
    </message>
    <message>
        <source>Tax</source>
        <translation>Pajak</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>Tarif</translation>
    </message>
    <message>
        <source>Taxed amount</source>
        <translation>Dasar pajak</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>Jumlah</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Nomor</translation>
    </message>
    <message>
        <source>Page {page} of {pages}</source>
        <translation>Halaman {page} dari {pages}</translation>
    </message>
</context>
<context>
    <name>More</name>
    <message>
        <source>Take goods back</source>
        <translation>Terima retur</translation>
    </message>
    <message>
        <source>Print a receipt again</source>
        <translation>Cetak ulang struk</translation>
    </message>
    <message>
        <source>Open the drawer</source>
        <translation>Buka laci</translation>
    </message>
    <message>
        <source>Bills set aside</source>
        <translation>Nota tertunda</translation>
    </message>
    <message>
        <source>Shift and drawer count</source>
        <translation>Sif dan hitung laci</translation>
    </message>
    <message>
        <source>Note and tax number</source>
        <translation>Catatan dan nomor pajak</translation>
    </message>
    <message>
        <source>File for support</source>
        <translation>Berkas untuk bantuan</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Setelan</translation>
    </message>
    <message>
        <source>Close the till</source>
        <translation>Tutup program kasir</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Lainnya</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Batal</translation>
    </message>
    <message>
        <source>Discount on the bill</source>
        <translation>Diskon nota</translation>
    </message>
    <message>
        <source>The manager&apos;s room</source>
        <translation>Ruang manajer</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>No item “{text}”. Type its name, or scan it again.</source>
        <translation>Tidak ada barang “{text}”. Ketik namanya, atau pindai lagi.</translation>
    </message>
    <message>
        <source>{count} items have the code {text}. Choose one.</source>
        <translation>{count} barang berkode {text}. Pilih satu.</translation>
    </message>
    <message>
        <source>{text} is not sold any more. Choose another item.</source>
        <translation>{text} tidak dijual lagi. Pilih barang lain.</translation>
    </message>
    <message>
        <source>{text} is sold by the piece. Type a whole number.</source>
        <translation>{text} dijual per buah. Ketik angka bulat.</translation>
    </message>
    <message>
        <source>The barcode {text} was misread. Scan it again.</source>
        <translation>Barcode {text} salah terbaca. Pindai lagi.</translation>
    </message>
    <message>
        <source>{text} is too short for a mobile number. Type all of it.</source>
        <translation>{text} terlalu pendek untuk nomor HP. Ketik lengkap.</translation>
    </message>
    <message>
        <source>{text} is not a mobile number. Check it, or search by name or card.</source>
        <translation>{text} bukan nomor HP. Periksa, atau cari dengan nama atau kartu.</translation>
    </message>
    <message>
        <source>Nobody has this number from abroad ({text}). Check it, or enrol the customer.</source>
        <translation>Nomor luar negeri ini ({text}) belum terdaftar. Periksa, atau daftarkan pelanggan.</translation>
    </message>
    <message>
        <source>Nobody found. Search again, or enrol the customer.</source>
        <translation>Tidak ditemukan. Cari lagi, atau daftarkan pelanggan.</translation>
    </message>
    <message>
        <source>{text} is enrolled. This bill earns points already.</source>
        <translation>{text} sudah terdaftar. Nota ini langsung dapat poin.</translation>
    </message>
    <message>
        <source>{text} is noted and earns points. Enrolling ends when the line is back.</source>
        <translation>{text} dicatat dan dapat poin. Pendaftaran selesai begitu jaringan kembali.</translation>
    </message>
    <message>
        <source>That number is enrolled already. Search for it instead.</source>
        <translation>Nomor itu sudah terdaftar. Cari saja.</translation>
    </message>
    <message>
        <source>No line, so nobody can be looked up. Selling works, and a new customer can be noted.</source>
        <translation>Tidak ada jaringan, pelanggan tidak bisa dicari. Jualan jalan terus, pelanggan baru bisa dicatat.</translation>
    </message>
    <message>
        <source>No line, so points stay where they are. Selling works.</source>
        <translation>Tidak ada jaringan, poin tidak bisa dipakai. Jualan jalan terus.</translation>
    </message>
    <message>
        <source>Selling works. Points wait for the line.</source>
        <translation>Jualan jalan terus. Poin menunggu jaringan.</translation>
    </message>
    <message>
        <source>The points service gave an answer that makes no sense. Selling works, try points again later.</source>
        <translation>Jawaban layanan poin tidak masuk akal. Jualan jalan terus, coba poin lagi nanti.</translation>
    </message>
    <message>
        <source>The points service is busy. Try again in a moment.</source>
        <translation>Layanan poin sedang sibuk. Coba sebentar lagi.</translation>
    </message>
    <message>
        <source>The points service is being restored. Selling works, points wait.</source>
        <translation>Layanan poin sedang dipulihkan. Jualan jalan terus, poin menunggu.</translation>
    </message>
    <message>
        <source>This till was signed off by the shop. Call the manager.</source>
        <translation>Kasir ini dilepas oleh toko. Panggil manajer.</translation>
    </message>
    <message>
        <source>This till is too old for the points service. Update it.</source>
        <translation>Program kasir ini terlalu lama untuk layanan poin. Perbarui.</translation>
    </message>
    <message>
        <source>Your sign-in ran out. Sign in again.</source>
        <translation>Waktu masuk habis. Masuk lagi.</translation>
    </message>
    <message>
        <source>That PIN is not right. Type it again.</source>
        <translation>PIN salah. Ketik lagi.</translation>
    </message>
    <message>
        <source>That password is not right. Type it again.</source>
        <translation>Kata sandi salah. Ketik lagi.</translation>
    </message>
    <message>
        <source>Too many wrong PINs. Wait {time}, or call the manager.</source>
        <translation>PIN salah terlalu sering. Tunggu {time}, atau panggil manajer.</translation>
    </message>
    <message>
        <source>Too many wrong tries. Only a manager can let {text} in.</source>
        <translation>Terlalu sering salah. Hanya manajer yang bisa mengizinkan {text} masuk.</translation>
    </message>
    <message>
        <source>Too many wrong tries, and nobody else here may let {text} in. Ask the office to add a manager.</source>
        <translation>Terlalu sering salah, dan di sini tidak ada yang boleh mengizinkan {text}. Minta kantor menambahkan manajer.</translation>
    </message>
    <message>
        <source>{text} can sign in again.</source>
        <translation>{text} bisa masuk lagi.</translation>
    </message>
    <message>
        <source>The code is on its way to {text}. Type it here.</source>
        <translation>Kode dikirim ke {text}. Ketik di sini.</translation>
    </message>
    <message>
        <source>That code is not right. Type it again or send a new one.</source>
        <translation>Kode salah. Ketik lagi atau kirim kode baru.</translation>
    </message>
    <message>
        <source>Too many wrong codes. Send a new one, or go on without points.</source>
        <translation>Kode salah terlalu sering. Kirim kode baru, atau lanjut tanpa poin.</translation>
    </message>
    <message>
        <source>That code has run out. Send a new one.</source>
        <translation>Kode sudah habis waktu. Kirim kode baru.</translation>
    </message>
    <message>
        <source>No more codes can be sent to this number today. Call the manager, or go on without points.</source>
        <translation>Hari ini tidak bisa kirim kode lagi ke nomor ini. Panggil manajer, atau lanjut tanpa poin.</translation>
    </message>
    <message>
        <source>A code is on its way. Send a new one in {time}.</source>
        <translation>Kode sedang dikirim. Kirim lagi dalam {time}.</translation>
    </message>
    <message>
        <source>The customer has no mobile number. Go on without points.</source>
        <translation>Pelanggan tidak punya nomor HP. Lanjut tanpa poin.</translation>
    </message>
    <message>
        <source>There are only {points} points. Use fewer.</source>
        <translation>Poin hanya {points}. Pakai lebih sedikit.</translation>
    </message>
    <message>
        <source>Points were spent elsewhere, {points} are left. Choose again.</source>
        <translation>Poin terpakai di tempat lain, sisa {points}. Pilih lagi.</translation>
    </message>
    <message>
        <source>The promotions have changed. Look at the bill and apply again.</source>
        <translation>Promo berubah. Lihat nota dan pakai lagi.</translation>
    </message>
    <message>
        <source>A price has changed. Look at the bill and go on.</source>
        <translation>Ada harga berubah. Lihat nota lalu lanjut.</translation>
    </message>
    <message>
        <source>That does not fit this bill now. Nothing was changed.</source>
        <translation>Itu tidak cocok untuk nota ini sekarang. Tidak ada yang berubah.</translation>
    </message>
    <message>
        <source>The code {text} gives nothing on this bill. Check it, or go on without.</source>
        <translation>Kode {text} tidak memberi apa-apa di nota ini. Periksa, atau lanjut tanpa kode.</translation>
    </message>
    <message>
        <source>The points are being asked for. The bill waits for the answer.</source>
        <translation>Poin sedang diminta. Nota menunggu jawaban.</translation>
    </message>
    <message>
        <source>{points} points are reserved for {time}.</source>
        <translation>{points} poin dipesan selama {time}.</translation>
    </message>
    <message>
        <source>{points} points are free again. Choose how many to use.</source>
        <translation>{points} poin sudah bebas lagi. Pilih berapa yang dipakai.</translation>
    </message>
    <message>
        <source>{points} points are taken on trust. Nobody could ask whether they are still there.</source>
        <translation>{points} poin dipakai atas dasar percaya. Saldonya tidak bisa ditanyakan.</translation>
    </message>
    <message>
        <source>No answer about the points yet. Ask again, or go on without them.</source>
        <translation>Belum ada jawaban soal poin. Tanya lagi, atau lanjut tanpa poin.</translation>
    </message>
    <message>
        <source>Points taken, {points} left.</source>
        <translation>Poin terpakai, sisa {points}.</translation>
    </message>
    <message>
        <source>Scan the gift card that is sold, or go on: the receipt prints a new code.</source>
        <translation>Pindai kartu hadiah yang dijual, atau lanjut: struk mencetak kode baru.</translation>
    </message>
    <message>
        <source>Card {text} is sold with this bill.</source>
        <translation>Kartu {text} dijual dengan tagihan ini.</translation>
    </message>
    <message>
        <source>The file for support is being made. Go on selling.</source>
        <translation>Berkas untuk bantuan sedang dibuat. Lanjut berjualan.</translation>
    </message>
    <message>
        <source>Send {text} to support. It holds no bills, members, codes or keys.</source>
        <translation>Kirim {text} ke bantuan. Tidak ada nota, anggota, kode, atau kunci di dalamnya.</translation>
    </message>
    <message>
        <source>The file for support was not made: {text}. Try again later.</source>
        <translation>Berkas untuk bantuan tidak jadi: {text}. Coba lagi nanti.</translation>
    </message>
    <message>
        <source>That {text} is too long or too short. Count its digits and type it again.</source>
        <translation>{text} itu terlalu panjang atau terlalu pendek. Hitung digitnya dan ketik lagi.</translation>
    </message>
    <message>
        <source>That is not a tax number. Read it again from the card.</source>
        <translation>Itu bukan nomor pajak. Baca lagi dari kartunya.</translation>
    </message>
    <message>
        <source>One sign of that {text} is wrong, its check digit says so. Read it again from the card.</source>
        <translation>Satu tanda {text} itu salah, begitu kata digit ceknya. Baca lagi dari kartunya.</translation>
    </message>
    <message>
        <source>This is more than {text} may allow. Ask somebody who may allow more.</source>
        <translation>Ini lebih dari yang boleh diizinkan {text}. Minta yang berhak memberi lebih.</translation>
    </message>
    <message>
        <source>No receipt of that number. Check it, or scan its code.</source>
        <translation>Tidak ada struk dengan nomor itu. Periksa, atau pindai kodenya.</translation>
    </message>
    <message>
        <source>{text} is a return itself. Take the receipt of the sale.</source>
        <translation>{text} sendiri adalah retur. Pakai struk penjualannya.</translation>
    </message>
    <message>
        <source>Everything on {text} came back already.</source>
        <translation>Semua di {text} sudah dikembalikan.</translation>
    </message>
    <message>
        <source>Some of this came back already, maybe at another till. Take back less.</source>
        <translation>Sebagian sudah dikembalikan, mungkin di kasir lain. Terima lebih sedikit.</translation>
    </message>
    <message>
        <source>No answer, so no money leaves yet. Try again, or ask the customer to come back later.</source>
        <translation>Tidak ada jawaban, jadi uang belum keluar. Coba lagi, atau minta pelanggan datang lagi nanti.</translation>
    </message>
    <message>
        <source>The card did not take {money} back. Give it back another way.</source>
        <translation>Kartu tidak menerima kembali {money}. Kembalikan dengan cara lain.</translation>
    </message>
    <message>
        <source>Nobody knows yet whether {money} went back to the card. Give no cash, a manager looks at it.</source>
        <translation>Belum jelas apakah {money} sudah kembali ke kartu. Jangan beri tunai, manajer memeriksanya.</translation>
    </message>
    <message>
        <source>The return for {text} was not finished, and no money left. Begin it again.</source>
        <translation>Retur untuk {text} belum selesai dan uang tidak keluar. Mulai lagi.</translation>
    </message>
    <message>
        <source>Money went back to the card already. Save the return first.</source>
        <translation>Uang sudah kembali ke kartu. Simpan retur dulu.</translation>
    </message>
    <message>
        <source>Nothing was sold at this till yet.</source>
        <translation>Belum ada penjualan di kasir ini.</translation>
    </message>
    <message>
        <source>Say why first. The manager reads it.</source>
        <translation>Tulis alasannya dulu. Manajer membacanya.</translation>
    </message>
    <message>
        <source>Another till has taken this bill up, or it is paid. Choose another one.</source>
        <translation>Nota ini sudah diambil kasir lain, atau sudah dibayar. Pilih yang lain.</translation>
    </message>
    <message>
        <source>Another till has taken that bill up. It was taken off here, nothing is sold twice.</source>
        <translation>Nota itu sudah diambil kasir lain. Di sini dihapus, tidak ada yang terjual dua kali.</translation>
    </message>
    <message>
        <source>Another till has taken this bill up too. Finish it here, and tell the other till to clear it.</source>
        <translation>Nota ini juga diambil kasir lain. Selesaikan di sini, lalu minta kasir lain menghapusnya.</translation>
    </message>
    <message>
        <source>No line: only bills set aside here. Ask whether another till has one before you take it up.</source>
        <translation>Jaringan putus: hanya nota yang disimpan di sini. Tanyakan dulu apakah kasir lain sudah mengambilnya.</translation>
    </message>
    <message>
        <source>No answer from the shop. What you see came before; it asks again by itself.</source>
        <translation>Toko tidak menjawab. Yang tampak adalah yang terakhir diterima; nanti bertanya lagi sendiri.</translation>
    </message>
    <message>
        <source>Nobody here may see the figures. Ask the office to add a manager.</source>
        <translation>Di sini tidak ada yang boleh melihat angka. Minta kantor menambahkan manajer.</translation>
    </message>
    <message>
        <source>{count} rows are in {text}.</source>
        <translation>{count} baris ada di {text}.</translation>
    </message>
    <message>
        <source>From now on the figures go to {text} every day.</source>
        <translation>Mulai sekarang angka masuk ke {text} setiap hari.</translation>
    </message>
    <message>
        <source>Nothing is exported by itself any more.</source>
        <translation>Tidak ada lagi yang diekspor sendiri.</translation>
    </message>
    <message>
        <source>{text} may go on. Your yes is written down.</source>
        <translation>{text} boleh lanjut. Persetujuan Anda tercatat.</translation>
    </message>
    <message>
        <source>{text} reads your no now.</source>
        <translation>{text} sekarang membaca penolakan Anda.</translation>
    </message>
    <message>
        <source>That request is over. Nothing was changed.</source>
        <translation>Permintaan itu sudah lewat. Tidak ada yang berubah.</translation>
    </message>
    <message>
        <source>Write down why first. Whoever follows it up reads it.</source>
        <translation>Tulis dulu alasannya. Yang menindaklanjuti akan membacanya.</translation>
    </message>
    <message>
        <source>In order. Your name stands with it.</source>
        <translation>Beres. Nama Anda tercatat.</translation>
    </message>
    <message>
        <source>Flagged, with your note.</source>
        <translation>Ditandai, dengan catatan Anda.</translation>
    </message>
    <message>
        <source>It waits again.</source>
        <translation>Menunggu lagi.</translation>
    </message>
    <message>
        <source>Put right. Compare again to see that it adds up.</source>
        <translation>Sudah dibetulkan. Bandingkan lagi untuk memastikan cocok.</translation>
    </message>
    <message>
        <source>Till {text} sends the bill again as soon as it is on.</source>
        <translation>Kasir {text} mengirim nota lagi begitu menyala.</translation>
    </message>
    <message>
        <source>A bill is in hand. Finish it or set it aside, then count.</source>
        <translation>Masih ada nota di tangan. Selesaikan atau tahan dulu, lalu hitung.</translation>
    </message>
    <message>
        <source>Type how much first.</source>
        <translation>Ketik jumlahnya dulu.</translation>
    </message>
    <message>
        <source>Points taken.</source>
        <translation>Poin terpakai.</translation>
    </message>
    <message>
        <source>The points go back to the customer when the line is there.</source>
        <translation>Poin kembali ke pelanggan begitu jaringan ada.</translation>
    </message>
    <message>
        <source>The points are back with the customer.</source>
        <translation>Poin sudah kembali ke pelanggan.</translation>
    </message>
    <message>
        <source>The reserved points ran out of time. Redeem again, or go on without.</source>
        <translation>Waktu pemesanan poin habis. Tukar lagi, atau lanjut tanpa poin.</translation>
    </message>
    <message>
        <source>A manager has to look at this. The bill stays as it is.</source>
        <translation>Manajer perlu melihat ini. Nota tetap seperti adanya.</translation>
    </message>
    <message>
        <source>The card was declined. Try another card or another way to pay.</source>
        <translation>Kartu ditolak. Coba kartu lain atau cara bayar lain.</translation>
    </message>
    <message>
        <source>The payment was stopped. Nothing was taken. Choose again.</source>
        <translation>Pembayaran dihentikan. Tidak ada uang terambil. Pilih lagi.</translation>
    </message>
    <message>
        <source>The bank has not answered. Ask again before anything else is paid.</source>
        <translation>Bank belum menjawab. Tanya lagi sebelum bayar cara lain.</translation>
    </message>
    <message>
        <source>The payment came after all: {money}. It counts.</source>
        <translation>Pembayaran ternyata masuk: {money}. Itu dihitung.</translation>
    </message>
    <message>
        <source>{money} are missing. Take more, or add another payment.</source>
        <translation>Kurang {money}. Terima lagi, atau tambah cara bayar.</translation>
    </message>
    <message>
        <source>Only cash gives change. Type {money} or less.</source>
        <translation>Hanya tunai yang ada kembalian. Ketik {money} atau kurang.</translation>
    </message>
    <message>
        <source>That looks like a card number. It is not kept, type something else.</source>
        <translation>Itu seperti nomor kartu. Tidak disimpan, ketik yang lain.</translation>
    </message>
    <message>
        <source>Bill {text} is saved.</source>
        <translation>Nota {text} tersimpan.</translation>
    </message>
    <message>
        <source>Bill {text} is saved and waits to be sent.</source>
        <translation>Nota {text} tersimpan dan menunggu dikirim.</translation>
    </message>
    <message>
        <source>The disk did not take the bill. It is still here: make room, then save again.</source>
        <translation>Disk tidak menerima nota. Nota masih di sini: kosongkan tempat, lalu simpan lagi.</translation>
    </message>
    <message>
        <source>The bill is empty. Add an item first.</source>
        <translation>Nota kosong. Tambah barang dulu.</translation>
    </message>
    <message>
        <source>The last bill is back. Nothing was paid yet.</source>
        <translation>Nota terakhir kembali. Belum ada yang dibayar.</translation>
    </message>
    <message>
        <source>The last bill is back. {money} are paid, save it.</source>
        <translation>Nota terakhir kembali. {money} sudah dibayar, simpan.</translation>
    </message>
    <message>
        <source>The last bill was saved as {text}. Print it again if needed.</source>
        <translation>Nota terakhir tersimpan sebagai {text}. Cetak lagi kalau perlu.</translation>
    </message>
    <message>
        <source>Choose a salesperson first, then go on.</source>
        <translation>Pilih pramuniaga dulu, lalu lanjut.</translation>
    </message>
    <message>
        <source>No printer. The receipt is on the screen and can be printed later.</source>
        <translation>Tidak ada printer. Struk ada di layar dan bisa dicetak nanti.</translation>
    </message>
    <message>
        <source>The printer is out of paper. Put some in, then print again.</source>
        <translation>Kertas printer habis. Isi, lalu cetak lagi.</translation>
    </message>
    <message>
        <source>The receipt did not print. The bill is saved, print it again.</source>
        <translation>Struk tidak tercetak. Nota tersimpan, cetak lagi.</translation>
    </message>
    <message>
        <source>The settings file is damaged. The last good settings are used.</source>
        <translation>Berkas setelan rusak. Setelan baik terakhir dipakai.</translation>
    </message>
    <message>
        <source>The till is running already. Use the window that is open.</source>
        <translation>Kasir sudah berjalan. Pakai jendela yang terbuka.</translation>
    </message>
    <message>
        <source>The disk is full. Make room before the next bill.</source>
        <translation>Disk penuh. Kosongkan tempat sebelum nota berikutnya.</translation>
    </message>
    <message>
        <source>The disk is nearly full, {count} MB are left. Make room soon.</source>
        <translation>Disk hampir penuh, tinggal {count} MB. Segera kosongkan tempat.</translation>
    </message>
    <message>
        <source>The disk is nearly full. Make room soon.</source>
        <translation>Disk hampir penuh. Segera kosongkan tempat.</translation>
    </message>
    <message>
        <source>The disk does not work as it should. Call the manager.</source>
        <translation>Disk tidak bekerja semestinya. Panggil manajer.</translation>
    </message>
    <message>
        <source>This computer has no safe place for the till&apos;s key. Choose where to keep it.</source>
        <translation>Komputer ini tidak punya tempat aman untuk kunci kasir. Pilih tempatnya.</translation>
    </message>
    <message>
        <source>You may not do this. Ask somebody who may.</source>
        <translation>Anda tidak boleh melakukan ini. Minta yang berhak.</translation>
    </message>
    <message>
        <source>No bill is on hold.</source>
        <translation>Tidak ada nota ditunda.</translation>
    </message>
    <message>
        <source>Say why first. The reason goes on the receipt.</source>
        <translation>Tulis alasannya dulu. Alasan tercetak di struk.</translation>
    </message>
    <message>
        <source>That is more than the price. Type less.</source>
        <translation>Itu lebih dari harganya. Ketik lebih kecil.</translation>
    </message>
    <message>
        <source>The bill is on hold. Take it up again with the same key.</source>
        <translation>Nota ditunda. Ambil lagi dengan tombol yang sama.</translation>
    </message>
    <message>
        <source>Too many wrong PINs. Wait a little, or call the manager.</source>
        <translation>PIN salah terlalu sering. Tunggu sebentar, atau panggil manajer.</translation>
    </message>
    <message>
        <source>The customer has to confirm. Send a code and type it here.</source>
        <translation>Pelanggan perlu konfirmasi. Kirim kode dan ketik di sini.</translation>
    </message>
    <message>
        <source>A code is on its way. Wait a little for a new one.</source>
        <translation>Kode sedang dikirim. Tunggu sebentar untuk kode baru.</translation>
    </message>
    <message>
        <source>There are not enough points. Use fewer.</source>
        <translation>Poin tidak cukup. Pakai lebih sedikit.</translation>
    </message>
    <message>
        <source>Points were spent elsewhere. Choose again.</source>
        <translation>Poin terpakai di tempat lain. Pilih lagi.</translation>
    </message>
    <message>
        <source>The points are reserved.</source>
        <translation>Poin sudah dipesan.</translation>
    </message>
    <message>
        <source>The payment came after all. It counts.</source>
        <translation>Pembayaran ternyata masuk. Itu dihitung.</translation>
    </message>
    <message>
        <source>That is not enough. Take more, or add another payment.</source>
        <translation>Itu belum cukup. Terima lagi, atau tambah cara bayar.</translation>
    </message>
    <message>
        <source>Only cash gives change. Type less.</source>
        <translation>Hanya tunai yang ada kembalian. Ketik lebih sedikit.</translation>
    </message>
    <message>
        <source>The bill is saved.</source>
        <translation>Nota tersimpan.</translation>
    </message>
    <message>
        <source>The bill is saved and waits to be sent.</source>
        <translation>Nota tersimpan dan menunggu dikirim.</translation>
    </message>
    <message>
        <source>The last bill is back and partly paid. Save it.</source>
        <translation>Nota terakhir kembali dan sudah dibayar sebagian. Simpan.</translation>
    </message>
    <message>
        <source>The last bill was saved. Print it again if needed.</source>
        <translation>Nota terakhir tersimpan. Cetak lagi kalau perlu.</translation>
    </message>
    <message>
        <source>Nothing was paid yet. The code stays good.</source>
        <translation>Belum ada pembayaran. Kodenya masih berlaku.</translation>
    </message>
    <message>
        <source>The code ran out, and nothing was paid. Show a new one.</source>
        <translation>Kodenya habis waktu, dan belum dibayar. Tampilkan yang baru.</translation>
    </message>
    <message>
        <source>{money} for the goods of {text} pays for this bill. Sell the new goods, then take payment.</source>
        <translation>{money} dari barang {text} membayar nota ini. Jual barang baru, lalu terima pembayaran.</translation>
    </message>
    <message>
        <source>Money was taken for this bill. Give it back at the payment first.</source>
        <translation>Sudah ada uang untuk nota ini. Kembalikan dulu di pembayaran.</translation>
    </message>
    <message>
        <source>Printed on {text}.</source>
        <translation>Tercetak di {text}.</translation>
    </message>
    <message>
        <source>There is no office printer, so it is a PDF: {text}.</source>
        <translation>Tidak ada printer kantor, jadi PDF: {text}.</translation>
    </message>
    <message>
        <source>No gift card has this code. Scan it again, or take another payment.</source>
        <translation>Tidak ada kartu hadiah dengan kode ini. Pindai lagi, atau terima pembayaran lain.</translation>
    </message>
    <message>
        <source>Nothing is left on card {text}. Take another payment.</source>
        <translation>Kartu {text} sudah kosong. Terima pembayaran lain.</translation>
    </message>
    <message>
        <source>{text} pays for this bill already. Take it off first, or use another payment.</source>
        <translation>{text} sudah membayar tagihan ini. Lepas dulu, atau pakai pembayaran lain.</translation>
    </message>
    <message>
        <source>That gift card is sold already. Scan another one.</source>
        <translation>Kartu hadiah itu sudah terjual. Pindai yang lain.</translation>
    </message>
    <message>
        <source>Reserving {money}.</source>
        <translation>Memesan {money}.</translation>
    </message>
    <message>
        <source>No answer yet. Ask again, or cancel and take another payment.</source>
        <translation>Belum ada jawaban. Tanya lagi, atau batalkan dan terima pembayaran lain.</translation>
    </message>
    <message>
        <source>{money} are not taken, and stay on the card.</source>
        <translation>{money} tidak diambil dan tetap di kartu.</translation>
    </message>
    <message>
        <source>{text} has only {money}. Type less, and split the rest.</source>
        <translation>{text} hanya berisi {money}. Ketik lebih sedikit, sisanya dibayar lain.</translation>
    </message>
    <message>
        <source>{text} was used elsewhere meanwhile, {money} are left. Use that, or another payment.</source>
        <translation>{text} baru saja dipakai di tempat lain, sisa {money}. Pakai itu, atau pembayaran lain.</translation>
    </message>
    <message>
        <source>What was reserved of a gift card or credit ran out of time. Take it off, or call the manager.</source>
        <translation>Yang dipesan dari kartu hadiah atau saldo toko sudah lewat waktunya. Lepas, atau panggil manajer.</translation>
    </message>
    <message>
        <source>No line, so gift cards and store credit wait. Take another payment.</source>
        <translation>Tidak ada sambungan, jadi kartu hadiah dan saldo toko menunggu. Terima pembayaran lain.</translation>
    </message>
    <message>
        <source>Checking whether the offer is still there. The bill waits.</source>
        <translation>Memeriksa apakah promonya masih ada. Nota menunggu.</translation>
    </message>
    <message>
        <source>No answer whether the offer is still there. Ask again, or go on without it.</source>
        <translation>Belum ada jawaban apakah promonya masih ada. Tanyakan lagi, atau lanjut tanpa promo.</translation>
    </message>
    <message>
        <source>{name} is used up, somebody else was first. Look at the bill and go on.</source>
        <translation>{name} sudah habis, ada yang lebih dulu. Lihat nota lalu lanjut.</translation>
    </message>
    <message>
        <source>The reserved offer ran out of time. Apply it again, or go on without.</source>
        <translation>Waktu promo yang disimpan sudah habis. Pasang lagi, atau lanjut tanpa promo.</translation>
    </message>
    <message>
        <source>An offer is used up, somebody else was first. Look at the bill and go on.</source>
        <translation>Sebuah promo sudah habis, ada yang lebih dulu. Lihat nota lalu lanjut.</translation>
    </message>
    <message>
        <source>This till has gone without a code often enough today. Send a code, or go on without points.</source>
        <translation>Kasir ini sudah cukup sering tanpa kode hari ini. Kirim kode, atau lanjut tanpa poin.</translation>
    </message>
    <message>
        <source>This till stays open. A manager signs in to close it.</source>
        <translation>Kasir ini tetap terbuka. Manajer masuk untuk menutupnya.</translation>
    </message>
</context>
<context>
    <name>Offer</name>
    <message>
        <source>Cancel</source>
        <translation>Batal</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Pakai</translation>
    </message>
    <message>
        <source>An offer for {name}</source>
        <translation>Penawaran untuk {name}</translation>
    </message>
    <message>
        <source>An offer for this bill</source>
        <translation>Penawaran untuk nota ini</translation>
    </message>
    <message>
        <source>{name} gives</source>
        <translation>{name} memberi</translation>
    </message>
    <message>
        <source>{points} left</source>
        <translation>sisa {points}</translation>
    </message>
    <message>
        <source>{name} gets</source>
        <translation>{name} mendapat</translation>
    </message>
    <message>
        <source>off the whole bill</source>
        <translation>untuk seluruh nota</translation>
    </message>
    <message>
        <source>Total now</source>
        <translation>Total sekarang</translation>
    </message>
    <message>
        <source>Becomes</source>
        <translation>Menjadi</translation>
    </message>
    <message>
        <source>Items to choose from</source>
        <translation>Barang untuk dipilih</translation>
    </message>
    <message>
        <source>One more offer waits.</source>
        <translation>Satu penawaran lagi menunggu.</translation>
    </message>
    <message>
        <source>{count} more offers wait.</source>
        <translation>{count} penawaran lagi menunggu.</translation>
    </message>
    <message>
        <source>Use {points} points, {gift} is free</source>
        <translation>Pakai {points} poin, {gift} gratis</translation>
    </message>
    <message>
        <source>{gift} is free</source>
        <translation>{gift} gratis</translation>
    </message>
    <message>
        <source>Use {points} points, save {money}</source>
        <translation>Pakai {points} poin, hemat {money}</translation>
    </message>
    <message>
        <source>{name}, save {money}</source>
        <translation>{name}, hemat {money}</translation>
    </message>
    <message>
        <source>Use {points} points</source>
        <translation>Pakai {points} poin</translation>
    </message>
    <message>
        <source>Instead of {names}</source>
        <translation>Sebagai ganti {names}</translation>
    </message>
    <message>
        <source>{points} points for {item}</source>
        <translation>{points} poin untuk {item}</translation>
    </message>
    <message>
        <source>{pieces} free: {item}</source>
        <translation>{pieces} gratis: {item}</translation>
    </message>
    <message>
        <source>{points} points off the whole bill</source>
        <translation>{points} poin untuk seluruh nota</translation>
    </message>
    <message>
        <source>On {item}</source>
        <translation>Untuk {item}</translation>
    </message>
    <message>
        <source>On the whole bill</source>
        <translation>Untuk seluruh nota</translation>
    </message>
    <message>
        <source>{name}: {pieces} free</source>
        <translation>{name}: {pieces} gratis</translation>
    </message>
    <message>
        <source>{points} more points: {name}</source>
        <translation>{points} poin lagi: {name}</translation>
    </message>
    <message>
        <source>Or keep them: {points} more points, {name}.</source>
        <translation>Atau simpan: {points} poin lagi, {name}.</translation>
    </message>
    <message>
        <source>Takes off</source>
        <translation>Potongan</translation>
    </message>
    <message>
        <source>With {item}</source>
        <translation>Dengan {item}</translation>
    </message>
    <message>
        <source>Buy {pieces}, pay {paid}: {item}</source>
        <translation>Beli {pieces}, bayar {paid}: {item}</translation>
    </message>
    <message>
        <source>Buy {pieces}, pay {paid}</source>
        <translation>Beli {pieces}, bayar {paid}</translation>
    </message>
</context>
<context>
    <name>Oversight</name>
    <message>
        <source>Many wrong codes</source>
        <translation>Banyak kode salah</translation>
    </message>
    <message>
        <source>Many bills on one number</source>
        <translation>Banyak nota di satu nomor</translation>
    </message>
    <message>
        <source>Cashier is the customer</source>
        <translation>Kasir adalah pelanggan</translation>
    </message>
    <message>
        <source>Redeemed, then taken back</source>
        <translation>Ditukar lalu dibatalkan</translation>
    </message>
    <message>
        <source>Price by hand</source>
        <translation>Harga manual</translation>
    </message>
    <message>
        <source>Large discount</source>
        <translation>Diskon besar</translation>
    </message>
    <message>
        <source>Return without receipt</source>
        <translation>Retur tanpa struk</translation>
    </message>
    <message>
        <source>Back-dated bill</source>
        <translation>Nota bertanggal lama</translation>
    </message>
    <message>
        <source>Points short</source>
        <translation>Poin kurang</translation>
    </message>
    <message>
        <source>Redemption did not settle</source>
        <translation>Penukaran belum beres</translation>
    </message>
    <message>
        <source>Points taken on trust</source>
        <translation>Poin dipakai atas dasar percaya</translation>
    </message>
    <message>
        <source>Points earned differ</source>
        <translation>Poin didapat berbeda</translation>
    </message>
    <message>
        <source>Bill worked out otherwise</source>
        <translation>Hitungan nota berbeda</translation>
    </message>
    <message>
        <source>Receipt number twice</source>
        <translation>Nomor struk ganda</translation>
    </message>
    <message>
        <source>Something else</source>
        <translation>Lainnya</translation>
    </message>
    <message>
        <source>{count} wrong codes for {customer} in {hours} hours; {limit} are usual at most.</source>
        <translation>{count} kode salah untuk {customer} dalam {hours} jam; biasanya paling banyak {limit}.</translation>
    </message>
    <message>
        <source>{count} bills for {customer} in {hours} hours; {limit} are usual at most.</source>
        <translation>{count} nota untuk {customer} dalam {hours} jam; biasanya paling banyak {limit}.</translation>
    </message>
    <message>
        <source>{cashier} sold to their own number and earned or spent points.</source>
        <translation>{cashier} menjual ke nomor sendiri dan mendapat atau memakai poin.</translation>
    </message>
    <message>
        <source>{cashier} redeemed points and took them back {count} times in {hours} hours.</source>
        <translation>{cashier} menukar poin lalu membatalkannya {count} kali dalam {hours} jam.</translation>
    </message>
    <message>
        <source>{cashier} set a price by hand; it came to {amount} less.</source>
        <translation>{cashier} mengubah harga manual; selisihnya {amount} lebih murah.</translation>
    </message>
    <message>
        <source>{amount} off by hand; up to {allowed} is usual.</source>
        <translation>Potongan manual {amount}; biasanya sampai {allowed}.</translation>
    </message>
    <message>
        <source>{cashier} gave {amount} back without a receipt.</source>
        <translation>{cashier} mengembalikan {amount} tanpa struk.</translation>
    </message>
    <message>
        <source>The bill arrived {hours} hours after the time on it.</source>
        <translation>Nota tiba {hours} jam setelah jam yang tertera.</translation>
    </message>
    <message>
        <source>{customer} had {points} points less than the bill used. The shop bears them.</source>
        <translation>Poin {customer} kurang {points} dari yang dipakai nota. Toko menanggungnya.</translation>
    </message>
    <message>
        <source>Balance and ledger</source>
        <translation>Saldo dan pembukuan</translation>
    </message>
    <message>
        <source>Balance and expiry dates</source>
        <translation>Saldo dan tanggal hangus</translation>
    </message>
    <message>
        <source>Reserved points</source>
        <translation>Poin dipesan</translation>
    </message>
    <message>
        <source>Forgotten reservation</source>
        <translation>Pesanan terlupa</translation>
    </message>
    <message>
        <source>Bill not booked</source>
        <translation>Nota belum dibukukan</translation>
    </message>
    <message>
        <source>Booked without a bill</source>
        <translation>Dibukukan tanpa nota</translation>
    </message>
    <message>
        <source>Promotions of a bill</source>
        <translation>Promo sebuah nota</translation>
    </message>
    <message>
        <source>Sums of a day</source>
        <translation>Jumlah sehari</translation>
    </message>
    <message>
        <source>Missing bill</source>
        <translation>Nota hilang</translation>
    </message>
    <message>
        <source>Unfinished return</source>
        <translation>Retur belum selesai</translation>
    </message>
    <message>
        <source>{who} sees {found} points. All bookings together come to {expected}.</source>
        <translation>{who} melihat {found} poin. Semua pembukuan berjumlah {expected}.</translation>
    </message>
    <message>
        <source>{who} has {expected} points, but those with an expiry date come to {found}.</source>
        <translation>{who} punya {expected} poin, tetapi yang bertanggal hangus berjumlah {found}.</translation>
    </message>
    <message>
        <source>{found} points of {who} are reserved. Bills in hand reserve {expected}.</source>
        <translation>{found} poin {who} dipesan. Nota yang berjalan memesan {expected}.</translation>
    </message>
    <message>
        <source>A bill that never came still reserves {found} points of {who}.</source>
        <translation>Nota yang tidak pernah datang masih memesan {found} poin {who}.</translation>
    </message>
    <message>
        <source>Bill {number} moves {expected} points of {who}. {found} are booked.</source>
        <translation>Nota {number} memindahkan {expected} poin {who}. Yang dibukukan {found}.</translation>
    </message>
    <message>
        <source>{found} points of {who} are booked for a bill that no till has sent.</source>
        <translation>{found} poin {who} dibukukan untuk nota yang tidak dikirim mesin mana pun.</translation>
    </message>
    <message>
        <source>The list of promotions says {found} points for bill {number}. Booked are {expected}.</source>
        <translation>Daftar promo menyebut {found} poin untuk nota {number}. Yang dibukukan {expected}.</translation>
    </message>
    <message>
        <source>The sums of a day are not those of its promotions. Bills and points are right.</source>
        <translation>Jumlah sehari tidak sama dengan promonya. Nota dan poin benar.</translation>
    </message>
    <message>
        <source>Till {till} gave out number {number}, and that bill has not come.</source>
        <translation>Mesin {till} mengeluarkan nomor {number}, dan nota itu belum datang.</translation>
    </message>
    <message>
        <source>Till {till} agreed to take goods of bill {number} back and never said that it paid.</source>
        <translation>Mesin {till} menyetujui retur barang dari nota {number} dan belum mengabarkan bahwa uangnya dibayar.</translation>
    </message>
    <message>
        <source>Set to the bookings</source>
        <translation>Samakan dengan pembukuan</translation>
    </message>
    <message>
        <source>The balance becomes what the bookings come to. No booking changes.</source>
        <translation>Saldo menjadi jumlah pembukuan. Tidak ada pembukuan yang berubah.</translation>
    </message>
    <message>
        <source>Set to the balance</source>
        <translation>Samakan dengan saldo</translation>
    </message>
    <message>
        <source>Expiry dates are shared out anew. The balance stays.</source>
        <translation>Tanggal hangus dibagi ulang. Saldo tetap.</translation>
    </message>
    <message>
        <source>Count anew</source>
        <translation>Hitung ulang</translation>
    </message>
    <message>
        <source>Only what bills in hand reserve stays reserved.</source>
        <translation>Hanya yang dipesan nota berjalan tetap dipesan.</translation>
    </message>
    <message>
        <source>Release the points</source>
        <translation>Lepas poin</translation>
    </message>
    <message>
        <source>The customer can use them again.</source>
        <translation>Pelanggan bisa memakainya lagi.</translation>
    </message>
    <message>
        <source>Book the bill</source>
        <translation>Bukukan nota</translation>
    </message>
    <message>
        <source>What the receipt shows is booked, once.</source>
        <translation>Yang tertera di struk dibukukan, sekali.</translation>
    </message>
    <message>
        <source>Ask the till</source>
        <translation>Minta ke mesin</translation>
    </message>
    <message>
        <source>The till sends the bill again as soon as it is on.</source>
        <translation>Mesin mengirim nota lagi begitu menyala.</translation>
    </message>
    <message>
        <source>Write anew</source>
        <translation>Tulis ulang</translation>
    </message>
    <message>
        <source>The list is made anew from bills and bookings. Neither changes.</source>
        <translation>Daftar dibuat ulang dari nota dan pembukuan. Keduanya tidak berubah.</translation>
    </message>
    <message>
        <source>Give it up</source>
        <translation>Batalkan</translation>
    </message>
    <message>
        <source>Only if no money was paid: the goods can come back again. If it was, approve its case.</source>
        <translation>Hanya bila uang belum dibayar: barang bisa diretur lagi. Bila sudah, setujui kasusnya.</translation>
    </message>
    <message>
        <source>Discount on a line</source>
        <translation>Diskon satu baris</translation>
    </message>
    <message>
        <source>Discount on the bill</source>
        <translation>Diskon nota</translation>
    </message>
    <message>
        <source>Take a line off</source>
        <translation>Hapus satu baris</translation>
    </message>
    <message>
        <source>Clear the bill</source>
        <translation>Kosongkan nota</translation>
    </message>
    <message>
        <source>Open the drawer</source>
        <translation>Buka laci</translation>
    </message>
    <message>
        <source>Return with receipt</source>
        <translation>Retur dengan struk</translation>
    </message>
    <message>
        <source>Print a receipt again</source>
        <translation>Cetak ulang struk</translation>
    </message>
    <message>
        <source>Redeem without a code</source>
        <translation>Tukar tanpa kode</translation>
    </message>
    <message>
        <source>Take points on trust</source>
        <translation>Pakai poin atas dasar percaya</translation>
    </message>
    <message>
        <source>Release reserved points</source>
        <translation>Lepas poin dipesan</translation>
    </message>
    <message>
        <source>Save after the reservation ran out</source>
        <translation>Simpan setelah pesanan habis</translation>
    </message>
    <message>
        <source>The amount is above your limit. Refuse it, or call the owner.</source>
        <translation>Jumlahnya di atas batas Anda. Tolak, atau hubungi pemilik.</translation>
    </message>
    <message>
        <source>The percentage is above your limit. Refuse it, or call the owner.</source>
        <translation>Persennya di atas batas Anda. Tolak, atau hubungi pemilik.</translation>
    </message>
    <message>
        <source>The points are above your limit. Refuse it, or call the owner.</source>
        <translation>Poinnya di atas batas Anda. Tolak, atau hubungi pemilik.</translation>
    </message>
    <message>
        <source>You may not approve this. Refuse it, or call the owner.</source>
        <translation>Anda tidak boleh menyetujui ini. Tolak, atau hubungi pemilik.</translation>
    </message>
    <message>
        <source>This is your own. Somebody else has to approve it.</source>
        <translation>Ini permintaan Anda sendiri. Orang lain yang harus menyetujui.</translation>
    </message>
    <message>
        <source>a customer</source>
        <translation>seorang pelanggan</translation>
    </message>
    <message>
        <source>Somebody</source>
        <translation>Seseorang</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Semua</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Menunggu</translation>
    </message>
    <message>
        <source>In order</source>
        <translation>Beres</translation>
    </message>
    <message>
        <source>Flagged</source>
        <translation>Ditandai</translation>
    </message>
    <message>
        <source>Differs</source>
        <translation>Berbeda</translation>
    </message>
    <message>
        <source>Till was asked</source>
        <translation>Mesin diminta</translation>
    </message>
    <message>
        <source>Put right</source>
        <translation>Dibetulkan</translation>
    </message>
    <message>
        <source>{points} points</source>
        <translation>{points} poin</translation>
    </message>
</context>
<context>
    <name>Payment</name>
    <message>
        <source>Payment</source>
        <translation>Pembayaran</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>Total</translation>
    </message>
    <message>
        <source>To give back</source>
        <translation>Untuk dikembalikan</translation>
    </message>
    <message>
        <source>Left to pay</source>
        <translation>Sisa bayar</translation>
    </message>
    <message>
        <source>Points and payments</source>
        <translation>Poin dan pembayaran</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Kembali</translation>
    </message>
    <message>
        <source>Type or scan it</source>
        <translation>Ketik atau pindai</translation>
    </message>
    <message>
        <source>Cancel at the terminal</source>
        <translation>Batalkan di mesin kartu</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Batal</translation>
    </message>
    <message>
        <source>One moment</source>
        <translation>Sebentar</translation>
    </message>
    <message>
        <source>The money goes back</source>
        <translation>Uang dikembalikan</translation>
    </message>
    <message>
        <source>Cancelling at the terminal</source>
        <translation>Membatalkan di mesin kartu</translation>
    </message>
    <message>
        <source>Scan with any e-wallet</source>
        <translation>Pindai dengan e-wallet apa saja</translation>
    </message>
    <message>
        <source>Tap, insert or swipe</source>
        <translation>Tempel, masukkan, atau gesek</translation>
    </message>
    <message>
        <source>The code to scan</source>
        <translation>Kode untuk dipindai</translation>
    </message>
    <message>
        <source>{time} so far</source>
        <translation>sudah {time}</translation>
    </message>
    <message>
        <source>Was it paid?</source>
        <translation>Sudah dibayar?</translation>
    </message>
    <message>
        <source>Set aside for the manager</source>
        <translation>Sisihkan untuk manajer</translation>
    </message>
    <message>
        <source>Nothing is left to pay</source>
        <translation>Tidak ada sisa bayar</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Menunggu</translation>
    </message>
    <message>
        <source>What happens</source>
        <translation>Yang terjadi</translation>
    </message>
    <message>
        <source>Waiting for the payment</source>
        <translation>Menunggu pembayaran</translation>
    </message>
    <message>
        <source>Waiting for the card</source>
        <translation>Menunggu kartu</translation>
    </message>
    <message>
        <source>Bill is saved</source>
        <translation>Nota disimpan</translation>
    </message>
    <message>
        <source>Receipt prints</source>
        <translation>Struk dicetak</translation>
    </message>
    <message>
        <source>Points are asked for</source>
        <translation>Poin diminta</translation>
    </message>
    <message>
        <source>Amount sent</source>
        <translation>Jumlah terkirim</translation>
    </message>
    <message>
        <source>Rest is to pay</source>
        <translation>Sisanya dibayar</translation>
    </message>
    <message>
        <source>Nothing to do here. The bill saves itself when the bank answers.</source>
        <translation>Tidak perlu menekan apa pun. Nota tersimpan sendiri begitu bank menjawab.</translation>
    </message>
    <message>
        <source>Nothing to do here. It goes on by itself.</source>
        <translation>Tidak perlu menekan apa pun. Ini berjalan sendiri.</translation>
    </message>
    <message>
        <source>done</source>
        <translation>selesai</translation>
    </message>
    <message>
        <source>now</source>
        <translation>sekarang</translation>
    </message>
    <message>
        <source>still to come</source>
        <translation>berikutnya</translation>
    </message>
    <message>
        <source>Taken on trust</source>
        <translation>Atas dasar percaya</translation>
    </message>
    <message>
        <source>Reserved until {time}</source>
        <translation>Dipesan sampai {time}</translation>
    </message>
    <message>
        <source>Needs a code</source>
        <translation>Perlu kode</translation>
    </message>
    <message>
        <source>Reserved</source>
        <translation>Dipesan</translation>
    </message>
    <message>
        <source>Asking</source>
        <translation>Menanyakan</translation>
    </message>
    <message>
        <source>Waits for the code</source>
        <translation>Menunggu kode</translation>
    </message>
    <message>
        <source>Needs a manager</source>
        <translation>Perlu manajer</translation>
    </message>
    <message>
        <source>On this bill</source>
        <translation>Di nota ini</translation>
    </message>
    <message>
        <source>Cash</source>
        <translation>Tunai</translation>
    </message>
    <message>
        <source>Card</source>
        <translation>Kartu</translation>
    </message>
    <message>
        <source>QRIS</source>
        <translation>QRIS</translation>
    </message>
    <message>
        <source>Points</source>
        <translation>Poin</translation>
    </message>
    <message>
        <source>Voucher</source>
        <translation>Voucher</translation>
    </message>
    <message>
        <source>Cash received</source>
        <translation>Uang diterima</translation>
    </message>
    <message>
        <source>On the card</source>
        <translation>Dengan kartu</translation>
    </message>
    <message>
        <source>By QRIS</source>
        <translation>Dengan QRIS</translation>
    </message>
    <message>
        <source>Code on the voucher</source>
        <translation>Kode voucher</translation>
    </message>
    <message>
        <source>Exact {amount}</source>
        <translation>Pas {amount}</translation>
    </message>
    <message>
        <source>Approved {time}</source>
        <translation>Disetujui {time}</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>Diterima</translation>
    </message>
    <message>
        <source>+1 point when the bill is saved</source>
        <translation>+1 poin saat nota disimpan</translation>
    </message>
    <message>
        <source>+{points} points when the bill is saved</source>
        <translation>+{points} poin saat nota disimpan</translation>
    </message>
    <message>
        <source>Take {money}</source>
        <translation>Terima {money}</translation>
    </message>
    <message>
        <source>To the terminal</source>
        <translation>Ke mesin kartu</translation>
    </message>
    <message>
        <source>Show the code</source>
        <translation>Tampilkan kode</translation>
    </message>
    <message>
        <source>Use points</source>
        <translation>Pakai poin</translation>
    </message>
    <message>
        <source>Use the voucher</source>
        <translation>Pakai voucher</translation>
    </message>
    <message>
        <source>Save the bill</source>
        <translation>Simpan nota</translation>
    </message>
    <message>
        <source>Call the manager</source>
        <translation>Panggil manajer</translation>
    </message>
    <message>
        <source>Ask the bank again</source>
        <translation>Tanya bank lagi</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Selesai</translation>
    </message>
    <message>
        <source>Check now</source>
        <translation>Cek sekarang</translation>
    </message>
    <message>
        <source>Goods come back</source>
        <translation>Barang kembali</translation>
    </message>
    <message>
        <source>Give back {money} in cash</source>
        <translation>Kembalikan {money} tunai</translation>
    </message>
    <message>
        <source>Good for {time}</source>
        <translation>Berlaku {time} lagi</translation>
    </message>
    <message>
        <source>Reserving the money</source>
        <translation>Memesan uangnya</translation>
    </message>
    <message>
        <source>Looking at the card</source>
        <translation>Melihat kartu</translation>
    </message>
    <message>
        <source>Was it reserved?</source>
        <translation>Sudah dipesan?</translation>
    </message>
    <message>
        <source>The card is looked up</source>
        <translation>Kartu sedang dilihat</translation>
    </message>
    <message>
        <source>Money is reserved</source>
        <translation>Uang dipesan</translation>
    </message>
    <message>
        <source>Gift card</source>
        <translation>Kartu hadiah</translation>
    </message>
    <message>
        <source>Store credit</source>
        <translation>Kredit toko</translation>
    </message>
    <message>
        <source>From the gift card</source>
        <translation>Dari kartu hadiah</translation>
    </message>
    <message>
        <source>From the store credit</source>
        <translation>Dari kredit toko</translation>
    </message>
    <message>
        <source>Code on the gift card</source>
        <translation>Kode di kartu hadiah</translation>
    </message>
    <message>
        <source>{whose} has {money}</source>
        <translation>{whose} berisi {money}</translation>
    </message>
    <message>
        <source>Reserved, {money} left</source>
        <translation>Dipesan, sisa {money}</translation>
    </message>
    <message>
        <source>Look at the card</source>
        <translation>Lihat kartu</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>Tanya lagi</translation>
    </message>
</context>
<context>
    <name>Phone</name>
    <message>
        <source>The customer&apos;s phone</source>
        <translation>HP pelanggan</translation>
    </message>
    <message>
        <source>Codes that the till sends arrive here.</source>
        <translation>Kode dari kasir masuk ke sini.</translation>
    </message>
</context>
<context>
    <name>Practice</name>
    <message>
        <source>PRACTICE: nothing here counts, no points move</source>
        <translation>LATIHAN: tidak ada yang dihitung, poin tetap</translation>
    </message>
</context>
<context>
    <name>Promotions</name>
    <message>
        <source>Promotions</source>
        <translation>Promo</translation>
    </message>
    <message>
        <source>What comes off each line</source>
        <translation>Potongan tiap baris</translation>
    </message>
    <message>
        <source>Voucher code</source>
        <translation>Kode voucher</translation>
    </message>
    <message>
        <source>The best combination for this bill</source>
        <translation>Kombinasi terbaik untuk nota ini</translation>
    </message>
    <message>
        <source>Remove all</source>
        <translation>Hapus semua</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Ganti</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Batal</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Pakai</translation>
    </message>
    <message>
        <source>part of the best</source>
        <translation>bagian dari yang terbaik</translation>
    </message>
    <message>
        <source>ticked</source>
        <translation>dicentang</translation>
    </message>
    <message>
        <source>and {count} more lines</source>
        <translation>dan {count} baris lagi</translation>
    </message>
    <message>
        <source>Before promotions</source>
        <translation>Sebelum promo</translation>
    </message>
    <message>
        <source>1 promotion</source>
        <translation>1 promo</translation>
    </message>
    <message>
        <source>{count} promotions</source>
        <translation>{count} promo</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>Total</translation>
    </message>
    <message>
        <source>Applied</source>
        <translation>Dipakai</translation>
    </message>
    <message>
        <source>Available</source>
        <translation>Tersedia</translation>
    </message>
    <message>
        <source>Not yet</source>
        <translation>Belum bisa</translation>
    </message>
    <message>
        <source>{count} applied</source>
        <translation>{count} dipakai</translation>
    </message>
    <message>
        <source>What the bill earns shows up here by itself.</source>
        <translation>Yang didapat nota ini muncul sendiri di sini.</translation>
    </message>
    <message>
        <source>{name}, applied, {amount}</source>
        <translation>{name}, dipakai, {amount}</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>Pakai</translation>
    </message>
    <message>
        <source>{count} more</source>
        <translation>{count} lagi</translation>
    </message>
</context>
<context>
    <name>Question</name>
    <message>
        <source>Leave it</source>
        <translation>Biarkan</translation>
    </message>
    <message>
        <source>Close the till?</source>
        <translation>Tutup kasir?</translation>
    </message>
    <message>
        <source>The bill is kept, and is here again at the next start.</source>
        <translation>Nota disimpan, dan muncul lagi saat dibuka berikutnya.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Tutup</translation>
    </message>
    <message>
        <source>Give this payment back?</source>
        <translation>Kembalikan pembayaran ini?</translation>
    </message>
    <message>
        <source>Cash goes back from the drawer, a card through the terminal.</source>
        <translation>Tunai kembali dari laci, kartu lewat mesin.</translation>
    </message>
    <message>
        <source>Give back</source>
        <translation>Kembalikan</translation>
    </message>
</context>
<context>
    <name>Reason</name>
    <message>
        <source>Needs a customer</source>
        <translation>Perlu pelanggan</translation>
    </message>
    <message>
        <source>Needs {points} more points</source>
        <translation>Kurang {points} poin</translation>
    </message>
    <message>
        <source>Add {money}</source>
        <translation>Tambah {money}</translation>
    </message>
    <message>
        <source>Add {pieces} more</source>
        <translation>Tambah {pieces} lagi</translation>
    </message>
    <message>
        <source>Needs another item</source>
        <translation>Perlu barang lain</translation>
    </message>
    <message>
        <source>Needs a code</source>
        <translation>Perlu kode</translation>
    </message>
    <message>
        <source>Code not verified</source>
        <translation>Kode belum diperiksa</translation>
    </message>
    <message>
        <source>For another group of customers</source>
        <translation>Untuk kelompok pelanggan lain</translation>
    </message>
    <message>
        <source>For another tier</source>
        <translation>Untuk tingkat lain</translation>
    </message>
    <message>
        <source>Not on this order</source>
        <translation>Bukan untuk pesanan ini</translation>
    </message>
    <message>
        <source>Not together with {other}</source>
        <translation>Tidak bersama {other}</translation>
    </message>
    <message>
        <source>Starts {day}</source>
        <translation>Mulai {day}</translation>
    </message>
    <message>
        <source>Ended {day}</source>
        <translation>Berakhir {day}</translation>
    </message>
    <message>
        <source>At another time</source>
        <translation>Pada waktu lain</translation>
    </message>
    <message>
        <source>In another shop</source>
        <translation>Di toko lain</translation>
    </message>
    <message>
        <source>With another way to pay</source>
        <translation>Dengan cara bayar lain</translation>
    </message>
    <message>
        <source>Used up</source>
        <translation>Sudah habis</translation>
    </message>
    <message>
        <source>Used as often as allowed</source>
        <translation>Sudah dipakai sebanyak batasnya</translation>
    </message>
    <message>
        <source>Nothing to take off here</source>
        <translation>Tidak ada yang bisa dipotong</translation>
    </message>
    <message>
        <source>Its item is not sold now</source>
        <translation>Barangnya sedang tidak dijual</translation>
    </message>
    <message>
        <source>Waits for the line</source>
        <translation>Menunggu jaringan</translation>
    </message>
    <message>
        <source>Declined on this bill</source>
        <translation>Ditolak di nota ini</translation>
    </message>
    <message>
        <source>Taken off this bill</source>
        <translation>Dilepas dari nota ini</translation>
    </message>
    <message>
        <source>Needs more points</source>
        <translation>Poin kurang</translation>
    </message>
    <message>
        <source>Needs a larger bill</source>
        <translation>Belanja kurang</translation>
    </message>
    <message>
        <source>Needs more pieces</source>
        <translation>Jumlah kurang</translation>
    </message>
    <message>
        <source>Not together with another one</source>
        <translation>Tidak bersama promo lain</translation>
    </message>
    <message>
        <source>Not yet</source>
        <translation>Belum mulai</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>Sudah berakhir</translation>
    </message>
    <message>
        <source>Needs {item}</source>
        <translation>Perlu {item}</translation>
    </message>
    <message>
        <source>Ended yesterday</source>
        <translation>Berakhir kemarin</translation>
    </message>
</context>
<context>
    <name>Receipt</name>
    <message>
        <source>Receipt</source>
        <translation>Struk</translation>
    </message>
    <message>
        <source>The bill is saved</source>
        <translation>Nota tersimpan</translation>
    </message>
    <message>
        <source>Give back</source>
        <translation>Kembalikan</translation>
    </message>
    <message>
        <source>Paid</source>
        <translation>Dibayar</translation>
    </message>
    <message>
        <source>The PDF is in {file}</source>
        <translation>PDF ada di {file}</translation>
    </message>
    <message>
        <source>Print a copy</source>
        <translation>Cetak salinan</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>Cetak</translation>
    </message>
    <message>
        <source>Save as PDF</source>
        <translation>Simpan sebagai PDF</translation>
    </message>
    <message>
        <source>Next customer</source>
        <translation>Pelanggan berikutnya</translation>
    </message>
    <message>
        <source>Bill {number}</source>
        <translation>Nota {number}</translation>
    </message>
    <message>
        <source>Cashier {name}</source>
        <translation>Kasir {name}</translation>
    </message>
    <message>
        <source>RETURN</source>
        <translation>RETUR</translation>
    </message>
    <message>
        <source>COPY</source>
        <translation>SALINAN</translation>
    </message>
    <message>
        <source>PRACTICE, NOT A SALE</source>
        <translation>LATIHAN, BUKAN PENJUALAN</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>Gratis</translation>
    </message>
    <message>
        <source>Before promotions</source>
        <translation>Sebelum promo</translation>
    </message>
    <message>
        <source>Promotions</source>
        <translation>Promo</translation>
    </message>
    <message>
        <source>TOTAL</source>
        <translation>TOTAL</translation>
    </message>
    <message>
        <source>Cash</source>
        <translation>Tunai</translation>
    </message>
    <message>
        <source>Card</source>
        <translation>Kartu</translation>
    </message>
    <message>
        <source>QRIS</source>
        <translation>QRIS</translation>
    </message>
    <message>
        <source>Voucher</source>
        <translation>Voucher</translation>
    </message>
    <message>
        <source>Gift card</source>
        <translation>Kartu hadiah</translation>
    </message>
    <message>
        <source>Wallet</source>
        <translation>Dompet</translation>
    </message>
    <message>
        <source>Store credit</source>
        <translation>Kredit toko</translation>
    </message>
    <message>
        <source>Pays like money, as soon as this bill has been sent</source>
        <translation>Berlaku seperti uang, begitu nota ini terkirim</translation>
    </message>
    <message>
        <source>For your next visit: {name}</source>
        <translation>Untuk kunjungan berikutnya: {name}</translation>
    </message>
    <message>
        <source>Bring this paper along</source>
        <translation>Bawa kertas ini</translation>
    </message>
    <message>
        <source>Bring this paper along by {day}</source>
        <translation>Bawa kertas ini paling lambat {day}</translation>
    </message>
    <message>
        <source>Rounded to coins</source>
        <translation>Pembulatan</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Kembali</translation>
    </message>
    <message>
        <source>Tax</source>
        <translation>Pajak</translation>
    </message>
    <message>
        <source>{tax} included</source>
        <translation>Termasuk {tax}</translation>
    </message>
    <message>
        <source>{tax} in the total</source>
        <translation>{tax} dalam total</translation>
    </message>
    <message>
        <source>Note: {note}</source>
        <translation>Catatan: {note}</translation>
    </message>
    <message>
        <source>Buyer&apos;s tax number</source>
        <translation>Nomor pajak pembeli</translation>
    </message>
    <message>
        <source>Buyer&apos;s {name}</source>
        <translation>{name} pembeli</translation>
    </message>
    <message>
        <source>{points} before</source>
        <translation>{points} sebelum</translation>
    </message>
    <message>
        <source>{points} used</source>
        <translation>{points} dipakai</translation>
    </message>
    <message>
        <source>{points} from this bill</source>
        <translation>{points} dari nota ini</translation>
    </message>
    <message>
        <source>{points} given back</source>
        <translation>{points} dikembalikan</translation>
    </message>
    <message>
        <source>{points} taken back</source>
        <translation>{points} ditarik</translation>
    </message>
    <message>
        <source>{points} now</source>
        <translation>{points} sekarang</translation>
    </message>
    <message>
        <source>{points} points expire {day}</source>
        <translation>{points} poin hangus {day}</translation>
    </message>
    <message>
        <source>The receipt&apos;s number, to scan</source>
        <translation>Nomor struk, untuk dipindai</translation>
    </message>
    <message>
        <source>Thank you, see you again</source>
        <translation>Terima kasih, sampai jumpa</translation>
    </message>
    <message>
        <source>Exchange</source>
        <translation>Tukar barang</translation>
    </message>
    <message>
        <source>RETURN WITHOUT RECEIPT</source>
        <translation>RETUR TANPA STRUK</translation>
    </message>
    <message>
        <source>Allowed by {name}</source>
        <translation>Diizinkan oleh {name}</translation>
    </message>
    <message>
        <source>Reason: {reason}</source>
        <translation>Alasan: {reason}</translation>
    </message>
    <message>
        <source>Served by {name}</source>
        <translation>Dilayani {name}</translation>
    </message>
    <message>
        <source>Store credit left</source>
        <translation>Sisa kredit toko</translation>
    </message>
    <message>
        <source>Left on the card</source>
        <translation>Sisa di kartu</translation>
    </message>
</context>
<context>
    <name>Redeem</name>
    <message>
        <source>{points} points, leaves {money}</source>
        <translation>{points} poin, jadi {money}</translation>
    </message>
    <message>
        <source>Redeem points</source>
        <translation>Tukar poin</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Batal</translation>
    </message>
    <message>
        <source>Sending</source>
        <translation>Mengirim</translation>
    </message>
    <message>
        <source>Asking</source>
        <translation>Menanyakan</translation>
    </message>
    <message>
        <source>Points to redeem</source>
        <translation>Poin yang ditukar</translation>
    </message>
    <message>
        <source>Code from the customer&apos;s phone</source>
        <translation>Kode dari HP pelanggan</translation>
    </message>
    <message>
        <source>No points can be redeemed on this bill.</source>
        <translation>Tidak ada poin yang bisa ditukar di nota ini.</translation>
    </message>
    <message>
        <source>{who}, {balance} points</source>
        <translation>{who}, {balance} poin</translation>
    </message>
    <message>
        <source>{who}, {balance} points, at most {most} on this bill</source>
        <translation>{who}, {balance} poin, paling banyak {most} di nota ini</translation>
    </message>
    <message>
        <source>{points}, leaves {money}</source>
        <translation>{points}, jadi {money}</translation>
    </message>
    <message>
        <source>Max {points}</source>
        <translation>Maks {points}</translation>
    </message>
    <message>
        <source>From {least}, in steps of {step}</source>
        <translation>Mulai {least}, kelipatan {step}</translation>
    </message>
    <message>
        <source>Code sent to {number}</source>
        <translation>Kode dikirim ke {number}</translation>
    </message>
    <message>
        <source>Perhaps no code was sent</source>
        <translation>Mungkin kode belum terkirim</translation>
    </message>
    <message>
        <source>1 try left</source>
        <translation>sisa 1 percobaan</translation>
    </message>
    <message>
        <source>{count} tries left</source>
        <translation>sisa {count} percobaan</translation>
    </message>
    <message>
        <source>Send again</source>
        <translation>Kirim ulang</translation>
    </message>
    <message>
        <source>Send again in {time}</source>
        <translation>Kirim ulang dalam {time}</translation>
    </message>
    <message>
        <source>Send the code</source>
        <translation>Kirim kode</translation>
    </message>
    <message>
        <source>Use no points</source>
        <translation>Tanpa poin</translation>
    </message>
    <message>
        <source>Send a new code</source>
        <translation>Kirim kode baru</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Coba lagi</translation>
    </message>
    <message>
        <source>Redeem {points}</source>
        <translation>Tukar {points}</translation>
    </message>
    <message>
        <source>{points} points are held by another bill. Call the manager</source>
        <translation>{points} poin ditahan nota lain. Panggil manajer</translation>
    </message>
    <message>
        <source>Take {points} points on trust</source>
        <translation>Pakai {points} poin atas dasar percaya</translation>
    </message>
    <message>
        <source>Without the line the balance is not certain.</source>
        <translation>Tanpa jaringan, saldonya tidak pasti.</translation>
    </message>
    <message>
        <source>The balance is from {time}. It may have changed since, nobody can ask.</source>
        <translation>Saldo ini dari pukul {time}. Mungkin sudah berubah, dan belum bisa ditanyakan.</translation>
    </message>
    <message>
        <source>No code can be sent, so a manager confirms it.</source>
        <translation>Kode tidak bisa dikirim, jadi manajer yang mengesahkan.</translation>
    </message>
    <message>
        <source>No code? Call the manager</source>
        <translation>Tak ada kode? Panggil manajer</translation>
    </message>
</context>
<context>
    <name>Reprint</name>
    <message>
        <source>Print a receipt again</source>
        <translation>Cetak ulang struk</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Batal</translation>
    </message>
    <message>
        <source>Print copy</source>
        <translation>Cetak salinan</translation>
    </message>
</context>
<context>
    <name>Return</name>
    <message>
        <source>Lines of the receipt</source>
        <translation>Baris struk</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Alasan</translation>
    </message>
    <message>
        <source>Receipt number</source>
        <translation>Nomor struk</translation>
    </message>
    <message>
        <source>Scan the receipt, or type its number</source>
        <translation>Pindai struk, atau ketik nomornya</translation>
    </message>
    <message>
        <source>Fewer</source>
        <translation>Kurang</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Tambah</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Semua</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Batal</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Kembali</translation>
    </message>
    <message>
        <source>Take goods back</source>
        <translation>Terima retur</translation>
    </message>
    <message>
        <source>Damaged</source>
        <translation>Rusak</translation>
    </message>
    <message>
        <source>Wrong item</source>
        <translation>Salah barang</translation>
    </message>
    <message>
        <source>Not wanted</source>
        <translation>Tidak jadi</translation>
    </message>
    <message>
        <source>Came back already</source>
        <translation>Sudah dikembalikan</translation>
    </message>
    <message>
        <source>{left} can come back</source>
        <translation>{left} bisa dikembalikan</translation>
    </message>
    <message>
        <source>{count} of {left} come back</source>
        <translation>{count} dari {left} dikembalikan</translation>
    </message>
    <message>
        <source>Give back</source>
        <translation>Kembalikan</translation>
    </message>
    <message>
        <source>Goes back to the customer</source>
        <translation>Kembali ke pelanggan</translation>
    </message>
    <message>
        <source>Back on {card}</source>
        <translation>Kembali ke {card}</translation>
    </message>
    <message>
        <source>Less, the gift card has paid that much</source>
        <translation>Dikurangi, sebesar itu sudah dibayar kartu hadiah</translation>
    </message>
    <message>
        <source>Less, for points already spent</source>
        <translation>Dikurangi, poin sudah dipakai</translation>
    </message>
    <message>
        <source>{points} back to the customer</source>
        <translation>{points} kembali ke pelanggan</translation>
    </message>
    <message>
        <source>{points} of this sale, taken back</source>
        <translation>{points} dari penjualan ini ditarik</translation>
    </message>
    <message>
        <source>{points} already spent</source>
        <translation>{points} sudah dipakai</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Cari</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Terima</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>Tanya lagi</translation>
    </message>
    <message>
        <source>Pay out {amount}</source>
        <translation>Bayarkan {amount}</translation>
    </message>
    <message>
        <source>Save the return</source>
        <translation>Simpan retur</translation>
    </message>
    <message>
        <source>To the card {amount}</source>
        <translation>Ke kartu {amount}</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Selesai</translation>
    </message>
    <message>
        <source>Return {number} is saved.</source>
        <translation>Retur {number} tersimpan.</translation>
    </message>
    <message>
        <source>Exchange for new goods</source>
        <translation>Tukar dengan barang baru</translation>
    </message>
    <message>
        <source>Exchange {amount}</source>
        <translation>Tukar {amount}</translation>
    </message>
    <message>
        <source>No receipt</source>
        <translation>Tanpa struk</translation>
    </message>
    <message>
        <source>Take goods back without a receipt</source>
        <translation>Terima retur tanpa struk</translation>
    </message>
    <message>
        <source>Today&apos;s price, in cash, no points</source>
        <translation>Harga hari ini, tunai, tanpa poin</translation>
    </message>
    <message>
        <source>Item</source>
        <translation>Barang</translation>
    </message>
    <message>
        <source>Scan the item, or type its name</source>
        <translation>Pindai barang, atau ketik namanya</translation>
    </message>
    <message>
        <source>Items found</source>
        <translation>Barang yang ditemukan</translation>
    </message>
    <message>
        <source>What comes back</source>
        <translation>Yang dikembalikan</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Tambah</translation>
    </message>
    <message>
        <source>Ask for approval</source>
        <translation>Minta persetujuan</translation>
    </message>
    <message>
        <source>Given back: {ways}.</source>
        <translation>Dikembalikan: {ways}.</translation>
    </message>
</context>
<context>
    <name>Sale</name>
    <message>
        <source>Total</source>
        <translation>Total</translation>
    </message>
    <message>
        <source>Pay</source>
        <translation>Bayar</translation>
    </message>
    <message>
        <source>1 item</source>
        <translation>1 barang</translation>
    </message>
    <message>
        <source>{count} items</source>
        <translation>{count} barang</translation>
    </message>
    <message>
        <source>1 line</source>
        <translation>1 baris</translation>
    </message>
    <message>
        <source>{count} lines</source>
        <translation>{count} baris</translation>
    </message>
    <message>
        <source>point</source>
        <translation>poin</translation>
    </message>
    <message>
        <source>points</source>
        <translation>poin</translation>
    </message>
    <message>
        <source>each {price}</source>
        <translation>@ {price}</translation>
    </message>
    <message>
        <source>{price} per kg</source>
        <translation>{price} per kg</translation>
    </message>
    <message>
        <source>Tax</source>
        <translation>Pajak</translation>
    </message>
    <message>
        <source>{tax} included</source>
        <translation>Termasuk {tax}</translation>
    </message>
    <message>
        <source>{tax} in the total</source>
        <translation>{tax} dalam total</translation>
    </message>
</context>
<context>
    <name>Salesperson</name>
    <message>
        <source>Who served?</source>
        <translation>Siapa yang melayani?</translation>
    </message>
    <message>
        <source>Type the number, or choose and press Enter.</source>
        <translation>Ketik nomornya, atau pilih lalu tekan Enter.</translation>
    </message>
    <message>
        <source>Nobody</source>
        <translation>Tidak ada</translation>
    </message>
    <message>
        <source>As on the bill</source>
        <translation>Seperti di nota</translation>
    </message>
    <message>
        <source>Remove the item</source>
        <translation>Hapus barang</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Batal</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>Pilih</translation>
    </message>
    <message>
        <source>Salespeople</source>
        <translation>Pramuniaga</translation>
    </message>
    <message>
        <source>on this bill</source>
        <translation>di nota ini</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>Screen and language</source>
        <translation>Layar dan bahasa</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Warna</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Bahasa</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Ukuran</translation>
    </message>
    <message>
        <source>Hand</source>
        <translation>Tangan</translation>
    </message>
    <message>
        <source>Motion</source>
        <translation>Gerak</translation>
    </message>
    <message>
        <source>Second screen for the customer</source>
        <translation>Layar kedua untuk pelanggan</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Terang</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Gelap</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>Kontras tinggi</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>Kiri</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>Kanan</translation>
    </message>
    <message>
        <source>Moving</source>
        <translation>Bergerak</translation>
    </message>
    <message>
        <source>Still</source>
        <translation>Diam</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Mati</translation>
    </message>
    <message>
        <source>On</source>
        <translation>Nyala</translation>
    </message>
    <message>
        <source>The new size counts when the till starts again.</source>
        <translation>Ukuran baru berlaku saat kasir dibuka lagi.</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Selesai</translation>
    </message>
</context>
<context>
    <name>Shift</name>
    <message>
        <source>Amount</source>
        <translation>Jumlah</translation>
    </message>
    <message>
        <source>Pieces of {value}</source>
        <translation>Lembar {value}</translation>
    </message>
    <message>
        <source>In the drawer</source>
        <translation>Di laci</translation>
    </message>
    <message>
        <source>Print the report and sign it.</source>
        <translation>Cetak laporannya dan tanda tangani.</translation>
    </message>
    <message>
        <source>Float</source>
        <translation>Modal kas</translation>
    </message>
    <message>
        <source>What was sold is on the report, after the drawer is counted.</source>
        <translation>Penjualan ada di laporan, setelah laci dihitung.</translation>
    </message>
    <message>
        <source>Missing in the drawer</source>
        <translation>Kurang di laci</translation>
    </message>
    <message>
        <source>Too much in the drawer</source>
        <translation>Lebih di laci</translation>
    </message>
    <message>
        <source>The drawer is exact</source>
        <translation>Isi laci pas</translation>
    </message>
    <message>
        <source>Put money in</source>
        <translation>Masukkan uang</translation>
    </message>
    <message>
        <source>Take money out</source>
        <translation>Ambil uang</translation>
    </message>
    <message>
        <source>Count and close</source>
        <translation>Hitung dan tutup</translation>
    </message>
    <message>
        <source>Payments</source>
        <translation>Pembayaran</translation>
    </message>
    <message>
        <source>Tax</source>
        <translation>Pajak</translation>
    </message>
    <message>
        <source>Promotions</source>
        <translation>Promo</translation>
    </message>
    <message>
        <source>Points</source>
        <translation>Poin</translation>
    </message>
    <message>
        <source>Salespeople</source>
        <translation>Pramuniaga</translation>
    </message>
    <message>
        <source>Drawer</source>
        <translation>Laci</translation>
    </message>
    <message>
        <source>X REPORT</source>
        <translation>LAPORAN X</translation>
    </message>
    <message>
        <source>Z REPORT {number}</source>
        <translation>LAPORAN Z {number}</translation>
    </message>
    <message>
        <source>Till {till}</source>
        <translation>Kasir {till}</translation>
    </message>
    <message>
        <source>Opened by {name}</source>
        <translation>Dibuka {name}</translation>
    </message>
    <message>
        <source>Closed by {name}</source>
        <translation>Ditutup {name}</translation>
    </message>
    <message>
        <source>Cash from bills</source>
        <translation>Tunai dari nota</translation>
    </message>
    <message>
        <source>Opened without a sale</source>
        <translation>Dibuka tanpa penjualan</translation>
    </message>
    <message>
        <source>Should be there</source>
        <translation>Seharusnya ada</translation>
    </message>
    <message>
        <source>Sales: {count}</source>
        <translation>Penjualan: {count}</translation>
    </message>
    <message>
        <source>Returns: {count}</source>
        <translation>Retur: {count}</translation>
    </message>
    <message>
        <source>TURNOVER</source>
        <translation>OMZET</translation>
    </message>
    <message>
        <source>Bills {first} to {last}</source>
        <translation>Nota {first} sampai {last}</translation>
    </message>
    <message>
        <source>{points} earned</source>
        <translation>{points} didapat</translation>
    </message>
    <message>
        <source>Nobody</source>
        <translation>Tidak ada</translation>
    </message>
    <message>
        <source>Counted</source>
        <translation>Dihitung</translation>
    </message>
    <message>
        <source>MISSING</source>
        <translation>KURANG</translation>
    </message>
    <message>
        <source>TOO MUCH</source>
        <translation>LEBIH</translation>
    </message>
    <message>
        <source>EXACT</source>
        <translation>PAS</translation>
    </message>
    <message>
        <source>Bills set aside</source>
        <translation>Nota ditahan</translation>
    </message>
    <message>
        <source>Waiting to be sent</source>
        <translation>Belum terkirim</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Keluar</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Kembali</translation>
    </message>
    <message>
        <source>Open the shift</source>
        <translation>Buka sif</translation>
    </message>
    <message>
        <source>The shift so far</source>
        <translation>Sif sampai sekarang</translation>
    </message>
    <message>
        <source>Count the drawer</source>
        <translation>Hitung laci</translation>
    </message>
    <message>
        <source>The shift is closed</source>
        <translation>Sif sudah ditutup</translation>
    </message>
    <message>
        <source>How much change is in the drawer to begin with?</source>
        <translation>Berapa modal uang di laci?</translation>
    </message>
    <message>
        <source>How much goes into the drawer, and why?</source>
        <translation>Berapa yang masuk laci, dan untuk apa?</translation>
    </message>
    <message>
        <source>How much leaves the drawer, and why?</source>
        <translation>Berapa yang keluar laci, dan untuk apa?</translation>
    </message>
    <message>
        <source>How many of each? Enter goes to the next.</source>
        <translation>Berapa masing-masing? Enter ke yang berikut.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Buka</translation>
    </message>
    <message>
        <source>Back to selling</source>
        <translation>Kembali jualan</translation>
    </message>
    <message>
        <source>Put in</source>
        <translation>Masuk</translation>
    </message>
    <message>
        <source>Take out</source>
        <translation>Ambil</translation>
    </message>
    <message>
        <source>Close the shift</source>
        <translation>Tutup sif</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Selesai</translation>
    </message>
    <message>
        <source>Change money</source>
        <translation>Tukar uang</translation>
    </message>
    <message>
        <source>From the safe</source>
        <translation>Dari brankas</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>Ditemukan</translation>
    </message>
    <message>
        <source>To the safe</source>
        <translation>Ke brankas</translation>
    </message>
    <message>
        <source>Supplier</source>
        <translation>Pemasok</translation>
    </message>
    <message>
        <source>Errand</source>
        <translation>Belanja</translation>
    </message>
    <message>
        <source>Taken out</source>
        <translation>Keluar</translation>
    </message>
    <message>
        <source>Bills set aside: {count}</source>
        <translation>Nota ditahan: {count}</translation>
    </message>
    <message>
        <source>Waiting to be sent: {count}.</source>
        <translation>Belum terkirim: {count}.</translation>
    </message>
    <message>
        <source>{tax} on {base}</source>
        <translation>{tax} dari {base}</translation>
    </message>
</context>
<context>
    <name>Sign in</name>
    <message>
        <source>The bill waits for you</source>
        <translation>Nota menunggu Anda</translation>
    </message>
    <message>
        <source>Who is at the till?</source>
        <translation>Siapa di kasir?</translation>
    </message>
    <message>
        <source>Choose yourself</source>
        <translation>Pilih nama Anda</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Kata sandi</translation>
    </message>
    <message>
        <source>Who lets {name} in?</source>
        <translation>Siapa mengizinkan {name} masuk?</translation>
    </message>
    <message>
        <source>Let in</source>
        <translation>Izinkan</translation>
    </message>
    <message>
        <source>Call the manager</source>
        <translation>Panggil manajer</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Kembali</translation>
    </message>
    <message>
        <source>Your shift begins: type your password</source>
        <translation>Sif Anda mulai: ketik kata sandi</translation>
    </message>
    <message>
        <source>Type your PIN</source>
        <translation>Ketik PIN Anda</translation>
    </message>
    <message>
        <source>Touch your tile, or type its number</source>
        <translation>Sentuh kotak Anda, atau ketik nomornya</translation>
    </message>
    <message>
        <source>PIN</source>
        <translation>PIN</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Lanjut</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Masuk</translation>
    </message>
    <message>
        <source>One moment</source>
        <translation>Sebentar</translation>
    </message>
    <message>
        <source>Cashier</source>
        <translation>Kasir</translation>
    </message>
    <message>
        <source>Supervisor</source>
        <translation>Penyelia</translation>
    </message>
    <message>
        <source>Manager</source>
        <translation>Manajer</translation>
    </message>
    <message>
        <source>Technician</source>
        <translation>Teknisi</translation>
    </message>
    <message>
        <source>In this demo the PIN is {pin}</source>
        <translation>Di demo ini PIN-nya {pin}</translation>
    </message>
    <message>
        <source>Practise</source>
        <translation>Latihan</translation>
    </message>
</context>
<context>
    <name>Start</name>
    <message>
        <source>A file that only this user can read</source>
        <translation>Berkas yang hanya bisa dibaca pengguna ini</translation>
    </message>
    <message>
        <source>Ask for a code at every start</source>
        <translation>Minta kode setiap kali mulai</translation>
    </message>
    <message>
        <source>Look at the demo shop</source>
        <translation>Lihat toko demo</translation>
    </message>
    <message>
        <source>Address of the backend</source>
        <translation>Alamat server</translation>
    </message>
    <message>
        <source>https:// …</source>
        <translation>https:// …</translation>
    </message>
    <message>
        <source>Enrolment code</source>
        <translation>Kode pendaftaran</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Hubungkan</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Coba lagi</translation>
    </message>
    <message>
        <source>done</source>
        <translation>selesai</translation>
    </message>
    <message>
        <source>now</source>
        <translation>sekarang</translation>
    </message>
    <message>
        <source>next</source>
        <translation>berikutnya</translation>
    </message>
    <message>
        <source>Connect this till</source>
        <translation>Hubungkan kasir ini</translation>
    </message>
    <message>
        <source>Opening the shop</source>
        <translation>Membuka toko</translation>
    </message>
    <message>
        <source>The manager&apos;s page shows the address, and a code that works for ten minutes.</source>
        <translation>Halaman manajer menampilkan alamat, dan kode yang berlaku sepuluh menit.</translation>
    </message>
    <message>
        <source>This happens once. Later starts need no line.</source>
        <translation>Ini hanya sekali. Berikutnya tidak perlu jaringan.</translation>
    </message>
    <message>
        <source>Welcome</source>
        <translation>Selamat datang</translation>
    </message>
    <message>
        <source>It stopped here</source>
        <translation>Berhenti di sini</translation>
    </message>
    <message>
        <source>One moment</source>
        <translation>Sebentar</translation>
    </message>
    <message>
        <source>Type both and press Enter.</source>
        <translation>Ketik keduanya lalu tekan Enter.</translation>
    </message>
    <message>
        <source>Nothing is lost. Enter goes on from here.</source>
        <translation>Tidak ada yang hilang. Enter melanjutkan dari sini.</translation>
    </message>
    <message>
        <source>Nothing to do here. It goes on by itself.</source>
        <translation>Tidak perlu menekan apa pun. Ini berjalan sendiri.</translation>
    </message>
    <message>
        <source>Items, rules and staff come in</source>
        <translation>Barang, aturan, dan staf masuk</translation>
    </message>
    <message>
        <source>{count} items are here</source>
        <translation>{count} barang sudah ada</translation>
    </message>
    <message>
        <source>Backend answers</source>
        <translation>Server menjawab</translation>
    </message>
    <message>
        <source>Sign in and sell</source>
        <translation>Masuk dan berjualan</translation>
    </message>
    <message>
        <source>The address begins with https:// and names a backend. Look at it once more.</source>
        <translation>Alamat diawali https:// dan menunjuk server. Periksa sekali lagi.</translation>
    </message>
    <message>
        <source>The backend does not answer. Look at the cable and the address, then try again.</source>
        <translation>Server tidak menjawab. Periksa kabel dan alamat, lalu coba lagi.</translation>
    </message>
    <message>
        <source>Something answers there that is no loyalty backend. Look at the address once more.</source>
        <translation>Yang menjawab di sana bukan server poin. Periksa alamat sekali lagi.</translation>
    </message>
    <message>
        <source>The backend cannot show who it is. Ask your technician for its certificate.</source>
        <translation>Server tidak bisa menunjukkan jati dirinya. Minta sertifikatnya ke teknisi.</translation>
    </message>
    <message>
        <source>The code is not right or has run out. Ask the manager for a new one.</source>
        <translation>Kode salah atau habis waktu. Minta kode baru ke manajer.</translation>
    </message>
    <message>
        <source>This till was signed off at the backend. Ask the manager for a new code.</source>
        <translation>Kasir ini dilepas di server. Minta kode baru ke manajer.</translation>
    </message>
    <message>
        <source>The backend does not take this till now. Try again, or ask your technician.</source>
        <translation>Server belum menerima kasir ini. Coba lagi, atau tanya teknisi.</translation>
    </message>
    <message>
        <source>The disk takes nothing more. Make room on it, then try again.</source>
        <translation>Disk penuh. Kosongkan tempat, lalu coba lagi.</translation>
    </message>
    <message>
        <source>This computer has no safe place for the till&apos;s key. Choose where to keep it.</source>
        <translation>Komputer ini tidak punya tempat aman untuk kunci kasir. Pilih di mana menyimpannya.</translation>
    </message>
</context>
<context>
    <name>Status</name>
    <message>
        <source>{count} waiting to send</source>
        <translation>{count} menunggu kirim</translation>
    </message>
    <message>
        <source>Printer ready</source>
        <translation>Printer siap</translation>
    </message>
    <message>
        <source>No printer</source>
        <translation>Tidak ada printer</translation>
    </message>
    <message>
        <source>Printer out of paper</source>
        <translation>Kertas printer habis</translation>
    </message>
    <message>
        <source>Printer does not answer</source>
        <translation>Printer tidak menjawab</translation>
    </message>
    <message>
        <source>Till {name}</source>
        <translation>Kasir {name}</translation>
    </message>
    <message>
        <source>Online</source>
        <translation>Online</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>Offline</translation>
    </message>
</context>
</TS>
