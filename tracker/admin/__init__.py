"""The administration: a screen for every model. What happened is read-only; what a person decides goes to curation."""

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin
from django.contrib.auth.models import Group

from tracker.admin import articles, classifiers, evidence, feeds, outside, people, positions, questions, runs

__all__ = ["articles", "classifiers", "evidence", "feeds", "outside", "people", "positions", "questions", "runs"]

admin.site.site_header = admin.site.site_title = "Hindcast"
admin.site.index_title = "What there is, and what waits for a curator"
if isinstance(admin.site.get_model_admin(Group), GroupAdmin):  # importing it has registered it
    admin.site.unregister(Group)  # there are two roles, and no groups
