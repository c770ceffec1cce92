"""What is written on the bill beside its lines: a note for the shop, and the tax number of whoever buys.

The note is printed and shown wherever the bill is. The tax number is read by the shop's country
(``domain.tax_number``) and is the buyer's own: it leaves the bill with the customer it was taken down for.
"""

from dataclasses import dataclass, replace
from typing import Final, Protocol

from tukar.domain.free_text import holds_card_number
from tukar.domain.tax_number import NotTaxNumberError, TaxNumberFault, read_tax_number, tax_number_name
from tukar.till.notices import Level, Notice, Say
from tukar.till.sale import Sale, SaleChange

NOTE_LETTERS: Final = 160

_SAY: Final = {
    TaxNumberFault.LENGTH: Say.TAX_NUMBER_LENGTH,
    TaxNumberFault.FORM: Say.TAX_NUMBER_FORM,
    TaxNumberFault.CHECK: Say.TAX_NUMBER_CHECK,
}


@dataclass(frozen=True, slots=True)
class BillWordsModel:
    """Both as typed so far. ``number_name`` is GSTIN, NPWP, or empty where the country has no name for it."""

    is_open: bool = False
    note: str = ""
    tax_number: str = ""
    number_name: str = ""
    notice: Notice | None = None

    @property
    def is_number_wrong(self) -> bool:
        return self.notice is not None and self.notice.say in _SAY.values()


class BillWordsView(Protocol):
    """Where they are typed."""

    def show_bill_words(self, model: BillWordsModel) -> None: ...


class BillWords:
    """Presenter of the sheet. The bill changes once, at ``set``; Esc leaves it as it was."""

    def __init__(self, *, view: BillWordsView, sale: Sale, country: str) -> None:
        self._view = view
        self._sale = sale
        self._country = country
        self._model = BillWordsModel()
        sale.listen(self._bill_changed)

    def open(self) -> None:
        """Ctrl+N, or F1, Note and tax number; an empty bill may have them too."""
        bill = self._sale.bill
        self._show(
            BillWordsModel(
                is_open=True,
                note=bill.note,
                tax_number=bill.buyer_tax_number,
                number_name=tax_number_name(self._country),
                notice=Notice(Say.POINTS_ASKED) if self._sale.locked else None,
            )
        )

    def type_note(self, note: str) -> None:
        self._show(replace(self._model, note=note, notice=None))

    def type_tax_number(self, number: str) -> None:
        self._show(replace(self._model, tax_number=number, notice=None))

    def set(self) -> None:
        """Enter: writes both on the bill, or says what is wrong with one."""
        model = self._model
        if not model.is_open:
            return
        if self._sale.locked:
            self._say(Notice(Say.POINTS_ASKED))
            return
        if holds_card_number(model.note):
            self._say(Notice(Say.CARD_NUMBER_TYPED, Level.WARN))
            return
        try:
            number = read_tax_number(model.tax_number, self._country) if model.tax_number.strip() else ""
        except NotTaxNumberError as wrong:
            self._say(Notice(_SAY[wrong.fault], Level.WARN, text=model.number_name))
            return
        self.close()
        self._sale.write_on_bill(model.note.strip(), number)

    def close(self) -> None:
        self._show(BillWordsModel())

    def _bill_changed(self, change: SaleChange) -> None:
        if self._model.is_open and not change.same_bill:
            self.close()

    def _say(self, notice: Notice) -> None:
        self._show(replace(self._model, notice=notice))

    def _show(self, model: BillWordsModel) -> None:
        self._model = model
        self._view.show_bill_words(model)
