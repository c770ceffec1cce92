"""Renders every screen but the sale window in every state: python -m tests.ui.till_pictures FOLDER [words …]."""

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from tests.ui import reference as ref
from tests.ui.rendering import Opened, render
from tests.ui.states import paying, redeeming, returning, selling, shifts, signing_in
from tests.ui.till_samples import SHOP
from tukar.resources import find_resources
from tukar.till.receipt_screen import ReceiptModel
from tukar.ui.bill_sheet import BillSheet
from tukar.ui.bill_words_sheet import BillWordsSheet
from tukar.ui.held_sheet import HeldSheet
from tukar.ui.keys_sheet import KeysSheet
from tukar.ui.kit import Look, read_tokens
from tukar.ui.main_window import MainWindow
from tukar.ui.printing import ReceiptPrinting
from tukar.ui.receipt_rows import Paper, text_of
from tukar.ui.shift_sheet import ShiftSheet
from tukar.ui.shift_sheet import drawing as drawing_shifts
from tukar.ui.translations import Language

ZONE = ZoneInfo("Asia/Jakarta")
STATES: dict[str, Callable[[MainWindow], None]] = {
    state.__name__: state
    for screen in (signing_in, selling, paying, redeeming, returning, shifts)
    for state in screen.STATES
}


def open_window(look: Look, language: Language) -> MainWindow:
    printing = ReceiptPrinting(read_tokens(find_resources() / "styles" / "tokens.json"), language)

    def draw(model: ReceiptModel) -> tuple[QImage, str]:
        assert model.receipt is not None
        paper = Paper(model.receipt, SHOP, nudge=model.nudge)
        return printing.image(paper), text_of(paper, language)

    window = MainWindow(look, language)
    window.furnish(time_zone=ZONE, draw_receipt=draw)
    window.show_status(replace(ref.STATUS))
    window.adopt(HeldSheet(look, window, language, ZONE))
    window.adopt(KeysSheet(look, window, language))
    window.adopt(BillSheet(look, window, language))
    window.adopt(BillWordsSheet(look, window, language))
    window.adopt(ShiftSheet(look, window, language, drawing_shifts(printing, language, SHOP)))
    return window


def opened(state: Callable[[MainWindow], None]) -> Opened:
    """The till's window in that state."""

    def open_it(look: Look, language: Language, size: tuple[int, int]) -> QWidget:
        window = open_window(look, language)
        window.resize(*size)
        window.show()
        state(window)
        return window

    return open_it


SCREENS: Final = {name: opened(state) for name, state in STATES.items()}


if __name__ == "__main__":
    render(SCREENS, Path(sys.argv[1] if len(sys.argv) > 1 else "pictures"), sys.argv[2:])
