"""What a monkey does at a till: presses, types, scans, touches, changes colours and languages, cuts the line."""

from collections.abc import Callable, Iterator
from random import Random
from typing import Final

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QSlider, QWidget

from tests.monkey.shop import demo
from tests.monkey.till import MonkeyTill
from tukar.domain.people import Role
from tukar.till.navigation import Place
from tukar.ui.kit import Scheme, SizeClass
from tukar.ui.translations import LANGUAGES

HAND_MS: Final = 200.0
SCANNER_MS: Final = 5.0
MISTYPES: Final = 0.2
SIZES: Final = {SizeClass.COMPACT: (1024, 768), SizeClass.REGULAR: (1366, 768), SizeClass.WIDE: (1920, 1080)}
KEYS: Final = (
    *(f"F{number}" for number in range(1, 12)) , *(f"F{number}" for number in (2, 3, 4, 6, 7, 8, 9, 10, 1, 12)),
    *("Return",) * 12, *("Escape",) * 8, "Tab", "Backtab", "Up", "Down", "Left", "Right", "Delete", "Backspace",
    "Space", "Plus", "Minus", "Insert", "Home", "PageDown",
)  # fmt: skip
WORDS: Final = (
    "kopi", "beras", "gula", "3*", "12", "0", "50000", "100000", "2", "dewi", "siti", "x", "%", "rusak", "1,5",
    "ULTAH", "4111 1111 1111 1111", "\N{DEVANAGARI LETTER KA}", "é", "=1+1", "'; --", "9" * 30,
)  # fmt: skip


