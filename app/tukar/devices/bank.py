"""What a bank remembers of payments, by the reference a till gave them: the truth after an answer was lost."""

import json
import os
import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from tukar.domain.money import Currency, Money


class Decision(StrEnum):
    """What became of a payment at the bank."""

    ASKED = "asked"
    APPROVED = "approved"
    DECLINED = "declined"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Payment:
    """One payment as the bank has it; ``refunded`` of it went back."""

    reference: str
    amount: Money
    decision: Decision
    refunded: Money
    label: str = ""


class Bank:
    """Payments by reference; the first decision about one stays.

    With a ``file`` they survive the program: every change is a line that has reached the disk. Payments that were
    asked for when the program ended were never decided: the terminal gave them up. Threads may share it.
    """

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self._lock = threading.Lock()
        self._payments: dict[str, Payment] = {}
        for payment in _read(file):
            given_up = payment.decision is Decision.ASKED
            self._payments[payment.reference] = replace(payment, decision=Decision.CANCELLED) if given_up else payment

    def payment(self, reference: str) -> Payment | None:
        with self._lock:
            return self._payments.get(reference)

    def payments(self) -> tuple[Payment, ...]:
        with self._lock:
            return tuple(self._payments.values())

    def ask(self, reference: str, amount: Money) -> Payment:
        """The payment of that reference; a new one when there was none."""
        with self._lock:
            known = self._payments.get(reference)
            return known or self._put(Payment(reference, amount, Decision.ASKED, amount.currency.zero()))

    def decide(self, reference: str, decision: Decision, label: str = "") -> Payment:
        """The payment as it stands afterwards: decided now, or as it was decided before."""
        with self._lock:
            known = self._payments[reference]
            if known.decision is not Decision.ASKED:
                return known
            return self._put(replace(known, decision=decision, label=label))

    def refund(self, reference: str, amount: Money) -> bool:
        """Gives back part or all of an approved payment; False when it was not taken or would be more than was."""
        with self._lock:
            known = self._payments.get(reference)
            if known is None or known.decision is not Decision.APPROVED or known.refunded + amount > known.amount:
                return False
            self._put(replace(known, refunded=known.refunded + amount))
            return True

    def taken(self) -> Mapping[str, Money]:
        """What is left of every approved payment."""
        return {
            payment.reference: payment.amount - payment.refunded
            for payment in self.payments()
            if payment.decision is Decision.APPROVED and payment.amount != payment.refunded
        }

    def _put(self, payment: Payment) -> Payment:
        if self._file is not None:
            with self._file.open("a", encoding="utf-8") as file:
                file.write(json.dumps(_line(payment)) + "\n")
                file.flush()
                os.fsync(file.fileno())
        self._payments[payment.reference] = payment
        return payment


def _line(payment: Payment) -> dict[str, Any]:
    currency = payment.amount.currency
    return {
        "reference": payment.reference,
        "amount": payment.amount.minor,
        "refunded": payment.refunded.minor,
        "currency": [currency.code, currency.minor_digits, currency.cash_step],
        "decision": payment.decision,
        "label": payment.label,
    }


def _read(file: Path | None) -> list[Payment]:
    if file is None or not file.exists():
        return []
    content = file.read_bytes()
    whole = content.rfind(b"\n") + 1
    if whole < len(content):
        # A line was being written when the program ended.
        os.truncate(file, whole)
    payments: list[Payment] = []
    for line in content[:whole].splitlines():
        told = json.loads(line)
        currency = Currency(*told["currency"])
        payments.append(
            Payment(
                told["reference"],
                Money(told["amount"], currency),
                Decision(told["decision"]),
                Money(told["refunded"], currency),
                told["label"],
            )
        )
    return payments
