from pathlib import Path

import pytest

from tukar.resources import ResourcesNotFoundError, find_resources


def test_a_source_tree_keeps_them_at_its_root() -> None:
    found = find_resources()
    assert found == Path(__file__).resolve().parents[1] / "resources"
    assert (found / "styles" / "tokens.json").is_file()


def test_a_built_program_carries_them_beside_the_module(tmp_path: Path) -> None:
    package = tmp_path / "site" / "lib" / "tukar"
    (package / "_resources").mkdir(parents=True)
    (tmp_path / "site" / "resources").mkdir()
    assert find_resources(package / "resources.py") == package / "_resources"


def test_an_installation_that_is_not_whole_says_where_it_looked(tmp_path: Path) -> None:
    with pytest.raises(ResourcesNotFoundError, match="_resources"):
        find_resources(tmp_path / "a" / "b" / "c" / "resources.py")
