"""What a customer's screen may show, for its tests and pictures: python -m tests.ui.display_samples FOLDER."""

import os
import sys
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from tests.ui.till_samples import IDR, SHOP, rupiah
from tukar.domain.money import Quantity, UnitPrice
from tukar.domain.offer import LocalName
from tukar.domain.points import Points
from tukar.resources import find_resources
from tukar.till.customer_display import DisplayLine, DisplayModel, DisplayPoints, DisplayStep
from tukar.ui.customer_display import CustomerScreen
from tukar.ui.kit import Scheme, dress, open_look
from tukar.ui.practice_frame import PracticeFrame
from tukar.ui.translations import Language


def each(amount: int) -> UnitPrice:
    return UnitPrice.of(rupiah(amount))


POINTS = LocalName("Points", {"id": "Poin", "hi": "अंक"})
WELCOME = DisplayModel(shop=SHOP.name)
BILL = DisplayModel(
    DisplayStep.BILL,
    SHOP.name,
    (
        DisplayLine("Kopi Susu Gula Aren 250 ml", Quantity.of(2), rupiah(36_000), each(18000)),
        DisplayLine("Indomie Goreng 85 g", Quantity.of(5), rupiah(14_000), each(3500), before=rupiah(17_500)),
        DisplayLine("Sabun Lifebuoy 85 g", Quantity.of(2), rupiah(9_000), each(4500)),
        DisplayLine("Beras Ramos 5 kg", Quantity.of(1), rupiah(74_500), each(74500)),
        DisplayLine("Teh Pucuk Harum 350 ml", Quantity.of(1), rupiah(0), each(4000), before=rupiah(4_000)),
    ),
    total=rupiah(133_500),
    discount=rupiah(7_500),
    customer="Dewi  \N{HORIZONTAL ELLIPSIS}5678",
    points=(DisplayPoints(POINTS, Points(1_240), Points(26)), DisplayPoints(LocalName("Reward"), Points(40))),
)
PAYING = replace(BILL, due=rupiah(33_500), payload="00020101021226680016ID.CO.QRIS.WWW0118" + "9" * 60)
THANKS = DisplayModel(
    DisplayStep.THANKS,
    SHOP.name,
    total=rupiah(133_500),
    change=rupiah(16_500),
    customer="Dewi  \N{HORIZONTAL ELLIPSIS}5678",
    points=(DisplayPoints(POINTS, Points(1_266)),),
)
MODELS = {"welcome": WELCOME, "bill": BILL, "paying": PAYING, "thanks": THANKS}
SIZES = ((1024, 600), (1024, 768), (1366, 768), (1920, 1080))


def main(folder: Path) -> None:
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    resources = find_resources()
    look = open_look(resources)
    dress(app, look, resources / "styles")
    folder.mkdir(parents=True, exist_ok=True)
    for code, scheme in (("en", Scheme.LIGHT), ("id", Scheme.DARK), ("hi", Scheme.CONTRAST)):
        look.choose(scheme)
        language = Language(resources / "i18n", IDR, code)
        for name, model in MODELS.items():
            for width, height in SIZES:
                own = look.twin()
                screen = CustomerScreen(own, language)
                screen.resize(width, height)
                if scheme is Scheme.DARK:
                    PracticeFrame(own, screen, language)
                screen.show()
                screen.show_display(model)
                for _ in range(3):
                    app.processEvents()
                screen.grab().save(str(folder / f"display-{name}-{scheme}-{width}x{height}-{code}.png"))
                screen.close()
        language.close()


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "pictures"))
