from tests.coverage_of_protocol import FOLDERS, LEFT_OUT, MODULES, files
from tests.machine import ROOT


def test_what_is_to_be_gone_through_is_there() -> None:
    assert [file for file in files() if not file.is_file()] == []
    assert [folder for folder in FOLDERS if not (ROOT / folder).is_dir()] == []


def test_every_module_counts_or_is_left_out_for_a_reason() -> None:
    """Whoever adds one decides: can a wrong turn in it take points twice, or lose a bill?"""
    for layer, counted in MODULES.items():
        left_out = [name for group in LEFT_OUT.values() for name in group.get(layer, ())]
        named = [*counted, *left_out]
        assert sorted(set(named)) == sorted(named), "each once"
        folder = ROOT / "app" / "tukar" / layer
        paths = [path.relative_to(folder).with_suffix("").as_posix() for path in folder.rglob("*.py")]
        there = {path for path in paths if not path.endswith("__init__")}
        rooms = {name for name in left_out if (folder / name).is_dir()}
        told = {path for path in there if path in named or path.split("/")[0] in rooms}
        assert (there - told, {name for name in named if name not in there | rooms}) == (set(), set())
