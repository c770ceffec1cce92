"""The page of applied promotions: filters, figures and plots, and the table whose rows open their bills."""

from typing import Final
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from tukar.domain.applied import PromotionOutcome, PromotionRecord, Settlement
from tukar.till.managing.promotions import PromotionsModel
from tukar.ui.kit import Colour, Field, Icon, Look, NoticeStrip, PrimaryAction, QuietButton, Role, SizeClass, Tone
from tukar.ui.kit.table import Cell, Column, Table
from tukar.ui.manager.empty import Empty
from tukar.ui.manager.filters import Filters
from tukar.ui.manager.overview import Overview
from tukar.ui.notice_tone import tell
from tukar.ui.translations import Language
from tukar.ui.wording import managing, receipts

SEARCH_KEY: Final = "F2"
BEYOND: Final = 12
"""So far the table reaches beyond the grid of the page, for its selection (visual.md, "Table")."""

_ICONS: Final = {
    PromotionOutcome.TAKEN: (Icon.CHECK, Colour.INK),
    PromotionOutcome.DECLINED: (Icon.DASH, Colour.INK_2),
    PromotionOutcome.LOST: (Icon.X, Colour.DANGER),
    PromotionOutcome.OPEN: (Icon.DASH, Colour.INK_2),
    PromotionOutcome.BY_ITSELF: (Icon.CHECK, Colour.INK),
    PromotionOutcome.RETURNED: (Icon.RETURN, Colour.INK),
}
_STANDS: Final = {
    Settlement.NEEDS_MANAGER: (Icon.ALERT, Colour.DANGER),
    Settlement.SHORT: (Icon.CLOCK_ALERT, Colour.WARN),
    Settlement.GIVEN_BACK: (Icon.RETURN, Colour.INK),
    Settlement.WAITING: (Icon.CLOUD_UP, Colour.INK),
}


