"""`./hindcast up`: prepares the installation, runs the web server, a worker and the schedule, and watches over them."""

import argparse
import fcntl
import http.client
import itertools
import os
import shutil
import signal
import socket
import sys
import time
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import IO, NoReturn

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from config.environment import writable_folder
from config.processes import Processes
from forecasts.refused import Refused
from tracker.management import former

ROOT = Path(__file__).resolve().parent.parent
READY_WITHIN_SECONDS = 120.0
PORT_WITHIN_SECONDS = 1.5
# Celery warns root about pickled messages; ours are JSON.
CELERY = ("-W", "ignore:You're running the worker", "-m", "celery", "-q", "--skip-checks", "-A")
WEB, WORKER, SCHEDULE = "the web server", "the worker", "the schedule"


@dataclass(frozen=True, slots=True)
class ServerOptions:
    host: str
    port: int
    seed: bool
    move_aside: bool

    @property
    def url(self) -> str:
        return f"http://{in_url(self.host)}:{self.port}/"

    @property
    def near(self) -> str:
        """Where this machine itself reaches the server."""
        return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # noqa: S104


def in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host


class Signals:
    """Counts the requests to stop: the first stops in order, the second at once."""

    def __init__(self) -> None:
        self.count = 0
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._note)

    def _note(self, *_: object) -> None:
        self.count += 1

    def stop(self) -> bool:
        return self.count > 0

    def hurry(self) -> bool:
        return self.count > 1


def main() -> NoReturn:
    options = parse(sys.argv[1:])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if not os.environ.get("HINDCAST_BASE_URL"):
        os.environ["HINDCAST_BASE_URL"] = f"http://{in_url(options.near)}:{options.port}"
        if options.near != options.host:
            sys.stderr.write("hindcast: answers this machine only, until HINDCAST_BASE_URL says what others call it.\n")
    signals = Signals()  # before anything that takes time
    try:
        make_way(options)
        sys.exit(up(options, signals))
    except (Refused, ImproperlyConfigured) as refusal:
        sys.stderr.write(f"hindcast: {refusal}\n")
        sys.exit(2)


def parse(arguments: list[str]) -> ServerOptions:
    parser = argparse.ArgumentParser(prog="hindcast up", description="Set up and run everything; Ctrl-C stops it.")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    parser.add_argument("--port", default=8000, type=port_number, help="port to listen on (default: %(default)s)")
    parser.add_argument("--no-seed", action="store_true", help="start without the article and history that we ship")
    parser.add_argument("--move-aside", action="store_true", help="rename the folder of an earlier version, start anew")
    given = parser.parse_args(arguments)
    return ServerOptions(host=given.host, port=given.port, seed=not given.no_seed, move_aside=given.move_aside)


