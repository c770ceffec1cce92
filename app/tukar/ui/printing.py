"""Draws a receipt once, for every place it goes to: the screen, a PDF, an office printer, the dots of a thermal head.

One ``paint`` lays the rows out on a paper 576 dots wide at 8 dots a millimetre. It paints on whatever QPainter takes
off the window's thread (QImage, QPdfWriter), so that printing never holds the window up; only the dialog-less office
printer needs Qt's own thread on some systems, and the caller sees to that.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPageLayout, QPageSize, QPainter, QPdfWriter

from tukar.ui.kit.tokens import Tokens
from tukar.ui.receipt_rows import Bar, Centred, Pair, PaperRow, Printable, QrRow, Rule, TotalRow
from tukar.ui.translations import Language

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

DOTS: Final = 576
"""What an 80 mm head prints."""
MARGIN: Final = 8
THRESHOLD: Final = 140
"""A dot is black when it is darker than this, of 255 (visual.md, "Receipt")."""

_DOTS_PER_MM = 8
_DPI = 203
_PAPER_MM = 80
_EDGE_MM = 4.0
_TOP, _BOTTOM = 16, 24
_LEADING = 1.42
_INDENT = 25
_RULE, _RULE_SPACE = 2, 12
_LINE_SPACE = 5
_TOTAL_SIZE, _TOTAL_STEP, _TOTAL_LABEL = 50, 4, 32
_TOTAL_LEAST = 26
_DISPLAY_FROM, _TIGHT = 32, 98.0
_BAR_HEIGHT, _BAR_SIZE, _BAR_SPACE = 60, 26, 12
_QR_MODULE, _QR_SPACE = 6, 18
_GAP = 16


@dataclass(frozen=True, slots=True)
class _Placed:
    """A row with its height and what paints it below a given top."""

    height: float
    paint: Callable[[QPainter, float], None]


class ReceiptPrinting:
    """Receipts and reports in every form. ``language`` is asked at each drawing: paper speaks as the screen does."""

    def __init__(self, tokens: Tokens, language: Language) -> None:
        self._tokens = tokens
        self._language = language

    def image(self, paper: Printable) -> QImage:
        """The receipt in black and white, 576 dots wide and as long as it takes: what the thermal head burns."""
        placed = self._place(paper)
        grey = QImage(DOTS, round(_height(placed)), QImage.Format.Format_Grayscale8)
        grey.fill(QColor(Qt.GlobalColor.white))
        painter = QPainter(grey)
        _paint(painter, placed)
        painter.end()
        return _in_one_bit(grey)

    def raster(self, paper: Printable) -> tuple[int, int, bytes]:
        """Width in bytes, height in dots and the dots, 1 is black, eight to a byte: the body of ESC/POS ``GS v 0``."""
        image = self.image(paper)
        width, height = image.width() // 8, image.height()
        dots = bytes(image.constBits())
        step = image.bytesPerLine()
        rows = b"".join(dots[row * step : row * step + width] for row in range(height))
        return width, height, rows

    def write_pdf(self, paper: Printable, file: Path) -> None:
        """A PDF of one page as long as the receipt, with real text. Raises OSError when it cannot be written."""
        placed = self._place(paper, tabular=False)
        room = QBuffer()
        room.open(QIODevice.OpenModeFlag.WriteOnly)
        writer = QPdfWriter(room)
        writer.setTitle(paper.title)
        writer.setCreator("Tukar")
        writer.setResolution(_DPI)
        writer.setPageSize(_page(_height(placed)))
        edge = QMarginsF(_EDGE_MM, 0, _EDGE_MM, 0)
        writer.setPageMargins(edge, QPageLayout.Unit.Millimeter)
        painter = QPainter(writer)
        _paint(painter, placed)
        painter.end()
        file.write_bytes(room.data().data())

    def print_on(self, paper: Printable, printer_name: str) -> bool:
        """On a printer of the system (an office printer, a driver for 80 mm paper); False when it does not take it."""
        from PySide6.QtPrintSupport import QPrinter, QPrinterInfo  # not before the first paint

        found = QPrinterInfo.printerInfo(printer_name)
        if found.isNull():
            return False
        placed = self._place(paper)
        printer = QPrinter(found)
        printer.setResolution(_DPI)
        printer.setDocName(paper.title)
        painter = QPainter()
        if not painter.begin(printer):
            return False
        _paint_pages(painter, placed, printer)
        return painter.end()

    def _place(self, paper: Printable, *, tabular: bool = True) -> list[_Placed]:
        # A PDF loses the characters behind alternate glyphs, so that its figures could not be searched or copied.
        setter = _Setter(self._tokens, tabular=tabular)
        rows = paper.rows(self._language)
        return [setter.placed(row, first=place == 0) for place, row in enumerate(rows)]


class _Setter:
    """Sets rows in type: how high each is, and how it is painted."""

    def __init__(self, tokens: Tokens, *, tabular: bool) -> None:
        self._families = tokens.families
        self._tabular = tabular

    def placed(self, row: PaperRow, *, first: bool) -> _Placed:
        match row:
            case Centred(text, size, weight):
                return self._centred(text, self._font(size, weight))
            case Pair():
                return self._pair(row)
            case Rule():
                return _Placed(_RULE + 2 * _RULE_SPACE, _rule)
            case TotalRow(label, amount):
                return self._total(label, amount)
            case Bar(text):
                return self._bar(text, first=first)
            case QrRow(content):
                return _qr(content)

    def _font(self, size: int, weight: int) -> QFont:
        families = self._families
        font = QFont()
        large = size >= _DISPLAY_FROM
        font.setFamilies([families.display if large else families.text, families.text, *families.fallback])
        font.setPixelSize(size)
        font.setWeight(QFont.Weight(weight))
        font.setFeature(QFont.Tag("tnum"), int(self._tabular))
        font.setFeature(QFont.Tag("calt"), 0)
        if large:
            font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, _TIGHT)
        return font

    def _centred(self, text: str, font: QFont) -> _Placed:
        metrics = QFontMetricsF(font)
        lines = _broken(text, metrics, _width())
        pitch = _pitch(font)

        def paint(painter: QPainter, top: float) -> None:
            painter.setFont(font)
            for number, line in enumerate(lines):
                left = MARGIN + (_width() - metrics.horizontalAdvance(line)) / 2
                painter.drawText(QPointF(round(left), _base(top + number * pitch, pitch, metrics)), line)

        return _Placed(pitch * len(lines), paint)

    def _pair(self, row: Pair) -> _Placed:
        font = self._font(row.size, row.weight)
        metrics = QFontMetricsF(font)
        indent = _INDENT if row.indent else 0
        taken = metrics.horizontalAdvance(row.right)
        lines = _broken(row.left, metrics, _width() - indent - taken - (_GAP if row.right else 0))
        pitch = _pitch(font)
        space = 0 if row.indent else _LINE_SPACE

        def paint(painter: QPainter, top: float) -> None:
            painter.setFont(font)
            top += space
            for number, line in enumerate(lines):
                painter.drawText(QPointF(MARGIN + indent, _base(top + number * pitch, pitch, metrics)), line)
            painter.drawText(QPointF(DOTS - MARGIN - taken, _base(top, pitch, metrics)), row.right)

        return _Placed(space + pitch * len(lines), paint)

    def _total(self, label: str, amount: str) -> _Placed:
        small = self._font(_TOTAL_LABEL, 600)
        taken = QFontMetricsF(small).horizontalAdvance(label)
        size = _TOTAL_SIZE
        while QFontMetricsF(self._font(size, 600)).horizontalAdvance(amount) > _width() - taken - _GAP:
            size -= _TOTAL_STEP
            if size <= _TOTAL_LEAST:
                break
        large = self._font(size, 600)
        metrics = QFontMetricsF(large)
        pitch = _pitch(large)

        def paint(painter: QPainter, top: float) -> None:
            base = _base(top, pitch, metrics)
            painter.setFont(small)
            lift = (metrics.capHeight() - QFontMetricsF(small).capHeight()) / 2
            painter.drawText(QPointF(MARGIN, round(base - lift)), label)
            painter.setFont(large)
            painter.drawText(QPointF(DOTS - MARGIN - metrics.horizontalAdvance(amount), base), amount)

        return _Placed(pitch, paint)

    def _bar(self, text: str, *, first: bool) -> _Placed:
        font = self._font(_BAR_SIZE, 600)
        metrics = QFontMetricsF(font)
        lines = _broken(text, metrics, _width() - 2 * _GAP)
        pitch = _pitch(font)
        height = max(_BAR_HEIGHT, pitch * len(lines) + 2 * _BAR_SPACE)
        space = 0 if first else _BAR_SPACE

        def paint(painter: QPainter, top: float) -> None:
            top += space
            painter.fillRect(QRectF(MARGIN, round(top), _width(), round(height)), Qt.GlobalColor.black)
            painter.setPen(Qt.GlobalColor.white)
            painter.setFont(font)
            start = top + (height - pitch * len(lines)) / 2
            for number, line in enumerate(lines):
                left = MARGIN + (_width() - metrics.horizontalAdvance(line)) / 2
                painter.drawText(QPointF(round(left), _base(start + number * pitch, pitch, metrics)), line)
            painter.setPen(Qt.GlobalColor.black)

        return _Placed(height + space + _BAR_SPACE / 2, paint)


def _paint(painter: QPainter, placed: Sequence[_Placed]) -> None:
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    painter.setPen(Qt.GlobalColor.black)
    top = float(_TOP)
    for row in placed:
        row.paint(painter, top)
        top += row.height


def _paint_pages(painter: QPainter, placed: Sequence[_Placed], printer: "QPrinter") -> None:
    """On sheets of a fixed length: a row that does not fit any more begins the next one."""
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    painter.setPen(Qt.GlobalColor.black)
    page = printer.pageLayout().paintRectPixels(printer.resolution())
    scale = min(page.width() / DOTS, 1.0)
    painter.scale(scale, scale)
    top = float(_TOP)
    for row in placed:
        if top + row.height > page.height() / scale and top > _TOP:
            printer.newPage()
            top = float(_TOP)
        row.paint(painter, top)
        top += row.height


def _rule(painter: QPainter, top: float) -> None:
    painter.fillRect(QRectF(MARGIN, round(top + _RULE_SPACE), _width(), _RULE), Qt.GlobalColor.black)


def _qr(content: str) -> _Placed:
    import segno  # not before the first paint

    matrix = [[bool(module) for module in row] for row in segno.make_qr(content, error="m").matrix]
    side = len(matrix) * _QR_MODULE
    left = (DOTS - side) // 2

    def paint(painter: QPainter, top: float) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        down = round(top) + _QR_SPACE
        for y, row in enumerate(matrix):
            for x, module in enumerate(row):
                if module:
                    box = QRectF(left + x * _QR_MODULE, down + y * _QR_MODULE, _QR_MODULE, _QR_MODULE)
                    painter.fillRect(box, Qt.GlobalColor.black)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=True)

    return _Placed(side + 1.5 * _QR_SPACE, paint)


def _width() -> float:
    return DOTS - 2 * MARGIN


def _height(placed: Sequence[_Placed]) -> float:
    return _TOP + sum(row.height for row in placed) + _BOTTOM


def _page(height: float) -> QPageSize:
    size = QSizeF(_PAPER_MM, height / _DOTS_PER_MM)
    return QPageSize(size, QPageSize.Unit.Millimeter, "receipt", QPageSize.SizeMatchPolicy.ExactMatch)


def _pitch(font: QFont) -> float:
    return round(font.pixelSize() * _LEADING)


def _base(top: float, pitch: float, metrics: QFontMetricsF) -> float:
    return round(top + pitch / 2 + metrics.capHeight() / 2)


def _broken(text: str, metrics: QFontMetricsF, width: float) -> list[str]:
    """``text`` in lines of at most ``width``, between words where that is possible."""
    lines = [""]
    for word in text.split(" "):
        tried = f"{lines[-1]} {word}" if lines[-1] else word
        if metrics.horizontalAdvance(tried) <= width or not lines[-1]:
            lines[-1] = tried
        else:
            lines.append(word)
        while metrics.horizontalAdvance(lines[-1]) > width and len(lines[-1]) > 1:
            fits = _fitting(lines[-1], metrics, width)
            lines[-1:] = [lines[-1][:fits], lines[-1][fits:]]
    return lines


def _fitting(word: str, metrics: QFontMetricsF, width: float) -> int:
    fits = 1
    while fits < len(word) and metrics.horizontalAdvance(word[: fits + 1]) <= width:
        fits += 1
    return fits


def _in_one_bit(grey: QImage) -> QImage:
    table = bytes(0 if value < THRESHOLD else 255 for value in range(256))
    sharp = bytes(grey.constBits()).translate(table)
    width, height, step = grey.width(), grey.height(), grey.bytesPerLine()
    image = QImage(sharp, width, height, step, QImage.Format.Format_Grayscale8)
    # Black is 1, as the head wants it: the first colour of the table is white.
    return image.convertToFormat(
        QImage.Format.Format_Mono,
        [QColor(Qt.GlobalColor.white).rgb(), QColor(Qt.GlobalColor.black).rgb()],
        Qt.ImageConversionFlag.ThresholdDither,
    )
