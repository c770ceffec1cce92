"""What lies on the till's disk is read back as it was."""

import pytest

from tests.local.samples import AT
from tukar.local.stored import enrolment_from_json, enrolment_to_json
from tukar.till.ports import Enrolment


@pytest.mark.parametrize("card", ["", "CARD-77"])
def test_an_enrolment_is_read_back_as_it_was_written(card: str) -> None:
    enrolment = Enrolment("m-1", "Ayu", "+6281234565678", AT, card)
    text = enrolment_to_json(enrolment)
    assert "m-1" not in text, "the id stands beside it"
    assert enrolment_from_json("m-1", text) == enrolment
