"""The scores of a replay as a table, as JSON and as pictures, also where there is little or nothing to show."""

import json
from datetime import date
from xml.etree import ElementTree

import pytest

from forecasts.maths.baselines import BaselineScore
from forecasts.maths.calibration import JudgedForecast
from forecasts.maths.comparison import Run, summarise
from lab.pictures import scores as score_pictures
from lab.replay import scores


def track(chance, *, outcome, prior=0.5):
    def brier(said):
        return (said - outcome) ** 2

    return BaselineScore(
        brier=brier(chance),
        log=-brier(chance),
        brier_gain=brier(prior) - brier(chance),
        log_gain=brier(prior) - brier(chance),
        coverage=1.0,
        final=chance,
        over_time=(JudgedForecast(probability=chance, outcome=outcome),),
    )


def runs(number, *, crowds=0, hindsight=0):
    return [
        Run(
            proposition_id=n,
            key=f"q{n}",
            question="Will it?",
            outcome=n % 3 == 0,
            effective_on=date(2026, 1, 1),
            hindsight=n < hindsight,
            baselines={
                "estimate": track(0.1 + n % 8 / 10, outcome=n % 3 == 0),
                "evidence": track(0.2, outcome=n % 3 == 0),
                **({"crowd": track(0.3, outcome=n % 3 == 0)} if n < crowds else {}),
                "prior": track(0.5, outcome=n % 3 == 0),
            },
        )
        for n in range(number)
    ]


def test_the_table_has_a_row_a_way_with_intervals_and_how_many():
    lines = scores.table(summarise(runs(12, crowds=3))).splitlines()
    assert [line[:16].strip() for line in lines[1:5]] == ["estimate", "evidence alone", "crowd alone", "prior alone"]
    assert lines[2].split()[2:6] == ["0.240", "[0.140,", "0.340]", "-0.240"]
    assert (lines[3].split()[-1], lines[4].split()[-1]) == ("3", "12")
    assert "hindsight" not in "".join(lines)


def test_the_table_says_what_the_figures_cannot_tell():
    table = scores.table(summarise(runs(9, hindsight=2)))
    assert "too few to tell from luck" in table
    assert "2 of 9 were written with hindsight" in table


def test_one_proposition_has_no_interval():
    assert scores.table(summarise(runs(1))).splitlines()[1].split() == [
        "estimate", "0.810", "-0.810", "-0.560", "-0.560", "1"
    ]  # fmt: skip


def test_nothing_ruled_is_said_in_words():
    assert "nothing was scored" in scores.table(summarise([]))


def test_json_keeps_everything_and_those_without_hindsight_apart():
    found = json.loads(json.dumps(scores.in_full(runs(4, hindsight=3), {n: f"id {n}" for n in range(4)})))
    assert (found["propositions"], found["written_with_hindsight"], found["too_few"]) == (4, 3, True)
    assert found["without_hindsight"]["propositions"] == 1
    assert found["by_proposition"][3]["proposition"] == "id 3"
    assert found["by_proposition"][0]["ways"]["evidence"]["final"] == 0.2
    assert sum(each["count"] for each in found["calibration"]["estimate"]["final"]["bins"]) == 4
    assert "crowd" not in found["ways"]
    assert scores.in_full(runs(2, hindsight=2), {0: "a", 1: "b"})["without_hindsight"] is None


@pytest.mark.parametrize("found", [runs(1), runs(12, crowds=4, hindsight=12), runs(40)])
@pytest.mark.parametrize("draw", [score_pictures.scores, score_pictures.calibration])
def test_pictures_stand_alone_and_change_with_the_scheme(found, draw):
    picture = draw(summarise(found))
    root = ElementTree.fromstring(picture)
    assert root.find("{http://www.w3.org/2000/svg}title").text
    assert "prefers-color-scheme:dark" in picture
    assert "http" not in picture.replace("http://www.w3.org/2000/svg", "")
    assert "nan" not in picture


def test_the_calibration_counts_what_lies_in_each_bin():
    words = "".join(ElementTree.fromstring(score_pictures.calibration(summarise(runs(9)))).itertext())
    assert "Estimate" in words
    assert "Prior alone" in words
    assert "of 9 said at 50% 3 came true" in words
    assert "Too few to tell from luck." in words


def test_equal_scores_are_drawn_too():
    picture = score_pictures.scores(summarise(runs(1)))
    assert picture.count('class="dot"') == 8
