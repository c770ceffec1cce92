"""Ids in the order of their making, the same in every run."""

import itertools


class FakeIds:
    """``ports.Ids``: ``<name>-0001`` and so on; several threads may ask."""

    def __init__(self, name: str = "id") -> None:
        self._name = name
        self._numbers = itertools.count(1)

    def new(self) -> str:
        return f"{self._name}-{next(self._numbers):04d}"
