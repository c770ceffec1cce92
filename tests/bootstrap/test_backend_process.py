"""The backend as a child: it starts, tells, serves, and never outlives its parent."""

import os
from pathlib import Path

import pytest

from tukar.bootstrap.backend_process import BackendDidNotStartError, BackendProcess
from tukar.local.ids import UuidV7
from tukar.loyalty.enrolling import DeviceKey, enrol_till
from tukar.loyalty.http import Endpoint, Http
from tukar.loyalty.identity import TillIdentity
from tukar.loyalty.tukar_backend import TukarBackend
from tukar.till.ports import FindBy


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.journey
def test_the_demo_shop_can_be_asked_as_soon_as_it_is_ready(tmp_path: Path) -> None:
    process = BackendProcess(tmp_path, demo=True)
    try:
        assert set(process.codes) == {"1", "2"}
        http = Http(Endpoint(process.address))
        enrolled = enrol_till(http, UuidV7().new(), process.codes["2"], DeviceKey.new())
        http.close()
        backend = TukarBackend(Http(Endpoint(process.address), TillIdentity(lambda: enrolled.token)))
        (dewi,) = backend.find_members(FindBy.MOBILE, "081234565678")
        assert (dewi.name, dewi.masked_mobile, dewi.tier) == ("Dewi Lestari", "…5678", "Gold")
        poin = dewi.balance("poin")
        assert poin is not None
        assert poin.available.units == 1240
        assert poin.expiring is not None
        assert (poin.expiring.points.units, poin.expiring.last_day.month, poin.expiring.last_day.day) == (120, 11, 30)
        backend.close()
    finally:
        process.close()
    assert not is_running(process.pid)


@pytest.mark.journey
def test_a_second_start_finds_the_shop_and_gives_new_codes(tmp_path: Path) -> None:
    codes = []
    for _ in range(2):
        process = BackendProcess(tmp_path, demo=True)
        codes.append(dict(process.codes))
        process.close()
        process.close()
    assert codes[0].keys() == codes[1].keys()
    assert codes[0] != codes[1]


@pytest.mark.journey
def test_a_child_that_cannot_start_is_told_and_gone(tmp_path: Path) -> None:
    (tmp_path / "taken").touch()
    with pytest.raises(BackendDidNotStartError):
        BackendProcess(tmp_path / "taken")
