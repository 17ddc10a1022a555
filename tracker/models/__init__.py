"""What was claimed, what happened, what people see; by noun."""

from tracker.models import bulk
from tracker.models.articles import Article, Author, Authorship, Claim, Outlet, SameClaim
from tracker.models.classifiers import ReaderAnswer
from tracker.models.evidence import Evidence
from tracker.models.hubs import Push, PushedDocument
from tracker.models.news import Attempt, Entry, Feed, FullText, Host, Revision, Story, StoryBand
from tracker.models.outside import OutsideLink
from tracker.models.people import Decision, Letter, Subscription, Told, User
from tracker.models.questions import Asked
from tracker.models.runs import JobRun
from tracker.models.status import RULED, Status, StatusChange, Test

__all__ = [
    "RULED",
    "Article",
    "Asked",
    "Attempt",
    "Author",
    "Authorship",
    "Claim",
    "Decision",
    "Entry",
    "Evidence",
    "Feed",
    "FullText",
    "Host",
    "JobRun",
    "Letter",
    "Outlet",
    "OutsideLink",
    "Push",
    "PushedDocument",
    "ReaderAnswer",
    "Revision",
    "SameClaim",
    "Status",
    "StatusChange",
    "Story",
    "StoryBand",
    "Subscription",
    "Test",
    "Told",
    "User",
    "bulk",
]
