import json
import re
from collections import Counter
from datetime import date
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

import feedparser
import pytest

SEEDS = Path(__file__).parents[2] / "seeds"
ORIGINAL = Path(__file__).parents[3] / "shared" / "seed" / "article.txt"


def read(name):
    return json.loads((SEEDS / name).read_text(encoding="utf-8"))


TEXT = (SEEDS / "article.txt").read_text(encoding="utf-8")
CLAIMS = read("claims.json")["claims"]
PROPOSITIONS = read("propositions.json")["propositions"]
DECISIONS = read("decisions.json")["decisions"]
CHRONOLOGY = feedparser.parse((SEEDS / "chronology.xml").read_bytes())
RULED = [each for each in PROPOSITIONS if each["resolution"]]


def events():
    """Event identity to the day on which its report came out."""
    return {
        entry.id.removeprefix("urn:hindcast:event:"): date(*entry.published_parsed[:3]) for entry in CHRONOLOGY.entries
    }


def words(text):
    return re.findall(r"\w+", re.sub("[’']", "", text.lower()))


def runs(text, length):
    found = words(text)
    return {tuple(found[at : at + length]) for at in range(len(found) - length + 1)}


def test_the_article_names_author_outlet_and_day():
    article = read("article.json")
    assert [author["name"] for author in article["authors"]] == ["Ryan Hass"]
    assert (article["outlet"]["name"], article["published_on"]) == ("Brookings", "2025-05-09")
    assert "araphrase" in article["source_note"]


@pytest.mark.shared
def test_the_paraphrase_shares_no_run_of_twelve_words_with_the_original():
    if not ORIGINAL.exists():
        pytest.skip("the original article is not beside this checkout")
    original = ORIGINAL.read_text(encoding="utf-8")
    assert not runs(TEXT, 12) & runs(original, 12)
    assert TEXT.count("\n\n") == len(original.strip().splitlines()) - 2, "as many paragraphs, byline aside"


@pytest.mark.shared
def test_the_quotations_are_short_and_stand_in_the_original():
    if not ORIGINAL.exists():
        pytest.skip("the original article is not beside this checkout")
    original = " ".join(words(ORIGINAL.read_text(encoding="utf-8")))
    for claim in CLAIMS:
        assert len(claim["original_words"].split()) <= 15
        assert " ".join(words(claim["original_words"])) in original


def test_there_are_ten_claims_in_the_order_of_the_text():
    assert {claim["key"] for claim in CLAIMS} == {f"C{number}" for number in range(1, 11)}
    assert [claim["number"] for claim in CLAIMS] == list(range(1, 11))
    starts = [TEXT.index(claim["quote"]) for claim in CLAIMS]
    assert starts == sorted(starts)


def test_every_quote_stands_in_the_text_exactly_once_and_none_overlap():
    spans = [(TEXT.index(claim["quote"]), len(claim["quote"])) for claim in CLAIMS]
    assert [TEXT.count(claim["quote"]) for claim in CLAIMS] == [1] * len(CLAIMS)
    assert all(start + length <= after for (start, length), (after, _) in pairwise(spans))


def test_claims_have_a_kind_a_speaker_and_a_chance_of_the_scale():
    scale = {float(chance) for chance in read("claims.json")["probability_scale"]}
    for claim in CLAIMS:
        assert claim["kind"] in {"verifiable", "forecastable", "evaluative"}
        assert (claim["speaker_kind"] == "author") == (claim["speaker"] == "")
        assert claim["implied_probability"] is None or claim["implied_probability"] in scale


def test_there_are_29_questions_each_of_a_claim_with_keys_and_slugs_of_their_own():
    assert len(PROPOSITIONS) == len({each["key"] for each in PROPOSITIONS}) == 29
    assert len({each["slug"] for each in PROPOSITIONS}) == 29
    assert {each["claim"] for each in PROPOSITIONS} == {claim["key"] for claim in CLAIMS}
    assert all(re.fullmatch(r"[a-z0-9-]{3,60}", each["slug"]) for each in PROPOSITIONS + CLAIMS)


def test_all_questions_say_that_they_were_written_with_hindsight():
    assert all(each["written_with_hindsight"] is True for each in PROPOSITIONS)


@pytest.mark.parametrize("each", PROPOSITIONS, ids=lambda each: each["key"])
def test_a_question_can_be_read_by_itself(each):
    assert each["question"].endswith("?")
    assert each["statement"].endswith(".")
    assert all(each[field] for field in ("title", "resolution_criteria", "sources", "keywords", "actors"))
    assert not each["title"].endswith(("?", "."))


@pytest.mark.parametrize("each", PROPOSITIONS, ids=lambda each: each["key"])
def test_chances_lie_between_0_and_1_and_only_a_side_implies_one(each):
    assert each["side"] in {"yes", "no", "none"}
    assert (each["implied_probability"] is None) == (each["side"] == "none")
    assert each["implied_probability"] is None or 0 < each["implied_probability"] < 1
    assert (each["prior"] is None) == (each["prior_reason"] == "")
    assert each["prior"] is None or 0 < each["prior"] < 1
    assert each["side"] != "none" or each["prior"] is not None, "nothing else to start from"


