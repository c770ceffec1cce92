"""What a return receipt says where the sale itself said little: its parts, and names that only the programme knows."""

from dataclasses import replace

from tests.fakes.shop import POINTS, programme
from tests.till.return_desk import SARI, rupiah, sold
from tukar.domain.offer import LocalName
from tukar.domain.points import Points
from tukar.till.ports import RefundAnswer
from tukar.till.receipts import Selling
from tukar.till.return_receipt import Back, name_of, return_receipt

SELLING = Selling("TOKO1", "Toko", "T1", 1, SARI, programme(), 1)


def test_a_part_of_a_payment_goes_back_with_its_part_of_the_goods() -> None:
    sale = sold()
    whole = Back(sale, (), {"line-1": 2000, "line-2": 3000})
    half = Back(sale, (), {"line-2": 3000})
    assert whole.paid_part(rupiah(50_000)) == rupiah(50_000)
    assert half.paid_part(rupiah(50_000)) == rupiah(50_000 * 60_000 // (130_000 - 9_001 + 60_000))


def test_points_are_called_as_on_the_sale_else_as_now_else_by_their_id() -> None:
    sale = sold(customer=True)
    (known,) = sale.points
    named = replace(sale, points=(replace(known, name=LocalName("Stars")),))
    assert name_of(POINTS, named, SELLING) == LocalName("Stars")
    account = SELLING.programme.account(POINTS)
    assert account is not None
    assert name_of(POINTS, replace(sale, points=()), SELLING) == account.name
    assert name_of("gone", sale, SELLING) == LocalName("gone")


def test_points_of_an_account_that_the_sale_did_not_name_are_on_it_too() -> None:
    sale = replace(sold(customer=True), points=())
    back = Back(sale, (), {"line-2": 3000})
    answer = RefundAnswer("r-1", accepted=True, money=back.money, returned={}, reversed={POINTS: Points(6)})
    made = return_receipt(back, answer, (), SELLING, sale.at)
    assert [(one.programme_id, one.earned) for one in made.points] == [(POINTS, Points(-6))]
    assert (made.total, made.lines[0].quantity.thousandths) == (rupiah(-60_000), -3000)
