"""The way from a bill that is paid to one that is saved, printed and delivered: SAVING and SAVED of the checkout."""

from tukar.domain.people import Action, Right, StaffMember
from tukar.domain.receipt import Receipt
from tukar.domain.redemption import BillAnswer
from tukar.till.checkout_model import CheckoutState, IllegalCheckoutError
from tukar.till.covering import Covering
from tukar.till.deadlines import to_save
from tukar.till.drafts import DraftKeeper
from tukar.till.gear import Gear
from tukar.till.notices import Level, Notice, Say
from tukar.till.ports import DiskTrouble, PrinterState
from tukar.till.refusals import disk_notice
from tukar.till.sale import Sale
from tukar.till.saving import Saving, Wake, delivered_notice, redemptions_of, saved_notice
from tukar.till.stage import Stage
from tukar.till.tendering import Tendering


class Finishing:
    """Saves what is paid and covered; ``receipt`` and ``printed`` are what has come of it, None until then."""

    def __init__(
        self,
        sale: Sale,
        stage: Stage,
        gear: Gear,
        covering: Covering,
        tendering: Tendering,
        drafts: DraftKeeper,
        saving: Saving,
        outbox: Wake,
    ) -> None:
        self._sale = sale
        self._stage = stage
        self._gear = gear
        self._covering = covering
        self._rows = covering.redeeming.rows
        self._tendering = tendering
        self._drafts = drafts
        self._saving = saving
        self._outbox = outbox
        self.receipt: Receipt | None = None
        self.printed: PrinterState | None = None

    def save(self) -> None:
        """PAYING → SAVING → SAVED for a bill without anything left to pay, once all it needs is held."""
        if self._tendering.valuing.lapsed(self._tendering.tenders):
            self._stage.say(Notice(Say.VALUE_RAN_OUT, Level.WARN))
        else:
            # Giving back may take longer than a hold stands: it is looked at before and after.
            self._covering.cover(to_save, lambda: self._tendering.give_back(self._write_covered))

    def save_late(self, manager: StaffMember) -> None:
        """The same on a hold that has run out, which ``manager`` answers for; without the right it is refused."""
        if manager.right(Action.SAVE_LATE) is not Right.ALLOWED:
            self._stage.say(Notice(Say.NOT_ALLOWED, Level.WARN))
            return
        uncovered = self._covering.uncovered(lambda _: None)
        if uncovered:
            raise IllegalCheckoutError("a bill is saved late on a hold that once stood")
        bill_id = self._sale.bill.bill_id

        def written(_: None) -> None:
            # The bill is saved only once the journal has who answers for it.
            if self._stage.state in (CheckoutState.PAYING, CheckoutState.UNSURE) and self._tendering.payment.settled:
                self._covering.leave_unsure(lambda: self._tendering.give_back(self._write))

        self._gear.writer.write(
            lambda: lambda: self._gear.journal.audit(manager.staff_id, Action.SAVE_LATE, bill_id),
            written,
            lambda trouble: self._stage.say(disk_notice(trouble)),
        )

    def delivered(self, answer: BillAnswer) -> None:
        """The backend has stored a bill: when it is the one just saved, its points are taken now."""
        if self.receipt is None or self.receipt.bill_id != answer.bill_id:
            return
        self._rows.settled(answer)
        self._stage.say(delivered_notice(self.receipt, answer) or self._stage.notice)

    def forget(self) -> None:
        """Another bill begins."""
        self.receipt = self.printed = None

    def _write_covered(self) -> None:
        self._covering.cover(to_save, self._write)

    def _write(self) -> None:
        self._stage.go(CheckoutState.SAVING)
        self._tendering.settle()
        tenders, exchange = self._tendering.payment.tenders, self._tendering.exchange
        shown = redemptions_of(self._covering.needing.all, self._rows.held)
        self._saving.save(self._sale.priced, tenders, shown, self._saved, self._not_saved, exchange)

    def _saved(self, receipt: Receipt, returned: Receipt | None) -> None:
        self.receipt = receipt
        self._tendering.exchange = None
        self._drafts.finished(receipt.bill_id)
        self._rows.billed(receipt)
        self._stage.go(CheckoutState.SAVED, saved_notice(receipt, online=self._gear.line.online))
        for paper in filter(None, (receipt, returned)):
            self._saving.print(paper, self._was_printed)
        self._outbox.wake()

    def _not_saved(self, _: DiskTrouble) -> None:
        self._stage.go(CheckoutState.PAYING, Notice(Say.BILL_NOT_SAVED_DISK, Level.DANGER))

    def _was_printed(self, state: PrinterState, notice: Notice | None) -> None:
        self.printed = state
        if self._stage.state is CheckoutState.SAVED and notice is not None:
            self._stage.say(notice)
        else:
            self._stage.changed()
