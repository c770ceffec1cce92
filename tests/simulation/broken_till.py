"""Parts of a till with a mistake in them, for ``defects``."""

from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from dataclasses import replace
from datetime import datetime
from fractions import Fraction
from typing import Any

from tests.fakes.secrets import PlainSeal
from tukar.domain.receipt import Receipt, ReceiptNumber
from tukar.domain.redemption import ChallengeAnswer, ChallengeRequest, HoldAnswer, HoldRequest, RedemptionState
from tukar.local import outbox, redemptions
from tukar.local.disk import Connection
from tukar.local.journal import SqliteJournal
from tukar.local.outbox import Envelope
from tukar.till.ports import (
    Deadline,
    Draft,
    LoyaltyBackend,
    OutboxKind,
    OutboxMessage,
    RedemptionRow,
    Refused,
    Unreachable,
)
from tukar.till.recovery import Recovered, Recovery
from tukar.till.saving import Saving


class NoVoid(SqliteJournal):
    """What is dropped is not given back."""

    def move_redemption(self, old: RedemptionState, row: RedemptionRow) -> None:
        with self._database.transaction() as db:
            redemptions.move(db, old, row, self._now())


class NoIntent(SqliteJournal):
    """A redemption is written down only once something came of it."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        self._unwritten: dict[str, RedemptionRow] = {}
        super().__init__(*arguments, **named)

    def add_redemption(self, row: RedemptionRow) -> None:
        self._unwritten[row.redemption_id] = row

    def move_redemption(self, old: RedemptionState, row: RedemptionRow) -> None:
        before = self._unwritten.pop(row.redemption_id, None)
        if before is not None:
            super().add_redemption(before)
        super().move_redemption(old, row)


class SplitCommit(SqliteJournal):
    """The bill is saved in one transaction, what is to be sent in the next."""

    def _insert_bill(self, db: Connection, receipt: Receipt, now: str) -> Receipt:
        saved = super()._insert_bill(db, receipt, now)
        db.execute("DELETE FROM outbox WHERE kind = 'bill' AND ref = ?", (saved.bill_id,))
        return saved

    def save_exchange(self, receipt: Receipt, back: Receipt | None) -> tuple[Receipt, Receipt | None]:
        both = super().save_exchange(receipt, back)
        with self._database.transaction() as db:
            for saved in filter(None, both):
                account = "" if saved.customer is None else saved.customer.member_id
                bill = saved.returns or saved.bill_id
                outbox.put(db, Envelope(OutboxKind.BILL, saved.bill_id, bill=bill, account=account), self._now())
        return both


class ForgetsHour(SqliteJournal):
    """What was taken on trust is counted in memory, so that a restart begins the hour anew."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        self._taken: list[RedemptionRow] = []
        super().__init__(*arguments, **named)

    def move_redemption(self, old: RedemptionState, row: RedemptionRow) -> None:
        super().move_redemption(old, row)
        self._taken += [row] if row.on_trust and row.state is RedemptionState.HELD else []

    def points_on_trust(self, began: Deadline, since: datetime, bill_id: str, programme_id: str) -> Fraction:
        return sum((row.need.exact() for row in self._taken), Fraction(0))


class ForgetsSaved(SqliteJournal):
    """A draft whose bill is saved is taken for a sale in hand."""

    def drafts(self) -> tuple[Draft, ...]:
        return self._drafts.all()

    def receipt(self, bill_id: str) -> Receipt | None:
        drafted = {draft.bill.bill_id for draft in self._drafts.all()}
        return None if bill_id in drafted else super().receipt(bill_id)


class HeadOfLine(SqliteJournal):
    """Only the oldest message may go."""

    def waiting(self, limit: int = 100) -> tuple[OutboxMessage, ...]:
        with self._database.reading() as db:
            row = db.execute("SELECT MIN(seq) FROM outbox WHERE state = 'waiting'").fetchone()
            free = outbox.free_to_go(db, limit, PlainSeal())
        return tuple(message for message in free if message.seq == row[0])


class NoRecovery(Recovery):
    """Nothing is looked at after a crash."""

    def look(self) -> Recovered:
        return Recovered()


class DropsDrafts(Recovery):
    """Sales in hand are forgotten after a crash, whatever money stands on them."""

    def look(self) -> Recovered:
        for draft in self._gear.journal.drafts():
            self._gear.journal.delete_draft(draft.bill.bill_id)
        self._drop_strays(set())
        return Recovered()


class NewKeys:
    """A hold that is asked for again gets another id."""

    def __init__(self, backend: LoyaltyBackend) -> None:
        self._backend = backend
        self._asked: dict[str, int] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._backend, name)

    def hold(self, request: HoldRequest) -> HoldAnswer:
        times = self._asked[request.redemption_id] = self._asked.get(request.redemption_id, 0) + 1
        if times == 1:
            return self._backend.hold(request)
        other = replace(request, redemption_id=f"{request.redemption_id}-{times}")
        return replace(self._backend.hold(other), redemption_id=request.redemption_id)


class NewSendings:
    """A code that is asked for again is sent again."""

    def __init__(self, backend: LoyaltyBackend) -> None:
        self._backend = backend
        self._times = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._backend, name)

    def send_code(self, request: ChallengeRequest) -> ChallengeAnswer:
        self._times += 1
        return self._backend.send_code(replace(request, send_id=f"{request.send_id}-{self._times}"))


def capture_first(
    enter: Callable[[AbstractContextManager[None]], None],
    replaced: Callable[[Any, str, Any], AbstractContextManager[None]],
) -> None:
    """The backend takes the points before the bill is saved."""
    original = Saving.save

    def save(saving: Saving, *arguments: Any) -> None:
        gear = saving._gear
        honest = gear.journal

        class _First:
            def __getattr__(self, name: str) -> Any:
                return getattr(honest, name)

            def save_exchange(self, receipt: Receipt, back: Receipt | None) -> tuple[Receipt, Receipt | None]:
                numbered = replace(receipt, number=ReceiptNumber.parse(honest.next_number()))
                with suppress(Refused, Unreachable):
                    gear.backend.put_bill(numbered)
                return honest.save_exchange(receipt, back)

        if type(honest).__name__ != _First.__name__:
            saving._gear = replace(gear, journal=_First())
        original(saving, *arguments)

    enter(replaced(Saving, "save", save))
