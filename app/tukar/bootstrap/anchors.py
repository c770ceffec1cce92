"""What the backend beside a till has written down about audit: its own chain, and the heads that tills sent."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from tukar.bootstrap.backend_house import backend_folder, opened_backend

if TYPE_CHECKING:
    from tukar.server.backend import Backend
    from tukar.server.call import Call

NEWEST: Final = 100
"""Each head seals all rows before it, so the newest ones tell of the whole chain."""


@dataclass(frozen=True, slots=True)
class SeenAudit:
    """The chains of the shops at a backend, and the newest heads of their tills' chains by (shop, till)."""

    chains: Mapping[str, dict[str, Any]] = field(default_factory=lambda: MappingProxyType({}))
    heads: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))

    def of(self, shop_id: str, till_id: str) -> tuple[str, ...]:
        return self.heads.get((shop_id, till_id), ())


def backend_anchors(database: str, folder: Path) -> SeenAudit:
    """Of the backend that ``database`` names or that lies in the data folder; nothing where there is none."""
    from tukar.server.serve import DATABASE_FILE

    place = backend_folder(folder)
    if not database and not (place / DATABASE_FILE).exists():
        return SeenAudit()
    with opened_backend(database, place) as backend:
        return seen_by(backend)


def seen_by(backend: "Backend") -> SeenAudit:
    from tukar.server import audit, sweep
    from tukar.server.call import Caller, CallerKind

    chains: dict[str, dict[str, Any]] = {}
    heads: dict[tuple[str, str], tuple[str, ...]] = {}
    for shop_id in backend.perform(sweep.shop_ids, None, Caller(CallerKind.OPERATOR)):
        operator = Caller(CallerKind.OPERATOR, shop_id)
        told = backend.perform(audit.verify, None, operator)
        chains[shop_id] = {"rows": told.rows, "head": told.head, "broken_at": told.broken_at}
        by_till = backend.perform(_heads, None, operator)
        heads |= {(shop_id, till_id): newest for till_id, newest in by_till.items()}
    return SeenAudit(chains, heads)


def _heads(call: "Call", _message: None) -> dict[str, tuple[str, ...]]:
    from sqlalchemy import select

    from tukar.server.storage.tables import ANCHORS, TILLS

    found: dict[str, tuple[str, ...]] = {}
    for till_id in call.db.execute(select(TILLS.c.till_id).where(TILLS.c.shop_id == call.shop_id)).scalars():
        newest = (
            select(ANCHORS.c.head)
            .where(ANCHORS.c.shop_id == call.shop_id, ANCHORS.c.till_id == till_id)
            .order_by(ANCHORS.c.seen_at.desc())
            .limit(NEWEST)
        )
        found[str(till_id)] = tuple(map(str, call.db.execute(newest).scalars()))
    return found
