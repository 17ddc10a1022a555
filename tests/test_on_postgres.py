"""The tests that touch the database, once more on a real PostgreSQL: the same code serves both."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.servers import clean_environment

ROOT = Path(__file__).parents[1]
PURE = ("forecasts/maths", "forecasts/outside")  # no database, so nothing to see here
# Each part in a process and a database of its own, so that they share the cores.
PARTS = {
    "decisions": ("forecasts", "tracker/models", "tracker/curation", "test_story.py"),
    "jobs": ("tracker/jobs",),
    "pages": ("tracker/pages",),
}


@pytest.mark.postgres
@pytest.mark.slow
@pytest.mark.timeout(1500)
@pytest.mark.parametrize("part", PARTS)
def test_whatever_holds_on_sqlite_holds_on_postgresql(part, postgres_url):
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-m", "not browser and not slow"]
    command += [f"tests/{folder}" for folder in PARTS[part]]
    command += [f"--ignore=tests/{folder}" for folder in PURE]
    environment = clean_environment(HINDCAST_DATABASE_URL=postgres_url)
    for name in ("PYTEST_XDIST_WORKER", "PYTEST_XDIST_WORKER_COUNT", "PYTEST_CURRENT_TEST"):
        environment.pop(name, None)
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=1400, check=False)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert " passed" in done.stdout.splitlines()[-1]
