"""When a permanent move is believed."""

import pytest

from news.polling.redirects import Moves, moved

OLD, NEW, OTHER = "https://old.example/f", "https://new.example/f", "https://third.example/f"


def told(*targets, address=OLD):
    """What answers with these targets come to, one after the other; None for one that was no feed."""
    state = Moves()
    for target in targets:
        state = moved(
            state.to,
            seen=state.seen,
            moved_permanently_to=NEW if target is None else target,
            address=address,
            is_readable=target is not None,
        )
    return state


def test_three_agreeing_answers_in_a_row_settle_a_move():
    assert told(NEW) == Moves(NEW, 1)
    assert told(NEW, NEW) == Moves(NEW, 2)
    assert told(NEW, NEW, NEW) == Moves(NEW, 3, is_settled=True)


@pytest.mark.parametrize(
    ("answers", "state"),
    [
        ((NEW, NEW, OTHER), Moves(OTHER, 1)),
        ((NEW, NEW, ""), Moves()),
        ((NEW, NEW, None), Moves()),
        ((NEW, NEW, "", NEW), Moves(NEW, 1)),
        ((NEW, OTHER, NEW, OTHER), Moves(OTHER, 1)),
    ],
)
def test_another_target_a_direct_answer_or_no_feed_breaks_the_row(answers, state):
    assert told(*answers) == state


@pytest.mark.parametrize("target", ["ftp://new.example/f", "https://a:b@new.example/", "https:///f", "x" * 3000, OLD])
def test_an_address_that_is_not_opened_or_is_the_feed_s_own_is_no_move(target):
    assert told(target, target, target) == Moves()


def test_ways_of_writing_one_address_agree():
    assert told("HTTPS://New.Example:443/f#top", NEW, NEW).is_settled
    assert told("https://old.example:443/f", address="HTTPS://OLD.example/f") == Moves()
