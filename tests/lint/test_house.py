"""The rules of the house: the project keeps each, and each finds a breach where there is one."""

from pathlib import PurePosixPath

import pytest

from lint import house
from lint.house import RULES, File

LONG = "def run():\n" + "    pass\n" * 60
RULE_OF_FILES = [rule for rules in RULES.values() for rule in rules]


def a_file(text="", *, path="app/feeds.py"):
    return File(PurePosixPath(path), text)


@pytest.mark.parametrize("rule", RULE_OF_FILES, ids=lambda rule: rule.breaches.__name__)
def test_the_project_keeps_the_rules(rule):
    assert rule.files() != []
    assert rule.broken() == []


@pytest.mark.parametrize(
    ("breaches", "file", "words"),
    [
        (house.long_functions, a_file(LONG), "app/feeds.py:1 run has 61 lines"),
        (house.long_modules, a_file("\n" * 300), "app/feeds.py has 300 lines"),
        (house.shapeless_names, a_file(path="app/utils.py"), "app/utils.py does not say"),
        (house.shapeless_names, a_file(path="app/core/feeds.py"), "app/core/feeds.py does not say"),
        (house.silent_modules, a_file("import os\n"), "app/feeds.py does not say what it owns"),
        (house.riddles, a_file('"""What a feed says."""\n'), "app/feeds.py:1 a docstring begins with “What”"),
        (house.riddles, a_file('class Feed:\n    """whoever asks"""\n'), "app/feeds.py:1 a docstring begins"),
        (house.riddles, a_file('def run():\n    """“Those” who ask."""\n'), "app/feeds.py:1 a docstring begins"),
        (house.unfinished, a_file("# TODO: more\n"), "app/feeds.py holds TODO"),
        (house.private_places, a_file("--index" + "-url https://a.example"), "app/feeds.py names a registry"),
        (house.long_lines, a_file("\n" + "x" * 121, path="app/page.html"), "app/page.html:2 has 121 columns"),
    ],
)
def test_a_breach_is_found(breaches, file, words):
    assert list(breaches([a_file('"""Feeds."""\n'), file])) != []
    assert words in next(breaches([file]))


def test_a_class_name_given_twice_is_found_with_its_places():
    files = [
        a_file("class Feed:\n    class Meta: ...\n"),
        a_file("class Meta: ...\nclass Feed: ...\n", path="app/b.py"),
    ]
    assert list(house.double_names(files)) == ["Feed is 2 classes: app/feeds.py:1, app/b.py:2"]


def test_a_folder_with_too_many_modules_is_found():
    files = [a_file(path=f"app/feed{number}.py") for number in range(26)]
    assert list(house.full_folders(files)) == ["app holds 26 modules"]
    assert list(house.full_folders([*files[:25], a_file(path="app/__init__.py")])) == []


def test_the_new_and_the_tracked_files_are_read_and_the_ignored_are_not():
    paths = house.tracked()
    assert PurePosixPath("lint/house.py") in paths
    assert [path for path in paths if path.suffix == ".pyc"] == []
