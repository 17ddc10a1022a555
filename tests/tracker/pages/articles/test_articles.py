import re
from datetime import UTC, datetime

import pytest

from tests.makers import (
    NOW,
    QUOTE,
    make_article,
    make_author,
    make_change,
    make_claim,
    make_curator,
    make_outlet,
    make_position,
    make_proposition,
    make_user,
)
from tracker.models import Claim, Position
from tracker.pages.articles.views import lede, unclaimed
from tracker.pages.questions.status_counts import tally

pytestmark = pytest.mark.django_db


def page_of(client, article) -> str:
    return client.get(f"/articles/{article.slug}/").content.decode()


def test_the_list_says_what_to_do_when_it_is_empty(client):
    assert "A curator can add one" in client.get("/articles/").content.decode()
    client.force_login(make_curator())
    assert 'href="/articles/add/"' in client.get("/articles/").content.decode()


def test_the_list_shows_how_the_statements_of_each_article_stand(client):
    article = make_article("Xi in Moscow", authors=(make_author("Ryan"),), outlet=make_outlet("Brookings"))
    make_change(make_position(make_claim(article)), "came true")
    page = client.get("/articles/").content.decode()
    assert "1 claim, 1 testable statement." in page
    assert "1 came true" in page
    assert re.search(r"Ryan</a> · Brookings · <time", page)


def test_as_many_queries_for_twenty_articles_as_for_one(client, django_assert_max_num_queries):
    for number in range(20):
        make_position(make_claim(make_article(authors=(make_author(f"Author {number}"),))))
    with django_assert_max_num_queries(8):
        assert client.get("/articles/").status_code == 200


def test_a_claim_is_marked_at_its_exact_characters_with_sign_and_number_on_its_last_word(client):
    article = make_article()
    make_change(make_position(make_claim(article)), "came true")
    page = page_of(client, article)
    mark = re.search(r'<mark class="claim" data-lean="for" id="claim-1">(.+?)</mark>', page)[1]
    assert re.sub(r"<a class=\"reference\".+?</a>|<[^>]+>", "", mark) == QUOTE
    number = '<a class="reference" href="#note-1" aria-label="Claim 1: came true">'
    assert re.search(f'<span class="nowrap">Putin{number}', mark)
    assert 'id="note-1"' in page


def test_the_text_shown_is_the_text_stored(client):
    article = make_article(text="One <b>bold</b> & “quoted” line.\nAnother, with Xi’s 😀.\n\nA third.")
    make_claim(article, quote="“quoted” line")
    make_claim(article, quote="Xi’s 😀")
    body = re.search(r'<div class="read">(.+?)</section>', page_of(client, article), re.S)[1]
    paragraphs = re.findall(r'<div class="paragraph"><p>(.*?)</p>', body, re.S)
    plain = [re.sub(r"<a class=\"reference\".+?</a>|<[^>]+>", "", paragraph) for paragraph in paragraphs]
    assert plain == ["One &lt;b&gt;bold&lt;/b&gt; &amp; “quoted” line.", "Another, with Xi’s 😀.", "A third."]


def test_claims_are_numbered_in_reading_order_and_only_accepted_ones_are_marked(client):
    article = make_article()
    make_claim(article, quote="The parade was long", title="Parade")
    make_claim(article, quote="Xi came to Moscow", title="Journey")
    make_claim(article, quote=QUOTE, state="proposed")
    page = page_of(client, article)
    assert "1. Journey" in page
    assert "2. Parade" in page
    assert page.count("<mark") == 2


def test_a_claim_of_somebody_quoted_says_whose_it_is(client):
    article = make_article()
    make_claim(article, speaker_kind="institution", speaker="the ministry")
    assert "Said by the ministry, not by the author." in page_of(client, article)


def test_the_margin_gives_the_last_reason_and_the_tally(client):
    article = make_article()
    claim = make_claim(article)
    make_change(make_position(claim), "in doubt", reason="Fell below 60%.")
    make_position(claim, proposition=make_proposition("Another?"), side=Position.Side.NONE)
    page = page_of(client, article)
    assert "Fell below 60%." in page
    assert "No side taken on 1 question: followed, not scored." in page


def test_an_article_without_claims_says_that_this_is_no_verdict(client):
    assert "Its claims have not been read yet" in page_of(client, make_article())
    assert "says nothing about the article" in page_of(client, make_article(extracted_at=NOW))


