"""One shop with two tills, a web shop and a little money, on every database that is here."""

from collections.abc import Iterator

import pytest

from tests.server.world import TillClient, World


@pytest.fixture
def world() -> Iterator[World]:
    made = World()
    made.load()
    yield made
    made.close()


@pytest.fixture
def till(world: World) -> TillClient:
    return world.enrol("TILLONE")


@pytest.fixture
def other_till(world: World) -> TillClient:
    return world.enrol("TILLTWO")


@pytest.fixture
def web_shop(world: World) -> TillClient:
    return world.enrol("WEBSHOP")
