"""Renders every screen but the sale window in every state: python -m tests.ui.till_pictures FOLDER [words …]."""

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from tests.fakes.shifts import FIVE, a_shift, an_open_shift
from tests.ui import reference as ref
from tests.ui.pictures import fill
from tests.ui.rendering import Opened, render
from tests.ui.till_samples import CARD, IDR, NUDGE, SHOP, STAFF, receipt, rupiah, tender
from tukar.domain.money import Quantity
from tukar.domain.offer import LocalName, PointsRange
from tukar.domain.people import Action, ExpiringPoints, LoyaltyAccount, PointsBalance, Right
from tukar.domain.points import Points
from tukar.domain.redemption import RedemptionState
from tukar.domain.shift import (
    Counted,
    PointsTotal,
    PromotionTotal,
    SellerTotal,
    ShiftReport,
    TaxTotal,
    TenderTotal,
    denominations,
)
from tukar.domain.stored_value import StoredBalance, ValueAccount
from tukar.domain.tender import PaymentMode, ValueTaken
from tukar.resources import find_resources
from tukar.till.approving import ApprovalModel
from tukar.till.asking_afar import AfarModel, AfarState
from tukar.till.bill_words import BillWordsModel
from tukar.till.bill_work import BillTask, BillWorkModel
from tukar.till.checkout_model import (
    CheckoutState,
    CodeView,
    ExchangeView,
    GoodsBack,
    RedemptionView,
    TerminalView,
    TrustView,
)
from tukar.till.held_shelf import HeldBill
from tukar.till.holding import HoldingModel
from tukar.till.key_settings import KeySettingsModel, ScanMeasure
from tukar.till.keys import Command
from tukar.till.navigation import Place, PlaceModel
from tukar.till.no_sale import NoSaleModel
from tukar.till.notices import Level, Notice, Say
from tukar.till.payment_model import PaymentModel, PayNext, Way
from tukar.till.point_choices import Suggestion
from tukar.till.ports import Hit, PrinterState, ShiftPaper
from tukar.till.preferences import PreferencesModel
from tukar.till.receipt_screen import ReceiptModel
from tukar.till.receiptless_model import ReceiptlessModel, ReceiptlessStep
from tukar.till.redeem_model import RedeemModel, RedeemNext, RedeemStep
from tukar.till.reprinting import ReprintModel
from tukar.till.return_receipt import PointsBack
from tukar.till.returning_model import ReturnLine, ReturnModel, ReturnStep
from tukar.till.shift_screen import LeftBill, ShiftModel, ShiftStep
from tukar.till.signing_in import SignInModel
from tukar.ui.bill_sheet import BillSheet
from tukar.ui.bill_words_sheet import BillWordsSheet
from tukar.ui.held_sheet import HeldSheet
from tukar.ui.keys_sheet import KeysSheet
from tukar.ui.kit import Look, read_tokens
from tukar.ui.main_window import MainWindow
from tukar.ui.printing import ReceiptPrinting
from tukar.ui.receipt_rows import Paper, text_of
from tukar.ui.shift_sheet import ShiftSheet
from tukar.ui.shift_sheet import drawing as drawing_shifts
from tukar.ui.translations import Language

