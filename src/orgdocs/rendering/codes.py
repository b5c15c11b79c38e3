"""QR codes as pictures: the same text, the same bytes. The only module that knows segno."""

from __future__ import annotations

import struct
import zlib
from functools import lru_cache

_SCALE = 6
"""Pixels along each side of a module: printed 21 mm wide, a code has about 400 of them to the inch."""
_QUIET = 4
"""Modules of white around the code, as ISO/IEC 18004 demands."""
_LARGEST_BLOCK = 0xFFFF


@lru_cache(maxsize=256)
def draw_code(text: str) -> bytes:
    """A PNG in black and white with the QR code of a text, at the medium level of error correction.

    Raises:
        ValueError: the text is longer than a code can hold.
    """
    import segno  # noqa: PLC0415  (only papers with a code need it)

    code = segno.make(text, error="m", micro=False, boost_error=False)
    rows = [list(row) for row in code.matrix_iter(scale=_SCALE, border=_QUIET)]
    lines = b"".join(b"\0" + _pack(row) for row in rows)
    header = struct.pack(">IIBBBBB", len(rows[0]), len(rows), 1, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", _store(lines)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _pack(row: list[int]) -> bytes:
    """A line of pixels, eight to a byte; a light one is 1."""
    bits = "".join("0" if dark else "1" for dark in row)
    return int(bits.ljust(-len(bits) % 8 + len(bits), "0"), 2).to_bytes((len(bits) + 7) // 8, "big")


def _store(data: bytes) -> bytes:
    """A zlib stream that is not compressed: what deflate makes of the same bytes differs between builds of zlib."""
    blocks = [data[at : at + _LARGEST_BLOCK] for at in range(0, len(data), _LARGEST_BLOCK)]
    stored = b"".join(
        struct.pack("<BHH", index == len(blocks) - 1, len(block), _LARGEST_BLOCK - len(block)) + block for index, block in enumerate(blocks)
    )
    return b"\x78\x01" + stored + struct.pack(">I", zlib.adler32(data))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
