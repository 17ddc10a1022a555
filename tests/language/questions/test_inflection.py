import pytest

from language.questions import inflection

PASTS = [
    ("win", "won"),
    ("cut", "cut"),
    ("rise", "rose"),
    ("sign", "signed"),
    ("double", "doubled"),
    ("apply", "applied"),
    ("play", "played"),
    ("stop", "stopped"),
    ("open", "opened"),
    ("admit", "admitted"),
    ("withdraw", "withdrew"),
    ("outsell", "outsold"),
    ("rebuild", "rebuilt"),
]


@pytest.mark.parametrize(("verb", "past"), PASTS)
def test_a_verb_has_its_past_tense(verb, past):
    assert inflection.past(verb, is_plural=False) == past


def test_only_be_tells_one_from_many():
    assert (inflection.past("be", is_plural=True), inflection.past("be", is_plural=False)) == ("were", "was")
