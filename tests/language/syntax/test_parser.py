"""Tests of the parser with its real model."""

import pytest

from language.syntax import parser, parser_child
from language.weights import ModelUnavailable

RULED = "On Monday the court ruled that the plant will not close in 2027."


def test_a_sentence_has_its_verbs_subjects_and_what_is_negated():
    (tree,) = parser.parse([RULED])
    (ruled,) = tree.roots
    close = tree.dependent(ruled, "ccomp")
    assert (ruled.text, ruled.lemma, ruled.pos) == ("ruled", "rule", "VERB")
    assert tree.phrase(tree.dependent(ruled, "nsubj")) == "the court"
    assert (close.text, tree.phrase(tree.dependent(close, "nsubj"))) == ("close", "the plant")
    assert tree.dependent(close, "neg").text == "not"
    assert [word.text for word in tree.words if word.entity == "DATE"] == ["Monday", "2027"]
    assert all(RULED[word.start : word.end] == word.text for word in tree.words)


def test_trees_come_in_the_order_asked_and_odd_texts_do_no_harm():
    odd = [
        "",
        "   ",
        "\u2028",
        "\ud800 half a character",
        "İstanbul’da  two  spaces",
        "(((((" * 100,
        "x" * 2_000,
        "🙂" * 90,
    ]
    texts = [RULED, *odd, RULED, "Prices rise."]
    trees = parser.parse(texts)
    assert [tree.text for tree in trees] == texts
    assert trees[0] == trees[-2]
    assert trees[texts.index("x" * 2_000)].words == ()
    for tree in trees:
        assert all(tree.text[word.start : word.end] == word.text for word in tree.words)
    assert parser.parse([]) == []


def test_the_model_is_the_one_that_was_checked(tmp_path, monkeypatch):
    (tmp_path / "model").write_text("another")
    monkeypatch.setattr(parser_child, "_folder", lambda: tmp_path)
    parser_child.load_model.cache_clear()
    with pytest.raises(ModelUnavailable, match="expected sha256"):
        parser_child.load_model()
    assert b"expected sha256" in parser_child._answer(b"[]")
