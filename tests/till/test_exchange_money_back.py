"""Goods worth more than the new ones: the rest goes back to the cards that paid, as in a plain return, or in cash."""

from dataclasses import replace

import pytest

from tests.fakes.shop import COFFEE, TEA
from tests.till.exchange_desk import ExchangeDesk, paid_by
from tests.till.return_desk import rupiah, sold
from tukar.domain.money import Money
from tukar.domain.receipt import Receipt
from tukar.domain.tender import PaymentMode, ValueTaken, settled_by
from tukar.till.agreed import Agreed
from tukar.till.checkout_model import CheckoutModel, CheckoutState, ExchangeView
from tukar.till.notices import Say
from tukar.till.ports import DiskTrouble, DiskTroubleKind, OutboxKind, RefundAnswer, RefundRow, RefundState
from tukar.till.return_receipt import Back
from tukar.till.unfinished_refunds import settle_refunds

_CARD, _CASH, _EXCHANGE = PaymentMode.CARD, PaymentMode.CASH, PaymentMode.EXCHANGE


@pytest.fixture
def desk() -> ExchangeDesk:
    return ExchangeDesk()


def states(desk: ExchangeDesk) -> list[RefundState]:
    return [row.state for row in desk.journal.refunds.values()]


def said(desk: ExchangeDesk) -> Say | None:
    notice = desk.checkout.model.notice
    return None if notice is None else notice.say


def view(desk: ExchangeDesk) -> ExchangeView:
    shown = desk.checkout.model.exchange
    assert shown is not None
    return shown


def planned(desk: ExchangeDesk) -> tuple[list[tuple[str, int]], int]:
    """What the payment screen says goes to which card, and what is cash."""
    shown = view(desk)
    return [(card.reference, amount.minor) for card, amount in shown.cards], shown.cash.minor


def back_of(receipt: Receipt) -> list[tuple[PaymentMode, int, str]]:
    return [(one.mode, one.amount.minor, one.reference) for one in receipt.tenders if one.mode is not _EXCHANGE]


def two_cards(desk: ExchangeDesk) -> None:
    """Rp 180.999 came by two cards and all goods come back for one tea of Rp 20.000: Rp 160.999 are left over."""
    desk.exchange_goods_of(desk.sell_by_two_cards())
    desk.ring(TEA)
    desk.checkout.begin_payment()
    desk.settle()


def test_the_rest_goes_back_to_the_card_that_paid(desk: ExchangeDesk) -> None:
    desk.exchange(teas=3, card=True)
    desk.ring(TEA)
    desk.checkout.begin_payment()
    assert planned(desk) == ([("ref-1", 40_000)], 0)
    sale, back = desk.save()
    assert paid_by(sale) == [(_EXCHANGE, 20_000)]
    assert paid_by(back) == [(_EXCHANGE, -20_000), (_CARD, -40_000)]
    assert back_of(back) == [(_CARD, -40_000, "ref-1")]
    assert desk.terminal.taken == {"ref-1": rupiah(180_999 - 40_000)}
    assert [paper for paper, _copy in desk.printer.printed] == [sale, back]
    assert (states(desk), desk.printer.drawer_opened) == ([RefundState.PAID], 0)


def test_nothing_goes_to_a_card_while_money_is_left_to_pay(desk: ExchangeDesk) -> None:
    desk.exchange(teas=1, card=True)
    desk.ring(COFFEE)
    desk.checkout.begin_payment()
    assert (planned(desk), desk.checkout.model.due) == (([], 0), rupiah(45_000))
    desk.checkout.pay_cash()
    _, back = desk.save()
    assert back_of(back) == []
    assert desk.terminal.taken == {"ref-1": rupiah(180_999)}


def test_two_cards_get_as_much_as_each_took(desk: ExchangeDesk) -> None:
    two_cards(desk)
    assert planned(desk) == ([("ref-1", 100_000), ("ref-2", 60_999)], 0)
    sale, back = desk.save()
    assert back_of(back) == [(_CARD, -100_000, "ref-1"), (_CARD, -60_999, "ref-2")]
    for receipt in (sale, back):
        assert settled_by(receipt.tenders, receipt.total) == receipt.total


def test_what_no_card_took_is_cash(desk: ExchangeDesk) -> None:
    sale = sold(card=True)
    card = replace(sale.tenders[0], amount=rupiah(30_000), given=rupiah(30_000))
    cash = replace(card, tender_id="tender-2", mode=_CASH, amount=rupiah(150_999), given=rupiah(150_999), reference="")
    desk.terminal.taken["ref-1"] = card.amount
    saved = desk.journal.save_bill(replace(sale, tenders=(card, cash)))
    desk.send(saved)
    desk.exchange_goods_of(saved, teas=3)
    desk.ring(TEA)
    desk.checkout.begin_payment()
    assert planned(desk) == ([("ref-1", 30_000)], 10_000)
    _, back = desk.save()
    assert back_of(back) == [(_CARD, -30_000, "ref-1"), (_CASH, -10_000, "")]
    assert desk.printer.drawer_opened == 1


