"""A report of one event in other words, offered to curators beside the suggestion and counted once when joined."""

from datetime import timedelta

import pytest

from tests.makers import NOW, make_entry, make_evidence, make_position
from tracker.models import Evidence, LikeStory

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair():
    """Two suggestions on one question that seem to tell one event, the earlier first, and its position."""
    position = make_position()
    rows = [
        make_evidence(position.proposition, entry=make_entry(title, at=NOW - timedelta(hours=hours)))
        for title, hours in (("The two sign", 3), ("A contract is signed by the two", 1))
    ]
    LikeStory.objects.create(earlier=rows[0].story, later=rows[1].story, likeness=0.9, found_at=NOW)
    return position, *rows


@pytest.mark.parametrize("address", ["/evidence/", None])
def test_a_curator_counts_the_two_as_one_story_beside_the_suggestion(curator, pair, address):
    position, first, second = pair
    page = address or f"/claims/{position.claim.slug}/"
    assert curator.get(page).content.decode().count("Looks like the same event as") == 1
    form = {"likely": first.story_id, "reason": "One event, told in other words.", "next": page}
    assert curator.post(f"/stories/{second.story_id}/join/", form).url == page
    assert list(Evidence.objects.shown().values_list("story", flat=True)) == [first.story_id]
    assert "Looks like the same event" not in curator.get(page).content.decode()


def test_the_page_of_a_story_offers_it_first(curator, pair):
    _, first, second = pair
    text = curator.get(f"/stories/{first.story_id}/").content.decode()
    assert text.count('name="likely"') == 1
    assert f'value="{second.story_id}"' in text


def test_readers_are_not_offered_what_they_cannot_do(client, pair):
    assert "Looks like the same event" not in client.get(pair[0].get_absolute_url()).content.decode()


def test_an_address_elsewhere_is_not_gone_to(curator, pair):
    form = {"likely": pair[1].story_id, "reason": "One event.", "next": "https://elsewhere.example/"}
    assert curator.post(f"/stories/{pair[2].story_id}/join/", form).url == f"/stories/{pair[1].story_id}/"
