"""Pictures in a paper: their drawing in the text, and the parts of the package that the drawing needs."""

from __future__ import annotations

import struct
from functools import lru_cache
from typing import NamedTuple

from lxml import etree
from markupsafe import escape

from orgdocs.rendering.packages import CONTENT_TYPES, parse_xml, serialise_xml

_MILLIMETRE = 36_000
"""In the units that drawings are measured in."""
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_FIRST_NUMBER = 1001


class Slot(NamedTuple):
    """A picture that a paper may have: the relation by which its drawing names it, its part, and its number."""

    relation: str
    part: str
    number: int


EMBLEM = Slot("rIdOrgdocsEmblem", "word/media/orgdocs-emblem.png", _FIRST_NUMBER)
CODE = Slot("rIdOrgdocsCode", "word/media/orgdocs-code.png", _FIRST_NUMBER + 1)


class Drawing(NamedTuple):
    """A picture as a template prints it. Sizes are millimetres."""

    slot: Slot
    description: str
    """The alternative text, for those who do not see the picture."""
    width: float
    height: float

    def __html__(self) -> str:
        """The drawing as Word's XML, which ends the run that it stands in and opens another."""
        size = f'cx="{round(self.width * _MILLIMETRE)}" cy="{round(self.height * _MILLIMETRE)}"'
        about = f'id="{self.slot.number}" name="{self.slot.part.rpartition("/")[2]}" descr="{escape(self.description)}"'
        return (
            f'</w:t></w:r><w:r><w:drawing><wp:inline xmlns:wp="{_DRAWING}/wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0">'
            f"<wp:extent {size}/><wp:docPr {about}/><wp:cNvGraphicFramePr>"
            f'<a:graphicFrameLocks xmlns:a="{_DRAWING}/main" noChangeAspect="1"/></wp:cNvGraphicFramePr>'
            f'<a:graphic xmlns:a="{_DRAWING}/main"><a:graphicData uri="{_DRAWING}/picture">'
            f'<pic:pic xmlns:pic="{_DRAWING}/picture"><pic:nvPicPr><pic:cNvPr {about}/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
            f'<a:blip xmlns:r="{_OFFICE}" r:embed="{self.slot.relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr>'
            f'<a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
            "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r><w:r><w:t>"
        )


def draw(slot: Slot, picture: bytes, description: str, height: float) -> Drawing:
    """A PNG at a height in millimetres, as wide as its pixels make it."""
    across, down = struct.unpack(">II", picture[16:24])
    return Drawing(slot, description, height * across / down, height)


def add_pictures(parts: dict[str, bytes], pictures: dict[Slot, bytes]) -> None:
    """Put pictures into a package beside the parts that draw them; a picture that no part draws is left out."""
    for slot, picture in pictures.items():
        mark = f'r:embed="{slot.relation}"'.encode()
        for name in [name for name, content in parts.items() if mark in content]:
            folder, _, base = name.rpartition("/")
            relations = f"{folder}/_rels/{base}.rels"
            parts[relations] = _relate(parts.get(relations), slot)
            parts[slot.part] = picture
            parts[CONTENT_TYPES] = _admit_png(parts[CONTENT_TYPES])


@lru_cache(maxsize=64)
def _relate(relations: bytes | None, slot: Slot) -> bytes:
    """The relations of a part with one more, to a picture."""
    root = parse_xml(relations if relations is not None else f'<Relationships xmlns="{_PACKAGE}"/>'.encode())
    target = {"Id": slot.relation, "Type": f"{_OFFICE}/image", "Target": slot.part.removeprefix("word/")}
    etree.SubElement(root, f"{{{_PACKAGE}}}Relationship", target)
    return serialise_xml(root)


@lru_cache(maxsize=64)
def _admit_png(types: bytes) -> bytes:
    """The content types with that of PNG among them."""
    root = parse_xml(types)
    if not any((entry.get("Extension") or "").casefold() == "png" for entry in root):
        space = root.nsmap[None]
        root.insert(0, etree.Element(f"{{{space}}}Default", {"Extension": "png", "ContentType": "image/png"}))
    return serialise_xml(root)
