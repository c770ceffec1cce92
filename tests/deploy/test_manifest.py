import base64
import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tukar.deploy.manifest import Manifest, ManifestError, Package, demand_whole, new_keys, signed, verified
from tukar.deploy.version import Version

PRIVATE, PUBLIC = new_keys()
PACKAGE = Package("tukar_1.1.0_amd64.deb", "linux-x86_64", "deb", 3, "ab" * 32)
MANIFEST = Manifest(Version(1, 1, 0), (PACKAGE,), "Quicker at the till.")


def test_what_was_signed_is_what_is_read() -> None:
    content = MANIFEST.to_bytes()
    assert verified(content, signed(content, PRIVATE), PUBLIC) == MANIFEST


@given(st.integers(0, 10_000), st.integers(1, 255))
def test_no_changed_byte_gets_through(place: int, other: int) -> None:
    content = bytearray(MANIFEST.to_bytes())
    signature = signed(bytes(content), PRIVATE)
    content[place % len(content)] ^= other
    with pytest.raises(ManifestError, match="not signed"):
        verified(bytes(content), signature, PUBLIC)


@pytest.mark.parametrize("signature", [b"", b"nonsense", base64.b64encode(b"x" * 64), base64.b64encode(b"x")])
def test_what_is_no_signature_signs_nothing(signature: bytes) -> None:
    with pytest.raises(ManifestError, match="not signed"):
        verified(MANIFEST.to_bytes(), signature, PUBLIC)


def test_the_signature_of_somebody_else_does_not_count() -> None:
    content = MANIFEST.to_bytes()
    with pytest.raises(ManifestError, match="not signed"):
        verified(content, signed(content, new_keys()[0]), PUBLIC)


@pytest.mark.parametrize("key", ["", "nonsense", base64.b64encode(b"short").decode()])
def test_a_key_that_is_none_is_named(key: str) -> None:
    with pytest.raises(ManifestError, match="update_key"):
        verified(MANIFEST.to_bytes(), b"", key)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"format": 2}, "does not know"),
        ({"version": "1.1"}, "not of its form"),
        ({"version": "1.1.0-rc1"}, "not of its form"),
        ({"packages": 7}, "not of its form"),
        ({"packages": [{}]}, "not of its form"),
        ({"packages": [{"name": "../evil", "platform": "", "kind": "", "size": 1, "sha256": "ab" * 32}]}, "no file"),
        ({"packages": [{"name": "-rf", "platform": "", "kind": "", "size": 1, "sha256": "ab" * 32}]}, "no file"),
        ({"packages": [{"name": "a", "platform": "", "kind": "", "size": 0, "sha256": "ab" * 32}]}, "size and hash"),
        ({"packages": [{"name": "a", "platform": "", "kind": "", "size": True, "sha256": "ab" * 32}]}, "size and hash"),
        ({"packages": [{"name": "a", "platform": "", "kind": "", "size": 1, "sha256": "AB"}]}, "size and hash"),
    ],
)
def test_a_signed_manifest_of_another_form_is_refused(change: dict[str, object], words: str) -> None:
    content = json.dumps({**json.loads(MANIFEST.to_bytes()), **change}).encode()
    with pytest.raises(ManifestError, match=words):
        verified(content, signed(content, PRIVATE), PUBLIC)


def test_each_installation_finds_its_own_package() -> None:
    other = replace(PACKAGE, platform="windows-x86_64", kind="setup", name="tukar-setup.exe")
    manifest = replace(MANIFEST, packages=(PACKAGE, other))
    assert manifest.package_for("windows-x86_64", "setup") == other
    assert manifest.package_for("windows-x86_64", "deb") is None


def test_a_package_is_whole_or_refused(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_bytes(b"abc")
    digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    demand_whole(file, replace(PACKAGE, size=3, sha256=digest))
    with pytest.raises(ManifestError, match="3 bytes where the manifest says 4"):
        demand_whole(file, replace(PACKAGE, size=4, sha256=digest))
    with pytest.raises(ManifestError, match="not what the manifest says"):
        demand_whole(file, PACKAGE)


def test_versions_come_in_the_order_of_their_numbers() -> None:
    texts = ["0.1.0", "0.9.0", "0.10.0", "1.0.0", "1.0.1", "10.0.0"]
    assert sorted(["1.0.0", "10.0.0", "0.10.0", "1.0.1", "0.9.0", "0.1.0"], key=Version.parse) == texts
    assert [str(Version.parse(text)) for text in texts] == texts


@pytest.mark.parametrize("text", ["", "1", "1.2", "1.2.3.4", "1.2.3a1", "v1.2.3", "1.2.x", "१.२.३", "-1.2.3"])
def test_what_is_no_release_has_no_place_in_the_order(text: str) -> None:
    with pytest.raises(ValueError, match="is no version"):
        Version.parse(text)
