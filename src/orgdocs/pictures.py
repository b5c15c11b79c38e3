"""PNG pictures, looked at with suspicion: whether a file is one and whole, and how many pixels it has."""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from orgdocs.problems import Sentence

LARGEST_SIDE = 2000
"""Pixels: more than any printer shows of a picture that is as wide as a page."""

_BEGINNING = b"\x89PNG\r\n\x1a\n"
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}
"""Samples of a pixel, and their admitted bits, by the type of colour."""
_PASSES = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
"""First column and row of each pass of an interlaced picture, and its steps."""

_STRANGE = Sentence("this is no PNG picture; open it in a picture editor and export it as PNG")
_DAMAGED = Sentence("the PNG picture is damaged or cut off")


class Picture(NamedTuple):
    """What is known of a picture: the SHA-256 of its file, and its pixels across and down."""

    digest: str
    width: int
    height: int


class _DamageError(Exception):
    """A picture is not as the PNG specification demands."""


def digest_picture(data: bytes) -> str:
    """SHA-256 of the file, by which the content of a paper names its picture."""
    return hashlib.sha256(data).hexdigest()


def read_picture(data: bytes) -> Picture | Sentence:
    """What is known of a PNG file, or what is wrong with it. See https://www.w3.org/TR/png-3/."""
    if not data.startswith(_BEGINNING):
        return _STRANGE
    try:
        chunks = list(_read_chunks(data))
        if not chunks or chunks[0][0] != b"IHDR" or chunks[-1] != (b"IEND", b""):
            return _DAMAGED
        width, height, depth, colour, packing, filtering, interlaced = struct.unpack(">IIBBBBB", chunks[0][1])
        if max(width, height) > LARGEST_SIDE:
            return Sentence(
                "the picture has {width} × {height} pixels; each side may have {most} at most",
                width=width,
                height=height,
                most=LARGEST_SIDE,
            )
        if not (width and height) or depth not in _DEPTHS.get(colour, ()) or packing or filtering or interlaced > 1:
            return _DAMAGED
        _check_pixels(chunks, _count_bytes(width, height, depth * _CHANNELS[colour], interlaced=bool(interlaced)))
    except (_DamageError, struct.error, zlib.error):
        return _DAMAGED
    return Picture(digest_picture(data), width, height)


def _read_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Kind and content of each chunk up to the end of the file."""
    at = len(_BEGINNING)
    while at < len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        content = data[at + 8 : at + 8 + length]
        if len(content) != length or struct.unpack_from(">I", data, at + 8 + length) != (zlib.crc32(kind + content),):
            raise _DamageError
        yield kind, content
        at += 12 + length
        if kind == b"IEND" and at != len(data):
            raise _DamageError


def _check_pixels(chunks: list[tuple[bytes, bytes]], wanted: int) -> None:
    """The packed pixels unpack to exactly what the size asks for, and never to more."""
    stream = zlib.decompressobj()
    packed = b"".join(content for kind, content in chunks if kind == b"IDAT")
    if len(stream.decompress(packed, wanted + 1)) != wanted:
        raise _DamageError
    # The end of the stream may lie behind the last pixel.
    if stream.decompress(stream.unconsumed_tail, 1) or not stream.eof:
        raise _DamageError


def _count_bytes(width: int, height: int, bits: int, *, interlaced: bool) -> int:
    """How many bytes the pixels take when unpacked: each line with a byte for its filter."""
    passes = _PASSES if interlaced else ((0, 0, 1, 1),)
    sizes = ((-(-(width - left) // across), -(-(height - top) // down)) for left, top, across, down in passes)
    return sum(lines * (1 + (columns * bits + 7) // 8) for columns, lines in sizes if columns > 0 and lines > 0)
