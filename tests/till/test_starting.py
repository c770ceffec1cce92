"""From the first picture to a till that sells: what the start screen says, and that nothing is typed twice."""

from collections.abc import Callable

import pytest

from tests.fakes.background import SteppedBackground
from tests.fakes.clock import FakeClock
from tukar.domain.redemption import Refusal
from tukar.till.key_store import KeyStore
from tukar.till.ports import DiskTrouble, DiskTroubleKind, Refused, Trouble, Unreachable
from tukar.till.starting import Starting, StartModel, StartPhase, StartTrouble
from tukar.till.sync import SyncModel


class FakeSync:
    """Fetches when the test says so."""

    def __init__(self, *, ready: bool = False) -> None:
        self.ready = ready
        self.model = SyncModel(online=False, state=None, programme_version=0, catalogue_version=0)
        self.started = 0
        self.then: list[Callable[[bool], None]] = []

    def start(self) -> None:
        self.started += 1

    def refresh(self, then: Callable[[bool], None]) -> None:
        self.then.append(then)

    def answer(self, *, ready: bool, refused: Refusal | None = None, trouble: DiskTrouble | None = None) -> None:
        self.ready = ready
        self.model = SyncModel(
            online=ready, state=None, programme_version=0, catalogue_version=0, refused=refused, trouble=trouble
        )
        self.then.pop()(ready)


class Screen:
    """The start screen, as a list of what it was told to show."""

    def __init__(self) -> None:
        self.shown: list[StartModel] = []

    def show_start(self, model: StartModel) -> None:
        self.shown.append(model)

    @property
    def last(self) -> StartModel:
        return self.shown[-1]


class Start:
    """A start with everything around it, and what came of it."""

    def __init__(self, *, ready: bool = False, trouble: Exception | None = None) -> None:
        self.screen, self.sync, self.background = Screen(), FakeSync(ready=ready), SteppedBackground(FakeClock())
        self.enrolled: list[tuple[str, str]] = []
        self.opened = 0
        self.kept_in: list[KeyStore] = []
        self.trouble = trouble
        self.starting = Starting(
            view=self.screen,
            sync=self.sync,
            background=self.background,
            enrol=self._enrol,
            keep_secrets=self._keep_secrets,
            count_items=lambda: 128,
            ready=self._open,
        )

    def _enrol(self, address: str, code: str) -> None:
        if self.trouble is not None:
            raise self.trouble
        self.enrolled.append((address, code))

    def _keep_secrets(self, chosen: KeyStore) -> None:
        self.kept_in.append(chosen)
        self.trouble = None

    def _open(self) -> None:
        self.opened += 1

    def type_and_connect(self, address: str = "https://loyalty.example", code: str = "KOPI-1234") -> None:
        self.starting.ask()
        self.starting.type(address, code)
        self.starting.connect()
        self.background.run_all()


def test_a_till_with_copies_opens_at_once_and_fetches_behind_the_sale() -> None:
    start = Start(ready=True)
    start.starting.fetch()
    assert start.opened == 1
    assert start.sync.started == 1
    assert start.screen.last.phase is StartPhase.READY


def test_connecting_needs_both_address_and_code() -> None:
    start = Start()
    start.starting.ask()
    start.starting.type("https://loyalty.example", " ")
    assert not start.screen.last.can_connect
    start.starting.connect()
    start.background.run_all()
    assert start.enrolled == []


def test_connecting_enrols_fetches_and_opens() -> None:
    start = Start()
    start.type_and_connect()
    assert start.enrolled == [("https://loyalty.example", "KOPI-1234")]
    assert start.screen.last.phase is StartPhase.FETCHING
    assert start.screen.last.items == 128
    start.sync.answer(ready=True)
    assert start.opened == 1


@pytest.mark.parametrize(
    "address", ["loyalty.example", "http://loyalty.example", "ftp://127.0.0.1", "https://", "https://[x"]
)
def test_an_address_that_is_none_is_said_and_nothing_is_sent(address: str) -> None:
    start = Start()
    start.type_and_connect(address)
    assert start.screen.last.trouble is StartTrouble.ADDRESS
    assert start.screen.last.address == address
    assert start.enrolled == []


