"""Where the till's token and keys live: the system's key store, or what somebody chose instead of it, by name.

Nothing falls back to plain text by itself: ``open_keyring`` says why there is no key store, the screen asks, and the
answer is a ``Keeping`` in the settings of the machine (security.md, "Token").
"""

import base64
import json
import secrets
import threading
from enum import StrEnum
from pathlib import Path
from typing import Final

from tukar.local.atomic import write_whole
from tukar.local.disk import disk_troubles
from tukar.till.ports import Secrets

SERVICE: Final = "Tukar till"
PROBE_LENGTH: Final = 1_200
"""As long as a token may be: a key store that keeps one byte may still refuse a token (T44)."""


class Keeping(StrEnum):
    """What a person may choose where there is no key store."""

    KEYRING = "keyring"
    OWNER_ONLY_FILE = "owner_only_file"
    ASK_EVERY_TIME = "ask_every_time"


class NoKeyringError(Exception):
    """The system has no key store that keeps what it is given; the text says what happened when it was tried."""


class KeyringSecrets:
    """``ports.Secrets`` in the system's key store. Never on the window's thread: it may ask the user for a password."""

    kind = "the system's key store"

    def __init__(self, service: str) -> None:
        self._service = service

    def get(self, name: str) -> str | None:
        import keyring

        return keyring.get_password(self._service, name)

    def set(self, name: str, value: str) -> None:
        import keyring

        keyring.set_password(self._service, name, value)

    def delete(self, name: str) -> None:
        import keyring

        if keyring.get_password(self._service, name) is not None:
            keyring.delete_password(self._service, name)


def open_keyring(service: str = SERVICE) -> KeyringSecrets:
    """The system's key store, tried with a value of a token's length; NoKeyringError when it does not keep it."""
    import keyring.errors

    store = KeyringSecrets(service)
    name, value = "trial", secrets.token_urlsafe(PROBE_LENGTH)[:PROBE_LENGTH]
    try:
        store.set(name, value)
        kept = store.get(name)
        store.delete(name)
        gone = store.get(name) is None
    # EOFError: a store of files that wants a password from a terminal. OSError: a locked or missing service.
    except (keyring.errors.KeyringError, EOFError, OSError, RuntimeError) as problem:
        raise NoKeyringError(f"{type(problem).__name__}: {problem}") from problem
    if kept != value:
        raise NoKeyringError("it forgot what it was given")
    if not gone:
        raise NoKeyringError("it does not delete what it was given")
    return store


class FileSecrets:
    """``ports.Secrets`` in a file that only its owner may read: chosen by name, and named so on the screen."""

    kind = "a file only this user can read"

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()

    def get(self, name: str) -> str | None:
        with self._lock:
            return self._all().get(name)

    def set(self, name: str, value: str) -> None:
        with self._lock:
            self._write({**self._all(), name: value})

    def delete(self, name: str) -> None:
        with self._lock:
            kept = self._all()
            if kept.pop(name, None) is not None:
                self._write(kept)

    def _all(self) -> dict[str, str]:
        with disk_troubles(self._path):
            try:
                content = self._path.read_bytes()
            except FileNotFoundError:
                return {}
        try:
            found = json.loads(content)
        except ValueError:
            return {}
        return {str(name): str(value) for name, value in found.items()} if isinstance(found, dict) else {}

    def _write(self, kept: dict[str, str]) -> None:
        write_whole(self._path, json.dumps(kept).encode())


class AskedSecrets:
    """``ports.Secrets`` that forgets at the end: the till is enrolled anew at every start."""

    kind = "nowhere: this till asks at every start"

    def __init__(self) -> None:
        self._kept: dict[str, str] = {}

    def get(self, name: str) -> str | None:
        return self._kept.get(name)

    def set(self, name: str, value: str) -> None:
        self._kept[name] = value

    def delete(self, name: str) -> None:
        self._kept.pop(name, None)


def open_secrets(keeping: Keeping, folder: Path) -> Secrets:
    """The store that was chosen; NoKeyringError when the key store was and there is none."""
    if keeping is Keeping.KEYRING:
        return open_keyring()
    return FileSecrets(folder / "secrets.json") if keeping is Keeping.OWNER_ONLY_FILE else AskedSecrets()


def key_of(store: Secrets, name: str) -> bytes:
    """The 32 bytes kept under ``name``; made from chance and kept when there are none."""
    kept = store.get(name)
    if kept is None:
        kept = base64.b64encode(secrets.token_bytes(32)).decode()
        store.set(name, kept)
    return base64.b64decode(kept)
