"""The page of a question, seen from Yes."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from tracker.models import Position
from tracker.pages.questions.position_page import position_page


@require_safe
def question(request: HttpRequest, key: str) -> HttpResponse:
    bare = Position.objects.published().of_questions().select_related("proposition")
    found = get_object_or_404(bare, proposition__key=key)
    return position_page(request, found, address=found.get_absolute_url())
