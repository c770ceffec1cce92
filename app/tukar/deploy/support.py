"""The support bundle: what an engineer needs of a till, in one file that anybody may read.

What a till knows of people never goes in: no bills, no members, no tokens, codes or keys, not even sealed. Every
text is scrubbed once more on its way, for whatever a message of the system may hold.
"""

import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from tukar.till.scrubbing import scrubbed

README: Final = (
    "What an engineer needs to help with this till. It holds no bills, no members, no numbers, codes, tokens or keys; "
    "whatever looks like one was replaced by a word in brackets.\n"
)
_MIB: Final = 1024 * 1024


def write_bundle(file: Path, parts: Mapping[str, Any], *, log: str) -> None:
    """Writes a zip archive of ``parts``, by name, as scrubbed JSON, and of the end of the till's log.

    Raises OSError, FileExistsError among them.
    """
    with zipfile.ZipFile(file, "x", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", README)
        for name, told in parts.items():
            archive.writestr(f"{name}.json", json.dumps(_clean(told), indent=1, ensure_ascii=False) + "\n")
        archive.writestr("log.txt", scrubbed(log))


def _clean(told: Any) -> Any:  # noqa: ANN401 - whatever JSON holds
    """Figures stay, for they are counts; texts are scrubbed, names of fields included."""
    if isinstance(told, str):
        return scrubbed(told)
    if isinstance(told, Mapping):
        return {scrubbed(str(name)): _clean(value) for name, value in told.items()}
    if isinstance(told, list | tuple):
        return [_clean(one) for one in told]
    return told


def listing(folder: Path) -> list[dict[str, Any]]:
    """The files of a folder with their sizes in MiB; what is deeper is only counted: receipts are named after bills."""
    found = []
    for path in sorted(folder.iterdir()):
        if path.is_dir():
            inside = [one for one in path.rglob("*") if one.is_file()]
            size = sum(one.stat().st_size for one in inside)
            found.append({"folder": path.name, "files": len(inside), "mib": round(size / _MIB, 2)})
        elif path.is_file():
            found.append({"file": path.name, "mib": round(path.stat().st_size / _MIB, 2)})
    return found
