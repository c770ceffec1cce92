"""The counter beyond selling, joined: the shift with its sheet and who must sign in how, and work on the whole bill."""

from collections.abc import Mapping
from dataclasses import dataclass

from tukar.bootstrap.counter import Counter
from tukar.domain.scale_code import ScalePattern, ScalePatternError
from tukar.till.bill_words import BillWords
from tukar.till.bill_work import BillWork
from tukar.till.checkout_model import CheckoutState
from tukar.till.key_settings import KeySettings
from tukar.till.permitting import Permitting
from tukar.till.ports import Settings, ShiftPrinter, StaffDirectory
from tukar.till.preferences import Preferences
from tukar.till.redeem_screen import Redeem
from tukar.till.shift_screen import ShiftScreen, ShiftTools
from tukar.till.signing_in import SigningIn
from tukar.till.staffing import StaffingModel
from tukar.ui.bill_sheet import BillSheet
from tukar.ui.bill_words_sheet import BillWordsSheet
from tukar.ui.keys_sheet import KeysSheet
from tukar.ui.kit import Look
from tukar.ui.main_window import MainWindow
from tukar.ui.receipt_rows import Names
from tukar.ui.shift_sheet import DrawShift, ShiftSheet
from tukar.ui.translations import Language


@dataclass(frozen=True, slots=True)
class BesideTheSale:
    """Presenters of what is done at a counter beside selling."""

    shift: ShiftScreen
    bill_work: BillWork
    bill_words: BillWords
    keys: KeySettings


def open_shift_sheet(window: MainWindow, look: Look, language: Language, draw: DrawShift) -> ShiftSheet:
    """The sheet, in the window but joined to nobody yet."""
    sheet = ShiftSheet(look, window, language, draw)
    window.adopt(sheet)
    return sheet


def shift_screen(
    counter: Counter, sheet: ShiftSheet, staff: StaffDirectory, printer: ShiftPrinter, permits: Permitting
) -> ShiftScreen:
    """The presenter behind ``sheet``, joined to it."""

    def may_close() -> bool:
        return counter.checkout.state is CheckoutState.SELLING and counter.sale.bill.is_empty

    def left() -> None:
        if counter.shift.is_required:
            counter.staffing.sign_out()

    screen = ShiftScreen(
        sheet,
        ShiftTools(
            desk=counter.shift,
            journal=counter.ports.journal,
            printer=printer,
            background=counter.ports.background,
            clock=counter.ports.clock,
            permits=permits,
            profile=counter.profile,
            cashier=counter.staffing.cashier,
            names=lambda: {member.staff_id: member.name for member in staff.staff()},
            sellers=lambda: _sellers(staff),
            may_close=may_close,
            left=left,
        ),
    )
    sheet.chosen.connect(screen.choose)
    sheet.typed.connect(screen.type)
    sheet.reason_typed.connect(screen.give_reason)
    sheet.counted.connect(screen.count)
    sheet.next_requested.connect(screen.go_on)
    sheet.back_requested.connect(screen.back)
    sheet.print_requested.connect(screen.print)
    sheet.keep_requested.connect(screen.keep)
    return screen


def follow_shift(counter: Counter, screen: ShiftScreen, signing_in: SigningIn) -> None:
    """Whoever signs in is admitted to the open shift, or opens one where the shop asks for it; then sending goes on."""
    present: list[str] = [""]

    def staff_changed(model: StaffingModel) -> None:
        inside = model.cashier is not None and not model.locked
        now = model.cashier.staff_id if model.cashier is not None and inside else ""
        before, present[0] = present[0], now
        if now and now != before:
            counter.shift.admit(now)
            screen.demand()

    def shift_changed(_shift: object) -> None:
        signing_in.renew()
        if present[0]:
            counter.shift.admit(present[0])
            screen.demand()
        counter.outbox.wake()  # a closed one is on its way

    counter.staffing.listen(staff_changed)
    counter.shift.listen(shift_changed)


def bill_work(counter: Counter, window: MainWindow, sheet: BillSheet, permits: Permitting) -> BillWork:
    """The presenter of work on the bill as a whole, joined to its sheet."""
    window.adopt(sheet)
    work = BillWork(
        view=sheet,
        sale=counter.sale,
        checkout=counter.checkout,
        journal=counter.ports.journal,
        background=counter.ports.background,
        permits=permits,
    )
    sheet.by_chosen.connect(work.choose_by)
    sheet.typed.connect(work.type)
    sheet.reason_typed.connect(work.give_reason)
    sheet.done_requested.connect(work.do)
    sheet.closed.connect(work.close)
    return work


def bill_words(counter: Counter, window: MainWindow, sheet: BillWordsSheet) -> BillWords:
    """The presenter of note and tax number, joined to its sheet."""
    window.adopt(sheet)
    words = BillWords(view=sheet, sale=counter.sale, country=counter.profile.country)
    sheet.note_typed.connect(words.type_note)
    sheet.tax_number_typed.connect(words.type_tax_number)
    sheet.set_requested.connect(words.set)
    sheet.closed.connect(words.close)
    return words


def key_settings(window: MainWindow, sheet: KeysSheet, kept: Preferences) -> KeySettings:
    """The presenter of the sheet of keys, joined to it."""
    window.adopt(sheet)
    keys = KeySettings(sheet, kept, kept.settings.keys, kept.settings.scanner_gap_ms)
    sheet.changing.connect(keys.change)
    sheet.pressed.connect(keys.press)
    sheet.reset_requested.connect(keys.reset)
    sheet.measured.connect(keys.measured)
    sheet.suggestion_taken.connect(keys.use_suggested)
    sheet.closed.connect(keys.close)
    return keys


def redeeming(counter: Counter, window: MainWindow) -> Redeem:
    """The presenter of points with a code."""
    return Redeem(
        view=window.redeem,
        sale=counter.sale,
        checkout=counter.checkout,
        clock=counter.ports.clock,
        background=counter.ports.background,
        notes=counter.profile.notes,
    )


def scale_patterns(text: str) -> tuple[ScalePattern, ...]:
    """As the setting says; one that is no pattern leaves all of them out, and such codes are unknown items then."""
    try:
        return ScalePattern.read_all(text)
    except ScalePatternError:
        return ()


def names_of(staff: StaffDirectory, settings: Settings) -> Names:
    """What the paper calls everybody."""
    return Names(
        settings.approver_on_receipt, {member.staff_id: member.name for member in staff.staff()}, _sellers(staff)
    )


def _sellers(staff: StaffDirectory) -> Mapping[str, str]:
    return {person.salesperson_id: person.name for person in staff.salespeople()}
