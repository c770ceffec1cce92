"""One-time codes: every limit of security.md's row, and that nothing lost or repeated costs the customer anything."""

import pytest

from tests.server.world import PIN, RICE, Answer, TillClient, World, a_programme, a_seed, redeemed
from tukar.domain.bill import Bill
from tukar.domain.programme import Demand, OtpPolicy
from tukar.wire.message import write
from tukar.wire.redemptions import WireApproval


class Counter:
    """A till at which a customer is about to spend 200 points."""

    def __init__(self, world: World, till: TillClient) -> None:
        self.world = world
        self.till = till
        self.bill: Bill = till.bill((RICE, 1), claim="points", bill_id="bill")
        self.tries = 0

    def send(self, challenge: str = "c", bill_id: str = "bill", **changes: object) -> Answer:
        ceiling = int(str(changes.pop("ceiling", 200)))
        return self.till.sends_code(bill_id, ceiling, challenge=challenge, **{k: str(v) for k, v in changes.items()})

    def hold(self, code: str, attempt: str = "", redemption: str = "r", **changes: object) -> Answer:
        self.tries += 1
        attempt = attempt or f"a{self.tries}"
        return self.till.holds(self.bill, 200, redemption, challenge_id="c", attempt_id=attempt, code=code, **changes)

    def wrong_code(self) -> str:
        right = self.world.code()
        return f"{(int(right) + 1) % 1_000_000:06d}"


@pytest.fixture
def counter(any_world: World, till: TillClient) -> Counter:
    return Counter(any_world, till)


def test_the_message_says_what_the_code_is_for_and_the_code_is_at_rest_only_as_a_mac(counter: Counter) -> None:
    counter.send()
    message = counter.world.messages()[0]
    assert message.to == "+6281234565678"
    code = counter.world.code()
    rows = counter.world.rows("SELECT * FROM challenges") + counter.world.rows("SELECT * FROM messages")
    assert all(code not in str(row) for row in rows)
    assert code not in repr(message)


def test_a_code_lives_five_minutes(counter: Counter) -> None:
    assert counter.send().json["expires_in"] == 300.0
    code = counter.world.code()
    counter.world.clock.advance(300)
    assert counter.hold(code).refusal == "code_expired"
    assert counter.world.posted("dewi") == (500, 0)


def test_five_wrong_codes_lock_the_challenge_for_good(counter: Counter) -> None:
    counter.send()
    right, wrong = counter.world.code(), counter.wrong_code()
    answers = [counter.hold(wrong) for _ in range(5)]
    assert [answer.refusal for answer in answers] == ["wrong_code"] * 4 + ["code_locked"]
    assert [answer.json["tries_left"] for answer in answers] == [4, 3, 2, 1, 0]
    assert counter.hold(right).refusal == "code_locked"
    assert counter.send().refusal == "code_locked"
    assert counter.world.posted("dewi") == (500, 0)


def test_a_wrong_try_is_counted_even_though_nothing_is_held(counter: Counter) -> None:
    counter.send()
    counter.hold(counter.wrong_code())
    assert [row.tries for row in counter.world.rows("SELECT tries FROM challenges")] == [1]
    assert counter.till.get("/v1/redemptions/r").refusal == "unknown_redemption"


def test_a_lost_answer_burns_no_try(counter: Counter) -> None:
    counter.send()
    wrong = counter.wrong_code()
    first = counter.hold(wrong, "a")
    assert counter.hold(wrong, "a").json == first.json
    assert counter.hold(counter.world.code(), "b").json["state"] == "held"
    assert [row.tries for row in counter.world.rows("SELECT tries FROM challenges")] == [1]


def test_a_repeated_attempt_with_another_code_is_a_counted_try(counter: Counter) -> None:
    counter.send()
    right = int(counter.world.code())
    for more in range(1, 5):
        counter.hold(f"{(right + more) % 1_000_000:06d}", "a")
    assert counter.hold(f"{(right + 9) % 1_000_000:06d}", "a").refusal == "code_locked"


def test_a_right_code_whose_answer_was_lost_gets_it_again(counter: Counter) -> None:
    counter.send()
    code = counter.world.code()
    first = counter.hold(code, "a").json
    assert counter.hold(code, "a").json == first
    assert counter.world.posted("dewi") == (500, 200)


