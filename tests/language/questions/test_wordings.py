"""Wordings of questions by kind: denials, conditions, thresholds, states, and what must stay empty."""

from datetime import date

import pytest

from language.questions import drafts

PUBLISHED = date(2026, 3, 9)

ASKED = [
    ("No member will resign by December 2026.", "Will any member resign by 31 December 2026?", "no"),
    ("None of the banks will cut rates in 2026.", "Will any of the banks cut rates by 31 December 2026?", "no"),
    ("The party will hold no vote in 2026.", "Will the party hold any vote by 31 December 2026?", "no"),
    ("Neither Tarn nor Holm will resign in 2026.", "Will either Tarn or Holm resign by 31 December 2026?", "no"),
    ("The talks may not resume in 2026.", "Will the talks resume by 31 December 2026?", "no"),
    ("The drought is not going to end in 2026.", "Will the drought end by 31 December 2026?", "no"),
    ("The minister does not plan to step down in 2026.", "Will the minister step down by 31 December 2026?", "no"),
    ("The two sides are unlikely to sign in 2026.", "Will the two sides sign by 31 December 2026?", "no"),
    ("Norvolt ships its first battery in 2026.", "Will Norvolt ship its first battery by 31 December 2026?", "yes"),
    ("Peru and Chile capitulate in 2026.", "Will Peru and Chile capitulate by 31 December 2026?", "yes"),
    ("Rovers and United share the cup in 2026.", "Will Rovers and United share the cup by 31 December 2026?", "yes"),
    (
        "If turnout falls below 40%, the vote will be repeated in 2026.",
        "If turnout falls below 40%, will the vote be repeated by 31 December 2026?",
        "yes",
    ),
    (
        "The vote will be repeated in 2026 if turnout falls below 40%.",
        "If turnout falls below 40%, will the vote be repeated by 31 December 2026?",
        "yes",
    ),
    ("Unless it rains, crops will fail in 2026.", "Unless it rains, will crops fail by 31 December 2026?", "yes"),
    ("Oil will trade between $70 and $80 in 2026.", "Will oil trade between $70 and $80 in 2026?", "yes"),
    ("Sales will double by 2026.", "Will sales double by 31 December 2026?", "yes"),
    ("The bridge will be closed at the end of 2026.", "Will the bridge be closed at the end of 2026?", "yes"),
    ("The truce will hold until December 2026.", "Will the truce hold until 31 December 2026?", "yes"),
    ("Ada Hall remains mayor through 2026.", "Will Ada Hall remain mayor until 31 December 2026?", "yes"),
    ("There will be a second vote in 2026.", "Will there be a second vote by 31 December 2026?", "yes"),
    ("Farms would appeal in 2026 if they lose.", "If they lose, will farms appeal by 31 December 2026?", "yes"),
    ("The dam will supply the city by 2026.", "Will the dam supply the city by 31 December 2026?", "yes"),
    ("Norland will rely on gas in 2026.", "Will Norland rely on gas by 31 December 2026?", "yes"),
    ("In Norland, the tax will be cut in 2026.", "In Norland, will the tax be cut by 31 December 2026?", "yes"),
    ("Growth, now at 1%, will rise to 2% by 2026.", "Will growth rise to 2% by 31 December 2026?", "yes"),
    ("The break in talks could end soon.", "Will the break in talks end by 31 December 2026?", "yes"),
    ("The court is expected to rule in 2026.", "Will the court rule by 31 December 2026?", "yes"),
]  # fmt: skip


@pytest.mark.parametrize(("claim", "question", "side"), ASKED, ids=[row[0] for row in ASKED])
def test_a_claim_becomes_a_question_of_its_kind(claim, question, side):
    draft = drafts.draft(claim, published=PUBLISHED, deadline=date(2026, 12, 31), kind="forecastable")
    assert (draft.question, draft.side, draft.missing) == (question, side, ())


COUNTS = [
    ("Rovers will win 20 games in 2026.", "win at least 20 games"),
    ("Norvolt will add 300 jobs by 2026.", "add at least 300 jobs"),
    ("Norvolt will win with 40% of the vote in 2026.", "win with at least 40% of the vote"),
    ("Norland will cut emissions 40% by 2026.", "cut emissions by at least 40%"),
    ("Norland will cut emissions by 40% in 2026.", "cut emissions by at least 40%"),
    ("There will be 30 million users by 2026.", "there be at least 30 million users"),
    ("There will be 30K cases by 2026.", "there be at least 30K cases"),
    ("Rovers will win at least 20 games in 2026.", "win at least 20 games"),
    ("Tarn will win with 295-305 votes in 2026.", "win with between 295 and 305 votes"),
    ("The rate will be 4 per cent in 2026.", "be 4 per cent"),
    ("Revenue will be between $2 billion and $3 billion in 2026.", "be between $2 billion and $3 billion"),
    ("Growth will rise to 2% in 2026.", "rise to 2%"),
    ("Growth will fall below 2% in 2026.", "fall below 2%"),
    ("Growth will rise more than 2% in 2026.", "rise more than 2%"),
    ("Prices will rise about 3% in 2026.", "rise about 3%"),
    ("Prices will rise 3% in 2026.", "rise by at least 3%"),
    ("Norvolt will lose only 30 jobs in 2026.", "lose at most 30 jobs"),
]


