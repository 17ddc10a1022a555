import pytest

from language.claims import duplicates

SAME = [
    ("Chile will sign the lithium pact with Peru by 31 December 2025.", "Chile will sign a lithium pact with Peru."),
    ("The central bank of Norway will cut rates in June.", "Norway’s central bank will cut rates in June."),
    ("Russia is not expected to sign the gas contract.", "Russia will not sign the gas contract."),
]
OTHER = [
    ("Chile will sign the lithium pact with Peru.", "Chile will not sign the lithium pact with Peru."),
    ("Chile will sign the lithium pact with Peru.", "Chile is unlikely to sign the lithium pact with Peru."),
    ("Chile will sign the lithium pact with Peru.", "Chile will sign the lithium pact with Brazil."),
    ("Inflation in Norway will reach 4%.", "Inflation in Norway will reach 6%."),
    ("Inflation in Norway will rise again next spring.", "Inflation in Norway will fall again next spring."),
    ("Chile will sign the pact by 2026.", "Chile will sign the pact by 2030."),
    ("Norway will join the Union.", "Norway will leave the Union."),
    ("Norway will join the Union.", "The harvest of maize will be poor."),
]


def joined(*texts: str, **options: object) -> tuple[duplicates.DuplicatePair, ...]:
    return duplicates.pairs([duplicates.prepare(text) for text in texts], **options)


@pytest.mark.parametrize(("one", "other"), SAME, ids=[row[0] for row in SAME])
def test_claims_that_say_the_same_are_joined(one, other):
    assert [(pair.first, pair.second) for pair in joined(one, other)] == [(0, 1)]


@pytest.mark.parametrize(("one", "other"), OTHER, ids=[row[1] for row in OTHER])
def test_claims_with_another_sign_actor_figure_or_direction_never_join(one, other):
    assert joined(one, other) == ()
    assert joined(one, other, cosines=lambda texts: [1.0] * len(texts)) == ()


def test_close_embeddings_join_where_words_alone_are_not_enough():
    texts = "Chile will sign the lithium pact.", "Chile will soon put its name to a lithium accord."
    assert joined(*texts) == ()
    assert len(joined(*texts, cosines=lambda pairs: [0.9] * len(pairs))) == 1
    assert joined(*texts, cosines=lambda pairs: [0.1] * len(pairs)) == ()


def test_only_pairs_with_a_fresh_claim_are_looked_for():
    text = "Chile will sign the lithium pact with Peru."
    assert [(pair.first, pair.second) for pair in joined(text, text, text, fresh=2)] == [(0, 2), (1, 2)]


def test_a_claim_has_five_partners_at_most():
    assert len(joined(*["Chile will sign the lithium pact with Peru."] * 7)) <= 7 * duplicates.MOST_PARTNERS // 2


@pytest.mark.parametrize("text", ["", "\u202e\u200b", "word", "a " * 10_000])
def test_odd_texts_join_nothing_and_do_no_harm(text):
    assert joined(text, "Chile will sign the pact.") == ()
