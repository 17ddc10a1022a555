"""The list of questions."""

import re
from datetime import timedelta

import pytest

from tests.makers import (
    NOW,
    OPENED,
    make_claim,
    make_curator,
    make_estimate,
    make_evidence,
    make_forecast,
    make_position,
    make_proposition,
    make_ruling,
)
from tracker.jobs.estimates.review import review

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
DAY = timedelta(days=1)


def words_of(client, query=""):
    response = client.get(f"/questions/{query}")
    assert response.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_an_empty_list_says_how_to_begin(client):
    assert "No questions yet" in words_of(client)
    assert "/questions/add/" not in client.get("/questions/").content.decode()
    client.force_login(make_curator())
    assert 'href="/questions/add/"' in client.get("/questions/").content.decode()


def test_it_lists_what_is_published_with_or_without_a_claim(client):
    make_position(proposition=make_proposition("Tested?"))
    make_proposition("Asked for its own sake?")
    make_proposition("Still a draft?", state="draft")
    text = words_of(client)
    assert "Tested?" in text
    assert "Asked for its own sake?" in text
    assert "Still a draft?" not in text
    assert "2 questions" in text


def test_open_ones_come_first_by_deadline_then_the_ruled_ones(client):
    ruled = make_proposition("Ruled?", deadline=NOW.date() - 40 * DAY)
    make_ruling(ruled)
    make_proposition("Far off?", deadline=NOW.date() + 90 * DAY)
    make_proposition("Near?", deadline=NOW.date() + 2 * DAY)
    make_proposition("Overdue?", deadline=NOW.date() - 2 * DAY)
    text = words_of(client)
    places = [text.index(words) for words in ("Overdue?", "Near?", "Far off?", "Ruled?")]
    assert places == sorted(places)


def test_a_line_gives_chance_crowd_deadline_claims_and_topic(client):
    proposition = make_proposition(topic="gas", deadline=NOW.date() + 3 * DAY)
    make_estimate(proposition, probability=0.35)
    for chance in (0.2, 0.4, 0.9):
        make_forecast(proposition, probability=chance, at=NOW - DAY)
    make_forecast(proposition, probability=0.01, at=NOW - DAY, withdrawn_at=NOW)
    make_position(proposition=proposition)
    make_position(make_claim(state="rejected"), proposition=proposition)
    text = words_of(client)
    assert "35 % chance of Yes Open" in text
    assert "Deadline 9 Feb 2026 , in 3 days · 3 forecasters, median 40% · 1 claim · gas" in text


def test_each_state_has_plain_words(client):
    for outcome in ("yes", "no", "void", "partly"):
        make_ruling(make_proposition(), outcome=outcome)
    make_proposition(deadline=NOW.date() - DAY)
    settled = make_proposition()
    make_evidence(settled, headline="Signed", stance="supports", strength="decisive")
    make_proposition(opens_on=NOW.date() + DAY)
    review(NOW)
    text = words_of(client)
    for words in ("Ruled Yes", "Ruled No", "Ruled void", "Ruled partly", "Not open yet", "Settled in fact, it seems"):
        assert words in text
    assert "Due 2" in text


def test_it_is_filtered_by_state_topic_and_lack_of_an_article(client):
    make_position(proposition=make_proposition("Tested on gas?", topic="gas"))
    make_proposition("Bare on gas?", topic="gas")
    make_proposition("Bare on snow?", topic="snow")
    make_ruling(make_proposition("Ruled on snow?", topic="snow"), outcome="yes")
    assert found(client, "?topic=gas") == ["Bare on gas?", "Tested on gas?"]
    assert found(client, "?topic=gas&claims=none") == ["Bare on gas?"]
    assert found(client, "?status=came+true") == ["Ruled on snow?"]
    assert found(client, "?status=watching&topic=snow&claims=none") == ["Bare on snow?"]
    assert "None of this kind" in words_of(client, "?status=watching&topic=none")


def found(client, query):
    return sorted(re.findall(r"<h3><a [^>]+>([^<]+)</a>", client.get(f"/questions/{query}").content.decode()))


def test_the_filters_keep_one_another_and_count_what_they_would_show(client):
    make_proposition(topic="gas")
    make_proposition(topic="snow")
    make_position(proposition=make_proposition(topic="snow"))
    page = client.get("/questions/?topic=snow").content.decode()
    assert 'href="?topic=snow&amp;claims=none">No article <span>1</span>' in page
    assert 'href="?topic=gas">gas <span>1</span>' in page
    assert 'href="?topic=snow" aria-current="true">snow <span>2</span>' in page
    assert 'href="?status=watching&amp;topic=snow">Open <span>2</span>' in page


@pytest.mark.parametrize("query", ["?status=%3Cscript%3E&page=minus", "?topic=%00", "?claims=all", "?page=999"])
def test_a_filter_that_does_not_exist_filters_nothing(client, query):
    make_proposition("Here?")
    assert "Here?" in words_of(client, query)


def test_the_list_has_pages_that_keep_the_filter(client):
    for number in range(21):
        make_proposition(f"Question {number}?", topic="gas & oil")
    page = client.get("/questions/?topic=gas+%26+oil").content.decode()
    assert "Page 1 of 2" in page
    assert 'href="?topic=gas+%26+oil&amp;page=2"' in page


def test_it_is_in_the_navigation(client):
    assert 'href="/questions/" aria-current="page"' in client.get("/questions/").content.decode()


def test_as_many_queries_for_twenty_as_for_one(client, django_assert_max_num_queries):
    for number in range(20):
        proposition = make_proposition(topic=f"Topic {number}")
        make_estimate(proposition, at=OPENED)
        make_forecast(proposition)
        make_position(proposition=proposition)
    with django_assert_max_num_queries(13):
        client.get("/questions/")
