"""What lies at a till beside the sale, in one life: start and sign-in, the customer's screen, settings, keys, pictures.

``look`` says after every touch whether what is shown is true: the second screen has the bill in hand and its own
customer, and nothing of anybody else; the screen in front is the one where the work is; what was chosen is kept.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from tests.simulation import shop
from tests.simulation.background import Unhurried
from tests.simulation.desk_kept import KeptDesk, SettingsFile, goods_of_shop
from tests.simulation.front import CASHIERS_PIN, GLANCES, Front
from tests.simulation.net import SimulatedHttp
from tests.simulation.server import device_key
from tukar.domain.people import Role, StaffMember
from tukar.loyalty.enrolling import enrol_till
from tukar.till.checkout_model import CheckoutState
from tukar.till.customer_display import CustomerDisplay, DisplayModel, DisplayStep
from tukar.till.key_settings import KeySettings, KeySettingsModel
from tukar.till.key_store import KeyStore
from tukar.till.keys import keys_of
from tukar.till.line import Line
from tukar.till.navigation import Navigation, Place, PlaceModel
from tukar.till.notices import Notice, Say
from tukar.till.pictures import KEPT_AT_MOST, Pictures
from tukar.till.ports import DiskTrouble, DiskTroubleKind
from tukar.till.preferences import Preferences, PreferencesModel
from tukar.till.scrubbing import scrubbed
from tukar.till.signing_in import SigningIn, SignInModel
from tukar.till.staffing import StaffingModel, who_may_sign_in
from tukar.till.starting import Starting, StartModel
from tukar.till.support_file import SupportFile
from tukar.till.sync import Sync

if TYPE_CHECKING:
    from tests.simulation.till import TillLife

ADDRESS: Final = "https://loyalty.example"
CODE: Final = "MANGGA-7"
NO_PICTURE: Final = "none.png"
STRANGER: Final = "Ratna"
"""Whom cashiers enrol; everybody else in the shop is one of ``shop.MEMBERS``."""
NAMES: Final = (*(member.title() for member in shop.MEMBERS), STRANGER)
_CODE_IN_MESSAGE: Final = re.compile(r"\d{4,}")


@dataclass
class DeskScreens:
    """Every screen of a desk in one; each attribute is what it showed last."""

    start: StartModel = field(default_factory=StartModel)
    sign_in: SignInModel = field(default_factory=lambda: SignInModel(""))
    display: DisplayModel = field(default_factory=DisplayModel)
    place: PlaceModel = field(default_factory=lambda: PlaceModel(Place.SIGN_IN))
    preferences: PreferencesModel | None = None
    keys: KeySettingsModel = field(default_factory=KeySettingsModel)
    pictures: Mapping[str, str] = field(default_factory=dict)
    told: list[Notice] = field(default_factory=list)

    def show_start(self, model: StartModel) -> None:
        self.start = model

    def show_sign_in(self, model: SignInModel) -> None:
        self.sign_in = model

    def show_display(self, model: DisplayModel) -> None:
        self.display = model

    def show_place(self, model: PlaceModel) -> None:
        self.place = model

    def show_preferences(self, model: PreferencesModel) -> None:
        self.preferences = model

    def show_keys(self, model: KeySettingsModel) -> None:
        self.keys = model

    def show_pictures(self, pictures: Mapping[str, str]) -> None:
        self.pictures = pictures


class Desk:
    """The presenters, joined as ``bootstrap`` joins them."""

    def __init__(self, life: "TillLife", front: Front, kept: KeptDesk) -> None:
        self.screens = DeskScreens()
        self.kept = kept
        self.front = front
        self.is_open = False
        """Whether the start is over."""
        self.begins_shift = False
        """Whether whoever comes now has to type a password."""
        self.bundles: list[str] = []
        self._life = life
        self._typed = ("", False)
        self._read_display = DisplayModel(), STRANGER
        """The display that was read through last, and whose name may stand there."""
        self._has_key_store = True
        self._join_screens()
        self._join_settings()
        self.starting = self._start_screen()
        self.support = SupportFile(self._bundle, life.background, self.screens.told.append)
        self.pictures = Pictures(self.screens, life.background, self._picture)

    def _join_screens(self) -> None:
        life, staffing, checkout, views = self._life, self.front.staffing, self._life.checkout, self.screens
        self.signing = SigningIn(
            view=views, staffing=staffing, clock=life.till.clock, background=life.background, shop=shop.SHOP_ID,
            signed_in=self._signed_in, needs_password=lambda _staff_id: self.begins_shift,
        )  # fmt: skip
        self.navigation = Navigation(views, staffing.model, checkout.model)
        self.display = CustomerDisplay(
            view=views, sale=life.sale, checkout=checkout.model, staffing=staffing.model, shop=shop.SHOP_ID
        )
        life.sale.listen(self.display.bill_changed)
        checkout.listen(self.display.checkout_changed)
        checkout.listen(self.navigation.checkout_changed)
        staffing.listen(self.display.staffing_changed)
        staffing.listen(self.navigation.staffing_changed)
        for presenter in (self.signing, self.navigation, self.display):
            presenter.open()

    def _join_settings(self) -> None:
        self._file = store = SettingsFile(self._life, self.kept)
        settings = store.load()
        self.preferences = Preferences(
            view=self.screens, settings=settings, store=store, background=self._life.background
        )
        self.keys = KeySettings(self.screens, self.preferences, settings.keys, settings.scanner_gap_ms)
        self.preferences.start()

    def _start_screen(self) -> Starting:
        life, kept = self._life, self.kept
        self._sync = Sync(life.backend, Unhurried(life.background, GLANCES), Line(), kept.copies, kept.goods)
        return Starting(
            view=self.screens, sync=self._sync, background=life.background, enrol=self._enrol,
            keep_secrets=self._keep_secrets, count_items=kept.goods.count, ready=self._opened,
        )  # fmt: skip

    # The start

    def lose_key_store(self) -> None:
        """The system has no place for secrets."""
        self._has_key_store = False

    def _keep_secrets(self, chosen: KeyStore) -> None:
        self._has_key_store = chosen is KeyStore.OWNER_ONLY_FILE

    def _enrol(self, _address: str, code: str) -> None:
        """A code that is not the manager's goes out, for the backend to say so; the right one is known to it."""
        till = self._life.till
        if not self._has_key_store:
            raise DiskTrouble(DiskTroubleKind.NO_KEY_STORE)
        if code != CODE:
            http = SimulatedHttp(till.wire, self._life, lambda _: {})
            enrol_till(http, f"device-desk-{till.name}", code, device_key(till.name))
            self.kept.violated(f"the code {code} made a till of a machine")
        self._life.backend.state()
        self.kept.is_connected = True

    def _opened(self) -> None:
        kept = self.kept
        if self.is_open:
            kept.violated(f"till {kept.name} opens twice")
        self.is_open = True
        kept.is_connected = True
        brought = {sku: (item.name, item.charged_price) for sku, item in kept.goods.items.items()}
        if brought != {sku: (item.name, item.charged_price) for sku, item in goods_of_shop().items()}:
            kept.violated(f"till {kept.name} opens with {sorted(brought)}")
        if {member.name for member in kept.copies.staff()} != {shop.CASHIER.name, shop.MANAGER.name}:
            kept.violated(f"till {kept.name} opens with {kept.copies.staff()}")

    # Signing in

    def type_credential(self, typed: str) -> None:
        """The chosen person types a PIN, or a password where one is asked for."""
        model = self.screens.sign_in
        person = model.person
        if person is None:
            return
        self.signing.typing()
        if not model.can_enter:
            return
        right = person.password_hash if model.asks_password else person.pin_hash
        self._typed = (person.staff_id, typed == right)
        (self.signing.enter_password if model.asks_password else self.signing.enter)(typed)

    def manager_lets_in(self) -> bool:
        """Whoever may not try any more calls the manager, who types their PIN; whether that is so now."""
        model = self.screens.sign_in
        if model.can_call:
            self.signing.call_manager()
        elif model.lets_in is not None and model.person is not None:
            self.signing.typing()
            self.signing.enter(model.person.pin_hash)
        return model.can_call or model.lets_in is not None

    def credential(self, *, right: bool = True) -> str:
        """What the chosen person would have to type, or something else."""
        model = self.screens.sign_in
        if not right or model.person is None:
            return "not this one" if model.asks_password else "999999"
        return model.person.password_hash if model.asks_password else model.person.pin_hash

    def _signed_in(self, member: StaffMember) -> None:
        self.begins_shift = False
        if self._typed != (member.staff_id, True):
            self.kept.violated(f"{member.name} is at till {self.kept.name}, and {self._typed} was typed")
        if member.staff_id not in {one.staff_id for one in who_may_sign_in(self.kept.people)}:
            self.kept.violated(f"{member.name} is at till {self.kept.name}, and not in the shop any more")

    # What support gets

    def _bundle(self) -> str:
        """A log that tells far more than the program's does, scrubbed."""
        till = self._life.till
        if till.world.choices.pick(f"support.{till.name}", "", (("full", 0.2),)):
            raise DiskTrouble(DiskTroubleKind.FULL, "simulated")
        secrets = self._secrets()
        lines = [f"{number} said {secret}, then" for number, secret in enumerate(secrets)]
        text = scrubbed("\n".join([*lines, f"bill {self._life.sale.bill.bill_id}"]))
        for secret in secrets:
            if secret in text or secret[-8:] in re.sub(r"[ -]", "", text):
                self.kept.violated(f"support reads {secret} of till {self.kept.name}")
        if self._life.sale.bill.bill_id not in text:
            self.kept.violated(f"support cannot tell which bill it was: {text}")
        self.bundles.append(text)
        return f"bundle-{len(self.bundles)}.zip"

    def _secrets(self) -> list[str]:
        numbers = [shop.mobile(member) for member in shop.MEMBERS]
        said = [f"0{number[3:6]} {number[6:9]} {number[9:]}" for number in numbers]
        codes = [
            code
            for number in sorted(self.kept.server.phones)
            for message in self.kept.server.phones[number]
            for code in _CODE_IN_MESSAGE.findall(message)
        ]
        return [*numbers, *said, *codes, shop.PIN, CASHIERS_PIN, "4111 1111 1111 1111", "dewi@shop.example"]

    def support_is_told(self) -> None:
        """One click, one file: a second one meanwhile makes no other, and the cashier reads where it lies."""
        said = [notice.say for notice in self.screens.told]
        if said[:1] != [Say.SUPPORT_GATHERED] or said.count(Say.SUPPORT_FILE) != len(self.bundles):
            self.kept.violated(f"{len(self.bundles)} files for support, and the cashier reads {said}")

    # Pictures

    def _picture(self, name: str) -> str | None:
        till = self._life.till
        if till.world.choices.pick(f"picture.{till.name}", "", (("unreadable", 0.02),)):
            raise DiskTrouble(DiskTroubleKind.FAILED, "simulated")
        return None if name == NO_PICTURE else f"picture of {name}"

    # What must hold

    def look(self) -> None:
        """Says what is shown and not so."""
        staff = self.front.staffing.model
        nobody = staff.cashier is None or staff.locked
        self._look_at_display(nobody=nobody)
        self._look_at_place(nobody=nobody)
        self._look_at_people(staff)
        self._look_at_settings()
        pictures = self.screens.pictures
        wrong = [name for name, picture in pictures.items() if picture != f"picture of {name}"]
        if wrong or len(pictures) > KEPT_AT_MOST:
            self.kept.violated(f"{len(pictures)} pictures at till {self.kept.name}, wrong are {wrong}")

    def _look_at_display(self, *, nobody: bool) -> None:
        shown, sale, checkout = self.screens.display, self._life.sale, self._life.checkout.model
        receipt = checkout.receipt if checkout.state is CheckoutState.SAVED else None
        customer = sale.bill.customer if receipt is None else receipt.customer
        if nobody or (receipt is None and sale.bill.is_empty and customer is None):
            step, total, customer = DisplayStep.WELCOME, None, None
        elif receipt is not None:
            step, total = DisplayStep.THANKS, receipt.total
        else:
            step, total = DisplayStep.BILL, sale.priced.total
        if (shown.step, shown.total) != (step, total):
            self.kept.violated(f"the customer at till {self.kept.name} reads {shown}, and it is {step} of {total}")
        theirs = "" if customer is None else customer.name
        if shown is self._read_display[0] and theirs == self._read_display[1]:
            return
        self._read_display = shown, theirs
        text = repr(shown)
        if any(name in text and name not in theirs for name in NAMES) or "+62" in text:
            self.kept.violated(f"the customer {theirs!r} at till {self.kept.name} reads {text}")

    def _look_at_place(self, *, nobody: bool) -> None:
        checkout, shown = self._life.checkout.model, self.screens.place
        at_work = Place.SALE if checkout.state is CheckoutState.SELLING else Place.PAYMENT
        money = bool(checkout.tenders) and checkout.state is not CheckoutState.SAVED
        if (shown.place, shown.money_stands) != (Place.SIGN_IN if nobody else at_work, money):
            self.kept.violated(f"till {self.kept.name} shows {shown}, and is at {checkout.state}")

    def _look_at_people(self, staff: StaffingModel) -> None:
        shown, may = self.screens.sign_in, who_may_sign_in(self.kept.people)
        chosen = None if staff.chosen is None else staff.chosen.staff_id
        if shown.lets_in is not None:
            managers = tuple(one for one in may if one.role is Role.MANAGER and one.staff_id != chosen)
            if (shown.staff, shown.lets_in.staff_id, staff.needs_manager) != (managers, chosen, True):
                self.kept.violated(f"at till {self.kept.name} {shown.staff} may let {shown.lets_in} in")
        elif shown.staff != may or (shown.person is not None and shown.person.staff_id != chosen):
            self.kept.violated(f"till {self.kept.name} lets {shown.staff} sign in, and it is {may}")

    def _look_at_settings(self) -> None:
        """Once nothing is being written; what found no room is not kept, until something else is chosen."""
        settings, keys = self.preferences.settings, self.screens.keys
        self.kept.chose(settings)
        if not self._life.background.busy and not self._file.is_behind:
            self.kept.settled(settings)
        if keys.is_open and dict(keys.keys) != dict(keys_of(settings.keys)):
            self.kept.violated(f"till {self.kept.name} shows keys {keys.keys}, kept are {settings.keys}")
