"""One write at a time, in the order asked, each seeing what the one before it left."""

from collections.abc import Callable
from functools import partial

from tests.fakes.background import ImmediateBackground, SteppedBackground
from tests.fakes.clock import FakeClock
from tukar.till.ports import DiskTrouble, DiskTroubleKind
from tukar.till.writing import JournalWriter


def fail() -> None:
    raise DiskTrouble(DiskTroubleKind.FULL)


def appending(order: list[str], name: str) -> Callable[[], None]:
    return lambda: order.append(name)


def appended(order: list[str], name: str, _: None) -> None:
    order.append(name.upper())


def ignored(_: object) -> None:
    return None


def test_writes_happen_one_after_the_other() -> None:
    background = SteppedBackground(FakeClock())
    writer = JournalWriter(background)
    order: list[str] = []
    for name in "abc":
        writer.write(partial(appending, order, name), partial(appended, order, name), ignored)
    assert len(background.jobs) == 1
    background.run_all()
    assert order == ["a", "A", "b", "B", "c", "C"]
    assert writer.idle


def test_a_write_is_prepared_when_its_turn_comes() -> None:
    background = SteppedBackground(FakeClock())
    writer = JournalWriter(background)
    state = ["old"]
    seen: list[str] = []
    writer.write(lambda: lambda: None, lambda _: state.append("new"), ignored)
    writer.write(lambda: seen.append(state[-1]), ignored, ignored)
    background.run_all()
    assert seen == ["new"]


def test_nothing_to_write_calls_nobody_and_the_next_goes_on() -> None:
    writer = JournalWriter(ImmediateBackground(FakeClock()))
    done: list[str] = []
    writer.write(lambda: None, lambda _: done.append("nothing"), ignored)
    writer.write(lambda: lambda: "x", done.append, ignored)
    assert done == ["x"]


def test_a_failed_write_is_told_and_the_next_gets_its_turn() -> None:
    writer = JournalWriter(ImmediateBackground(FakeClock()))
    told: list[str] = []
    writer.write(lambda: fail, lambda _: told.append("done"), lambda trouble: told.append(trouble.kind))
    writer.write(lambda: lambda: "x", told.append, ignored)
    assert told == ["full", "x"]
    assert writer.idle


def test_a_write_asked_for_by_an_answer_comes_after_those_that_wait() -> None:
    background = SteppedBackground(FakeClock())
    writer = JournalWriter(background)
    order: list[str] = []
    writer.write(lambda: lambda: "a", lambda _: writer.write(lambda: lambda: "c", order.append, ignored), ignored)
    writer.write(lambda: lambda: "b", order.append, ignored)
    background.run_all()
    assert order == ["b", "c"]
