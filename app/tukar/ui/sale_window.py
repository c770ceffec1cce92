"""The sale window: its planes side by side, and where Enter, Esc and the other keys go."""

from collections.abc import Mapping
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QWidget

from tukar.till.billing import BillModel
from tukar.till.customers import CustomerModel, CustomersModel
from tukar.till.finding import FindingModel
from tukar.till.keys import DEFAULT_KEYS, Command
from tukar.till.line_work import LineModel
from tukar.till.offering import OfferModel
from tukar.till.promoting import PromotionsModel, PromotionsSummary
from tukar.till.salespeople import SalespeopleModel
from tukar.till.status import StatusModel
from tukar.ui.bill_panel import BillPanel
from tukar.ui.customer_sheet import CustomerSheet
from tukar.ui.find_panel import BROWSE_KEY, FindPanel
from tukar.ui.key_bar import KeyBar
from tukar.ui.kit import KitButton, Look, SizeClass
from tukar.ui.line_sheet import LineSheet
from tukar.ui.offer_card import OfferCard
from tukar.ui.promotions_sheet import PromotionsSheet
from tukar.ui.question_sheet import QuestionSheet
from tukar.ui.salesperson_sheet import SalespersonSheet
from tukar.ui.side_panel import SidePanel
from tukar.ui.status_strip import StatusStrip
from tukar.ui.translations import Language

_CARD = {SizeClass.COMPACT: (368, 408), SizeClass.REGULAR: (376, 408), SizeClass.WIDE: (528, 600)}
_CARD_INSET = 16
_ECHO_MS = 100
_TURNS = frozenset({QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.FocusIn, QEvent.Type.FocusOut})
_FIELD_TOP = 12
LINE_KEY = "Ctrl+L"
WORDS_KEY = "Ctrl+N"


