"""The customer on the bill: found by mobile number, name or card, enrolled, looked at, taken off."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from typing import Protocol

from tukar.domain.bill import CustomerSource
from tukar.domain.offer import LocalName, Reason, WhyNot
from tukar.domain.people import LoyaltyAccount, PointsBalance, masked
from tukar.domain.points import Points
from tukar.domain.programme import PointsAccount, Programme
from tukar.domain.redemption import RedemptionState, Refusal
from tukar.till.background import Background, Ticket
from tukar.till.balances import with_own_holds
from tukar.till.line import Line
from tukar.till.looking_up import Looked, look_up, look_up_card
from tukar.till.mobiles import Mobile, MobileTrouble, NotMobileError, looks_like_number, read_mobile
from tukar.till.notices import Level, Notice, Say
from tukar.till.ports import (
    Clock,
    DiskTrouble,
    Enrolment,
    FindBy,
    Ids,
    Journal,
    LoyaltyBackend,
    Refused,
    Unreachable,
)
from tukar.till.refusals import disk_notice, refused_notice, unreachable_notice
from tukar.till.sale import Sale, SaleChange

_SOURCES = {
    FindBy.MOBILE: CustomerSource.MOBILE,
    FindBy.NAME: CustomerSource.NAME,
    FindBy.CARD: CustomerSource.CARD,
}
_HOLDING = (RedemptionState.ASKED, RedemptionState.HELD)
_MOBILE_WORDS = {MobileTrouble.TOO_SHORT: Say.NUMBER_TOO_SHORT, MobileTrouble.NOT_MOBILE: Say.NUMBER_NOT_MOBILE}


@dataclass(frozen=True, slots=True)
class BalanceModel:
    """One sort of points of the customer: ``earns`` and ``spends`` are by this bill."""

    name: LocalName
    balance: PointsBalance
    earns: Points | None = None
    spends: Points | None = None


@dataclass(frozen=True, slots=True)
class CustomerModel:
    """The customer as the side panel shows them; ``nudge`` is the nearest reward that only lacks points."""

    account: LoyaltyAccount | None = None
    balances: tuple[BalanceModel, ...] = ()
    nudge: WhyNot | None = None

    @property
    def progress(self) -> Fraction | None:
        return self.nudge.progress if self.nudge else None


class CustomerView(Protocol):
    """Where the customer on the bill is shown."""

    def show_customer(self, model: CustomerModel) -> None: ...


class Step(StrEnum):
    """Where the customer sheet stands; CLOSED shows nothing."""

    CLOSED = "closed"
    FIND = "find"
    SEARCHING = "searching"
    CHOOSE = "choose"
    NOT_FOUND = "not_found"
    ENROL = "enrol"
    ENROLLING = "enrolling"
    PROFILE = "profile"


@dataclass(frozen=True, slots=True)
class EnrolmentForm:
    """What has been typed to enrol somebody."""

    name: str = ""
    mobile: str = ""
    card: str = ""
    consent: bool = False

    @property
    def is_complete(self) -> bool:
        return bool(self.name.strip() and self.mobile.strip() and self.consent)


@dataclass(frozen=True, slots=True)
class CustomersModel:
    """The customer sheet. ``found`` are the accounts to choose from, ``chosen`` the one that Enter would take."""

    step: Step = Step.CLOSED
    text: str = ""
    found: tuple[LoyaltyAccount, ...] = ()
    chosen: int = 0
    form: EnrolmentForm = EnrolmentForm()
    customer: CustomerModel = CustomerModel()
    can_enrol: bool = False
    notice: Notice | None = None


class CustomersView(Protocol):
    """Where the customer sheet is shown."""

    def show_customers(self, model: CustomersModel) -> None: ...


class Customers:
    """Finds, enrols and shows the customer. The whole number never comes back from the backend, only its mask.

    One field takes a mobile number, a name or a card; what was meant is told from its letters. One account found
    goes on the bill at once. Enrolling keeps the member's id over a lost answer: when the backend cannot be reached
    the same enrolment waits in the outbox and the customer earns all the same (journey A).
    """

    def __init__(  # noqa: PLR0913 - everything outside that a customer's account needs
        self,
        *,
        view: CustomersView,
        panel: CustomerView,
        sale: Sale,
        backend: LoyaltyBackend,
        background: Background,
        journal: Journal,
        clock: Clock,
        ids: Ids,
        line: Line,
        country: str,
        queued: Callable[[], None] = lambda: None,
    ) -> None:
        """``queued`` hears of an enrolment that waits to be sent."""
        self._queued = queued
        self._view = view
        self._panel = panel
        self._sale = sale
        self._backend = backend
        self._background = background
        self._journal = journal
        self._clock = clock
        self._ids = ids
        self._line = line
        self._country = country
        self._model = CustomersModel()
        self._member_id = ""
        self._source = CustomerSource.MOBILE
        self._asked: Ticket | None = None
        sale.listen(self._changed)

    def open(self) -> None:
        """F3: the profile of the customer on the bill, else the search for one."""
        if self._sale.bill.customer is None:
            self._show(CustomersModel(Step.FIND))
        else:
            self._show(CustomersModel(Step.PROFILE, customer=self._customer()))
            self.refresh()

    def search_another(self) -> None:
        """From the profile to the search for somebody else."""
        self._show(CustomersModel(Step.FIND))

    def close(self) -> None:
        self._drop()
        self._show(CustomersModel())

    def back(self) -> None:
        """Esc: one step back, from the first one out."""
        step = self._model.step
        self._drop()
        if step in (Step.SEARCHING, Step.CHOOSE, Step.NOT_FOUND, Step.ENROL):
            self._show(CustomersModel(Step.FIND, text=self._model.text))
        elif step is not Step.ENROLLING:
            self.close()

    def type(self, text: str) -> None:
        """The search field now holds ``text``."""
        self._drop()
        self._show(CustomersModel(Step.FIND, text=text))

    def search(self) -> None:
        """Asks the backend for whoever the text means."""
        text = self._model.text.strip()
        if not text:
            return
        self._show(replace(self._model, step=Step.SEARCHING, notice=None))
        self._asked = self._background.run(
            lambda: look_up(self._backend, text, self._country), self._looked, self._not_looked, slot="customer"
        )

    def scan(self, card: str) -> None:
        """A customer's card was scanned, whatever is on the screen."""
        self._show(CustomersModel(Step.SEARCHING, text=card))
        self._asked = self._background.run(
            lambda: look_up_card(self._backend, card),
            self._looked,
            self._not_looked,
            slot="customer",
        )

    def move(self, steps: int) -> None:
        """Marks another of the accounts found."""
        if self._model.step is Step.CHOOSE:
            last = len(self._model.found) - 1
            self._show(replace(self._model, chosen=min(max(self._model.chosen + steps, 0), last)))

    def choose(self, index: int) -> None:
        """Puts one of the accounts found on the bill."""
        if self._model.step is Step.CHOOSE and 0 <= index < len(self._model.found):
            self._attach(self._model.found[index], self._source)

    def start_enrolling(self) -> None:
        """The form, filled in with what was searched for; only where nobody was found."""
        if not self._model.can_enrol:
            return
        text = self._model.text.strip()
        number = looks_like_number(text)
        form = EnrolmentForm(name="" if number else text, mobile=text if number else "")
        self._member_id = self._ids.new()
        self._show(CustomersModel(Step.ENROL, text=self._model.text, form=form))

    def fill(self, form: EnrolmentForm) -> None:
        """The form now holds this."""
        if self._model.step is Step.ENROL:
            self._show(replace(self._model, form=form, notice=None))

    def enrol(self) -> None:
        """Enrols the customer of the form; without their consent nothing happens."""
        form = self._model.form
        if self._model.step is not Step.ENROL or not form.is_complete:
            return
        self._show(replace(self._model, step=Step.ENROLLING, notice=None))
        at = self._clock.now()

        def call() -> LoyaltyAccount | MobileTrouble:
            try:
                mobile = read_mobile(form.mobile, self._country)
            except NotMobileError as no_mobile:
                return no_mobile.trouble
            new = Enrolment(self._member_id, form.name.strip(), mobile.e164, at, form.card.strip())
            try:
                return self._backend.enrol_member(new)
            except Unreachable:
                # The same id waits in the outbox: whether the lost answer was a yes or never came is then the same.
                self._journal.put_enrolment(new)
                return LoyaltyAccount(new.member_id, new.name, masked(new.mobile), masked(new.card), pending=True)

        bill_id = self._sale.bill.bill_id
        self._background.run(call, lambda outcome: self._enrolled(outcome, bill_id), self._not_enrolled)

    def take_off(self) -> None:
        """The customer leaves the bill, and what was claimed for them with it."""
        if self._sale.locked:
            self._show(replace(self._model, notice=Notice(Say.POINTS_ASKED)))
            return
        self._sale.set_customer(None)
        self.close()

    def refresh(self) -> None:
        """Asks the backend for the account on the bill again; silence leaves what is known."""
        customer = self._sale.bill.customer
        if customer is None or customer.pending:
            return
        member_id, bill_id = customer.member_id, self._sale.bill.bill_id

        def call() -> LoyaltyAccount:
            account = self._backend.member(member_id)
            # What this bill holds itself is still this customer's to spend on it.
            return with_own_holds(account, (row for row in self._journal.redemptions(bill_id) if row.state in _HOLDING))

        self._background.run(call, self._refreshed, self._not_refreshed, slot="member")

    def _looked(self, looked: Looked) -> None:
        self._asked = None
        self._source = _SOURCES[looked.by]
        if looked.trouble is None:
            self._line.heard()
        if looked.trouble is not None:
            notice = Notice(_MOBILE_WORDS[looked.trouble], Level.WARN, text=self._model.text.strip())
            self._show(CustomersModel(Step.FIND, text=self._model.text, notice=notice))
        elif len(looked.accounts) == 1:
            self._attach(looked.accounts[0], self._source)
        elif looked.accounts:
            self._show(CustomersModel(Step.CHOOSE, text=self._model.text, found=looked.accounts))
        else:
            self._show(
                CustomersModel(Step.NOT_FOUND, text=self._model.text, can_enrol=True, notice=_not_found(looked.mobile))
            )

    def _not_looked(self, trouble: Exception) -> None:
        self._asked = None
        self._heard(trouble)
        if isinstance(trouble, Refused) and trouble.refusal is Refusal.UNKNOWN_MEMBER:
            notice = Notice(Say.CUSTOMER_NOT_FOUND, Level.WARN)
        elif isinstance(trouble, Refused):
            self._show(CustomersModel(Step.FIND, text=self._model.text, notice=refused_notice(trouble)))
            return
        elif isinstance(trouble, Unreachable):
            notice = unreachable_notice(trouble, Say.OFFLINE_FIND)
        else:
            raise trouble
        can_enrol = not isinstance(trouble, Unreachable) or self._backend.capabilities.offline_earn
        self._show(CustomersModel(Step.NOT_FOUND, text=self._model.text, can_enrol=can_enrol, notice=notice))

    def _attach(self, account: LoyaltyAccount, source: CustomerSource) -> None:
        if self._sale.locked:
            self._show(replace(self._model, notice=Notice(Say.POINTS_ASKED)))
            return
        self._sale.set_customer(account, source)
        self.close()

    def _enrolled(self, outcome: LoyaltyAccount | MobileTrouble, bill_id: str) -> None:
        if isinstance(outcome, LoyaltyAccount) and outcome.pending:
            self._queued()
        if self._sale.bill.bill_id != bill_id:
            # They are enrolled all the same; the bill in hand by now is somebody else's.
            if self._model.step is Step.ENROLLING:
                self.close()
            return
        if isinstance(outcome, MobileTrouble):
            notice = Notice(_MOBILE_WORDS[outcome], Level.WARN, text=self._model.form.mobile)
            self._show(replace(self._model, step=Step.ENROL, notice=notice))
            return
        if self._sale.locked:
            self._show(replace(self._model, step=Step.FIND, notice=Notice(Say.POINTS_ASKED)))
            return
        self._sale.set_customer(outcome, CustomerSource.MOBILE)
        say = Say.CUSTOMER_ENROLLED_OFFLINE if outcome.pending else Say.CUSTOMER_ENROLLED
        self._show(CustomersModel(Step.PROFILE, customer=self._customer(), notice=Notice(say, text=outcome.name)))

    def _not_enrolled(self, trouble: Exception) -> None:
        if isinstance(trouble, Refused):
            notice = refused_notice(trouble)
        elif isinstance(trouble, DiskTrouble):
            notice = disk_notice(trouble)
        else:
            raise trouble
        self._show(replace(self._model, step=Step.ENROL, notice=notice))

    def _refreshed(self, account: LoyaltyAccount) -> None:
        self._line.heard()
        customer = self._sale.bill.customer
        if customer is not None and customer.member_id == account.member_id and not self._sale.locked:
            self._sale.set_customer(account)

    def _not_refreshed(self, trouble: Exception) -> None:
        self._heard(trouble)
        if self._model.step is Step.PROFILE and isinstance(trouble, Unreachable):
            self._show(replace(self._model, notice=unreachable_notice(trouble, Say.OFFLINE_FIND)))

    def _heard(self, trouble: Exception) -> None:
        if isinstance(trouble, Unreachable):
            self._line.lost()
        elif isinstance(trouble, Refused):
            self._line.heard()

    def _drop(self) -> None:
        if self._asked is not None:
            self._asked.drop()
            self._asked = None

    def _changed(self, _change: SaleChange) -> None:
        self._panel.show_customer(self._customer())
        if self._model.step is Step.PROFILE:
            self._show(replace(self._model, customer=self._customer()))

    def _customer(self) -> CustomerModel:
        account = self._sale.bill.customer
        if account is None:
            return CustomerModel()
        priced, programme = self._sale.priced, self._sale.rules.programme
        balances = tuple(
            BalanceModel(
                _account(programme, held.programme_id).name,
                held,
                priced.earned_of(held.programme_id),
                priced.spent_of(held.programme_id),
            )
            for held in account.balances
        )
        nudge = next((why for why in priced.reasons if why.reason is Reason.NEEDS_POINTS and why.points), None)
        return CustomerModel(account, balances, nudge)

    def _show(self, model: CustomersModel) -> None:
        self._model = model
        self._view.show_customers(model)


def _account(programme: Programme, programme_id: str) -> PointsAccount:
    # A balance of a programme that the till has not heard of yet is shown under its id.
    return programme.account(programme_id) or PointsAccount(programme_id, LocalName(programme_id))


def _not_found(mobile: Mobile | None) -> Notice:
    if mobile is not None and mobile.foreign:
        return Notice(Say.NUMBER_FOREIGN, Level.WARN, text=f"+{mobile.country_code}")
    return Notice(Say.CUSTOMER_NOT_FOUND, Level.WARN)
