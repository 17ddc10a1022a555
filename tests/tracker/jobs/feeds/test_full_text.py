"""The real job over the real database, reading pages from web servers on loopback addresses."""

from datetime import timedelta
from functools import partial

import pytest
from django.core.cache import cache

from news.fetch.connections import Limits, fetch_many
from tests.loopback import redirect, reply
from tests.makers import NOW, make_entry, make_evidence, make_feed, make_proposition
from tracker.jobs.feeds.full_text import FullTextReport, full_text
from tracker.jobs.feeds.leases import LEASE
from tracker.jobs.matching.classifiers import BUILT_IN
from tracker.models import Evidence, FullText, Host

pytestmark = pytest.mark.django_db
LIMITS = Limits(total_seconds=5, connect_seconds=2, idle_seconds=1, allowed_networks=("127.0.0.0/8",))
FETCH = partial(fetch_many, limits=LIMITS, user_agent="Hindcast/Test")
HEADLINE = "Gazprom and CNPC on the pipeline"
SHOWN = "Gazprom and CNPC signed the gas contract for Power of Siberia 2 on Monday, both firms announced."
FILLING = "The weather in the capital was mild and many people walked along the river. "
ARTICLE = f"<article><h1>{HEADLINE}</h1><p>{FILLING * 3}</p><p>{SHOWN}</p><p>{FILLING * 3}</p></article>"
PAGE = f"<html><head><title>{HEADLINE}</title></head><body>{ARTICLE}</body></html>".encode()
READ = FullTextReport(pages=1, read=1, judged_again=1)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def proposition():
    return make_proposition(statement="Gazprom and CNPC sign a gas contract for Power of Siberia 2.")


def page(site, answer=None, path="/story"):
    return site.at(path, answer or reply(PAGE, Content_Type="text/html; charset=utf-8"))


def cited(proposition, link, *, entry=None, **fields):
    entry = entry or make_entry(HEADLINE, link=link, body="More soon.")
    return make_evidence(proposition, entry=entry, **fields)


def run(now=NOW, **options):
    return full_text(now, **({"fetch": FETCH} | options))


def paths(site):
    return [asked.path for asked in site.asked]


# What is read, and what for


def test_the_page_of_an_entry_that_became_evidence_is_read_once(site, proposition):
    evidence = cited(proposition, page(site))
    assert run() == READ
    row = FullText.objects.get()
    assert SHOWN in row.text
    assert (row.entry, row.error, row.tries) == (evidence.revision.entry, "", 1)
    assert (row.read_at, row.next_try_at, row.lease_token) == (NOW, None, "")
    assert run(NOW + timedelta(days=30)) == FullTextReport()
    assert paths(site) == ["/robots.txt", "/story"]


def test_the_passage_is_found_in_the_full_text_where_the_feed_gave_only_a_line(site, proposition):
    evidence = cited(proposition, page(site))
    revision = evidence.revision
    run()
    evidence.refresh_from_db()
    assert evidence.passage == SHOWN
    assert (evidence.state, evidence.revision, evidence.classifier) == ("suggested", revision, f"{BUILT_IN}, full text")


def test_what_a_person_decided_is_not_touched(site, proposition):
    cited(proposition, page(site), stance="supports")
    before = Evidence.objects.values().get()
    assert run() == FullTextReport(pages=1, read=1)
    assert Evidence.objects.values().get() == before


def test_a_feed_that_gave_the_whole_report_has_shown_the_passage_itself(site, proposition):
    entry = make_entry(HEADLINE, link=page(site), body=FILLING * 20)
    before = cited(proposition, "", entry=entry).passage
    assert run().judged_again == 0
    assert Evidence.objects.get().passage == before


def test_nothing_is_read_that_is_no_shown_evidence_of_a_real_feed_on_the_web(site, proposition):
    make_entry(HEADLINE, link=page(site))
    cited(proposition, page(site), state="rejected")
    archived = make_entry(HEADLINE, link=page(site), feed=make_feed(state="archive"))
    cited(proposition, "", entry=archived)
    cited(proposition, "")
    cited(proposition, "ftp://127.0.0.1/story")
    assert run() == FullTextReport()
    assert (site.asked, FullText.objects.count()) == ([], 0)


# What sites ask for


