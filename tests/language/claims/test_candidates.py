from datetime import date

import pytest

from language.claims import candidates, extraction, layout, readings
from language.syntax import parser
from language.weights import ModelUnavailable

PUBLISHED = date(2026, 2, 10)


def texts(text: str, *, title: str = "") -> list[str]:
    return [candidate.text for candidate in candidates.find(text, title=title).candidates]


@pytest.mark.parametrize(
    "text",
    [
        "Will Rovers win the cup? Yes.",
        "Will Rovers win the cup? No.",
        "Will the mayor resign in 2026? Probably not.",
        "Will the mayor resign in 2026? Almost certainly.",
        "Can Lund win in the north? I doubt it.",
        "Is the bank going to cut rates? Not this year.",
        "Will the bridge open by June? 80%.",
        "Will the bridge open by June? Unlikely.",
        "Does Norland join the pact by 2027? We think so.",
        "Will the court uphold the ban?\n\nForecast: 81%",
        "Will taxes rise in 2027? Of course.",
    ],
)
def test_a_question_that_is_answered_at_once_is_one_claim(text):
    assert texts(text, title="Predictions for 2026") == [text]


@pytest.mark.parametrize(
    "text", ["Will Rovers win the cup?", "Will Rovers win the cup? The season was long and hard for everyone."]
)
def test_a_question_that_nobody_answers_claims_nothing(text):
    assert not any("?" in each for each in texts(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Champions: Rovers.", "Champions: Rovers"),
        ("Winner: Ada Lund", "Winner: Ada Lund"),
        ("- Relegated: Arden and Brook", "Relegated: Arden and Brook"),
        ("1. Best picture: The Long Road", "Best picture: The Long Road"),
        ("Best director - Jo Marsh", "Best director - Jo Marsh"),
        ("Score: Rovers 2-1 United", "Score: Rovers 2-1 United"),
        ("3. Top scorer – Karim Mahood", "Top scorer – Karim Mahood"),
        ("Next prime minister: Ada Lund", "Next prime minister: Ada Lund"),
        ("Rovers (52-30)", "Rovers (52-30)"),
        ("2. Rovers (52 – 30) – They kept their coach.", "Rovers (52 – 30)"),
        ("* Inflation: below 2%", "Inflation: below 2%"),
        ("Rovers by a goal", "Rovers by a goal"),
    ],
)
def test_an_entry_of_a_list_of_predictions_foretells_without_a_sentence(text, expected):
    title = "Our predictions"
    lines = f"A season of surprises lies before us all.\n{text}\nUnited will be second in the league."
    assert expected in texts(lines, title=title)
    assert expected not in texts(lines, title="A season of surprises")


def test_what_should_win_is_no_prediction():
    assert texts("- Should win: Jo Marsh", title="Our predictions") == []


def test_without_the_parser_the_rules_cut_and_say_so(monkeypatch, caplog):
    def missing(sentences):
        raise ModelUnavailable("No parser.")

    monkeypatch.setattr(parser, "parse", missing)
    found = candidates.find("Rates will fall in June, but the banks will lend less. Photo: Norpress")
    assert [candidate.text for candidate in found.candidates][:2] == [
        "Rates will fall in June",
        "the banks will lend less.",
    ]
    assert found.missing == "No parser."
    assert "less exactly: No parser." in caplog.text


def test_a_sentence_that_fails_costs_itself_alone(monkeypatch):
    real = candidates.assertions.find

    def failing(tree, **options):
        if "Arden" in tree.text:
            raise KeyError("quarters")
        return real(tree, **options)

    monkeypatch.setattr(candidates.assertions, "find", failing)
    reading = extraction.read("The road to Arden will open. The bridge will close by June 2026.", published=PUBLISHED)
    assert [claim.text for claim in reading.claims] == ["The bridge will close by June 2026."]
    assert reading.unread == 1


@pytest.mark.parametrize("module", [readings.deadlines, readings.hedges, extraction.restatement])
def test_a_phrase_that_breaks_a_reading_breaks_no_other(monkeypatch, module):
    name = {"deadlines": "find", "hedges": "read", "restatement": "restate"}[module.__name__.rsplit(".", 1)[1]]
    real = getattr(module, name)

    def failing(text, **options):
        if "quarters" in text:
            raise KeyError("quarters")
        return real(text, **options)

    monkeypatch.setattr(module, name, failing)
    text = "Margins will recover in the coming quarters. The plant will open by June 2027."
    reading = extraction.read(text, published=PUBLISHED)
    assert ([claim.text for claim in reading.claims], reading.unread) == (["The plant will open by June 2027."], 1)


def test_a_layout_of_the_text_is_exact_to_the_character():
    text = "1. “Rovers\u2019 win\u201d\n\n  2)\tUnited will lose.\r\n\u2028## 3. Arden will rise"
    assert all(text[each.start : each.end] == each.text for each in layout.read(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- NorPolls: a 7.5-point Lund victory", ["7.5-point Lund victory"]),
        ("* Pollwatch: 12-seat majority for the Greens", ["12-seat majority for the Greens"]),
        ("NorPolls - 3 point win for Marsh.", ["3 point win for Marsh"]),
        ("- The Courier: 20-vote defeat for the bill", ["20-vote defeat for the bill"]),
        ("- Eastpoll: 4% lead for Lund (800 asked)", ["4% lead for Lund"]),
        ("- NorPolls: based in Arden", []),
        ("- Won: 3 points, a late victory", []),
    ],
)
def test_an_outcome_that_somebody_projects_is_a_claim_in_any_list(text, expected):
    found = texts(f"These are the sites that I have read all year long.\n{text}\nThe weather in Arden was fine.")
    assert [each for each in found if each in text] == expected


def test_a_heading_of_three_words_may_foretell():
    assert "Arden Is Next" in texts("Arden Is Next\n\nThe firm left Brook in May and has spent the year in talks.")
