"""People, what they decided and follow, and their letters."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString

from tracker.admin.screens import KeptAdmin, ReasonForm, action_for, as_json
from tracker.curation import letters, people
from tracker.models import Decision, Letter, Notice, Subscription, TryCount, User


@admin.register(User)
class UserAdmin(KeptAdmin[User]):
    """People are invited on their own page; roles and closed accounts are decisions."""

    list_display = ("username", "first_name", "email", "role", "is_active", "last_login", "last_digest_at")
    list_filter = ("role", "is_active")
    search_fields = ("username", "first_name", "last_name", "email")
    date_hierarchy = "date_joined"
    fields = (
        *("username", "first_name", "last_name", "email", "role", "is_active", "is_staff"),
        *("date_joined", "last_login", "last_digest_at"),
    )
    editable = ("first_name", "last_name", "email")
    action_form = ReasonForm
    actions = ("make_curator", "make_member", "close", "reopen", "invite_again")

    make_curator = action_for(
        "Make the chosen people curators", people.set_role, said="Curators made: {}.", role=User.Role.CURATOR
    )
    make_member = action_for(
        "Make the chosen people members", people.set_role, said="Members made: {}.", role=User.Role.MEMBER
    )
    close = action_for("Close the chosen accounts", people.set_active, said="Accounts closed: {}.", active=False)
    reopen = action_for("Open the chosen accounts again", people.set_active, said="Accounts opened: {}.", active=True)
    invite_again = action_for(
        "Invite the chosen people again", people.invite_again, said="Invitations in the outbox: {}."
    )


@admin.register(Decision)
class DecisionAdmin(KeptAdmin[Decision]):
    list_display = ("at", "by", "verb", "about", "reason")
    list_select_related = ("subject_type",)
    list_filter = ("verb", "subject_type")
    search_fields = ("by", "subject_id", "reason")
    date_hierarchy = "at"
    fields = ("at", "by", "verb", "row", "reason", "stood_before", "stands_after")
    readonly_fields = ("row", "stood_before", "stands_after")

    @admin.display(ordering="subject_id")
    def about(self, decision: Decision) -> str:
        return f"{decision.subject_type.name} {decision.subject_id}"

    @admin.display(description="about")
    def row(self, decision: Decision) -> str:
        return f"{self.about(decision)}: {decision.subject or 'it is gone'}"

    @admin.display(description="before")
    def stood_before(self, decision: Decision) -> SafeString:
        return as_json(decision.before)

    @admin.display(description="after")
    def stands_after(self, decision: Decision) -> SafeString:
        return as_json(decision.after)


@admin.register(Subscription)
class SubscriptionAdmin(KeptAdmin[Subscription]):
    list_display = ("user", "claim", "article", "proposition", "created_at", "ended_at")
    list_filter = (("ended_at", admin.EmptyFieldListFilter),)
    list_select_related = ("user", "claim", "article", "proposition")
    search_fields = ("user__username", "user__email", "claim__title", "article__title", "proposition__question")
    date_hierarchy = "created_at"


@admin.register(Notice)
class NoticeAdmin(KeptAdmin[Notice]):
    list_display = ("reader", "position", "status", "probability", "at")
    list_filter = ("status",)
    list_select_related = ("subscription__user", "position__proposition")
    search_fields = ("subscription__user__username", "position__title")
    date_hierarchy = "at"

    @admin.display(ordering="subscription__user__username")
    def reader(self, notice: Notice) -> str:
        return notice.subscription.user.display_name


@admin.register(Letter)
class LetterAdmin(KeptAdmin[Letter]):
    """Letters are read in the outbox, which keeps password letters to their readers."""

    list_display = ("subject", "kind", "to", "written_at", "state", "tries", "last_error")
    list_filter = ("kind", ("sent_at", admin.EmptyFieldListFilter), ("given_up_at", admin.EmptyFieldListFilter))
    search_fields = ("subject", "to", "message_id")
    date_hierarchy = "written_at"
    exclude = ("text", "html", "headers", "lease_token")
    actions = ("try_again",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Letter]:
        return super().get_queryset(request).defer("text", "html")

    try_again = action_for(
        "Try to send the chosen letters again", letters.try_again, said="Letters for the next delivery: {}."
    )


@admin.register(TryCount)
class TryCountAdmin(KeptAdmin[TryCount]):
    list_display = ("key", "count", "ends_at")
    search_fields = ("key",)