def test_right_but_insufficient_keeps_the_code_for_a_new_id(counter: Counter, web_shop: TillClient) -> None:
    counter.bill = counter.till.bill((RICE, 1), claim="points", member="siti", bill_id="bill")
    counter.send(member="siti")
    code = counter.world.code()
    refused = counter.hold(code, "a", "r1")
    assert (refused.refusal, refused.json["points"]) == ("insufficient", "120")
    order = {"member_id": "siti", "currency": {"code": "IDR", "minor_digits": 0}, "amount": "0", "earn": {"poin": "80"}}
    assert web_shop.put("/v1/orders/o", write(order)).status == 200
    assert counter.hold(code, "a", "r1").json == refused.json
    assert counter.hold(code, "b", "r2").json["state"] == "held"


def test_a_refused_hold_that_is_voided_leaves_its_code_usable_for_two_hours(
    counter: Counter, web_shop: TillClient
) -> None:
    """A till drops what was refused; the customer has agreed all the same and gets no second message."""
    counter.bill = counter.till.bill((RICE, 1), claim="points", member="siti", bill_id="bill")
    counter.send(member="siti")
    code = counter.world.code()
    assert counter.hold(code, redemption="r1").refusal == "insufficient"
    assert counter.till.put("/v1/redemptions/r1/void").json["state"] == "voided"
    counter.world.clock.advance(7200)
    assert counter.hold(code, redemption="r2").refusal == "insufficient"
    order = {"member_id": "siti", "currency": {"code": "IDR", "minor_digits": 0}, "amount": "0", "earn": {"poin": "80"}}
    assert web_shop.put("/v1/orders/o", write(order)).status == 200
    assert counter.hold(code, redemption="r3").json["state"] == "held"
    assert len(counter.world.messages()) == 1


def test_a_code_that_was_right_and_bought_nothing_is_over_after_two_hours(counter: Counter) -> None:
    counter.bill = counter.till.bill((RICE, 1), claim="points", member="siti", bill_id="bill")
    counter.send(member="siti")
    code = counter.world.code()
    assert counter.hold(code, redemption="r1").refusal == "insufficient"
    counter.world.clock.advance(7201)
    assert counter.hold(code, redemption="r2").refusal == "code_expired"
    assert counter.hold(code, redemption="r3").refusal == "code_expired"


def test_a_replacement_that_is_refused_and_voided_leaves_the_code_with_the_hold_that_stays(counter: Counter) -> None:
    counter.send()
    assert counter.hold(counter.world.code()).json["state"] == "held"
    again = {"challenge_id": "c", "replaces": "r"}
    assert counter.till.holds(counter.bill, 200, "r2", **again, programme_version=9).refusal == "rules_changed"
    counter.till.put("/v1/redemptions/r2/void")
    assert counter.till.holds(counter.bill, 200, "r3", **again).json["state"] == "held"
    assert counter.world.posted("dewi") == (500, 200)


def test_a_code_is_good_for_one_hold(counter: Counter) -> None:
    counter.send()
    code = counter.world.code()
    counter.hold(code)
    counter.till.put("/v1/redemptions/r/void")
    assert counter.hold(code, redemption="r2").refusal == "code_expired"


def test_a_code_is_bound_to_bill_account_and_ceiling(counter: Counter) -> None:
    counter.send()
    code = counter.world.code()
    other = counter.till.bill((RICE, 1), claim="points", bill_id="other")
    assert counter.till.holds(other, 200, "x", challenge_id="c", attempt_id="x", code=code).refusal == "code_needed"
    siti = counter.till.bill((RICE, 1), claim="points", member="siti", bill_id="bill")
    assert counter.till.holds(siti, 200, "y", challenge_id="c", attempt_id="y", code=code).refusal == "code_needed"
    counter.send("low", ceiling=100)
    low = counter.world.code()
    bill = counter.bill
    assert counter.till.holds(bill, 200, "z", challenge_id="low", attempt_id="z", code=low).refusal == "code_needed"
    assert counter.hold(code).json["state"] == "held"


def test_resending_waits_thirty_sixty_and_a_hundred_and_twenty_seconds(counter: Counter) -> None:
    sent = counter.send()
    assert (sent.json["resend_in"], sent.json["sends_left"]) == (30.0, 3)
    early = counter.send()
    assert (early.status, early.refusal, early.json["wait"]) == (429, "resend_too_early", 30.0)
    for wait, left in ((30, 2), (60, 1), (120, 0)):
        counter.world.clock.advance(wait)
        assert counter.send().json["sends_left"] == left
    counter.world.clock.advance(600)
    assert counter.send().refusal == "too_many_codes"
    assert len(counter.world.messages()) == 4


