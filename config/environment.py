"""Strict readers for the environment: a variable nobody knows, or a value nobody can read, stops the start."""

import difflib
import ipaddress
import os
import secrets
import tempfile
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

PREFIX = "HINDCAST_"
A_FOLDER = "a folder that you may write to"
FIRST_BASE_URL = "http://127.0.0.1:8000"
TRUE, FALSE = ("1", "true", "yes", "on"), ("0", "false", "no", "off")

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class Environment:
    """Reads one process's variables. An empty value counts as not set, so that compose files can pass blanks on."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        self._values = {name: value.strip() for name, value in variables.items() if value.strip()}
        self.read: set[str] = set()

    def text(self, name: str, *, default: str) -> str:
        self.read.add(name)
        return self._values.get(name, default)

    def flag(self, name: str, *, default: bool) -> bool:
        value = self.text(name, default="true" if default else "false").lower()
        if value not in TRUE + FALSE:
            raise ImproperlyConfigured(f"{name}={value} is neither true nor false: set it to true or false.")
        return value in TRUE

    def number(self, name: str, *, default: int, least: int = 1) -> int:
        value = self.text(name, default=str(default))
        if not value.isascii() or not value.isdigit() or int(value) < least:
            raise ImproperlyConfigured(f"{name}={value} is not a whole number: set it to {least} or more.")
        return int(value)

    def days(self, name: str, *, default: int, least: int) -> int:
        """How long something is kept; 0 is for ever."""
        value = self.text(name, default=str(default))
        if not value.isascii() or not value.isdigit() or 0 < int(value) < least:
            raise ImproperlyConfigured(
                f"{name}={value} is no number of days to keep things: set it to {least} or more, or to 0 for ever."
            )
        return int(value)

    def choice(self, name: str, *, default: str, among: Collection[str]) -> str:
        value = self.text(name, default=default)
        if value not in among:
            raise ImproperlyConfigured(f"{name}={value} is not known: set it to one of {', '.join(among)}.")
        return value

    def require(self, name: str, value: str, *, needs: Collection[str]) -> None:
        """A choice that can do nothing without other variables names those that are missing."""
        if self._values.get(name) == value:
            self.need(f"{name}={value}", needs=needs)

    def refuse(self, name: str, value: str, *, beside: str) -> None:
        """A choice that contradicts another."""
        if self._values.get(name) == value:
            raise ImproperlyConfigured(f"{name}={value} and {beside} contradict each other: leave one of them out.")

    def need(self, chosen: str, *, needs: Collection[str]) -> None:
        """A choice, in words, that can do nothing without these variables."""
        if missing := [other for other in needs if other not in self._values]:
            raise ImproperlyConfigured(f"{chosen} needs {' and '.join(missing)} as well: see docs/settings.md.")

    def names(self, name: str) -> list[str]:
        return [part.strip() for part in self.text(name, default="").split(",") if part.strip()]

    def chosen(self, name: str, *, among: Collection[str], every: Collection[str]) -> frozenset[str]:
        """Several of some names, where `all` stands for `every`."""
        values = self.names(name)
        if unknown := [value for value in values if value not in among and value != "all"]:
            raise ImproperlyConfigured(
                f"{name} names {unknown[0]}, which is not known: set it to some of {', '.join(among)}, or to all."
            )
        return frozenset(values) - {"all"} | (frozenset(every) if "all" in values else frozenset())

    def networks(self, name: str) -> tuple[Network, ...]:
        try:
            return tuple(ipaddress.ip_network(part) for part in self.names(name))
        except ValueError as problem:
            raise ImproperlyConfigured(f"{name}: {problem}. Write networks like 10.1.0.0/16,fd00::/8.") from None

    def address(self, name: str, *, default: str, schemes: Collection[str]) -> str:
        """An absolute address without its closing slash."""
        value = self.text(name, default=default).rstrip("/")
        if value:
            check_address(name, value, schemes=schemes)
        return value

    def refuse_unknown(self) -> None:
        """A misspelt variable would silently do nothing; name it, and the one that was probably meant."""
        for name in sorted(self._values):
            if name.startswith(PREFIX) and name not in self.read:
                close = difflib.get_close_matches(name, self.read, n=1)
                guess = f" Did you mean {close[0]}?" if close else ""
                raise ImproperlyConfigured(f"{name} is not a setting of Hindcast.{guess} See docs/settings.md.")


def check_address(name: str, value: str, *, schemes: Collection[str]) -> None:
    try:
        parts = urlsplit(value)
        complete = parts.scheme in schemes and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        complete = False
    if not complete:
        # The value is not repeated: it may hold a password.
        raise ImproperlyConfigured(f"{name} is not an address: it must look like {next(iter(schemes))}://host...")


def host_of(address: str) -> str:
    """The host as a browser names it in its requests: without port, an IPv6 address in brackets."""
    host = urlsplit(address).hostname or ""
    return f"[{host}]" if ":" in host else host


def postgres(address: str) -> dict[str, Any]:
    """Django's settings for one PostgreSQL database."""
    return {
        **environ.Env.db_url_config(address),
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def sqlite(path: Path) -> dict[str, Any]:
    """Django's settings for one SQLite file that several processes write: readers never wait, writers queue up."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": 60,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
        },
    }


def writable_folder(path: Path) -> Path:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise ImproperlyConfigured(
            f"{path} cannot be made ({problem.strerror}): set HINDCAST_VAR to {A_FOLDER}."
        ) from None
    return path


def last_base_url(path: Path) -> str:
    """The site's address when it ran last, so that letters written by hand-run commands lead to it."""
    try:
        return path.read_text().strip() or FIRST_BASE_URL
    except OSError:
        return FIRST_BASE_URL


def read_secret_key(path: Path) -> str:
    """The key in `path`, made (mode 0600) when the file is missing; of several processes that make it, one wins."""
    try:
        if not path.exists():
            make_secret_key(path)
        key = path.read_text().strip()
    except OSError as problem:
        raise ImproperlyConfigured(
            f"{path} cannot be read or made ({problem.strerror}): set HINDCAST_VAR to {A_FOLDER}."
        ) from None
    if len(key) < 50:
        raise ImproperlyConfigured(f"{path} is damaged: remove it and a new key is made (everyone must sign in again).")
    return key


def make_secret_key(path: Path) -> None:
    descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=".secret_key-")
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(64) + "\n")
        os.link(draft, path)
    except FileExistsError:
        pass  # another process was first, and its key counts
    finally:
        os.unlink(draft)
