"""Every component in every state, painted into one picture: run it to look at the kit in all its themes and sizes.

python -m tests.ui.kit.gallery FOLDER
"""

import argparse
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QRect, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.kit.parts import Parts
from tukar.resources import find_resources
from tukar.ui.kit import (
    AmountField,
    BillLineDelegate,
    BillRow,
    Choice,
    CodeBoxes,
    Colour,
    Field,
    Icon,
    Ink,
    KeyBarButton,
    KitButton,
    Look,
    NeutralButton,
    NoticeStrip,
    Plane,
    PointSlider,
    PrimaryAction,
    ProgressBarThin,
    QuietButton,
    Role,
    RowList,
    Scheme,
    SizeClass,
    Text,
    Tone,
    dress,
    open_look,
)
from tukar.ui.kit.keypad import PadKey

HEIGHT = 1210
COLUMN, GAP = 168, 16
STATES = ("rest", "hover", "pressed", "focused", "disabled", "busy / error")
BILL = (
    BillRow("5", "Indomie Goreng 85 g", "Borong Mi: pay 4, take 5", Icon.TAG, "Rp 14.000", "17.500", True, "five"),
    BillRow("2", "Sabun Lifebuoy 85 g", "each Rp 4.500", None, "Rp 9.000", None, False, "two"),
    BillRow("1", "Beras Ramos 5 kg", "each Rp 74.500", None, "Rp 74.500", None, False, "one"),
)


@dataclass(frozen=True)
class Pose:
    """A widget that has to be focused while it is painted."""

    widget: QWidget
    place: QRect


