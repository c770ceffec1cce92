"""Refunds: asked before the money leaves, in one transaction with quantities and points (redemption.md, "Refund").

ACCEPTED reserves the goods and moves the points; until the money has left it can be VOIDED, which moves all of it back;
PAID is the end. Where the till that asked says neither within a day, because its machine is gone, a manager does
(``reviews``: it was paid; ``reconciliation``: it was not), and what comes from it later gets that answer. The member
gets back what they spent, rounded down while parts are left; earned points go back as far as they are still there. A
return receipt has the same id as its refund.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from msgspec import structs
from sqlalchemy import text

from tukar.domain.bill import Bill
from tukar.domain.money import Money, Quantity
from tukar.domain.people import LoyaltyAccount
from tukar.domain.points import Points
from tukar.domain.receipt import Receipt
from tukar.domain.redemption import Outcome, Part, PartResult, Refusal
from tukar.domain.refund import NothingToRefundError, Refundable, SoldLine
from tukar.domain.stored_value import VALUE_MODES, is_value
from tukar.server import (
    accounts,
    applied,
    audit,
    bill_moves,
    catalogue,
    members,
    programmes,
    reviews,
    shops,
    staff,
    suspicions,
    uses,
    values,
)
from tukar.server.accounts import Entry
from tukar.server.call import Call
from tukar.server.keys import content_hash
from tukar.server.refund_moves import Moved, Moves, paid_back, shorts, sums, units
from tukar.server.refund_rows import ACCEPTED, LEFT, PAID, VOIDED, answer_of, left, locked, move
from tukar.server.refusing import Refused
from tukar.server.shops import Shop
from tukar.server.storage.statements import Row
from tukar.wire.amounts import wire_currency, wire_points
from tukar.wire.message import write
from tukar.wire.receipts import receipt_from_json
from tukar.wire.refunds import WireRefund, WireRefundAnswer, WireRefundLine, WireRefundStep

_BILL: Final = text(
    "SELECT body, member_id FROM bills WHERE shop_id = :shop_id AND bill_id = :bill_id AND kind = 'sale'"
)
_COPY: Final = text("SELECT 1 FROM bill_copies WHERE shop_id = :shop_id AND bill_id = :bill_id AND till_id = :till_id")
_RETURNED: Final = text(
    "SELECT l.line_id, SUM(l.thousandths) AS thousandths FROM refund_lines l"
    " JOIN refunds r ON r.shop_id = l.shop_id AND r.refund_id = l.refund_id"
    " WHERE l.shop_id = :shop_id AND l.bill_id = :bill_id AND r.state IN ('accepted', 'paid') GROUP BY l.line_id"
)
_INSERT: Final = text(
    "INSERT INTO refunds (shop_id, refund_id, bill_id, state, fingerprint, till_id, gross, points, answer,"
    " accepted_time) VALUES (:shop_id, :refund_id, :bill_id, :state, :fingerprint, :till_id, :gross, :points, :answer,"
    " :time)"
)
_ADD_LINE: Final = text(
    "INSERT INTO refund_lines (shop_id, refund_id, line_id, bill_id, thousandths)"
    " VALUES (:shop_id, :refund_id, :line_id, :bill_id, :thousandths)"
)


def put(call: Call, message: WireRefund) -> WireRefundAnswer:
    """Accepts a refund of a stored bill, or refuses it before money leaves."""
    refund_id = call.path["refund_id"]
    fingerprint = _fingerprint(message)
    known = locked(call, refund_id)
    if known is not None:
        if known.fingerprint not in ("", fingerprint):
            raise Refused(Refusal.ID_REUSED)
        return answer_of(known)
    shop = shops.load(call)
    if shop.is_recovering:
        raise Refused(Refusal.RECOVERING)
    _demand_same_sale(call, message.bill_id)
    return _accept(call, shop, refund_id, message, fingerprint)


def _accept(call: Call, shop: Shop, refund_id: str, message: WireRefund, fingerprint: str) -> WireRefundAnswer:
    key = {"shop_id": call.shop_id, "bill_id": message.bill_id}
    stored = call.db.execute(_BILL, key).first()
    if stored is None:
        raise Refused(Refusal.UNKNOWN_BILL)
    bill = receipt_from_json(stored.body.encode())
    wanted = _wanted(message.lines)
    returned = {row.line_id: int(row.thousandths) for row in call.db.execute(_RETURNED, key)}
    refundable = _refundable(bill, returned)
    try:
        refundable.check(wanted)
    except NothingToRefundError as too_much:
        raise Refused(Refusal.NOTHING_TO_REFUND, str(too_much)) from None
    money = refundable.money(wanted)
    unloaded = _unload(call, shop, bill, refund_id, _Goods(refundable, wanted))
    moves = Moves(call, shop, bill, refund_id, refundable, wanted)
    moved = moves.make()
    spent = sum(one.missing for one in unloaded)
    reduction = spent + moves.borne() + (moves.worth_of_missing(moved) if shop.settings.refund_reduced else 0)
    reduced = Money(min(reduction, max(money.minor, 0)), shop.currency)
    moved += moves.pay_back((money - reduced).minor)
    answer = WireRefundAnswer(
        refund_id=refund_id,
        accepted=True,
        state=ACCEPTED,
        currency=wire_currency(shop.currency),
        money=(money - reduced).decimal(),
        returned=wire_points(sums(moved, "returned")),
        reversed=wire_points(sums(moved, "reversed")),
        short=wire_points(shorts(moved)),
        reduced_by=reduced.decimal() if reduced else None,
        unspent_only=spent > 0,
        paid_back=paid_back(moved, shop.currency),
        server_seq=shops.next_seq(call),
    )
    _keep(call, message, answer, fingerprint, moved, refundable.value(wanted).now)
    if shorts(moved) and not shop.settings.refund_reduced:
        reviews.add(call, "refund_short", refund_id, f"Refund of {bill.number}: earned points were spent already")
    back = applied.TakenBack(
        refund_id,
        refundable.value(wanted).part_of(bill.discount.minor),
        units(moved, "returned"),
        units(moved, "reversed"),
        message.actor,
        staff.name_of(call, message.actor),
        refundable.is_last(wanted),
    )
    applied.of_refund(call, shop, bill, stored.member_id, back)
    if shop.today(bill.at) == shop.today(call.now):
        for given, digits in back.returned.values():
            suspicions.void(call, shop, stored.member_id, bill.bill_id, given, digits)
    if stored.member_id:
        cancelled = int(refundable.is_last(wanted))
        members.sum_up(call, stored.member_id, spend=-money.minor, cancelled=cancelled)
    audit.record(call, "refund", refund_id, f"{money} of {bill.number}: {message.reason}", actor=message.actor)
    return answer


@dataclass(frozen=True, slots=True)
class _Goods:
    """What goes back of a sale."""

    refundable: Refundable
    wanted: Mapping[str, int]

    def part_of(self, amount: int, lines: frozenset[str] | None = None) -> int:
        return self.refundable.value(self.wanted, lines).part_of(amount)


def _unload(call: Call, shop: Shop, bill: Receipt, refund_id: str, goods: _Goods) -> tuple[bill_moves.Booked, ...]:
    """Gives back what the goods used of limits and rules, and takes back what they put onto cards, as far as unspent.

    A card's money goes with the lines that loaded it, whatever else of the bill comes back.
    """
    programme = programmes.current(call, shop)

    def part_of(move: bill_moves.Move) -> int:
        if move.sort not in bill_moves.LOADS:
            return goods.part_of(move.amount)
        own = {line.line_id for line in bill.lines if line.card and values.holder_of(call, line.card) == move.holder}
        rule = programme.rule(move.rule_id)
        if not own and rule is not None:
            skus = [line.sku for line in bill.lines]
            items = catalogue.items_of(call, skus, bill.currency, bill.catalogue_version or None)
            own = {
                line.line_id
                for line in bill.lines
                if not line.card and line.sku in items and rule.when.goods.names(items[line.sku])
            }
        return goods.part_of(move.amount, frozenset(own) or None)

    is_last = goods.refundable.is_last(goods.wanted)
    return bill_moves.give_back(call, bill.bill_id, refund_id, part_of, is_last=is_last)


def _demand_same_sale(call: Call, bill_id: str) -> None:
    """A bill paid at two tills is stored as the first told it; what comes back of the second's, a manager decides."""
    values = {"shop_id": call.shop_id, "bill_id": bill_id, "till_id": call.caller.till_id}
    if call.db.execute(_COPY, values).first() is not None:
        raise Refused(Refusal.OTHER_CONTENT, "this till has sold something else under that id")


