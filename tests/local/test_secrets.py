import stat
from pathlib import Path
from typing import ClassVar

import keyring
import keyring.errors
import pytest
from keyring.backend import KeyringBackend

from tests.fakes.secrets import FakeSecrets
from tukar.local.outbox import SealBrokenError
from tukar.local.sealing import AesSeal
from tukar.local.secrets import (
    PROBE_LENGTH,
    AskedSecrets,
    FileSecrets,
    Keeping,
    NoKeyringError,
    key_of,
    open_keyring,
    open_secrets,
)
from tukar.till.ports import DiskTrouble, Secrets


class MemoryKeyring(KeyringBackend):
    priority: ClassVar[float] = 1

    def __init__(self, longest: int = 100_000, problem: Exception | None = None) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}
        self.longest = longest
        self.problem = problem

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.problem is not None:
            raise self.problem
        if len(password) > self.longest:
            raise keyring.errors.PasswordSetError("too long")
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


class ForgetfulKeyring(MemoryKeyring):
    def get_password(self, service: str, username: str) -> str | None:
        return None


class StubbornKeyring(MemoryKeyring):
    def delete_password(self, service: str, username: str) -> None:
        pass


@pytest.fixture(autouse=True)
def _own_keyring() -> object:
    former = keyring.get_keyring()
    yield None
    keyring.set_keyring(former)


def test_a_key_store_that_keeps_a_whole_token_is_used() -> None:
    backend = MemoryKeyring()
    keyring.set_keyring(backend)
    store = open_keyring()
    assert backend.kept == {}
    store.set("token", "t" * PROBE_LENGTH)
    assert store.get("token") == "t" * PROBE_LENGTH
    store.delete("token")
    store.delete("token")
    assert store.get("token") is None


@pytest.mark.parametrize(
    ("backend", "words"),
    [
        (MemoryKeyring(longest=1_000), "too long"),
        (MemoryKeyring(problem=keyring.errors.NoKeyringError("none here")), "none here"),
        (MemoryKeyring(problem=keyring.errors.InitError("locked")), "locked"),
        (MemoryKeyring(problem=EOFError()), "EOFError"),
        (ForgetfulKeyring(), "forgot"),
        (StubbornKeyring(), "does not delete"),
    ],
)
def test_T44_a_key_store_that_fails_the_trial_says_why_and_nothing_is_kept_in_plain(
    backend: KeyringBackend, words: str, tmp_path: Path
) -> None:
    """A trial of one byte passed, the real token was too long, and went silently into plain text."""
    keyring.set_keyring(backend)
    with pytest.raises(NoKeyringError, match=words):
        open_secrets(Keeping.KEYRING, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_the_file_is_chosen_by_name_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    store = open_secrets(Keeping.OWNER_ONLY_FILE, tmp_path)
    store.set("token", "secret")
    store.set("other", "thing")
    (file,) = tmp_path.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert FileSecrets(file).get("token") == "secret"
    store.delete("token")
    store.delete("never there")
    assert (store.get("token"), store.get("other")) == (None, "thing")


def test_a_damaged_file_holds_nothing(tmp_path: Path) -> None:
    (tmp_path / "secrets.json").write_bytes(b"{nonsense")
    assert FileSecrets(tmp_path / "secrets.json").get("token") is None
    (tmp_path / "secrets.json").write_bytes(b"[1]")
    assert FileSecrets(tmp_path / "secrets.json").get("token") is None


def test_a_file_that_cannot_be_written_is_a_trouble_of_the_disk(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(DiskTrouble):
        FileSecrets(tmp_path / "file" / "secrets.json").set("token", "secret")


def test_asking_every_time_keeps_nothing_on_the_disk(tmp_path: Path) -> None:
    store = open_secrets(Keeping.ASK_EVERY_TIME, tmp_path)
    store.set("token", "secret")
    assert store.get("token") == "secret"
    store.delete("token")
    assert store.get("token") is None
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("store", [FakeSecrets(), AskedSecrets()])
def test_a_key_is_made_once(store: Secrets) -> None:
    assert len(key_of(store, "numbers")) == 32
    assert key_of(store, "numbers") == key_of(store, "numbers")
    assert key_of(store, "numbers") != key_of(store, "others")


def test_what_is_sealed_opens_with_its_key_only() -> None:
    key = key_of(FakeSecrets(), "numbers")
    sealed = AesSeal(lambda: key).seal("+6281234565678")
    assert b"6281234565678" not in sealed
    assert AesSeal(lambda: key).seal("+6281234565678") != sealed
    assert AesSeal(lambda: key).open(sealed) == "+6281234565678"
    other = key_of(FakeSecrets(), "numbers")
    for broken in (sealed[:-1], sealed[:3], b"", sealed[:20] + bytes([sealed[20] ^ 1]) + sealed[21:]):
        with pytest.raises(SealBrokenError):
            AesSeal(lambda: key).open(broken)
    with pytest.raises(SealBrokenError):
        AesSeal(lambda: other).open(sealed)
