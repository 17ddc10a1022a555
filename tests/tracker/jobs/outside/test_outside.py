"""The real job over the real database, asking a web server on a loopback address in place of the sites."""

import json
from datetime import timedelta
from functools import partial

import pytest

from forecasts import resolution
from forecasts.aggregates import record
from forecasts.models import Forecast, Proposition, Score
from news.fetch.connections import Limits, fetch_many
from tests.loopback import redirect, reply
from tests.makers import NOW, make_proposition
from tracker.curation import outside as curation
from tracker.jobs.feeds.leases import LEASE
from tracker.jobs.outside.outside import OutsideReport, outside
from tracker.models import Host, OutsideLink

pytestmark = pytest.mark.django_db
LIMITS = Limits(total_seconds=5, connect_seconds=2, idle_seconds=1, allowed_networks=("127.0.0.0/8",))
FETCH = partial(fetch_many, limits=LIMITS, user_agent="Hindcast/Test")
PAGES = {
    "metaculus": "https://www.metaculus.com/questions/7/",
    "manifold": "https://manifold.markets/Ann/rain",
    "polymarket": "https://polymarket.com/event/rain",
    "table": "https://class.example/chances.csv",
}
HOUR = timedelta(hours=1)
RECORDED = OutsideReport(asked=1, forecasts=1)


def market(probability=0.4, **fields):
    said = {"question": "Rain?", "outcomeType": "BINARY", "isResolved": False, "probability": probability}
    return json.dumps(said | fields).encode()


def link(site, answer=None, *, source="manifold", proposition=None, path="/market", **fields):
    """A link as a curator makes it, but with its document on the loopback site."""
    proposition = proposition or make_proposition()
    row = curation.link(proposition, address=PAGES[source], by="Ada", at=NOW, **fields)
    document = site.at(path, answer or reply(market(), ETag='"1"'))
    OutsideLink.objects.filter(pk=row.pk).update(document=document)
    return row


def run(now=NOW, **options):
    return outside(now, **({"fetch": FETCH} | options))


def chances():
    return [forecast.probability for forecast in Forecast.objects.order_by("pk")]


# What sites say becomes their forecasts


def test_what_a_site_says_is_recorded_as_its_forecast_and_unsettles_the_question(site):
    row = link(site)
    assert run() == RECORDED
    forecast = Forecast.objects.get()
    assert (forecast.forecaster.name, forecast.forecaster.kind, forecast.probability) == ("Manifold", "site", 0.4)
    assert (forecast.made_at, forecast.proposition.unsettled_at) == (NOW, NOW)
    assert record(row.proposition, at=NOW).count == 1
    row.refresh_from_db()
    assert (row.title, row.etag, row.last_error, row.lease_token) == ("Rain?", '"1"', "", "")
    assert NOW + HOUR / 2 <= row.next_poll_at <= NOW + HOUR


@pytest.mark.parametrize(
    ("source", "document", "probability"),
    [
        (
            "metaculus",
            {"question": {
                "type": "binary",
                "status": "open",
                "aggregations": {"recency_weighted": {"history": [], "latest": {"centers": [0.3]}}},
            }},
            0.3,
        ),
        ("polymarket", [{"closed": False, "outcomes": '["Yes","No"]', "outcomePrices": '["0.7","0.3"]'}], 0.7),
    ],
)  # fmt: skip
def test_each_site_is_read_in_its_own_form(site, source, document, probability):
    link(site, reply(json.dumps(document).encode()), source=source)
    assert (run(), chances()) == (RECORDED, [probability])


def test_a_table_is_a_forecaster_named_for_its_host(site):
    link(site, reply(b"probability\n0.25\n"), source="table")
    assert run() == RECORDED
    assert (Forecast.objects.get().forecaster.name, chances()) == ("class.example", [0.25])


def test_the_opposite_question_is_turned(site):
    link(site, is_inverted=True)
    run()
    assert chances() == [0.6]


