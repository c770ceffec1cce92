"""What happens by itself while a payment is waited for, step by step, so that nobody presses anything in doubt."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tukar.domain.tender import PaymentMode
from tukar.till.checkout_model import CheckoutState
from tukar.till.payment_model import PaymentModel
from tukar.ui.kit import Colour, Ink, Look, Role, Step, StepsList, StepState, Text


class WhatHappens(QWidget):
    """The steps from the amount sent to the receipt printed, and one sentence for the cashier."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._title = Text(look, "", Ink(Role.STRONG))
        self._steps = StepsList(look)
        self._words = Text(look, "", Ink(Role.BODY, Colour.INK_2), wrap=True)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self._title)
        rows.addSpacing(8)
        rows.addWidget(self._steps)
        rows.addSpacing(8)
        rows.addWidget(self._words)

    def show_payment(self, model: PaymentModel) -> None:
        self._title.setText(QCoreApplication.translate("Payment", "What happens"))
        now = self._now(model)
        self._steps.show_steps(
            [
                _step(words, StepState.DONE if place < now else StepState.NOW if place == now else StepState.NEXT)
                for place, words in enumerate(self._words_of(model))
            ]
        )
        self._words.setText(self._sentence(model))

    def _words_of(self, model: PaymentModel) -> list[str]:
        qr = model.terminal is not None and model.terminal.mode is PaymentMode.QR
        waits = (
            QCoreApplication.translate("Payment", "Waiting for the payment")
            if qr
            else QCoreApplication.translate("Payment", "Waiting for the card")
        )
        saves = [
            QCoreApplication.translate("Payment", "Bill is saved"),
            QCoreApplication.translate("Payment", "Receipt prints"),
        ]
        if model.finding:
            return [QCoreApplication.translate("Payment", "The card is looked up")]
        if model.state is CheckoutState.ASKING and model.value is not None:
            rest = saves if model.finishing else [QCoreApplication.translate("Payment", "Rest is to pay")]
            return [QCoreApplication.translate("Payment", "Money is reserved"), *rest]
        if model.state is CheckoutState.ASKING:
            return [QCoreApplication.translate("Payment", "Points are asked for")]
        if model.terminal is None:
            return saves
        if model.terminal.giving_back:
            return [QCoreApplication.translate("Payment", "The money goes back")]
        return [
            QCoreApplication.translate("Payment", "Amount sent"),
            waits,
            *(saves if model.finishing else [QCoreApplication.translate("Payment", "Rest is to pay")]),
        ]

    @staticmethod
    def _now(model: PaymentModel) -> int:
        paying = model.terminal is not None and not model.terminal.giving_back
        return 1 if paying and model.state is CheckoutState.TERMINAL else 0

    @staticmethod
    def _sentence(model: PaymentModel) -> str:
        if model.finishing and model.terminal is not None:
            return QCoreApplication.translate(
                "Payment", "Nothing to do here. The bill saves itself when the bank answers."
            )
        return QCoreApplication.translate("Payment", "Nothing to do here. It goes on by itself.")


def _step(words: str, state: StepState) -> Step:
    said = {
        StepState.DONE: QCoreApplication.translate("Payment", "done"),
        StepState.NOW: QCoreApplication.translate("Payment", "now"),
        StepState.NEXT: QCoreApplication.translate("Payment", "still to come"),
    }[state]
    return Step(words, state, f"{words}, {said}")
