"""Return addresses that lead nowhere else, and tries that all processes count together."""

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.test import RequestFactory

from tests.makers import NOW
from tests.races import at_once
from tests.servers import clean_environment
from tracker.models import TryCount
from tracker.pages.access import LONGEST_ADDRESS, Bound, return_address

__all__ = ["at_once"]

ROOT = Path(__file__).parents[3]
TRIES = Bound(name="position", most=2, within=timedelta(minutes=15))
COUNT = """
import django
django.setup()
from datetime import timedelta
from tracker.pages.access import Bound
for _ in range(25):
    Bound(name="shared", most=50, within=timedelta(hours=1)).count("eve")
"""


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("address", ["/claims/", "/questions/?status=due&page=2", "/stories/3/#h-hist"])
def test_a_page_of_ours_is_returned_to(method, address):
    assert return_address(getattr(RequestFactory(), method)("/", {"next": address}), default="/") == address


@pytest.mark.parametrize(
    "address",
    [
        "",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https:evil.example",
        "https://evil.example/",
        "http://testserver.evil.example/",
        "javascript:alert(1)",
        "evil.example",
        " /claims/",
        "/claims/\r\nSet-Cookie: a=b",
        "/claims/\x00",
        "/\t/evil.example",
        "/" + "x" * LONGEST_ADDRESS,
    ],
)
def test_a_hostile_address_is_never_returned_to(address):
    assert return_address(RequestFactory().post("/", {"next": address}), default="/feeds/") == "/feeds/"


@pytest.mark.django_db
def test_a_bound_is_reached_by_counting_and_lifted_by_forgetting():
    TRIES.count("ada", "192.0.2.1")
    assert not TRIES.is_reached("ada", "192.0.2.1")
    TRIES.count(" Ada ", "192.0.2.1")
    assert TRIES.is_reached("ada", "192.0.2.1")
    assert not TRIES.is_reached("ada", "192.0.2.2")
    TRIES.forget("ada", "192.0.2.1")
    assert not TRIES.is_reached("ada", "192.0.2.1")


@pytest.mark.django_db
def test_a_span_ends_with_its_time_and_what_has_ended_is_forgotten():
    with time_machine.travel(NOW, tick=False) as clock:
        for name in ("eve", "eve", "mallory"):
            TRIES.count(name)
        clock.shift(timedelta(minutes=14))
        assert TRIES.is_reached("eve")
        clock.shift(timedelta(minutes=1))
        assert not TRIES.is_reached("eve")
        TRIES.count("eve")
        assert TryCount.objects.get().count == 1


@pytest.mark.django_db
def test_a_flood_of_made_up_names_pushes_no_count_out():
    for _ in range(TRIES.most):
        TRIES.count("eve")
    for number in range(100):
        TRIES.count(f"nobody {number}")
    assert TRIES.is_reached("eve")


def test_tries_at_once_are_all_counted(at_once):
    assert at_once(*[lambda: TRIES.count("eve")] * 4) == [None] * 4
    assert at_once(lambda: TryCount.objects.get().count) == [4]


def test_two_processes_without_redis_count_together(tmp_path):
    environment = clean_environment(HINDCAST_VAR=str(tmp_path), DJANGO_SETTINGS_MODULE="config.settings")
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=environment, check=True)
    workers = [subprocess.Popen([sys.executable, "-c", COUNT], cwd=ROOT, env=environment) for _ in range(2)]
    assert [worker.wait(timeout=60) for worker in workers] == [0, 0]
    script = COUNT.replace("for _ in range(25):", "print(").replace('.count("eve")', '.is_reached("eve"))')
    out = subprocess.run([sys.executable, "-c", script], cwd=ROOT, env=environment, check=True, capture_output=True)
    assert out.stdout.decode().strip() == "True"
