import pytest

from tests.barriers import bars_nobody
from tests.makers import NOW, make_claim, make_curator, make_evidence, make_position, make_proposition
from tracker import mail
from tracker.curation import subscriptions
from tracker.mail import News, digest_letter
from tracker.models import Evidence, Letter, Status, Subscription

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def is_too_wide(page) -> bool:
    page.wait_for_load_state()  # a click returns before the next page is there
    return page.evaluate("document.documentElement.scrollWidth > innerWidth")


def test_a_claim_is_followed_and_left_again(curator_page, live_server):
    claim = make_position().claim
    curator_page.goto(f"{live_server.url}/claims/{claim.slug}/")
    curator_page.get_by_role("button", name="Follow this claim").click()
    curator_page.get_by_role("button", name="Stop following").click()
    curator_page.get_by_role("button", name="Follow this claim").wait_for()
    assert not Subscription.objects.active().exists()


def test_a_digest_is_read_in_its_frame_and_fits_a_phone(curator_page, live_server):
    piece = News(
        position=make_position(status=Status.DUE), was=Status.WATCHING, chance=0.4, chance_was=0.6, why="x" * 300
    )
    letter = digest_letter(make_curator(), news=[piece], followed=1, since=NOW.date(), at=NOW)
    letter.save()
    curator_page.goto(f"{live_server.url}/outbox/{letter.pk}/")
    frame = curator_page.frame_locator("iframe.letter")
    assert frame.get_by_role("heading", level=1).inner_text() == "Your question waits for a ruling"
    assert not is_too_wide(curator_page)
    curator_page.goto(f"{live_server.url}/outbox/{letter.pk}/html/")
    assert not is_too_wide(curator_page)


def test_no_letter_bars_anybody_or_is_wider_than_the_smallest_phone(quiet_page):
    quiet_page.set_viewport_size({"width": 320, "height": 600})
    quiet_page.set_content(mail.invitation_letter(make_curator(), invited_by="Ada", at=NOW).html)
    bars_nobody(quiet_page)


@pytest.mark.parametrize(("scheme", "paper"), [("light", "rgb(255, 255, 255)"), ("dark", "rgb(13, 22, 29)")])
def test_letters_follow_the_readers_choice_of_light_or_dark(quiet_page, scheme, paper):
    letter = mail.password_letter(make_curator(), at=NOW)
    quiet_page.emulate_media(color_scheme=scheme)
    quiet_page.set_content(letter.html)
    assert quiet_page.evaluate("getComputedStyle(document.body).backgroundColor") == paper


def test_the_letters_stop_with_one_button(quiet_page, live_server):
    reader = make_curator()
    subscriptions.follow(reader, subject=make_claim(), at=NOW)
    quiet_page.goto(f"{live_server.url}/unsubscribe/{mail.links.unsubscribe_token(reader.pk)}/")
    quiet_page.get_by_role("button", name="Stop all letters").click()
    quiet_page.get_by_role("heading", name="The letters have stopped").wait_for()


def test_a_suggestion_is_confirmed_in_the_administration(curator_page, live_server):
    evidence = make_evidence(make_proposition(), headline="Price agreed")
    curator_page.set_viewport_size({"width": 1280, "height": 800})
    curator_page.goto(f"{live_server.url}/admin/tracker/evidence/")
    curator_page.get_by_role("row", name="Price agreed").get_by_role("checkbox").check()
    curator_page.get_by_label("Action:").select_option("confirm_supports")
    curator_page.get_by_label("Strength:").select_option("strong")
    curator_page.get_by_role("button", name="Go").click()
    curator_page.get_by_text("Stories confirmed: 1.").wait_for()
    evidence.refresh_from_db()
    assert (evidence.state, evidence.strength) == (Evidence.State.CONFIRMED, "strong")


def test_a_question_is_ruled_on_in_the_administration(curator_page, live_server):
    proposition = make_proposition()
    curator_page.goto(f"{live_server.url}/admin/forecasts/proposition/{proposition.pk}/change/")
    curator_page.get_by_role("link", name="Rule on it").click()
    curator_page.wait_for_url("**/rule/")
    assert not is_too_wide(curator_page)
    curator_page.get_by_label("Outcome").select_option("no")
    curator_page.get_by_label("Settled on").fill("2026-01-31")
    curator_page.get_by_label("Source").fill("The firms' reports for January.")
    curator_page.get_by_label("Reason").fill("No contract was announced.")
    curator_page.get_by_role("button", name="Rule").click()
    curator_page.get_by_text("The ruling stands, and everyone is scored. Pages follow within a minute.").wait_for()
    assert proposition.resolutions.get().ruled_by == "ada"


def test_an_invitation_is_written(curator_page, live_server):
    curator_page.goto(f"{live_server.url}/people/invite/")
    curator_page.get_by_label("E-mail address").fill("new@example.org")
    curator_page.get_by_role("button", name="Write the invitation").click()
    curator_page.get_by_text("The invitation to new@example.org is in the outbox").wait_for()
    assert Letter.objects.get().kind == "invitation"


def test_no_page_bars_anybody(curator_page, live_server):
    reader = make_curator()
    subscriptions.follow(reader, subject=make_claim(), at=NOW)
    letter = mail.password_letter(reader, at=NOW)
    letter.save()
    unsubscribe = f"/unsubscribe/{mail.links.unsubscribe_token(reader.pk)}/"
    addresses = ("/account/", "/account/password/", "/people/invite/", "/outbox/", f"/outbox/{letter.pk}/", unsubscribe)
    for address in addresses:
        curator_page.goto(live_server.url + address)
        bars_nobody(curator_page)


@pytest.mark.parametrize("address", ["/account/sign-in/", "/account/password/forgotten/"])
def test_no_page_bars_a_guest(quiet_page, live_server, address):
    quiet_page.goto(live_server.url + address)
    bars_nobody(quiet_page)
