"""A receipt as bytes for a receipt printer, and the pulse that opens the cash drawer.

A receipt is printed as a picture, so that every script and the shop's own fonts come out as on the screen; a printer's
own letters know neither Devanagari nor the rupee sign. Plain lines are for messages and tests of the paper.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from escpos.printer import Dummy

DOTS: Final = {"80mm": 576, "58mm": 384}
"""Dots across the printable part of each paper."""
STRIP_HEIGHT: Final = 256
"""Rows sent at once: cheap printers have little memory."""
DRAWER_PIN: Final = 2


@dataclass(frozen=True, slots=True)
class Raster:
    """A picture in black and white: rows of ``width`` dots from the top, eight to a byte, a set bit is black."""

    width: int
    rows: bytes

    def __post_init__(self) -> None:
        if self.width <= 0 or self.width % 8 or not self.rows or len(self.rows) % (self.width // 8):
            raise ValueError(f"{len(self.rows)} bytes are no picture of {self.width} dots a row")

    @property
    def height(self) -> int:
        return len(self.rows) // (self.width // 8)


def picture_bytes(picture: Raster) -> bytes:
    """Prints the picture, feeds the paper and cuts it."""
    from PIL import Image

    white_is_set = bytes(byte ^ 0xFF for byte in picture.rows)
    image = Image.frombytes("1", (picture.width, picture.height), white_is_set)
    paper = _paper()
    paper.image(image, impl="bitImageRaster", fragment_height=STRIP_HEIGHT)
    paper.cut()
    return bytes(paper.output)


def drawer_bytes() -> bytes:
    """The pulse that opens the drawer."""
    paper = _paper()
    paper.cashdraw(DRAWER_PIN)
    return bytes(paper.output)


def _paper() -> "Dummy":
    from escpos.printer import Dummy

    return Dummy()
