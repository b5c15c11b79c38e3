"""Word files out of the short notation of the cases.

A line of a body is a paragraph, whose runs are parted by ``¦``; before it may stand its properties in braces:

``{Clause 3/1 c p}``  the style, the list and its level, centred, page break before;
``b:``                at the beginning of a run makes it bold.

A line that begins with ``<`` is Word's own XML. A line ``¶ …`` of the numbering is a definition with its levels, a line ``№ …`` a
list; ``%`` begins the properties of a style.
"""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

from orgdocs.rendering.packages import write_package
from rendering.wordfiles import MAIN, SPACES, XML, relations, types

SPACE = (
    SPACES + ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
_HEAD = re.compile(r"\{([^}]*)\}")
_LEVEL = re.compile(r"(\w+) ?\"([^\"]*)\"((?: \w+=[^\s;]+)*)")


def draw_paragraph(line: str) -> str:
    """A line of a body as Word's XML."""
    if line.startswith("<"):
        return line
    properties = ""
    if head := _HEAD.match(line):
        line = line[head.end() :]
        for word in head[1].split():
            number, slash, level = word.partition("/")
            if slash:
                properties += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
            elif word == "c":
                properties += '<w:jc w:val="center"/>'
            elif word == "p":
                properties += "<w:pageBreakBefore/>"
            else:
                properties += f'<w:pStyle w:val="{word}"/>'
    runs = "".join(draw_run(run) for run in line.split("¦"))
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def draw_run(run: str) -> str:
    """A run as Word's XML."""
    bold = run.startswith("b:")
    text = escape(run.removeprefix("b:")).replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">')
    return f'<w:r>{"<w:rPr><w:b/></w:rPr>" if bold else ""}<w:t xml:space="preserve">{text}</w:t></w:r>'


def draw_numbering(lines: list[str]) -> str:
    """``¶ 1: decimal "%1." start=3; bullet "–"`` is a definition, ``№ 4 = 1 0:5`` a list that begins its level 0 with 5."""
    definitions = lists = ""
    for line in lines:
        if line.startswith("<"):
            definitions += line
        elif line.startswith("¶ "):
            name, _, rest = line[2:].partition(": ")
            levels = "".join(_draw_level(index, found) for index, found in enumerate(_LEVEL.finditer(rest)))
            definitions += f'<w:abstractNum w:abstractNumId="{name}">{levels}</w:abstractNum>'
        else:
            name, _, rest = line.removeprefix("№ ").partition(" = ")
            definition, *starts = rest.split()
            overrides = "".join(
                f'<w:lvlOverride w:ilvl="{start.split(":")[0]}"><w:startOverride w:val="{start.split(":")[1]}"/></w:lvlOverride>'
                for start in starts
            )
            lists += f'<w:num w:numId="{name}"><w:abstractNumId w:val="{definition}"/>{overrides}</w:num>'
    return f"{XML}<w:numbering {SPACE}>{definitions}{lists}</w:numbering>"


def _draw_level(index: int, found: re.Match[str]) -> str:
    more = {"start": "1"} | dict(pair.split("=") for pair in found[3].split())
    form = f'<w:numFmt w:val="{found[1]}"/>'
    extra = "".join(f'<w:{name} w:val="{value}"/>' for name, value in more.items() if name in {"lvlRestart", "pStyle", "isLgl", "suff"})
    indent = f'<w:pPr><w:ind w:left="{more["left"]}"/></w:pPr>' if "left" in more else ""
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="{more["start"]}"/>{form}{extra}<w:lvlText w:val={quoteattr(found[2])}/>{indent}</w:lvl>'
    )


def draw_word_file(sections: dict[str, bytes]) -> bytes:
    """The Word file that the sections of a case describe: parts below ``word/`` by their names."""
    texts = {name.removeprefix("word/"): content.decode() for name, content in sections.items() if name.startswith("word/")}
    relating: list[tuple[str, str]] = []
    listed: list[tuple[str, str]] = []
    parts: dict[str, str] = {}
    for name, text in texts.items():
        kind = name.removesuffix(".xml").rstrip("0123456789")
        lines = text.splitlines()
        if kind == "document":
            parts[name] = f"{XML}<w:document {SPACE}><w:body>{''.join(map(draw_paragraph, lines))}</w:body></w:document>"
            continue
        if kind == "numbering":
            parts[name] = draw_numbering(lines)
        elif kind in {"header", "footer"}:
            element = {"header": "hdr", "footer": "ftr"}[kind]
            parts[name] = f"{XML}<w:{element} {SPACE}>{''.join(map(draw_paragraph, lines))}</w:{element}>"
        elif kind in {"footnotes", "endnotes", "comments"}:
            entries = "".join(
                f'<w:{kind[:-1]} w:id="{number}">{draw_paragraph(line)}</w:{kind[:-1]}>' for number, line in enumerate(lines, 1)
            )
            parts[name] = f"{XML}<w:{kind} {SPACE}>{entries}</w:{kind}>"
        else:
            parts[name] = f"{XML}<w:{kind} {SPACE}>{text}</w:{kind}>"
        relating.append((kind, name))
        listed.append((f"/word/{name}", f"{MAIN}.{kind}+xml"))
    whole = {
        "[Content_Types].xml": types(*listed),
        "_rels/.rels": relations(("officeDocument", "word/document.xml")),
        "word/_rels/document.xml.rels": relations(*relating),
        **{f"word/{name}": content for name, content in parts.items()},
    }
    return write_package({name: content.encode() for name, content in whole.items()})
