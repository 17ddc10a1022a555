"""Ruling and taking back: who is scored over which time, what is refused, and races."""

import math
from datetime import date

import pytest

from forecasts.estimates import record, revise, withdraw
from forecasts.models import Forecast, Forecaster, Proposition, Resolution, Score
from forecasts.refused import Refused
from forecasts.resolution import resolve, reverse
from tests.forecasts.makers import day, make_forecaster, make_proposition, marked, story

pytestmark = pytest.mark.django_db
END = date(2026, 1, 10)


def rule(proposition, **fields):
    ruling = {
        "outcome": "yes",
        "effective_on": END,
        "source": "https://example.org/signed",
        "reason": "Both parties announced it.",
        "by": "Cleo",
        "at": day(12),
    }
    return resolve(proposition, **{**ruling, **fields})


def value(forecaster, rule="brier"):
    return Score.objects.get(forecaster=forecaster, rule=rule).value


def test_a_ruling_closes_the_question_and_counts_as_a_move():
    proposition = make_proposition()
    ruling = rule(proposition, confidence="high")
    proposition.refresh_from_db()
    assert (proposition.state, proposition.outcome) == ("resolved", "yes")
    assert (proposition.changed_at, proposition.change_count) == (day(12), 1)
    assert (ruling.ruled_by, ruling.confidence, ruling.reversed_at) == ("Cleo", "high", None)


def test_a_forecast_is_scored_over_the_time_it_stood():
    proposition, ada = make_proposition(), make_forecaster()
    record(proposition, forecaster=ada, probability=0.5, at=day(0))
    record(proposition, forecaster=ada, probability=0.9, at=day(5))
    rule(proposition)
    assert value(ada) == pytest.approx((0.25 + 0.01) / 2)
    assert value(ada, "log") == pytest.approx((math.log(0.5) + math.log(0.9)) / 2)
    score = Score.objects.get(forecaster=ada, rule="brier")
    assert (score.coverage, score.final_probability) == (1.0, 0.9)


def test_a_no_is_scored_against_no():
    proposition, ada = make_proposition(), make_forecaster()
    record(proposition, forecaster=ada, probability=0.9, at=day(0))
    rule(proposition, outcome="no")
    assert value(ada) == pytest.approx(0.81)
    assert value(ada, "log") == pytest.approx(math.log(0.1))


def test_what_the_day_of_settlement_brought_is_scored_and_calibrates_nobody():
    proposition, ada = make_proposition(), make_forecaster()
    record(proposition, forecaster=ada, probability=0.5, at=day(0))
    record(proposition, forecaster=ada, probability=0.99, at=day(3.5))
    rule(proposition, effective_on=date(2026, 1, 4))
    score = Score.objects.get(forecaster=ada, rule="brier")
    assert score.final_probability == 0.5
    assert score.value == pytest.approx((3.5 * 0.25 + 0.5 * 0.0001) / 4)


def test_forecasts_after_the_effective_day_do_not_count():
    proposition, ada, late = make_proposition(), make_forecaster(), make_forecaster("Late")
    record(proposition, forecaster=ada, probability=0.5, at=day(0))
    record(proposition, forecaster=ada, probability=0.99, at=day(4))
    record(proposition, forecaster=late, probability=0.99, at=day(5))
    rule(proposition, effective_on=date(2026, 1, 4))
    assert value(ada) == pytest.approx(0.25)
    assert not Score.objects.filter(forecaster=late).exists()


def test_what_is_settled_after_the_deadline_is_scored_up_to_the_deadline():
    proposition, ada = make_proposition(), make_forecaster()
    record(proposition, forecaster=ada, probability=0.5, at=day(5))
    rule(proposition, effective_on=date(2026, 2, 1), at=day(60))
    assert Score.objects.get(forecaster=ada, rule="log").coverage == pytest.approx(0.5)


def test_a_question_ruled_on_the_day_it_opened_is_scored_up_to_the_ruling():
    proposition, ada = make_proposition(), make_forecaster()
    record(proposition, forecaster=ada, probability=0.8, at=day(0, hour=6))
    rule(proposition, effective_on=date(2026, 1, 1), at=day(0, hour=12))
    assert value(ada) == pytest.approx(0.04)
    assert Score.objects.get(forecaster=ada, rule="brier").coverage == pytest.approx(0.5)


def test_a_withdrawn_forecast_is_scored_for_the_time_it_stood():
    proposition, ada = make_proposition(), make_forecaster()
    record(proposition, forecaster=ada, probability=0.8, at=day(0))
    withdraw(proposition, forecaster=ada, at=day(2))
    rule(proposition)
    assert Score.objects.get(forecaster=ada, rule="brier").coverage == pytest.approx(0.2)
    assert value(ada) == pytest.approx(0.04)


