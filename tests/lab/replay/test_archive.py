import gzip
import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from forecasts.refused import Refused
from lab.evaluate.rows import MOST_LINE
from lab.replay.archive import (
    ArchivedEntry,
    ArchivedQuestion,
    Playback,
    Settled,
    address_of,
    read_entries,
    read_propositions,
)
from lab.replay.playback import ReplayWindow, window_of
from news.fetch.connections import Request
from news.formats.parse import parse

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
        ([{**QUESTION, "prior": 1}], "prior: 1 leaves no room for surprise"),
        ([{**QUESTION, "prior": "half"}], "prior: 'half' is not a probability"),
        ([{**QUESTION, "process": "vote"}], "process must be one of event, state, threshold"),
        ([{**QUESTION, "outcome": "maybe", "settled": "2026-01-05"}], "outcome must be one of yes, no, void"),
        ([{**QUESTION, "outcome": "yes"}], "outcome and settled"),
        ([{**QUESTION, "settled": "2026-01-05"}], "outcome and settled"),
        ([{**QUESTION, "outcome": "yes", "settled": "2025-12-31"}], "give a day from its opening"),
        ([{**QUESTION, "outcome": ["yes"], "settled": "2026-01-05"}], "outcome must be one of"),
    ],
)
def test_propositions_that_make_no_sense_are_refused_by_name(tmp_path, rows, words):
    with pytest.raises(Refused, match=words):
        read_propositions(written(tmp_path / "p.json", rows))


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ("", "holds no entries"),
        ("not json", "line 1: not valid JSON"),
        ("[]", "line 1: not a JSON object"),
        (json.dumps({**ENTRY, "published": "yesterday"}), 'line 1: "published" is no time'),
        (json.dumps(ENTRY) + "\n" + json.dumps({**ENTRY, "feed": ""}), 'line 2: "feed" is empty'),
        ("x" * (MOST_LINE + 1), "longer than"),
    ],
)
def test_entries_that_make_no_sense_are_refused_by_line(tmp_path, lines, words):
    with pytest.raises(Refused, match=words):
        read_entries(written(tmp_path / "e.jsonl", lines))


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(Refused, match="cannot be read"):
        read_entries(tmp_path / "none.jsonl.gz")


def test_a_damaged_archive_is_refused(tmp_path):
    whole = gzip.compress(json.dumps(ENTRY).encode() * 1000)
    (tmp_path / "e.jsonl.gz").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(Refused, match="ends too early"):
        read_entries(tmp_path / "e.jsonl.gz")


def test_a_time_without_a_zone_is_taken_as_utc(tmp_path):
    (entry,) = read_entries(written(tmp_path / "e.jsonl", json.dumps({**ENTRY, "published": "2026-01-01"})))
    assert entry.published == datetime(2026, 1, 1, tzinfo=UTC)


def test_prior_process_and_outcome_are_read_where_they_are_given(tmp_path):
    more = {"prior": 0.3, "process": "state", "outcome": "no", "settled": "2026-01-05"}
    plain, whole = read_propositions(written(tmp_path / "p.json", [QUESTION, {**QUESTION, **more, "id": "p2"}]))
    assert (plain.prior, plain.process, plain.settled) == (None, "", None)
    assert (whole.prior, whole.prior_reason, whole.process) == (0.3, "Given with the replay.", "state")
    assert (whole.settled.outcome, whole.settled.known_at) == ("no", datetime(2026, 1, 6, tzinfo=UTC))


def test_entries_come_oldest_first(tmp_path):
    lines = "\n".join(json.dumps({**ENTRY, "published": f"2026-01-0{day}"}) for day in (3, 1, 2))
    assert [entry.published.day for entry in read_entries(written(tmp_path / "e.jsonl", lines))] == [1, 2, 3]


def test_a_playback_serves_the_window_as_a_feed_that_the_real_parser_reads():
    entries = [
        ArchivedEntry(feed="wire", title=f"Day {n}", link="", published=DAY + timedelta(days=n), description="")
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
    window = ReplayWindow(since=DAY, until=DAY + timedelta(days=2, hours=1), step=timedelta(days=1))
    assert window.moments() == [DAY + timedelta(days=1), DAY + timedelta(days=2), window.until]


def test_a_day_that_settles_something_is_a_moment_of_its_own_within_the_window():
    window = ReplayWindow(since=DAY, until=DAY + timedelta(days=4), step=timedelta(days=2))
    odd, late = DAY + timedelta(days=3), DAY + timedelta(days=5)
    assert window.moments(also=[odd, late, DAY]) == [DAY + timedelta(days=2), odd, window.until]


def test_the_clock_goes_on_to_the_last_outcome_unless_told_otherwise():
    (entry,) = [ArchivedEntry(feed="wire", title="Rain", link="", published=DAY, description="")]
    questions = ArchivedQuestion(
        id="p1", claim="", question="", resolution_criteria="", opens=DAY.date(), deadline=DAY.date()
    )
    when = {"since": None, "until": None, "step": timedelta(days=1)}
    ends = [
        window_of([entry], [replace(questions, settled=settled)], **when).until
        for settled in (None, Settled(outcome="yes", on=date(2026, 3, 1)))
    ]
    assert ends == [datetime(2026, 1, 2, tzinfo=UTC), datetime(2026, 3, 2, tzinfo=UTC)]
    with pytest.raises(ValueError, match="say --until"):
        window_of([entry], [replace(questions, settled=Settled(outcome="yes", on=date(2090, 1, 1)))], **when)


@pytest.mark.parametrize(("hours", "step"), [(0, 1), (-5, 1), (5, 0)])
def test_a_window_that_goes_nowhere_is_refused(hours, step):
    with pytest.raises(ValueError, match=r"step must|does not lie after"):
        ReplayWindow(since=DAY, until=DAY + timedelta(hours=hours), step=timedelta(hours=step))


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason="the extra real data is not beside the checkout")
def test_the_real_archive_is_read_whole():
    assert len(read_entries(SHARED / "newswire/entries.jsonl.gz")) == 10_019
    assert len(read_propositions(SHARED / "gold_evidence/propositions.json")) == 16
