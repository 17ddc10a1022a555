from datetime import date

import pytest

from language.claims import candidates, extraction
from language.claims.dating import horizons

INTRODUCED = [
    (
        "2031-12-28",
        "Here are my ten predictions for the next decade.\n\n## Trams will drive themselves",
        "Trams",
        "2041-12-31",
    ),
    (
        "2029-12-20",
        "Here are six predictions for the next decade.\n\n1. Glass phones will vanish this decade",
        "Glass",
        "2039-12-31",
    ),
    (
        "2031-04-20",
        "As we move into the June quarter, let me review our outlook. We expect revenue of $4 billion.",
        "We expect",
        "2031-06-30",
    ),
    (
        "2031-04-20",
        "Turning to the September quarter, volumes should hold. We expect revenue of $4 billion.",
        "We expect",
        "2031-09-30",
    ),
    (
        "2031-04-20",
        "Looking ahead to 2033, the board is calm. Sales will reach 9 million crowns.",
        "Sales",
        "2033-12-31",
    ),
    (
        "2031-04-20",
        "Here is our guidance for the second half of 2031. Margins will be between 30% and 31%.",
        "Margins",
        "2031-12-31",
    ),
    (
        "2031-04-20",
        "This is what will happen in 2035.\n\nThe Norland party will win the mayor's office in Holm.",
        "Norland party",
        "2035-12-31",
    ),
    (
        "2031-04-20",
        "Our forecasts for 2032 follow.\n\nInflation will fall to 2%.\n\nWages will rise by 4%.",
        "Wages",
        "2032-12-31",
    ),
    (
        "2031-04-20",
        "What we expect in the next five years:\n\n- Rents will double in Holm\n- Buses will be free",
        "Rents",
        "2036-04-20",
    ),
    ("2031-11-30", "My predictions for 2032 are below.\n\nHolm will win the cup by June.", "cup", "2032-06-30"),
    ("2031-04-20", "Let us imagine Holm in 2040.\n\nCars will be banned from the old town.", "Cars", "2040-12-31"),
]
TITLED = [
    ("Ten predictions for 2032", "Norland will eventually join the union.", "2032-12-31"),
    ("Ten predictions for 2032", "The crown will soon fall below 3.", "2032-12-31"),
    ("Ten predictions for 2032", "Norland will win in the long run.", "None"),
    ("Computer ownership to double by 2040", "The growth will be driven by Norland.", "2040-12-31"),
    ("Norland on track to hit 2035 target", "Emissions will fall by 40 per cent.", "2035-12-31"),
    ("Port traffic set to triple by 2038", "More than a third of all ships will be electric.", "2038-12-31"),
    ("Bank sees slump in 2033", "Unemployment will rise to 9 per cent.", "2033-12-31"),
    ("Outlook for 2032", "Rents will fall in the capital.", "2032-12-31"),
    ("Predictions for the next decade", "Rents will fall in the capital.", "2041-12-31"),
    ("Holm could lose its harbour by 2050", "Half of the piers will be under water.", "2050-12-31"),
    ("Judges to decide on mine in June", "The judges will decide that the mine may open.", "2031-06-30"),
    ("Judges to decide on mine in June", "Rents will fall in the capital.", "None"),
    ("The best of 2012", "Rents will fall in the capital.", "None"),
    ("Holm mourns its mayor", "Rents will fall in the capital.", "None"),
]
BESIDE = [
    ("Tonight I promise that we will build a road. We will build a school.", "school", "None"),
    ("By 2040, half of all cars will be electric. More than a third will drive themselves.", "third", "2040-12-31"),
    ("In 2033 the bank will cut rates. The crown will weaken.", "crown", "2033-12-31"),
    ("On Friday, storms will reach Holm. Hail is likely along the coast.", "Hail", "2031-05-16"),
    ("Friday will bring storms to Holm. Hail is possible along the coast.", "Hail", "2031-05-16"),
    ("By 2040, half of all cars will be electric.\n\nThe mayor will resign.", "mayor", "None"),
    ("In 2033 the bank will cut rates. By 2035 it will be sold. The crown will weaken.", "crown", "2035-12-31"),
    ("The plant was sold in 2011. Its owner will close it.", "owner", "None"),
    (
        "Norland will join Holm. Troops will stand along the river. All this will happen by 2036.",
        "Troops",
        "2036-12-31",
    ),
    (
        "Norland will ally itself with Holm. This, I believe, will all take place by the mid-2030s.",
        "ally",
        "2035-12-31",
    ),
    (
        "The tunnel will be dug. The harbour will be filled. Everything will be complete by 2034.",
        "harbour",
        "2034-12-31",
    ),
]


def dated(text, words, *, published, title=""):
    claims = extraction.propose(text, published=date.fromisoformat(published), title=title)
    claim = min((claim for claim in claims if words in claim.text), key=lambda claim: len(claim.text))
    return str(claim.deadline)


@pytest.mark.parametrize(("published", "text", "words", "on"), INTRODUCED, ids=[row[1][:50] for row in INTRODUCED])
def test_a_sentence_that_introduces_a_period_dates_what_follows(published, text, words, on):
    assert dated(text, words, published=published) == on


@pytest.mark.parametrize(("title", "text", "on"), TITLED, ids=[row[0] + row[1][:20] for row in TITLED])
def test_a_title_that_foresees_dates_the_forecasts_that_name_no_time(title, text, on):
    assert dated(text, text[:8], published="2031-05-12", title=title) == on


@pytest.mark.parametrize(("text", "words", "on"), BESIDE, ids=[row[0][:50] for row in BESIDE])
def test_a_sentence_beside_gives_its_period(text, words, on):
    assert dated(text, words, published="2031-05-12") == on


def test_a_title_without_a_year_loses_to_the_sentence_that_names_a_decade():
    text = "Here are ten predictions for the next decade.\n\n## 1. Trams will run by themselves"
    assert dated(text, "Trams", published="2029-12-26", title="10 Predictions") == "2039-12-31"


def test_an_introduction_ends_with_the_next_heading():
    text = "Our outlook for 2033 is calm. Sales will rise by 4 per cent.\n\n## Staff\n\nHolm will hire a cook."
    assert dated(text, "Sales", published="2031-05-12") == "2033-12-31"
    assert dated(text, "cook", published="2031-05-12") == "None"


def test_a_text_of_many_periods_is_read_in_linear_time():
    text = " ".join(["By 2040 half will be electric, as our outlook for 2033 is."] * 400)
    found = candidates.find(text)
    read = horizons.read(found, text, title="By 2040 " * 200, published=date(2031, 5, 12), dated={})
    assert len(read.beside) == len(found.sentences)
