"""From the first picture to a till that sells: connecting to a backend, fetching what is sold, then signing in.

A till that has copies of the shop signs in at once, whatever the line does; fetching then goes on behind it. Only a
till that never heard of its shop has to wait here, and says for what.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final, Protocol
from urllib.parse import urlsplit

from tukar.domain.redemption import Refusal
from tukar.till.ports import DiskTrouble, DiskTroubleKind, Refused, Trouble, Unreachable

if TYPE_CHECKING:
    from tukar.till.background import Background
    from tukar.till.key_store import KeyStore
    from tukar.till.sync import SyncModel

_THIS_MACHINE: Final = ("127.0.0.1", "localhost", "::1")


class StartPhase(StrEnum):
    """Where the start stands; ASKING waits for somebody to type address and code."""

    ASKING = "asking"
    CONNECTING = "connecting"
    FETCHING = "fetching"
    READY = "ready"


class StartTrouble(StrEnum):
    """What stands in the way of the start, each with its words and what to do next."""

    NONE = "none"
    ADDRESS = "address"
    NO_ANSWER = "no_answer"
    NONSENSE = "nonsense"
    UNTRUSTED = "untrusted"
    CODE = "code"
    REVOKED = "revoked"
    REFUSED = "refused"
    DISK = "disk"
    KEY_STORE = "key_store"


@dataclass(frozen=True, slots=True)
class StartModel:
    """What the start screen shows. ``items`` are those fetched so far; ``demo`` says that the demo may be offered."""

    phase: StartPhase = StartPhase.ASKING
    address: str = ""
    code: str = ""
    items: int = 0
    demo: bool = False
    trouble: StartTrouble = StartTrouble.NONE
    can_connect: bool = False


class StartView(Protocol):
    """The start screen."""

    def show_start(self, model: StartModel) -> None: ...


class Fetching(Protocol):
    """Who brings the shop's copies in; ``Sync`` is one."""

    @property
    def ready(self) -> bool: ...

    @property
    def model(self) -> SyncModel: ...

    def start(self) -> None: ...

    def refresh(self, then: Callable[[bool], None]) -> None: ...


_TROUBLES = {Trouble.BROKEN_ANSWER: StartTrouble.NONSENSE, Trouble.UNTRUSTED: StartTrouble.UNTRUSTED}
_REFUSALS = {
    Refusal.ENROLMENT_CODE: StartTrouble.CODE,
    Refusal.REVOKED: StartTrouble.REVOKED,
    Refusal.NOT_SIGNED_IN: StartTrouble.REVOKED,
}


