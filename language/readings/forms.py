"""Forms of answers: the part of JSON Schema that is sent with a prompt and held against what comes back."""

import math
from collections.abc import Collection, Mapping
from typing import Any

Schema = Mapping[str, Any]
CHANCE: Schema = {"type": "number", "minimum": 0, "maximum": 1}
ANYTHING: Schema = {"type": "any"}
DAY: Schema = {"type": "string", "maxLength": 10, "format": "date"}
OPTIONAL = ("maxLength", "format")  # words that some servers refuse; they are sent where they are not


class InvalidAnswer(Exception):
    """An answer that is not what was asked for; the message says how."""


def text(longest: int, *, among: tuple[str, ...] = ()) -> Schema:
    """A string of at most so many characters, one of `among` where these are given."""
    return {"type": "string", "maxLength": longest, **({"enum": list(among)} if among else {})}


def record(**fields: Schema) -> Schema:
    """An object of exactly these fields."""
    return {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}


def rows(schema: Schema, *, most: int) -> Schema:
    """A list of at most so many."""
    return {"type": "array", "items": schema, "maxItems": most}


def unchecked(schema: Schema) -> Schema:
    """The list with items of any form, for whoever checks each by itself."""
    return {**schema, "items": ANYTHING}


def or_null(schema: Schema) -> Schema:
    return {**schema, "type": [schema["type"], "null"]}


def sent(schema: Schema, *, without: Collection[str] = ()) -> dict[str, Any]:
    """The schema without these words of OPTIONAL; the check here holds lengths all the same."""
    kept = {name: value for name, value in schema.items() if name not in without}
    if "items" in kept:
        kept["items"] = sent(kept["items"], without=without)
    if "properties" in kept:
        kept["properties"] = {name: sent(field, without=without) for name, field in kept["properties"].items()}
    return kept


def check(value: object, schema: Schema, *, name: str = "The answer") -> None:
    """Raise InvalidAnswer unless the value has the form; never deeper than the schema goes."""
    types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if value is None and "null" in types:
        return
    match types[0]:
        case "object":
            _check_record(value, schema, name=name)
        case "array":
            if not isinstance(value, list) or len(value) > schema["maxItems"]:
                raise InvalidAnswer(f"{name} is no list of up to {schema['maxItems']}.")
            for number, item in enumerate(value, start=1):
                check(item, schema["items"], name=f"{name}, {number},")
        case "string":
            _check_text(value, schema, name=name)
        case "number":
            _check_number(value, schema, name=name)


def _check_record(value: object, schema: Schema, *, name: str) -> None:
    if not isinstance(value, dict) or set(value) != set(schema["properties"]):
        raise InvalidAnswer(f"{name} is not an object of {', '.join(schema['properties'])}.")
    for field, form in schema["properties"].items():
        check(value[field], form, name=field)


def _check_text(value: object, schema: Schema, *, name: str) -> None:
    if not isinstance(value, str):
        raise InvalidAnswer(f"{name} is no text.")
    if len(value) > schema["maxLength"]:
        raise InvalidAnswer(f"{name} is longer than {schema['maxLength']} characters.")
    if "enum" in schema and value not in schema["enum"]:
        raise InvalidAnswer(f"{name} is none of {', '.join(schema['enum'])}.")


def _check_number(value: object, schema: Schema, *, name: str) -> None:
    is_number = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    if not is_number or not schema["minimum"] <= value <= schema["maximum"]:
        raise InvalidAnswer(f"{name} is no number from {schema['minimum']} to {schema['maximum']}.")
