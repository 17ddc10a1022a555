import dataclasses
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from forecasts.models import Forecast, Proposition
from forecasts.refused import Refused
from tracker.jobs.feeds.redirects import move, move_feeds
from tracker.management.seeds import files, rows
from tracker.models import Article, Author, Claim, Decision, Feed, Outlet, Position

SEEDS = Path(__file__).parents[4] / "seeds"
NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def seeds():
    return files.read(SEEDS)


def test_everything_comes_in_once(seeds):
    report = rows.load(seeds, now=NOW)
    assert (report.articles, report.claims, report.questions) == (1, 10, 29)
    assert report.feeds == len(seeds.feeds) + 1
    assert Position.objects.of_claims().count() == Position.objects.of_questions().count() == 29


def test_a_second_time_nothing_comes_in_and_nothing_changes(seeds):
    rows.load(seeds, now=NOW)
    decisions = Decision.objects.count()
    assert rows.load(seeds, now=NOW) == rows.SeedReport()
    assert Decision.objects.count() == decisions


def test_what_a_curator_mended_stays(seeds):
    rows.load(seeds, now=NOW)
    Claim.objects.filter(slug="no-concessions").update(title="Mended")
    Proposition.objects.filter(key="power-of-siberia-2-contract").update(question="Mended?")
    Article.objects.update(title="Mended")
    Author.objects.update(about="Mended")
    rows.load(seeds, now=NOW)
    assert Claim.objects.get(slug="no-concessions").title == "Mended"
    assert Proposition.objects.get(key="power-of-siberia-2-contract").question == "Mended?"
    assert (Article.objects.get().title, Author.objects.get().about) == ("Mended", "Mended")


def test_a_feed_that_has_moved_is_not_added_again(seeds):
    rows.load(seeds, now=NOW)
    found, told = (Feed.objects.get(address=seed.address) for seed in seeds.feeds[:2])
    assert move(found, to="https://new.example/a", reason="It was found there.", now=NOW, by="seek")
    told.moved_to, told.moves_seen = "https://new.example/b", 3
    move_feeds([told], now=NOW)
    assert Feed.objects.filter(address__startswith="https://new.example/").count() == 2
    assert rows.load(seeds, now=NOW) == rows.SeedReport()


def test_claims_quote_the_stored_text_and_are_accepted(seeds):
    rows.load(seeds, now=NOW)
    text = Article.objects.get().text
    claims = list(Claim.objects.accepted())
    assert len(claims) == 10
    assert all(text[claim.start : claim.end] == claim.quote for claim in claims)


def test_the_author_is_known_and_forecasts_by_the_wording_of_the_claims(seeds):
    rows.load(seeds, now=NOW)
    author = Author.objects.get(name="Ryan Hass")
    sided = sum(each.side != "none" for each in seeds.questions)
    assert Outlet.objects.get().homepage.endswith("brookings.edu/")
    assert Forecast.objects.filter(forecaster=author.forecaster).count() == sided
    contract = Forecast.objects.get(proposition__key="power-of-siberia-2-contract")
    assert contract.probability == pytest.approx(0.15), "the claim says No with 0.85"


def test_a_question_without_a_base_rate_starts_from_the_wording(seeds):
    rows.load(seeds, now=NOW)
    trade = Proposition.objects.get(key="china-russia-trade-matches-2024")
    assert 0.5 < trade.prior < 0.95
    assert "discounted" in trade.prior_reason


def test_the_chronology_is_an_archive_and_the_other_feeds_wait_to_be_polled(seeds):
    rows.load(seeds, now=NOW)
    assert Feed.objects.get(address=rows.CHRONOLOGY).state == Feed.State.ARCHIVE
    assert Feed.objects.due(NOW).count() == len(seeds.feeds)


def test_a_quote_that_the_text_lacks_is_named_and_nothing_comes_in(seeds):
    claims = (*seeds.claims[:-1], dataclasses.replace(seeds.claims[-1], quote="Words that nobody wrote"))
    with pytest.raises(Refused, match=r"C8.*Words that nobody wrote"):
        rows.load(dataclasses.replace(seeds, claims=claims), now=NOW)
    assert not Article.objects.exists()


def test_the_files_are_read_into_plain_data(seeds):
    ruling = next(each.ruling for each in seeds.questions if each.key == "C1a")
    assert (ruling.outcome, ruling.ruled_on) == ("no", date(2025, 12, 31))
    assert len(seeds.published) == 88
    assert {decision.event for decision in seeds.decisions} <= seeds.published.keys()


@pytest.mark.parametrize(
    ("name", "words", "complaint"),
    [
        ("claims.json", "{", "claims.json cannot be read"),
        ("claims.json", "[]", "one JSON object"),
        ("claims.json", '{"claims": [{"key": "C1"}]}', "claims 1 lacks"),
        ("propositions.json", '{"propositions": 3}', "no list of propositions"),
        ("feeds.opml", "<opml>", "feeds.opml cannot be read"),
    ],
)
def test_a_damaged_file_is_named(tmp_path, name, words, complaint):
    for path in filter(Path.is_file, SEEDS.iterdir()):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / name).write_text(words)
    with pytest.raises(Refused, match=complaint):
        files.read(tmp_path)


@pytest.mark.parametrize(
    ("name", "old", "new", "complaint"),
    [
        ("decisions.json", '"C1a"', '"C99"', "C99"),
        ("propositions.json", '"claim": "C1"', '"claim": "C99"', "claim C99"),
        ("propositions.json", '"deadline": "2025-12-31"', '"deadline": "some day"', "propositions 1: .*some day"),
        ("chronology.xml", "<published>2026-02-05", "<published>lately", "ev-2026-02-05-1.*lately"),
    ],
)
def test_a_row_that_names_nothing_or_no_day_is_told(tmp_path, name, old, new, complaint):
    for path in filter(Path.is_file, SEEDS.iterdir()):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / name).write_text((SEEDS / name).read_text("utf-8").replace(old, new), "utf-8")
    with pytest.raises(Refused, match=complaint):
        files.read(tmp_path)
