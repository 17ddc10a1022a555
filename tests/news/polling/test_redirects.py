"""When a permanent move is believed."""

import pytest

from news.polling.redirects import AGREEING, AgreedRedirect, agreed_redirect

OLD, NEW, OTHER = "https://old.example/f", "https://new.example/f", "https://third.example/f"


def told(*targets, address=OLD):
    """What answers with these targets come to, one after the other; None for one that was no feed."""
    state = AgreedRedirect()
    for target in targets:
        state = agreed_redirect(
            state.to,
            seen=state.seen,
            moved_permanently_to=NEW if target is None else target,
            address=address,
            is_readable=target is not None,
        )
    return state


def test_three_agreeing_answers_in_a_row_settle_a_move():
    assert told(NEW) == AgreedRedirect(NEW, 1)
    assert told(NEW, NEW) == AgreedRedirect(NEW, 2)
    assert told(NEW, NEW, NEW) == AgreedRedirect(NEW, AGREEING)


@pytest.mark.parametrize(
    ("answers", "state"),
    [
        ((NEW, NEW, OTHER), AgreedRedirect(OTHER, 1)),
        ((NEW, NEW, ""), AgreedRedirect()),
        ((NEW, NEW, None), AgreedRedirect()),
        ((NEW, NEW, "", NEW), AgreedRedirect(NEW, 1)),
        ((NEW, OTHER, NEW, OTHER), AgreedRedirect(OTHER, 1)),
    ],
)
def test_another_target_a_direct_answer_or_no_feed_breaks_the_row(answers, state):
    assert told(*answers) == state


@pytest.mark.parametrize("target", ["ftp://new.example/f", "https://a:b@new.example/", "https:///f", "x" * 3000, OLD])
def test_an_address_that_is_not_opened_or_is_the_feed_s_own_is_no_move(target):
    assert told(target, target, target) == AgreedRedirect()


def test_ways_of_writing_one_address_agree():
    assert told("HTTPS://New.Example:443/f#top", NEW, NEW).seen == AGREEING
    assert told("https://old.example:443/f", address="HTTPS://OLD.example/f") == AgreedRedirect()
