from collections.abc import Sequence
from dataclasses import replace

from tests.fakes.background import ImmediateBackground, SteppedBackground
from tests.fakes.clock import FakeClock
from tests.fakes.tries import FakeTries
from tukar.domain.people import Action, Role, Salesperson, StaffMember
from tukar.till.approving import ApprovalModel, Approving
from tukar.till.notices import Say
from tukar.till.signing_in import SigningIn, SignInModel
from tukar.till.staffing import Approval, Staffing

SARI = StaffMember("sari", "Sari Wulandari", Role.CASHIER, pin_hash="142536", password_hash="kopi-susu-1")
RIZKY = StaffMember("rizky", "Rizky Pratama", Role.CASHIER, pin_hash="253647")
HENDRA = StaffMember("hendra", "Hendra Wijaya", Role.MANAGER, pin_hash="586970")


class Directory:
    def __init__(self) -> None:
        self.members: tuple[StaffMember, ...] = (SARI, RIZKY, HENDRA)

    def staff(self) -> Sequence[StaffMember]:
        return self.members  # shown cashiers first, by name

    def salespeople(self) -> Sequence[Salesperson]:
        return ()


class PlainCheck:
    def matches(self, stored_hash: str, typed: str) -> bool:
        return stored_hash == typed


class Trail:
    def __init__(self) -> None:
        self.rows: list[tuple[str, str]] = []

    def audit(self, actor: str, action: str, ref: str, detail: str = "") -> None:
        self.rows.append((actor, action))


class Door:
    """A sign-in screen and an approval sheet over the real staffing."""

    def __init__(self, *, stepped: bool = False) -> None:
        self.clock = FakeClock()
        self.stepped = SteppedBackground(self.clock)
        self.immediate = ImmediateBackground(self.clock)
        background = self.stepped if stepped else self.immediate
        self.directory = Directory()
        self.staffing = Staffing(self.directory, PlainCheck(), background, self.clock, Trail(), FakeTries())
        self.inside: list[str] = []
        self.model = SignInModel("")
        self.begin: set[str] = set()
        self.asked = ApprovalModel()
        self.signing_in = SigningIn(
            view=self,
            staffing=self.staffing,
            clock=self.clock,
            background=background,
            shop="Toko",
            signed_in=lambda member: self.inside.append(member.name),
            demo_pins={"sari": "142536"},
            needs_password=lambda staff_id: staff_id in self.begin,
        )
        self.approving = Approving(view=self, staffing=self.staffing)
        self.signing_in.open()

    def show_sign_in(self, model: SignInModel) -> None:
        self.model = model

    def show_approval(self, model: ApprovalModel) -> None:
        self.asked = model

    def place(self, member: StaffMember) -> int:
        return self.model.staff.index(member)

    def wrong(self) -> bool:
        return self.asked.wrong

    def lets_in(self) -> StaffMember | None:
        return self.model.lets_in

    def asks_password(self) -> bool:
        return self.model.asks_password

    def person(self) -> StaffMember | None:
        return self.model.person

    def said(self) -> Say | None:
        return None if self.model.notice is None else self.model.notice.say

    def try_pin(self, pin: str) -> None:
        self.signing_in.typing()
        self.signing_in.enter(pin)


def test_nobody_is_chosen_at_first_and_nothing_can_be_entered() -> None:
    door = Door()
    assert door.model.person is None
    assert not door.model.can_enter
    door.signing_in.enter("142536")
    assert door.inside == []


def test_a_number_chooses_and_the_pin_lets_in() -> None:
    door = Door()
    door.signing_in.choose(door.place(SARI))
    assert door.model.person == SARI
    assert door.model.hint == "142536"
    door.try_pin("142536")
    assert door.inside == ["Sari Wulandari"]


def test_arrows_stop_at_the_ends() -> None:
    door = Door()
    for steps, chosen in ((1, 0), (-1, 0), (1, 1), (5, 2)):
        door.signing_in.move(steps)
        assert door.model.chosen == chosen


def test_a_wrong_pin_is_told_until_the_next_digit() -> None:
    door = Door()
    door.signing_in.choose(door.place(RIZKY))
    door.try_pin("000000")
    assert (door.said(), door.model.wrong) == (Say.WRONG_PIN, True)
    door.signing_in.typing()
    assert (door.said(), door.model.wrong) == (None, False)


def test_too_many_wrong_pins_count_down_and_then_let_try_again() -> None:
    door = Door()
    door.signing_in.choose(door.place(RIZKY))
    for _ in range(5):
        door.try_pin("000000")
    assert door.said() is Say.PIN_LOCKED
    door.signing_in.enter("253647")
    assert door.inside == []
    door.immediate.advance(12)
    assert door.model.notice is not None
    assert door.model.notice.seconds is not None
    assert 17 <= door.model.notice.seconds <= 19
    door.immediate.advance(20)
    assert door.said() is None
    assert door.model.can_enter
    door.try_pin("253647")
    assert door.inside == ["Rizky Pratama"]