def test_a_forecast_withdrawn_at_once_is_not_scored():
    proposition, ada = make_proposition(), make_forecaster()
    record(proposition, forecaster=ada, probability=0.8, at=day(1))
    withdraw(proposition, forecaster=ada, at=day(1))
    rule(proposition)
    assert not Score.objects.exists()


def test_authors_and_the_products_own_estimates_are_scored_too():
    proposition, author = make_proposition(), make_forecaster("Hale", kind=Forecaster.Kind.AUTHOR)
    record(proposition, forecaster=author, probability=0.75, at=day(0))
    revise(marked(proposition), signals=[], at=day(0))
    Proposition.objects.mark_unsettled(day(5))
    estimate = revise(marked(proposition), signals=[story("a")], at=day(5))
    rule(proposition)
    product = Forecaster.objects.get(kind="product")
    assert value(author) == pytest.approx(0.0625)
    assert value(product) == pytest.approx((0.25 + (1 - estimate.probability) ** 2) / 2)
    assert Score.objects.count() == 6


def test_the_product_is_one_forecaster_on_all_questions():
    for key in ("one", "two"):
        revise(marked(make_proposition(key)), signals=[], at=day(1))
        rule(Proposition.objects.get(key=key))
    assert Forecaster.objects.get().scores.count() == 6


def test_without_forecasts_nobody_is_scored():
    rule(make_proposition())
    assert not Score.objects.exists()
    assert not Forecaster.objects.exists()


def test_a_question_settled_before_it_opened_scores_nobody():
    proposition, ada = make_proposition(), make_forecaster()
    record(proposition, forecaster=ada, probability=0.8, at=day(1))
    rule(proposition, effective_on=date(2025, 12, 1))
    assert not Score.objects.exists()


@pytest.mark.parametrize("outcome", ["void", "partly"])
def test_a_question_void_or_partly_so_scores_nobody(outcome):
    proposition, ada = make_proposition(), make_forecaster()
    record(proposition, forecaster=ada, probability=0.8, at=day(1))
    revise(marked(proposition), signals=[], at=day(1))
    rule(proposition, outcome=outcome)
    proposition.refresh_from_db()
    assert (proposition.state, proposition.outcome) == ("resolved", outcome)
    assert not Score.objects.exists()


def test_words_are_a_source_too_and_a_void_ruling_needs_none():
    assert rule(make_proposition("one"), source=" The minutes: page 4. ").source == "The minutes: page 4."
    assert rule(make_proposition("two"), outcome="void", source="").source == ""


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ({"outcome": "maybe"}, "outcome"),
        ({"outcome": ""}, "outcome"),
        ({"reason": "  "}, "reason"),
        ({"by": ""}, "ruled_by"),
        ({"source": "https://no-page"}, "source"),
        ({"source": "  "}, "source: say what settles it"),
        ({"source": "", "outcome": "partly"}, "source: say what settles it"),
        ({"source": "x" * 2001}, "source"),
        ({"source": "javascript:alert(1)"}, "source"),
        ({"confidence": "as sure as can be"}, "confidence"),
        ({"effective_on": date(2026, 1, 14)}, "has not come yet"),
    ],
)
def test_a_faulty_ruling_is_refused_by_name_and_changes_nothing(fields, complaint):
    proposition = make_proposition()
    with pytest.raises(Refused, match=complaint):
        rule(proposition, **fields)
    proposition.refresh_from_db()
    assert (proposition.state, proposition.change_count) == ("open", 0)
    assert not Resolution.objects.exists()


def test_a_draft_and_a_second_ruling_are_refused():
    with pytest.raises(Refused, match="draft"):
        rule(make_proposition("draft", state="draft"))
    proposition = make_proposition()
    rule(proposition)
    with pytest.raises(Refused, match="ruled on already"):
        rule(proposition, outcome="no")
    assert Resolution.objects.count() == 1


def test_the_database_has_the_last_word_on_one_standing_ruling():
    proposition = make_proposition()
    rule(proposition)
    Proposition.objects.update(state="open", outcome="")
    with pytest.raises(Refused, match="standing ruling already"):
        rule(proposition)


def test_a_ruling_taken_back_stays_in_the_history_without_scores():
    proposition, ada = make_proposition(), make_forecaster()
    record(proposition, forecaster=ada, probability=0.8, at=day(1))
    taken_back = reverse(rule(proposition), reason="The source was withdrawn.", by="Dora", at=day(13))
    proposition.refresh_from_db()
    assert (taken_back.reversed_by, taken_back.reversed_at) == ("Dora", day(13))
    assert taken_back.reversal_reason == "The source was withdrawn."
    assert (proposition.state, proposition.outcome, proposition.unsettled_at) == ("open", "", day(13))
    assert proposition.change_count == 2
    assert not Score.objects.exists()
    assert Forecast.objects.count() == 1


