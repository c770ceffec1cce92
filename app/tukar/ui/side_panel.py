"""The side of the sale window: the customer, the promotions, the total, and Pay."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, QModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSpacerItem, QVBoxLayout, QWidget

from tukar.till.billing import BillModel
from tukar.till.customers import CustomerModel
from tukar.till.keys import Command
from tukar.till.promoting import PromotionsSummary
from tukar.ui.kit import (
    RIGHT,
    Colour,
    Figure,
    Hairline,
    Icon,
    Ink,
    Look,
    NeutralButton,
    OfferRow,
    OfferRowDelegate,
    Plane,
    PrimaryAction,
    ProgressBarThin,
    Role,
    RowList,
    Side,
    Text,
    painting,
)
from tukar.ui.kit.button import draw_focus
from tukar.ui.translations import Language
from tukar.ui.wording import offers, people, selling

_SMALL = Ink(Role.CAPTION, Colour.INK_2, may_cut=True)
_SMALL_RIGHT = Ink(Role.CAPTION, Colour.INK_2, RIGHT)


class CustomerBlock(QWidget):
    """Who buys, how many points they have, what runs out, what they are near to. A touch opens the customer sheet."""

    touched = Signal()
    focused = Signal(bool)

    def __init__(self, look: Look, language: Language, key: str) -> None:
        super().__init__()
        self._look = look
        self._language = language
        self._key = key
        self._model = CustomerModel()
        self._name = Text(look, "", Ink(Role.TITLE, may_cut=True))
        self._points = Figure(look, "", Ink(Role.FIGURE, align=RIGHT))
        self._known_by = Text(look, "", _SMALL)
        self._expiring = Text(look, "", Ink(Role.CAPTION, Colour.WARN, RIGHT))
        self._expiring.set_icon(Icon.CLOCK_ALERT)
        self._bar = ProgressBarThin(look, "")
        self._nudge = Text(look, "", Ink(Role.STRONG, Colour.POINTS, may_cut=True))
        self._nudge.set_icon(Icon.GIFT)
        self._earns = Text(look, "", _SMALL_RIGHT)
        self._add = NeutralButton(look, "", key=key, icon=Icon.PERSON)
        self._add.clicked.connect(self.touched)
        self._known = QWidget()
        rows = QVBoxLayout(self._known)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addLayout(_pair(self._name, self._points))
        rows.addSpacing(2)
        rows.addLayout(_pair(self._known_by, self._expiring))
        rows.addSpacing(12)
        rows.addWidget(self._bar)
        rows.addSpacing(6)
        rows.addLayout(_pair(self._nudge, self._earns))
        either = QVBoxLayout(self)
        either.setContentsMargins(0, 0, 0, 0)
        either.addWidget(self._known)
        either.addWidget(self._add)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        # The block is one stop of the keyboard, with a customer and without.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._add.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        language.changed.connect(self.renew)
        self.renew()

    def show_customer(self, model: CustomerModel) -> None:
        self._model = model
        self.renew()

    def renew(self) -> None:
        """Writes the model anew, in the present language."""
        account = self._model.account
        self._known.setVisible(account is not None)
        self._add.setVisible(account is None)
        self._add.set_label(QCoreApplication.translate("Customer", "Add the customer"))
        if account is None:
            self.setAccessibleName(self._add.accessibleName())
            return
        self._name.setText(account.name)
        others = [
            f"{self._language.name(other.name)} {self._language.format.points(other.balance.available)}"
            for other in self._model.balances[1:]
        ]
        self._known_by.setText("   ".join((people.known_by(account), *others)))
        self._show_balance()
        self._show_nudge()
        name = QCoreApplication.translate("Customer", "Customer {name}, {key}")
        self.setAccessibleName(name.format(name=account.name, key=self._key))

    def _show_balance(self) -> None:
        write = self._language.format
        held = self._model.balances[0] if self._model.balances else None
        self._points.setVisible(held is not None)
        self._expiring.setVisible(held is not None and held.balance.expiring is not None)
        self._earns.setVisible(held is not None and bool(held.earns))
        if held is None:
            return
        figure = write.points(held.balance.available)
        self._points.set_figure(figure, unit=selling.points(figure))
        if held.balance.expiring is not None:
            self._expiring.setText(people.expiring(held.balance.expiring, self._language))
        if held.earns:
            self._earns.setText(people.earned_today(held.earns, self._language))

    def _show_nudge(self) -> None:
        nudge, share = self._model.nudge, self._model.progress
        self._nudge.setVisible(nudge is not None)
        self._bar.setVisible(nudge is not None and share is not None)
        if nudge is None:
            return
        words = offers.nudge(nudge, self._language)
        self._nudge.setText(words)
        if share is not None:
            self._bar.set_share(float(share), words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self.touched.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focused.emit(False)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.touched.emit()
        super().mouseReleaseEvent(event)


class _Ring(QWidget):
    """The focus ring of the customer's block, a little larger than the block, so that it keeps off the words."""

    _AROUND = 10

    def __init__(self, look: Look, block: CustomerBlock, panel: QWidget) -> None:
        super().__init__(panel)
        self._look = look
        self._block = block
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        block.focused.connect(self._follow)

    def _follow(self, focused: bool) -> None:
        around = self._AROUND
        self.setGeometry(self._block.geometry().adjusted(-around, -around, around, around))
        self.setVisible(focused)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self, self._look) as brush:
            draw_focus(brush, QRectF(self.rect()), brush.theme.radius.key)


