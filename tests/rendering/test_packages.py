"""Our own archives: the same bytes every time, and readable by everybody."""

from __future__ import annotations

import io
import zipfile

import pytest

from orgdocs.rendering.packages import compress_package, digest_parts, order_parts, parse_xml, read_package, write_package
from rendering.wordfiles import word_file, word_parts

PARTS = {
    "b.xml": b"<b/>",
    "_rels/.rels": b"<r/>",
    "назва/ґ.xml": "<ї/>".encode(),
    "a.xml": b"",
    "[Content_Types].xml": b"<t/>",
    "Z.png": b"\0\1",
}
ORDER = ["[Content_Types].xml", "_rels/.rels", "Z.png", "a.xml", "b.xml", "назва/ґ.xml"]


def test_python_reads_what_is_written() -> None:
    with zipfile.ZipFile(io.BytesIO(write_package(PARTS))) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ORDER == order_parts(PARTS)
        assert {name: archive.read(name) for name in ORDER} == PARTS
        assert {(m.date_time, m.compress_type, m.create_system, m.external_attr, m.extra) for m in archive.infolist()} == {
            ((1980, 1, 1, 0, 0, 0), zipfile.ZIP_STORED, 0, 0, b"")
        }


def test_the_order_in_which_parts_are_given_changes_nothing() -> None:
    assert write_package(PARTS) == write_package(dict(reversed(PARTS.items())))


def test_no_parts_are_an_archive_too() -> None:
    with zipfile.ZipFile(io.BytesIO(write_package({}))) as archive:
        assert archive.namelist() == []


def test_compressed_is_smaller_and_says_the_same() -> None:
    whole = word_file("<w:p/>" * 500)
    small = compress_package(whole)
    assert len(small) < len(whole) // 3
    assert read_package(small) == read_package(whole)
    assert compress_package(whole) == small
    with zipfile.ZipFile(io.BytesIO(small)) as archive:
        assert archive.namelist() == order_parts(read_package(whole))
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_digest_goes_by_names_and_contents_only() -> None:
    assert digest_parts(PARTS) == digest_parts(dict(reversed(PARTS.items())))
    assert len({digest_parts(parts) for parts in ({"a": b"bc"}, {"ab": b"c"}, {"a": b"b", "c": b""}, {"a": b""}, {})}) == 5


def test_a_sound_file_is_read_whole() -> None:
    assert read_package(word_file()) == word_parts()


@pytest.mark.parametrize("text", ["", "\ufeff", '<?xml version="1.0" encoding="utf-8"?>', '<?xml version="1.0" encoding="US-ASCII"?>'])
def test_utf8_is_read_with_and_without_saying_so(text: str) -> None:
    assert parse_xml(f"{text}<a>ї</a>".encode() if "ASCII" not in text else f"{text}<a>&#1111;</a>".encode()).text == "ї"
