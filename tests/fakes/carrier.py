"""A carrier that keeps messages to customers instead of bringing them."""

from tukar.server.outbox import CustomerMessage


class MemoryCarrier:
    """``outbox.Carrier``; messages newest last."""

    def __init__(self) -> None:
        self.delivered: list[CustomerMessage] = []

    def deliver(self, message: CustomerMessage) -> None:
        self.delivered.append(message)
