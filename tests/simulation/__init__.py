"""A shop day in which everything goes wrong, played by the program's own code, the same way for the same seed.

**The world** (``world``) is one thread and a heap of events in the order of their time. Everything that takes time is
an event: a call in the background, an answer on the wire, a timer, a cashier who thinks. What blocks (a request, a card
terminal) lets other events happen from inside until it is answered.

**The actors** are real: ``till`` builds Checkout, Sale, JournalWriter, Postman, OutboxSender and Recovery over the real
``SqliteJournal`` and the connector's real ``TukarBackend`` and ``Http``; ``server`` holds the real ``Backend`` with its
real SQL and group commit (``commits``). Only ports are others: ``clock``, ``background``, ``disk`` (SQLite in memory,
through the injected connect function), ``net`` (in place of the socket: the wire's own bytes), chance, and the bank
behind the real terminal simulator (``terminal``). ``cashier`` does what a person could do (``plans``, ``tendering``,
``asking``, ``goods_back``), and never what it may not; ``others`` are a web shop, a back office and the weather.

**The faults.** Requests and answers are dropped, delayed, doubled, come long after the till gave up; lines are cut;
tills and server end at any *point* (before and after every commit, before and after every request, around every call
of the terminal), by kill or by power cut, which takes what was not synced; disks are full, on either side; terminals
answer nothing while they take the money; clocks are set forward and back; days end; rules change; holds are released;
goods come back; cashiers think for hours; one bill never gets through; a till cheats; a till is cloned.

**A seed becomes a schedule** in ``choices``: every decision has a site and a number, a tame value and some wild ones.
The seed makes some of them wild, and those are the schedule. The exhaustive mode plays a calm schedule again and again
with a crash at the first, second … point of it.

**The end.** The world heals: nothing goes wrong any more, the cashiers finish what is in hand, and within some hours
all must be quiet. ``invariants`` looks after every commit and answer (I1 to I3, I13, I16, I17), and at rest at all.

A campaign of many schedules is cut into shares for all cores (``several``).

**Minimising** (``minimise``) leaves out wild decisions, first many at once, as long as the same invariant breaks; what
is left is printed as the argument of ``--replay``, which tells the story event by event.

``defects`` are mistakes put into the program on purpose; ``test_simulation`` shows that each of them is found.
``one_shot`` plays the same days over a backend that only redeems and reverses, behind the real emulated hold.

``technician`` restores the server from a back-up, revokes tills and puts others in their place; a clone and every till
beside those looks after itself with the program's own upkeep. ``errands`` are what else people ask of the backend, a
``stranger`` what nobody may, ``left`` what a till agreed to and never ended, ``spoiled`` what happens to books when all
is over and who has to see it, ``managers_room`` what a manager does there; ``held_desk`` sets bills aside and takes
them up at other tills. Some tills have a ``front``: their cashiers sell at the program's own sheets, by hand prices and
discounts, with goods that nobody has a receipt of, gift cards, new customers, and a second person's PIN
(``front_plays``). At some a cashier first waits for the start and signs in, a second screen follows the bill, and
settings, keys and help are at hand (``desk``, ``desk_plays``). ``trust`` is a shop whose tills may take points while
the line is cut. In the ``office`` stands the manager's room itself over remembering screens: somebody signs in,
filters, decides, repairs and exports (``office_plays``), and the next morning every figure has to be what the bills
come to; an operator plays the bills again in the sandbox of the rules (``rules_trial``) and reads the shop's file
(``operators_desk``). ``measured`` says what of the program all this has to go through, and what it leaves out.

A till may keep its other files on a real disk (``till_files``, ``paper_plays``): its program ends before any change of
them, the disk is full or loses what was not synced (``real_disk``), and what was kept is there as it was, or as it was
being written, whole (``file_keeping``). A back-up of such a till is put in its place again (``restoring``). The
server of such a day answers through its app, and has its own folder, figures and log (``app_front``).

Some tills speak through all of the connector, down to the socket (``sockets``); most only through its tables (``net``).

**Not simulated:** PostgreSQL, TLS, screens, and a disk that lies about a sync.
"""
