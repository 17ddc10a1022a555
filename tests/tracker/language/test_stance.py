import pytest

from tracker.language import stance

TURNS = [
    ("Russia and Ukraine will sign a ceasefire.", "Russia and Ukraine sign a ceasefire in Geneva", "supports"),
    (
        "Russia and Ukraine will sign a ceasefire.",
        "Kyiv rejects the ceasefire Russia and Ukraine were to sign",
        "contradicts",
    ),
    ("Tesla's car sales will rise.", "Tesla's car sales fall again in December", "contradicts"),
    ("Tesla's car sales will rise.", "Tesla's car sales did not fall in December", "supports"),
    ("Tesla's car sales will rise.", "Tesla unveils a new car in Berlin", "mentions"),
    ("", "", "mentions"),
    ("\x00", "\u202e", "mentions"),
]


@pytest.mark.parametrize(("claim", "title", "expected"), TURNS)
def test_direction_words_turn_the_suggestion(claim, title, expected):
    assert stance.judge(claim, title=title, body="").stance == expected


@pytest.mark.parametrize(("claim", "title", "expected"), TURNS)
def test_probabilities_sum_to_one_and_stay_modest(claim, title, expected):
    judged = stance.judge(claim, title=title, body="Officials spoke. Sales rise and fall.")
    assert judged.supports + judged.contradicts + judged.mentions == pytest.approx(1)
    assert max(judged.supports, judged.contradicts) <= 0.6
    assert min(judged.supports, judged.contradicts, judged.mentions) > 0


def test_the_passage_is_cut_between_words():
    body = "Tesla's car sales " + "grew and grew " * 60 + "."
    passage = stance.judge("Tesla's car sales will rise.", title="News", body=body).passage
    assert len(passage) <= 300
    assert passage.endswith(("grew…", "and…"))
