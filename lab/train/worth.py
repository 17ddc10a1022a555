"""Fits the worth of a candidate claim on texts whose predictions are marked, and on sentences of news."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from lab.evaluate import measures
from lab.train import forecastable, kernels, regression
from lab.train.regression import Array
from language import weights
from language.claims import extraction, scores, worth
from language.claims.worth import Wording
from language.sentences.embeddings import Encoder, load_minilm

RIDGE = 200.0
TIMES_IN_TEXTS, TIMES_IN_NEWS = 2, 1  # how often a row counts; twice as often where the label is beyond doubt
SAME = 0.5  # intersection over union of characters
MOST = 0.5  # of a sentence; a part that is shorter may not be what the sentence's label is about
MIDYEAR = (6, 1)  # the news has no dates: each is taken to come out in the middle of the year it names most
BEYOND = 3  # proposals looked at beyond the number of predictions worth tracking
CARD = (
    "Whether a careful analyst would track a candidate claim: it foretells, somebody could settle it, it is no joke"
    " and no truism. Logistic regression on syntax and wording. Trained on the candidates of 21 English texts (1998"
    " to 2026: lists of predictions, previews, outlooks, reports) in which one reader marked every prediction, and of"
    " 1,400 sentences of news labelled forecastable or not, whose chance of that is held out. Limits: English; one"
    " reader, who at a second reading put one label in six otherwise."
)


@dataclass(frozen=True, slots=True)
class MarkedText:
    """The candidates of a text with the track of the prediction each is (-1 for none), and its predictions' spans."""

    key: str
    rows: Array
    spans: tuple[tuple[int, int], ...]
    tracks: tuple[int, ...]
    marked: tuple[tuple[int, int, int], ...]  # start, end, track


def train(data: Path, *, encoder: Encoder | None = None, folder: Path = weights.DATA) -> str:
    """Fits on `data/claims_in_texts` and the labelled news, writes into `folder`, returns the report."""
    names, texts = read_texts(data / "claims_in_texts" / "dev.jsonl")
    news, wanted = _news(data, names, encoder or load_minilm())
    report = "\n".join(_held_out(texts, news, wanted))
    fitted = regression.fit(*_material(texts, news, wanted), ridge=RIDGE)
    stored = regression.stored(fitted, [*names, "news"])
    model = {"card": f"{CARD} Each text held out in turn, {report}", **stored}
    weights.write(worth.FILE, (json.dumps(model, indent=1, ensure_ascii=False) + "\n").encode(), folder=folder)
    return report


def read_texts(file: Path) -> tuple[list[str], list[MarkedText]]:
    """The names of the features, and the English texts."""
    with file.open(encoding="utf-8") as lines:
        rows = [row for row in map(json.loads, lines) if row["lang"] == "en"]
    names: list[str] = []
    texts = []
    for row in rows:
        wordings = extraction.wordings(row["text"], published=date.fromisoformat(row["published"]), title=row["title"])
        found = [worth.features(wording) for wording in wordings]
        names = names or list(found[0])
        texts.append(_marked(row, wordings, np.array([[each[name] for name in names] for each in found])))
    return names, texts


def _marked(row: dict[str, Any], wordings: Sequence[Wording], rows: Array) -> MarkedText:
    marked = tuple((each["start"], each["end"], each["track"]) for each in row["predictions"])
    spans = tuple((wording.start, wording.end) for wording in wordings)
    return MarkedText(row["id"], rows, spans, tuple(_track(span, marked) for span in spans), marked)


def _track(span: tuple[int, int], marked: Sequence[tuple[int, int, int]]) -> int:
    likeness, track = max(((overlap(span, (start, end)), track) for start, end, track in marked), default=(0.0, -1))
    return track if likeness >= SAME else -1


