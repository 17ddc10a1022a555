import gzip
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tracker.management.archive import Archived, BadArchive, Playback, address_of, read_entries, read_propositions
from tracker.management.replay import Window
from tracker.news.fetch import Request
from tracker.news.parse import parse

SHARED = Path(__file__).parents[4] / "shared/data"
DAY = datetime(2026, 1, 1, 10, tzinfo=UTC)
QUESTION = {
    "id": "p1",
    "claim": "It rains.",
    "question": "Will it rain?",
    "opens": "2026-01-01",
    "deadline": "2026-01-31",
}
ENTRY = {"feed": "wire", "title": "Rain", "published": "2026-01-01T10:00:00+00:00"}


def written(path: Path, content: object) -> Path:
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    return path


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("{", "is no JSON"),
        ([], "at least one proposition"),
        ({"a": 1}, "at least one proposition"),
        (["p1"], "proposition 1 is no object"),
        ([{**QUESTION, "deadline": "2025-01-01"}], "lies before its opening"),
        ([{**QUESTION, "opens": "soon"}], "opens must be a day"),
        ([{**QUESTION, "claim": " "}], "has no claim"),
        ([{**QUESTION, "keywords": "rain"}], "keywords must be a list"),
        ([QUESTION, QUESTION], "uses an id twice"),
    ],
)
def test_propositions_that_make_no_sense_are_refused_by_name(tmp_path, rows, words):
    with pytest.raises(BadArchive, match=words):
        read_propositions(written(tmp_path / "p.json", rows))


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ("", "holds no entries"),
        ("not json", "line 1 is no JSON"),
        ("[]", "line 1 is no object"),
        (json.dumps({**ENTRY, "published": "yesterday"}), "published must be a time"),
        (json.dumps(ENTRY) + "\n" + json.dumps({**ENTRY, "feed": ""}), "line 2 has no feed"),
        ("x" * 1_000_002, "longer than"),
    ],
)
def test_entries_that_make_no_sense_are_refused_by_line(tmp_path, lines, words):
    with pytest.raises(BadArchive, match=words):
        read_entries(written(tmp_path / "e.jsonl", lines))


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(BadArchive, match="cannot be read"):
        read_entries(tmp_path / "none.jsonl.gz")


def test_a_damaged_archive_is_refused(tmp_path):
    whole = gzip.compress(json.dumps(ENTRY).encode() * 1000)
    (tmp_path / "e.jsonl.gz").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(BadArchive, match="damaged"):
        read_entries(tmp_path / "e.jsonl.gz")


def test_a_time_without_a_zone_is_taken_as_utc(tmp_path):
    (entry,) = read_entries(written(tmp_path / "e.jsonl", json.dumps({**ENTRY, "published": "2026-01-01"})))
    assert entry.published == datetime(2026, 1, 1, tzinfo=UTC)


def test_entries_come_oldest_first(tmp_path):
    lines = "\n".join(json.dumps({**ENTRY, "published": f"2026-01-0{day}"}) for day in (3, 1, 2))
    assert [entry.published.day for entry in read_entries(written(tmp_path / "e.jsonl", lines))] == [1, 2, 3]


def test_a_playback_serves_the_window_as_a_feed_that_the_real_parser_reads():
    entries = [
        Archived(feed="wire", title=f"Day {n}", link="", published=DAY + timedelta(days=n), description="")
        for n in range(3)
    ]
    playback = Playback(entries)
    playback.window = (DAY, DAY + timedelta(days=1))
    assert playback.with_news() == [address_of("wire")]
    (answer,) = playback.fetch([Request(address=address_of("wire"))])
    parsed = parse(answer.body, address=answer.address, content_type=answer.headers["content-type"], now=DAY)
    assert [item.title for item in parsed.entries] == ["Day 1"]
    assert parsed.entries[0].published_at == DAY + timedelta(days=1)


def test_the_last_step_ends_with_the_window():
    window = Window(since=DAY, until=DAY + timedelta(days=2, hours=1), step=timedelta(days=1))
    assert window.moments() == [DAY + timedelta(days=1), DAY + timedelta(days=2), window.until]


@pytest.mark.parametrize(("hours", "step"), [(0, 1), (-5, 1), (5, 0)])
def test_a_window_that_goes_nowhere_is_refused(hours, step):
    with pytest.raises(ValueError, match=r"step must|does not lie after"):
        Window(since=DAY, until=DAY + timedelta(hours=hours), step=timedelta(hours=step))


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason="the extra real data is not beside the checkout")
def test_the_real_archive_is_read_whole():
    assert len(read_entries(SHARED / "newswire/entries.jsonl.gz")) == 10_019
    assert len(read_propositions(SHARED / "gold_evidence/propositions.json")) == 16
