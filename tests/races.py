"""Races: calls that run at once, each on its own connection to one real database; a conftest imports the fixture."""

import sqlite3
import threading

import pytest
from django.db import connection, connections


@pytest.fixture
def at_once(transactional_db, tmp_path, monkeypatch):
    """Runs the calls in threads that start together; returns what each gave back or raised, in order.

    SQLite's in-memory tables refuse a second writer instead of queueing it, so there the rows made before are copied
    to a file first, and everything after must run through this function too.
    """
    if connection.vendor == "sqlite":
        connection.ensure_connection()

    def run(*calls):
        start = threading.Barrier(len(calls))
        results = [None] * len(calls)

        def work(place, call):
            start.wait(timeout=30)
            try:
                results[place] = call()
            except Exception as error:
                results[place] = error
            finally:
                connections.close_all()

        threads = [threading.Thread(target=work, args=job) for job in enumerate(calls)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
        return results

    def first_run(*calls):
        path = tmp_path / "race.sqlite3"
        if connection.vendor == "sqlite" and not path.exists():
            with sqlite3.connect(path) as copy:
                connection.connection.backup(copy)
                copy.execute("PRAGMA journal_mode=WAL")  # as a live file is: connections that switch at once collide
            copy.close()
            monkeypatch.setitem(connections.settings["default"], "NAME", str(path))
        return run(*calls)

    return first_run
