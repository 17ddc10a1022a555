"""A few made-up hours through the real ingest job, and the picture of them."""

import io
import json
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.db import transaction

from forecasts.refused import Refused
from lab.evaluate import schedule
from lab.pictures.schedule import draw
from lab.simulate.simulated_feeds import KINDS, LEFT_ALONE, LISTED, SimulatedFeed, SimulatedWeb, simulated_feeds
from lab.simulate.simulation import START, simulate
from news.fetch.addresses import host_of
from news.fetch.connections import Request
from news.formats.parse import parse
from tests.makers import make_feed
from tracker.models import Attempt, Entry, Feed

HOUR = timedelta(hours=1)


@pytest.fixture(scope="module")
def day(django_db_setup, django_db_blocker):
    """Three hours of a hundred feeds, once for all tests, and what the database held at their end."""
    with django_db_blocker.unblock(), transaction.atomic():
        report = simulate(feeds=100, hours=3)
        read = Entry.objects.filter(published_at__gte=START).count()
        yield report, {"attempts": Attempt.objects.count(), "feeds": Feed.objects.count(), "read": read}
        transaction.set_rollback(True)


@pytest.fixture
def report(day):
    return day[0]


def test_the_same_number_makes_up_the_same_feeds():
    assert simulated_feeds(50, start=START, hours=2, seed=3) == simulated_feeds(50, start=START, hours=2, seed=3)
    assert simulated_feeds(50, start=START, hours=2, seed=3) != simulated_feeds(50, start=START, hours=2, seed=4)


def test_a_thousand_feeds_are_of_every_kind_on_big_hosts_and_small():
    sources = simulated_feeds(1000, start=START, hours=24)
    assert {source.kind for source in sources} == {kind for kind, _, _ in KINDS}
    assert len({source.address for source in sources}) == len(sources) == 1000
    assert sum(source.host.startswith("big-") for source in sources) == 400


def test_a_made_up_server_lists_its_newest_entries_and_says_when_nothing_changed():
    times = tuple(START - n * HOUR for n in reversed(range(40)))
    web = SimulatedWeb([SimulatedFeed(address="https://a.example/f", kind="quiet", published=times)], now=START)
    (answer,) = web.fetch([Request(address="https://a.example/f")])
    entries = parse(answer.body, address=answer.address, content_type=answer.headers["content-type"], now=START).entries
    assert [entry.published_at for entry in entries] == [START - n * HOUR for n in range(LISTED)]
    (again,) = web.fetch([Request(address="https://a.example/f", etag=answer.headers["etag"])])
    assert (again.status, again.body) == (304, b"")


def test_a_strict_made_up_server_refuses_for_a_while_and_forgives():
    web = SimulatedWeb([SimulatedFeed(address="https://a.example/f", kind="quiet", is_strict=True)], now=START)
    answers = web.fetch([Request(address="https://a.example/f")] * 5)
    assert [answer.status for answer in answers] == [200, 200, 200, 429, 0]
    assert (answers[3].headers["retry-after"], answers[4].onward) == ("1800", "https://a.example/f")
    web.now += HOUR
    assert web.fetch([Request(address="https://a.example/f")])[0].status == 200


def test_the_report_is_what_the_database_tells(day):
    report, held = day
    assert report.ours.polls == held["attempts"] == sum(report.requests) == sum(dot.polls for dot in report.dots)
    assert report.feeds == held["feeds"] == len(report.dots) == 100
    assert held["read"] <= sum(dot.entries for dot in report.dots) == report.ours.entries
    assert report.ours.most_a_host == max(report.busiest) <= max(report.requests)


def test_every_entry_is_read_or_lost_under_each_schedule(report):
    assert len({plan.entries + plan.lost for plan in (report.ours, *report.peers)}) == 1


def test_no_kind_s_late_news_waits_less_than_its_median(report):
    kinds = [kind for plan in (report.ours, *report.peers) for kind in plan.kinds if kind.entries]
    assert all(0 <= kind.median_delay <= kind.late_delay for kind in kinds)


def test_news_is_read_sooner_than_once_an_hour_would(report):
    assert report.ours.median_delay < report.peers[1].median_delay


def test_feeds_that_are_gone_are_asked_once_and_missing_ones_ever_less(report):
    polls = {kind.kind: kind.polls / kind.feeds for kind in report.ours.kinds if kind.feeds}
    assert polls["gone (410)"] == 1 < polls["missing (404)"] < 5


@pytest.mark.django_db
def test_a_host_that_refuses_is_left_alone_as_long_as_it_says(monkeypatch):
    refusals, asked = {}, []

    class Watched(SimulatedWeb):
        def _answer(self, request):
            answer = super()._answer(request)
            host = host_of(request.address)
            asked.append(self.now >= refusals.get(host, self.now))
            if answer.status == 429:
                refusals[host] = self.now + LEFT_ALONE
            return answer

    monkeypatch.setattr("lab.simulate.simulation.SimulatedWeb", Watched)
    simulate(feeds=1000, hours=1)
    assert len(refusals) == 2
    assert all(asked)


def test_the_clock_goes_on_while_a_host_answers_one_request_after_the_other():
    web = SimulatedWeb([], now=START)
    answers = web.fetch([Request(address=f"https://{host}.example/f") for host in ("a", "a", "b", "a")])
    assert [answer.ended_after for answer in answers] == [1, 2, 1, 3]
    assert web.now == START + timedelta(seconds=3)


def test_the_picture_shows_every_feed_and_loads_nothing(report):
    picture = draw(report)
    root = ElementTree.fromstring(picture)
    marks = [element for element in root.iter() if element.get("class", "").startswith("k-")]
    assert len(marks) == 100 + 5  # and five in the legend
    assert "prefers-color-scheme" in picture
    assert "href" not in picture
    assert "url(" not in picture


@pytest.mark.django_db
def test_the_door_writes_report_and_picture(tmp_path):
    out = io.StringIO()
    schedule.run({"out": tmp_path / "new", "feeds": 12, "hours": 1, "seed": 1}, out)
    assert json.loads((tmp_path / "new/report.json").read_text())["hours"] == 1
    assert (tmp_path / "new/schedule.svg").read_text().startswith("<svg")
    assert "every 15 minutes" in out.getvalue()


@pytest.mark.django_db
@pytest.mark.parametrize("bad", [{"feeds": 0}, {"hours": 0}, {"hours": 10**6}])
def test_senseless_numbers_are_refused(tmp_path, bad):
    with pytest.raises(Refused, match="Choose"):
        schedule.run({"out": tmp_path, "feeds": 5, "hours": 1, "seed": 1, **bad}, io.StringIO())


@pytest.mark.django_db
def test_a_database_in_use_is_left_alone(tmp_path):
    make_feed()
    with pytest.raises(Refused, match="needs an empty one"):
        schedule.run({"out": tmp_path, "feeds": 5, "hours": 1, "seed": 1}, io.StringIO())
