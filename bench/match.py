"""Reading news against the open propositions, beside the bare model over the same texts: what all the rest costs."""

import json
import time
from pathlib import Path
from xml.etree import ElementTree

from tracker.language.relevance import Asked, Read, rank
from tracker.language.similarity import load_minilm

SEEDS = Path(__file__).parent.parent / "seeds"
ATOM = "{http://www.w3.org/2005/Atom}"
DAYS = 10  # the chronology is read so many times over, each time with other words at the end
BATCH = 250


class Recorder:
    """The model, keeping what it is asked to embed."""

    def __init__(self, model):
        self.model, self.batches = model, []

    def encode(self, texts):
        self.batches.append(list(texts))
        return self.model.encode(texts)


def measure():
    asked, read = propositions(), entries()
    model = load_minilm()
    recorder = Recorder(model)
    ours = timed(
        lambda: [rank(asked, read[start : start + BATCH], encoder=recorder) for start in range(0, len(read), BATCH)]
    )
    bare = timed(lambda: [model.encode(batch) for batch in recorder.batches])
    return {
        "entries_per_s": len(read) / ours,
        "bare_per_s": len(read) / bare,
        "overhead": ours / bare,
        "entries": len(read),
        "propositions": len(asked),
        "peer": "the model alone, in the same batches, over the texts that were embedded",
    }


def timed(work):
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def propositions():
    return [
        Asked(row["key"], row["statement"], row["question"], tuple(row["keywords"]), tuple(row["actors"]))
        for row in json.loads((SEEDS / "propositions.json").read_text())["propositions"]
    ]


def entries():
    events = ElementTree.parse(SEEDS / "chronology.xml").getroot().findall(f"{ATOM}entry")
    return [
        Read(f"{day}-{number}", event.findtext(f"{ATOM}title"), f"{event.findtext(f'{ATOM}summary')} (Part {day}.)")
        for day in range(DAYS)
        for number, event in enumerate(events)
    ]
