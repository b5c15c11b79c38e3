r"""Case files: the files of a registry and the expected output, in one readable text.

A case begins with a comment that names the situation. What follows are sections, each begun by a line ``=== ``:

``=== base small``
    puts the files of ``tests/bases/small`` underneath;
``=== path``
    a file of the registry, whole;
``=== path escaped``
    the same, with ``\xHH`` for a byte and ``\{100001*a}`` for a repeated text;
``=== change path``
    lines beginning with ``-`` stand once in the file and give way to those beginning with ``+``; without ``-`` they are
    appended;
``=== without path``
    takes a file of the base away;
``=== strange link path``
    a path that was found and not read, and why;
``=== template path``
    a Word template of the registry, each line a paragraph;
``=== picture path 34x24``
    a PNG picture of so many pixels across and down;
``=== picture path``
    a file with this text in the place of a picture;
``=== then …``
    any of these once more, for a second version of the registry, which begins as the first one is;
``=== expected``
    what must come out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

from drawing import draw_png
from orgdocs.rendering.packages import write_package
from orgdocs.sources import Source

TESTS = Path(__file__).parent
_MARK = "=== "
_ESCAPE = re.compile(rb"\\x([0-9a-f]{2})|\\\{(\d+)\*([^}]+)\}")


@dataclass
class Case:
    """One case file, read."""

    path: Path
    comment: str
    files: dict[str, bytes] = field(default_factory=dict)
    strange: dict[str, str] = field(default_factory=dict)
    templates: dict[str, bytes] = field(default_factory=dict)
    pictures: dict[str, bytes] = field(default_factory=dict)
    later: Case | None = None
    """The second version of the registry."""
    expected: str = ""
    own: list[tuple[str, str]] = field(default_factory=list)

    @property
    def source(self) -> Source:
        """The registry of the case, as if it had been read from disk."""
        return Source(
            Path("/registry"), dict(sorted(self.files.items())), dict(sorted(self.templates.items())), self.strange, self.pictures
        )

    def check(self, actual: str, *, accept: bool) -> None:
        r"""Compare the whole output; with ``--accept``, write it into the case file. What is invisible stands as ``\xHH``."""
        actual = "".join(character if character.isprintable() or character == "\n" else _escape(character) for character in actual)
        if accept and actual != self.expected:
            parts = [self.comment, *(f"{_MARK}{head}\n{body}" for head, body in self.own if head != "expected")]
            self.path.write_text("".join(parts) + f"{_MARK}expected\n{actual}\n", encoding="utf-8")
            return
        assert actual == self.expected


def read_case(path: Path) -> Case:
    """Read a case file."""
    head, *sections = ("\n" + path.read_text(encoding="utf-8")).split(f"\n{_MARK}")
    case = Case(path, head.removeprefix("\n") + "\n" if head.strip() else "")
    for section in sections:
        title, _, body = section.partition("\n")
        body = body if body.endswith("\n") or not body else body + "\n"
        case.own.append((title, body))
        if title == "expected":
            case.expected = body.rstrip("\n")
        elif title.startswith("then "):
            case.later = case.later or Case(path, "", dict(case.files), dict(case.strange), dict(case.templates), dict(case.pictures))
            _add(case.later, title.removeprefix("then "), body)
        else:
            _add(case, title, body)
    return case


def _add(case: Case, title: str, body: str) -> None:
    """Put what a section holds into the registry of a case."""
    word, _, rest = title.partition(" ")
    if word == "base":
        case.files |= read_base(rest)
    elif word == "without":
        del case.files[rest]
    elif word == "strange":
        why, _, strange = rest.partition(" ")
        case.strange[strange] = why
    elif word == "change":
        case.files[rest] = _change(case.files[rest], body)
    elif word == "template":
        case.templates[rest] = write_word_file(body.splitlines())
    elif word == "picture":
        place, _, size = rest.partition(" ")
        case.pictures[place] = draw_png(*map(int, size.split("x"))) if size else body.encode()
    elif title.endswith(" escaped"):
        case.files[title.removesuffix(" escaped")] = _ESCAPE.sub(_unescape, body.encode())
    else:
        case.files[title] = body.encode()


_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)


def write_word_file(paragraphs: list[str]) -> bytes:
    """The smallest Word file with these paragraphs."""
    text = "".join(f"<w:p><w:r><w:t>{escape(paragraph)}</w:t></w:r></w:p>" for paragraph in paragraphs)
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    document = f'<w:document xmlns:w="{space}"><w:body>{text}<w:sectPr/></w:body></w:document>'
    parts = {"[Content_Types].xml": _TYPES, "_rels/.rels": _RELATIONS, "word/document.xml": document}
    return write_package({name: content.encode() for name, content in parts.items()})


def _change(content: bytes, body: str) -> bytes:
    lines = body.splitlines(keepends=True)
    old = "".join(line[1:] for line in lines if line[0] == "-").encode()
    new = "".join(line[1:] for line in lines if line[0] == "+").encode()
    if not old:
        return content + new
    assert (b"\n" + content).count(b"\n" + old) == 1, f"these lines do not stand once in the file: {old.decode()}"
    return (b"\n" + content).replace(b"\n" + old, b"\n" + new)[1:]


def _escape(character: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in character.encode())


def _unescape(match: re.Match[bytes]) -> bytes:
    return bytes([int(match[1], 16)]) if match[1] else match[3] * int(match[2])


def read_base(name: str) -> dict[str, bytes]:
    """The files of a base registry."""
    base = TESTS / "bases" / name
    return {path.relative_to(base).as_posix(): path.read_bytes() for path in sorted(base.rglob("*.yaml"))}


def list_cases(folder: Path) -> list[Path]:
    """All case files below a folder, in order."""
    return sorted(folder.rglob("*.case"))
