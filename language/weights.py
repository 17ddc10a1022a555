"""The shipped models' files in `data/`: read once, and only where they are those that were trained.

`SHA256SUMS` lists each with its hash. `train` writes a model's files, its card among them, and their new lines.
"""

import hashlib
from pathlib import Path

DATA = Path(__file__).parent / "data"
SUMS = "SHA256SUMS"


class ModelUnavailable(Exception):
    """A model's file is absent or not the file it should be; the message names it and its hash."""


def read(name: str, *, folder: Path = DATA) -> bytes:
    """The bytes of `folder/name`; raises ModelUnavailable unless their SHA-256 is the one that is listed."""
    expected = sums(folder).get(name)
    if expected is None:
        raise ModelUnavailable(f"{folder / name}: not listed in {folder / SUMS}")
    return verified(folder / name, expected)


def verified(file: Path, expected: str) -> bytes:
    """The bytes of a file; raises ModelUnavailable unless their SHA-256 (hex) is as expected."""
    try:
        content = file.read_bytes()
    except OSError as error:
        raise ModelUnavailable(f"{file}: cannot be read ({error.strerror}); expected sha256 {expected}") from error
    digest = hashlib.sha256(content).hexdigest()
    if digest != expected:
        raise ModelUnavailable(f"{file}: expected sha256 {expected}, found {digest}")
    return content


def write(name: str, content: bytes, *, folder: Path = DATA) -> None:
    """Store a file of a model and list its hash."""
    (folder / name).write_bytes(content)
    listed = sums(folder) | {name: hashlib.sha256(content).hexdigest()}
    lines = [f"{digest}  {file}\n" for file, digest in sorted(listed.items())]
    (folder / SUMS).write_text("".join(lines), "utf-8")


def sums(folder: Path = DATA) -> dict[str, str]:
    """File name to SHA-256 (hex), as they are listed; empty where there is no list."""
    try:
        lines = (folder / SUMS).read_text("utf-8").splitlines()
    except FileNotFoundError:
        return {}
    return {name: digest for digest, _, name in (line.partition("  ") for line in lines) if name}
