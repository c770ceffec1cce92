"""The payment screen: what was given at the left, how to pay in the middle, the pad and the next step at the right."""

from collections.abc import Mapping
from functools import partial
from typing import Final
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QButtonGroup, QGridLayout, QStackedLayout, QVBoxLayout, QWidget

from tukar.domain.tender import PaymentMode
from tukar.till.checkout_model import CheckoutState
from tukar.till.keys import DEFAULT_KEYS, Command
from tukar.till.notices import Level
from tukar.till.payment_model import PaymentModel, PayNext, Way
from tukar.till.status import StatusModel
from tukar.ui.key_bar import KeyBar
from tukar.ui.kit import Icon, Keypad, KitButton, Look, NoticeStrip, Plane, PrimaryAction, Side, SizeClass, TenderChoice
from tukar.ui.notice_tone import tell
from tukar.ui.payment_ledger import PaymentLedger
from tukar.ui.payment_panes import AmountPane, PaidPane, UnclearPane, VoucherPane, WaitPane
from tukar.ui.payment_steps import WhatHappens
from tukar.ui.status_strip import StatusStrip
from tukar.ui.translations import Language
from tukar.ui.wording import paying

_ICONS: Final = {
    Way.CASH: Icon.CASH,
    Way.CARD: Icon.CARD,
    Way.QR: Icon.QR,
    Way.GIFT_CARD: Icon.GIFT_CARD,
    Way.STORE_CREDIT: Icon.WALLET,
    Way.POINTS: Icon.GIFT,
    Way.VOUCHER: Icon.VOUCHER,
}
_WIDTHS: Final = {SizeClass.COMPACT: (316, 312), SizeClass.REGULAR: (384, 408), SizeClass.WIDE: (560, 560)}
_WAITING: Final = (CheckoutState.ASKING, CheckoutState.TERMINAL, CheckoutState.SAVING)
_CODES: Final = (Way.VOUCHER, Way.GIFT_CARD)
_ONE_ROW: Final = 5
"""So many ways to pay stand in one row; more take two."""


def _place(model: PaymentModel) -> tuple[Way, CheckoutState, bool, bool]:
    """Where on the screen the keyboard belongs."""
    return model.way, model.state, model.value is None, model.finding


