"""The reference loyalty backend: members, points, codes, holds, bills and refunds behind ``/v1``.

It knows no till and no Qt. One route table (``routes``) says what may be asked, by whom and in which form; from it
come the ASGI app (``app``), the OpenAPI schema (``openapi``) and the check that another shop's token gets nothing. An
*operation* is a plain function ``(call, message) -> answer`` that runs inside one transaction; ``backend.Backend``
finds out who calls, runs the operation and answers only once the transaction is durable, so tests and the simulation
drive the same code without HTTP, with their own clock, chance and disk.

::

    serve, app              sockets, limits, graceful stop       folder, keys              root key; what is drawn of it
    backend, routes         who may ask what, in one go          openapi                   the schema, from wire types
    call, refusing          what is handed in; how a no is said  storage                   tables, engines, transactions
    clock, chance           time and luck, handed in             logs, metrics             what machines read
    auth, passwords         tokens; PINs as slow hashes          limits, throttle          how often in which time
    shops, shop_file        a shop, and its file                 seed, demo_shop           one to start with
    staff                   rights, credentials                  catalogue                 items by version, imports
    programmes              rules by version, compiled once      members, numbers          look-up, merging; sealed
    accounts                posted, held, lots, ledger           history                   what moved, newest first
    quotes, reckoning       the bill from our own rules          codes                     challenges, sendings, tries
    holds, redemption_rows  the table of redemption.md           uses                      limits over many sales
    bills, bill_moves       always stored, a result a part       stored_bills, buyers      read again; tax numbers
    delivering              by whom, in what order           voids                     taken back by their till
    captures, proofs        what a bill takes of a hold          claim_captures            the same without points
    values                  gift cards, store credit             value_holds, value_bills  held, captured, sold
    refunds, refund_moves   reserve, void, paid                  shorts                    what settles late
    refund_rows             where each stands, which are left
    held                    bills set aside for every till       shifts                    closed shifts, stored once
    channels                a web shop on the same account       outbox, carriers, texts   messages, after commit
    reviews, audit          for a manager; the hash chain        recovery                  epoch, digest, restoring
    doctor, sweep           invariants; what is due by itself

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
