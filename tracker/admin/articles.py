"""Articles, who wrote them, and their claims."""

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest

from tracker.admin.screens import KeptAdmin, ReasonForm, action_for
from tracker.curation import claims as curation
from tracker.curation import duplicates
from tracker.models import Article, Author, Authorship, Claim, DuplicateClaim, Outlet


@admin.register(Outlet)
class OutletAdmin(KeptAdmin[Outlet]):
    list_display = ("name", "weight", "homepage")
    search_fields = ("name", "slug")
    editable = ("name", "homepage", "weight")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.has_change_permission(request)

    def get_readonly_fields(self, request: HttpRequest, obj: Outlet | None = None) -> tuple[str, ...]:
        return super().get_readonly_fields(request, obj) if obj else ()


@admin.register(Author)
class AuthorAdmin(KeptAdmin[Author]):
    list_display = ("name", "about", "articles_written")
    search_fields = ("name", "slug", "about")
    editable = ("name", "about")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Author]:
        return super().get_queryset(request).annotate(written=Count("articles"))

    @admin.display(description="articles", ordering="written")
    def articles_written(self, author: Author) -> int:
        written: int = getattr(author, "written", 0)
        return written


class AuthorshipInline(admin.TabularInline[Authorship, Article]):
    model = Authorship
    extra = 0
    can_delete = False
    verbose_name_plural = "written by"

    def has_add_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        return False


@admin.register(Article)
class ArticleAdmin(KeptAdmin[Article]):
    """Its text never changes, since claims quote it by position."""

    list_display = ("title", "outlet", "published_on", "accepted_claims", "proposed_claims", "imported_at")
    list_filter = ("language", "published_on")
    list_select_related = ("outlet",)
    search_fields = ("title", "authors__name", "outlet__name", "address")
    date_hierarchy = "published_on"
    editable = ("title", "outlet", "address", "source_note")
    autocomplete_fields = ("outlet",)
    inlines = (AuthorshipInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        accepted, proposed = Q(claims__state=Claim.State.ACCEPTED), Q(claims__state=Claim.State.PROPOSED)
        return (
            super()
            .get_queryset(request)
            .annotate(accepted=Count("claims", filter=accepted), proposed=Count("claims", filter=proposed))
        )

    @admin.display(description="claims", ordering="accepted")
    def accepted_claims(self, article: Article) -> int:
        return int(getattr(article, "accepted", 0))

    @admin.display(description="to decide", ordering="proposed")
    def proposed_claims(self, article: Article) -> int:
        return int(getattr(article, "proposed", 0))


@admin.register(Authorship)
class AuthorshipAdmin(KeptAdmin[Authorship]):
    list_display = ("article", "author", "position")
    list_select_related = ("article", "author")
    search_fields = ("article__title", "author__name")


@admin.register(Claim)
class ClaimAdmin(KeptAdmin[Claim]):
    """A claim's wording for readers may be edited; what it quotes and whether it is kept are decisions."""

    list_display = ("title", "article", "state", "kind", "forecastable", "speaker_kind", "speaker", "proposed_by")
    list_filter = ("state", "kind", "speaker_kind", "proposed_by")
    list_select_related = ("article",)
    search_fields = ("title", "quote", "speaker", "article__title")
    date_hierarchy = "created_at"
    editable = (
        *("title", "restatement", "original_words", "kind", "speaker_kind", "speaker"),
        *("hedge", "implied_probability", "implied_low", "implied_high", "deadline", "deadline_words"),
    )
    action_form = ReasonForm
    actions = ("accept", "reject")

    def get_readonly_fields(self, request: HttpRequest, obj: Claim | None = None) -> tuple[str, ...]:
        """Once a claim is put to a question, its authors are scored for it or not: who says it stands fast."""
        fast = ("speaker_kind", "speaker") if obj and obj.positions.exists() else ()
        return (*super().get_readonly_fields(request, obj), *fast)

    accept = action_for("Accept the chosen claims", curation.accept, said="Claims accepted: {}.")
    reject = action_for("Reject the chosen claims", curation.reject, said="Claims rejected: {}. They stay on record.")

    def get_view_on_site_url(self, obj: Claim | None = None) -> str | None:
        return obj.get_absolute_url() if obj and obj.state == Claim.State.ACCEPTED else None


@admin.register(DuplicateClaim)
class DuplicateClaimAdmin(KeptAdmin[DuplicateClaim]):
    """Pairs of claims that read alike; telling them apart is a decision, and can be taken back."""

    list_display = ("first", "second", "likeness", "is_dismissed", "found_at")
    list_filter = ("is_dismissed",)
    list_select_related = ("first", "second")
    search_fields = ("first__title", "second__title")
    action_form = ReasonForm
    actions = ("dismiss", "restore")

    dismiss = action_for("Not the same: tell the chosen pairs apart", duplicates.dismiss, said="Pairs told apart: {}.")
    restore = action_for("The same after all", duplicates.restore, said="Pairs that say the same: {}.")
