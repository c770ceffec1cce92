"""A key store in memory."""

from tukar.local.outbox import SealBrokenError


class FakeSecrets:
    """``ports.Secrets``."""

    kind = "memory"

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def get(self, name: str) -> str | None:
        return self.kept.get(name)

    def set(self, name: str, value: str) -> None:
        self.kept[name] = value

    def delete(self, name: str) -> None:
        self.kept.pop(name, None)


class PlainSeal:
    """``local.outbox.Seal`` that hides nothing but from a glance, for tests that are about something else."""

    def seal(self, text: str) -> bytes:
        return b"sealed:" + text.encode()[::-1]

    def open(self, sealed: bytes) -> str:
        if not sealed.startswith(b"sealed:"):
            raise SealBrokenError("not sealed here")
        return sealed.removeprefix(b"sealed:")[::-1].decode()
