"""Mistakes put into the program on purpose, one at a time: the simulation must see each of them.

Each replaces something of the real program while it is put in, or hands a simulated till or server another part. They
are the list of redemption.md, "How it is tested".
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from typing import Any, Final, cast

from sqlalchemy import Engine, text

from tests.simulation import broken_till
from tests.simulation.commits import SteppedCommits
from tests.simulation.run import Simulation
from tests.simulation.server import routed
from tests.simulation.world import Process, World
from tukar.domain.redemption import HoldState, Refusal
from tukar.local import atomic
from tukar.server import accounts, bills, captures, codes, holds, recovery, redemption_rows, value_holds, voids
from tukar.server.accounts import Account, Entry
from tukar.server.call import Call
from tukar.server.captures import Capture
from tukar.server.codes import Checked
from tukar.server.redemption_rows import RowState
from tukar.server.refusing import Refused
from tukar.server.storage.batches import UnavailableError, commit_batch
from tukar.till.redeeming import Redeeming
from tukar.wire.bill_answers import WireBillAnswer
from tukar.wire.message import read_answer
from tukar.wire.receipts import WireReceipt
from tukar.wire.redemptions import WireHold, WireHoldAnswer, WireRefusal, WireVoid

Replaces = Callable[[ExitStack], None]
Wires = Callable[[Simulation], None]


@dataclass(frozen=True)
class Defect:
    """``replaces`` acts on the program's code while a schedule is played, ``wires`` on one simulation."""

    name: str
    replaces: Replaces = lambda _: None
    wires: Wires = lambda _: None
    moods: tuple[str, ...] = ()
    """Foul play without which it cannot show."""


@contextmanager
def _replaced(owner: Any, name: str, part: Any) -> Iterator[None]:
    original = getattr(owner, name)
    setattr(owner, name, part)
    try:
        yield
    finally:
        setattr(owner, name, original)


def _server(owner: Any, name: str, part: Any) -> Replaces:
    return lambda stack: stack.enter_context(_replaced(owner, name, part))


# The server's holds


def _known_again(original: Callable[..., Any]) -> Callable[..., Any]:
    """A repeated hold reserves once more."""

    def known(call: Call, message: WireHold, redemption_id: str, member_id: str) -> WireHoldAnswer | WireRefusal | None:
        answer: WireHoldAnswer | WireRefusal | None = original(call, message, redemption_id, member_id)
        row = redemption_rows.find(call, redemption_id)
        if row is not None and row.state == RowState.HELD:
            key = {"shop_id": call.shop_id, "member_id": row.member_id, "programme_id": row.programme_id}
            call.db.execute(accounts._MOVE, {**key, "posted": 0, "held": row.need})
        return answer

    return known


def _void_without_tombstone(original: Callable[..., Any]) -> Callable[..., Any]:
    def void(call: Call, message: WireVoid) -> WireHoldAnswer:
        redemption_id = call.path["redemption_id"]
        if redemption_rows.find(call, redemption_id) is None:
            return WireHoldAnswer(redemption_id=redemption_id, state=HoldState.VOIDED, points="0")
        return cast("WireHoldAnswer", original(call, message))

    return void


def _pin_unchecked(call: Call, account: Account, redemption_id: str, units: int) -> None:
    accounts._move(call, account, held=units)


def _pin_nothing(call: Call, account: Account, redemption_id: str, units: int) -> None:
    """Money of a card is promised to a bill, and counted as there for the next one."""


def _demand_unchecked(original: Callable[..., Any]) -> Callable[..., Any]:
    """Whether there are enough points is not looked at."""

    def demand(call: Call, message: WireHold, ask: Any, *, is_confirmed: bool) -> Any:
        rich = replace(ask, account=_Rich(ask.account))
        return original(call, message, rich, is_confirmed=is_confirmed)

    return demand


class _Rich:
    """An account that always has enough."""

    def __init__(self, account: Account) -> None:
        self._account = account

    def __getattr__(self, name: str) -> Any:
        return 10**9 if name == "available" else getattr(self._account, name)


