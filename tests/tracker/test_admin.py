import re
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from forecasts.models import Proposition
from tests.makers import (
    NOW,
    make_article,
    make_author,
    make_change,
    make_claim,
    make_curator,
    make_entry,
    make_evidence,
    make_feed,
    make_outlet,
    make_position,
    make_proposition,
    make_ruling,
    make_user,
)
from tracker.curation import appeals, outside, people, subscriptions
from tracker.jobs.estimates.review import review
from tracker.models import (
    Attempt,
    Claim,
    ClassifierAnswer,
    Decision,
    DuplicateClaim,
    Evidence,
    Feed,
    FullText,
    Host,
    JobRun,
    Letter,
    LikeStory,
    Outlet,
    Position,
    Push,
    PushedDocument,
    ReadingAnswer,
    Status,
    StoryBand,
    Subscription,
    SuggestionQueue,
    TryCount,
    User,
)

pytestmark = pytest.mark.django_db
MODELS = tuple(apps.get_app_config("tracker").get_models())


@pytest.fixture
def curator(client) -> User:
    curator = make_curator("ada")
    client.force_login(curator)
    return curator


def page(model, view: str, *args) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{view}", args=args)


def act(client, model, action: str, *rows, **fields):
    chosen = {"action": action, "_selected_action": [row.pk for row in rows], **fields}
    return client.post(page(model, "changelist"), chosen, follow=True)


def a_row_of_everything() -> None:
    article = make_article(authors=(make_author(),), outlet=make_outlet())
    position = make_position(make_claim(article))
    DuplicateClaim.objects.create(first=position.claim, second=make_claim(), likeness=0.8, found_at=NOW)
    evidence = make_evidence(position.proposition, stance="supports")
    subscriptions.follow(make_user(), subject=article, at=NOW)
    people.invite("new@example.org", role="member", by="Ada", at=NOW)
    make_change(position, Status.DUE, evidence=evidence)
    Attempt.objects.create(feed=make_feed(), at=NOW)
    StoryBand.objects.create(story=evidence.story, band=1)
    other = make_evidence(position.proposition).story
    LikeStory.objects.create(earlier=evidence.story, later=other, likeness=0.9, found_at=NOW)
    SuggestionQueue.objects.mark_stale([evidence.proposition_id])
    Host.objects.create(name="news.example")
    FullText.objects.create(entry=evidence.revision.entry, text="At length.", read_at=NOW)
    ClassifierAnswer.objects.create(proposition=position.proposition, revision=evidence.revision, model="small", at=NOW)
    ReadingAnswer.objects.create(kind="ruling", proposition=position.proposition, model="small", at=NOW)
    Push.objects.create(feed=make_feed(), hub="https://hub.example/", topic="https://n.example/f", path="p", secret="s")
    PushedDocument.objects.create(feed=make_feed(), received_at=NOW, body=b"<rss/>")
    TryCount.objects.add("sign-in:ada", now=NOW, within=timedelta(minutes=15))
    JobRun.objects.create(job="ingest", started_at=NOW, finished_at=NOW, report={"feeds": 9})
    outside.link(make_proposition(), address="https://manifold.markets/Ann/rain", by="Ada", at=NOW)


def test_every_model_has_a_screen():
    assert all(admin.site.is_registered(model) for model in MODELS)


@pytest.mark.parametrize("model", MODELS)
def test_every_list_opens_and_its_rows_can_be_read(client, curator, model):
    a_row_of_everything()
    assert client.get(page(model, "changelist"), {"q": "a"}).status_code == 200
    row = model.objects.order_by("-pk").first()
    assert client.get(page(model, "change", row.pk)).status_code == 200


@pytest.mark.parametrize("model", MODELS)
def test_nothing_is_deleted(client, curator, model):
    a_row_of_everything()
    row = model.objects.first()
    assert client.post(page(model, "delete", row.pk), {"post": "yes"}).status_code == 403
    assert "delete_selected" not in client.get(page(model, "changelist")).text


