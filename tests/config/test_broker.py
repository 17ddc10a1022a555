"""The message folder: whole messages, once each, whatever lies around in it."""

import threading

import pytest
from kombu import Connection

from config.broker import folder_transport


@pytest.fixture
def open_queue(tmp_path):
    """Opens the queue of this test, each time over a connection of its own."""
    opened = []

    def open_():
        opened.append(Connection("folder://localhost", transport_options=folder_transport(tmp_path)))
        return opened[-1].SimpleQueue(tmp_path.name)

    yield open_
    for connection in opened:
        connection.release()


def taken(queue):
    """Everything that lies in the queue."""
    found = []
    try:
        while True:
            message = queue.get(timeout=0.3)
            message.ack()
            found.append(message.payload)
    except queue.Empty:
        return found


def test_messages_come_in_their_order(open_queue):
    queue = open_queue()
    for number in range(20):
        queue.put(number)
    assert taken(queue) == list(range(20))


def test_an_empty_folder_gives_nothing(open_queue):
    assert taken(open_queue()) == []


@pytest.mark.parametrize("damage", ["", "{", "\x00"])
def test_a_damaged_message_is_dropped_and_the_next_one_comes(open_queue, tmp_path, damage):
    queue = open_queue()
    (tmp_path / "messages" / f"0_damaged.{tmp_path.name}.msg").write_text(damage)
    queue.put("whole")
    assert taken(queue) == ["whole"]
    assert list((tmp_path / "messages").iterdir()) == []


def test_half_a_message_is_never_seen(open_queue, tmp_path):
    queue = open_queue()
    (tmp_path / "messages" / f"0_written-now.{tmp_path.name}.draft").write_text("{")
    assert taken(queue) == []


def test_each_message_comes_to_one_of_two_readers(open_queue):
    writer = open_queue()
    for number in range(200):
        writer.put(number)
    readers, found = [open_queue(), open_queue()], []
    threads = [threading.Thread(target=lambda reader=reader: found.extend(taken(reader))) for reader in readers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert sorted(found) == list(range(200))
