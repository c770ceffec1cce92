"""One shop with two tills, a web shop and a little money; ``any_world`` is it on every database that is here."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from tests.server.databases import URL, emptied, postgres_engine, postgres_url
from tests.server.world import TillClient, World

NEEDS_POSTGRES = () if URL else (pytest.mark.needs("postgresql"),)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Engine]:
    with postgres_url() as url:
        engine = postgres_engine(url)
        yield engine
        engine.dispose()


@pytest.fixture
def world() -> Iterator[World]:
    made = World()
    made.load()
    yield made
    made.close()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=NEEDS_POSTGRES)])
def any_world(request: pytest.FixtureRequest) -> Iterator[World]:
    made = World() if request.param == "sqlite" else World(emptied(request.getfixturevalue("postgres")))
    made.load()
    yield made
    made.backend.close()
    if request.param == "sqlite":
        made.engine.dispose()


@pytest.fixture
def till(request: pytest.FixtureRequest) -> TillClient:
    return _world_of(request).enrol("TILLONE")


@pytest.fixture
def other_till(request: pytest.FixtureRequest) -> TillClient:
    return _world_of(request).enrol("TILLTWO")


@pytest.fixture
def web_shop(request: pytest.FixtureRequest) -> TillClient:
    return _world_of(request).enrol("WEBSHOP")


def _world_of(request: pytest.FixtureRequest) -> World:
    """The world of this test, whichever it asked for."""
    name = "any_world" if "any_world" in request.fixturenames else "world"
    found: World = request.getfixturevalue(name)
    return found
