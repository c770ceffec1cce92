"""What a cashier does, without Qt: one module per screen, and the machinery of a sale behind them.

One circle runs through every screen (architecture.md, "One circle")::

    widget signal -> presenter method -> Sale, or a port call in the background -> new frozen model -> view.show(model)

``sale.Sale`` is the single truth of the bill in hand: it replaces one immutable ``Bill`` by the next, prices it and
tells its listeners. Presenters are plain classes with everything handed in; they never talk to each other. Models
are frozen and hold values (Money, Points, enums, a ``Notice``), never formatted or translated text.

``ports`` names everything outside that a sale needs: the loyalty backend, the journal, the card terminal, printer,
clock, ids. ``background`` is the one door for work that waits, and ``gear`` what everything at work on a bill is given.

*Screens*, a presenter with its model and view each::

    the start, who is at the till  starting, signing_in, staffing, passwords
    a second person's word         permitting, approving, asking_afar
    where one is, how it is set    navigation, keys, key_settings, preferences, settings_table, kiosk
    goods on the bill              finding, scanning, pictures, billing, line_work, bill_work, bill_words
    who buys, who serves           customers, looking_up, mobiles, salespeople
    offers                         offering, promoting, set_deals
    points and money               redeem_screen, redeem_model, point_choices, payment_screen, payment_model,
                                   value_desk
    the saved bill                 receipt_screen, reprinting
    bills set aside                holding, held_shelf, leasing
    goods that come back           returning, returning_model, receiptless, receiptless_model
    the drawer and its shift       no_sale, shift_desk, shift_screen
    around it                      status, customer_display, support_file

*A sale behind them*: ``checkout`` is the one state machine of code, redemption and payment, ``checkout_model`` what it
shows (``views`` draws it) and ``stage`` its state. ``covering`` sees that points are held before money is taken, with
``needs``, ``needing``, ``redeeming``, ``rows``, ``asking``, ``deadlines``, ``keeping``, ``letting_go``, ``vouching``,
``overriding`` and ``balances``; ``quoting``, ``code_looking`` and ``scarce`` ask beforehand, ``releasing`` frees what
another bill holds, ``trusting`` says what may be done without the line. ``tendering`` takes the money, with ``paying``,
``terminals`` and ``valuing``, and ``card_selling`` sells cards. ``finishing`` ends it, with ``saving`` and
``receipts``.

*Goods that come back*: ``refunding`` asks and pays out, ``agreed`` is what was agreed to, ``return_receipt`` its paper,
``exchanging`` the sale it pays for, ``unfinished_refunds`` what a crash left of it.

*Behind the cashier's back*: ``line`` knows whether the backend is there, ``writing`` queues what goes to the disk,
``drafts`` keeps the bill in hand, ``outbox`` and ``delivery`` send what was saved, ``sync`` fetches what the shop
decides, ``upkeep`` looks after all of it, and ``recovery`` tells the truth after a crash.

*What is said*: ``notices`` as values, ``refusals`` for whoever said no; ``scrubbing`` takes out what nobody may read,
``key_store`` names where a token may lie.

*Rooms of their own*: ``managing`` is the manager's, ``sandbox`` tries rules; ``replay`` rings the ``invoices`` of
another shop.

There are three kinds of error only: *refused* (``ports.Refused``, said where the cashier looks), *unreachable*
(``ports.Unreachable``, a strip that says what still works) and a bug, which nothing here catches.
"""
