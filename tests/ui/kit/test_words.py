import pytest
from PySide6.QtWidgets import QVBoxLayout
from pytestqt.qtbot import QtBot

from tests.ui.kit.rows_shown import LEDGER, STEPS
from tukar.ui.kit import (
    RIGHT,
    Colour,
    Figure,
    Icon,
    Ink,
    Ledger,
    Look,
    NeutralButton,
    NoticeStrip,
    Plane,
    ProgressBarThin,
    QrView,
    Role,
    Spill,
    Spinner,
    StepsList,
    Text,
    Tone,
)

LONG = "Nothing to do here. The bill saves itself when the bank answers."


@pytest.mark.parametrize(("width", "lines"), [(1000, 1), (320, 2), (160, 4)])
def test_a_wrapped_text_takes_whole_lines_of_its_role(look: Look, qtbot: QtBot, width: int, lines: int) -> None:
    text = Text(look, LONG, Ink(Role.BODY), wrap=True)
    qtbot.addWidget(text)
    assert text.heightForWidth(width) == lines * look.theme.line(Role.BODY)


def test_a_wrapped_text_in_a_narrow_column_shows_every_word(look: Look, qtbot: QtBot, spills: list[Spill]) -> None:
    plane = Plane(look)
    qtbot.addWidget(plane)
    column = QVBoxLayout(plane)
    text = Text(look, LONG, wrap=True)
    column.addWidget(text)
    column.addStretch(1)
    plane.resize(200, 400)
    plane.show()
    plane.grab()
    assert text.height() == text.heightForWidth(text.width())
    assert spills == []


def test_a_text_asks_for_its_whole_width_unless_it_may_be_cut(look: Look, qtbot: QtBot) -> None:
    whole, cut = Text(look, LONG), Text(look, LONG, Ink(may_cut=True))
    for text in (whole, cut):
        qtbot.addWidget(text)
    assert whole.minimumSizeHint() == whole.sizeHint()
    assert cut.minimumSizeHint().width() < 200
    assert (whole.toolTip(), cut.toolTip()) == ("", LONG)


def test_an_icon_before_the_words_takes_its_place(look: Look, qtbot: QtBot, spills: list[Spill]) -> None:
    text = Text(look, "120 expire 30 Nov", Ink(Role.CAPTION, Colour.WARN, RIGHT))
    qtbot.addWidget(text)
    before = text.sizeHint().width()
    text.set_icon(Icon.CLOCK_ALERT)
    assert text.sizeHint().width() == before + 26
    text.resize(text.sizeHint())
    text.grab()
    assert spills == []


@pytest.mark.parametrize(
    ("amount", "step"),
    [("Rp 173.500", 1.0), ("Rp 2.173.500", 7 / 8), ("Rp 12.173.500", 3 / 4), ("Rp 1.212.173.500", 5 / 8)],
)
def test_a_long_total_steps_down_and_is_never_cut(
    look: Look, qtbot: QtBot, spills: list[Spill], amount: str, step: float
) -> None:
    total = Figure(look, amount)
    qtbot.addWidget(total)
    total.resize(360, 72)
    total.grab()
    assert (total.step(), spills) == (step, [])


def test_a_total_beyond_all_steps_is_still_shown_whole(look: Look, qtbot: QtBot, spills: list[Spill]) -> None:
    total = Figure(look, "Rp 999.999.999.999.999", unit="points")
    qtbot.addWidget(total)
    total.resize(260, 72)
    total.grab()
    assert total.step() < 5 / 8
    assert spills == []


def test_a_changed_total_is_there_at_once_and_eases_from_plum(look: Look, qtbot: QtBot) -> None:
    look.reduce_motion(reduced=False)
    total = Figure(look, "Rp 173.500")
    qtbot.addWidget(total)
    total.resize(360, 72)

    def inks() -> set[str]:
        image = total.grab().toImage()
        return {image.pixelColor(x, y).name() for x in range(0, 360, 2) for y in range(0, 72, 2)}

    assert look.theme.colour(Colour.INK).name() in inks()
    total.set_figure("Rp 153.500")
    assert look.theme.colour(Colour.POINTS).name() in inks()
    assert total.accessibleName() == "Rp 153.500"
    qtbot.waitUntil(lambda: look.theme.colour(Colour.INK).name() in inks(), timeout=2000)


def test_a_notice_grows_with_its_sentence_and_hides_without(look: Look, qtbot: QtBot, spills: list[Spill]) -> None:
    strip = NoticeStrip(look)
    qtbot.addWidget(strip)
    strip.show_notice(Tone.DANGER, "Code not right.")
    assert strip.isVisible()
    assert strip.heightForWidth(300) <= strip.minimumHeight() == 56
    strip.show_notice(Tone.WARN, LONG * 2)
    assert strip.heightForWidth(300) > 100
    strip.resize(300, strip.heightForWidth(300))
    strip.grab()
    assert (strip.accessibleName(), strip.tone, spills) == (LONG * 2, Tone.WARN, [])
    strip.show_notice(Tone.CALM, "")
    assert not strip.isVisible()


def test_a_notice_has_at_most_one_button(look: Look, qtbot: QtBot) -> None:
    strip = NoticeStrip(look)
    qtbot.addWidget(strip)
    first, second = NeutralButton(look, "Review"), NeutralButton(look, "Later")
    strip.set_button(first)
    gone: list[bool] = []
    first.destroyed.connect(lambda: gone.append(True))  # not waitSignal: the sender is no more when it lets go
    strip.set_button(second)
    qtbot.waitUntil(lambda: bool(gone))
    assert strip.findChildren(NeutralButton) == [second]
    assert second.sizeHint().height() == 48


def test_what_is_painted_is_also_said(look: Look, qtbot: QtBot) -> None:
    ledger, steps, bar = Ledger(look), StepsList(look), ProgressBarThin(look, "Points to free coffee")
    code, ring = QrView(look, "QRIS code"), Spinner(look, "Waiting for the card")
    for widget in (ledger, steps, bar, code, ring):
        qtbot.addWidget(widget)
    ledger.show_rows(LEDGER[:2])
    steps.show_steps(STEPS[:2])
    bar.set_share(0.5, "26 more points")
    assert ledger.accessibleName() == "Before promotions Rp 181.000. Promotions −Rp 7.500"
    assert steps.accessibleName() == "Amount sent, done. Waiting for card, now"
    assert (bar.value(), bar.accessibleDescription()) == (500, "26 more points")
    assert [w.accessibleName() for w in (code, ring)] == ["QRIS code", "Waiting for the card"]


def test_a_qr_code_is_black_on_white_in_whole_pixels(look: Look, qtbot: QtBot) -> None:
    view = QrView(look, "QRIS code", module=5)
    qtbot.addWidget(view)
    view.show_matrix([[True, False], [False, True]])
    view.resize(view.sizeHint())
    image = view.grab().toImage()
    assert view.sizeHint().width() == 5 * (2 + 8)
    colours = {image.pixelColor(x, y).name() for x in range(20, 30) for y in range(20, 30)}
    assert colours == {"#000000", "#ffffff"}
    assert [image.pixelColor(x, 22).name() for x in (20, 24, 25, 29)] == ["#000000", "#000000", "#ffffff", "#ffffff"]
