"""The README's tour: every journey by real keys in the real window, with its own backend process, on both platforms."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QImage

from tests.machine import ROOT

SECONDS = 300
JOURNEYS = (
    "A", "A, wrong code, card", "B by order", "B free product", "A, signed in, scanned", "New customer",
    "Part return with points", "Exchange", "Split, card declined", "Split, gift card and cash",
    "Held, taken up at another till", "Offline, then online", "Approval",
)  # fmt: skip
MOST_KEYS = 40
"""Of journey A from a signed-in till with one scanned item (till.md, "Keys")."""


def play(folder: Path, *words: str, **environment: str) -> dict[str, Any]:
    """The tour's own report, from a process that ended well."""
    command = [sys.executable, "-m", "tukar", "demo", "--tour", str(folder), *words]
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT / "app"), **environment}
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=SECONDS, env=surroundings, check=False
    )
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads((folder / "tour.json").read_text(encoding="utf-8"))
    return told


def check(told: dict[str, Any], folder: Path) -> None:
    journeys = {journey["name"]: journey for journey in told["journeys"]}
    assert tuple(journeys) == JOURNEYS
    assert all(journey["ok"] for journey in journeys.values())
    figures = {name: (one["points_before"], one["points_after"], one["total"]) for name, one in journeys.items()}
    # A: 90 Reward points of 350 take Rp 9.000 off 149.000; the bill earns 14 again.
    assert figures["A"] == (350, 350 - 90 + 14, "140000")
    # B by order: 200 points take Rp 20.000 off; the Rp 201.150 left by "10% off" earn 2 points a full Rp 10.000.
    assert figures["B by order"] == (355, 355 - 200 + 2 * 20, "181150")
    # B free product: 150 points make the coffee cost nothing, and nothing is earned on nothing.
    assert figures["B free product"] == (448, 448 - 150, "0")
    # One of two bags comes back: half of the 90 points does, and the half of the 14 that was earned on it goes.
    assert figures["Part return with points"][:2] == (274, 274 + 45 - 7)
    # The customer who was offline for a while earns what everybody earns.
    assert figures["Offline, then online"][:2] == (112, 112 + 14)
    # The reward survived the card that was declined: 200 points take Rp 20.000 off 149.000, all of which earns.
    assert figures["Split, card declined"] == (602, 602 - 200 + 2 * 14, "129000")
    # The gift card's Rp 35.000 pay like money: the whole of 74.500 earns.
    assert figures["Split, gift card and cash"] == (77, 77 + 14, "74500")
    assert figures["Held, taken up at another till"][:2] == (91, 91 + 14)
    assert journeys["A, signed in, scanned"]["keys"] <= MOST_KEYS
    assert journeys["A"]["sign_in_keys"] == 8
    for journey in journeys.values():
        for step in journey["steps"]:
            picture = QImage(str(folder / step["screenshot"]))
            assert not picture.isNull()
            assert picture.width() >= 1024
    receipts = list(folder.glob("*.pdf"))
    assert len(receipts) >= len(JOURNEYS) - 1
    assert all(receipt.read_bytes().startswith(b"%PDF") for receipt in receipts)


@pytest.mark.journey
def test_the_tour_in_memory(tmp_path: Path) -> None:
    told = play(tmp_path / "tour", "--offscreen", "--language", "en")
    check(told, tmp_path / "tour")


@pytest.mark.journey
@pytest.mark.needs("xvfb")
def test_the_tour_on_a_screen_in_indonesian(tmp_path: Path) -> None:
    command = ["xvfb-run", "-a", "-s", "-screen 0 1600x1000x24", sys.executable, "-m", "tukar", "demo"]
    folder = tmp_path / "tour"
    surroundings = {key: value for key, value in os.environ.items() if key != "QT_QPA_PLATFORM"}
    surroundings["PYTHONPATH"] = str(ROOT / "app")
    done = subprocess.run(
        [*command, "--tour", str(folder), "--language", "id"],
        cwd=ROOT, capture_output=True, text=True, timeout=SECONDS, env=surroundings, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    check(json.loads((folder / "tour.json").read_text(encoding="utf-8")), folder)