class Hands:
    """``do`` does the next thing; the same seed does the same things in the same order."""

    def __init__(self, till: MonkeyTill, random: Random) -> None:
        self._till = till
        self._random = random
        self._at = 0.0
        self._between = HAND_MS
        self.done: dict[str, int] = {}
        self.last: list[str] = []
        till.front.scanner.clock = self._pressed_at
        self._deeds: tuple[tuple[int, Callable[[], str]], ...] = (
            (30, self._press),
            (14, self._type),
            (12, self._scan),
            (20, self._touch),
            (16, self._wait),
            (9, self._sell),
            (7, self._pay),
            (4, self._name_customer),
            (6, self._confirm),
            (9, self._go_home),
            (1, self._change_look),
            (1, self._change_line),
        )

    def do(self) -> None:
        weights = [weight for weight, _ in self._deeds]
        (_, deed), *_ = self._random.choices(self._deeds, weights)
        if self._till.front.window.place is Place.SIGN_IN and self._random.random() < 0.3:
            deed = self._sign_in
        told = deed()
        name = told.partition(" ")[0]
        self.done[name] = self.done.get(name, 0) + 1
        self.last = [*self.last[-39:], told]
        self._till.pass_time(0.05, self._random.randrange(4))
        QApplication.processEvents()

    # Keys

    def _press(self) -> str:
        key = self._random.choice(KEYS)
        self._key(key)
        return f"press {key}"

    def _type(self) -> str:
        texts = [*WORDS, *(one.pin for one in demo().staff)]
        codes = self._till.shop.codes()
        if codes:
            texts += [codes[-1]] * 8
        text = self._random.choice(texts)
        self._letters(text)
        return f"type {text!r}"

    def _scan(self) -> str:
        random = self._random
        items = [code for item in demo().items for code in item.barcodes]
        receipts = [str(one.number) for one in self._till.journal.recent_receipts(3)]
        cards = [one.card for one in demo().customers if one.card]
        code = random.choice(
            [*random.sample(items, 6), *random.sample(cards, min(2, len(cards))), *receipts, "4006381333931"]
        )
        self._between = SCANNER_MS
        self._letters(code)
        self._key("Return")
        self._between = HAND_MS
        return f"scan {code}"

    def _letters(self, text: str) -> None:
        for letter in text:
            handle = self._till.front.window.windowHandle()
            if letter.isascii() and handle is not None:
                QTest.keyClick(handle, ord(letter))
            else:
                target = QApplication.focusWidget() or self._till.front.window
                press = QKeyEvent(QKeyEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter)
                QApplication.sendEvent(target, press)
            if self._between == HAND_MS:
                self._till.front.scanner.flush()

    def _key(self, name: str) -> None:
        handle = self._till.front.window.windowHandle()
        if handle is not None:
            QTest.keyClick(handle, Qt.Key[f"Key_{name}"])

    def _pressed_at(self, _event: QKeyEvent) -> float:
        self._at += self._between
        return self._at

    # Touch

    def _touch(self) -> str:
        target = self._random.choice(list(self._targets()) or [self._till.front.window])
        spot = target.rect().center()
        if isinstance(target, QAbstractItemView | QSlider):
            spot = QPoint(
                self._random.randrange(max(1, target.width())), self._random.randrange(max(1, target.height()))
            )
        named = target.accessibleName() or type(target).__name__
        part = target.viewport() if isinstance(target, QAbstractItemView) else target
        QTest.mouseClick(part, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, spot)
        return f"touch {named!r}"

    def _targets(self) -> Iterator[QWidget]:
        """Whatever a finger could reach now: what lies under a sheet cannot be reached."""
        window = self._till.front.window
        for widget in window.findChildren(QWidget):
            if not isinstance(widget, QAbstractButton | QAbstractItemView | QSlider):
                continue
            if widget.isVisible() and widget.isEnabled() and self._is_on_top(widget):
                yield widget

    def _is_on_top(self, widget: QWidget) -> bool:
        window = self._till.front.window
        found = window.childAt(widget.mapTo(window, widget.rect().center()))
        return found is not None and (found is widget or widget.isAncestorOf(found))

    # Things people do with a purpose, so that the monkey gets somewhere

    def _sign_in(self) -> str:
        staffing = self._till.counter.staffing
        if staffing.model.chosen is None:
            self._letters(str(self._random.randrange(len(staffing.model.staff)) + 1))
        elif staffing.model.needs_manager and self._random.random() < 0.5:
            return self._call_manager()
        elif staffing.model.needs_manager or self._random.random() < 0.2:
            self._key(self._random.choice(("Left", "Right")))
        chosen = staffing.model.chosen
        if chosen is not None and chosen.role is Role.CASHIER and self._random.random() < MISTYPES:
            return self._mistype()
        for _ in range(6):
            self._key("Backspace")
        pins = {one.staff_id: one.pin for one in demo().staff}
        self._letters(pins[chosen.staff_id] if chosen is not None else "000000")
        self._key("Return")
        self._till.pass_time(0.2, 6)
        return f"sign-in {chosen.staff_id if chosen is not None else 'nobody'}"

    def _mistype(self) -> str:
        """Somebody forgot their PIN; a cashier who has not signed in today may not try again after it."""
        self._letters("000000")
        self._key("Return")
        self._till.pass_time(0.2, 6)
        return "mistype"

    def _call_manager(self) -> str:
        """Somebody typed wrong too often: the manager comes, and mistypes too now and then."""
        self._key("F2")
        managers = [one.pin for one in demo().staff if one.role is Role.MANAGER]
        self._letters(self._random.choice((*managers, *managers, "000000")))
        self._key("Return")
        self._till.pass_time(0.2, 6)
        return "call-manager"

    def _sell(self) -> str:
        self._key("F2")
        item = self._random.choice(demo().items)
        self._letters(item.name[:8])
        self._till.pass_time(0.2, 2)
        self._key("Return")
        return f"sell {item.sku}"

    def _pay(self) -> str:
        self._key("F9")
        self._till.pass_time(0.2, self._random.randrange(6))
        if self._random.random() < 0.4:
            self._key("Right")
        self._key("Return")
        self._till.pass_time(0.2, 8)
        return "pay"

    def _name_customer(self) -> str:
        customer = self._random.choice(demo().customers)
        self._key("F3")
        self._letters(customer.mobile.replace("+62", "0"))
        self._key("Return")
        self._till.pass_time(0.2, 4)
        return f"customer {customer.member_id}"

    def _confirm(self) -> str:
        for _ in range(self._random.randrange(1, 4)):
            self._key("Return")
            self._till.pass_time(0.3, 6)
        return "confirm"

    def _go_home(self) -> str:
        for _ in range(4):
            self._key("Escape")
            self._till.pass_time(0.1, 3)
        return "home"

    # The world around

    def _wait(self) -> str:
        seconds = self._random.choice((0.0, 0.1, 0.5, 2.0, 2.0, 10.0, 40.0, 400.0))
        self._till.pass_time(seconds, self._random.randrange(12))
        return f"wait {seconds}"

    def _change_look(self) -> str:
        look, window = self._till.look, self._till.front.window
        drawn = self._random.randrange(3)
        if drawn == 0:
            scheme = self._random.choice(tuple(Scheme))
            look.choose(scheme)
            return f"theme {scheme}"
        if drawn == 1:
            language = self._random.choice(tuple(LANGUAGES))
            self._till.language.choose(language)
            return f"language {language}"
        size = self._random.choice(tuple(SIZES))
        window.resize(*SIZES[size])
        return f"size {size}"

    def _change_line(self) -> str:
        wire = self._till.wire
        if self._random.random() < 0.3:
            wire.loses = self._random.randrange(4)
            return f"lose {wire.loses}"
        wire.down = not wire.down and self._random.random() < 0.6
        return f"line {'down' if wire.down else 'up'}"
