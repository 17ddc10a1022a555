from dataclasses import replace

import pytest

from language.classifiers.protocol import Pair
from language.matching import relevance
from language.matching.gate import EntryText, QuestionText
from language.sentences.embeddings import MiniLM, load_minilm

IRAN = QuestionText(
    "iran",
    "The United States will strike Iran militarily.",
    "Will the United States carry out a military strike on Iranian territory by 31 March 2026?",
    ("Iran", "United States", "strike", "Tehran"),
    (),
)
MEASLES = QuestionText(
    "measles",
    "The United States will lose its measles elimination status.",
    "Will the United States lose its measles elimination status by June 2026?",
    ("measles", "elimination status", "outbreak"),
    ("United States",),
)
STRIKE = EntryText(
    "strike", "Trump threatens military strike on Iran over protests", "Tehran said it would answer any attack."
)
OUTBREAK = EntryText("outbreak", "Measles outbreak grows in South Carolina", "US health officials count 185 cases.")
NONE = {"iran": 0.0, "measles": 0.0, "bare": 0.0}  # no threshold
CRICKET = EntryText("cricket", "Australia beat England by five wickets", "The series ends in Sydney on Thursday.")


@pytest.fixture(scope="module")
def minilm() -> MiniLM:
    return load_minilm()


class Counting:
    """Counts what the real model is asked to embed."""

    def __init__(self, inner):
        self.inner, self.texts = inner, []

    def encode(self, texts):
        self.texts += texts
        return self.inner.encode(texts)


@pytest.mark.parametrize("with_model", [True, False])
def test_each_entry_is_attached_where_it_bears(minilm, with_model):
    found = relevance.rank([IRAN, MEASLES], [CRICKET, STRIKE, OUTBREAK], encoder=minilm if with_model else None)
    assert {(match.question, match.entry) for match in found} == {("iran", "strike"), ("measles", "outbreak")}


def test_the_most_relevant_comes_first_and_relevance_is_a_probability(minilm):
    found = relevance.rank([IRAN, MEASLES], [STRIKE, OUTBREAK], encoder=minilm, thresholds=NONE)
    scores = [match.relevance for match in found]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score < 1 for score in scores)


def test_an_entry_that_fails_the_gate_is_never_embedded(minilm):
    counting = Counting(minilm)
    relevance.rank([IRAN, MEASLES], [CRICKET, STRIKE, OUTBREAK], encoder=counting)
    assert not [text for text in counting.texts if "wickets" in text]
    assert len([text for text in counting.texts if text == STRIKE.title]) == 1


def test_a_threshold_of_ones_own_decides(minilm):
    assert relevance.rank([IRAN], [STRIKE], encoder=minilm, thresholds={"iran": 0.999}) == []
    (match,) = relevance.rank([IRAN], [STRIKE], encoder=minilm, thresholds=NONE)
    assert match.relevance < 0.999


def test_the_passage_is_the_sentence_that_says_it():
    body = "Crowds gathered. " * 5 + "The United States will strike Iran soon, a general said. More later."
    (match,) = relevance.rank([IRAN], [EntryText("r", "Iran protests", body)], encoder=None, thresholds=NONE)
    assert match.passage == "The United States will strike Iran soon, a general said."


@pytest.mark.parametrize(
    ("questions", "entries"), [([], []), ([IRAN], []), ([], [STRIKE]), ([IRAN], [EntryText("", "", "")])]
)
def test_nothing_to_rank_gives_nothing(minilm, questions, entries):
    assert relevance.rank(questions, entries, encoder=minilm) == []
    assert relevance.rank(questions, entries, encoder=None) == []


def test_a_proposition_without_words_matches_nothing(minilm):
    assert (
        relevance.rank(
            [QuestionText("", "", "", (), ())], [STRIKE, EntryText("nul", "\x00", "\u202e" * 1_000)], encoder=minilm
        )
        == []
    )