def test_the_own_machine_may_be_reached_without_tls() -> None:
    start = Start()
    start.type_and_connect("http://127.0.0.1:8480")
    assert start.enrolled == [("http://127.0.0.1:8480", "KOPI-1234")]


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        (Unreachable(Trouble.NO_CONNECTION, sent=False), StartTrouble.NO_ANSWER),
        (Unreachable(Trouble.TIMED_OUT), StartTrouble.NO_ANSWER),
        (Unreachable(Trouble.BROKEN_ANSWER), StartTrouble.NONSENSE),
        (Unreachable(Trouble.UNTRUSTED, sent=False), StartTrouble.UNTRUSTED),
        (Refused(Refusal.ENROLMENT_CODE), StartTrouble.CODE),
        (Refused(Refusal.RECOVERING), StartTrouble.REFUSED),
        (DiskTrouble(DiskTroubleKind.FULL), StartTrouble.DISK),
        (DiskTrouble(DiskTroubleKind.NO_KEY_STORE), StartTrouble.KEY_STORE),
    ],
)
def test_what_stands_in_the_way_is_said_and_what_was_typed_stays(trouble: Exception, said: StartTrouble) -> None:
    start = Start(trouble=trouble)
    start.type_and_connect()
    assert start.screen.last == StartModel(
        StartPhase.ASKING, "https://loyalty.example", "KOPI-1234", trouble=said, can_connect=True
    )
    start.trouble = None
    start.starting.try_again()
    start.background.run_all()
    assert start.enrolled == [("https://loyalty.example", "KOPI-1234")]


@pytest.mark.parametrize(
    ("refused", "trouble", "said"),
    [
        (Refusal.REVOKED, None, StartTrouble.REVOKED),
        (Refusal.NOT_SIGNED_IN, None, StartTrouble.REVOKED),
        (Refusal.TOO_MANY_REQUESTS, None, StartTrouble.REFUSED),
        (None, DiskTrouble(DiskTroubleKind.FULL), StartTrouble.DISK),
        (None, None, StartTrouble.NO_ANSWER),
    ],
)
def test_fetching_that_fails_is_said_and_can_be_tried_again(
    refused: Refusal | None, trouble: DiskTrouble | None, said: StartTrouble
) -> None:
    start = Start()
    start.starting.fetch()
    start.sync.answer(ready=False, refused=refused, trouble=trouble)
    assert start.screen.last.phase is StartPhase.FETCHING
    assert start.screen.last.trouble is said
    start.starting.try_again()
    assert start.screen.last.trouble is StartTrouble.NONE
    start.sync.answer(ready=True)
    assert start.opened == 1


def test_the_demo_prepares_its_backend_before_it_fetches() -> None:
    start, done = Start(), []
    start.starting.prepare(lambda: done.append("backend"))
    assert start.screen.last.phase is StartPhase.CONNECTING
    start.background.run_all()
    assert done == ["backend"]
    start.sync.answer(ready=True)
    assert start.opened == 1


def test_a_demo_opened_before_sells_even_when_its_backend_does_not_start() -> None:
    start = Start(ready=True)

    def fails() -> None:
        raise Unreachable(Trouble.NO_CONNECTION, sent=False)

    start.starting.prepare(fails)
    start.background.run_all()
    assert start.opened == 1
    assert start.screen.last.phase is StartPhase.READY


@pytest.mark.parametrize("chosen", list(KeyStore))
def test_without_a_key_store_a_person_names_another_place_and_connecting_goes_on(chosen: KeyStore) -> None:
    start = Start(trouble=DiskTrouble(DiskTroubleKind.NO_KEY_STORE))
    start.type_and_connect()
    start.starting.choose_key_store(chosen)
    start.background.run_all()
    assert start.kept_in == [chosen]
    assert start.enrolled == [("https://loyalty.example", "KOPI-1234")]
    assert start.screen.last.phase is StartPhase.FETCHING


def test_what_must_be_done_first_is_done_before_the_till_opens() -> None:
    start = Start(ready=True)
    todo: list[Exception | None] = [Unreachable(Trouble.NO_CONNECTION), None]

    def work() -> None:
        trouble = todo.pop(0)
        if trouble is not None:
            raise trouble

    start.starting.begin_with(lambda: work if todo else None)
    start.starting.fetch()
    assert (start.screen.last.phase, start.opened) == (StartPhase.CONNECTING, 0)
    start.background.run_all()
    assert (start.screen.last.trouble, start.opened) == (StartTrouble.NO_ANSWER, 0)
    start.starting.try_again()
    start.background.run_all()
    assert (start.screen.last.phase, start.opened, start.sync.started) == (StartPhase.READY, 1, 1)


def test_what_must_be_done_first_waits_for_the_backend_of_the_demo() -> None:
    start = Start(ready=True)
    done: list[str] = []
    start.starting.begin_with(lambda: None if "first" in done else lambda: done.append("first"))
    start.starting.prepare(lambda: done.append("prepared"))
    assert start.opened == 0
    start.background.run_all()
    assert (done, start.opened) == (["prepared", "first"], 1)