class PaymentScreen(QWidget):
    """The view of ``till.payment_screen.Paying``; Enter is the green button, Esc goes back or cancels."""

    commanded = Signal(Command)
    way_chosen = Signal(Way)
    way_moved = Signal(int)
    amount_typed = Signal(str)
    quick_chosen = Signal(int)
    voucher_typed = Signal(str)
    next_requested = Signal()
    save_requested = Signal()
    back_requested = Signal()
    remove_requested = Signal(str)
    set_aside_requested = Signal()
    check_requested = Signal()

    def __init__(
        self, look: Look, language: Language, time_zone: ZoneInfo, keys: Mapping[Command, str] = DEFAULT_KEYS
    ) -> None:
        super().__init__()
        self._look = look
        self._language = language
        self._model: PaymentModel | None = None
        self._stale = False
        self.ledger = PaymentLedger(look, language, time_zone)
        self._entry = Plane(look, lines=Side.LEFT | Side.RIGHT)
        self._pad = Plane(look)
        self.key_bar = KeyBar(look, language, keys)
        self.strip = StatusStrip(look, language)
        self._build_entry()
        self._build_pad()
        for plane in (self.ledger, self._entry, self._pad, self.key_bar, self.strip):
            plane.setParent(self)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._bind(keys)
        look.changed.connect(self._arrange)
        language.changed.connect(self._renew)

    def show_payment(self, model: PaymentModel) -> None:
        """Behind another screen it is only remembered: a scan must not pay for what nobody sees."""
        before, self._model = self._model, model
        self._stale = not self.isVisible()
        if not self._stale:
            self._renew()
        if before is None or _place(before) != _place(model):
            self._take_focus()

    @property
    def warns(self) -> bool:
        """Whether a notice says that something went otherwise than asked."""
        return self._model is not None and self._model.notice is not None and self._model.notice.level is Level.WARN

    def show_status(self, model: StatusModel) -> None:
        self.strip.show_status(model)

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.next_requested.emit()
        elif key == Qt.Key.Key_Escape:
            self.back_requested.emit()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.way_moved.emit(-1 if key == Qt.Key.Key_Left else 1)
        elif key == Qt.Key.Key_Delete and self._model is not None and self._model.tenders:
            self.remove_requested.emit(self._model.tenders[-1].tender_id)
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier and key in self._by_control:
            if self._by_control[key].isVisible():
                self._by_control[key].click()
        elif event.text().isdigit() and self._keypad.isVisible():
            self._type(event.text())
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._renew()
        self._arrange()
        self._take_focus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _bind(self, keys: Mapping[Command, str]) -> None:
        for command, key in keys.items():
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(self.key_bar.buttons[command].click)
        self.key_bar.pressed.connect(self._command)

    def _command(self, command: Command) -> None:
        if command is Command.SAVE:
            self.save_requested.emit()
        else:
            self.commanded.emit(command)

    # Parts

    def _build_entry(self) -> None:
        look = self._look
        self.ways: dict[Way, TenderChoice] = {}
        self._group = QButtonGroup(self)
        self._ways = QGridLayout()
        self._ways.setSpacing(look.theme.touch.gap)
        self._shown_ways: tuple[Way, ...] = ()
        for way in Way:
            choice = TenderChoice(look, "", _ICONS[way])
            choice.clicked.connect(partial(self._choose, way))
            self._group.addButton(choice)
            choice.setParent(self._entry)
            self.ways[way] = choice
        self.amount = AmountPane(look, self._language)
        self.voucher = VoucherPane(look)
        self.wait = WaitPane(look, self._language)
        self.unclear = UnclearPane(look, self._language)
        self._by_control: dict[int, KitButton] = {Qt.Key.Key_R: self.wait.check, Qt.Key.Key_S: self.unclear.aside}
        self._paid = PaidPane(look, self._language)
        self._panes = QStackedLayout()
        for pane in (self.amount, self.voucher, self.wait, self.unclear, self._paid):
            self._panes.addWidget(pane)
        self._notice = NoticeStrip(look)
        self._entry_rows = QVBoxLayout(self._entry)
        self._entry_rows.setSpacing(0)
        self._entry_rows.addLayout(self._ways)
        self._entry_rows.addSpacing(24)
        self._entry_rows.addWidget(self._notice)
        self._notice_gap = QWidget()
        self._notice_gap.setFixedHeight(look.theme.space.two)
        self._entry_rows.addWidget(self._notice_gap)
        self._entry_rows.addLayout(self._panes, 1)
        self.amount.changed.connect(self.amount_typed)
        self.amount.quick_chosen.connect(self.quick_chosen)
        self.voucher.edited.connect(self.voucher_typed)
        self.wait.cancelled.connect(self.back_requested)
        self.wait.check_requested.connect(self.check_requested)
        self.unclear.set_aside.connect(self.set_aside_requested)
        self.unclear.cancelled.connect(self.back_requested)
        self.ledger.remove_requested.connect(self.remove_requested)

    def _build_pad(self) -> None:
        look = self._look
        self._keypad = Keypad(look, corner="000", erase_name="", clear_name="")
        self._keypad.typed.connect(self._type)
        self._keypad.erased.connect(self._erase)
        self._happens = WhatHappens(look)
        self.next = PrimaryAction(look, "")
        self.next.clicked.connect(self.next_requested)
        self._pad_rows = QVBoxLayout(self._pad)
        self._pad_rows.setSpacing(0)
        self._pad_rows.addWidget(self._keypad, 100)
        self._pad_rows.addWidget(self._happens)
        self._pad_rows.addStretch(1)
        self._pad_rows.addWidget(self.next)

    def _choose(self, way: Way) -> None:
        self.way_chosen.emit(way)
        self._show_ways()

    def _type(self, digits: str) -> None:
        if self._model is not None and self._panes.currentWidget() is self.voucher:
            self.voucher.field.set_text(self.voucher.field.text() + digits)
            self.voucher_typed.emit(self.voucher.field.text())
        else:
            self.amount.field.type_digits(digits)

    def _erase(self) -> None:
        if self._model is not None and self._panes.currentWidget() is self.voucher:
            self.voucher.field.set_text(self.voucher.field.text()[:-1])
            self.voucher_typed.emit(self.voucher.field.text())
        else:
            self.amount.field.erase()

    # What is shown

    def _renew(self) -> None:
        model = self._model
        if model is None:
            return
        self._stale = False
        self.ledger.show_payment(model)
        self._show_ways()
        pane = self._pane(model)
        pane.show_payment(model)
        self._panes.setCurrentWidget(pane)
        tell(self._notice, model.notice, self._language)
        self._notice_gap.setVisible(model.notice is not None)
        self._show_pad(model)
        self.key_bar.allow(model.commands)

    def _pane(self, model: PaymentModel) -> AmountPane | VoucherPane | WaitPane | UnclearPane | PaidPane:
        if model.state in _WAITING or model.finding:
            return self.wait
        if model.state is CheckoutState.UNCLEAR or (model.state is CheckoutState.UNSURE and model.value is not None):
            return self.unclear
        if model.next in (PayNext.SAVE, PayNext.APPROVE):
            return self._paid
        return self.voucher if model.way in _CODES and model.value is None else self.amount

    def _show_ways(self) -> None:
        model = self._model
        if model is None:
            return
        chosen = model.way
        if model.terminal is not None:
            chosen = Way.QR if model.terminal.mode is PaymentMode.QR else Way.CARD
        self._lay_ways(model.ways)
        for way, choice in self.ways.items():
            choice.set_label(paying.way(way))
            choice.setVisible(way in model.ways)
            choice.setEnabled(model.state is CheckoutState.PAYING or way is chosen)
            choice.setChecked(way is chosen)

    def _lay_ways(self, ways: tuple[Way, ...]) -> None:
        """In one row, or in two of about the same length."""
        if ways == self._shown_ways:
            return
        self._shown_ways = ways
        for choice in self.ways.values():
            self._ways.removeWidget(choice)
        columns = len(ways) if len(ways) <= _ONE_ROW else -(-len(ways) // 2)
        for column in range(len(Way)):
            self._ways.setColumnStretch(column, int(column < columns))
        for place, way in enumerate(ways):
            self._ways.addWidget(self.ways[way], place // columns, place % columns)

    def _show_pad(self, model: PaymentModel) -> None:
        waits = model.next is PayNext.WAIT
        pane = self._panes.currentWidget()
        self._keypad.setVisible(pane in (self.amount, self.voucher))
        self._keypad.set_words(
            erase_name=QCoreApplication.translate("Keypad", "Take back a digit"),
            clear_name=QCoreApplication.translate("Keypad", "Clear"),
        )
        self._happens.setVisible(waits)
        self._happens.show_payment(model)
        self.next.set_busy(busy=waits, word=QCoreApplication.translate("Payment", "Waiting"))
        self.next.set_label(paying.pay_next(model, self._language))
        self.next.setEnabled(model.next is not PayNext.NONE)

    def _take_focus(self) -> None:
        """The keyboard rests on the field, unless it is in a sheet over this screen."""
        model, holder = self._model, QApplication.focusWidget()
        elsewhere = holder is not None and holder.isVisible() and holder is not self and not self.isAncestorOf(holder)
        if model is None or not self.isVisible() or elsewhere:
            return
        pane = self._panes.currentWidget()
        if pane is self.amount:
            self.amount.field.line.setFocus(Qt.FocusReason.OtherFocusReason)
        elif pane is self.voucher:
            self.voucher.field.line.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _arrange(self) -> None:
        theme = self._look.theme
        layout, width, height = theme.layout, self.width(), self.height()
        floor = height - layout.strip - layout.keybar
        left, right = _WIDTHS[theme.size]
        pad = layout.pad
        placed, entry = self._look.placed, width - left - right
        self.ledger.setGeometry(QRect(placed(0, left, width), 0, left, floor))
        self._entry.setGeometry(QRect(placed(left, entry, width), 0, entry, floor))
        self._pad.setGeometry(QRect(placed(width - right, right, width), 0, right, floor))
        self.key_bar.setGeometry(0, floor, width, layout.keybar)
        self.strip.setGeometry(0, floor + layout.keybar, width, layout.strip)
        self._entry_rows.setContentsMargins(pad, 20, pad, 12)
        self._pad_rows.setContentsMargins(pad, 20, pad, 20)
