"""The offer that appears by itself: what the customer gives, what they get, and what the bill becomes."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tukar.domain.offer import Offer
from tukar.till.offering import OfferModel
from tukar.ui.kit import (
    Card,
    Colour,
    HitDelegate,
    HitRow,
    Icon,
    Ink,
    Ledger,
    LedgerRow,
    Look,
    NeutralButton,
    PrimaryAction,
    Role,
    RowList,
    Text,
)
from tukar.ui.translations import Language
from tukar.ui.wording import offers, people

_PLUM = Ink(Role.AMOUNT, Colour.POINTS)
_GIFTS_SHOWN = 2


class OfferCard(Card):
    """Apply or Cancel. It comes without the focus; the window says when Enter and Esc are its own (``arm``)."""

    apply_requested = Signal()
    decline_requested = Signal()
    gift_chosen = Signal(int)

    def __init__(self, look: Look, floor: QWidget, language: Language) -> None:
        super().__init__(look, floor, "")
        self._language = language
        self._model = OfferModel()
        self._label = Text(look, "", Ink(Role.LABEL, Colour.POINTS, may_cut=True))
        self._label.set_icon(Icon.GIFT)
        self._headline = Text(look, "", Ink(Role.TITLE), wrap=True)
        self._figures = Ledger(look, spacing=4)
        self._gifts = RowList(look, HitDelegate(look, pad=12), "")
        self._gifts.chosen.connect(self.gift_chosen)
        self._keep = Text(look, "", Ink(Role.CAPTION, Colour.INK_2), wrap=True)
        self.cancel = NeutralButton(look, "", key="Esc")
        self.cancel.set_height(64)
        self.cancel.clicked.connect(self.decline_requested)
        self.apply = PrimaryAction(look, "")
        self.apply.put_in_sheet()
        self.apply.clicked.connect(self.apply_requested)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.apply, 1)
        self._rows = QVBoxLayout(self)
        self._rows.setSpacing(0)
        for widget, space in ((self._label, 6), (self._headline, 10), (self._figures, 6), (self._gifts, 8)):
            self._rows.addWidget(widget)
            self._rows.addSpacing(space)
        self._rows.addWidget(self._keep)
        self._rows.addStretch(1)
        self._rows.addLayout(buttons)
        language.changed.connect(self._renew)
        look.changed.connect(self._renew)
        self._renew()

    def show_offer(self, model: OfferModel) -> None:
        """Writes the offer; the window puts the card into its place."""
        self._model = model
        self._renew()

    def arm(self, *, armed: bool) -> None:
        """Whether Enter applies it now; else Apply is neutral and prints no key."""
        self.apply.set_next(is_next=armed, key="Enter" if armed else "")
        self.cancel.set_key("Esc" if armed else "")

    def _renew(self) -> None:
        pad = self.look.theme.layout.pad
        self._rows.setContentsMargins(pad, 21, pad, 20)
        self.cancel.set_label(QCoreApplication.translate("Offer", "Cancel"))
        self.apply.set_label(QCoreApplication.translate("Offer", "Apply"))
        model = self._model
        if model.offer is None:
            return
        someone = QCoreApplication.translate("Offer", "An offer for {name}").format(name=model.customer_name)
        anyone = QCoreApplication.translate("Offer", "An offer for this bill")
        self._label.setText(someone if model.customer_name else anyone)
        gift = model.gifts[model.gift].name if model.gift < len(model.gifts) else ""
        self._headline.setText(offers.headline(model.offer, gift, self._language))
        self.setAccessibleName(f"{self._label.text()}: {self._headline.text()}")
        self._figures.show_rows(self._ledger(model.offer, gift))
        self._show_gifts()
        self._keep.setText(self._foot())
        self._keep.setVisible(bool(self._keep.text()))

    def _ledger(self, offer: Offer, gift: str) -> list[LedgerRow]:
        model, write = self._model, self._language.format
        several = len(model.gifts) > 1
        name = people.given_name(model.customer_name)
        rows = []
        if offer.cost is not None:
            gives = QCoreApplication.translate("Offer", "{name} gives").format(name=name)
            left = QCoreApplication.translate("Offer", "{points} left")
            note = (
                "" if model.balance_after is None or several else left.format(points=write.points(model.balance_after))
            )
            cost = people.with_points(offer.cost, self._language)
            rows.append(LedgerRow(gives, cost, figure_ink=Ink(Role.AMOUNT), note=note))
        becomes = QCoreApplication.translate("Offer", "Becomes")
        total = write.money(offer.total_after)
        if several:
            # The choice needs the room; what is given free stands in the headline.
            return [*rows, LedgerRow(becomes, total, Ink(Role.STRONG), Ink(Role.AMOUNT))]
        gets = QCoreApplication.translate("Offer", "{name} gets").format(name=name) if name else offers.takes_off()
        whole = gift or QCoreApplication.translate("Offer", "off the whole bill")
        rows.append(LedgerRow(gets, write.off(offer.takes_off), figure_ink=_PLUM, note=whole))
        if model.now is not None:
            now = QCoreApplication.translate("Offer", "Total now")
            rows.append(LedgerRow(now, write.money(model.now), rule=True))
        return [*rows, LedgerRow(becomes, total, Ink(Role.STRONG), Ink(Role.FIGURE))]

    def _show_gifts(self) -> None:
        model, write = self._model, self._language.format
        several = len(model.gifts) > 1
        self._gifts.setVisible(several)
        self._gifts.setAccessibleName(QCoreApplication.translate("Offer", "Items to choose from"))
        if not several:
            return
        self._gifts.show_rows(
            [
                HitRow(item.name, (), price := write.unit_price(item.charged_price), "", f"{item.name}, {price}")
                for item in model.gifts
            ]
        )
        self._gifts.choose(model.gift)
        self._gifts.setFixedHeight(min(len(model.gifts), _GIFTS_SHOWN) * self.look.theme.layout.hit)

    def _foot(self) -> str:
        model = self._model
        if len(model.gifts) > 1:
            return ""
        sentences = []
        if model.or_keep is not None:
            sentences.append(offers.or_keep(model.or_keep, self._language))
        if model.waiting == 1:
            sentences.append(QCoreApplication.translate("Offer", "One more offer waits."))
        elif model.waiting > 1:
            more = QCoreApplication.translate("Offer", "{count} more offers wait.")
            sentences.append(more.format(count=self._language.format.number(model.waiting)))
        return " ".join(sentences)
