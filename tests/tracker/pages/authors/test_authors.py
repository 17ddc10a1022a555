from datetime import UTC, datetime

import pytest

from forecasts import resolution
from forecasts.models import Proposition
from tests.makers import make_article, make_author, make_change, make_claim, make_position, make_proposition
from tracker.curation.positions import take_position
from tracker.models import Author, Claim, Position
from tracker.pages.authors import record
from tracker.pages.drawing.calibration import in_words, plot

pytestmark = pytest.mark.django_db
ACCEPTED = datetime(2025, 5, 9, 8, tzinfo=UTC)
RULED = datetime(2026, 1, 5, tzinfo=UTC)


def ruled_author(*, right: int, wrong: int, sureness: float = 0.8, hindsight: bool = False) -> Author:
    """An author whose claims were put to questions and ruled on through the real decisions."""
    ada = make_author("Ada Analyst")
    text = f"{ada.slug}: " + " ".join(f"Claim {number} says so." for number in range(100, 100 + right + wrong))
    article = make_article("Forecasts", authors=(ada,), text=text)
    for number in range(right + wrong):
        claim = make_claim(article, quote=f"Claim {100 + number} says so.")
        proposition = make_proposition(written_with_hindsight=hindsight)
        position = take_position(
            claim,
            proposition=proposition,
            side="yes",
            title=f"Statement {number}",
            by="carla",
            at=ACCEPTED,
            implied_probability=sureness,
        )
        rule(proposition, position, holds=number < right)
    return Author.objects.get(pk=ada.pk)


def rule(proposition: Proposition, position: Position, *, holds: bool) -> None:
    resolution.resolve(
        proposition,
        outcome="yes" if holds else "no",
        effective_on=RULED.date(),
        source="https://news.example/a",
        reason="Reported.",
        by="carla",
        at=RULED,
    )
    make_change(position, "came true" if holds else "did not come true", at=RULED)


def page_of(client, author, query: str = "") -> str:
    return client.get(f"/authors/{author.slug}/{query}").content.decode()


def test_what_is_partly_true_is_shown_and_not_scored(client):
    ada = ruled_author(right=1, wrong=1)
    position = make_position(
        make_claim(ada.articles.get(), quote="Claim 100"), title="Half of it", implied_probability=0.9
    )
    make_change(position, "partly true", at=RULED)
    page = page_of(client, ada)
    assert "Three statements have been ruled on. One came true, one did not, one is partly true." in page
    assert "1 of 2<small>" in page
    assert page.index("Statement 1") < page.index("Half of it")
    only = page_of(client, ada, "?only=partly").split('id="rulings"')[1]
    assert "Half of it" in only
    assert "Statement 1" not in only


def test_an_author_without_rulings_gets_an_honest_empty_page(client):
    ada = make_author()
    make_article(authors=(ada,))
    page = page_of(client, ada)
    assert "Nothing that this author said has been ruled on yet." in page
    assert "Too few rulings for a picture" in page
    assert "No ruling yet" in page


def test_the_scorecard_gives_share_sureness_and_brier(client):
    page = page_of(client, ruled_author(right=6, wrong=2))
    assert "Six of eight statements came true." in page
    assert "6 of 8<small>75%; likely" in page
    assert "80%<small>read from the wording" in page
    assert "0.190<small>0 is perfect; always saying 75% gives 0.188" in page


def test_under_ten_rulings_there_is_no_plot_and_from_ten_on_there_is(client):
    assert "Too few rulings for a picture" in page_of(client, ruled_author(right=5, wrong=4))
    page = page_of(client, ruled_author(right=6, wrong=4))
    assert "Said 80%, came true 60%: too few to tell from luck" not in page
    assert "Said 80%, came true 60%: surer than events" in page
    assert page.count("6 of 10</text>") == 2


def test_what_was_said_within_the_likely_range_is_not_told_from_luck():
    found = record.record(ruled_author(right=8, wrong=2, sureness=0.85))
    assert record.verdict(found) == "Said 85%, came true 80%: too few to tell from luck"


def test_hindsight_is_told_before_anybody_quotes_it(client):
    assert "written <strong>with hindsight</strong>" in page_of(client, ruled_author(right=1, wrong=0, hindsight=True))
    assert "hindsight" not in page_of(client, ruled_author(right=1, wrong=0))


def test_the_largest_miss_comes_first_and_the_filter_keeps_its_kind(client):
    ada = ruled_author(right=2, wrong=1)
    assert record.record(ada).ruled[0].position.status == "did not come true"
    page = page_of(client, ada, "?only=true")
    assert "Statement 0" in page
    assert "Statement 2" not in page
    assert page_of(client, ada, "?only=nonsense").count("Statement") > 2


def test_what_others_are_quoted_with_is_not_the_authors():
    ada = make_author()
    claim = make_claim(make_article(authors=(ada,)), speaker_kind=Claim.Speaker.INSTITUTION, speaker="the ministry")
    take_position(claim, proposition=make_proposition(), side="yes", title="", by="carla", at=ACCEPTED)
    found = record.record(ada)
    assert (found.tally.total, found.quoted) == (0, 1)


def test_the_list_counts_articles_and_statements_in_constant_queries(client, django_assert_max_num_queries):
    ruled_author(right=1, wrong=1)
    for number in range(30):
        make_article(authors=(make_author(f"Author {number}"),))
    with django_assert_max_num_queries(6):
        page = client.get("/authors/").content.decode()
    assert "1 came true" in page
    assert page.count("no testable statement yet") == 30


def test_an_empty_list_says_how_authors_come_in(client):
    assert "No authors yet" in client.get("/authors/").content.decode()


def test_an_unknown_author_is_not_found(client):
    assert client.get("/authors/nobody/").status_code == 404


def test_as_many_queries_for_twelve_rulings_as_for_one(client, django_assert_max_num_queries):
    ada = ruled_author(right=9, wrong=3)
    with django_assert_max_num_queries(7):
        page_of(client, ada)


def test_dots_lie_where_their_numbers_say():
    found = record.record(ruled_author(right=6, wrong=4)).bins
    drawn = plot(found, size="wide")
    (dot,) = drawn.dots
    assert dot.x == pytest.approx(drawn.left + (drawn.right - drawn.left) * 0.6, abs=0.1)
    assert dot.y == pytest.approx(drawn.bottom - (drawn.bottom - drawn.top) * 0.6, abs=0.1)
    assert drawn.chances[0].words == "50"
    assert in_words(found) == "of 10 statements said at 80%, 6 came true"


def test_the_axis_begins_at_nought_for_those_who_said_less_than_even():
    found = record.record(ruled_author(right=1, wrong=1, sureness=0.3)).bins
    assert plot(found, size="narrow").chances[0].words == "0"
