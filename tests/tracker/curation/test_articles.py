from datetime import timedelta

import pytest

from forecasts.refused import Refused
from tests.makers import NOW
from tracker.curation.articles import MAX_CHARACTERS, add_article
from tracker.models import Article, Author, Outlet

pytestmark = pytest.mark.django_db
DAY = NOW.date()


def add(text="Xi came to Moscow.", **fields):
    return add_article(text, **{"title": "Xi in Moscow", "published_on": DAY, "by": "Ann", "at": NOW, **fields})


def test_an_article_is_stored_as_it_was_read():
    text = "  Größe 🌊\n\n“He won’t.”\t"
    article = add(text, authors=["Ada Analyst"], outlet="The Daily").article
    article.refresh_from_db()
    assert article.text == text
    assert [author.name for author in article.authors.all()] == ["Ada Analyst"]
    assert article.outlet.name == "The Daily"


def test_the_same_text_is_recognised():
    first, second = add(), add(title="Another title")
    assert (first.is_new, second.is_new) == (True, False)
    assert first.article == second.article
    assert not add("Xi came to Moscow.\n").is_new


def test_authors_and_outlets_are_found_whatever_their_case():
    add(authors=["Ada Analyst", "ada analyst "], outlet="The Daily")
    add("Another text.", authors=["ADA ANALYST"], outlet="the daily")
    assert Author.objects.get().articles.count() == 2
    assert Outlet.objects.get().articles.count() == 2


def test_articles_of_one_title_get_addresses_of_their_own():
    slugs = [add(f"Text {number}.").article.slug for number in range(3)]
    assert slugs == ["xi-in-moscow", "xi-in-moscow-2", "xi-in-moscow-3"]


@pytest.mark.parametrize(
    ("text", "fields", "words"),
    [
        ("", {}, "empty"),
        (" \n\t", {}, "empty"),
        ("a\x00b", {}, "NUL"),
        ("x" * (MAX_CHARACTERS + 1), {}, "may have"),
        ("Text.", {"title": " "}, "no title"),
        ("Text.", {"published_on": DAY + timedelta(days=1)}, "has not come"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(text, fields, words):
    with pytest.raises(Refused, match=words):
        add(text, **fields)
    assert not Article.objects.exists()
