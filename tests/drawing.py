"""PNG files drawn for the tests: of any size and kind, whole or spoiled."""

from __future__ import annotations

import struct
import zlib

BEGINNING = b"\x89PNG\r\n\x1a\n"


def chunk(kind: bytes, content: bytes = b"") -> bytes:
    """One chunk with its checksum."""
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def header(width: int, height: int, depth: int = 1, colour: int = 0, *, interlaced: int = 0) -> bytes:
    """The chunk with size and kind."""
    return chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlaced))


def draw_png(width: int, height: int) -> bytes:
    """A black picture: one bit for each pixel."""
    return BEGINNING + header(width, height) + chunk(b"IDAT", zlib.compress(bytes(height * (1 + (width + 7) // 8)))) + chunk(b"IEND")
