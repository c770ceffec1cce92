"""This till's own disk: what must survive a crash, a power cut and a day without the line.

Everything lies in one data folder (``paths``), which one program holds at a time (``lock``)::

    journal.sqlite3     the record of truth: bills, redemptions, outbox, card attempts, review items, audit chain
    drafts.sqlite3      the sales in hand; synced lazily, and before money moves
    catalogue.sqlite3   the till's copy of what is sold, with its search index; rebuilt from the backend at will
    settings.toml       what the till was told about itself, with the last good copy beside it
    programme.json …    programme, staff, salespeople and shop as last heard, for a start without the line
    tries.json          wrong PINs and passwords, so that a restart gives nobody five more

``journal.SqliteJournal`` is ``ports.Journal``. It is a thin face over one module for each concern (``receipts``,
``redemptions``, ``refunds``, ``attempts``, ``offers``, ``outbox``, ``told``, ``review``, ``audit``, ``drafts``,
``shifts``; ``schema`` has their tables): those are plain functions on an open transaction, so that one transaction can
span several of them and the save of a bill is one commit and one ``fdatasync``. ``disk.Database`` owns the connection,
its one lock and its pragmas, and turns what SQLite raises into ``ports.DiskTrouble``; the function that opens a
connection is handed in, which is where tests and the simulation make a disk that fills up, fails or forgets.

``catalogue.CatalogueCopy`` is ``ports.ItemIndex``. Its reads are one indexed statement each and may run on the
window's thread; its writes and the building of the index run in the background; ``item_search`` is how typed text
meets it. ``programme_copy`` keeps the rest of what the backend decides, and ``doorplate`` what the first picture needs
of it. ``manager_shelf`` is what a manager keeps here, ``sheets`` the tables they take away.

``backup`` puts all of it but token and keys into one file, and back; what was there before is put away, not deleted.
``lock`` keeps a second program out of the folder; ``control`` lets commands ask the till that holds it, because its
journal can be opened by nobody else. ``doctor`` examines the journal and says in words what is wrong and what waits.
``secrets`` is where token and keys live, ``sealing`` what a queued member's number is unreadable by, and ``buyers``
seals the tax number of whoever a bill is made out to; ``credentials`` compares PINs with their hashes, ``tries`` counts
the wrong ones. ``intents`` is the record of a hold that is emulated (``loyalty.emulated``).

``stored`` is the only module that knows how values are written as JSON; it borrows the wire's form. ``columns`` says
how they lie in columns, ``settings`` how in TOML. ``clock`` and ``ids`` are the machine's time and new names,
``atomic`` writes a file whole or not at all, ``log_file`` is the till's log.

Nothing here imports requests, keyring, cryptography or argon2 at the top of a module: the window is painted first
(performance.md, "What the numbers say").
"""
