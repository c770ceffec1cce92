"""P11: what the connector adds to a call that ``requests`` would make anyway."""

import json
from collections.abc import Iterator

from tests.benchmarks import floors
from tests.benchmarks.at_the_journal import bill
from tests.benchmarks.figures import Figure, Sizes, in_turns, often
from tests.benchmarks.workshop import Workshop, child
from tukar.loyalty.enrolling import DeviceKey
from tukar.loyalty.http import Endpoint, Http
from tukar.loyalty.identity import TillIdentity
from tukar.loyalty.tukar_backend import TukarBackend
from tukar.wire.receipts import receipt_to_json

CALLS = 100
MEMBER = {
    "currency": {"code": "IDR", "minor_digits": 0, "cash_step": 100},
    "member": {
        "member_id": "m-1",
        "name": "Sari Dewi",
        "masked_mobile": "…5678",
        "balances": [{"programme_id": "points", "posted": "500", "held": "0"}],
    },
}


def p11(workshop: Workshop, sizes: Sizes) -> Iterator[Figure]:
    receipt = bill(1)
    stored = {
        "bill_id": receipt.bill_id,
        "parts": [{"part": "earning", "ref": "", "outcome": "done"}],
        "balances": {"points": "511"},
    }
    told = workshop.serve(*child("floors", "answers"), told=json.dumps(MEMBER))
    took = workshop.serve(*child("floors", "answers"), told=json.dumps(stored))
    key = DeviceKey.new()
    reader, writer = (TukarBackend(Http(Endpoint(at), TillIdentity(lambda: "token", key))) for at in (told, took))
    bare = floors.BareCall()
    body = receipt_to_json(receipt)
    asked, bare_asked, put, bare_put = in_turns(
        sizes.repeats,
        often(lambda: reader.member("m-1"), CALLS),
        often(lambda: bare.get(f"{told}/v1/members/m-1"), CALLS),
        often(lambda: writer.put_bill(receipt), CALLS),
        often(lambda: bare.put(f"{took}/v1/bills/1", body), CALLS),
    )
    for one in (reader, writer, bare):
        one.close()
    yield Figure("P11", asked, bare_asked, 2.0, "a member asked for beside a bare requests.Session call")
    yield Figure("P11.bill", put, bare_put, 2.0, "a bill of 20 lines written, signed and sent beside its bare PUT")