@pytest.mark.parametrize(("claim", "words"), COUNTS, ids=[row[0] for row in COUNTS])
def test_a_bare_count_is_the_least_that_is_asked_for(claim, words):
    draft = drafts.draft(claim, published=PUBLISHED, deadline=date(2026, 12, 31), kind="forecastable")
    assert words in draft.question


MENDED = [
    ("Unemployment will be lower at the end of 2026.", "lower than it was on 9 March 2026 at the end of 2026?"),
    ("Tarn will win the first debate in 2026.", "win the first debate in most polls of those who watched it?"),
    ("Tarn will win the debate prize in 2026.", "Will Tarn win the debate prize by"),
    ("Rents will be going down in 2026.", "lower than they were on 9 March 2026"),
    ("The measles cases will be going down in 2026.", "Will weekly measles cases be lower than they were on"),
    ("Inflation will be rising in 2026.", "higher than it was on 9 March 2026"),
    ("Snow will be falling in 2026.", "Will snow be falling"),
    ("Norvolt will sell a battery that lasts a day in 2026.", "By 31 December 2026, will Norvolt sell a battery"),
    ("Rents will be 5% higher in 2026.", "higher than they were on 9 March 2026"),
    ("The krone will be stronger than the euro in 2026.", "stronger than the euro at the end"),
    ("A deal is unlikely in 2026.", "Will a deal occur by 31 December 2026?"),
    ("Hardly anyone will notice the change in 2026.", "Will anyone notice the change by 31 December 2026?"),
    ("Neither side will win a majority in 2026.", "Will either side win a majority by 31 December 2026?"),
    ("A deal looks unlikely in 2026.", "Will a deal occur by 31 December 2026?"),
    ("Snow is possible in Lundby in 2026.", "Will snow occur in Lundby by 31 December 2026?"),
    ("Tarn looks set to win the race in 2026.", "Will Tarn win the race by 31 December 2026?"),
    ("Growth is seen slowing to 2% in 2026.", "Will growth slow to 2% in 2026?"),
    ("Growth is now seen at 2% in 2026.", "Will growth be at least 2% in 2026?"),
    ("The club has vowed to appeal in 2026.", "Will the club appeal by 31 December 2026?"),
    ("Tarn will neither resign nor retire in 2026.", "Will Tarn resign or retire by 31 December 2026?"),
    ("Norland will yield in 2026, turning over its ships.", "Will Norland yield by 31 December 2026?"),
    ("Norvolt, founded in 2019, will close in 2026.", "Will Norvolt close by 31 December 2026?"),
    ("The strike, now in its third week, will end in 2026.", "Will the strike end by 31 December 2026?"),
    ("Cases could reach up to 40,000 in 2026.", "Will cases reach 40,000 in 2026?"),
    ("Growth will be 2% in 2026, before slowing in 2027.", "Will growth be at least 2% in 2026?"),
    ("The GOP picks up 12 seats in 2026.", "Will the GOP pick up at least 12 seats"),
    ("Holders Norland will retain the trophy in 2026.", "retain the trophy by 31 December 2026?"),
    ("Norvolt will open ten plants in 2026.", "open at least ten plants"),
    ("Norvolt will sell a phone that folds in 2026.", "By 31 December 2026, will Norvolt sell a phone that folds?"),
]


@pytest.mark.parametrize(("claim", "words"), MENDED, ids=[row[0] for row in MENDED])
def test_a_question_asks_for_the_bare_event_with_its_day(claim, words):
    draft = drafts.draft(claim, published=PUBLISHED, deadline=date(2026, 12, 31), kind="forecastable")
    assert words in draft.question


@pytest.mark.parametrize(
    ("claim", "side"),
    [("A deal is unlikely in 2026.", "no"), ("A deal looks likely in 2026.", "yes"),
     ("Tarn will neither resign nor retire in 2026.", "no"), ("A strike is not expected in 2026.", "no"),
     ("The rain does not look to ease in 2026.", "no")],
)  # fmt: skip
def test_a_draft_keeps_the_side_of_its_claim(claim, side):
    draft = drafts.draft(claim, published=PUBLISHED, deadline=date(2026, 12, 31), kind="forecastable")
    assert draft.side == side


PROCESSES = [
    ("Sales will double by 2026.", "threshold"),
    ("House prices will fall by a tenth in 2026.", "threshold"),
    ("Revenue will be between $2 billion and $3 billion.", "threshold"),
    ("More than 300 flights will be cancelled in 2026.", "threshold"),
    ("Norvolt will win 40% of the market in 2026.", "threshold"),
    ("The bridge will be closed at the end of 2026.", "state"),
    ("The truce will hold until December 2026.", "state"),
    ("Ada Hall will remain prime minister.", "state"),
    ("The court will rule in 2026.", "event"),
    ("Tarn will be elected in 2026.", "event"),
    ("The coalition will hold a vote in 2026.", "event"),
]


