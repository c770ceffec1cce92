"""The second page of the gallery: lists, tiles, pads, figures and what floats."""

from PySide6.QtCore import QCoreApplication, QEvent, QRect, QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tests.ui.kit.rows_shown import HITS, LEDGER, OFFERS, PROMOTIONS, STEPS, TENDERS
from tukar.ui.kit import (
    RIGHT,
    Card,
    Colour,
    Figure,
    HitDelegate,
    Icon,
    Ink,
    Keypad,
    Ledger,
    Look,
    OfferRowDelegate,
    PersonChoice,
    PinDots,
    Plane,
    PrimaryAction,
    PromotionRowDelegate,
    QrView,
    Role,
    RowList,
    Sheet,
    Spinner,
    StepsList,
    TenderChoice,
    TenderRowDelegate,
    Text,
    TileButton,
)

SIZE = QSize(1400, 1180)


class Parts:
    """Three columns of parts, and a sheet over them when asked."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self.host = Plane(look, Colour.CANVAS)
        self.host.setFixedSize(SIZE)
        self._find()
        self._middle()
        self._side()
        self._promotions()

    def picture(self) -> QImage:
        self.host.show()
        image = QImage(SIZE, QImage.Format.Format_RGB32)
        self.host.render(image)
        return image

    def with_sheet(self) -> QImage:
        sheet = Sheet(self.look, self.host, "Redeem points", QSize(700, 520))
        column = QVBoxLayout(sheet.panel)
        column.setContentsMargins(28, 28, 28, 28)
        column.addWidget(Text(self.look, "Redeem points", Ink(Role.TITLE)))
        column.addWidget(Figure(self.look, "735", Ink(Role.POINTS), unit="points"))
        column.addWidget(Keypad(self.look, erase_name="Erase", clear_name="Clear"), 1)
        action = PrimaryAction(self.look, "Redeem 735")
        action.put_in_sheet()
        column.addWidget(action)
        self.host.show()
        sheet.open_sheet()
        image = QImage(SIZE, QImage.Format.Format_RGB32)
        self.host.render(image)
        return image

    def close(self) -> None:
        self.host.hide()
        self.host.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def _put(self, widget: QWidget, left: int, top: int, width: int, height: int) -> None:
        widget.setParent(self.host)
        widget.setGeometry(left, top, width, height)

    def _find(self) -> None:
        look = self.look
        delegate = HitDelegate(look)
        delegate.next_key = "Enter"
        hits = RowList(look, delegate, "Items found")
        hits.show_rows(HITS)
        hits.choose(1)
        self._put(hits, 0, 16, 360, hits.content_height())
        top = 32 + hits.content_height()
        for place, (name, price) in enumerate(
            (("Es Batu", "Rp 2.000"), ("Gula Pasir kristal putih 1 kg", "Rp 17.500"))
        ):
            self._put(TileButton(look, name, price), 16 + 168 * place, top, 160, look.theme.layout.hit)
        dots = PinDots(look, "PIN")
        dots.type_digits("4711")
        self._put(dots, 16, top + 84, 328, 48)
        self._put(Keypad(look, corner="000", erase_name="Erase", clear_name="Clear"), 16, top + 140, 328, 344)
        wrapped = "Nothing to do here. The bill saves itself when the bank answers."
        text = Text(look, wrapped, Ink(Role.BODY, Colour.INK_2), wrap=True)
        self._put(text, 16, top + 500, 328, text.heightForWidth(328))
        hindi = Text(look, "भुगतान करें ₹ 1,23,456.00 अंक", Ink(Role.STRONG))
        self._put(hindi, 16, top + 500 + text.heightForWidth(328) + 12, 328, 28)

    def _middle(self) -> None:
        look = self.look
        people = (("Sari Wulandari", "SW", "Cashier"), ("Hendra Wijaya", "HW", "Manager"))
        for place, (name, initials, title) in enumerate(people):
            person = PersonChoice(look, name, initials=initials, title=title)
            person.setChecked(place == 0)
            self._put(person, 392 + 270 * place, 16, 258, 176)
        for place, (word, icon) in enumerate((("Cash", Icon.CASH), ("Card", Icon.CARD), ("QRIS", Icon.QR))):
            tender = TenderChoice(look, word, icon)
            tender.setChecked(place == 1)
            self._put(tender, 392 + 108 * place, 208, 99, tender.sizeHint().height())
        tenders = RowList(look, TenderRowDelegate(look), "Money given")
        tenders.show_rows(TENDERS)
        self._put(tenders, 392, 316, 336, tenders.content_height())
        ledger = Ledger(look)
        ledger.show_rows(LEDGER)
        self._put(ledger, 392, 500, 336, ledger.sizeHint().height())
        steps = StepsList(look)
        steps.show_steps(STEPS)
        self._put(steps, 750, 208, 180, 192)
        self._put(Spinner(look, "Waiting for the card"), 780, 420, 88, 88)
        code = QrView(look, "QR code")
        code.show_matrix([[(x * y + x + y) % 3 == 0 for x in range(21)] for y in range(21)])
        self._put(code, 740, 520, 174, 174)

    def _side(self) -> None:
        look = self.look
        self._put(Figure(look, "1.240", Ink(Role.FIGURE, align=RIGHT), unit="points"), 982, 16, 360, 44)
        offers = RowList(look, OfferRowDelegate(look), "Promotions")
        offers.show_rows(OFFERS)
        self._put(offers, 982, 70, 360, offers.content_height())
        top = 86 + offers.content_height()
        for text in ("Rp 173.500", "Rp 12.173.500", "Rp 1.212.173.500"):
            figure = Figure(look, text)
            self._put(figure, 982, top, 360, figure.sizeHint().height())
            top += figure.sizeHint().height() + 8
        card = Card(look, self.host, "Offer")
        column = QVBoxLayout(card)
        column.setContentsMargins(24, 24, 24, 24)
        label = Text(look, "Offer for Dewi Lestari", Ink(Role.LABEL, Colour.POINTS))
        label.set_icon(Icon.GIFT)
        column.addWidget(label)
        column.addWidget(Text(look, "Use 200 points, save Rp\u00a020.000", Ink(Role.TITLE), wrap=True))
        column.addStretch(1)
        action = PrimaryAction(look, "Apply")
        action.put_in_sheet()
        column.addWidget(action)
        card.rise_at(QRect(974, top + 10, 376, 220))

    def _promotions(self) -> None:
        rows = RowList(self.look, PromotionRowDelegate(self.look), "Promotions")
        rows.show_rows(PROMOTIONS)
        rows.choose(3)
        self._put(rows, 392, 720, 704 if not self.look.theme.wide else 760, rows.content_height())


def parts_of(host: QWidget) -> list[QWidget]:
    """Return every widget of a page that a finger or Tab can reach."""
    found = host.findChildren(QWidget)
    return [w for w in found if w.focusPolicy() & Qt.FocusPolicy.TabFocus and w.focusProxy() is None]