class PromotionsBlock(QWidget):
    """The promotions in force, those to be had with a word to take them, and in the room left those nearly there.

    What there is no room for is counted in the last row, with the key that shows it; a touch shows it as well.
    """

    use_requested = Signal(int)
    touched = Signal()

    def __init__(self, look: Look, language: Language, key: str) -> None:
        super().__init__()
        self._look = look
        self._language = language
        self._key = key
        self._model = PromotionsSummary()
        self._told = 0
        self._covered = False
        self._title = Text(look, "", Ink(Role.STRONG))
        self._count = Text(look, "", _SMALL_RIGHT)
        self._delegate = OfferRowDelegate(look, Colour.CANVAS)
        self.list = RowList(look, self._delegate, "")
        # Its rows end on one edge with everything else; how many there are is said above.
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.picked.connect(self._pick)
        self._parts = rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addLayout(_pair(self._title, self._count))
        rows.addSpacing(6)
        self._none = Text(look, "", Ink(Role.CAPTION, Colour.INK_3), wrap=True)
        rows.addWidget(self._none)
        rows.addWidget(self.list, 1)
        language.changed.connect(self.renew)
        look.changed.connect(self.renew)
        self.renew()

    def show_summary(self, model: PromotionsSummary) -> None:
        self._model = model
        self.renew()

    def give_way(self, *, covered: bool) -> None:
        """While an offer lies over the side nothing looks out from under it."""
        self._covered = covered
        self.renew()

    def renew(self) -> None:
        """Writes the model anew, in the present language and room."""
        model, words = self._model, self._language
        self._title.setText(QCoreApplication.translate("Promotions", "Promotions"))
        applied = QCoreApplication.translate("Promotions", "{count} applied")
        self._count.setText(applied.format(count=words.format.number(len(model.applied))) if model.applied else "")
        self.list.setAccessibleName(QCoreApplication.translate("Promotions", "Promotions"))
        rows = [] if self._covered else self._rows()
        self._none.setVisible(not rows and not self._covered)
        self._parts.activate()
        self.list.show_rows(self._fitting(rows))
        self._none.setText(QCoreApplication.translate("Promotions", "What the bill earns shows up here by itself."))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.renew()

    def _rows(self) -> list[OfferRow]:
        model, language, write = self._model, self._language, self._language.format
        rows = []
        for applied in model.applied:
            name, amount = language.name(applied.name), write.off(applied.amount)
            said = QCoreApplication.translate("Promotions", "{name}, applied, {amount}")
            rows.append(OfferRow(Icon.CHECK, name, amount, "", "", said.format(name=name, amount=amount)))
        use = QCoreApplication.translate("Promotions", "Use")
        for offer in model.offers:
            name, amount = offers.short_offer(offer, language), write.off(offer.takes_off)
            rows.append(OfferRow(Icon.GIFT, name, amount, "", use, f"{use}: {name}, {amount}"))
        for missing in model.reasons:
            name = language.name(missing.why.name)
            hint = offers.inside(offers.why_not(missing.why, language, item=missing.item))
            rows.append(OfferRow(Icon.DASH, name, "", hint, "", f"{name}: {hint}"))
        return rows

    def _fitting(self, rows: list[OfferRow]) -> list[OfferRow]:
        """As many as there is room for; the last one then says how many more there are."""
        room = max(self.list.height() // self._delegate.row_height(QModelIndex()), 1)
        self._told = len(rows) if len(rows) <= room else room - 1
        untold = len(rows) - self._told
        if not untold:
            return rows
        more = QCoreApplication.translate("Promotions", "{count} more").format(
            count=self._language.format.number(untold)
        )
        return [*rows[: self._told], OfferRow(Icon.MORE, more, "", "", "", f"{more}, {self._key}", key=self._key)]

    def _pick(self, row: int) -> None:
        offered = row - len(self._model.applied)
        self.list.choose(-1)
        if row < self._told and 0 <= offered < len(self._model.offers) and not self._model.locked:
            self.use_requested.emit(offered)
        else:
            self.touched.emit()


class TotalBlock(QWidget):
    """What is to pay, and the button to pay it."""

    pay_requested = Signal()

    def __init__(self, look: Look, language: Language, key: str) -> None:
        super().__init__()
        self._language = language
        self._key = key
        self._model: BillModel | None = None
        self._title = Text(look, "", Ink(Role.TITLE))
        self._items = Text(look, "", _SMALL_RIGHT)
        self._total = Figure(look, "", Ink(Role.TOTAL, align=RIGHT))
        self.pay = PrimaryAction(look, "")
        self.pay.clicked.connect(self.pay_requested)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(Hairline(look))
        rows.addSpacing(10)
        rows.addLayout(_pair(self._title, self._items))
        rows.addSpacing(2)
        rows.addWidget(self._total)
        rows.addSpacing(8)
        rows.addWidget(self.pay)
        language.changed.connect(self.renew)

    def show_bill(self, model: BillModel) -> None:
        self._model = model
        self.renew()

    def give_way(self, *, is_next: bool) -> None:
        """Whether paying is the next step; else the button prints the key that pays all the same."""
        self.pay.set_next(is_next=is_next, key="Enter" if is_next else self._key)

    def renew(self) -> None:
        """Writes the model anew, in the present language."""
        model = self._model
        if model is None:
            return
        self._title.setText(QCoreApplication.translate("Sale", "Total"))
        self._items.setText(selling.items(model.pieces, self._language))
        self._total.set_figure(self._language.format.money(model.total))
        self.pay.set_label(QCoreApplication.translate("Sale", "Pay"))
        self.pay.setEnabled(not model.is_empty and not model.locked)


class SidePanel(Plane):
    """Customer, promotions and total one below the other; the total and Pay never move."""

    def __init__(self, look: Look, language: Language, keys: Mapping[Command, str]) -> None:
        super().__init__(look, lines=Side.LEFT, by_hand=True)
        self._look = look
        self.customer = CustomerBlock(look, language, keys[Command.CUSTOMER])
        self.promotions = PromotionsBlock(look, language, keys[Command.PROMOTIONS])
        self.total = TotalBlock(look, language, keys[Command.PAYMENT])
        self._rows = QVBoxLayout(self)
        self._rows.setSpacing(0)
        self._rows.addWidget(self.customer)
        self._above, self._below = QSpacerItem(0, 0), QSpacerItem(0, 0)
        self._rows.addItem(self._above)
        self._rows.addWidget(Hairline(look))
        self._rows.addItem(self._below)
        self._rows.addWidget(self.promotions, 1)
        self._rows.addWidget(self.total)
        self._ring = _Ring(look, self.customer, self)
        look.changed.connect(self._renew)
        self._renew()

    def _renew(self) -> None:
        pad, wide = self._look.theme.layout.pad, self._look.theme.wide
        self._rows.setContentsMargins(pad, 28 if wide else 16, pad, 28 if wide else 12)
        self._above.changeSize(0, 24 if wide else 12)
        self._below.changeSize(0, 24 if wide else 10)
        self._rows.invalidate()


def _pair(left: QWidget, right: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(left, 1)
    row.addWidget(right)
    return row