class PromotionsPage(QWidget):
    """The view of ``till.managing.promotions.Promotions`` but for what lies over it.

    ``search`` stands in the room's head where the window is not wide, and among the filters where it is.
    """

    searched = Signal(str)
    row_chosen = Signal(int)
    row_opened = Signal(int)
    more_requested = Signal()
    review_requested = Signal()
    export_requested = Signal()

    def __init__(self, look: Look, language: Language, time_zone: ZoneInfo) -> None:
        super().__init__()
        self._look = look
        self._language = language
        self._time_zone = time_zone
        self._model = PromotionsModel()
        self._waiting = 0
        self._covered = False
        self.search = Field(look, "", icon=Icon.SEARCH, key=SEARCH_KEY)
        self.search.edited.connect(self.searched)
        self.search.line.installEventFilter(self)
        self.strip = NoticeStrip(look)
        self.review = _InStrip(look, "")
        self.review.clicked.connect(self.review_requested)
        self.strip.set_button(self.review)
        self.notice = NoticeStrip(look)
        self.filters = Filters(look, language)
        self.export = QuietButton(look, "", icon=Icon.DOWNLOAD)
        self.export.clicked.connect(self.export_requested)
        self.overview = Overview(look, language)
        self.table = Table(look, "", self._columns())
        self.table.chosen.connect(self.row_chosen)
        self.table.picked.connect(self.row_opened)
        self.table.near_end.connect(self.more_requested)
        self.table.focused.connect(self._move_green)
        self.empty = Empty(look, Icon.SEARCH)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._lay_out()
        language.changed.connect(self._renew)
        look.changed.connect(self._arrange)
        self._renew()
        self._arrange()

    def show_promotions(self, model: PromotionsModel) -> None:
        before, self._model = self._model, model
        self.filters.show_promotions(model)
        if (model.summary, model.measure, model.wanted) != (before.summary, before.measure, before.wanted):
            self.overview.show_promotions(model)
        if (model.records, model.choices) != (before.records, before.choices):
            self.table.show_rows([self._row(record) for record in model.records])
        self.table.choose(model.chosen)
        nothing = not model.records and model.choices is not None and not model.busy
        self._tables.setCurrentWidget(self.empty if nothing else self._beyond)
        text = "" if model.wanted is None else model.wanted.narrow.text
        if text != self.search.text().strip():
            self.search.set_text(text)
        if model.notice != before.notice:
            tell(self.notice, model.notice, self._language)

    def words(self) -> str:
        """The filters in force, as a line under a title."""
        chips = (self.filters.days, *self.filters.facets.values(), self.filters.customer)
        text = self.search.text().strip()
        return "   ".join(filter(None, (*(chip.label for chip in chips if not chip.isHidden()), text)))

    def show_waiting(self, count: int) -> None:
        """So many cases wait for a manager."""
        self._waiting = count
        self.strip.show_notice(Tone.DANGER, managing.to_review(count, self._language) if count else "")

    def enter(self) -> None:
        """The next step: what waits, or the bill behind the row while the keys go to the table."""
        if self._waiting and not self.table.hasFocus():
            self.review_requested.emit()
        elif self._model.chosen >= 0:
            self.row_opened.emit(self._model.chosen)

    def seek(self) -> None:
        """F2."""
        self.search.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.line.selectAll()

    def take_focus(self) -> None:
        """Enter belongs to what waits; arrows lead into the table, letters into the search."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def cover(self, *, covered: bool) -> None:
        """A sheet lies over the page, or no longer: one thing is green at a time."""
        self._covered = covered
        self._move_green(self.table.hasFocus())

    def eventFilter(self, watched: QObject, event: object) -> bool:
        """From the search the arrow down leads into the rows found; Esc takes the search back before it leaves."""
        if isinstance(event, QKeyEvent) and event.type() == QKeyEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Down:
                self.table.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
            if event.key() == Qt.Key.Key_Escape and self.search.text():
                self.search.set_text("")
                self.searched.emit("")
                return True
        return super().eventFilter(watched, event)  # type: ignore[arg-type] # Qt hands over an event

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A letter begins a search wherever the keys go."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        elif event.text().strip() and event.text().isprintable() and not event.modifiers() & _WITH:
            self.search.line.setFocus(Qt.FocusReason.OtherFocusReason)
            self.search.line.selectAll()
            self.search.line.insert(event.text())
            self.searched.emit(self.search.text())
        else:
            super().keyPressEvent(event)

    def minimumSizeHint(self) -> QSize:
        return QSize(640, 320)

    def _lay_out(self) -> None:
        self._beyond = QWidget()
        inner = QHBoxLayout(self._beyond)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self.table)
        below = QWidget()
        self._tables = QStackedLayout(below)
        self._tables.addWidget(self._beyond)
        self._tables.addWidget(self.empty)
        self._upper = QVBoxLayout()
        for part in (self.strip, self.notice, self.filters, self.overview):
            self._upper.addWidget(part)
        self._rows = QVBoxLayout(self)
        self._rows.setSpacing(0)
        self._rows.addLayout(self._upper)
        self._rows.addWidget(below, 1)

    def _arrange(self) -> None:
        size = self._look.theme.size
        wide = size is SizeClass.WIDE
        pad = page_pad(size)
        self._upper.setContentsMargins(pad, 0, pad, 0)
        self._upper.setSpacing(24 if wide else 12)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(16 if wide else 4)
        layout = self._beyond.layout()
        if layout is not None:
            layout.setContentsMargins(pad - BEYOND, 0, pad - BEYOND, 0)
        row = self.filters.row
        row.setStretch(row.count() - 1, 0 if wide else 1)
        if wide and row.indexOf(self.search) < 0:
            row.insertWidget(row.count() - 1, self.search, 1)
            row.insertWidget(row.count() - 1, self.export)
            self.search.show()
        elif not wide:
            row.removeWidget(self.search)
            row.removeWidget(self.export)
        self.export.setVisible(wide)

    def _move_green(self, in_table: bool) -> None:
        here = not in_table and not self._covered
        self.review.set_next(is_next=here, key="Enter" if here else "")

    def _renew(self) -> None:
        self.table.set_columns(self._columns())
        self.table.set_name(QCoreApplication.translate("Manager", "Applied promotions"))
        self.table.show_sorted(0, descending=True)
        words = QCoreApplication.translate("Manager", "Bill, customer, cashier")
        self.search.set_words(words, words)
        self.export.set_label(QCoreApplication.translate("Manager", "Export"))
        self.review.set_label(QCoreApplication.translate("Manager", "Review"))
        self.empty.say(
            QCoreApplication.translate("Manager", "Nothing found"),
            QCoreApplication.translate(
                "Manager", "No promotion fits these filters. Choose other days, or fewer filters."
            ),
        )
        model, self._model = self._model, PromotionsModel()
        self.show_promotions(model)
        tell(self.notice, model.notice, self._language)
        self.show_waiting(self._waiting)

    def _columns(self) -> tuple[Column, ...]:
        wide = self._look.theme.size is SizeClass.WIDE
        return (
            Column(QCoreApplication.translate("Manager", "When"), 156 if wide else 124, sortable=False),
            Column(QCoreApplication.translate("Manager", "Bill"), 140 if wide else 112, sortable=False),
            Column(QCoreApplication.translate("Manager", "Promotion"), 148, 4, sortable=False),
            Column(QCoreApplication.translate("Manager", "Customer"), 128, 3, sortable=False),
            Column(QCoreApplication.translate("Manager", "Points"), 76, 1, figures=True, sortable=False),
            Column(QCoreApplication.translate("Manager", "Value"), 128, 1, figures=True, sortable=False),
            Column(QCoreApplication.translate("Manager", "Cashier"), 104, 1, sortable=False),
            Column(QCoreApplication.translate("Manager", "State"), 208 if wide else 176, 1, sortable=False),
        )

    def _row(self, record: PromotionRecord) -> tuple[Cell, ...]:
        write = self._language.format
        at = record.at.astimezone(self._time_zone)
        today = self._model.choices.today if self._model.choices is not None else at.date()
        if record.spent is not None and record.spent:
            points = Cell(write.points(record.spent))
        elif record.earned is not None and record.earned:
            points = Cell(f"+{write.points(record.earned)}", colour=Colour.INK_2)
        else:
            points = Cell("")
        icon, colour = _STANDS.get(record.settlement, _ICONS[record.outcome])
        return (
            Cell(managing.when(at, today, self._language), colour=Colour.INK_2),
            Cell(receipts.short_number(record.number), colour=Colour.INK_2),
            Cell(self._language.name(record.name)),
            Cell(record.customer_name or record.masked_mobile),
            points,
            Cell(write.money(record.discount) if record.discount else "", strong=True),
            Cell(record.cashier_name, colour=Colour.INK_2),
            Cell(managing.state(record), icon, colour),
        )


class _InStrip(PrimaryAction):
    """The next step inside a strip: its words as large as the strip's."""

    def role(self) -> Role:
        return Role.STRONG


_WITH: Final = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


def page_pad(size: SizeClass) -> int:
    """The margin at both sides of a page."""
    return {SizeClass.COMPACT: 20, SizeClass.REGULAR: 24, SizeClass.WIDE: 48}[size]
