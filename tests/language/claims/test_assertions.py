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
        "Lund wins",
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


def cut(sentence: str, *, foretells: bool = False) -> list[str]:
    (tree,) = parser.parse([sentence])
    return [sentence[each.start : each.end] for each in assertions.find(tree, foretells=foretells)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "There will be 20,000 new homes in Arden by 2030 and 5,000 new homes in Brook.",
            ["There will be 20,000 new homes in Arden by 2030", "5,000 new homes in Brook."],
        ),
        (
            "Norvolt will hire 300 people in Norland and 120 in Ostrava.",
            ["Norvolt will hire 300 people in Norland", "120 in Ostrava."],
        ),
        (
            "The fair will bring 4 million visitors to Calder and 2 million to Arden.",
            ["The fair will bring 4 million visitors to Calder", "2 million to Arden."],
        ),
        (
            "Turnout will be 62% in the North and 48% in the South.",
            ["Turnout will be 62% in the North", "48% in the South."],
        ),
        (
            "We expect a decline in phone sales and an increase in margins.",
            ["We expect a decline in phone sales", "an increase in margins."],
        ),
        (
            "We expect seasonal declines in paper, and a sequential increase in ink sales.",
            ["We expect seasonal declines in paper", "a sequential increase in ink sales."],
        ),
        (
            "Analysts foresee a drop in rents and a recovery of prices.",
            ["Analysts foresee a drop in rents", "a recovery of prices."],
        ),
        (
            "Rates will stay low throughout 2031, and probably beyond.",
            ["Rates will stay low throughout 2031", "probably beyond."],
        ),
        (
            "The drought will last through June – and perhaps well beyond.",
            ["The drought will last through June", "perhaps well beyond."],
        ),
        (
            "The war will go on until 2029 -- and, for that matter, probably longer.",
            ["The war will go on until 2029", "for that matter, probably longer."],
        ),
        ("Norvolt will hire 300 people in Arden and Brook.", ["Norvolt will hire 300 people in Arden and Brook."]),
        ("Rates and rents will fall in 2027 and 2028.", ["Rates and rents will fall in 2027 and 2028."]),
    ],
)
def test_figures_and_changes_with_a_place_or_time_of_their_own_are_parted(sentence, expected):
    assert cut(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Lund will win with 55% of the vote.", ["Lund will win", "Lund will win with 55% of the vote."]),
        ("Rovers will beat United by 3 goals.", ["Rovers will beat United", "Rovers will beat United by 3 goals."]),
        ("Lund will win the north by 12 points.", ["Lund will win the north", "Lund will win the north by 12 points."]),
        ("The Liberals will lose by 40 seats.", ["The Liberals will lose", "The Liberals will lose by 40 seats."]),
        ("If turnout falls, Lund would win by 3 points.", ["If turnout falls, Lund would win by 3 points."]),
        ("Rovers will win with Marsh in goal.", ["Rovers will win with Marsh in goal."]),
        ("Lund won with 55% of the vote.", ["Lund won with 55% of the vote."]),
        ("NorPolls is projecting a 7.5-point victory for Lund.", ["7.5-point victory for Lund."]),
        ("Pollwatch, which is projecting a 12-seat majority", ["12-seat majority"]),
        ("The institute predicts a 20-point win for the Greens.", ["20-point win for the Greens."]),
        ("We predict a 20-point win for the Greens.", ["We predict a 20-point win for the Greens."]),
    ],
)
def test_an_outcome_stands_by_itself_beside_its_figure(sentence, expected):
    assert cut(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("She is going to lose, and you know it.", ["She is going to lose, and you know it."]),
        ("The bill will fail, and they all know it.", ["The bill will fail, and they all know it."]),
        ("The bill will fail, and Lund knows the reason.", ["The bill will fail", "Lund knows the reason."]),
        ("It seems clear where it will fall, and on which side it will end.", ["It seems clear where it will fall"]),
        (
            "The minister wondered who will lead, and on which day.",
            ["The minister wondered who will lead, and on which day."],
        ),
        (
            "Figures due on Monday will show that emissions are projected to fall by 40%.",
            ["emissions are projected to fall by 40%."],
        ),
        ("The report will reveal Norland is set to miss its target.", ["Norland is set to miss its target."]),
        ("The minister will show that he is ready.", ["The minister will show that he is ready."]),
        ("Joblessness will fall as firms add 40,000 posts.", ["Joblessness will fall", "firms add 40,000 posts."]),
        ("Sales will fall as we move on.", ["Sales will fall"]),
        ("No matter how often Lund denies it, taxes will rise in 2027.", ["taxes will rise in 2027."]),
        (
            "The ministry will sign a deal with the union that will give it greater control over pay than before.",
            ["The ministry will sign a deal with the union", "that will give it greater control over pay than before."],
        ),
        ("The party that wins will raise taxes.", ["The party that wins will raise taxes."]),
        ("We’re certain, for example, that the economy will shrink in 2031.", ["the economy will shrink in 2031."]),
        (
            "Results will be announced Saturday, but the fast 68-year-old Connor acts like a winner.",
            ["Results will be announced Saturday", "the fast 68-year-old Connor acts like a winner."],
        ),
    ],
)
def test_each_part_is_as_much_as_can_stand_alone(sentence, expected):
    assert cut(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Lund will resign in May and move to Brook in June.", ["Lund will resign in May", "move to Brook in June."]),
        (
            "Norvolt is likely to sell the mine by June and to close the plant in 2028.",
            ["Norvolt is likely to sell the mine by June", "to close the plant in 2028."],
        ),
        (
            "The Senate will vote on Friday and go home on Saturday.",
            ["The Senate will vote on Friday", "go home on Saturday."],
        ),
        ("Lund will be tried and convicted in May.", ["Lund will be tried and convicted in May."]),
        ("The union will strike and march in June.", ["The union will strike and march in June."]),
        ("Prices will fall, with rents expected to drop by 5%.", ["Prices will fall", "rents expected to drop by 5%."]),
        (
            "Growth will be weak, with a rate cut likely in March.",
            ["Growth will be weak", "a rate cut likely in March."],
        ),
        ("Lund will speak, with two aides beside her.", ["Lund will speak, with two aides beside her."]),
        (
            "Lund will win the vote, pollsters say, but her party will split.",
            ["Lund will win the vote", "her party will split."],
        ),
        ("Shares will rise by 6 per cent.", ["Shares will rise by 6 per cent."]),
        ("Rents rose 6 per cent.", ["Rents rose 6 per cent."]),
    ],
)  # fmt: skip
def test_each_time_and_each_expectation_has_its_own_part(sentence, expected):
    assert cut(sentence) == expected
