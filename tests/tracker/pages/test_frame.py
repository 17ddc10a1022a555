"""What every page shares: navigation, account links, messages, and the pages for what went wrong."""

import re
from datetime import date, datetime

import pytest
from django.template import Context, Template
from django.template.loader import render_to_string

from tests.makers import NOW, make_curator, make_user
from tests.markup import laid_out
from tracker.pages.drawing.histories import Chance, Level

pytestmark = pytest.mark.django_db


def rendered(source, **context):
    return laid_out(Template("{% load hindcast %}" + source).render(Context(context)))


def test_the_navigation_marks_the_page_and_the_section_it_lies_in(client):
    assert 'href="/claims/" aria-current="page"' in client.get("/claims/").content.decode()
    within = client.get("/claims/no-such-claim/").content.decode()
    assert 'href="/claims/" aria-current="true"' in within
    assert within.count("aria-current") == 1


def test_a_guest_signs_in_and_a_member_out(client):
    guest = client.get("/claims/").content.decode()
    assert "Sign in" in guest
    assert "Sign out" not in guest
    client.force_login(make_user("ada"))
    member = client.get("/claims/").content.decode()
    assert re.search(r'<form method="post" action="/account/sign-out/">.*Sign out', member)
    assert "ada" in member
    assert "Add an article" not in member


def test_a_curator_finds_what_only_curators_may_do(client):
    client.force_login(make_curator())
    page = client.get("/claims/").content.decode()
    for words in ("Add an article", "Outbox", "Admin"):
        assert words in page


def test_a_hostile_name_stays_words(client):
    client.force_login(make_user("mallory", first_name="<script>alert(1)</script>"))
    assert "<script" not in client.get("/claims/").content.decode()


def test_a_page_that_is_not_there_says_so_in_the_frame(client):
    response = client.get("/nowhere/")
    assert response.status_code == 404
    assert "There is no page at this address" in response.content.decode()
    assert "Skip to the content" in response.content.decode()


def test_a_browser_that_asks_for_an_icon_gets_it(client):
    assert client.get("/favicon.ico")["Location"] == "/static/hindcast/favicon.svg"


def test_the_page_for_an_error_of_ours_needs_nothing():
    assert "Nothing that was saved is lost" in render_to_string("500.html")


def test_a_status_is_a_sign_and_a_word():
    sign = rendered('{% status "did not come true" %}')
    assert 'data-status="did not come true"' in sign
    assert 'href="#s-did-not-come-true"' in sign
    assert "Did not come true</span>" in sign
    assert "3 due</span>" in rendered('{% status "due" "3 due" %}')


@pytest.mark.parametrize(("stance", "kind"), [("supports", "for"), ("contradicts", "against"), ("mentions", "neutral")])
def test_a_stance_is_hollow_until_a_person_confirms_it(stance, kind):
    assert f'class="stance {kind}"' in rendered("{% stance s confirmed=True %}", s=stance)
    suggested = rendered("{% stance s confirmed=False %}", s=stance)
    assert f'class="stance {kind} suggested"' in suggested
    assert "suggested" in suggested
    assert ', suggested"' in rendered("{% glyph s confirmed=False %}", s=stance)


def test_a_chance_is_a_gauge_and_its_number_in_text():
    chance = Chance(percent=41, levels=(Level(at=NOW, percent=41),), until=NOW)
    part = rendered("{% prob c %}", c=chance)
    assert "<b>41<i>%</i></b>" in part
    assert "chance that the claim holds" in part


def test_days_are_written_for_people_and_machines():
    late = datetime.fromisoformat("2025-05-09T22:30:00-05:00")
    assert rendered("{% when d %}", d=date(2025, 5, 9)) == '<time datetime="2025-05-09">9 May 2025</time>'
    assert rendered('{% when d "moment" %}', d=late) == '<time datetime="2025-05-10T03:30Z">10 May 2025, 03:30</time>'
    assert rendered('{% when d "short" %}', d=late) == '<time datetime="2025-05-10">10 May</time>'
    assert rendered("{% when d %}", d=None) == ""


@pytest.mark.parametrize(
    ("lines", "shown"),
    [
        ("Ruled by Ada\n{% if yes %}\n, on “\nwords\n”\n{% endif %}\n; settled.", "Ruled by Ada, on “words”; settled."),
        ("Ruled by Ada\n{% if no %}, on words{% endif %}\n.", "Ruled by Ada."),
        ("85%\n(\n70 to 95%\n)\n<b>sure</b>", "85% (70 to 95%) <b>sure</b>"),
        ("Read\n.NET and\n... more", "Read .NET and ... more"),
    ],
)
def test_a_sentence_over_several_lines_reads_as_one(lines, shown):
    assert rendered("{% sentence %}\n" + lines + "\n{% endsentence %}", yes=True) == shown


def test_words_between_the_lines_of_a_sentence_stay_escaped():
    assert rendered("{% sentence %}\n{{ name }}\n, Brussels{% endsentence %}", name="<b>") == "&lt;b&gt;, Brussels"


def test_a_list_without_rows_says_what_is_missing_and_what_to_do():
    empty = rendered(
        '{% nothing "No feeds yet" address="/feeds/" link="Add one" %}That is <b>no</b> No.{% endnothing %}'
    )
    assert "<h3>No feeds yet</h3><p>That is <b>no</b> No.</p>" in empty
    assert 'href="/feeds/">Add one</a>' in empty


def test_a_sign_stands_beside_punctuation():
    source = '{% load hindcast %}{% status "due" %}, {% glyph "supports" %}.'
    assert re.search(r"</span>, <svg[^.]+</svg>\.$", Template(source).render(Context({})), re.DOTALL)
