"""The manager's room as one screen: head, page, key bar, and what lies over them."""

from collections.abc import Callable
from functools import partial
from typing import Final
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QKeySequence, QPaintEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from tukar.till.managing.promotions import Bookmarks, Picker, PromotionsModel
from tukar.till.managing.reconciling import ReconcilingModel
from tukar.till.managing.reports import ReportsModel
from tukar.till.managing.requests import RequestsModel
from tukar.till.managing.reviews import ReviewsModel
from tukar.till.managing.room import Page, RoomModel
from tukar.till.managing.spans import Calendar
from tukar.till.receipt_screen import ReceiptModel
from tukar.ui.kit import (
    Colour,
    Icon,
    Ink,
    KeyBarButton,
    KeyRow,
    Look,
    NeutralButton,
    NoticeStrip,
    Role,
    Sheet,
    SizeClass,
    Text,
)
from tukar.ui.kit.paint import painting
from tukar.ui.manager.asking import APPROVE_KEY, REFUSE_KEY, DoorSheet, RequestCard, RequestSheet
from tukar.ui.manager.bill import BillSheet
from tukar.ui.manager.exporting import ExportSheet
from tukar.ui.manager.filters import CUSTOMER_KEY
from tukar.ui.manager.paper import TableSheet
from tukar.ui.manager.picking import DaysSheet, PickSheet, ViewsSheet
from tukar.ui.manager.promotions import SEARCH_KEY, PromotionsPage, page_pad
from tukar.ui.manager.reconciling import ReconcilingPage
from tukar.ui.manager.reports import PlanSheet, ReportsPage
from tukar.ui.manager.reviews import ReviewsPage
from tukar.ui.notice_tone import tell
from tukar.ui.translations import Language
from tukar.ui.wording import managing

PAGE_KEYS: Final = {Page.PROMOTIONS: "F3", Page.REVIEWS: "F4", Page.RECONCILING: "F5", Page.REPORTS: "F6"}
PICTURE_KEY: Final = "F7"
VIEWS_KEY: Final = "F8"
EXPORT_KEY: Final = "F9"
PRINT_KEY: Final = "F10"
FULL_SCREEN_KEY: Final = "F11"
LOCK_KEY: Final = "F12"
_PAGE_ICONS: Final = {
    Page.PROMOTIONS: Icon.TAG,
    Page.REVIEWS: Icon.EYE,
    Page.RECONCILING: Icon.REPLACE,
    Page.REPORTS: Icon.NOTE,
}
_CARD_MARGIN: Final = 16


