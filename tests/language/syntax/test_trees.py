"""Tests of walking a tree of dependencies."""

from language.syntax.trees import Tree, Word


def tree(*rows):
    """A tree of rows (text, relation, place of the head); words stand one space apart."""
    text, words = " ".join(row[0] for row in rows), []
    start = 0
    for place, (wording, relation, head) in enumerate(rows):
        words.append(Word(place, start, start + len(wording), wording, wording.lower(), "X", "X", relation, head, ""))
        start += len(wording) + 1
    return Tree(text, tuple(words))


SAID = tree(
    ("Ministers", "nsubj", 1),
    ("said", "ROOT", 1),
    ("taxes", "nsubj", 4),
    ("will", "aux", 4),
    ("rise", "ccomp", 1),
    ("soon", "advmod", 4),
)
MINISTERS, SAYING, TAXES, WILL, RISE, SOON = SAID.words


def test_dependents_are_in_order_and_chosen_by_relation():
    assert SAID.roots == (SAYING,)
    assert SAID.dependents(RISE) == (TAXES, WILL, SOON)
    assert SAID.dependents(RISE, "nsubj", "advmod") == (TAXES, SOON)
    assert (SAID.dependent(RISE, "aux"), SAID.dependent(RISE, "neg")) == (WILL, None)


def test_heads_and_ancestors_end_at_the_root():
    assert (SAID.head(TAXES), SAID.head(SAYING)) == (RISE, SAYING)
    assert list(SAID.ancestors(TAXES)) == [RISE, SAYING]
    assert list(SAID.ancestors(SAYING)) == []


def test_phrases_hold_all_that_hangs_on_a_word_but_the_branches_left_out():
    assert SAID.under(RISE) == (TAXES, WILL, RISE, SOON)
    assert SAID.phrase(RISE) == "taxes will rise soon"
    assert SAID.span(RISE) == (15, 35)
    assert SAID.phrase(SAYING, without=lambda word: word.relation == "ccomp") == "Ministers said"
    assert SAID.phrase(RISE, without=lambda word: word.relation == "advmod") == "taxes will rise"
