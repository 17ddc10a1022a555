import pytest

from language.claims import futures, scores
from language.weights import ModelUnavailable

FUTURE = "The ministry will open two new harbours on the coast by March 2031."
FIGURE = "Unemployment fell by 3 percent last year, and 200,000 people found work."
CHAT = "Thank you, it is good to be here with you."


def absent():
    raise ModelUnavailable("model.onnx: not installed")


@pytest.mark.parametrize("encoder", [scores.load_minilm, absent])
def test_plans_figures_and_thanks_are_told_apart(encoder):
    read = scores.read([FUTURE, FIGURE, CHAT], encoder=encoder)
    assert [score >= 0.5 for score in read.forecastable] == [True, False, False]
    assert [score >= 0.5 for score in read.checkworthy][1:] == [True, False]


def test_a_missing_encoder_is_named():
    assert scores.read([FUTURE], encoder=absent).missing == "model.onnx: not installed"
    assert scores.read([FUTURE]).missing == ""


def test_rules_answer_where_no_model_can_be_read(monkeypatch):
    monkeypatch.setattr(scores, "load_models", absent)
    read = scores.read([FUTURE, CHAT])
    assert read.forecastable[0] >= 0.5 > read.forecastable[1]
    assert read.missing == "model.onnx: not installed"


def test_nothing_to_read_gives_nothing():
    assert scores.read([]) == scores.SentenceScores((), (), "")


def test_what_nobody_sees_changes_no_score():
    assert scores.read(["The b\u200bank \u202ewill close."]) == scores.read(["The bank will close."])


@pytest.mark.parametrize("text", ["", "word", "\ud83d", "\x00", "will " * 200_000, "." * 1_000_000, "said " * 200_000])
def test_odd_texts_have_scores_too(text):
    (score,) = scores.read([text]).forecastable
    assert 0 <= score <= 1


def test_what_comes_after_the_first_thousands_is_read_by_its_words(monkeypatch):
    monkeypatch.setattr(scores, "MOST_ENCODED", 1)
    first, second = scores.read([FUTURE, FUTURE]).forecastable
    assert first == scores.read([FUTURE]).forecastable[0]
    assert second == pytest.approx(scores.read([FUTURE], encoder=absent).forecastable[0])


def test_a_trend_counts_in_an_article():
    text = "Trade between Brazil and Norway continues to grow."
    found = scores.features(text, has_deadline=False)
    assert scores.testable(text, found, future=0.1) > 0.1
    assert scores.testable(CHAT, scores.features(CHAT, has_deadline=False), future=0.1) == 0.1


def test_cues_of_the_future_are_counted():
    found = futures.cues("She said the bank would close at will next year.")
    assert (found["will"], found["said would"], found["next"]) == (0, 0.5, 0.5)
