"""The pages of scores: standings by rule and topic, one forecaster's card, the product's, the crowd's."""

from datetime import UTC, date, datetime, timedelta

import pytest

from forecasts import estimates, resolution
from forecasts.models import AggregateForecast, Forecaster, Proposition
from tests.makers import (
    OPENED,
    make_article,
    make_author,
    make_claim,
    make_estimate,
    make_forecaster,
    make_position,
    make_proposition,
    make_user,
)

pytestmark = pytest.mark.django_db
END = date(2025, 12, 31)
RULED = datetime(2026, 1, 3, tzinfo=UTC)


def ruled(forecasts, *, outcome="yes", pooled=None, estimate=None, **fields) -> Proposition:
    """A question on which everybody gave a chance at the opening, ruled on through the real decision."""
    proposition = make_proposition(**{"deadline": END, **fields})
    for forecaster, chance in forecasts.items():
        estimates.record(proposition, forecaster=forecaster, probability=chance, at=OPENED)
    if pooled:
        AggregateForecast.objects.create(proposition=proposition, at=OPENED, count=2, probability=pooled)
    if estimate:
        make_estimate(proposition, at=OPENED, probability=estimate)
    resolution.resolve(
        proposition,
        outcome=outcome,
        effective_on=END,
        source="https://example.org/announced",
        reason="As told.",
        by="Cleo",
        at=RULED,
    )
    return proposition


def history(forecasts, *, size=10, **fields) -> None:
    """As many questions, six of ten of which come out Yes."""
    for number in range(size):
        ruled(forecasts, outcome="yes" if number % 10 < 6 else "no", **fields)


def text_of(client, address="/scores/") -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def row_of(text: str, name: str) -> str:
    return next(row for row in text.split("<tr>") if '<th scope="row">' in row and f">{name}</a>" in row)


def test_without_rulings_each_page_says_so(client):
    page = text_of(client)
    assert "No standings yet" in page
    assert page.count("Too few to tell") == 2
    for address in ("/scores/hindcast/", "/scores/crowd/", f"/scores/{make_forecaster().pk}/"):
        assert "No score yet" in text_of(client, address)


def test_standings_hold_forecasters_authors_the_product_and_the_crowd(client):
    ada, hale = make_author("Hale"), make_forecaster("Hale", kind="author")
    ada.forecaster = hale
    ada.save()
    mei = make_forecaster("Mei")
    history({mei: 0.6, hale: 0.9}, pooled=0.7, estimate=0.65)
    page = text_of(client)
    for name, address in (
        ("Mei", f"/scores/{mei.pk}/"),
        ("Hale", f"/authors/{ada.slug}/"),
        ("The crowd", "/scores/crowd/"),
        ("Hindcast", "/scores/hindcast/"),
    ):
        assert f'href="{address}"' in row_of(page, name)
    assert "<b>0.240</b>" in row_of(page, "Mei")
    assert '<td class="r" data-h="Place">1</td>' in row_of(page, "Mei")


def test_the_rule_chosen_orders_the_standings(client):
    busy, choosy = make_forecaster("Busy"), make_forecaster("Choosy")
    history({busy: 0.6, choosy: 0.6})
    ruled({choosy: 0.55})
    page = text_of(client, "/scores/?rule=baseline")
    assert page.index(">Choosy</a>") < page.index(">Busy</a>")
    assert "By the sum of baseline points, more is better" in page
    assert 'aria-sort="descending"><a href="/scores/explained/#baseline">Baseline</a></th>' in page
    by_brier = text_of(client, "/scores/?rule=brier")
    assert by_brier.index(">Choosy</a>") < by_brier.index(">Busy</a>")


@pytest.mark.parametrize("query", ["?rule=nonsense", "?rule=", "?topic=unheard+of", "?page=x&rule=%00", "?topic=%F0"])
def test_what_nobody_offers_shows_the_usual(client, query):
    history({make_forecaster("Mei"): 0.6}, size=1)
    assert "By mean Brier score, less is better" in text_of(client, f"/scores/{query}")


