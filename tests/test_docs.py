"""What an operator can choose and what runs by itself is written down, and nothing that is gone still is."""

import re
from pathlib import Path

from config import settings
from config.celery import SCHEDULE, app

ROOT = Path(__file__).resolve().parent.parent


def first_cells(document):
    text = (ROOT / "docs" / document).read_text()
    return re.findall(r"^\| `([\w]+)`[^|]* \| ([^|]+) \| ([^|]+) \|$", text, flags=re.MULTILINE)


def test_every_setting_is_documented_and_every_documented_setting_exists():
    assert {name for name, *_ in first_cells("settings.md")} == settings.env.read


def test_every_job_is_documented_with_its_interval():
    def words(every):
        for unit, seconds in (("day", 86400), ("hour", 3600), ("minute", 60), ("second", 1)):
            number, rest = divmod(int(every.total_seconds()), seconds)
            if number and not rest:
                return f"{number} {unit}" + ("s" if number > 1 else "")
        raise AssertionError(every)

    told = {name: every.strip() for name, every, _ in first_cells("operations.md")}
    assert told == {scheduled.job: words(scheduled.every) for scheduled in SCHEDULE}


def test_every_scheduled_job_is_a_task():
    app.loader.import_default_modules()
    assert {f"tracker.tasks.{scheduled.job}" for scheduled in SCHEDULE} <= set(app.tasks)


def test_links_between_documents_lead_somewhere():
    documents = [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")]
    links = [(page, link) for page in documents for link in re.findall(r"\]\((?!http|#)([^)#]+)", page.read_text())]
    assert [f"{page.name}: {link}" for page, link in links if not (page.parent / link).exists()] == []
