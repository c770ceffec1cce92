"""What every backend behind the port must keep, whatever it can do; its capabilities say what is expected of it."""

from tests.fakes.shop import COFFEE, IDR, POINTS, TEA
from tests.loyalty.conftest import BOSS, Subject
from tests.loyalty.contract import coffee, refusal_of, rupiah, tried
from tukar.domain.points import Points
from tukar.domain.redemption import Refusal
from tukar.till.ports import Enrolment, FindBy


def test_members_are_found_by_mobile_name_and_card_and_their_numbers_are_masked(subject: Subject) -> None:
    for by, text in ((FindBy.MOBILE, "+6281234565678"), (FindBy.NAME, "sari"), (FindBy.CARD, "CARD-77")):
        (found,) = subject.backend.find_members(by, text)
        assert (found.member_id, found.name) == ("m-1", "Sari Dewi")
        assert "81234565678" not in repr(found)
        assert found.masked_mobile.endswith("5678")
        balance = found.balance(POINTS)
        assert balance is not None
        assert balance.available == Points(500)


def test_nobody_is_found_where_there_is_nobody(subject: Subject) -> None:
    for by, text in ((FindBy.MOBILE, "+6289999999999"), (FindBy.NAME, "nobody"), (FindBy.CARD, "none")):
        assert subject.backend.find_members(by, text) == ()
    assert refusal_of(lambda: subject.backend.member("nobody")).refusal is Refusal.UNKNOWN_MEMBER


def test_a_new_member_is_enrolled_once(subject: Subject) -> None:
    new = Enrolment("m-2", "Rudi", "+6281111112222", subject.clock.now())
    first = subject.backend.enrol_member(new)
    assert (first.member_id, first.name) == ("m-2", "Rudi")
    assert subject.backend.enrol_member(new).member_id == "m-2"
    assert len(subject.backend.find_members(FindBy.MOBILE, "+6281111112222")) == 1


def test_a_number_belongs_to_one_member(subject: Subject) -> None:
    """The second enrolment of a number is either refused or is the member who has it."""
    again = Enrolment("m-3", "Sari again", "+6281234565678", subject.clock.now())
    found = tried(lambda: subject.backend.enrol_member(again).member_id)
    assert found in ("m-1", Refusal.MEMBER_EXISTS)
    assert len(subject.backend.find_members(FindBy.MOBILE, "+6281234565678")) == 1


def test_an_enrolment_made_offline_becomes_the_member_who_has_the_number(subject: Subject) -> None:
    again = Enrolment("m-3", "Sari again", "+6281234565678", subject.clock.now(), offline=True)
    assert subject.backend.enrol_member(again).member_id == "m-1"
    assert subject.backend.enrol_member(again).member_id == "m-1"
    assert len(subject.backend.find_members(FindBy.MOBILE, "+6281234565678")) == 1


def test_the_shop_is_told_of(subject: Subject) -> None:
    state = subject.backend.state()
    assert (state.shop.shop_id, state.shop.currency) == ("TOKO1", IDR)
    assert state.programme_version == subject.backend.programme().version
    assert [person.name for person in subject.backend.salespeople()] == ["Budi"]
    assert {one.staff_id for one in subject.backend.staff()} <= {BOSS.staff_id}
    page = subject.backend.catalogue_page(0)
    if subject.backend.capabilities.catalogue:
        assert sorted(item.sku for item in page.items) == [COFFEE.sku, TEA.sku]
        assert page.version == state.catalogue_version
        assert subject.backend.catalogue_page(page.version).items == ()


def test_a_quote_says_what_the_bill_comes_to_and_reserves_nothing(subject: Subject) -> None:
    state = subject.backend.state()
    quote = subject.backend.quote(coffee(subject), state.programme_version, state.catalogue_version)
    assert (quote.total, quote.discount) == (rupiah(110_000), rupiah(20_000))
    assert (quote.spent, quote.available) == ({POINTS: Points(200)}, {POINTS: Points(500)})
    assert subject.available() == Points(500)


def test_a_till_with_other_rules_is_told_so_at_the_quote(subject: Subject) -> None:
    state = subject.backend.state()
    outdated = state.programme_version + 1
    refused = refusal_of(lambda: subject.backend.quote(coffee(subject), outdated, state.catalogue_version))
    assert refused.refusal is Refusal.RULES_CHANGED
