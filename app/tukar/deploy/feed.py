"""Where updates come from: a folder, such as a stick or a share, or an https address; and how a package is fetched."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from tukar.deploy.manifest import (
    BYTES_AT_MOST,
    FILE,
    SIGNATURE_FILE,
    Manifest,
    ManifestError,
    Package,
    demand_whole,
    verified,
)

Progress = Callable[[int], None]
"""Told the bytes that are here so far."""


class FeedError(Exception):
    """What an update needs cannot be fetched; the text says why."""


class Feed(Protocol):
    """A place with a manifest, its signature and packages."""

    def small(self, name: str, at_most: int) -> bytes:
        """A small file whole. Raises FeedError, also when it is larger than ``at_most``."""
        ...

    def into(self, name: str, target: Path, at_most: int, progress: Progress) -> None:
        """A file of up to ``at_most`` bytes into ``target``. Raises FeedError."""
        ...


class FolderFeed:
    """``Feed`` in a folder of this machine or its network."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def small(self, name: str, at_most: int) -> bytes:
        try:
            with (self._folder / name).open("rb") as file:
                content = file.read(at_most + 1)
        except OSError as problem:
            raise FeedError(f"{self._folder / name}: {problem.strerror}") from problem
        if len(content) > at_most:
            raise FeedError(f"{self._folder / name} is too large")
        return content

    def into(self, name: str, target: Path, at_most: int, progress: Progress) -> None:
        source = self._folder / name
        try:
            if source.stat().st_size > at_most:
                raise FeedError(f"{source} is larger than the manifest says")
            shutil.copyfile(source, target)
            progress(target.stat().st_size)
        except OSError as problem:
            raise FeedError(f"{source}: {problem.strerror}") from problem


def manifest_of(feed: Feed, public_key: str) -> Manifest:
    """What the feed offers. Raises FeedError, or ManifestError when it is not signed as it must be."""
    if not public_key:
        raise ManifestError("this till trusts no releases yet: update_key is not set")
    return verified(feed.small(FILE, BYTES_AT_MOST), feed.small(SIGNATURE_FILE, 1024), public_key)


def fetch(feed: Feed, package: Package, folder: Path, progress: Progress) -> Path:
    """The package in ``folder``, whole and as the manifest says; what lies there from an earlier try is used.

    Raises FeedError or ManifestError, and then there is no such file.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    target = folder / package.name
    if target.exists():
        try:
            demand_whole(target, package)
        except ManifestError:
            target.unlink()
        else:
            return target
    coming = target.with_name(f"{target.name}.part")
    try:
        feed.into(package.name, coming, package.size, progress)
        demand_whole(coming, package)
    except (FeedError, ManifestError):
        coming.unlink(missing_ok=True)
        raise
    coming.replace(target)
    return target
