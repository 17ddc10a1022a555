"""The admin shows everything and lets nobody rewrite history."""

from datetime import date

import pytest
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.urls import reverse as address_of
from django.utils.html import strip_tags

from forecasts.appeals import appeal
from forecasts.criteria import amend
from forecasts.estimates import record, revise
from forecasts.fitting import forget
from forecasts.models import (
    AggregateForecast,
    Appeal,
    CriteriaVersion,
    Estimate,
    Forecast,
    Forecaster,
    ParameterFit,
    Proposition,
    Resolution,
    Score,
    WatchedPeriod,
)
from forecasts.resolution import resolve
from tests.forecasts.makers import day, make_forecaster, make_proposition, marked, story

pytestmark = pytest.mark.django_db
HISTORY = (
    Appeal,
    CriteriaVersion,
    AggregateForecast,
    Estimate,
    ParameterFit,
    Forecast,
    Resolution,
    Score,
    WatchedPeriod,
)
WORDS = ("question", "resolution_criteria", "deadline")


@pytest.fixture
def staff(client):
    client.force_login(get_user_model().objects.create_superuser("cleo", "cleo@example.org", "a long password"))
    return client


@pytest.fixture
def history():
    """One row of every model."""
    proposition = make_proposition()
    record(proposition, forecaster=make_forecaster(), probability=0.8, at=day(0))
    forget(by="fit", at=day(1))
    revise(marked(proposition), signals=[story("story 7", at=day(2))], at=day(2))
    kept = {name: getattr(proposition, name) for name in WORDS}
    amend(proposition, **kept, statement="A contract with a price is signed.", reason="Meant so.", by="Cleo", at=day(3))
    ruling = resolve(
        proposition,
        outcome="yes",
        effective_on=date(2026, 1, 10),
        source="https://example.org/signed",
        reason="Announced.",
        by="Cleo",
        at=day(12),
    )
    appeal(ruling, by="Ada", reason="It names no price.", at=day(13))
    WatchedPeriod.objects.create(began_at=day(0), ended_at=day(1))
    return ruling


def page(model, view, *args):
    return address_of(f"admin:forecasts_{model._meta.model_name}_{view}", args=args)


@pytest.mark.parametrize("model", [Proposition, Forecaster, *HISTORY])
def test_every_list_can_be_opened_searched_and_its_rows_read(model, staff, history):
    assert staff.get(page(model, "changelist")).status_code == 200
    assert staff.get(page(model, "changelist"), {"q": "contract"}).status_code == 200
    row = model.objects.first()
    assert staff.get(page(model, "change", row.pk)).status_code == 200


def test_no_screen_says_proposition_where_people_say_question(staff, history):
    addresses = [
        address
        for model in (Proposition, Forecaster, *HISTORY)
        for address in (
            page(model, "changelist"),
            page(model, "change", model.objects.first().pk),
            page(model, "history", model.objects.first().pk),
        )
    ]
    for address in [address_of("admin:index"), page(Proposition, "add"), *addresses]:
        assert "proposition" not in strip_tags(staff.get(address).content.decode()).lower(), address


@pytest.mark.parametrize("model", HISTORY)
def test_history_is_neither_added_nor_changed_nor_deleted(model, staff, history):
    row = model.objects.first()
    assert staff.get(page(model, "add")).status_code == 403
    assert staff.post(page(model, "change", row.pk), {}).status_code == 403
    assert staff.post(page(model, "delete", row.pk), {"post": "yes"}).status_code == 403
    assert model.objects.filter(pk=row.pk).exists()


def test_an_estimate_shows_its_contributions_and_words(staff, history):
    estimate = Estimate.objects.get()
    assert "+1.099 evidence: story 7" in staff.get(page(Estimate, "change", estimate.pk)).content.decode()
    assert "likely" in staff.get(page(Estimate, "changelist")).content.decode()


def test_a_crowd_shows_its_count_and_the_middle_half_and_one_that_has_gone_nobody(staff, history):
    AggregateForecast.objects.create(proposition=Proposition.objects.get(), at=day(5), count=0)
    listed = staff.get(page(AggregateForecast, "changelist")).content.decode()
    assert "80% to 80%" in listed
    assert "nobody" in listed


def test_a_list_of_propositions_shows_the_latest_chance(staff):
    make_proposition("unread")
    revise(marked(make_proposition("read", prior=0.23)), signals=[], at=day(1))
    listed = staff.get(page(Proposition, "changelist")).content.decode()
    assert "23%" in listed
    assert "no estimate yet" in listed


