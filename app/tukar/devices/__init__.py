"""What stands on the counter: card terminal, QR payments, receipt printer, cash drawer.

Each is a port of ``till.ports`` with a simulator that is as awkward as the real thing: a terminal that declines, is
cancelled, answers nothing, or takes the money and loses the answer. What the simulated bank took lies in a file of
its own, so that after a crash the till can ask by reference, as it would ask a real one.

    bank        what a bank remembers of payments, by reference
    terminal    the card terminal as a customer and a bank make it behave
    qris        the same for payments that the customer makes by scanning
    escpos      a receipt as bytes for a receipt printer, and the pulse that opens the drawer
    printers    where such bytes go: a file or device, a network printer, nowhere

What a receipt looks like is not decided here: a function that draws it is handed in, because drawing needs Qt.
``escpos`` needs the extra ``hardware`` and is imported at the first print.
"""
