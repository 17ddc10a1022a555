from datetime import timedelta

import pytest

from language.matching import relevance
from language.sentences import embeddings
from language.weights import ModelUnavailable
from tests.makers import NOW, make_entry, make_evidence, make_feed, make_proposition
from tracker.curation import stories
from tracker.jobs.matching.match import match
from tracker.models import Entry, Evidence

pytestmark = pytest.mark.django_db

HEADLINE = "Gazprom and CNPC sign gas contract for Power of Siberia 2 pipeline"


@pytest.fixture
def proposition():
    return make_proposition(
        "Will Gazprom and CNPC sign a gas contract for Power of Siberia 2?",
        statement="Gazprom and CNPC sign a gas contract for Power of Siberia 2.",
        keywords=["Gazprom", "CNPC", "Power of Siberia", "gas"],
        actors=["Russia", "China"],
    )


def test_a_story_that_bears_on_it_is_suggested_with_its_passage(proposition):
    make_entry(HEADLINE, body="The Russian and the Chinese firm agreed on the gas price on Monday.")
    report = match(NOW)
    evidence = proposition.evidence.get()
    assert (report.entries, report.suggested) == (1, 1)
    assert evidence.state == "suggested"
    assert evidence.relevance > 0.5
    assert evidence.passage
    assert report.model == embeddings.NAME


def test_other_news_is_read_and_attached_to_nothing(proposition):
    entry = make_entry("England win the second Test at Lord's", body="Root made a century.")
    assert match(NOW).suggested == 0
    entry.refresh_from_db()
    assert entry.matched_at == NOW


def test_a_second_run_reads_nothing_again(proposition):
    make_entry(HEADLINE)
    match(NOW)
    assert match(NOW).entries == 0
    assert Evidence.objects.count() == 1


def test_reprints_are_one_piece_of_evidence(proposition):
    first = make_entry(HEADLINE)
    make_entry(HEADLINE, story=first.story, feed=make_feed())
    assert match(NOW).suggested == 1


def test_what_a_person_decided_survives_new_words_of_the_same_story(proposition):
    entry = make_entry(HEADLINE)
    decided = make_evidence(proposition, entry=entry, stance="supports", strength="strong")
    assert match(NOW).suggested == 0
    assert list(Evidence.objects.all()) == [decided]


def test_news_from_before_the_opening_is_no_evidence(proposition):
    make_entry(HEADLINE, at=proposition.opens_at - timedelta(hours=1))
    assert match(NOW).suggested == 0


def test_ruled_questions_take_no_more_news():
    make_proposition(state="resolved", outcome="no", statement=HEADLINE)
    make_entry(HEADLINE)
    report = match(NOW)
    assert (report.entries, report.propositions) == (1, 0)


def test_news_from_the_future_waits(proposition):
    make_entry(HEADLINE, at=NOW + timedelta(hours=2))
    assert match(NOW).entries == 0
    assert match(NOW + timedelta(hours=3)).entries == 1


def test_no_more_than_the_limit_is_read_at_once(proposition):
    for number in range(3):
        make_entry(f"{HEADLINE}, part {number}", at=NOW - timedelta(hours=number))
    assert match(NOW, limit=2).entries == 2
    assert Entry.objects.unmatched().count() == 1


@pytest.fixture
def meanwhile(monkeypatch):
    """Something that happens while a run of the job is reading."""
    rank = relevance.rank

    def during(happens):
        def reading(*args, **options):
            monkeypatch.setattr(relevance, "rank", rank)
            happens()
            return rank(*args, **options)

        monkeypatch.setattr(relevance, "rank", reading)

    return during


def test_news_that_is_being_read_when_a_question_opens_is_held_against_it_too(proposition, meanwhile):
    entry = make_entry(HEADLINE)
    meanwhile(lambda: make_proposition(statement=HEADLINE))
    assert [match(NOW).suggested, match(NOW).suggested, match(NOW).entries] == [1, 1, 0]
    assert Evidence.objects.filter(story=entry.story).count() == 2


def test_words_that_change_while_the_old_ones_are_read_are_read_too(proposition, meanwhile):
    entry = make_entry("Nothing to see")

    def change():
        entry.revisions.update(is_current=False)
        entry.revisions.create(number=2, title=HEADLINE, content_sha256="2", seen_at=NOW)

    meanwhile(change)
    assert [match(NOW).suggested, match(NOW).suggested, match(NOW).entries] == [0, 1, 0]


def test_a_story_that_is_joined_while_it_is_read_gets_its_evidence_under_the_one_that_is_kept(proposition, meanwhile):
    entry, other = make_entry(HEADLINE), make_entry("Nothing to see", matched_at=NOW)
    meanwhile(lambda: stories.join(entry.story, other.story, by="ann", at=NOW, reason="the same"))
    assert [match(NOW).suggested, match(NOW).suggested, match(NOW).entries] == [0, 1, 0]
    assert Evidence.objects.get().story == other.story


def test_without_its_model_it_goes_on_by_words_and_says_so(proposition, tmp_path, monkeypatch):
    tampered = tmp_path / "tokenizer.json"
    tampered.write_text("{}")
    monkeypatch.setattr(embeddings, "TOKENIZER", tampered)
    embeddings.load_minilm.cache_clear()
    make_entry(HEADLINE)
    report = match(NOW)
    assert report.suggested == 1
    assert report.model.startswith("full text alone: ")
    assert str(tampered) in report.model


def test_a_tampered_file_of_weights_leaves_full_text_and_is_named(proposition, monkeypatch):
    def tampered():
        raise ModelUnavailable("relevance.json: expected sha256 1, found 2")

    monkeypatch.setattr(relevance, "load_weights", tampered)
    make_entry(HEADLINE)
    make_entry("England win the second Test at Lord's")
    report = match(NOW)
    assert (report.suggested, report.model) == (1, "full text alone: relevance.json: expected sha256 1, found 2")


def test_news_of_a_kind_that_a_curator_keeps_rejecting_is_attached_no_more(proposition):
    make_entry("Gazprom raises gas prices for Turkey")
    assert match(NOW).suggested == 1
    Evidence.objects.all().delete()
    for number in range(30):
        rejected = {"relevance": 0.99, "classifier": "built-in 3", "state": "rejected"}
        make_evidence(proposition, headline=f"Pipeline {number}", **rejected)
    make_entry("Turkey pays more for the gas of Gazprom")
    match(NOW)
    assert not Evidence.objects.filter(state="suggested").exists()
