"""Commands as somebody meets them who has not started anything yet."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("command", [["tick", "--offline"], ["seed"], ["reset_password", "curator"]])
def test_a_command_before_the_first_start_says_what_to_do(tmp_path, command):
    others = {key: value for key, value in os.environ.items() if not key.startswith("HINDCAST_")}
    ran = subprocess.run(
        [sys.executable, ROOT / "manage.py", *command],
        env={**others, "HINDCAST_VAR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert ran.returncode == 2
    assert (
        ran.stderr == "hindcast: there is no installation here yet: run ./hindcast up, or ./hindcast prepare, first.\n"
    )
