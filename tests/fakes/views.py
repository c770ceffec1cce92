"""Views that remember what they were shown."""

from dataclasses import dataclass, field

from tukar.till.billing import BillModel
from tukar.till.customers import CustomerModel, CustomersModel
from tukar.till.finding import FindingModel
from tukar.till.line_work import LineModel
from tukar.till.offering import OfferModel
from tukar.till.promoting import PromotionsModel, PromotionsSummary
from tukar.till.salespeople import SalespeopleModel
from tukar.till.status import StatusModel


@dataclass
class FakeViews:
    """All views of a sale in one; each attribute is the model shown last, ``shown`` counts them."""

    finding: FindingModel = field(default_factory=FindingModel)
    bill: BillModel | None = None
    customer: CustomerModel = field(default_factory=CustomerModel)
    customers: CustomersModel = field(default_factory=CustomersModel)
    steps: list[str] = field(default_factory=list)
    salespeople: SalespeopleModel = field(default_factory=SalespeopleModel)
    offer: OfferModel = field(default_factory=OfferModel)
    summary: PromotionsSummary = field(default_factory=PromotionsSummary)
    promotions: PromotionsModel = field(default_factory=PromotionsModel)
    status: list[StatusModel] = field(default_factory=list)
    line: LineModel = field(default_factory=LineModel)

    def show_finding(self, model: FindingModel) -> None:
        self.finding = model

    def show_bill(self, model: BillModel) -> None:
        self.bill = model

    def show_line(self, model: LineModel) -> None:
        self.line = model

    def show_customer(self, model: CustomerModel) -> None:
        self.customer = model

    def show_customers(self, model: CustomersModel) -> None:
        self.customers = model
        self.steps.append(model.step)

    def show_salespeople(self, model: SalespeopleModel) -> None:
        self.salespeople = model

    def show_offer(self, model: OfferModel) -> None:
        self.offer = model

    def show_summary(self, model: PromotionsSummary) -> None:
        self.summary = model

    def show_promotions(self, model: PromotionsModel) -> None:
        self.promotions = model

    def show_status(self, model: StatusModel) -> None:
        self.status.append(model)
