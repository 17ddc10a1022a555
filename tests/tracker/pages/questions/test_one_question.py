"""One question with three claims put to it is one on every page, screen and letter, before and after its review."""

import re
from datetime import date, timedelta

import pytest

from forecasts import scorecards
from tests.makers import (
    NOW,
    OPENED,
    make_claim,
    make_curator,
    make_evidence,
    make_forecast,
    make_forecaster,
    make_position,
    make_proposition,
    make_user,
)
from tracker.curation import rulings, subscriptions
from tracker.jobs.estimates.review import review
from tracker.jobs.letters.digest import digest
from tracker.models import Article, Letter

pytestmark = pytest.mark.django_db
TAG = re.compile(r"<[^>]+>")
LATER = NOW + timedelta(days=2)
SIDES = ("yes", "no", "none")


@pytest.fixture
def question():
    """Its deadline has passed; three claims of one article are put to it, and no job has looked since."""
    proposition = make_proposition(deadline=(NOW - timedelta(days=1)).date())
    article = make_claim().article
    for number, side in enumerate(SIDES):
        words = article.text.split(". ")[number][:20]
        claim = make_claim(article, quote=words, title=f"Claim {side}", speaker_kind="author")
        make_position(claim, proposition=proposition, side=side, title=f"Claim {side}")
    make_evidence(proposition, stance="supports", strength="strong", at=OPENED)
    return proposition


@pytest.fixture
def read(client):
    client.force_login(make_curator())
    return lambda address: " ".join(TAG.sub(" ", client.get(address).content.decode()).split())


def test_before_the_review_everything_says_that_one_question_is_open(question, read):
    assert "1 question: 1 open;" in read("/")
    assert "No question waits for a ruling" in read("/")
    assert "1 question " in read("/questions/")
    assert "Open 1" in read("/questions/")
    assert "to rule on" not in read("/admin/")


def test_after_it_everything_says_that_one_question_is_due(question, read):
    review(NOW)
    home = read("/")
    assert "One question waits for a ruling" in home
    assert "1 question: 1 due;" in home
    assert home.count("No story confirmed") + home.count("Last word:") == 1
    assert "Due 1" in read("/questions/")
    assert "3 statements" in read("/claims/")
    assert "1 question to rule on" in read("/admin/")
    assert {row.status for row in question.positions.all()} == {"due"}


def test_a_letter_on_three_claims_tells_of_one_question(question):
    subscriptions.follow(make_user(), subject=Article.objects.get(claims__title="Claim no"), at=NOW - timedelta(days=1))
    review(NOW)
    digest(LATER)
    letter = Letter.objects.get()
    assert letter.subject == "Hindcast: one to rule"
    assert "You follow one question" in letter.text
    assert letter.text.count("Also, ") == 2


def test_a_ruling_settles_one_question_for_all_at_once(question, read):
    review(NOW)
    member = make_forecaster()
    make_forecast(question, forecaster=member, at=OPENED)
    rulings.rule(
        question,
        outcome="yes",
        effective_on=date(2026, 2, 1),
        source="https://news.example/contract",
        reason="Both firms announced it.",
        by=make_curator(),
        at=NOW,
    )
    assert [row.status for row in question.positions.order_by("pk")] == [
        "came true",
        "came true",
        "did not come true",
        "came true",
    ]
    assert "1 question: 1 scored;" in read("/")
    assert "Ruled Yes 1" in read("/questions/")
    assert scorecards.scorecard([member]).resolved == 1
