import pytest

from language.sentences import words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("concession", "concessions"),
        ("tariff", "tariffs"),
        ("signing", "signed"),
        ("country", "countries"),
        ("ally", "allies"),
        ("strengthening", "strengthen"),
    ],
)
def test_inflections_share_a_stem(one, other):
    assert words.stem(one) == words.stem(other)


@pytest.mark.parametrize(
    ("one", "other"), [("sign", "sing"), ("press", "president"), ("2025", "2026"), ("china", "chin")]
)
def test_different_words_keep_different_stems(one, other):
    assert words.stem(one) != words.stem(other)


def test_tokens_keep_order_and_lose_case_and_possessives():
    assert words.tokens("China's Xi’s 2nd well-known plan, isn't it? \x00") == [
        "china",
        "xi",
        "2nd",
        "well-known",
        "plan",
        "isn't",
        "it",
    ]


def test_stems_leave_stop_words_out():
    assert words.stems("The war of the worlds") == {words.stem("war"), words.stem("worlds")}


def test_a_rare_word_outweighs_a_common_one():
    rarity = words.news_rarity()
    assert rarity.idf("quordleish") > rarity.idf(words.stem("measles")) > rarity.idf("trump") > 0


def test_overlap_is_the_share_of_rarity_covered():
    rarity = words.Rarity(9, {"war": 4, "pact": 1})
    assert rarity.overlap(frozenset(), frozenset({"war"})) == 0
    assert rarity.overlap(frozenset({"war"}), frozenset({"war", "pact"})) == 1
    assert rarity.overlap(frozenset({"war", "pact"}), frozenset({"pact"})) > 0.5
