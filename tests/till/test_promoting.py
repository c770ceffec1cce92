from collections.abc import Callable
from fractions import Fraction

from tests.fakes.shelf import FakeShelf
from tests.till.counter import Counter, open_counter
from tukar.domain.bill import Bill, OfferKey
from tukar.domain.money import Money, Quantity
from tukar.domain.offer import Reason
from tukar.domain.points import Points
from tukar.domain.pricing import CodeBalance
from tukar.domain.redemption import Counted
from tukar.till.notices import Say
from tukar.till.promoting import Group, Promoting, PromotionRow

ORDER, MEMBER, COFFEE, REWARD, NOODLES, VOUCHER = (
    OfferKey(rule) for rule in ("poin-nota", "member-5", "kopi-gratis", "reward-potongan", "borong-mi", "voucher-ultah")
)


def large_bill() -> Counter:
    """Dewi with ten coffees and six noodles, the offer that pops up declined."""
    counter = open_counter()
    counter.greet("dewi")
    counter.sell("01001")
    counter.billing.set_quantity(Quantity.of(6))
    counter.sell("05001")
    counter.billing.set_quantity(Quantity.of(6))
    return counter


def row(counter: Counter, key: OfferKey) -> PromotionRow:
    return next(one for one in counter.views.promotions.rows if one.key == key)


def place(counter: Counter, key: OfferKey) -> int:
    return [one.key for one in counter.views.promotions.rows].index(key)


def said(counter: Counter) -> Say | None:
    notice = counter.views.promotions.notice
    return None if notice is None else notice.say


def toggle(counter: Counter, *keys: OfferKey) -> None:
    for key in keys:
        counter.promoting.toggle(place(counter, key))


def test_it_shows_what_applies_what_could_and_what_does_not_yet() -> None:
    counter = large_bill()
    counter.promoting.open()
    assert row(counter, NOODLES).group is Group.APPLIED
    assert row(counter, NOODLES).ticked
    assert row(counter, NOODLES).items == ("Indomie Goreng 85 g",)
    assert row(counter, NOODLES).free_pieces == 1
    assert row(counter, ORDER).group is Group.AVAILABLE
    assert row(counter, ORDER).cost == Points(200)
    missing = row(counter, VOUCHER)
    assert missing.group is Group.NOT_YET
    assert missing.why is not None
    assert missing.why.reason is Reason.NEEDS_CODE


def test_ticking_shows_what_comes_off_each_line_and_changes_nothing_yet() -> None:
    counter = large_bill()
    before = counter.sale.bill
    counter.promoting.open()
    toggle(counter, ORDER)
    model = counter.views.promotions
    assert row(counter, ORDER).ticked
    assert model.discount is not None
    assert model.discount == counter.sale.bill.currency.total(line.amount for line in model.preview)
    assert model.before is not None
    assert model.total == model.before - model.discount
    assert model.changed
    assert counter.sale.bill is before


def test_several_are_applied_together() -> None:
    counter = large_bill()
    counter.promoting.open()
    toggle(counter, ORDER, COFFEE)
    expected = counter.views.promotions.total
    counter.promoting.apply()
    assert {claim.key for claim in counter.sale.bill.claims} == {ORDER, COFFEE}
    assert counter.sale.priced.total == expected
    assert not counter.views.promotions.is_open


def test_cancel_leaves_the_bill_as_it_was() -> None:
    counter = large_bill()
    before = counter.sale.bill
    counter.promoting.open()
    toggle(counter, ORDER)
    counter.promoting.close()
    assert counter.sale.bill is before


def test_what_stands_against_it_is_unticked() -> None:
    counter = large_bill()
    counter.promoting.open()
    toggle(counter, MEMBER)
    toggle(counter, ORDER)
    assert row(counter, ORDER).ticked
    assert not row(counter, MEMBER).ticked
    toggle(counter, MEMBER)
    assert row(counter, MEMBER).ticked
    assert not row(counter, ORDER).ticked


def test_an_automatic_one_can_be_taken_off_and_put_back() -> None:
    counter = large_bill()
    counter.promoting.open()
    toggle(counter, NOODLES)
    assert not row(counter, NOODLES).ticked
    counter.promoting.apply()
    assert counter.sale.bill.switched_off == {NOODLES}
    counter.sell("01002")
    assert all(applied.key != NOODLES for applied in counter.sale.priced.applied)
    counter.promoting.open()
    toggle(counter, NOODLES)
    counter.promoting.apply()
    assert any(applied.key == NOODLES for applied in counter.sale.priced.applied)


def test_replace_starts_anew_and_remove_all_leaves_nothing() -> None:
    counter = large_bill()
    counter.promoting.open()
    toggle(counter, ORDER)
    counter.promoting.apply()
    counter.promoting.open()
    counter.promoting.replace()
    assert counter.views.promotions.ticked == 0
    toggle(counter, COFFEE)
    counter.promoting.apply()
    assert [claim.key for claim in counter.sale.bill.claims] == [COFFEE]
    counter.promoting.open()
    counter.promoting.remove_all()
    assert counter.sale.priced.discount == Money(0, counter.sale.bill.currency)
    assert not counter.views.promotions.is_open
    counter.billing.undo()
    assert [claim.key for claim in counter.sale.bill.claims] == [COFFEE]


