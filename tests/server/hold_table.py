"""One redemption brought into any state of the table in redemption.md, "Server"."""

from tests.server.world import PIN, RICE, TillClient, World, redeemed
from tukar.domain.bill import Bill
from tukar.domain.receipt import Receipt
from tukar.wire.redemptions import WireApproval


class Table:
    """One redemption of 50 points for one bill, brought into a state of the table."""

    def __init__(self, world: World, till: TillClient) -> None:
        self.world = world
        self.till = till
        self.bill: Bill = till.bill((RICE, 1), claim="small", bill_id="bill")
        self.proof = ""

    def bring(self, state: str) -> "Table":
        if state == "none":
            return self
        self.proof = self.till.holds(self.bill, 50, "r").json["proof"]
        if state == "captured":
            assert self.saves().status == 200
        elif state == "expired":
            self.world.clock.advance(1801)
        elif state == "released":
            self.release()
        elif state == "voided":
            self.void()
        return self

    def void(self, redemption_id: str = "r") -> tuple[int, str]:
        answer = self.till.put(f"/v1/redemptions/{redemption_id}/void")
        return answer.status, answer.json.get("state") or answer.refusal

    def extend(self) -> tuple[int, str]:
        answer = self.till.put("/v1/redemptions/r/extension")
        return answer.status, answer.json.get("state") or answer.refusal

    def get(self) -> tuple[int, str]:
        answer = self.till.get("/v1/redemptions/r")
        return answer.status, answer.json.get("state") or answer.refusal

    def hold(self) -> tuple[int, str]:
        answer = self.till.holds(self.bill, 50, "r")
        return answer.status, answer.json.get("state") or answer.refusal

    def release(self) -> tuple[int, str]:
        approval = WireApproval(staff_id="budi", pin=PIN["budi"], reason="till is gone", actor="ani")
        answer = self.till.put("/v1/redemptions/r/release", approval)
        return answer.status, answer.json.get("state") or answer.refusal

    def receipt(self, bill: Bill | None = None) -> Receipt:
        return self.till.receipt(bill or self.bill, (redeemed("r", 50, self.proof),))

    def saves(self, bill: Bill | None = None) -> "Saved":
        return Saved(self.till, self.receipt(bill))

    def account(self) -> tuple[int, int]:
        return self.world.posted("dewi")


class Saved:
    """What became of the redemption of a saved bill."""

    def __init__(self, till: TillClient, receipt: Receipt) -> None:
        self.receipt = receipt
        answer = till.saves(receipt)
        self.status = answer.status
        parts = [part for part in answer.json.get("parts", []) if part["part"] == "redemption"]
        self.outcome = parts[0]["outcome"] if parts else ""
        self.points = parts[0].get("points") if parts else None
        self.short = parts[0].get("short") if parts else None
        self.note = parts[0].get("note", "") if parts else ""
