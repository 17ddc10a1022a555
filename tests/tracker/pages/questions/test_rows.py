from datetime import timedelta

import pytest

from tests.makers import NOW, OPENED, make_change, make_claim, make_estimate, make_position, make_proposition
from tracker.models import Position
from tracker.pages.questions import rows

pytestmark = pytest.mark.django_db


def read():
    positions = Position.objects.of_claims().select_related("claim__article", "proposition").order_by("pk")
    return rows.of(positions, now=NOW)


def test_the_chance_is_the_claims_own_with_its_history():
    proposition = make_proposition()
    for days, chance in ((0, 0.2), (30, 0.41)):
        make_estimate(proposition, at=OPENED + timedelta(days=days), probability=chance)
    make_position(proposition=proposition, side="no")
    (standing,) = read()
    assert standing.chance.percent == 59
    assert [level.percent for level in standing.chance.levels] == [80, 59]


def test_without_an_estimate_the_prior_stands():
    make_position(proposition=make_proposition(prior=0.3))
    (standing,) = read()
    assert (standing.chance.percent, standing.chance.levels) == (30, ())


def test_one_test_stands_on_its_claims_page_and_each_of_several_on_its_own():
    alone = make_position()
    claim = make_claim()
    first, second = make_position(claim), make_position(claim)
    assert [standing.address for standing in read()] == [
        f"/claims/{alone.claim.slug}/",
        f"/claims/{claim.slug}/{first.proposition.key}/",
        f"/claims/{claim.slug}/{second.proposition.key}/",
    ]


def test_a_life_is_its_statuses_in_order_up_to_the_ruling():
    position = make_position()
    for days, status in ((60, "in doubt"), (90, "due"), (100, "came true")):
        make_change(position, status, at=OPENED + timedelta(days=days))
    (standing,) = read()
    assert [span.status for span in standing.life.spans] == ["watching", "in doubt", "due"]
    assert standing.life.spans[-1].end == OPENED + timedelta(days=100)
    assert standing.life.ruling == "came true"


def test_lives_of_a_list_share_one_time_scale():
    make_position()
    make_position(proposition=make_proposition(opens_on=(OPENED + timedelta(days=50)).date()))
    first, second = read()
    assert (first.life.first, first.life.last) == (second.life.first, second.life.last) == (OPENED, NOW)


def test_the_status_of_a_claim_is_that_of_its_tests_or_mixed():
    assert rows.status_of_claim(["due", "due"]) == "due"
    assert rows.status_of_claim(["due", "came true"]) == "mixed"
    assert rows.status_of_claim([]) == ""


def test_statuses_are_counted_in_the_order_of_a_questions_life():
    assert rows.counts(["void", "due", "watching", "due"]) == (("watching", 1), ("due", 2), ("void", 1))


def test_nothing_to_read_is_nothing():
    assert read() == ()
