"""The running till answers questions of commands: its journal can be opened by nobody else (redemption.md, "Disk").

A local socket that only its owner may use, and a key in an owner-only file beside it; on Windows a named pipe with the
same key. One question a connection, as JSON.
"""

import hashlib
import json
import os
import secrets
import tempfile
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tukar.local.atomic import write_whole
from tukar.local.disk import disk_troubles
from tukar.till.ports import DiskTrouble

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

KEY_FILE: Final = "control.key"
SOCKET_FILE: Final = "control.sock"
_SOCKET_PATH_AT_MOST: Final = 100
ANSWER_SECONDS: Final = 60.0
_BYTES_AT_MOST: Final = 16 * 1024 * 1024

Answer = Callable[[Mapping[str, str]], Any]
"""Answers one sort of question with what JSON can hold; raises QuestionError with words when it cannot."""


class NoTillRunningError(Exception):
    """No till runs on this folder, so a command may open its files itself."""


class QuestionError(Exception):
    """The till did not do what it was asked; the text says why."""


def _address(folder: Path) -> str:
    name = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:24]
    if os.name == "nt":
        return rf"\\.\pipe\tukar-{name}"
    beside = str(folder.resolve() / SOCKET_FILE)
    # The system allows about a hundred characters for the path of a socket.
    return beside if len(beside) <= _SOCKET_PATH_AT_MOST else str(Path(tempfile.gettempdir()) / f"tukar-{name}.sock")


def _key(folder: Path) -> bytes:
    path = folder / KEY_FILE
    with disk_troubles(path):
        try:
            return path.read_bytes()
        except FileNotFoundError:
            write_whole(path, secrets.token_hex(32).encode())
            return path.read_bytes()


class ControlServer:
    """Answers questions about ``folder`` until ``close``, in a thread of its own; one at a time."""

    def __init__(self, folder: Path, answers: Mapping[str, Answer]) -> None:
        from multiprocessing.connection import Listener

        self._folder = folder
        self._answers = answers
        self._closed = False
        # Only this object can end its thread; a command that asks for it is told that it knows no such question.
        self._farewell = secrets.token_hex(16)
        address = _address(folder)
        key = _key(folder)
        with disk_troubles(folder):
            if os.name == "posix":
                # What a till that was killed has left behind; the folder's lock says that none runs.
                Path(address).unlink(missing_ok=True)
            self._listener: Listener = Listener(address, authkey=key)
            if os.name == "posix":
                Path(address).chmod(0o600)
        self._thread = threading.Thread(target=self._serve, name="control", daemon=True)
        self._thread.start()

    def close(self) -> None:
        with suppress(NoTillRunningError, QuestionError):
            ask_running(self._folder, self._farewell, seconds=2)
        self._closed = True
        self._thread.join(2)
        self._listener.close()

    def _serve(self) -> None:
        from multiprocessing import AuthenticationError

        while not self._closed:
            # Whoever has not the key, or hangs up, is not answered; the next one is.
            with suppress(AuthenticationError, EOFError, OSError), self._listener.accept() as connection:
                self._answer(connection)

    def _answer(self, connection: "Connection[Any, Any]") -> None:
        if not connection.poll(ANSWER_SECONDS):
            return
        reply = self._reply(connection.recv_bytes(_BYTES_AT_MOST))
        connection.send_bytes(json.dumps(reply).encode())

    def _reply(self, question: bytes) -> dict[str, Any]:
        try:
            asked = json.loads(question)
            if asked["ask"] == self._farewell:
                self._closed = True
                return {"told": None}
            answer = self._answers[asked["ask"]]
        except (ValueError, KeyError, TypeError):
            return {"reason": "this till does not know that question"}
        try:
            return {"told": answer(asked.get("with", {}))}
        except QuestionError as why:
            return {"reason": str(why)}
        except DiskTrouble as trouble:
            return {"reason": trouble.detail}


def ask_running(
    folder: Path, ask: str, with_what: Mapping[str, str] | None = None, *, seconds: float = ANSWER_SECONDS
) -> Any:  # noqa: ANN401 - each question has its own answer
    """What the till that runs on ``folder`` tells. Raises NoTillRunningError, or QuestionError with its words."""
    if not (folder / KEY_FILE).exists():
        raise NoTillRunningError
    question = json.dumps({"ask": ask, "with": dict(with_what or {})}).encode()
    replies: list[dict[str, Any] | Exception] = []
    # A till that hangs would let us wait in the greeting already, where there is no time-out to set.
    asking = threading.Thread(target=lambda: replies.append(_reply_of(folder, question)), daemon=True)
    asking.start()
    asking.join(seconds)
    reply = replies[0] if replies else QuestionError("the till does not answer")
    if isinstance(reply, Exception):
        raise reply
    if "reason" in reply:
        raise QuestionError(reply["reason"])
    return reply["told"]


def _reply_of(folder: Path, question: bytes) -> dict[str, Any] | Exception:
    from multiprocessing import AuthenticationError
    from multiprocessing.connection import Client

    try:
        with Client(_address(folder), authkey=_key(folder)) as connection:
            connection.send_bytes(question)
            reply: dict[str, Any] = json.loads(connection.recv_bytes(_BYTES_AT_MOST))
    except (FileNotFoundError, ConnectionRefusedError):
        return NoTillRunningError()
    except (AuthenticationError, EOFError, OSError, DiskTrouble) as problem:
        return QuestionError(f"the till cannot be asked: {type(problem).__name__}")
    return reply