@pytest.mark.parametrize("model", MODELS)
def test_a_list_costs_as_many_queries_for_many_rows_as_for_few(client, curator, model, django_assert_num_queries):
    a_row_of_everything()
    with CaptureQueriesContext(connection) as few:
        client.get(page(model, "changelist"))
    for number in range(4):
        position = make_position(make_claim(make_article(authors=(make_author(),), outlet=make_outlet())))
        subscriptions.follow(make_user(), subject=position.claim, at=NOW)
        evidence = make_evidence(position.proposition, headline=f"Story {number}")
        make_change(position, Status.DUE, evidence=evidence)
        Attempt.objects.create(feed=evidence.revision.entry.feed, at=NOW)
        StoryBand.objects.create(story=evidence.story, band=number)
        FullText.objects.create(entry=evidence.revision.entry)
        ClassifierAnswer.objects.create(
            proposition=position.proposition, revision=evidence.revision, model="small", at=NOW
        )
        ReadingAnswer.objects.create(kind="claims", article=make_article(), model="small", at=NOW)
        PushedDocument.objects.create(feed=make_feed(), received_at=NOW, body=b"<rss/>")
    with django_assert_num_queries(len(few)):
        client.get(page(model, "changelist"))


@pytest.mark.parametrize("model", [*MODELS, *apps.get_app_config("forecasts").get_models()])
def test_every_screen_says_question(client, curator, model):
    a_row_of_everything()
    screens = [page(model, "changelist"), page(model, "add")]
    screens += [page(model, "change", row.pk) for row in model.objects.all()[:1]]
    for screen in screens:
        words = re.sub(r"<(script|style).*?</\1>|<[^>]*>", " ", client.get(screen).text, flags=re.DOTALL)
        assert "proposition" not in words.lower()


@pytest.mark.parametrize("model", MODELS)
def test_a_member_sees_no_screen(client, model):
    client.force_login(make_user(is_staff=True))
    assert client.get(page(model, "changelist")).status_code == 403


def test_a_guest_signs_in_first_by_the_one_door_that_counts_wrong_passwords(client):
    answer = client.get("/admin/tracker/claim/", follow=True)
    assert answer.redirect_chain[-1][0] == "/account/sign-in/?next=/admin/tracker/claim/"
    assert client.post("/admin/login/", {"username": "ada", "password": "a long password"}).status_code == 405


def test_a_member_is_told_that_this_is_for_curators(client):
    client.force_login(make_user())
    assert client.get("/admin/", follow=True).status_code == 403


def test_a_former_curator_is_out_at_once(client, curator):
    make_curator()
    people.set_role(curator, role="member", by="Mei", at=NOW)
    assert client.get("/admin/").status_code == 302


def test_suggestions_are_confirmed_with_stance_strength_and_reason(client, curator):
    evidence = make_evidence(make_proposition())
    act(client, Evidence, "confirm_contradicts", evidence, strength="strong", reason="The ministry says so.")
    evidence.refresh_from_db()
    assert (evidence.state, evidence.stance, evidence.strength) == ("confirmed", "contradicts", "strong")
    decision = Decision.objects.get()
    assert (decision.user, decision.reason) == (curator, "The ministry says so.")


def test_a_stance_without_a_strength_is_refused_in_words(client, curator):
    evidence = make_evidence(make_proposition())
    answer = act(client, Evidence, "confirm_supports", evidence)
    evidence.refresh_from_db()
    assert evidence.state == "suggested"
    assert 'class="error"' in answer.text


def test_a_mention_needs_no_strength(client, curator):
    evidence = make_evidence(make_proposition())
    act(client, Evidence, "confirm_mentions", evidence, strength="strong")
    evidence.refresh_from_db()
    assert (evidence.stance, evidence.strength) == ("mentions", "")


def test_evidence_is_rejected_and_stays(client, curator):
    first, second = (make_evidence(make_proposition()) for _ in range(2))
    assert "Stories rejected: 2." in act(client, Evidence, "reject", first, second).text
    assert set(Evidence.objects.values_list("state", flat=True)) == {"rejected"}


def test_state_cannot_be_posted(client, curator):
    claim = make_claim(state="proposed")
    form = {name: getattr(claim, name) for name in ("title", "restatement", "kind", "speaker_kind", "hedge")}
    client.post(page(Claim, "change", claim.pk), {**form, "title": "Mended", "state": "accepted", "start": 0})
    claim.refresh_from_db()
    assert (claim.title, claim.state, claim.quote) == (
        "Mended",
        "proposed",
        claim.article.text[claim.start : claim.end],
    )


def test_mending_leaves_a_trace_of_what_stood_there(client, curator):
    position = make_position(title="A mispelt title")
    client.post(page(Position, "change", position.pk), {"title": "A well-spelt title"})
    decision = Decision.objects.get(verb="edit")
    assert (decision.before, decision.after) == ({"title": "A mispelt title"}, {"title": "A well-spelt title"})


