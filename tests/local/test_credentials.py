from argon2 import PasswordHasher

from tukar.local.credentials import Argon2Check

CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


def test_the_right_pin_matches_and_others_do_not() -> None:
    check = Argon2Check()
    stored = CHEAP.hash("428193")
    assert check.matches(stored, "428193")
    for typed in ("428194", "", "42819", " 428193", "४२८१९३"):
        assert not check.matches(stored, typed)


def test_where_there_is_no_hash_nothing_matches() -> None:
    check = Argon2Check()
    for stored in ("", "nonsense", "$argon2id$v=19$", CHEAP.hash("1")[:-9]):
        assert not check.matches(stored, "")
        assert not check.matches(stored, "1")
