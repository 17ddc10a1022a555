"""`./hindcast` as a new user meets it: from anywhere, with anything missing, stopped in any way."""

import http.client
import os
import re
import shutil
import signal
import subprocess
import sys
import sysconfig
import time
from pathlib import Path

import pytest

from tests.servers import clean_environment, free_port, wait_for

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ("awk", "cat", "cmp", "cp", "dirname", "mkdir", "mv", "readlink", "rm", "sh")


@pytest.fixture(scope="module")
def clone(tmp_path_factory):
    """A copy of the project in a folder with a space, whose own environment borrows the packages of this one."""
    folder = tmp_path_factory.mktemp("a folder") / "hindcast"
    ignored = shutil.ignore_patterns(".git", ".venv*", "var", "__pycache__", ".*_cache", "tests", ".hypothesis")
    shutil.copytree(ROOT, folder, ignore=ignored)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder / ".venv"], check=True, timeout=120)
    [packages] = (folder / ".venv").glob("lib/python*/site-packages")
    (packages / "borrowed.pth").write_text(sysconfig.get_path("purelib"))
    for name in ("base", "dev"):
        shutil.copy(ROOT / "requirements" / f"{name}.txt", folder / ".venv" / f"installed-{name}.txt")
    return folder


@pytest.fixture
def bare(tmp_path):
    """A copy of the launcher where nothing is installed yet."""
    shutil.copy(ROOT / "hindcast", tmp_path)
    shutil.copytree(ROOT / "requirements", tmp_path / "requirements")
    return tmp_path


def run(launcher, *arguments, **more):
    environment = {"HINDCAST_VAR": "", **clean_environment(**more.pop("env", {}))}
    return subprocess.run([launcher, *arguments], capture_output=True, text=True, timeout=120, env=environment, **more)


def refused(outcome, *, saying):
    """One line that says what to do, and exit code 2."""
    lines = [line for line in outcome.stderr.splitlines() if "installing packages" not in line]
    assert outcome.returncode == 2, outcome.stderr
    assert len(lines) == 1
    assert lines[0].startswith("hindcast: ")
    assert saying in lines[0]


def test_it_runs_from_elsewhere_through_a_link(clone, tmp_path):
    (tmp_path / "link").symlink_to(clone / "hindcast")
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "relative").symlink_to("../link")
    outcome = run(tmp_path / "there" / "relative", "check", cwd=tmp_path, env={"HINDCAST_VAR": "state"})
    assert outcome.returncode == 0, outcome.stderr
    assert (tmp_path / "state" / "secret_key").exists()


def test_it_runs_with_an_empty_home_and_with_none(clone, tmp_path):
    assert run(clone / "hindcast", "check", env={"HOME": str(tmp_path), "HINDCAST_VAR": str(tmp_path)}).returncode == 0
    assert run(clone / "hindcast", "check", env={"HOME": "", "HINDCAST_VAR": str(tmp_path)}).returncode == 0


def test_without_a_command_it_says_what_there_is(clone):
    outcome = run(clone / "hindcast")
    assert outcome.returncode == 0
    assert "./hindcast COMMAND" in outcome.stdout


def test_a_misspelt_setting_is_refused(clone, tmp_path):
    outcome = run(
        clone / "hindcast", "check", env={"HINDCAST_VAR": str(tmp_path), "HINDCAST_BASEURL": "http://a.example"}
    )
    refused(outcome, saying="Did you mean HINDCAST_BASE_URL?")


def test_a_python_that_is_too_old_is_refused(bare):
    programs = bare / "programs"
    programs.mkdir()
    for tool in TOOLS:
        (programs / tool).symlink_to(shutil.which(tool))
    (programs / "python3").write_text('#!/bin/sh\n[ "$1" = --version ] && echo Python 3.10.1 || exit 1\n')
    (programs / "python3").chmod(0o755)
    outcome = run(bare / "hindcast", "up", env={"PATH": str(programs), "HOME": "/nonexistent"})
    refused(outcome, saying="needs Python 3.11 or later with its venv module, found Python 3.10.1")


def test_a_folder_that_cannot_be_written_is_refused(bare):
    (bare / ".venv").write_text("in the way")
    refused(run(bare / "hindcast", "up"), saying="cannot write to")


@pytest.mark.parametrize(
    ("arguments", "given"),
    [
        ([], "-n auto --maxprocesses 4 --dist worksteal"),
        (["tests/jobs", "-q"], "-n auto --maxprocesses 4 --dist worksteal tests/jobs -q"),
        (["-n", "0", "--pdb"], "-n auto --maxprocesses 4 --dist worksteal -n 0 --pdb"),
        (["-p", "no:xdist"], "-p no:xdist"),
    ],
)
def test_tests_run_on_all_cores_whatever_else_is_asked(bare, arguments, given):
    (bare / ".venv" / "bin").mkdir(parents=True)
    shutil.copy(bare / "requirements" / "dev.txt", bare / ".venv" / "installed-dev.txt")
    (bare / ".venv" / "bin" / "python").write_text('#!/bin/sh\nprintf "%s" "$*"\n')
    (bare / ".venv" / "bin" / "python").chmod(0o755)
    assert run(bare / "hindcast", "test", *arguments).stdout == f"-m pytest {given}"


