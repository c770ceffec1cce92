import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from tukar.ui.kit import CENTRE, RIGHT, Brush, Colour, Edge, Ink, Look, Role, Spill

SIZE = 200, 60


class Canvas:
    """A white picture with a brush on it."""

    def __init__(self, look: Look) -> None:
        self.image = QImage(*SIZE, QImage.Format.Format_RGB32)
        self.image.fill(Qt.GlobalColor.white)
        self._painter = QPainter(self.image)
        self.brush = Brush(self._painter, look, QRectF(0, 0, *SIZE))

    def inked(self) -> list[tuple[int, int]]:
        self._painter.end()
        white = QColor("white")
        return [(x, y) for x in range(SIZE[0]) for y in range(SIZE[1]) if self.image.pixelColor(x, y) != white]


def written(look: Look, rect: QRectF, text: str, ink: Ink) -> float:
    canvas = Canvas(look)
    width = canvas.brush.write(rect, text, ink)
    assert canvas.inked()
    return width


@pytest.mark.parametrize("role", [Role.CAPTION, Role.BODY, Role.TITLE, Role.PAD, Role.FIGURE])
def test_capitals_stand_in_the_middle(look: Look, role: Role) -> None:
    canvas = Canvas(look)
    canvas.brush.write(QRectF(0, 0, *SIZE), "HEH", Ink(role, align=CENTRE))
    rows = [y for _, y in canvas.inked()]
    assert abs((min(rows) + max(rows) + 1) / 2 - SIZE[1] / 2) <= 1.0


def test_figures_end_on_the_edge_and_not_beyond(look: Look) -> None:
    canvas = Canvas(look)
    canvas.brush.write(QRectF(0, 0, 150, 60), "Rp 18.000", Ink(Role.AMOUNT, align=RIGHT))
    right = max(x for x, _ in canvas.inked())
    assert 146 <= right <= 149


def test_a_text_that_is_cut_is_told(look: Look, spills: list[Spill]) -> None:
    written(look, QRectF(0, 0, 60, 60), "Salesperson of the day", Ink())
    assert [spill.text for spill in spills] == ["Salesperson of the day"]
    assert spills[0].excess > 50


def test_a_text_that_may_be_cut_is_not_told(look: Look, spills: list[Spill]) -> None:
    width = written(look, QRectF(0, 0, 60, 60), "Salesperson of the day", Ink(may_cut=True))
    assert spills == []
    assert width <= 60


def test_a_text_beyond_the_widget_is_told_even_if_it_fits_its_box(look: Look, spills: list[Spill]) -> None:
    written(look, QRectF(150, 0, 300, 60), "beyond the edge", Ink())
    written(look, QRectF(-40, 0, 100, 60), "before it", Ink())
    assert [spill.text for spill in spills] == ["beyond the edge", "before it"]


def test_an_old_amount_is_struck_out(look: Look) -> None:
    plain, struck = Canvas(look), Canvas(look)
    plain.brush.write(QRectF(0, 0, *SIZE), "17.500", Ink(Role.CAPTION))
    width = struck.brush.write(QRectF(0, 0, *SIZE), "17.500", Ink(Role.CAPTION, strike=True))
    before, after = set(plain.inked()), set(struck.inked())
    line = {y for _, y in after - before}
    assert len(line) == 1
    assert len([x for x, y in after if y in line]) >= int(width)


def test_an_edge_stays_inside_its_rectangle(look: Look) -> None:
    canvas = Canvas(look)
    canvas.brush.rr(QRectF(20, 10, 100, 40), 10, None, Edge(Colour.INK, 3.0))
    inked = canvas.inked()
    assert (min(x for x, _ in inked), max(x for x, _ in inked)) == (20, 119)
    assert (min(y for _, y in inked), max(y for _, y in inked)) == (10, 49)


def test_a_hairline_is_one_crisp_row(look: Look) -> None:
    canvas = Canvas(look)
    canvas.brush.hairline(0, 30, 200)
    assert {y for _, y in canvas.inked()} == {30}
    assert canvas.image.pixelColor(100, 30) == look.theme.colour(Colour.LINE)


def test_runs_follow_each_other(look: Look) -> None:
    theme = look.theme
    parts = [("Kopi", Ink(Role.STRONG)), (" Susu", Ink(Role.BODY))]
    canvas = Canvas(look)
    drawn = canvas.brush.runs(QRectF(0, 0, *SIZE), parts)
    assert canvas.inked()
    assert drawn == pytest.approx(theme.width(Role.STRONG, "Kopi") + theme.width(Role.BODY, " Susu"))
