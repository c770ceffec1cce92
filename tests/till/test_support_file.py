from tests.fakes.background import SteppedBackground
from tests.fakes.clock import FakeClock
from tukar.till.notices import Level, Notice, Say
from tukar.till.ports import DiskTrouble, DiskTroubleKind
from tukar.till.support_file import SupportFile


class Desk:
    """A till whose file is written when the test says so."""

    def __init__(self, trouble: Exception | None = None) -> None:
        self.background = SteppedBackground(FakeClock())
        self.told: list[Notice] = []
        self.trouble = trouble
        self.written = 0
        self._file = SupportFile(self._write, self.background, self.told.append)
        self._file.make()

    def again(self) -> None:
        self._file.make()

    def _write(self) -> str:
        self.written += 1
        if self.trouble is not None:
            raise self.trouble
        return "/till/support/one.zip"


def test_it_is_said_at_once_and_then_where_the_file_lies() -> None:
    desk = Desk()
    assert [notice.say for notice in desk.told] == [Say.SUPPORT_GATHERED]
    desk.background.run_all()
    assert desk.told[-1] == Notice(Say.SUPPORT_FILE, text="/till/support/one.zip")


def test_asked_twice_it_is_made_once() -> None:
    desk = Desk()
    desk.again()
    desk.background.run_all()
    assert desk.written == 1
    desk.again()
    desk.background.run_all()
    assert desk.written == 2


def test_a_full_disk_is_said_and_it_can_be_tried_again() -> None:
    desk = Desk(DiskTrouble(DiskTroubleKind.FULL, "no space left"))
    desk.background.run_all()
    assert desk.told[-1] == Notice(Say.SUPPORT_FAILED, Level.WARN, text="no space left")
    desk.trouble = None
    desk.again()
    desk.background.run_all()
    assert desk.told[-1].say is Say.SUPPORT_FILE
