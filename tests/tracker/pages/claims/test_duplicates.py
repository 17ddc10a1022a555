import pytest
from django.urls import reverse

from tests.makers import NOW, make_claim, make_curator
from tracker.models import Claim, DuplicateClaim

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair() -> DuplicateClaim:
    first, second = make_claim(title="Said here"), make_claim(title="Said there")
    return DuplicateClaim.objects.create(first=first, second=second, likeness=0.8, found_at=NOW)


def test_a_claim_leads_to_where_else_it_was_said(client, pair):
    page = client.get(reverse("claim", args=[pair.first.slug])).content.decode()
    assert "Also said in" in page
    assert reverse("claim", args=[pair.second.slug]) in page
    assert "Not the same" not in page


def test_what_nobody_accepted_is_named_to_curators_alone(client, pair):
    Claim.objects.filter(pk=pair.second_id).update(state=Claim.State.PROPOSED)
    address = reverse("claim", args=[pair.first.slug])
    assert "Also said in" not in client.get(address).content.decode()
    client.force_login(make_curator())
    assert "not decided yet" in client.get(address).content.decode()


def test_a_curator_tells_a_pair_apart(client, pair):
    client.force_login(make_curator())
    answer = client.post(reverse("tell_apart", args=[pair.pk, pair.first_id]), {"reason": "Another year."})
    assert answer.url == reverse("claim", args=[pair.first.slug])
    assert "Also said in" not in client.get(answer.url).content.decode()


def test_a_guest_tells_nothing_apart(client, pair):
    client.post(reverse("tell_apart", args=[pair.pk, pair.first_id]))
    assert not DuplicateClaim.objects.get().is_dismissed


def test_a_claim_outside_the_pair_is_not_found(client, pair):
    client.force_login(make_curator())
    assert client.post(reverse("tell_apart", args=[pair.pk, make_claim().pk])).status_code == 404
