import pytest

from language.matching import desks, overlaps
from language.matching.gate import EntryText, QuestionText, prepare_entry
from language.sentences import words


@pytest.mark.parametrize(
    "title",
    ["A psychic tells what awaits the prime minister", "France beat Spain in the semifinal", "Quiz: who runs Brem?"],
)
def test_sport_and_leisure_are_known_by_their_words(title):
    assert not desks.STEMS.isdisjoint(words.stems(title))


@pytest.mark.parametrize(
    "title",
    [
        "Miners strike over a battered economy",
        "The Arab League meets on a militant outfit",
        "Films show a raid on the inn",
        "The squad of police won a lottery of visas",
    ],
)
def test_words_that_news_needs_too_are_not_theirs(title):
    assert desks.STEMS.isdisjoint(words.stems(title))


@pytest.mark.parametrize(
    ("claim", "is_other"), [("The president of Brem resigns.", 1.0), ("Brem will host the football final.", 0.0)]
)
def test_an_entry_is_of_another_desk_only_where_the_proposition_is_not(claim, is_other):
    entry = prepare_entry(EntryText("", "Brem wins at football", ""))
    (row,) = overlaps.alone(QuestionText("", claim, "", (), ())).wordings(entry)
    assert dict(zip(overlaps.WORDINGS, row.tolist(), strict=True))["other_desk"] == is_other
