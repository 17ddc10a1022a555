"""A classifier that learns, over the built-in one."""

import pytest

from language.classifiers import builtin, taught
from language.classifiers.protocol import DecidedStory, Pair

STATED = {
    "claim": "Norland will sign the border treaty with Sudmark.",
    "question": "Will Norland sign the border treaty with Sudmark by May?",
    "keywords": ("border treaty", "Norland", "Sudmark"),
}
WAITS = Pair(**STATED, title="Treaty session in Norland's parliament put off until the autumn")
TITLE = "Norland's parliament puts off its session on the treaty"


@pytest.fixture(scope="module")
def classifier():
    return taught.load(builtin.load())


def after(classifier, *decided):
    return classifier.judge([Pair(**STATED, title=WAITS.title, decided=decided)])[0]


def test_without_decisions_the_base_answers(classifier):
    assert classifier.judge([WAITS]) == builtin.load().judge([WAITS])
    assert (classifier.name, classifier.version) == (builtin.NAME, builtin.VERSION)


@pytest.mark.parametrize("stance", ["supports", "contradicts", "mentions"])
def test_a_report_in_other_words_follows_the_decision_on_the_first(classifier, stance):
    found = after(classifier, DecidedStory(title=TITLE, stance=stance))
    assert found.stance == stance
    assert TITLE in found.why


def test_a_rejected_twin_is_attached_no_longer(classifier):
    found = after(classifier, DecidedStory(title=TITLE, stance=None), DecidedStory(title=WAITS.title, stance=None))
    assert found.relevance < after(classifier).relevance
    assert found.why.endswith("which was rejected.")


def test_pairs_of_one_batch_learn_each_from_its_own_decisions(classifier):
    told = [
        Pair(**STATED, title=WAITS.title, decided=(DecidedStory(title=TITLE, stance=stance),))
        for stance in ("supports", "contradicts")
    ]
    assert [judged.stance for judged in classifier.judge([*told, WAITS])[:2]] == ["supports", "contradicts"]


def test_without_its_weights_the_base_answers(monkeypatch):
    monkeypatch.setattr(taught.taught, "load", lambda: (_ for _ in ()).throw(taught.ModelUnavailable("gone")))
    base = builtin.load()
    assert taught.load(base) is base