def _no_check(stack: ExitStack) -> None:
    stack.enter_context(_replaced(holds, "_demand_grantable", _demand_unchecked(holds._demand_grantable)))
    stack.enter_context(_replaced(accounts, "pin", _pin_unchecked))


def _ignore_checks(simulation: Simulation) -> None:
    simulation.server.db.execute("PRAGMA ignore_check_constraints = ON")


def _check_rolled_back(original: Callable[..., Checked]) -> Callable[..., Checked]:
    """A wrong code raises, so that its count is rolled back with everything else."""

    def check(*arguments: Any) -> Checked:
        checked = original(*arguments)
        if checked.refusal is not None:
            told = checked.refusal
            raise Refused(told.refusal, tries_left=told.tries_left)
        return checked

    return check


# The server's bills

_ENTRIES: Final = text("SELECT COUNT(*) FROM ledger")


def _put_again(original: Callable[..., Any]) -> Callable[..., Any]:
    """A bill that came before takes its points once more."""

    def put(call: Call, message: WireReceipt) -> WireBillAnswer | WireRefusal:
        key = {"shop_id": call.shop_id, "bill_id": message.bill_id}
        stored = call.db.execute(bills._READ, key).first()
        if stored is None:
            return cast("WireBillAnswer", original(call, message))
        for redemption in message.redemptions:
            row = redemption_rows.find(call, redemption.redemption_id)
            if row is not None and row.captured:
                account = accounts._locked(call, row.member_id, row.programme_id, row.digits)
                taken = min(row.captured, account.available)
                times = call.db.execute(_ENTRIES).scalar_one()
                accounts.debit(call, account, taken, Entry("redeem", f"{row.redemption_id}.{times}"))
        return read_answer(stored.answer.encode(), WireBillAnswer)

    return put


def _refuses_parts(original: Callable[..., Any]) -> Callable[..., Any]:
    """A part that does not work out turns the whole bill away."""

    def put(call: Call, message: WireReceipt) -> WireBillAnswer | WireRefusal:
        answer = original(call, message)
        if isinstance(answer, WireBillAnswer) and any(part.outcome not in ("done", "none") for part in answer.parts):
            raise Refused(Refusal.EXPIRED)
        return cast("WireBillAnswer", answer)

    return put


def _expired_is_refused(original: Callable[..., Any]) -> Callable[..., Any]:
    def from_hold(call: Call, capture: Capture, row: Any) -> Any:
        if row.state == RowState.EXPIRED:
            return captures._refuse(call, capture, "the hold has run out")
        return original(call, capture, row)

    return from_hold


def _trusting(original: Callable[..., Any]) -> Callable[..., Any]:
    """What the till says a bill costs is what it costs."""
    return lambda call, capture: original(call, replace(capture, cost=capture.redemption.points.units))


def _unproven(call: Call, capture: Capture) -> bool:
    return True


def _expire_all(call: Call, account: Account, today: Any) -> None:
    """Lots run out whether a hold pins them or not."""
    for lot in accounts._lots(call, account):
        if lot.last_on < today.isoformat():
            call.db.execute(accounts._CHANGE_LOT, {"lot_id": lot.lot_id, "units": -lot.units, "pinned": 0})
            accounts._move(call, account, posted=-lot.units)
            accounts._book(call, account, -lot.units, Entry("expire", f"lot-{lot.lot_id}-{lot.units}"))


class _EarlyAnswers(SteppedCommits):
    """Everybody is told before the transaction has reached the disk."""

    def commit(self) -> None:
        batch, self._waiting = self._waiting, []
        if not batch:
            return
        told: list[Any] = []

        def early(future: Any, work: Any) -> Callable[[Any], Any]:
            def run(connection: Any) -> Any:
                value = work(connection)
                told.append(future)
                future.set_result(value)
                return value

            return run

        self.world.point(self.process, "begin")
        try:
            outcomes = commit_batch(self.statements, [early(future, work) for future, work in batch])
        except UnavailableError as trouble:
            for future, _ in batch:
                if future not in told:
                    future.set_exception(trouble)
            return
        self.on_commit()
        self.world.point(self.process, "committed")
        for (future, _), outcome in zip(batch, outcomes, strict=True):
            if future not in told:
                future.set_exception(outcome.failure)


