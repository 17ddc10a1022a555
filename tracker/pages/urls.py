"""Which page answers which address."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from tracker.pages import account, adding, articles, authors, claims, deciding, feeds, following, home, outbox, people

urlpatterns = [
    path("", home.home, name="home"),
    path("claims/", claims.claim_list, name="claims"),
    path("claims/evidence/<int:test>/<int:pk>/decide/", claims.decide, name="decide_evidence"),
    path("claims/<slug:slug>/", claims.claim, name="claim"),
    path("claims/<slug:slug>/<slug:key>/", claims.test, name="test"),
    path("articles/", articles.article_list, name="articles"),
    path("articles/add/", adding.add, name="add_article"),
    path("articles/<slug:slug>/", articles.article, name="article"),
    path("proposals/<int:pk>/accept/", deciding.accept, name="accept_claim"),
    path("proposals/<int:pk>/reject/", deciding.reject, name="reject_claim"),
    path("authors/", authors.author_list, name="authors"),
    path("authors/<slug:slug>/", authors.author, name="author"),
    path("feeds/", feeds.feed_list, name="feeds"),
    path("feeds/add/", feeds.add_feed, name="add_feed"),
    path("feeds/<int:pk>/pause/", feeds.pause, name="pause_feed"),
    path("feeds/<int:pk>/resume/", feeds.resume, name="resume_feed"),
    path("feeds/<int:pk>/poll/", feeds.poll_now, name="poll_feed"),
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
