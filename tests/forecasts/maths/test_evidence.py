"""Prior, stories and crowd adding up: order, repetition, saturation, bounds, and the stored parts."""

import json
import math
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasts.maths import hazard
from forecasts.maths.evidence import LIMIT, STRENGTHS, CrowdForecast, Signal, combine, crowd_weight
from forecasts.maths.hazard import QuestionLife
from forecasts.maths.odds import expit, logit
from forecasts.maths.parameters import DEFAULTS, Parameters
from forecasts.maths.parts import Part, from_json, to_json, total

MONDAY = datetime(2026, 1, 5, 9, tzinfo=UTC)
LATER = MONDAY + timedelta(days=30)
CONSTANT = Parameters(hazard_shape=1.0)
LASTING = Parameters(half_life_days=36500)  # so that what fades is left to the tests that are about it

chances = st.floats(min_value=0.01, max_value=0.99)
signals = st.builds(
    Signal,
    ref=st.sampled_from([f"story {n}" for n in range(12)]),
    direction=st.sampled_from([-1, 0, 1]),
    strength=st.sampled_from(sorted(STRENGTHS.values())),
    weight=st.floats(min_value=0, max_value=1),
    at=st.integers(min_value=0, max_value=96).map(lambda hours: MONDAY + timedelta(hours=hours)),
    settles=st.booleans(),
) | st.builds(
    Signal,
    ref=st.sampled_from([f"story {n}" for n in range(12)]),
    direction=st.sampled_from([-1, 0, 1]),
    strength=st.floats(min_value=0, max_value=1.1),
    weight=st.floats(min_value=0, max_value=1),
    at=st.integers(min_value=0, max_value=96).map(lambda hours: MONDAY + timedelta(hours=hours)),
    classifier=st.sampled_from(["one", "other"]),
    bound=st.just(1.5),
)
lives = st.none() | st.builds(
    QuestionLife,
    opens=st.integers(-60, 2).map(lambda days: MONDAY + timedelta(days=days)),
    closes=st.integers(3, 200).map(lambda days: MONDAY + timedelta(days=days)),
    process=st.sampled_from(["event", "state", None]),
)
crowds = st.none() | st.builds(
    CrowdForecast, probability=chances, count=st.integers(min_value=1, max_value=500), at=st.just(MONDAY)
)


def story(name, direction=1, strength="moderate", weight=1.0, at=MONDAY, **fields):
    return Signal(ref=name, direction=direction, strength=STRENGTHS[strength], weight=weight, at=at, **fields)


def odds_of(*stories, prior=0.5, at=None, **known):
    at = at or max((one.at for one in stories), default=LATER)
    return combine(prior, signals=stories, at=at, parameters=LASTING, **known).log_odds


def test_without_news_and_crowd_the_prior_stands():
    estimated = combine(0.3, at=LATER)
    assert estimated.probability == pytest.approx(0.3)
    assert [part.kind for part in estimated.parts] == ["prior"]


def test_a_story_adds_its_strength_times_its_weight():
    assert odds_of(story("a", weight=0.5)) == pytest.approx(0.5 * math.log(3))
    assert odds_of(story("a", direction=-1, strength="strong"), prior=0.7) == pytest.approx(logit(0.7) - math.log(8))


def test_strengths_are_in_order_and_decisive_news_decides():
    ladder = [STRENGTHS[name] for name in ("weak", "moderate", "strong", "decisive")]
    assert ladder == sorted(ladder)
    assert combine(0.3, signals=[story("a", strength="decisive")], at=MONDAY).probability > 0.9


def test_stories_of_one_day_and_direction_saturate_strongest_first():
    weak, strong = story("a", strength="weak"), story("b", strength="strong")
    assert odds_of(weak, strong) == pytest.approx(math.log(8) + math.log(1.5) / 2)
    many = [story(f"story {n}") for n in range(200)]
    estimated = combine(0.5, signals=many, at=MONDAY)
    assert len(estimated.parts) == 11
    assert estimated.log_odds < 2 * math.log(3)