@pytest.mark.parametrize("each", PROPOSITIONS, ids=lambda each: each["key"])
def test_a_question_opens_with_the_article_and_before_its_deadline(each):
    assert each["opens_on"] == read("article.json")["published_on"]
    assert date.fromisoformat(each["opens_on"]) < date.fromisoformat(each["deadline"])


def test_23_questions_are_ruled_and_the_provisional_and_open_ones_are_not():
    assert len(RULED) == 23
    unruled = {each["key"] for each in PROPOSITIONS if not each["resolution"]}
    assert unruled == {"C1b", "C1c", "C3d", "C5b", "C6d", "C8c"}


@pytest.mark.parametrize("each", RULED, ids=lambda each: each["key"])
def test_a_ruling_comes_after_opening_settlement_publication_and_its_event(each):
    ruling = each["resolution"]
    ruled, settled, published = (
        date.fromisoformat(ruling[key]) for key in ("ruled_on", "effective_on", "published_on")
    )
    assert ruled == max(settled, published)
    assert ruled > date.fromisoformat(each["opens_on"])
    assert ruled >= events()[ruling["event"]]
    assert ruling["outcome"] in {"yes", "no"}
    assert ruling["reason"]
    assert urlsplit(ruling["source"]).scheme in {"http", "https"}


def test_the_chronology_is_a_feed_of_88_events_with_outlet_day_and_address():
    assert not CHRONOLOGY.bozo
    assert len(events()) == len(CHRONOLOGY.entries) == 88
    for entry in CHRONOLOGY.entries:
        assert entry.title
        assert entry.summary
        assert entry.source.title
        assert urlsplit(entry.link).scheme in {"http", "https"}
        happened = date.fromisoformat(next(tag.term for tag in entry.tags if tag.scheme == "urn:hindcast:event-date"))
        assert date(2025, 4, 1) <= happened <= events()[entry.id.removeprefix("urn:hindcast:event:")] < date(2026, 3, 1)


def test_the_chronology_names_its_newest_entry_first_and_as_updated():
    stamps = [entry.published for entry in CHRONOLOGY.entries]
    assert stamps == sorted(stamps, reverse=True)
    assert CHRONOLOGY.feed.updated == stamps[0]


def test_decisions_name_events_and_questions_that_exist_and_each_pair_once():
    keys = {each["key"] for each in PROPOSITIONS}
    assert {each["event"] for each in DECISIONS} <= set(events())
    assert {each["proposition"] for each in DECISIONS} <= keys
    assert max(Counter((each["event"], each["proposition"]) for each in DECISIONS).values()) == 1
    assert read("decisions.json")["by"] == "Seed curator"


@pytest.mark.parametrize("each", DECISIONS, ids=lambda each: f"{each['event']}-{each['proposition']}")
def test_a_decision_has_a_reason_and_a_strength_only_where_it_moves(each):
    assert each["stance"] in {"supports", "contradicts", "mentions"}
    assert (each["strength"] == "") == (each["stance"] == "mentions")
    assert each["strength"] in {"", "weak", "moderate", "strong", "decisive"}
    assert each["settles"] == (each["strength"] == "decisive")
    assert 10 < len(each["reason"]) <= 160


def test_what_settles_a_question_agrees_with_its_ruling():
    rulings = {each["key"]: each["resolution"] for each in RULED}
    for each in DECISIONS:
        if each["settles"]:
            ruling = rulings[each["proposition"]]
            assert each["event"] == ruling["event"]
            assert (each["stance"] == "supports") == (ruling["outcome"] == "yes")


def test_nothing_moves_a_question_before_it_opens_or_after_it_is_ruled():
    ruled_on = {each["key"]: date.fromisoformat(each["resolution"]["ruled_on"]) for each in RULED}
    for each in DECISIONS:
        day = events()[each["event"]]
        if each["stance"] != "mentions":
            assert date(2025, 5, 9) <= day <= ruled_on.get(each["proposition"], day), each


def test_at_least_ten_questions_have_several_pieces_of_evidence_and_a_moving_chance():
    moving = Counter(each["proposition"] for each in DECISIONS if each["stance"] != "mentions")
    assert sum(count >= 2 for count in moving.values()) >= 10


def test_the_feed_list_is_opml_2_with_at_least_24_real_feeds():
    root = ElementTree.parse(SEEDS / "feeds.opml").getroot()
    assert (root.tag, root.get("version")) == ("opml", "2.0")
    feeds = root.findall("./body/outline/outline[@type='rss']")
    addresses = [feed.get("xmlUrl") for feed in feeds]
    assert len(set(addresses)) == len(addresses) >= 24
    for feed in feeds:
        assert feed.get("text")
        assert urlsplit(feed.get("xmlUrl")).hostname
        assert urlsplit(feed.get("htmlUrl")).hostname


def test_every_seed_file_is_described_in_the_readme():
    described = (SEEDS / "README.md").read_text(encoding="utf-8")
    assert [path.name for path in SEEDS.iterdir() if path.name not in described and path.name != "README.md"] == []
