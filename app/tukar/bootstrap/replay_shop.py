"""The shop in which another shop's bills are rung: seeded into a backend of its own, with one till connected to it."""

import secrets
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tukar.bootstrap.backend_house import backend_folder, opened_backend
from tukar.bootstrap.backend_process import BackendProcess
from tukar.bootstrap.outcome import CommandRefused
from tukar.domain.item import Item
from tukar.domain.money import Currency
from tukar.domain.offer import LocalName
from tukar.domain.people import Role, StaffMember
from tukar.domain.programme import PointsAccount, Programme
from tukar.domain.redemption import BillAnswer
from tukar.domain.rule import Activation, Earn, EarnPer, Family, Mode, Rule
from tukar.local.catalogue import CatalogueCopy
from tukar.local.clock import SystemClock
from tukar.local.ids import UuidV7
from tukar.local.journal import SqliteJournal
from tukar.local.receipts import Numbering
from tukar.local.sealing import AesSeal
from tukar.local.stored import enrolment_from_json
from tukar.till.delivery import Delivered, Delivery, Postman
from tukar.till.invoices import Invoice
from tukar.till.ports import LoyaltyBackend
from tukar.till.receipts import Selling
from tukar.till.replay import Replayer

if TYPE_CHECKING:
    from tukar.server.seed import ShopSeed

GBP: Final = Currency("GBP", 2)
SHOP_ID: Final = "REPLAY"
TILL_ID: Final = "1"
CASHIER: Final = StaffMember("replay", "Replay", Role.MANAGER)
LOOKUPS_PER_HOUR: Final = 1_000_000
"""A replay asks for every customer within minutes; the limit against harvesting is for people."""


class UndeliveredError(RuntimeError):
    """The backend did not take a bill; it waits in the journal."""


def points_a_pound() -> Programme:
    """One point for every whole pound that a known customer pays."""
    account = PointsAccount("points", LocalName("Points"))
    earning = Rule(
        "earning",
        LocalName("One point a pound"),
        family=Family.LOYALTY,
        programme="points",
        activation=Activation(Mode.CUSTOMER),
        earn=Earn(EarnPer.MONEY, Fraction(1), every=GBP.money("1"), floor=True),
    )
    return Programme(1, GBP, (account,), (earning,))


def open_shop(folder: Path, invoices: Sequence[Invoice], items: Sequence[Item]) -> str:
    """Loads the shop into a backend of its own; the code that its till enrols with."""
    from tukar.server.seed import load_shop

    with opened_backend("", backend_folder(folder)) as backend:
        code = backend.equipment.chance.letters(8)
        if not load_shop(backend, _seed(invoices, items, code)):
            raise CommandRefused(f"{folder} holds a replay already.", "Name an empty folder with --data.")
    return code


def _seed(invoices: Sequence[Invoice], items: Sequence[Item], code: str) -> "ShopSeed":
    from tukar.server.seed import SeedMember, SeedTill, ShopSeed
    from tukar.server.shops import ShopSettings
    from tukar.wire.amounts import wire_currency
    from tukar.wire.shop import WireShop

    cards = dict.fromkeys(invoice.customer for invoice in invoices if invoice.customer)
    return ShopSeed(
        WireShop(
            shop_id=SHOP_ID,
            name="Replay",
            currency=wire_currency(GBP),
            country="GB",
            language="en",
            time_zone="Europe/London",
        ),
        items=items,
        programme=points_a_pound(),
        members=[SeedMember(f"card-{card}", f"Customer {card}", card=card) for card in cards],
        tills=[SeedTill(TILL_ID, code)],
        settings=ShopSettings(lookups_per_hour=LOOKUPS_PER_HOUR),
    )


@contextmanager
def open_till(folder: Path, code: str) -> Iterator[Replayer]:
    """A till of the shop, connected to a backend process, its copies fetched."""
    with ExitStack() as stack:
        process = stack.enter_context(closing(BackendProcess(backend_folder(folder))))
        backend, epoch = _connect(process.address, code)
        stack.callback(backend.close)
        catalogue = stack.enter_context(closing(CatalogueCopy(folder / "catalogue.sqlite3")))
        _fetch(backend, catalogue)
        clock = SystemClock()
        # Nothing personal is queued by a replay, so its key need not outlive it.
        key = secrets.token_bytes(32)
        seal = AesSeal(lambda: key)
        numbering = Numbering(SHOP_ID, TILL_ID, epoch)
        journal = stack.enter_context(closing(SqliteJournal(folder, numbering, clock=clock, seal=seal)))
        postman = Postman(journal, backend, enrolment_from_json)
        yield Replayer(
            members=backend,
            journal=journal,
            items=catalogue,
            clock=clock,
            ids=UuidV7(),
            selling=Selling(SHOP_ID, "Replay", TILL_ID, epoch, CASHIER, backend.programme(), catalogue.version),
            deliver=lambda: _deliver(postman),
        )


def _connect(address: str, code: str) -> tuple[LoyaltyBackend, int]:
    """The connector of the till that enrolled with ``code``, and the epoch of its numbers."""
    from tukar.loyalty.enrolling import DeviceKey, enrol_till
    from tukar.loyalty.http import Endpoint, Http
    from tukar.loyalty.identity import TillIdentity
    from tukar.loyalty.tukar_backend import TukarBackend

    endpoint = Endpoint(address)
    with closing(Http(endpoint)) as http:
        enrolled = enrol_till(http, UuidV7().new(), code, DeviceKey.new())
    return TukarBackend(Http(endpoint, TillIdentity(lambda: enrolled.token))), enrolled.till_epoch


def _fetch(backend: LoyaltyBackend, catalogue: CatalogueCopy) -> None:
    """Brings the till's copy of the catalogue up to date."""
    since, page = catalogue.version, ""
    while True:
        fetched = backend.catalogue_page(since, page)
        catalogue.apply(fetched)
        page = fetched.next_page
        if not page:
            return


def _deliver(postman: Postman) -> list[BillAnswer]:
    """Sends what waits; UndeliveredError when something still waits afterwards, or was turned away."""
    answers: list[BillAnswer] = []

    def heard(delivery: Delivery) -> None:
        if delivery.answer is not None:
            answers.append(delivery.answer)
        if delivery.outcome is Delivered.SET_ASIDE:
            raise UndeliveredError(f"a message was refused: {delivery.refusal}")

    last = postman.deliver_all(heard)
    if last.waiting:
        raise UndeliveredError(f"{last.waiting} messages wait: {last.outcome}")
    return answers
