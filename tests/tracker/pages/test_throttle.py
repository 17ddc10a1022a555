from datetime import timedelta

from tracker.pages.throttle import Bound

TRIES = Bound(name="position", most=2, within=timedelta(minutes=15))


def test_a_bound_is_reached_by_counting_and_lifted_by_forgetting():
    TRIES.count("ada", "192.0.2.1")
    assert not TRIES.is_reached("ada", "192.0.2.1")
    TRIES.count(" Ada ", "192.0.2.1")
    assert TRIES.is_reached("ada", "192.0.2.1")
    TRIES.forget("ada", "192.0.2.1")
    assert not TRIES.is_reached("ada", "192.0.2.1")


def test_a_flood_of_made_up_names_pushes_no_count_out():
    for _ in range(TRIES.most):
        TRIES.count("eve")
    for number in range(1_000):
        TRIES.count(f"nobody {number}")
    assert TRIES.is_reached("eve")