def test_what_was_declined_can_still_be_asked_for() -> None:
    """Journey B: after Cancel, Promotions, "Loyalty point as promotion", OK."""
    counter = large_bill()
    while counter.views.offer.offer is not None:
        counter.offering.decline()
    counter.promoting.open()
    toggle(counter, ORDER)
    assert row(counter, ORDER).ticked
    counter.promoting.apply()
    assert counter.sale.priced.spent_of("poin") == Points(200)


def test_one_that_does_not_apply_says_so_and_is_not_ticked() -> None:
    counter = large_bill()
    counter.promoting.open()
    toggle(counter, OfferKey("hemat-10"))
    assert said(counter) is Say.OFFER_GONE
    assert not row(counter, OfferKey("hemat-10")).ticked


def test_a_voucher_is_taken_and_an_unknown_one_is_told() -> None:
    counter = large_bill()
    counter.promoting.open()
    counter.promoting.enter_code("NONSENSE")
    assert said(counter) is Say.VOUCHER_NOT_TAKEN
    counter.promoting.enter_code(" ULTAH12 ")
    assert said(counter) is None
    assert row(counter, VOUCHER).ticked
    assert not counter.sale.bill.codes
    counter.promoting.apply()
    assert counter.sale.bill.codes == ("ULTAH12",)
    assert any(applied.key == VOUCHER for applied in counter.sale.priced.applied)


def test_the_cashier_chooses_how_many_points() -> None:
    counter = large_bill()
    counter.promoting.open()
    counter.promoting.set_points(place(counter, REWARD), Points(60))
    assert row(counter, REWARD).cost == Points(60)
    counter.promoting.set_points(place(counter, REWARD), Points(999_999))
    most = row(counter, REWARD).points
    assert most is not None
    assert row(counter, REWARD).cost == most.most


def test_the_short_list_applies_an_offer_by_its_button() -> None:
    counter = large_bill()
    keys = [offer.key for offer in counter.views.summary.offers]
    counter.promoting.use(keys.index(ORDER))
    assert ORDER in {applied.key for applied in counter.views.summary.applied}
    assert ORDER not in {offer.key for offer in counter.views.summary.offers}


def test_while_the_backend_decides_nothing_opens_or_applies() -> None:
    counter = large_bill()
    counter.promoting.open()
    toggle(counter, ORDER)
    counter.sale.lock()
    counter.promoting.apply()
    counter.promoting.remove_all()
    counter.promoting.use(0)
    assert counter.sale.bill.claims == ()
    counter.promoting.close()
    counter.promoting.open()
    assert not counter.views.promotions.is_open


def test_the_best_combination_is_marked_and_said_once_it_is_ticked() -> None:
    counter = large_bill()
    counter.promoting.open()
    best = {one.key for one in counter.views.promotions.rows if one.is_best}
    assert best
    assert not counter.views.promotions.is_best
    toggle(counter, *(key for key in best if not row(counter, key).ticked))
    ticked = counter.views.promotions
    assert ticked.is_best
    toggle(counter, ORDER)
    assert not counter.views.promotions.is_best
    assert ticked.total is not None
    assert counter.views.promotions.total is not None
    assert ticked.total < counter.views.promotions.total


def test_a_row_says_instead_of_what_it_would_come() -> None:
    counter = large_bill()
    counter.promoting.open()
    toggle(counter, ORDER)
    assert [name.default for name in row(counter, MEMBER).instead_of] == ["Points as a promotion"]
    assert row(counter, ORDER).instead_of == ()


def test_a_bill_with_the_best_on_it_says_so() -> None:
    counter = large_bill()
    counter.promoting.open()
    best = [one.key for one in counter.views.promotions.rows if one.is_best and not one.ticked]
    toggle(counter, *best)
    counter.promoting.apply()
    counter.promoting.open()
    assert counter.views.promotions.is_best


class Backend:
    """What the backend knows of codes; it answers at once."""

    def __init__(self, counter: Counter, cards: dict[str, CodeBalance]) -> None:
        self.asked: list[tuple[str, ...]] = []
        self._counter = counter
        self._cards = cards

    def look_up(self, bill: Bill, then: Callable[[], None]) -> None:
        self.asked.append(bill.codes)
        self._counter.sale.learn(Counted(cards=self._cards))
        then()


def test_a_code_that_nobody_here_knows_is_asked_of_the_backend() -> None:
    counter = large_bill()
    backend = Backend(counter, {"CARD-7": CodeBalance(VOUCHER.rule_id, Fraction(1))})
    views = counter.views
    promoting = Promoting(view=views, summary=views, sale=counter.sale, index=FakeShelf(), look_up=backend.look_up)
    promoting.open()
    promoting.enter_code("NONSENSE")
    assert (backend.asked, said(counter)) == ([("NONSENSE",)], Say.VOUCHER_NOT_TAKEN)
    promoting.enter_code("CARD-7")
    assert said(counter) is None
    assert row(counter, VOUCHER).ticked
    promoting.apply()
    assert counter.sale.bill.codes == ("CARD-7",)
    assert any(applied.key == VOUCHER for applied in counter.sale.priced.applied)


def test_a_code_that_is_known_here_is_asked_of_nobody() -> None:
    counter = large_bill()
    backend = Backend(counter, {})
    views = counter.views
    promoting = Promoting(view=views, summary=views, sale=counter.sale, index=FakeShelf(), look_up=backend.look_up)
    promoting.open()
    promoting.enter_code("ULTAH12")
    assert (backend.asked, said(counter)) == ([], None)
