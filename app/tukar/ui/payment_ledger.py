"""The left of the payment screen: the total, what points and money did to it, and what is left to pay."""

from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from tukar.domain.tender import PaymentMode, Tender
from tukar.till.checkout_model import ExchangeView, RedemptionView
from tukar.till.payment_model import PaymentModel
from tukar.ui.kit import (
    RIGHT,
    Colour,
    Figure,
    Hairline,
    Icon,
    Ink,
    Ledger,
    LedgerRow,
    Look,
    Plane,
    Role,
    RowList,
    TenderRow,
    TenderRowDelegate,
    Text,
)
from tukar.ui.translations import Language
from tukar.ui.wording import paying, receipts

_ICONS = {
    PaymentMode.CASH: Icon.CASH,
    PaymentMode.CARD: Icon.CARD,
    PaymentMode.QR: Icon.QR,
    PaymentMode.VOUCHER: Icon.VOUCHER,
    PaymentMode.GIFT_CARD: Icon.GIFT_CARD,
    PaymentMode.WALLET: Icon.WALLET,
    PaymentMode.STORE_CREDIT: Icon.WALLET,
    PaymentMode.EXCHANGE: Icon.RETURN,
}


class PaymentLedger(Plane):
    """Every sum on one right edge. A touched payment asks to be given back."""

    remove_requested = Signal(str)

    def __init__(self, look: Look, language: Language, time_zone: ZoneInfo) -> None:
        super().__init__(look, Colour.PLANE)
        self._look = look
        self._language = language
        self._zone = time_zone
        self._tenders: tuple[Tender, ...] = ()
        self._before = 0
        self._title = Text(look, "", Ink(Role.TITLE))
        self._number = Text(look, "", Ink(Role.CAPTION, Colour.INK_2, RIGHT))
        self._total = Ledger(look)
        self._line = Hairline(look)
        self.list = RowList(look, TenderRowDelegate(look), "")
        self.list.picked.connect(self._picked)
        self._customer = Text(look, "", Ink(Role.STRONG, may_cut=True))
        self._earns = Text(look, "", Ink(Role.CAPTION, Colour.INK_2))
        self._foot_line = Hairline(look)
        self._due_label = Text(look, "", Ink(Role.TITLE))
        self.due = Figure(look)
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self._number)
        self._rows = QVBoxLayout(self)
        self._rows.setSpacing(0)
        self._rows.addLayout(head)
        self._rows.addSpacing(18)
        self._rows.addWidget(self._total)
        self._rows.addSpacing(12)
        self._rows.addWidget(self._line)
        self._rows.addWidget(self.list, 1)
        self._rows.addSpacing(8)
        self._rows.addWidget(self._customer)
        self._rows.addWidget(self._earns)
        self._rows.addSpacing(16)
        self._rows.addWidget(self._foot_line)
        self._rows.addSpacing(12)
        self._rows.addWidget(self._due_label)
        self._rows.addWidget(self.due)
        self._margins()
        look.changed.connect(self._margins)

    def show_payment(self, model: PaymentModel) -> None:
        write = self._language.format
        self._title.setText(QCoreApplication.translate("Payment", "Payment"))
        self._number.setText(receipts.bill_number(model.number) if model.number else "")
        ink = Ink(Role.AMOUNT)
        total = QCoreApplication.translate("Payment", "Total")
        shown = model.total if model.before_points is None else model.before_points
        self._total.show_rows([LedgerRow(total, write.money(shown), figure_ink=ink)])
        self._show_rows(model)
        self._customer.setText(model.customer_name)
        self._customer.setVisible(bool(model.customer_name))
        self._earns.setText(paying.earns(model.earned, self._language) if model.earned else "")
        self._earns.setVisible(model.earned is not None and bool(model.customer_name))
        back = model.due.minor < 0
        self._due_label.setText(
            QCoreApplication.translate("Payment", "To give back")
            if back
            else QCoreApplication.translate("Payment", "Left to pay")
        )
        self.due.set_figure(write.money(-model.due if back else model.due))

    def _show_rows(self, model: PaymentModel) -> None:
        self._tenders = model.tenders
        rows = [self._points_row(view) for view in model.redemptions]
        self._before = len(rows)
        rows += [self._tender_row(tender, model.exchange) for tender in model.tenders]
        self.list.setAccessibleName(QCoreApplication.translate("Payment", "Points and payments"))
        self.list.show_rows(rows)

    def _points_row(self, view: RedemptionView) -> TenderRow:
        name = paying.points_used(view, self._language)
        minute = "" if view.until is None else self._language.format.time(view.until.astimezone(self._zone))
        state = paying.reserved(view, minute)
        amount = self._language.format.off(view.amount)
        return TenderRow(Icon.GIFT, name, state, amount, f"{name}, {state}, {amount}")

    def _tender_row(self, tender: Tender, exchange: ExchangeView | None) -> TenderRow:
        name = paying.tender(tender)
        if tender.mode is PaymentMode.EXCHANGE and exchange is not None:
            state = paying.points_both_ways(exchange, self._language)
        else:
            state = paying.tender_state(
                tender, self._language.format.time(tender.at.astimezone(self._zone)), self._language
            )
        amount = self._language.format.money(tender.given if tender.mode is PaymentMode.CASH else tender.amount)
        return TenderRow(_ICONS[tender.mode], name, state, amount, f"{name}, {state}, {amount}")

    def _picked(self, row: int) -> None:
        if 0 <= row - self._before < len(self._tenders):
            self.remove_requested.emit(self._tenders[row - self._before].tender_id)

    def _margins(self) -> None:
        pad = self._look.theme.layout.pad
        self._rows.setContentsMargins(pad, 20, pad, 16)
