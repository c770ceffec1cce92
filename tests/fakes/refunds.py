"""Goods that come back to a fake backend: what may still come back, and the points that go both ways."""

from tests.fakes.accounts import Accounts
from tukar.domain.money import Money
from tukar.domain.points import Points
from tukar.domain.receipt import Receipt
from tukar.domain.redemption import Refusal
from tukar.domain.refund import NothingToRefundError, Refundable, SoldLine
from tukar.till.ports import RefundAnswer, RefundRequest, Refused


class Refunds:
    """The row "refund" of the table in redemption.md, over the stored bills and the accounts of their customers."""

    def __init__(self, accounts: Accounts) -> None:
        self.reduces_by = 0
        """What earned points that are gone cost the customer, in minor units."""
        self._accounts = accounts
        self._answers: dict[str, tuple[RefundRequest, RefundAnswer]] = {}

    def put(self, request: RefundRequest, receipt: Receipt | None) -> RefundAnswer:
        """``receipt`` is the sale, None where it is not known; the same id gets the same answer."""
        if request.refund_id in self._answers:
            return self._answers[request.refund_id][1]
        if receipt is None:
            raise Refused(Refusal.UNKNOWN_BILL)
        wanted = {line.line_id: line.thousandths for line in request.lines}
        goods = self._refundable(receipt)
        try:
            goods.check(wanted)
        except NothingToRefundError:
            raise Refused(Refusal.NOTHING_TO_REFUND) from None
        value = goods.value(wanted)
        returned: dict[str, Points] = {}
        reversed_: dict[str, Points] = {}
        if receipt.customer is not None:
            member_id = receipt.customer.member_id
            for given in receipt.redemptions:
                points = Points(value.part_of(given.points.units), given.points.digits)
                returned[given.programme_id] = points
                self._accounts.move((member_id, given.programme_id), points, "return", request.refund_id)
            for moved in receipt.expected_earning:
                account = (member_id, moved.programme_id)
                points = min(Points(value.part_of(moved.points.units)), self._accounts.available(account))
                reversed_[moved.programme_id] = points
                self._accounts.move(account, -points, "take_back", request.refund_id)
        money = goods.money(wanted)
        less = Money(self.reduces_by, money.currency)
        answer = RefundAnswer(
            request.refund_id, accepted=True, money=money - less, returned=returned, reversed=reversed_,
            reduced_by=less or None,
        )  # fmt: skip
        self._answers[request.refund_id] = request, answer
        return answer

    def bill_of(self, refund_id: str) -> str:
        """The sale that the refund is of."""
        if refund_id not in self._answers:
            raise Refused(Refusal.UNKNOWN_BILL)
        return self._answers[refund_id][0].bill_id

    def void(self, refund_id: str, receipt: Receipt) -> RefundAnswer:
        """Takes the points' moves back; the goods may come back another time."""
        request, answer = self._answers[refund_id]
        if answer.accepted and receipt.customer is not None:
            member_id = receipt.customer.member_id
            for programme_id, points in answer.returned.items():
                self._accounts.move((member_id, programme_id), -points, "void", refund_id)
            for programme_id, points in answer.reversed.items():
                self._accounts.move((member_id, programme_id), points, "void", refund_id)
        voided = RefundAnswer(refund_id, accepted=False, money=answer.money.currency.zero(), returned={}, reversed={})
        self._answers[refund_id] = request, voided
        return voided

    def _refundable(self, receipt: Receipt) -> Refundable:
        gone: dict[str, int] = {}
        for request, answer in self._answers.values():
            if request.bill_id == receipt.bill_id and answer.accepted:
                for line in request.lines:
                    gone[line.line_id] = gone.get(line.line_id, 0) + line.thousandths
        lines = [SoldLine(line.line_id, line.quantity, line.gross, line.net) for line in receipt.lines]
        return Refundable(lines, receipt.total, gone)
