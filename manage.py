#!/usr/bin/env python3
"""Runs one management command; `./hindcast NAME` does the same after setting everything up."""

import os
import sys
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import OperationalError, ProgrammingError

from config.scratch import state_for
from tracker.management import former

NO_TABLES = ("no such table", "does not exist")  # as SQLite and PostgreSQL say it


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        with state_for(sys.argv):
            refuse_former(sys.argv[1:2])
            execute_from_command_line(["hindcast", *sys.argv[1:]])
    except ImproperlyConfigured as problem:
        sys.stderr.write(f"hindcast: {problem}\n")
        sys.exit(2)
    except (OperationalError, ProgrammingError) as problem:
        if not any(words in str(problem) for words in NO_TABLES):
            raise
        sys.stderr.write(
            "hindcast: there is no installation here yet: run ./hindcast up, or ./hindcast prepare, first.\n"
        )
        sys.exit(2)


def refuse_former(names: list[str]) -> None:
    """Stop a command on the data of an earlier version before it reads any; `prepare` says so itself."""
    commands = Path(former.__file__).parent / "commands"
    if not any((commands / f"{name}.py").is_file() and name != "prepare" for name in names):
        return
    if words := former.refusal():
        raise ImproperlyConfigured(words)


if __name__ == "__main__":
    main()
