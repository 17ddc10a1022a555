"""The address that hubs call: no page for people, no session, and nothing told to whoever does not know its secret."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from news.polling.websub import MAX_PUSHED_BYTES
from tracker.jobs.feeds import hub_calls
from tracker.jobs.feeds.hub_calls import Received

PLAIN = "text/plain; charset=utf-8"
ANSWERS = {Received.UNKNOWN: (404, "unknown\n"), Received.UNWANTED: (410, "not wanted any more\n")}


@csrf_exempt  # hubs have no cookie of ours; what they send is signed
@require_http_methods(["GET", "POST"])
def hub(request: HttpRequest, path: str) -> HttpResponse:
    """A question is answered by its challenge where we have asked for it; a document is kept where it is signed."""
    return _take_in(request, path) if request.method == "POST" else _verify(request, path)


def _verify(request: HttpRequest, path: str) -> HttpResponse:
    answer = hub_calls.verify(path, parameters=request.GET.dict(), now=timezone.now())
    if answer is None:
        return HttpResponse("not asked for\n", status=404, content_type=PLAIN)
    return HttpResponse(answer, content_type=PLAIN)


def _take_in(request: HttpRequest, path: str) -> HttpResponse:
    body = request.read(MAX_PUSHED_BYTES + 1) if _stated_length(request) <= MAX_PUSHED_BYTES else None
    if body is None or len(body) > MAX_PUSHED_BYTES:
        words = f"more than {MAX_PUSHED_BYTES // 1024**2} MiB\n"
        return HttpResponse(words, status=413, content_type=PLAIN)
    sent = hub_calls.Sent(
        body=body,
        content_type=request.headers.get("Content-Type", ""),
        signature=request.headers.get("X-Hub-Signature", ""),
    )
    status, words = ANSWERS.get(hub_calls.accept(path, sent=sent, now=timezone.now()), (202, "thank you\n"))
    return HttpResponse(words, status=status, content_type=PLAIN)


def _stated_length(request: HttpRequest) -> int:
    text = request.headers.get("Content-Length", "") or "0"
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else MAX_PUSHED_BYTES + 1
