"""The sign-in screen: whose tile is chosen, what was wrong, and how long to wait after too many wrong PINs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

from tukar.domain.people import PASSWORD_LETTERS, PIN_DIGITS
from tukar.till.notices import Level, Notice, Say
from tukar.till.ports import seconds_left

if TYPE_CHECKING:
    from tukar.domain.people import StaffMember
    from tukar.till.background import Background
    from tukar.till.ports import Clock
    from tukar.till.staffing import Staffing, StaffingModel


@dataclass(frozen=True, slots=True)
class SignInModel:
    """What the screen shows. ``chosen`` is a place in ``staff``, -1 for nobody.

    ``wrong`` marks the PIN just typed; ``hint`` is the chosen person's PIN in the demo, empty in a shop. ``locked``
    says that a bill waits behind it. ``can_enter`` is False while nobody is chosen, or must wait. ``asks_password``:
    the chosen person begins their shift, and a PIN is not enough.
    """

    shop: str
    staff: tuple[StaffMember, ...] = ()
    chosen: int = -1
    locked: bool = False
    busy: bool = False
    wrong: bool = False
    can_enter: bool = False
    asks_password: bool = False
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
        self._inside = staffing.model.cashier is not None and not staffing.model.locked
        self._model = SignInModel(shop)
        staffing.listen(self._changed)

    def open(self) -> None:
        """Shows who may sign in."""
        self._show()

    def choose(self, index: int) -> None:
        """A tile was touched, or its number typed."""
        staff = self._staffing.model.staff
        if 0 <= index < len(staff):
            self._staffing.choose(staff[index].staff_id)

    def move(self, steps: int) -> None:
        """Another tile by arrow keys; from nobody to the first."""
        last = len(self._staffing.model.staff) - 1
        chosen = self._model.chosen
        self.choose(0 if chosen < 0 else min(max(chosen + steps, 0), last))

    def typing(self) -> None:
        """The PIN is being typed anew: what was wrong before is over."""
        if not self._retyping:
            self._retyping = True
            self._show()

    def enter(self, pin: str) -> None:
        """The green button: the PIN is complete."""
        if self._model.can_enter and not self._model.asks_password and len(pin) == PIN_DIGITS:
            self._retyping = False
            self._staffing.enter_pin(pin)

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

    def _show(self) -> None:
        model = self._staffing.model
        wait = seconds_left(self._clock, model.wait_until) if model.wait_until is not None else 0.0
        chosen = model.chosen
        asks_password = chosen is not None and self._needs_password(chosen.staff_id)
        self._model = SignInModel(
            self._shop,
            staff=model.staff,
            chosen=model.staff.index(chosen) if chosen in model.staff else -1,
            locked=model.locked,
            busy=model.busy,
            wrong=model.notice is not None and not self._retyping and not model.busy,
            can_enter=chosen is not None and not model.busy and not wait and not model.needs_manager,
            asks_password=asks_password,
            hint=self._pins.get(chosen.staff_id, "") if chosen is not None and not asks_password else "",
            notice=self._said(model, wait),
        )
        self._view.show_sign_in(self._model)
        if wait and not self._ticking:
            self._ticking = True
            self._background.after(1.0, self._tick)

    def _said(self, model: StaffingModel, wait: float) -> Notice | None:
        if wait and not model.needs_manager:
            return Notice(Say.PIN_LOCKED, Level.WARN, seconds=wait)
        waited = model.wait_until is not None and not wait and not model.needs_manager
        return None if self._retyping or waited else model.notice

    def _tick(self) -> None:
        self._ticking = False
        self._show()
