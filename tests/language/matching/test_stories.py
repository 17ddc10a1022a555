import pytest

from language.matching import stories

BODY = (
    "The two leaders signed a declaration in Moscow on Thursday after three hours of talks, pledging deeper ties in"
    " energy and trade. Officials said more than twenty documents had been exchanged. Analysts in the capital called it"
    " routine."
)
SIGNED = stories.signature("Leaders sign declaration after Moscow talks", BODY)


def test_a_copy_with_light_edits_is_the_same_story():
    edited = BODY.replace("on Thursday", "Thursday").replace("routine", "a routine affair")
    copy = stories.signature("Leaders sign declaration in Moscow", f"MOSCOW (Agency) - {edited}")
    assert stories.same_story(SIGNED, copy)
    assert set(stories.keys(SIGNED)) & set(stories.keys(copy))


def test_another_report_on_the_topic_is_another_story():
    other = stories.signature(
        "Moscow talks leave allies uneasy",
        "European diplomats voiced doubts about the declaration signed in Moscow, and say it changes little.",
    )
    assert not stories.same_story(SIGNED, other)


@pytest.mark.parametrize("framed", ["Watch: {}", "BREAKING - {}", "{} | The Daily Record", "{} - Example News", "‘{}’"])
def test_an_outlets_frame_around_a_title_changes_nothing(framed):
    title = "Ousted leader pleads not guilty in narcotics case"
    one, other = stories.signature(title, "One text."), stories.signature(framed.format(title), "Quite another text.")
    assert stories.same_story(one, other)
    assert set(stories.keys(one)) & set(stories.keys(other))


def test_standing_text_under_different_titles_is_no_copy():
    standing = (
        "This column delivers deeper coverage of the political, cultural and ideological issues of our time, daily."
    )
    one = stories.signature("Lessons about islands", standing)
    assert not stories.same_story(one, stories.signature("Harvest festivals return", standing))


def test_a_short_title_and_no_text_tell_nothing():
    latest = stories.signature("Here’s the latest.", "")
    assert not stories.same_story(latest, stories.signature("Here’s the latest.", ""))


def test_a_signature_survives_storage():
    assert stories.Signature.from_bytes(bytes(SIGNED)) == SIGNED


@pytest.mark.parametrize("stored", [b"", b"short", b"\xff" * 600])
def test_a_broken_signature_is_refused(stored):
    with pytest.raises(ValueError, match="not a stored signature"):
        stories.Signature.from_bytes(stored)


@pytest.mark.parametrize(
    "text", ["", "\x00\u200b\u202e", "word", "a " * 100_000], ids=["empty", "controls", "word", "long"]
)
def test_any_text_has_a_signature(text):
    made = stories.signature(text, text)
    assert made == stories.signature(text, text)
    assert len(made.digest) == 4 * stories.PERMUTATIONS
    assert len(stories.keys(made)) in (0, stories.KEYS, stories.KEYS + 1)
