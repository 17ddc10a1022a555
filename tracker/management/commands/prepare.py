"""`./hindcast prepare`: today's database, a curator, seeds and static files, each only when due."""

import hashlib
import secrets
from argparse import ArgumentParser
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.files.storage import FileSystemStorage
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tracker.jobs.prune import SEED
from tracker.management import former
from tracker.models import JobRun, User


class Command(BaseCommand):
    requires_system_checks = []  # the tests check the code; here it would double the time of a start
    help = "Brings database, static files and seeds up to date, and makes the first curator. Safe to run again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--no-seed", action="store_true", help="leave out the article and history that we ship")

    def handle(self, *args: Any, **options: Any) -> None:
        if words := former.refusal():
            raise CommandError(words, returncode=2)
        if migrate():
            self.stderr.write("Brought the database up to date.")
        if password := first_curator():
            self.stdout.write(f"First curator: name curator, password {password}")
            self.stdout.write("(shown this once; ./hindcast reset_password curator makes a new one)")
            self.stdout.flush()
        if not options["no_seed"]:
            seed_once()
        collect_static(settings.STATIC_ROOT)


def migrate() -> bool:
    """Whether there was anything to do. Looking takes a fraction of the time that the command takes."""
    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return False
    call_command("migrate", verbosity=0, interactive=False)
    return True


def first_curator() -> str | None:
    """Makes a curator when there is none and returns the password, which is stored nowhere."""
    if User.objects.filter(role=User.Role.CURATOR).exists():
        return None
    password = "-".join(secrets.token_hex(3) for _ in range(4))
    User.objects.create_superuser("curator", "curator@localhost", password, role=User.Role.CURATOR)
    return password


def seed_once() -> None:
    """A start that was cut short seeds again, which loses and doubles nothing."""
    if JobRun.objects.filter(job=SEED, finished_at__isnull=False, error="").exists():
        return
    started_at = datetime.now(UTC)
    call_command("seed")
    JobRun.objects.create(job=SEED, started_at=started_at, finished_at=datetime.now(UTC))


def collect_static(root: Path) -> None:
    """Collects when a source file differs from those collected last."""
    mark = root / ".collected"
    state = static_state()
    if mark.exists() and mark.read_text() == state:
        return
    mark.unlink(missing_ok=True)
    call_command("collectstatic", verbosity=0, interactive=False)
    mark.write_text(state)


def static_state() -> str:
    digest = hashlib.sha256(f"{django.__version__} {settings.STORAGES['staticfiles']['BACKEND']}".encode())
    for finder in get_finders():
        for path, storage in finder.list([]):
            assert isinstance(storage, FileSystemStorage)
            facts = Path(storage.path(path)).stat()
            digest.update(f"{path} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()
