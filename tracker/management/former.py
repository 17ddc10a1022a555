"""Databases of the earlier version, whose migrations have been written anew since: recognised, and never migrated."""

import warnings

from django.conf import settings
from django.db import OperationalError, connection

# Recorded by the earlier version alone: the first migration of each app that the present ones do not have.
FORMER = frozenset({("tracker", "0002_spans"), ("forecasts", "0003_process")})


def refusal() -> str:
    """One line on what the database is and what to do instead of migrating it; "" for one that can be used.

    One that cannot be read is met again by what comes next, which says more. No app needs to be loaded.
    """
    try:
        with warnings.catch_warnings(action="ignore", category=RuntimeWarning):  # that none is loaded
            is_former = _is_former()
    except OperationalError:
        return ""
    finally:
        connection.close()
    if not is_former:
        return ""
    name, host = (connection.settings_dict[part] for part in ("NAME", "HOST"))
    if connection.vendor == "sqlite":
        return (
            f"{name} is a database of an earlier version, which this one cannot read: run ./hindcast up --move-aside, "
            f"which renames {settings.HINDCAST_VAR}, deletes nothing and starts anew."
        )
    return (
        f"The database {name} on {host or 'this machine'} is of an earlier version, which this one cannot read: "
        "point HINDCAST_DATABASE_URL to an empty one."
    )


def _is_former() -> bool:
    with connection.cursor() as cursor:
        if "django_migrations" not in connection.introspection.table_names(cursor):
            return False
        cursor.execute("SELECT app, name FROM django_migrations")
        return not FORMER.isdisjoint(cursor.fetchall())