class Gallery:
    """The components on one plane, laid out as in the reference pictures."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self.cell = 181 if not look.theme.wide else 214
        self.pitch = self.cell + GAP
        self.width = COLUMN + 6 * self.pitch
        self.host = Plane(look, Colour.PLANE)
        self.host.setFixedSize(self.width, HEIGHT)
        self._focused: list[Pose] = []
        self._title()
        self._buttons()
        self._fields()
        self._codes()
        self._notices()
        self._points()
        self._bill()

    def picture(self, ratio: float = 1.0) -> QImage:
        """Paint all of it, then each focused component while it has the focus."""
        self.host.show()
        self.host.activateWindow()
        while not self._all_wait():
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        image = QImage(round(self.width * ratio), round(HEIGHT * ratio), QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(ratio)
        self.host.setFocus()
        self.host.render(image)
        for pose in self._focused:
            pose.widget.setFocus(Qt.FocusReason.OtherFocusReason)
            cut = QImage(pose.place.size() * ratio, QImage.Format.Format_RGB32)
            cut.setDevicePixelRatio(ratio)
            self.host.render(cut, sourceRegion=pose.place)
            painter = QPainter(image)
            painter.drawImage(pose.place.topLeft(), cut)
            painter.end()
        self.host.hide()
        return image

    def _all_wait(self) -> bool:
        return all(button.waiting for button in self.host.findChildren(KitButton) if button.busy)

    def close(self) -> None:
        self.host.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def _put(self, widget: QWidget, left: int, top: int, width: int, height: int) -> None:
        widget.setParent(self.host)
        widget.setGeometry(left, top, width, height)

    def _words(self, text: str, left: int, middle: int, ink: Ink) -> None:
        self._put(Text(self.look, text, ink), left, middle - 16, 400, 32)

    def _title(self) -> None:
        self._words("Components and their states", 32, 34, Ink(Role.TITLE))
        for place, state in enumerate(STATES):
            self._words(state, COLUMN + self.pitch * place, 64, Ink(Role.LABEL, Colour.INK_2))

    def _row(self, name: str, top: int, height: int, make: Callable[[int], KitButton | None]) -> None:
        self._words(name, 32, top + height // 2, Ink(Role.BODY))
        for place in range(len(STATES)):
            button = make(place)
            if button is None:
                continue
            left = COLUMN + self.pitch * place
            self._put(button, left, top, self.cell, height)
            self._pose(button, place, QRect(left, top, self.cell, height))

    def _pose(self, button: KitButton, place: int, rect: QRect) -> None:
        button.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, on=place in (1, 2))
        button.setDown(place == 2)
        button.setEnabled(place != 4)
        button.set_busy(busy=place == 5)
        if place == 3:
            self._focused.append(Pose(button, rect))

    def _buttons(self) -> None:
        look = self.look
        self._row("Primary action", 88, 72, lambda _: PrimaryAction(look, "Pay"))
        self._row("Neutral", 174, 56, lambda _: NeutralButton(look, "Cancel", key="Esc"))

        def quiet(place: int) -> QuietButton:
            if place < 3:
                return QuietButton(look, "Rizky Pratama", icon=Icon.SALESPERSON)
            return QuietButton(look, "Remove all", icon=Icon.TRASH, danger=True)

        def choice(place: int) -> Choice | None:
            button = Choice(look, "100.000")
            button.setChecked(place < 2)
            return None if place == 5 else button

        def pad(place: int) -> KitButton | None:
            return None if place == 5 else PadKey(look, "7")

        self._row("Quiet, danger", 244, 56, quiet)
        self._row(
            "Key bar",
            314,
            56 if not look.theme.wide else 68,
            lambda place: KeyBarButton(look, "Promotions", key="F7", icon=Icon.TAG) if place < 5 else None,
        )
        self._row("Keypad", 384, 64, pad)
        self._row("Choice", 462, 48, choice)

    def _fields(self) -> None:
        self._words("Field (3: next)", 32, 552, Ink(Role.BODY))
        self._words("Amount (3: next)", 32, 646, Ink(Role.BODY))
        for place in range(len(STATES)):
            left = COLUMN + self.pitch * place
            field = Field(self.look, "Find an item", placeholder="Item or code", icon=Icon.SEARCH)
            field.set_text("" if place in (0, 4) else "kopi")
            self._put(field, left, 524, self.cell, 56)
            amount = AmountField(self.look, "Money given", sign="Rp", group=lambda d: f"{int(d):,}".replace(",", "."))
            amount.set_digits("100000")
            self._put(amount, left, 608, self.cell, 72)
            for box in (field, amount):
                box.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, on=place == 1)
                box.set_next(is_next=place == 2)
                box.setEnabled(place != 4)
                if place == 3:
                    self._focused.append(Pose(box, box.geometry()))
                if place == 5:
                    box.set_wrong("Nothing found.")
                    box.resize(box.width(), box.height() + 4 + self.look.theme.line(Role.CAPTION))

    def _codes(self) -> None:
        self._words("Code boxes", 32, 758, Ink(Role.BODY))
        for place, digits in enumerate(("481", "481907", "481902")):
            boxes = CodeBoxes(self.look, "Code")
            boxes.type_digits(digits)
            boxes.set_wrong(wrong=place == 2)
            left = COLUMN + 2 * self.pitch * place
            self._put(boxes, left, 726, 362, 64)
            if place == 0:
                self._focused.append(Pose(boxes, boxes.geometry()))

    def _notices(self) -> None:
        self._words("Notice strip", 32, 830, Ink(Role.BODY))
        told = (
            (Tone.CALM, "Selling works. Points wait for the line."),
            (Tone.WARN, "Reserved until 14:32"),
            (Tone.DANGER, "Code not right. 2 tries left."),
        )
        for place, (tone, sentence) in enumerate(told):
            strip = NoticeStrip(self.look)
            self._put(strip, COLUMN + 2 * self.pitch * place, 802, 2 * self.cell + GAP, 56)
            strip.show_notice(tone, sentence)

    def _points(self) -> None:
        self._words("Points", 32, 896, Ink(Role.BODY))
        slider = PointSlider(self.look, "Points to use")
        slider.set_limits(865, step=5, suggest=498)
        slider.setValue(735)
        self._put(slider, COLUMN, 872, 3 * self.pitch + self.cell, 48)
        bar = ProgressBarThin(self.look, "Points to the next reward")
        bar.set_share(0.92, "26 more")
        self._put(bar, COLUMN + 4 * self.pitch, 894, 2 * self.cell + GAP, 4)

    def _bill(self) -> None:
        self._words("Bill line: reduced, selected, rest", 32, 944, Ink(Role.BODY))
        rows = RowList(self.look, BillLineDelegate(self.look), "Bill")
        rows.show_rows(BILL)
        rows.choose(1)
        self._put(rows, 32, 960, self.width - 48, 3 * self.look.theme.layout.row)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication(sys.argv[:1])
    resources = find_resources()
    look = open_look(resources, lambda spill: print(f"cut: {spill.text} by {spill.excess:.1f} px"))
    look.reduce_motion(reduced=True)
    dress(app, look, resources / "styles")
    for scheme in Scheme:
        for size in SizeClass:
            look.choose(scheme)
            look.resize(size)
            gallery = Gallery(look)
            gallery.picture().save(str(folder / f"components-{scheme}-{size}.png"))
            gallery.close()
            parts = Parts(look)
            parts.picture().save(str(folder / f"parts-{scheme}-{size}.png"))
            parts.with_sheet().save(str(folder / f"sheet-{scheme}-{size}.png"))
            parts.close()


if __name__ == "__main__":
    main()
