"""Who is at the till: signing in by password or PIN, the quick lock, and a second person's approval.

Rules of security.md, "Staff sign-in" and "Rights": five wrong tries wait 30 s and each further one twice as long, after
ten only a manager lets the person in again, by a PIN of their own; the person is chosen before the PIN; an approver is
never the actor, is authenticated first and asked for the right, and for the limits of their role, afterwards; an
approval is for one action, one reference and 60 s.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Final, Protocol

from tukar.domain.approval import APPROVAL_SECONDS, UNLIMITED
from tukar.domain.people import Action, Right, Role, StaffMember
from tukar.till.notices import Level, Notice, Say
from tukar.till.ports import (
    Deadline,
    Refused,
    WrongTries,
    seconds_left,
)

if TYPE_CHECKING:
    from tukar.domain.approval import ApprovalSubject, LimitTable
    from tukar.till.background import Background
    from tukar.till.ports import (
        Clock,
        CredentialCheck,
        StaffDirectory,
        TriesKept,
    )

FREE_TRIES: Final = 5
MOST_TRIES: Final = 10
FIRST_WAIT_SECONDS: Final = 30.0
LONGEST_WAIT_SECONDS: Final = FIRST_WAIT_SECONDS * 2 ** (MOST_TRIES - FREE_TRIES)

_ORDER: Final = (Role.CASHIER, Role.SUPERVISOR, Role.MANAGER, Role.TECHNICIAN)


class AuditTrail(Protocol):
    """Where sign-ins and approvals are written down; ``Journal`` is one."""

    def audit(self, actor: str, action: str, ref: str, detail: str = "") -> None: ...


@dataclass(frozen=True, slots=True)
class StaffingModel:
    """For the sign-in screen: who may sign in, who is chosen, who is at the till, and what was wrong.

    ``locked`` means that the till waits for a PIN while its bill stays as it is. ``wait_until`` is when the chosen
    person may try again; ``needs_manager`` says that they may not.
    """

    staff: tuple[StaffMember, ...] = ()
    chosen: StaffMember | None = None
    cashier: StaffMember | None = None
    locked: bool = False
    busy: bool = False
    wait_until: Deadline | None = None
    needs_manager: bool = False
    notice: Notice | None = None


@dataclass(frozen=True, slots=True)
class Approval:
    """A second person's word for one action about one thing, until ``until``."""

    approver: StaffMember
    actor: StaffMember
    action: Action
    ref: str
    until: Deadline
    pin: str = field(default="", repr=False, compare=False)
    """As it was typed here, for a backend that checks it again; none of a word from afar."""


class Passwords(Protocol):
    """Who checks the password of a shift's start, and counts the wrong ones beside this till. Both block."""

    def fits(self, member: StaffMember, typed: str) -> bool:
        """Raises Refused where nobody lets this person try now, with how long to ``wait``."""
        ...

    def let_in(self, staff_id: str, manager_id: str, pin: str) -> None:
        """A manager let somebody try again here. Raises Refused and Unreachable."""
        ...


class NobodyError(RuntimeError):
    """Nobody is signed in where somebody must be."""


def who_may_sign_in(directory: StaffDirectory) -> tuple[StaffMember, ...]:
    """Cashiers first, for they sign in most; by name within a role, so that nobody's place depends on chance."""
    active = (member for member in directory.staff() if member.active)
    return tuple(sorted(active, key=lambda member: (_ORDER.index(member.role), member.name)))


