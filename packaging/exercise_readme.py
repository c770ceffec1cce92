"""The technician's page of the README, word by word: its commands typed on a plain Debian that systemd has booted.

The page marks each block of commands with the machine it belongs to: ``sh backend``, ``sh till``, ``sh alone`` for a
user without root. Here all three are one booted tree with three people on it. Nothing of the page is written down here
but what it leaves open: the address, the code that was printed, the PIN that is asked for, and the files of a shop.
A line ``tukar`` opens the till and leaves it open; ``# the till closed`` behind a line closes it before.
"""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

import environment
import linux_packages
from exercise_ground import RELEASE, ROOT, WORK, Ended, Failed, Ground, NotHere, demand, run, until
from exercise_systems import BASE, clean_base

TREE = WORK / "booted"
ADDRESS = "http://127.0.0.1:8480"
PORT = 8480
LATER = "0.9.1"
FILES = Path("/srv/files")
"""In the tree: what a technician brings along."""
STICK = Path("/media/stick")
TECHNICIAN, CASHIER, ALONE = "teknisi", "kasir", "sendiri"
PEOPLE = {"backend": TECHNICIAN, "till": CASHIER, "alone": ALONE}
"""Who types the commands of which machine."""
MAY_BECOME_ROOT = (TECHNICIAN, CASHIER)
CREDENTIALS = "586970\ngula-pasir-5\n"
STAFF = "id,name,role,pin,password\nani,Ani,cashier,142536,kopi-susu-1\n"
_SECTION = re.compile(r"^## For technicians\n(.*?)^## ", re.MULTILINE | re.DOTALL)
_BLOCK = re.compile(r"^```sh (\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b")
_CLOSED = "# the till closed"
_END_TILL = 'for one in /proc/[0-9]*; do [ "$(cat $one/comm)" != tukar ] || kill -TERM ${one#/proc/}; done'
_ADDRESS_ON_THE_PAGE = "https://loyalty.shop.example"


@dataclass(frozen=True)
class Line:
    """A command of the page, and the machine it is typed on."""

    machine: str
    command: str

    @property
    def wants_closed_till(self) -> bool:
        return _CLOSED in self.command


def lines_of(page: str) -> list[Line]:
    """The commands that the technician's section has for machines of a shop, in its order."""
    section = _SECTION.search(page)
    if section is None:
        raise Failed("the README has no page for technicians")
    return [
        Line(block[1], command)
        for block in _BLOCK.finditer(section[1])
        if block[1] in PEOPLE
        for command in block[2].splitlines()
        if command
    ]


@dataclass
class Booted:
    """A plain Debian with systemd as its first process; ``leader`` is that process as this machine sees it."""

    leader: int
    window: "subprocess.Popen[bytes] | None" = None
    code: str = field(default="", repr=False)

    def inside(self, *command: str | Path) -> list[str | Path]:
        spaces = ("--mount", "--uts", "--ipc", "--pid", "--cgroup", "--root", "--wd")
        return ["nsenter", "--target", str(self.leader), *spaces, *command]

    def entered(self, user: str, command: str) -> list[str | Path]:
        """A command as ``user`` types it after signing in, among the files they brought, without a screen."""
        words = f"cd {FILES} && export QT_QPA_PLATFORM=offscreen QT_LOGGING_RULES='*=false' && {command}"
        return self.inside("su", "--login", user, "--command", words)

    def typed(self, user: str, command: str, given: str = "") -> Ended:
        return run(self.entered(user, command), given=given)


@contextmanager
def _booted(release: Path) -> Iterator[Booted]:
    """Boots a fresh copy of the plain Debian, with the people of a shop and the files they bring."""
    if shutil.which("systemd-nspawn") is None:
        raise NotHere("systemd-nspawn (apt-get install systemd-container)")
    clean_base()
    shutil.rmtree(TREE, ignore_errors=True)
    demand(run(["cp", "-a", BASE, TREE]), 0)
    shutil.copyfile("/etc/resolv.conf", TREE / "etc/resolv.conf")
    (TREE / "etc/hostname").write_text("toko\n")
    (TREE / "etc/hosts").write_text("127.0.0.1 localhost toko\n")
    command: list[str | Path] = [
        "systemd-nspawn", "--quiet", "--boot", "--register=no", "--keep-unit", "--console=pipe", "--link-journal=no",
        "--resolv-conf=off", "--directory", TREE, f"--bind-ro={release}:{STICK}", "systemd.unit=multi-user.target",
    ]  # fmt: skip
    with (
        (WORK / "booted.log").open("wb") as log,
        subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log) as nspawn,
    ):
        machine = None
        try:
            until(lambda: _leader(nspawn.pid) != 0 or nspawn.poll() is not None, "a first process")
            if nspawn.poll() is not None:
                said = (WORK / "booted.log").read_text(errors="replace").strip().splitlines()
                raise NotHere(f"a machine on which systemd-nspawn boots ({said[-1] if said else 'it said nothing'})")
            machine = Booted(_leader(nspawn.pid))
            until(lambda: _is_up(machine), "a booted system")
            yield machine
        finally:
            if machine is not None and machine.window is not None:
                machine.window.kill()
            nspawn.terminate()
            with suppress(subprocess.TimeoutExpired):
                nspawn.wait(60)
            nspawn.kill()


def _leader(nspawn: int) -> int:
    said = run(["ps", "--ppid", str(nspawn), "-o", "pid=,comm="]).said.split()
    return int(said[0]) if len(said) > 1 and said[1] == "systemd" else 0


