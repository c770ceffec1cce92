from pathlib import Path

from tukar.domain.points import Points
from tukar.local.intents import IntentLog
from tukar.loyalty.emulated import Conclusion, Intent, intent_fields, intent_of

SENT = Intent("r-1", "m-1", "points", Points(20050, 2))
DONE = Intent("r-1", "m-1", "points", Points(20050, 2), Conclusion.DONE)


def test_the_last_word_about_a_reference_counts_also_after_a_restart(tmp_path: Path) -> None:
    log = IntentLog(tmp_path / "intents.jsonl", intent_fields, intent_of)
    assert log.find("r-1") is None
    log.put(SENT)
    assert log.find("r-1") == SENT
    log.put(DONE)
    assert IntentLog(tmp_path / "intents.jsonl", intent_fields, intent_of).find("r-1") == DONE


def test_a_line_cut_off_by_a_crash_was_never_written(tmp_path: Path) -> None:
    path = tmp_path / "intents.jsonl"
    IntentLog(path, intent_fields, intent_of).put(SENT)
    with path.open("a") as file:
        file.write('{"reference": "r-1", "memb')
    again = IntentLog(path, intent_fields, intent_of)
    assert again.find("r-1") == SENT
    again.put(DONE)
    assert IntentLog(path, intent_fields, intent_of).find("r-1") == DONE
