"""A database of the earlier version, as somebody meets it who upgrades: refused or moved aside, never deleted."""

import os
import pty
import re
import socket
import sqlite3
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import psycopg
import pytest

from config.supervisor import name_aside
from tests.servers import clean_environment, postgres

ROOT = Path(__file__).resolve().parents[2]
ROWS = [("tracker", "0001_initial"), ("tracker", "0002_spans"), ("forecasts", "0005_engine")]


@pytest.fixture
def var(tmp_path):
    """A folder as the earlier version left it."""
    folder = tmp_path / "var"
    folder.mkdir()
    database = sqlite3.connect(folder / "db.sqlite3")
    with database:
        database.execute("CREATE TABLE django_migrations (id integer PRIMARY KEY, app text, name text, applied text)")
        database.executemany("INSERT INTO django_migrations (app, name, applied) VALUES (?, ?, '2026-02-01')", ROWS)
    database.close()
    return folder


@pytest.fixture
def used_port():
    """One that `up` is refused, so that it ends before it starts anything."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield str(server.getsockname()[1])


def run(var, *command, stdin=subprocess.DEVNULL, **variables):
    environment = clean_environment(HINDCAST_VAR=str(var), **variables)
    command = [sys.executable, *command]
    return subprocess.run(command, cwd=ROOT, env=environment, stdin=stdin, capture_output=True, text=True, timeout=60)


def answering(var, words, port):
    """`up` on a terminal at which somebody types an answer."""
    ours, theirs = pty.openpty()
    os.write(ours, words.encode())
    try:
        return run(var, "-m", "config.supervisor", "--port", port, stdin=theirs)
    finally:
        os.close(ours)
        os.close(theirs)


def rows_of(folder):
    database = sqlite3.connect(folder / "db.sqlite3")
    rows = database.execute("SELECT app, name FROM django_migrations ORDER BY id").fetchall()
    database.close()
    return rows


@pytest.mark.parametrize("command", [["manage.py", "prepare"], ["manage.py", "tick"], ["-m", "config.supervisor"]])
def test_it_is_refused_in_one_line_that_says_what_to_do(var, command):
    outcome = run(var, *command)
    assert outcome.returncode == 2
    assert re.fullmatch(r".+ is a database of an earlier version.+ \./hindcast up --move-aside, .+\n", outcome.stderr)
    assert rows_of(var) == ROWS
    assert list(var.parent.iterdir()) == [var]


def test_it_is_moved_aside_when_asked_and_kept_whole(var, used_port):
    (var / "outbox").mkdir()
    outcome = run(var, "-m", "config.supervisor", "--move-aside", "--port", used_port)
    aside = var.with_name(f"var-before-{datetime.now(UTC):%Y%m%d}")
    assert f"lies in {aside}; this one starts anew" in outcome.stderr
    assert "choose another" in outcome.stderr
    assert rows_of(aside) == ROWS
    assert (aside / "outbox").is_dir()
    assert not (var / "outbox").exists()


@pytest.mark.parametrize(("words", "is_moved"), [("y\n", True), ("n\n", False), ("\n", False)])
def test_on_a_terminal_it_asks_first(var, used_port, words, is_moved):
    outcome = answering(var, words, used_port)
    assert outcome.returncode == 2
    assert "Nothing is deleted. [y/N]" in outcome.stderr
    assert len(list(var.parent.iterdir())) == 1 + is_moved


def test_nothing_that_is_there_is_moved_over(tmp_path):
    day = date(2026, 2, 6)
    (tmp_path / "var-before-20260206").mkdir()
    assert name_aside(tmp_path / "var", day).name == "var-before-20260206-2"
    (tmp_path / "var-before-20260206-2").mkdir()
    assert name_aside(tmp_path / "var", day).name == "var-before-20260206-3"


def test_move_aside_moves_no_present_installation(tmp_path, used_port):
    outcome = run(tmp_path / "var", "-m", "config.supervisor", "--move-aside", "--port", used_port)
    assert "choose another" in outcome.stderr
    assert list(tmp_path.iterdir()) == [tmp_path / "var"]


@pytest.mark.postgres
def test_on_postgresql_the_database_is_named_and_left_alone(tmp_path):
    with postgres() as address:
        with psycopg.connect(f"{address}/postgres", autocommit=True) as server:
            server.execute("CREATE DATABASE oldnews")
        with psycopg.connect(f"{address}/oldnews") as database:
            database.execute("CREATE TABLE django_migrations (id serial, app text, name text, applied timestamptz)")
            database.execute("INSERT INTO django_migrations (app, name) VALUES ('tracker', '0002_spans')")
        for command in (["manage.py", "prepare"], ["-m", "config.supervisor", "--move-aside"]):
            outcome = run(tmp_path, *command, HINDCAST_DATABASE_URL=f"{address}/oldnews")
            assert outcome.returncode == 2
            assert re.fullmatch(
                r".+ database oldnews on .+: point HINDCAST_DATABASE_URL to an empty one.\n", outcome.stderr
            )
        with psycopg.connect(f"{address}/oldnews") as database:
            assert database.execute("SELECT name FROM django_migrations").fetchall() == [("0002_spans",)]
