from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from forecasts.models import Forecast, Proposition
from forecasts.refused import Refused
from tests.makers import (
    NOW,
    OPENED,
    QUOTE,
    make_article,
    make_author,
    make_claim,
    make_curator,
    make_entry,
    make_proposition,
    make_ruling,
)
from tracker.curation.claims import Question, accept, free_key, mark, open_question, reject, take_position
from tracker.models import Claim, Decision, Position

pytestmark = pytest.mark.django_db
QUESTION = Question(
    key="gas-price",
    question="Will a gas contract with a price be signed by 31 Dec 2026?",
    statement="A gas contract with a price is signed.",
    resolution_criteria="Yes if both firms announce it.",
    opens_on=date(2026, 2, 1),
    deadline=date(2026, 12, 31),
)
UNKNOWN = Proposition._meta.get_field("prior_reason").get_default()


@pytest.fixture
def curator():
    return make_curator()


@pytest.fixture
def claim():
    return make_claim(make_article(authors=(make_author(),)))


def test_accepting_may_mend_the_title(curator):
    claim = make_claim(state="proposed")
    accept(claim, by=curator, at=NOW, title="Xi gives nothing away")
    claim.refresh_from_db()
    assert (claim.state, claim.title) == ("accepted", "Xi gives nothing away")
    assert Decision.objects.get().verb == "accept"


def test_a_claim_that_is_followed_cannot_be_turned_down(claim, curator):
    proposition = make_proposition()
    take_position(claim, proposition=proposition, side="yes", title="", by=curator, at=NOW)
    with pytest.raises(Refused, match="people may follow"):
        reject(claim, by=curator, at=NOW, reason="Dull.")


def test_an_opened_question_waits_for_its_first_estimate(curator):
    proposition = open_question(QUESTION, by=curator, at=NOW)
    assert (proposition.state, proposition.unsettled_at, proposition.prior) == ("open", NOW, 0.5)


def test_recent_news_is_held_against_a_new_question(curator):
    recent = make_entry(at=NOW - timedelta(days=2), matched_at=NOW)
    before = make_entry(at=NOW - timedelta(days=20), matched_at=NOW)
    open_question(QUESTION, by=curator, at=NOW)
    recent.refresh_from_db()
    before.refresh_from_db()
    assert recent.matched_at is None
    assert before.matched_at == NOW


def test_a_deadline_before_the_opening_is_refused_in_words(curator):
    with pytest.raises(Refused, match="lies before the opening"):
        open_question(replace(QUESTION, deadline=date(2026, 1, 31)), by=curator, at=NOW)


def test_a_deadline_beyond_the_calendar_is_refused_everywhere(curator):
    with pytest.raises(Refused, match="too far off"):
        open_question(replace(QUESTION, deadline=date.max), by=curator, at=NOW)
    with pytest.raises(ValidationError, match="deadline"):
        Proposition(deadline=date.max).clean()


@pytest.mark.parametrize("prior", [0, 1, float("nan"), -3, "much"])
def test_a_prior_that_is_no_chance_is_refused(curator, prior):
    with pytest.raises(Refused):
        open_question(replace(QUESTION, prior=prior), by=curator, at=NOW)
    assert not Proposition.objects.exists()


def test_an_empty_criterion_is_refused(curator):
    with pytest.raises(Refused, match="resolution criteria is empty"):
        open_question(replace(QUESTION, resolution_criteria=" "), by=curator, at=NOW)


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


@pytest.mark.parametrize(
    ("said", "given", "kept"),
    [(0.85, None, (0.7, 0.95)), (0.5, None, (None, None)), (None, None, (None, None)), (0.85, 0.8, (0.8, 0.9))],
)
def test_what_the_words_of_a_claim_marked_by_hand_allow_is_read(curator, said, given, kept):
    article = make_article()
    start = article.text.index(QUOTE)
    marked = Claim(
        article=article,
        slug="no-concessions",
        title="No concessions",
        start=start,
        end=start + len(QUOTE),
        quote=QUOTE,
        kind=Claim.Kind.FORECASTABLE,
        implied_probability=said,
        implied_low=given,
        implied_high=given and 0.9,
    )
    stored = mark(marked, by=curator, at=NOW)
    assert (stored.implied_low, stored.implied_high) == kept


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
    assert not Position.objects.of_claims().exists()


def test_a_free_key_is_short_and_unlike_any_other():
    make_proposition(key="gas-price")
    assert free_key("Gas price") == "gas-price-2"
    assert free_key("…") == "question"
