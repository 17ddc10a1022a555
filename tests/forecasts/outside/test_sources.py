"""Which question an address means: the site is told from its host, and what means none is refused in words."""

import pytest

from forecasts.outside.sources import find
from forecasts.refused import Refused

GAMMA = "https://gamma-api.polymarket.com"


@pytest.mark.parametrize(
    ("address", "source", "question", "document"),
    [
        (
            "https://www.metaculus.com/questions/4321/will-it-rain/",
            "metaculus",
            "4321",
            "https://www.metaculus.com/api/posts/4321/",
        ),
        ("metaculus.com/questions/0042", "metaculus", "42", "https://www.metaculus.com/api/posts/42/"),
        (
            "https://manifold.markets/Ann/will-it-rain?play=true",
            "manifold",
            "will-it-rain",
            "https://api.manifold.markets/v0/slug/will-it-rain",
        ),
        (
            "https://api.manifold.markets/v0/market/aB3",
            "manifold",
            "aB3",
            "https://api.manifold.markets/v0/market/aB3",
        ),
        ("https://polymarket.com/event/rain", "polymarket", "rain", f"{GAMMA}/events?slug=rain"),
        (
            "https://polymarket.com/event/rain/rain-in-may",
            "polymarket",
            "rain-in-may",
            f"{GAMMA}/markets?slug=rain-in-may",
        ),
        ("https://polymarket.com/market/rain-in-may", "polymarket", "rain-in-may", f"{GAMMA}/markets?slug=rain-in-may"),
        ("https://class.example/chances.csv", "table", "", "https://class.example/chances.csv"),
        (
            "https://class.example/chances.CSV#Rain%20in%20May",
            "table",
            "Rain in May",
            "https://class.example/chances.CSV",
        ),
    ],
)
def test_the_site_and_its_question_are_told_from_the_address(address, source, question, document):
    place = find(f" {address}\n")
    assert (place.source, place.question_id, place.document) == (source, question, document)


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("", "no web address"),
        ("ftp://www.metaculus.com/questions/1/", "no web address"),
        ("https://[::1/", "no web address"),
        ("https://manifold.markets/Ann/rain?\x00", "no web address"),
        ("https://manifold.markets/" + "a" * 3000, "no web address"),
        ("https://www.metaculus.com/tournament/rain/", "should hold /questions/"),
        ("https://www.metaculus.com/questions/1/rain/?sub-question=2", "group of questions"),
        ("https://www.metaculus.com/questions/99999999999999/", "should hold /questions/"),
        ("https://manifold.markets/", "a member's name and the market's"),
        ("https://polymarket.com/@ann", "should hold /event/"),
        ("https://metaculus.com.evil.example/questions/1/", "neither of Metaculus"),
        ("https://class.example/chances.html", "ends with .csv"),
    ],
)
def test_an_address_that_means_no_question_is_refused_in_words(address, words):
    with pytest.raises(Refused, match=words):
        find(address)