def form_of(proposition, **changes):
    names = ("key", "question", "statement", "resolution_criteria", "opens_on", "deadline", "prior", "prior_reason")
    kept = {name: getattr(proposition, name) for name in names}
    return {**kept, "sources": "[]", "keywords": "[]", "actors": "[]", "note": "", **changes}


def test_a_changed_prior_asks_for_a_new_estimate_and_a_mended_word_does_not(staff):
    proposition = make_proposition(unsettled_at=None)
    there = page(Proposition, "change", proposition.pk)
    assert staff.post(there, form_of(proposition, note="Checked.")).status_code == 302
    assert not Proposition.objects.unsettled().exists()
    assert staff.post(there, form_of(proposition, prior=0.3)).status_code == 302
    assert Proposition.objects.unsettled().exists()


def test_new_words_for_a_question_that_people_forecast_need_a_reason(staff):
    proposition = make_proposition(opens_on=date(2020, 1, 1), deadline=date(2199, 1, 1))
    record(proposition, forecaster=make_forecaster(), probability=0.8, at=day(0))
    there, form = (
        page(Proposition, "change", proposition.pk),
        form_of(proposition, statement="It is signed and priced."),
    )
    assert "say why they change" in staff.post(there, form).content.decode()
    assert not CriteriaVersion.objects.exists()
    assert staff.post(there, {**form, "reason": "A price was meant."}).status_code == 302
    first, second = CriteriaVersion.objects.all()
    assert (first.statement, second.statement) == (proposition.statement, "It is signed and priced.")
    assert (second.reason, second.by) == ("A price was meant.", "cleo")


def test_what_a_browser_does_to_the_ends_of_lines_is_no_new_version(staff):
    criteria = "Yes if signed.\nNo otherwise."
    proposition = make_proposition(opens_on=date(2020, 1, 1), deadline=date(2199, 1, 1), resolution_criteria=criteria)
    record(proposition, forecaster=make_forecaster(), probability=0.8, at=day(0))
    form = form_of(proposition, note="Checked.", resolution_criteria=criteria.replace("\n", "\r\n"))
    assert staff.post(page(Proposition, "change", proposition.pk), form).status_code == 302
    assert not CriteriaVersion.objects.exists()
    assert Proposition.objects.get().note == "Checked."


def test_opening_and_deadline_are_moved_together(staff):
    proposition = make_proposition()
    form = form_of(proposition, opens_on="2027-03-01", deadline="2027-03-31")
    assert staff.post(page(Proposition, "change", proposition.pk), form).status_code == 302
    assert Proposition.objects.get().deadline == date(2027, 3, 31)


def test_words_of_a_question_ruled_on_stay_and_its_note_may_change(staff, history):
    there = page(Proposition, "change", history.proposition.pk)
    proposition = Proposition.objects.get()
    answer = staff.post(there, form_of(proposition, question="Was it signed?", reason="Clearer."))
    assert "take the ruling back" in answer.content.decode()
    assert staff.post(there, form_of(proposition, note="Checked.")).status_code == 302
    assert Proposition.objects.get().note == "Checked."


def test_state_and_outcome_cannot_be_posted(staff):
    proposition = make_proposition()
    form = form_of(proposition, state="resolved", outcome="yes", change_count="9")
    assert staff.post(page(Proposition, "change", proposition.pk), form).status_code == 302
    proposition.refresh_from_db()
    assert (proposition.state, proposition.outcome, proposition.change_count) == ("open", "", 0)


def test_only_a_draft_can_be_deleted(staff):
    published, draft = make_proposition("published"), make_proposition("draft", state="draft")
    assert staff.post(page(Proposition, "delete", published.pk), {"post": "yes"}).status_code == 403
    assert staff.post(page(Proposition, "delete", draft.pk), {"post": "yes"}).status_code == 302
    assert list(Proposition.objects.all()) == [published]


def test_the_kind_of_a_known_forecaster_is_fixed(staff):
    bot = make_forecaster("Bot", kind="bot")
    staff.post(page(Forecaster, "change", bot.pk), {"name": "Robot", "kind": "member"})
    bot.refresh_from_db()
    assert (bot.name, bot.kind) == ("Robot", "bot")


def test_every_model_of_forecasts_has_a_screen():
    registered = {model for model in admin.site._registry if model._meta.app_label == "forecasts"}
    assert registered == {Proposition, Forecaster, *HISTORY}


def test_a_key_that_is_the_address_of_a_page_is_refused():
    taken = make_proposition()
    taken.key = "add"
    with pytest.raises(ValidationError, match="choose another key"):
        taken.full_clean()
