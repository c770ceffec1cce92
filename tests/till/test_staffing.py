"""Signing in, being kept out after wrong tries, coming back from the lock, and a second person's approval."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.fakes.background import ImmediateBackground, SteppedBackground
from tests.fakes.clock import FakeClock
from tests.fakes.journal import FakeJournal
from tests.fakes.shop import IDR
from tests.fakes.tries import FakeTries
from tukar.domain.approval import ApprovalLimits, ApprovalSubject, LimitTable
from tukar.domain.money import Money
from tukar.domain.people import Action, Right, Role, Salesperson, StaffMember
from tukar.domain.points import Points
from tukar.domain.redemption import Refusal
from tukar.till.notices import Say
from tukar.till.ports import DiskTrouble, DiskTroubleKind, Refused, Trouble, Unreachable
from tukar.till.staffing import Approval, NobodyError, Staffing

RANI = StaffMember("rani", "Rani", Role.CASHIER, pin_hash="pin:111111", password_hash="pw:correct horse")
BAYU = StaffMember("bayu", "Bayu", Role.CASHIER, pin_hash="pin:222222")
HADI = StaffMember("hadi", "Hadi", Role.MANAGER, pin_hash="pin:999999")
GONE = StaffMember("gone", "Gone", Role.MANAGER, pin_hash="pin:000000", active=False)


class Directory:
    def __init__(self, members: tuple[StaffMember, ...] = (RANI, BAYU, HADI, GONE)) -> None:
        self._members = members

    def staff(self) -> tuple[StaffMember, ...]:
        return self._members

    def salespeople(self) -> tuple[Salesperson, ...]:
        return ()


class PlainCheck:
    def __init__(self) -> None:
        self.checked = 0

    def matches(self, stored_hash: str, typed: str) -> bool:
        self.checked += 1
        return stored_hash.partition(":")[2] == typed


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def journal(clock: FakeClock) -> FakeJournal:
    return FakeJournal(clock)


@pytest.fixture
def check() -> PlainCheck:
    return PlainCheck()


@pytest.fixture
def staffing(clock: FakeClock, journal: FakeJournal, check: PlainCheck) -> Staffing:
    return Staffing(Directory(), check, ImmediateBackground(clock), clock, journal, FakeTries())


def said(staffing: Staffing) -> Say | None:
    return staffing.model.notice.say if staffing.model.notice else None


def locked(staffing: Staffing) -> bool:
    return staffing.model.locked


def sign_in(staffing: Staffing, member: StaffMember = RANI) -> None:
    staffing.choose(member.staff_id)
    staffing.enter_pin(member.pin_hash.partition(":")[2])


def test_only_active_staff_are_shown(staffing: Staffing) -> None:
    assert [member.name for member in staffing.model.staff] == ["Bayu", "Rani", "Hadi"]
    with pytest.raises(LookupError):
        staffing.choose("gone")


def test_nobody_sells_before_signing_in(staffing: Staffing) -> None:
    with pytest.raises(NobodyError):
        staffing.cashier()
    assert staffing.right(Action.SELL) is Right.DENIED


def test_a_password_opens_the_shift_and_a_pin_switches(staffing: Staffing, journal: FakeJournal) -> None:
    staffing.choose("rani")
    staffing.enter_password("correct horse")
    assert staffing.cashier() == RANI
    sign_in(staffing, BAYU)
    assert staffing.cashier() == BAYU
    assert [(actor, action) for actor, action, *_ in journal.trail] == [("rani", "sign_in"), ("bayu", "sign_in")]


def test_the_person_is_chosen_before_the_pin(staffing: Staffing, check: PlainCheck) -> None:
    staffing.enter_pin("111111")
    assert check.checked == 0


def test_a_person_without_a_pin_here_does_not_get_in_by_an_empty_one(staffing: Staffing) -> None:
    staffing.choose("bayu")
    staffing.enter_password("")
    assert said(staffing) is Say.WRONG_PASSWORD


def test_five_wrong_tries_wait_and_each_further_one_twice_as_long(staffing: Staffing, clock: FakeClock) -> None:
    staffing.choose("rani")
    for left in (4, 3, 2, 1):
        staffing.enter_pin("000000")
        assert staffing.model.notice is not None
        assert (staffing.model.notice.say, staffing.model.notice.count) == (Say.WRONG_PIN, left)
    for seconds in (30, 60, 120, 240, 480):
        staffing.enter_pin("000000")
        assert staffing.model.notice is not None
        assert (staffing.model.notice.say, staffing.model.notice.seconds) == (Say.PIN_LOCKED, seconds)
        clock.advance(seconds - 1)
        staffing.enter_pin("111111")
        assert said(staffing) is Say.PIN_LOCKED
        clock.advance(1)
    staffing.enter_pin("000000")
    clock.advance(100_000)
    staffing.enter_pin("111111")
    assert staffing.model.needs_manager
    assert staffing.model.cashier is None


def shut_out(staffing: Staffing, clock: FakeClock, member: StaffMember = RANI) -> None:
    staffing.choose(member.staff_id)
    for _ in range(10):
        staffing.enter_pin("000000")
        clock.advance(100_000)
    assert staffing.model.needs_manager


def release(staffing: Staffing, who: str, pin: str, staff_id: str = "rani") -> bool:
    answers: list[StaffMember | None] = []
    staffing.release(who, pin, staff_id, answers.append)
    assert len(answers) == 1
    assert answers[0] is None or answers[0].staff_id == who
    return answers[0] is not None


def test_a_manager_lets_in_by_their_pin_whoever_typed_wrong_ten_times(
    staffing: Staffing, clock: FakeClock, journal: FakeJournal
) -> None:
    shut_out(staffing, clock)
    staffing.enter_pin("111111")
    assert (said(staffing), staffing.model.cashier) == (Say.SHUT_OUT, None)
    assert staffing.who_lets_in("rani") == (HADI,)
    assert release(staffing, "hadi", "999999")
    assert (staffing.model.chosen, staffing.model.cashier, said(staffing)) == (RANI, None, Say.LET_IN_AGAIN)
    assert not staffing.model.needs_manager
    assert journal.trail[-1] == ("hadi", "release_pin", "rani", "")
    staffing.enter_pin("111111")
    assert staffing.cashier() == RANI


def test_nobody_is_let_in_without_a_managers_right_pin(
    staffing: Staffing, clock: FakeClock, journal: FakeJournal
) -> None:
    shut_out(staffing, clock)
    assert not release(staffing, "rani", "111111"), "nobody lets themselves in"
    assert not release(staffing, "gone", "000000"), "nor does who left"
    assert not release(staffing, "hadi", "111111")
    assert said(staffing) is Say.WRONG_PIN
    assert not release(staffing, "bayu", "222222")
    assert said(staffing) is Say.NOT_ALLOWED
    assert journal.trail[-1] == ("bayu", "refuse:manage_staff", "rani", "")
    assert staffing.model.needs_manager
    assert "release_pin" not in {action for _, action, *_ in journal.trail}


def test_wrong_pins_count_against_the_manager_who_lets_in(staffing: Staffing, clock: FakeClock) -> None:
    shut_out(staffing, clock)
    for _ in range(5):
        assert not release(staffing, "hadi", "000000")
    assert not release(staffing, "hadi", "999999")
    assert said(staffing) is Say.PIN_LOCKED
    clock.advance(31)
    assert release(staffing, "hadi", "999999")


def test_a_manager_who_is_shut_out_lets_nobody_in(staffing: Staffing, clock: FakeClock) -> None:
    shut_out(staffing, clock, HADI)
    shut_out(staffing, clock)
    assert (staffing.who_lets_in("rani"), staffing.who_lets_in("hadi")) == ((), ())
    assert not release(staffing, "hadi", "999999")
    assert said(staffing) is Say.SHUT_OUT


def test_who_was_let_in_stays_so_when_the_till_is_started_anew(clock: FakeClock, journal: FakeJournal) -> None:
    kept = FakeTries()

    def start() -> Staffing:
        return Staffing(Directory(), PlainCheck(), ImmediateBackground(clock), clock, journal, kept)

    shut_out(start(), clock)
    again = start()
    assert again.shut_out("rani")
    assert release(again, "hadi", "999999")
    assert again.model.chosen is None, "somebody who is not chosen is let in all the same"
    assert not start().shut_out("rani")


class FullJournal(FakeJournal):
    """Of a disk that takes no word about a release."""

    def audit(self, actor: str, action: str, ref: str, detail: str = "") -> None:
        if action == "release_pin":
            raise DiskTrouble(DiskTroubleKind.FULL, "full")
        super().audit(actor, action, ref, detail)


def test_nobody_stays_let_in_of_whom_it_is_not_written_down_who_did_it(clock: FakeClock) -> None:
    kept = FakeTries()
    staffing = Staffing(Directory(), PlainCheck(), ImmediateBackground(clock), clock, FullJournal(clock), kept)
    shut_out(staffing, clock)
    release(staffing, "hadi", "999999")
    assert kept.wrong_tries()["rani"].wrong == 10


class ShopWide:
    """``staffing.Passwords`` of a shop whose tills count together; ``wait`` is how long nobody may try."""

    def __init__(self) -> None:
        self.wait: float | None = None
        self.down = False

    def fits(self, member: StaffMember, typed: str) -> bool:
        if self.wait is not None:
            raise Refused(Refusal.TOO_MANY_REQUESTS, wait=self.wait)
        return member.password_hash == f"pw:{typed}"

    def let_in(self, staff_id: str, manager_id: str, pin: str) -> None:
        if self.down:
            raise Unreachable(Trouble.NO_CONNECTION, sent=False)
        assert (staff_id, manager_id, pin) == ("rani", "hadi", "999999")
        self.wait = None


@pytest.fixture
def shop_wide() -> ShopWide:
    return ShopWide()


@pytest.fixture
def one_of_many(clock: FakeClock, journal: FakeJournal, shop_wide: ShopWide) -> Staffing:
    staffing = Staffing(
        Directory(), PlainCheck(), ImmediateBackground(clock), clock, journal, FakeTries(), passwords=shop_wide
    )
    staffing.choose("rani")
    return staffing


def test_the_wait_after_wrong_passwords_at_another_till_is_waited_here_too(
    one_of_many: Staffing, shop_wide: ShopWide, clock: FakeClock, journal: FakeJournal
) -> None:
    shop_wide.wait = 240
    one_of_many.enter_password("correct horse")
    assert one_of_many.model.notice is not None
    assert (one_of_many.model.notice.say, one_of_many.model.notice.seconds) == (Say.PIN_LOCKED, 240)
    assert (one_of_many.model.busy, journal.trail) == (False, [])
    shop_wide.wait = None
    clock.advance(241)
    one_of_many.enter_password("correct horse")
    assert one_of_many.cashier() == RANI


def test_a_shop_that_is_asked_too_much_says_no_longer_than_that(one_of_many: Staffing, shop_wide: ShopWide) -> None:
    shop_wide.wait = 0
    one_of_many.enter_password("correct horse")
    assert (said(one_of_many), one_of_many.model.needs_manager) == (Say.PIN_LOCKED, False)
    shop_wide.wait = None
    one_of_many.enter_password("correct horse")
    assert one_of_many.cashier() == RANI


def test_whoever_the_whole_shop_shut_out_is_let_in_by_a_manager_everywhere(
    one_of_many: Staffing, shop_wide: ShopWide
) -> None:
    shop_wide.wait = 1e18
    one_of_many.enter_password("correct horse")
    assert (said(one_of_many), one_of_many.model.needs_manager) == (Say.SHUT_OUT, True)
    shop_wide.down = True
    assert release(one_of_many, "hadi", "999999")
    one_of_many.enter_password("correct horse")
    assert said(one_of_many) is Say.SHUT_OUT, "the shop has not heard of it"
    shop_wide.down = False
    assert release(one_of_many, "hadi", "999999")
    one_of_many.enter_password("correct horse")
    assert one_of_many.cashier() == RANI


def test_wrong_tries_of_one_do_not_lock_the_other(staffing: Staffing) -> None:
    staffing.choose("rani")
    for _ in range(5):
        staffing.enter_pin("000000")
    sign_in(staffing, BAYU)
    assert staffing.cashier() == BAYU


def test_the_right_pin_forgets_the_wrong_ones(staffing: Staffing) -> None:
    for _ in range(3):
        staffing.choose("rani")
        for _ in range(4):
            staffing.enter_pin("000000")
        staffing.enter_pin("111111")
        assert staffing.cashier() == RANI


def test_the_lock_keeps_the_cashier_and_takes_their_rights(staffing: Staffing) -> None:
    sign_in(staffing)
    staffing.lock()
    assert locked(staffing)
    assert staffing.model.chosen == RANI
    assert staffing.right(Action.SELL) is Right.DENIED
    staffing.enter_pin("111111")
    assert not locked(staffing)
    assert staffing.right(Action.SELL) is Right.ALLOWED


def test_a_till_left_alone_keeps_what_is_typed_while_it_is_locked_already(staffing: Staffing) -> None:
    staffing.lock()
    assert not locked(staffing)
    sign_in(staffing)
    staffing.lock()
    staffing.enter_pin("000000")
    before = staffing.model
    staffing.lock()
    assert staffing.model is before


def test_one_check_at_a_time(clock: FakeClock, journal: FakeJournal, check: PlainCheck) -> None:
    background = SteppedBackground(clock)
    staffing = Staffing(Directory(), check, background, clock, journal, FakeTries())
    staffing.choose("rani")
    staffing.enter_pin("000000")
    staffing.enter_pin("111111")
    assert staffing.model.busy
    background.run_all()
    assert check.checked == 1
    assert said(staffing) is Say.WRONG_PIN


def test_signing_out_leaves_nobody(staffing: Staffing) -> None:
    sign_in(staffing)
    staffing.sign_out()
    with pytest.raises(NobodyError):
        staffing.cashier()


# Approval


def approve(
    staffing: Staffing,
    who: str,
    pin: str,
    *,
    less: Money | None = None,
    percent: Decimal | None = None,
    points: Points | None = None,
) -> Approval | None:
    answers: list[Approval | None] = []
    about = ApprovalSubject(Action.OVERRIDE_PRICE, "line-1", amount=less, percent=percent, points=points)
    staffing.approve(who, pin, about, answers.append)
    assert len(answers) == 1
    return answers[0]


def test_an_approval_is_for_one_action_one_thing_and_a_minute(staffing: Staffing, clock: FakeClock) -> None:
    sign_in(staffing)
    approval = approve(staffing, "hadi", "999999")
    assert approval is not None
    assert (approval.approver, approval.actor) == (HADI, RANI)
    assert staffing.holds(approval, Action.OVERRIDE_PRICE, "line-1")
    assert not staffing.holds(approval, Action.OVERRIDE_PRICE, "line-2")
    assert not staffing.holds(approval, Action.VOID_BILL, "line-1")
    clock.advance(61)
    assert not staffing.holds(approval, Action.OVERRIDE_PRICE, "line-1")
    assert staffing.cashier() == RANI


def test_a_restart_of_the_till_gives_no_tries_back(clock: FakeClock, journal: FakeJournal) -> None:
    kept = FakeTries()

    def start() -> Staffing:
        staffing = Staffing(Directory(), PlainCheck(), ImmediateBackground(clock), clock, journal, kept)
        staffing.choose("rani")
        return staffing

    for _ in range(5):
        start().enter_pin("000000")
    again = start()
    again.enter_pin("111111")
    assert (again.model.cashier, said(again)) == (None, Say.PIN_LOCKED)
    clock.advance(31)
    again.enter_pin("111111")
    assert again.cashier() == RANI
    assert kept.wrong_tries()["rani"].wrong == 0


def test_T43_two_people_with_one_pin_are_told_apart(journal: FakeJournal) -> None:
    twin = StaffMember("twin", "Twin", Role.MANAGER, pin_hash=RANI.pin_hash)
    staffing = Staffing(
        Directory((RANI, twin)), PlainCheck(), ImmediateBackground(FakeClock()), FakeClock(), journal, FakeTries()
    )
    for member in (RANI, twin):
        staffing.choose(member.staff_id)
        staffing.enter_pin("111111")
        assert staffing.cashier() == member
    assert staffing.right(Action.OVERRIDE_PRICE) is Right.ALLOWED


def test_T43_an_override_that_a_role_may_not_make_is_reached_by_a_second_person(staffing: Staffing) -> None:
    sign_in(staffing)
    assert staffing.right(Action.OVERRIDE_PRICE) is Right.NEEDS_APPROVAL
    word = approve(staffing, "hadi", "999999")
    assert word is not None
    assert (word.approver, word.actor) == (HADI, RANI)
    assert staffing.cashier() == RANI, "and the cashier goes on as themselves"


def test_T43_the_approver_is_never_the_actor(staffing: Staffing) -> None:
    sign_in(staffing, HADI)
    assert approve(staffing, "hadi", "999999") is None
    assert said(staffing) is Say.NOT_ALLOWED


def test_somebody_without_the_right_approves_nothing_and_it_is_written_down(
    staffing: Staffing, journal: FakeJournal
) -> None:
    sign_in(staffing)
    assert approve(staffing, "bayu", "222222") is None
    assert ("bayu", "refuse:override_price", "line-1", "rani") in journal.trail


def test_a_wrong_pin_is_asked_before_the_right(staffing: Staffing, journal: FakeJournal) -> None:
    sign_in(staffing)
    assert approve(staffing, "bayu", "000000") is None
    assert said(staffing) is Say.WRONG_PIN
    assert not any(action.startswith("refuse") for _, action, *_ in journal.trail)


@pytest.mark.parametrize("share", [0, 1])
@pytest.mark.parametrize("kind", ["less", "percent", "points"])
def test_a_word_beyond_the_limits_of_a_role_is_refused_and_written_down(
    kind: str, share: int, journal: FakeJournal
) -> None:
    limits = LimitTable({Role.MANAGER: ApprovalLimits(amount=50_000, percent=Decimal(20), points=500)})
    clock = FakeClock()
    staffing = Staffing(
        Directory(), PlainCheck(), ImmediateBackground(clock), clock, journal, FakeTries(), limits=limits
    )
    sign_in(staffing)
    less = Money(50_000 + share, IDR) if kind == "less" else None
    percent = Decimal(20 + share) if kind == "percent" else None
    points = Points(500 + share) if kind == "points" else None
    given = approve(staffing, "hadi", "999999", less=less, percent=percent, points=points)
    verdict = "refuse" if share else "approve"
    assert (given is None, said(staffing)) == ((True, Say.BEYOND_LIMIT) if share else (False, None))
    assert ("hadi", f"{verdict}:override_price", "line-1", "rani") in journal.trail


def test_a_locked_out_approver_approves_nothing(staffing: Staffing) -> None:
    sign_in(staffing)
    for _ in range(5):
        approve(staffing, "hadi", "000000")
    assert approve(staffing, "hadi", "999999") is None
    assert said(staffing) is Say.PIN_LOCKED


class ChangingDirectory(Directory):
    def becomes(self, *members: StaffMember) -> None:
        self._members = members


def test_whoever_left_the_shop_does_not_sign_in_though_their_tile_was_chosen(
    clock: FakeClock, journal: FakeJournal, check: PlainCheck
) -> None:
    directory = ChangingDirectory()
    staffing = Staffing(directory, check, ImmediateBackground(clock), clock, journal, FakeTries())
    staffing.choose("bayu")
    directory.becomes(RANI, HADI)
    staffing.renew()
    staffing.enter_pin("222222")
    assert (staffing.model.chosen, staffing.model.cashier) == (None, None)


def test_whoever_leaves_while_their_pin_is_checked_does_not_sign_in(
    clock: FakeClock, journal: FakeJournal, check: PlainCheck
) -> None:
    directory, background = ChangingDirectory(), SteppedBackground(clock)
    staffing = Staffing(directory, check, background, clock, journal, FakeTries())
    staffing.choose("bayu")
    staffing.enter_pin("222222")
    directory.becomes(RANI, HADI)
    staffing.renew()
    background.run_all()
    assert (staffing.model.cashier, staffing.model.busy) == (None, False)


@pytest.mark.parametrize("leaves", [HADI, RANI])
def test_nobody_is_let_in_when_one_of_the_two_leaves_while_the_pin_is_checked(
    leaves: StaffMember, clock: FakeClock, journal: FakeJournal, check: PlainCheck
) -> None:
    directory, background = ChangingDirectory(), SteppedBackground(clock)
    staffing = Staffing(directory, check, background, clock, journal, FakeTries())
    staffing.choose("rani")
    for _ in range(10):
        staffing.enter_pin("000000")
        background.run_all()
        clock.advance(100_000)
    answers: list[StaffMember | None] = []
    staffing.release("hadi", "999999", "rani", answers.append)
    assert staffing.model.busy
    directory.becomes(*(member for member in (RANI, BAYU, HADI) if member is not leaves))
    staffing.renew()
    background.run_all()
    assert (answers, staffing.model.busy, staffing.shut_out("rani")) == ([None], False, True)


def test_a_new_pin_counts_at_once_and_a_cashier_who_left_does_not_come_back_from_the_lock(
    clock: FakeClock, journal: FakeJournal, check: PlainCheck
) -> None:
    directory = ChangingDirectory()
    staffing = Staffing(directory, check, ImmediateBackground(clock), clock, journal, FakeTries())
    staffing.choose("bayu")
    directory.becomes(RANI, replace(BAYU, pin_hash="pin:333333"))
    staffing.renew()
    staffing.enter_pin("222222")
    assert said(staffing) is Say.WRONG_PIN
    staffing.enter_pin("333333")
    assert staffing.cashier().staff_id == "bayu"
    directory.becomes(RANI)
    staffing.renew()
    staffing.lock()
    staffing.enter_pin("333333")
    assert locked(staffing)
