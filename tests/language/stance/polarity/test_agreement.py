import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from language.stance.polarity import agreement

# What a claim and a headline that bears on it say: the same (+), the opposite (-).
SAME = [
    ("Norland and Sudria will sign a trade deal.", "Norland, Sudria sign trade deal"),
    ("Norland and Sudria will sign a trade deal.", "Trade deal signed by Norland and Sudria"),
    ("Norland and Sudria will sign a trade deal.", "Norland set to sign deal with Sudria"),
    ("Norland will not sign the treaty.", "Norland refuses to sign treaty"),
    ("Norland will not sign the treaty.", "Norland rejects treaty"),
    ("Norland will not sign the treaty.", "Treaty talks collapse in Norland"),
    ("Norland's exports will rise.", "Exports of Norland jump to record high"),
    ("Norland's exports will rise.", "Norland exports did not fall in March"),
    ("Norland's exports will fall.", "Norland's exports slump again"),
    ("Inflation in Norland will fall.", "Norland inflation eases to lowest since 2021"),
    ("Unemployment will not rise in Norland.", "Unemployment falls in Norland"),
    ("The ceasefire in Norland will hold.", "Norland ceasefire extended"),
    ("The ceasefire in Norland will hold.", "Ceasefire holds in Norland despite tension"),
    ("The ceasefire in Norland will collapse.", "Norland violates ceasefire"),
    ("The ceasefire in Norland will not hold.", "Norland bombs Sudria, ending ceasefire"),
    ("The war between Norland and Sudria will continue.", "Norland launches new attack on Sudria"),
    ("The war between Norland and Sudria will end.", "Norland and Sudria agree truce"),
    ("Norland will withdraw its troops from Sudria.", "Norland pulls out troops from Sudria"),
    ("Norland will lift sanctions on Sudria.", "Sanctions on Sudria lifted by Norland"),
    ("Norland will lift sanctions on Sudria.", "Norland ends sanctions"),
    ("Norland will keep its sanctions on Sudria.", "Norland extends sanctions on Sudria"),
    ("Norland will impeach its president.", "Norland's parliament impeaches president"),
    ("Prime minister Arno will survive the year.", "Arno survives no-confidence vote"),
    ("Prime minister Arno will resign.", "Arno steps down as prime minister"),
    ("Prime minister Arno will resign.", "Arno quits after revolt"),
    ("Prime minister Arno will not stay in power.", "Arno ousted in coup"),
    ("The government of Norland will fall.", "Norland's government collapses"),
    ("The Blue Party will win the election.", "Blue Party takes lead in polls"),
    ("The Blue Party will win the election.", "Blue Party beats Green Party"),
    ("The Blue Party will lose the election.", "Green Party beats Blue Party"),
    ("The Blue Party will lose the election.", "Blue Party trails in polls"),
    ("Parliament will approve the budget.", "Parliament passes budget"),
    ("Parliament will approve the budget.", "Budget approved after long debate"),
    ("Parliament will reject the budget.", "Lawmakers vote down budget"),
    ("Parliament will not approve the budget.", "Parliament blocks budget"),
    ("The court will strike down the ban.", "Court overturns ban on protests"),
    ("The court will uphold the ban.", "Court keeps ban in place"),
    ("Norland will ban social media for children.", "Norland bars children from social media"),
    ("The old plant will shut down.", "Plant to close in May"),
    ("The old plant will not close.", "Plant kept open"),
    ("The launch of the rocket will be delayed.", "Rocket launch postponed"),
    ("The launch of the rocket will not be delayed.", "Rocket on track for launch"),
    ("The editor will be released from prison.", "Editor freed after two years"),
    ("The editor will remain in jail.", "Court denies bail to editor"),
    ("Relations between Norland and Sudria will improve.", "Norland and Sudria mend ties"),
    ("Relations between Norland and Sudria remain strong.", "Norland hails friendship with Sudria"),
    ("Norland will attack Sudria.", "Norland threatens Sudria with air strike"),
    ("Norland's economy will recover.", "Norland's economy rebounds"),
    ("Norland will avoid a recession.", "Recession fears fade in Norland"),
    ("The talks between Norland and Sudria will resume.", "Norland and Sudria restart talks"),
]
OPPOSITE = [
    ("Norland and Sudria will sign a trade deal.", "Norland cancels trade deal with Sudria"),
    ("Norland and Sudria will sign a trade deal.", "Norland, Sudria fail to reach deal"),
    ("Norland and Sudria will sign a trade deal.", "Trade talks between Norland and Sudria break down"),
    ("Norland and Sudria will sign a trade deal.", "Norland and Sudria clash over tariffs"),
    ("Norland will not sign the treaty.", "Norland signs treaty"),
    ("Norland will not sign the treaty.", "Norland agrees to treaty"),
    ("Norland's exports will rise.", "Norland exports fall for third month"),
    ("Norland's exports will rise.", "Exports of Norland drop"),
    ("Norland's exports will fall.", "Norland's exports keep rising"),
    ("Norland's exports will not fall.", "Norland exports plunge"),
    ("Inflation in Norland will fall.", "Inflation accelerates in Norland"),
    ("The ceasefire in Norland will hold.", "Norland breaks ceasefire"),
    ("The ceasefire in Norland will hold.", "Ceasefire in Norland collapses"),
    ("The ceasefire in Norland will hold.", "Air strikes kill five in Norland"),
    ("The ceasefire in Norland will not hold.", "Ceasefire holds in Norland"),
    ("The war between Norland and Sudria will continue.", "Norland and Sudria sign peace deal"),
    ("The war between Norland and Sudria will end.", "Norland escalates attacks on Sudria"),
    ("Norland will withdraw its troops from Sudria.", "Norland deploys more troops to Sudria"),
    ("Norland will lift sanctions on Sudria.", "Norland imposes new sanctions on Sudria"),
    ("Norland will lift sanctions on Sudria.", "Norland refuses to lift sanctions"),
    ("Norland will keep its sanctions on Sudria.", "Norland lifts sanctions on Sudria"),
    ("Prime minister Arno will survive the year.", "Arno resigns"),
    ("Prime minister Arno will survive the year.", "Arno ousted by his own party"),
    ("Prime minister Arno will resign.", "Arno clings to power"),
    ("Prime minister Arno will not resign.", "Arno steps down"),
    ("The government of Norland will fall.", "Government of Norland survives vote"),
    ("The Blue Party will win the election.", "Green Party beats Blue Party"),
    ("The Blue Party will win the election.", "Blue Party loses ground"),
    ("The Blue Party will win the election.", "Blue Party beaten by Green Party"),
    ("Parliament will approve the budget.", "Parliament rejects budget"),
    ("Parliament will approve the budget.", "Budget blocked by opposition"),
    ("Parliament will reject the budget.", "Parliament approves budget"),
    ("The court will strike down the ban.", "Court upholds ban on plastic bags"),
    ("Norland will ban social media for children.", "Norland drops ban on social media"),
    ("The old plant will shut down.", "Plant stays open"),
    ("The old plant will not close.", "Old plant shut down"),
    ("The launch of the rocket will be delayed.", "Rocket launch on schedule"),
    ("The editor will be released from prison.", "Editor sentenced to five years"),
    ("The editor will remain in jail.", "Editor released"),
    ("Relations between Norland and Sudria will improve.", "Norland expels envoy of Sudria"),
    ("Relations between Norland and Sudria remain strong.", "Rift opens between Norland and Sudria"),
    ("Norland will attack Sudria.", "Norland rules out attack on Sudria"),
    ("Norland will not attack Sudria.", "Norland bombs Sudria"),
    ("Norland's economy will recover.", "Norland's economy worsens"),
    ("The talks between Norland and Sudria will resume.", "Norland suspends talks with Sudria"),
    ("Norland continues its attacks.", "Norland halts attacks"),
    ("Tourism in Norland will grow.", "Norland denies that tourism grows"),
]


