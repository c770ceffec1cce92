"""Files that a person named, and the words when they cannot be used."""

from pathlib import Path

import pytest

from tukar.bootstrap.files import json_in, table_in
from tukar.bootstrap.outcome import CommandRefused


def refusal_of_table(file: Path) -> str:
    with pytest.raises(CommandRefused) as refused, table_in(file) as table:
        list(table.rows)
    return str(refused.value)


def test_a_table_is_handed_on(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("sku\nA1\n", encoding="utf-8")
    with table_in(file) as table:
        assert [list(cells) for _, cells in table.rows] == [["A1"]]


def test_a_file_that_is_not_there_or_no_file(tmp_path: Path) -> None:
    assert refusal_of_table(tmp_path / "gone.csv").endswith("no such file or directory. Check name and folder.")
    assert refusal_of_table(tmp_path).endswith("is a directory. Check name and folder.")


def test_a_table_that_breaks_off_names_the_line(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(b"sku\nA1\n\xff\n")
    assert "a.csv line" in refusal_of_table(file)
    assert refusal_of_table(file).endswith("save the file as CSV UTF-8. Nothing was taken from it.")


@pytest.mark.parametrize(
    ("content", "words"), [(b"{", "this is not JSON"), (b"\xff", "the text is not UTF-8"), (None, "no such file")]
)
def test_json_that_cannot_be_read(tmp_path: Path, content: bytes | None, words: str) -> None:
    file = tmp_path / "rules.json"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(CommandRefused, match=words):
        json_in(file)
