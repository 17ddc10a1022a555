"""A server on loopback that speaks /v1/chat/completions as OpenAI-compatible ones do, well and badly, as a test says.

It refuses what a strict server would: another path, a body that is no chat request, a wrong key, an unknown model.
"""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tests.loopback import Answer, Asked, Site, reply
from tracker.jobs.readings import asking

PATH = "/v1/chat/completions"
MODEL, KEY = "small", "secret"


def completion(said, **choice) -> Answer:
    """A completion with the text, or with the object as JSON."""
    content = said if isinstance(said, str) else json.dumps(said)
    whole = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "model": MODEL,
        "choices": [{"index": 0, "message": {"role": "assistant", "content": content}, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": 300, "completion_tokens": 21, "total_tokens": 321},
    }
    whole["choices"][0] |= choice
    return reply(json.dumps(whole).encode(), Content_Type="application/json")


def in_turn(*answers: Answer) -> Answer:
    """Each request gets the next answer; the last one stays."""
    left = list(answers)

    def answer(asked, write):
        (left.pop(0) if len(left) > 1 else left[0])(asked, write)

    return answer


def slowly(seconds: float, answer: Answer) -> Answer:
    def waiting(asked, write):
        time.sleep(seconds)
        answer(asked, write)

    return waiting


def cut_off(asked: Asked, write: Callable[[bytes], None]) -> None:
    """The connection ends within the body."""
    write(b'HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{"choices": [{"message": {"content": "{')


def by_reading(**answers: Answer) -> Answer:
    """The answer by the name of the form that is asked for: claims, draft, ruling, forecast, judgement."""

    def answer(asked, write):
        answers[sent(asked)["response_format"]["json_schema"]["name"]](asked, write)

    return answer


def sent(asked: Asked) -> dict:
    """The request that the server was sent."""
    return json.loads(asked.body)


def material(asked: Asked) -> dict:
    """The data that a request gave to the model."""
    return json.loads(sent(asked)["messages"][1]["content"])


def strictly(answer: Answer) -> Answer:
    """The answer for a request in due form; a refusal for any other."""

    def checked(asked, write):
        if asked.headers.get("authorization") != f"Bearer {KEY}":
            return reply(b'{"error": {"message": "Incorrect API key"}}', status=401)(asked, write)
        body = json.loads(asked.body)
        roles = [message["role"] for message in body["messages"]]
        form = body["response_format"]
        is_due = roles == ["system", "user"] and form["type"] == "json_schema" and form["json_schema"]["strict"]
        if body["model"] != MODEL or not is_due:
            return reply(b'{"error": {"message": "Invalid request"}}', status=400)(asked, write)
        return answer(asked, write)

    return checked


class ModelServer(Site):
    """The server; `waits` are those between two tries, which are noted and not slept."""

    def says(self, *answers: Answer) -> None:
        """The answers to the requests to come, in turn."""
        self.at(PATH, strictly(in_turn(*answers)))


@contextmanager
def serving(settings, monkeypatch, *, reads: str = "") -> Iterator[ModelServer]:
    """The server, with settings that name it and give it these readings, parted by spaces."""
    with ModelServer() as server:
        settings.HINDCAST_LLM_MODEL, settings.HINDCAST_LLM_KEY = MODEL, KEY
        settings.HINDCAST_LLM_URL, settings.HINDCAST_LLM_TIMEOUT_SECONDS = server.url("/v1"), 1
        settings.HINDCAST_LLM_READS = frozenset(reads.split())
        server.waits = []
        monkeypatch.setattr(asking, "wait", server.waits.append)
        monkeypatch.setattr(asking, "refused_words", set())
        yield server