ZONE = ZoneInfo("Asia/Jakarta")
DEWI = LoyaltyAccount(
    "m-1",
    "Dewi Lestari",
    "\N{HORIZONTAL ELLIPSIS}5678",
    tier="Gold",
    balances=(PointsBalance("reward", Points(1_240), Points(0), ExpiringPoints(Points(120), date(2026, 11, 30))),),
)
CASH = PaymentModel(
    state=CheckoutState.PAYING,
    number="2-000317",
    total=rupiah(173_500),
    due=rupiah(73_500),
    tenders=(CARD,),
    ways=tuple(Way),
    way=Way.CASH,
    amount=rupiah(100_000),
    fresh=False,
    quick=tuple(map(rupiah, (73_500, 75_000, 80_000, 100_000))),
    change=rupiah(26_500),
    next=PayNext.FINISH,
    customer_name="Dewi Lestari",
    earned=Points(34),
    commands=frozenset({Command.PROMOTIONS, Command.REDEEM, Command.SAVE, Command.FULL_SCREEN, Command.LOCK}),
)
HELD = RedemptionView("reward", RedemptionState.HELD, Points(735), rupiah(73_500), left=Points(505))
LIMITS = PointsRange(Points(50), Points(865), Points(5), Fraction(100))
AMOUNT = RedeemModel(
    is_open=True,
    step=RedeemStep.AMOUNT,
    customer=DEWI,
    balance=Points(1_240),
    points=Points(735),
    limits=LIMITS,
    takes_off=rupiah(73_500),
    left_to_pay=rupiah(100_000),
    suggestions=(
        Suggestion(Points(200)),
        Suggestion(Points(500)),
        Suggestion(Points(735), rupiah(100_000)),
        Suggestion(Points(865), is_most=True),
    ),
    next=RedeemNext.SEND_CODE,
)
CODE = CodeView(
    "reward", Points(735), rupiah(73_500), sent_to="\N{HORIZONTAL ELLIPSIS}5678", tries_left=3, sends_left=2
)
ASKED = replace(AMOUNT, step=RedeemStep.CODE, suggestions=(), code=CODE, resend_in=24.0, next=RedeemNext.SUBMIT,
                can_go_without=True)  # fmt: skip
QUIET = frozenset({Command.FULL_SCREEN, Command.LOCK})
SIGN_IN = SignInModel(SHOP.name, STAFF, 0, can_enter=True, hint="142536")


NAMES = {member.staff_id: member.name for member in STAFF}
SHIFT = replace(an_open_shift(), movements=a_shift().movements)
SHIFT_REPORT = ShiftReport(
    sales=42, sold=rupiah(3_481_500), refunds=1, refunded=rupiah(35_000), discount=rupiah(127_500),
    rounding=rupiah(-150), cash=rupiah(1_874_350), openings=2, first_number="2-000317", last_number="2-000359",
    tenders=(
        TenderTotal(PaymentMode.CASH, 29, rupiah(1_689_350)),
        TenderTotal(PaymentMode.CARD, 9, rupiah(1_322_000)),
        TenderTotal(PaymentMode.QR, 5, rupiah(435_000)),
    ),
    taxes=(TaxTotal("PPN", (Decimal(11),), included=True, base=rupiah(2_410_000), amount=rupiah(265_100)),),
    promotions=(
        PromotionTotal("a", LocalName("Points as a promotion", {"id": "Poin jadi promosi"}), 4, rupiah(80_000)),
        PromotionTotal("b", LocalName("Borong Mi"), 9, rupiah(47_500)),
    ),
    points=(PointsTotal("poin", LocalName("Points", {"id": "Poin"}), Points(800), Points(341)),),
    sellers=(SellerTotal("SP1", "Rizky Pratama", 30, rupiah(2_600_000)), SellerTotal("", "", 12, rupiah(846_500))),
)  # fmt: skip


def sign_in(window: MainWindow) -> None:
    window.sign_in.offer_practice()
    window.sign_in.show_sign_in(SIGN_IN)
    window.sign_in.pin.type_digits("1425")


def nobody(window: MainWindow) -> None:
    window.sign_in.show_sign_in(SignInModel(SHOP.name, STAFF))


def many_people(window: MainWindow) -> None:
    many = tuple(replace(member, staff_id=f"{member.staff_id}{n}") for n in range(3) for member in STAFF)
    window.sign_in.show_sign_in(replace(SIGN_IN, staff=many, chosen=16))


def wrong_pin(window: MainWindow) -> None:
    window.sign_in.show_sign_in(SIGN_IN)
    window.sign_in.pin.type_digits("142537")
    notice = Notice(Say.PIN_LOCKED, Level.WARN, seconds=28.0)
    window.sign_in.show_sign_in(replace(SIGN_IN, wrong=True, can_enter=False, notice=notice, locked=True))


def _pay(window: MainWindow, model: PaymentModel) -> None:
    window.show_place(PlaceModel(Place.PAYMENT, has_bill=True))
    window.payment.show_payment(model)


def cash(window: MainWindow) -> None:
    _pay(window, CASH)


def part(window: MainWindow) -> None:
    notice = Notice(Say.CARD_DECLINED, Level.WARN, money=rupiah(73_500))
    _pay(
        window,
        replace(
            CASH, redemptions=(HELD,), amount=rupiah(20_000), change=rupiah(0), next=PayNext.TAKE_PART, notice=notice
        ),
    )


