"""Phrases without a verb, which their sentence lends them, and what is expected as what will be."""

import pytest

from language.claims.restating import embedded, gapped
from language.syntax import parser

LENT = [
    ("The Dax will close above 20,000 and {the Footsie above 9,000}.", "the Footsie will close above 9,000"),
    ("Exports should rise 4% and {imports 6% in 2027}.", "imports will rise 6% in 2027"),
    ("There will be 80 buses in Peru, and {40 buses in Chile}.", "there will be 40 buses in Chile"),
    ("Norland will ban diesel cars in 2028 and {Vastia in 2030}.", "Vastia will ban diesel cars in 2030"),
    ("We expect declines in phones and {an increase in laptops}.", "there will be an increase in laptops"),
    ("The bank forecasts growth of 2% and {inflation of 3%}.", "inflation will be 3%"),
    ("Conditions are likely to warrant {low rates through 2027}.", "Conditions will warrant low rates through 2027"),
    ("The ministry sees a deficit of 3% and {unemployment at 5%}.", "unemployment will be 5%"),
    ("Analysts predict a strong harvest and {higher prices in spring}.", "there will be higher prices in spring"),
    ("Gold will trade above $3,000 and {silver above $40 by May}.", "silver will trade above $40 by May"),
]  # fmt: skip


@pytest.mark.parametrize(("marked", "clause"), LENT, ids=[row[0] for row in LENT])
def test_a_phrase_takes_the_verb_of_its_sentence(marked, clause):
    start, end = marked.index("{"), marked.index("}") - 1
    (tree,) = parser.parse([marked.replace("{", "").replace("}", "")])
    assert gapped.sentence(tree, start, end, name=lambda *_: None) == clause


EXPECTED = [
    ("The bank forecasts growth of 2% in 2027.", "growth will be 2% in 2027"),
    ("Analysts expect a 4% rise in exports.", "there will be a 4% rise in exports"),
    ("The ministry sees inflation at 2.4%.", "inflation will be 2.4%"),
    ("Analysts expect a fall of 10% in 2027.", "there will be a fall of 10% in 2027"),
    ("I expect to see Rust as a top five language by 2030.", "Rust will be a top five language by 2030"),
    ("We do not expect a recession in 2026.", "there will be no recession in 2026"),
    ("The bank now sees two rate cuts in 2026.", "there will be two rate cuts in 2026"),
    ("Forecasters predict heavy rain on Friday.", "there will be heavy rain on Friday"),
    ("The fund projects a deficit of about 4% in 2027.", "there will be a deficit of about 4% in 2027"),
    ("The farm lobby foresees higher prices.", "there will be higher prices"),
]


@pytest.mark.parametrize(("sentence", "clause"), EXPECTED, ids=[row[0] for row in EXPECTED])
def test_what_is_expected_comes_about(sentence, clause):
    (tree,) = parser.parse([sentence])
    verb = embedded.asserted(tree, 0, len(sentence)).verb
    assert gapped.expected(tree, verb, len(sentence), name=lambda *_: None) == clause


@pytest.mark.parametrize(
    "sentence",
    ["Prices could see a fall of 10% in 2027.", "The bank will cut rates.", "Nobody saw the rise of Norvolt.",
     "We expect the minister to resign.", "The club expects its striker back."],
)  # fmt: skip
def test_what_is_not_expected_as_a_thing_is_left_alone(sentence):
    (tree,) = parser.parse([sentence])
    verb = embedded.asserted(tree, 0, len(sentence)).verb
    assert gapped.expected(tree, verb, len(sentence), name=lambda *_: None) == ""
