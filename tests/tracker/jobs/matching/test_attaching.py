import numpy as np
import pytest

from language.sentences import embeddings
from language.stance import taught
from language.weights import ModelUnavailable
from tests.makers import NOW, make_entry, make_evidence, make_proposition
from tracker.jobs.matching import attaching
from tracker.jobs.matching.match import match
from tracker.models import Evidence

pytestmark = pytest.mark.django_db

SIGNED = "Norburg and Sudria sign water treaty"


@pytest.fixture
def proposition():
    return make_proposition(
        "Will Norburg and Sudria sign a water treaty?",
        statement="Norburg and Sudria sign a water treaty.",
        keywords=["Norburg", "Sudria", "water", "treaty"],
        actors=["Norburg", "Sudria"],
    )


def decide(proposition, title, state, *, relevance, number=0):
    (vector,) = embeddings.load_minilm().encode([taught.text_of(title, "")])
    stance = {"stance": "supports"} if state == "confirmed" else {}
    fields = {"classifier": "built-in 5", "relevance": relevance, "state": state, **stance}
    make_evidence(proposition, headline=f"{title} {number}", vector=vector.astype(np.float16).tobytes(), **fields)


def test_what_is_like_rejected_news_is_not_attached_and_the_rest_still_is(proposition):
    for number in range(6):
        decide(proposition, "Water rates rise in Norburg", "rejected", relevance=0.76, number=number)
        decide(proposition, SIGNED, "confirmed", relevance=0.9, number=number)
    make_entry("Water rates to rise in Norburg, owners told")
    make_entry("Water treaty: Norburg and Sudria sign at last")
    match(NOW)
    found = Evidence.objects.filter(state="suggested").values_list("revision__title", flat=True)
    assert list(found) == ["Water treaty: Norburg and Sudria sign at last"]


def test_decisions_without_vectors_leave_the_threshold_to_decide(proposition):
    make_evidence(proposition, headline=SIGNED, state="rejected", classifier="built-in 5", relevance=0.7)
    assert attaching.lessons_of([proposition.pk]) == {}


def test_without_its_weights_nothing_is_learned(proposition, monkeypatch):
    def missing():
        raise ModelUnavailable("taught.json")

    decide(proposition, SIGNED, "confirmed", relevance=0.9)
    monkeypatch.setattr(taught, "load", missing)
    assert (attaching.bar(), attaching.lessons_of([proposition.pk])) == (None, {})


def test_another_question_learns_nothing(proposition):
    decide(proposition, SIGNED, "rejected", relevance=0.7)
    other = make_proposition("Will it rain?")
    assert set(attaching.lessons_of([proposition.pk, other.pk])) == {proposition.pk}
