"""The middle of the payment screen: one pane for each thing that can go on there."""

from PySide6.QtCore import QCoreApplication, QElapsedTimer, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from tukar.domain.tender import PaymentMode
from tukar.till.checkout_model import CheckoutState
from tukar.till.payment_model import PaymentModel, Way
from tukar.ui.kit import (
    CENTRE,
    RIGHT,
    AmountField,
    Choice,
    Colour,
    Field,
    Figure,
    Hairline,
    Icon,
    Ink,
    Ledger,
    Look,
    NeutralButton,
    QrView,
    QuietButton,
    Role,
    Spinner,
    Text,
)
from tukar.ui.translations import Language
from tukar.ui.wording import paying

_QUICK = 4
_SECOND_MS = 1000
_BACK_WIDTH = 300


class AmountPane(QWidget):
    """Money to take: what is typed, likely sums, and what goes back."""

    changed = Signal(str)
    quick_chosen = Signal(int)

    def __init__(self, look: Look, language: Language) -> None:
        super().__init__()
        self._look = look
        self._language = language
        self._label = Text(look, "", Ink(Role.STRONG))
        self.holds = Text(look, "", Ink(Role.BODY, Colour.INK_2))
        self.field = AmountField(look, "", sign=language.format.sign, group=self._grouped)
        self.field.changed.connect(self.changed)
        self._group = QButtonGroup(self)
        self.quick = [Choice(look, "") for _ in range(_QUICK)]
        grid = QGridLayout()
        grid.setSpacing(look.theme.touch.gap)
        for place, choice in enumerate(self.quick):
            choice.set_height(look.theme.touch.key)
            self._group.addButton(choice, place)
            grid.addWidget(choice, place // 2, place % 2)
            grid.setColumnStretch(place % 2, 1)
        self._group.setExclusive(False)
        self._group.idClicked.connect(self.quick_chosen)
        self._line = Hairline(look)
        self._change_label = Text(look, "", Ink(Role.TITLE))
        self._change = Figure(look, "", Ink(Role.POINTS, align=RIGHT))
        foot = QHBoxLayout()
        foot.addWidget(self._change_label)
        foot.addWidget(self._change, 1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self._label)
        rows.addSpacing(8)
        rows.addWidget(self.field)
        rows.addSpacing(8)
        rows.addWidget(self.holds)
        rows.addSpacing(4)
        rows.addLayout(grid)
        rows.addStretch(1)
        rows.addWidget(self._line)
        rows.addSpacing(10)
        rows.addLayout(foot)

    def _grouped(self, digits: str) -> str:
        return self._language.format.digits(digits)

    def show_payment(self, model: PaymentModel) -> None:
        write = self._language.format
        self._label.setText(paying.amount_of(model.way))
        self.field.line.setAccessibleName(self._label.text())
        self.holds.setVisible(model.value is not None)
        self.holds.setText("" if model.value is None else paying.holds(model.value, self._language))
        self.field.set_digits(str(model.amount.minor) if model.amount.minor else "", fresh=model.fresh)
        for place, choice in enumerate(self.quick):
            shown = place < len(model.quick)
            choice.setVisible(shown)
            if shown:
                sum_ = model.quick[place]
                choice.set_label(paying.exactly(sum_, self._language) if place == 0 else write.figure(sum_))
                choice.setChecked(sum_ == model.amount)
        cash = model.way is Way.CASH
        for widget in (self._line, self._change_label, self._change):
            widget.setVisible(cash)
        self._change_label.setText(QCoreApplication.translate("Payment", "Change"))
        self._change.set_figure(write.money(model.change))


class VoucherPane(QWidget):
    """The code on a voucher or a gift card."""

    edited = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._way = Way.VOUCHER
        self._label = Text(look, "", Ink(Role.STRONG))
        self.field = Field(look, "", icon=Icon.VOUCHER)
        self.field.edited.connect(self.edited)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        rows.addWidget(self._label)
        rows.addWidget(self.field)
        rows.addStretch(1)

    def show_payment(self, model: PaymentModel) -> None:
        if model.way is not self._way:
            self._way = model.way
            self.field.set_text("")
        self._label.setText(paying.code_on(model.way))
        hint = QCoreApplication.translate("Payment", "Type or scan it")
        self.field.set_words(self._label.text(), hint)


class WaitPane(QWidget):
    """Something is under way elsewhere: what, how much, how long already; a QR code where there is one to scan."""

    cancelled = Signal()
    check_requested = Signal()

    def __init__(self, look: Look, language: Language) -> None:
        super().__init__()
        self._language = language
        self._good_for: float | None = None
        self._since = QElapsedTimer()
        self._code_since = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setInterval(_SECOND_MS)
        self._timer.timeout.connect(self._tick)
        self._waits_for = ""
        self._payload = ""
        self._spinner = Spinner(look, "")
        self._qr = QrView(look, "")
        self._title = Text(look, "", Ink(Role.TITLE, align=CENTRE), wrap=True)
        self._amount = Figure(look, "", Ink(Role.FIGURE, align=CENTRE))
        self._where = Text(look, "", Ink(Role.BODY, Colour.INK_2, CENTRE))
        self.cancel = NeutralButton(look, "", key="Esc")
        self.cancel.clicked.connect(self.cancelled)
        self.check = NeutralButton(look, "", key="Ctrl+R", icon=Icon.REFRESH)
        self.check.clicked.connect(self.check_requested)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self.check)
        buttons.addWidget(self.cancel)
        buttons.addStretch(1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addStretch(1)
        rows.addWidget(self._spinner, 0, Qt.AlignmentFlag.AlignHCenter)
        rows.addWidget(self._qr, 0, Qt.AlignmentFlag.AlignHCenter)
        rows.addSpacing(12)
        rows.addWidget(self._title)
        rows.addSpacing(4)
        rows.addWidget(self._amount)
        rows.addSpacing(4)
        rows.addWidget(self._where)
        rows.addSpacing(12)
        rows.addStretch(1)
        rows.addLayout(buttons)

    def show_payment(self, model: PaymentModel) -> None:
        terminal = model.terminal
        shows_code = terminal is not None and bool(terminal.payload) and not terminal.cancelling
        self.check.setVisible(shows_code)
        self.check.setEnabled(shows_code and terminal is not None and not terminal.checking)
        self.check.set_label(QCoreApplication.translate("Payment", "Check now"))
        self._good_for = None if terminal is None else terminal.good_for
        self._show_code(terminal.payload if terminal is not None else "")
        self._title.setText(self._what(model))
        self._spinner.setAccessibleName(self._title.text())
        self._amount.setVisible(terminal is not None)
        if terminal is not None:
            self._amount.set_figure(self._language.format.money(terminal.amount))
        can_cancel = terminal is not None and not terminal.cancelling and not terminal.giving_back
        self.cancel.setVisible(can_cancel or model.state is CheckoutState.ASKING)
        self.cancel.set_label(
            QCoreApplication.translate("Payment", "Cancel at the terminal")
            if terminal is not None and terminal.mode is PaymentMode.CARD
            else QCoreApplication.translate("Payment", "Cancel")
        )
        if self._waits_for != self._title.text():
            self._waits_for = self._title.text()
            self._since.start()
        self._tick()

    def showEvent(self, event: QShowEvent) -> None:
        self._since.start()
        self._timer.start()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._timer.stop()
        super().hideEvent(event)

    def _what(self, model: PaymentModel) -> str:
        terminal = model.terminal
        if terminal is None:
            return _without_terminal(model)
        if terminal.giving_back:
            return paying.money_goes_back(terminal)
        if terminal.cancelling:
            return QCoreApplication.translate("Payment", "Cancelling at the terminal")
        if terminal.mode is PaymentMode.QR:
            return QCoreApplication.translate("Payment", "Scan with any e-wallet")
        return QCoreApplication.translate("Payment", "Tap, insert or swipe")

    def _show_code(self, payload: str) -> None:
        self._qr.setVisible(bool(payload))
        self._spinner.setVisible(not payload)
        if payload and payload != self._payload:
            self._code_since.start()
            import segno  # not before the first paint

            matrix = [[bool(module) for module in row] for row in segno.make_qr(payload).matrix]
            self._qr.setAccessibleName(QCoreApplication.translate("Payment", "The code to scan"))
            self._qr.show_matrix(matrix)
        self._payload = payload

    def _tick(self) -> None:
        seconds = self._since.elapsed() / _SECOND_MS if self._since.isValid() else 0.0
        if self._good_for is not None:
            shown = self._code_since.elapsed() / _SECOND_MS
            self._where.setText(paying.good_for(max(0.0, self._good_for - shown), self._language))
            return
        waited = self._language.format.countdown(int(seconds))
        self._where.setText(QCoreApplication.translate("Payment", "{time} so far").format(time=waited))


def _without_terminal(model: PaymentModel) -> str:
    if model.finding:
        return QCoreApplication.translate("Payment", "Looking at the card")
    if model.state is CheckoutState.ASKING and model.value is not None:
        return QCoreApplication.translate("Payment", "Reserving the money")
    return QCoreApplication.translate("Payment", "One moment")


class UnclearPane(QWidget):
    """Nobody knows whether a payment went through: what to do, told as it is."""

    set_aside = Signal()
    cancelled = Signal()

    def __init__(self, look: Look, language: Language) -> None:
        super().__init__()
        self._language = language
        self._title = Text(look, "", Ink(Role.TITLE, align=CENTRE), wrap=True)
        self._amount = Figure(look, "", Ink(Role.FIGURE, align=CENTRE))
        self.aside = QuietButton(look, "", key="Ctrl+S", danger=True)
        self.aside.clicked.connect(self.set_aside)
        self.cancel = NeutralButton(look, "", key="Esc")
        self.cancel.clicked.connect(self.cancelled)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addStretch(1)
        rows.addWidget(self._title)
        rows.addSpacing(8)
        rows.addWidget(self._amount)
        rows.addStretch(1)
        rows.addWidget(self.aside, 0, Qt.AlignmentFlag.AlignHCenter)
        rows.addWidget(self.cancel, 0, Qt.AlignmentFlag.AlignHCenter)

    def show_payment(self, model: PaymentModel) -> None:
        is_value = model.state is CheckoutState.UNSURE
        self._title.setText(
            QCoreApplication.translate("Payment", "Was it reserved?")
            if is_value
            else QCoreApplication.translate("Payment", "Was it paid?")
        )
        self.aside.setVisible(not is_value)
        self.cancel.setVisible(is_value)
        self.cancel.set_label(QCoreApplication.translate("Payment", "Cancel"))
        self.aside.set_label(QCoreApplication.translate("Payment", "Set aside for the manager"))
        if model.terminal is not None:
            self._amount.set_figure(self._language.format.money(model.terminal.amount))
        elif is_value:
            self._amount.set_figure(self._language.format.money(model.amount))


class PaidPane(QWidget):
    """Nothing is left to pay: the bill only waits to be saved."""

    def __init__(self, look: Look, language: Language) -> None:
        super().__init__()
        self._language = language
        self._title = Text(look, "", Ink(Role.TITLE, align=CENTRE))
        self._title.set_icon(Icon.CHECK)
        self.back = Ledger(look, spacing=4)
        self.back.setMinimumWidth(_BACK_WIDTH)
        rows = QVBoxLayout(self)
        rows.addStretch(1)
        rows.addWidget(self._title, 0, Qt.AlignmentFlag.AlignHCenter)
        rows.addSpacing(16)
        rows.addWidget(self.back, 0, Qt.AlignmentFlag.AlignHCenter)
        rows.addStretch(1)

    def show_payment(self, model: PaymentModel) -> None:
        self._title.setText(paying.nothing_left(model.exchange, self._language))
        self.back.show_rows(paying.goes_back(model.exchange, self._language))
        self.back.setVisible(bool(self.back.rows))
