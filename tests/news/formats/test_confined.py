"""The real child process, and documents that real readers choke on."""

import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from news.formats import confined
from news.formats.confined import Document, parse_all
from news.formats.documents import Parsed
from news.formats.parse import parse

NOW = datetime(2026, 2, 6, 9, 0, tzinfo=UTC)
ROOT = Path(__file__).resolve().parents[3]
# Ten million objects of 15 MB of text, and attributes that are compared with each other.
MEMORY = b'{"items": [' + b"[]," * 5_000_000 + b"[]]}"
TIME = b"<rss><channel><item " + b" ".join(b"a%d='x'" % n for n in range(500_000)) + b"></item></channel></rss>"


@pytest.fixture(autouse=True)
def no_child_is_left():
    yield
    confined.end()
    assert confined.child_pid() is None


def document(title="Quiet", body=None):
    rss = f"<rss version='2.0'><channel><title>W</title><item><title>{title}</title></item></channel></rss>"
    return Document(body=body or rss.encode(), address="https://n.example/f", content_type="text/xml", now=NOW)


def titles(answers):
    return [answer.entries[0].title if answer.entries else answer.error for answer in answers]


def memory_kb(pid):
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("VmHWM")))


def test_the_child_says_what_the_parser_says_in_the_order_asked():
    whole = document(body=Path(__file__).with_name("test_confined.py").read_bytes() + b"<rss><item><title>x")
    for case in (document("One"), whole, document(body=b'{"items": [{"id": 1, "date_published": "2026-01-01"}]}')):
        assert parse_all([case]) == [
            parse(case.body, address=case.address, content_type=case.content_type, now=case.now)
        ]
    assert titles(parse_all([document(f"Story {n}") for n in range(300)])) == [f"Story {n}" for n in range(300)]
    assert parse_all([]) == []


def test_one_child_reads_them_all():
    parse_all([document()])
    pid = confined.child_pid()
    parse_all([document(), document()])
    assert confined.child_pid() == pid


def test_a_document_that_takes_too_much_memory_is_refused_and_the_others_are_read():
    answers = parse_all([document("Before"), document(body=MEMORY), document("After")])
    assert titles(answers) == ["Before", confined.TOO_MUCH_MEMORY, "After"]
    assert memory_kb(confined.child_pid()) < 200_000


@pytest.mark.slow
def test_a_document_that_takes_too_much_time_is_refused_and_the_others_are_read():
    answers = parse_all([document("Before"), document(body=TIME), document("After")])
    assert titles(answers) == ["Before", confined.TOO_MUCH_TIME, "After"]


def test_a_large_honest_feed_passes():
    item = f"<item><title>t</title><link>https://n.example/1</link><description>{'word ' * 2000}</description></item>"
    body = f"<rss version='2.0'><channel><title>W</title>{item * 1600}</channel></rss>".encode()
    assert len(body) > 15_000_000
    (answer,) = parse_all([document(body=body)])
    assert (len(answer.entries), answer.error) == (1600, "")
    assert memory_kb(confined.child_pid()) < 200_000


def test_a_child_that_was_killed_between_two_documents_is_replaced():
    for number in (signal.SIGKILL, signal.SIGTERM):
        parse_all([document()])
        os.kill(confined.child_pid(), number)
        assert titles(parse_all([document("Again")])) == ["Again"]


def test_a_child_that_stands_still_is_ended():
    parse_all([document()])
    stopped = confined.child_pid()
    os.kill(stopped, signal.SIGSTOP)
    answers = parse_all([document()], wall_seconds=0.3)
    assert titles(answers) == [confined.TOO_MUCH_TIME]
    assert not Path(f"/proc/{stopped}").exists()
    assert titles(parse_all([document("Again")])) == ["Again"]


def test_threads_take_turns():
    answers = {}

    def ask(name):
        answers[name] = titles(parse_all([document(f"{name} {n}") for n in range(40)]))

    threads = [threading.Thread(target=ask, args=(name,)) for name in ("a", "b", "c")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == {name: [f"{name} {n}" for n in range(40)] for name in ("a", "b", "c")}


def test_a_child_outlives_the_thread_that_started_it():
    thread = threading.Thread(target=parse_all, args=([document()],))
    thread.start()
    thread.join()
    pid = confined.child_pid()
    assert titles(parse_all([document("Later")])) == ["Later"]
    assert confined.child_pid() == pid


FORK = """
import os, sys
from datetime import UTC, datetime
from news.formats import confined
case = confined.Document(body=b"<rss><channel><item><title>x</title></item></channel></rss>", address="https://n.example/",
                         now=datetime(2026, 2, 6, tzinfo=UTC))
confined.parse_all([case])
mine = confined.child_pid()
fork = os.fork()
if fork == 0:
    assert confined.child_pid() is None
    assert confined.parse_all([case])[0].entries[0].title == "x"
    own = confined.child_pid()
    confined.end()
    os._exit(own == mine)
assert os.waitpid(fork, 0)[1] == 0
assert confined.parse_all([case])[0].entries[0].title == "x"
assert confined.child_pid() == mine
print(mine, flush=True)
if "kill" in sys.argv:
    os.kill(os.getpid(), 9)
"""


@pytest.mark.parametrize("how", ["quietly", "kill"])
def test_a_fork_gets_a_child_of_its_own_and_none_outlives_its_parent(how):
    done = subprocess.run([sys.executable, "-c", FORK, how], cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (-signal.SIGKILL if how == "kill" else 0, "")
    until = time.monotonic() + 10
    while Path(f"/proc/{int(done.stdout)}").exists() and time.monotonic() < until:
        time.sleep(0.02)
    assert not Path(f"/proc/{int(done.stdout)}").exists()


def test_an_answer_that_would_build_other_things_than_data_is_not_taken():
    with pytest.raises(Exception, match="no plain data"):
        confined._answer(pickle.dumps(Parsed()))


def test_the_child_sees_nothing_of_the_parent_s_environment(monkeypatch):
    monkeypatch.setenv("HINDCAST_SECRET_KEY", "secret")
    parse_all([document()])
    assert b"secret" not in Path(f"/proc/{confined.child_pid()}/environ").read_bytes()
