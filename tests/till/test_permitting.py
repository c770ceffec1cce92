from tests.fakes.background import ImmediateBackground
from tests.fakes.clock import FakeClock
from tests.fakes.shop import IDR
from tests.fakes.tries import FakeTries
from tests.till.test_signing_in import HENDRA, Directory, PlainCheck, Trail
from tukar.domain.approval import UNLIMITED, ApprovalLimits, LimitTable
from tukar.domain.money import Money
from tukar.domain.people import Action, Right, Role
from tukar.till.approving import ApprovalModel, Approving
from tukar.till.notices import Say
from tukar.till.permitting import Much, Permit, Permitting
from tukar.till.staffing import Staffing


class Sheet:
    """An approval sheet that remembers what it was shown."""

    def __init__(self) -> None:
        self.model = ApprovalModel()

    def show_approval(self, model: ApprovalModel) -> None:
        self.model = model


class Door:
    """The real table, staff and approval sheet, with one person signed in."""

    def __init__(self, who: str, limits: LimitTable = UNLIMITED) -> None:
        clock = FakeClock()
        self.staffing = Staffing(
            Directory(), PlainCheck(), ImmediateBackground(clock), clock, Trail(), FakeTries(), limits=limits
        )
        self.sheet = Sheet()
        self.approving = Approving(view=self.sheet, staffing=self.staffing)
        self.permits = Permitting(self.staffing, self.approving)
        self.given: list[Permit] = []
        member = next(one for one in Directory().staff() if one.staff_id == who)
        self.staffing.choose(who)
        self.staffing.enter_pin(member.pin_hash)

    def ask(self, action: Action) -> Right:
        return self.permits.ask(action, "line-1 12000", self.given.append)


def test_what_is_allowed_is_done_at_once() -> None:
    door = Door("sari")
    assert door.ask(Action.VOID_LINE) is Right.ALLOWED
    assert door.given == [Permit("sari")]
    assert not door.sheet.model.is_open


def test_what_is_denied_is_never_done() -> None:
    door = Door("sari")
    assert door.ask(Action.CHANGE_RULES) is Right.DENIED
    assert door.given == []
    assert not door.sheet.model.is_open


def test_what_needs_a_second_person_waits_for_their_pin() -> None:
    door = Door("sari")
    assert door.ask(Action.OVERRIDE_PRICE) is Right.NEEDS_APPROVAL
    assert door.given == []
    assert "sari" not in {one.staff_id for one in door.sheet.model.people}
    door.approving.choose([one.staff_id for one in door.sheet.model.people].index(HENDRA.staff_id))
    door.approving.enter(HENDRA.pin_hash)
    assert door.given == [Permit("sari", HENDRA.staff_id)]


def test_nobody_says_yes_to_themselves() -> None:
    door = Door("sari")
    door.ask(Action.OVERRIDE_PRICE)
    sari = next(one for one in Directory().staff() if one.staff_id == "sari")
    door.approving.enter(sari.pin_hash)
    assert door.given == []


def test_a_second_person_says_yes_up_to_the_limit_of_their_role_and_reads_why_not_further() -> None:
    door = Door("sari", LimitTable({Role.MANAGER: ApprovalLimits(amount=10_000)}))
    for amount, permits in ((10_001, []), (10_000, [Permit("sari", HENDRA.staff_id)])):
        about = Much(Money(amount, IDR)).about(Action.DISCOUNT_LINE, "line-1", "bill-1", "dented")
        assert door.permits.ask(Action.DISCOUNT_LINE, "line-1", door.given.append, about) is Right.NEEDS_APPROVAL
        door.approving.enter(HENDRA.pin_hash)
        assert door.given == permits
        notice = door.sheet.model.notice
        told = None if notice is None else (notice.say, notice.text)
        assert told == (None if permits else (Say.BEYOND_LIMIT, HENDRA.name))


def test_esc_gives_nobodys_word() -> None:
    door = Door("sari")
    door.ask(Action.OVERRIDE_PRICE)
    door.approving.close()
    assert door.given == []
