"""The whole loop as a reader sees it: an article comes in, news moves its claim, a person rules, everyone is scored."""

from datetime import date, timedelta

import pytest
from django.conf import settings

from forecasts import estimates
from forecasts.models import Forecaster, Proposition, Score
from tests.loopback import Site, reply
from tests.makers import NOW, make_curator, make_forecaster, make_user
from tracker.curation import articles, claims, evidence, rulings, subscriptions
from tracker.curation.positions import take_position
from tracker.curation.questions import open_question
from tracker.jobs.network import fetcher
from tracker.jobs.tick import stages
from tracker.models import Evidence, Feed

pytestmark = pytest.mark.django_db

TEXT = """The two firms have talked for three years.
Gazprom and CNPC will sign a priced gas contract for Power of Siberia 2 by 30 June 2026. Some analysts doubt it."""
FEED = """<rss version="2.0"><channel><title>The Wire</title><item><guid>1</guid>
<title>Gazprom and CNPC sign priced gas contract for Power of Siberia 2</title><link>https://wire.example/1</link>
<pubDate>Sat, 07 Feb 2026 08:00:00 GMT</pubDate>
<description>The Russian and Chinese firms announced volume and price of the gas in Beijing.</description>
</item></channel></rss>"""
DAY = timedelta(days=1)


@pytest.fixture
def wire(settings, tmp_path):
    settings.HINDCAST_ALLOWED_NETWORKS = ["127.0.0.0/8"]
    settings.HINDCAST_OUTBOX = tmp_path / "outbox"
    with Site() as site:
        site.at("/feed.xml", reply(FEED.encode(), content_type="application/rss+xml"))
        yield site


def tick(now):
    return {name: job(now) for name, job in stages(fetcher()).items()}


def test_from_an_article_to_a_score(wire):
    curator, reader = make_curator("ann"), make_user("ben")

    # 1. An article comes in; its sentences are read.
    article = articles.add_article(
        TEXT, title="Gas at last", published_on=date(2026, 2, 5), authors=["Ada Analyst"], by=curator, at=NOW
    ).article
    assert tick(NOW)["extract"].made >= 1
    claim = article.claims.get(quote__contains="will sign a priced gas contract")
    assert article.text[claim.start : claim.end] == claim.quote
    assert (claim.speaker_kind, claim.deadline, claim.state) == ("author", date(2026, 6, 30), "proposed")

    # 2. A curator accepts the claim and opens a question.
    claims.accept(claim, by=curator, at=NOW, title="A gas contract with a price will be signed")
    claim.refresh_from_db()
    question = open_question(
        Proposition(
            key="gas-contract",
            question="Will Gazprom and CNPC sign a priced gas contract for Power of Siberia 2 by 30 June 2026?",
            statement="Gazprom and CNPC sign a priced gas contract for Power of Siberia 2.",
            resolution_criteria="Yes if both firms announce volume and price.",
            opens_on=date(2026, 2, 6),
            deadline=date(2026, 6, 30),
            keywords=["Gazprom", "CNPC", "Power of Siberia"],
        ),
        by=curator,
        at=NOW,
    )
    position = take_position(
        claim, proposition=question, side="yes", implied_probability=0.9, title=claim.title, by=curator, at=NOW
    )
    assert tick(NOW)["revise"].made == 1
    assert question.estimates.get().probability == pytest.approx(0.75)  # the author's 90%, discounted

    # 3. A member forecasts and follows; a feed is polled, and its story is suggested, which moves nothing.
    subscriptions.follow(reader, subject=claim, at=NOW)
    forecaster = make_forecaster("Ben", user=reader)
    estimates.record(question, forecaster=forecaster, probability=0.6, at=NOW + DAY)
    Feed.objects.create(title="The Wire", address=wire.url("/feed.xml"), next_poll_at=NOW, added_at=NOW)
    reports = tick(NOW + DAY)
    assert (reports["ingest"].new_entries, reports["match"].suggested) == (1, 1)
    suggestion = Evidence.objects.get()
    assert suggestion.state == "suggested"
    position.refresh_from_db()
    assert position.status == "watching"

    # 4. The curator confirms it: the chance moves, the status changes and says why, the reader gets one letter.
    before = question.estimates.last().probability
    evidence.confirm(suggestion, stance="supports", strength="strong", by=curator, at=NOW + DAY)
    reports = tick(NOW + DAY + timedelta(minutes=5))
    assert question.estimates.last().probability > before
    change = position.changes.get()
    assert (change.new, change.evidence) == ("holding up", suggestion)
    assert (reports["digest"].made, reports["deliver"].sent) == (1, 1)
    letter = reader.letters.get()
    assert "Holding up" in letter.text
    assert len(list(settings.HINDCAST_OUTBOX.glob("*.eml"))) == 1

    # 5. Nothing changed since: nothing happens.
    reports = tick(NOW + 2 * DAY)
    assert reports["digest"].made == 0
    assert position.changes.count() == 1

    # 6. The deadline passes, a person rules, everyone is scored.
    after = NOW + timedelta(days=146)
    tick(after)
    position.refresh_from_db()
    assert position.status == "due"
    rulings.rule(
        question,
        outcome="yes",
        effective_on=date(2026, 2, 7),
        source="https://wire.example/1",
        reason="Both firms announced it.",
        by=curator,
        at=after,
    )
    tick(after + DAY)
    position.refresh_from_db()
    assert position.status == "came true"
    scored = set(Score.objects.filter(rule="brier").values_list("forecaster__kind", flat=True))
    assert scored == {Forecaster.Kind.AUTHOR, Forecaster.Kind.MEMBER, Forecaster.Kind.PRODUCT, Forecaster.Kind.POOL}
    author = Score.objects.get(rule="brier", forecaster__kind="author")
    assert author.value == pytest.approx(0.01)
    assert reader.letters.count() >= 2
