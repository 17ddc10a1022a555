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


@pytest.mark.parametrize(
    "sentence",
    [
        "The bank will announce that rates stay at 3%.",
        "Norvolt will say on Friday that it keeps the plant.",
        "The court may rule that the ban is void.",
        "The ministry would then declare that the port is safe.",
        "The company is to report that sales fell.",
        "Lund will tell the party that she leaves in May.",
        "The agency could confirm that the dam is full.",
        "The union will insist that wages rise by 5%.",
        "The king might promise that he will stay away.",
        "The board will admit that the merger failed.",
        "The jury is expected to find that Marsh lied.",
    ],
)
def test_a_verb_of_saying_that_is_still_to_come_is_no_attribution(sentence):
    (tree,) = parser.parse([sentence])
    assert [sentence[each.start : each.end] for each in assertions.find(tree)] == [sentence]


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("Lund said that taxes will rise in 2027.", "taxes will rise in 2027."),
        ("The bank warned that prices may double.", "prices may double."),
        ("Analysts believe Rovers will win the cup.", "Rovers will win the cup."),
        ("Experts predict that the lake will dry up by 2030.", "the lake will dry up by 2030."),
        ("Marsh insisted he would stay until June.", "he would stay until June."),
        ("The mayor has announced that the bridge will close.", "the bridge will close."),
        ("Norland's government hopes that talks will resume soon.", "talks will resume soon."),
        ("Most members think the vote will be close.", "the vote will be close."),
        ("The report estimates that demand will grow by 3%.", "demand will grow by 3%."),
        ("Two officials confirmed the base will be closed.", "the base will be closed."),
    ],
)
def test_those_who_say_it_are_left_out(sentence, said):
    (tree,) = parser.parse([sentence])
    assert [sentence[each.start : each.end] for each in assertions.find(tree)] == [said]


@pytest.mark.parametrize(
    "sentence",
    [
        "Economists doubt that rates will fall in 2027.",
        "The minister denied that taxes will rise.",
        "Nobody believes that the bridge will open in 2026.",
        "Few expect that the coalition will last.",
        "No analyst thinks that the bank will merge.",
        "The firm does not expect that sales will recover.",
        "Lund never said that she will leave.",
        "He did not believe the court would act.",
        "I think that rates will fall in 2027.",
        "We believe margins will recover this year.",
    ],
)
def test_denials_and_the_first_person_stay_in(sentence):
    (tree,) = parser.parse([sentence])
    assert [sentence[each.start : each.end] for each in assertions.find(tree)] == [sentence]
