import re
from pathlib import Path

import pytest

from tests.named_tests import all_tests
from tests.security_table import AREAS, told


@pytest.mark.parametrize("area", AREAS)
def test_every_demand_of_an_area_names_tests_that_exist(area: str) -> None:
    demands = AREAS[area]
    assert demands
    assert all(demand.tests for demand in demands)
    assert {name for demand in demands for name in demand.tests} - all_tests() == set()


def test_the_table_can_be_read() -> None:
    lines = list(told())
    assert [line for line in lines if not line.startswith(" ")] == list(AREAS)


@pytest.mark.needs("shared")
def test_the_table_has_every_area(shared: Path) -> None:
    listed = (shared / "design" / "security.md").read_text("utf-8")
    assert set(re.findall(r"^\| ([A-Z][^|]+?) \|", listed, re.MULTILINE)) == set(AREAS)
