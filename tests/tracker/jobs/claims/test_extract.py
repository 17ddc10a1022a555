import pytest

from tests.makers import NOW, make_article
from tracker.jobs.claims.extract import extract
from tracker.models import Claim, DuplicateClaim

pytestmark = pytest.mark.django_db

TEXT = (
    "The two firms met in May. Some analysts suggest the talks could fail by the end of 2025. "
    "The ministry will sign the contract by 31 December 2025."
)


def test_claims_are_proposed_at_their_exact_characters():
    article = make_article(text=TEXT)
    report = extract(NOW)
    assert report.looked_at == 1
    assert report.made == article.claims.count() > 0
    assert all(article.text[claim.start : claim.end] == claim.quote for claim in article.claims.all())
    assert set(article.claims.values_list("state", flat=True)) == {"proposed"}


def test_addresses_of_claims_end_with_a_whole_word():
    article = make_article(text="The parliament of Hungary will approve the accession of the battlegroup in 2026.")
    extract(NOW)
    assert f"the-parliament-of-hungary-will-approve-the-{article.pk}-1" in article.claims.get().slug


def test_what_others_said_is_theirs():
    article = make_article(text=TEXT)
    extract(NOW)
    claim = article.claims.get(quote__contains="could fail")
    assert (claim.speaker_kind, claim.speaker) == ("unnamed", "Some analysts")


def test_a_second_run_finds_nothing_to_do():
    make_article(text=TEXT)
    extract(NOW)
    assert extract(NOW).looked_at == 0


def test_a_claim_that_a_person_marked_before_is_not_doubled():
    article = make_article(text=TEXT)
    extract(NOW)
    before = list(article.claims.values_list("pk", flat=True))
    article.extracted_at = None
    article.save()
    assert extract(NOW).made == 0
    assert list(article.claims.values_list("pk", flat=True)) == before


def test_a_text_without_claims_is_marked_as_read():
    article = make_article(text="Photo: AFP")
    assert extract(NOW).made == 0
    article.refresh_from_db()
    assert article.extracted_at == NOW
    assert not Claim.objects.exists()


def test_a_text_that_is_not_english_says_why_it_was_not_read():
    article = make_article(text="Der Krieg im Osten ist nicht vorbei, und die Partei wird das Gesetz ändern.")
    extract(NOW)
    article.refresh_from_db()
    assert "German" in article.not_read
    assert article.extracted_at == NOW


def test_a_claim_is_stored_with_range_chances_and_restatement():
    make_article(text="Prime Minister Ada Hall spoke. She is unlikely to leave the party of Norway by year-end.")
    extract(NOW)
    claim = Claim.objects.get(hedge="unlikely")
    assert (claim.implied_low, claim.implied_probability, claim.implied_high) == (0.55, 0.75, 0.85)
    assert claim.restatement.startswith("Prime Minister Ada Hall is unlikely to leave the party of Norway by 31")
    assert claim.forecastable + claim.verifiable + claim.evaluative == pytest.approx(1, abs=0.01)
    assert claim.refusal == ""


def test_claims_that_say_the_same_in_two_articles_are_paired():
    for opening in ("The talks went on.", "It was a day of rain."):
        make_article(text=f"{opening} The central bank of Norway will cut interest rates by 2027.")
        extract(NOW)
    pair = DuplicateClaim.objects.get()
    assert pair.first.article_id != pair.second.article_id