def test_what_robots_are_asked_not_to_read_is_left_alone_for_good(site, proposition):
    site.at("/robots.txt", reply(b"User-agent: *\nDisallow: /story"))
    cited(proposition, page(site))
    assert run() == FullTextReport(pages=1, given_up=1)
    row = FullText.objects.get()
    assert (row.error, row.next_try_at) == ("The site asks robots not to read this page (robots.txt).", None)
    assert paths(site) == ["/robots.txt"]


def test_a_site_whose_rules_cannot_be_read_is_left_alone_for_now(site, proposition):
    site.at("/robots.txt", reply(b"", status=503))
    cited(proposition, page(site))
    assert run() == FullTextReport(pages=1)
    assert FullText.objects.get().next_try_at == NOW + timedelta(hours=1)
    cache.clear()
    site.at("/robots.txt", reply(b"User-agent: *\nAllow: /"))
    assert run(NOW + timedelta(hours=1)) == READ


def test_rules_are_asked_for_once_a_day(site, proposition):
    for number in range(3):
        cited(proposition, page(site, path=f"/{number}"))
    assert [run(NOW + 2 * number * MINUTE).read for number in range(3)] == [1, 1, 1]
    assert paths(site).count("/robots.txt") == 1


def test_the_gap_is_kept_between_a_site_s_rules_and_its_page(site, other, proposition):
    calls = []

    def noting(requests):
        calls.append({request.address.rpartition("/")[2]: request.follows for request in requests})
        return FETCH(requests)

    cited(proposition, page(site))
    cited(proposition, page(other, path="/2"))
    run(fetch=noting)
    assert calls == [{"robots.txt": False}, {"story": True, "2": True}]


def test_a_host_is_asked_for_one_page_a_minute(site, other, proposition):
    for number in range(2):
        cited(proposition, page(site, path=f"/{number}"))
    cited(proposition, page(other))
    assert run().pages == 2
    assert run(NOW + MINUTE / 2).pages == 0
    assert run(NOW + 2 * MINUTE).pages == 1


def test_a_longer_delay_is_honoured(site, proposition):
    site.at("/robots.txt", reply(b"User-agent: *\nCrawl-delay: 300"))
    for number in range(2):
        cited(proposition, page(site, path=f"/{number}"))
    assert [run(NOW + minutes * MINUTE).pages for minutes in (0, 2, 4, 6)] == [1, 0, 0, 1]


def test_a_host_that_asks_for_patience_is_asked_by_nobody(site, proposition):
    cited(proposition, page(site, reply(b"", status=429, Retry_After="7200")))
    assert run() == FullTextReport(pages=1)
    assert Host.objects.get().frozen_until > NOW + timedelta(hours=1.9)
    assert run(NOW + timedelta(hours=1.5)).pages == 0
    page(site)
    assert run(NOW + timedelta(hours=2.5)) == READ


def test_a_host_that_is_being_polled_is_not_asked(site, proposition):
    cited(proposition, page(site))
    Host.objects.create(name="127.0.0.1", lease_until=NOW + MINUTE, lease_token="a poll")
    assert run() == FullTextReport()
    assert Host.objects.get().lease_token == "a poll"
    assert run(NOW + MINUTE) == READ


# Redirects


def test_a_redirect_to_another_site_is_followed_as_that_one_allows(site, other, proposition):
    cited(proposition, page(site, redirect(page(other))))
    assert run() == READ
    assert paths(other) == ["/robots.txt", "/story"]
    assert not Host.objects.exclude(lease_token="").exists()


def test_a_redirect_to_a_site_that_forbids_it_is_not_followed(site, other, proposition):
    other.at("/robots.txt", reply(b"User-agent: Hindcast\nDisallow: /"))
    cited(proposition, page(site, redirect(page(other))))
    assert run() == FullTextReport(pages=1, given_up=1)
    assert paths(other) == ["/robots.txt"]


def test_a_redirect_to_a_host_that_is_being_asked_waits(site, other, proposition):
    Host.objects.create(name="127.0.0.2", lease_until=NOW + MINUTE, lease_token="a poll")
    cited(proposition, page(site, redirect(page(other))))
    assert run() == FullTextReport(pages=1)
    assert "/story" not in paths(other)
    assert run(NOW + timedelta(hours=1)) == READ