class Starting:
    """Presenter of the start. ``enrol(address, code)`` blocks, and keeps address and token; ``ready`` is called once.

    ``keep_secrets`` blocks, and puts the token where a person chose where the system has no key store.

    ``prepare`` is done first, in the background, such as starting the demo's own backend; it may be nothing.
    ``count_items`` says how many items the copy holds.
    """

    def __init__(
        self,
        *,
        view: StartView,
        sync: Fetching,
        background: Background,
        enrol: Callable[[str, str], None],
        keep_secrets: Callable[[KeyStore], None],
        count_items: Callable[[], int],
        ready: Callable[[], None],
        demo: bool = False,
    ) -> None:
        self._view = view
        self._sync = sync
        self._background = background
        self._enrol = enrol
        self._keep_secrets = keep_secrets
        self._count_items = count_items
        self._ready = ready
        self._first: Callable[[], Callable[[], None] | None] = lambda: None
        self._at_first = False
        self._model = StartModel(demo=demo)
        self._again: Callable[[], None] = self.fetch

    def begin_with(self, first: Callable[[], Callable[[], None] | None]) -> None:
        """``first`` says what must be done, and blocks, before the till may open; None, nearly always, for nothing."""
        self._first = first

    def ask(self, address: str = "") -> None:
        """Nobody connected this till yet: asks for address and code."""
        self._show(StartModel(StartPhase.ASKING, address, demo=self._model.demo))

    def type(self, address: str, code: str) -> None:
        """What is typed so far."""
        complete = bool(address.strip()) and bool(code.strip())
        self._show(StartModel(StartPhase.ASKING, address, code, demo=self._model.demo, can_connect=complete))

    def connect(self) -> None:
        """Enrols this till with what was typed, then fetches its shop."""
        if not self._model.can_connect:
            return
        address, code = self._model.address.strip(), self._model.code.strip()
        if not _is_address(address):
            self._stuck(StartTrouble.ADDRESS)
            return
        self.prepare(lambda: self._enrol(address, code))

    def choose_key_store(self, chosen: KeyStore) -> None:
        """A person named another place for the token; connects again with what was typed."""
        address, code = self._model.address.strip(), self._model.code.strip()

        def work() -> None:
            self._keep_secrets(chosen)
            self._enrol(address, code)

        self.prepare(work)

    def prepare(self, work: Callable[[], None]) -> None:
        """Does ``work``, which blocks, and then fetches the shop."""
        self._again = lambda: self.prepare(work)
        if self._sync.ready and self._first() is None:
            self._go()
        else:
            self._enter(StartPhase.CONNECTING)
        self._background.run(work, lambda _: self.fetch(), self._failed)

    def fetch(self) -> None:
        """Brings everything in; a till that has it all already goes on at once and fetches behind the sale."""
        if self._sync.ready:
            self._go()
            self._sync.start()
            return
        self._again = self.fetch
        self._enter(StartPhase.FETCHING)
        self._sync.refresh(self._fetched)
        self._watch()

    def try_again(self) -> None:
        """The cashier asked for it; the same again."""
        if self._model.phase is StartPhase.ASKING:
            self.connect()
        else:
            self._again()

    def _fetched(self, fresh: bool) -> None:  # noqa: FBT001 - Sync tells just that
        if self._sync.ready:
            self._go()
            return
        refused = self._sync.model.refused
        if refused is not None:
            self._stuck(_REFUSALS.get(refused, StartTrouble.REFUSED))
        elif self._sync.model.trouble is not None:
            self._stuck(StartTrouble.DISK)
        else:
            self._stuck(StartTrouble.NONSENSE if fresh else StartTrouble.NO_ANSWER)

    def _watch(self) -> None:
        if self._model.phase is StartPhase.FETCHING and self._model.trouble is StartTrouble.NONE:
            self._enter(StartPhase.FETCHING)
            self._background.after(0.2, self._watch)

    def _failed(self, trouble: Exception) -> None:
        if self._model.phase is StartPhase.READY:
            self._sync.start()
        elif isinstance(trouble, Unreachable):
            self._stuck(_TROUBLES.get(trouble.trouble, StartTrouble.NO_ANSWER))
        elif isinstance(trouble, Refused):
            self._stuck(_REFUSALS.get(trouble.refusal, StartTrouble.REFUSED))
        elif isinstance(trouble, DiskTrouble):
            no_keys = trouble.kind is DiskTroubleKind.NO_KEY_STORE
            self._stuck(StartTrouble.KEY_STORE if no_keys else StartTrouble.DISK)
        else:
            raise trouble

    def _enter(self, phase: StartPhase) -> None:
        old = self._model
        items = self._count_items() if phase is StartPhase.FETCHING else 0
        self._show(StartModel(phase, old.address, old.code, items, old.demo))

    def _stuck(self, trouble: StartTrouble) -> None:
        """Says what is in the way, where it can be done again; what was typed stays."""
        old = self._model
        typed = bool(old.address)
        phase = StartPhase.ASKING if typed else old.phase
        self._show(StartModel(phase, old.address, old.code, old.items, old.demo, trouble, can_connect=typed))

    def _go(self) -> None:
        if self._model.phase is StartPhase.READY or self._at_first:
            return
        work = self._first()
        if work is not None:
            self._at_first = True
            self._again = self._go
            self._enter(StartPhase.CONNECTING)
            self._background.run(work, lambda _: self._first_done(), self._first_failed)
            return
        self._show(StartModel(StartPhase.READY, demo=self._model.demo))
        self._ready()

    def _first_done(self) -> None:
        self._at_first = False
        self._go()

    def _first_failed(self, trouble: Exception) -> None:
        self._at_first = False
        self._failed(trouble)

    def _show(self, model: StartModel) -> None:
        self._model = model
        self._view.show_start(model)


def _is_address(text: str) -> bool:
    """Whether it is https, or http on this machine alone (security.md, "TLS")."""
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
    except ValueError:
        return False
    return bool(host) and (parts.scheme == "https" or (parts.scheme == "http" and host in _THIS_MACHINE))
