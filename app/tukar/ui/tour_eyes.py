"""What a person would see: whether something is on the screen now, and what the phone says. Nothing is pressed here."""

import re
from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QLabel

from tukar.domain.offer import LocalName
from tukar.till.navigation import Place
from tukar.ui.held_sheet import HeldSheet
from tukar.ui.journeys import Seen
from tukar.ui.kit import Sheet
from tukar.ui.kit.rows import PromotionRow
from tukar.ui.main_window import MainWindow
from tukar.ui.phone_window import PhoneWindow
from tukar.ui.translations import Language
from tukar.ui.wording import selling

_CODE: Final = re.compile(r"(?<!\d)\d{6}(?!\d)")


class Eyes:
    """Looks at the window and the phone. ``rule_name`` tells what a rule is called in the demo shop."""

    def __init__(
        self, window: MainWindow, phone: PhoneWindow, language: Language, rule_name: Callable[[str], LocalName]
    ) -> None:
        self._window = window
        self._phone = phone
        self._language = language
        self._rule_name = rule_name
        self._lines = 0
        self._read = 0
        self._held = window.findChild(HeldSheet)
        sale, redeem = window.sale, window.redeem
        self._looks: Mapping[Seen, Callable[[], bool]] = {
            Seen.SIGN_IN: lambda: window.place is Place.SIGN_IN,
            Seen.CHOSEN: lambda: window.sign_in.enter.is_next,
            Seen.SALE: self._at_sale,
            Seen.CUSTOMERS: sale.customers.isVisible,
            Seen.CUSTOMER_TYPED: lambda: sale.customers.isVisible() and bool(sale.customers.field.text()),
            Seen.CUSTOMER: lambda: self._at_sale() and self._has_customer(),
            Seen.PROFILE: lambda: sale.customers.isVisible() and sale.customers.shows_profile,
            Seen.HITS: lambda: sale.search.typing and bool(sale.search.hits.rows),
            Seen.LINE: lambda: self._at_sale() and len(sale.bill.lines.rows) > self._lines,
            Seen.SALESPEOPLE: sale.salespeople.isVisible,
            Seen.OFFER: lambda: self._at_sale() and sale.offer.isVisible() and self._has_customer(),
            Seen.NO_OFFER: lambda: self._at_sale() and not sale.offer.isVisible(),
            Seen.PROMOTIONS: sale.promotions.isVisible,
            Seen.PAYMENT: self._at_payment,
            Seen.CARD: lambda: self._at_payment() and not window.payment.amount.quick[0].isVisible(),
            Seen.GIFT_CARD: lambda: self._at_payment() and window.payment.amount.holds.isVisible(),
            Seen.REDEEM: lambda: redeem.isVisible() and redeem.next.is_next,
            Seen.CODE_WAITED_FOR: lambda: redeem.isVisible() and redeem.code.isEnabled() and self._phone_rang(),
            Seen.CODE_COMPLETE: lambda: redeem.isVisible() and redeem.next.is_next,
            Seen.CODE_WRONG: lambda: redeem.isVisible() and redeem.code.wrong,
            Seen.SAVED: window.receipt.isVisible,
            Seen.SENT: self._all_sent,
            Seen.NOBODY: lambda: sale.customers.isVisible() and sale.customers.found_nobody,
            Seen.ENROLMENT: lambda: sale.customers.isVisible() and sale.customers.form.isVisible(),
            Seen.EMPTY: lambda: self._at_sale() and not sale.bill.lines.rows,
            Seen.MORE: window.more.isVisible,
            Seen.RETURN: lambda: window.returns.isVisible() and window.returns.search.isVisible(),
            Seen.RETURN_LINES: lambda: window.returns.isVisible() and window.returns.lines.isVisible(),
            Seen.RETURN_AGREED: lambda: window.returns.isVisible() and window.returns.ways[-1].isVisible(),
            Seen.RETURNED: lambda: window.returns.isVisible() and not window.returns.lines.isVisible(),
            Seen.PART_PAID: lambda: self._at_payment() and bool(window.payment.ledger.list.rows),
            Seen.DECLINED: lambda: self._at_payment() and window.payment.warns,
            Seen.HELD: lambda: self._held is not None and self._held.isVisible() and bool(self._held.list.rows),
            Seen.BILL: lambda: self._at_sale() and bool(sale.bill.lines.rows),
            Seen.WAITING: lambda: self._at_sale() and not self._all_sent(),
            Seen.LINE_WORK: sale.line.isVisible,
            Seen.REASON: lambda: sale.line.isVisible() and sale.line.reason.field.line.hasFocus(),
            Seen.APPROVAL: window.approval.isVisible,
        }

    def sees(self, what: Seen) -> bool:
        return self._looks[what]()

    def remember(self) -> None:
        """How many lines there are now, so that another one is seen."""
        self._lines = len(self._window.sale.bill.lines.rows)

    def code(self) -> str:
        """The code last read on the phone; empty when none came."""
        found = [match[0] for text in self._phone.texts for match in _CODE.finditer(text)]
        self._read = len(self._phone.texts)
        return found[-1] if found else ""

    def at_promotion(self, rule_id: str) -> bool:
        """Whether the selected row of the Promotions sheet is this rule's."""
        rows = self._window.sale.promotions.list
        place = rows.current_row()
        row = rows.rows[place] if 0 <= place < len(rows.rows) else None
        return isinstance(row, PromotionRow) and row.name == self._language.name(self._rule_name(rule_id))

    @staticmethod
    def at_button(name: str) -> bool:
        """Whether the keyboard is on the button of this name of the Promotions sheet; its key is spoken behind it."""
        focus = QApplication.focusWidget()
        words = QCoreApplication.translate("Promotions", name)
        return focus is not None and focus.accessibleName().partition(",")[0] == words

    def _at_sale(self) -> bool:
        over = any(sheet.isVisible() for sheet in self._window.findChildren(Sheet))
        return self._window.place is Place.SALE and not over

    def _at_payment(self) -> bool:
        window = self._window
        over = window.redeem.isVisible() or window.receipt.isVisible()
        return window.place is Place.PAYMENT and window.payment.next.is_next and not over

    def _has_customer(self) -> bool:
        name = self._window.sale.side.customer.accessibleName()
        return bool(name) and name != QCoreApplication.translate("Customer", "No customer")

    def _phone_rang(self) -> bool:
        return len(self._phone.texts) > self._read

    def _all_sent(self) -> bool:
        nothing = selling.waiting(0, self._language)
        strip = self._window.sale.strip
        return any(label.text() == nothing for label in strip.findChildren(QLabel))