def overlap(one: tuple[int, int], other: tuple[int, int]) -> float:
    """Intersection over union of two stretches."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return max(0, shared) / (max(one[1], other[1]) - min(one[0], other[0]))


def _news(data: Path, names: Sequence[str], encoder: Encoder) -> tuple[Array, Array]:
    """Features and labels of the candidates of labelled sentences, the chance of each sentence held out."""
    articles = forecastable.articles(data / "future_statements_en")
    sentences = forecastable.read_labels(articles)
    material = kernels.material(
        [sentence.text for sentence in sentences],
        [scores.scalars(sentence.text) for sentence in sentences],
        [sentence.forecastable for sentence in sentences],
        [sentence.document for sentence in sentences],
        encoder,
    )
    held = kernels.fit(material, settings=forecastable.SETTINGS).with_encoder
    rows, wanted = [], []
    for sentence, chance in zip(sentences, held, strict=True):
        published = date(_year(articles[sentence.document]), *MIDYEAR)
        for wording in extraction.wordings(sentence.text, published=published):
            is_most = len(wording.text) > MOST * len(sentence.text)
            found = worth.features(replace(wording, future=float(chance)) if is_most else wording)
            if sentence.forecastable and not (is_most or found["ahead"]):
                continue
            rows.append([found[name] for name in names])
            wanted.append(float(sentence.forecastable))
    return np.array(rows), np.array(wanted)


def _year(article: str) -> int:
    years = sorted(int(year) for year in worth.YEAR.findall(article) if "2000" <= year <= "2029")
    return years[len(years) // 2] if years else 2014


def _material(texts: Sequence[MarkedText], news: Array, wanted: Array) -> tuple[Array, Array]:
    """Rows and labels, with a last column that tells news from texts, whose weight nobody uses."""
    rows, labels = [], []
    for text in texts:
        for row, track in zip(text.rows, text.tracks, strict=True):
            times = TIMES_IN_TEXTS * (2 if track in {-1, 2} else 1)
            rows.extend([[*row, 0.0]] * times)
            labels.extend([float(track >= 1)] * times)
    told = np.hstack([news, np.ones((len(news), 1))])
    return (
        np.vstack([np.array(rows), *[told] * TIMES_IN_NEWS]),
        np.concatenate([np.array(labels), *[wanted] * TIMES_IN_NEWS]),
    )


def _held_out(texts: Sequence[MarkedText], news: Array, wanted: Array) -> Iterator[str]:
    """The figures of each text under weights fitted without it, as lines."""
    tracked = found = right = looked_at = 0
    precisions = []
    for text in texts:
        others = [other for other in texts if other.key != text.key]
        fitted = regression.fit(*_material(others, news, wanted), ridge=RIDGE)
        chances = regression.predict(fitted, np.hstack([text.rows, np.zeros((len(text.rows), 1))]))
        sure = [(start, end) for start, end, track in text.marked if track == 2]
        if not sure:
            yield f"{text.key}, without predictions worth tracking: {int((chances >= 0.5).sum())} at 0.5 or more."
            continue
        order = np.argsort(-chances, kind="stable")
        first = [text.spans[place] for place in order[: len(sure) + BEYOND]]
        tracked, looked_at = tracked + len(sure), looked_at + len(first)
        found += matched(first, sure)
        right += matched(first, [(start, end) for start, end, track in text.marked if track])
        precisions.append(measures.average_precision(chances, np.array([float(track >= 1) for track in text.tracks])))
    yield (
        f"Of {tracked} predictions worth tracking {found / tracked:.3f} are among the first N + {BEYOND} of their text,"
        f" of which {right / looked_at:.3f} are predictions; mean average precision {float(np.mean(precisions)):.3f}."
    )


def matched(spans: Sequence[tuple[int, int]], marked: Sequence[tuple[int, int]]) -> int:
    """The number of marked stretches that a span is, each matched once, the closest first."""
    pairs = sorted(
        ((overlap(span, mark), n, m) for n, span in enumerate(spans) for m, mark in enumerate(marked)), reverse=True
    )
    left, right = set[int](), set[int]()
    for likeness, span, mark in pairs:
        if likeness >= SAME and span not in left and mark not in right:
            left.add(span)
            right.add(mark)
    return len(right)
