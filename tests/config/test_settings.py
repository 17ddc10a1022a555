"""Settings as a process of its own reads them."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.servers import clean_environment

ROOT = Path(__file__).resolve().parents[2]


def setting(name: str, folder: Path, **variables: str) -> object:
    others = {key: value for key, value in os.environ.items() if not key.startswith("HINDCAST_")}
    read = subprocess.run(
        [
            sys.executable,
            "-c",
            f"import json; from config import settings; print(json.dumps(settings.{name}, default=sorted))",
        ],
        cwd=ROOT,
        env={**others, "HINDCAST_VAR": str(folder), **variables},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return json.loads(read.stdout)


def test_further_names_stand_beside_the_sites_own(tmp_path):
    hosts = setting(
        "ALLOWED_HOSTS",
        tmp_path,
        HINDCAST_BASE_URL="https://hindcast.example",
        HINDCAST_ALLOWED_HOSTS="www.hindcast.example, old.example",
    )
    assert hosts[:3] == ["hindcast.example", "www.hindcast.example", "old.example"]


def test_a_command_beside_up_calls_the_site_as_up_did(tmp_path):
    assert setting("HINDCAST_BASE_URL", tmp_path) == "http://127.0.0.1:8000"
    (tmp_path / "base_url").write_text("http://127.0.0.1:8177\n")
    assert setting("HINDCAST_BASE_URL", tmp_path) == "http://127.0.0.1:8177"
    assert setting("HINDCAST_BASE_URL", tmp_path, HINDCAST_BASE_URL="https://said.example") == "https://said.example"


def deploy_check(folder: Path, *arguments: str, address: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", *arguments],
        cwd=ROOT,
        env=clean_environment(HINDCAST_VAR=str(folder), HINDCAST_BASE_URL=address),
        capture_output=True,
        text=True,
    )


def test_plain_http_on_this_machine_is_safe_to_deploy(tmp_path):
    run = deploy_check(tmp_path, "--fail-level", "INFO", address="http://127.0.0.1:8000")
    assert run.returncode == 0, run.stdout + run.stderr


def test_plain_http_across_a_network_is_warned_about(tmp_path):
    assert "security.W008" in deploy_check(tmp_path, address="http://hindcast.example.org").stderr


MODEL = {"HINDCAST_LLM_URL": "http://127.0.0.1:9/v1", "HINDCAST_LLM_MODEL": "small"}


@pytest.mark.parametrize(
    ("reads", "found"),
    [
        ("", []),
        ("claims,forecasts", ["claims", "forecasts"]),
        ("all", ["claims", "drafts", "rulings", "stance"]),
        ("all,forecasts", ["claims", "drafts", "forecasts", "rulings", "stance"]),
    ],
)
def test_a_language_model_reads_what_it_is_given_and_forecasts_only_when_told(tmp_path, reads, found):
    chosen = setting("HINDCAST_LLM_READS", tmp_path, HINDCAST_LLM_READS=reads, **MODEL)
    assert chosen == found


def test_a_language_model_that_is_given_stances_is_the_classifier(tmp_path):
    assert setting("HINDCAST_READER", tmp_path, **MODEL) == "built-in"
    assert setting("HINDCAST_READER", tmp_path, HINDCAST_LLM_READS="stance", **MODEL) == "openai"


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({"HINDCAST_LLM_READS": "claims"}, "HINDCAST_LLM_READS needs HINDCAST_LLM_URL and HINDCAST_LLM_MODEL as well"),
        ({"HINDCAST_LLM_READS": "claim", **MODEL}, "HINDCAST_LLM_READS names claim, which is not known"),
        (
            {"HINDCAST_LLM_READS": "stance", "HINDCAST_READER": "onnx", "HINDCAST_NLI_FOLDER": "/x", **MODEL},
            "HINDCAST_READER=onnx and stance in HINDCAST_LLM_READS contradict each other",
        ),
    ],
)
def test_readings_that_cannot_be_done_stop_the_start(tmp_path, variables, words):
    with pytest.raises(subprocess.CalledProcessError) as stopped:
        setting("HINDCAST_LLM_READS", tmp_path, **variables)
    assert words in stopped.value.stderr