def test_a_slow_check_shows_that_it_is_under_way() -> None:
    door = Door(stepped=True)
    door.signing_in.choose(door.place(SARI))
    door.try_pin("142536")
    assert door.model.busy
    assert not door.model.can_enter
    door.stepped.run_all()
    assert door.inside == ["Sari Wulandari"]


def test_coming_back_to_a_locked_till_needs_only_the_pin() -> None:
    door = Door()
    door.signing_in.choose(door.place(SARI))
    door.try_pin("142536")
    door.staffing.lock()
    assert door.model.locked
    assert door.model.person == SARI
    door.try_pin("142536")
    assert door.inside == ["Sari Wulandari", "Sari Wulandari"]


def approval(door: Door) -> list[Approval]:
    door.signing_in.choose(door.place(SARI))
    door.try_pin("142536")
    given: list[Approval] = []
    door.approving.ask(Action.SAVE_LATE, "bill-1", given.append)
    return given


def test_only_somebody_else_with_the_right_may_approve() -> None:
    door = Door()
    given = approval(door)
    assert door.asked.people == (HENDRA,)
    door.approving.enter("586970")
    assert [one.approver for one in given] == [HENDRA]
    assert door.staffing.holds(given[0], Action.SAVE_LATE, "bill-1")
    assert not door.asked.is_open


def test_a_wrong_approval_is_told_and_can_be_tried_again() -> None:
    door = Door()
    given = approval(door)
    door.approving.enter("111111")
    assert door.wrong()
    assert given == []
    door.approving.typing()
    assert not door.wrong()
    door.approving.enter("586970")
    assert len(given) == 1


def test_nobody_approves_after_cancel() -> None:
    door = Door(stepped=True)
    door.signing_in.choose(door.place(SARI))
    door.try_pin("142536")
    door.stepped.run_all()
    given: list[Approval] = []
    door.approving.ask(Action.SAVE_LATE, "bill-1", given.append)
    door.approving.enter("586970")
    door.approving.close()
    door.stepped.run_all()
    assert given == []
    assert not door.asked.is_open


def test_who_begins_a_shift_types_a_password() -> None:
    door = Door()
    door.begin.add("sari")
    door.signing_in.choose(door.place(SARI))
    assert (door.model.asks_password, door.model.hint) == (True, "")
    door.signing_in.enter("142536")
    door.signing_in.enter_password("kopi-su")
    assert door.inside == []
    door.signing_in.enter_password("teh-pucuk-2")
    assert door.said() is Say.WRONG_PASSWORD
    door.signing_in.typing()
    door.signing_in.enter_password("kopi-susu-1")
    assert door.inside == ["Sari Wulandari"]


def test_once_admitted_a_pin_is_enough() -> None:
    door = Door()
    door.begin.add("sari")
    door.signing_in.choose(door.place(SARI))
    door.begin.clear()
    door.signing_in.renew()
    assert not door.model.asks_password
    door.signing_in.enter_password("kopi-susu-1")
    assert door.inside == []
    door.signing_in.enter("142536")
    assert door.inside == ["Sari Wulandari"]


# Letting in again


def shut_out(door: Door, member: StaffMember = RIZKY) -> None:
    """Ten wrong tries, each after whatever wait there was; the PIN, or at the start of a shift the password."""
    door.signing_in.choose(door.place(member))
    for _ in range(10):
        door.signing_in.typing()
        if door.asks_password():
            door.signing_in.enter_password("teh-pucuk-2")
        else:
            door.signing_in.enter("000000")
        door.stepped.run_all()
        door.immediate.advance(20_000)
    assert door.model.shut_out


def test_who_may_not_try_any_more_is_told_so_and_a_manager_can_be_called() -> None:
    door = Door()
    shut_out(door)
    assert (door.said(), door.model.can_call, door.model.can_enter) == (Say.SHUT_OUT, True, False)
    assert (door.model.hint, door.model.wrong) == ("", False)
    door.try_pin("253647")
    door.signing_in.choose(door.place(SARI))
    assert (door.said(), door.model.can_call, door.model.shut_out) == (None, False, False)
    door.signing_in.choose(door.place(RIZKY))
    assert (door.said(), door.model.can_call) == (Say.SHUT_OUT, True)
    assert door.inside == []


