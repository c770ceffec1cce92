"""What security.md demands, area by area, and the tests that hold it: ``python -m tests.security_table``.

Each row is one demand of an area with the tests that fail when it is broken. ``test_security_table`` sees to it that
every area has rows and every test named here exists.
"""

import sys
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Demand:
    """What must hold, and the tests that hold it, as ``named_tests`` names them."""

    words: str
    tests: tuple[str, ...]


def _in(file: str, *names: str) -> tuple[str, ...]:
    return tuple(f"{file}::test_{name}" for name in names)


_STAFF, _ACCESS, _CODES, _MEMBERS = (
    "till/test_staffing.py", "server/test_access.py", "server/test_codes.py", "server/test_members.py",
)  # fmt: skip
_SECRETS, _HTTP, _BILLS, _HOLDS = (
    "local/test_secrets.py", "loyalty/test_http.py", "server/test_bills.py", "server/test_holds.py",
)  # fmt: skip
_ODD = "server/test_suspicions.py"
_SEARCH = "journeys/test_nothing_told.py::test_nothing_kept_or_told_holds_a_number_a_code_or_a_token"

SIGN_IN = (
    Demand("password opens, PIN switches", _in(_STAFF, "a_password_opens_the_shift_and_a_pin_switches")),
    Demand("argon2id, constant time", (
        *_in("local/test_credentials.py", "the_right_pin_matches_and_others_do_not"),
        *_in("server/test_outbox.py", "pins_are_checked_in_the_same_time_whether_somebody_exists_or_not"),
    )),
    Demand("five wrong wait 30 s, doubling; ten need a manager; over a restart too", (
        *_in(_STAFF, "five_wrong_tries_wait_and_each_further_one_twice_as_long"),
        *_in(_STAFF, "a_manager_lets_in_by_their_pin_whoever_typed_wrong_ten_times"),
        *_in(_STAFF, "a_restart_of_the_till_gives_no_tries_back"),
        *_in(_ACCESS, "five_wrong_pins_wait_and_the_wait_doubles", "ten_wrong_pins_need_another_manager"),
    )),
    Demand("PINs need not be unique in a shop, for the person is chosen first; at the till and at the server", (
        *_in(_STAFF, "the_person_is_chosen_before_the_pin", "T43_two_people_with_one_pin_are_told_apart"),
        *_in(_ACCESS, "a_credential_is_checked_first_and_then_the_right"),
    )),
)  # fmt: skip
RIGHTS = (
    Demand("allowed, denied, needs approval; at the till", _in(
        "till/test_permitting.py", "what_is_allowed_is_done_at_once", "what_is_denied_is_never_done",
        "what_needs_a_second_person_waits_for_their_pin",
    )),
    Demand("again at the server, credential first", _in(_ACCESS, "a_credential_is_checked_first_and_then_the_right")),
    Demand("the approver is never the actor", (
        *_in(_STAFF, "T43_the_approver_is_never_the_actor"),
        *_in("till/test_permitting.py", "nobody_says_yes_to_themselves"),
        *_in(_CODES, "overrides_are_few_and_never_by_the_cashier"),
    )),
    Demand("one action, one thing, a minute; both names", _in(
        _STAFF, "an_approval_is_for_one_action_one_thing_and_a_minute",
        "somebody_without_the_right_approves_nothing_and_it_is_written_down", "a_wrong_pin_is_asked_before_the_right",
    )),
    Demand("no word beyond the limits of a role: at the till, at the server, from afar", (
        *_in(_STAFF, "a_word_beyond_the_limits_of_a_role_is_refused_and_written_down"),
        *_in(_ODD, "a_word_given_beyond_the_limits_of_a_role"),
        *_in("server/test_approvals.py", "a_role_gives_its_word_up_to_its_limits"),
    )),
)  # fmt: skip
ONE_TIME_CODE = (
    Demand("six digits, five minutes, single use", (
        *_in("server/test_storage.py", "codes_are_six_digits_and_letters_are_readable"),
        *_in(_CODES, "a_code_lives_five_minutes", "a_code_is_good_for_one_hold", "only_the_last_code_counts"),
    )),
    Demand("bound to bill, account and ceiling", _in(_CODES, "a_code_is_bound_to_bill_account_and_ceiling")),
    Demand("five tries, on the account too", _in(
        _CODES, "five_wrong_codes_lock_the_challenge_for_good", "a_wrong_try_is_counted_even_though_nothing_is_held",
        "T42_a_new_challenge_does_not_start_the_account_anew",
    )),
    Demand("a lost answer burns none", _in(
        _CODES, "a_lost_answer_burns_no_try", "a_repeated_attempt_with_another_code_is_a_counted_try",
        "one_send_id_is_one_message",
    )),
    Demand("resending is limited, without locking a customer out", _in(
        _CODES, "resending_waits_thirty_sixty_and_a_hundred_and_twenty_seconds",
        "ten_sendings_a_number_day_and_till_but_not_for_another_till", "twenty_sendings_a_till_and_hour",
        "a_manager_lets_a_customer_try_again",
    )),
    Demand("the message says what for", _in(
        _CODES, "the_message_says_what_the_code_is_for_and_the_code_is_at_rest_only_as_a_mac"
    )),
    Demand("never in logs, addresses, audit or repr", (_SEARCH,)),
)  # fmt: skip
CODE_AT_REST = (
    Demand("a MAC with a key outside the database, gone after use", (
        *_in(_CODES, "the_message_says_what_the_code_is_for_and_the_code_is_at_rest_only_as_a_mac"),
        *_in("server/test_storage.py", "the_folder_is_its_owners_and_keeps_what_it_made"),
        *_in("server/test_upkeep.py", "the_sweep_forgets_codes_and_counts_of_the_past"),
    )),
)  # fmt: skip
WAY_OUT = (
    Demand("override with reason and limit; release", _in(
        _CODES, "a_manager_answers_for_a_code_that_does_not_come", "overrides_are_few_and_never_by_the_cashier",
        "a_manager_lets_a_customer_try_again",
    )),
)  # fmt: skip
TILL = (
    Demand("enrolment: ten minutes, asked again with the same key", _in(
        _ACCESS, "a_code_lives_ten_minutes", "a_lost_answer_is_asked_again_with_the_same_key",
        "codes_cannot_be_guessed",
    )),
    Demand("revocable", (
        *_in(_ACCESS, "a_manager_replaces_a_till_and_its_old_token_is_worthless"),
        *_in(_BILLS, "a_revoked_till_may_only_deliver_signed_bills", "a_revoked_till_takes_no_points_without_a_proof"),
    )),
    Demand("limited in a minute", _in(_ACCESS, "a_till_gone_wild_is_stopped")),
)  # fmt: skip
TOKEN = (
    Demand("in the keyring or as somebody chose by name", _in(
        _SECRETS, "a_key_store_that_keeps_a_whole_token_is_used",
        "T44_a_key_store_that_fails_the_trial_says_why_and_nothing_is_kept_in_plain",
        "the_file_is_chosen_by_name_and_only_its_owner_reads_it", "asking_every_time_keeps_nothing_on_the_disk",
    )),
    Demand("never in words", (
        *_in("loyalty/test_tukar_backend.py", "neither_key_nor_token_is_shown_in_words"),
        *_in(_HTTP, "no_token_or_body_is_shown_in_words"),
        _SEARCH,
    )),
)  # fmt: skip
TLS = (
    Demand("https but on this machine; no switch; own authorities", _in(
        _HTTP, "an_address_is_https_but_on_this_machine", "this_machine_may_be_reached_without",
        "a_backend_is_believed_only_when_somebody_trusted_signed_for_it", "what_the_environment_says_changes_nothing",
    )),
)  # fmt: skip
PERSONAL = (
    Demand("numbers sealed, looked up by a keyed hash, shown masked", (
        *_in(_MEMBERS, "numbers_are_sealed_and_shown_masked"),
        *_in("local/test_outbox.py", "an_enrolment_waits_sealed_and_goes_before_the_bills_of_its_member"),
        *_in(_SECRETS, "what_is_sealed_opens_with_its_key_only"),
        *_in("server/test_storage.py", "keys_of_one_purpose_open_nothing_of_another"),
    )),
    Demand("a full run searched for numbers, codes and tokens: no hits", (_SEARCH,)),
    Demand("consent, erasing, merging", _in(
        _MEMBERS, "the_till_says_whether_it_was_offline_whatever_its_clock_says",
        "a_member_is_forgotten_but_not_what_was_booked",
        "a_known_number_enrolled_offline_becomes_the_member_who_has_it",
    )),
)  # fmt: skip
AUDIT = (
    Demand("a flipped byte, a removed tail, a chain written anew", (
        *_in("local/test_review.py", "the_audit_chain_shows_what_was_changed"),
        *_in("local/test_review.py", "a_tail_cut_off_and_a_chain_written_anew_show_by_their_anchor"),
        *_in("server/test_upkeep.py", "the_chain_holds_and_every_tampering_shows"),
    )),
    Demand("the head goes with every write", (
        *_in("server/test_upkeep.py", "a_tills_own_audit_head_is_kept_as_an_anchor"),
        *_in("loyalty/test_tukar_backend.py", "a_till_says_who_it_is_what_it_has_seen_and_signs_what_it_writes"),
        *_in("bootstrap/test_keeping_safe.py", "a_tail_that_was_cut_off_shows_by_what_the_backend_has_heard"),
    )),
)  # fmt: skip
ABUSE = (
    Demand("look-ups are limited", _in(_MEMBERS, "a_till_cannot_harvest_numbers")),
    Demand("what is odd is on the manager's list", _in(
        _BILLS, "a_price_without_a_name_is_flagged", "a_total_that_is_not_ours_is_flagged",
        "a_bill_from_the_future_is_flagged",
    )),
    Demand("redeem then void", _in(_ODD, "points_taken_and_given_back")),
    Demand("cashier = customer", _in(_ODD, "the_cashier_buys", "who_is_which_customer_may_be_said")),
    Demand("many wrong codes, many bills on one number", _in(
        _ODD, "wrong_codes", "many_bills_on_one_number_are_one_case_that_grows",
        "bills_that_come_late_count_on_their_own_day",
    )),
    Demand("price overrides, discounts above a limit, goods without a receipt, back-dated bills", _in(
        _ODD, "a_price_given_by_hand", "a_discount_by_hand_above_the_limit", "goods_without_a_receipt",
        "bills_from_before", "a_bill_before_the_one_that_was_sold_earlier",
    )),
    Demand("a manager's word on each stays", _in(
        _ODD, "a_case_is_flagged_noted_and_approved_and_every_word_stays"
    )),
)  # fmt: skip
FAIL_CLOSED = (
    Demand("any doubt about a hold is no discount", (
        *_in("loyalty/test_tukar_backend.py", "any_doubt_about_a_hold_is_no_hold"),
        *_in("till/test_known_failures.py", "T03_a_discount_never_goes_without_its_points"),
        *_in(_HOLDS, "none_bill_with_a_forged_proof_takes_nothing"),
        *_in("server/test_holds_reckoned.py", "a_till_that_asks_for_less_than_the_bill_costs_is_refused"),
    )),
)  # fmt: skip
CARDS = (
    Demand("free text with a card's number is refused", _in(
        "domain/test_free_text.py", "a_card_number_is_found_however_it_is_written",
        "every_number_with_its_check_digit_is_found_and_with_another_one_is_not",
    )),
)  # fmt: skip
SERVER = (
    Demand("a limit and a type for every input", (
        *_in("server/test_app.py", "a_body_too_large_is_cut_off", "no_body_is_a_fault"),
    )),
    Demand("answers may grow", _in(
        "loyalty/test_tukar_backend.py", "an_answer_of_tomorrow_is_understood_as_far_as_it_goes"
    )),
    Demand("another shop's token gets nothing, on every route", _in(
        _ACCESS, "another_shops_token_gets_nothing_and_changes_nothing", "nothing_without_a_token",
        "every_route_is_closed_to_callers_it_does_not_name",
    )),
    Demand("schemathesis finds no 500 and no answer that is not in the schema", _in(
        "server/test_schema.py", "no_message_is_a_fault_or_gets_an_answer_that_the_schema_does_not_name"
    )),
)  # fmt: skip
SUPPLY = (
    Demand("hashes pinned", _in("packaging/test_environment.py", "every_package_in_a_lock_has_its_hashes")),
    Demand("a bill of materials (CycloneDX) of everything shipped, with hashes", _in(
        "packaging/test_supply.py", "the_lock_gives_every_package_with_its_hashes",
        "only_what_a_program_holds_is_shipped",
        "the_bill_names_packages_with_locked_hashes_and_files_with_their_own",
        "the_same_parts_make_the_same_bill_and_others_another_one",
    )),
    Demand("signed manifest, never back, not while anything is unsent", (
        *_in("deploy/test_updating.py", "a_manifest_that_is_not_signed_as_it_must_be_changes_nothing"),
        *_in("deploy/test_updating.py", "the_version_never_goes_down"),
        *_in("deploy/test_updating.py", "nothing_is_updated_while_anything_is_unsent"),
    )),
)  # fmt: skip

AREAS = {
    "Staff sign-in": SIGN_IN,
    "Rights": RIGHTS,
    "One-time code": ONE_TIME_CODE,
    "Code at rest": CODE_AT_REST,
    "Way out when the SMS does not come": WAY_OUT,
    "Till": TILL,
    "Token": TOKEN,
    "TLS": TLS,
    "Personal data": PERSONAL,
    "Audit": AUDIT,
    "Abuse": ABUSE,
    "Fail closed": FAIL_CLOSED,
    "Cards": CARDS,
    "Server": SERVER,
    "Supply": SUPPLY,
}


def told() -> Iterable[str]:
    for area, demands in AREAS.items():
        yield area
        for demand in demands:
            yield f"  {demand.words}"
            yield from (f"      {name}" for name in demand.tests)


if __name__ == "__main__":
    sys.stdout.writelines(f"{line}\n" for line in told())
