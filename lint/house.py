"""Rules of the house that no common tool knows: names, sizes and words. Each gives a line for each breach."""

import ast
import re
import subprocess
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

HERE: Final = PurePosixPath("lint/house.py")  # holds the words that it looks for
ROOT: Final = Path(__file__).resolve().parent.parent
RELAXED: Final = {"bench", "tests"}  # tools around the product, held to ruff alone
LINES_OF_A_FUNCTION, LINES_OF_A_MODULE, MODULES_OF_A_FOLDER, COLUMNS = 60, 300, 25, 120
SHAPELESS: Final = {"utils", "util", "core", "common", "services", "helpers", "misc", "lib"}
RIDDLES: Final = {"what", "whoever", "those"}
LATER: Final = re.compile(r"\b(TODO|FIXME|XXX|NotImplementedError)\b")
PRIVATE: Final = re.compile(r"(--(extra-)?index-url|--find-links|/home/\w+/|/root/|/Users/\w+/)\s*\S")

# Class names that Django asks for, and the choices of a model that are read with its name, such as Claim.State.
SHARED_NAMES: Final = {"Command", "Kind", "Meta", "State"}


@dataclass(frozen=True, slots=True)
class File:
    """A file of the project; `path` is relative to its root."""

    path: PurePosixPath
    text: str

    @property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)


Breaches = Iterator[str]
Files = list[File]


def tracked() -> list[PurePosixPath]:
    """The project's files; those that git ignores are not the project's."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return [PurePosixPath(name) for name in sorted(listed.stdout.splitlines()) if (ROOT / name).is_file()]


def read(*suffixes: str) -> Files:
    return [File(path, (ROOT / path).read_text()) for path in tracked() if path.suffix in suffixes]


def packages() -> list[str]:
    """The folders of code at the top, but for the relaxed ones."""
    tops = [path.parent for path in tracked() if path.name == "__init__.py" and len(path.parts) == 2]
    return [str(top) for top in tops if str(top) not in RELAXED]


def modules() -> Files:
    tops = set(packages())
    return [file for file in read(".py") if file.path.parts[0] in tops and "migrations" not in file.path.parts]


def templates() -> Files:
    return [file for file in read(".html", ".txt") if "templates" in file.path.parts]


def texts() -> Files:
    return read(".py", ".txt", ".in", ".toml", ".md", ".yml", ".html", "")


def long_functions(files: Files) -> Breaches:
    for file in files:
        for node in ast.walk(file.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines >= LINES_OF_A_FUNCTION:
                    yield f"{file.path}:{node.lineno} {node.name} has {lines} lines"


def long_modules(files: Files) -> Breaches:
    for file in files:
        lines = len(file.text.splitlines())
        if lines >= LINES_OF_A_MODULE:
            yield f"{file.path} has {lines} lines"


def full_folders(files: Files) -> Breaches:
    counts = Counter(str(file.path.parent) for file in files if file.path.name != "__init__.py")
    for folder, count in counts.items():
        if count > MODULES_OF_A_FOLDER:
            yield f"{folder} holds {count} modules"


def double_names(files: Files) -> Breaches:
    places = defaultdict(list)
    for file in files:
        for node in ast.walk(file.tree):
            if isinstance(node, ast.ClassDef):
                places[node.name].append(f"{file.path}:{node.lineno}")
    for name, found in places.items():
        if len(found) > 1 and name not in SHARED_NAMES:
            yield f"{name} is {len(found)} classes: {', '.join(found)}"


def shapeless_names(files: Files) -> Breaches:
    for file in files:
        if SHAPELESS & {part.removesuffix(".py") for part in file.path.parts}:
            yield f"{file.path} does not say what the product does"


def silent_modules(files: Files) -> Breaches:
    for file in files:
        if file.text.strip() and not ast.get_docstring(file.tree):
            yield f"{file.path} does not say what it owns"


def riddles(files: Files) -> Breaches:
    """Docstrings whose subject is a pronoun instead of a noun of the domain."""
    kinds = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
    for file in files:
        for node in ast.walk(file.tree):
            first = re.match(r"\W*(\w+)", (isinstance(node, kinds) and ast.get_docstring(node)) or "")
            if first and first[1].lower() in RIDDLES:
                yield f"{file.path}:{getattr(node, 'lineno', 1)} a docstring begins with “{first[1]}”"


def unfinished(files: Files) -> Breaches:
    for file in files:
        if file.path != HERE and (found := LATER.search(file.text)):
            yield f"{file.path} holds {found[0]}"


def private_places(files: Files) -> Breaches:
    for file in files:
        if file.path != HERE and (found := PRIVATE.search(file.text)):
            yield f"{file.path} names a registry or a machine: {found[0]}"


def long_lines(files: Files) -> Breaches:
    for file in files:
        for number, line in enumerate(file.text.splitlines(), start=1):
            if len(line) > COLUMNS:
                yield f"{file.path}:{number} has {len(line)} columns"


@dataclass(frozen=True, slots=True)
class HouseRule:
    """A function of files to breaches, and the files that it reads."""

    breaches: Callable[[Files], Breaches]
    files: Callable[[], Files] = modules

    def broken(self) -> list[str]:
        return list(self.breaches(self.files()))


RULES: Final = {
    "sizes": (HouseRule(long_functions), HouseRule(long_modules), HouseRule(full_folders)),
    "names": (HouseRule(double_names), HouseRule(shapeless_names)),
    "words": (HouseRule(silent_modules), HouseRule(riddles), HouseRule(unfinished), HouseRule(private_places, texts)),
    "columns": (HouseRule(long_lines, templates),),
}