def _fingerprint(message: WireRefund) -> str:
    """Of what the id stands for. Who takes the goods back is no part of it: older tills do not say."""
    return content_hash(write(structs.replace(message, actor="")))


def _wanted(lines: Iterable[WireRefundLine]) -> dict[str, int]:
    wanted: dict[str, int] = {}
    for line in lines:
        wanted[line.line_id] = wanted.get(line.line_id, 0) + line.thousandths
    return wanted


def _refundable(bill: Receipt, returned: Mapping[str, int]) -> Refundable:
    lines = tuple(
        SoldLine(line.line_id, Quantity(line.quantity.thousandths), line.gross, line.net)
        for line in bill.lines
        if line.quantity.thousandths > 0
    )
    return Refundable(lines, bill.total, returned)


def _keep(
    call: Call, message: WireRefund, answer: WireRefundAnswer, fingerprint: str, moved: list[Moved], gross: int
) -> None:
    key = {"shop_id": call.shop_id, "refund_id": answer.refund_id, "bill_id": message.bill_id}
    call.db.execute(
        _INSERT,
        {
            **key,
            "state": ACCEPTED,
            "fingerprint": fingerprint,
            "till_id": call.caller.till_id,
            "gross": gross,
            "points": json.dumps([one.as_row() for one in moved]),
            "answer": write(answer).decode(),
            "time": call.time,
        },
    )
    for line_id, thousandths in _wanted(message.lines).items():
        call.db.execute(_ADD_LINE, {**key, "line_id": line_id, "thousandths": thousandths})