def card(window: MainWindow) -> None:
    half = replace(CASH, tenders=(tender(amount=50_000),), due=rupiah(123_500), quick=(), change=rupiah(0))
    terminal = TerminalView(PaymentMode.CARD, rupiah(123_500))
    _pay(
        window,
        replace(
            half, way=Way.CARD, state=CheckoutState.TERMINAL, terminal=terminal, next=PayNext.WAIT, finishing=True,
            commands=QUIET,
        ),
    )  # fmt: skip
    window.payment.next._show_waiting()


def card_amount(window: MainWindow) -> None:
    _pay(window, replace(CASH, way=Way.CARD, quick=(), next=PayNext.TO_TERMINAL, amount=rupiah(73_500), fresh=True))


def qris(window: MainWindow) -> None:
    payload = "00020101021226570011ID.DANA.WWW0118936009153" * 3
    terminal = TerminalView(PaymentMode.QR, rupiah(73_500), payload=payload, good_for=272.0)
    _pay(
        window,
        replace(
            CASH, way=Way.QR, state=CheckoutState.TERMINAL, terminal=terminal, next=PayNext.WAIT, finishing=True,
            tenders=(tender(amount=100_000),), commands=QUIET,
        ),
    )  # fmt: skip
    window.payment.next._show_waiting()


def unclear(window: MainWindow) -> None:
    notice = Notice(Say.CARD_UNKNOWN, Level.DANGER, money=rupiah(73_500))
    terminal = TerminalView(PaymentMode.CARD, rupiah(73_500))
    _pay(
        window,
        replace(
            CASH, state=CheckoutState.UNCLEAR, terminal=terminal, next=PayNext.ASK_AGAIN, notice=notice, commands=QUIET
        ),
    )


def voucher(window: MainWindow) -> None:
    notice = Notice(Say.VOUCHER_NOT_TAKEN, Level.WARN, text="ULTAH")
    _pay(window, replace(CASH, way=Way.VOUCHER, quick=(), next=PayNext.NONE, notice=notice))


def _by_card(**changes: object) -> PaymentModel:
    """A gift card of Rp 100.000 in hand; store credit beside it."""
    ways = (Way.CASH, Way.CARD, Way.QR, Way.GIFT_CARD, Way.STORE_CREDIT, Way.POINTS, Way.VOUCHER)
    card = StoredBalance(ValueAccount.GIFT_CARD, "card-1", "\N{HORIZONTAL ELLIPSIS}7K2M", rupiah(100_000))
    model = replace(CASH, ways=ways, way=Way.GIFT_CARD, quick=(), change=rupiah(0), value=card)
    model = replace(model, tenders=(), due=rupiah(173_500))
    return replace(model, amount=rupiah(100_000), next=PayNext.PAY_VALUE, fresh=True, **changes)  # type: ignore[arg-type]


def gift_card(window: MainWindow) -> None:
    _pay(window, _by_card())


def gift_card_code(window: MainWindow) -> None:
    notice = Notice(Say.GIFT_CARD_UNKNOWN, Level.WARN)
    _pay(window, replace(_by_card(), value=None, next=PayNext.NONE, notice=notice))


def gift_card_part(window: MainWindow) -> None:
    taken = ValueTaken("r-1", "card-1", rupiah(0))
    given = replace(
        tender(amount=100_000), mode=PaymentMode.GIFT_CARD, given=rupiah(100_000), value=taken,
        label="\N{HORIZONTAL ELLIPSIS}7K2M",
    )  # fmt: skip
    rest = rupiah(73_500)
    model = replace(_by_card(), way=Way.CASH, value=None, tenders=(given,), due=rest, amount=rest)
    _pay(window, replace(model, next=PayNext.FINISH, quick=(rest, rupiah(75_000), rupiah(80_000), rupiah(100_000))))


def gift_card_unsure(window: MainWindow) -> None:
    notice = Notice(Say.VALUE_UNKNOWN, Level.WARN)
    model = _by_card(state=CheckoutState.UNSURE, notice=notice, commands=QUIET)
    _pay(window, replace(model, next=PayNext.ASK_AGAIN))


