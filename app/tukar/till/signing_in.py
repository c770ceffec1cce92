"""The sign-in screen: whose tile is chosen, what was wrong, how long to wait after too many wrong PINs, and who helps.

Whoever typed wrong ten times is let in again by a manager: ``call_manager`` puts the managers' tiles where everybody's
were and takes the PIN of one of them on the same pad. Then everything is as before, and the person types their own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

from tukar.domain.people import PASSWORD_LETTERS, PIN_DIGITS
from tukar.till.notices import Level, Notice, Say
from tukar.till.ports import seconds_left

if TYPE_CHECKING:
    from tukar.domain.people import StaffMember
    from tukar.till.background import Background
    from tukar.till.ports import Clock, Deadline
    from tukar.till.staffing import Staffing, StaffingModel


@dataclass(frozen=True, slots=True)
class SignInModel:
    """What the screen shows. ``chosen`` is a place in ``staff``, -1 for nobody; ``staff`` are the tiles that are shown.

    ``wrong`` marks the PIN just typed; ``hint`` is the chosen person's PIN in the demo, empty in a shop. ``locked``
    says that a bill waits behind it. ``can_enter`` is False while nobody is chosen, or must wait. ``asks_password``:
    the chosen person begins their shift, and a PIN is not enough. ``shut_out``: the chosen person may not try any more;
    ``can_call``: there is somebody who may let them in again. ``lets_in`` is whom one of ``staff`` lets in by their PIN
    now, None while people sign in.
    """

    shop: str
    staff: tuple[StaffMember, ...] = ()
    chosen: int = -1
    locked: bool = False
    busy: bool = False
    wrong: bool = False
    can_enter: bool = False
    asks_password: bool = False
    shut_out: bool = False
    can_call: bool = False
    lets_in: StaffMember | None = None
    hint: str = ""
    notice: Notice | None = None

    @property
    def person(self) -> StaffMember | None:
        return self.staff[self.chosen] if 0 <= self.chosen < len(self.staff) else None


class SignInView(Protocol):
    """Where signing in is shown."""

    def show_sign_in(self, model: SignInModel) -> None: ...


class SigningIn:
    """Chooses a person and hands their PIN on. ``signed_in`` hears who is at the till from now on.

    ``demo_pins`` are shown on the screen, by person: nobody real is behind them. ``needs_password`` says whether
    somebody begins their shift.
    """

    def __init__(
        self,
        *,
        view: SignInView,
        staffing: Staffing,
        clock: Clock,
        background: Background,
        shop: str,
        signed_in: Callable[[StaffMember], None],
        demo_pins: Mapping[str, str] = MappingProxyType({}),
        needs_password: Callable[[str], bool] = lambda _staff_id: False,
    ) -> None:
        self._view = view
        self._staffing = staffing
        self._clock = clock
        self._background = background
        self._shop = shop
        self._signed_in = signed_in
        self._pins = demo_pins
        self._needs_password = needs_password
        self._retyping = False
        self._ticking = False
        self._called: str | None = None
        self._manager = ""
        self._refused = False
        self._inside = staffing.model.cashier is not None and not staffing.model.locked
        self._model = SignInModel(shop)
        staffing.listen(self._changed)

    def open(self) -> None:
        """Shows who may sign in."""
        self._show()

    def choose(self, index: int) -> None:
        """A tile was touched, or its number typed."""
        if not 0 <= index < len(self._model.staff):
            return
        touched = self._model.staff[index].staff_id
        if self._model.lets_in is None:
            self._staffing.choose(touched)
        elif not self._model.busy:
            self._manager, self._refused = touched, False
            self._show()

    def move(self, steps: int) -> None:
        """Another tile by arrow keys; from nobody to the first."""
        last = len(self._model.staff) - 1
        chosen = self._model.chosen
        self.choose(0 if chosen < 0 else min(max(chosen + steps, 0), last))

    def call_manager(self) -> None:
        """The chosen person may not try any more; from now on the tiles are those of whoever may let them in."""
        chosen = self._staffing.model.chosen
        if chosen is not None and self._model.can_call:
            self._called, self._manager, self._refused = chosen.staff_id, "", False
            self._show()

    def back(self) -> None:
        """Esc: nobody is let in, and everybody's tiles are there again; not while a manager's PIN is being checked."""
        if self._model.lets_in is not None and not self._model.busy:
            self._called = None
            self._show()

    def typing(self) -> None:
        """The PIN is being typed anew: what was wrong before is over."""
        if not self._retyping:
            self._retyping = True
            self._show()

    def enter(self, pin: str) -> None:
        """The green button: the PIN is complete."""
        if not self._model.can_enter or self._model.asks_password or len(pin) != PIN_DIGITS:
            return
        self._retyping = False
        manager, lets_in = self._model.person, self._model.lets_in
        if lets_in is None:
            self._staffing.enter_pin(pin)
        elif manager is not None:
            self._staffing.release(manager.staff_id, pin, lets_in.staff_id, self._answered)

    def enter_password(self, password: str) -> None:
        """The same at the start of a shift."""
        if self._model.can_enter and self._model.asks_password and len(password) >= PASSWORD_LETTERS:
            self._retyping = False
            self._staffing.enter_password(password)

    def renew(self) -> None:
        """A shift was opened or closed: another credential may be due."""
        self._show()

    def _changed(self, model: StaffingModel) -> None:
        before, self._inside = self._inside, model.cashier is not None and not model.locked
        self._show()
        if self._inside and not before and model.cashier is not None:
            self._signed_in(model.cashier)

    def _answered(self, manager: StaffMember | None) -> None:
        self._refused = manager is None
        if manager is not None:
            self._called = None
        self._show()

    def _show(self) -> None:
        model = self._staffing.model
        chosen = model.chosen
        helpers = self._staffing.who_lets_in(chosen.staff_id) if chosen is not None and model.needs_manager else ()
        if chosen is None or not helpers or chosen.staff_id != self._called:
            self._called = None
        shown = self._signing_in(model, helpers) if self._called is None else self._letting_in(model, helpers)
        self._model = shown
        self._view.show_sign_in(shown)
        if shown.notice is not None and shown.notice.seconds and not self._ticking:
            self._ticking = True
            self._background.after(1.0, self._tick)

    def _signing_in(self, model: StaffingModel, helpers: Sequence[StaffMember]) -> SignInModel:
        chosen = model.chosen
        shut_out = chosen is not None and model.needs_manager
        asks_password = chosen is not None and self._needs_password(chosen.staff_id)
        wait = 0.0 if shut_out else self._left(model.wait_until)
        notice = self._said(model.notice, model.wait_until, wait)
        if chosen is not None and shut_out:
            notice = Notice(Say.SHUT_OUT if helpers else Say.NOBODY_LETS_IN, Level.DANGER, text=chosen.name)
        told_wrong = model.notice is not None and model.notice.level is not Level.INFO
        return SignInModel(
            self._shop,
            staff=model.staff,
            chosen=model.staff.index(chosen) if chosen in model.staff else -1,
            locked=model.locked,
            busy=model.busy,
            wrong=told_wrong and not shut_out and not self._retyping and not model.busy,
            can_enter=chosen is not None and not model.busy and not wait and not shut_out,
            asks_password=asks_password,
            shut_out=shut_out,
            can_call=bool(helpers) and not model.busy,
            hint="" if chosen is None or asks_password or shut_out else self._pins.get(chosen.staff_id, ""),
            notice=notice,
        )

    def _letting_in(self, model: StaffingModel, helpers: Sequence[StaffMember]) -> SignInModel:
        """The same screen for a manager; the first of them is chosen where nobody was, or whoever was has left."""
        ids = [helper.staff_id for helper in helpers]
        self._manager = self._manager if self._manager in ids else ids[0]
        until = self._staffing.standing(self._manager).wait_until
        wait = self._left(until)
        return SignInModel(
            self._shop,
            staff=tuple(helpers),
            chosen=ids.index(self._manager),
            locked=model.locked,
            busy=model.busy,
            wrong=self._refused and not self._retyping and not model.busy,
            can_enter=not model.busy and not wait,
            lets_in=model.chosen,
            hint=self._pins.get(self._manager, ""),
            notice=self._said(model.notice if self._refused else None, until, wait),
        )

    def _left(self, until: Deadline | None) -> float:
        return 0.0 if until is None else seconds_left(self._clock, until)

    def _said(self, notice: Notice | None, until: Deadline | None, wait: float) -> Notice | None:
        """What is told of the last try; while somebody waits, how long, and nothing once they waited."""
        if wait:
            return Notice(Say.PIN_LOCKED, Level.WARN, seconds=wait)
        return None if self._retyping or until is not None else notice

    def _tick(self) -> None:
        self._ticking = False
        self._show()