def test_stories_of_other_days_or_the_other_direction_count_whole():
    tomorrow = story("b", at=MONDAY + timedelta(days=1))
    assert odds_of(story("a"), tomorrow) == pytest.approx(2 * math.log(3), rel=1e-4)
    assert odds_of(story("a"), story("b", direction=-1)) == pytest.approx(0)


def test_the_day_is_the_utc_day_in_whatever_zone_a_story_is_dated():
    tokyo = timezone(timedelta(hours=9))
    morning_in_tokyo = story("b", at=datetime(2026, 1, 6, 8, tzinfo=tokyo))
    assert odds_of(story("a"), morning_in_tokyo) == pytest.approx(1.5 * math.log(3), rel=1e-4)


def test_a_story_counts_once_by_its_strongest_reading():
    assert odds_of(story("a"), story("a", strength="weak"), story("a")) == pytest.approx(math.log(3))


def test_what_moves_nothing_is_no_part():
    quiet = [story("a", direction=0), story("b", weight=0.0)]
    assert [part.kind for part in combine(0.5, signals=quiet, at=LATER).parts] == ["prior"]


def test_nothing_from_the_future_counts():
    crowd = CrowdForecast(probability=0.9, count=5, at=LATER)
    assert odds_of(story("a", at=LATER), crowd=crowd, at=MONDAY) == 0
    assert odds_of(story("a", at=MONDAY), at=MONDAY) == pytest.approx(math.log(3))


def test_a_crowd_pulls_by_its_size():
    assert crowd_weight(4) == 0.5
    assert odds_of(crowd=CrowdForecast(probability=0.9, count=4, at=MONDAY)) == pytest.approx(logit(0.9) / 2)
    assert odds_of(prior=0.9, crowd=CrowdForecast(probability=0.9, count=4, at=MONDAY)) == pytest.approx(logit(0.9))
    with pytest.raises(ValueError, match="at least one"):
        crowd_weight(0)


@given(chances, st.lists(signals), crowds, lives)
def test_parts_sum_to_the_log_odds_shown_and_stay_in_bounds(prior, stories, crowd, life):
    estimated = combine(prior, life=life, signals=stories, crowd=crowd, at=LATER)
    assert estimated.probability == expit(math.fsum(part.log_odds for part in estimated.parts))
    assert 0.005 <= estimated.probability <= 0.995


def test_what_goes_beyond_the_bounds_is_taken_back_by_a_part_of_its_own():
    days = [story(f"story {n}", strength="decisive", at=MONDAY + timedelta(days=n), settles=True) for n in range(5)]
    estimated = combine(0.5, signals=days, at=LATER)
    assert estimated.parts[-1].kind == "limit"
    assert estimated.parts[-1].log_odds == pytest.approx(LIMIT - 5 * math.log(40))
    assert combine(0.001, at=LATER).probability == pytest.approx(0.005, abs=1e-6)


