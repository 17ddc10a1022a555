"""What a ruling earns the crowd, authors, and whoever's forecast expired; and that bulk scoring says the same."""

import math
import random
from datetime import date, timedelta

import numpy as np
import pytest

from forecasts.estimates import record, revise
from forecasts.maths import bulk
from forecasts.models import Forecast, Forecaster, Proposition, Score
from forecasts.resolution import resolve, reverse
from tests.forecasts.makers import day, make_forecaster, make_pool, make_proposition, marked

pytestmark = pytest.mark.django_db


def rule(proposition, *, outcome="yes", effective_on=date(2026, 1, 10), at=None):
    return resolve(
        proposition,
        outcome=outcome,
        effective_on=effective_on,
        source="https://example.org/announced",
        reason="As told.",
        by="Cleo",
        at=at or day(12),
    )


def score(rule="brier", **of):
    return Score.objects.get(rule=rule, **of)


def test_the_crowd_is_scored_as_one_forecaster_by_what_it_said_together():
    proposition = make_proposition()
    make_pool(proposition, probability=0.5, at=day(0))
    make_pool(proposition, probability=0.9, at=day(5))
    rule(proposition)
    crowd = Forecaster.objects.get()
    assert (crowd.kind, crowd.name) == ("crowd", "The crowd")
    assert score().value == pytest.approx((0.25 + 0.01) / 2)
    assert set(Score.objects.values_list("rule", flat=True)) == {"brier", "log", "baseline"}


def test_the_crowd_is_silent_while_nobody_stands():
    proposition = make_proposition()
    make_pool(proposition, probability=0.8, at=day(0))
    make_pool(proposition, at=day(2))
    make_pool(proposition, probability=0.6, at=day(8))
    rule(proposition)
    assert score().coverage == pytest.approx(0.4)
    assert score().value == pytest.approx((0.04 + 0.16) / 2)


def test_a_crowd_that_said_nothing_is_nobody():
    proposition = make_proposition()
    make_pool(proposition, at=day(1))
    rule(proposition)
    assert not Score.objects.exists()
    assert not Forecaster.objects.exists()


def test_the_crowd_is_one_forecaster_on_all_questions_and_after_a_reversal():
    for key in ("one", "two"):
        proposition = make_proposition(key)
        make_pool(proposition, probability=0.7)
        reverse(rule(proposition), reason="Too soon.", by="Dora", at=day(13))
        rule(proposition, at=day(14))
    assert Forecaster.objects.get().scores.filter(rule="brier").count() == 2


def test_a_crowd_that_began_before_the_opening_counts_from_the_opening():
    proposition = make_proposition()
    make_pool(proposition, probability=0.7, at=day(-3))
    rule(proposition)
    assert score().coverage == pytest.approx(1.0)


def test_what_somebody_entered_for_the_crowd_or_the_product_is_not_scored_twice():
    proposition = make_proposition()
    for kind in ("crowd", "product"):
        Forecast.objects.create(
            proposition=proposition, forecaster=make_forecaster(kind=kind), probability=0.1, made_at=day(0)
        )
    make_pool(proposition, probability=0.9)
    rule(proposition)
    assert score().value == pytest.approx(0.01)


def test_a_forecast_stands_no_longer_than_until_it_expires():
    proposition, ada = make_proposition(), make_forecaster()
    forecast = record(proposition, forecaster=ada, probability=0.8, at=day(0))
    forecast.expires_at = day(4)
    forecast.save()
    rule(proposition)
    assert score().coverage == pytest.approx(0.4)
    assert score("baseline").value == pytest.approx(0.4 * 100 * (1 + math.log2(0.8)))


def test_whichever_comes_first_of_the_next_the_withdrawal_and_the_expiry_ends_it():
    proposition, ada = make_proposition(), make_forecaster()
    first = record(proposition, forecaster=ada, probability=0.5, at=day(0))
    first.expires_at, first.withdrawn_at = day(5), day(3)
    first.save()
    record(proposition, forecaster=ada, probability=0.9, at=day(6))
    rule(proposition)
    assert score().value == pytest.approx((3 * 0.25 + 4 * 0.01) / 7)


@pytest.mark.parametrize(("effective_on", "share"), [(date(2026, 1, 10), 1.0), (date(2026, 1, 4), 0.4)])
def test_what_an_early_end_left_attainable_is_kept_with_each_score(effective_on, share):
    proposition, ada, ben = make_proposition(), make_forecaster(), make_forecaster("Ben")
    record(proposition, forecaster=ada, probability=0.8, at=day(0))
    record(proposition, forecaster=ben, probability=0.6, at=day(2))
    rule(proposition, effective_on=effective_on)
    assert all(row.attainable == pytest.approx(share) for row in Score.objects.all())
    whole = score("baseline", forecaster=ada)
    assert whole.coverage == pytest.approx(whole.attainable)
    assert score(forecaster=ada).coverage == pytest.approx(1.0)


