"""An outlet's page: the joint record of its authors, in its own articles only."""

from datetime import UTC, date, datetime

import pytest

from forecasts import resolution
from tests.makers import OPENED, make_article, make_author, make_claim, make_outlet, make_proposition
from tracker.curation.positions import take_position
from tracker.models import Author, Outlet

pytestmark = pytest.mark.django_db
END = date(2025, 12, 31)
RULED = datetime(2026, 1, 3, tzinfo=UTC)


def ruled_claim(outlet: Outlet, *authors: Author, holds: bool = True, **fields):
    """A claim of an article of the outlet, put to a question of its own and ruled on by the real decisions."""
    claim = make_claim(make_article(authors=authors, outlet=outlet), implied_low=0.7, implied_high=0.9)
    proposition = make_proposition(deadline=END, **fields)
    take_position(claim, proposition=proposition, side="yes", title="", by="carla", at=OPENED, implied_probability=0.8)
    resolution.resolve(
        proposition,
        outcome="yes" if holds else "no",
        effective_on=END,
        source="https://example.org/announced",
        reason="As told.",
        by="carla",
        at=RULED,
    )


def text_of(client, outlet) -> str:
    return " ".join(client.get(f"/outlets/{outlet.slug}/").content.decode().split())


def test_an_outlet_without_articles_says_so(client):
    page = text_of(client, make_outlet("The Wire"))
    assert "<h1>The Wire</h1>" in page
    assert "No articles yet" in page
    assert "No authors named" in page
    assert client.get("/outlets/nobody/").status_code == 404


def test_the_record_joins_its_authors_and_says_who_said_what(client):
    wire, ada, ben = make_outlet("The Wire", homepage="https://wire.example/"), make_author("Ada"), make_author("Ben")
    for number in range(8):
        ruled_claim(wire, ada, holds=number < 6)
    for _ in range(4):
        ruled_claim(wire, ben)
    page = text_of(client, wire)
    assert "Twelve questions scored." in page
    assert "Calibration: of 12 questions given 80% for Yes, 10 came out Yes." in page
    assert "0.090 to 0.210, by the wording" in page
    assert page.count('<span class="by">Ben</span>') == 4
    assert page.index(f"/authors/{ada.slug}/") < page.index(f"/authors/{ben.slug}/")


def test_two_authors_of_one_article_share_its_luck(client):
    wire = make_outlet()
    ruled_claim(wire, make_author("Ada"), make_author("Ben"))
    page = text_of(client, wire)
    assert "One question has been scored: too few to tell skill from luck." in page
    assert page.count('data-heading="Settled"') == 2


def test_what_an_author_said_elsewhere_is_not_the_outlets(client):
    wire, post, ada = make_outlet("The Wire"), make_outlet("The Post"), make_author("Ada")
    ruled_claim(wire, ada, question="Will it rain?")
    ruled_claim(post, ada, question="Will it snow?")
    page = text_of(client, wire)
    assert "Will it rain?" in page
    assert "Will it snow?" not in page


def test_an_author_leads_to_the_outlet_and_shows_the_own_scores(client):
    wire, ada = make_outlet("The Wire"), make_author("Ada")
    ruled_claim(wire, ada)
    page = " ".join(client.get(f"/authors/{ada.slug}/").content.decode().split())
    assert f'href="/outlets/{wire.slug}/">The Wire</a>' in page
    assert "0.010 to 0.090, by the wording" in page
    assert "One question has been scored: too few to tell skill from luck." in page


@pytest.mark.parametrize("size", [1, 6])
def test_the_page_takes_as_many_queries_whatever_its_size(client, django_assert_num_queries, size):
    wire = make_outlet()
    for number in range(size):
        ruled_claim(wire, make_author(f"Author {number}"))
    with django_assert_num_queries(6):
        assert text_of(client, wire).count('data-heading="Settled"') == size
