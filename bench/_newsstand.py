"""A stand of made-up feeds, each on a loopback address of its own, served by a process of its own.

`python -m bench._newsstand PORT FEEDS ENTRIES` serves until its standard input ends.
"""

import asyncio
import hashlib
import random
import sys

_WORDS = """
    minister treaty river council vote border harvest bank court election pipeline summit tariff port
    union budget reactor drought strike railway patent museum senate coast battery glacier refinery orchard
    satellite archive embassy parliament currency vaccine inquiry factory stadium bridge quarry lagoon verdict charter
    convoy ferry
"""
WORDS = _WORDS.split()
WIRE_SHARE = 0.1  # so many reports in a hundred come from one wire and stand in several feeds


def host(number: int) -> str:
    return f"127.{20 + number // 60000}.{number // 250 % 240}.{number % 250 + 1}"


def address(number: int, port: int) -> str:
    return f"http://{host(number)}:{port}/feed.xml"


def sentence(dice: random.Random, words: int) -> str:
    return " ".join(dice.choice(WORDS) + dice.choice(("", "", "s", f" {dice.randrange(900)}")) for _ in range(words))


def item(number: int, place: int) -> str:
    """About a kilobyte with a summary alone, as three feeds in five write it; four with the whole text in HTML."""
    dice = random.Random(f"{number}/{place}")
    story = random.Random(f"wire/{dice.randrange(40)}") if dice.random() < WIRE_SHARE else dice
    title, summary = sentence(story, 9).capitalize(), sentence(story, 40).capitalize()
    link = f"https://outlet{number}.example/2026/02/{place}/report?utm_source=rss&amp;id={place}"
    whole = f"<content:encoded><![CDATA[{page(story, link)}]]></content:encoded>" if number % 5 < 2 else ""
    return (
        f"<item><title>{title}</title><link>{link}</link><guid isPermaLink='false'>outlet{number}-{place}</guid>"
        f"<pubDate>Thu, 05 Feb 2026 {place % 24:02}:{place % 60:02}:00 GMT</pubDate>"
        f"<dc:creator>Reporter {place % 7}</dc:creator><category>world</category><category>politics</category>"
        f"<media:thumbnail url='https://outlet{number}.example/{place}.jpg' width='240' height='135'/>"
        f"<description>&lt;p&gt;{summary} &amp;amp; more, &lt;a href='{link}'&gt;read on&lt;/a&gt;.&lt;/p&gt;"
        "</description>"
        f"{whole}</item>"
    )


def page(dice: random.Random, link: str) -> str:
    paragraphs = "".join(
        f"<p>{sentence(dice, 25).capitalize()}, <a href='{link}' rel='noopener'>{sentence(dice, 3)}</a> said. "
        f"<em>{sentence(dice, 4)}</em> {sentence(dice, 12)}.</p>"
        for _ in range(10)
    )
    return (
        f"<figure><img src='{link}.jpg' alt='{sentence(dice, 5)}'><figcaption>Photo</figcaption></figure>{paragraphs}"
    )


def document(number: int, entries: int) -> bytes:
    items = "".join(item(number, place) for place in range(entries))
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        f'xmlns:media="http://search.yahoo.com/mrss/"><channel><title>Outlet {number}</title>'
        f"<link>https://outlet{number}.example/</link><description>Made up.</description>{items}</channel></rss>"
    ).encode()


async def serve(port: int, feeds: int, entries: int) -> None:
    documents = {host(number): document(number, entries) for number in range(feeds)}

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).lower()
            body = documents[writer.get_extra_info("sockname")[0]]
            etag = hashlib.sha256(body).hexdigest()[:16].encode()
            status, sent = (b"304 Not Modified", b"") if etag in head else (b"200 OK", body)
            writer.write(
                b'HTTP/1.1 %s\r\nContent-Type: application/rss+xml\r\nETag: "%s"\r\nContent-Length: %d\r\n'
                b"Connection: close\r\n\r\n%s" % (status, etag, len(sent), sent)
            )
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # whoever asked has gone
        finally:
            writer.close()

    await asyncio.start_server(answer, list(documents), port, backlog=50)
    sys.stdout.write("READY\n")
    sys.stdout.flush()
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(serve(*map(int, sys.argv[1:])))
