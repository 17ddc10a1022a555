import re
from datetime import date

import pytest

from language.questions import drafts

PUBLISHED = date(2025, 5, 9)
YEAR_END = date(2025, 12, 31)

STATED = [
    (
        "Xi is not expected to make concessions to Putin given Russia's current economic struggles.",
        "Xi will make concessions to Putin by 31 December 2025.",
        "Will Xi make concessions to Putin by 31 December 2025?",
    ),
    (
        "Some analysts suggest China could leverage U.S. diplomatic uncertainty.",
        "China will leverage U.S. diplomatic uncertainty by 31 December 2025.",
        "Will China leverage U.S. diplomatic uncertainty by 31 December 2025?",
    ),
    (
        "However, the bank is likely to cut rates.",
        "The bank will cut rates by 31 December 2025.",
        "Will the bank cut rates by 31 December 2025?",
    ),
    (
        "The relationship remains strong.",
        "The relationship will remain strong until 31 December 2025.",
        "Will the relationship remain strong until 31 December 2025?",
    ),
    (
        "The party won’t win the vote",
        "The party will win the vote by 31 December 2025.",
        "Will the party win the vote by 31 December 2025?",
    ),
    (
        "The Commission will probably release the funds, according to two officials.",
        "The Commission will release the funds by 31 December 2025.",
        "Will the Commission release the funds by 31 December 2025?",
    ),
    (
        "“We expect Ukraine to join the Union,” said Marta Kos, the commissioner for enlargement.",
        "Ukraine will join the Union by 31 December 2025.",
        "Will Ukraine join the Union by 31 December 2025?",
    ),
    (
        "Turkey could mediate once more, as it did in 2022.",
        "Turkey will mediate once more by 31 December 2025.",
        "Will Turkey mediate once more by 31 December 2025?",
    ),
]


@pytest.mark.parametrize(("claim", "statement", "question"), STATED)
def test_a_claim_becomes_a_statement_and_its_question(claim, statement, question):
    draft = drafts.draft(claim, published=PUBLISHED, deadline=None, kind="forecastable")
    assert (draft.statement, draft.question) == (statement, question)
    assert draft.deadline == YEAR_END


@pytest.mark.parametrize(
    "claim",
    [
        "Moscow is not expected to sign a treaty",
        "Moscow is unlikely to sign a treaty.",
        "Moscow will likely not sign a treaty, Novak said on Monday.",
        "Moscow will never sign a treaty.",
        "Analysts do not expect Moscow to sign a treaty.",
    ],
)
def test_of_a_denial_the_question_asks_for_the_event(claim):
    draft = drafts.draft(claim, published=PUBLISHED, deadline=None, kind="forecastable")
    assert (draft.question, draft.side) == ("Will Moscow sign a treaty by 31 December 2025?", "no")
    assert "Moscow signed a treaty" in draft.resolution_criteria
    assert re.fullmatch("Moscow will (not|never) sign a treaty", draft.headline)


def test_the_deadline_is_said_once():
    draft = drafts.draft(
        "Rates will fall by June 2026.", published=PUBLISHED, deadline=date(2026, 6, 30), kind="forecastable"
    )
    assert draft.statement == "Rates will fall by 30 June 2026."
    assert "30 June 2026" in draft.resolution_criteria


def test_late_in_the_year_the_next_year_end_is_meant():
    draft = drafts.draft("It will rain", published=date(2025, 9, 1), deadline=None, kind="forecastable")
    assert draft.deadline == date(2026, 12, 31)


def test_a_statement_about_the_past_asks_whether_it_is_true():
    draft = drafts.draft("Exports fell 12% in 2024.", published=PUBLISHED, deadline=None, kind="verifiable")
    assert (draft.question, draft.statement) == (
        "Is it true that Exports fell 12% in 2024?",
        "Exports fell 12% in 2024.",
    )


def test_actors_and_rare_words_become_keywords():
    draft = drafts.draft("Moscow will sign a defence pact", published=PUBLISHED, deadline=None, kind="forecastable")
    assert draft.actors == ("Russia",)
    assert draft.keywords[0] == "Russia"
    assert {"pact", "defence"} <= set(draft.keywords)


@pytest.mark.parametrize("claim", ["", ".", "\x00\u200b", "x" * 1_000_000, "will " * 100_000])
def test_any_text_gives_a_draft_of_bounded_size(claim):
    draft = drafts.draft(claim, published=PUBLISHED, deadline=None, kind="forecastable")
    assert draft.question.endswith("?") or (not draft.question and (draft.missing or draft.refusal))
    assert len(draft.question) < 1_000
    assert len(draft.keywords) <= 8


def test_a_clause_from_inside_a_sentence_keeps_its_small_letter():
    drafted = drafts.draft("challenges persist for Xi", published=PUBLISHED, deadline=None, kind="evaluative")
    assert drafted.question == "Will challenges persist for Xi until 31 December 2025?"
