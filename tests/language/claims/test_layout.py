import pytest

from language.claims import layout

MARKED = [
    ("1. Rovers win the cup.", "Rovers win the cup."),
    ("12) Rovers win the cup.", "Rovers win the cup."),
    ("(3) Rovers win the cup.", "Rovers win the cup."),
    ("- Rovers win the cup.", "Rovers win the cup."),
    ("• Rovers win the cup.", "Rovers win the cup."),
    ("## 2. Rovers win the cup", "Rovers win the cup"),
    ("**4. Rovers win the cup**", "Rovers win the cup"),
    ("a) Rovers win the cup.", "Rovers win the cup."),
    ("Prediction Three: Rovers win the cup.", "Rovers win the cup."),
    ("Prediction #3: Rovers win the cup.", "Rovers win the cup."),
    ("1. “Rovers win the cup.”", "“Rovers win the cup.”"),
    ("HARBOURTOWN, May 5 (Norpress) - Rovers win the cup.", "Rovers win the cup."),
    ("14:05 Rovers win the cup.", "Rovers win the cup."),
    ("10.32am: Rovers win the cup.", "Rovers win the cup."),
    ("2027 will be a good year.", "2027 will be a good year."),
    ("1.5 million people will leave.", "1.5 million people will leave."),
    ("3-2 to Rovers.", "3-2 to Rovers."),
    ("A win is near.", "A win is near."),
]


@pytest.mark.parametrize(("line", "words"), MARKED)
def test_list_marks_and_datelines_are_no_part_of_a_passage(line, words):
    (passage,) = layout.read(line)
    assert (passage.text, line[passage.start : passage.end]) == (words, words)


@pytest.mark.parametrize(
    ("line", "period"),
    [
        ("Summer: The mayor resigns.", "Summer"),
        ("By July: The mayor resigns.", "By July"),
        ("2027: The mayor resigns.", "2027"),
        ("Q3 2027: The mayor resigns.", "Q3 2027"),
        ("March 2027 – The mayor resigns.", "March 2027"),
        ("Next year: The mayor resigns.", "Next year"),
        ("End of 2027: The mayor resigns.", "End of 2027"),
        ("Saturday: The mayor resigns.", "Saturday"),
        ("Second half: The mayor resigns.", "Second half"),
        ("- Autumn: The mayor resigns.", "Autumn"),
    ],
)
def test_a_period_before_a_colon_heads_what_follows(line, period):
    (passage,) = layout.read(line)
    assert (passage.above, passage.text) == ((period,), "The mayor resigns.")


def test_headings_stand_above_what_follows_until_the_next():
    text = "# Spring\nThe mayor resigns in a week of storms and long debates.\n# Summer\nA new mayor is elected."
    kinds = [(passage.kind, passage.above) for passage in layout.read(text)]
    assert kinds == [("heading", ()), ("prose", ("Spring",)), ("heading", ()), ("prose", ("Summer",))]


@pytest.mark.parametrize(
    ("title", "text", "foretells"),
    [
        ("Ten predictions for 2027", "Rovers win the cup.", True),
        ("Economic outlook", "Growth slows.", True),
        ("Norland preview: Rovers at home", "Rovers by a goal.", True),
        ("What will happen in 2027", "The mayor resigns.", True),
        ("The year ahead", "The mayor resigns.", True),
        ("Who will win the cup?", "Rovers by a goal.", True),
        ("", "Here are my five predictions for the new year.\nThe mayor resigns.", True),
        ("", "As every year, we offer a list of predictions.\nThe mayor resigns.", True),
        ("Mayor resigns", "The mayor of Arden resigned on Monday.", False),
        ("Bank raises rates", "The bank raised rates.", False),
        ("Storm hits coast", "A storm hit the coast, and forecasters were busy.", False),
    ],
)
def test_a_text_says_that_it_predicts(title, text, foretells):
    assert layout.read(text, title=title)[-1].foretells is foretells


@pytest.mark.parametrize(
    "line",
    [
        "Photo: Norpress",
        "By Ada Lund and Jo Marsh",
        "Our business desk",
        "Read more: The mayor resigns",
        "Ada Lund | Arden Times",
        "© Arden Times 2027",
        "Image: The mayor will speak",
        "Updated: 5 May",
        "Source: Ministry of Works",
        "Subscribe to our letter",
    ],
)
def test_bylines_captions_and_links_are_asides(line):
    assert [passage.kind for passage in layout.read(line)] == ["aside"]


def test_a_heading_may_announce_predictions_for_its_own_part():
    text = "# The season so far\nRovers lost ten games of twenty.\n# Predictions\nRovers by a goal."
    assert [passage.foretells for passage in layout.read(text)] == [False, False, False, True]
