"""The reference loyalty backend: members, points, codes, holds, bills and refunds behind ``/v1``.

It knows no till and no Qt. One route table (``routes``) says what may be asked, by whom and in which form; from it
come the ASGI app (``app``), the OpenAPI schema (``openapi``) and the check that another shop's token gets nothing. An
*operation* is a plain function ``(call, message) -> answer`` that runs inside one transaction; ``backend.Backend``
finds out who calls, runs the operation and answers only once the transaction is durable, so tests and the simulation
drive the same code without HTTP, with their own clock, chance and disk.

::

    serve, app        sockets, limits of size, graceful stop         seed          a shop from plain domain values
    backend, routes   who may ask what; one transaction a message    openapi       the schema, from the wire types
    auth              tokens of tills, channels and the operator     limits        how often in which time
    shops, staff      profile, versions, rights, credentials         catalogue     items by version, pages, imports
    shop_file         a shop as the file that sets it up
    programmes        rules by version, compiled once                members       numbers sealed, look-up, merging
    accounts          posted, held, lots, ledger                     history       what moved, newest first
    reckoning         the bill from our own rules and catalogue      codes         challenges, sendings, tries
    holds             the table of redemption.md                     bills         always stored, a result a part
    captures, proofs  what a bill takes of a hold                    refunds       reserve, void, paid
    channels          a web shop on the same account                 outbox        messages to customers, after commit
    shifts            closed shifts of the tills, stored once
    reviews, audit    what a manager looks at; the hash chain        recovery      epoch, digest, restored databases
    doctor, sweep     the invariants; what is due by itself          shorts        what a restored backend settles late

For managers, each question in a session that their own PIN opened (``sessions``)::

    applied           records of promotions, with their bill         records, figures  pages of records; sums of them
    sales, reports    what was sold, added up; reports of it         suspicions        what is odd, put before one
    approvals         a word asked for from afar                     reconciliation    bills, ledger, balances compared
    rebuilding        records written anew from stored bills         repairs           one safe action a difference

How a redemption lives here is the table in redemption.md, "Server"; ``holds`` repeats it row by row. Three things are
easily got wrong and are therefore in one place each. *What is kept when the answer is no*: an operation that raises
``Refused`` leaves nothing behind; one that must count a wrong code or remember a refusal returns it. *Who is locked
first*: accounts by id, then challenge, then redemption (``accounts.lock``). *What a till may say*: figures from tills
are compared, never booked; ``reckoning`` works them out again.

Time comes in two sorts. ``call.time`` is seconds of the server's own clock that never jumps, for everything that runs
out within hours; ``call.now`` is the wall's, for days, receipts and people (redemption.md, principle 5).
"""
