"""A table on paper: the office printer of the system where there is one, else a PDF beside the exports.

Painted on whatever Qt takes off the window's thread, so that printing never holds the window up. The head of the table
stands on every page; a table too wide for a page is set smaller, never cut but for names.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPagedPaintDevice, QPageLayout, QPageSize, QPainter, QPdfWriter

from tukar.ui.kit.tokens import Families

_DPI: Final = 300
_EDGE_MM: Final = 14.0
_TITLE, _WORDS, _CELL = 58, 38, 36
"""Heights of type in dots, 300 to the inch."""
_ROW: Final = 66
_HEAD: Final = 72
_GAP: Final = 36
_LEAST_SCALE: Final = 0.55
_NAME_AT_MOST: Final = 520
_GREY: Final = QColor(90, 98, 100)


@dataclass(frozen=True, slots=True)
class TableSheet:
    """What is printed. ``right`` tells for each column whether its figures end on one edge; ``totals`` is the last row.

    ``page`` turns a number and how many there are into words.
    """

    title: str
    words: str
    headings: tuple[str, ...]
    right: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]
    totals: bool = False
    page: str = "{page} / {pages}"


class TablePaper:
    """Prints tables in the families of the screen."""

    def __init__(self, families: Families) -> None:
        self._families = [families.text, *families.fallback]

    def print(self, sheet: TableSheet, file: Path) -> str:
        """The name of the printer it went to; empty where there is none and ``file`` is a PDF now. Raises OSError."""
        from PySide6.QtPrintSupport import QPrinter, QPrinterInfo  # seldom needed, and slow to load

        found = QPrinterInfo.defaultPrinter()
        if found.isNull():
            self.write_pdf(sheet, file)
            return ""
        printer = QPrinter(found)
        printer.setResolution(_DPI)
        printer.setDocName(sheet.title)
        if not self._paint(sheet, printer):
            self.write_pdf(sheet, file)
            return ""
        return found.description() or found.printerName()

    def write_pdf(self, sheet: TableSheet, file: Path) -> None:
        """Pages of A4 with real text. Raises OSError when the file cannot be written."""
        room = QBuffer()
        room.open(QIODevice.OpenModeFlag.WriteOnly)
        writer = QPdfWriter(room)
        writer.setTitle(sheet.title)
        writer.setCreator("Tukar")
        writer.setResolution(_DPI)
        self._paint(sheet, writer)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(room.data().data())

    def _paint(self, sheet: TableSheet, device: "QPdfWriter | QPagedPaintDevice") -> bool:
        wide = self._widths(sheet, 1.0)
        size = QPageSize(QPageSize.PageSizeId.A4)
        lies = sum(wide) > _portrait_dots()
        way = QPageLayout.Orientation.Landscape if lies else QPageLayout.Orientation.Portrait
        edge = QMarginsF(_EDGE_MM, _EDGE_MM, _EDGE_MM, _EDGE_MM)
        device.setPageLayout(QPageLayout(size, way, edge, QPageLayout.Unit.Millimeter))
        painter = QPainter()
        if not painter.begin(device):
            return False
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        room = device.pageLayout().paintRectPixels(_DPI)
        scale = min(1.0, max(room.width() / max(sum(wide), 1.0), _LEAST_SCALE))
        _Pages(self._fonts(scale), sheet, self._widths(sheet, scale), scale).paint(
            painter, device, QRectF(0, 0, room.width(), room.height())
        )
        return painter.end()

    def _fonts(self, scale: float) -> tuple[QFont, QFont, QFont, QFont]:
        """Title, words, cell and head."""
        return (
            self._font(_TITLE, 600),
            self._font(_WORDS, 400),
            self._font(round(_CELL * scale), 400),
            self._font(round(_CELL * scale), 600),
        )

    def _font(self, pixels: int, weight: int) -> QFont:
        font = QFont()
        font.setFamilies(self._families)
        font.setPixelSize(pixels)
        font.setWeight(QFont.Weight(weight))
        return font

    def _widths(self, sheet: TableSheet, scale: float) -> list[float]:
        """Each column as wide as its widest cell, names at most so wide."""
        strong = self._fonts(scale)[3]
        heads = QFontMetricsF(strong)
        widths = []
        for place, heading in enumerate(sheet.headings):
            cells = max((heads.horizontalAdvance(row[place]) for row in sheet.rows), default=0.0)
            if not sheet.right[place]:
                cells = min(cells, _NAME_AT_MOST * scale)
            widths.append(max(cells, heads.horizontalAdvance(heading)) + _GAP * scale)
        return widths


def _portrait_dots() -> float:
    """How wide an upright page is between its margins."""
    millimetres = QPageSize.size(QPageSize.PageSizeId.A4, QPageSize.Unit.Millimeter).width() - 2 * _EDGE_MM
    return millimetres / 25.4 * _DPI


class _Pages:
    """The pages of one table, from the first to the last."""

    def __init__(
        self, fonts: tuple[QFont, QFont, QFont, QFont], sheet: TableSheet, widths: Sequence[float], scale: float
    ) -> None:
        self._title, self._words, self._cell, self._strong = fonts
        self._sheet = sheet
        self._widths = widths
        self._row, self._head = _ROW * scale, _HEAD * scale

    def paint(self, painter: QPainter, device: "QPdfWriter | QPagedPaintDevice", room: QRectF) -> None:
        above, below = 2.4 * _TITLE, 2.0 * _WORDS
        fits = max(int((room.height() - above - below - self._head) // self._row), 1)
        rows = self._sheet.rows
        pages = max(-(-len(rows) // fits), 1)
        for page in range(pages):
            if page:
                device.newPage()
            self._write(painter, self._title, self._sheet.title, QRectF(0, 0, room.width(), 1.2 * _TITLE))
            painter.setPen(_GREY)
            self._write(painter, self._words, self._sheet.words, QRectF(0, 1.2 * _TITLE, room.width(), 1.2 * _WORDS))
            foot = QRectF(0, room.height() - 1.2 * _WORDS, room.width(), 1.2 * _WORDS)
            number = self._sheet.page.format(page=page + 1, pages=pages)
            self._write(painter, self._words, number, foot, right=True)
            painter.setPen(Qt.GlobalColor.black)
            top = self._line(painter, self._strong, self._sheet.headings, above, self._head)
            painter.fillRect(QRectF(0, top - 3, min(sum(self._widths), room.width()), 3), Qt.GlobalColor.black)
            for place in range(page * fits, min((page + 1) * fits, len(rows))):
                last = self._sheet.totals and place == len(rows) - 1
                top = self._line(painter, self._strong if last else self._cell, rows[place], top, self._row)
                painter.fillRect(QRectF(0, top - 1, min(sum(self._widths), room.width()), 1), _GREY)

    def _line(self, painter: QPainter, font: QFont, cells: Sequence[str], top: float, high: float) -> float:
        left = 0.0
        for place, text in enumerate(cells):
            width = self._widths[place]
            gap = _GAP * high / _ROW
            box = QRectF(left, top, width - gap, high)
            self._write(painter, font, text, box, right=self._sheet.right[place])
            left += width
        return top + high

    def _write(self, painter: QPainter, font: QFont, text: str, box: QRectF, *, right: bool = False) -> None:
        metrics = QFontMetricsF(font)
        shown = (
            text
            if metrics.horizontalAdvance(text) <= box.width() + 1
            else metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        )
        left = box.right() - metrics.horizontalAdvance(shown) if right else box.x()
        painter.setFont(font)
        painter.drawText(QPointF(left, box.center().y() + metrics.capHeight() / 2), shown)