def test_a_manager_lets_in_and_nothing_else_changes() -> None:
    door = Door()
    door.signing_in.choose(door.place(SARI))
    door.try_pin("142536")
    door.staffing.lock()
    shut_out(door, SARI)
    door.signing_in.call_manager()
    assert (door.lets_in(), door.model.staff, door.person()) == (SARI, (HENDRA,), HENDRA)
    assert (door.said(), door.model.wrong, door.model.shut_out) == (None, False, False)
    door.try_pin("586970")
    assert (door.said(), door.lets_in(), door.person()) == (Say.LET_IN_AGAIN, None, SARI)
    assert (door.model.wrong, door.model.locked, door.model.can_enter) == (False, True, True)
    assert door.inside == ["Sari Wulandari"], "and nobody is at the till by it"
    door.signing_in.typing()
    assert door.said() is None
    door.try_pin("142536")
    assert door.inside == ["Sari Wulandari", "Sari Wulandari"]


def test_whoever_begins_a_shift_is_let_in_to_their_password() -> None:
    door = Door()
    door.begin.update(("sari", "hendra"))
    shut_out(door, SARI)
    assert door.asks_password()
    door.signing_in.call_manager()
    assert not door.asks_password(), "of the manager a PIN is asked"
    door.try_pin("586970")
    assert (door.said(), door.asks_password(), door.person()) == (Say.LET_IN_AGAIN, True, SARI)
    door.signing_in.typing()
    door.signing_in.enter_password("kopi-susu-1")
    assert door.inside == ["Sari Wulandari"]


def test_a_managers_wrong_pins_are_told_counted_and_waited_for() -> None:
    door = Door()
    shut_out(door)
    door.signing_in.call_manager()
    door.try_pin("000000")
    assert (door.said(), door.model.wrong, door.lets_in()) == (Say.WRONG_PIN, True, RIZKY)
    for _ in range(4):
        door.try_pin("000000")
    assert (door.said(), door.model.can_enter) == (Say.PIN_LOCKED, False)
    door.immediate.advance(12)
    assert door.model.notice is not None
    assert door.model.notice.seconds is not None
    assert 17 <= door.model.notice.seconds <= 19
    door.immediate.advance(20)
    assert (door.said(), door.model.can_enter) == (None, True)
    door.try_pin("586970")
    assert (door.said(), door.person()) == (Say.LET_IN_AGAIN, RIZKY)


def test_the_only_manager_mistypes_ten_times_too_and_then_nobody_here_can_help() -> None:
    door = Door()
    shut_out(door)
    door.signing_in.call_manager()
    for _ in range(10):
        door.try_pin("000000")
        door.immediate.advance(20_000)
    assert (door.lets_in(), door.person()) == (None, RIZKY)
    assert (door.said(), door.model.can_call) == (Say.NOBODY_LETS_IN, False)
    door.signing_in.call_manager()
    assert door.lets_in() is None


def test_escape_brings_everybodys_tiles_back_and_lets_nobody_in() -> None:
    door = Door()
    shut_out(door)
    door.signing_in.back()
    door.signing_in.call_manager()
    door.try_pin("000000")
    door.signing_in.back()
    assert (door.lets_in(), door.person(), door.said()) == (None, RIZKY, Say.SHUT_OUT)
    assert door.model.staff == (RIZKY, SARI, HENDRA)
    door.signing_in.call_manager()
    assert (door.said(), door.model.wrong) == (None, False), "what was wrong before is over"


def test_a_managers_pin_under_way_is_waited_for() -> None:
    door = Door(stepped=True)
    shut_out(door)
    door.signing_in.call_manager()
    door.try_pin("586970")
    assert (door.model.busy, door.model.can_enter) == (True, False)
    door.signing_in.back()
    door.signing_in.choose(0)
    assert door.lets_in() == RIZKY
    door.stepped.run_all()
    assert (door.said(), door.person(), door.model.busy) == (Say.LET_IN_AGAIN, RIZKY, False)


def test_one_of_several_managers_is_chosen_and_may_leave_meanwhile() -> None:
    door = Door()
    door.directory.members += (replace(HENDRA, staff_id="agus", name="Agus", pin_hash="112233"),)
    door.staffing.renew()
    shut_out(door)
    door.signing_in.call_manager()
    assert [member.name for member in door.model.staff] == ["Agus", "Hendra Wijaya"]
    door.signing_in.move(1)
    assert door.person() == HENDRA
    door.try_pin("112233")
    assert door.model.wrong, "that is Agus's"
    door.signing_in.choose(0)
    assert (door.model.wrong, door.said()) == (False, None)
    door.directory.members = (SARI, RIZKY, HENDRA)
    door.staffing.renew()
    assert (door.person(), door.lets_in()) == (HENDRA, RIZKY)
    door.directory.members = (SARI, HENDRA)
    door.staffing.renew()
    assert (door.person(), door.lets_in(), door.model.staff) == (None, None, (SARI, HENDRA))