def test_a_page_within_the_site_that_a_redirect_leads_to_may_be_forbidden_too(site, proposition):
    site.at("/robots.txt", reply(b"User-agent: *\nDisallow: /hidden"))
    cited(proposition, page(site, redirect(page(site, path="/hidden"))))
    assert run() == FullTextReport(pages=1, given_up=1)
    assert FullText.objects.get().text == ""


# Trouble


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (reply(b"", status=404), "The server answered 404 Not Found."),
        (reply(b"", status=401), "The server lets only those in whom it knows (401)."),
        (reply(b"<form>Please sign in <input type=password></form>"), "The page asks to sign in and shows no article."),
        (
            reply(b"%PDF", Content_Type="application/pdf"),
            "The address leads to a file (application/pdf), not to a page.",
        ),
    ],
)
def test_what_another_try_would_not_mend_is_given_up_at_once_in_words(site, proposition, answer, words):
    cited(proposition, page(site, answer))
    assert run() == FullTextReport(pages=1, given_up=1)
    assert (FullText.objects.get().error, FullText.objects.get().next_try_at) == (words, None)


def test_a_page_that_fails_is_tried_three_times_with_growing_waits(site, proposition):
    cited(proposition, page(site, reply(b"", status=500)))
    assert run() == FullTextReport(pages=1)
    assert run(NOW + timedelta(minutes=59)) == FullTextReport()
    assert run(NOW + timedelta(hours=1)) == FullTextReport(pages=1)
    assert run(NOW + timedelta(hours=12)) == FullTextReport()
    assert run(NOW + timedelta(hours=13)) == FullTextReport(pages=1, given_up=1)
    assert run(NOW + timedelta(days=30)) == FullTextReport()


def test_an_address_inside_is_refused_by_the_guard(site, proposition):
    cited(proposition, page(site))
    run(fetch=partial(fetch_many, limits=Limits(), user_agent="Hindcast/Test"))
    assert (site.asked, FullText.objects.get().text) == ([], "")


def test_one_bad_page_does_not_keep_the_others_waiting(site, other, proposition):
    cited(proposition, page(site, reply(b"\0" * 5000)))
    cited(proposition, page(other))
    assert run() == FullTextReport(pages=2, read=1, given_up=1, judged_again=1)


def test_no_more_than_the_limit_is_read_at_once(site, other, proposition):
    cited(proposition, page(site))
    cited(proposition, page(other))
    assert [run(limit=1).pages for _ in range(3)] == [1, 1, 0]


class Killed(BaseException):
    """What no handler of the job's catches, as nothing catches SIGKILL."""


def test_a_page_that_kills_its_workers_is_given_up_after_three(site, proposition):
    cited(proposition, page(site))

    def die(requests):
        raise Killed

    for number in range(3):
        with pytest.raises(Killed):
            run(NOW + number * LEASE, fetch=die)
    assert run(NOW + 3 * LEASE) == FullTextReport()


def test_two_workers_at_once_read_a_page_once(site, proposition):
    cited(proposition, page(site))
    meanwhile = []

    def fetch_while_another_works(requests):
        meanwhile.append(run())
        return FETCH(requests)

    assert run(fetch=fetch_while_another_works) == READ
    assert set(meanwhile) == {FullTextReport()}
    assert paths(site) == ["/robots.txt", "/story"]


def test_a_worker_whose_lease_ran_out_stores_nothing(site, proposition):
    cited(proposition, page(site))

    def fetch_too_slowly(requests):
        answers = FETCH(requests)
        FullText.objects.update(lease_token="another")
        return answers

    assert run(fetch=fetch_too_slowly).judged_again == 0
    assert (FullText.objects.get().text, FullText.objects.get().lease_token) == ("", "another")


def test_what_a_person_decides_while_the_page_is_read_stays(site, proposition):
    evidence = cited(proposition, page(site))

    def fetch_while_somebody_decides(requests):
        Evidence.objects.filter(pk=evidence.pk).update(state="rejected", reason="Not about it.")
        return FETCH(requests)

    assert run(fetch=fetch_while_somebody_decides).judged_again == 0
    assert Evidence.objects.get().passage == evidence.passage


def test_nothing_to_read_is_nothing_done():
    assert run() == FullTextReport()
