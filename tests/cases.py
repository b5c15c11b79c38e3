"""Case files: the files of a registry and the expected output, in one readable text.

A case begins with a comment that names the situation. Lines ``=== path`` begin a file of the registry, ``=== expected``
begins what must come out. ``=== base small`` puts the files of ``tests/bases/small`` underneath; ``=== without path``
takes one of them away.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from orgdocs.sources import Source

TESTS = Path(__file__).parent
_MARK = "=== "


@dataclass
class Case:
    """One case file, read."""

    path: Path
    comment: str
    files: dict[str, bytes] = field(default_factory=dict)
    expected: str = ""
    own: list[tuple[str, str]] = field(default_factory=list)

    @property
    def source(self) -> Source:
        """The registry of the case, as if it had been read from disk."""
        return Source(Path("/registry"), dict(sorted(self.files.items())))

    def check(self, actual: str, *, accept: bool) -> None:
        """Compare the whole output; with ``--accept``, write it into the case file."""
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
        word, _, rest = title.partition(" ")
        if title == "expected":
            case.expected = body.rstrip("\n")
        elif word == "base":
            case.files |= read_base(rest)
        elif word == "without":
            del case.files[rest]
        else:
            case.files[title] = body.encode()
    return case


def read_base(name: str) -> dict[str, bytes]:
    """The files of a base registry."""
    base = TESTS / "bases" / name
    return {path.relative_to(base).as_posix(): path.read_bytes() for path in sorted(base.rglob("*.yaml"))}


def list_cases(folder: Path) -> list[Path]:
    """All case files below a folder, in order."""
    return sorted(folder.rglob("*.case"))
