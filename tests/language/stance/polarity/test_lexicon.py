import pytest

from language.stance.polarity import lexicon

FORMS = [
    ("cancel", "cancelled"),
    ("plan", "planned"),
    ("carry", "carries"),
    ("veto", "vetoes"),
    ("free", "freed"),
    ("rise", "rising"),
    ("withdraw", "withdrew"),
    ("offer", "offering"),
    ("admit", "admitted"),
    ("suspend", "suspends"),
    ("lie", "lying"),
    ("ban", "banning"),
]


@pytest.mark.parametrize(("verb", "form"), FORMS)
def test_a_verb_is_known_in_each_of_its_forms(verb, form):
    assert form in set(lexicon.verb_forms(verb))


def test_there_are_hundreds_of_words_and_each_axis_has_both_directions():
    listed = {(axis, sign) for sense in lexicon.senses().values() for axis, sign in sense.axes}
    assert listed == {(axis, sign) for axis in lexicon.AXES for sign in (1, -1)}
    assert len(lexicon.senses()) > 3_000


@pytest.mark.parametrize("plural", ["treaties", "crises", "losses", "deals"])
def test_a_noun_is_known_in_the_plural(plural):
    assert (plural,) in lexicon.senses()


def test_a_phrase_is_inflected_in_its_first_word():
    assert lexicon.senses()[("broke", "off")].axes == (("accord", -1),)
