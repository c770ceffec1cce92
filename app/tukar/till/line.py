"""The one place that knows whether the backend can be reached, and that tells who wants to know when it changes."""

from collections.abc import Callable

Listener = Callable[[bool], None]


class Line:
    """The line to the backend as the last answers showed it; a till starts offline until it heard something.

    ``holding`` is set while points are reserved for the bill in hand: a hold got online may be billed offline
    (redemption.md, "Offline"), so its discount must not vanish from the bill when the line does.
    """

    def __init__(self) -> None:
        self._online = False
        self._listeners: list[Listener] = []
        self.holding = False

    @property
    def online(self) -> bool:
        return self._online

    @property
    def redeems(self) -> bool:
        """Whether offers that need the backend count on the bill in hand: ``Circumstances.online``."""
        return self._online or self.holding

    def listen(self, listener: Listener) -> None:
        """``listener`` hears True when the line comes back and False when it is lost, never twice the same."""
        self._listeners.append(listener)

    def heard(self) -> None:
        """An answer came, of whatever kind: the backend is there."""
        self._change(online=True)

    def lost(self) -> None:
        """No usable answer came."""
        self._change(online=False)

    def _change(self, *, online: bool) -> None:
        if online is self._online:
            return
        self._online = online
        for listener in tuple(self._listeners):
            listener(online)