def test_a_move_of_half_a_point_is_new_and_a_smaller_one_is_not(site):
    link(site)
    run()
    link_moves = [(0.404, 0), (0.405, 1), (0.401, 0), (0.4, 1)]
    for hour, (probability, new) in enumerate(link_moves, start=1):
        site.at("/market", reply(market(probability)))
        assert run(NOW + hour * HOUR).forecasts == new
    assert chances() == [0.4, 0.405, 0.4]


def test_what_has_not_changed_is_asked_for_conditionally_and_repeated_once_a_day(site):
    link(site)
    run()
    site.at("/market", reply(b"", status=304))
    assert [run(NOW + hours * HOUR).forecasts for hours in (1, 12, 23, 24, 25)] == [0, 0, 0, 1, 0]
    assert site.asked[-1].headers["if-none-match"] == '"1"'
    assert chances() == [0.4, 0.4]


def test_nobody_is_asked_before_the_time_has_come(site):
    link(site)
    run()
    assert run(NOW + timedelta(minutes=29)) == OutsideReport()
    assert len(site.asked) == 1


def test_the_site_is_scored_like_any_forecaster(site):
    row = link(site)
    run()
    ruled_at = NOW + 48 * HOUR
    question = Proposition.objects.get(pk=row.proposition_id)
    resolution.resolve(
        question,
        outcome="yes",
        effective_on=ruled_at.date(),
        source="The rain gauge.",
        reason="It rained.",
        by="Ada",
        at=ruled_at,
    )
    assert Score.objects.get(forecaster=row.forecaster, rule="brier").value == pytest.approx(0.36)


def test_the_token_goes_to_metaculus_alone(site):
    proposition = make_proposition()
    link(site, source="metaculus", path="/post", proposition=proposition)
    link(site, proposition=proposition)
    run(metaculus_token="secret")
    sent = {asked.path: asked.headers.get("authorization") for asked in site.asked}
    assert sent == {"/post": "Token secret", "/market": None}


# Questions that end


def test_a_question_that_its_site_has_ruled_on_is_asked_no_more_and_rules_nothing_here(site):
    row = link(site, reply(market(1, isResolved=True, resolution="YES")))
    assert run() == OutsideReport(asked=1, ruled=1)
    row.refresh_from_db()
    assert (row.state, row.outcome, row.proposition.outcome, chances()) == ("ruled", "yes", "", [])
    assert run(NOW + 48 * HOUR) == OutsideReport()


def test_a_closed_question_is_asked_twice_a_day_and_gives_no_forecast(site):
    row = link(site, reply(market(closeTime=1)))
    assert run() == OutsideReport(asked=1)
    row.refresh_from_db()
    assert (row.is_closed, chances()) == (True, [])
    assert row.next_poll_at >= NOW + 12 * HOUR


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "draft"},
        {"deadline": NOW.date() - timedelta(days=1)},
        {"opens_on": NOW.date() + timedelta(days=1)},
    ],
)
def test_a_question_that_takes_no_forecasts_is_asked_nowhere(site, fields):
    link(site, proposition=make_proposition(**fields))
    assert (run(), site.asked) == (OutsideReport(), [])


def test_a_ruling_that_comes_in_between_is_no_failure(site):
    row = link(site)

    def fetch_while_it_is_ruled(requests):
        Proposition.objects.update(state="resolved", outcome="yes")
        return FETCH(requests)

    assert run(fetch=fetch_while_it_is_ruled) == OutsideReport(asked=1)
    row.refresh_from_db()
    assert (row.failures, chances()) == (0, [])
    assert "ruled on" in row.last_error


def test_a_site_that_hides_its_forecast_is_told_of_and_has_not_failed(site):
    question = {"type": "binary", "status": "open", "aggregations": {"recency_weighted": {"latest": None}}}
    row = link(site, reply(json.dumps({"question": question}).encode()), source="metaculus")
    assert run() == OutsideReport(asked=1)
    row.refresh_from_db()
    assert (row.failures, chances()) == (0, [])
    assert row.last_error == "The site shows no forecast on this question yet, or only to those whom it knows."