def test_a_till_without_that_terminal_gives_cash() -> None:
    desk = ExchangeDesk(has_terminal=False)
    desk.exchange(teas=3, card=True)
    desk.ring(TEA)
    desk.checkout.begin_payment()
    assert planned(desk) == ([], 40_000)
    _, back = desk.save()
    assert back_of(back) == [(_CASH, -40_000, "")]


def test_the_screen_says_which_card_is_told(desk: ExchangeDesk) -> None:
    two_cards(desk)
    told: list[Money] = []

    def listen(model: CheckoutModel) -> None:
        if model.state is CheckoutState.TERMINAL and model.terminal is not None:
            assert model.terminal.giving_back
            told.append(model.terminal.amount)

    desk.checkout.listen(listen)
    desk.save()
    assert list(dict.fromkeys(told)) == [rupiah(100_000), rupiah(60_999)]


def test_a_card_that_refuses_leaves_cash_which_the_cashier_reads_first(desk: ExchangeDesk) -> None:
    desk.exchange(teas=3, card=True)
    desk.ring(TEA)
    desk.checkout.begin_payment()
    desk.terminal.taken.clear()
    desk.checkout.save()
    assert (desk.checkout.state, said(desk)) == (CheckoutState.PAYING, Say.REFUND_DECLINED)
    assert (planned(desk), states(desk)) == (([], 40_000), [RefundState.ACCEPTED])
    assert len(desk.journal.saved) == 1
    _, back = desk.save()
    assert back_of(back) == [(_CASH, -40_000, "")]


def test_a_refused_exchange_can_still_be_given_up(desk: ExchangeDesk) -> None:
    desk.exchange(teas=3, card=True)
    desk.ring(TEA)
    desk.checkout.begin_payment()
    desk.terminal.taken.clear()
    desk.checkout.save()
    assert desk.checkout.abandon()
    assert states(desk) == [RefundState.DROPPED]
    assert [one.kind for one in desk.journal.outbox.values()][-1] is OutboxKind.REFUND_VOID


def test_a_second_card_that_refuses_leaves_cash_and_no_way_back(desk: ExchangeDesk) -> None:
    two_cards(desk)
    del desk.terminal.taken["ref-2"]
    desk.checkout.save()
    assert (said(desk), states(desk)) == (Say.REFUND_DECLINED, [RefundState.PAYING])
    assert (planned(desk), view(desk).credit) == (([], 60_999), rupiah(80_999))
    credit = desk.checkout.model.tenders[0]
    desk.checkout.remove_tender(credit.tender_id)
    assert said(desk) is Say.RETURN_MUST_BE_SAVED
    assert not desk.checkout.abandon()
    assert not desk.checkout.put_aside()
    sale, back = desk.save()
    assert paid_by(sale) == [(_EXCHANGE, 20_000)]
    assert [one[:2] for one in back_of(back)] == [(_CARD, -100_000), (_CASH, -61_000)]
    assert settled_by(back.tenders, back.total) == back.total


def test_goods_rung_after_a_card_got_its_money_are_paid_by_what_still_stands(desk: ExchangeDesk) -> None:
    two_cards(desk)
    del desk.terminal.taken["ref-2"]
    desk.checkout.save()
    desk.checkout.back_to_bill()
    desk.ring(COFFEE)
    desk.checkout.begin_payment()
    assert desk.checkout.model.due == rupiah(85_000 - 80_999)
    desk.checkout.pay_cash()
    sale, back = desk.save()
    assert back_of(back) == [(_CARD, -100_000, "ref-1")]
    for receipt in (sale, back):
        assert settled_by(receipt.tenders, receipt.total) == receipt.total


def test_a_card_that_says_nothing_is_the_managers_and_the_bill_is_paid_without_it(desk: ExchangeDesk) -> None:
    desk.exchange(teas=3, card=True)
    desk.ring(TEA)
    desk.checkout.begin_payment()
    desk.terminal.silent_refunds = 1
    desk.checkout.save()
    assert (desk.checkout.state, said(desk)) == (CheckoutState.PAYING, Say.REFUND_UNCLEAR)
    assert (states(desk), len(desk.journal.saved)) == ([RefundState.REVIEW], 1)
    assert "40000 for bill" in desk.journal.review_items()[0].story
    assert (desk.checkout.model.exchange, desk.checkout.model.due) == (None, rupiah(20_000))
    assert desk.checkout.abandon()
    assert states(desk) == [RefundState.REVIEW]