def test_an_unknown_article_is_not_found(client):
    assert client.get("/articles/no-such/").status_code == 404


def test_as_many_queries_for_ten_claims_as_for_one(client, django_assert_max_num_queries):
    article = make_article(text=". ".join(f"Sentence {number} says so" for number in range(10, 40)) + ".")
    for number in range(10, 20):
        claim = make_claim(article, quote=f"Sentence {number} says so")
        make_change(make_position(claim), "holding up")
    with django_assert_max_num_queries(9):
        page_of(client, article)


def test_the_lede_counts_what_is_partly_true_as_ruled_on():
    counted = tally(Position(side="yes", status=status) for status in ("partly true", "came true", "due"))
    words = lede(make_article(), counted, now=datetime(2026, 2, 6, tzinfo=UTC))
    assert words.endswith(
        "two of the three things this article said would be so have been ruled on. One came true, one is partly true."
    )


@pytest.mark.parametrize(
    ("right", "wrong", "due", "words"),
    [
        (0, 0, 1, "the one thing this article said would be so has not been ruled on."),
        (3, 0, 0, "all three things this article said would be so have been ruled on. All came true."),
        (0, 0, 2, "none of the two things this article said would be so has been ruled on."),
        (13, 4, 4, "17 of the 21 things this article said would be so have been ruled on. 13 came true, four did not."),
        (1, 0, 0, "the one thing this article said would be so has been ruled on. It came true."),
        (2, 0, 0, "both things this article said would be so have been ruled on. Both came true."),
        (0, 1, 2, "one of the three things this article said would be so has been ruled on. It did not come true."),
    ],
)
def test_the_lede_counts_what_was_ruled_on(right, wrong, due, words):
    statuses = ["came true"] * right + ["did not come true"] * wrong + ["due"] * due
    counted = tally(Position(side="yes", status=status) for status in statuses)
    assert lede(make_article(), counted, now=datetime(2026, 2, 6, tzinfo=UTC)) == f"Nine months on, {words}"


def test_without_statements_there_is_no_lede():
    assert lede(make_article(), tally([]), now=NOW) == ""


def test_sentences_without_a_claim_are_counted():
    assert unclaimed("One. Two is said. Three.", [Claim(start=5, end=16)]) == 2


def test_a_curator_sees_proposals_the_most_forecastable_first_and_others_do_not(client):
    article = make_article(extracted_at=NOW)
    make_claim(article, quote="The parade was long", state="proposed", forecastable=0.1)
    make_claim(article, quote=QUOTE, state="proposed", forecastable=0.9)
    client.force_login(make_user())
    assert "Proposed claims" not in page_of(client, article)
    client.force_login(make_curator())
    proposals = page_of(client, article).split("Proposed claims")[1]
    assert proposals.index(QUOTE) < proposals.index("The parade was long")
    assert "Accept…" in proposals


def test_a_proposal_shows_its_range_its_other_words_and_why_it_is_set_aside(client):
    article = make_article()
    make_claim(
        article, state="proposed", implied_low=0.7, implied_high=0.95, restatement="Xi Jinping will not give in."
    )
    make_claim(
        article, quote="The parade was long", state="proposed", forecastable=0.9, refusal="It was settled before."
    )
    client.force_login(make_curator())
    proposals = page_of(client, article).split("Proposed claims")[1]
    assert "read as 85% (70 to 95%)" in proposals
    assert "In other words: Xi Jinping will not give in." in proposals
    assert proposals.index("It was settled before.") < proposals.index("Xi Jinping")


def test_sentences_whose_reading_failed_are_counted_for_a_curator(client):
    article = make_article(unread=2, extracted_at=NOW)
    client.force_login(make_curator())
    page = " ".join(page_of(client, article).split())
    assert "2 sentences could not be read. If they hold a claim, <a href=" in page


def test_an_article_that_was_not_read_says_why(client):
    article = make_article(not_read="It reads as German; only English is read.", extracted_at=NOW)
    assert "No claims were looked for. It reads as German" in page_of(client, article)


def test_a_restatement_that_says_no_more_than_the_words_is_not_repeated():
    claim = make_claim(restatement=f"{QUOTE}.")
    assert claim.in_other_words == ""
