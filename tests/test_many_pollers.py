"""Many processes poll many feeds over one database, and half of them are killed: nothing is lost or doubled."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from tests.servers import clean_environment, wait_for
from tests.town import Town

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]
ROOT = Path(__file__).parents[1]
LISTED = 4
LONG_AGO = "2026-01-01 00:00:00+00:00"
QUIET_SECONDS = 2.0


class Pollers:
    """Processes over one database, which is looked at and changed by plain SQL."""

    def __init__(self, folder: Path, query: Callable[[str], list], **settings: str) -> None:
        self.query, self._stop, self.running = query, folder / "stop", []
        self.environment = clean_environment(
            HINDCAST_VAR=str(folder),
            HINDCAST_ALLOWED_NETWORKS="127.0.0.0/8",
            HINDCAST_HOST_GAP_MS="0",
            HINDCAST_LOG_LEVEL="ERROR",
            **settings,
        )

    def start(self, *arguments: str, **options) -> subprocess.Popen:
        command = [sys.executable, "-m", "tests.polling", *arguments]
        return subprocess.Popen(command, cwd=ROOT, env=self.environment, start_new_session=True, text=True, **options)

    def prepare(self, addresses: list[str]) -> None:
        process = self.start("prepare", stdin=subprocess.PIPE)
        process.communicate("\n".join(addresses), timeout=120)
        assert process.returncode == 0

    @contextmanager
    def at_work(self, count: int) -> Iterator[list[subprocess.Popen]]:
        self._stop.unlink(missing_ok=True)
        processes = [self.start("work", str(self._stop)) for _ in range(count)]
        try:
            yield processes
        finally:
            self._stop.touch()
            for process in processes:
                try:
                    process.wait(timeout=60)
                except subprocess.TimeoutExpired:
                    os.killpg(process.pid, signal.SIGKILL)
                    process.wait()
        assert {process.returncode for process in processes} <= {0, -signal.SIGKILL}

    def number(self, query: str) -> int:
        return self.query(query)[0][0]

    def read(self, listed: int) -> int:
        """How many feeds have been read: those with all entries that they list.

        Feeds that were put off, since a redirect of theirs led to a host that was busy, need not wait a minute here.
        """
        whole = f"SELECT feed_id FROM tracker_entry GROUP BY feed_id HAVING count(*) = {listed}"
        self.query(
            f"UPDATE tracker_feed SET next_poll_at = '{LONG_AGO}' "
            f"WHERE lease_token = '' AND next_poll_at > '{LONG_AGO}' AND id NOT IN ({whole})"
        )
        return self.number(f"SELECT count(*) FROM ({whole}) AS whole")

    def until_quiet(self, listed: int) -> None:
        """Wait until no feed has come in for a while: what is left is held by those that are dead."""
        seen, since = self.read(listed), time.monotonic()
        until = since + 120
        while time.monotonic() - since < QUIET_SECONDS and time.monotonic() < until:
            time.sleep(0.1)
            if (now := self.read(listed)) != seen:
                seen, since = now, time.monotonic()


@pytest.fixture
def over_postgresql(postgres_url, tmp_path):
    with psycopg.connect(postgres_url, autocommit=True) as connection:

        def query(words):
            cursor = connection.execute(words)
            return cursor.fetchall() if cursor.description else []

        yield Pollers(tmp_path, query, HINDCAST_DATABASE_URL=postgres_url)


@pytest.fixture
def over_sqlite(tmp_path):
    def query(words):
        connection = sqlite3.connect(tmp_path / "db.sqlite3", timeout=30, isolation_level=None)
        try:
            return connection.execute(words).fetchall()
        finally:
            connection.close()

    return Pollers(tmp_path, query)


@pytest.mark.postgres
def test_eight_processes_over_postgresql(over_postgresql):
    read_and_survive(over_postgresql, processes=8)


def test_two_processes_over_sqlite(over_sqlite):
    read_and_survive(over_sqlite, processes=2)


def read_and_survive(pollers: Pollers, *, processes: int, feeds: int = 500) -> None:
    hosts = [f"127.31.{n // 10}.{n % 10 + 1}" for n in range(100)]
    with Town(hosts, feeds, moved=frozenset(range(0, feeds, 10)), listed=LISTED) as town:
        pollers.prepare([town.address(number) for number in range(feeds)])
        each_is_read_once(pollers, town, processes=processes)
        half_are_killed(pollers, town, processes=processes)
        assert max(town.most_at_once.values()) <= 2


def each_is_read_once(pollers: Pollers, town: Town, *, processes: int) -> None:
    with pollers.at_work(processes):
        wait_for(lambda: pollers.read(town.listed) == town.feeds, seconds=120, what="all feeds to be read")
    assert {town.asked[town.target(number)] for number in range(town.feeds)} == {1}
    assert contents(pollers) == (town.feeds, town.feeds * LISTED, town.feeds * LISTED, LISTED, LISTED)


def half_are_killed(pollers: Pollers, town: Town, *, processes: int) -> None:
    town.listed = LISTED + 2
    pollers.query(f"UPDATE tracker_feed SET next_poll_at = '{LONG_AGO}'")
    pollers.query("UPDATE tracker_host SET free_at = NULL")
    with pollers.at_work(processes) as running:
        wait_for(lambda: pollers.read(town.listed) > town.feeds // 10, seconds=60, what="the work to be under way")
        for process in running[: processes // 2]:
            os.killpg(process.pid, signal.SIGKILL)
        pollers.until_quiet(town.listed)
        pollers.query(f"UPDATE tracker_feed SET lease_until = '{LONG_AGO}' WHERE lease_token <> ''")
        pollers.query(f"UPDATE tracker_host SET lease_until = '{LONG_AGO}' WHERE lease_token <> ''")
        wait_for(lambda: pollers.read(town.listed) == town.feeds, seconds=120, what="what the dead had held to be read")
    listed = LISTED + 2
    assert contents(pollers) == (town.feeds, town.feeds * listed, town.feeds * listed, listed, listed)
    assert pollers.number("SELECT count(*) FROM tracker_feed WHERE lease_token <> '' OR failures > 0") == 0
    assert pollers.number("SELECT count(*) FROM tracker_host WHERE lease_token <> ''") == 0


def contents(pollers: Pollers) -> tuple[int, ...]:
    """Feeds with entries, entries, current revisions, and the fewest and most entries of a feed."""
    counted = "SELECT feed_id, count(*) AS n FROM tracker_entry GROUP BY feed_id"
    feeds, fewest, most = pollers.query(f"SELECT count(*), min(n), max(n) FROM ({counted}) AS counted")[0]
    entries = pollers.number("SELECT count(DISTINCT (identity)) FROM tracker_entry")
    revisions = pollers.number("SELECT count(*) FROM tracker_revision WHERE is_current")
    return feeds, entries, revisions, fewest, most