def void(call: Call, message: WireRefundStep) -> WireRefundAnswer:
    """Takes an accepted refund back before the money left; an id that nobody knows never becomes one."""
    refund_id = call.path["refund_id"]
    row = locked(call, refund_id)
    shop = shops.load(call)
    if row is None:
        answer = WireRefundAnswer(
            refund_id=refund_id, accepted=False, state=VOIDED, currency=wire_currency(shop.currency), money="0"
        )
        tombstone = {"bill_id": "", "fingerprint": "", "till_id": call.caller.till_id, "gross": 0, "points": "[]"}
        key = {"shop_id": call.shop_id, "refund_id": refund_id, "state": VOIDED}
        call.db.execute(_INSERT, {**key, **tombstone, "answer": write(answer).decode(), "time": call.time})
        return answer
    if row.state == PAID:
        raise Refused(Refusal.CAPTURED, "the money has left")
    return _give_up(call, shop, row, message.reason) if row.state == ACCEPTED else answer_of(row)


def give_up(call: Call, refund_id: str) -> None:
    """A manager says that no money was paid, and its till is gone: the goods may come back again."""
    shop = shops.load(call)
    if shop.is_recovering:
        raise Refused(Refusal.RECOVERING)
    row = locked(call, refund_id)
    if row is not None and row.state == ACCEPTED:
        _give_up(call, shop, row, "no money was paid")


def _give_up(call: Call, shop: Shop, row: Row, reason: str) -> WireRefundAnswer:
    _move_back(call, shop, row)
    audit.record(call, "void_refund", row.refund_id, reason)
    return _ended(call, row, VOIDED)


def _ended(call: Call, row: Row, state: str) -> WireRefundAnswer:
    """Nobody has to look after it any more."""
    reviews.close(call, LEFT, row.refund_id, state)
    return move(call, row, state)


def remind(call: Call) -> None:
    """What a till agreed to give back, and never said whether it did, becomes a manager's item."""
    for row in left(call):
        story = (
            f"Return of {row.number} was agreed to, and till {row.till_id} has not said whether the money was paid."
            " Approve this if it was. If it was not, give the return up where the figures are compared."
        )
        reviews.add(call, LEFT, row.refund_id, story, row.bill_id)


def _move_back(call: Call, shop: Shop, row: Row) -> None:
    """Undoes what the refund moved. Points given back and spent since are the merchant's loss, with an item."""
    today = shop.today(call.now)
    moved = [Moved(*one) for one in json.loads(row.points)]
    borne: dict[str, int] = {}
    for one in sorted(moved, key=lambda one: (one.member_id, one.programme_id)):
        account = accounts.lock(call, one.member_id, one.programme_id, one.digits, today)
        ref = f"{row.refund_id}.{one.ref}"
        if one.kind == "returned" and one.units:
            accounts.forget_return(call, one.units, Entry("redeem", one.ref))
            taken = min(one.units, account.available)
            if taken:
                accounts.debit(call, account, taken, Entry("refund_void", ref, row.bill_id))
            if taken < one.units:
                if not is_value(one.programme_id):
                    borne[one.programme_id] = borne.get(one.programme_id, 0) + one.units - taken
                short = Entry("short", ref, row.bill_id)
                accounts.charge_merchant(call, one.programme_id, one.digits, taken - one.units, short)
                reviews.add(call, "refund_void_short", row.refund_id, "what was given back was spent meanwhile")
        elif one.units:
            taken_by = Entry("refund_reverse", f"{row.refund_id}.{one.programme_id}")
            accounts.give_back(call, account, one.units, taken_by, Entry("refund_void", ref, row.bill_id), today)
    applied.of_refund_void(call, row.bill_id, row.refund_id, borne)
    bill = call.db.execute(_BILL, {"shop_id": call.shop_id, "bill_id": row.bill_id}).first()
    _use_again(call, shop, row, bill.member_id if bill is not None else "")
    if bill is not None and bill.member_id:
        money = shop.currency.money(answer_of(row).money)
        members.sum_up(call, bill.member_id, spend=money.minor)


