"""Bills: always stored, each part with its result (redemption.md, "A bill is always stored").

A refused part, a number seen before or a figure of the till's that is not ours is an item for a manager, never a reason
to turn the bill away: the goods are gone and the money is in the drawer. Only the same id with other content is 409,
and that copy is kept too. Earning is the backend's own figure.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import text

from tukar.domain.bill import Bill
from tukar.domain.people import LoyaltyAccount
from tukar.domain.points import Points
from tukar.domain.pricing import PricedBill
from tukar.domain.receipt import Receipt, ReceiptKind, ReceiptRedemption
from tukar.domain.redemption import NO_ACCOUNT, BillAnswer, Outcome, Part, PartResult, Refusal
from tukar.server import (
    accounts,
    applied,
    bill_moves,
    buyers,
    captures,
    claim_captures,
    delivering,
    held,
    members,
    programmes,
    proofs,
    reckoning,
    refunds,
    reviews,
    sales,
    shops,
    shorts,
    suspicions,
    uses,
    value_bills,
    voids,
)
from tukar.server import (
    redemption_rows as rows,
)
from tukar.server.accounts import Account, Entry
from tukar.server.call import Call, Versions
from tukar.server.keys import content_hash
from tukar.server.redemption_rows import RowState
from tukar.server.refusing import Refused
from tukar.server.shops import Shop
from tukar.server.storage.statements import Row
from tukar.wire.bill_answers import WireBillAnswer, wire_bill_answer
from tukar.wire.message import read_answer, write
from tukar.wire.people import WireAccount, account_of
from tukar.wire.receipts import WireReceipt, receipt_of
from tukar.wire.redemptions import WireRefusal

NEWS_SECONDS: Final = 900.0
"""So long a till may reckon with rules that were just replaced without anybody being asked about it."""
AHEAD_SECONDS: Final = 300.0
"""So far a till's clock may be ahead of ours."""

_READ: Final = text("SELECT content_hash, answer FROM bills WHERE shop_id = :shop_id AND bill_id = :bill_id")
_INSERT: Final = text(
    "INSERT INTO bills (shop_id, bill_id, content_hash, number, kind, till_id, member_id, sold_at, stored_at, total,"
    " server_seq, body, answer) VALUES (:shop_id, :bill_id, :content_hash, :number, :kind, :till_id, :member_id,"
    " :sold_at, :at, :total, :server_seq, :body, :answer)"
)
_KEEP_COPY: Final = text(
    "INSERT INTO bill_copies (shop_id, bill_id, content_hash, till_id, stored_at, body)"
    " VALUES (:shop_id, :bill_id, :content_hash, :till_id, :at, :body)"
    " ON CONFLICT (shop_id, bill_id, content_hash) DO NOTHING"
)
_SAME_NUMBER: Final = text(
    "SELECT bill_id FROM bills WHERE shop_id = :shop_id AND number = :number AND bill_id <> :bill_id LIMIT 1"
)


