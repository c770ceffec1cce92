import json
from itertools import product
from pathlib import Path

import pytest

from tukar.ui.kit.tokens import Colour, Role, Scheme, SizeClass, read_tokens


def _luminance(value: str) -> float:
    parts = [int(value[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _ratio(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("scheme", "kind"), list(product(Scheme, ("text", "graphic"))))
def test_every_pair_can_be_read(resources: Path, scheme: Scheme, kind: str) -> None:
    raw = json.loads((resources / "styles" / "tokens.json").read_text(encoding="utf-8"))
    least = raw["contrast-min"][scheme][kind]
    colours = raw["color"][scheme]
    low = {
        (ink, ground): round(_ratio(colours[ink], colours[ground]), 2)
        for ink, grounds in raw["contrast-pairs"][kind]
        for ground in grounds
        if _ratio(colours[ink], colours[ground]) < least
    }
    assert low == {}


def test_the_ratio_itself_is_right() -> None:
    assert _ratio("#000000", "#FFFFFF") == pytest.approx(21.0)
    assert _ratio("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


def test_our_tokens_are_the_reference(resources: Path, shared: Path) -> None:
    ours = json.loads((resources / "styles" / "tokens.json").read_text(encoding="utf-8"))
    theirs = json.loads((shared / "design" / "visual" / "tokens.json").read_text(encoding="utf-8"))
    assert ours == theirs


@pytest.mark.parametrize(
    ("width", "size"),
    [
        (1024, SizeClass.COMPACT),
        (1279, SizeClass.COMPACT),
        (1280, SizeClass.REGULAR),
        (1679, SizeClass.REGULAR),
        (1680, SizeClass.WIDE),
        (3840, SizeClass.WIDE),
    ],
)
def test_the_width_chooses_the_size_class(width: int, size: SizeClass) -> None:
    assert SizeClass.for_width(width) is size


def test_reduced_motion_moves_nothing_but_still_waits(resources: Path) -> None:
    still = read_tokens(resources / "styles" / "tokens.json").still
    assert (still.press, still.state, still.enter, still.leave, still.money) == (0, 0, 0, 0, 0)
    assert (still.busy_after, still.cancel_after) == (300, 2000)


def test_a_missing_token_is_told(tmp_path: Path, resources: Path) -> None:
    raw = json.loads((resources / "styles" / "tokens.json").read_text(encoding="utf-8"))
    del raw["color"]["dark"][Colour.WARN]
    file = tmp_path / "tokens.json"
    file.write_text(json.dumps(raw), encoding="utf-8")
    with pytest.raises(KeyError, match="warn"):
        read_tokens(file)


def test_larger_classes_have_no_smaller_type(resources: Path) -> None:
    types = read_tokens(resources / "styles" / "tokens.json").types
    for role in Role:
        sizes = [types[size][role].size for size in (SizeClass.COMPACT, SizeClass.REGULAR, SizeClass.WIDE)]
        assert sizes == sorted(sizes)
