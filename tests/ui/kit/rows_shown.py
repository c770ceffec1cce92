"""Rows as a screen would fill them, for the gallery and the tests."""

from tukar.ui.kit import (
    Colour,
    HitRow,
    Icon,
    Ink,
    LedgerRow,
    OfferRow,
    PromotionKind,
    PromotionRow,
    Role,
    Step,
    StepState,
    TenderRow,
)

HITS = (
    HitRow("Kopi Susu Gula Aren 250 ml", ((0, 4),), "8991 2040 1175", "Rp 18.000", "Kopi Susu, Rp 18.000"),
    HitRow("Kopi Kapal Api Mix 10 × 25 g", ((0, 4),), "8991 0021 0552", "Rp 15.500", "Kopi Kapal Api, Rp 15.500"),
    HitRow("Good Day Kopi Cappuccino 250 ml", ((9, 4),), "8991 0023 0917", "Rp 8.500", "Good Day, Rp 8.500"),
)
OFFERS = (
    OfferRow(Icon.CHECK, "Borong Mi", "−Rp 3.500", "", "", "Borong Mi, minus Rp 3.500, applied"),
    OfferRow(Icon.GIFT, "Use 200 points", "−Rp 20.000", "", "Use", "Use 200 points, minus Rp 20.000"),
    OfferRow(Icon.DASH, "10% off", "", "add Rp 26.500", "", "10% off, add Rp 26.500"),
)


def heading(name: str) -> PromotionRow:
    return PromotionRow(PromotionKind.HEADING, name, "", "", ticked=False, best=False, share=None, accessible=name)


def offer(name: str, sub: str, amount: str, *, ticked: bool, best: bool) -> PromotionRow:
    spoken = f"{name}, {sub}, {amount}" + (", part of the best" if best else "")
    return PromotionRow(PromotionKind.OFFER, name, sub, amount, ticked, best, None, spoken)


def not_yet(name: str, missing: str, share: float | None) -> PromotionRow:
    return PromotionRow(PromotionKind.NOT_YET, name, missing, "", False, False, share, f"{name}, {missing}")


PROMOTIONS = (
    heading("Applied"),
    offer("Borong Mi", "Buy 5, pay 4: Indomie Goreng", "−Rp 3.500", ticked=True, best=True),
    heading("Available"),
    offer("Points as a promotion", "200 points off the whole bill", "−Rp 20.000", ticked=True, best=True),
    offer("Member 5%", "Instead of Points as a promotion", "−Rp 8.675", ticked=False, best=False),
    heading("Not yet"),
    not_yet("10% off", "Add Rp 26.500", 0.85),
    not_yet("Bread weekend", "Ended yesterday", None),
)
TENDERS = (
    TenderRow(Icon.CARD, "Debit BCA …4417", "Approved 14:10", "Rp 100.000", "Debit BCA, Rp 100.000, approved"),
    TenderRow(Icon.CASH, "Cash", "Received", "Rp 50.000", "Cash, Rp 50.000, received"),
)
LEDGER = (
    LedgerRow("Before promotions", "Rp 181.000"),
    LedgerRow("Promotions", "−Rp 7.500", Ink(Role.BODY, Colour.POINTS), Ink(Role.BODY, Colour.POINTS)),
    LedgerRow("VAT included", "Rp 9.811"),
    LedgerRow("Total", "Rp 153.500", Ink(Role.STRONG), Ink(Role.FIGURE), note="for the whole bill", rule=True),
)
STEPS = (
    Step("Amount sent", StepState.DONE, "Amount sent, done"),
    Step("Waiting for card", StepState.NOW, "Waiting for card, now"),
    Step("Bill is saved", StepState.NEXT, "Bill is saved, next"),
    Step("Receipt prints", StepState.NEXT, "Receipt prints, next"),
)
