"""The till's own line icons: SVG on a 24 px grid, 2 px strokes, painted in any colour, crisp at any scale."""

from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF
from PySide6.QtGui import QColor, QPainter
from PySide6.QtSvg import QSvgRenderer


class Icon(StrEnum):
    """The drawings in resources/icons, each a file of this name."""

    ALERT = "alert"
    ARROW_DOWN = "arrow-down"
    ARROW_UP = "arrow-up"
    BACKSPACE = "backspace"
    CALENDAR = "calendar"
    CARD = "card"
    CASH = "cash"
    CHART = "chart"
    CHECK = "check"
    CHEVRON_LEFT = "chevron-left"
    CHEVRON_RIGHT = "chevron-right"
    CLOCK_ALERT = "clock-alert"
    CLOUD_UP = "cloud-up"
    CUP = "cup"
    DASH = "dash"
    DOWNLOAD = "download"
    DRAWER = "drawer"
    EXPORT = "export"
    EYE = "eye"
    FILTER = "filter"
    FULLSCREEN = "fullscreen"
    GIFT = "gift"
    GIFT_CARD = "gift-card"
    HOLD = "hold"
    INFO = "info"
    KEY = "key"
    LOCK = "lock"
    MINUS = "minus"
    MORE = "more"
    NOTE = "note"
    PERCENT = "percent"
    PERSON = "person"
    PHONE = "phone"
    PLUS = "plus"
    PRACTISE = "practise"
    PRINTER = "printer"
    PRINTER_OFF = "printer-off"
    QR = "qr"
    RECEIPT = "receipt"
    REFRESH = "refresh"
    REPLACE = "replace"
    RETURN = "return"
    SALESPERSON = "salesperson"
    SCAN = "scan"
    SCREEN = "screen"
    SEARCH = "search"
    SETTINGS = "settings"
    SHOP = "shop"
    STAR = "star"
    TAG = "tag"
    TRASH = "trash"
    UNDO = "undo"
    USERS = "users"
    VOUCHER = "voucher"
    WALLET = "wallet"
    WIFI = "wifi"
    WIFI_OFF = "wifi-off"
    X = "x"


class Icons:
    """Paints icons from a folder; each drawing is parsed once per colour."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._drawings: dict[tuple[Icon, str], QSvgRenderer] = {}

    def paint(self, painter: QPainter, icon: Icon, rect: QRectF, colour: QColor) -> None:
        """Draw ``icon`` straight into ``rect``, so it is crisp at any device ratio.

        Raises:
            FileNotFoundError: when the drawing is missing.
        """
        key = (icon, colour.name())
        if key not in self._drawings:
            text = (self._folder / f"{icon}.svg").read_text(encoding="utf-8").replace("currentColor", colour.name())
            self._drawings[key] = QSvgRenderer(QByteArray(text.encode()))
        self._drawings[key].render(painter, rect)
