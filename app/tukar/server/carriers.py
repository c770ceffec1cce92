"""Carriers of messages: an SMS or chat service through apprise, or lines on the standard output for the demo."""

import json
from typing import Final, TextIO

from tukar.server.outbox import CarrierFailedError, CustomerMessage

PLACE_OF_NUMBER: Final = "{to}"


class AppriseCarrier:
    """Any service that apprise knows, by URL; ``{to}`` in it stands for the customer's number in E.164."""

    def __init__(self, *urls: str) -> None:
        if not urls:
            raise ValueError("at least one service is needed")
        self._urls = urls

    def deliver(self, message: CustomerMessage) -> None:
        """Tries the services in turn; CarrierFailedError when none took it."""
        import apprise

        for url in self._urls:
            service = apprise.Apprise()
            if service.add(url.replace(PLACE_OF_NUMBER, message.to)) and service.notify(body=message.text):
                return
        raise CarrierFailedError


class LineCarrier:
    """One line of JSON for every message, to whoever started the process: ``{"message": {"to": …, "text": …}}``.

    Only the parent process reads it, so a code never reaches a disk or the network. For the demo.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def deliver(self, message: CustomerMessage) -> None:
        line = json.dumps({"message": {"to": message.to, "text": message.text}}, ensure_ascii=True)
        try:
            print(line, file=self._stream, flush=True)
        except OSError as gone:
            raise CarrierFailedError from gone