def _is_up(machine: Booted) -> bool:
    return run(machine.inside("systemctl", "is-system-running")).said.strip() in ("running", "degraded")


def _bring_people_and_files(machine: Booted, ground: Ground) -> None:
    files = TREE / FILES.relative_to("/")
    files.mkdir(parents=True)
    for user in PEOPLE.values():
        demand(machine.typed("root", f"useradd --create-home --shell /bin/bash {user}"), 0)
    for user in MAY_BECOME_ROOT:
        (TREE / f"etc/sudoers.d/{user}").write_text(f"{user} ALL=(ALL) NOPASSWD: ALL\n")
    for name in ("deb", "server", "archive"):
        shutil.copy(ground.products[name], files)
    shutil.copy(ROOT / "resources/demo/items.csv", files / "articles.csv")
    shutil.copy(ROOT / "resources/demo/programme.json", files / "programme.json")
    (files / "staff.csv").write_text(STAFF, encoding="utf-8")
    files.chmod(0o777)


def follow_the_readme(ground: Ground) -> str:
    """Every command of the page, in its order; an update is also tried with a bill that was not sent."""
    lines = lines_of((ROOT / "README.md").read_text("utf-8"))
    release = _release(ground)
    with _booted(release) as machine, (WORK / "readme.log").open("w", encoding="utf-8") as transcript:
        _bring_people_and_files(machine, ground)
        for line in lines:
            transcript.write(f"{line.machine}$ {line.command}\n")
            transcript.flush()
            transcript.write(_type(machine, line))
        _look_at_what_is_left(machine)
    return f"{len(lines)} commands typed, systemd ran the service, nothing was lost"


def _release(ground: Ground) -> Path:
    """A later version of the till, signed, as it would lie on a stick."""
    if ground.frozen is None:
        raise Failed("there is no frozen program")
    folder = WORK / "stick"
    bench = replace(ground.bench, version=LATER, out=folder, work=WORK / "stick-work", quick=True)
    linux_packages.till_package(ground.frozen, bench)
    demand(run([ground.bench.python, RELEASE, "sign", folder, LATER, ground.key]), 0)
    return folder


def _type(machine: Booted, line: Line) -> str:
    """Types one line; what was said."""
    user, command = PEOPLE[line.machine], line.command.replace(_ADDRESS_ON_THE_PAGE, ADDRESS)
    command = command.replace("CODE", machine.code or "CODE")
    if line.wants_closed_till:
        _close(machine)
    try:
        if command == "tukar":
            _open(machine)
            return ""
        if command.startswith("tukar update apply"):
            _refuse_while_unsent(machine, command)
        if "apt install" in command:
            command = command.replace("apt install", "DEBIAN_FRONTEND=noninteractive apt-get install --yes -qq")
            demand(machine.typed("root", "apt-get update -qq"), 0)
        elif "apt remove" in command:
            command = command.replace("apt remove", "apt-get remove --yes -qq")
        if "curl" in command:
            until(lambda: machine.typed(user, command).status == 0, "an answer")
        said = demand(machine.typed(user, command, CREDENTIALS), 0)
    except Failed as failure:
        raise Failed(f"`{line.command}`: {failure}") from None
    if code := _CODE.search(said):
        machine.code = code[0]
    return said


def _open(machine: Booted) -> None:
    """The window of the till, open until a line wants it closed; it has to bring everything in and send everything."""
    machine.window = subprocess.Popen(
        machine.entered(CASHIER, "exec tukar"), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    until(
        lambda: _unsent(machine) == 0 and _data("catalogue.sqlite3").exists(), "a till that has brought everything in"
    )


def _close(machine: Booted) -> None:
    if machine.window is not None:
        machine.typed("root", _END_TILL)
        machine.window.wait(60)
        machine.window = None


def _data(name: str) -> Path:
    return TREE / f"home/{CASHIER}/.local/share/tukar" / name


def _unsent(machine: Booted) -> int:
    """As the till says itself; -1 while it cannot be asked."""
    try:
        told = json.loads(machine.typed(CASHIER, "tukar doctor --json").said)["examined"]
    except ValueError:
        return -1
    return next((int(one["facts"]["unsent"]) for one in told if one["what"] == "till" and "unsent" in one["facts"]), -1)


def _refuse_while_unsent(machine: Booted, command: str) -> None:
    """A bill that was sold without a line keeps the update out until the till has sent it."""
    python, data = environment.Environment().python, _data("")
    saved = run([python, ROOT / "packaging/unsent_bill.py", data], with_sources=True)
    demand(saved, 0)
    demand(run(["chown", "--recursive", f"--reference={data.parent}", data]), 0)
    demand(machine.typed(CASHIER, command), 2, "1 message that was not sent")
    _open(machine)
    _close(machine)


def _look_at_what_is_left(machine: Booted) -> None:
    """The programs are gone, what the shop owns is there."""
    for gone in ("usr/bin/tukar", "usr/bin/tukar-server", f"home/{ALONE}/.local/bin/tukar"):
        if (TREE / gone).exists():
            raise Failed(f"/{gone} is still there")
    if not _data("journal.sqlite3").exists():
        raise Failed("the till's bills are gone")
    if not (TREE / "var/lib/tukar-server/backend/root.key").exists():
        raise Failed("the backend's keys are gone")
    demand(machine.typed("postgres", "psql -XAtc 'SELECT count(*) FROM bills' tukar"), 0, "1")
