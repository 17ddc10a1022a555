"""Reading news against 50 and 5,000 open propositions, beside the bare model over every text that may be embedded; and
an article of a thousand words, the start of the parser included."""

import gzip
import html
import json
import re
import time
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

from language.claims.extraction import propose
from language.matching.gate import EntryText, QuestionText, prepare_entry
from language.matching.relevance import rank
from language.sentences.embeddings import load_minilm
from language.syntax.parser import end

ROOT = Path(__file__).parent.parent
DATA = ROOT.parent / "shared" / "data"
SEEDS = ROOT / "seeds"
ATOM = "{http://www.w3.org/2005/Atom}"
ENTRIES, FEW, MANY, BATCH, ARTICLE_WORDS = 2_000, 50, 5_000, 250, 1_000
DAY = date(2026, 1, 1)
# Each variant of a proposition has another date, other wording around its claim and one keyword more: the first of
# these lists changes fastest, so that no two variants are the same.
MONTHS = str.split("January February March April May June July August September October November December")
BEGINNINGS = ("", "In the end ", "Despite all doubts ", "As expected, ", "Sooner or later ", "Within the year ")
MATTERS = str.split("budget election treaty sanctions border trade court strike reform debt army energy water vote")


def measure():
    read, few, many = entries(), propositions(FEW), propositions(MANY)
    model = load_minilm()
    for asked in (few, many):  # what is open stays open: its vectors are kept, and made before the first run
        rank(asked, read[:1], encoder=model)
        ours(asked, read[:BATCH], model)
    at_few, at_many = timed(lambda: ours(few, read, model)), timed(lambda: ours(many, read, model))
    bare = timed(lambda: alone(read, model))
    text = article(read)
    propose(text, published=DAY)  # starts the parser
    end()
    return {
        "article_s": timed(lambda: propose(text, published=DAY)),
        "entries_per_s": len(read) / at_many,
        "bare_per_s": len(read) / bare,
        "overhead": at_many / bare,
        "growth": at_many / max(at_few, bare),
        "entries": len(read),
        "propositions": len(many),
        "peer": "the model alone, in the same batches, over the title and the whole of every entry",
    }


def article(read):
    """A thousand words of news, a sentence or two a line."""
    words = " \n".join(f"{each.title}. {each.body}" for each in read).split(" ")[:ARTICLE_WORDS]
    return " ".join(words)


def ours(asked, read, model):
    for start in range(0, len(read), BATCH):
        rank(asked, read[start : start + BATCH], encoder=model)


def alone(read, model):
    for start in range(0, len(read), BATCH):
        batch = [prepare_entry(each) for each in read[start : start + BATCH]]
        model.encode([each.headline for each in batch])
        model.encode([each.text for each in batch])


def timed(work):
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def propositions(count):
    """Propositions in that number, varied from those of `gold_evidence`, or from ours where that is not beside us."""
    source = DATA / "gold_evidence" / "propositions.json"
    if source.exists():
        rows = [
            (row["id"], row["claim"], row["question"], row["keywords"], ()) for row in json.loads(source.read_text())
        ]
    else:
        rows = [
            (row["key"], row["statement"], row["question"], row["keywords"], row["actors"])
            for row in json.loads((SEEDS / "propositions.json").read_text())["propositions"]
        ]
    return [varied(number // len(rows), *rows[number % len(rows)]) for number in range(count)]


def varied(number, key, claim, question, keywords, actors):
    """The proposition itself for 0; for others one of its kind, with another date and matter."""
    if not number:
        return QuestionText(key, claim, question, tuple(keywords), tuple(actors))
    month, rest = number % len(MONTHS), number // len(MONTHS)
    beginning, matter = BEGINNINGS[rest % len(BEGINNINGS)], MATTERS[rest // len(BEGINNINGS) % len(MATTERS)]
    day = f"{number % 28 + 1} {MONTHS[month]} {2026 + number % 3}"
    return QuestionText(
        f"{key}-{number}",
        f"{beginning}{claim} This will hold on {day}.",
        f"{question} And will it still be so on {day}?",
        (*keywords, matter),
        tuple(actors),
    )


def entries():
    source = DATA / "newswire" / "entries.jsonl.gz"
    if not source.exists():
        return made()
    found = []
    with gzip.open(source, "rt", encoding="utf-8") as lines:
        for number, line in zip(range(ENTRIES), lines, strict=False):
            row = json.loads(line)
            body = html.unescape(re.sub(r"<[^<>]{0,2000}>", " ", row["description"] or ""))
            found.append(EntryText(str(number), row["title"], " ".join(body.split())))
    return found


def made():
    events = ElementTree.parse(SEEDS / "chronology.xml").getroot().findall(f"{ATOM}entry")
    return [
        EntryText(str(number), event.findtext(f"{ATOM}title"), f"{event.findtext(f'{ATOM}summary')} (Part {number}.)")
        for number in range(ENTRIES)
        for event in [events[number % len(events)]]
    ]