def _answer_early(simulation: Simulation) -> None:
    def make(engine: Engine, world: World, process: Process) -> SteppedCommits:
        return _EarlyAnswers(engine, world, process)

    simulation.server.make_transactions = make
    simulation.server.answers_early = True


def _no_recovering(stack: ExitStack) -> None:
    """A restored server goes on as if nothing were missing."""
    stack.enter_context(_replaced(recovery, "_RECOVER_ALL", text("UPDATE shops SET recovering = 0")))


# The till


def _each_till(**parts: Any) -> Wires:
    def wire(simulation: Simulation) -> None:
        for till in simulation.tills:
            for name, part in parts.items():
                setattr(till, name, part)

    return wire


def _pay_first(simulation: Simulation) -> None:
    simulation.returns.pays_first = True


def _covers_for_ever(redeeming: Redeeming, need: Any, deadline: Any) -> bool:
    return bool(_COVERS(redeeming, need, lambda _: None))


_COVERS: Final = Redeeming.covers

DEFECTS: Final = {
    defect.name: defect
    for defect in (
        Defect("no_idem_hold", _server(holds, "_known", _known_again(holds._known))),
        Defect("no_idem_capture", lambda stack: _routed(stack, bills.put, _put_again(bills.put))),
        Defect("no_check", _no_check, _ignore_checks),
        Defect("no_tombstone", lambda stack: _routed(stack, voids.void, _void_without_tombstone(voids.void))),
        Defect("no_void", wires=_each_till(journal_type=broken_till.NoVoid)),
        Defect("no_recover", wires=_each_till(recovery_type=broken_till.NoRecovery)),
        Defect("no_intent", wires=_each_till(journal_type=broken_till.NoIntent)),
        Defect("new_key_on_retry", wires=_each_till(wrap_backend=broken_till.NewKeys)),
        Defect("capture_first", lambda stack: broken_till.capture_first(stack.enter_context, _replaced)),
        Defect("split_commit", wires=_each_till(journal_type=broken_till.SplitCommit)),
        Defect("expire_drops", _server(captures, "_from_hold", _expired_is_refused(captures._from_hold))),
        Defect("no_commit_by", _server(Redeeming, "covers", _covers_for_ever)),
        Defect("drop_paid_draft", wires=_each_till(recovery_type=broken_till.DropsDrafts)),
        Defect("resume_saved_draft", wires=_each_till(journal_type=broken_till.ForgetsSaved)),
        Defect("verify_rolls_back", _server(codes, "check", _check_rolled_back(codes.check)), moods=("codes",)),
        Defect("resend_on_retry", wires=_each_till(wrap_backend=broken_till.NewSendings), moods=("codes",)),
        Defect("trust_till_cost", _server(captures, "settle", _trusting(captures.settle)), moods=("cost",)),
        Defect("capture_without_proof", _server(captures, "_is_allowed_offline", _unproven), moods=("forged",)),
        Defect("refuse_whole_bill", lambda stack: _routed(stack, bills.put, _refuses_parts(bills.put))),
        Defect("refund_before_accept", wires=_pay_first, moods=("returns",)),
        Defect("expiry_below_held", _server(accounts, "_expire_lots", _expire_all), _ignore_checks, ("evening",)),
        Defect("answer_before_fsync", wires=_answer_early),
        Defect("no_recovering", _no_recovering, moods=("restore",)),
        Defect("uncounted_card", _server(value_holds, "pin", _pin_nothing)),
        Defect("forgets_hour", wires=_each_till(journal_type=broken_till.ForgetsHour), moods=("trust",)),
        Defect("no_folder_sync", _server(atomic, "sync_folder", lambda _folder: None), moods=("files",)),
        Defect("head_of_line", wires=_each_till(journal_type=broken_till.HeadOfLine), moods=("poison",)),
    )
}
"""By name, in the order of the list."""


def _routed(stack: ExitStack, original: Callable[..., Any], part: Callable[..., Any]) -> None:
    """Puts another operation behind the route of ``original``."""
    stack.enter_context(routed(original, part))