@pytest.mark.parametrize(("claim", "title"), SAME)
def test_what_says_the_same_leans_towards_support(claim, title):
    assert lean(claim, title) > 0


@pytest.mark.parametrize(("claim", "title"), OPPOSITE)
def test_what_says_the_opposite_leans_towards_contradiction(claim, title):
    assert lean(claim, title) < 0


def lean(claim, title):
    directed = agreement.compare(agreement.polarity(claim), title=title, lead="").directed
    return sum(directed.values()) / len(directed)


PLACES = ("Norland", "Sudria", "the Blue Party", "Arno")
DEEDS = ("sign the treaty", "win the vote", "attack the port", "lift the embargo", "ban the song", "free the editor")
NEWS = (
    "Treaty signed in Norland",
    "Sudria attacks port",
    "Arno wins vote after Blue Party fails to block treaty",
    "Embargo on Norland extended",
    "Is the editor to be freed?",
)


@given(st.sampled_from(PLACES), st.sampled_from(DEEDS), st.sampled_from(NEWS), st.sampled_from(["", *NEWS]))
@settings(max_examples=60, deadline=None)
def test_negating_a_claim_turns_over_all_that_points_and_nothing_else(who, deed, title, lead):
    will, will_not = (
        agreement.compare(agreement.polarity(f"{who} will {word}{deed}."), title=title, lead=lead)
        for word in ("", "not ")
    )
    assert will_not.directed == pytest.approx({name: -value for name, value in will.directed.items()})
    assert will_not.plain == pytest.approx(will.plain)


@given(st.text(max_size=300), st.text(max_size=300))
@settings(max_examples=100, deadline=None)
def test_whatever_is_read_stays_within_bounds(claim, title):
    found = agreement.compare(agreement.polarity(claim), title=title, lead=title)
    assert all(-1 <= value <= 1 for value in [*found.directed.values(), *found.plain.values()])
    assert set(found.directed) == set(agreement.DIRECTED)
    assert set(found.plain) == set(agreement.PLAIN)


def test_the_two_words_that_weigh_most_are_named():
    found = agreement.compare(agreement.polarity("Norland will win."), title="Norland loses the final", lead="")
    assert (found.claim_word, found.entry_word, found.same) == ("win", "loses", False)
