"""The sign-in screen: tiles at the left, the PIN at the right; typed digits choose a person, then are the PIN.

Whoever may not try any more finds the manager's key where the green button is; then the tiles are the managers'.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from tukar.domain.people import PASSWORD_LETTERS, PIN_DIGITS
from tukar.till.signing_in import SignInModel
from tukar.ui.kit import (
    CENTRE,
    LEFT,
    Colour,
    Field,
    Figure,
    Icon,
    Ink,
    Keypad,
    NeutralButton,
    NoticeStrip,
    PersonChoice,
    PinDots,
    Plane,
    PrimaryAction,
    Role,
    Side,
    SizeClass,
    Text,
)
from tukar.ui.notice_tone import tell
from tukar.ui.status_strip import StatusStrip
from tukar.ui.wording import signing_in

if TYPE_CHECKING:
    from tukar.till.status import StatusModel
    from tukar.ui.kit import (
        Look,
    )
    from tukar.ui.translations import Language

_PIN_WIDTH: Final = {SizeClass.COMPACT: 400, SizeClass.REGULAR: 456, SizeClass.WIDE: 600}
_COLUMNS: Final = {SizeClass.COMPACT: 3, SizeClass.REGULAR: 3, SizeClass.WIDE: 4}
_GAP: Final = 12
_NUMBERED: Final = 9
_PASSWORD_AT_MOST: Final = 200
SETTINGS_KEY: Final = "F5"
PRACTISE_KEY: Final = "Ctrl+T"
CALL_KEY: Final = "F2"


class SignInScreen(QWidget):
    """The view of ``till.signing_in.SigningIn``."""

    person_chosen = Signal(int)
    person_moved = Signal(int)
    typing = Signal()
    pin_entered = Signal(str)
    password_entered = Signal(str)
    manager_called = Signal()
    back_requested = Signal()
    settings_requested = Signal()
    practise_requested = Signal()

    def __init__(self, look: Look, language: Language) -> None:
        super().__init__()
        self._look = look
        self._language = language
        self._model = SignInModel("")
        self.strip = StatusStrip(look, language)
        self._people = Plane(look)
        self._door = Plane(look, Colour.PLANE, Side.LEFT, by_hand=True)
        for plane in (self._people, self._door, self.strip):
            plane.setParent(self)
        self._build_people()
        self._build_door()
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        look.changed.connect(self._arrange)
        language.changed.connect(self._renew)

    def show_sign_in(self, model: SignInModel) -> None:
        before, self._model = self._model, model
        self._renew()
        if model.person != before.person or not model.staff or model.shut_out:
            self.pin.reset()
        self.pin.set_wrong(wrong=model.wrong)
        if model.shut_out and self.isVisible():
            self.setFocus(Qt.FocusReason.OtherFocusReason)  # before what had it is switched off
        for part in (self.pin, self.password, self._keypad):
            part.setEnabled(model.person is not None and not model.shut_out)
        if model.person != before.person or model.wrong or not model.asks_password or model.shut_out:
            self.password.set_text("")
        if model.person is not None and self.isVisible() and not self._typed_in().hasFocus():
            self._typed_in().setFocus(Qt.FocusReason.OtherFocusReason)

    def show_status(self, model: StatusModel) -> None:
        self.strip.show_status(model)

    def offer_practice(self) -> None:
        """From now on somebody may practise without signing in: in a window and a shop of its own."""
        self.practise.show()
        self._practise_key.setEnabled(True)

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        elif key == Qt.Key.Key_F2 and self.call.isVisible():
            self.call.click()
        elif key == Qt.Key.Key_Escape and self.back.isVisible():
            self.back.click()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.person_moved.emit(-1 if key == Qt.Key.Key_Left else 1)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            columns = _COLUMNS[self._look.theme.size]
            self.person_moved.emit(-columns if key == Qt.Key.Key_Up else columns)
        elif event.text().isdigit() and self._model.person is None:
            self.person_chosen.emit(int(event.text()) - 1)
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._arrange()
        self.pin.reset()
        self.password.set_text("")
        self.take_focus()

    def take_focus(self) -> None:
        """The keyboard rests on the PIN, or on the tiles while nobody is chosen."""
        self._typed_in().setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _enter(self) -> None:
        if self._model.asks_password:
            self.password_entered.emit(self.password.text())
        elif self.pin.isEnabled():
            self.pin_entered.emit(self.pin.digits)

    def _typed_in(self) -> QWidget:
        if self._model.person is None or self._model.shut_out:
            return self
        return self.password.line if self._model.asks_password else self.pin

    # Parts

    def _build_people(self) -> None:
        look = self._look
        self._shop = Text(look, "", Ink(Role.STRONG, Colour.INK_2))
        self._question = Figure(look, "", Ink(Role.POINTS, align=LEFT))
        self.people: list[PersonChoice] = []
        self._group = QButtonGroup(self)
        self._tiles = QWidget()
        self._grid = QGridLayout(self._tiles)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(_GAP)
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setViewport(QWidget())  # one of our own paints no ground
        self._scroll.setWidget(self._tiles)
        self._tiles.setAutoFillBackground(False)
        self._hint = Text(look, "", Ink(Role.BODY, Colour.INK_2))
        self._hint.set_icon(Icon.INFO)
        self.settings = NeutralButton(look, "", key=SETTINGS_KEY, icon=Icon.SETTINGS)
        self.settings.clicked.connect(self.settings_requested)
        self.practise = NeutralButton(look, "", key=PRACTISE_KEY.replace("+", " "), icon=Icon.PRACTISE)
        self.practise.clicked.connect(self.practise_requested)
        self.practise.hide()
        self._practise_key = QShortcut(QKeySequence(PRACTISE_KEY), self)
        self._practise_key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._practise_key.activated.connect(self.practise.click)
        self._practise_key.setEnabled(False)
        foot = QHBoxLayout()
        foot.setSpacing(look.theme.touch.gap)
        foot.addStretch(1)
        foot.addWidget(self.practise)
        foot.addWidget(self.settings)
        self._people_rows = QVBoxLayout(self._people)
        self._people_rows.setSpacing(0)
        self._people_rows.addWidget(self._shop)
        self._people_rows.addSpacing(4)
        self._people_rows.addWidget(self._question)
        self._people_rows.addSpacing(24)
        self._people_rows.addWidget(self._scroll, 1)
        self._people_rows.addSpacing(16)
        self._people_rows.addWidget(self._hint)
        self._people_rows.addSpacing(8)
        self._people_rows.addLayout(foot)

    def _build_door(self) -> None:
        look = self._look
        self._name = Text(look, "", Ink(Role.TITLE, align=CENTRE, may_cut=True))
        self._what = Text(look, "", Ink(Role.BODY, Colour.INK_2, CENTRE))
        self.pin = PinDots(look, "", PIN_DIGITS)
        self.pin.edited.connect(self._typed)
        self.password = Field(look, "", icon=Icon.LOCK)
        self.password.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.line.setMaxLength(_PASSWORD_AT_MOST)
        self.password.edited.connect(self._typed)
        self._keypad = Keypad(look, corner="C", erase_name="", clear_name="")
        self._keypad.typed.connect(self.pin.type_digits)
        self._keypad.erased.connect(self.pin.erase)
        self._keypad.cleared.connect(self.pin.clear_digits)
        self._notice = NoticeStrip(look)
        self.enter = PrimaryAction(look, "")
        self.enter.clicked.connect(self._enter)
        self.call = NeutralButton(look, "", key=CALL_KEY)
        self.call.clicked.connect(self.manager_called)
        self.back = NeutralButton(look, "", key="Esc")
        self.back.clicked.connect(self.back_requested)
        foot = QHBoxLayout()
        foot.setSpacing(look.theme.touch.gap)
        foot.addWidget(self.back)
        foot.addWidget(self.enter, 1)
        foot.addWidget(self.call, 1)
        self._door_rows = QVBoxLayout(self._door)
        self._door_rows.setSpacing(0)
        self._door_rows.addWidget(self._name)
        self._door_rows.addWidget(self._what)
        self._door_rows.addSpacing(14)
        self._door_rows.addWidget(self.pin, 0, Qt.AlignmentFlag.AlignHCenter)
        self._door_rows.addWidget(self.password)
        self._door_rows.addSpacing(20)
        self._door_rows.addWidget(self._keypad, 100)
        self._door_rows.addSpacing(12)
        self._door_rows.addWidget(self._notice)
        self._door_rows.addSpacing(8)
        self._door_rows.addStretch(1)
        self._door_rows.addLayout(foot)

    def _typed(self, _digits: str) -> None:
        self.typing.emit()
        self._arm()

    # What is shown

    def _renew(self) -> None:
        model = self._model
        self._shop.setText(model.shop)
        self._question.set_figure(self._asked())
        self._show_people()
        person = model.person
        self._name.setText(person.name if person else QCoreApplication.translate("Sign in", "Choose yourself"))
        self._what.setText(
            self._what_to_type()
            if person
            else QCoreApplication.translate("Sign in", "Touch your tile, or type its number")
        )
        self.pin.setAccessibleName(QCoreApplication.translate("Sign in", "PIN"))
        password = QCoreApplication.translate("Sign in", "Password")
        self.password.set_words(password, password)
        for part in (self.pin, self._keypad):
            part.setVisible(not model.asks_password)
        self.password.setVisible(model.asks_password)
        self._hint.setText(signing_in.demo_pin(model.hint) if model.hint else "")
        self._hint.setVisible(bool(model.hint))
        self.settings.set_label(QCoreApplication.translate("Settings", "Screen and language"))
        self.practise.set_label(QCoreApplication.translate("Sign in", "Practise"))
        self._keypad.set_words(
            erase_name=QCoreApplication.translate("Keypad", "Take back a digit"),
            clear_name=QCoreApplication.translate("Keypad", "Clear"),
        )
        self._label_actions()
        tell(self._notice, model.notice, self._language)
        self._arm()

    def _asked(self) -> str:
        if self._model.lets_in is not None:
            return QCoreApplication.translate("Sign in", "Who lets {name} in?").format(name=self._model.lets_in.name)
        if self._model.locked:
            return QCoreApplication.translate("Sign in", "The bill waits for you")
        return QCoreApplication.translate("Sign in", "Who is at the till?")

    def _label_actions(self) -> None:
        """Green is what Enter does; where it can do nothing any more, the manager's key takes its place."""
        model = self._model
        if model.lets_in is not None:
            enters = QCoreApplication.translate("Sign in", "Let in")
        elif model.locked:
            enters = QCoreApplication.translate("Sign in", "Go on")
        else:
            enters = QCoreApplication.translate("Sign in", "Sign in")
        self.enter.set_label(enters)
        self.call.set_label(QCoreApplication.translate("Sign in", "Call the manager"))
        self.back.set_label(QCoreApplication.translate("Sign in", "Back"))
        self.enter.setVisible(not model.can_call)
        self.call.setVisible(model.can_call)
        self.back.setVisible(model.lets_in is not None)

    def _what_to_type(self) -> str:
        if self._model.shut_out:
            return signing_in.role(self._model.staff[self._model.chosen])
        if self._model.asks_password:
            return QCoreApplication.translate("Sign in", "Your shift begins: type your password")
        return QCoreApplication.translate("Sign in", "Type your PIN")

    def _arm(self) -> None:
        self.enter.set_busy(busy=self._model.busy, word=QCoreApplication.translate("Sign in", "One moment"))
        long_enough = len(self.password.text()) >= PASSWORD_LETTERS
        complete = long_enough if self._model.asks_password else len(self.pin.digits) == PIN_DIGITS
        self.enter.setEnabled(self._model.can_enter and complete)

    def _show_people(self) -> None:
        staff = self._model.staff
        while len(self.people) < len(staff):
            choice = PersonChoice(self._look, "", initials="", title="")
            choice.setParent(self._tiles)
            self._group.addButton(choice, len(self.people))
            choice.clicked.connect(partial(self.person_chosen.emit, len(self.people)))
            self.people.append(choice)
        for place, choice in enumerate(self.people):
            choice.setVisible(place < len(staff))
            if place < len(staff):
                member = staff[place]
                number = f"{place + 1}  " if place < _NUMBERED else ""
                choice.set_person(
                    member.name, initials=signing_in.initials(member.name), title=number + signing_in.role(member)
                )
        self._group.setExclusive(False)
        for place, choice in enumerate(self.people):
            choice.setChecked(place == self._model.chosen)
        self._group.setExclusive(self._model.chosen >= 0)
        self._place_people()
        QTimer.singleShot(0, self, self._reveal)

    def _reveal(self) -> None:
        """Scrolls to the chosen tile, once the tiles have their places."""
        if 0 <= self._model.chosen < len(self.people):
            self._scroll.ensureWidgetVisible(self.people[self._model.chosen], 0, _GAP)

    def _place_people(self) -> None:
        columns = _COLUMNS[self._look.theme.size]
        for place, choice in enumerate(self.people):
            self._grid.addWidget(choice, place // columns, place % columns)
        for column in range(max(_COLUMNS.values())):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        shown = len(self._model.staff)
        rows = -(-shown // columns)
        if self.people:
            self._tiles.setMinimumHeight(rows * (self.people[0].sizeHint().height() + _GAP) - _GAP)
        # What is left of the height stays below the last row.
        for row in range(self._grid.rowCount() + 1):
            self._grid.setRowStretch(row, 0)
        self._grid.setRowStretch(rows, 1)

    def _arrange(self) -> None:
        theme = self._look.theme
        strip = theme.layout.strip
        floor = self.height() - strip
        door = _PIN_WIDTH[theme.size]
        compact = theme.size is SizeClass.COMPACT
        placed, whole = self._look.placed, self.width()
        self._people.setGeometry(QRect(placed(0, whole - door, whole), 0, whole - door, floor))
        self._door.setGeometry(QRect(placed(whole - door, door, whole), 0, door, floor))
        self.strip.setGeometry(0, floor, self.width(), strip)
        side, inner = (24, 44) if compact else (56, 55)
        self._people_rows.setContentsMargins(side, 48, side, 24)
        self._door_rows.setContentsMargins(inner, 52, inner, 24)
        for button in (self.call, self.back):
            button.set_height(theme.layout.primary)
        self._place_people()
