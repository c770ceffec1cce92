"""The customer's screen: a window of its own on the second screen, that only shows and never asks.

It has a ``Look`` of its own, because it has a size of its own; colours and language are the till's. Nothing on it can
be touched, and it never takes the keyboard from the till.
"""

from collections.abc import Callable, Sequence
from typing import Final, Protocol

from PySide6.QtCore import QCoreApplication, QObject, QRect, Qt
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from tukar.till.customer_display import DisplayLine, DisplayModel, DisplayPoints, DisplayStep
from tukar.ui.kit import (
    CENTRE,
    LEFT,
    RIGHT,
    BillLineDelegate,
    BillRow,
    Colour,
    Figure,
    Hairline,
    Icon,
    Ink,
    Look,
    Plane,
    QrView,
    Role,
    RowList,
    Side,
    SizeClass,
    Text,
)
from tukar.ui.translations import Language
from tukar.ui.wording import selling

_SIDE: Final = {SizeClass.COMPACT: 400, SizeClass.REGULAR: 480, SizeClass.WIDE: 640}
_MODULE: Final = 6


class Screen(Protocol):
    """Where a window may be put; ``QScreen`` is one."""

    def geometry(self) -> QRect: ...


def second_of(screens: Sequence[Screen], tills: Screen | None) -> Screen | None:
    """The screen that the till does not stand on; None where there is only one, or both show the same."""
    for screen in screens:
        if screen is not tills and (tills is None or screen.geometry() != tills.geometry()):
            return screen
    return None


def _screens() -> Sequence[Screen]:
    return QGuiApplication.screens()


class SecondScreen(QObject):
    """Shows what ``CustomerDisplay`` says while it is wanted and a second screen is there; plugging in counts at once.

    It is the presenter's view whether or not anybody can see it.
    """

    def __init__(
        self,
        window: QWidget,
        make: Callable[[], "CustomerScreen"],
        screens: Callable[[], Sequence[Screen]] = _screens,
        tills: Callable[[], Screen] | None = None,
    ) -> None:
        super().__init__(window)
        self._make = make
        self._screens = screens
        self._tills = tills or window.screen
        self._wanted = False
        self._model = DisplayModel()
        self.screen: CustomerScreen | None = None
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.screenAdded.connect(self.look_again)
            app.screenRemoved.connect(self.look_again)

    def show_display(self, model: DisplayModel) -> None:
        self._model = model
        if self.screen is not None:
            self.screen.show_display(model)

    def switch(self, *, wanted: bool) -> None:
        """The setting says so, or no longer does."""
        self._wanted = wanted
        self.look_again()

    def look_again(self) -> None:
        """Opens, moves or closes the customer's window, as the screens are now."""
        place = second_of(self._screens(), self._tills()) if self._wanted else None
        if place is None:
            self._put_away()
            return
        if self.screen is None:
            self.screen = self._make()
            self.screen.show_display(self._model)
        self.screen.stand_on(place)

    def _put_away(self) -> None:
        screen, self.screen = self.screen, None
        if screen is not None:
            screen.close()
            screen.deleteLater()


