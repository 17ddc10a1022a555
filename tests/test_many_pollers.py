"""Many processes poll many feeds over one database, and half of them are killed at it."""

import contextlib
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import psycopg
import pytest

from tests.crowd import Crowd
from tests.servers import clean_environment, wait_for

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]
ROOT = Path(__file__).parents[1]
FEEDS, A_HOST, ENTRIES = 500, 5, 5
HOSTS = [f"127.2.{number}.1" for number in range(FEEDS // A_HOST)]
LONG_AGO = "2026-01-01 00:00:00"
WIRE = "Xi Jinping arrived in Moscow on Thursday for two days of talks about gas, trade and the war in Ukraine."


class Town:
    """The feeds, five a host. Each tenth lies behind a redirect: half of those lead to one host, half to a neighbour's.

    One report stands in all of them.
    """

    def __init__(self) -> None:
        self.entries = ENTRIES
        self.crowd = Crowd(HOSTS, self.answer)

    def home(self, number: int) -> tuple[str, str]:
        """Where the document of a feed is at last."""
        if number % 10:
            return HOSTS[number // A_HOST], f"/{number}.xml"
        return HOSTS[0 if number % 20 else (number // A_HOST + 1) % len(HOSTS)], f"/moved/{number}.xml"

    def addresses(self) -> list[str]:
        return [self.crowd.url(HOSTS[number // A_HOST], f"/{number}.xml") for number in range(FEEDS)]

    def answer(self, host: str, path: str) -> tuple[int, str, bytes]:
        number = int(Path(path).stem)
        if self.home(number) != (host, path):
            return 302, self.crowd.url(*self.home(number)), b""
        items = "".join(
            f"<item><guid>{number}-{n}</guid><title>Report {n} of the correspondent in town {number}</title>"
            f"<link>https://news.example/{number}/{n}</link></item>"
            for n in range(self.entries - 1)
        )
        wire = f"<item><guid>{number}-wire</guid><title>Xi in Moscow</title><description>{WIRE}</description></item>"
        return 200, "", f"<rss version='2.0'><channel><title>{number}</title>{items}{wire}</channel></rss>".encode()

    def asked(self) -> list[int]:
        """How often each feed's document was asked for."""
        return [self.crowd.asked[self.home(number)] for number in range(FEEDS)]


class Database:
    """Plain SQL for either of the two, beside the processes that are at work in it."""

    def __init__(self, connection) -> None:
        self._connection = connection

    def rows(self, query: str) -> list[tuple]:
        return self._connection.execute(query).fetchall()

    def value(self, query: str):
        return self.rows(query)[0][0]

    def do(self, statement: str) -> None:
        self._connection.execute(statement)


class Pollers:
    """Processes that poll, which rest together."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.folder, self.environment = folder, environment
        self.running: dict[str, subprocess.Popen] = {}

    def prepare(self, addresses: list[str]) -> None:
        command = [sys.executable, "-m", "tests.polling", "prepare"]
        subprocess.run(
            command, cwd=ROOT, env=self.environment, input="\n".join(addresses), text=True, check=True, timeout=120
        )

    def start(self, count: int) -> None:
        (self.folder / "rest").touch()
        for number in range(count):
            name = f"poller-{number}"
            command = [sys.executable, "-m", "tests.polling", "poll", name, str(self.folder)]
            environment = self.environment | {"HINDCAST_USER_AGENT": name}
            self.running[name] = subprocess.Popen(command, cwd=ROOT, env=environment)
        self.rest()

    def rest(self) -> None:
        """All finish what they are at; whoever ended by itself fails the test."""
        (self.folder / "rest").touch()
        for name, process in self.running.items():
            rests = self.folder / f"{name}-rests"
            wait_for(lambda: rests.exists() or process.poll() is not None, seconds=120, what=f"{name} to rest")
            assert process.poll() is None

    def go_on(self) -> None:
        for file in self.folder.glob("*-rests"):
            file.unlink()
        (self.folder / "rest").unlink()

    def kill(self, name: str) -> None:
        process = self.running.pop(name)
        process.kill()
        process.wait(30)

    def end(self) -> None:
        for name in list(self.running):
            self.kill(name)


@contextlib.contextmanager
def polling(folder: Path, count: int, *, database_url: str = ""):
    """The town with all its feeds due, and so many processes that rest."""
    environment = clean_environment(
        HINDCAST_VAR=str(folder),
        HINDCAST_DATABASE_URL=database_url,
        HINDCAST_ALLOWED_NETWORKS="127.0.0.0/8",
        HINDCAST_LOG_LEVEL="WARNING",
        HINDCAST_HOST_GAP_MS="20",
    )
    town, pollers = Town(), Pollers(folder, environment)
    with town.crowd:
        pollers.prepare(town.addresses())
        connection = _connect(folder, database_url)
        try:
            pollers.start(count)
            yield town, pollers, Database(connection)
        finally:
            town.crowd.go_on()
            pollers.end()
            connection.close()


def _connect(folder: Path, database_url: str):
    if database_url:
        return psycopg.connect(database_url, autocommit=True)
    return sqlite3.connect(folder / "db.sqlite3", timeout=20, isolation_level=None)


def read_all(database: Database, *, attempts: int) -> None:
    """Wait until each feed has been read so often. What was put off, since its host was busy, is due at once."""
    unread = f"(SELECT count(*) FROM tracker_attempt WHERE feed_id = tracker_feed.id) < {attempts}"

    def done() -> bool:
        put_off = database.rows(
            f"SELECT id, next_poll_at FROM tracker_feed"
            f" WHERE {unread} AND lease_token = '' AND next_poll_at <> '{LONG_AGO}'"
        )
        for key, at in put_off:  # unless it has been read meanwhile, and so has another time
            database.do(
                f"UPDATE tracker_feed SET next_poll_at = '{LONG_AGO}' WHERE id = {key} AND next_poll_at = '{at}'"
            )
        return not database.value(f"SELECT count(*) FROM tracker_feed WHERE {unread}")

    wait_for(done, seconds=120, what="all feeds to be read")


def leases(database: Database) -> int:
    return sum(
        database.value(f"SELECT count(*) FROM {table} WHERE lease_token <> ''")
        for table in ("tracker_feed", "tracker_host")
    )


def check_stored(town: Town, database: Database, *, attempts: int) -> None:
    a_feed = database.rows("SELECT count(*) FROM tracker_entry GROUP BY feed_id")
    assert Counter(n for (n,) in a_feed) == {town.entries: FEEDS}
    assert database.value("SELECT count(*) FROM tracker_revision") == FEEDS * town.entries
    assert database.value("SELECT count(*) FROM tracker_story WHERE headline = 'Xi in Moscow'") == 1
    tries = database.rows("SELECT count(*) FROM tracker_attempt WHERE error = '' GROUP BY feed_id")
    assert Counter(n for (n,) in tries) == {attempts: FEEDS}
    assert database.value("SELECT count(*) FROM tracker_attempt") == attempts * FEEDS
    assert leases(database) == 0
    assert set(town.crowd.most_at_once.values()) == {2}


def read_each_once(town: Town, pollers: Pollers, database: Database) -> None:
    pollers.go_on()
    read_all(database, attempts=1)
    pollers.rest()
    check_stored(town, database, attempts=1)
    assert Counter(town.asked()) == {1: FEEDS}


def until_all_wait(town: Town, database: Database, names: list[str]) -> None:
    """In the middle of a poll, each of these waits for an answer that does not come."""
    stored = "SELECT count(*) FROM tracker_attempt"
    wait_for(lambda: database.value(stored) >= FEEDS * 1.2, seconds=60, what="a part of the feeds to be read again")
    town.crowd.hold()
    wait_for(lambda: all(town.crowd.waiting[name] for name in names), seconds=15, what="all to wait for answers")


@pytest.mark.postgres
def test_eight_processes_read_each_of_500_feeds_once_and_four_are_killed_without_loss(tmp_path, postgres_url):
    with polling(tmp_path, 8, database_url=postgres_url) as (town, pollers, database):
        read_each_once(town, pollers, database)
        in_the_middle, sleeper, anytime = ["poller-0", "poller-1"], "poller-2", ["poller-3", "poller-4"]
        town.entries += 1
        database.do(f"UPDATE tracker_feed SET next_poll_at = '{LONG_AGO}'")
        pollers.go_on()
        until_all_wait(town, database, [*in_the_middle, sleeper])
        asleep = pollers.running.pop(sleeper)
        asleep.send_signal(signal.SIGSTOP)
        for name in in_the_middle:
            pollers.kill(name)
        town.crowd.go_on()
        dice = random.Random(1)
        for name in anytime:
            time.sleep(dice.uniform(0, 0.2))
            pollers.kill(name)
        finish(town, pollers, database)
        # Who slept longer than its lease wakes up with answers that others have stored by now.
        pollers.running[sleeper] = asleep
        asleep.send_signal(signal.SIGCONT)
        pollers.rest()
        check_stored(town, database, attempts=2)


def test_two_processes_over_one_sqlite_file_do_the_same(tmp_path):
    with polling(tmp_path, 2) as (town, pollers, database):
        read_each_once(town, pollers, database)
        town.entries += 1
        database.do(f"UPDATE tracker_feed SET next_poll_at = '{LONG_AGO}'")
        pollers.go_on()
        until_all_wait(town, database, ["poller-0"])
        pollers.kill("poller-0")
        town.crowd.go_on()
        finish(town, pollers, database)


def finish(town: Town, pollers: Pollers, database: Database) -> None:
    """Those who live read the rest, once the leases of the others have run out."""
    pollers.rest()
    assert leases(database) > 0
    for table in ("tracker_feed", "tracker_host"):
        database.do(f"UPDATE {table} SET lease_until = '{LONG_AGO}' WHERE lease_token <> ''")
    pollers.go_on()
    read_all(database, attempts=2)
    pollers.rest()
    check_stored(town, database, attempts=2)