def test_a_topic_cuts_standings_and_pictures_to_its_questions(client):
    mei, tom = make_forecaster("Mei"), make_forecaster("Tom")
    history({mei: 0.6}, topic="trade & war", pooled=0.6, estimate=0.6)
    history({tom: 0.6}, size=1, topic="energy")
    everything = text_of(client)
    assert ">All topics <span>11</span>" in everything
    assert "topic=trade+%26+war" in everything
    page = text_of(client, "/scores/?topic=trade+%26+war&rule=log")
    assert "Standings on trade &amp; war" in page
    assert ">Tom</a>" not in page
    assert "10 forecasts; reliability 0.000" in page
    assert "topic=trade+%26+war#standings" in page


def test_those_with_too_few_have_no_place_and_say_so(client):
    history({make_forecaster("Mei"): 0.6}, size=9)
    row = row_of(text_of(client), "Mei")
    assert "too few to tell" in row
    assert '<td class="r" data-h="Place">–</td>' in row


def test_skill_on_a_few_of_many_questions_is_too_few_too(client):
    mei = make_forecaster("Mei")
    history({mei: 0.6})
    ruled({mei: 0.6}, pooled=0.5)
    assert 'data-h="Against the crowd">too few</td>' in row_of(text_of(client), "Mei")
    history({mei: 0.6}, pooled=0.5)
    assert 'data-h="Against the crowd">+' in row_of(text_of(client), "Mei")


def test_hindsight_earns_no_place_and_is_counted(client):
    mei = make_forecaster("Mei")
    ruled({mei: 0.99}, written_with_hindsight=True)
    page = text_of(client)
    assert "1 question was written <strong>with hindsight</strong>, after the events, and is left out" in page
    assert "No standings yet" in page
    card = text_of(client, f"/scores/{mei.pk}/")
    assert "All 1 of these questions was written <strong>with hindsight</strong>" in card
    assert '<span class="tag">with hindsight</span>' in card


def test_while_all_was_written_with_hindsight_it_is_pictured_and_said_so(client):
    history({}, estimate=0.7, written_with_hindsight=True)
    page = text_of(client)
    assert "The pictures show how Hindcast works, and no skill." in page
    assert page.count("Too few to tell") == 1
    ruled({}, estimate=0.7)
    page = text_of(client)
    assert "and no skill" not in page
    assert page.count("Too few to tell") == 2


def test_a_card_has_figures_picture_and_questions(client):
    mei = make_forecaster("Mei")
    history({mei: 0.6}, pooled=0.5, prior=0.5)
    question = ruled({mei: 0.6}, question="Will it rain?", pooled=0.5, prior=0.5)
    page = text_of(client, f"/scores/{mei.pk}/")
    assert "Eleven questions scored. Not told apart from the base rates. Not told apart from the crowd." in page
    assert "Skill against the crowd" in page
    assert page.count('role="img" aria-label="Calibration: of 11 questions given 60% for Yes, 7 came out Yes."') == 2
    assert f'href="/questions/{question.key}/">Will it rain?' in page
    assert 'href="/scores/explained/#skill"' in page


def test_a_card_with_too_few_draws_nothing_and_claims_nothing(client):
    mei = make_forecaster("Mei")
    history({mei: 0.99}, size=3, pooled=0.5)
    page = text_of(client, f"/scores/{mei.pk}/")
    assert "Three questions have been scored: too few to tell skill from luck." in page
    assert "Better than" not in page
    assert "<svg class" not in page.split("<main")[1]
    assert "too few to tell, on three questions" in page
    assert "Reliability</a>" not in page


def test_a_long_record_comes_in_pages(client):
    mei = make_forecaster("Mei")
    history({mei: 0.6}, size=21)
    assert "Page 1 of 2" in text_of(client, f"/scores/{mei.pk}/")
    assert text_of(client, f"/scores/{mei.pk}/?page=2").count('data-h="Settled"') == 1


