import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tukar.devices.bank import Bank, Decision
from tukar.devices.qris import QrisSimulator, check_sum
from tukar.devices.terminal import Act, Behaviour, TerminalSimulator
from tukar.domain.money import Currency, Money
from tukar.till.ports import TerminalOutcome

IDR = Currency("IDR", 0)
AMOUNT = Money(110_000, IDR)
O = TerminalOutcome  # noqa: E741 - short, and read beside its members


def terminal(bank: Bank, act: Act) -> TerminalSimulator:
    return TerminalSimulator(bank, lambda _reference, _amount: act)


def test_an_approved_payment_is_taken_once_however_often_it_is_asked() -> None:
    bank = Bank()
    card = terminal(bank, Act())
    first = card.pay("ref-1", AMOUNT)
    assert (first.outcome, first.label) == (O.APPROVED, "Debit BCA …4417")
    assert card.pay("ref-1", AMOUNT) == first
    assert card.query("ref-1") == first
    assert bank.taken() == {"ref-1": AMOUNT}


def test_a_declined_payment_takes_nothing() -> None:
    bank = Bank()
    answer = terminal(bank, Act(Behaviour.DECLINE)).pay("ref-1", AMOUNT)
    assert answer.outcome is O.DECLINED
    assert answer.reason == "The bank declined the card"
    assert bank.taken() == {}


def test_an_approval_whose_answer_was_lost_is_found_by_its_reference() -> None:
    bank = Bank()
    card = terminal(bank, Act(Behaviour.LOSE_ANSWER, silent_queries=2))
    assert card.pay("ref-1", AMOUNT).outcome is O.UNKNOWN
    assert [card.query("ref-1").outcome for _ in range(3)] == [O.UNKNOWN, O.UNKNOWN, O.APPROVED]
    assert bank.taken() == {"ref-1": AMOUNT}


def test_a_terminal_that_stays_silent_has_taken_nothing() -> None:
    bank = Bank()
    card = terminal(bank, Act(Behaviour.SILENT))
    assert card.pay("ref-1", AMOUNT).outcome is O.UNKNOWN
    assert card.query("ref-1").outcome is O.CANCELLED
    assert card.query("never asked").outcome is O.NOT_FOUND
    assert bank.taken() == {}


def test_cancelling_ends_the_wait_and_takes_nothing() -> None:
    bank = Bank()
    waits = threading.Event()

    def wait(cancelled: threading.Event, seconds: float) -> bool:
        waits.set()
        return cancelled.wait(seconds)

    card = TerminalSimulator(bank, lambda _reference, _amount: Act(after=30), wait=wait)
    outcomes: list[TerminalOutcome] = []
    payer = threading.Thread(target=lambda: outcomes.append(card.pay("ref-1", AMOUNT).outcome))
    payer.start()
    assert waits.wait(5)
    assert card.query("ref-1").outcome is O.UNKNOWN
    card.cancel("ref-1")
    payer.join(5)
    assert outcomes == [O.CANCELLED]
    card.cancel("ref-1")
    assert bank.taken() == {}


def test_money_goes_back_up_to_what_was_taken() -> None:
    bank = Bank()
    card = terminal(bank, Act())
    card.pay("ref-1", AMOUNT)
    assert card.refund("ref-1", Money(10_000, IDR)).outcome is O.APPROVED
    assert bank.taken() == {"ref-1": Money(100_000, IDR)}
    assert card.refund("ref-1", AMOUNT).outcome is O.DECLINED
    assert card.refund("ref-1", Money(100_000, IDR)).outcome is O.APPROVED
    assert card.refund("other", AMOUNT).outcome is O.DECLINED
    assert bank.taken() == {}


def test_the_bank_remembers_over_a_restart(tmp_path: Path) -> None:
    file = tmp_path / "bank.jsonl"
    card = terminal(Bank(file), Act())
    card.pay("ref-1", AMOUNT)
    card.refund("ref-1", Money(10_000, IDR))
    again = terminal(Bank(file), Act())
    assert again.query("ref-1").outcome is O.APPROVED
    assert Bank(file).taken() == {"ref-1": Money(100_000, IDR)}


def test_a_line_cut_off_by_a_crash_is_left_out(tmp_path: Path) -> None:
    file = tmp_path / "bank.jsonl"
    Bank(file).ask("ref-1", AMOUNT)
    with file.open("a") as torn:
        torn.write('{"reference": "ref-2", "amo')
    Bank(file).ask("ref-3", AMOUNT)
    assert [payment.reference for payment in Bank(file).payments()] == ["ref-1", "ref-3"]


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is POSIX's")
@pytest.mark.parametrize(("behaviour", "outcome"), [("APPROVE", O.CANCELLED), ("LOSE_ANSWER", O.APPROVED)])
def test_after_a_kill_during_the_wait_the_bank_tells_the_truth(
    tmp_path: Path, behaviour: str, outcome: TerminalOutcome
) -> None:
    file = tmp_path / "bank.jsonl"
    program = f"""
from pathlib import Path
from tukar.devices.bank import Bank
from tukar.devices.terminal import Act, Behaviour, TerminalSimulator
from tukar.domain.money import Currency, Money
def wait(event, seconds):
    print("waiting", flush=True)
    return event.wait(seconds)
act = Act(Behaviour.{behaviour}, after=60)
card = TerminalSimulator(Bank(Path({str(file)!r})), lambda reference, amount: act, wait=wait)
card.pay("ref-1", Money(110000, Currency("IDR", 0)))
"""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, env=environment) as till:
        assert till.stdout is not None
        assert till.stdout.readline() == b"waiting\n"
        till.send_signal(signal.SIGKILL)
    assert terminal(Bank(file), Act()).query("ref-1").outcome is outcome


def test_the_first_decision_stays() -> None:
    bank = Bank()
    bank.ask("ref-1", AMOUNT)
    assert bank.ask("ref-1", Money(1, IDR)).amount == AMOUNT
    bank.decide("ref-1", Decision.APPROVED)
    assert bank.decide("ref-1", Decision.CANCELLED).decision is Decision.APPROVED


def test_a_code_to_scan_says_amount_and_reference_and_closes_with_its_check_sum() -> None:
    assert check_sum(b"123456789") == 0x29B1
    payload = QrisSimulator(Bank()).payload("0193-ref-1", AMOUNT)
    assert "5406110000" in payload
    assert "0193-ref-1" in payload
    assert payload.startswith("000201010212")
    assert payload[-4:] == f"{check_sum(payload[:-4].encode()):04X}"
    pounds = QrisSimulator(Bank()).payload("r", Money(1_050, Currency("GBP", 2)))
    assert "5303826" in pounds
    assert "540510.50" in pounds


def test_a_payment_that_was_given_back_no_longer_stands() -> None:
    bank = Bank()
    card = terminal(bank, Act())
    card.pay("ref-1", AMOUNT)
    assert card.refund("ref-1", Money(10_000, IDR)).outcome is O.APPROVED
    assert card.query("ref-1").outcome is O.APPROVED
    card.refund("ref-1", Money(100_000, IDR))
    assert card.query("ref-1").outcome is O.CANCELLED
