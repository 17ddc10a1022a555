from datetime import timedelta

import pytest

from tests.makers import (
    NOW,
    make_claim,
    make_entry,
    make_evidence,
    make_feed,
    make_outlet,
    make_position,
    make_proposition,
    make_story,
    make_user,
)
from tracker.models import Decision, Revision

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def pair():
    """Two outlets that tell one story."""
    first = make_entry("Gazprom announces a memorandum", at=NOW - HOUR, feed=make_feed(outlet=make_outlet("The Wire")))
    return first, make_entry("A memorandum for Gazprom", story=first.story, feed=make_feed("Globe feed"))


def text_of(client, story) -> str:
    return client.get(f"/stories/{story.pk}/").content.decode()


def test_every_telling_is_listed_oldest_first(client, pair):
    text = text_of(client, pair[0].story)
    assert "Two outlets, two tellings." in text
    assert text.index("The Wire") < text.index("A memorandum for Gazprom") < text.index("Globe feed")
    assert pair[0].link in text
    assert "Split off" not in text


def test_older_wordings_are_shown(client, pair):
    pair[0].revisions.update(is_current=False)
    Revision.objects.create(entry=pair[0], number=2, title="Gazprom denies it", content_sha256="b", seen_at=NOW)
    text = text_of(client, pair[0].story)
    assert "1 older wording<" in text
    assert text.index("Gazprom denies it") < text.index("Gazprom announces a memorandum</span>")


def test_what_it_is_evidence_for_is_linked(client, pair):
    position = make_position(make_claim(), proposition=make_proposition())
    make_evidence(position.proposition, entry=pair[0], stance="supports")
    text = text_of(client, pair[0].story)
    assert f"/claims/{position.claim.slug}/{position.proposition.key}/" in text
    assert "Confirmed by a person." in text


def test_the_ledger_of_a_claim_links_to_the_story(client, pair):
    position = make_position(make_claim(), proposition=make_proposition())
    make_evidence(position.proposition, entry=pair[0])
    page = client.get(f"/claims/{position.claim.slug}/", follow=True).content.decode()
    assert f'<a href="/stories/{pair[0].story_id}/">same story in 1 more outlet' in page


def test_a_curator_splits_a_telling_off_and_is_led_to_its_story(curator, pair):
    story = pair[0].story
    answer = curator.post(f"/stories/{story.pk}/split/{pair[1].pk}/", {"reason": "another deal"}, follow=True)
    pair[1].refresh_from_db()
    assert answer.redirect_chain[-1][0] == f"/stories/{pair[1].story_id}/"
    assert f'Split off <a href="/stories/{story.pk}/">' in answer.content.decode()
    assert "another deal" in text_of(curator, story)


def test_a_likely_story_of_the_week_is_offered_and_joined(curator):
    one = make_entry("Gazprom announces a memorandum")
    like = make_entry("Memorandum announced by Gazprom", at=NOW - HOUR)
    make_entry("Memorandum of Gazprom announced", at=NOW - timedelta(days=9))
    make_entry("Rain in Seoul")
    text = text_of(curator, one.story)
    assert text.count('name="likely"') == 1
    said = curator.post(
        f"/stories/{one.story_id}/join/", {"likely": like.story_id, "reason": "one report"}, follow=True
    )
    assert said.redirect_chain[-1][0] == f"/stories/{like.story_id}/"
    assert f"Story {one.story_id} was joined with it by carla: one report" in said.content.decode()


def test_the_address_of_a_story_that_was_joined_leads_to_the_other(curator):
    one, two = make_entry(), make_entry()
    curator.post(f"/stories/{one.story_id}/join/", {"number": f"#{two.story_id}", "reason": "one report"})
    assert curator.get(f"/stories/{one.story_id}/").url == f"/stories/{two.story_id}/"


@pytest.mark.parametrize("number", ["", "0", "99999", "x", "²", "9" * 40])
def test_a_number_that_is_none_is_said_so(curator, pair, number):
    answer = curator.post(f"/stories/{pair[0].story_id}/join/", {"number": number, "reason": "x"}, follow=True)
    assert "Choose the other story, or give its number" in answer.content.decode()


@pytest.mark.parametrize("verb", ["join", "split"])
def test_without_a_reason_nothing_happens(curator, pair, verb):
    other = make_entry()
    address = f"/stories/{pair[0].story_id}/" + {"join": "join/", "split": f"split/{pair[1].pk}/"}[verb]
    assert "Say why" in curator.post(address, {"number": other.story_id}, follow=True).content.decode()
    assert not Decision.objects.exists()


def test_a_story_that_nobody_tells_is_not_found(client):
    assert client.get(f"/stories/{make_story().pk}/").status_code == 404
    assert client.get("/stories/999999/").status_code == 404


def test_only_curators_split_and_join(client, pair):
    addresses = [f"/stories/{pair[0].story_id}/join/", f"/stories/{pair[0].story_id}/split/{pair[1].pk}/"]
    assert all("/account/sign-in/" in client.post(address).url for address in addresses)
    client.force_login(make_user())
    assert [client.post(address).status_code for address in addresses] == [403, 403]


def test_as_many_queries_for_thirty_tellings_as_for_one(client, pair, django_assert_max_num_queries):
    for _ in range(30):
        make_entry(story=pair[0].story)
    with django_assert_max_num_queries(9):
        assert "32 tellings" in text_of(client, pair[0].story)


def test_a_story_leads_to_the_question_that_no_claim_is_put_to(client, pair):
    question = make_proposition("Will the bridge open?")
    make_evidence(question, entry=pair[0])
    make_evidence(make_proposition("A draft?", state="draft"), entry=pair[0])
    text = text_of(client, pair[0].story)
    assert f'<a href="/questions/{question.key}/">Will the bridge open?</a>' in text
    assert "A draft?" not in text