class CustomerScreen(QWidget):
    """The view of ``till.customer_display.CustomerDisplay``."""

    def __init__(self, look: Look, language: Language) -> None:
        super().__init__(None, Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowDoesNotAcceptFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)
        self._look = look
        self._language = language
        self._model = DisplayModel()
        self._pages = QStackedLayout(self)
        self._pages.setContentsMargins(0, 0, 0, 0)
        self._build_greeting()
        self._build_bill()
        language.changed.connect(self._renew)
        look.changed.connect(self._measure)
        self._measure()
        self._renew()

    def show_display(self, model: DisplayModel) -> None:
        self._model = model
        self._renew()

    def stand_on(self, screen: Screen) -> None:
        """Fills that screen."""
        self.setGeometry(screen.geometry())
        self.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._look.resize(SizeClass.for_width(self.width()))

    # Parts

    def _build_greeting(self) -> None:
        look = self._look
        self._greeting = Plane(look, Colour.PLANE)
        self._shop = Text(look, "", Ink(Role.TITLE, Colour.INK_2, CENTRE))
        self._welcome = Text(look, "", Ink(Role.TOTAL, align=CENTRE))
        self._hint = Text(look, "", Ink(Role.TITLE, Colour.INK_2, CENTRE), wrap=True)
        self._change = Text(look, "", Ink(Role.FIGURE, align=CENTRE))
        self._points_now = Text(look, "", Ink(Role.TITLE, Colour.POINTS, CENTRE), wrap=True)
        rows = QVBoxLayout(self._greeting)
        rows.setContentsMargins(48, 48, 48, 48)
        rows.setSpacing(16)
        rows.addWidget(self._shop)
        rows.addStretch(2)
        for part in (self._welcome, self._hint, self._change, self._points_now):
            rows.addWidget(part)
        rows.addStretch(3)
        self._pages.addWidget(self._greeting)

    def _build_bill(self) -> None:
        look = self._look
        self._selling = QWidget()
        goods, self._side = Plane(look, Colour.PLANE), Plane(look, lines=Side.LEFT)
        self.lines = RowList(look, BillLineDelegate(look), "")
        self.lines.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.lines.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        listed = QVBoxLayout(goods)
        listed.setContentsMargins(0, 24, 0, 24)
        listed.addWidget(self.lines)
        self._name = Text(look, "", Ink(Role.TITLE, may_cut=True))
        self._points = Figure(look, "", Ink(Role.POINTS, align=LEFT))
        self._moves = Text(look, "", Ink(Role.STRONG, Colour.POINTS), wrap=True)
        self.code = QrView(look, "", _MODULE)
        self._scan = Text(look, "", Ink(Role.STRONG, align=CENTRE), wrap=True)
        self._off = Text(look, "", Ink(Role.STRONG, Colour.POINTS, RIGHT))
        self._label = Text(look, "", Ink(Role.TITLE))
        self._total = Figure(look, "", Ink(Role.TOTAL, align=RIGHT))
        self._due = Text(look, "", Ink(Role.TITLE, align=RIGHT))
        rows = QVBoxLayout(self._side)
        rows.setContentsMargins(32, 32, 32, 32)
        rows.setSpacing(8)
        for part in (self._name, self._points, self._moves):
            rows.addWidget(part)
        rows.addStretch(1)
        rows.addWidget(self.code, 0, Qt.AlignmentFlag.AlignHCenter)
        rows.addWidget(self._scan)
        rows.addStretch(1)
        rows.addWidget(Hairline(look))
        for part in (self._label, self._total, self._off, self._due):
            rows.addWidget(part)
        planes = QHBoxLayout(self._selling)
        planes.setContentsMargins(0, 0, 0, 0)
        planes.setSpacing(0)
        planes.addWidget(goods, 1)
        planes.addWidget(self._side)
        self._pages.addWidget(self._selling)

    def _measure(self) -> None:
        self._side.setFixedWidth(_SIDE[self._look.theme.size])

    # What is shown

    def _renew(self) -> None:
        is_bill = self._model.step is DisplayStep.BILL
        self._pages.setCurrentWidget(self._selling if is_bill else self._greeting)
        if is_bill:
            self._write_bill()
        else:
            self._write_greeting()
        self.setWindowTitle(QCoreApplication.translate("Display", "The customer's screen"))
        self.setAccessibleName(self.windowTitle())

    def _write_greeting(self) -> None:
        model, write = self._model, self._language.format
        thanks = model.step is DisplayStep.THANKS
        self._shop.setText(model.shop)
        self._welcome.setText(
            QCoreApplication.translate("Display", "Thank you")
            if thanks
            else QCoreApplication.translate("Display", "Welcome")
        )
        self._hint.setText(
            model.customer
            if thanks
            else QCoreApplication.translate("Display", "Say your mobile number to collect points.")
        )
        change = QCoreApplication.translate("Display", "Change {money}")
        self._change.setText(change.format(money=write.money(model.change)) if model.change is not None else "")
        self._change.setVisible(model.change is not None)
        self._points_now.setText("\n".join(self._now(one) for one in model.points))
        self._points_now.setVisible(bool(model.points))

    def _write_bill(self) -> None:
        model, write = self._model, self._language.format
        self.lines.show_rows([self._row(line) for line in model.lines])
        self.lines.setAccessibleName(QCoreApplication.translate("Bill", "Lines of the bill"))
        self.lines.scrollToBottom()
        self._name.setText(model.customer)
        first = model.points[0] if model.points and not model.payload else None
        if first is not None:
            self._points.set_figure(write.points(first.balance), unit=self._language.name(first.name))
        self._points.setVisible(first is not None)
        self._moves.setText("\n".join(filter(None, map(self._moved, model.points))))
        self._moves.setVisible(first is not None and bool(self._moves.text()))  # a code to pay by needs the room
        self._label.setText(QCoreApplication.translate("Sale", "Total"))
        self._total.set_figure("" if model.total is None else write.money(model.total))
        off = QCoreApplication.translate("Display", "You save {money}")
        self._off.setText("" if model.discount is None else off.format(money=write.money(model.discount)))
        self._off.setVisible(model.discount is not None)
        self._due.setText(self._left())
        self._due.setVisible(bool(self._due.text()))
        self._write_code()

    def _left(self) -> str:
        due, write = self._model.due, self._language.format
        if due is None:
            return ""
        if due.minor < 0:
            return QCoreApplication.translate("Display", "You get back {money}").format(money=write.money(-due))
        return QCoreApplication.translate("Display", "Left to pay {money}").format(money=write.money(due))

    def _write_code(self) -> None:
        payload = self._model.payload
        if payload:
            import segno  # not before somebody pays by code

            self.code.show_matrix([[bool(module) for module in row] for row in segno.make_qr(payload).matrix])
        self.code.setAccessibleName(QCoreApplication.translate("Display", "Code to pay by"))
        self._scan.setText(QCoreApplication.translate("Display", "Scan to pay"))
        for part in (self.code, self._scan):
            part.setVisible(bool(payload))

    def _row(self, line: DisplayLine) -> BillRow:
        write = self._language.format
        quantity, amount = write.quantity(line.quantity), write.money(line.amount)
        old = None if line.before is None else write.figure(line.before)
        price = write.unit_price(line.each)
        each = selling.per_kilogram(price) if line.weighed else selling.each(price)
        off = each if line.before is None else write.off(line.before - line.amount)
        icon = None if line.before is None else Icon.TAG if line.amount else Icon.GIFT
        spoken = ", ".join(filter(None, (line.name, quantity, amount, off)))
        return BillRow(quantity, line.name, off, icon, amount, old, line.before is not None, spoken)

    def _moved(self, points: DisplayPoints) -> str:
        """``Points: +34 with this bill``."""
        write, name = self._language.format, self._language.name(points.name)
        moves = [f"+{write.points(points.earns)}"] if points.earns else []
        if points.spends:
            moves.append(write.points(-points.spends))
        if not moves:
            return "" if points is self._model.points[0] else f"{name} {write.points(points.balance)}"
        words = QCoreApplication.translate("Display", "{points}: {moves} with this bill")
        return words.format(points=name, moves=", ".join(moves))

    def _now(self, points: DisplayPoints) -> str:
        write, name = self._language.format, self._language.name(points.name)
        words = QCoreApplication.translate("Display", "{points} now: {balance}")
        return words.format(points=name, balance=write.points(points.balance))
