"""Scoring anew: what agrees is left alone, what differs is put right, and nothing is written when only looking."""

from datetime import date

import pytest
from django.core.management import call_command

from forecasts.models import Forecaster, Resolution, Score
from forecasts.rescoring import rescore
from forecasts.resolution import reverse
from tests.forecasts.makers import day, make_forecaster, make_pool, ruled

pytestmark = pytest.mark.django_db


def keys():
    return set(Score.objects.values_list("pk", flat=True))


def test_nothing_ruled_is_nothing_to_do():
    assert (rescore().rulings, rescore().changed) == (0, ())


def test_scores_that_agree_are_not_touched():
    ada, ben = make_forecaster(), make_forecaster("Ben")
    ruled("one", {ada: 0.8, ben: 0.4})
    ruled("two", {ada: 0.3}, outcome="no", effective_on=date(2026, 1, 5))
    before = keys()
    report = rescore()
    assert (report.rulings, report.changed, keys()) == (2, (), before)


@pytest.mark.parametrize("damage", [{"value": 0.5}, {"attainable": 0.9}, {"low": 0.1, "high": 0.2}])
def test_scores_that_differ_are_put_right_once(damage):
    ada = make_forecaster()
    ruled("good", {ada: 0.8})
    ruling = ruled("bad", {ada: 0.8}, effective_on=date(2026, 1, 5))
    right = list(ruling.scores.order_by("rule").values_list("rule", "value", "low", "attainable"))
    ruling.scores.filter(rule="brier").update(**damage)
    assert rescore(write=False).changed == ("bad",)
    assert rescore().changed == ("bad",)
    assert list(ruling.scores.order_by("rule").values_list("rule", "value", "low", "attainable")) == right
    assert rescore().changed == ()


def test_a_ruling_from_before_the_crowd_was_scored_gets_its_score():
    ruling = ruled("one", {make_forecaster(): 0.8})
    make_pool(ruling.proposition, probability=0.7)
    assert rescore().changed == ("one",)
    assert Forecaster.objects.get(kind="crowd").scores.get(rule="brier").value == pytest.approx(0.09)


def test_void_rulings_and_those_taken_back_stay_without_scores():
    ada = make_forecaster()
    ruled("void", {ada: 0.8}, outcome="void")
    reverse(ruled("wrong", {ada: 0.8}), reason="A hoax.", by="Dora", at=day(21))
    assert rescore().changed == ()
    assert not Score.objects.exists()
    stray = Resolution.objects.get(proposition__key="void")
    Score.objects.create(resolution=stray, forecaster=ada, rule="brier", value=0.1, coverage=1.0, final_probability=0.8)
    assert rescore().changed == ("void",)
    assert not Score.objects.exists()


def test_the_command_only_looks_when_asked_to(capsys):
    ruling = ruled("one", {make_forecaster(): 0.8})
    ruling.scores.filter(rule="log").delete()
    with pytest.raises(SystemExit):
        call_command("rescore", "--check")
    assert capsys.readouterr().out == "one\none ruling, 1 differ.\n"
    assert ruling.scores.count() == 2
    call_command("rescore")
    assert capsys.readouterr().out == "one\none ruling, 1 scored anew.\n"
    assert ruling.scores.count() == 3
    call_command("rescore", "--check")


def test_scoring_anew_twice_at_once_scores_once(at_once):
    ruling = ruled("one", {make_forecaster(): 0.8})
    ruling.scores.all().delete()
    at_once(rescore, rescore)
    assert at_once(Score.objects.count) == [3]