def test_saving_without_a_change_leaves_no_trace(client, curator):
    position = make_position()
    client.post(page(Position, "change", position.pk), {"title": position.title})
    assert not Decision.objects.exists()


def test_a_new_weight_of_an_outlet_asks_for_new_estimates(client, curator):
    outlet = make_outlet("Ministry of Truth")
    evidence = make_evidence(make_proposition(), stance="supports")
    Feed.objects.filter(pk=evidence.revision.entry.feed_id).update(outlet=outlet)
    Proposition.objects.update(unsettled_at=None)
    client.post(page(Outlet, "change", outlet.pk), {"name": outlet.name, "homepage": "", "weight": "0.2"})
    assert Proposition.objects.unsettled().get() == evidence.proposition


def test_an_outlet_can_be_added(client, curator):
    client.post(page(Outlet, "add"), {"name": "Reuters", "slug": "reuters", "homepage": "", "weight": "1"})
    assert Decision.objects.get().verb == "add"
    assert Outlet.objects.get().slug == "reuters"


def test_claims_are_accepted_and_rejected(client, curator):
    kept, dropped = make_claim(state="proposed"), make_claim(state="proposed")
    act(client, Claim, "accept", kept)
    act(client, Claim, "reject", dropped, reason="An opinion.")
    assert [Claim.objects.get(pk=claim.pk).state for claim in (kept, dropped)] == ["accepted", "rejected"]


def test_feeds_are_paused_resumed_and_polled(client, curator):
    feed = make_feed(next_poll_at=NOW + timedelta(days=999))
    act(client, Feed, "pause", feed, reason="It moved.")
    assert Feed.objects.get().state == "paused"
    assert "resume it first" in act(client, Feed, "poll_now", feed).text
    act(client, Feed, "resume", feed)
    assert Feed.objects.get().state == "active"


def test_roles_are_changed_and_the_last_curator_stays(client, curator):
    user = make_user()
    act(client, User, "make_curator", user)
    assert User.objects.get(pk=user.pk).is_staff
    act(client, User, "make_member", user)
    assert "This is the last curator" in act(client, User, "make_member", curator).text
    assert User.objects.get(pk=curator.pk).is_curator


def test_a_role_or_password_cannot_be_posted(client, curator):
    user = make_user()
    form = {"first_name": "Mei", "last_name": "", "email": user.email, "role": "curator", "is_superuser": "on"}
    client.post(page(User, "change", user.pk), form)
    user.refresh_from_db()
    assert (user.first_name, user.role, user.is_superuser) == ("Mei", "member", False)
    assert "pbkdf2" not in client.get(page(User, "change", user.pk)).text


def test_a_letter_is_tried_again_and_never_shown_here(client, curator):
    people.ask_for_password(make_user("mei").email, at=NOW)
    letter = Letter.objects.get()
    Letter.objects.update(given_up_at=NOW)
    assert "/account/password/" not in client.get(page(Letter, "change", letter.pk)).text
    act(client, Letter, "try_again", letter)
    assert Letter.objects.get().state == "waiting"


def test_a_curator_rules_and_reads_the_best_evidence_first(client, curator):
    proposition = make_proposition(deadline=date(2026, 1, 31))
    make_evidence(proposition, headline="A hint", stance="contradicts", strength="weak")
    make_evidence(proposition, headline="The last word", stance="contradicts", strength="decisive")
    address = page(Proposition, "rule", proposition.pk)
    assert address in client.get(page(Proposition, "change", proposition.pk)).text
    screen = client.get(address).text
    assert screen.index("The last word") < screen.index("A hint")
    form = {"outcome": "no", "effective_on": "2026-01-31", "source": "https://news.example/x", "reason": "Not signed."}
    assert client.post(address, form).status_code == 302
    ruling = proposition.resolutions.get()
    assert (ruling.outcome, ruling.ruled_by, ruling.reason) == ("no", "ada", "Not signed.")


NEW = {
    "question": "Will a contract be signed?",
    "statement": "A contract is signed.",
    "resolution_criteria": "Yes if both firms say so.",
    "opens_on": "2025-05-09",
    "deadline": "2199-12-31",
    "prior": "20",
    "prior_reason": "Of 20 such contracts, four were signed.",
}


