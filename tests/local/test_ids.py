import threading
import uuid

from hypothesis import given
from hypothesis import strategies as st

from tukar.local.ids import UuidV7


def test_an_id_is_a_uuid_of_version_7_with_its_time() -> None:
    made = uuid.UUID(UuidV7(lambda: 0x0123456789AB).new())
    assert made.version == 7
    assert made.variant == uuid.RFC_4122
    assert made.int >> 80 == 0x0123456789AB


@given(st.lists(st.integers(min_value=0, max_value=2**47), min_size=1, max_size=50))
def test_ids_sort_by_their_making_whatever_the_clock_does(times: list[int]) -> None:
    clock = iter(times)
    ids = UuidV7(lambda: next(clock))
    made = [ids.new() for _ in times]
    assert made == sorted(made)
    assert len(set(made)) == len(made)


def test_a_millisecond_with_more_ids_than_its_counter_borrows_from_the_next() -> None:
    ids = UuidV7(lambda: 1_000)
    made = [ids.new() for _ in range(10_000)]
    assert made == sorted(set(made))


def test_threads_never_get_the_same_id() -> None:
    ids = UuidV7()
    made: list[str] = []

    def make() -> None:
        made.extend([ids.new() for _ in range(500)])

    threads = [threading.Thread(target=make) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(made)) == 2_000
