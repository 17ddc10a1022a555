import re
from datetime import timedelta

import pytest

from forecasts.models import Forecaster, Proposition, Score
from tests.makers import (
    NOW,
    OPENED,
    make_article,
    make_author,
    make_change,
    make_claim,
    make_curator,
    make_entry,
    make_evidence,
    make_feed,
    make_forecast,
    make_forecaster,
    make_history,
    make_outlet,
    make_position,
    make_proposition,
    make_ruling,
    make_story,
    make_user,
)
from tracker.jobs.estimates.revise import revise
from tracker.models import Claim, Evidence

pytestmark = pytest.mark.django_db


def page_of(client, address):
    response = client.get(address, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def words_of(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def make_moved_test(**fields):
    """A claim that says No, with a story against it and one for it."""
    position = make_position(side="no", **fields)
    make_evidence(position.proposition, headline="A memorandum", at=OPENED + timedelta(days=60), stance="supports")
    make_evidence(
        position.proposition, headline="No price agreed", at=OPENED + timedelta(days=90), stance="contradicts"
    )
    make_history(position.proposition)
    return position


def test_the_list_is_empty_in_words(client):
    assert "No claims yet" in page_of(client, "/claims/")


def test_the_list_holds_tests_of_accepted_claims_only(client):
    make_position(title="Shown")
    make_position(make_claim(state=Claim.State.PROPOSED), title="Not yet accepted")
    make_position(proposition=make_proposition(state="draft"), title="Still a draft")
    page = page_of(client, "/claims/")
    assert "Shown" in page
    assert "Not yet accepted" not in page
    assert "Still a draft" not in page


def test_the_list_names_accepted_claims_without_a_question(client):
    make_claim(title="Accepted, nothing measured")
    assert "Accepted, nothing measured" in page_of(client, "/claims/")


def test_the_list_begins_with_what_moved_last(client):
    make_position(title="Early", proposition=make_proposition(changed_at=OPENED))
    make_position(title="Late", proposition=make_proposition(changed_at=NOW))
    page = page_of(client, "/claims/")
    assert page.index("Late") < page.index("Early")


def test_the_list_can_be_filtered_by_status(client):
    make_change(make_position(title="A due one"), "due")
    make_position(title="A watched one")
    page = page_of(client, "/claims/?status=due")
    assert "A due one" in page
    assert "A watched one" not in page
    assert 'href="?status=due" aria-current="true">Due <span>1</span>' in page


def test_a_filter_that_does_not_exist_filters_nothing(client):
    make_position(title="A watched one")
    assert "A watched one" in page_of(client, "/claims/?status=%3Cscript%3E&page=minus")


def test_the_list_has_pages(client):
    for number in range(21):
        make_position(title=f"Statement {number}")
    assert "Page 1 of 2" in words_of(page_of(client, "/claims/"))
    assert page_of(client, "/claims/?page=2").count('class="item item-wide"') == 1


def test_as_many_queries_for_twenty_claims_as_for_one(client, django_assert_max_num_queries):
    for _ in range(20):
        make_moved_test()
    with django_assert_max_num_queries(8):
        client.get("/claims/")


def test_a_claim_with_one_test_shows_it_whole_and_its_long_address_leads_there(client):
    position = make_moved_test(title="No contract")
    response = client.get(f"/claims/{position.claim.slug}/{position.proposition.key}/")
    assert response["Location"] == f"/claims/{position.claim.slug}/"
    assert '<svg class="only-wide" data-chart="estimate"' in page_of(client, f"/claims/{position.claim.slug}/")


def test_a_claim_with_several_tests_is_mixed_and_counts_them(client):
    claim = make_claim()
    make_change(make_position(claim, title="First test"), "came true")
    make_change(make_position(claim, title="Second test"), "due")
    page = words_of(page_of(client, f"/claims/{claim.slug}/"))
    assert "Mixed" in page
    assert "1 came true" in page
    assert "1 due" in page


def test_tests_that_agree_give_the_claim_their_status(client):
    claim = make_claim()
    for _ in range(2):
        make_change(make_position(claim), "due")
    page = page_of(client, f"/claims/{claim.slug}/")
    assert 'class="status call status-big" data-status="due"' in page
    assert "Mixed" not in page


def test_a_claim_without_a_question_says_so(client):
    assert "Not put to a question yet" in page_of(client, f"/claims/{make_claim().slug}/")


@pytest.mark.parametrize("state", [Claim.State.PROPOSED, Claim.State.REJECTED])
def test_a_claim_that_is_not_accepted_has_no_page(client, state):
    position = make_position(make_claim(state=state))
    assert client.get(f"/claims/{position.claim.slug}/").status_code == 404
    assert client.get(f"/claims/{position.claim.slug}/{position.proposition.key}/").status_code == 404


def test_the_points_of_the_page_add_up_to_its_headline(client):
    position = make_moved_test()
    page = page_of(client, f"/claims/{position.claim.slug}/")
    waterfall = page[page.index('<ol class="waterfall">') :]
    first, *points, last = re.findall(r"<b>([+−]?\d+)%?</b>", waterfall[: waterfall.index("</ol>")])
    assert int(first) + sum(int(one.replace("−", "-")) for one in points) == int(last)
    assert f"Why {last}%" in page
    assert f"<b>{last}<i>%</i></b>" in page


def test_a_claim_that_says_no_is_drawn_from_its_own_side(client):
    position = make_moved_test()
    page = page_of(client, f"/claims/{position.claim.slug}/")
    memorandum = page[page.index('<li class="row"', page.index("No price agreed</a></h3>")) :]
    assert "Contradicts" in memorandum[:400]
    shown = int(re.search(r"<b>(\d+)<i>%", page)[1])
    assert f"{100 - shown}% for <strong>Yes" in page


def test_a_claim_without_a_side_is_followed_and_seen_from_yes(client):
    position = make_position(side="none")
    page = words_of(page_of(client, f"/claims/{position.claim.slug}/"))
    assert "It is followed, not scored" in page
    assert "chance of Yes" in page
    assert "20% for Yes" in page


def test_every_story_has_a_row_that_chart_and_waterfall_lead_to(client):
    position = make_moved_test()
    page = page_of(client, f"/claims/{position.claim.slug}/")
    for evidence in position.proposition.evidence.all():
        assert page.count(f'id="evidence-{evidence.pk}"') == 1
        assert page.count(f'href="#evidence-{evidence.pk}"') >= 4  # two drawings, waterfall, what moved it


def test_a_row_says_who_decided_and_what_the_reader_thought(client):
    position = make_position(side="no")
    make_evidence(
        position.proposition,
        stance="supports",
        strength="strong",
        suggested_stance="mentions",
        confidence=0.61,
        decided_by="Ada",
        reason="The price is open",
    )
    page = words_of(page_of(client, f"/claims/{position.claim.slug}/"))
    assert (
        "Confirmed by Ada, 6 Feb 2026, 09:00 · strong · “The price is open” · built-in 1 said: mentions, 0.61" in page
    )


def test_a_suggestion_is_hollow_and_moves_nothing(client):
    position = make_position()
    make_evidence(position.proposition, suggested_stance="supports")
    page = page_of(client, f"/claims/{position.claim.slug}/")
    assert 'class="stance for suggested"' in page
    assert "not confirmed, so it moves nothing" in page
    assert "1 story waits for a person to confirm" in words_of(page)


def test_counts_of_stories_tell_suggested_ones_apart(client):
    position = make_position()
    make_evidence(position.proposition, stance="supports", strength="weak")
    for number in range(2):
        make_evidence(position.proposition, suggested_stance="supports", headline=f"Story {number}")
    page = page_of(client, f"/claims/{position.claim.slug}/")
    counts = re.findall(r'aria-label="(Supports[^"]*)"><use href="#m-for" */>\s*</svg>\s*(\d)', page)
    assert counts == [("Supports", "1"), ("Supports, suggested", "2")]


def test_a_suggestion_of_a_reader_with_a_record_moves_a_little_and_says_by_what_right(client):
    position, other = make_position(), make_proposition(estimated_at=NOW)
    for stance in ("supports", "contradicts"):
        for number in range(20):
            make_evidence(other, headline=f"{stance} {number}", stance=stance, classifier="careful 1")
    make_evidence(position.proposition, suggested_stance="supports", classifier="careful 1")
    Proposition.objects.mark_unsettled(NOW)
    revise(NOW)
    page = words_of(page_of(client, f"/claims/{position.claim.slug}/"))
    assert "not confirmed: it counts as far as its classifier’s record goes" in page
    assert "so it moves nothing" not in page


def test_reprints_of_a_story_are_counted_once_by_outlet(client):
    position = make_position()
    story = make_story()
    wire = make_feed(outlet=make_outlet("The Wire"))
    own = make_entry(story=story, feed=wire)
    make_entry(story=story, feed=wire)
    make_entry(story=story, outlet_name="The Echo")
    make_evidence(position.proposition, entry=own)
    page = words_of(page_of(client, f"/claims/{position.claim.slug}/"))
    assert "same story in 1 more outlet" in page


def test_rejected_evidence_is_not_shown(client):
    position = make_position()
    make_evidence(position.proposition, headline="Nothing to do with it", state=Evidence.State.REJECTED)
    page = page_of(client, f"/claims/{position.claim.slug}/")
    assert "Nothing to do with it" not in page
    assert "No evidence yet" in page


def test_the_ledger_can_be_filtered_and_the_chart_still_leads_to_every_row(client):
    position = make_moved_test()
    page = page_of(client, f"/claims/{position.claim.slug}/?stance=supports")
    ledger = page[page.index('id="ledger"') :]
    assert "No price agreed" in ledger
    assert "A memorandum" not in ledger
    against = position.proposition.evidence.get(stance="supports")  # of Yes, so against the claim
    assert f'href="/claims/{position.claim.slug}/#evidence-{against.pk}"' in page


def test_every_link_to_a_story_that_the_filter_hides_leads_to_the_whole_page(client):
    position = make_moved_test()
    page = page_of(client, f"/claims/{position.claim.slug}/?stance=mentions")
    led_to = re.findall(r'href="([^"]*)#evidence-', page)
    assert len(led_to) > len(position.proposition.evidence.all())  # from the chart, the list on top and the waterfall
    assert set(led_to) == {f"/claims/{position.claim.slug}/"}


def test_hostile_news_stays_words(client):
    position = make_position()
    entry = make_entry("<script>alert(1)</script>", link="javascript:alert(2)", outlet_name="<b>bold</b>")
    make_evidence(position.proposition, entry=entry, stance="supports", passage="<img src=x onerror=alert(3)>")
    make_history(position.proposition)
    page = page_of(client, f"/claims/{position.claim.slug}/")
    assert "<script" not in page
    assert "javascript:" not in page
    assert "<img" not in page
    assert "<b>bold" not in page


def test_the_page_needs_no_style_attribute_and_nothing_from_elsewhere(client):
    position = make_moved_test()
    response = client.get(f"/claims/{position.claim.slug}/")
    page = response.content.decode()
    assert " style=" not in page
    assert "<script" not in page
    assert not re.search(r'<(?:link|img|use)[^>]+(?:href|src)="(?:https?:)?//', page)
    assert "default-src 'self'" in response["Content-Security-Policy"]


def test_a_ruled_claim_shows_ruling_source_and_who_was_right(client):
    article = make_article(authors=(make_author("Ada"),))
    position = make_moved_test(claim=make_claim(article), implied_probability=0.85)
    ruling = make_ruling(position.proposition, confidence="medium")
    make_change(position, "came true", at=NOW, reason="Ruled by a curator: nothing was signed.")
    author = make_forecaster("Ada", kind=Forecaster.Kind.AUTHOR)
    Score.objects.create(
        resolution=ruling, forecaster=author, rule="brier", value=0.04, coverage=1, final_probability=0.15
    )
    page = page_of(client, f"/claims/{position.claim.slug}/")
    words = words_of(page)
    assert "Ruled by a curator on 6 Feb 2026" in words
    assert f'href="{ruling.source}"' in page
    assert "Ada (“not expected”, read as 85%) 0.040" in words
    assert "on the eve of the ruling" in words
    assert "No contract with a price was announced." in words


def test_the_history_begins_with_the_opening_and_leads_to_the_story(client):
    position = make_moved_test()
    evidence = position.proposition.evidence.first()
    make_change(position, "in doubt", at=evidence.published_at, reason="Fell to 40%.", evidence=evidence)
    page = page_of(client, f"/claims/{position.claim.slug}/")
    history = page[page.index('<ol class="history">') :]
    assert history.index("Fell to 40%.") < history.index("Opened at its prior, 80%.")
    assert f'href="#evidence-{evidence.pk}">See the story' in history


def test_the_history_leads_to_no_story_that_was_rejected_since(client):
    position = make_moved_test()
    rejected = make_evidence(position.proposition, state=Evidence.State.REJECTED)
    make_change(position, "holding up", evidence=rejected)
    assert "See the story" not in page_of(client, f"/claims/{position.claim.slug}/")


def test_a_watched_claim_owes_its_number_to_members_where_they_forecast(client):
    position = make_position()
    make_forecast(position.proposition, at=OPENED)
    make_forecast(position.proposition, at=OPENED)
    page = words_of(page_of(client, f"/claims/{position.claim.slug}/"))
    assert "the number rests on its prior and the forecasts of 2 forecasters" in page
    assert "Forecasts 2, by 2 forecasters" in page


def test_the_words_in_place_are_a_click_away(client):
    article = make_article()
    make_claim(article, quote="Xi came to Moscow")
    claim = make_claim(article)
    make_position(claim)
    page = page_of(client, f"/claims/{claim.slug}/")
    assert f'href="/articles/{article.slug}/#claim-2"' in page
    assert f'<mark class="claim">{claim.quote}</mark>' in page
    assert "Claim 2 of 2" in page


def test_a_question_written_with_hindsight_says_so(client):
    position = make_position(proposition=make_proposition(written_with_hindsight=True))
    assert "with hindsight" in page_of(client, f"/claims/{position.claim.slug}/")


def test_as_many_queries_for_fifty_stories_as_for_two(client, django_assert_num_queries):
    few, many = make_moved_test(), make_moved_test()
    for number in range(48):
        make_evidence(many.proposition, at=NOW - timedelta(days=number), headline=f"Story {number}")
    client.force_login(make_user())
    with django_assert_num_queries(21):
        client.get(f"/claims/{few.claim.slug}/")
    with django_assert_num_queries(21):
        client.get(f"/claims/{many.claim.slug}/")


def test_guests_and_members_see_no_form_to_decide(client):
    position = make_moved_test()
    assert "Decide again" not in page_of(client, f"/claims/{position.claim.slug}/")
    client.force_login(make_user())
    assert "Decide again" not in page_of(client, f"/claims/{position.claim.slug}/")


def decide(client, position, evidence, **form):
    return client.post(f"/positions/{position.pk}/evidence/{evidence.pk}/decide/", form)


def test_a_curator_confirms_a_story_from_the_claims_side(client):
    position = make_position(side="no")
    evidence = make_evidence(position.proposition)
    client.force_login(make_curator("ada"))
    assert "Confirm or reject" in page_of(client, f"/claims/{position.claim.slug}/")
    response = decide(
        client, position, evidence, verb="confirm", stance="supports", strength="strong", reason="It says so"
    )
    assert response["Location"].endswith(f"#evidence-{evidence.pk}")
    evidence.refresh_from_db()
    assert (evidence.state, evidence.stance, evidence.strength) == ("confirmed", "contradicts", "strong")
    assert (evidence.decided_by, evidence.reason) == ("ada", "It says so")


def test_a_curator_rejects_a_story(client):
    position = make_position()
    evidence = make_evidence(position.proposition)
    client.force_login(make_curator())
    decide(client, position, evidence, verb="reject", reason="Another pipeline")
    evidence.refresh_from_db()
    assert evidence.state == "rejected"


def test_a_decision_without_sense_is_refused_in_words(client):
    position = make_position()
    evidence = make_evidence(position.proposition)
    client.force_login(make_curator())
    decide(client, position, evidence, verb="confirm", stance="perhaps")
    assert "is no stance" in page_of(client, f"/claims/{position.claim.slug}/")
    decide(client, position, evidence, verb="confirm", stance="supports", strength="")
    assert "Say how strongly" in page_of(client, f"/claims/{position.claim.slug}/")
    evidence.refresh_from_db()
    assert evidence.state == "suggested"


def test_only_a_curator_decides(client):
    position = make_position()
    evidence = make_evidence(position.proposition)
    assert decide(client, position, evidence, verb="reject").status_code == 302
    client.force_login(make_user())
    assert decide(client, position, evidence, verb="reject").status_code == 403
    evidence.refresh_from_db()
    assert evidence.state == "suggested"


def test_a_story_of_another_question_is_not_decided_here(client):
    evidence = make_evidence(make_proposition())
    client.force_login(make_curator())
    assert decide(client, make_position(), evidence, verb="reject").status_code == 404


def test_a_curator_is_led_to_the_ruling_when_a_test_is_due(client):
    position = make_position()
    make_change(position, "due")
    address = f"/admin/forecasts/proposition/{position.proposition.pk}/rule/"
    assert address not in page_of(client, f"/claims/{position.claim.slug}/")
    client.force_login(make_curator())
    assert address in page_of(client, f"/claims/{position.claim.slug}/")


def test_a_curator_is_led_to_taking_a_ruling_back(client):
    position = make_position()
    make_ruling(position.proposition)
    make_change(position, "did not come true")
    assert "Take the ruling back" not in page_of(client, f"/claims/{position.claim.slug}/")
    client.force_login(make_curator())
    page = page_of(client, f"/claims/{position.claim.slug}/")
    assert f'href="/admin/forecasts/proposition/{position.proposition.pk}/reverse/">Take the ruling back' in page


def test_forecasters_that_were_compared_have_peer_points(client):
    position = make_position()
    ruling = make_ruling(position.proposition)
    for name, brier, points in (("Ada", 0.04, 31.5), ("Ben", 0.36, -31.5)):
        own = {"resolution": ruling, "forecaster": make_forecaster(name), "coverage": 1.0, "final_probability": 0.2}
        Score.objects.create(rule="brier", value=brier, **own)
        Score.objects.create(rule="peer", value=points, **own)
    text = client.get(f"/claims/{position.claim.slug}/").content.decode()
    assert 'Ada</a></td><td class="number">0.040</td><td class="number">31.5</td>' in text
    assert "above 0 is better than the others" in text
