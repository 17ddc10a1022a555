import pytest

from language.questions.circularity import only_repeats

QUESTION = "Will our town have a new bridge by 30 June 2026?"
STATEMENT = "Our town will have a new bridge by 30 June 2026."


@pytest.mark.parametrize(
    "criteria",
    [
        "Yes if the question resolves yes",
        "Resolves Yes if it happens, otherwise No.",
        "Same as above: yes if the statement is true.",
        QUESTION,
        f"YES if {STATEMENT}",
        "Yes if our town has a new bridge by 30 June 2026, else no.",
    ],
)
def test_criteria_that_only_say_the_question_again_are_circular(criteria):
    assert only_repeats(criteria, QUESTION, STATEMENT)


@pytest.mark.parametrize(
    "criteria",
    [
        "Yes if the town council says that it is open to traffic.",
        "The bridge must be open.",
        "Chinese customs, dollars.",
        "By 30 June 2026, as the Gazette reports.",
        "Ja, wenn die Stadt es meldet.",
    ],
)
def test_criteria_that_name_a_source_or_what_counts_are_not(criteria):
    assert not only_repeats(criteria, QUESTION, STATEMENT)