def test_a_question_that_is_added_and_mended_leaves_a_trace(client, curator):
    assert "Base rate, in per cent" in client.get(page(Proposition, "add")).text
    client.post(page(Proposition, "add"), NEW)
    added = Proposition.objects.get()
    lists = {start + name: "[]" for name in ("sources", "keywords", "actors") for start in ("", "initial-")}
    client.post(page(Proposition, "change", added.pk), {**NEW, **lists, "key": added.key, "prior": "0.3"})
    mended, opened = Decision.objects.all()
    assert (opened.verb, opened.by, opened.subject) == ("open question", "ada", added)
    assert (mended.verb, mended.before, mended.after) == ("edit", {"prior": 0.2}, {"prior": 0.3})


def test_a_question_that_is_added_looks_back(client, curator):
    entry = make_entry(at=timezone.now(), matched_at=NOW)
    client.post(page(Proposition, "add"), NEW)
    entry.refresh_from_db()
    assert entry.matched_at is None


def test_a_ruling_that_cannot_be_says_why(client, curator):
    proposition = make_proposition(state="draft")
    form = {"outcome": "no", "effective_on": "2026-01-31", "source": "", "reason": "Not signed."}
    assert "say what settles it" in client.post(page(Proposition, "rule", proposition.pk), form).text
    form["source"] = "The minutes of the meeting."
    assert "This question is a draft" in client.post(page(Proposition, "rule", proposition.pk), form).text
    assert "This field is required" in client.post(page(Proposition, "rule", proposition.pk), {}).text


@pytest.mark.parametrize(
    ("given", "kept"),
    [("news.example/x?id=1", "https://news.example/x?id=1"), ("The minutes, p. 4.", "The minutes, p. 4.")],
)
def test_a_source_is_an_address_or_words(client, curator, given, kept):
    proposition = make_proposition()
    form = {"outcome": "partly", "effective_on": "2026-01-31", "source": given, "reason": "A price, no volume."}
    answer = client.post(page(Proposition, "rule", proposition.pk), form, follow=True)
    assert "The ruling stands, and nobody is scored." in answer.text
    assert (proposition.resolutions.get().source, proposition.resolutions.get().outcome) == (kept, "partly")


def test_a_ruling_is_taken_back_with_a_reason(client, curator):
    proposition = make_proposition()
    ruling = make_ruling(proposition)
    address = page(Proposition, "reverse", proposition.pk)
    assert address in client.get(page(Proposition, "change", proposition.pk)).text
    assert client.post(address, {"reason": " "}).status_code == 200
    assert client.post(address, {"reason": "The source was withdrawn."}).status_code == 302
    ruling.refresh_from_db()
    assert ruling.reversal_reason == "The source was withdrawn."
    assert client.get(address).status_code == 404


def test_whoever_takes_a_ruling_back_reads_the_appeals_against_it(client, curator):
    proposition = make_proposition()
    appeals.appeal(make_ruling(proposition), by=make_user("mira"), reason="It names no <price>.", at=NOW)
    screen = client.get(page(Proposition, "reverse", proposition.pk)).text
    assert "<strong>Appeal by mira:</strong> It names no &lt;price&gt;." in screen


def test_a_member_does_not_rule(client):
    proposition = make_proposition()
    client.force_login(make_user(is_staff=True))
    assert client.get(page(Proposition, "rule", proposition.pk)).status_code == 403


def test_the_list_of_what_is_followed_names_readers(client, curator):
    reader = make_user("mei")
    subscriptions.follow(reader, subject=make_claim(), at=NOW)
    assert "mei" in client.get(page(Subscription, "changelist")).text


def test_the_first_page_counts_what_waits_and_leads_there(client, curator):
    assert "Nothing: all is decided." in client.get("/admin/").text
    make_claim(state="proposed")
    make_evidence(make_proposition(deadline=date(2026, 1, 31)))
    review(NOW)
    make_feed(last_error="404 Not Found")
    front = client.get("/admin/").text
    for words in (
        "1 question to rule on",
        "1 suggested story to confirm",
        "1 claim to accept or reject",
        "1 feed that",
    ):
        assert words in front
    for address in re.findall(r'<li><a href="(/admin/[^"]+\?[^"]+)">', front):
        assert client.get(address.replace("&amp;", "&")).status_code == 200


def test_who_says_a_claim_is_mended_only_before_it_is_put_to_a_question(client, curator):
    untested, tested = make_claim(), make_position().claim
    assert 'name="speaker"' in client.get(page(Claim, "change", untested.pk)).content.decode()
    assert 'name="speaker"' not in client.get(page(Claim, "change", tested.pk)).content.decode()
