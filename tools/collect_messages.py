"""Collect the sentence patterns of the program: what the catalogs of other languages must hold."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).parent.parent / "src" / "orgdocs"


def collect_patterns() -> dict[str, str]:
    """Every pattern with the first place where it stands.

    Raises:
        ValueError: a sentence is made of something that is not written out at its place, and cannot be collected.
    """
    patterns: dict[str, str] = {}
    for path in sorted(SOURCE.rglob("*.py")):
        for line, pattern in _patterns_in(path):
            patterns.setdefault(pattern, f"{path.relative_to(SOURCE).as_posix()}:{line}")
    return patterns


def _patterns_in(path: Path) -> Iterator[tuple[int, str]]:
    tree = ast.parse(path.read_text("utf-8"))
    tables = {
        target.id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Sentence" and node.args):
            continue
        first = node.args[0]
        if isinstance(first, ast.Constant) and isinstance(first.value, str):
            yield node.lineno, first.value
        elif isinstance(first, ast.Attribute) and first.attr == "pattern":
            continue  # the pattern of another sentence, which is collected where it stands
        elif isinstance(first, ast.Subscript | ast.Name | ast.Attribute):
            name = first.value if isinstance(first, ast.Attribute) else first
            name = name.value if isinstance(name, ast.Subscript) else name
            table = tables.get(name.id) if isinstance(name, ast.Name) else None
            found = (
                [item.value for item in ast.walk(table) if isinstance(item, ast.Constant) and isinstance(item.value, str)] if table else []
            )
            if not found:
                raise ValueError(f"{path}:{node.lineno}: this pattern is not written out")
            yield from ((node.lineno, text) for text in found if " " in text)
        elif not _is_told(first):
            raise ValueError(f"{path}:{node.lineno}: this pattern is not written out")


def _is_told(node: ast.expr) -> bool:
    """Whether a sentence is one that has been told already (in reporting.telling)."""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "told"


if __name__ == "__main__":
    for pattern, place in collect_patterns().items():
        print(f"{place}\t{pattern}")
