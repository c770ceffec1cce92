"""Messages to customers: sent once, after the commit, in their language, by whatever carries them."""

import io
import json
import threading
from collections.abc import Sequence
from concurrent.futures import Future
from typing import cast

import pytest
from pytest_httpserver import HTTPServer
from sqlalchemy import Executable

from tests.fakes.passwords import cheap_passwords
from tests.server.world import TillClient, World
from tukar.server import outbox, texts
from tukar.server.call import Call
from tukar.server.carriers import AppriseCarrier, LineCarrier
from tukar.server.keys import Keys
from tukar.server.outbox import CarrierFailedError, CustomerMessage, Postman
from tukar.server.storage.statements import Rows, Statements, Values


class Phone:
    """Takes messages, or fails where it is told to, and says when one came."""

    def __init__(self, *, fails: int = 0) -> None:
        self.taken: list[CustomerMessage] = []
        self.fails = fails
        self.came = threading.Event()

    def deliver(self, message: CustomerMessage) -> None:
        if self.fails:
            self.fails -= 1
            raise CarrierFailedError
        self.taken.append(message)
        self.came.set()


def test_the_postman_brings_what_a_transaction_wrote(world: World, till: TillClient) -> None:
    phone = Phone()
    postman = Postman(world.backend.take_messages, phone)
    world.backend.on_message = postman.wake
    till.sends_code("b", challenge="c")
    assert postman.deliver_waiting() == 1
    assert postman.deliver_waiting() == 0
    assert [message.to for message in phone.taken] == ["+6281234565678"]


def test_a_message_that_is_not_taken_is_never_sent_twice(world: World, till: TillClient) -> None:
    phone = Phone(fails=1)
    postman = Postman(world.backend.take_messages, phone)
    till.sends_code("b", challenge="c")
    assert postman.deliver_waiting() == 1
    assert postman.deliver_waiting() == 0
    assert phone.taken == []
    assert [row.sealed for row in world.rows("SELECT sealed FROM messages")] == [""]


class Overtaken:
    """A connection on which somebody else takes the messages between our look and our hand."""

    def __init__(self, ours: Statements, keys: Keys) -> None:
        self._ours = ours
        self._keys = keys
        self.others: list[CustomerMessage] | None = None

    def execute(self, statement: Executable, values: Values | Sequence[Values] | None = None) -> Rows:
        rows = self._ours.execute(statement, values)
        if self.others is None and str(statement).startswith("SELECT"):
            self.others = outbox.take(self._ours, self._keys)
        return rows


def test_what_another_postman_took_meanwhile_is_not_sent_again(world: World, till: TillClient) -> None:
    till.sends_code("b", challenge="c")
    taken: list[list[CustomerMessage]] = []

    def both(call: Call, _: object) -> None:
        overtaken = Overtaken(call.db, call.equipment.keys)
        taken.append(outbox.take(cast("Statements", overtaken), call.equipment.keys))
        taken.append(overtaken.others or [])

    world.inside(both)
    ours, others = taken
    assert (ours, [message.to for message in others]) == ([], ["+6281234565678"])


def test_the_postman_works_on_a_thread_of_its_own_and_ends() -> None:
    rounds = [[CustomerMessage("+62", "hello")], []]
    phone = Phone()

    def take() -> "Future[list[CustomerMessage]]":
        future: Future[list[CustomerMessage]] = Future()
        future.set_result(rounds.pop(0) if rounds else [])
        return future

    postman = Postman(take, phone)
    postman.start()
    postman.wake()
    assert phone.came.wait(5)
    postman.close()
    assert len(phone.taken) == 1


def test_lines_for_the_demos_phone() -> None:
    stream = io.StringIO()
    LineCarrier(stream).deliver(CustomerMessage("+62812", "482913 adalah kode Anda …"))
    assert json.loads(stream.getvalue()) == {"message": {"to": "+62812", "text": "482913 adalah kode Anda …"}}
    assert stream.getvalue().isascii()


def test_a_pipe_that_is_gone_is_a_failed_carrier() -> None:
    class Gone(io.StringIO):
        def write(self, _text: str) -> int:
            raise BrokenPipeError

    with pytest.raises(CarrierFailedError):
        LineCarrier(Gone()).deliver(CustomerMessage("+62812", "x"))


@pytest.mark.filterwarnings("ignore:'imghdr' is deprecated")
def test_any_service_that_apprise_knows(httpserver: HTTPServer) -> None:
    httpserver.expect_ordered_request("/sms/+62812").respond_with_data("no", status=500)
    httpserver.expect_ordered_request("/chat").respond_with_data("ok")
    sms = f"json://127.0.0.1:{httpserver.port}/sms/{{to}}"
    chat = f"json://127.0.0.1:{httpserver.port}/chat"
    AppriseCarrier(sms, chat).deliver(CustomerMessage("+62812", "482913 is your code"))
    httpserver.check_assertions()
    assert httpserver.log[-1][0].get_json()["message"] == "482913 is your code"
    with pytest.raises(CarrierFailedError):
        AppriseCarrier("nothing-known://{to}").deliver(CustomerMessage("+62812", "x"))


def test_a_carrier_needs_a_service() -> None:
    with pytest.raises(ValueError, match="at least one"):
        AppriseCarrier()


@pytest.mark.parametrize(
    ("language", "part"), [("en", "is your code"), ("id-ID", "adalah kode"), ("hi", "आपका कोड"), ("xx", "is your")]
)
def test_messages_are_in_the_customers_language(language: str, part: str) -> None:
    said = texts.code_message(language, code="123456", points="200", shop="Toko")
    assert part in said
    assert all(word in said for word in ("123456", "200", "Toko"))
    assert "40" in texts.taken_message(language, points="200", left="40", shop="Toko")


def test_pins_are_checked_in_the_same_time_whether_somebody_exists_or_not() -> None:
    passwords = cheap_passwords()
    stored = passwords.hash("142536")
    assert passwords.matches_or_waits(stored, "142536")
    assert not passwords.matches_or_waits(stored, "142537")
    assert not passwords.matches_or_waits("", "nobody has this")
    assert not passwords.matches("no hash", "x")
    assert passwords.hash("") == ""
