"""Connectors to loyalty backends, each behind ``ports.LoyaltyBackend``.

``tukar_backend.TukarBackend`` speaks to our own server: ``http`` carries its requests with one retry table and one
error table over ``sockets`` that a closing till can close, ``addresses`` says where things are, ``identity`` who asks;
the messages are those of ``tukar.wire``, and ``answers`` makes values of the ports of them. ``manager`` is what a
manager asks, ``enrolling`` how a device becomes a till, ``downloads`` fetches updates the same way. ``emulated`` makes
a hold out of a backend that only knows "redeem" and "reverse". Import them late: requests alone costs 100 ms.

Write your own connector
========================

1. Say what your backend can do, in ``Capabilities``. The till asks nothing that is not there: without ``otp`` it sends
   no code, without ``partial`` it takes whole rewards only, with ``idempotency=none`` it never repeats a message.

2. Map five things. A *member* to ``LoyaltyAccount`` (masked numbers only; whole ones never leave the connector). A
   *balance* to ``PointsBalance``: what the backend says is spendable is ``posted`` - ``held``. *Reserving points* to
   ``hold``, ``extend``, ``void`` and ``redemption``. *A saved bill* to ``put_bill``: take what was held, report the
   earning, and answer for each part what became of it. *What it refuses* to ``Refused``.

3. Choose how points are reserved.

   * The backend has holds that run out: ``hold`` is one call, ``ttl`` what it grants.
   * It locks points without a time-out: the same with ``Hold.LOCK``; the till still counts on 30 minutes and voids
     what it does not use, and so do you on ``void``.
   * It only redeems: write the seven methods of ``emulated.OneShot`` and wrap them in ``emulated.EmulatedHold``.

4. Keep three promises, which the contract suite (``tests/loyalty/test_contract*.py``) holds you to:

   * Every call ends in an answer, ``Refused`` or ``Unreachable``. ``Unreachable.sent`` is False only when the message
     certainly never left; a time-out is *unknown*.
   * The same id is the same message: asked again it gets the same answer, and nothing happens twice. Where the backend
     cannot promise that, say ``Idempotency.NONE`` and find out by its history, never by trying again.
   * ``put_bill`` never refuses a bill because a part of it did not work out: the customer has left with the goods. The
     part gets its ``Outcome``; everything but DONE and NONE becomes an item that a manager sees.

5. Use ``http.Http`` where your backend speaks JSON over HTTP, and turn its refusals into ours in one table. Add a fake
   of your backend to ``tests/fakes/backends.py``, its line to the suite's list, and run it.

A connector holds no state that matters: what must survive a crash is in the journal before it is sent.
"""
