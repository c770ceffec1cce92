"""The log as one JSON object a line, for machines that read it: moment, level, logger and words, and nothing more.

What the program logs is written without numbers, names, codes and tokens. What comes with a fault from elsewhere may
hold anything, such as the row that a statement was about; so of a fault only its kind and its places are told.
"""

import json
import logging
import traceback
from datetime import UTC, datetime


class JsonLines(logging.Formatter):
    """Formats a record as a line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        told = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        fault = record.exc_info[1] if record.exc_info else None
        if fault is not None:
            told["fault"] = type(fault).__name__
            places = traceback.extract_tb(fault.__traceback__)
            told["places"] = " < ".join(f"{place.name}:{place.lineno}" for place in reversed(places))
        return json.dumps(told, ensure_ascii=False)
