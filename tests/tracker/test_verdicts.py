from dataclasses import replace
from datetime import date

import pytest

from tracker.verdicts import Bearing, Facts, Ruling, judge

PRO = Bearing(ref=1, headline="Ministry says yes", direction=1, strength="moderate")
CON = Bearing(ref=2, headline="Customs figures say no", direction=-1, strength="moderate")
TALK = Bearing(ref=3, headline="Experts discuss it", direction=0, strength="")
FACTS = Facts(status="watching", chance=0.7, bearings=(), deadline=date(2025, 12, 31), is_past_deadline=False)


def strong(bearing: Bearing, strength: str = "strong") -> Bearing:
    return replace(bearing, strength=strength)


def test_without_a_confirmed_story_it_watches_whatever_the_chance():
    assert judge(replace(FACTS, chance=0.99)).status == "watching"


def test_stories_that_only_mention_it_leave_it_watching():
    assert judge(replace(FACTS, bearings=(TALK,))).status == "watching"


@pytest.mark.parametrize(
    ("chance", "status"), [(0.595, "holding up"), (0.594, "in doubt"), (0.99, "holding up"), (0.01, "in doubt")]
)
def test_the_rounded_chance_that_pages_show_decides(chance, status):
    assert judge(replace(FACTS, chance=chance, bearings=(PRO,))).status == status


def test_a_fall_names_the_story_that_brought_it_down():
    verdict = judge(replace(FACTS, status="holding up", chance=0.4, chance_before=0.72, bearings=(PRO, CON, TALK)))
    assert verdict.reason == "Fell from 72% to 40%, below 60%, after “Customs figures say no”."
    assert verdict.evidence == CON.ref


def test_a_recovery_names_the_story_that_brought_it_back():
    verdict = judge(replace(FACTS, status="in doubt", chance=0.7, chance_before=0.4, bearings=(CON, PRO)))
    assert verdict.reason == "Rose from 40% to 70% after “Ministry says yes”."


@pytest.mark.parametrize("before", [None, 0.4, 0.2])
def test_nothing_is_said_to_fall_that_is_not_known_to_have_stood_higher(before):
    verdict = judge(replace(FACTS, status="due", chance=0.45, chance_before=before, bearings=(CON,)))
    assert verdict.reason.startswith("Stands at 45% after")


@pytest.mark.parametrize(
    ("drift", "words"),
    [("time", "as time passed"), ("crowd", "as forecasts changed"), ("evidence", "weight of its stories")],
)
def test_a_fall_without_a_new_story_says_what_brought_it_down(drift, words):
    verdict = judge(replace(FACTS, status="holding up", chance=0.4, chance_before=0.8, bearings=(CON,), drift=drift))
    assert verdict.reason.startswith("Fell from 80% to 40%, below 60%,")
    assert words in verdict.reason
    assert verdict.evidence is None


def test_strong_stories_both_ways_contest_it():
    verdict = judge(replace(FACTS, chance=0.5, bearings=(strong(PRO), strong(CON))))
    assert verdict.status == "contested"
    assert PRO.headline in verdict.reason
    assert CON.headline in verdict.reason


def test_a_contest_that_one_side_has_won_is_none():
    assert judge(replace(FACTS, chance=0.9, bearings=(strong(PRO), strong(CON)))).status == "holding up"


def test_moderate_stories_both_ways_are_no_contest():
    assert judge(replace(FACTS, chance=0.5, bearings=(PRO, CON))).status == "in doubt"


def test_a_decisive_story_makes_it_due_before_the_deadline():
    verdict = judge(replace(FACTS, bearings=(CON, strong(PRO, "decisive"))))
    assert verdict.status == "due"
    assert verdict.evidence == PRO.ref


def test_the_deadline_makes_it_due_with_the_last_word():
    verdict = judge(replace(FACTS, is_past_deadline=True, bearings=(PRO, TALK)))
    assert verdict.status == "due"
    assert verdict.reason == "The deadline passed on 31 Dec 2025. Last word: “Experts discuss it”. A person must rule."


def test_a_deadline_without_any_story_says_so():
    verdict = judge(replace(FACTS, is_past_deadline=True))
    assert "without a confirmed story" in verdict.reason
    assert verdict.evidence is None


@pytest.mark.parametrize(
    ("outcome", "status"),
    [("yes", "came true"), ("no", "did not come true"), ("partly", "partly true"), ("void", "void")],
)
def test_a_ruling_overrides_everything(outcome, status):
    ruling = Ruling(outcome=outcome, by="Ann", reason="Customs published it.")
    verdict = judge(replace(FACTS, is_past_deadline=True, bearings=(PRO,), ruling=ruling))
    assert verdict.status == status
    assert verdict.reason == "Ruled by Ann: Customs published it."
