import pytest

from language.stance.polarity import events

# A text, one of its words, an axis, and where it points after all reversals.
POINTS = [
    ("Norland ends the war", "war", "force", -1),
    ("Norland does not end the war", "war", "force", 1),
    ("Norland extends the truce", "truce", "force", -1),
    ("Truce in Norland collapses", "Truce", "force", 1),
    ("The truce will not hold", "truce", "force", 1),
    ("Norland lifts sanctions", "sanctions", "accord", 1),
    ("Sanctions were lifted", "Sanctions", "accord", 1),
    ("Norland fails to reach a deal", "reach a deal", "accord", -1),
    ("Norland eases to its lowest", "lowest", "amount", -1),
    ("Recession fears fade", "Recession", "welfare", 1),
    ("Plan blocked by opposition", "opposition", "assent", -1),
    ("The regime falls", "falls", "office", -1),
    ("Prices fall", "fall", "amount", -1),
]


@pytest.mark.parametrize(("text", "word", "axis", "sign"), POINTS)
def test_what_reverses_turns_over_what_it_governs(text, word, axis, sign):
    found = {event.word: dict(event.axes) for event in events.read(text).events}
    assert found[word][axis] == sign


# The same event said ever less firmly.
FIRMNESS = ["Norland signs treaty", "Norland to sign treaty", "Norland may sign treaty", "Will Norland sign treaty?"]


def test_plans_doubts_and_questions_weigh_ever_less():
    weights = [events.read(text).events[0].weight for text in FIRMNESS]
    assert weights == sorted(weights, reverse=True)
    assert len(set(weights)) == len(weights)


def test_what_accompanies_the_main_event_weighs_less():
    first, second = (event for event in events.read("Norland wins after Sudria protests").events)
    assert first.weight > second.weight


@pytest.mark.parametrize("text", ["last year", "at the end of the year", "United States", "the Security Council"])
def test_times_and_names_are_no_events(text):
    assert events.read(text).events == ()


@pytest.mark.parametrize("text", ["", "\x00", "\u202e!", "not " * 5_000, "rise fall " * 5_000, "'" * 10_000])
def test_hostile_text_is_read_up_to_a_bound(text):
    assert len(events.read(text).events) <= events.READ_CHARACTERS


def test_who_is_beaten_is_told_from_who_beats():
    beaten = events.read("Norland was beaten by Sudria").events[0]
    assert beaten.over
    assert "norland" in beaten.after