@pytest.mark.parametrize(("outcome", "brier"), [("yes", (0.01, 0.16)), ("no", (0.36, 0.81))])
def test_an_authors_score_has_the_range_that_the_wording_allows(outcome, brier):
    proposition, hale = make_proposition(), make_forecaster("Hale", kind="author")
    record(proposition, forecaster=hale, probability=0.8, at=day(0), low=0.6, high=0.9)
    rule(proposition, outcome=outcome)
    assert (score().low, score().high) == pytest.approx(brier)
    assert score().low < score().value < score().high
    assert score("log").low < score("log").value < score("log").high
    assert score("baseline").low is None


def test_who_gave_a_figure_has_no_range_and_who_once_gave_one_only_then():
    proposition, hale = make_proposition(), make_forecaster("Hale", kind="author")
    record(proposition, forecaster=hale, probability=0.8, at=day(0), low=0.6, high=0.9)
    record(proposition, forecaster=hale, probability=0.5, at=day(5))
    record(proposition, forecaster=make_forecaster(), probability=0.5, at=day(0))
    rule(proposition)
    assert score(forecaster__kind="member").low is None
    assert (score(forecaster=hale).low, score(forecaster=hale).high) == pytest.approx((0.13, 0.205))


def test_the_product_and_the_crowd_are_not_compared_as_peers():
    proposition, ada, ben = make_proposition(), make_forecaster(), make_forecaster("Ben")
    for who in (ada, ben):
        record(proposition, forecaster=who, probability=0.6, at=day(0))
    make_pool(proposition, probability=0.9)
    revise(marked(proposition), signals=[], at=day(0))
    rule(Proposition.objects.get())
    assert set(Score.objects.filter(rule="peer").values_list("forecaster", flat=True)) == {ada.pk, ben.pk}
    assert score("peer", forecaster=ada).value == pytest.approx(0)


def history(random_, proposition):
    """Forecasts of a few people who come, change, withdraw, let lapse and return; a row as stored, however odd."""
    for number in range(random_.randint(1, 5)):
        who, at = make_forecaster(f"Forecaster {number}"), random_.uniform(-2, 6)
        for _ in range(random_.randint(1, 5)):
            made_at = day(0) + timedelta(days=at)
            end = made_at + timedelta(days=random_.uniform(0.01, 6))
            Forecast.objects.create(
                proposition=proposition,
                forecaster=who,
                probability=random_.uniform(0.01, 0.99),
                made_at=made_at,
                withdrawn_at=end if random_.random() < 0.3 else None,
                expires_at=end if random_.random() < 0.3 else None,
            )
            at += random_.uniform(0, 4)


def columns(proposition, *, closes):
    """All of it over again, straight from the rows, as bulk scoring takes it."""
    rows, opens = [], proposition.opens_at
    for who in Forecaster.objects.order_by("pk"):
        own = list(proposition.forecasts.filter(forecaster=who).order_by("made_at", "pk"))
        for row, following in zip(own, [*own[1:], None], strict=True):
            ends = [row.withdrawn_at, row.expires_at, following and following.made_at]
            until = min((end for end in ends if end), default=None)
            rows.append((who.pk, row.probability, row.made_at, until))
    seconds = [[math.inf if at is None else (at - opens).total_seconds() for at in row[2:]] for row in rows]
    forecasts = bulk.ForecastColumns(
        question=np.zeros(len(rows), dtype=int),
        forecaster=np.array([row[0] for row in rows]),
        probability=np.array([row[1] for row in rows]),
        since=np.array([since for since, _ in seconds]),
        until=np.array([until for _, until in seconds]),
    )
    questions = bulk.QuestionColumns(
        opens=np.array([0.0]),
        closes=np.array([(closes - opens).total_seconds()]),
        horizon=np.array([(proposition.closes_at - opens).total_seconds()]),
        outcome=np.array([proposition.outcome == "yes"]),
    )
    return bulk.score(forecasts, questions)


@pytest.mark.parametrize("seed", range(12))
def test_scores_written_on_a_ruling_are_those_of_scoring_everything_anew(seed):
    random_ = random.Random(seed)
    proposition = make_proposition()
    history(random_, proposition)
    last = date(2026, 1, random_.randint(2, 10))
    ruling = rule(proposition, outcome=random_.choice(["yes", "no"]), effective_on=last)
    anew = columns(ruling.proposition, closes=day(last.day))
    stored = {(row.forecaster_id, row.rule): row for row in Score.objects.all()}
    assert {who for who, _ in stored} == set(anew.forecaster.tolist())
    for place, who in enumerate(anew.forecaster.tolist()):
        assert stored[who, "brier"].value == pytest.approx(anew.brier[place])
        assert stored[who, "log"].value == pytest.approx(anew.log[place])
        assert stored[who, "brier"].coverage == pytest.approx(anew.coverage[place])
        assert stored[who, "baseline"].value == pytest.approx(anew.baseline[place])
        assert stored[who, "baseline"].coverage == pytest.approx(anew.horizon_coverage[place])
        if (who, "peer") in stored:
            assert stored[who, "peer"].value == pytest.approx(anew.peer[place], abs=1e-9)