def paid(window: MainWindow) -> None:
    before = rupiah(247_000)
    _pay(
        window,
        replace(
            CASH,
            due=rupiah(0),
            tenders=(CARD, tender()),
            redemptions=(HELD,),
            next=PayNext.SAVE,
            quick=(),
            before_points=before,
        ),
    )


def redeem(window: MainWindow) -> None:
    _pay(window, replace(CASH, tenders=(), due=rupiah(173_500)))
    window.redeem.show_redeem(AMOUNT)


def code(window: MainWindow) -> None:
    _pay(window, replace(CASH, tenders=(), due=rupiah(173_500)))
    window.redeem.show_redeem(ASKED)
    window.redeem.code.type_digits("481907")


def wrong_code(window: MainWindow) -> None:
    _pay(window, replace(CASH, tenders=(), due=rupiah(173_500)))
    window.redeem.show_redeem(ASKED)
    window.redeem.code.type_digits("481902")
    last = replace(CODE, tries_left=1)
    notice = Notice(Say.CODE_WRONG, Level.DANGER, count=1)
    window.redeem.show_redeem(replace(ASKED, code=last, resend_in=0.0, wrong=True, notice=notice, next=RedeemNext.NONE))


TRUST = TrustView(Points(735), known_at=datetime(2026, 11, 21, 7, 5, tzinfo=UTC))


def on_trust(window: MainWindow) -> None:
    """Nobody answered; the shop lets its tills take so many points all the same."""
    _pay(window, replace(CASH, tenders=(), due=rupiah(173_500)))
    notice = Notice(Say.POINTS_UNKNOWN, Level.WARN)
    asked = replace(ASKED, step=RedeemStep.UNSURE, code=None, next=RedeemNext.ASK_AGAIN, notice=notice, trust=TRUST)
    window.redeem.show_redeem(asked)


def trust_without_code(window: MainWindow) -> None:
    _pay(window, replace(CASH, tenders=(), due=rupiah(173_500)))
    notice = Notice(Say.BACKEND_SLOW, Level.WARN)
    trust = replace(TRUST, needs_code=True)
    unsent = replace(CODE, sent_to="", tries_left=None)
    window.redeem.show_redeem(
        replace(
            ASKED, code=unsent, next=RedeemNext.NONE, notice=notice, trust=trust, resend_in=0.0, can_go_without=False
        )
    )


def trusted(window: MainWindow) -> None:
    notice = Notice(Say.POINTS_ON_TRUST, Level.WARN, points=Points(735))
    held = replace(HELD, until=None, on_trust=True)
    _pay(window, replace(CASH, tenders=(), due=rupiah(173_500), redemptions=(held,), notice=notice))


def saved(window: MainWindow) -> None:
    _pay(window, replace(CASH, tenders=(), due=rupiah(173_500)))
    notice = Notice(Say.BILL_SAVED, text="2-000317", money=rupiah(26_500))
    window.receipt.show_receipt(
        ReceiptModel(receipt(), NUDGE, rupiah(26_500), printed=PrinterState.READY, notice=notice)
    )


def settings(window: MainWindow) -> None:
    window.sign_in.show_sign_in(SIGN_IN)
    scheme = window._look.theme.scheme
    window.settings.show_preferences(
        PreferencesModel(True, scheme.value, window._language.code, False, 150, needs_restart=True)
    )


def approval(window: MainWindow) -> None:
    _pay(window, CASH)
    window.approval.show_approval(ApprovalModel(True, Action.SAVE_LATE, STAFF[-1:], 0))


def approval_afar(window: MainWindow) -> None:
    _sell(window)
    afar = AfarModel(AfarState.WAITING, seconds=43)
    window.approval.show_approval(ApprovalModel(True, Action.DISCOUNT_LINE, STAFF[-1:], 0, afar=afar))


def leaving(window: MainWindow) -> None:
    _pay(window, CASH)
    window.ask_to_leave(lambda: None)


def _sell(window: MainWindow) -> None:
    window.show_place(PlaceModel(Place.SALE, has_bill=True))
    fill(window.sale)


def _back(model: ReturnModel, window: MainWindow) -> None:
    _sell(window)
    window.returns.show_return(ReturnModel(ReturnStep.FIND, text="2-000317"))
    window.returns.show_return(model)


