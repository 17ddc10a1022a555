"""Runs of the jobs."""

from datetime import timedelta

from django.contrib import admin
from django.utils.safestring import SafeString

from tracker.admin.screens import KeptAdmin, as_json, short
from tracker.models import JobRun


@admin.register(JobRun)
class JobRunAdmin(KeptAdmin[JobRun]):
    list_display = ("job", "started_at", "took", "summary", "went_well")
    list_filter = ("job", ("error", admin.EmptyFieldListFilter))
    search_fields = ("job", "error")
    date_hierarchy = "started_at"
    fields = ("job", "started_at", "finished_at", "took", "reported", "error")
    readonly_fields = ("took", "reported")

    @admin.display(description="took")
    def took(self, run: JobRun) -> timedelta | None:
        return run.finished_at - run.started_at if run.finished_at else None

    @admin.display(description="report")
    def summary(self, run: JobRun) -> str:
        return short(", ".join(f"{name} {value}" for name, value in run.report.items() if value))

    @admin.display(description="went well", boolean=True)
    def went_well(self, run: JobRun) -> bool | None:
        return not run.error if run.finished_at or run.error else None

    @admin.display(description="report")
    def reported(self, run: JobRun) -> SafeString:
        return as_json(run.report)