def port_number(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError(f"{text} is no port: choose a number from 1 to 65535")
    return int(text)


def up(options: ServerOptions, signals: Signals) -> int:
    """Exit code 0 after an orderly stop, 1 when a part failed."""
    with lock_folder(settings.HINDCAST_VAR, options):
        refuse_used_port(options)
        settings.HINDCAST_BASE_URL_FILE.write_text(f"{settings.HINDCAST_BASE_URL}\n")
        processes = Processes(folder=ROOT, environment=os.environ)
        try:
            trouble = prepare(processes, options, signals) or serve(processes, options, signals)
        finally:
            processes.stop(hurry=signals.hurry)
    if trouble and not signals.stop():
        sys.stderr.write(f"hindcast: {trouble}; everything was stopped. The lines above say more.\n")
        return 1
    return 0


def make_way(options: ServerOptions) -> None:
    """Refuse a database of an earlier version, or move the folder that holds it aside where its owner says so."""
    words = former.refusal()
    if not words:
        return
    folder = settings.HINDCAST_VAR
    aside = name_aside(folder, datetime.now(UTC).date())
    if settings.HINDCAST_DATABASE_URL or not (options.move_aside or agrees_to_move(folder, aside)):
        raise Refused(words)
    with lock_folder(folder, options):
        try:
            folder.rename(aside)
        except OSError as problem:
            raise Refused(f"{folder} cannot be renamed to {aside} ({problem.strerror}): move it yourself.") from None
    writable_folder(folder)
    sys.stderr.write(f"hindcast: the earlier version's data lies in {aside}; this one starts anew.\n")


def name_aside(folder: Path, day: date) -> Path:
    """A name beside the folder that nothing has yet."""
    name = f"{folder.name}-before-{day:%Y%m%d}"
    endings = itertools.chain([""], (f"-{number}" for number in itertools.count(2)))
    return next(aside for ending in endings if not (aside := folder.with_name(name + ending)).exists())


def agrees_to_move(folder: Path, aside: Path) -> bool:
    """Asks on a terminal; elsewhere nobody can agree."""
    if not sys.stdin.isatty():
        return False
    sys.stderr.write(
        f"hindcast: {folder} holds the data of an earlier version, which this one cannot read. "
        f"Rename it to {aside} and start anew? Nothing is deleted. [y/N] "
    )
    sys.stderr.flush()
    counting = signal.signal(signal.SIGINT, signal.default_int_handler)  # Ctrl-C is a No
    try:
        return sys.stdin.readline().strip().lower() in ("y", "yes")
    except KeyboardInterrupt:
        return False
    finally:
        signal.signal(signal.SIGINT, counting)


def lock_folder(folder: Path, options: ServerOptions) -> IO[str]:
    """Keeps a second `up` off the same state. The lock ends with this process, so none is ever left behind."""
    file = (folder / "up.lock").open("a+")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.seek(0)
        raise Refused(
            f"already runs on {folder} ({file.read().strip()}): stop that one first, "
            "or give this one a folder of its own with HINDCAST_VAR."
        ) from None
    file.truncate(0)
    file.write(f"process {os.getpid()}, {options.url}")
    file.flush()
    return file


def refuse_used_port(options: ServerOptions) -> None:
    """Tries for a moment, since the processes of an `up` that was killed just now may still be ending."""
    until = time.monotonic() + PORT_WITHIN_SECONDS
    while problem := why_not_listen(options):
        if time.monotonic() > until:
            raise Refused(
                f"cannot listen on {options.host} port {options.port} ({problem}): "
                "stop what uses it, or choose another with --host and --port."
            )
        time.sleep(0.1)


def why_not_listen(options: ServerOptions) -> str:
    family = socket.AF_INET6 if ":" in options.host else socket.AF_INET
    try:
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((options.host, options.port))
            probe.listen()
    except OSError as problem:
        return problem.strerror or str(problem)
    return ""


def prepare(processes: Processes, options: ServerOptions, signals: Signals) -> str | None:
    """Prepare database, seeds and static files in a process of its own, whose memory ends with it."""
    if not settings.HINDCAST_REDIS_URL:
        shutil.rmtree(settings.HINDCAST_BROKER, ignore_errors=True)  # wake-ups of an earlier run are worthless
    arguments = ["manage.py", "prepare", *([] if options.seed else ["--no-seed"])]
    code = processes.run("the preparation", arguments, interrupted=signals.stop)
    return None if code == 0 else "the preparation failed"


def serve(processes: Processes, options: ServerOptions, signals: Signals) -> str | None:
    """Starts all parts and returns in words why they must stop."""
    started_at = time.time()
    processes.start(WEB, web_server(options))
    processes.start(
        WORKER, [*CELERY, "config.celery:app", "worker", "--without-gossip", "--without-mingle", "--without-heartbeat"]
    )
    processes.start(SCHEDULE, [*CELERY, "config.celery:schedule", "beat"])
    if trouble := wait_until_ready(processes, options, signals, started_at=started_at):
        return trouble
    if not signals.stop():
        sys.stdout.write(f"READY {options.url}\n")
        sys.stdout.flush()
    while not signals.stop():
        if ended := processes.ended():
            return ended
        time.sleep(0.2)
    return None


def wait_until_ready(
    processes: Processes, options: ServerOptions, signals: Signals, *, started_at: float
) -> str | None:
    """Until a page and a task have both answered, or returns in words why that will not happen."""
    until = time.monotonic() + READY_WITHIN_SECONDS
    page, task = None, False
    while not signals.stop() and not (page and task):
        if ended := processes.ended():
            return ended
        page = page or page_status(options)
        task = task or task_answers(since=started_at)
        if page not in (None, http.client.OK):
            return f"the home page answers with error {page}"
        if time.monotonic() > until:
            late = WORKER if page else WEB
            return f"{late} did not answer within {READY_WITHIN_SECONDS:.0f} seconds"
        time.sleep(0.1)
    return None


def web_server(options: ServerOptions) -> list[str]:
    return [
        *("-m", "granian", "--interface", "wsgi", "--host", options.host, "--port", str(options.port)),
        *("--workers", str(settings.HINDCAST_WEB_WORKERS), "--blocking-threads", "4", "--no-ws"),
        *("--log-level", "warning", "--workers-kill-timeout", "3", "config.wsgi:application"),
    ]


def page_status(options: ServerOptions) -> int | None:
    """How the home page is answered, asked as the proxy of an https site would ask; None while nobody listens."""
    connection = http.client.HTTPConnection(options.near, options.port, timeout=10)
    headers = {"Host": settings.HINDCAST_HOST, "X-Forwarded-Proto": "https" if settings.HINDCAST_IS_HTTPS else "http"}
    try:
        connection.request("GET", "/", headers=headers)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def task_answers(*, since: float) -> bool:
    try:
        return settings.HINDCAST_HEARTBEAT.stat().st_mtime >= since
    except FileNotFoundError:
        return False


if __name__ == "__main__":
    main()
