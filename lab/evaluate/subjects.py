"""What every subject of `evaluate` is made of."""

import argparse
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TextIO

AddArguments = Callable[[argparse.ArgumentParser], None]
Run = Callable[[Mapping[str, Any], TextIO], None]


@dataclass(frozen=True, slots=True)
class Subject:
    """`run` gets the options and writes to a stream; it raises Refused."""

    help: str
    add_arguments: AddArguments
    run: Run
