"""Wrong tries that outlive a ``Staffing``, in memory."""

from collections.abc import Mapping

from tukar.till.ports import WrongTries


class FakeTries:
    """``ports.TriesKept``; hand the same one to the next ``Staffing`` to start the till anew."""

    def __init__(self) -> None:
        self.kept: dict[str, WrongTries] = {}

    def wrong_tries(self) -> Mapping[str, WrongTries]:
        return self.kept

    def keep_tries(self, staff_id: str, tries: WrongTries) -> None:
        self.kept[staff_id] = tries