def test_ruling_anew_after_a_reversal_scores_everybody_anew():
    proposition, ada = make_proposition(), make_forecaster()
    record(proposition, forecaster=ada, probability=0.8, at=day(1))
    reverse(rule(proposition), reason="Wrong document.", by="Dora", at=day(13))
    rule(proposition, outcome="no", at=day(14))
    assert value(ada) == pytest.approx(0.64)
    assert Resolution.objects.count() == 2


def test_after_a_reversal_before_the_deadline_forecasts_are_taken_again():
    proposition, ada = make_proposition(), make_forecaster()
    ruling = rule(proposition, effective_on=date(2026, 1, 3), at=day(3))
    with pytest.raises(Refused):
        record(proposition, forecaster=ada, probability=0.8, at=day(4))
    reverse(ruling, reason="A hoax.", by="Dora", at=day(5))
    assert record(proposition, forecaster=ada, probability=0.8, at=day(5)).pk


def test_a_reversal_needs_a_reason_and_a_standing_ruling_and_a_sane_clock():
    ruling = rule(make_proposition())
    with pytest.raises(Refused, match="Say why"):
        reverse(ruling, reason=" ", by="Dora", at=day(13))
    with pytest.raises(Refused, match="check the clock"):
        reverse(ruling, reason="Wrong.", by="Dora", at=day(11))
    reverse(ruling, reason="Wrong.", by="Dora", at=day(13))
    with pytest.raises(Refused, match="taken back by Dora on 14 Jan 2026"):
        reverse(ruling, reason="Wrong.", by="Eve", at=day(14))


def test_of_two_rulings_at_once_one_stands_and_the_other_is_refused(at_once):
    proposition, ada = make_proposition(), make_forecaster()
    record(proposition, forecaster=ada, probability=0.8, at=day(1))
    results = at_once(lambda: rule(proposition, outcome="yes"), lambda: rule(proposition, outcome="no", by="Dora"))
    assert sorted(type(result).__name__ for result in results) == ["Refused", "Resolution"]
    assert at_once(Resolution.objects.count, Score.objects.count) == [1, 3]


def test_of_two_reversals_at_once_one_counts(at_once):
    ruling = rule(make_proposition())
    results = at_once(*[lambda: reverse(ruling, reason="Wrong.", by="Dora", at=day(13))] * 2)
    assert sorted(type(result).__name__ for result in results) == ["Refused", "Resolution"]
    assert at_once(lambda: Proposition.objects.get().change_count) == [2]


def test_forecasts_that_race_a_ruling_are_scored_or_refused(at_once):
    proposition = make_proposition()
    members = [make_forecaster(name) for name in ("Ada", "Ben", "Cy")]

    def forecast(member):
        return lambda: record(proposition, forecaster=member, probability=0.8, at=day(1))

    ruling, *results = at_once(lambda: rule(proposition), *map(forecast, members))
    assert isinstance(ruling, Resolution)
    assert all(isinstance(result, Forecast | Refused) for result in results)
    kept = sum(isinstance(result, Forecast) for result in results)
    brier = Score.objects.filter(rule="brier")
    assert at_once(Forecast.objects.count, brier.count) == [kept, kept]


def test_forecasters_are_compared_with_one_another():
    proposition, ada, ben = make_proposition(), make_forecaster(), make_forecaster()
    record(proposition, forecaster=ada, probability=0.8, at=day(0))
    record(proposition, forecaster=ben, probability=0.4, at=day(0))
    rule(proposition)
    share = Score.objects.get(forecaster=ada, rule="peer").coverage
    assert value(ada, "peer") == pytest.approx(share * 100 * math.log(2))
    assert value(ben, "peer") == pytest.approx(-share * 100 * math.log(2))
    assert value(ada, "baseline") == pytest.approx(share * 100 * (1 + math.log2(0.8)))
    assert value(ada, "relative") == pytest.approx(2 * 0.2**2 - (2 * 0.2**2 + 2 * 0.6**2) / 2)


def test_who_forecasts_alone_is_compared_with_nobody():
    proposition, ada = make_proposition(), make_forecaster()
    record(proposition, forecaster=ada, probability=0.8, at=day(0))
    rule(proposition)
    assert set(Score.objects.values_list("rule", flat=True)) == {"brier", "log", "baseline"}
