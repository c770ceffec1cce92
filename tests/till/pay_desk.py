"""Redeem, payment and receipt over the bench's checkout, without Qt: what is shown after every verb."""

from dataclasses import dataclass, field
from pathlib import Path

from tests.till.bench import Bench, TillOnBench, profile
from tukar.domain.receipt import Receipt
from tukar.till.checkout_model import CodeView
from tukar.till.code_looking import CodeLooking
from tukar.till.notices import Say
from tukar.till.payment_model import PaymentModel
from tukar.till.payment_screen import Paying
from tukar.till.ports import PrinterState
from tukar.till.receipt_screen import ReceiptModel, Receipts
from tukar.till.redeem_model import RedeemModel
from tukar.till.redeem_screen import Redeem


@dataclass
class Screens:
    """The views, which remember what they last showed."""

    redeem: RedeemModel = field(default_factory=RedeemModel)
    payment: PaymentModel | None = None
    receipt: ReceiptModel = field(default_factory=ReceiptModel)

    def show_redeem(self, model: RedeemModel) -> None:
        self.redeem = model

    def show_payment(self, model: PaymentModel) -> None:
        self.payment = model

    def show_receipt(self, model: ReceiptModel) -> None:
        self.receipt = model


class PayDesk:
    """A till with a bill of rice for Dewi Lestari, Rp 149.000, ready to be paid."""

    def __init__(self, *, pieces: int = 2, customer: bool = True, stepped: bool = False) -> None:
        self.bench = Bench(stepped=stepped)
        self.till: TillOnBench = self.bench.start()
        self.screens = Screens()
        self.approvals = 0
        self.files: list[Receipt] = []
        checkout, sale = self.till.checkout, self.till.sale
        self.redeem = Redeem(
            view=self.screens,
            sale=sale,
            checkout=checkout,
            clock=self.bench.clock,
            background=self.bench.background,
            notes=profile().notes,
        )
        self.paying = Paying(
            view=self.screens,
            sale=sale,
            checkout=checkout,
            redeem=self.redeem.open,
            approve=self._approve,
            look_up=CodeLooking(sale, self.till.gear).ask,
        )
        self.receipts = Receipts(
            view=self.screens,
            checkout=checkout,
            printer=self.bench.printer,
            background=self.bench.background,
            write_pdf=self._write,
        )
        for hear in (
            self.redeem.checkout_changed,
            self.receipts.checkout_changed,
            self.paying.checkout_changed,
        ):
            checkout.listen(hear)
        if customer:
            sale.set_customer(self.bench.customer())
        self.bench.ring_rice(self.till, pieces)

    def shown(self) -> PaymentModel:
        assert self.screens.payment is not None
        return self.screens.payment

    def sheet(self) -> RedeemModel:
        return self.screens.redeem

    def said(self) -> Say | None:
        """What the payment screen says."""
        notice = self.shown().notice
        return None if notice is None else notice.say

    def code(self) -> CodeView:
        code = self.sheet().code
        assert code is not None
        return code

    def printed(self) -> PrinterState | None:
        return self.screens.receipt.printed

    def _approve(self) -> None:
        self.approvals += 1

    def _write(self, receipt: Receipt) -> Path:
        if receipt in self.files:
            raise PermissionError("twice")
        self.files.append(receipt)
        return Path(f"{receipt.number.short}.pdf")
