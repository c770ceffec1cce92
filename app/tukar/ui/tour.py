"""Plays the demo's journeys in the real window, key by key, and takes a picture of every step.

Only keys go in, through the window system's own door, so that shortcuts, focus and sheets behave as under a cashier's
hands; they are at least 60 ms apart, for faster ones are a scanner's. What comes next waits for what can be seen, for
a bounded time. Codes are read off the customer's phone.
"""

import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Final, Protocol

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tukar.ui.journeys import (
    Action,
    At,
    Happens,
    Journey,
    Press,
    Scan,
    Seen,
    TabTo,
    TourStep,
    Type,
    TypeCode,
    WalkTo,
    World,
)
from tukar.ui.main_window import MainWindow

KEY_GAP_MS: Final = 62
SCANNER_GAP_MS: Final = 5
LOOK_EVERY_MS: Final = 25
SETTLE_MS: Final = 140
PATIENCE_SECONDS: Final = 20.0
_MOST_STEPS: Final = 30
_DIGITS: Final = 10
_TYPED: Final = (Press, Type, TypeCode, WalkTo, TabTo)
"""What a hand presses: a scanner and the world around press no keys."""


class Witness(Protocol):
    """Looks up what the till and its backend wrote down; never asked by a key."""

    def points(self, member_id: str, programme_id: str) -> int:
        """The member's balance in the backend's database."""
        ...

    def total(self) -> str:
        """What was to pay, from the text of the receipt saved last; a plain decimal string."""
        ...


class Sight(Protocol):
    """What a person sees; ``tour_eyes.Eyes`` looks at the real window and phone."""

    def sees(self, what: Seen) -> bool: ...

    def remember(self) -> None: ...

    def code(self) -> str: ...

    def at_promotion(self, rule_id: str) -> bool: ...

    def at_button(self, name: str) -> bool: ...


@dataclass(frozen=True, slots=True)
class TillShown:
    """A till of the tour: its window, and what looks at it."""

    window: MainWindow
    eyes: Sight


@dataclass(frozen=True, slots=True)
class Around:
    """What is around the first till: the other one, None while there is none, and what no key does."""

    second: Callable[[], TillShown | None] = lambda: None
    happens: Callable[[World], None] = lambda _what: None


@dataclass(slots=True)
class Played:
    """One journey as it went; the form of ``tour.json``. ``sign_in_keys`` are not among ``keys``."""

    name: str
    ok: bool = False
    keys: int = 0
    sign_in_keys: int = 0
    seconds: float = 0.0
    points_before: int = 0
    points_after: int = 0
    total: str = ""
    steps: list[dict[str, str]] = field(default_factory=list)
    trouble: str = ""


class LostError(RuntimeError):
    """What should be on the screen did not come in time."""