# Trouble


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (reply(b"", status=404), "The server answered 404 Not Found."),
        (reply(b"<html>Just a moment</html>"), "Manifold answered with something that is not proper JSON."),
        (reply(market(1.5)), "Manifold gave 1.5, which is no probability from 0 to 1."),
        (reply(market(outcomeType="NUMERIC")), "only yes-or-no markets can be linked"),
        (redirect("http://127.0.0.2:9/"), "sends on to another one"),
    ],
)
def test_a_failure_is_told_in_words_and_the_waits_grow(site, answer, words):
    row = link(site, answer)
    assert run() == OutsideReport(asked=1, failed=1)
    row.refresh_from_db()
    first = row.next_poll_at - NOW
    assert words in row.last_error
    for _ in range(5):
        before = row.next_poll_at
        run(before)
        row.refresh_from_db()
    assert (row.failures, chances()) == (6, [])
    assert row.next_poll_at - before > 3 * first


def test_after_a_failure_the_old_forecast_stands_and_all_is_well_again(site):
    row = link(site)
    run()
    site.at("/market", reply(b"nonsense"))
    assert run(NOW + HOUR).failed == 1
    site.at("/market", reply(market(0.6)))
    assert run(NOW + 3 * HOUR) == RECORDED
    row.refresh_from_db()
    assert (row.failures, row.last_error, chances()) == (0, "", [0.4, 0.6])


def test_a_host_that_asks_for_patience_is_asked_by_nobody(site):
    link(site, reply(b"", status=429, Retry_After="7200"))
    link(site, path="/other")
    assert run(limit=1) == OutsideReport(asked=1, failed=1)
    assert Host.objects.get(name="127.0.0.1").frozen_until >= NOW + 2 * HOUR
    assert run(NOW + HOUR) == OutsideReport()
    site.at("/market", reply(market()))
    assert run(NOW + 3 * HOUR).forecasts == 2


def test_once_a_host_has_refused_the_rest_of_the_batch_waits_and_has_not_failed(site):
    for number in range(6):
        link(site, reply(b"", status=503), path=f"/{number}")
    report = run()
    assert report.failed == report.asked == len(site.asked) < 6
    assert OutsideLink.objects.filter(failures=0, lease_token="", last_error="").count() == 6 - len(site.asked)


def test_a_host_that_is_being_polled_is_not_asked(site):
    link(site)
    Host.objects.create(name="127.0.0.1", lease_until=NOW + HOUR / 60, lease_token="a poll")
    assert run() == OutsideReport()
    assert run(NOW + HOUR / 30) == RECORDED


class Killed(BaseException):
    """What no handler of the job's catches, as nothing catches SIGKILL."""


def test_a_worker_killed_between_asking_and_storing_loses_nothing(site):
    link(site)

    def fetch_and_die(requests):
        FETCH(requests)
        raise Killed

    with pytest.raises(Killed):
        run(fetch=fetch_and_die)
    assert (run(), chances()) == (OutsideReport(), [])
    assert (run(NOW + LEASE), chances()) == (RECORDED, [0.4])


def test_two_workers_at_once_record_it_once(site):
    link(site)
    meanwhile = []

    def fetch_while_another_works(requests):
        meanwhile.append(run())
        return FETCH(requests)

    assert run(fetch=fetch_while_another_works) == RECORDED
    assert (meanwhile, chances()) == ([OutsideReport()], [0.4])


def test_a_link_taken_away_while_it_is_asked_records_nothing(site):
    row = link(site)

    def fetch_while_it_is_unlinked(requests):
        curation.unlink(row, by="Ada", at=NOW, reason="Another question.")
        return FETCH(requests)

    assert (run(fetch=fetch_while_it_is_unlinked), chances()) == (OutsideReport(), [])


def test_no_more_than_the_limit_is_asked_at_once(site, other):
    for number in range(3):
        link(site, path=f"/{number}")
    link(other)
    assert [run(NOW + minute * HOUR / 60, limit=2).asked for minute in range(3)] == [2, 2, 0]
    assert len(other.asked) == 1
