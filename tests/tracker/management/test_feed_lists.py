from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.makers import make_feed
from tracker.models import Feed

pytestmark = pytest.mark.django_db


def said(*arguments) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out, stderr=out)
    return out.getvalue()


def test_feeds_are_exported_to_a_file_and_imported_from_it(tmp_path):
    make_feed("World")
    assert "Written to" in said("export_feeds", str(tmp_path / "a.opml"))
    Feed.objects.all().delete()
    assert said("import_feeds", str(tmp_path / "a.opml")) == "One feed added.\n"
    assert said("import_feeds", str(tmp_path / "a.opml")) == "No feeds added, 1 followed already.\n"
    assert Feed.objects.get().title == "World"


def test_without_a_file_the_list_is_printed():
    assert '<opml version="2.0">' in said("export_feeds")


def test_lines_that_are_refused_are_told(tmp_path):
    (tmp_path / "a.opml").write_text('<opml><body><outline text="X" xmlUrl="ftp://a.example/"/></body></opml>')
    assert "Line 1, X: The address must begin with http" in said("import_feeds", str(tmp_path / "a.opml"))


@pytest.mark.parametrize("content", [None, "hello"])
def test_what_cannot_be_read_ends_with_words(tmp_path, content):
    if content:
        (tmp_path / "a.opml").write_text(content)
    with pytest.raises(CommandError, match=r"cannot be read|plain text"):
        call_command("import_feeds", str(tmp_path / "a.opml"))