class Tour(QObject):
    """``start`` plays all journeys one after the other; ``finished`` says whether every one ended as it should.

    Pictures and ``tour.json`` go into ``folder``. What should be seen is waited for ``patience`` seconds at most; a
    journey that gets lost ends the tour there.
    """

    finished = Signal(bool)

    def __init__(
        self,
        window: MainWindow,
        eyes: Sight,
        witness: Witness,
        folder: Path,
        journeys: Sequence[Journey],
        *,
        patience: float = PATIENCE_SECONDS,
        around: Around | None = None,
    ) -> None:
        super().__init__(window)
        self._first = TillShown(window, eyes)
        self._around = around or Around()
        self._window = window
        self._eyes = eyes
        self._witness = witness
        self._folder = folder
        self._journeys = journeys
        self._patience = patience
        self._played: list[Played] = []
        self._pictures = 0
        self._run: Iterator[int] = iter(())
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._next)

    @property
    def played(self) -> tuple[Played, ...]:
        return tuple(self._played)

    def start(self) -> None:
        # Some window systems hand the keyboard to whatever was shown last, the phone among them.
        self._window.activateWindow()
        self._folder.mkdir(parents=True, exist_ok=True)
        self._run = self._play_all()
        self._timer.start(0)

    def _next(self) -> None:
        """Goes on to the next pause; what it yields is how long that is, in ms."""
        try:
            self._timer.start(next(self._run))
        except StopIteration:
            self._write_down()
            self.finished.emit(all(one.ok for one in self._played) and len(self._played) == len(self._journeys))

    def _play_all(self) -> Iterator[int]:
        for journey in self._journeys:
            played = Played(journey.name)
            self._played.append(played)
            try:
                yield from self._play(journey, played)
            except LostError as lost:
                played.trouble = str(lost)
                self._picture(played, f"lost: {lost}")
                return

    def _play(self, journey: Journey, played: Played) -> Iterator[int]:
        played.points_before = self._witness.points(journey.member_id, journey.programme_id)
        began = time.monotonic()
        for step in journey.steps:
            yield from self._do(step, played)
            if step.counts:
                played.seconds = round(time.monotonic() - began, 2)
        played.points_after = self._witness.points(journey.member_id, journey.programme_id)
        played.total = self._witness.total()
        played.ok = played.points_after != played.points_before

    def _do(self, step: TourStep, played: Played) -> Iterator[int]:
        self._eyes.remember()
        if not self._is_in_front():
            self._window.activateWindow()
            yield SETTLE_MS
        for action in step.does:
            if isinstance(action, At):
                yield from self._walk_to(second=action.second)
                continue
            for press in self._presses(action):
                press()
                if step.counts and isinstance(action, _TYPED):
                    played.keys += 0 if step.signs_in else 1
                    played.sign_in_keys += 1 if step.signs_in else 0
                yield KEY_GAP_MS
        yield from self._wait_for(step.then, step.name)
        yield SETTLE_MS
        self._picture(played, step.name)

    def _is_in_front(self) -> bool:
        """Whether the keyboard is at this till, or at a window of its own; another's may have taken it."""
        active = QApplication.activeWindow()
        while active is not None and active is not self._window:
            active = active.parentWidget()
        return active is not None

    def _walk_to(self, *, second: bool) -> Iterator[int]:
        """To the other till; it may still be starting."""
        there = self._around.second() if second else self._first
        end = time.monotonic() + self._patience
        while there is None:
            if time.monotonic() > end:
                raise LostError("the other till does not open")
            yield LOOK_EVERY_MS
            there = self._around.second()
        self._window, self._eyes = there.window, there.eyes
        self._window.activateWindow()
        yield SETTLE_MS

    def _wait_for(self, what: Seen, name: str) -> Iterator[int]:
        end = time.monotonic() + self._patience
        while not self._eyes.sees(what):
            if time.monotonic() > end:
                raise LostError(f"{name}: {what} is not to be seen")
            yield LOOK_EVERY_MS

    # Keys

    def _presses(self, action: Action) -> Iterator[Callable[[], None]]:
        match action:
            case Press(key):
                yield lambda: self._key(key)
            case Type(text):
                yield from (lambda letter=letter: self._letter(letter) for letter in text)
            case TypeCode(wrong):
                yield from (lambda digit=digit: self._letter(digit) for digit in self._code(wrong=wrong))
            case WalkTo(rule_id):
                yield from self._until(lambda: self._eyes.at_promotion(rule_id), "Down", rule_id)
            case Scan(code):
                yield lambda: self._scan(code)
            case Happens(what):
                yield lambda: self._around.happens(what)
            case At():
                return
            case TabTo(name):
                yield from self._until(lambda: self._eyes.at_button(name), "Tab", name)

    def _until(self, there: Callable[[], bool], key: str, name: str) -> Iterator[Callable[[], None]]:
        for _ in range(_MOST_STEPS):
            if there():
                return
            yield lambda: self._key(key)
        raise LostError(f"{name} is not reached by {key}")

    def _code(self, *, wrong: bool) -> str:
        code = self._eyes.code()
        if not code:
            raise LostError("the phone shows no code")
        return code[:-1] + str((int(code[-1]) + 1) % _DIGITS) if wrong else code

    def _key(self, name: str) -> None:
        handle = self._window.windowHandle()
        if handle is not None:
            QTest.keyClick(handle, Qt.Key[f"Key_{name}"])

    def _scan(self, code: str) -> None:
        """All of it at once, as no hand types, with a scanner's times: a busy machine is not to make a hand of it."""
        keys = [(ord(letter.upper()), letter) for letter in code]
        for place, (key, text) in enumerate([*keys, (Qt.Key.Key_Return, "\r")]):
            for kind in (QKeyEvent.Type.KeyPress, QKeyEvent.Type.KeyRelease):
                event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text)
                event.setTimestamp(place * SCANNER_GAP_MS)
                QApplication.sendEvent(self._window.windowHandle(), event)

    def _letter(self, letter: str) -> None:
        """One character; what no key of a plain keyboard has comes as a key event with its text."""
        handle = self._window.windowHandle()
        if letter.isascii() and handle is not None:
            QTest.keyClick(handle, ord(letter))
            return
        target = QApplication.focusWidget() or self._window
        for kind in (QKeyEvent.Type.KeyPress, QKeyEvent.Type.KeyRelease):
            QApplication.postEvent(target, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))

    # What is kept

    def _picture(self, played: Played, name: str) -> None:
        self._pictures += 1
        words = "".join(letter if letter.isalnum() else "-" for letter in f"{played.name} {name}".lower())
        file = f"{self._pictures:02d}-{'-'.join(filter(None, words.split('-')))}.png"
        self._window.grab().save(str(self._folder / file))
        played.steps.append({"name": name, "screenshot": file})

    def _write_down(self) -> None:
        journeys = []
        for one in self._played:
            told = asdict(one)
            if not told["trouble"]:
                del told["trouble"]
            journeys.append(told)
        text = json.dumps({"journeys": journeys}, ensure_ascii=False, indent=2)
        (self._folder / "tour.json").write_text(text + "\n", encoding="utf-8")
