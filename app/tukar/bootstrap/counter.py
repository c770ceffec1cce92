"""The counter: everything behind the window that needs no window, built in one place from the ports of one till."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from tukar.domain.bill import Bill
from tukar.domain.pricing import Circumstances
from tukar.local.stored import enrolment_from_json
from tukar.till.asking_afar import AskingAfar
from tukar.till.background import Background
from tukar.till.checkout import Checkout
from tukar.till.checkout_model import CheckoutState
from tukar.till.code_looking import CodeLooking
from tukar.till.delivery import Postman
from tukar.till.gear import Gear
from tukar.till.line import Line
from tukar.till.outbox import OutboxSender
from tukar.till.passwords import BackendPassword
from tukar.till.ports import (
    Clock,
    CredentialCheck,
    Ids,
    Journal,
    LoyaltyBackend,
    ReceiptPrinter,
    Settings,
    ShopProfile,
    TriesKept,
)
from tukar.till.ports.reviewing import ApprovalsFromAfar
from tukar.till.recovery import Recovery
from tukar.till.sale import Sale
from tukar.till.saving import Place
from tukar.till.shift_desk import ShiftDesk, ShiftRule
from tukar.till.staffing import Staffing
from tukar.till.sync import CopyStore, Sync
from tukar.till.terminals import Terminals
from tukar.till.writing import JournalWriter


@dataclass(frozen=True, slots=True)
class Ports:
    """Everything outside the till's rules, as one till has it; tests hand in others."""

    backend: LoyaltyBackend
    journal: Journal
    background: Background
    clock: Clock
    ids: Ids
    terminals: Terminals
    printer: ReceiptPrinter
    credentials: CredentialCheck
    tries: TriesKept
    line: Line
    chance: Callable[[], float]
    """Numbers from 0 to 1, by which tills that lost the line together do not come back in step."""
    afar: ApprovalsFromAfar | None = None
    """The way to a manager elsewhere, where the backend has one."""


@dataclass(frozen=True, slots=True)
class Counter:
    """The parts that presenters are built on. ``zone`` is the shop's."""

    ports: Ports
    profile: ShopProfile
    zone: ZoneInfo
    sale: Sale
    checkout: Checkout
    outbox: OutboxSender
    staffing: Staffing
    sync: Sync
    recovery: Recovery
    gear: Gear
    place: Place
    shift: ShiftDesk

    def asking_afar(self) -> AskingAfar | None:
        """Who asks a manager elsewhere for a word, where there is a way to one."""
        ports = self.ports
        if ports.afar is None:
            return None
        return AskingAfar(ports.afar, self.staffing, ports.background, ports.clock, ports.ids)

    def look_up(self, bill: Bill, then: Callable[[], None]) -> None:
        """Asks the backend what the codes of ``bill`` hold; ``then`` when the sale knows what there is to know."""
        CodeLooking(self.sale, self.gear).ask(bill, then)

    def local_now(self) -> datetime:
        """The shop's wall time, which rules and receipts go by."""
        return self.ports.clock.now().astimezone(self.zone)


def open_counter(ports: Ports, settings: Settings, sync: Sync, copies: CopyStore, profile: ShopProfile) -> Counter:
    """Joins sale, checkout, outbox, staff and copies. ``sync`` has heard of the shop already."""
    zone = ZoneInfo(profile.time_zone)
    writer = JournalWriter(ports.background)
    gear = Gear(
        backend=ports.backend,
        journal=ports.journal,
        background=ports.background,
        writer=writer,
        clock=ports.clock,
        ids=ports.ids,
        line=ports.line,
        copies=sync,
        language=settings.language,
    )

    def circumstances() -> Circumstances:
        now = ports.clock.now().astimezone(zone)
        return Circumstances(
            now=now,
            shop_id=settings.shop_id,
            till_id=settings.till_id,
            online=ports.line.redeems,
            on_trust=sync.offline_points.holds_on(now.date()),
        )

    sale = Sale(currency=profile.currency, ids=ports.ids, rules=sync.rule_book(), circumstances=circumstances)
    passwords = BackendPassword(ports.backend, ports.credentials)
    staffing = Staffing(
        copies,
        ports.credentials,
        ports.background,
        ports.clock,
        ports.journal,
        ports.tries,
        passwords,
        profile.limits,
    )
    shift_rule = ShiftRule(settings.till_id, settings.shift == "on")
    shift = ShiftDesk(ports.journal.shifts, ports.background, ports.clock, ports.ids, shift_rule)
    outbox = OutboxSender(
        Postman(ports.journal, ports.backend, enrolment_from_json), ports.background, ports.line, ports.chance
    )
    place = Place(profile, settings.till_id, settings.till_epoch, bool(settings.salesperson_required))
    checkout = Checkout(sale, gear, sync, outbox, ports.terminals, ports.printer, place, staffing.cashier)
    outbox.tell_delivered(checkout.delivered)
    sync.attach(sale, lambda: checkout.state is CheckoutState.SELLING)
    recovery = Recovery(gear, ports.terminals)
    return Counter(ports, profile, zone, sale, checkout, outbox, staffing, sync, recovery, gear, place, shift)