@pytest.mark.parametrize(("claim", "process"), PROCESSES, ids=[row[0] for row in PROCESSES])
def test_a_draft_has_its_kind_of_process(claim, process):
    draft = drafts.draft(claim, published=PUBLISHED, deadline=date(2026, 12, 31), kind="forecastable")
    assert draft.process == process


LACKING = [
    ("They will cut rates in 2026.", "Say who is meant by “they”."),
    ("It will join the pact in 2026.", "Say what is meant by “it”."),
    ("We will open ten shops in 2026.", "Say who is meant by “we”."),
    ("She will resign in 2026.", "Say who is meant by “she”."),
    ("That will change the vote in 2026.", "Say what is meant by “that”."),
    ("Sales will double in these markets by 2026.", "Say what is meant by “these markets”."),
    ("A sequential increase in sales.", "Say who will do what"),
    ("The reactor will not be switched on until 2026.", "Say by which day it will not have happened"),
    ("She would back Tarn in 2026 if he is nominated.", "Say who is meant by “she”."),
    ("Officials do not rule out a second vote in 2026.", "Say what will happen, without whoever"),
    ("The champions are tired and will not defend their title.", "The wording breaks off or repeats itself"),
    ("The ban will not last beyond June 2026.", "The wording breaks off or repeats itself"),
    ("Rovers v United.", "Say who will do what"),
    ("The bank will cut rates and (as in 2020 buy bonds.", "A bracket or quotation mark is left open"),
    ("The moderators will ask him about it in 2026.", "Say who is meant by “him”."),
    ("Tarn will resign in 2026, Ada Berg will take over.", "The wording breaks off"),
    ("The new line will work so well in 2026.", "The wording breaks off"),
    ("Sales will fall so sharply in 2026.", "The wording breaks off"),
    ("Whoever wins the race will raise taxes in 2026.", "Say who is meant by “whoever”."),
]


@pytest.mark.parametrize(("claim", "lack"), LACKING, ids=[row[0] for row in LACKING])
def test_what_a_stranger_could_not_read_stays_empty_and_says_what_is_missing(claim, lack):
    draft = drafts.draft(claim, published=PUBLISHED, deadline=date(2026, 12, 31), kind="forecastable")
    assert (draft.question, draft.statement, draft.resolution_criteria) == ("", "", "")
    assert any(line.startswith(lack) for line in draft.missing)


@pytest.mark.parametrize(
    "claim",
    ["Few experts think the plant will open in 2026.", "The mayor denied that the plant will open in 2026.",
     "Nobody believes that the plant will open in 2026.", "Critics reject claims that the plant will open in 2026."],
)  # fmt: skip
def test_a_denial_by_others_never_becomes_its_opposite(claim):
    draft = drafts.draft(claim, published=PUBLISHED, deadline=date(2026, 12, 31), kind="forecastable")
    assert not draft.question or draft.side == "no"


CRITERIA = [
    ("The bank will cut its main rate in 2026.", "the bank cut its main rate"),
    ("No member will resign in 2026.", "some member resigned"),
    ("The bridge will still be closed at the end of 2026.", "the bridge was still closed at the end of 2026"),
    ("Peru and Chile will sign in 2026.", "Peru and Chile signed"),
    ("There will be a second vote in 2026.", "there was a second vote"),
    ("If it rains, the match will be moved in 2026.", "If it does not come about that it rains, the question is void."),
    ("Unless it rains, the harvest will fail in 2026.", "If it comes about that it rains, the question is void."),
]


@pytest.mark.parametrize(("claim", "words"), CRITERIA, ids=[row[0] for row in CRITERIA])
def test_criteria_say_what_counts(claim, words):
    draft = drafts.draft(claim, published=PUBLISHED, deadline=date(2026, 12, 31), kind="forecastable")
    assert words in draft.resolution_criteria


def test_a_sentence_opening_is_no_actor():
    draft = drafts.draft("Unless it rains, sales will fall.", published=PUBLISHED, deadline=None, kind="forecastable")
    assert draft.actors == ()


VAGUE = [
    ("The polls will be wrong in 2026.", "be wrong"),
    ("The pundits will be wrong about turnout in 2026.", "be wrong"),
    ("The farmers will react in 2026.", "react"),
    ("The firm will do well in 2026.", "do well"),
    ("Tarn will do badly at the polls in 2026.", "do badly at the polls"),
]


@pytest.mark.parametrize(("claim", "words"), VAGUE, ids=[row[0] for row in VAGUE])
def test_a_verdict_that_nothing_would_show_stays_empty(claim, words):
    draft = drafts.draft(claim, published=PUBLISHED, deadline=date(2026, 12, 31), kind="forecastable")
    assert (draft.question, draft.missing) == ("", (f"Say what would show it: “{words}” leaves that open.",))


def test_a_verdict_with_what_shows_it_is_asked_for():
    draft = drafts.draft(
        "The farmers will respond with a strike in 2026.",
        published=PUBLISHED,
        deadline=date(2026, 12, 31),
        kind="forecastable",
    )
    assert draft.question == "Will the farmers respond with a strike by 31 December 2026?"