def test_a_check_of_the_code_that_does_not_exist_is_refused(clone):
    outcome = run(clone / "hindcast", "lint", "spelling")
    assert outcome.returncode == 2
    assert "there is no check spelling: choose among" in outcome.stderr


@pytest.mark.slow
def test_a_first_start_without_a_network_is_refused(bare):
    nowhere = "http://127.0.0.1:9/"
    unreachable = {"PIP_CONFIG_FILE": "/dev/null", "PIP_FIND_LINKS": "", "UV_NO_CACHE": "1", "PIP_NO_CACHE_DIR": "1"}
    unreachable |= {"PIP_INDEX_URL": nowhere, "UV_DEFAULT_INDEX": nowhere, "UV_OFFLINE": "1"}
    outcome = run(bare / "hindcast", "up", env=unreachable)
    refused(outcome, saying="is there a network?")
    assert (bare / ".venv" / "install.log").read_text()


class Up:
    """One running `./hindcast up`, and every process that belongs to it."""

    def __init__(self, clone, var, *, port=None):
        self.var, self.port = var, port or free_port()
        self.log = (var / "test.log").open("w+")
        command = [clone / "hindcast", "up", "--no-seed", "--port", str(self.port)]
        environment = clean_environment(HINDCAST_VAR=str(var))
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=self.log, text=True, env=environment)

    def until_ready(self):
        self.said = ""
        for line in self.process.stdout:
            self.said += line
            if line == f"READY http://127.0.0.1:{self.port}/\n":
                return self
        raise AssertionError(self.said + self.errors())

    def errors(self):
        self.log.seek(0)
        return self.log.read()

    def get(self, path):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()

    def family(self):
        """Command lines by process id, of everything that was started with this folder."""
        found, mark = {}, f"HINDCAST_VAR={self.var}".encode()
        for place in Path("/proc").glob("[0-9]*"):
            try:
                if mark in (place / "environ").read_bytes().split(b"\0"):
                    found[int(place.name)] = (place / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            except OSError:
                continue  # it ended while we looked
        return found

    def member(self, words):
        return min(pid for pid, command in self.family().items() if words in command)

    def end(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(10)
        wait_for(lambda: not self.family(), seconds=10, what="everything to end")


@pytest.fixture
def up(clone, tmp_path):
    """Starts `up` on this test's folder."""
    started = []

    def start(*, port=None):
        started.append(Up(clone, tmp_path, port=port))
        return started[-1]

    yield start
    for one in reversed(started):
        one.end()


@pytest.fixture(scope="module")
def prepared(clone, tmp_path_factory):
    folder = tmp_path_factory.mktemp("prepared")
    assert run(clone / "hindcast", "prepare", "--no-seed", env={"HINDCAST_VAR": str(folder)}).returncode == 0
    return folder


@pytest.fixture
def warm_up(up, prepared, tmp_path):
    """Starts `up` where all is prepared, as on every start but the first."""
    shutil.copytree(prepared, tmp_path, dirs_exist_ok=True)
    return up


@pytest.mark.slow
def test_it_starts_serves_refuses_a_second_and_stops_when_asked(up, clone, tmp_path):
    first = up().until_ready()
    assert re.search(r"First curator: name curator, password \S{20,}", first.said)
    assert first.get("/health/") == (200, "ok\n")
    assert first.get("/")[0] == 200
    assert (tmp_path / "heartbeat").exists()

    same_folder = run(clone / "hindcast", "up", "--port", str(free_port()), env={"HINDCAST_VAR": str(tmp_path)})
    refused(
        same_folder, saying=f"already runs on {tmp_path} (process {first.process.pid}, http://127.0.0.1:{first.port}/)"
    )
    elsewhere = {"HINDCAST_VAR": str(tmp_path / "other")}
    refused(run(clone / "hindcast", "up", "--port", str(first.port), env=elsewhere), saying="choose another")
    assert first.get("/health/") == (200, "ok\n")

    first.process.send_signal(signal.SIGTERM)
    assert first.process.wait(30) == 0
    assert first.family() == {}

    again = up().until_ready()
    assert "password" not in again.said
    again.process.send_signal(signal.SIGINT)
    assert again.process.wait(30) == 0
    assert again.family() == {}


@pytest.mark.slow
def test_when_it_is_killed_everything_it_started_ends_and_it_can_start_again(warm_up):
    first = warm_up().until_ready()
    assert len(first.family()) >= 6  # itself, watchdog, web server and its worker, Celery and its child
    first.process.kill()
    wait_for(lambda: not first.family(), seconds=10, what="the children to end")
    warm_up(port=first.port).until_ready()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("part", "words"),
    [("granian", "the web server ended"), (" beat", "the schedule ended"), ("config.watchdog", "the watchdog")],
)
def test_when_a_part_dies_it_says_which_and_stops_the_others(warm_up, part, words):
    running = warm_up().until_ready()
    os.kill(running.member(part), signal.SIGKILL)
    assert running.process.wait(30) == 1
    assert words in running.errors()
    assert running.family() == {}


@pytest.mark.slow
def test_stopped_while_it_starts_it_leaves_nothing(warm_up):
    running = warm_up()
    wait_for(lambda: len(running.family()) > 2, seconds=30, what="the first children")
    time.sleep(1)
    running.process.send_signal(signal.SIGINT)
    running.process.send_signal(signal.SIGINT)
    assert running.process.wait(30) == 0
    assert running.family() == {}