def test_only_the_last_code_counts(counter: Counter) -> None:
    counter.send()
    old = counter.world.code()
    counter.world.clock.advance(30)
    counter.send()
    assert counter.hold(old).refusal == "wrong_code"
    assert counter.hold(counter.world.code()).json["state"] == "held"


def test_one_send_id_is_one_message(counter: Counter) -> None:
    body = _challenge_body()
    first = counter.till.put("/v1/challenges/c", body)
    again = counter.till.put("/v1/challenges/c", body)
    assert (first.json, first.status) == (again.json, 200)
    assert len(counter.world.messages()) == 1


def _challenge_body(**changes: str) -> bytes:
    body = {
        "send_id": "s",
        "bill_id": "bill",
        "member_id": "dewi",
        "programme_id": "poin",
        "ceiling": "200",
        "currency": {"code": "IDR", "minor_digits": 0},
        "amount": "20000",
    }
    return write({**body, **changes})


def test_a_challenge_id_means_one_thing(counter: Counter) -> None:
    counter.till.put("/v1/challenges/c", _challenge_body())
    counter.world.clock.advance(60)
    assert counter.till.put("/v1/challenges/c", _challenge_body(send_id="t", ceiling="300")).refusal == "id_reused"
    assert counter.till.put("/v1/challenges/d", _challenge_body()).refusal == "id_reused"


def test_ten_sendings_a_number_day_and_till_but_not_for_another_till(counter: Counter, other_till: TillClient) -> None:
    for number in range(10):
        assert counter.send(f"c{number}", f"bill-{number}").status == 200
    refused = counter.send("c10", "bill-10")
    assert (refused.status, refused.refusal) == (429, "too_many_codes")
    assert other_till.sends_code("bill-11", challenge="c11").status == 200
    counter.world.clock.advance(24 * 3600)
    assert counter.send("c12", "bill-12").status == 200


def test_twenty_sendings_a_till_and_hour(counter: Counter) -> None:
    for number in range(10):
        counter.send(f"a{number}", f"a{number}")
        counter.send(f"b{number}", f"b{number}", member="siti")
    counter.world.run("DELETE FROM counters WHERE name LIKE 'sends.T1._%'")
    assert counter.send("last", "last").refusal == "too_many_codes"
    counter.world.clock.advance(3600)
    assert counter.send("last", "last").status == 200


def test_T42_a_new_challenge_does_not_start_the_account_anew(counter: Counter) -> None:
    for round_of_tries in range(3):
        challenge = f"c{round_of_tries}"
        counter.send(challenge)
        wrong = counter.wrong_code()
        for attempt in range(5):
            counter.till.holds(
                counter.bill, 200, "r", challenge_id=challenge, attempt_id=f"{challenge}-{attempt}", code=wrong
            )
    assert counter.send("c3").refusal == "code_locked"


def test_T42_a_restart_does_not_start_the_account_anew(counter: Counter) -> None:
    test_T42_a_new_challenge_does_not_start_the_account_anew(counter)
    again = World(counter.world.engine, clock=counter.world.clock)
    counter.till.world = again
    assert counter.send("c4").refusal == "code_locked"
    again.clock.advance(86_400)
    assert counter.send("c5").status == 200, "another day"
    again.backend.close()


def test_a_manager_lets_a_customer_try_again(counter: Counter) -> None:
    test_T42_a_new_challenge_does_not_start_the_account_anew(counter)
    approval = WireApproval(staff_id="budi", pin=PIN["budi"], reason="customer is here", actor="ani")
    assert counter.till.put("/v1/members/dewi/codes-again", approval).status == 200
    assert counter.send("c4").status == 200


def test_a_manager_answers_for_a_code_that_does_not_come(counter: Counter) -> None:
    counter.send()
    approval = WireApproval(staff_id="budi", pin=PIN["budi"], reason="no signal", actor="ani")
    assert counter.till.put("/v1/challenges/c/override", approval).status == 200
    assert counter.till.holds(counter.bill, 200, "r", challenge_id="c").json["state"] == "held"
    audited = counter.world.rows("SELECT actor, action, detail FROM audit WHERE action = 'override_code'")
    assert [(row.actor, row.detail) for row in audited] == [("budi", "no signal (for ani)")]


