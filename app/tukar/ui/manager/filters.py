"""The row of filters over the applied promotions: each says what it lets through, and opens what else there is."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from tukar.till.managing.filtering import Facet, options
from tukar.till.managing.promotions import PromotionsModel
from tukar.till.managing.spans import Span
from tukar.ui.kit import Icon, Look
from tukar.ui.kit.chip import FilterChip
from tukar.ui.translations import Language
from tukar.ui.wording import managing

CUSTOMER_KEY = "Ctrl+K"
_ICONS = {
    Facet.TILL: Icon.SCREEN,
    Facet.RULE: Icon.TAG,
    Facet.STATE: Icon.FILTER,
    Facet.CASHIER: Icon.PERSON,
    Facet.SALESPERSON: Icon.SALESPERSON,
}


class Filters(QWidget):
    """``row`` takes more at its right: the search, where the window is wide.

    ``customer`` is there only while one customer is looked at; Ctrl+K on a row narrows to its own, and back.
    """

    days_requested = Signal()
    facet_requested = Signal(Facet)
    customer_requested = Signal()

    def __init__(self, look: Look, language: Language) -> None:
        super().__init__()
        self._look = look
        self._language = language
        self._model = PromotionsModel()
        self.days = FilterChip(look, "", Icon.CALENDAR)
        self.days.clicked.connect(self.days_requested)
        self.facets = {facet: FilterChip(look, "", icon) for facet, icon in _ICONS.items()}
        self.customer = FilterChip(look, "", Icon.USERS)
        self.customer.clicked.connect(self.customer_requested)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(look.theme.touch.gap)
        self.row.addWidget(self.days)
        for facet, chip in self.facets.items():
            chip.clicked.connect(partial(self.facet_requested.emit, facet))
            self.row.addWidget(chip)
        self.row.addWidget(self.customer)
        self.row.addStretch(1)
        look.changed.connect(self._renew)

    def show_promotions(self, model: PromotionsModel) -> None:
        self._model = model
        self._renew()

    def _renew(self) -> None:
        wanted, choices = self._model.wanted, self._model.choices
        ready = wanted is not None and choices is not None
        for chip in (self.days, self.customer, *self.facets.values()):
            chip.setEnabled(ready)
        if wanted is None or choices is None:
            self.days.set_filter(managing.span(Span.MONTH), narrows=False)
            for facet, chip in self.facets.items():
                chip.set_filter(managing.everything(facet), narrows=False)
            self.customer.hide()
            return
        self.days.set_filter(managing.days(wanted.days, self._language), narrows=False)
        for facet, chip in self.facets.items():
            key = wanted.key(facet)
            found = next((option for option in options(facet, choices) if option.key == key), None)
            label = managing.everything(facet) if found is None else managing.option(facet, found, self._language)
            chip.set_filter(label, narrows=bool(key))
        one = bool(wanted.narrow.member_id)
        self.customer.set_filter(wanted.customer, narrows=one)
        self.customer.setAccessibleName(f"{self.customer.label}, {CUSTOMER_KEY}")
        self.customer.setVisible(one)
