"""How often something may happen in one window of time, counted in the database so that a restart forgets nothing."""

from typing import Final

from sqlalchemy import text

from tukar.domain.redemption import Refusal
from tukar.server.call import Call
from tukar.server.refusing import Refused

HOUR: Final = 3600
DAY: Final = 24 * HOUR

_COUNT: Final = text(
    "INSERT INTO counters (shop_id, name, span, times) VALUES (:shop_id, :name, :span, :more)"
    " ON CONFLICT (shop_id, name, span) DO UPDATE SET times = counters.times + excluded.times RETURNING times"
)
_READ: Final = text("SELECT times FROM counters WHERE shop_id = :shop_id AND name = :name AND span = :span")
_FORGET: Final = text("DELETE FROM counters WHERE shop_id = :shop_id AND name = :name")
_SWEEP: Final = text("DELETE FROM counters WHERE shop_id = :shop_id AND span < :span AND name LIKE :kind")


def _window(call: Call, seconds: int) -> int:
    return int(call.time // seconds)


def so_far(call: Call, name: str, seconds: int) -> int:
    """How often in the present window."""
    row = call.db.execute(_READ, {"shop_id": call.shop_id, "name": name, "span": _window(call, seconds)}).first()
    return row.times if row is not None else 0


def count(call: Call, name: str, seconds: int, more: int = 1) -> int:
    """Counts and returns how often it is now."""
    values = {"shop_id": call.shop_id, "name": name, "span": _window(call, seconds), "more": more}
    return int(call.db.execute(_COUNT, values).scalar_one())


def until_next(call: Call, seconds: int) -> float:
    """Seconds until the window ends."""
    return seconds - call.time % seconds


def demand(call: Call, name: str, seconds: int, at_most: int, refusal: Refusal) -> None:
    """Raises the refusal, with the wait, when it already happened ``at_most`` times in this window."""
    if so_far(call, name, seconds) >= at_most:
        raise Refused(refusal, wait=until_next(call, seconds))


def forget(call: Call, name: str) -> None:
    """A manager lets somebody start anew."""
    call.db.execute(_FORGET, {"shop_id": call.shop_id, "name": name})


def sweep(call: Call, kind: str, seconds: int) -> None:
    """Deletes the counts of windows that are over."""
    call.db.execute(_SWEEP, {"shop_id": call.shop_id, "span": _window(call, seconds), "kind": f"{kind}%"})
