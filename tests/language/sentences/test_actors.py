import pytest

from language.sentences import actors

KNOWN = [
    ("Beijing warned Washington", {"China", "United States"}),
    ("The Kremlin and the White House", {"Russia", "United States"}),
    ("Brussels fined Apple", {"European Union"}),
    ("Downing Street, Ankara and Seoul", {"United Kingdom", "Turkey", "South Korea"}),
    ("North Korean troops", {"North Korea"}),
    ("South Sudanese refugees in Niger, not Nigeria", {"South Sudan", "Niger", "Nigeria"}),
    ("The China-Russia relationship", {"China", "Russia"}),
    ("Ukraine’s allies in NATO and ASEAN", {"Ukraine", "NATO", "ASEAN"}),
    ("U.S. officials told us to polish it", {"United States"}),
    ("US STRIKES IRAN AGAIN TODAY", {"Iran"}),
    ("DR Congo and the Republic of the Congo", {"Democratic Republic of the Congo", "Republic of the Congo"}),
    ("the IMF, the UN and the Fed", {"International Monetary Fund", "United Nations", "Federal Reserve"}),
    ("the chinaware of an american", set()),
    ("Foggy Bottom, the IDF and 10 Downing Street", {"United States", "Israel", "United Kingdom"}),
    ("Shelling in Kharkiv, votes in São Paulo and Ohio", {"Ukraine", "Brazil", "United States"}),
    ("Voters fed up; he is Fed up too", set()),
    ("", set()),
]
MEANT = [
    ("Georgia signs a treaty with Azerbaijan", {"Georgia", "Azerbaijan"}),
    ("Republicans in Georgia redraw the map", {"United States"}),
    ("the king of Jordan spoke to a crowd", {"Jordan"}),
    ("the actor Michael B. Jordan spoke to a crowd of fans", set()),
    ("a goal by Chad Smith settled it", set()),
    ("the army of Chad crossed into Niger", {"Chad", "Niger"}),
    ("piracy in the Gulf of Guinea", set()),
    ("a vote in Papua New Guinea", {"Papua New Guinea"}),
    ("soldiers in Guinea-Bissau, not Guinea", {"Guinea-Bissau", "Guinea"}),
    ("Turkey raises rates", {"Turkey"}),
    ("Turkey dinner for twelve", set()),
    ("the Washington Post asked us", set()),
    ("the ICC moved a T20 match", set()),
]


@pytest.mark.parametrize(("text", "expected"), KNOWN, ids=[row[0] for row in KNOWN])
def test_states_are_known_by_name_people_capital_and_seat(text, expected):
    assert actors.known(text) >= expected
    assert expected or not actors.known(text)


@pytest.mark.parametrize(("text", "expected"), MEANT, ids=[row[0] for row in MEANT])
def test_a_wording_with_other_meanings_is_read_by_the_words_around_it(text, expected):
    assert actors.known(text) == expected


def test_every_wording_of_the_table_can_be_found():
    assert [wording for wording in actors.table() if not actors.START.match(wording)] == []


def test_a_huge_text_is_read_in_linear_time():
    assert actors.known("it was one Michael Jordan and Georgia . " * 20_000) == {"Georgia"}


def test_people_and_firms_are_named_without_their_titles():
    text = "Russian President Vladimir Putin met Delcy Rodríguez and Jean-Luc Mélenchon of the Bank of Wales"
    assert {"Vladimir Putin", "Delcy Rodríguez", "Jean-Luc Mélenchon"} <= actors.named(text)


def test_a_headline_in_title_case_names_no_single_words():
    assert "Ready" not in actors.named("Trump Is Ready to Send Afghan Refugees to Their Death")


def test_actors_are_looked_up_by_canonical_name_or_surname():
    assert actors.keys(frozenset({"Beijing", "Vladimir Putin", "Tesla"})) == {"China", "Putin", "Tesla"}


def test_the_table_holds_enough_states_and_no_wording_twice():
    names = set(actors.table().values())
    assert len(names) >= 120
    assert all(name == actors.table()[name] for name in names)


def test_a_word_of_a_known_name_is_no_actor_of_its_own():
    assert actors.find("Beijing courts the Global South and Vladimir Putin.") == {
        "China",
        "Global South",
        "Vladimir Putin",
    }
