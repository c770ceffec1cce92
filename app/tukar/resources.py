"""Where the pictures, fonts, styles, translations and the demo shop lie."""

from pathlib import Path


class ResourcesNotFoundError(FileNotFoundError):
    """Neither a built nor a source copy of ``resources/`` is where this package expects it."""


def find_resources(module: Path = Path(__file__)) -> Path:
    """Return the folder ``resources``, the same tree in a wheel, an editable install and a frozen program.

    A built program carries it as ``_resources`` beside this module; a source tree has it at its root
    (architecture.md, Top level). ``module`` is the file to search from.

    Raises:
        ResourcesNotFoundError: when the installation is not whole.
    """
    built = module.resolve().parent / "_resources"
    if built.is_dir():
        return built
    source = module.resolve().parents[2] / "resources"
    if source.is_dir():
        return source
    message = f"resources are missing: looked in {built} and {source}"
    raise ResourcesNotFoundError(message)
