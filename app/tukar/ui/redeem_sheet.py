"""The redeem sheet: how many points, the code from the customer's phone, what is left to pay."""

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from tukar.till.checkout_model import TrustView
from tukar.till.notices import Level, Say
from tukar.till.redeem_model import RedeemModel, RedeemNext, RedeemStep
from tukar.ui.kit import (
    RIGHT,
    Choice,
    CodeBoxes,
    Colour,
    Figure,
    Hairline,
    Icon,
    Ink,
    Keypad,
    Look,
    NeutralButton,
    PointSlider,
    PrimaryAction,
    QuietButton,
    Role,
    Sheet,
    SizeClass,
    Text,
)
from tukar.ui.translations import Language
from tukar.ui.wording import offers, paying, selling
from tukar.ui.wording.notices import sentence

_SIZES: Final = {
    SizeClass.COMPACT: QSize(976, 580),
    SizeClass.REGULAR: QSize(1080, 580),
    SizeClass.WIDE: QSize(1400, 800),
}
_QUESTION: Final = {
    SizeClass.COMPACT: QSize(800, 300),
    SizeClass.REGULAR: QSize(860, 300),
    SizeClass.WIDE: QSize(1040, 360),
}
"""While one offer is asked for there is nothing to type."""
_PAD: Final = {SizeClass.COMPACT: 344, SizeClass.REGULAR: 380, SizeClass.WIDE: 480}
_PAD_HEIGHT: Final = {SizeClass.COMPACT: 312, SizeClass.REGULAR: 312, SizeClass.WIDE: 392}
_BUTTON: Final = 72
_CHOICES: Final = 4
_SMALL: Final = Ink(Role.CAPTION, Colour.INK_2)
_SMALL_RIGHT: Final = Ink(Role.CAPTION, Colour.INK_2, RIGHT)
_WITH_CODE: Final = (RedeemStep.SENDING, RedeemStep.CODE, RedeemStep.ASKING, RedeemStep.UNSURE)