def test_the_products_and_the_crowds_cards_have_their_own_addresses(client):
    history({make_forecaster("Mei"): 0.6}, pooled=0.7, estimate=0.65)
    for kind, address, name in (("product", "/scores/hindcast/", "Hindcast"), ("crowd", "/scores/crowd/", "The crowd")):
        assert client.get(f"/scores/{Forecaster.objects.get(kind=kind).pk}/").url == address
        page = text_of(client, address)
        assert f"<h1>{name}</h1>" in page
        assert "Ten questions scored." in page
    assert "Skill against the crowd" not in text_of(client, "/scores/crowd/")


def test_an_authors_forecaster_leads_to_the_author(client):
    author = make_author("Hale")
    author.forecaster = make_forecaster("Hale", kind="author")
    author.save()
    assert client.get(f"/scores/{author.forecaster.pk}/").url == f"/authors/{author.slug}/"
    assert client.get("/scores/999/").status_code == 404


def test_hostile_names_and_topics_stay_words(client):
    history({make_forecaster("<script>alert(1)</script>"): 0.6}, size=1, topic="<b>x</b>", question="<i>Will it?</i>")
    for address in ("/scores/", f"/scores/{Forecaster.objects.first().pk}/"):
        page = client.get(address).content.decode()
        assert "<script>alert" not in page
        assert "<b>x" not in page
        assert "<i>Will" not in page


def test_the_explanations_have_every_anchor_that_pages_link_to(client):
    mei, tom = make_forecaster("Mei"), make_forecaster("Tom")
    history({mei: 0.6, tom: 0.4}, pooled=0.5)
    linked = {part.split('"')[0] for part in text_of(client, f"/scores/{mei.pk}/").split("/scores/explained/#")[1:]}
    explained = text_of(client, "/scores/explained/")
    assert linked >= {"brier", "log", "baseline", "peer", "relative", "skill", "coverage", "murphy", "sharpness"}
    assert all(f'id="{anchor}"' in explained for anchor in linked)


def test_a_member_finds_the_own_scores_and_readers_of_a_question_find_everybodys(client):
    user = make_user("mei")
    mei = make_forecaster("Mei", user=user)
    position = make_position(make_claim(make_article()), proposition=ruled({mei: 0.6}))
    assert f'href="/scores/{mei.pk}/">Mei</a>' in text_of(client, f"/claims/{position.claim.slug}/")
    client.force_login(user)
    assert f'href="/scores/{mei.pk}/">Your scores</a>' in text_of(client, "/account/")
    client.force_login(make_user("tom"))
    assert "Your scores" not in text_of(client, "/account/")


@pytest.mark.parametrize("size", [2, 12])
def test_the_pages_take_as_many_queries_whatever_their_size(client, django_assert_num_queries, size):
    people = [make_forecaster(f"Forecaster {number}") for number in range(size)]
    for number in range(size):
        make_position(proposition=ruled(dict.fromkeys(people, 0.6), pooled=0.5, estimate=0.6, topic=f"topic {number}"))
    with django_assert_num_queries(7):
        assert text_of(client).count('data-h="Place"') == size + 2
    with django_assert_num_queries(3):
        assert text_of(client, f"/scores/{people[0].pk}/").count('data-h="Settled"') == size
    with django_assert_num_queries(2):
        assert text_of(client, "/scores/crowd/").count('data-h="Settled"') == size


def test_a_question_taken_back_is_gone_from_every_page(client):
    mei = make_forecaster("Mei")
    proposition = ruled({mei: 0.6}, pooled=0.5)
    resolution.reverse(proposition.resolutions.get(), reason="A hoax.", by="Dora", at=RULED + timedelta(days=1))
    assert "No standings yet" in text_of(client)
    assert "No score yet" in text_of(client, f"/scores/{mei.pk}/")