class Staffing:
    """Checks credentials in the background, because their hashes are slow on purpose. One check at a time."""

    def __init__(
        self,
        directory: StaffDirectory,
        check: CredentialCheck,
        background: Background,
        clock: Clock,
        trail: AuditTrail,
        kept: TriesKept,
        passwords: Passwords | None = None,
        limits: LimitTable = UNLIMITED,
    ) -> None:
        self._limits = limits
        self._passwords = passwords
        self._directory = directory
        self._check = check
        self._background = background
        self._clock = clock
        self._trail = trail
        self._kept = kept
        self._tries: dict[str, WrongTries] = dict(kept.wrong_tries())
        self._listeners: list[Callable[[StaffingModel], None]] = []
        self._model = StaffingModel(staff=self._active())

    @property
    def model(self) -> StaffingModel:
        return self._model

    def listen(self, listener: Callable[[StaffingModel], None]) -> None:
        self._listeners.append(listener)

    def cashier(self) -> StaffMember:
        """Who sells; NobodyError before anybody signed in."""
        if self._model.cashier is None:
            raise NobodyError
        return self._model.cashier

    def renew(self) -> None:
        """The copy of the staff changed: whoever is chosen signs in as who they are now, or no more."""
        chosen = self._model.chosen
        self._show(replace(self._model, staff=self._active(), chosen=self._present(chosen)))

    # Signing in

    def choose(self, staff_id: str) -> None:
        """Somebody touched their tile; LookupError when nobody has that id."""
        self._show_chosen(self._member(staff_id), None)

    def enter_pin(self, pin: str) -> None:
        """The chosen person's PIN, as a quick switch or to unlock."""
        chosen = self._model.chosen
        if chosen is not None:
            self._authenticate(chosen, lambda: self._fits(chosen.pin_hash, pin), self._signed_in)

    def enter_password(self, password: str) -> None:
        """The chosen person's password, at the start of a shift."""
        chosen = self._model.chosen
        if chosen is not None:
            checks = self._passwords
            fits = partial(self._fits, chosen.password_hash) if checks is None else partial(checks.fits, chosen)
            self._authenticate(chosen, lambda: fits(password), self._signed_in, said=Say.WRONG_PASSWORD)

    def lock(self) -> None:
        """The cashier steps away; the bill stays. Their own tile is chosen for coming back."""
        if self._model.cashier is not None and not self._model.locked:
            self._show(replace(self._model, locked=True, notice=None))
            cashier = self._present(self._model.cashier)
            if cashier is not None:
                self._show_chosen(cashier, None)

    def sign_out(self) -> None:
        """Nobody is at the till any more."""
        self._show(StaffingModel(staff=self._active()))

    # Letting in again

    def standing(self, staff_id: str) -> WrongTries:
        """How often somebody typed wrong here in a row, and when their next try counts."""
        return self._tries.get(staff_id, WrongTries())

    def shut_out(self, staff_id: str) -> bool:
        """Whether somebody typed wrong so often that only a manager lets them in again."""
        return self.standing(staff_id).wrong >= MOST_TRIES

    def who_lets_in(self, staff_id: str) -> tuple[StaffMember, ...]:
        """Who may let somebody in again who typed wrong too often: never themselves, nor who is shut out too."""
        return tuple(
            member for member in self._model.staff if _lets_in(member, staff_id) and not self.shut_out(member.staff_id)
        )

    def release(self, manager_id: str, pin: str, staff_id: str, answered: Callable[[StaffMember | None], None]) -> None:
        """A manager's PIN lets somebody in again after too many wrong tries; nobody is signed in by it.

        ``answered`` gets the manager; None when the PIN is wrong, it is not theirs to do, or one of the two has left.
        """
        manager = self._found(manager_id)
        if manager is None:
            answered(None)
            return

        def authenticated(member: StaffMember) -> None:
            now, released = self._present(member), self._found(staff_id)
            self._show(replace(self._model, busy=False))
            if now is None or released is None or not _lets_in(now, staff_id):
                self._write_down(member.staff_id, f"refuse:{Action.MANAGE_STAFF}", staff_id)
                self._show(replace(self._model, notice=Notice(Say.NOT_ALLOWED, Level.WARN)))
                answered(None)
                return
            self._let_in(now, released, pin)
            answered(now)

        fits = partial(self._fits, manager.pin_hash, pin)
        self._authenticate(manager, fits, authenticated, lambda: answered(None))

    # Rights

    def right(self, action: Action) -> Right:
        """What the cashier may; nobody may nothing."""
        cashier = self._model.cashier
        return Right.DENIED if cashier is None or self._model.locked else cashier.right(action)

    def approve(
        self, approver_id: str, pin: str, about: ApprovalSubject, answered: Callable[[Approval | None], None]
    ) -> None:
        """A second person's PIN for one action; ``answered(None)`` when it is wrong or not theirs to give.

        How much it is ``about`` may not be beyond the limits of their role.
        """
        actor, approver = self.cashier(), self._member(approver_id)

        def authenticated(member: StaffMember) -> None:
            said = self._not_theirs(member, actor, about)
            verdict = "approve" if said is None else "refuse"
            self._write_down(member.staff_id, f"{verdict}:{about.action}", about.ref, actor.staff_id)
            notice = None if said is None else Notice(said, Level.WARN, text=member.name)
            self._show(replace(self._model, busy=False, notice=notice))
            until = Deadline(self._clock.boot_id, self._clock.monotonic() + APPROVAL_SECONDS)
            answered(Approval(member, actor, about.action, about.ref, until) if said is None else None)

        fits = partial(self._fits, approver.pin_hash, pin)
        self._authenticate(approver, fits, authenticated, lambda: answered(None))

    def approved_afar(self, approver: StaffMember, action: Action, ref: str, seconds: float) -> Approval:
        """The word of somebody who is elsewhere, which the backend has checked; good for so many seconds."""
        actor = self.cashier()
        self._write_down(approver.staff_id, f"approve_afar:{action}", ref, actor.staff_id)
        return Approval(approver, actor, action, ref, Deadline(self._clock.boot_id, self._clock.monotonic() + seconds))

    def holds(self, approval: Approval, action: Action, ref: str) -> bool:
        """Whether an approval is for just this, and not too old."""
        return (approval.action, approval.ref) == (action, ref) and seconds_left(self._clock, approval.until) > 0

    # Behind it

    def _authenticate(
        self,
        member: StaffMember,
        fits: Callable[[], bool],
        right: Callable[[StaffMember], None],
        wrong: Callable[[], None] = lambda: None,
        said: Say = Say.WRONG_PIN,
    ) -> None:
        if self._model.busy:
            return
        refused = self._refusal(member)
        if refused is not None:
            self._show(replace(self._model, notice=refused))
            wrong()
            return
        self._show(replace(self._model, busy=True, notice=None))

        def checked(matches: bool) -> None:  # noqa: FBT001 - what the check answers
            if matches:
                self._forget_tries(member.staff_id)
                right(member)
            else:
                self._wrong(member, said)
                wrong()

        def kept_out(trouble: Exception) -> None:
            if not isinstance(trouble, Refused):
                raise trouble
            self._kept_out(member, trouble.wait or 0.0)
            wrong()

        self._background.run(fits, checked, kept_out)

    def _not_theirs(self, member: StaffMember, actor: StaffMember, about: ApprovalSubject) -> Say | None:
        """Why somebody may not give this word; None where they may."""
        if member.staff_id == actor.staff_id or member.right(about.action) is not Right.ALLOWED:
            return Say.NOT_ALLOWED
        return Say.BEYOND_LIMIT if self._limits.of(member.role).beyond(about) is not None else None

    def _fits(self, stored: str, typed: str) -> bool:
        return bool(stored) and self._check.matches(stored, typed)

    def _let_in(self, manager: StaffMember, released: StaffMember, pin: str) -> None:
        """One job writes down who did it and then forgets the tries: never the second without the first.

        Where the backend hears nothing of it, it says so at the next password, and the manager comes again.
        """
        staff_id = released.staff_id
        self._tries.pop(staff_id, None)

        def write() -> None:
            self._trail.audit(manager.staff_id, "release_pin", staff_id)
            self._kept.keep_tries(staff_id, WrongTries())

        self._background.run(write, lambda _: None, lambda _: None)
        if self._passwords is not None:
            tell = partial(self._passwords.let_in, staff_id, manager.staff_id, pin)
            self._background.run(tell, lambda _: None, lambda _: None)
        chosen = self._model.chosen
        if chosen is not None and chosen.staff_id == staff_id:
            self._show_chosen(released, Notice(Say.LET_IN_AGAIN, text=released.name))

    def _forget_tries(self, staff_id: str) -> None:
        if self._tries.pop(staff_id, None) is not None:
            self._keep_tries(staff_id)

    def _keep_tries(self, staff_id: str) -> None:
        """Behind the screen, see ``_write_down``; a restart of the till gives nobody tries back."""
        tries = self.standing(staff_id)
        self._background.run(lambda: self._kept.keep_tries(staff_id, tries), lambda _: None, lambda _: None)

    def _refusal(self, member: StaffMember) -> Notice | None:
        tries = self.standing(member.staff_id)
        if self.shut_out(member.staff_id):
            return Notice(Say.SHUT_OUT, Level.DANGER, text=member.name)
        left = seconds_left(self._clock, tries.wait_until) if tries.wait_until else 0.0
        return Notice(Say.PIN_LOCKED, Level.WARN, seconds=left) if left > 0 else None

    def _wrong(self, member: StaffMember, said: Say) -> None:
        wrong = self.standing(member.staff_id).wrong + 1
        wait = None
        if wrong >= FREE_TRIES:
            seconds = FIRST_WAIT_SECONDS * 2 ** (wrong - FREE_TRIES)
            wait = Deadline(self._clock.boot_id, self._clock.monotonic() + seconds)
        self._write_down(member.staff_id, "wrong_credential", member.staff_id)
        self._stand(member, WrongTries(wrong, wait), Notice(said, Level.WARN, count=FREE_TRIES - wrong))

    def _kept_out(self, member: StaffMember, seconds: float) -> None:
        """The shop's other tills count too: their wait is this till's, and a wait beyond all means a manager."""
        wrong = MOST_TRIES if seconds > LONGEST_WAIT_SECONDS else self.standing(member.staff_id).wrong
        until = Deadline(self._clock.boot_id, self._clock.monotonic() + min(seconds, LONGEST_WAIT_SECONDS))
        self._stand(member, WrongTries(wrong, until), Notice(Say.PIN_LOCKED, Level.WARN))

    def _stand(self, member: StaffMember, tries: WrongTries, otherwise: Notice) -> None:
        """Keeps somebody's tries and tells them how they stand; ``otherwise`` where they may try again at once."""
        self._tries[member.staff_id] = tries
        self._keep_tries(member.staff_id)
        notice = self._refusal(member) or otherwise
        self._show(replace(self._model, busy=False))
        chosen = self._model.chosen
        if chosen is not None and chosen.staff_id == member.staff_id:
            self._show_chosen(chosen, notice)
        else:
            self._show(replace(self._model, notice=notice))

    def _signed_in(self, member: StaffMember) -> None:
        if self._present(member) is None:
            self._show(replace(self._model, busy=False))
            return
        self._write_down(member.staff_id, "sign_in", member.staff_id)
        self._show(StaffingModel(staff=self._model.staff, cashier=member))

    def _show_chosen(self, member: StaffMember, notice: Notice | None) -> None:
        self._show(
            replace(
                self._model,
                chosen=member,
                wait_until=self.standing(member.staff_id).wait_until,
                needs_manager=self.shut_out(member.staff_id),
                notice=notice,
            )
        )

    def _member(self, staff_id: str) -> StaffMember:
        member = self._found(staff_id)
        if member is None:
            raise LookupError(staff_id)
        return member

    def _present(self, person: StaffMember | None) -> StaffMember | None:
        """The same person as the copy knows them now; None when they may not sign in any more."""
        return None if person is None else self._found(person.staff_id)

    def _found(self, staff_id: str) -> StaffMember | None:
        return next((member for member in self._active() if member.staff_id == staff_id), None)

    def _active(self) -> tuple[StaffMember, ...]:
        return who_may_sign_in(self._directory)

    def _write_down(self, actor: str, action: str, ref: str, detail: str = "") -> None:
        """Behind the screen; a disk that fails is told by the next write that matters."""
        self._background.run(lambda: self._trail.audit(actor, action, ref, detail), lambda _: None, lambda _: None)

    def _show(self, model: StaffingModel) -> None:
        self._model = model
        for listener in tuple(self._listeners):
            listener(model)


def _lets_in(member: StaffMember, staff_id: str) -> bool:
    """Whether a PIN of theirs at this till may let that person in again."""
    may = member.right(Action.MANAGE_STAFF) is Right.ALLOWED
    return may and bool(member.pin_hash) and member.staff_id != staff_id


def _bug(trouble: Exception) -> None:
    raise trouble
