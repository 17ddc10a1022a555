import pytest

from tracker.models import Position, Status
from tracker.pages.questions.status_counts import lean, outcome, tally


def some(*statuses: str, side: str = "yes") -> list[Position]:
    return [Position(side=side, status=status) for status in statuses]


def test_tests_without_a_side_are_counted_apart():
    counted = tally(some("came true", "due") + some("came true", "watching", side="none"))
    assert (counted.total, counted.came_true, counted.due, counted.unsided) == (2, 1, 1, 2)


def test_rulings_come_first_and_zeros_are_left_out():
    counted = tally(some("watching", "due", "did not come true", "came true", "came true"))
    assert [(count.status, count.number) for count in counted.counts] == [
        ("came true", 2),
        ("did not come true", 1),
        ("due", 1),
        ("watching", 1),
    ]


def test_a_void_test_is_neither_scored_nor_open():
    counted = tally(some("void", "in doubt", "holding up", "contested"))
    assert (counted.total, counted.scored, counted.open) == (4, 0, 3)


def test_what_is_partly_true_is_answered_and_not_scored():
    counted = tally(some("partly true", "came true", "void", "watching"))
    assert (counted.answered, counted.scored, counted.open) == (2, 1, 1)
    assert [count.status for count in counted.record.counts] == ["came true"]


@pytest.mark.parametrize(
    ("statuses", "words"),
    [
        (["partly true"], "It is partly true."),
        (["partly true", "partly true"], "Two are partly true."),
        (["partly true", "came true", "did not come true"], "One came true, one did not, one is partly true."),
        (["partly true", "did not come true"], "One did not come true, one is partly true."),
    ],
)
def test_what_came_partly_true_is_said(statuses, words):
    assert outcome(tally(some(*statuses))) == words


def test_the_bar_has_rulings_first_and_one_stretch_for_all_that_is_open():
    counted = tally(some("watching", "in doubt", "due", "came true", "void"))
    assert counted.segments == (("fill-for", 1), ("fill-against", 0), ("fill-call", 1), ("fill-mute", 3))


def test_every_status_is_counted():
    assert tally(some(*Status.values)).total == len(Status.values)


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        (["came true", "watching"], "for"),
        (["did not come true"], "against"),
        (["came true", "did not come true", "watching"], "both"),
        (["came true", "due", "due"], "due"),
        (["came true", "came true", "due"], "for"),
        (["due", "watching"], "due"),
        (["holding up", "in doubt"], "open"),
        (["void"], "open"),
        (["partly true"], "both"),
        (["partly true", "came true"], "both"),
        (["partly true", "due", "due"], "due"),
        ([], "none"),
    ],
)
def test_how_a_claim_is_marked(statuses, expected):
    assert lean(tally(some(*statuses))) == expected


def test_a_claim_without_a_side_leans_nowhere():
    assert lean(tally(some("came true", side="none"))) == "none"


@pytest.mark.parametrize(
    ("right", "wrong", "words"),
    [
        (13, 4, "13 came true, four did not."),
        (1, 0, "It came true."),
        (0, 1, "It did not come true."),
        (2, 0, "Both came true."),
        (0, 2, "Neither came true."),
        (3, 0, "All came true."),
        (0, 3, "None came true."),
        (0, 0, ""),
    ],
)
def test_how_rulings_came_out_in_a_sentence(right, wrong, words):
    assert outcome(tally(some(*["came true"] * right, *["did not come true"] * wrong, "watching"))) == words
