"""All papers that there are to look at: of the repository's own registry, the sound bases, the example, the registries to start from."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

from orgdocs.building.templates import packaged_template
from orgdocs.contents.content import Content
from orgdocs.pictures import digest_picture
from orgdocs.project import open_project
from orgdocs.rendering.papers import render_paper
from orgdocs.rendering.templates import Template
from orgdocs.sources import read_work_tree

ROOT = Path(__file__).parents[2]
REGISTRIES = (
    ROOT,
    ROOT / "docs" / "example",
    *sorted((ROOT / "src" / "orgdocs" / "starting" / "registries").iterdir()),
    *sorted(path for path in (ROOT / "tests" / "bases").iterdir() if (path / "org").is_dir() and path.name != "faulty"),
)


class Paper(NamedTuple):
    """A paper with a name that no other one has, its content, its Word file, and the picture at its top."""

    name: str
    content: Content
    data: bytes
    emblem: bytes


@cache
def prepared(profile: str, kind: str) -> Template:
    """The packaged template, compiled once."""
    return Template(packaged_template(profile, kind))


@cache
def papers() -> tuple[Paper, ...]:
    """Every paper of every registry."""
    found = []
    for root in REGISTRIES:
        source = read_work_tree(root)
        pictures = {digest_picture(picture): picture for picture in source.pictures.values()}
        for paper, content in open_project(source).contents.items():
            emblem = pictures.get(content.body["emblem"]["picture"], b"")
            name = "-".join((root.name if root != ROOT else "own", *paper))
            found.append(Paper(name, content, render_paper(prepared(content.profile, paper.kind), content, emblem=emblem), emblem))
    return tuple(found)
