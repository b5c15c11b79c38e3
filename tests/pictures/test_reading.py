"""What is taken for a PNG picture, and what is refused with which sentence."""

from __future__ import annotations

import hashlib
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawing import BEGINNING, chunk, draw_png, header
from orgdocs.pictures import LARGEST_SIDE, Picture, read_picture

STRANGE = "this is no PNG picture; open it in a picture editor and export it as PNG"
DAMAGED = "the PNG picture is damaged or cut off"
SOUND = draw_png(34, 24)


def made(head: bytes, lines: bytes, *, end: bytes = chunk(b"IEND")) -> bytes:
    """A picture of a head and unpacked lines."""
    return BEGINNING + head + chunk(b"IDAT", zlib.compress(lines)) + end


def test_size_and_digest_are_known() -> None:
    assert read_picture(SOUND) == Picture(hashlib.sha256(SOUND).hexdigest(), 34, 24)


@pytest.mark.parametrize(
    ("depth", "colour", "line"), [(1, 0, 1), (16, 0, 10), (8, 2, 15), (16, 2, 30), (4, 3, 3), (8, 4, 10), (8, 6, 20), (16, 6, 40)]
)
def test_every_kind_of_colour(depth: int, colour: int, line: int) -> None:
    """Five pixels across, three down; a line has a byte for its filter before it."""
    picture = read_picture(made(header(5, 3, depth, colour), bytes(3 * (1 + line))))
    assert isinstance(picture, Picture)
    assert picture[1:] == (5, 3)
    assert str(read_picture(made(header(5, 3, depth, colour), bytes(3 * (1 + line) - 1)))) == DAMAGED


@pytest.mark.parametrize(
    ("width", "height", "size"), [(8, 8, 15 + 64), (1, 1, 1 + 1), (5, 3, 3 * (1 + 1) + (1 + 3) + 2 * (1 + 2) + (1 + 5))]
)
def test_interlaced_pictures(width: int, height: int, size: int) -> None:
    """Of a picture of eight by eight there are passes with 1, 1, 2, 2, 4, 4 and 8 pixels to the line, in 15 lines."""
    head = header(width, height, 8, interlaced=1)
    assert isinstance(read_picture(made(head, bytes(size))), Picture)
    assert str(read_picture(made(head, bytes(size + 1)))) == DAMAGED


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", STRANGE),
        (b"\xff\xd8\xff\xe0 a JPEG", STRANGE),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", STRANGE),
        (BEGINNING, DAMAGED),
        (SOUND[:-1], DAMAGED),
        (SOUND[:-12], DAMAGED),
        (SOUND + b"x", DAMAGED),
        (SOUND + chunk(b"IEND"), DAMAGED),
        (SOUND.replace(b"IDAT", b"IDAX"), DAMAGED),
        (BEGINNING + chunk(b"IDAT", b"") + chunk(b"IEND"), DAMAGED),
        (BEGINNING + header(34, 24) + chunk(b"IEND"), DAMAGED),
        (BEGINNING + header(34, 24) + chunk(b"IDAT", b"not packed") + chunk(b"IEND"), DAMAGED),
        (BEGINNING + chunk(b"IHDR", b"short") + chunk(b"IEND"), DAMAGED),
        (made(header(0, 24), b""), DAMAGED),
        (made(header(8, 1, 3), b"\0\0"), DAMAGED),
        (made(header(8, 1, 1, 5), b"\0\0"), DAMAGED),
        (made(header(8, 1, interlaced=2), b"\0\0"), DAMAGED),
        (made(header(8, 1), b"\0\0", end=b""), DAMAGED),
        (struct.pack(">8sI4s", BEGINNING, 0xFFFFFFFF, b"IHDR"), DAMAGED),
        (made(header(LARGEST_SIDE + 1, 1), b""), "the picture has 2001 × 1 pixels; each side may have 2000 at most"),
        (made(header(1, 1 << 31), b""), "the picture has 1 × 2147483648 pixels; each side may have 2000 at most"),
    ],
)
def test_what_is_refused(data: bytes, sentence: str) -> None:
    assert str(read_picture(data)) == sentence


def test_what_unpacks_to_more_than_it_says_is_not_unpacked() -> None:
    """A gigabyte of zeros in a megabyte, for a picture of eight pixels."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(bytes(1 << 20)) for _ in range(64)) + packer.flush()
    assert str(read_picture(BEGINNING + header(8, 1) + chunk(b"IDAT", packed) + chunk(b"IEND"))) == DAMAGED


@given(st.integers(0, len(SOUND) - 1), st.integers(1, 255))
def test_no_changed_byte_goes_unnoticed(place: int, change: int) -> None:
    data = bytearray(SOUND)
    data[place] ^= change
    assert not isinstance(read_picture(bytes(data)), Picture)
