"""Subject of a clause as it stands inside a sentence, without what is told of it on the way."""

import re

from language.sentences import actors, words
from language.syntax.trees import Tree, Word

# Bodies by their letters, which take an article.
WITH_THE = frozenset(
    [
        "GOP",
        "EU",
        "UN",
        "US",
        "UK",
        "IMF",
        "ECB",
        "WHO",
        "WTO",
        "NHS",
        "BBC",
        "FBI",
        "CIA",
        "SEC",
        "FTC",
        "IOC",
        "FDA",
        "CDC",
        "UAE",
    ]
)


def written(tree: Tree, subject: Word) -> str:
    """The subject as it stands inside a sentence: its first letter low unless it opens a name."""
    first, text = tree.under(subject)[0], _bare(tree, subject)
    end = tree.span(subject)[1]
    if text in WITH_THE:
        return f"the {text}"
    if re.match(r"[A-Z][a-z]+\sof\s[a-z]", text):
        return text[:1].lower() + text[1:]
    if ", " in text and tree.text[end : end + 1] == "," and not tree.dependents(subject, "conj"):
        text = f"{text},"
    is_name = (
        first.pos == "PROPN" or first.entity not in {"", "CARDINAL", "PERCENT", "DATE"} or not first.text.istitle()
    )
    is_known = words.stem(first.low) in words.news_rarity().known
    if (
        first.tag == "NNP"
        and text == first.text.title()
        and is_known
        and not first.entity
        and text not in actors.table()
    ):
        return text[:1].lower() + text[1:]
    if first.tag == "NN" and text == first.text and not is_known:
        return text
    if first.tag == "NNS" and text == first.text and is_known and not first.entity:
        return text[:1].lower() + text[1:]
    is_name = is_name and not (first.entity == "" and is_known and re.match(r"[A-Z][a-z]+\s[a-z]+\b", text))
    is_name = (is_name and first.low not in words.STOP_WORDS) or re.match(r"(?!The\b)\w+\s\d", text) is not None
    return text if is_name or first.text == "I" else text[:1].lower() + text[1:]


def _bare(tree: Tree, subject: Word) -> str:
    """The subject without what is told of it between commas: "Norvolt, founded in 2019,"."""
    kept, text = tree.span(subject), tree.phrase(subject)
    for aside in tree.under(subject):
        first, last = tree.span(aside)
        is_told = aside.relation in {"relcl", "acl"} or (aside.relation == "appos" and tree.head(aside).pos == "PROPN")
        before, after = tree.text[kept[0] : first].rstrip(), tree.text[last:].lstrip()
        if is_told and before.endswith(",") and (after.startswith(",") or last >= kept[1]):
            text = f"{before.rstrip(' ,')}{tree.text[last : kept[1]].lstrip(' ,').join((' ', ''))}".strip()
            break
    return text.strip(" ,")


def lowered(first: Word, text: str) -> str:
    """The text with a small letter where its first word is a common one, seen from what follows it."""
    is_known = words.stem(first.low) in words.news_rarity().known
    is_common = is_known and not first.entity and re.match(r"[A-Z][a-z]+\s[a-z]+\b", text) is not None
    return text[:1].lower() + text[1:] if is_common else text


def inside(core: str) -> str:
    """A clause as it stands inside a sentence: its first letter low unless it opens a name."""
    first = core.split(" ", 1)[0]
    is_common = first.lower() in words.STOP_WORDS or first in {
        "Some",
        "Many",
        "Several",
        "Most",
        "None",
        "Nobody",
        "Nothing",
    }
    return core[:1].lower() + core[1:] if is_common and first != "I" else core
