"""The commands that open a window: the till of this machine, and the demo with a backend of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tukar.bootstrap.outcome import CommandRefused, Status
from tukar.bootstrap.update_start import after_update, confirm_update
from tukar.local.paths import data_folder, make_private
from tukar.till.ports import DiskTrouble, DiskTroubleKind

if TYPE_CHECKING:
    from tukar.bootstrap.demo import Demo
    from tukar.bootstrap.disk import Disk
    from tukar.bootstrap.door import Door
    from tukar.bootstrap.window_options import DemoOptions, ManageOptions, TillOptions
    from tukar.ui.application import Application
    from tukar.ui.last_resort import LastResort

DEMO_FOLDER: Final = "demo"
PRACTICE_FOLDER: Final = "practice"
BACKEND_FOLDER: Final = "backend"


def _start(command: Sequence[str]) -> None:
    import subprocess

    subprocess.Popen(command, start_new_session=True)  # noqa: S603 - ourselves


def run_till(options: TillOptions) -> int:
    """The till of this machine; asks for address and code the first time."""
    folder = options.data or data_folder()
    went_on = after_update(folder)
    if went_on is not None:
        return went_on
    disk = _open_disk(folder)
    app = _application(disk, offscreen=options.offscreen)
    if options.language:
        disk.connection.change(replace(disk.connection.settings, language=options.language))
    door = _open_door(app, disk)
    if door is not None and door.closed:
        disk.close()
        return Status.WELL
    with _usable(folder):
        disk.open_rest()
    from tukar.bootstrap.backend_process import this_program
    from tukar.bootstrap.program import Program
    from tukar.local.log_file import logging_to

    def open_demo() -> None:
        _start([*this_program(), "demo"])
        app.stop()

    program = Program(app, disk, last_resort=_last_resort(), open_demo=open_demo, door=door)
    if not disk.connection.settings.practice:
        program.let_practise(lambda: practise_in(disk.connection.settings.language))
    with logging_to(disk.folder), closing(program):
        with readable_journal(disk.folder):
            program.start()
        confirm_update(folder, disk.connection.settings, app.when_painted, program.background)
        return app.run()


def practise_in(language: str, start: Callable[[Sequence[str]], object] = _start) -> None:
    """Opens the practice shop in a program of its own, so that nothing of it can reach this till's books.

    One that is open already stays the only one: the second finds its folder taken and ends.
    """
    from tukar.bootstrap.backend_process import this_program

    start([*this_program(), "demo", "--practice", "--language", language])


def run_demo(options: DemoOptions) -> int:
    """The demo shop with its backend and the customer's phone; plays the journeys when a tour is asked for.

    A tour begins with a fresh shop, so that its figures are the same every time; the demo's own shop stays as it is.
    """
    from tukar.local.log_file import logging_to

    if options.tour is None:
        own = PRACTICE_FOLDER if options.practice else DEMO_FOLDER
        demo = _demo(options.data or data_folder() / own, options)
        if not options.practice:
            demo.program.let_practise(lambda: practise_in(demo.program.language.code))
        with logging_to(demo.program.disk.folder), readable_journal(demo.program.disk.folder):
            return demo.run()
    from tempfile import TemporaryDirectory

    from tukar.bootstrap.touring import run_tour

    with TemporaryDirectory(prefix="tukar-tour-") as fresh, logging_to(options.tour):
        return run_tour(_demo(options.data or Path(fresh) / "first", options), options.tour, Path(fresh) / "second")


def run_manage(options: ManageOptions) -> int:
    """The manager's room of this machine, in a window of its own."""
    disk = _open_disk(options.data or data_folder())
    app = _application(disk, offscreen=options.offscreen)
    from tukar.bootstrap.manage import Office
    from tukar.local.log_file import logging_to

    if options.language:
        disk.connection.change(replace(disk.connection.settings, language=options.language))
    office = Office(app, disk, _last_resort(), disk.connection.manager_backend)
    with logging_to(disk.folder), closing(office):
        office.start()
        return app.run()


def _demo(folder: Path, options: DemoOptions) -> Demo:
    disk = _open_disk(folder)
    app = _application(disk, offscreen=options.offscreen)
    from tukar.bootstrap.demo import Demo

    return Demo(
        app, disk, folder / BACKEND_FOLDER, _last_resort(), language=options.language, practice=options.practice
    )


@contextmanager
def readable_journal(folder: Path) -> Iterator[None]:
    """A journal that cannot be opened is said with the way out of it; nothing is sold without one."""
    try:
        yield
    except DiskTrouble as trouble:
        way_out = "Make room or check its rights, then start again."
        if trouble.kind is DiskTroubleKind.DAMAGED:
            way_out = f"Put a back-up in its place: tukar restore FILE --data {folder}"
        raise CommandRefused(f"The till's journal cannot be opened: {trouble.detail}.", way_out) from trouble


def _open_disk(folder: Path) -> Disk:
    from tukar.bootstrap.disk import open_disk

    with _usable(folder):
        return open_disk(make_private(folder))


def _open_door(app: Application, disk: Disk) -> Door | None:
    from tukar.bootstrap.door import open_door

    with _usable(disk.folder):
        return open_door(app, disk)


@contextmanager
def _usable(folder: Path) -> Iterator[None]:
    """A folder that cannot be opened is said with the way out of it."""
    try:
        yield
    except DiskTrouble as trouble:
        if trouble.kind is DiskTroubleKind.IN_USE:
            raise CommandRefused(
                f"This till is open already: {trouble.detail}.", "Use that window, or name another folder with --data."
            ) from trouble
        raise CommandRefused(
            f"The data folder {folder} cannot be used: {trouble.detail}.", "Make room or name another with --data."
        ) from trouble


def _application(disk: Disk, *, offscreen: bool) -> Application:
    from tukar.ui.application import Application

    return Application(offscreen=offscreen, scale_percent=disk.connection.settings.scale_percent)


def _last_resort() -> LastResort:
    from tukar import __version__
    from tukar.ui.last_resort import LastResort

    last_resort = LastResort(__version__)
    last_resort.install()
    return last_resort
