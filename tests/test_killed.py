"""A worker that is killed in the middle of a job, again and again: nothing is lost and nothing comes twice."""

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.loopback import Site, reply
from tests.servers import clean_environment

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1200)]
ROOT = Path(__file__).parents[1]
KILLS = 20
FEEDS, ENTRIES = 40, 15


class Folder:
    """A database, a message folder and an outbox that only these workers use."""

    def __init__(self, folder: Path) -> None:
        self.log = folder / "worker.log"
        self.environment = clean_environment(
            HINDCAST_VAR=str(folder),
            HINDCAST_ALLOWED_NETWORKS="127.0.0.0/8",
            HINDCAST_LOG_LEVEL="ERROR",
            HINDCAST_HOST_GAP_MS="0",
        )

    def start(self, *arguments: str) -> subprocess.Popen:
        command, pipe = [sys.executable, "-m", "tests.killing", *arguments], subprocess.PIPE
        return subprocess.Popen(command, cwd=ROOT, env=self.environment, stdin=pipe, stdout=pipe, text=True)

    def run(self, *arguments: str) -> str:
        process = self.start(*arguments)
        said, _ = process.communicate(timeout=300)
        assert process.returncode == 0
        return said

    def count(self, job: str) -> dict:
        return json.loads(self.run("count", job).splitlines()[-1])

    @contextlib.contextmanager
    def killer(self, job: str):
        """Yields `kill`: start a worker, wait until it has taken the job up, kill it; whether it was at it."""
        with self.start("work", job) as workers:

            def kill(*, after: float) -> bool:
                self.log.unlink(missing_ok=True)
                print(self.log, file=workers.stdin, flush=True)
                worker = int(workers.stdout.readline())
                try:
                    took_it_up = self.wait_for_words(f"tracker.tasks.{job}", "received")
                    assert took_it_up, "the worker never took the job up"
                    was_at_it = not self.wait_for_words(f"tracker.tasks.{job}", "succeeded", seconds=after)
                finally:
                    with contextlib.suppress(ProcessLookupError):
                        os.killpg(worker, signal.SIGKILL)
                assert int(workers.stdout.readline()) == -signal.SIGKILL
                return was_at_it

            yield kill

    def wait_for_words(self, *words: str, seconds: float = 120) -> bool:
        """Whether a line of the worker with all these words came in time."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            lines = self.log.read_text().splitlines() if self.log.exists() else []
            if any(all(word in line for word in words) for line in lines):
                return True
            time.sleep(0.005)
        return False


def feed(number: int, *, entries: int) -> bytes:
    items = "".join(
        f"<item><guid>{number}-{n}</guid><title>Report {n} of the correspondent in town {number}</title>"
        f"<link>https://news.example/{number}/{n}</link></item>"
        for n in range(entries)
    )
    return f"<rss version='2.0'><channel><title>Feed {number}</title>{items}</channel></rss>".encode()


def slowly(body: bytes):
    whole = reply(body, content_type="application/rss+xml")

    def answer(asked, write):
        asked.stop.wait(0.12)
        whole(asked, write)

    return answer


def test_ingest_killed_twenty_times_stores_each_entry_once(tmp_path):
    folder, dice = Folder(tmp_path), random.Random(1)
    with contextlib.ExitStack() as stack:
        sites = [stack.enter_context(Site(host=f"127.0.0.{n}")) for n in range(2, 6)]

        def publish(number: int, entries: int) -> str:
            return sites[number % 4].at(f"/{number}.xml", slowly(feed(number, entries=entries)))

        folder.run("prepare", "ingest", *[publish(number, ENTRIES) for number in range(FEEDS)])
        in_the_middle, kill = 0, stack.enter_context(folder.killer("ingest"))
        for time_round in range(1, KILLS + 1):
            in_the_middle += kill(after=dice.uniform(0.02, 0.8))
            for number in range(FEEDS):  # each feed goes on, so that there is always something to store
                publish(number, ENTRIES + time_round)
        folder.run("finish", "ingest")
    counts = folder.count("ingest")
    assert in_the_middle >= KILLS // 2
    assert counts["a_feed"] == [ENTRIES + KILLS]
    assert counts["entries"] == counts["revisions"] == FEEDS * (ENTRIES + KILLS)
    assert (counts["leased"], counts["failed"]) == (0, 0)


def test_match_killed_twenty_times_attaches_each_story_once(tmp_path):
    killed, undisturbed, dice = Folder(tmp_path / "killed"), Folder(tmp_path / "undisturbed"), random.Random(2)
    for folder in (killed, undisturbed):
        folder.run("prepare", "match")
    with killed.killer("match") as kill:
        in_the_middle = sum(kill(after=dice.uniform(0.05, 2.0)) for _ in range(KILLS))
    for folder in (killed, undisturbed):
        folder.run("finish", "match")
    counts = killed.count("match")
    assert in_the_middle >= KILLS // 2
    assert counts["unmatched"] == 0
    assert len(counts["evidence"]) > 500
    assert counts == undisturbed.count("match")


def test_digest_killed_twenty_times_writes_and_files_each_letter_once(tmp_path):
    folder, dice = Folder(tmp_path), random.Random(3)
    folder.run("prepare", "digest")
    with folder.killer("digest") as kill:
        in_the_middle = sum(kill(after=dice.uniform(0.02, 0.5)) for _ in range(KILLS))
    folder.run("finish", "digest")
    counts = folder.count("digest")
    assert in_the_middle >= KILLS // 2
    assert counts["letters"] == counts["readers"] == counts["files"] == counts["told"]
    assert counts["letters"] == 400
    assert counts["unsent"] == 0
