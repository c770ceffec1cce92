"""The update manifest: which version there is, as which files, signed by whoever makes the releases.

Two files lie beside the packages: ``tukar-update.json`` and ``tukar-update.json.sig``, the Ed25519 signature of the
first's very bytes, in base64. Nothing in the manifest is looked at before the signature is found to be good, and
nothing of a package counts before its size and its hash are those of the manifest (security.md, "Supply").
"""

import base64
import binascii
import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Self

from tukar.deploy.version import Version

FILE: Final = "tukar-update.json"
SIGNATURE_FILE: Final = f"{FILE}.sig"
FORMAT: Final = 1
BYTES_AT_MOST: Final = 64 * 1024
PACKAGE_BYTES_AT_MOST: Final = 2 * 1024**3

_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+~-]{0,150}")
_SHA256: Final = re.compile(r"[0-9a-f]{64}")
_CONTEXT: Final = b"tukar update manifest\n"
"""Goes before what is signed, so that no signature of anything else is one of a manifest."""


class ManifestError(ValueError):
    """There is no manifest that counts; the text says why."""


@dataclass(frozen=True, slots=True)
class Package:
    """A file that installs the version: for which platform, as which kind of installation; ``size`` in bytes."""

    name: str
    platform: str
    kind: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """A version with its packages. ``notes`` says in a line what is new, for the technician."""

    version: Version
    packages: tuple[Package, ...]
    notes: str = ""

    def package_for(self, platform: str, kind: str) -> Package | None:
        fitting = (package for package in self.packages if (package.platform, package.kind) == (platform, kind))
        return next(fitting, None)

    def to_bytes(self) -> bytes:
        told = {
            "format": FORMAT,
            "version": str(self.version),
            "notes": self.notes,
            "packages": [
                {"name": one.name, "platform": one.platform, "kind": one.kind, "size": one.size, "sha256": one.sha256}
                for one in self.packages
            ],
        }
        return json.dumps(told, indent=1).encode()

    @classmethod
    def from_bytes(cls, content: bytes) -> Self:
        """Raises ManifestError. To be called only with bytes whose signature is good."""
        try:
            told = json.loads(content)
            form = told["format"]
            packages = tuple(_package(one) for one in told["packages"]) if form == FORMAT else ()
            version, notes = Version.parse(told["version"]), str(told.get("notes", ""))[:500]
        except ManifestError:
            raise
        except (ValueError, LookupError, TypeError, AttributeError) as nonsense:
            raise ManifestError("the manifest is not of its form") from nonsense
        if form != FORMAT:
            raise ManifestError("the manifest is of a form that this version does not know")
        return cls(version, packages, notes)


def _package(told: dict[str, Any]) -> Package:
    name, size, digest = told["name"], told["size"], told["sha256"]
    # The name becomes a path here and a command's argument later.
    if type(name) is not str or not _NAME.fullmatch(name):
        raise ManifestError("the manifest names a file as no file may be named")
    if type(size) is not int or not 0 < size <= PACKAGE_BYTES_AT_MOST or not _SHA256.fullmatch(digest):
        raise ManifestError(f"the manifest gives no size and hash of {name}")
    return Package(name, str(told["platform"]), str(told["kind"]), size, digest)


def verified(content: bytes, signature: bytes, public_key: str) -> Manifest:
    """The manifest, if it was signed with the key that ``public_key`` (base64) belongs to; else ManifestError."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public_key, validate=True))
    except (ValueError, binascii.Error) as nonsense:
        raise ManifestError("what is set as update_key is no public key") from nonsense
    try:
        key.verify(base64.b64decode(signature.strip(), validate=True), _CONTEXT + content)
    except (InvalidSignature, ValueError, binascii.Error) as forged:
        raise ManifestError("the manifest is not signed with the key that this till trusts") from forged
    return Manifest.from_bytes(content)


def signed(content: bytes, private_key: str) -> bytes:
    """The signature file of a manifest, made with a private key (base64)."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    key = Ed25519PrivateKey.from_private_bytes(base64.b64decode(private_key, validate=True))
    return base64.b64encode(key.sign(_CONTEXT + content)) + b"\n"


def new_keys() -> tuple[str, str]:
    """A private key, and the public one that belongs to it, in base64."""
    from cryptography.hazmat.primitives import serialization as form
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    key = Ed25519PrivateKey.generate()
    private = key.private_bytes(form.Encoding.Raw, form.PrivateFormat.Raw, form.NoEncryption())
    public = key.public_key().public_bytes(form.Encoding.Raw, form.PublicFormat.Raw)
    return base64.b64encode(private).decode(), base64.b64encode(public).decode()


def demand_whole(file: Path, package: Package) -> None:
    """Raises ManifestError unless the file is that of the manifest, byte for byte."""
    size = file.stat().st_size
    if size != package.size:
        raise ManifestError(f"{package.name} has {size:,} bytes where the manifest says {package.size:,}")
    with file.open("rb") as opened:
        if hashlib.file_digest(opened, "sha256").hexdigest() != package.sha256:
            raise ManifestError(f"{package.name} is not what the manifest says")
