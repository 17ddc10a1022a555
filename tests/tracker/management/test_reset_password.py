import re

import pytest
from django.core.management import CommandError, call_command

from tests.makers import make_user

pytestmark = pytest.mark.django_db


def test_the_console_gives_a_new_password_once(capsys):
    user = make_user("mei")
    call_command("reset_password", "mei@example.org")
    password = re.search(r"of mei is (\S+) \(shown only now\)", capsys.readouterr().out)[1]
    user.refresh_from_db()
    assert user.check_password(password)


def test_the_console_says_who_there_is(capsys):
    make_user("mei")
    with pytest.raises(CommandError, match=r"Nobody is called moi\. There are: mei\."):
        call_command("reset_password", "moi")
