"""A second person's word at the till: who may give it, their PIN, and what follows (security.md, "Rights")."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from tukar.domain.approval import ApprovalSubject
from tukar.domain.people import PIN_DIGITS, Action, Right, StaffMember
from tukar.till.asking_afar import AfarModel, AskingAfar
from tukar.till.notices import Notice
from tukar.till.staffing import Approval, Staffing, StaffingModel


@dataclass(frozen=True, slots=True)
class ApprovalModel:
    """What is asked and of whom. ``chosen`` is a place in ``people``, -1 where nobody may give their word."""

    is_open: bool = False
    action: Action | None = None
    people: tuple[StaffMember, ...] = ()
    chosen: int = -1
    busy: bool = False
    wrong: bool = False
    notice: Notice | None = None
    about: ApprovalSubject | None = None
    """What and how much, for the words of the sheet."""
    afar: AfarModel | None = None
    """How a manager elsewhere was asked; None where this till has no way to one."""


class ApprovalView(Protocol):
    """Where a second person types their PIN."""

    def show_approval(self, model: ApprovalModel) -> None: ...


class Approving:
    """Asks for one action at a time; ``then`` gets the approval, or nothing happens."""

    def __init__(self, *, view: ApprovalView, staffing: Staffing, afar: AskingAfar | None = None) -> None:
        self._view = view
        self._afar = afar
        self._asked = AfarModel()
        self._about: ApprovalSubject | None = None
        self._staffing = staffing
        self._action: Action | None = None
        self._then: Callable[[Approval], None] | None = None
        self._chosen = 0
        self._wrong = False
        self._is_here = False
        staffing.listen(self._staffing_changed)

    def ask(
        self,
        action: Action,
        ref: str,
        then: Callable[[Approval], None],
        about: ApprovalSubject | None = None,
        *,
        is_here: bool = False,
    ) -> None:
        """Opens for ``action`` on ``ref``; the approver is somebody else than who is at the till.

        ``about`` says how much it is about, to whoever gives their word; ``is_here`` that it must be given here.
        """
        self._is_here = is_here
        self._action, self._then = action, then
        self._about, self._asked = about or ApprovalSubject(action, ref), AfarModel()
        self._chosen, self._wrong = 0, False
        self._show()

    def choose(self, index: int) -> None:
        if 0 <= index < len(self._people()):
            self._chosen, self._wrong = index, False
            self._show()

    def typing(self) -> None:
        """The PIN is typed anew."""
        if self._wrong:
            self._wrong = False
            self._show()

    def enter(self, pin: str) -> None:
        people = self._people()
        if self._about is None or len(pin) != PIN_DIGITS or not people or self._staffing.model.busy:
            return
        self._staffing.approve(people[self._chosen].staff_id, pin, self._about, lambda word: self._typed(word, pin))

    def ask_afar(self) -> None:
        """A manager elsewhere is asked; whoever is at the till may still type their PIN."""
        if self._way is not None and self._about is not None and self._action is not None and not self._asked.waits:
            self._way.ask(self._about, self._afar_changed, self._answered)

    def close(self) -> None:
        """Esc: nobody gave their word."""
        if self._afar is not None:
            self._afar.stop()
        self._action = self._then = None
        self._view.show_approval(ApprovalModel())

    @property
    def _way(self) -> AskingAfar | None:
        """To somebody elsewhere, for what need not be typed here."""
        return None if self._is_here else self._afar

    def _typed(self, approval: Approval | None, pin: str) -> None:
        self._answered(None if approval is None else replace(approval, pin=pin))

    def _answered(self, approval: Approval | None) -> None:
        if self._action is None:
            return
        if approval is None:
            self._wrong = True
            self._show()
            return
        then = self._then
        self.close()
        if then is not None:
            then(approval)

    def _afar_changed(self, asked: AfarModel) -> None:
        self._asked = asked
        if self._action is not None:
            self._show()

    def _staffing_changed(self, _model: StaffingModel) -> None:
        if self._action is not None:
            self._show()

    def _people(self) -> tuple[StaffMember, ...]:
        model, action = self._staffing.model, self._action
        if action is None:
            return ()
        actor = model.cashier.staff_id if model.cashier is not None else ""
        return tuple(
            member for member in model.staff if member.staff_id != actor and member.right(action) is Right.ALLOWED
        )

    def _show(self) -> None:
        people = self._people()
        model = self._staffing.model
        self._view.show_approval(
            ApprovalModel(
                is_open=True,
                action=self._action,
                people=people,
                chosen=min(self._chosen, len(people) - 1),
                busy=model.busy,
                wrong=self._wrong,
                notice=model.notice if self._wrong else None,
                about=self._about,
                afar=None if self._way is None else self._asked,
            )
        )
