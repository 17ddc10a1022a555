import pytest

from forecasts.refused import Refused
from tests.makers import NOW, make_curator, make_user
from tracker.curation import people
from tracker.models import Decision, Letter, User

pytestmark = pytest.mark.django_db


def test_an_invited_person_has_an_account_without_a_password_and_a_letter():
    ada = make_curator("ada")
    user = people.invite(" Mei.Lin@Example.org ", role="member", by=ada, at=NOW)
    assert (user.username, user.email, user.is_staff) == ("mei.lin", "mei.lin@example.org", False)
    assert not user.has_usable_password()
    assert Letter.objects.get().to == "mei.lin@example.org"
    assert Decision.objects.get().user == ada


def test_an_invited_curator_may_use_the_administration():
    assert people.invite("mei@example.org", role="curator", by="Ada", at=NOW).is_staff


def test_names_to_sign_in_with_do_not_collide():
    make_user("MEI", email="other@example.org")
    assert people.invite("mei@example.org", role="member", by="Ada", at=NOW).username == "mei2"


@pytest.mark.parametrize("email", ["", "mei", "a@b@c", "mei@example.org\nBcc: all@example.org"])
def test_what_is_no_address_is_refused(email):
    with pytest.raises(Refused, match="is no e-mail address"):
        people.invite(email, role="member", by="Ada", at=NOW)


def test_an_unknown_role_is_refused():
    with pytest.raises(Refused, match="is no role"):
        people.invite("mei@example.org", role="king", by="Ada", at=NOW)


def test_whoever_came_is_not_invited_again():
    with pytest.raises(Refused, match="does not wait"):
        people.invite_again(make_user(), by="Ada", at=NOW)


def test_a_member_becomes_a_curator_and_back():
    make_curator()
    user = people.set_role(make_user(), role="curator", by="Ada", at=NOW)
    assert (user.is_curator, user.is_staff) == (True, True)
    user = people.set_role(user, role="member", by="Ada", at=NOW)
    assert (user.is_curator, user.is_staff) == (False, False)
    assert Decision.objects.first().before == {"role": "curator", "is_staff": True}


def test_the_last_curator_stays():
    ada = make_curator()
    with pytest.raises(Refused, match="last curator"):
        people.set_role(ada, role="member", by=ada, at=NOW)
    with pytest.raises(Refused, match="last curator"):
        people.set_active(ada, active=False, by=ada, at=NOW)
    assert User.objects.get(pk=ada.pk).is_curator


def test_two_curators_who_take_each_other_away_at_once_leave_one(at_once):
    ada, bob = make_curator(), make_curator()
    outcomes = at_once(
        lambda: people.set_role(bob, role="member", by=ada, at=NOW),
        lambda: people.set_role(ada, role="member", by=bob, at=NOW),
    )
    assert sum(isinstance(outcome, Refused) for outcome in outcomes) == 1


def test_a_closed_account_opens_again():
    make_curator()
    user = people.set_active(make_user(), active=False, by="Ada", at=NOW)
    assert not user.is_active
    assert people.set_active(user, active=True, by="Ada", at=NOW).is_active


def test_a_generated_password_works_and_is_written_nowhere():
    user = make_user()
    password = people.reset_password(user, by="root at the console", at=NOW)
    user.refresh_from_db()
    assert user.check_password(password)
    assert len(password) >= 20
    assert password not in str(Decision.objects.values())
