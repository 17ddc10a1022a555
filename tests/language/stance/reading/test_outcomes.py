import pytest

from language.stance.reading import outcomes


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("Norland approves the treaty", 1),
        ("Norland rejects the treaty", -1),
        ("Court lifts election ban", 1),
        ("Senate blocks exit from pact", 1),
        ("Norland quits pact", -1),
        ("No return to the pact", -1),
        ("The vote is put off again", -1),
        ("Minister turns the offer down", -1),
        ("Company abandons bid and sells its stake", -1),
        ("Summit ends without accord", -1),
        ("Season ends with a record", 0),
        ("Reactor No. 4 restarts", 1),
        ("A quiet day in Port Arden", 0),
        ("Bridge opens to traffic", 1),
        ("Norland stays out of pact", -1),
        ("Firm keeps off Ostrava route", -1),
        ("Loan staves off default", 1),
        ("Goal saves Halden from the drop", 1),
        ("Minister sacked over leak", -1),
        ("Strike is over", -1),
        ("Petric goes home empty-handed", -1),
        ("Pensioners rally outside parliament", 0),
        ("Coach ends third year in charge", 0),
        ("Shares close at a peak", 0),
        ("Court throws out challenge to the law", 1),
        ("Premier out as cabinet is reshuffled", -1),
        ("Treaty two votes short", -1),
        ("Firm lifts payout", 1),
        ("A quiet week as year closes", 0),
    ],
)
def test_stops_turn_the_sign_and_what_comes_about_is_positive(text, sign):
    assert outcomes.read(text)[0].sign == sign


def test_the_claims_own_verb_counts_where_it_is_one():
    echoes = frozenset({"surrender"})
    assert outcomes.read("Zimbala surrenders to rebels", echoes=echoes)[0].sign == 1
    assert outcomes.read("Fear of the surrender grows", echoes=echoes)[0].sign == 1  # "grows"
    assert outcomes.read("Zimbala rebels in surrender talk", echoes=echoes)[0].sign == 0


def test_the_matters_own_noun_turns_nothing():
    assert outcomes.read("Court strikes down ban", neutral=frozenset({"ban"}))[0].sign == -1


def test_the_end_of_a_strike_is_good_news_where_its_settlement_is_claimed():
    assert outcomes.read("Strike is over", settling=True)[0].sign == 1
    assert outcomes.read("Strike is over")[0].sign == -1


@pytest.mark.parametrize(
    "text", ["Judges leave law intact", "Court declines to hear case", "Strike drags on", "Lang still in charge"]
)
def test_what_is_left_as_it_is_holds(text):
    assert outcomes.read(text)[0].holds


def test_hostile_text_is_read_in_linear_time():
    assert outcomes.read("put " * 50_000)
