"""What tests of several parts share: a real PostgreSQL, a real Redis and a real Chromium."""

import os
import uuid
from pathlib import Path

import hypothesis
import psycopg
import pytest
from django.core.cache import cache

from tests import servers

# A busy machine is no counterexample.
hypothesis.settings.register_profile("patient", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("patient")

# Extra data that may stand beside the checkout.
SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
CORPUS = SHARED / "feed_corpus"
VECTORS = SHARED / "scoring_vectors" / "metaculus.json"

CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_addoption(parser):
    words = "the folder of feed documents, with an index.json, that test_corpus replays"
    parser.addoption("--corpus", type=Path, default=CORPUS, help=words)
    words = "the file of scoring cases, in suites by name, that test_vectors runs"
    parser.addoption("--vectors", type=Path, default=VECTORS, help=words)


def pytest_configure(config):
    folder = config.option.corpus
    if folder != CORPUS and not (folder / "index.json").is_file():
        raise pytest.UsageError(f"--corpus: there is no index.json in {folder}")
    vectors = config.option.vectors
    if vectors != VECTORS and not vectors.is_file():
        raise pytest.UsageError(f"--vectors: there is no file {vectors}")


def pytest_collection_modifyitems(items):
    """Each worker's share begins with slow tests, so that none of them is left over for one core at the end.

    Work stealing deals the list out in as many equal runs as there are workers.
    """
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    items.sort(key=lambda item: ("on_postgres" not in item.nodeid, item.get_closest_marker("slow") is None))
    items[:] = [item for share in range(workers) for item in items[share::workers]]


@pytest.fixture(autouse=True)
def no_memory():
    """What is kept in the cache, such as robots.txt, ends with its test."""
    cache.clear()


@pytest.fixture(scope="session")
def postgres_server():
    with servers.postgres() as address:
        yield address


@pytest.fixture
def postgres_url(postgres_server):
    """The address of a new, empty database."""
    name = f"hindcast_{uuid.uuid4().hex}"
    with psycopg.connect(f"{postgres_server}/postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return f"{postgres_server}/{name}"


@pytest.fixture
def redis_url():
    with servers.redis() as address:
        yield address


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Playwright drives the system's Chromium."""
    return {
        **browser_type_launch_args,
        "executable_path": servers.needed("chromium"),
        "args": CHROMIUM_ARGUMENTS,
    }


@pytest.fixture
def quiet_page(page):
    """A page of Chromium; the test fails when the page logs an error, a script fails or a file does not come.

    What Chromium itself breaks off, because the test has gone on to the next page, is no failure.
    """
    noise = []

    def failed(request):
        if request.failure != "net::ERR_ABORTED":
            noise.append(f"{request.url} did not come: {request.failure}")

    page.on("console", lambda message: noise.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: noise.append(str(error)))
    page.on("requestfailed", failed)
    yield page
    assert noise == []
