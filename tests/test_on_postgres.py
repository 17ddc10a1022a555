"""The tests that touch the database, once more on a real PostgreSQL: the same code serves both."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.servers import clean_environment

ROOT = Path(__file__).parents[1]
PURE = ("forecasts/maths", "forecasts/outside")  # no database, so nothing to see here
PARTS = ("forecasts", "tracker/models", "tracker/curation", "tracker/jobs", "tracker/pages", "test_story.py")


@pytest.mark.postgres
@pytest.mark.slow
@pytest.mark.timeout(1500)
def test_whatever_holds_on_sqlite_holds_on_postgresql(postgres_url):
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-m", "not browser and not slow"]
    command += [f"tests/{part}" for part in PARTS if (ROOT / "tests" / part).exists()]
    command += [f"--ignore=tests/{part}" for part in PURE]
    environment = clean_environment(HINDCAST_DATABASE_URL=postgres_url)
    for name in ("PYTEST_XDIST_WORKER", "PYTEST_XDIST_WORKER_COUNT", "PYTEST_CURRENT_TEST"):
        environment.pop(name, None)
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=1400, check=False)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert " passed" in done.stdout.splitlines()[-1]
