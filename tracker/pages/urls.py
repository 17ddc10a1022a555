"""Addresses of the pages."""

from django.contrib.auth.views import LogoutView
from django.templatetags.static import static
from django.urls import path
from django.utils.functional import lazy
from django.views.generic import RedirectView

from tracker.pages.account import outbox, people
from tracker.pages.account import views as account
from tracker.pages.articles import add, mark_claim
from tracker.pages.articles import views as articles
from tracker.pages.authors import outlets
from tracker.pages.authors import views as authors
from tracker.pages.claims import duplicates, review_claim
from tracker.pages.claims import views as claims
from tracker.pages.feeds import add as adding_feeds
from tracker.pages.feeds import feed, feed_list, hub, opml_lists
from tracker.pages.home import views as home
from tracker.pages.questions import add as adding_questions
from tracker.pages.questions import appeals, evidence, following, forecasting, position_page, question_list
from tracker.pages.scores import backtest, classifiers
from tracker.pages.scores import views as scores
from tracker.pages.stories import views as stories
from tracker.pages.suggestions import views as waiting

# Where browsers look of themselves, on pages that name no icon, such as the admin's.
FAVICON = lazy(static, str)("hindcast/favicon.svg")

urlpatterns = [
    path("", home.home, name="home"),
    path("favicon.ico", RedirectView.as_view(url=FAVICON)),
    path("claims/", claims.claim_list, name="claims"),
    path("claims/<slug:slug>/", claims.claim, name="claim"),
    path("claims/<slug:slug>/<slug:key>/", claims.position, name="position"),
    path("questions/", question_list.question_list, name="questions"),
    path("questions/add/", adding_questions.add, name="add_question"),
    path("questions/<slug:key>/", position_page.question, name="question"),
    path("questions/<slug:key>/forecast/", forecasting.forecast, name="forecast"),
    path("questions/<slug:key>/rulings/<int:ruling>/appeal/", appeals.appeal, name="appeal"),
    path("positions/<int:position>/evidence/<int:pk>/decide/", evidence.decide, name="decide_evidence"),
    path("articles/", articles.article_list, name="articles"),
    path("articles/add/", add.add, name="add_article"),
    path("articles/<slug:slug>/", articles.article, name="article"),
    path("articles/<slug:slug>/read/", articles.read_again, name="read_again"),
    path("articles/<slug:slug>/mark/", mark_claim.mark_claim, name="mark_claim"),
    path("proposals/<int:pk>/accept/", review_claim.accept, name="accept_claim"),
    path("proposals/<int:pk>/reject/", review_claim.reject, name="reject_claim"),
    path("claims/same/<int:pk>/<int:claim>/apart/", duplicates.tell_apart, name="tell_apart"),
    path("authors/", authors.author_list, name="authors"),
    path("authors/<slug:slug>/", authors.author, name="author"),
    path("outlets/<slug:slug>/", outlets.outlet, name="outlet"),
    path("scores/", scores.score_list, name="scores"),
    path("scores/explained/", scores.explained, name="scores_explained"),
    path("scores/hindcast/", scores.product, name="scores_of_product"),
    path("scores/crowd/", scores.crowd, name="scores_of_crowd"),
    path("scores/<int:pk>/", scores.forecaster, name="forecaster"),
    path("feeds/", feed_list.feed_list, name="feeds"),
    path("feeds/add/", adding_feeds.add_feed, name="add_feed"),
    path("feeds/follow/", adding_feeds.follow, name="follow_feed"),
    path("feeds/import/", opml_lists.import_feeds, name="import_feeds"),
    path("feeds/import/add/", opml_lists.add_list, name="add_list"),
    path("feeds/feeds.opml", opml_lists.export_feeds, name="export_feeds"),
    path("feeds/<int:pk>/", feed.feed, name="feed"),
    path("feeds/<int:pk>/edit/", feed.edit, name="edit_feed"),
    path("feeds/<int:pk>/pause/", feed_list.pause, name="pause_feed"),
    path("feeds/<int:pk>/resume/", feed_list.resume, name="resume_feed"),
    path("feeds/<int:pk>/poll/", feed_list.poll_now, name="poll_feed"),
    path("stories/<int:pk>/", stories.story, name="story"),
    path("stories/<int:pk>/split/<int:entry>/", stories.split, name="split_story"),
    path("stories/<int:pk>/join/", stories.join, name="join_story"),
    path("evidence/", waiting.waiting, name="waiting"),
    path("appeals/", appeals.waiting, name="appeals"),
    path("appeals/<int:pk>/answer/", appeals.answer, name="answer_appeal"),
    path("classifiers/", classifiers.classifier_list, name="classifiers"),
    path("backtest/", backtest.backtest, name="backtest"),
    path("hub/<slug:path>/", hub.hub, name="hub"),
    path("account/", account.account, name="account"),
    path("account/sign-in/", account.SignIn.as_view(), name="sign_in"),
    path("account/sign-out/", LogoutView.as_view(), name="sign_out"),
    path("account/password/", account.ChangePassword.as_view(), name="password_change"),
    path("account/password/forgotten/", account.forgotten_password, name="password_reset"),
    path("account/password/<uidb64>/<token>/", account.SetPassword.as_view(), name="set_password"),
    path("follow/<slug:kind>/<slug:slug>/", following.follow, name="follow"),
    path("unfollow/<slug:kind>/<slug:slug>/", following.unfollow, name="unfollow"),
    path("unsubscribe/<str:token>/", following.unsubscribe, name="unsubscribe"),
    path("people/invite/", people.invite, name="invite"),
    path("people/<int:pk>/invite-again/", people.invite_again, name="invite_again"),
    path("outbox/", outbox.outbox, name="outbox"),
    path("outbox/<int:pk>/", outbox.letter, name="letter"),
    path("outbox/<int:pk>/html/", outbox.letter_as_html, name="letter_html"),
    path("outbox/<int:pk>/retry/", outbox.retry, name="letter_retry"),
]
