"""Till and backend compare their records: a real journal, the real server, and one that forgets."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.fakes.clock import FakeClock
from tests.fakes.secrets import PlainSeal
from tests.local.samples import receipt
from tests.loyalty.our_server import TILL_CODE, OurServer, our_server
from tukar.domain.redemption import RedemptionState
from tukar.local.journal import SqliteJournal
from tukar.local.receipts import Numbering
from tukar.local.stored import enrolment_from_json
from tukar.loyalty.enrolling import DeviceKey, enrol_till
from tukar.loyalty.http import Endpoint, Http
from tukar.loyalty.identity import TillIdentity
from tukar.loyalty.tukar_backend import TukarBackend
from tukar.server.call import Call, Caller, CallerKind
from tukar.till.delivery import Postman
from tukar.till.ports.records import Difference, Differences, Told, ToldRedemption
from tukar.till.upkeep import MEMORY, Examination, Looked, renewed
from tukar.wire.upkeep import DIGEST_AT_MOST


class House:
    """A till with its journal and the server it talks to."""

    def __init__(self, folder: Path, clock: FakeClock, server: OurServer) -> None:
        self.clock, self.server = clock, server
        entrance = Http(Endpoint(server.address))
        key = DeviceKey.new()
        till = enrol_till(entrance, "device-1", TILL_CODE, key, "Kasir 1")
        entrance.close()
        self.epoch = till.till_epoch
        self.backend = TukarBackend(Http(Endpoint(server.address), TillIdentity(lambda: till.token, key)))
        self.journal = SqliteJournal(
            folder, Numbering(till.shop.shop_id, "T1", till.till_epoch), clock=clock, seal=PlainSeal()
        )
        self.postman = Postman(self.journal, self.backend, enrolment_from_json)

    def look(self) -> Looked:
        return Examination(self.journal, self.backend, self.clock).look()

    def forget(self, table: str) -> None:
        """The server's table as it was before anything came in."""
        self.run(f"DELETE FROM {table}")  # noqa: S608 - a name of this test's

    def run(self, statement: str) -> None:
        def change(call: Call, _message: None) -> None:
            call.db.execute(text(statement))

        self.server.backend.perform(change, None, Caller(CallerKind.OPERATOR, self.journal.numbering.shop_id))

    def close(self) -> None:
        self.backend.close()
        self.journal.close()


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    clock = FakeClock()
    with our_server(clock) as server:
        made = House(tmp_path, clock, server)
        yield made
        made.close()


def test_what_agrees_needs_nothing(house: House) -> None:
    house.journal.save_bill(receipt("bill-1"))
    house.postman.deliver_all()
    house.journal.save_bill(receipt("bill-2"))
    assert house.journal.told_since(house.clock.now() - MEMORY).bills == ("bill-1",), "the other one tells of itself"
    assert house.look() == Looked()
    assert house.journal.told_since(house.clock.now() + timedelta(days=1)) == Told()


def test_bills_that_the_server_lost_come_back(house: House) -> None:
    for number in range(3):
        house.journal.save_bill(receipt(f"bill-{number}"))
    house.postman.deliver_all()
    house.forget("bills")
    assert house.look() == Looked(sent_again=3)
    assert house.journal.waiting_count() == 3
    house.postman.deliver_all()
    assert house.look() == Looked()
    assert house.journal.waiting_count() == 0


def test_a_restored_server_goes_on_once_it_has_heard_this_till(house: House) -> None:
    house.journal.save_bill(receipt("bill-1"))
    house.postman.deliver_all()
    house.forget("bills")
    house.run("UPDATE shops SET recovering = 1")
    assert house.look() == Looked(sent_again=1, recovering=True)
    assert house.backend.state().recovering
    house.postman.deliver_all()
    assert house.look() == Looked()
    assert not house.backend.state().recovering


def test_a_question_that_is_too_long_is_asked_in_parts(house: House) -> None:
    bills = tuple(f"b-{number}" for number in range(DIGEST_AT_MOST + 1))
    redemptions = (ToldRedemption("r-1", RedemptionState.SETTLED, "b-1"),)
    answer = house.backend.differences(Told(bills, redemptions))
    assert answer == Differences(bills, (Difference("r-1", None),))


def test_nothing_to_tell_is_not_asked(house: House) -> None:
    house.backend.close()
    assert house.backend.differences(Told()) == Differences()


def test_a_new_series_is_given_once_for_each_that_was_spent(house: House) -> None:
    assert house.backend.new_series(house.epoch) == house.backend.new_series(house.epoch) == house.epoch + 1
    house.journal.spend_series("till", "restore_till", "T1")
    renewed(house.backend, house.journal.begin_series)
    assert house.journal.next_number().endswith(f"-{house.epoch + 2}-1")
    assert house.backend.state().till_epoch == house.epoch + 2