def test_a_second_card_that_says_nothing_names_what_went_back_for_certain(desk: ExchangeDesk) -> None:
    two_cards(desk)
    desk.terminal.silent_references.add("ref-2")
    desk.checkout.save()
    (item,) = desk.journal.review_items()
    assert "under reference ref-2: no clear answer" in item.story
    assert "100000 went back under ref-1" in item.story
    assert desk.checkout.model.exchange is None


def test_a_crash_between_two_cards_names_both_to_the_manager() -> None:
    desk = ExchangeDesk(stepped=True)
    two_cards(desk)
    desk.checkout.save()
    while "ref-1" in desk.terminal.taken:
        desk.stepped.step()
    assert (states(desk), "ref-2" in desk.terminal.taken) == ([RefundState.PAYING], True)
    (notice,) = settle_refunds(desk.gear)
    assert (notice.say, notice.money) == (Say.REFUND_UNCLEAR, rupiah(160_999))
    (item,) = desk.journal.review_items()
    assert "under reference ref-1, ref-2: no clear answer" in item.story
    assert len(desk.journal.saved) == 1
    assert all(draft.tenders == () for draft in desk.journal.drafts())


def test_the_intent_is_on_the_disk_before_the_terminal_hears_of_it(desk: ExchangeDesk) -> None:
    desk.exchange(teas=3, card=True)
    desk.ring(TEA)
    desk.checkout.begin_payment()
    desk.journal.trouble = DiskTrouble(DiskTroubleKind.FULL, "full")
    desk.checkout.save()
    assert desk.terminal.taken == {"ref-1": rupiah(180_999)}
    assert (states(desk), desk.checkout.state) == ([RefundState.ACCEPTED], CheckoutState.PAYING)


def test_a_disk_that_fails_after_the_card_got_its_money_never_pays_twice() -> None:
    desk = ExchangeDesk(stepped=True)
    desk.exchange(teas=3, card=True)
    desk.ring(TEA)
    desk.checkout.begin_payment()
    desk.settle()
    desk.checkout.save()
    while desk.terminal.taken == {"ref-1": rupiah(180_999)}:
        desk.stepped.step()
    desk.journal.trouble = DiskTrouble(DiskTroubleKind.FULL, "full")
    desk.settle()
    assert (desk.checkout.state, said(desk)) == (CheckoutState.PAYING, Say.BILL_NOT_SAVED_DISK)
    desk.journal.trouble = None
    desk.checkout.save()
    desk.settle()
    back = list(desk.journal.saved.values())[-1]
    assert back_of(back) == [(_CARD, -40_000, "ref-1")]
    assert desk.terminal.taken == {"ref-1": rupiah(140_999)}


def test_what_a_gift_card_paid_goes_back_to_it_and_the_rest_to_the_card(desk: ExchangeDesk) -> None:
    sale = sold(card=True)
    card = replace(sale.tenders[0], amount=rupiah(130_999), given=rupiah(130_999))
    gift = replace(
        card, tender_id="tender-2", mode=PaymentMode.GIFT_CARD, amount=rupiah(50_000), given=rupiah(50_000),
        reference="", label="\N{HORIZONTAL ELLIPSIS}8812", value=ValueTaken("hold-1", "gift:8812"),
    )  # fmt: skip
    desk.terminal.taken["ref-1"] = card.amount
    saved = replace(sale, tenders=(card, gift))
    back = Back(saved, (), {"line-1": 2000, "line-2": 3000})
    row = RefundRow("refund-9", saved.bill_id, saved.number.short, RefundState.ACCEPTED, (), money=sale.total)
    desk.journal.add_refund(row)
    answer = RefundAnswer(
        row.refund_id, accepted=True, money=sale.total, returned={}, reversed={}, paid_back={"hold-1": gift.amount}
    )
    agreed = Agreed(row, back, answer)
    desk.checkout.exchange(desk.refunding.exchange(agreed, (), lambda: None, desk.told.append))
    desk.ring(TEA)
    desk.checkout.begin_payment()
    assert view(desk).values == ((gift, rupiah(50_000)),)
    assert planned(desk) == ([("ref-1", 110_999)], 0)
    _, returned = desk.save()
    assert back_of(returned) == [(PaymentMode.GIFT_CARD, -50_000, ""), (_CARD, -110_999, "ref-1")]
    assert settled_by(returned.tenders, returned.total) == returned.total
