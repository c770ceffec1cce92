import json
import logging

from tukar.server.logs import JsonLines


def _record(fault: BaseException | None = None) -> logging.LogRecord:
    told = (type(fault), fault, fault.__traceback__) if fault else None
    return logging.LogRecord("tukar.server", logging.WARNING, "f.py", 7, "the sweep %s", ("waits",), told)


def test_a_line_is_one_object_with_moment_level_logger_and_words() -> None:
    told = json.loads(JsonLines().format(_record()))
    assert told.pop("at").endswith("+00:00")
    assert told == {"level": "warning", "logger": "tukar.server", "message": "the sweep waits"}


def test_of_a_fault_only_its_kind_and_its_places_are_told() -> None:
    try:
        int("081322104471 is no number of anybody")
    except ValueError as fault:
        line = JsonLines().format(_record(fault))
    told = json.loads(line)
    assert told["fault"] == "ValueError"
    assert "test_of_a_fault" in told["places"]
    assert "081322104471" not in line
    assert "\n" not in line
