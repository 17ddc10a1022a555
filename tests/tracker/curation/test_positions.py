from datetime import date

import pytest

from forecasts.models import Forecast, Proposition
from forecasts.refused import Refused
from tests.makers import (
    NOW,
    OPENED,
    make_article,
    make_author,
    make_claim,
    make_curator,
    make_proposition,
    make_ruling,
)
from tracker.curation.positions import accept_and_position, take_position
from tracker.curation.questions import UNKNOWN
from tracker.models import Decision, Position

pytestmark = pytest.mark.django_db


@pytest.fixture
def curator():
    return make_curator()


@pytest.fixture
def claim():
    return make_claim(make_article(authors=(make_author(),)))


def bridge():
    return Proposition(
        question="Will our town have a new bridge by 30 June 2026?",
        statement="Our town will have a new bridge by 30 June 2026.",
        resolution_criteria="Yes if the town council says that it is open to traffic.",
        opens_on=OPENED.date(),
        deadline=date(2026, 6, 30),
    )


def test_the_authors_wording_becomes_a_forecast_and_a_prior(claim, curator):
    proposition = make_proposition(prior=0.5, prior_reason=UNKNOWN)
    take_position(claim, proposition=proposition, side="no", implied_probability=0.85, title="", by=curator, at=NOW)
    forecast = Forecast.objects.get()
    proposition.refresh_from_db()
    assert forecast.probability == pytest.approx(0.15)
    assert (forecast.forecaster.kind, forecast.forecaster.name) == ("author", "Ada Analyst")
    assert forecast.made_at == OPENED
    assert 0.15 < proposition.prior < 0.5
    assert "discounted" in proposition.prior_reason


@pytest.mark.parametrize(
    ("side", "implied", "read", "kept"),
    [
        ("yes", 0.85, (0.75, 0.95), (0.75, 0.95)),
        ("no", 0.85, (0.75, 0.95), (0.05, 0.25)),
        ("yes", 0.995, (0.95, 1.0), (0.95, 0.995)),
        ("no", 0.85, (0.85, 1.0), (0.01, 0.15)),
        ("yes", 0.6, (0.75, 0.95), (None, None)),
        ("yes", 0.85, (None, None), (None, None)),
    ],
)
def test_what_the_wording_allows_is_kept_seen_from_yes(curator, side, implied, read, kept):
    claim = make_claim(make_article(authors=(make_author(),)), implied_low=read[0], implied_high=read[1])
    take_position(
        claim, proposition=make_proposition(), side=side, implied_probability=implied, title="", by=curator, at=NOW
    )
    forecast = Forecast.objects.get()
    assert (forecast.low, forecast.high) == pytest.approx(kept)


def test_a_base_rate_somebody_gave_is_kept(claim, curator):
    proposition = make_proposition(prior=0.2, prior_reason="Such deals seldom close.")
    take_position(claim, proposition=proposition, side="yes", implied_probability=0.85, title="", by=curator, at=NOW)
    proposition.refresh_from_db()
    assert proposition.prior == 0.2


def test_what_others_said_is_not_the_authors_forecast(curator):
    article = make_article(authors=(make_author(),))
    claim = make_claim(article, speaker_kind="unnamed", speaker="Some analysts")
    take_position(
        claim, proposition=make_proposition(), side="yes", implied_probability=0.5, title="", by=curator, at=NOW
    )
    assert not Forecast.objects.exists()


def test_a_claim_without_a_side_is_followed_and_not_scored(claim, curator):
    position = take_position(
        claim, proposition=make_proposition(), side="none", implied_probability=0.8, title="", by=curator, at=NOW
    )
    assert position.implied_probability is None
    assert not Forecast.objects.exists()


def test_a_claim_is_put_to_a_question_once(claim, curator):
    proposition = make_proposition()
    take_position(claim, proposition=proposition, side="yes", title="", by=curator, at=NOW)
    with pytest.raises(Refused, match="already"):
        take_position(claim, proposition=proposition, side="no", title="", by=curator, at=NOW)


def test_a_question_that_was_ruled_on_takes_no_new_claim(claim, curator):
    proposition = make_proposition()
    make_ruling(proposition)
    with pytest.raises(Refused, match="ruled on"):
        take_position(claim, proposition=proposition, side="yes", title="", by=curator, at=NOW)


def test_a_claim_nobody_accepted_is_put_to_nothing(curator):
    with pytest.raises(Refused, match="Accept the claim"):
        take_position(
            make_claim(state="proposed"), proposition=make_proposition(), side="yes", title="", by=curator, at=NOW
        )
    assert not Position.objects.filter(claim__isnull=False).exists()


def test_a_claim_is_accepted_and_put_to_a_new_question_once_though_sent_twice(curator):
    claim = make_claim(state="proposed")
    first, again = (
        accept_and_position(claim, question=bridge(), side="yes", title="A bridge", by=curator, at=NOW)
        for _ in range(2)
    )
    assert first == again
    assert (first.claim.state, first.claim.title, first.proposition.key) == ("accepted", "A bridge", "a-bridge")
    assert Proposition.objects.count() == 1


def test_a_claim_is_put_to_a_known_question_once_though_sent_twice(claim, curator):
    known = make_proposition()
    for _ in range(2):
        accept_and_position(claim, question=known, side="no", title="", by=curator, at=NOW)
    assert known.positions.get(claim__isnull=False).claim == claim


def test_a_claim_whose_question_is_refused_stays_as_it_was(curator):
    claim = make_claim(state="proposed")
    make_proposition(bridge().question, deadline=bridge().deadline)
    with pytest.raises(Refused, match="open already"):
        accept_and_position(claim, question=bridge(), side="yes", title="A bridge", by=curator, at=NOW)
    claim.refresh_from_db()
    assert claim.state == "proposed"
    assert not Decision.objects.exists()
