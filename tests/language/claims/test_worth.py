from datetime import date

import pytest

from language.claims import extraction, worth
from language.weights import ModelUnavailable

PUBLISHED = date(2026, 2, 10)


def chances(text: str, *, title: str = "") -> dict[str, float]:
    return {
        wording.text: chance
        for wording in [extraction.wordings(text, published=PUBLISHED, title=title)]
        for wording, chance in zip(wording, worth.read(wording), strict=True)
    }


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ("Norvolt will close its plant in Arden by March 2027.", "Norvolt closed its plant in Arden in March 2021."),
        ("Inflation will fall below 2% by the end of 2026.", "It would have been better for all of us."),
        ("Ada Lund is expected to win 145 seats in June.", "You should always read the small print."),
        ("The central bank will cut rates twice in 2026.", "The mayor cut the ribbon in front of the guests."),
        ("Sales are likely to double to 4 million by 2028.", "Our best days are ahead of us."),
    ],
)
def test_a_forecast_stands_before_what_is_none(better, worse):
    found = chances(f"{worse} {better}")
    assert found[better] > 0.5 > found[worse]


@pytest.mark.parametrize(
    "text",
    [
        "The city museum of Arden reopened on Sunday after two years of repairs. The works cost 12 million crowns.",
        "Jo Marsh, who led the choir for thirty years, has died at 81. She was born in Calder and studied in Brook.",
        "A lorry overturned on the ring road on Monday. Nobody was hurt, police said. The road reopened at ten.",
        "Rovers beat United 3-1 on Saturday. Mahood scored twice before the break. It was their fifth win in a row.",
    ],
)
def test_news_without_predictions_has_at_most_one_proposal_above_even(text):
    assert sum(chance > 0.5 for chance in chances(text).values()) <= 1


def test_what_lasts_is_even_at_least():
    assert chances("The relationship between Norland and Ostrava remains strong.").popitem()[1] >= 0.5


def test_entries_of_a_list_of_predictions_are_more_than_even_in_the_present_too():
    text = "1. Rovers win the cup\n2. Top scorer: Mahood\n3. United sack their coach before Christmas"
    assert all(chance > 0.5 for chance in chances(text, title="Our predictions").values())


def test_a_rule_of_wording_stands_in_for_missing_weights(monkeypatch):
    def missing():
        raise ModelUnavailable("No weights.")

    monkeypatch.setattr(worth, "load_model", missing)
    assert chances("The bank of Norland will raise rates to 5% by December 2026.").popitem()[1] > 0.5


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ("Inflation should ease by June 2026.", "Ministers should think of the poor."),
        ("Prices should be falling by the summer.", "Everyone should be kind to others."),
        ("We expect sales to decline in the second half.", "We love what our teams have done."),
        ("Analysts expect Lund to win the debate.", "Analysts met Lund after the debate."),
        ("For this season, the race is over.", "The race took place in the rain."),
    ],
)
def test_an_expectation_counts_however_it_is_worded(better, worse):
    found = chances(f"{worse} {better}")
    assert max(chance for text, chance in found.items() if text in better) > max(
        chance for text, chance in found.items() if text in worse
    )
