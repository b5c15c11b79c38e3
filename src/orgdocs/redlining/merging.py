"""Two versions of a text in Word's XML made one in which every change is tracked: paragraphs, rows, then words."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from lxml import etree

from orgdocs.comparing.aligning import pair_off, share_words
from orgdocs.comparing.segments import compare_words
from orgdocs.redlining.marking import CAME, PROPERTIES, WENT, Marker, canonical
from orgdocs.redlining.proving import CELL, PARAGRAPH, ROW, RUN, SIGNS, TABLE, level_of, read_relations, style_of, text_parts
from orgdocs.rendering.packages import BODY, W, parse_xml, serialise_xml

if TYPE_CHECKING:
    from orgdocs.redlining.marking import Author

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_SPACE = "http://schemas.openxmlformats.org/package/2006/relationships"
_IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
_NAME = re.compile(r"[^\W\d_]\w*")
_SECTION = f"{W}sectPr"

_ALIKE = 0.4
"""Paragraphs with this share of words in common are the same one, reworded; with less, one went and another came."""
_ALIKE_ROWS = 0.3
"""The same for the rows of a table, whose cells hold little more than figures."""
_PLAIN = frozenset({f"{W}rPr", f"{W}t", f"{W}tab", f"{W}br"})


def merge_parts(before: Mapping[str, bytes], after: Mapping[str, bytes], author: Author) -> dict[str, bytes]:
    """The parts of the later file with the changes against the earlier one tracked in its body and in heads and feet of pages.

    Without an earlier file (no parts) all of the body is inserted.
    """
    merging = _Merging(author)
    parts = dict(after)
    for name in text_parts(after):
        old = before.get(name)
        if old == after[name] or (old is None and name != BODY):
            continue
        root = parse_xml(after[name])
        former = None if old is None else parse_xml(old)
        if former is not None:
            _carry_pictures(name, former, before, parts)
        merging.merge(None if former is None else _holder(former), _holder(root))
        parts[name] = serialise_xml(root)
    return parts


def _holder(root: etree._Element) -> etree._Element:
    """What holds the paragraphs and tables of a part."""
    body = root.find(f"{W}body")
    return root if body is None else body


class _Merging:
    def __init__(self, author: Author) -> None:
        self.marker = Marker(author)

    def merge(self, before: etree._Element | None, after: etree._Element) -> None:
        """Merge the blocks of what holds paragraphs and tables: a body, a cell, the head of a page."""
        old, new = _blocks(before), _blocks(after)
        rest = [child for child in after if child not in new]
        # The last paragraph can neither come nor go, so both versions share it.
        last = new.pop() if new and new[-1].tag == PARAGRAPH else None
        former = old.pop() if last is not None and old and old[-1].tag == PARAGRAPH else None
        merged = list(self._align(old, new))
        if last is not None:
            merged.append(self._merge_paragraph(former, last))
        front = [child for child in rest if child.tag != _SECTION]
        after[:] = [*front, *merged, *(child for child in rest if child.tag == _SECTION)]

    def _align(self, old: list[etree._Element], new: list[etree._Element]) -> Iterator[etree._Element]:
        for one, other in pair_off(old, new, _key, _likeness, _ALIKE):
            if other is None and one is not None:
                yield self.marker.mark(one, WENT)
            elif one is None and other is not None:
                yield self.marker.mark(other, CAME)
            elif one is not None and other is not None:
                yield from self._merge_block(one, other)

    def _merge_block(self, old: etree._Element, new: etree._Element) -> Iterator[etree._Element]:
        if new.tag == PARAGRAPH:
            yield self._merge_paragraph(old, new)
        elif canonical(old) == canonical(new):
            yield new
        elif _grid(old) == _grid(new):
            yield self._merge_table(old, new)
        else:
            yield from (self.marker.mark(old, WENT), self.marker.separate(), self.marker.mark(new, CAME))

    def _merge_table(self, old: etree._Element, new: etree._Element) -> etree._Element:
        rows: list[etree._Element] = []
        for one, other in pair_off(old.findall(ROW), new.findall(ROW), _row_key, _row_likeness, _ALIKE_ROWS):
            if other is None and one is not None:
                rows.append(self.marker.mark_whole_row(one, WENT))
            elif one is None and other is not None:
                rows.append(self.marker.mark_whole_row(other, CAME))
            elif one is not None and other is not None:
                for cell, later in zip(one.findall(CELL), other.findall(CELL), strict=True):
                    self.merge(cell, later)
                rows.append(other)
        new[:] = [*(child for child in new if child.tag != ROW), *rows]
        return new

    def _merge_paragraph(self, old: etree._Element | None, new: etree._Element) -> etree._Element:
        """One paragraph that says both; without an earlier one, all that it says was inserted."""
        if old is None:
            self.marker.mark_runs(new, CAME)
            return new
        former = old.find(PROPERTIES)
        if style_of(old) != style_of(new) or level_of(old) != level_of(new):
            self.marker.note_looks(new, former)
        if _said(old) == _said(new):
            return new
        looks = _single_looks([*old, *new])
        runs: list[etree._Element]
        if looks is None:
            self.marker.mark_runs(old, WENT)
            self.marker.mark_runs(new, CAME)
            runs = [child for paragraph in (old, new) for child in paragraph if child.tag != PROPERTIES]
        else:
            marks = {"removed": WENT, "added": CAME}
            words = compare_words(_text(old), _text(new))
            runs = [self.marker.write_run(word.text, looks[0], marks.get(word.state, "")) for word in words]
        new[:] = [*(child for child in new if child.tag == PROPERTIES), *runs]
        return new


# -- which belong together --------------------------------------------------------------------------------------------


def _blocks(holder: etree._Element | None) -> list[etree._Element]:
    return [] if holder is None else [child for child in holder if child.tag in {PARAGRAPH, TABLE}]


def _key(block: etree._Element) -> Hashable:
    return (block.tag, style_of(block), level_of(block), _said(block)) if block.tag == PARAGRAPH else canonical(block)


def _likeness(old: etree._Element, new: etree._Element) -> float:
    if old.tag != new.tag or (old.tag == PARAGRAPH and (style_of(old), level_of(old)) != (style_of(new), level_of(new))):
        return 0.0
    if old.tag == PARAGRAPH:
        return share_words(_text(old), _text(new))
    return max(share_words(_text(old), _text(new)), _ALIKE) if _caption(old) == _caption(new) else 0.0


def _row_key(row: etree._Element) -> Hashable:
    return tuple(tuple(_said(paragraph) for paragraph in cell.iter(PARAGRAPH)) for cell in row.findall(CELL))


def _row_likeness(old: etree._Element, new: etree._Element) -> float:
    if _spans(old) != _spans(new):
        return 0.0
    before, after = (" ".join(map(_text, row.findall(CELL))) for row in (old, new))
    # Figures say little about which row it is, as long as there is a name.
    named = [" ".join(_NAME.findall(text)) for text in (before, after)]
    return share_words(*named) if all(named) else share_words(before, after)


def _spans(row: etree._Element) -> list[str]:
    """How many columns each cell of a row spans."""
    found = [cell.find(f"{W}tcPr/{W}gridSpan") for cell in row.findall(CELL)]
    return ["1" if span is None else span.get(f"{W}val", "") for span in found]


def _grid(table: etree._Element) -> int:
    return len(table.findall(f"{W}tblGrid/{W}gridCol"))


def _caption(table: etree._Element) -> str:
    caption = table.find(f"{W}tblPr/{W}tblCaption")
    return "" if caption is None else caption.get(f"{W}val", "")


# -- what a paragraph says --------------------------------------------------------------------------------------------


def _said(paragraph: etree._Element) -> bytes:
    """All that a paragraph says and shows, apart from its own looks; how its text is divided into runs makes no difference."""
    looks = _single_looks(paragraph)
    if looks is not None:
        return (b"" if looks[0] is None else canonical(looks[0])) + _text(paragraph).encode()
    return b"".join(canonical(child) for child in paragraph if child.tag != PROPERTIES)


def _single_looks(children: Sequence[etree._Element] | etree._Element) -> tuple[etree._Element | None] | None:
    """The looks that all runs share, None within for none; None if they differ, or there is more than text in them."""
    found: dict[bytes, etree._Element | None] = {}
    for child in children:
        if child.tag == PROPERTIES:
            continue
        if child.tag != RUN or any(piece.tag not in _PLAIN or (piece.tag == f"{W}br" and piece.attrib) for piece in child):
            return None
        looks = child.find(f"{W}rPr")
        found[b"" if looks is None else canonical(looks)] = looks
    return (next(iter(found.values()), None),) if len(found) <= 1 else None


def _text(node: etree._Element) -> str:
    return "".join(SIGNS.get(str(piece.tag)) or piece.text or "" for piece in node.iter(f"{W}t", *SIGNS) if piece.getparent().tag == RUN)  # type: ignore[union-attr]


# -- pictures ---------------------------------------------------------------------------------------------------------


def _carry_pictures(name: str, former: etree._Element, before: Mapping[str, bytes], parts: dict[str, bytes]) -> None:
    """Take the pictures of an earlier part over, under names of their own, so that what went can be looked at."""
    targets = {key: target for key, target in read_relations(name, before).items() if target.startswith("word/media/") and target in before}
    shown = [node for node in former.iter(etree.Element) if node.get(f"{_R}embed") in targets]
    if not shown or all(parts.get(target) == before[target] for target in targets.values()):
        return
    path = f"{posixpath.dirname(name)}/_rels/{posixpath.basename(name)}.rels"
    relations = parse_xml(parts[path] if path in parts else f'<Relationships xmlns="{_SPACE}"/>'.encode())
    for key, target in sorted(targets.items()):
        renamed = posixpath.join(posixpath.dirname(target), f"former-{posixpath.basename(target)}")
        parts[renamed] = before[target]
        relation = posixpath.relpath(renamed, posixpath.dirname(name))
        etree.SubElement(relations, _RELATION, {"Id": f"former-{key}", "Type": _IMAGE, "Target": relation})
    for node in shown:
        node.set(f"{_R}embed", f"former-{node.get(f'{_R}embed')}")
    parts[path] = serialise_xml(relations)
