import pytest

from language.classifiers.protocol import Pair
from language.stance import others

FLIGHTS = "Meridian Airlines will not resume flights to Ostrava before July 2026."
JOBLESS = "Unemployment in Canada will stay below 7% throughout 2026."
SHARES = "The FTSE 100 will finish 2026 higher than it began."
SOY = "Brazil's soybean harvest will be larger in 2027 than in 2026."
RATE = "Turkey's central bank will cut its policy rate to 30% or lower by June 2026."


@pytest.mark.parametrize(
    ("claim", "title", "body"),
    [
        (FLIGHTS, "Lumen Air resumes flights to Ostrava", "The carrier will fly daily."),
        ("Arden's parliament will lift the ban on fracking.", "Velland lifts fracking ban", "Gas may get cheaper."),
        ("Kestrel Motors will open its battery plant.", "Northwind opens battery plant", "It will employ 600 people."),
        (JOBLESS, "US jobless rate rises to 7.1%", "Payrolls shrank."),
        (SHARES, "DAX closes out 2026 up 12%", "Frankfurt beat most rivals."),
        ("The Nasdaq will pass 30,000 points in 2026.", "S&P 500 ends at record", "It gained 1%."),
        (SOY, "Brazil's coffee crop to shrink by a tenth", "Frost hit the highlands."),
        (RATE, "Turkey's inflation slows to 30%", "It was the lowest in four years."),
        ("Youth unemployment in Spain will fall below 20%.", "Spain's jobless rate falls to 9.8%", "Hotels hired."),
    ],
)
def test_another_state_doer_index_crop_or_measure_is_another_matter(claim, title, body):
    assert others.is_of_another(Pair(claim=claim, title=title, body=body))


@pytest.mark.parametrize(
    ("claim", "title", "body"),
    [
        (FLIGHTS, "Meridian back in Ostrava after seven months", "The first flight landed on Sunday."),
        (FLIGHTS, "Pilots' union urges Meridian to stay away", "It said crews were afraid."),
        (JOBLESS, "Canadian jobless rate climbs to 7.2%", "The United States did better."),
        (JOBLESS, "Jobless rate falls again", "Canada added 12,000 posts."),
        (SHARES, "Miners lift FTSE 100 as DAX falls", "London had its best day since May."),
        (SOY, "Rains spare soy and coffee in Brazil", "Farmers are relieved."),
        (RATE, "Turkey cuts policy rate to 29.5% as inflation slows", "The lira was little changed."),
        ("The AI bubble will burst in 2026.", "How bubbles burst", "A look at history."),
    ],
)
def test_news_that_names_the_claims_own_is_not(claim, title, body):
    assert not others.is_of_another(Pair(claim=claim, title=title, body=body))


def test_the_relevance_of_another_matter_falls_and_no_other():
    pairs = [Pair(claim=JOBLESS, title=title) for title in ("US jobless rate rises", "Canadian jobless rate rises")]
    assert others.discounted(pairs, [0.8, 0.8]) == [pytest.approx(0.8 * others.DISCOUNT), 0.8]


def test_hostile_text_is_read_in_linear_time():
    assert not others.is_of_another(Pair(claim="A" + " Velland" * 20_000, title="Will " * 20_000))
