"""The customer's screen of this till: its presenter over the counter, its window made when it is first wanted."""

from typing import TYPE_CHECKING

from tukar.bootstrap.counter import Counter
from tukar.till.customer_display import CustomerDisplay
from tukar.ui.kit import Look
from tukar.ui.main_window import MainWindow
from tukar.ui.translations import Language

if TYPE_CHECKING:
    from tukar.ui.customer_display import CustomerScreen, SecondScreen


class CustomersScreen:
    """Nothing of it is loaded before a till has it switched on."""

    def __init__(self, counter: Counter, window: MainWindow, look: Look, language: Language, *, practice: bool) -> None:
        self._counter = counter
        self._window = window
        self._look = look
        self._language = language
        self._practice = practice
        self._second: SecondScreen | None = None

    def switch(self, *, wanted: bool) -> None:
        """From now on the customer sees their bill where there is a second screen, or no longer does."""
        if self._second is None and wanted:
            self._second = self._connect()
        if self._second is not None:
            self._second.switch(wanted=wanted)

    def _connect(self) -> "SecondScreen":
        from tukar.ui.customer_display import SecondScreen

        counter, second = self._counter, SecondScreen(self._window, self._make)
        display = CustomerDisplay(
            view=second,
            sale=counter.sale,
            checkout=counter.checkout.model,
            staffing=counter.staffing.model,
            shop=counter.profile.name,
        )
        counter.sale.listen(display.bill_changed)
        counter.checkout.listen(display.checkout_changed)
        counter.staffing.listen(display.staffing_changed)
        self._window.closing.connect(lambda: second.switch(wanted=False))
        display.open()
        return second

    def _make(self) -> "CustomerScreen":
        from tukar.ui.customer_display import CustomerScreen
        from tukar.ui.practice_frame import PracticeFrame

        look = self._look.twin()
        screen = CustomerScreen(look, self._language)
        if self._practice:
            PracticeFrame(look, screen, self._language)
        return screen
