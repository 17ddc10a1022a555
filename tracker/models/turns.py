"""Turns: transactions of one kind that follow each other, where two at once would each begin the same thing."""

from enum import IntEnum

from django.db import connection


class DatabaseTurn(IntEnum):
    """Locks on the whole database, by any number that nothing else in it takes."""

    STORIES = 0x48_49_4E_44
    OPENING = 0x48_49_4E_51


def wait_for(turn: DatabaseTurn) -> None:
    """Hold the turn until the transaction ends; SQLite lets only one write anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [turn])
