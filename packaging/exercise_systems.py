"""The packages on systems that never saw Python: Debian in a folder of its own, and Windows under wine."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import linux_packages
from exercise_ground import RELEASE, ROOT, WORK, Ended, Failed, Ground, NotHere, demand, run, spoilt, until

BASE = ROOT / "build" / "clean-base"
"""A plain Debian, made once."""
INCLUDED = "ca-certificates,curl,dbus,sudo,systemd,systemd-sysv,xz-utils"
CLEAN = WORK / "clean"
PORT = 18_480
OK, NOBODY = 200, 401
AS_CASHIER = "QT_LOGGING_RULES='*=false' HOME=/home/kasir"


def clean_base() -> None:
    """Sees to a plain Debian in ``BASE``: what every server has, and no more. Needs root and debootstrap."""
    if os.name != "posix" or os.geteuid() != 0:
        raise NotHere("root, for a system tree of its own")
    if BASE.exists():
        return
    if shutil.which("debootstrap") is None:
        raise NotHere("debootstrap (apt-get install debootstrap)")
    making = BASE.with_name("clean-making")
    shutil.rmtree(making, ignore_errors=True)
    made = run(["debootstrap", "--variant=minbase", f"--include={INCLUDED}", "bookworm", making])
    if made.status:
        raise NotHere("a mirror of Debian that debootstrap reaches")
    making.rename(BASE)


@contextmanager
def _clean_system() -> Iterator[Path]:
    """A fresh copy of a plain Debian with its processes and devices."""
    clean_base()
    if not CLEAN.exists():
        demand(run(["cp", "-a", BASE, CLEAN]), 0)
        shutil.copyfile("/etc/resolv.conf", CLEAN / "etc/resolv.conf")
    mounts = {CLEAN / "dev": ["--bind", "/dev"], CLEAN / "proc": ["-t", "proc", "proc"]}
    try:
        for place, how in mounts.items():
            demand(run(["mount", *how, place]), 0)
        yield CLEAN
    finally:
        for place in reversed(mounts):
            run(["umount", "--lazy", place])


def _inside(command: str, *, user: str = "") -> Ended:
    words = ["runuser", "-u", user, "--", "sh", "-c", command] if user else ["sh", "-c", command]
    return run(["chroot", CLEAN, "env", "-u", "QT_QPA_PLATFORM", "DEBIAN_FRONTEND=noninteractive", *words])


def install_on_a_clean_debian(ground: Ground) -> str:
    """With apt and what it asks for, as the README says; then the tour as a user who is nobody in particular."""
    with _clean_system():
        for name in ("deb", "server"):
            shutil.copy(ground.products[name], CLEAN / "tmp")
        demand(_inside("apt-get update -qq"), 0)
        demand(_inside("apt-get install -y -qq ./tmp/tukar_*.deb ./tmp/tukar-server_*.deb"), 0)
        if _inside("command -v python3").status == 0:
            raise Failed("a Python came along")
        demand(_inside("useradd --create-home kasir"), 0)
        demand(_inside(f"{AS_CASHIER} tukar demo --offscreen --tour /home/kasir/tour", user="kasir"), 0)
        demand(_inside("dpkg --verify tukar tukar-server"), 0)
    journeys = json.loads((CLEAN / "home/kasir/tour/tour.json").read_text("utf-8"))["journeys"]
    if not journeys or not all(journey["ok"] for journey in journeys):
        raise Failed("a journey did not end as it should")
    return f"without any Python there, {len(journeys)} journeys"


def serve_on_a_clean_debian(ground: Ground) -> str:
    """The backend as its service would start it: health, readiness, figures, an end in order."""
    command = (
        "TUKAR_LOG=json exec /usr/lib/tukar-server/tukar-server serve --data /var/lib/tukar-server --demo"
        f" --host 127.0.0.1 --port {PORT}"
    )
    with _clean_system():
        words: list[str | Path] = ["chroot", CLEAN, "runuser", "-u", "tukar-server", "--", "sh", "-c", command]
        with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as serving:
            try:
                until(lambda: _got("/ready") == OK, "readiness")
                if _got("/health") != OK or _got("/v1/state") != NOBODY or _got("/metrics") != OK:
                    raise Failed("health, figures or a refusal is missing")
            finally:
                run(["pkill", "--signal", "TERM", "--parent", str(serving.pid)])
                serving.wait(30)
        if _inside("ls /var/lib/tukar-server", user="kasir").status == 0:
            raise Failed("anybody may read the backend's keys")
    unit = ground.bench.work / "tree-server/usr/lib/systemd/system/tukar-server.service"
    if "SystemCallFilter" not in unit.read_text("utf-8"):
        raise Failed("the service is not confined")
    return "health, readiness, figures, an end in order"


def _got(path: str) -> int:
    try:
        with urlopen(f"http://127.0.0.1:{PORT}{path}", timeout=5) as answer:
            return int(answer.status)
    except URLError as refused:
        return int(getattr(refused, "code", 0))
    except OSError:
        return 0


def update_on_a_clean_debian(ground: Ground) -> str:
    """A later package comes through dpkg, and one that does not open goes again."""
    if ground.frozen is None:
        raise Failed("there is no frozen program")
    with _clean_system():
        for version in ("0.9.1", "0.9.2"):
            folder = CLEAN / f"srv/release-{version}"
            bench = replace(ground.bench, version=version, out=folder, work=WORK / f"deb-{version}", quick=True)
            frozen = ground.frozen
            if version == "0.9.2":
                frozen = replace(frozen, folder=spoilt(frozen, WORK / "spoilt-deb"))
            linux_packages.till_package(frozen, bench)
            demand(run([ground.bench.python, RELEASE, "sign", folder, version, ground.key]), 0)
        update = "QT_LOGGING_RULES='*=false' tukar update apply --data /root/till --from /srv/release-"
        demand(_inside(f"{update}0.9.1"), 0, "Version 0.9.1 is installed")
        demand(_inside(f"{update}0.9.2"), 2, "in force again")
        said = demand(_inside("dpkg-query -W -f '${Version} ${Status}' tukar"), 0, "0.9.1 install ok installed")
        demand(_inside("tukar --version && dpkg --verify tukar"), 0)
    return said.strip()


def remove_from_a_clean_debian(_ground: Ground) -> str:
    """Nothing of the program is left, and everything of the till and of the backend."""
    with _clean_system():
        demand(_inside("apt-get purge -y -qq tukar tukar-server"), 0)
    left = [place for place in ("usr/lib/tukar", "usr/bin/tukar", "usr/lib/tukar-server") if (CLEAN / place).exists()]
    if left:
        raise Failed(f"it left {', '.join(left)}")
    for kept in ("var/lib/tukar-server/backend/root.key", "root/till"):
        if not (CLEAN / kept).exists():
            raise Failed(f"/{kept} is gone")
    return "the program is gone, the data is there"


def sell_on_windows_under_wine(ground: Ground) -> str:
    """Installs silently, sells, uninstalls; the script says what wine needs that Windows has."""
    if shutil.which("wine") is None:
        raise NotHere("wine (apt-get install wine wine64)")
    if "setup" not in ground.products:
        raise NotHere("the installer for Windows, which was not built here")
    script = ROOT / "packaging/windows/under_wine.sh"
    return (
        demand(run(["sh", script, ground.products["setup"], WORK / "wine"], seconds=1200), 0).strip().splitlines()[-1]
    )


EXERCISES = (
    install_on_a_clean_debian,
    serve_on_a_clean_debian,
    update_on_a_clean_debian,
    remove_from_a_clean_debian,
)
"""In this order, each on what the one before left."""
