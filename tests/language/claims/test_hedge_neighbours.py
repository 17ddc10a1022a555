"""Words that look like hedges and are none, and hedges that others must not hide."""

import pytest

from language.claims import hedges
from language.syntax import parser

NONE = [
    "They broke their will in the siege.",
    "The will of the people is clear.",
    "The port lies as far west as possible.",
    "Spend as much as possible.",
    "He died in May.",
    "The might of the army is feared.",
    "It is a must-see.",
    "A can of beer costs a pound.",
    "At ten he could see the sea.",
    "It could have gone wrong.",
    "Likely voters back Holm.",
    "Sales rose more than expected.",
    "Prices rose as expected.",
]
READ = [
    ("Firms that might leave will pay more.", "will", False),
    ("I think the bill passes.", "I think", False),
    ("I am fairly sure that it passes.", "fairly sure", False),
    ("It is near-certain to pass.", "near-certain", False),
    ("We put it at 70% that he will go.", "put it at 70%", False),
    ("Doubts grow that the bill passes.", "Doubts grow", True),
    ("Hopefully it will pass.", "Hopefully", False),
    ("It will not rain.", "will", True),
    ("It is unlikely to rain.", "unlikely", True),
    ("There's a shot they make it.", "There's a shot", False),
]


@pytest.mark.parametrize("text", NONE)
@pytest.mark.parametrize("parsed", [True, False])
def test_a_homograph_is_no_hedge(text, parsed):
    assert hedges.read(text, tree=parser.parse([text])[0] if parsed else None) is None


@pytest.mark.parametrize(("text", "words", "denies"), READ, ids=[row[0] for row in READ])
def test_the_hedge_of_the_predicate_is_read(text, words, denies):
    hedge = hedges.read(text, tree=parser.parse([text])[0])
    assert (hedge.words, hedge.denies) == (words, denies)
    assert hedge.of_event == pytest.approx(1 - hedge.probability if denies else hedge.probability)


def test_an_attribution_makes_a_plain_future_less_sure():
    hedge = hedges.read("rents will fall", cue="Ida Holm thinks that ")
    assert (hedge.probability, hedge.start, hedge.end) == (hedges.read("I think so").probability, 0, 0)
    assert hedges.read("rents may fall", cue="Ida Holm thinks").words == "may"
