"""What whoever makes the releases does: a pair of keys once, then a signed manifest beside each version.

usage: release.py keys FILE           a new private key into FILE; the public one is printed
       release.py sign FOLDER VERSION FILE [NOTES]
                                      writes FOLDER/tukar-update.json and its signature with the private key in FILE

Run it with the environment of the build: build/venv/bin/python packaging/release.py …
"""

import hashlib
import os
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT / "app") not in sys.path:
    sys.path.insert(0, str(ROOT / "app"))

KINDS = (
    (re.compile(r"^tukar_.*_amd64\.deb$"), "linux-x86_64", "deb"),
    (re.compile(r"^tukar-.*-linux-x86_64\.tar\.xz$"), "linux-x86_64", "folder"),
    (re.compile(r"^tukar-.*-setup\.exe$"), "windows-x86_64", "setup"),
)
"""Which file is a package for whom."""


def sign(folder: Path, version: str, private_key: str, notes: str = "") -> None:
    """Writes manifest and signature for the packages of ``version`` in the folder."""
    from tukar.deploy.manifest import FILE, SIGNATURE_FILE, Manifest, Package, signed
    from tukar.deploy.version import Version

    packages = [
        Package(file.name, platform, kind, file.stat().st_size, hashlib.sha256(file.read_bytes()).hexdigest())
        for file in sorted(folder.iterdir())
        for pattern, platform, kind in KINDS
        if pattern.match(file.name) and version in file.name
    ]
    if not packages:
        raise SystemExit(f"{folder} holds no package of version {version}.")
    content = Manifest(Version.parse(version), tuple(packages), notes).to_bytes()
    (folder / FILE).write_bytes(content)
    (folder / SIGNATURE_FILE).write_bytes(signed(content, private_key))


def make_keys(file: Path) -> str:
    """Writes a private key that only its owner may read; the public key."""
    from tukar.deploy.manifest import new_keys

    private, public = new_keys()
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as opened:
        opened.write(f"{private}\n")
    return public


def main(arguments: list[str]) -> int:
    match arguments:
        case ["keys", file]:
            print(make_keys(Path(file)))
        case ["sign", folder, version, file, *notes]:
            sign(Path(folder), version, Path(file).read_text("ascii").strip(), " ".join(notes))
        case _:
            print((__doc__ or "").partition("\n\n")[2].strip(), file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
