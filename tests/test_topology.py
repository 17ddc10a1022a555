"""The loop on the production topology, from processes: PostgreSQL, Redis, web, two workers, the schedule."""

import contextlib
import http.client
import signal
import subprocess
import sys
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

import psycopg
import pytest
from celery import Celery

from tests.loopback import Site, reply
from tests.servers import clean_environment, free_port, running, wait_for

pytestmark = [pytest.mark.postgres, pytest.mark.redis, pytest.mark.slow]

ROOT = Path(__file__).resolve().parent.parent
CELERY = ("-m", "celery", "-q", "--skip-checks", "-A")
FEED = """<rss version="2.0"><channel><title>The Wire</title><item><guid>1</guid>
<title>Gazprom and CNPC sign priced gas contract for Power of Siberia 2</title><link>https://wire.example/1</link>
<pubDate>{now}</pubDate>
<description>The Russian and Chinese firms announced volume and price of the gas in Beijing.</description>
</item></channel></rss>"""

# What a curator and a reader do; in a process of its own, since this one's database is another.
OPEN = """
from datetime import UTC, date, datetime
from tests.makers import make_claim, make_curator, make_feed, make_proposition, make_position, make_user
from tracker.curation import subscriptions
now = datetime.now(UTC)
claim = make_claim(slug="gas")
make_position(claim, proposition=make_proposition(
    "Will Gazprom and CNPC sign a priced gas contract for Power of Siberia 2?",
    statement="Gazprom and CNPC sign a priced gas contract for Power of Siberia 2.",
    keywords=["Gazprom", "CNPC", "Power of Siberia"], deadline=date(now.year + 1, 12, 31), unsettled_at=now))
make_feed(address="{feed}", next_poll_at=now)
make_curator("ann")
subscriptions.follow(make_user("ben"), subject=claim, at=now)
"""
CONFIRM = """
from datetime import UTC, datetime
from tracker.curation.evidence import confirm
from tracker.models import Evidence, User
confirm(Evidence.objects.get(), stance="supports", strength="decisive", by=User.objects.get(username="ann"),
        at=datetime.now(UTC))
"""


class Topology:
    def __init__(self, environment, *, port, log):
        self.environment, self.port, self.log = environment, port, log
        self.queue = Celery(broker=environment["HINDCAST_REDIS_URL"], set_as_current=False)

    def start(self, *arguments):
        """A context in which one process of the product runs."""
        command = [sys.executable, *arguments]
        return running(command, stop=signal.SIGTERM, log=self.log, cwd=ROOT, env=self.environment)

    def do(self, program):
        setup = "import django\ndjango.setup()\n"
        environment = self.environment | {"DJANGO_SETTINGS_MODULE": "config.settings"}
        command = [sys.executable, "-c", setup + program]
        subprocess.run(command, cwd=ROOT, env=environment, check=True, timeout=120)

    def wake(self, *jobs):
        for job in jobs:
            self.queue.send_task(f"tracker.tasks.{job}")

    def rows(self, query):
        with psycopg.connect(self.environment["HINDCAST_DATABASE_URL"]) as connection:
            return connection.execute(query).fetchall()

    def until(self, query, *, what):
        return wait_for(lambda: self.rows(query), seconds=90, what=what)

    def get(self, path):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        except OSError:
            return 0, ""
        finally:
            connection.close()


@pytest.fixture
def topology(postgres_url, redis_url, tmp_path):
    port = free_port()
    environment = clean_environment(
        HINDCAST_DATABASE_URL=postgres_url,
        HINDCAST_REDIS_URL=redis_url,
        HINDCAST_VAR=str(tmp_path),
        HINDCAST_BASE_URL=f"http://127.0.0.1:{port}",
        HINDCAST_ALLOWED_NETWORKS="127.0.0.0/8",
    )
    prepare = [sys.executable, "manage.py", "prepare", "--no-seed"]
    subprocess.run(prepare, cwd=ROOT, env=environment, check=True, timeout=300, capture_output=True)
    granian = ("-m", "granian", "--interface", "wsgi", "--port", str(port), "--workers", "2", "--no-ws")
    with contextlib.ExitStack() as processes:
        log = processes.enter_context((tmp_path / "topology.log").open("w"))
        made = Topology(environment, port=port, log=log)
        processes.enter_context(made.start(*granian, "config.wsgi:application"))
        for name in ("one", "two"):
            processes.enter_context(made.start(*CELERY, "config.celery:app", "worker", "-n", name))
        processes.enter_context(made.start(*CELERY, "config.celery:schedule", "beat"))
        yield made


@pytest.mark.timeout(600)
def test_the_loop_runs_on_postgresql_and_redis_with_two_workers(topology, tmp_path):
    wait_for((tmp_path / "heartbeat").exists, seconds=120, what="the schedule to reach a worker through Redis")
    wait_for(lambda: topology.get("/health/") == (200, "ok\n"), seconds=120, what="the web server")

    with Site() as wire:
        feed = FEED.format(now=format_datetime(datetime.now(UTC)))
        address = wire.at("/feed.xml", reply(feed.encode(), content_type="application/rss+xml"))
        topology.do(OPEN.format(feed=address))
        topology.wake("ingest", "ingest", "revise")  # a schedule that fires twice does no harm
        topology.until("SELECT 1 FROM tracker_entry", what="the entry")
    topology.wake("match", "match")
    topology.until("SELECT 1 FROM tracker_evidence", what="the suggestion")
    topology.until("SELECT 1 FROM forecasts_estimate", what="the first estimate")

    topology.do(CONFIRM)
    topology.wake("revise", "revise")
    topology.until("SELECT 1 FROM forecasts_estimate OFFSET 1", what="the estimate after the evidence")
    topology.wake("review")
    topology.until("SELECT 1 FROM tracker_statuschange WHERE new = 'due'", what="the claim to be due, settled in fact")
    topology.wake("digest", "digest")
    topology.until("SELECT 1 FROM tracker_letter", what="the letter")
    topology.wake("deliver", "deliver")
    topology.until("SELECT 1 FROM tracker_letter WHERE sent_at IS NOT NULL", what="the letter to go out")

    assert topology.rows("SELECT count(*) FROM tracker_entry") == [(1,)]
    assert topology.rows("SELECT count(*) FROM tracker_evidence") == [(1,)]
    assert topology.rows("SELECT count(*) FROM forecasts_estimate") == [(2,)]
    assert topology.rows("SELECT count(*) FROM tracker_letter") == [(1,)]
    assert topology.rows("SELECT job, error FROM tracker_jobrun WHERE error <> ''") == []
    status, page = topology.get("/claims/gas/")
    assert status == 200
    assert "Gazprom and CNPC sign priced gas contract" in page
