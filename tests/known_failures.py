"""Where other tills failed, and where each failure is tried here: ``python -m tests.known_failures``.

Failure T26 of known-failures.md is tried by tests whose names begin with ``test_T26_``, in the files that its row
names. Every one of the forty-nine can occur in a till of this kind, so none is left to a reason why it cannot;
``test_known_failures`` keeps the table true, and would allow six such reasons.
"""

import re
import sys
from dataclasses import dataclass

from tests.named_tests import all_tests

_NUMBERED = re.compile(r"(?P<file>.+)::test_(?P<number>T\d\d)_\w+")


@dataclass(frozen=True)
class Failure:
    """What went wrong elsewhere, the files that try it, and only without any of them why it cannot occur here."""

    words: str
    files: tuple[str, ...] = ()
    cannot_occur: str = ""


def names_of(number: str) -> tuple[str, ...]:
    """The tests that try a failure, by their names."""
    found = (_NUMBERED.fullmatch(name) for name in sorted(all_tests()))
    return tuple(match[0] for match in found if match and match["number"] == number)


_PLAYED = "till/test_known_failures.py"
_PRICED = "domain/pricing/test_known_failures.py"
_LIMITED = "server/test_uses.py"
_TWO = "till/test_two_tills.py"
_HELD_VALUE = "server/test_value_holds.py"
_VALUED = "till/test_valuing.py"
_RETURNED = "server/test_refunds.py"
_SENT = "till/test_outbox.py"

FAILURES = {
    # Points taken wrongly
    "T01": Failure("after a refusal or a lost race the cashier cannot correct the bill", (_PLAYED, _VALUED)),
    "T02": Failure("confirmed twice, points counted twice", (_PLAYED,)),
    "T03": Failure("a discount without its points", (_PLAYED, "till/test_exchanging.py", "server/test_bills.py")),
    "T04": Failure("points of an offline sale never deducted", (_PLAYED,)),
    "T05": Failure("wallet not deducted after an offline sale", (_LIMITED, _HELD_VALUE)),
    "T06": Failure("a gift card redeemed any number of times", (_LIMITED, _HELD_VALUE, _VALUED)),
    "T07": Failure(
        "check and use in two steps, both tills pass",
        (_PLAYED, _LIMITED, "server/test_bill_moves.py", "server/test_claim_holds.py", _TWO),
    ),
    "T08": Failure("the same with a delay between the two", (_LIMITED, _TWO)),
    "T09": Failure("the loser of a race refunds the winner's payment", (_PLAYED,)),
    "T10": Failure("a reward with too few points", (_PLAYED, _PRICED)),
    "T11": Failure("negative points won", (_PRICED,)),
    "T12": Failure(
        "a bill taken up at a second till doubles its points", ("server/test_bills.py", "till/test_holding.py")
    ),
    "T13": Failure("the reward's button pressed many times", (_PLAYED, _PRICED)),
    # Editing the bill
    "T14": Failure("fewer free products, as many points", (_PLAYED, _PRICED)),
    "T15": Failure("another customer, the first one's rewards", (_PLAYED, _PRICED)),
    "T16": Failure("the reward's product is no longer sold", (_PLAYED, _PRICED)),
    "T17": Failure("points for lines that were taken off", (_PRICED,)),
    "T18": Failure("rules of another programme", (_PRICED,)),
    # Returns
    "T19": Failure("buying and returning in a loop mints points", (_RETURNED,)),
    "T20": Failure("a refund deducts the points again", (_RETURNED,)),
    "T21": Failure("a part refund without the reward's line deducts them again", (_RETURNED,)),
    "T22": Failure("earned points are not taken back", (_RETURNED,)),
    "T23": Failure("spent points are not given back", (_RETURNED,)),
    "T24": Failure("an empty gift card is good for a refund", (_LIMITED, _HELD_VALUE)),
    "T25": Failure("a card is emptied by putting aside and cancelling", (_PLAYED, _VALUED, "till/test_holding.py")),
    # Lost or doubled bills
    "T26": Failure(
        "a power cut loses a confirmed bill, its number is used again",
        ("local/test_killed.py", "local/test_receipts.py"),
    ),
    "T27": Failure("a paid bill waits before it is stored", (_PLAYED,)),
    "T28": Failure("the answer is lost, the retry makes a second bill", (_SENT,)),
    "T29": Failure("two windows send the same", (_SENT, "local/test_lock.py")),
    "T30": Failure("bills made offline are posted twice", (_SENT,)),
    "T31": Failure("quantities become 1 on the way", ("server/test_bills.py",)),
    "T32": Failure("printed bills never arrive, times as ids clash", (_SENT,)),
    "T33": Failure("trouble in sending makes a receipt a draft", (_PLAYED,)),
    "T34": Failure("one bad bill blocks the queue", (_SENT,)),
    "T35": Failure("the retry fails where it should hear that all is there", ("server/test_bills.py",)),
    "T36": Failure("stays offline after the line is back", (_SENT,)),
    "T37": Failure("offline payments arrive unpaid", (_PLAYED,)),
    "T38": Failure("a malformed database", ("local/test_journal.py", "local/test_doctor.py")),
    # Ambiguity, rounding, clock, code, rights, secrets, Qt
    "T39": Failure("an unclear payment is shown as declined and was taken", ("till/test_cards_and_qr.py",)),
    "T40": Failure("hundredths that remain at 100 % off", (_PRICED,)),
    "T41": Failure(
        "valid in the cart, expired in the payment window",
        (_PRICED, "till/test_cards_and_qr.py", "server/test_bill_moves.py"),
    ),
    "T42": Failure("a new session starts the tries of a code anew", ("server/test_codes.py",)),
    "T43": Failure("two people with one PIN, an override nobody reaches", ("till/test_staffing.py",)),
    "T44": Failure("a key store passes its trial and loses the token", ("local/test_secrets.py",)),
    "T45": Failure("threads destroyed while they run", ("ui/test_background.py",)),
    "T46": Failure("the discount itself earns points", (_PRICED,)),
    "T47": Failure("a receipt without its discounts", (_PLAYED, _PRICED)),
    "T48": Failure("'you can redeem up to' is wrong", (_PRICED,)),
    "T49": Failure("a declined card costs the reward", ("till/test_cards_and_qr.py",)),
}


def main() -> int:
    for number, failure in FAILURES.items():
        print(f"{number} {failure.words}")
        for name in names_of(number) or (failure.cannot_occur,):
            print(f"      {name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
