"""Models by noun: what was claimed, what happened, what people see."""

from tracker.models import bulk, turns
from tracker.models.articles import Article, Author, Authorship, Outlet
from tracker.models.claims import Claim, DuplicateClaim
from tracker.models.classifiers import ClassifierAnswer
from tracker.models.evidence import Evidence
from tracker.models.feeds import Attempt, Feed, Host
from tracker.models.hubs import Push, PushedDocument
from tracker.models.letters import Letter
from tracker.models.outside import OutsideLink
from tracker.models.people import Decision, User
from tracker.models.positions import RULED, Position, Status, StatusChange
from tracker.models.queues import SuggestionQueue
from tracker.models.readings import ReadingAnswer
from tracker.models.runs import JobRun
from tracker.models.stories import Entry, FullText, LikeStory, Revision, Story, StoryBand
from tracker.models.subscriptions import Notice, Subscription
from tracker.models.tries import TryCount
