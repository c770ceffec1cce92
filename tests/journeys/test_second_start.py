"""The demo that starts again: its backend has a new address, and nobody is asked at the one of the start before."""

import socket
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

import unsent_bill
from tests.journeys.seat import Seat
from tukar.bootstrap.shop_settings import settings_of


@pytest.mark.journey
@pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
def test_a_demo_that_starts_again_sends_what_waits_to_the_new_address(qapp: QApplication, tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    Seat(folder).leave()
    unsent_bill.save(folder)
    with closing(socket.create_server(("127.0.0.1", 0))) as decoy:
        decoy.setblocking(False)
        store = settings_of(folder)
        store.save(replace(store.load(), backend_url=f"http://127.0.0.1:{decoy.getsockname()[1]}"))
        again = Seat(folder)
        try:
            again.all_sent()
            with pytest.raises(BlockingIOError):
                decoy.accept()
        finally:
            again.leave()