def _use_again(call: Call, shop: Shop, row: Row, member_id: str) -> None:
    """The sale counts again. Where others have used meanwhile what is limited, there is one too many, and an item."""
    again = bill_moves.take_again(call, row.bill_id, row.refund_id)
    customer = LoyaltyAccount(member_id, "") if member_id else None
    sale = Bill(row.bill_id, shop.currency, customer=customer)
    over = again & uses.over(call, programmes.current(call, shop), sale, shop.today(call.now))
    if over:
        story = "; ".join(f"{rule_id} was given over its limit" for rule_id in sorted(over))
        reviews.add(call, "refund_void_short", f"{row.refund_id}.limits", story, row.bill_id)


def paid(call: Call, _message: WireRefundStep) -> WireRefundAnswer:
    """The money has left: from now on nothing of the refund changes."""
    row = locked(call, call.path["refund_id"])
    if row is None:
        raise Refused(Refusal.UNKNOWN_BILL, "no such refund")
    if row.state == VOIDED:
        raise Refused(Refusal.VOIDED)
    return _ended(call, row, PAID) if row.state == ACCEPTED else answer_of(row)


def of_return(call: Call, shop: Shop, receipt: Receipt) -> Iterable[PartResult]:
    """The points of a return receipt: those of its refund, made now where it was given offline."""
    row = locked(call, receipt.bill_id)
    if row is None:
        lines = tuple(
            WireRefundLine(line_id=line.line_id, sku=line.sku, thousandths=-line.quantity.thousandths)
            for line in receipt.lines
            if line.quantity.thousandths < 0
        )
        message = WireRefund(bill_id=receipt.returns, lines=lines, reason=receipt.reason, actor=receipt.cashier_id)
        try:
            answer = _accept(call, shop, receipt.bill_id, message, _fingerprint(message))
        except Refused as refused:
            reviews.add(call, "return", receipt.bill_id, f"Return {receipt.number}: {refused}")
            return [PartResult(Part.EARNING, receipt.bill_id, Outcome.REFUSED, note=str(refused))]
        row = locked(call, receipt.bill_id)
    else:
        answer = answer_of(row)
    if row is not None and row.state == VOIDED:
        reviews.add(call, "return", receipt.bill_id, f"Return {receipt.number}: its refund was voided")
        return [PartResult(Part.EARNING, receipt.bill_id, Outcome.REFUSED, note="the refund was voided")]
    if row is not None and row.state == ACCEPTED:
        _ended(call, row, PAID)
    return list(_results(call, receipt, answer))


def _results(call: Call, receipt: Receipt, answer: WireRefundAnswer) -> Iterable[PartResult]:
    for programme_id, points in answer.returned.items():
        yield _result(Part.REDEMPTION, receipt, programme_id, points)
    for programme_id, points in answer.reversed.items():
        yield _result(Part.EARNING, receipt, programme_id, f"-{points}")
    to_cards = receipt.currency.total(-tender.amount for tender in receipt.tenders if tender.mode in VALUE_MODES)
    if to_cards != receipt.currency.total(map(receipt.currency.money, answer.paid_back.values())):
        story = f"Return {receipt.number} shows {to_cards.decimal()} back on gift cards and store credit, others got it"
        reviews.add(call, "return_money", f"{receipt.bill_id}.cards", story)
        yield PartResult(Part.PAYMENT, receipt.bill_id, Outcome.FLAGGED, note="other stored value than the refund")
    if answer.money != (-receipt.total).decimal():
        story = f"Return {receipt.number} paid {(-receipt.total).decimal()}, the refund was {answer.money}"
        reviews.add(call, "return_money", receipt.bill_id, story)
        yield PartResult(Part.BILL, receipt.bill_id, Outcome.FLAGGED, note="other money than the refund")


def _result(part: Part, receipt: Receipt, programme_id: str, points: str) -> PartResult:
    digits = len(points.partition(".")[2])
    return PartResult(part, receipt.bill_id, Outcome.DONE, programme_id, Points.parse(points, digits))