def return_find(window: MainWindow) -> None:
    notice = Notice(Say.RECEIPT_NOT_FOUND, Level.WARN)
    _back(ReturnModel(ReturnStep.FIND, text="2-000999", notice=notice), window)


def _chosen() -> ReturnModel:
    sale = receipt()
    lines = tuple(
        ReturnLine(line, line.quantity.thousandths, line.quantity.thousandths if place < 2 else 0, line.net)
        for place, line in enumerate(sale.lines)
    )
    gone = replace(lines[-1], left=0, back=0)
    money = sum((line.money for line in lines[:2]), rupiah(0))
    return ReturnModel(ReturnStep.CHOOSE, sale=sale, lines=(*lines[:-1], gone), chosen=1, money=money)


def receiptless(window: MainWindow) -> None:
    _sell(window)
    lines = ref.rows()
    model = ReceiptlessModel(ReceiptlessStep.CHOOSE, lines=lines, chosen=1, money=rupiah(1_234_500), reason="Damaged")
    window.receiptless.show_receiptless(replace(model, notice=Notice(Say.CARD_NUMBER_TYPED, Level.WARN)))


def receiptless_found(window: MainWindow) -> None:
    hits = tuple(Hit(line.line.item) for line in ref.rows())
    receiptless(window)
    window.receiptless.show_receiptless(ReceiptlessModel(ReceiptlessStep.CHOOSE, text="kopi", hits=hits, chosen=0))


def receiptless_done(window: MainWindow) -> None:
    receiptless(window)
    money = rupiah(1_234_500)
    window.receiptless.show_receiptless(ReceiptlessModel(ReceiptlessStep.DONE, money=money, saved=receipt()))


def return_choose(window: MainWindow) -> None:
    _back(replace(_chosen(), reason="Damaged", notice=Notice(Say.TOO_MUCH_RETURNED, Level.WARN)), window)


def return_agreed(window: MainWindow) -> None:
    points = PointsBack(LocalName("Points", {"id": "Poin"}), Points(200), Points(34), Points(12))
    notice = Notice(Say.REFUND_DECLINED, Level.WARN, money=rupiah(100_000))
    model = replace(
        _chosen(), step=ReturnStep.AGREED, points=(points,), reduced_by=rupiah(1_200), cards=(CARD,), card=0,
        can_exchange=True, notice=notice,
    )  # fmt: skip
    _back(model, window)


def return_unsure(window: MainWindow) -> None:
    _back(replace(_chosen(), step=ReturnStep.UNSURE, notice=Notice(Say.OFFLINE_RETURN, Level.WARN)), window)


def return_done(window: MainWindow) -> None:
    saved_ = replace(receipt(), tenders=(tender(),))
    _back(replace(_chosen(), step=ReturnStep.DONE, saved=saved_), window)


def more(window: MainWindow) -> None:
    _sell(window)
    window.more.offer()


def reprint(window: MainWindow) -> None:
    _sell(window)
    one = receipt()
    many = tuple(replace(one, number=replace(one.number, n=one.number.n - place)) for place in range(12))
    notice = Notice(Say.PRINTER_PAPER, Level.WARN)
    window.reprint.show_reprint(ReprintModel(True, many, 2, notice=notice))


def no_sale(window: MainWindow) -> None:
    _sell(window)
    window.no_sale.show_no_sale(NoSaleModel(True, "Change money", needs_second=True))


def _shift(window: MainWindow, model: ShiftModel) -> None:
    window.show_place(PlaceModel(Place.SALE, has_bill=True))
    fill(window.sale)
    sheet = window.findChild(ShiftSheet)
    assert isinstance(sheet, ShiftSheet)
    sheet.show_shift(model)


def shift_opening(window: MainWindow) -> None:
    _shift(window, ShiftModel(ShiftStep.OPENING, must=True, digits="200000"))


def shift_so_far(window: MainWindow) -> None:
    _shift(window, ShiftModel(ShiftStep.OVERVIEW, shift=SHIFT, paper=ShiftPaper(SHIFT, SHIFT_REPORT, FIVE, NAMES)))


def shift_blind(window: MainWindow) -> None:
    _shift(window, ShiftModel(ShiftStep.OVERVIEW, shift=SHIFT))