class SaleWindow(QWidget):
    """Everything a cashier sells with; it is the view of every presenter of a sale.

    The keyboard rests on the window itself: a letter or digit starts a search wherever nothing else is typed in,
    arrows choose a line, + and − change its quantity, * or Ctrl+L opens it for its price, discount and note, Del
    removes it; Ctrl+G goes through the shelves. Enter is the one next step: it takes the first hit while somebody
    types, applies an offer that is on the screen, and pays otherwise; the accent travels along.
    """

    commanded = Signal(Command)
    pay_requested = Signal()
    take_requested = Signal()
    hit_moved = Signal(int)
    clear_requested = Signal()
    line_moved = Signal(int)
    more_requested = Signal()
    fewer_requested = Signal()
    remove_requested = Signal()
    undo_requested = Signal()
    back_requested = Signal()
    line_opened = Signal(str)
    words_requested = Signal()

    def __init__(self, look: Look, language: Language, keys: Mapping[Command, str] = DEFAULT_KEYS) -> None:
        super().__init__()
        self._look = look
        self._offering = False
        self._covered = False
        self._entered_at = 0
        self._can_pay = False
        self.bill = BillPanel(look, language)
        self.search = FindPanel(look, language, self, keys[Command.SEARCH])
        self.side = SidePanel(look, language, keys)
        self.key_bar = KeyBar(look, language, keys)
        self.strip = StatusStrip(look, language)
        for plane in (self.search, self.bill, self.side, self.key_bar, self.strip):
            plane.setParent(self)
        self.search.raise_()
        self.offer = OfferCard(look, self, language)
        self.customers = CustomerSheet(look, self, language)
        self.promotions = PromotionsSheet(look, self, language)
        self.salespeople = SalespersonSheet(look, self, language)
        self.line = LineSheet(look, self, language)
        self.question = QuestionSheet(look, self)
        self._sheets = (self.customers, self.promotions, self.salespeople, self.line, self.question)
        for part in (*self._sheets, self.offer.cancel, self.offer.apply):
            part.installEventFilter(self)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._bind(keys)
        self._order_focus()
        look.changed.connect(self._arrange)

    # What the presenters show

    def show_finding(self, model: FindingModel) -> None:
        was_typing = self.search.typing
        self.search.show_finding(model)
        if was_typing and not model.typing and self.search.field.line.hasFocus():
            self.setFocus()
        self._arm()

    def show_bill(self, model: BillModel) -> None:
        self._can_pay = Command.PAYMENT in model.commands
        self.bill.show_bill(model)
        self.side.total.show_bill(model)
        self.key_bar.allow(model.commands)
        self.key_bar.offer_recall(recall=model.is_empty)
        self._arm()

    def show_line(self, model: LineModel) -> None:
        self.line.show_line(model)

    def show_customer(self, model: CustomerModel) -> None:
        self.side.customer.show_customer(model)

    def show_customers(self, model: CustomersModel) -> None:
        self.customers.show_customers(model)

    def show_salespeople(self, model: SalespeopleModel) -> None:
        self.salespeople.show_salespeople(model)

    def show_summary(self, model: PromotionsSummary) -> None:
        self.side.promotions.show_summary(model)

    def show_promotions(self, model: PromotionsModel) -> None:
        self.promotions.show_promotions(model)

    def show_offer(self, model: OfferModel) -> None:
        self.offer.show_offer(model)
        if model.notice is not None:
            self.bill.tell(model.notice)
        self._offering = model.offer is not None
        self.side.promotions.give_way(covered=self._offering)
        self._place_offer()
        self._arm()

    def show_status(self, model: StatusModel) -> None:
        self.strip.show_status(model)
        self.promotions.today = model.now.date()

    def cover(self, *, covered: bool) -> None:
        """A sheet of the window around this one lies over it, or no longer does: Enter is not for the bill then."""
        self._covered = covered
        self._arm()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # The accent leaves with the first sheet over the window and comes back with the last one gone, and it goes
        # to the offer once its buttons are reached.
        if event.type() in _TURNS:
            self._arm()
        return super().eventFilter(watched, event)

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat() and not self._echoes(event):
                self._enter()
        elif key == Qt.Key.Key_Escape:
            self._escape()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._step(-1 if key == Qt.Key.Key_Up else 1)
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self._step(-5 if key == Qt.Key.Key_PageUp else 5)
        elif key == Qt.Key.Key_Delete:
            self.remove_requested.emit()
        elif event.matches(QKeySequence.StandardKey.Undo):
            self.undo_requested.emit()
        elif not self._typed(event.text()):
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._look.resize(SizeClass.for_width(self.width()))
        self._arrange()

    def _bind(self, keys: Mapping[Command, str]) -> None:
        for command, key in keys.items():
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(self.key_bar.buttons[command].click)
        self.key_bar.pressed.connect(self._command)
        self.side.total.pay_requested.connect(self.pay_requested)
        self.bill.salesperson_requested.connect(lambda: self.commanded.emit(Command.SALESPERSON))
        self.side.customer.touched.connect(lambda: self.commanded.emit(Command.CUSTOMER))
        self.side.promotions.touched.connect(lambda: self.commanded.emit(Command.PROMOTIONS))
        self.bill.undo_requested.connect(self.undo_requested)
        self.bill.line_touched.connect(self._open_line)
        seldom = (
            (LINE_KEY, self._open_line),
            (WORDS_KEY, self.words_requested.emit),
            (BROWSE_KEY, self.search.browse.click),
        )
        for key, opens in seldom:
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(opens)

    def _order_focus(self) -> None:
        stops: list[QWidget] = [
            self.search.field.line,
            self.search.hits,
            self.search.browse,
            *self.search.tiles,
            self.bill.lines,
            *self.bill.findChildren(KitButton),
            self.side.customer,
            self.offer.cancel,
            self.offer.apply,
            self.side.promotions.list,
            self.side.total.pay,
            *self.key_bar.buttons.values(),
        ]
        reachable = [stop for stop in stops if stop.focusPolicy() & Qt.FocusPolicy.TabFocus]
        for one, following in pairwise(reachable):
            QWidget.setTabOrder(one, following)

    def _command(self, command: Command) -> None:
        if command is Command.SEARCH:
            self.search.field.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.search.field.line.selectAll()
        elif command is Command.PAYMENT:
            self.pay_requested.emit()
        else:
            self.commanded.emit(command)

    def _typed(self, text: str) -> bool:
        if text == "+":
            self.more_requested.emit()
        elif text in ("-", "\N{MINUS SIGN}"):
            self.fewer_requested.emit()
        elif text == "*":
            self._open_line()
        elif text.isprintable() and text.strip():
            self.search.start_with(text)
        else:
            return False
        return True

    def _open_line(self) -> None:
        row = self.bill.selected_line()
        if row is not None:
            self.line_opened.emit(row.line.line_id)

    def _echoes(self, event: QKeyEvent) -> bool:
        """Whether this Enter is the tail of the one before: scanners end a code by two (till.md, "Scanner")."""
        before, self._entered_at = self._entered_at, event.timestamp()
        return 0 < event.timestamp() - before < _ECHO_MS and before > 0

    def _enter(self) -> None:
        if self._on_card():
            self.offer.apply_requested.emit()
        elif self.search.typing:
            self.take_requested.emit()
        elif self._offering:
            self.offer.apply_requested.emit()
        elif self._can_pay:
            self.pay_requested.emit()

    def _escape(self) -> None:
        if self._on_card() or (self._offering and not self.search.typing):
            self.offer.decline_requested.emit()
        elif self.search.typing or self.search.field.text():
            self.clear_requested.emit()
            self.setFocus()
        else:
            self.back_requested.emit()

    def _step(self, steps: int) -> None:
        if self.search.typing:
            self.hit_moved.emit(steps)
        else:
            self.line_moved.emit(steps)

    def _on_card(self) -> bool:
        focus = QApplication.focusWidget()
        return self._offering and focus is not None and self.offer.isAncestorOf(focus)

    def _arm(self) -> None:
        """Puts the accent where Enter goes."""
        under_sheet = self._covered or any(sheet.isVisible() for sheet in self._sheets)
        on_card = self._offering and not under_sheet and (not self.search.typing or self._on_card())
        self.offer.arm(armed=on_card)
        self.side.total.give_way(is_next=not (under_sheet or self._offering or self.search.typing))

    # Places

    def _arrange(self) -> None:
        theme = self._look.theme
        layout, width, height = theme.layout, self.width(), self.height()
        floor = height - layout.strip - layout.keybar
        side = width - layout.side
        placed = self._look.placed
        self.side.setGeometry(placed(side, layout.side, width), 0, layout.side, floor)
        self.key_bar.setGeometry(0, floor, width, layout.keybar)
        self.strip.setGeometry(0, floor + layout.keybar, width, layout.strip)
        if theme.size is SizeClass.COMPACT:
            head = _FIELD_TOP + layout.search
            self.bill.setGeometry(placed(0, side, width), 0, side, floor)
            self.bill.start_below(head)
            self.search.setGeometry(placed(0, side, width), 0, side, head)
        else:
            self.search.setGeometry(placed(0, layout.find, width), 0, layout.find, floor)
            bill = side - layout.find
            self.bill.setGeometry(placed(layout.find, bill, width), 0, bill, floor)
            self.bill.start_below(0)
        self.search.show_over(bill=theme.size is SizeClass.COMPACT)
        self._place_offer()

    def _place_offer(self) -> None:
        if not self._offering:
            self.offer.leave()
            return
        width, height = _CARD[self._look.theme.size]
        place = QRect(self.side.x() + _CARD_INSET, _CARD_INSET, width, height)
        if self.offer.isVisible():
            self.offer.setGeometry(place)
        else:
            self.offer.rise_at(place)