class ManagerScreen(QWidget):
    """Fills its window. ``back`` says what Esc does: back to the till, or out of a window of its own.

    ``draw_receipt`` makes the picture and the spoken text of a bill.
    """

    page_requested = Signal(Page)
    back_requested = Signal()
    picture_requested = Signal()
    views_requested = Signal()
    export_requested = Signal()
    print_requested = Signal()
    full_screen_requested = Signal()
    lock_requested = Signal()

    def __init__(
        self,
        look: Look,
        language: Language,
        *,
        time_zone: ZoneInfo,
        draw_receipt: Callable[[ReceiptModel], tuple[QImage, str]],
        stands_alone: bool = False,
    ) -> None:
        super().__init__()
        self._look = look
        self._language = language
        self._stands_alone = stands_alone
        self._model = RoomModel()
        self._waiting = 0
        self._differing = 0
        self.promotions = PromotionsPage(look, language, time_zone)
        self.reviews = ReviewsPage(look, language, time_zone)
        self.reconciling = ReconcilingPage(look, language, time_zone)
        self.reports = ReportsPage(look, language, time_zone)
        self._build_head()
        self._build_bar()
        self._lay_out()
        self.pick = PickSheet(look, self, language)
        self.days = DaysSheet(look, self, language)
        self.report_days = DaysSheet(look, self, language)
        self.views = ViewsSheet(look, self, language)
        self.plan = PlanSheet(look, self, language)
        self.bill = BillSheet(look, self, language, time_zone, draw_receipt)
        self.export = ExportSheet(look, self, language)
        self.request = RequestSheet(look, self, language)
        self.door = DoorSheet(look, self, language)
        self.card = RequestCard(look, self, language)
        self._sheets: tuple[Sheet, ...] = (
            self.pick, self.days, self.report_days, self.views, self.plan, self.bill, self.export, self.request,
            self.door,
        )  # fmt: skip
        for sheet in self._sheets:
            sheet.installEventFilter(self)
        self._bind()
        look.changed.connect(self._arrange)
        language.changed.connect(self._renew)
        self._renew()
        self._arrange()

    # What the presenters show

    def show_room(self, model: RoomModel) -> None:
        before, self._model = self._model, model
        self._pages.setCurrentWidget(self._by_page[model.page])
        self.reviews.allow(may=model.may_resolve)
        self.reconciling.allow(may=model.may_resolve)
        self._arrange()
        self._renew()
        if model.manager is not None and (model.page, model.manager) != (before.page, before.manager):
            self._by_page[model.page].take_focus()

    def show_promotions(self, model: PromotionsModel) -> None:
        self.promotions.show_promotions(model)
        self.pick.show_picker(model.over if isinstance(model.over, Picker) else None)
        self.days.show_calendar(model.over if isinstance(model.over, Calendar) else None)
        self.views.show_bookmarks(model.over if isinstance(model.over, Bookmarks) else None)
        if self._model.page is Page.PROMOTIONS:
            self.bill.show_bill(model.receipt)

    def show_reviews(self, model: ReviewsModel) -> None:
        self.reviews.show_reviews(model)
        if self._model.page is Page.REVIEWS:
            self.bill.show_bill(model.receipt)
        if model.open != self._waiting:
            self._waiting = model.open
            self.promotions.show_waiting(model.open)
            self._renew()

    def show_reconciling(self, model: ReconcilingModel) -> None:
        self.reconciling.show_reconciling(model)
        if self._model.page is Page.RECONCILING:
            self.bill.show_bill(model.receipt)

    def show_reports(self, model: ReportsModel) -> None:
        self.reports.show_reports(model)
        self.report_days.show_calendar(model.calendar)
        self.plan.show_plan(model.plan)

    def show_requests(self, model: RequestsModel) -> None:
        tell(self.said, model.said, self._language)
        self.card.show_requests(model)
        self.request.show_requests(model)
        self._arrange()

    def on_paper(self, page: Page, most: int) -> TableSheet:
        """What the page shows, at most so many rows of it, to be printed."""
        reports = page is Page.REPORTS
        table = self.reports.table if reports else self.promotions.table
        headings, right, rows = table.texts()
        words = self.reports.words() if reports else self.promotions.words()
        return TableSheet(
            managing.page(page),
            words,
            headings,
            right,
            rows[:most],
            totals=reports and self.reports.has_totals,
            page=QCoreApplication.translate("Manager", "Page {page} of {pages}"),
        )

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._by_page[self._model.page].enter()
        elif event.key() == Qt.Key.Key_Escape:
            self.back_requested.emit()
        elif event.key() == Qt.Key.Key_F11:
            self.full_screen_requested.emit()
        elif event.key() == Qt.Key.Key_F12:
            self.lock_requested.emit()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """While a sheet is open the page below has no green: Enter is the sheet's (visual.md, "Dialog")."""
        if event.type() in (QEvent.Type.Show, QEvent.Type.Hide) and isinstance(watched, Sheet):
            shown = event.type() == QEvent.Type.Show
            covered = shown or any(sheet.isVisible() for sheet in self._sheets if sheet is not watched)
            for page in self._by_page.values():
                page.cover(covered=covered)
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_card()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self, self._look) as brush:
            brush.fill(QRectF(self.rect()), Colour.PLANE)

    # Parts

    def _build_head(self) -> None:
        look = self._look
        self._title = Text(look, "", Ink(Role.TITLE))
        self._who = Text(look, "", Ink(Role.BODY, may_cut=True))
        self._who.set_icon(Icon.PERSON)
        self.back = NeutralButton(look, "", key="Esc")
        self.back.set_height(look.theme.touch.min)
        self.back.clicked.connect(self.back_requested)
        self.said = NoticeStrip(look)
        self._below_head = QHBoxLayout()
        self._below_head.addWidget(self.said)
        self._head = QHBoxLayout()
        self._head.setSpacing(16)
        self._head.addWidget(self._title)
        self._head.addStretch(1)
        self._head.addWidget(self._who)
        self._head.addWidget(self.back)

    def _build_bar(self) -> None:
        look = self._look
        self.bar = KeyRow(look)
        self.search_key = KeyBarButton(look, "", key=SEARCH_KEY, icon=Icon.SEARCH)
        self.page_keys = {
            page: KeyBarButton(look, "", key=key, icon=_PAGE_ICONS[page]) for page, key in PAGE_KEYS.items()
        }
        self.picture_key = KeyBarButton(look, "", key=PICTURE_KEY, icon=Icon.CHART)
        self.views_key = KeyBarButton(look, "", key=VIEWS_KEY, icon=Icon.STAR)
        self.export_key = KeyBarButton(look, "", key=EXPORT_KEY, icon=Icon.DOWNLOAD)
        self.print_key = KeyBarButton(look, "", key=PRINT_KEY, icon=Icon.PRINTER)
        self.full_key = KeyBarButton(look, "", key=FULL_SCREEN_KEY, icon=Icon.FULLSCREEN)
        self.lock_key = KeyBarButton(look, "", key=LOCK_KEY, icon=Icon.LOCK)
        self.bar.take(
            (
                (self.search_key,),
                tuple(self.page_keys.values()),
                (self.picture_key, self.views_key),
                (self.export_key, self.print_key),
                (self.full_key, self.lock_key),
            )
        )

    def _lay_out(self) -> None:
        self._by_page: dict[Page, PromotionsPage | ReviewsPage | ReconcilingPage | ReportsPage] = {
            Page.PROMOTIONS: self.promotions,
            Page.REVIEWS: self.reviews,
            Page.RECONCILING: self.reconciling,
            Page.REPORTS: self.reports,
        }
        pages = QWidget()
        self._pages = QStackedLayout(pages)
        for page in self._by_page.values():
            self._pages.addWidget(page)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addLayout(self._head)
        rows.addLayout(self._below_head)
        rows.addWidget(pages, 1)
        rows.addWidget(self.bar)

    def _bind(self) -> None:
        """Keys of the bar; each button and its key do the same."""
        acts: tuple[tuple[str, KeyBarButton | None, Callable[[], object]], ...] = (
            (SEARCH_KEY, self.search_key, self.promotions.seek),
            *((key, self.page_keys[page], partial(self.page_requested.emit, page)) for page, key in PAGE_KEYS.items()),
            (PICTURE_KEY, self.picture_key, self.picture_requested.emit),
            (VIEWS_KEY, self.views_key, self.views_requested.emit),
            (EXPORT_KEY, self.export_key, self.export_requested.emit),
            (PRINT_KEY, self.print_key, self.print_requested.emit),
            (FULL_SCREEN_KEY, self.full_key, self.full_screen_requested.emit),
            (LOCK_KEY, self.lock_key, self.lock_requested.emit),
            (APPROVE_KEY, None, self.card.approve_requested.emit),
            (REFUSE_KEY, None, self.card.refuse_requested.emit),
            (CUSTOMER_KEY, None, self.promotions.filters.customer_requested.emit),
        )
        for key, button, act in acts:
            if button is not None:
                button.clicked.connect(act)
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act if button is None else button.click)
        self.promotions.export_requested.connect(self.export_requested)
        self.promotions.review_requested.connect(partial(self.page_requested.emit, Page.REVIEWS))

    def _renew(self) -> None:
        page, manager = self._model.page, self._model.manager
        self._title.setText(managing.page(page))
        self.setAccessibleName(self._title.text())
        self._who.setText("" if manager is None else manager.name)
        self._who.setVisible(manager is not None)
        to_till = QCoreApplication.translate("Manager", "Back to the till")
        self.back.set_label(QCoreApplication.translate("Manager", "Leave") if self._stands_alone else to_till)
        self.search_key.set_label(QCoreApplication.translate("Key bar", "Search"))
        for one, key in self.page_keys.items():
            count = self._waiting if one is Page.REVIEWS else 0
            key.set_label(managing.counted(managing.page_key(one), count, self._language))
            key.setEnabled(one is not page)
        self.picture_key.set_label(QCoreApplication.translate("Manager", "Picture"))
        self.views_key.set_label(QCoreApplication.translate("Manager", "Saved views"))
        self.export_key.set_label(QCoreApplication.translate("Manager", "Export"))
        self.print_key.set_label(QCoreApplication.translate("Manager", "Print"))
        self.full_key.set_label(QCoreApplication.translate("Key bar", "Full screen"))
        self.lock_key.set_label(QCoreApplication.translate("Key bar", "Lock"))
        on_promotions = page is Page.PROMOTIONS
        for button in (self.search_key, self.picture_key, self.views_key):
            button.setEnabled(on_promotions)
        for button in (self.export_key, self.print_key):
            button.setEnabled(page in (Page.PROMOTIONS, Page.REPORTS))
        self.bar.arrange()

    def _arrange(self) -> None:
        size = self._look.theme.size
        pad, high = page_pad(size), 24 if size is SizeClass.WIDE else 12
        self._head.setContentsMargins(pad, high, pad, high)
        self._below_head.setContentsMargins(pad, 0, pad, high if not self.said.isHidden() else 0)
        search = self.promotions.search
        in_head = size is not SizeClass.WIDE and self._model.page is Page.PROMOTIONS
        if in_head and self._head.indexOf(search) < 0:
            self._head.insertWidget(1, search, 10)
        elif not in_head:
            self._head.removeWidget(search)
        search.setVisible(in_head or size is SizeClass.WIDE)
        self._place_card()

    def _place_card(self) -> None:
        """In the corner over the page, never over the key bar."""
        if not self.card.wanted:
            self.card.leave()
            return
        size = self.card.sizeHint()
        left = self.width() - size.width() - _CARD_MARGIN
        place = QRect(left, self.bar.y() - size.height() - _CARD_MARGIN, size.width(), size.height())
        if self.card.isVisible():
            self.card.put_at(place)
        else:
            self.card.rise_at(place)
        for sheet in self._sheets:
            if sheet.isVisible():
                sheet.raise_()
