"""The customer sheet: found by number, name or card, chosen of several, enrolled, looked at, taken off."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tukar.domain.people import LoyaltyAccount
from tukar.till.customers import CustomerModel, CustomersModel, EnrolmentForm, Step
from tukar.ui.enrol_form import EnrolForm
from tukar.ui.kit import (
    Colour,
    Field,
    HitDelegate,
    HitRow,
    Icon,
    Ink,
    Keypad,
    Ledger,
    LedgerRow,
    Look,
    NeutralButton,
    NoticeStrip,
    PrimaryAction,
    QuietButton,
    Role,
    RowList,
    Sheet,
    Text,
)
from tukar.ui.notice_tone import tell
from tukar.ui.translations import Language
from tukar.ui.wording import offers, people

_SIZE = QSize(920, 580)
_PAD_WIDTH = 312
_OUTDENT = -16
"""The red words begin where the title does; their ground reaches out beyond."""
_FINDING = (Step.FIND, Step.SEARCHING, Step.NOT_FOUND)
_BUSY = (Step.SEARCHING, Step.ENROLLING)


class CustomerSheet(Sheet):
    """One page a step; Enter does what the green button says, Esc goes one step back, F3 begins with somebody else."""

    edited = Signal(str)
    search_requested = Signal()
    moved = Signal(int)
    chosen = Signal(int)
    enrolment_requested = Signal()
    form_filled = Signal(EnrolmentForm)
    enrol_requested = Signal()
    another_requested = Signal()
    take_off_requested = Signal()
    back_requested = Signal()
    closed = Signal()

    def __init__(self, look: Look, window: QWidget, language: Language) -> None:
        super().__init__(look, window, "", _SIZE)
        self._language = language
        self._model = CustomersModel()
        self._title = Text(look, "", Ink(Role.TITLE))
        self._hint = Text(look, "", Ink(Role.CAPTION, Colour.INK_2))
        self.field = Field(look, "", icon=Icon.PERSON)
        self.field.edited.connect(self.edited)
        self._notice = NoticeStrip(look)
        self.list = RowList(look, HitDelegate(look, pad=16), "")
        self.list.picked.connect(self.chosen)
        self.form = EnrolForm(look, language)
        self.form.filled.connect(self.form_filled)
        self._profile = Ledger(look, spacing=8)
        self.keypad = Keypad(look, corner="C", erase_name="", clear_name="")
        self._danger = QuietButton(look, "", key="Del", danger=True)
        self._other = NeutralButton(look, "", key="F3")
        self._back = NeutralButton(look, "", key="Esc")
        for button in (self._danger, self._other, self._back):
            button.set_height(64)
        self.next = PrimaryAction(look, "")
        self.next.put_in_sheet()
        self._lay_out()
        self.keypad.typed.connect(self._type)
        self.keypad.erased.connect(self._erase)
        self.keypad.cleared.connect(lambda: self._retype(""))
        self._danger.clicked.connect(self.take_off_requested)
        self._other.clicked.connect(self._another)
        self._back.clicked.connect(self.back_requested)
        self.next.clicked.connect(self._go_on)
        self.entered.connect(self._go_on)
        self.dismissed.connect(self.back_requested)
        language.changed.connect(self._renew)

    @property
    def found_nobody(self) -> bool:
        return self._model.step is Step.NOT_FOUND

    @property
    def shows_profile(self) -> bool:
        return self._model.step is Step.PROFILE

    def show_customers(self, model: CustomersModel) -> None:
        before, self._model = self._model, model
        if model.step is Step.CLOSED:
            if before.step is not Step.CLOSED:
                self.close_sheet()
            return
        self._renew()
        if before.step is Step.CLOSED:
            self.open_sheet(self._first())
        elif before.step is not model.step:
            self._first().setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self._model.step is Step.CHOOSE:
            self.moved.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
        elif event.key() == Qt.Key.Key_F3 and self._other.isVisible():
            self._other.click()
        elif event.key() == Qt.Key.Key_Delete and self._danger.isVisible():
            self._danger.click()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(4)
        left.addWidget(self._title)
        left.addWidget(self._hint)
        left.addSpacing(12)
        left.addWidget(self.field)
        left.addWidget(self.list, 1)
        left.addWidget(self.form)
        left.addWidget(self._profile)
        left.addSpacing(8)
        left.addWidget(self._notice)
        left.addStretch(0)
        middle = QHBoxLayout()
        middle.setSpacing(28)
        middle.addLayout(left, 1)
        self.keypad.setFixedWidth(_PAD_WIDTH)
        middle.addWidget(self.keypad, 0, Qt.AlignmentFlag.AlignTop)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addSpacing(_OUTDENT)
        buttons.addWidget(self._danger)
        buttons.addStretch(1)
        buttons.addWidget(self._other)
        buttons.addWidget(self._back)
        buttons.addWidget(self.next)
        self.next.setMinimumWidth(200)
        rows = QVBoxLayout(self.panel)
        rows.setContentsMargins(28, 24, 28, 24)
        rows.setSpacing(12)
        rows.addLayout(middle, 1)
        rows.addLayout(buttons)

    def _first(self) -> QWidget:
        return {
            Step.CHOOSE: self.list,
            Step.ENROL: self.form.first_empty(),
            Step.ENROLLING: self.form.first_empty(),
            Step.PROFILE: self.next,
        }.get(self._model.step, self.field.line)

    def _renew(self) -> None:
        model = self._model
        step = model.step
        self.field.setVisible(step in _FINDING)
        self.list.setVisible(step is Step.CHOOSE)
        self.form.setVisible(step in (Step.ENROL, Step.ENROLLING))
        self._profile.setVisible(step is Step.PROFILE)
        name = QCoreApplication.translate("Customer", "Mobile number, name or card")
        self.field.set_words(name, name)
        if self.field.text() != model.text:
            self.field.set_text(model.text)
        self._title.setText(self._titled())
        self._hint.setText(self._hinted())
        self.setAccessibleName(self._title.text())
        tell(self._notice, model.notice, self._language)
        self.list.setAccessibleName(QCoreApplication.translate("Customer", "Customers found"))
        self.list.show_rows([self._row(account) for account in model.found])
        self.list.choose(model.chosen if model.found else -1)
        self.form.show_form(model.form)
        self._profile.show_rows(_profile_rows(model.customer, self._language))
        erase = QCoreApplication.translate("Customer", "Erase the last digit")
        self.keypad.set_words(erase_name=erase, clear_name=QCoreApplication.translate("Customer", "Erase all"))
        self.keypad.setVisible(step in (*_FINDING, Step.ENROL, Step.ENROLLING))
        self._write_buttons()

    def _write_buttons(self) -> None:
        model, step = self._model, self._model.step
        on_bill = step is Step.PROFILE
        self._danger.setVisible(on_bill)
        self._danger.set_label(QCoreApplication.translate("Customer", "Take off the bill"))
        self._other.setVisible(on_bill or step is Step.NOT_FOUND)
        another = QCoreApplication.translate("Customer", "Another customer")
        again = QCoreApplication.translate("Customer", "Search again")
        self._other.set_label(another if on_bill else again)
        back = QCoreApplication.translate("Customer", "Back")
        cancel = QCoreApplication.translate("Customer", "Cancel")
        self._back.set_label(cancel if step in (Step.FIND, Step.PROFILE, Step.ENROLLING) else back)
        self._back.setVisible(not on_bill)
        self._back.setEnabled(step is not Step.ENROLLING)
        self.next.set_label(self._next_word())
        able = {
            Step.FIND: bool(model.text.strip()),
            Step.NOT_FOUND: model.can_enrol,
            Step.ENROL: model.form.is_complete,
        }.get(step, True)
        self.next.setEnabled(able)
        waiting = QCoreApplication.translate("Customer", "Waiting")
        self.next.set_busy(busy=step in _BUSY, word=waiting if step in _BUSY else "")

    def _next_word(self) -> str:
        step = self._model.step
        if step is Step.CHOOSE:
            return QCoreApplication.translate("Customer", "Choose")
        if step in (Step.NOT_FOUND, Step.ENROL, Step.ENROLLING):
            return QCoreApplication.translate("Customer", "Enrol")
        if step is Step.PROFILE:
            return QCoreApplication.translate("Customer", "Done")
        return QCoreApplication.translate("Customer", "Search")

    def _titled(self) -> str:
        account = self._model.customer.account
        if self._model.step is Step.PROFILE and account is not None:
            return account.name
        if self._model.step in (Step.ENROL, Step.ENROLLING):
            return QCoreApplication.translate("Customer", "New customer")
        return QCoreApplication.translate("Customer", "Customer")

    def _hinted(self) -> str:
        account = self._model.customer.account
        if self._model.step is Step.PROFILE and account is not None:
            return people.known_by(account)
        if self._model.step in (Step.ENROL, Step.ENROLLING):
            return QCoreApplication.translate("Customer", "Points count from this bill on.")
        if self._model.step is Step.CHOOSE:
            return QCoreApplication.translate("Customer", "Several were found. Ask for the end of the number.")
        return QCoreApplication.translate("Customer", "Type what the customer gives you.")

    def _row(self, account: LoyaltyAccount) -> HitRow:
        known = people.known_by(account)
        held = account.balances[0].available if account.balances else None
        points = "" if held is None else people.with_points(held, self._language)
        return HitRow(account.name, (), known, points, ", ".join(filter(None, (account.name, known, points))))

    def _go_on(self) -> None:
        if self._model.step is Step.ENROL and not self._model.form.is_complete:
            self.form.go_on()
            return
        if not self.next.isEnabled() or self.next.busy:
            return
        steps: dict[Step, Callable[[], None]] = {
            Step.FIND: self.search_requested.emit,
            Step.NOT_FOUND: self.enrolment_requested.emit,
            Step.ENROL: self.enrol_requested.emit,
            Step.PROFILE: self.closed.emit,
            Step.CHOOSE: lambda: self.chosen.emit(self.list.current_row()),
        }
        if self._model.step in steps:
            steps[self._model.step]()

    def _another(self) -> None:
        if self._model.step is Step.PROFILE:
            self.another_requested.emit()
        else:
            self._retype("")

    def _type(self, digits: str) -> None:
        if self._model.step is Step.ENROL:
            self.form.type_digits(digits)
        else:
            self._retype(self.field.text() + digits)

    def _erase(self) -> None:
        if self._model.step is Step.ENROL:
            self.form.erase()
        else:
            self._retype(self.field.text()[:-1])

    def _retype(self, text: str) -> None:
        if self._model.step is Step.ENROL:
            self.form.clear_digits()
        else:
            self.edited.emit(text)
            self.field.line.setFocus()


def _profile_rows(model: CustomerModel, language: Language) -> list[LedgerRow]:
    write = language.format
    account = model.account
    if account is None:
        return []
    rows = []
    for held in model.balances:
        expiring = held.balance.expiring
        note = "" if expiring is None else people.expiring(expiring, language)
        rows.append(LedgerRow(language.name(held.name), write.points(held.balance.available),
                              figure_ink=Ink(Role.FIGURE), note=note))  # fmt: skip
        if held.balance.held:
            reserved = QCoreApplication.translate("Customer", "Reserved on other bills")
            rows.append(LedgerRow(reserved, write.points(held.balance.held)))
        if held.earns:
            earns = QCoreApplication.translate("Customer", "From this bill")
            rows.append(LedgerRow(earns, f"+{write.points(held.earns)}", figure_ink=Ink(Role.BODY, Colour.POINTS)))
    if account.wallet:
        rows.append(LedgerRow(QCoreApplication.translate("Customer", "Wallet"), write.money(account.wallet)))
    if model.nudge is not None:
        near = QCoreApplication.translate("Customer", "Nearest reward")
        rows.append(LedgerRow(near, offers.nudge(model.nudge, language), rule=True))
    return rows
