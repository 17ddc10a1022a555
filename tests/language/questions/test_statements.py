import pytest

from language.questions.statements import statement_of


@pytest.mark.parametrize(
    ("question", "statement"),
    [
        (
            "Will a gas contract with a price be signed by 31 December 2026?",
            "A gas contract with a price will be signed by 31 December 2026.",
        ),
        ("Will it rain in Zurich on 1 May?", "It will rain in Zurich on 1 May."),
        ("Will Putin visit Beijing by June 2026?", "Putin will visit Beijing by June 2026."),
        ("Will the price of gas fall below 30 euros?", "The price of gas will fall below 30 euros."),
        ("Will the attack on Kyiv start before May?", "The attack on Kyiv will start before May."),
        ("Will there be a ceasefire?", "There will be a ceasefire."),
        ("Will the government not fall before 2027?", "The government will not fall before 2027."),
        ("Will the number of those who pass be above 20?", "The number of those who pass will be above 20."),
        ("  will   turnout increase ", "Turnout will increase."),
    ],
)
def test_a_question_with_will_becomes_a_sentence(question, statement):
    assert statement_of(question) == statement


@pytest.mark.parametrize("question", ["Does the Earth move?", "Will X?", "Is it over by May?"])
def test_what_cannot_be_turned_is_affirmed_as_it_stands(question):
    assert statement_of(question) == f"The answer to “{question}” is Yes."


@pytest.mark.parametrize("question", ["", "  ", "?"])
def test_nothing_says_nothing(question):
    assert statement_of(question) == ""


@pytest.mark.parametrize("question", ["Will " + "x" * 5000, "Will " + "a " * 5000 + "be?", "x" * 5000])
def test_a_statement_fits_its_field(question):
    assert len(statement_of(question)) <= 400
