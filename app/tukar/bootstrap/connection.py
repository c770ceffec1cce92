"""How this till knows its backend: address in the settings, token and keys in the key store, enrolled once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tukar.till.key_store import KeyStore
from tukar.till.ports import (
    DiskTrouble,
    DiskTroubleKind,
)

if TYPE_CHECKING:
    from tukar.domain.money import Currency
    from tukar.loyalty.http import Endpoint, Http
    from tukar.till.ports import (
        LoyaltyBackend,
        Secrets,
        Settings,
        SettingsStore,
    )
    from tukar.till.ports.reviewing import ApprovalsFromAfar, ManagerBackend

_TOKEN: Final = "token"  # noqa: S105 - the name of a secret, not a secret
_DEVICE_ID: Final = "device-id"
_DEVICE_KEY: Final = "device-key"
_SEAL_KEY: Final = "seal-key"


class Connection:
    """Settings and secrets of one till. Everything but ``settings`` blocks: the key store may ask for a password.

    The device's key and id are kept before the backend hears of them, so that an enrolment whose answer was lost can
    be asked for again with the same key (security.md, "Till").
    """

    def __init__(self, folder: Path, store: SettingsStore) -> None:
        self._folder = folder
        self._store = store
        self._settings = store.load()
        self.settings_trouble = store.trouble
        """What was wrong with the settings file at this start, in one line; empty when nothing was."""
        self._secrets: Secrets | None = None
        self._lock = threading.Lock()

    @property
    def settings(self) -> Settings:
        return self._settings

    @property
    def is_enrolled(self) -> bool:
        """Whether this till was ever connected and kept its token; that may have been revoked since."""
        kept = self._settings.key_store != KeyStore.ASK_EVERY_TIME
        return bool(kept and self._settings.backend_url and self._settings.till_id)

    def change(self, settings: Settings) -> None:
        """Keeps other settings, on the disk first."""
        self._store.save(settings)
        self._settings = settings

    def secrets(self) -> Secrets:
        """The key store that the settings name; DiskTrouble NO_KEY_STORE when the system has none."""
        from tukar.local.secrets import Keeping, NoKeyringError, open_secrets

        with self._lock:
            if self._secrets is None:
                try:
                    self._secrets = open_secrets(Keeping(self._settings.key_store), self._folder)
                except NoKeyringError as reason:
                    raise DiskTrouble(DiskTroubleKind.NO_KEY_STORE, str(reason)) from reason
            return self._secrets

    def keep_secrets(self, chosen: KeyStore) -> None:
        """From now on secrets are kept where a person chose, because the system has no key store."""
        self.change(replace(self._settings, key_store=chosen.value))
        with self._lock:
            self._secrets = None

    def seal_key(self) -> bytes:
        """The key for numbers at rest, made at the first call."""
        from tukar.local.secrets import key_of

        return key_of(self.secrets(), _SEAL_KEY)

    def backend(self, seen: Callable[[], tuple[int, int]], audit_head: Callable[[], str]) -> LoyaltyBackend:
        """The connector to the backend that the settings name; see ``loyalty.identity`` for what is told with it."""
        from tukar.loyalty.tukar_backend import TukarBackend

        return TukarBackend(self._http(seen, audit_head))

    def manager_backend(self) -> ManagerBackend:
        """The same backend as a manager uses it, over sockets of its own: who looks never waits for who sells."""
        from tukar.local.ids import UuidV7
        from tukar.loyalty.manager import TukarManagerBackend

        return TukarManagerBackend(self._http(lambda: (0, 0), lambda: ""), UuidV7())

    def approvals(self, currency: Currency) -> ApprovalsFromAfar:
        """The way from this till to a manager elsewhere, over sockets of its own."""
        from tukar.loyalty.manager import TukarApprovals

        return TukarApprovals(self._http(lambda: (0, 0), lambda: ""), currency)

    def enrol(self, address: str, code: str) -> None:
        """Makes this machine a till of the backend at ``address``. Raises Refused, Unreachable or DiskTrouble."""
        from tukar.local.ids import UuidV7
        from tukar.loyalty.enrolling import DeviceKey, enrol_till
        from tukar.loyalty.http import Http

        secrets = self.secrets()
        device_id = secrets.get(_DEVICE_ID)
        key_text = secrets.get(_DEVICE_KEY)
        key = DeviceKey(key_text) if key_text else DeviceKey.new()
        if not device_id or not key_text:
            device_id = UuidV7().new()
            secrets.set(_DEVICE_KEY, key.text)
            secrets.set(_DEVICE_ID, device_id)
        http = Http(self._endpoint(address))
        try:
            enrolled = enrol_till(http, device_id, code, key)
        finally:
            http.close()
        secrets.set(_TOKEN, enrolled.token)
        self.change(
            replace(
                self._settings,
                backend_url=address,
                shop_id=enrolled.shop.shop_id,
                till_id=enrolled.till_id,
                till_epoch=enrolled.till_epoch,
            )
        )

    def _http(self, seen: Callable[[], tuple[int, int]], audit_head: Callable[[], str]) -> Http:
        from tukar.loyalty.enrolling import DeviceKey
        from tukar.loyalty.http import Http
        from tukar.loyalty.identity import TillIdentity

        key = self.secrets().get(_DEVICE_KEY)
        identity = TillIdentity(self._token, DeviceKey(key) if key else None, seen, audit_head)
        return Http(self._endpoint(self._settings.backend_url), identity)

    def _token(self) -> str:
        return self.secrets().get(_TOKEN) or ""

    def _endpoint(self, address: str) -> Endpoint:
        from tukar.loyalty.http import Endpoint

        return Endpoint(address, ca_file=self._settings.ca_file, proxy=self._settings.proxy)
