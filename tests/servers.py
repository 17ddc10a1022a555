"""Real servers for tests, each in a throw-away folder on a loopback port: PostgreSQL, Redis."""

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest


def needed(program: str, *places: Path) -> str:
    """Where `program` is; without it the test is skipped, and fails where everything must run (CI)."""
    found = shutil.which(program, path=os.pathsep.join([os.environ["PATH"], *map(str, places)]))
    if not found:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"{program} is not installed")
    return found


def clean_environment(**more: str) -> dict[str, str]:
    """This process's variables without what the tests have set for themselves."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("HINDCAST_", "DJANGO_"))} | more


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(condition, *, seconds: float, what: str):
    """What `condition` gives once it is true; the test fails when `seconds` have passed before."""
    until = time.monotonic() + seconds
    while not (result := condition()):
        if time.monotonic() > until:
            pytest.fail(f"waited {seconds:.0f} seconds for {what}")
        time.sleep(0.05)
    return result


@contextlib.contextmanager
def postgres() -> Iterator[str]:
    """Yields the address of an empty PostgreSQL server, without a database's name."""
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    initdb, server = needed("initdb", *places), needed("postgres", *places)
    with folder_of_a_plain_user() as (folder, owner):
        data, log = folder / "data", (folder / "log").open("wb")
        subprocess.run(
            [initdb, "-D", data, "-U", "hindcast", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync"],
            check=True, timeout=120, stdout=log, stderr=log, cwd=folder, **owner,
        )  # fmt: skip
        port = free_port()
        options = {"listen_addresses": "127.0.0.1", "port": port, "unix_socket_directories": folder, "fsync": "off"}
        flags = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        with running([server, "-D", data, *flags], stop=signal.SIGINT, log=log, cwd=folder, **owner):
            address = f"postgresql://hindcast@127.0.0.1:{port}"
            wait_for(lambda: postgres_answers(address), seconds=30, what="PostgreSQL")
            yield address


def postgres_answers(address: str) -> bool:
    try:
        psycopg.connect(f"{address}/postgres", connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


@contextlib.contextmanager
def redis() -> Iterator[str]:
    """Yields the address of an empty Redis."""
    server, port = needed("redis-server"), free_port()
    with tempfile.TemporaryDirectory(prefix="hindcast-redis-") as folder, open(f"{folder}/log", "wb") as log:
        command = [server, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", folder]
        with running(command, stop=signal.SIGTERM, log=log):
            wait_for(lambda: listens(port), seconds=15, what="Redis")
            yield f"redis://127.0.0.1:{port}/0"


def listens(port: int) -> bool:
    with socket.socket() as client:
        client.settimeout(1)
        return client.connect_ex(("127.0.0.1", port)) == 0


@contextlib.contextmanager
def running(command, *, stop: signal.Signals, log, **options) -> Iterator[subprocess.Popen]:
    process = subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, **options)
    try:
        yield process
    finally:
        process.send_signal(stop)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextlib.contextmanager
def folder_of_a_plain_user():
    """A folder and the options that run a process as its owner: PostgreSQL refuses to run as root."""
    folder = Path(tempfile.mkdtemp(prefix="hindcast-postgres-"))
    owner: dict[str, object] = {}
    if os.getuid() == 0:
        nobody = pwd.getpwnam("nobody")
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)
        owner = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    try:
        yield folder, owner
    finally:
        shutil.rmtree(folder, ignore_errors=True)
