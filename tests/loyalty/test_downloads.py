from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.loyalty.rude_server import Deed, RudeServer, answer, cut, dribble, hang, raw, rude_server
from tukar.loyalty.downloads import Downloads
from tukar.loyalty.http import AddressError, Endpoint
from tukar.till.ports import Trouble, Unreachable

BODY = bytes(range(256)) * 4_000


@contextmanager
def downloads(*deeds: Deed) -> Iterator[tuple[Downloads, RudeServer]]:
    with rude_server(*deeds) as server:
        made = Downloads(Endpoint(f"{server.address}/releases", connect_seconds=0.3, read_seconds=0.3))
        yield made, server
        made.close()


def test_a_file_comes_whole_and_tells_how_far_it_is(tmp_path: Path) -> None:
    heard: list[int] = []
    with downloads(answer(BODY, kind="application/octet-stream")) as (made, server):
        made.into("tukar.deb", tmp_path / "tukar.deb", len(BODY), heard.append)
    assert (tmp_path / "tukar.deb").read_bytes() == BODY
    assert heard == sorted(heard)
    assert heard[-1] == len(BODY)
    assert server.requests[0].startswith("GET /releases/tukar.deb ")


def test_a_small_file_comes_at_once() -> None:
    with downloads(answer(b"signature")) as (made, _):
        assert made.small("a.sig", 1024) == b"signature"


def test_more_than_was_asked_for_is_refused() -> None:
    with downloads(answer(b"x" * 1025)) as (made, _), pytest.raises(Unreachable, match="larger than it may be"):
        made.small("a.sig", 1024)


@pytest.mark.parametrize(
    ("deed", "trouble"),
    [
        (answer(b"", "404 Not Found"), Trouble.BROKEN_ANSWER),
        (answer(b"", "302 Found", extra="Location: https://elsewhere.example/\r\n"), Trouble.BROKEN_ANSWER),
        (raw(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"), Trouble.TIMED_OUT),
        (cut, Trouble.NO_CONNECTION),
        (hang, Trouble.TIMED_OUT),
    ],
)
def test_whatever_else_happens_it_is_unreachable(deed: Deed, trouble: Trouble) -> None:
    with downloads(deed) as (made, _), pytest.raises(Unreachable) as told:
        made.small("a.sig", 1024)
    assert told.value.trouble is trouble


def test_a_file_that_dribbles_ends_when_somebody_closes(tmp_path: Path) -> None:
    with downloads(dribble) as (made, _), pytest.raises(Unreachable):
        made.into("slow.deb", tmp_path / "slow.deb", 100_000, lambda _size: made.close())


def test_only_this_machine_is_asked_without_https() -> None:
    with pytest.raises(AddressError, match="without https"):
        Endpoint("http://updates.example/tukar")