@given(chances, st.lists(signals), crowds, lives, st.randoms())
def test_order_and_repetition_change_nothing(prior, stories, crowd, life, random):
    shuffled = stories + random.sample(stories, k=len(stories) // 2)
    random.shuffle(shuffled)
    assert combine(prior, life=life, signals=stories, crowd=crowd, at=LATER) == combine(
        prior, life=life, signals=shuffled, crowd=crowd, at=LATER
    )


@given(chances, st.lists(signals), crowds, lives, signals)
def test_one_more_story_never_moves_the_estimate_against_itself(prior, stories, crowd, life, more):
    fresh = replace(more, ref="fresh")
    before = combine(prior, life=life, signals=stories, crowd=crowd, at=LATER).log_odds
    after = combine(prior, life=life, signals=[*stories, fresh], crowd=crowd, at=LATER).log_odds
    assert (after - before) * (fresh.direction or 0) >= -1e-12
    if not fresh.direction:
        assert after == before


@given(chances, st.lists(signals), crowds, lives)
def test_mirrored_evidence_gives_the_mirrored_estimate(prior, stories, crowd, life):
    unlike = {one.ref: one for one in stories}.values()
    mirror = [replace(one, direction=-one.direction) for one in unlike]
    turned = life and replace(life, process={"event": "state", "state": "event"}.get(life.process))
    other = crowd and CrowdForecast(probability=1 - crowd.probability, count=crowd.count, at=crowd.at)
    one = combine(prior, life=life, signals=unlike, crowd=crowd, at=LATER)
    two = combine(1 - prior, life=turned, signals=mirror, crowd=other, at=LATER)
    assert one.log_odds == pytest.approx(-two.log_odds, abs=1e-9)


YEAR = QuestionLife(opens=MONDAY, closes=MONDAY + timedelta(days=200), process="event")
MIDDLE = MONDAY + timedelta(days=100)


def test_time_without_the_event_lowers_the_chance_and_a_state_that_lasts_gains():
    event = combine(0.4, life=YEAR, at=MIDDLE)
    state = combine(0.4, life=replace(YEAR, process="state"), at=MIDDLE, parameters=CONSTANT)
    assert [part.kind for part in event.parts] == ["prior", "time"]
    assert event.probability == pytest.approx(hazard.chance(0.4, life=YEAR, at=MIDDLE, shape=DEFAULTS.hazard_shape))
    assert state.probability == pytest.approx(0.4**0.53)
    assert combine(0.4, life=replace(YEAR, process=None), at=MIDDLE).probability == pytest.approx(0.4)


def test_what_has_happened_stops_the_clock_as_far_as_its_source_is_trusted():
    then = MONDAY + timedelta(days=20)
    happened = story("a", strength="decisive", settles=True, at=then)
    half = replace(happened, weight=0.5)
    stopped, half, running = (
        combine(0.4, life=YEAR, signals=known, at=MIDDLE, parameters=CONSTANT).parts[1]
        for known in ([happened], [half], [])
    )
    assert stopped.log_odds == hazard.log_odds(0.4, life=YEAR, at=then, shape=1.0) < 0
    assert half.log_odds == pytest.approx((stopped.log_odds + running.log_odds) / 2)


def test_a_denial_does_not_stop_the_clock_of_an_event():
    denied = story("a", direction=-1, strength="decisive", settles=True)
    stopped, running = (combine(0.4, life=YEAR, signals=known, at=MIDDLE).parts[1] for known in ([denied], []))
    assert stopped == running


def test_a_story_says_half_as_much_after_its_half_life_unless_it_settles_the_question():
    quarter = MONDAY + timedelta(days=90)
    parts = combine(0.5, signals=[story("a"), story("b", direction=-1, settles=True)], at=quarter).parts
    assert [part.share for part in parts[1:]] == [0.5, 1.0]
    assert parts[1].log_odds == pytest.approx(math.log(3) / 2)


def test_nothing_fades_after_the_close():
    closed, later = (
        combine(0.4, life=YEAR, signals=[story("a")], at=at) for at in (YEAR.closes, LATER.replace(year=2028))
    )
    assert [part.log_odds for part in closed.parts] == [part.log_odds for part in later.parts]


def suggestion(name, strength=0.8, days=0, **fields):
    at = MONDAY + timedelta(days=days)
    whole = {"direction": 1, "weight": 1.0, "classifier": "a classifier", "bound": 1.5, **fields}
    return Signal(ref=name, strength=strength, at=at, **whole)


def test_one_suggestion_counts_nearly_whole_and_any_number_stays_within_the_readers_bound():
    daily = [suggestion(f"story {n}", strength=0.2, days=n) for n in range(200)]
    assert odds_of(daily[0]) == pytest.approx(0.2, rel=0.01)
    assert 1.4 < odds_of(*daily, at=MONDAY + timedelta(days=199)) <= 1.5


def test_suggestions_both_ways_are_balanced_before_the_bound_not_after():
    """Three weak ones for and one strong against cancel out, however many of them there are."""
    many = [suggestion(f"for {n}", strength=0.1) for n in range(300)]
    many += [suggestion(f"against {n}", strength=0.3, direction=-1) for n in range(100)]
    assert odds_of(*many) == pytest.approx(0, abs=1e-9)


def test_each_reader_has_a_bound_of_its_own():
    def chorus(classifier):
        return [suggestion(f"{classifier} {n}", classifier=classifier) for n in range(50)]

    assert odds_of(*chorus("one"), *chorus("other")) == pytest.approx(2 * odds_of(*chorus("one")))


@pytest.mark.parametrize("bound", [0.0, -1.0, float("nan"), float("inf")])
def test_a_suggestion_without_a_bound_is_refused(bound):
    with pytest.raises(ValueError, match="no log-odds above 0"):
        suggestion("a", bound=bound)


def test_what_a_person_confirmed_of_a_story_comes_before_what_was_suggested_of_it():
    both = [suggestion("a", strength=1.0), story("a", strength="weak")]
    assert [part.kind for part in combine(0.5, signals=both, at=MONDAY).parts] == ["prior", "evidence"]
    with pytest.raises(ValueError, match="only what a person confirmed"):
        suggestion("a", settles=True)


def test_each_parameter_does_what_it_says():
    half = Parameters(evidence_scale=0.5, crowd_doubt=12, crowd_exponent=2.0, hazard_shape=1.0)
    crowd = CrowdForecast(probability=0.6, count=4, at=MONDAY)
    by_news = combine(0.5, signals=[story("a"), suggestion("b")], at=MONDAY, parameters=half).parts
    assert [part.log_odds for part in by_news[1:]] == pytest.approx([math.log(3) / 2, 1.5 * math.tanh(0.8 / 1.5)])
    assert combine(0.5, crowd=crowd, at=MONDAY, parameters=half).log_odds == pytest.approx(2 * logit(0.6) / 4)
    passed = combine(0.4, life=YEAR, at=MIDDLE, parameters=half).parts[1].log_odds
    assert passed == hazard.log_odds(0.4, life=YEAR, at=MIDDLE, shape=1.0)


@given(chances, st.lists(signals), crowds)
def test_parts_survive_storage_to_the_last_bit(prior, stories, crowd):
    estimated = combine(prior, signals=stories, crowd=crowd, at=LATER)
    stored = json.loads(json.dumps(to_json(estimated.parts)))
    assert from_json(stored) == estimated.parts
    assert total(from_json(stored)) == estimated.log_odds


PART = to_json([Part(kind="evidence", ref="a", log_odds=0.4, at=MONDAY)])[0]


@pytest.mark.parametrize(
    ("stored", "complaint"),
    [
        ({}, "are a list"),
        ("[]", "are a list"),
        ([None], "Part 0 must have"),
        ([{**PART, "more": 1}], "Part 0 must have"),
        ([PART, {k: v for k, v in PART.items() if k != "at"}], "Part 1 must have"),
        ([{**PART, "kind": "gossip"}], "unknown kind"),
        ([{**PART, "kind": ["prior"]}], "unknown kind"),
        ([{**PART, "ref": ""}], "refers to nothing"),
        ([{**PART, "ref": 7}], "refers to nothing"),
        ([{**PART, "log_odds": "0.4"}], "finite number"),
        ([{**PART, "log_odds": float("nan")}], "finite number"),
        ([{**PART, "share": True}], "finite number"),
        ([{**PART, "at": "yesterday"}], "ISO 8601"),
        ([{**PART, "at": 7}], "ISO 8601"),
        ([{**PART, "at": "2026-01-05T09:00:00"}], "time zone"),
    ],
)
def test_damaged_parts_are_refused_by_place(stored, complaint):
    with pytest.raises(ValueError, match=complaint):
        from_json(stored)


@pytest.mark.parametrize(
    ("field", "value", "complaint"),
    [
        ("ref", "", "needs a ref"),
        ("direction", 2, "none of -1, 0, 1"),
        ("strength", -0.1, "no log-odds"),
        ("strength", float("nan"), "no log-odds"),
        ("weight", 1.1, "not between 0 and 1"),
        ("weight", float("nan"), "not between 0 and 1"),
        ("at", MONDAY.replace(tzinfo=None), "lacks a time zone"),
    ],
)
def test_a_damaged_signal_is_refused(field, value, complaint):
    whole = {"ref": "a", "direction": 1, "strength": 1.0, "weight": 1.0, "at": MONDAY}
    with pytest.raises(ValueError, match=complaint):
        Signal(**{**whole, field: value})
