"""Who a till is to our own backend, and what it tells it with every message beside the message itself."""

from collections.abc import Callable
from dataclasses import dataclass, field

from tukar.loyalty.enrolling import DeviceKey
from tukar.loyalty.http import Ask

NOBODY_SEEN = (0, 0)


@dataclass(frozen=True)
class TillIdentity:
    """``http.Headers`` of an enrolled till.

    ``seen`` is the backend's epoch and highest sequence that this till has heard of: a backend that was restored from
    a back-up learns from it that something is missing. ``audit_head`` is the head of the till's own audit chain, which
    the backend keeps as an anchor. Writes are signed, so that they count even after the till was revoked.
    """

    token: Callable[[], str]
    key: DeviceKey | None = None
    seen: Callable[[], tuple[int, int]] = field(default=lambda: NOBODY_SEEN)
    audit_head: Callable[[], str] = field(default=lambda: "")

    def __call__(self, ask: Ask) -> dict[str, str]:
        headers = {"Authorization": f"Bearer {self.token()}"}
        epoch, seq = self.seen()
        if epoch:
            headers["Tukar-Seen"] = f"{epoch}.{seq}"
        if ask.method == "PUT":
            headers |= self._of_write(ask)
        return headers

    def _of_write(self, ask: Ask) -> dict[str, str]:
        head = self.audit_head()
        headers = {"Tukar-Audit-Head": head} if head else {}
        return headers if self.key is None else {**headers, "Tukar-Signature": self.key.sign(ask.body)}
