"""The form that enrols a customer: name, mobile number, card if there is one, and their consent."""

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tukar.till.customers import EnrolmentForm
from tukar.ui.kit import Choice, Field, Icon, Look
from tukar.ui.translations import Language


class EnrolForm(QWidget):
    """``filled`` carries the whole form after every change. The keypad writes into the field typed in last."""

    filled = Signal(EnrolmentForm)

    def __init__(self, look: Look, language: Language) -> None:
        super().__init__()
        self.name = Field(look, "", icon=Icon.PERSON)
        self.mobile = Field(look, "", icon=Icon.PHONE)
        self.card = Field(look, "", icon=Icon.CARD)
        self.consent = Choice(look, "")
        self.consent.set_height(56)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        for field in (self.name, self.mobile, self.card):
            rows.addWidget(field)
            field.edited.connect(self._tell)
        rows.addWidget(self.consent)
        self.consent.clicked.connect(self._tell)
        language.changed.connect(self._renew)
        self._renew()

    def show_form(self, form: EnrolmentForm) -> None:
        for field, text in ((self.name, form.name), (self.mobile, form.mobile), (self.card, form.card)):
            if field.text() != text:
                field.set_text(text)
        self.consent.setChecked(form.consent)

    def first_empty(self) -> QWidget:
        """Where typing goes on."""
        fields = (self.name, self.mobile)
        return next((field.line for field in fields if not field.text().strip()), self.consent)

    def go_on(self) -> None:
        """Enter in a form that is not complete: on to what is missing; on the consent it says yes."""
        missing = self.first_empty()
        if missing is self.consent and self.consent.hasFocus():
            self.consent.click()
        else:
            missing.setFocus(Qt.FocusReason.TabFocusReason)

    def type_digits(self, digits: str) -> None:
        field = self._typed_in()
        field.set_text(field.text() + digits)
        self._tell()

    def erase(self) -> None:
        field = self._typed_in()
        field.set_text(field.text()[:-1])
        self._tell()

    def clear_digits(self) -> None:
        self._typed_in().set_text("")
        self._tell()

    def _typed_in(self) -> Field:
        return self.card if self.card.line.hasFocus() else self.mobile

    def _tell(self) -> None:
        self.filled.emit(
            EnrolmentForm(self.name.text(), self.mobile.text(), self.card.text(), self.consent.isChecked())
        )

    def _renew(self) -> None:
        name = QCoreApplication.translate("Customer", "Name")
        mobile = QCoreApplication.translate("Customer", "Mobile number")
        card = QCoreApplication.translate("Customer", "Card, if there is one")
        for field, words in ((self.name, name), (self.mobile, mobile), (self.card, card)):
            field.set_words(words, words)
        self.consent.set_label(QCoreApplication.translate("Customer", "The customer agrees to be a member"))