def put(call: Call, message: WireReceipt) -> WireBillAnswer | WireRefusal:
    """Stores a bill and settles its parts; the same bill again gets the same answer."""
    if message.bill_id != call.path["bill_id"]:
        raise Refused(Refusal.BAD_REQUEST, "the address names another bill")
    delivering.demand_may_deliver(call)
    at_rest, compared = buyers.receipt_at_rest(call, message), buyers.receipt_to_compare(call, message)
    body = write(at_rest)
    digest = content_hash(body if compared is at_rest else write(compared))
    key = {"shop_id": call.shop_id, "bill_id": message.bill_id}
    stored = call.db.execute(_READ, key).first()
    if stored is not None and stored.content_hash == digest:
        return read_answer(stored.answer.encode(), WireBillAnswer)
    if stored is not None:
        values = {"content_hash": digest, "till_id": call.caller.till_id, "at": call.at, "body": body.decode()}
        call.db.execute(_KEEP_COPY, {**key, **values})
        reviews.add(call, "other_content", f"{message.bill_id}.{digest[:12]}", f"Bill {message.number} came twice")
        voids.let_go(call, message.bill_id)
        return WireRefusal(refusal=Refusal.OTHER_CONTENT)
    receipt = receipt_of(message)
    shop = shops.load(call)
    delivering.demand_sale_first(call, shop, receipt)
    settling = _Settling(call, shop, receipt)
    parts = tuple(settling.parts())
    settling.add_up()
    seq = shops.next_seq(call)
    settled = BillAnswer(receipt.bill_id, parts, settling.balances(), seq, shops.epoch(call))
    answer = wire_bill_answer(settled)
    call.db.execute(
        _INSERT,
        {
            **key,
            "content_hash": digest,
            "number": message.number,
            "kind": str(message.kind),
            "till_id": call.caller.till_id,
            "member_id": settling.member_id,
            "sold_at": _utc(receipt.at),
            "at": call.at,
            "total": receipt.total.minor,
            "server_seq": answer.server_seq,
            "body": body.decode(),
            "answer": write(answer).decode(),
        },
    )
    held.bill_stored(call, receipt.bill_id)
    return answer


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds")


@dataclass(frozen=True, slots=True)
class _Basis:
    """What a bill is reckoned with: versions, the moment, and the customer as they were then."""

    versions: Versions
    at: datetime
    customer: LoyaltyAccount | None
    notes: tuple[str, ...] = ()
    held_as: str = ""
    """The redemption whose hold says all this."""
    is_proven: bool = False
    """Whether only its proof is left of the hold."""
    ran_out: bool = False
    """Whether others may have had meanwhile what a hold of the bill had claimed."""