def test_a_threshold_of_a_propositions_own_goes_before_the_usual(minilm):
    found = relevance.rank([IRAN, MEASLES], [STRIKE, OUTBREAK], encoder=minilm, thresholds={"iran": 0.9999})
    assert [match.question for match in found] == ["measles"]


def test_features_of_a_pair_do_not_depend_on_the_others(minilm):
    pairs = [
        Pair(claim=a.claim, keywords=a.keywords, title=r.title) for a in (IRAN, MEASLES) for r in (STRIKE, CRICKET)
    ]
    together = relevance.features(pairs, encoder=minilm)
    assert together.shape == (4, len(relevance.FEATURES))
    assert relevance.features(pairs[2:3], encoder=minilm)[0] == pytest.approx(together[2], abs=0.01)


@pytest.mark.parametrize("text", ["", "\x00", "слово " * 50_000, "a" * 1_000_000, "\u202e\u200b" * 1_000])
def test_whatever_a_text_holds_a_pair_has_a_probability(minilm, text):
    for pair in (Pair(claim=IRAN.claim, title=text, body=text), Pair(claim=text[:5_000], title="Strike on Iran")):
        (score,) = relevance.score([pair], encoder=minilm)
        assert 0 <= score <= 1


def test_a_body_without_a_title_is_read_by_its_beginning(minilm):
    pairs = [Pair(claim=IRAN.claim, title="", body=f"{read.title}. {read.body}") for read in (STRIKE, CRICKET)]
    bearing, other = relevance.score(pairs, encoder=minilm)
    assert bearing > other


def test_thousands_of_propositions_are_ranked_at_once():
    many = [QuestionText(str(n), f"The firm number {n} of Ruritania will close.", "", (), ()) for n in range(3_000)]
    found = relevance.rank([*many, IRAN], [STRIKE, OUTBREAK], encoder=None)
    assert [match.question for match in found] == ["iran"]


@pytest.mark.parametrize("with_model", [True, False])
def test_a_pair_alone_has_the_score_it_has_among_others(minilm, with_model):
    encoder = minilm if with_model else None
    pairs = [
        Pair(claim=a.claim, question=a.question, keywords=a.keywords, actors=a.actors, title=r.title, body=r.body)
        for a, r in ((IRAN, STRIKE), (MEASLES, OUTBREAK), (IRAN, CRICKET))
    ]
    scores = relevance.score(pairs, encoder=encoder)
    (alone,) = relevance.score(pairs[1:2], encoder=encoder)
    ranked = {match.question: match.relevance for match in relevance.rank([MEASLES], [OUTBREAK], encoder=encoder)}
    assert alone == pytest.approx(scores[1], abs=0.01) == pytest.approx(ranked["measles"], abs=0.01)
    assert scores[2] < relevance.bar(encoder) < min(scores[:2])


@pytest.mark.parametrize("with_model", [True, False])
def test_a_proposition_without_keywords_has_weights_and_a_bar_of_its_own(minilm, with_model):
    encoder = minilm if with_model else None
    bare = replace(IRAN, key="bare", keywords=())
    found = relevance.rank([IRAN, bare, MEASLES], [STRIKE, OUTBREAK], encoder=encoder, thresholds=NONE)
    ranked = {match.question: match for match in found if match.entry == "strike"}
    pair = Pair(claim=IRAN.claim, question=IRAN.question, title=STRIKE.title, body=STRIKE.body)
    (score,) = relevance.score([pair], encoder=encoder)
    assert ranked["bare"].relevance == pytest.approx(score, abs=0.01) != pytest.approx(ranked["iran"].relevance)
    usual = relevance.rank([bare], [STRIKE], encoder=encoder)
    assert bool(usual) is (score >= relevance.bar(encoder, bare=True))


def test_without_keywords_or_question_an_entry_that_bears_is_still_found(minilm):
    bare = QuestionText("bare", IRAN.claim, "", (), ())
    (found,) = relevance.rank([bare], [CRICKET, STRIKE, OUTBREAK], encoder=minilm)
    assert found.entry == "strike"