def shift_pay_out(window: MainWindow) -> None:
    _shift(window, ShiftModel(ShiftStep.PAY_OUT, shift=SHIFT, digits="15000", needs_second=True))


def shift_count(window: MainWindow) -> None:
    pieces = (1, 2, 0, 5, 3, 10, 0, 8, 12, 4)
    counted = tuple(Counted(value, many) for value, many in zip(denominations(IDR), pieces, strict=True))
    held = (LeftBill("Dewi Lestari", 3), LeftBill("", 1))
    _shift(window, ShiftModel(ShiftStep.COUNT, shift=SHIFT, counted=counted, held=held, unsent=2))


def shift_closed(window: MainWindow) -> None:
    closed = a_shift()
    assert closed.closing is not None
    report = replace(SHIFT_REPORT, cash=closed.closing.report.cash)
    shift = replace(closed, closing=replace(closed.closing, report=report))
    _shift(window, ShiftModel(ShiftStep.CLOSED, shift=shift, paper=ShiftPaper(shift, report, FIVE, NAMES)))


def _bill_work(window: MainWindow, model: BillWorkModel) -> None:
    _sell(window)
    sheet = window.findChild(BillSheet)
    assert isinstance(sheet, BillSheet)
    sheet.show_bill_work(model)
    sheet.percent.set_text(model.text)


def bill_discount(window: MainWindow) -> None:
    _bill_work(
        window,
        BillWorkModel(
            BillTask.DISCOUNT, text="10", reason="", before=rupiah(173_500), after=rupiah(156_150),
            right=Right.NEEDS_APPROVAL, can_do=True,
        ),
    )  # fmt: skip


def bill_void(window: MainWindow) -> None:
    _bill_work(
        window,
        BillWorkModel(
            BillTask.VOID_BILL, before=rupiah(173_500), after=rupiah(0), right=Right.NEEDS_APPROVAL, can_do=True
        ),
    )


def exchanging(window: MainWindow) -> None:
    _sell(window)
    goods = (
        GoodsBack("Beras Ramos 5 kg", Quantity.of(1), ref.rp(74_500)),
        GoodsBack("Minyak Goreng Bimoli 1 L", Quantity.of(2), ref.rp(43_000)),
    )
    exchange = ExchangeView("2-000301", ref.rp(117_500), ref.rp(0), goods=goods)
    window.sale.show_bill(replace(ref.BILL, exchange=exchange, note="Kirim ke Jl. Braga 12", buyer=".000"))


def bill_words(window: MainWindow) -> None:
    _sell(window)
    sheet = window.findChild(BillWordsSheet)
    assert isinstance(sheet, BillWordsSheet)
    wrong = Notice(Say.TAX_NUMBER_LENGTH, Level.WARN, text="NPWP")
    sheet.show_bill_words(BillWordsModel(True, "Kirim ke Jl. Braga 12", "01.234.567.8", "NPWP", wrong))


def keys(window: MainWindow) -> None:
    _sell(window)
    sheet = window.findChild(KeysSheet)
    assert isinstance(sheet, KeysSheet)
    measure = ScanMeasure(13, 38.0)
    sheet.show_keys(KeySettingsModel(is_open=True, taken_by=Command.SEARCH, measure=measure, suggested=50))


def password(window: MainWindow) -> None:
    window.sign_in.show_sign_in(replace(SIGN_IN, asks_password=True, hint=""))
    window.sign_in.password.set_text("kopi-susu-1")


BOTH_WAYS = (PointsBack(LocalName("Points", {"id": "Poin"}), Points(66), Points(13), None),)


def exchange(window: MainWindow) -> None:
    """Goods that come back pay for a part."""
    credit = replace(
        tender(amount=60_300), mode=PaymentMode.EXCHANGE, given=rupiah(60_300), amount=rupiah(60_300), label="2-000311"
    )
    view = ExchangeView("2-000311", rupiah(60_300), rupiah(0), BOTH_WAYS)
    _pay(window, replace(CASH, tenders=(credit,), due=rupiah(113_200), exchange=view, amount=rupiah(113_200), quick=()))


def exchange_rest(window: MainWindow) -> None:
    """The new goods cost less, and the rest goes back."""
    view = ExchangeView("2-000311", rupiah(260_000), rupiah(86_500), BOTH_WAYS)
    _pay(window, replace(CASH, tenders=(), due=rupiah(0), exchange=view, next=PayNext.SAVE, quick=()))