def test_overrides_are_few_and_never_by_the_cashier(counter: Counter) -> None:
    own = WireApproval(staff_id="budi", pin=PIN["budi"], reason="no signal", actor="budi")
    counter.send()
    assert counter.till.put("/v1/challenges/c/override", own).refusal == "not_allowed"
    cashier = WireApproval(staff_id="ani", pin=PIN["ani"], reason="no signal", actor="x")
    assert counter.till.put("/v1/challenges/c/override", cashier).refusal == "not_allowed"
    approval = WireApproval(staff_id="budi", pin=PIN["budi"], reason="no signal", actor="ani")
    for number in range(5):
        counter.send(f"c{number}", f"b{number}")
        assert counter.till.put(f"/v1/challenges/c{number}/override", approval).status == 200
    assert counter.till.put("/v1/challenges/c/override", approval).refusal == "too_many_codes"


def test_a_customer_without_a_mobile_gets_no_code(counter: Counter) -> None:
    assert counter.send(member="tono").refusal == "no_mobile"


def test_a_cancelled_hold_ends_its_challenge(counter: Counter) -> None:
    counter.send()
    counter.hold(counter.world.code())
    counter.till.put("/v1/redemptions/r/void")
    assert counter.till.holds(counter.bill, 200, "r2", replaces="r", challenge_id="c").refusal == "code_needed"


def test_a_shop_may_ask_for_a_code_always_or_never() -> None:
    for demand, expected in ((Demand.ALWAYS, "code_needed"), (Demand.NEVER, "")):
        world = World()
        world.load(a_seed(programme=a_programme(otp=OtpPolicy(demand))))
        till = world.enrol("TILLONE")
        assert till.holds(till.bill((RICE, 1), claim="small"), 50).refusal == expected
        world.close()


@pytest.mark.parametrize("ceiling", ["0", "-5", "10.5"])
def test_a_code_is_for_a_number_of_points(counter: Counter, ceiling: str) -> None:
    message = {
        "send_id": "s", "bill_id": "bill", "member_id": "dewi", "programme_id": "poin", "ceiling": ceiling,
        "currency": {"code": "IDR", "minor_digits": 0}, "amount": "20000",
    }  # fmt: skip
    assert counter.till.put("/v1/challenges/c", write(message)).refusal == "bad_request"
    assert counter.world.messages() == []


def test_a_code_that_was_used_is_neither_sent_again_nor_overridden(counter: Counter) -> None:
    counter.send()
    counter.hold(counter.world.code())
    counter.world.clock.advance(200)
    assert counter.send().refusal == "code_expired"
    approval = WireApproval(staff_id="budi", pin=PIN["budi"], reason="no message", actor="ani")
    assert counter.till.put("/v1/challenges/c/override", approval).refusal == "code_expired"
    assert counter.till.put("/v1/challenges/nobody/override", approval).refusal == "code_expired"


def test_an_override_asked_again_counts_once(counter: Counter) -> None:
    counter.send()
    approval = WireApproval(staff_id="budi", pin=PIN["budi"], reason="no message", actor="ani")
    first = counter.till.put("/v1/challenges/c/override", approval).json
    assert counter.till.put("/v1/challenges/c/override", approval).json == first
    assert len(counter.world.rows("SELECT ref FROM audit WHERE action = 'override_code'")) == 1


def test_a_customer_who_has_no_mobile_any_more_is_not_told_of_the_points(counter: Counter) -> None:
    counter.send()
    held = counter.hold(counter.world.code()).json
    told = len(counter.world.messages())
    counter.world.run("UPDATE members SET mobile_sealed = '' WHERE member_id = 'dewi'")
    answer = counter.till.saves(counter.till.receipt(counter.bill, (redeemed("r", 200, held["proof"], 20_000),)))
    assert answer.status == 200
    assert len(counter.world.messages()) == told


def test_a_code_for_points_that_there_are_none_of_is_refused(counter: Counter) -> None:
    message = {
        "send_id": "s", "bill_id": "bill", "member_id": "dewi", "programme_id": "gold", "ceiling": "10",
        "currency": {"code": "IDR", "minor_digits": 0}, "amount": "20000",
    }  # fmt: skip
    assert counter.till.put("/v1/challenges/c", write(message)).refusal == "rules_changed"
