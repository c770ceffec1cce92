"""The one window of the till: its screens one behind the other, and what lies over them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QCloseEvent, QImage, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QStackedLayout, QWidget

from tukar.till.keys import DEFAULT_KEYS, Command
from tukar.till.navigation import Place, PlaceModel
from tukar.ui.kit import Scheme, Sheet, SizeClass
from tukar.ui.sign_in import SETTINGS_KEY, SignInScreen

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from tukar.till.preferences import PreferencesModel
    from tukar.till.receipt_screen import ReceiptModel
    from tukar.till.status import StatusModel
    from tukar.ui.kit import Look
    from tukar.ui.payment_screen import PaymentScreen
    from tukar.ui.sale_window import SaleWindow
    from tukar.ui.translations import Language

_LEAST_WIDTH, _LEAST_HEIGHT = 1024, 720


def wear(look: Look, theme: str, *, reduced_motion: bool, left_handed: bool = False) -> None:
    """Puts on the theme of that name, the light one where there is none."""
    look.use_hand(left=left_handed)
    look.choose(Scheme(theme) if theme in set(Scheme) else Scheme.LIGHT)
    look.reduce_motion(reduced=reduced_motion)


class MainWindow(QWidget):
    """Holds the screens and is the view of status, navigation and preferences; the screens are views of their own.

    It is made with its first picture alone, the sign-in screen; ``furnish`` adds all that lies behind it, once that
    picture is on the screen (performance.md, P1). ``closing`` is emitted once, when the window is surely going: whoever
    owns threads and sockets ends them then. ``full_screen_changed`` tells that the window fills the screen, or no
    longer does.
    """

    closing = Signal()
    lock_requested = Signal()
    settings_requested = Signal()
    full_screen_changed = Signal(bool)
    room_left = Signal()
    customer_display_changed = Signal(bool)
    close_asked = Signal()

    def __init__(
        self, look: Look, language: Language, *, keys: Mapping[Command, str] = DEFAULT_KEYS, title: str = "Tukar"
    ) -> None:
        super().__init__()
        self._look = look
        self._language = language
        self._place = PlaceModel(Place.SIGN_IN)
        self._may_close = self._shows_customer = self._is_kiosk = False
        self._keys = keys
        self._covered: list[Sheet] = []
        self._room: QWidget | None = None
        self.setWindowTitle(title)
        self.setMinimumSize(_LEAST_WIDTH, _LEAST_HEIGHT)
        self.sign_in = SignInScreen(look, language)
        self._screens = QStackedLayout(self)
        self._screens.setContentsMargins(0, 0, 0, 0)
        self._screens.addWidget(self.sign_in)
        self._places: dict[Place, SignInScreen | SaleWindow | PaymentScreen] = {Place.SIGN_IN: self.sign_in}
        self._sheets: tuple[Sheet, ...] = ()
        self._bind(keys)

    def furnish(self, *, time_zone: ZoneInfo, draw_receipt: Callable[[ReceiptModel], tuple[QImage, str]]) -> None:
        """Makes every other screen and sheet. ``draw_receipt`` makes picture and spoken text of a saved bill."""
        from tukar.ui.approval_sheet import ApprovalSheet
        from tukar.ui.more_sheet import MoreSheet
        from tukar.ui.no_sale_sheet import NoSaleSheet
        from tukar.ui.payment_screen import PaymentScreen
        from tukar.ui.question_sheet import QuestionSheet
        from tukar.ui.receipt_view import ReceiptSheet
        from tukar.ui.receiptless_sheet import ReceiptlessSheet
        from tukar.ui.redeem_sheet import RedeemSheet
        from tukar.ui.reprint_sheet import ReprintSheet
        from tukar.ui.return_sheet import ReturnSheet
        from tukar.ui.sale_window import SaleWindow
        from tukar.ui.settings_sheet import SettingsSheet

        look, language, keys = self._look, self._language, self._keys
        self.sale = SaleWindow(look, language, keys)
        self.payment = PaymentScreen(look, language, time_zone, keys)
        for place, screen in ((Place.SALE, self.sale), (Place.PAYMENT, self.payment)):
            self._places[place] = screen
            self._screens.addWidget(screen)
            screen.setGeometry(self.rect())
            screen.commanded.connect(self._command)
        self.redeem = RedeemSheet(look, self, language, time_zone)
        self.receipt = ReceiptSheet(look, self, language, draw_receipt)
        self.more = MoreSheet(look, self, language)
        self.returns = ReturnSheet(look, self, language)
        self.receiptless = ReceiptlessSheet(look, self, language)
        self.reprint = ReprintSheet(look, self, language, time_zone)
        self.no_sale = NoSaleSheet(look, self, language)
        self.approval = ApprovalSheet(look, self, language)
        self.settings = SettingsSheet(look, self, language)
        self.question = QuestionSheet(look, self)
        self._sheets = (
            self.redeem, self.receipt, self.more, self.returns, self.receiptless, self.reprint, self.no_sale,
            self.approval, self.settings, self.question,
        )  # fmt: skip
        for sheet in self._sheets:
            sheet.installEventFilter(self)

    @property
    def place(self) -> Place:
        """Which screen is in front."""
        return self._place.place

    @property
    def has_bill(self) -> bool:
        """Whether something would be lost from sight by leaving."""
        return self._place.has_bill

    # Rooms of others

    @property
    def in_room(self) -> bool:
        """Whether a whole screen of another part stands before the till's own."""
        return self._room is not None

    def enter_room(self, room: QWidget) -> None:
        """Puts ``room`` before every screen until ``leave_room``, or until the place changes (the till is locked)."""
        if self._screens.indexOf(room) < 0:
            self._screens.addWidget(room)
        room.setGeometry(self.rect())
        self._room = room
        self._settings_key.setEnabled(False)
        self._screens.setCurrentWidget(room)

    def leave_room(self) -> None:
        """Back to the screen behind it; ``room_left`` tells whoever is in there."""
        if self._room is None:
            return
        self._room = None
        self._settings_key.setEnabled(True)
        self._screens.setCurrentWidget(self._places[self._place.place])
        self.room_left.emit()

    # What the presenters show

    def show_place(self, model: PlaceModel) -> None:
        before, self._place = self._place, model
        if self._room is None or model.place is not before.place:
            self.leave_room()
            self._screens.setCurrentWidget(self._places[model.place])
        if model.place is Place.SIGN_IN and before.place is not Place.SIGN_IN:
            self._cover()
        elif model.place is not Place.SIGN_IN and before.place is Place.SIGN_IN:
            self._uncover()

    def show_status(self, model: StatusModel) -> None:
        for screen in self._places.values():
            screen.show_status(model)

    def show_preferences(self, model: PreferencesModel) -> None:
        wear(self._look, model.theme, reduced_motion=model.reduced_motion, left_handed=model.hand == "left")
        self._language.choose(model.language)
        self.settings.show_preferences(model)
        if model.customer_display != self._shows_customer:
            self._shows_customer = model.customer_display
            self.customer_display_changed.emit(model.customer_display)

    def be_kiosk(self) -> None:
        """Before it is shown: no frame, and it goes only by ``let_close``; ``close_asked`` tells who tried."""
        self._is_kiosk = True
        self.setWindowFlag(Qt.WindowType.FramelessWindowHint)

    def let_close(self) -> None:
        """Somebody with the right to it closes the kiosk."""
        self._is_kiosk = False
        self.close()

    # Full screen, lock, settings

    def toggle_full_screen(self) -> None:
        """F11; a kiosk always covers its screen."""
        if self._is_kiosk:
            return
        full = not self.isFullScreen()
        if full:
            self.showFullScreen()
        else:
            self.showNormal()
        self.full_screen_changed.emit(full)

    def adopt(self, sheet: Sheet) -> None:
        """A sheet made elsewhere lies over this window as its own do: hidden while locked, its Enter before theirs."""
        self._sheets = (*self._sheets, sheet)
        sheet.installEventFilter(self)

    def ask_to_leave(self, then: Callable[[], None]) -> None:
        """Asks before the window closes over a bill; the bill itself is kept on the disk."""
        self.question.ask(
            QCoreApplication.translate("Question", "Close the till?"),
            QCoreApplication.translate("Question", "The bill is kept, and is here again at the next start."),
            QCoreApplication.translate("Question", "Close"),
            then,
        )

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._is_kiosk:
            event.ignore()
            self.close_asked.emit()
            return
        if self._place.has_bill and not self._may_close:
            event.ignore()
            self.ask_to_leave(self._leave)
            return
        self.closing.emit()
        super().closeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._look.resize(SizeClass.for_width(self.width()))
        # The stack places only the screen in front; the others must not measure themselves by an old width.
        for screen in (*self._places.values(), *([self._room] if self._room is not None else [])):
            screen.setGeometry(self.rect())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """While a sheet is open the screen below has no green: Enter is the sheet's (visual.md, "Dialog")."""
        if event.type() in (QEvent.Type.Show, QEvent.Type.Hide) and isinstance(watched, Sheet):
            shown = event.type() == QEvent.Type.Show
            covered = shown or any(sheet.isVisible() for sheet in self._sheets if sheet is not watched)
            self.sale.cover(covered=covered)
            self.payment.next.set_next(is_next=not covered)
            self.sign_in.enter.set_next(is_next=not covered)
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What the sheets let through: their own window answers full screen and lock."""
        pressed = QKeySequence(event.key()).toString()
        if pressed == self._keys[Command.FULL_SCREEN]:
            self.toggle_full_screen()
        elif pressed == self._keys[Command.LOCK]:
            self.lock_requested.emit()
        else:
            super().keyPressEvent(event)

    def _cover(self) -> None:
        """Nobody sees what lies over the screens while the till is locked."""
        lying = [sheet for sheet in self._sheets if sheet.isVisible()]
        self._covered = [sheet for sheet in self.findChildren(Sheet) if sheet in lying]  # the topmost last
        for sheet in self._covered:
            sheet.hide()
        self.sign_in.take_focus()

    def _uncover(self) -> None:
        """In the order in which they lay, but for those whose work ended meanwhile."""
        for sheet in filter(attrgetter("is_open"), self._covered):
            sheet.show()
            sheet.raise_()
            sheet.setFocus(Qt.FocusReason.OtherFocusReason)
        self._covered = []

    def _leave(self) -> None:
        self._may_close = True
        self.close()

    def _bind(self, keys: Mapping[Command, str]) -> None:
        """What the screens leave open: the key bar of the sign-in screen has no keys, and settings are everywhere."""
        full = QShortcut(QKeySequence(keys[Command.FULL_SCREEN]), self.sign_in)
        full.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        full.activated.connect(self.toggle_full_screen)
        self._settings_key = QShortcut(QKeySequence(SETTINGS_KEY), self)
        self._settings_key.activated.connect(self.settings_requested)
        self.sign_in.settings_requested.connect(self.settings_requested)

    def _command(self, command: Command) -> None:
        if command is Command.FULL_SCREEN:
            self.toggle_full_screen()
        elif command is Command.LOCK:
            self.lock_requested.emit()
