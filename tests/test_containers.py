"""The container files agree with the project: commands that exist, settings we read, a health check for each."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml

from config import settings

ROOT = Path(__file__).resolve().parent.parent
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
DOCKERFILE = (ROOT / "Dockerfile").read_text()
OURS = ("prepare", "web", "worker", "beat")


def test_the_topology_is_whole():
    assert set(COMPOSE["services"]) == {"postgres", "redis", *OURS}


@pytest.mark.parametrize("name", sorted(set(COMPOSE["services"]) - {"prepare", "web"}))
def test_each_service_has_a_health_check_of_its_own(name):
    assert COMPOSE["services"][name]["healthcheck"]["test"][0] == "CMD"


def test_the_web_server_has_the_health_check_of_the_image():
    assert "http://127.0.0.1:8000/health/" in DOCKERFILE
    assert "healthcheck" not in COMPOSE["services"]["web"]


@pytest.mark.parametrize("name", OURS)
def test_the_environment_holds_settings_that_we_read(name):
    assert set(COMPOSE["services"][name]["environment"]) <= settings.env.read


@pytest.mark.parametrize("name", ["web", "worker", "beat"])
def test_nothing_serves_before_the_database_is_prepared(name):
    assert COMPOSE["services"][name]["depends_on"]["prepare"] == {"condition": "service_completed_successfully"}


def test_the_image_holds_every_package_and_runs_as_a_plain_user():
    copied = set(re.findall(r"^COPY (\w+) /app/", DOCKERFILE, flags=re.MULTILINE))
    packages = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["root_packages"]
    assert {*packages, "seeds"} == copied
    assert DOCKERFILE.rindex("USER hindcast") > DOCKERFILE.rindex("FROM ")


def test_workers_and_schedule_run_the_apps_that_exist():
    commands = {name: COMPOSE["services"][name]["command"] for name in ("worker", "beat")}
    assert commands["worker"][:6] == ["python", "-m", "celery", "-A", "config.celery:app", "worker"]
    assert commands["beat"] == ["python", "-m", "celery", "-A", "config.celery:schedule", "beat"]
