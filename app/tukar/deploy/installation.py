"""What kind of installation this program is: said by a small file that the build put beside its executable."""

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

FILE: Final = "release.toml"


class Kind(StrEnum):
    """How this program came here, which is how an update comes too."""

    SOURCE = "source"
    """A checkout or a wheel: whoever put it there brings it up to date."""
    FOLDER = "folder"
    """Versions side by side in a folder of the user's own, and a link to the one in force."""
    DEB = "deb"
    SETUP = "setup"
    """The installer for Windows: versions side by side, and a file that names the one in force."""


@dataclass(frozen=True, slots=True)
class Installation:
    """This program on this machine. ``program`` is the folder of this version; empty values for a checkout."""

    kind: Kind
    version: str
    platform: str = ""
    program: Path = Path()
    update_key: str = ""

    @property
    def home(self) -> Path:
        """The folder that holds ``versions`` and says which is in force; only where versions lie side by side."""
        return self.program.parent.parent


def find_installation(executable: Path, version: str) -> Installation:
    """What the file beside ``executable`` says; a checkout where there is none. ValueError for a broken one."""
    program = executable.resolve().parent
    try:
        told = tomllib.loads((program / FILE).read_text("utf-8"))
    except FileNotFoundError:
        return Installation(Kind.SOURCE, version)
    try:
        return Installation(
            Kind(told["kind"]), str(told["version"]), str(told["platform"]), program, str(told.get("update_key", ""))
        )
    except (KeyError, ValueError) as nonsense:
        raise ValueError(f"{program / FILE} is not of its form; install this program again") from nonsense
