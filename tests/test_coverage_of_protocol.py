from tests.coverage_of_protocol import FOLDERS, files
from tests.machine import ROOT


def test_what_is_to_be_gone_through_is_there() -> None:
    assert [file for file in files() if not file.is_file()] == []
    assert [folder for folder in FOLDERS if not (ROOT / folder).is_dir()] == []
