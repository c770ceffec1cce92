"""What a cashier does, without Qt: one module per screen, and the machinery of a sale behind them.

One circle runs through every screen (architecture.md, "One circle")::

    widget signal -> presenter method -> Sale, or a port call in the background -> new frozen model -> view.show(model)

``sale.Sale`` is the single truth of the bill in hand: it replaces one immutable ``Bill`` by the next, prices it and
tells its listeners. Presenters are plain classes with everything handed in; they never talk to each other. Models
are frozen and hold values (Money, Points, enums, a ``Notice``), never formatted or translated text.

``ports`` names everything outside that a sale needs: the loyalty backend, the journal, the card terminal, printer,
clock, ids. ``background`` is the one door for work that waits. ``checkout`` is the one state machine of code,
redemption and payment; ``outbox`` delivers what was saved; ``recovery`` tells the truth after a crash.

There are three kinds of error only: *refused* (``ports.Refused``, said where the cashier looks), *unreachable*
(``ports.Unreachable``, a strip that says what still works) and a bug, which nothing here catches.
"""
