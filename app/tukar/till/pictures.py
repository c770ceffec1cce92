"""Pictures of goods for the tiles: read away from the window, once each, and kept while the till runs.

What a picture is only the window knows: ``load`` makes one from a file name, or says that there is none.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, Generic, Protocol, TypeVar

from tukar.till.background import Background
from tukar.till.ports import DiskTrouble

P = TypeVar("P")
P_contra = TypeVar("P_contra", contravariant=True)

KEPT_AT_MOST: Final = 400
"""Far more than a day's tiles; older ones are read again when they are wanted."""


class PicturesView(Protocol[P_contra]):
    """Where tiles are shown; names that are not in it have no picture."""

    def show_pictures(self, pictures: Mapping[str, P_contra]) -> None: ...


class Pictures(Generic[P]):
    """Presenter of pictures. ``load`` blocks and runs in the background; None when the file is no picture."""

    def __init__(self, view: PicturesView[P], background: Background, load: Callable[[str], P | None]) -> None:
        self._view = view
        self._background = background
        self._load = load
        self._kept: dict[str, P] = {}
        self._asked: set[str] = set()

    def want(self, names: tuple[str, ...]) -> None:
        """The tiles show goods with these pictures now."""
        new = tuple(name for name in dict.fromkeys(names) if name not in self._asked)
        if not new:
            return
        self._asked.update(new)

        def read() -> dict[str, P]:
            found = ((name, self._load(name)) for name in new)
            return {name: picture for name, picture in found if picture is not None}

        self._background.run(read, self._read, _nothing)

    def _read(self, found: dict[str, P]) -> None:
        if not found:
            return
        self._kept.update(found)
        for name in list(self._kept)[: max(len(self._kept) - KEPT_AT_MOST, 0)]:
            del self._kept[name]
            self._asked.discard(name)
        self._view.show_pictures(MappingProxyType(dict(self._kept)))


def _nothing(trouble: Exception) -> None:
    """A folder that cannot be read: the tiles keep their initials."""
    if not isinstance(trouble, DiskTrouble):
        raise trouble
