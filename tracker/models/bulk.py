"""Many rows at once. The ORM's own way costs five times as much a row, which is most of what reading a feed costs.

For tables without signals and with keys by the database; values are those that the ORM would take.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import BigIntegerField, CharField, Field, Lookup, Model

# Whose values databases take as they are.
_PLAIN_TYPES = frozenset(
    {"CharField", "TextField", "FloatField", "ForeignKey", "BigAutoField", "BigIntegerField", "IntegerField"}
    | {"PositiveBigIntegerField", "PositiveIntegerField", "PositiveSmallIntegerField"}
)
Row = Sequence[Any]


def insert(model: type[Model], names: Sequence[str], rows: Sequence[Row]) -> None:
    """Insert rows of the values of `names` (attribute names such as `feed_id`); who must know their keys brings them.

    Every column without a default in the database must be named. Call it inside a transaction.
    """
    if not rows:
        return
    fields = _fields(model, names)
    columns = ", ".join(_quoted(field.column) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    sql = f"INSERT INTO {_quoted(model._meta.db_table)} ({columns}) VALUES ({places})"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.executemany(sql, list(_prepared(fields, rows)))


def update(model: type[Model], names: Sequence[str], rows: Sequence[Row]) -> None:
    """Set `names` of many rows; each row is the values and, last, the key."""
    if not rows:
        return
    fields = _fields(model, (*names, "id"))
    changes = ", ".join(f"{_quoted(field.column)} = %s" for field in fields[:-1])
    sql = f"UPDATE {_quoted(model._meta.db_table)} SET {changes} WHERE {_quoted(fields[-1].column)} = %s"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.executemany(sql, list(_prepared(fields, rows)))


def next_keys(model: type[Model], count: int) -> list[int]:
    """Keys for so many rows that are about to be inserted in this transaction."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count]
            )
            return [key for (key,) in cursor.fetchall()]
        # SQLite has one writer at a time: nobody else takes these before they are inserted.
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = cursor.fetchone()
    first = last[0] + 1 if last else 1
    return list(range(first, first + count))


@BigIntegerField.register_lookup
@CharField.register_lookup
class Among(Lookup[Any]):
    """`name__among=[…]`: as `__in`, with all values as one parameter. `__in` costs more per value than the database."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        left, parameters = self.process_lhs(compiler, connection)
        values = list(self.rhs)
        if connection.vendor == "postgresql":
            return f"{left} = ANY(%s)", (*parameters, values)
        return f"{left} IN (SELECT value FROM json_each(%s))", (*parameters, json.dumps(values))  # noqa: S608


def _fields(model: type[Model], names: Sequence[str]) -> list[Field[Any, Any]]:
    by_name = {field.attname: field for field in model._meta.concrete_fields}
    return [by_name[name] for name in names]


def _prepared(fields: Sequence[Field[Any, Any]], rows: Iterable[Row]) -> Iterator[Row]:
    others = [(place, field) for place, field in enumerate(fields) if field.get_internal_type() not in _PLAIN_TYPES]
    if not others:
        yield from rows
        return
    operations = connection.ops
    moments: dict[date, Any] = {}  # the same few stand in most rows
    for row in rows:
        values = list(row)
        for place, field in others:
            value = values[place]
            if value is None:
                continue
            if not isinstance(value, date):
                values[place] = field.get_db_prep_save(value, connection=connection)
            elif value in moments:
                values[place] = moments[value]
            elif isinstance(value, datetime):
                values[place] = moments[value] = operations.adapt_datetimefield_value(value)
            else:
                values[place] = moments[value] = operations.adapt_datefield_value(value)
        yield values


def _quoted(name: str | None) -> str:
    return connection.ops.quote_name(name or "")
