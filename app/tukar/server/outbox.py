"""Messages to customers: written down sealed with the change they belong to, sent after its commit, once.

A message is taken out of the table before it is handed to the carrier: when the backend dies in between, it is lost
and the cashier asks for another sending; nobody ever gets two for one ``send_id`` (redemption.md, "Server").
"""

import json
import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from sqlalchemy import text

from tukar.server.call import Call
from tukar.server.keys import Keys
from tukar.server.storage.statements import Statements

AT_ONCE: Final = 20
LOOK_EVERY_SECONDS: Final = 2.0

_PUT: Final = text(
    "INSERT INTO messages (shop_id, message_id, sealed, made_time) VALUES (:shop_id, :message_id, :sealed, :time)"
    " ON CONFLICT (shop_id, message_id) DO NOTHING"
)
_WAITING: Final = text(
    "SELECT shop_id, message_id, sealed FROM messages WHERE state = 'waiting' ORDER BY made_time LIMIT :at_once"
)
_TAKE: Final = text(
    "UPDATE messages SET state = 'sent', sealed = ''"
    " WHERE shop_id = :shop_id AND message_id = :message_id AND state = 'waiting'"
)

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class CustomerMessage:
    """Words for one phone; neither shows in a log."""

    to: str = field(repr=False)
    text: str = field(repr=False)


class CarrierFailedError(RuntimeError):
    """The carrier did not take a message."""


class Carrier(Protocol):
    """Brings messages to phones: an SMS service, or the demo's own phone."""

    def deliver(self, message: CustomerMessage) -> None:
        """Raises CarrierFailedError when it cannot."""
        ...


def put(call: Call, message_id: str, message: CustomerMessage) -> None:
    """Queues a message with the transaction; the same id is queued once."""
    sealed = call.equipment.keys.seal(
        json.dumps([message.to, message.text]), f"message/{call.shop_id}/{message_id}", call.equipment.chance.bytes(12)
    )
    key = {"shop_id": call.shop_id, "message_id": message_id}
    call.db.execute(_PUT, {**key, "sealed": sealed, "time": call.time})


def take(connection: Statements, keys: Keys) -> list[CustomerMessage]:
    """Takes the next messages out of the table; they are delivered once this is committed."""
    taken = []
    for row in connection.execute(_WAITING, {"at_once": AT_ONCE}).all():
        key = {"shop_id": row.shop_id, "message_id": row.message_id}
        if connection.execute(_TAKE, key).rowcount:
            to, words = json.loads(keys.unseal(row.sealed, f"message/{row.shop_id}/{row.message_id}"))
            taken.append(CustomerMessage(to, words))
    return taken


class Postman:
    """Carries messages out on a thread of its own, woken when one may be waiting."""

    def __init__(self, take_out: Callable[[], "Future[list[CustomerMessage]]"], carrier: Carrier) -> None:
        self._take_out = take_out
        self._carrier = carrier
        self._wake = threading.Event()
        self._ending = False
        self._thread = threading.Thread(target=self._run, name="tukar-postman")

    def start(self) -> None:
        self._thread.start()

    def wake(self, _done: "Future[Any] | None" = None) -> None:
        self._wake.set()

    def close(self) -> None:
        self._ending = True
        self._wake.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._ending:
            self._wake.wait(LOOK_EVERY_SECONDS)
            self._wake.clear()
            while self.deliver_waiting():
                continue

    def deliver_waiting(self) -> int:
        """Delivers one round of what waits and says how much that was."""
        messages = self._take_out().result()
        for message in messages:
            try:
                self._carrier.deliver(message)
            except CarrierFailedError:
                _log.warning("the carrier did not take a message")
        return len(messages)
