from tukar.till.keys import DEFAULT_KEYS, Command, keys_of


def test_without_wishes_the_keys_are_those_of_the_design() -> None:
    assert keys_of({}) == DEFAULT_KEYS
    assert keys_of({})[Command.PAYMENT] == "F9"


def test_a_wish_counts() -> None:
    assert keys_of({"payment": "F5"})[Command.PAYMENT] == "F5"


def test_commands_change_places() -> None:
    keys = keys_of({"payment": "F10", "save": "F9"})
    assert (keys[Command.PAYMENT], keys[Command.SAVE]) == ("F10", "F9")


def test_a_key_is_never_given_twice_and_an_unknown_command_is_left_out() -> None:
    keys = keys_of({"payment": "F2", "fly": "F1"})
    assert keys == DEFAULT_KEYS
    assert len(set(keys.values())) == len(Command)