class _Settling:
    """One bill on its way into the books, inside one transaction."""

    def __init__(self, call: Call, shop: Shop, receipt: Receipt) -> None:
        self._call = call
        self._shop = shop
        self._receipt = receipt
        self._sold_at = min(receipt.at, call.now)
        self._programme = programmes.current(call, shop)
        self._member: Row | None = None
        self._accounts: dict[str, Account] = {}

    @property
    def member_id(self) -> str:
        return self._member.member_id if self._member is not None else ""

    def balances(self) -> Mapping[str, Points]:
        """What the customer can spend afterwards."""
        return {name: account.points(account.available) for name, account in self._accounts.items()}

    def add_up(self) -> None:
        """Adds the bill to what was sold."""
        sales.record(self._call, self._shop, self._receipt, self._sold_at)

    def parts(self) -> list[PartResult]:
        receipt = self._receipt
        if receipt.training:
            return [PartResult(Part.BILL, receipt.bill_id, Outcome.DONE, note="training")]
        if receipt.customer is not None:
            self._member = members.ensured(self._call, receipt.customer.member_id)
            self._lock_accounts(self._member.member_id)
        numbers = list(self._number())
        if receipt.kind is ReceiptKind.RETURN:
            suspicions.of_return(self._call, self._shop, receipt, self._member)
            taken_back = list(self._taken_back())
            if not receipt.returns:
                applied.of_return(self._call, self._shop, self._sold(0), taken_back)
            return [self._bill(()), *numbers, *taken_back]
        basis = self._basis()
        bill, differences = reckoning.receipt_bill(self._call, receipt, basis.versions, basis.customer)
        priced = self._priced(bill, basis)
        notes = [*basis.notes, *differences, *self._other_total(priced), *self._over_limit(basis, priced)]
        redemptions = [self._redemption(redemption, priced) for redemption in receipt.redemptions]
        redemptions += self._spent_without_redemption(priced)
        by_value = value_bills.payments(self._call, self._shop, receipt, self.member_id, self._aliases())
        paid = [*by_value, *self._sum_up(priced)]
        moved = [*redemptions, *self._earned(priced)]
        suspicions.of_sale(self._call, self._shop, receipt, priced, self._member)
        applied.of_bill(
            self._call,
            self._shop,
            self._sold(basis.versions.programme),
            priced.applied,
            moved,
            [payment.key for payment in priced.stored_value],
        )
        return [self._bill(notes), *numbers, *moved, *paid]

    def _sold(self, programme_version: int) -> applied.Sold:
        till_id = self._call.caller.till_id
        return applied.Sold(self._receipt, self._sold_at, self.member_id, till_id, programme_version)

    # What the bill is reckoned with

    def _lock_accounts(self, member_id: str) -> None:
        wanted = {sort.programme_id: sort.digits for sort in self._programme.accounts}
        for redemption in self._spent:
            wanted.setdefault(redemption.programme_id, redemption.points.digits)
        self._accounts = accounts.lock_several(self._call, member_id, wanted, self._shop.today(self._call.now))

    def _basis(self) -> _Basis:
        """From the last hold, as it was granted; else from a proof; else what the bill names, if it was in force."""
        rows.let_run_out(self._call, self._receipt.bill_id)
        found = (rows.find(self._call, redemption.redemption_id) for redemption in self._receipt.redemptions)
        held = [row for row in found if row is not None and row.proof and row.bill_id == self._receipt.bill_id]
        if held:
            last = max(held, key=lambda row: (row.held_at, row.redemption_id))
            basis = _Basis(
                Versions(last.programme_version, last.catalogue_version),
                datetime.fromisoformat(last.held_at),
                self._customer_of(last),
                held_as=last.redemption_id,
                ran_out=any(row.state == RowState.EXPIRED for row in held),
            )
            return self._by_newer_rules(basis)
        for redemption in self._receipt.redemptions:
            granted = proofs.read(self._call, redemption.proof)
            if granted is not None and granted.bill_id == self._receipt.bill_id:
                versions = Versions(granted.programme_version, granted.catalogue_version)
                granted_at = datetime.fromisoformat(granted.at)
                in_time = not self._call.caller.is_revoked or granted.at < self._call.caller.revoked_at
                basis = _Basis(versions, granted_at, self._customer(), is_proven=in_time)
                return self._by_newer_rules(self._by_rules_we_have(basis))
        return self._named_basis()

    def _by_rules_we_have(self, basis: _Basis) -> _Basis:
        """A restore may have lost the rules of a grant: then by those that were in force here at that moment."""
        granted = basis.versions.programme
        if not granted or programmes.version(self._call, granted) is not None:
            return basis
        versions = replace(basis.versions, programme=programmes.in_force(self._call, basis.at))
        return replace(basis, versions=versions, notes=(f"rules of version {granted} are not known here",))

    def _by_newer_rules(self, basis: _Basis) -> _Basis:
        """A bill that was changed under its hold is priced by the rules that came into force meanwhile."""
        named = self._receipt.programme_version
        if named <= basis.versions.programme:
            return basis
        if not programmes.was_in_force(self._call, named, self._sold_at, slack=NEWS_SECONDS):
            return replace(basis, notes=(f"rules of version {named} were not in force",))
        return replace(basis, versions=Versions(named, self._named_catalogue()), at=self._sold_at)

    def _named_basis(self) -> _Basis:
        receipt = self._receipt
        named = receipt.programme_version
        notes: list[str] = []
        if not programmes.was_in_force(self._call, named, self._sold_at, slack=NEWS_SECONDS):
            if named:
                notes.append(f"rules of version {named} were not in force")
            named = programmes.in_force(self._call, self._sold_at)
        return _Basis(Versions(named, self._named_catalogue()), self._sold_at, self._customer(), tuple(notes))

    def _named_catalogue(self) -> int:
        return min(self._receipt.catalogue_version or self._shop.catalogue_version, self._shop.catalogue_version)

    def _customer_of(self, hold: Row) -> LoyaltyAccount | None:
        """The customer as the hold has them."""
        if not hold.account:
            return self._customer()
        return account_of(read_answer(hold.account.encode(), WireAccount), self._receipt.currency)

    def _customer(self) -> LoyaltyAccount | None:
        """The customer as they stand, with at least the points that the bill shows as spent, or a proof as granted."""
        if self._member is None:
            return None
        shown = members.reckoned_with(self._call, self._shop, self._programme, self._member, self._accounts)
        for redemption in self._spent:
            account = self._accounts[redemption.programme_id]
            missing = max(redemption.points.units, proofs.units_of(self._call, redemption)) - account.available
            if missing > 0:
                shown = reckoning.with_points(shown, redemption.programme_id, missing)
        return shown

    def _priced(self, sold: Bill, basis: _Basis) -> PricedBill:
        bill = reckoning.as_given(programmes.version(self._call, basis.versions.programme), sold, self._receipt)
        if basis.held_as:
            return reckoning.reckon_held(self._call, self._shop, bill, basis.versions, basis.at, basis.held_as)
        view = uses.View.PROVEN if basis.is_proven else uses.View.SOLD
        return reckoning.reckon(self._call, self._shop, bill, basis.versions, basis.at, view)

    # The parts

    def _bill(self, notes: Iterable[str]) -> PartResult:
        receipt = self._receipt
        found = list(notes)
        if receipt.currency != self._shop.currency:
            found.append("not in the shop's currency")
        if (receipt.at - self._call.now).total_seconds() > AHEAD_SECONDS:
            found.append(f"sold at {receipt.at.isoformat()}, which is to come")
        if not found:
            return PartResult(Part.BILL, receipt.bill_id, Outcome.DONE)
        story = f"Bill {receipt.number}: {'; '.join(found)}"
        reviews.add(self._call, "bill", receipt.bill_id, story)
        return PartResult(Part.BILL, receipt.bill_id, Outcome.FLAGGED, note="; ".join(found)[:1000])

    def _number(self) -> Iterable[PartResult]:
        receipt, call = self._receipt, self._call
        why = ""
        key = {"shop_id": call.shop_id, "number": str(receipt.number), "bill_id": receipt.bill_id}
        if call.db.execute(_SAME_NUMBER, key).first() is not None:
            why = "number seen before"
        elif (receipt.number.shop_id, receipt.number.till_id) != (call.shop_id, call.caller.till_id):
            why = "number of another till"
        if why:
            reviews.add(call, "number", receipt.bill_id, f"Bill {receipt.number}: {why}")
            yield PartResult(Part.NUMBER, str(receipt.number), Outcome.FLAGGED, note=why)

    def _other_total(self, priced: PricedBill) -> Iterable[str]:
        if priced.total.minor != self._receipt.total.minor:
            yield f"comes to {priced.total.decimal()}, not {self._receipt.total.decimal()}"

    def _over_limit(self, basis: _Basis, priced: PricedBill) -> Iterable[str]:
        return claim_captures.over_limit(self._call, self._shop, priced, basis.versions) if basis.ran_out else ()

    @property
    def _spent(self) -> Iterable[ReceiptRedemption]:
        """The redemptions that take points."""
        return (one for one in self._receipt.redemptions if one.programme_id != NO_ACCOUNT)

    def _redemption(self, redemption: ReceiptRedemption, priced: PricedBill) -> PartResult:
        if redemption.programme_id == NO_ACCOUNT:
            return claim_captures.settle(self._call, self._receipt, redemption)
        if self._member is None:
            return captures.without_customer(self._call, redemption)
        spent = priced.spent_of(redemption.programme_id)
        capture = captures.Capture(
            receipt=self._receipt,
            redemption=redemption,
            account=self._accounts[redemption.programme_id],
            cost=spent.units if spent is not None else 0,
            shop=self._shop,
            reach=members.reach(self._call, self._member),
            aliases=self._aliases(),
        )
        return captures.settle(self._call, capture)

    def _named_member(self) -> Iterable[str]:
        return () if self._receipt.customer is None else (self._receipt.customer.member_id,)

    def _spent_without_redemption(self, priced: PricedBill) -> Iterable[PartResult]:
        """Points that the claims cost and no redemption pays for: a discount without a claim on anybody's points."""
        shown = {redemption.programme_id for redemption in self._receipt.redemptions}
        for moved in priced.spent:
            if moved.programme_id in shown:
                continue
            ref = f"{self._receipt.bill_id}.{moved.programme_id}"[:64]
            reviews.add(self._call, "no_redemption", ref, f"Bill {self._receipt.number} spends points unasked")
            entry = Entry("short", ref, self._receipt.bill_id, str(self._receipt.number))
            accounts.charge_merchant(self._call, moved.programme_id, moved.points.digits, -moved.points.units, entry)
            nothing = Points(0, moved.points.digits)
            yield PartResult(
                Part.REDEMPTION, ref, Outcome.REFUSED, moved.programme_id, nothing, moved.points, applied.UNBOOKED
            )

    def _earned(self, priced: PricedBill) -> Iterable[PartResult]:
        if self._member is None:
            return
        for moved in priced.earned:
            if moved.programme_id not in self._accounts:
                continue
            if self._call.caller.is_revoked:
                why = "earned at a revoked till"
                reviews.add(self._call, "earning", self._receipt.bill_id, f"Bill {self._receipt.number}: {why}")
                yield self._earning(moved.programme_id, Outcome.FLAGGED, Points(0, moved.points.digits), why)
                continue
            account = self._accounts[moved.programme_id]
            entry = Entry("earn", self._receipt.bill_id, self._receipt.bill_id, str(self._receipt.number))
            last_on = accounts.last_day(self._programme.account(moved.programme_id), self._shop.today(self._sold_at))
            accounts.credit(self._call, account, moved.points.units, entry, last_on)
            if self._shop.is_recovering:
                shorts.settle(self._call, account, self._sold_at, moved.points.units)
            yield self._earning(moved.programme_id, Outcome.DONE, moved.points)

    def _earning(self, programme_id: str, outcome: Outcome, points: Points, note: str = "") -> PartResult:
        return PartResult(Part.EARNING, self._receipt.bill_id, outcome, programme_id, points, note=note)

    def _sum_up(self, priced: PricedBill) -> Iterable[PartResult]:
        today = self._shop.today(self._sold_at)
        booked = bill_moves.book(self._call, self._programme, priced, self.member_id, today)
        if self.member_id:
            members.sum_up(self._call, self.member_id, spend=self._receipt.total.minor, placed=1)
        return value_bills.told(self._call, self._shop, self._receipt, self._sold_at, booked)

    def _aliases(self) -> frozenset[str]:
        return frozenset() if self._member is None else frozenset({self._member.member_id, *self._named_member()})

    # Goods taken back

    def _taken_back(self) -> Iterable[PartResult]:
        """With the bill they came from, its refund; without one, what such a purchase would have earned."""
        if self._receipt.returns:
            return refunds.of_return(self._call, self._shop, self._receipt)
        if self._member is None:
            return ()
        members.sum_up(self._call, self._member.member_id, spend=self._receipt.total.minor)
        return self._earning_taken_back()

    def _earning_taken_back(self) -> Iterable[PartResult]:
        basis = self._named_basis()
        bill, _ = reckoning.receipt_bill(self._call, self._receipt, basis.versions, basis.customer)
        priced = reckoning.reckon(self._call, self._shop, bill, basis.versions, basis.at)
        for moved in priced.earned:
            account = self._accounts.get(moved.programme_id)
            if account is None or self._call.caller.is_revoked:
                continue
            taken = min(moved.points.units, account.available)
            if taken:
                entry = Entry("return", self._receipt.bill_id, self._receipt.bill_id, str(self._receipt.number))
                accounts.debit(self._call, account, taken, entry)
            yield PartResult(
                Part.EARNING,
                self._receipt.bill_id,
                Outcome.DONE,
                moved.programme_id,
                account.points(-taken),
                account.points(moved.points.units - taken) if taken < moved.points.units else None,
            )
