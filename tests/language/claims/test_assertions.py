import pytest

from language.claims import assertions
from language.syntax import parser

CUTS = {
    "Rates will fall in June, but banks will lend less.": ["Rates will fall in June", "banks will lend less."],
    "While talks go on, the army will leave Arden.": ["talks go on", "the army will leave Arden."],
    "Rovers win the cup; United are relegated.": ["Rovers win the cup", "United are relegated."],
    "If talks fail, Norland will raise tariffs by June.": ["If talks fail, Norland will raise tariffs by June."],
    "Analysts say that Norvolt will cut 500 jobs.": ["Norvolt will cut 500 jobs."],
    "Norvolt will cut 500 jobs, analysts said.": ["Norvolt will cut 500 jobs"],
    "Few economists expect that inflation will fall below 2%.": [
        "Few economists expect that inflation will fall below 2%."
    ],
    "The minister will announce that the road opens.": ["The minister will announce that the road opens."],
    "The minister may say that the road is safe.": ["The minister may say that the road is safe."],
    "Ada Lund would tell voters that taxes will rise.": ["Ada Lund would tell voters that taxes will rise."],
    "The bank did not say that it will merge.": ["The bank did not say that it will merge."],
    "The bank expects growth to reach 3% in 2027.": ["growth to reach 3% in 2027."],
    "We expect growth to reach 3% in 2027.": ["We expect growth to reach 3% in 2027."],
    "Growth will reach 2% in 2026 and 3% in 2027.": ["Growth will reach 2% in 2026", "3% in 2027."],
    "Rates will fall to 3% by June and to 2% by the end of 2027.": [
        "Rates will fall to 3% by June",
        "to 2% by the end of 2027.",
    ],
    "The mine will close in 2027, which will cost 900 jobs.": [
        "The mine will close in 2027",
        "which will cost 900 jobs.",
    ],
    "Norvolt will open plants in Arden, Brook and Calder by 2028.": [
        "Norvolt will open plants in Arden, Brook and Calder by 2028."
    ],
    "We expect sales to decline as we move on to new models.": ["We expect sales to decline"],
    "According to the bank, rates will fall in 2027.": ["rates will fall in 2027."],
    "The index will close above 12,000 and the fund above 2,500 by July.": [
        "The index will close above 12,000",
        "the fund above 2,500 by July.",
    ],
    "The mayor (who will retire in May) plans to write a book.": [
        "The mayor (who will retire in May) plans to write a book."
    ],
}


@pytest.mark.parametrize(("sentence", "expected"), CUTS.items(), ids=[sentence[:40] for sentence in CUTS])
def test_a_sentence_parts_where_the_world_settles_its_parts(sentence, expected):
    (tree,) = parser.parse([sentence])
    assert [sentence[each.start : each.end] for each in assertions.find(tree)] == expected


def test_a_participle_foretells_among_predictions_alone():
    sentence = "Lund wins by ten points, losing only the north."
    (tree,) = parser.parse([sentence])
    assert [sentence[each.start : each.end] for each in assertions.find(tree, foretells=True)] == [
        "Lund wins by ten points",
        "losing only the north.",
    ]
    assert len(assertions.find(tree)) == 1


@pytest.mark.parametrize("sentence", ["", "Yes.", "(((((", "“”“”“", "and and and and", "A" * 1_600, ", - " * 99])
def test_nonsense_breaks_nothing(sentence):
    (tree,) = parser.parse([sentence])
    assert all(sentence[each.start : each.end] for each in assertions.find(tree))
