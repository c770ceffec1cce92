"""The till's log: kept apart from what is printed, without personal data, and never in anybody's way."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from tukar.local.log_file import LOG_FILE, LOG_FOLDER, OLD_FILES, LogFile, end_of_log, log_file, logging_to

LOG = logging.getLogger("tukar.test")


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Path]:
    """A folder whose log is written while the test lasts."""
    with logging_to(tmp_path):
        yield tmp_path


def text(folder: Path) -> str:
    return log_file(folder).read_text(encoding="utf-8")


def test_a_line_says_when_in_utc_how_grave_and_who(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with logging_to(tmp_path):
        LOG.info("the line is %s", "lost")
    when, level, rest = text(tmp_path).split(" ", 2)
    assert when[10] == "T"
    assert when[-1] == "Z"
    assert (level, rest) == ("INFO", "tukar.test: the line is lost\n")
    assert capfd.readouterr() == ("", ""), "nothing is printed"


def test_numbers_and_tokens_never_reach_the_file(tmp_path: Path) -> None:
    with logging_to(tmp_path):
        LOG.warning("asked for %s with %s", "081322104471", "tk_9f8e7d6c5b4a39281706")
        try:
            raise ValueError("0813 2210 4471")  # noqa: TRY301 - what is logged is the trace
        except ValueError:
            LOG.exception("bug")
    kept = text(tmp_path)
    assert "asked for (number) with (token)" in kept
    assert "ValueError: (number)" in kept
    assert "4471" not in kept


def test_nothing_is_made_until_there_is_a_line(kept: Path) -> None:
    LOG.debug("too small to keep")
    assert list(kept.iterdir()) == []


def test_what_is_logged_by_others_is_not_ours_to_keep(tmp_path: Path) -> None:
    with logging_to(tmp_path):
        logging.getLogger("urllib3").warning("GET /members?mobile=081322104471")
    assert not (tmp_path / LOG_FOLDER).exists()


def test_the_file_is_put_aside_when_it_is_full_and_three_are_kept(tmp_path: Path) -> None:
    log = LogFile(tmp_path, file_bytes=1000)
    for number in range(100):
        log.handle(logging.LogRecord("tukar.test", logging.INFO, "", 0, "line %d", (number,), None))
    log.close()
    files = sorted(path.name for path in (tmp_path / LOG_FOLDER).iterdir())
    assert files == [LOG_FILE, *(f"{LOG_FILE}.{number}" for number in range(1, OLD_FILES + 1))]
    assert text(tmp_path).endswith("line 99\n")


def test_a_disk_that_takes_no_log_loses_the_line_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / LOG_FOLDER).write_text("a file where the folder should be")
    with logging_to(tmp_path):
        LOG.info("lost")
    assert (tmp_path / LOG_FOLDER).is_file()


def test_closing_twice_and_without_a_line_is_safe(tmp_path: Path) -> None:
    log = LogFile(tmp_path)
    log.close()
    log.close()
    assert list(tmp_path.iterdir()) == []


def test_the_level_is_afterwards_as_it_was(tmp_path: Path) -> None:
    before = logging.getLogger("tukar").level
    with logging_to(tmp_path):
        pass
    assert logging.getLogger("tukar").level == before


def test_the_end_of_the_log_begins_with_a_whole_line(tmp_path: Path) -> None:
    assert end_of_log(tmp_path, 100) == ""
    with logging_to(tmp_path):
        for number in range(20):
            LOG.info("line %d", number)
    end = end_of_log(tmp_path, 150).splitlines()
    assert 0 < len(end) < 20
    assert all(" INFO tukar.test: line " in line for line in end)
    assert end[-1].endswith("line 19")
    assert len(end_of_log(tmp_path, 1_000_000).splitlines()) == 20