def exchange_rest_to_cards(window: MainWindow) -> None:
    """The new goods cost less, and the rest goes back to the cards that paid, and in cash."""
    other = replace(CARD, label="Kredit Mandiri \N{HORIZONTAL ELLIPSIS}0093")
    parts = ((CARD, rupiah(50_000)), (other, rupiah(24_000)))
    view = ExchangeView("2-000311", rupiah(260_000), rupiah(86_500), BOTH_WAYS, cards=parts)
    _pay(window, replace(CASH, tenders=(), due=rupiah(0), exchange=view, next=PayNext.SAVE, quick=()))


def _held(window: MainWindow, model: HoldingModel) -> None:
    _sell(window)
    sheet = window.findChild(HeldSheet)
    assert isinstance(sheet, HeldSheet)
    sheet.show_holding(model)


def _bill_aside(n: int, name: str = "", leased_to: str = "") -> HeldBill:
    at = receipt().at.replace(minute=n)
    return HeldBill(f"h-{n}", f"b-{n}", name, n, rupiah(18_500 * n), at, str(n % 3 + 1), "Sari Wulandari", leased_to)


def held(window: MainWindow) -> None:
    bills = (
        _bill_aside(12, "Raden Ajeng Kartika Sari Dewi Kusumaningrum", "3"),
        _bill_aside(4),
        _bill_aside(2, "Dewi"),
    )
    _held(window, HoldingModel(is_open=True, bills=bills, chosen=0, everywhere=True, till_id="2"))


def held_offline(window: MainWindow) -> None:
    notice = Notice(Say.OFFLINE_HELD, Level.WARN)
    bills = tuple(_bill_aside(n) for n in range(1, 10))
    _held(window, HoldingModel(is_open=True, bills=bills, chosen=2, all_tills=False, till_id="2", notice=notice))


STATES: dict[str, Callable[[MainWindow], None]] = {
    state.__name__: state
    for state in (
        sign_in, nobody, many_people, wrong_pin, cash, part, card, card_amount, qris, unclear, voucher, paid, redeem,
        gift_card, gift_card_code, gift_card_part, gift_card_unsure,
        on_trust, trust_without_code, trusted,
        code, wrong_code, saved, settings, approval, approval_afar, leaving, return_find, return_choose, return_agreed,
        receiptless, receiptless_found, receiptless_done,
        return_unsure, exchange, exchange_rest, exchange_rest_to_cards, held, held_offline,
        bill_discount, bill_void, exchanging, bill_words, keys, return_done, more, reprint,
        no_sale, password, shift_opening,
        shift_so_far, shift_blind,
        shift_pay_out, shift_count, shift_closed,
    )
}  # fmt: skip


def open_window(look: Look, language: Language) -> MainWindow:
    printing = ReceiptPrinting(read_tokens(find_resources() / "styles" / "tokens.json"), language)

    def draw(model: ReceiptModel) -> tuple[QImage, str]:
        assert model.receipt is not None
        paper = Paper(model.receipt, SHOP, nudge=model.nudge)
        return printing.image(paper), text_of(paper, language)

    window = MainWindow(look, language)
    window.furnish(time_zone=ZONE, draw_receipt=draw)
    window.show_status(replace(ref.STATUS))
    window.adopt(HeldSheet(look, window, language, ZONE))
    window.adopt(KeysSheet(look, window, language))
    window.adopt(BillSheet(look, window, language))
    window.adopt(BillWordsSheet(look, window, language))
    window.adopt(ShiftSheet(look, window, language, drawing_shifts(printing, language, SHOP)))
    return window


def opened(state: Callable[[MainWindow], None]) -> Opened:
    """The till's window in that state."""

    def open_it(look: Look, language: Language, size: tuple[int, int]) -> QWidget:
        window = open_window(look, language)
        window.resize(*size)
        window.show()
        state(window)
        return window

    return open_it


SCREENS: Final = {name: opened(state) for name, state in STATES.items()}

if __name__ == "__main__":
    render(SCREENS, Path(sys.argv[1] if len(sys.argv) > 1 else "pictures"), sys.argv[2:])
