"""The Promotions sheet: tick several, see what each takes off which line, then apply them together."""

from datetime import date

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tukar.domain.points import Points
from tukar.till.promoting import Group, PromotionsModel
from tukar.till.promoting import PromotionRow as Promotion
from tukar.ui.kit import (
    RIGHT,
    Colour,
    Field,
    Icon,
    Ink,
    Ledger,
    LedgerRow,
    Look,
    NeutralButton,
    NoticeStrip,
    PointSlider,
    PrimaryAction,
    PromotionKind,
    PromotionRow,
    PromotionRowDelegate,
    QuietButton,
    Role,
    RowList,
    Sheet,
    SizeClass,
    Text,
)
from tukar.ui.notice_tone import tell
from tukar.ui.translations import Language
from tukar.ui.wording import offers, people

_SIZES = {
    SizeClass.COMPACT: QSize(976, 712),
    SizeClass.REGULAR: QSize(1080, 712),
    SizeClass.WIDE: QSize(1400, 960),
}
_PLUM = Ink(Role.BODY, Colour.POINTS)
_PREVIEW_SPACING = 10
_OUTDENT = -4
"""The red words begin where the title does; their ground reaches out beyond."""

_CODE_KEY = "Ctrl+K"


class PromotionsSheet(Sheet):
    """Emits which row was ticked, which code was typed; a heading is no row.

    Ctrl+R takes all off, Ctrl+T takes what the till would choose instead, Ctrl+K is for a voucher's code.
    """

    toggled = Signal(int)
    selected = Signal(int)
    code_entered = Signal(str)
    points_chosen = Signal(int, Points)
    replace_requested = Signal()
    remove_all_requested = Signal()
    apply_requested = Signal()
    closed = Signal()

    def __init__(self, look: Look, window: QWidget, language: Language) -> None:
        super().__init__(look, window, "", _SIZES[look.theme.size])
        self._language = language
        self._model = PromotionsModel()
        self._places: list[int] = []
        self.today: date | None = None
        self._title = Text(look, "", Ink(Role.TITLE))
        self._who = Text(look, "", Ink(Role.CAPTION, Colour.INK_2, RIGHT, may_cut=True))
        self.list = RowList(look, PromotionRowDelegate(look), "")
        self.list.chosen.connect(self._choose)
        self.list.picked.connect(self._pick)
        self._notice = NoticeStrip(look)
        self._comes_off = Text(look, "", Ink(Role.LABEL, Colour.INK_2))
        self._preview = Ledger(look, spacing=_PREVIEW_SPACING)
        self._totals = Ledger(look)
        self._points = Text(look, "", Ink(Role.STRONG, Colour.POINTS))
        self.slider = PointSlider(look, "", self._speak_points)
        self.slider.valueChanged.connect(self._slide)
        self.code = Field(look, "", icon=Icon.VOUCHER, key=_CODE_KEY)
        self.code.edited.connect(self._arm)
        self._best = Text(look, "", Ink(Role.CAPTION, Colour.POINTS))
        self._best.set_icon(Icon.STAR)
        self._remove_all = QuietButton(look, "", key="Ctrl+R", icon=Icon.TRASH, danger=True)
        self._replace = NeutralButton(look, "", key="Ctrl+T", icon=Icon.REPLACE)
        self._cancel = NeutralButton(look, "", key="Esc")
        for button in (self._remove_all, self._replace, self._cancel):
            button.set_height(64)
        self.apply = PrimaryAction(look, "")
        self.apply.put_in_sheet()
        self._lay_out()
        self._remove_all.clicked.connect(self.remove_all_requested)
        self._replace.clicked.connect(self.replace_requested)
        self._cancel.clicked.connect(self.closed)
        self.apply.clicked.connect(self.apply_requested)
        self.dismissed.connect(self.closed)
        self.entered.connect(self._enter)
        language.changed.connect(self._renew)
        look.changed.connect(self._resized)

    def show_promotions(self, model: PromotionsModel) -> None:
        was_open, self._model = self._model.is_open, model
        if model.is_open and not was_open:
            self.code.set_text("")
        self._renew()
        if model.is_open and not was_open:
            self.open_sheet(self.list)
            self._renew()
        elif was_open and not model.is_open:
            self.close_sheet()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        pressed = {Qt.Key.Key_R: self._remove_all, Qt.Key.Key_T: self._replace}.get(Qt.Key(event.key()))
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if pressed is not None and control:
            pressed.click()
        elif event.key() == Qt.Key.Key_K and control:
            self.code.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._write_preview()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(12, 0, 0, 0)
        head.addWidget(self._title, 1)
        head.addWidget(self._who)
        self._right = QWidget()
        right = QVBoxLayout(self._right)
        right.setContentsMargins(0, 10, 0, 0)
        right.setSpacing(0)
        for widget, space in (
            (self._comes_off, 10), (self._preview, 0), (self._totals, 12),
            (self._points, 0), (self.slider, 8), (self.code, 8), (self._notice, 0),
        ):  # fmt: skip
            right.addWidget(widget)
            right.addSpacing(space)
        right.addStretch(1)
        right.addWidget(self._best)
        middle = QHBoxLayout()
        middle.setSpacing(36)
        middle.addWidget(self.list, 1)
        middle.addWidget(self._right)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addSpacing(_OUTDENT)
        buttons.addWidget(self._remove_all)
        buttons.addSpacing(8)
        buttons.addWidget(self._replace)
        buttons.addStretch(1)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self.apply)
        rows = QVBoxLayout(self.panel)
        rows.setContentsMargins(12, 18, 24, 20)
        rows.addLayout(head)
        rows.addLayout(middle, 1)
        rows.addSpacing(6)
        rows.addLayout(buttons)
        self._resized()

    def _resized(self) -> None:
        self.set_size(_SIZES[self.look.theme.size])
        width = 400 if self.look.theme.wide else 304
        self._right.setFixedWidth(width)
        self.apply.setFixedWidth(width)
        self._write_preview()

    def _renew(self) -> None:
        model, language = self._model, self._language
        self._title.setText(QCoreApplication.translate("Promotions", "Promotions"))
        self.setAccessibleName(self._title.text())
        who = [model.customer_name]
        if model.balance is not None:
            who.append(people.with_points(model.balance, language))
        self._who.setText("   ".join(filter(None, who)))
        self.list.setAccessibleName(self._title.text())
        self._write_rows()
        self._comes_off.setText(QCoreApplication.translate("Promotions", "What comes off each line"))
        name = QCoreApplication.translate("Promotions", "Voucher code")
        self.code.set_words(name, name)
        tell(self._notice, model.notice, language)
        self._best.setText(QCoreApplication.translate("Promotions", "The best combination for this bill"))
        self._best.setVisible(model.is_best)
        self._remove_all.set_label(QCoreApplication.translate("Promotions", "Remove all"))
        self._replace.set_label(QCoreApplication.translate("Promotions", "Replace"))
        self._cancel.set_label(QCoreApplication.translate("Promotions", "Cancel"))
        self._remove_all.setEnabled(model.ticked > 0)
        self._replace.setEnabled(model.ticked > 0)
        apply = QCoreApplication.translate("Promotions", "Apply")
        off = f"  {language.format.off(model.discount)}" if model.discount else ""
        self.apply.set_label(apply + off)
        self._write_points()
        self._write_preview()
        self._arm()

    def _ranged(self) -> Promotion | None:
        """The selected promotion, where its points are the cashier's choice."""
        model = self._model
        row = model.rows[model.selected] if 0 <= model.selected < len(model.rows) else None
        return row if row is not None and row.ticked and row.points is not None and row.cost is not None else None

    def _write_points(self) -> None:
        row = self._ranged()
        for widget in (self._points, self.slider):
            widget.setVisible(row is not None)
        if row is None or row.points is None or row.cost is None:
            return
        self._points.setText(people.with_points(row.cost, self._language))
        self.slider.setAccessibleName(self._language.name(row.name))
        self.slider.blockSignals(True)
        self.slider.set_limits(row.points.most.units, step=max(row.points.step.units, 1))
        self.slider.setValue(row.cost.units)
        self.slider.blockSignals(False)

    def _slide(self, units: int) -> None:
        row = self._ranged()
        if row is not None and row.points is not None:
            self.points_chosen.emit(self._model.selected, Points(units, row.points.most.digits))

    def _speak_points(self, units: int) -> str:
        row = self._ranged()
        digits = row.points.most.digits if row is not None and row.points is not None else 0
        return people.with_points(Points(units, digits), self._language)

    def _write_rows(self) -> None:
        rows: list[PromotionRow] = []
        self._places = []
        group: Group | None = None
        for place, promotion in enumerate(self._model.rows):
            if promotion.group is not group:
                group = promotion.group
                rows.append(_heading(group))
                self._places.append(-1)
            rows.append(self._row(promotion))
            self._places.append(place)
        self.list.show_rows(rows)
        selected = self._model.selected
        self.list.choose(self._places.index(selected) if selected in self._places else -1)

    def _row(self, promotion: Promotion) -> PromotionRow:
        language = self._language
        name, sub = language.name(promotion.name), offers.sub_line(promotion, language, self.today)
        amount = "" if promotion.amount is None else language.format.off(promotion.amount)
        waits = promotion.why is not None and not promotion.ticked
        share = promotion.why.progress if promotion.why is not None else None
        best = QCoreApplication.translate("Promotions", "part of the best") if promotion.is_best else ""
        ticked = QCoreApplication.translate("Promotions", "ticked") if promotion.ticked else ""
        return PromotionRow(
            kind=PromotionKind.NOT_YET if waits else PromotionKind.OFFER,
            name=name,
            sub=sub,
            amount="" if waits else amount,
            ticked=promotion.ticked,
            best=promotion.is_best,
            share=float(share) if waits and share is not None else None,
            accessible=", ".join(filter(None, (name, ticked, "" if waits else amount, sub, best))),
        )

    def _write_preview(self) -> None:
        model, write = self._model, self._language.format
        theme = self.look.theme
        high = theme.line(Role.BODY) + _PREVIEW_SPACING
        taken = 4 * theme.line(Role.BODY) + self.code.sizeHint().height() + 56
        taken += 72 if model.notice is not None else 0
        taken += self.slider.sizeHint().height() + theme.line(Role.STRONG) if self._ranged() is not None else 0
        room = max((self.panel.height() - 200 - taken) // high, 3)
        rows = [LedgerRow(line.name, write.off(line.amount), figure_ink=_PLUM) for line in model.preview]
        if len(rows) > room:
            more = QCoreApplication.translate("Promotions", "and {count} more lines")
            rows = [*rows[: room - 1], LedgerRow(more.format(count=write.number(len(rows) - room + 1)), "")]
        self._preview.show_rows(rows)
        if model.before is None or model.discount is None or model.total is None:
            self._totals.show_rows([])
            return
        before = QCoreApplication.translate("Promotions", "Before promotions")
        if model.ticked == 1:
            counted = QCoreApplication.translate("Promotions", "1 promotion")
        else:
            counted = QCoreApplication.translate("Promotions", "{count} promotions")
        total = QCoreApplication.translate("Promotions", "Total")
        figures = [LedgerRow(before, write.money(model.before), rule=True)]
        if model.ticked:
            label = counted.format(count=write.number(model.ticked))
            figures.append(LedgerRow(label, write.off(model.discount), _PLUM, _PLUM))
        figures.append(LedgerRow(total, write.money(model.total), Ink(Role.STRONG), Ink(Role.FIGURE)))
        self._totals.show_rows(figures)

    def _choose(self, row: int) -> None:
        place = self._places[row] if row < len(self._places) else -1
        if place >= 0:
            self.selected.emit(place)
            return
        # A heading is passed over in the direction the cashier was going.
        step = 1 if row == 0 or self._places[row - 1] == self._model.selected else -1
        beyond = row + step
        if 0 <= beyond < len(self._places):
            self.list.choose(beyond)
            self.selected.emit(self._places[beyond])

    def _pick(self, row: int) -> None:
        if row < len(self._places) and self._places[row] >= 0:
            self.toggled.emit(self._places[row])

    def _arm(self) -> None:
        entering = bool(self.code.text().strip())
        self.code.set_next(is_next=entering)
        self.apply.set_next(is_next=not entering, key="" if entering else "Enter")

    def _enter(self) -> None:
        code = self.code.text().strip()
        if code:
            self.code.set_text("")
            self.code_entered.emit(code)
        else:
            self.apply_requested.emit()


def _heading(group: Group) -> PromotionRow:
    words = {
        Group.APPLIED: QCoreApplication.translate("Promotions", "Applied"),
        Group.AVAILABLE: QCoreApplication.translate("Promotions", "Available"),
        Group.NOT_YET: QCoreApplication.translate("Promotions", "Not yet"),
    }[group]
    return PromotionRow(PromotionKind.HEADING, words, "", "", ticked=False, best=False, share=None, accessible=words)
