"""Links to questions on other sites: how their polling goes. A link is made on its question's screen."""

from django.contrib import admin

from tracker.admin.screens import KeptAdmin, ReasonForm, action_for
from tracker.curation import outside as curation
from tracker.models import OutsideLink


@admin.register(OutsideLink)
class OutsideLinkAdmin(KeptAdmin[OutsideLink]):
    list_display = (
        "proposition",
        "forecaster",
        "title",
        "probability",
        "state",
        "outcome",
        "last_success_at",
        "next_poll_at",
        "failures",
        "last_error",
    )
    list_filter = ("state", "source", ("last_error", admin.EmptyFieldListFilter))
    list_select_related = ("proposition", "forecaster")
    search_fields = ("proposition__key", "proposition__question", "title", "address")
    date_hierarchy = "linked_at"
    exclude = ("lease_token",)
    action_form = ReasonForm
    actions = ("poll_now", "unlink")

    poll_now = action_for(
        "Poll the chosen links now", curation.poll_now, said="Links to be polled with the next run: {}."
    )
    unlink = action_for("Unlink the chosen links", curation.unlink, said="Links taken away: {}.")