class RedeemSheet(Sheet):
    """The view of ``till.redeem_screen.Redeem``: one pad types points first and the code afterwards."""

    points_chosen = Signal(int)
    digits_typed = Signal(str)
    erased = Signal()
    cleared = Signal()
    code_typed = Signal(str)
    resend_requested = Signal()
    second_person_requested = Signal()
    trust_requested = Signal()
    release_requested = Signal()
    next_requested = Signal()
    closed = Signal()

    def __init__(self, look: Look, window: QWidget, language: Language, time_zone: ZoneInfo) -> None:
        super().__init__(look, window, "", _SIZES[look.theme.size])
        self._language = language
        self._zone = time_zone
        self._model = RedeemModel()
        self._build_amount()
        self._build_code()
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self._title)
        left.addWidget(self._who)
        left.addSpacing(10)
        left.addLayout(self._amount_rows)
        left.addSpacing(22)
        left.addLayout(self._code_rows)
        left.addStretch(1)
        self._side = QWidget()
        self._build_side()
        self._columns = columns = QHBoxLayout(self.panel)
        columns.setContentsMargins(28, 28, 28, 28)
        columns.setSpacing(28)
        columns.addLayout(left, 1)
        columns.addWidget(self._side)
        self.entered.connect(self.next_requested)
        self.dismissed.connect(self.closed)
        look.changed.connect(self._resize)
        language.changed.connect(self._renew)
        self._resize()

    def show_redeem(self, model: RedeemModel) -> None:
        before, self._model = self._model, model
        if model.is_open:
            self._renew()
        if model.is_open and not before.is_open:
            self.code.reset()
            self.open_sheet(self)
        elif before.is_open and not model.is_open:
            self.code.reset()
            self.close_sheet()
        if model.is_open and (model.step, model.wrong) != (before.step, before.wrong):
            self._turn_to(model)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text, key = event.text(), event.key()
        way = self._ways.get(QKeySequence(event.keyCombination()).toString())
        if way is not None and way.isVisible():
            way.click()
        elif text.isdigit():
            self._type(text)
        elif key == Qt.Key.Key_Backspace:
            self._erase()
        elif key == Qt.Key.Key_Delete:
            self._clear()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and self._model.step is RedeemStep.AMOUNT:
            step = self._slider.singleStep()
            self.points_chosen.emit(self._slider.value() + (step if key == Qt.Key.Key_Right else -step))
        elif key == Qt.Key.Key_End and self._model.step is RedeemStep.AMOUNT:
            self.points_chosen.emit(self._slider.maximum())
        else:
            super().keyPressEvent(event)

    # Parts

    def _build_amount(self) -> None:
        look = self.look
        self._title = Text(look, "", Ink(Role.TITLE))
        self._who = Text(look, "", Ink(Role.CAPTION, Colour.INK_2, may_cut=True))
        self._points = Figure(look, "", Ink(Role.POINTS))
        self._off = Figure(look, "", Ink(Role.FIGURE, Colour.POINTS, RIGHT))
        self._slider = PointSlider(look, "", self._speak)
        self._slider.valueChanged.connect(self._slid)
        self._least, self._most = Text(look, "0", _SMALL), Text(look, "", _SMALL_RIGHT)
        self._steps = Text(look, "", _SMALL)
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)
        self.choices = [Choice(look, "") for _ in range(_CHOICES)]
        self._chips = QGridLayout()
        self._chips.setSpacing(look.theme.touch.gap)
        for place, choice in enumerate(self.choices):
            self._group.addButton(choice, place)
            self._chips.addWidget(choice, 0, place)
        self._group.idClicked.connect(self._suggested)
        figures = QHBoxLayout()
        figures.addWidget(self._points)
        figures.addStretch(1)
        figures.addWidget(self._off)
        ends = QHBoxLayout()
        for text in (self._least, self._steps, self._most):
            ends.addWidget(text)
        ends.insertStretch(1, 1)
        ends.insertStretch(3, 1)
        self._amount_rows = QVBoxLayout()
        self._amount_rows.setSpacing(0)
        self._amount_rows.addLayout(figures)
        self._amount_rows.addSpacing(4)
        self._amount_rows.addWidget(self._slider)
        self._amount_rows.addLayout(ends)
        self._amount_rows.addSpacing(8)
        self._amount_rows.addLayout(self._chips)

    def _build_code(self) -> None:
        look = self.look
        self._line = Hairline(look)
        self._sent = Text(look, "", Ink(Role.STRONG))
        self._tries = Text(look, "", _SMALL_RIGHT)
        self.code = CodeBoxes(look, "")
        self.code.edited.connect(self.code_typed)
        self._said = Text(look, "", Ink(Role.BODY, Colour.DANGER), wrap=True)
        self._said.set_icon(Icon.ALERT)
        self._resend = QuietButton(look, "", key="Ctrl+R", icon=Icon.REFRESH, flush=True)
        self._resend.clicked.connect(self.resend_requested)
        self.without = QuietButton(look, "", key="F2", icon=Icon.USERS, flush=True)
        self.without.clicked.connect(self.second_person_requested)
        self.trust = QuietButton(look, "", key="F4", icon=Icon.WIFI_OFF, flush=True)
        self.trust.clicked.connect(self.trust_requested)
        self._on_trust = Text(look, "", _SMALL, wrap=True)
        self.release = QuietButton(look, "", key="F6", icon=Icon.USERS, flush=True)
        self.release.clicked.connect(self.release_requested)
        self._ways = {way.key: way for way in (self._resend, self.without, self.trust, self.release)}
        head = QHBoxLayout()
        head.addWidget(self._sent)
        head.addStretch(1)
        head.addWidget(self._tries)
        self._code_rows = QVBoxLayout()
        self._code_rows.setSpacing(0)
        self._code_rows.addWidget(self._line)
        self._code_rows.addSpacing(18)
        self._code_rows.addLayout(head)
        self._code_rows.addSpacing(10)
        self._code_rows.addWidget(self.code)
        self._code_rows.addSpacing(8)
        self._code_rows.addWidget(self._said)
        for way in self._ways.values():
            self._code_rows.addWidget(way, 0, Qt.AlignmentFlag.AlignLeft)
        self._code_rows.addWidget(self._on_trust)

    def _build_side(self) -> None:
        look = self.look
        self._keypad = Keypad(look, corner="C", erase_name="", clear_name="")
        self._keypad.typed.connect(self._type)
        self._keypad.erased.connect(self._erase)
        self._keypad.cleared.connect(self._clear)
        self._left_label = Text(look, "", Ink(Role.BODY, Colour.INK_2))
        self._left = Figure(look, "", Ink(Role.FIGURE, align=RIGHT))
        self.cancel = NeutralButton(look, "", key="Esc")
        self.next = PrimaryAction(look, "")
        self.next.put_in_sheet()
        for button in (self.cancel, self.next):
            button.set_height(_BUTTON)
        self.cancel.clicked.connect(self.closed)
        self.next.clicked.connect(self.next_requested)
        left = QHBoxLayout()
        left.addWidget(self._left_label)
        left.addWidget(self._left, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(look.theme.touch.gap)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.next, 1)
        rows = QVBoxLayout(self._side)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self._keypad, 100)
        rows.addStretch(1)
        rows.addLayout(left)
        rows.addSpacing(12)
        rows.addLayout(buttons)

    # What is typed

    def _type(self, digits: str) -> None:
        if self._model.step is RedeemStep.CODE:
            self.code.type_digits(digits)
        else:
            self.digits_typed.emit(digits)

    def _erase(self) -> None:
        if self._model.step is RedeemStep.CODE:
            self.code.erase()
        else:
            self.erased.emit()

    def _clear(self) -> None:
        if self._model.step is RedeemStep.CODE:
            self.code.clear_digits()
        else:
            self.cleared.emit()

    def _slid(self, units: int) -> None:
        step = max(self._slider.singleStep(), 1)
        snapped = units if units == self._slider.maximum() else units // step * step
        if snapped != self._model.points.units:
            self.points_chosen.emit(snapped)

    def _suggested(self, place: int) -> None:
        if place < len(self._model.suggestions):
            self.points_chosen.emit(self._model.suggestions[place].points.units)

    def _turn_to(self, model: RedeemModel) -> None:
        """The keyboard rests on the boxes while a code is waited for, else on the sheet."""
        target: QWidget = self.code if model.step is RedeemStep.CODE else self
        if not model.wrong and model.step in (RedeemStep.SENDING, RedeemStep.AMOUNT):
            self.code.reset()
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _speak(self, _units: int) -> str:
        model = self._model
        figure = self._language.format.points(model.points)
        left = "" if model.left_to_pay is None else self._language.format.money(model.left_to_pay)
        words = QCoreApplication.translate("Redeem", "{points} points, leaves {money}")
        return words.format(points=figure, money=left)

    # What is shown

    def _renew(self) -> None:
        model, write = self._model, self._language.format
        points = QCoreApplication.translate("Redeem", "Redeem points")
        self._title.setText(self._language.name(model.offer) if model.offer is not None else points)
        self._points.setVisible(model.offer is None)
        self._who.setVisible(model.offer is None)
        self._keypad.setVisible(model.offer is None)
        self._resize()
        self.setAccessibleName(self._title.text())
        most = model.limits.most if model.limits is not None else None
        if model.customer is not None and model.balance is not None:
            self._who.setText(paying.who_redeems(model.customer, model.balance, most, self._language))
        figure = write.points(model.points)
        self._points.set_figure(figure, unit=selling.points(figure))
        self._off.set_figure("" if model.takes_off is None else write.off(model.takes_off))
        self._left_label.setText(QCoreApplication.translate("Payment", "Left to pay"))
        self._left.set_figure("" if model.left_to_pay is None else write.money(model.left_to_pay))
        self._show_slider()
        self._show_choices()
        self._show_code()
        self._show_why()
        self._keypad.set_words(
            erase_name=QCoreApplication.translate("Keypad", "Take back a digit"),
            clear_name=QCoreApplication.translate("Keypad", "Clear"),
        )
        self.cancel.set_label(QCoreApplication.translate("Redeem", "Cancel"))
        self.next.set_label(paying.redeem_next(model, self._language))
        self.next.set_busy(busy=model.next is RedeemNext.WAIT, word=self._waiting_for())
        self.next.setEnabled(model.next is not RedeemNext.NONE)

    def _waiting_for(self) -> str:
        if self._model.step is RedeemStep.SENDING:
            return QCoreApplication.translate("Redeem", "Sending")
        return QCoreApplication.translate("Redeem", "Asking")

    def _show_slider(self) -> None:
        model, limits = self._model, self._model.limits
        can_slide = limits is not None and model.step is RedeemStep.AMOUNT
        for widget in (self._slider, self._least, self._most, self._steps):
            widget.setVisible(limits is not None)
        self._slider.setEnabled(can_slide)
        self._slider.setAccessibleName(QCoreApplication.translate("Redeem", "Points to redeem"))
        self._steps.setText(paying.steps_of(model, self._language))
        if limits is None:
            return
        self._most.setText(self._language.format.points(limits.most))
        self._slider.blockSignals(True)
        rounded = next((one.points.units for one in model.suggestions if one.leaves is not None), None)
        self._slider.set_limits(limits.most.units, step=max(limits.step.units, 1), suggest=rounded)
        self._slider.setValue(model.points.units)
        self._slider.blockSignals(False)

    def _show_choices(self) -> None:
        model = self._model
        for place, choice in enumerate(self.choices):
            shown = place < len(model.suggestions)
            choice.setVisible(shown)
            if shown:
                one = model.suggestions[place]
                choice.set_label(paying.suggestion(one, self._language))
                choice.setChecked(one.points == model.points)
                # One of them says what it leaves: four beside each other need more than the least room.
                columns = _CHOICES // 2 if self.look.theme.size is SizeClass.COMPACT else _CHOICES
                self._chips.addWidget(choice, place // columns, place % columns)

    def _show_code(self) -> None:
        model, code = self._model, self._model.code
        with_code = model.step in _WITH_CODE and code is not None
        usable = model.step is RedeemStep.CODE and code is not None and not code.over
        for widget in (self._line, self._sent, self._tries, self.code, self._resend):
            widget.setVisible(with_code)
        self.code.setEnabled(usable)
        self.code.setAccessibleName(QCoreApplication.translate("Redeem", "Code from the customer's phone"))
        self.code.set_wrong(wrong=model.wrong)
        said = sentence(model.notice, self._language) if model.notice is not None else ""
        bad = model.notice is not None and (model.notice.level is not Level.INFO or model.wrong)
        self._said.setText(said)
        self._said.set_ink(Ink(Role.BODY, Colour.DANGER if bad else Colour.INK_2))
        self._said.set_icon(Icon.ALERT if bad else Icon.INFO)
        self._said.setVisible(bool(said) and (model.notice is None or model.notice.say is not Say.CODE_SENT))
        self.without.set_label(QCoreApplication.translate("Redeem", "No code? Call the manager"))
        self.without.setVisible(with_code and model.can_go_without)
        self._show_trust(model.trust)
        self.release.setVisible(model.elsewhere is not None)
        if model.elsewhere is not None:
            self.release.set_label(paying.held_elsewhere(model.elsewhere, self._language))
        if code is None:
            return
        self._sent.setText(self._waiting_for() if code.busy else paying.code_sent_to(code))
        last = code.tries_left == 1
        self._tries.setText("" if code.tries_left is None else paying.tries_left(code.tries_left, self._language))
        self._tries.set_ink(Ink(Role.CAPTION, Colour.DANGER if last else Colour.INK_2, RIGHT))
        none_left = code.sends_left == 0
        self._resend.set_label(paying.send_again(model.resend_in, self._language))
        self._resend.setEnabled(usable and not model.resend_in and not none_left)
        self._resend.setVisible(with_code and not none_left and not code.over and not code.busy)

    def _show_trust(self, trust: TrustView | None) -> None:
        """Nobody answers, and the shop lets its tills take points on trust."""
        for widget in (self.trust, self._on_trust):
            widget.setVisible(trust is not None)
        if trust is not None:
            self.trust.set_label(paying.take_on_trust(trust, self._language))
            self._on_trust.setText(paying.on_trust(trust, self._known(trust.known_at)))

    def _known(self, at: datetime | None) -> str:
        return "" if at is None else self._language.format.time(at.astimezone(self._zone))

    def _show_why(self) -> None:
        """Nothing can be redeemed on this bill: the reason stands where the code would."""
        model = self._model
        if model.step is not RedeemStep.NOTHING:
            return
        why = "" if model.why is None else offers.why_not(model.why, self._language)
        nothing = QCoreApplication.translate("Redeem", "No points can be redeemed on this bill.")
        self._said.setText(" ".join(filter(None, (nothing, f"{why}." if why else ""))))
        self._said.set_ink(Ink(Role.BODY, Colour.INK_2))
        self._said.set_icon(Icon.INFO)
        self._said.setVisible(True)

    def _resize(self) -> None:
        size = self.look.theme.size
        self.set_size(_SIZES[size] if self._model.offer is None else _QUESTION[size])
        self._side.setFixedWidth(_PAD[size])
        pad_first = self.look.left_handed
        self._columns.setDirection(
            QHBoxLayout.Direction.RightToLeft if pad_first else QHBoxLayout.Direction.LeftToRight
        )
        self._keypad.setMaximumHeight(_PAD_HEIGHT[size])
