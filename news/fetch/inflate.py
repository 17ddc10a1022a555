"""Decompression that stops at a limit, so that a small document cannot fill the memory."""

import sys
import zlib
from collections.abc import AsyncIterator
from typing import Protocol

import brotli

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

ACCEPTED = "gzip, deflate, br, zstd"


class BodyTooLarge(Exception):
    """More came out than may."""


class NoRoom(Exception):
    """More came out than there is room for at the moment."""


class Room:
    """Bytes that the bodies of one batch may still take together."""

    def __init__(self, size: int) -> None:
        self._left = size

    def take(self, size: int) -> None:
        """Raises NoRoom where so much is not left."""
        if size > self._left:
            raise NoRoom
        self._left -= size

    def give_back(self, size: int) -> None:
        self._left += size


class Damaged(Exception):
    """A body that is not what its encoding says, or ended early; the message is for people."""


class Stage(Protocol):
    def push(self, data: bytes, room: int) -> bytes:
        """Unpack `data`; raises BodyTooLarge beyond `room` bytes."""

    @property
    def is_complete(self) -> bool: ...


class Inflater:
    """Unpacks the body of an answer by its Content-Encoding, at most `limit` bytes in all."""

    def __init__(self, content_encoding: str, *, limit: int) -> None:
        names = [name.strip().lower() for name in content_encoding.split(",")]
        self._stages = [_stage(name) for name in reversed(names) if name not in ("", "identity")]
        self._begun: set[Stage] = set()
        self._room = [limit] * (len(self._stages) + 1)

    def push(self, data: bytes) -> bytes:
        """The next plain bytes; raises BodyTooLarge or Damaged."""
        for number, stage in enumerate(self._stages):
            if not data:
                return data
            self._begun.add(stage)
            try:
                data = stage.push(data, self._room[number])
            except (zlib.error, brotli.error, zstd.ZstdError) as error:
                raise Damaged("The compressed document is damaged.") from error
            self._room[number] -= len(data)
        self._room[-1] -= len(data)
        if self._room[-1] < 0:
            raise BodyTooLarge
        return data

    def finish(self) -> None:
        """Raises Damaged where the compressed document ended before its end."""
        if not all(stage.is_complete for stage in self._begun):
            raise Damaged("The compressed document ended early.")


async def inflated(chunks: AsyncIterator[bytes], inflater: Inflater, *, limit: int, room: Room) -> bytes:
    """The whole body, of at most `limit` bytes as they come; raises BodyTooLarge, NoRoom, Damaged, keeping no room."""
    body, received = bytearray(), 0
    try:
        async for chunk in chunks:
            received += len(chunk)
            if received > limit:
                raise BodyTooLarge
            plain = inflater.push(chunk)
            room.take(len(plain))
            body += plain
        inflater.finish()
    except BaseException:
        room.give_back(len(body))
        raise
    return bytes(body)


def _stage(name: str) -> Stage:
    if name in ("gzip", "x-gzip"):
        return _Zlib(zlib.MAX_WBITS | 16)
    if name == "deflate":
        return _Zlib(zlib.MAX_WBITS)
    if name == "br":
        return _Brotli()
    if name == "zstd":
        return _Zstd()
    raise Damaged(f"The document is compressed in a way that cannot be read ({name[:40]}).")


class _Zlib:
    """gzip (of several members, too) and deflate (with or without its zlib header)."""

    def __init__(self, wbits: int) -> None:
        self._wbits = wbits
        self._stream = zlib.decompressobj(wbits)
        self._has_begun = False

    def push(self, data: bytes, room: int) -> bytes:
        if not self._has_begun:
            self._has_begun = True
            if self._wbits == zlib.MAX_WBITS and data[0] & 0x0F != 8:
                self._stream = zlib.decompressobj(-zlib.MAX_WBITS)
        plain = self._stream.decompress(data, room + 1)
        while self._stream.eof and self._stream.unused_data.startswith(b"\x1f\x8b"):
            rest = self._stream.unused_data
            self._stream = zlib.decompressobj(self._wbits)
            plain += self._stream.decompress(rest, max(room + 1 - len(plain), 1))
            if len(plain) > room:
                raise BodyTooLarge
        if len(plain) > room or self._stream.unconsumed_tail:
            raise BodyTooLarge
        return plain

    @property
    def is_complete(self) -> bool:
        return self._stream.eof


class _Brotli:
    def __init__(self) -> None:
        self._stream = brotli.Decompressor()

    def push(self, data: bytes, room: int) -> bytes:
        if self._stream.is_finished():
            return b""
        plain: bytes = self._stream.process(data, output_buffer_limit=room + 1)
        while not self._stream.can_accept_more_data() and len(plain) <= room:
            plain += self._stream.process(b"", output_buffer_limit=room + 1)
        if len(plain) > room:
            raise BodyTooLarge
        return plain

    @property
    def is_complete(self) -> bool:
        return bool(self._stream.is_finished())


class _Zstd:
    def __init__(self) -> None:
        self._stream = zstd.ZstdDecompressor()

    def push(self, data: bytes, room: int) -> bytes:
        if self._stream.eof:
            return b""
        plain = self._stream.decompress(data, room + 1)
        if len(plain) > room:
            raise BodyTooLarge
        return plain

    @property
    def is_complete(self) -> bool:
        return self._stream.eof
