"""Single papers of an opened registry as Word files, apart from any output folder."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from orgdocs.building.templates import TemplateStore
from orgdocs.pictures import digest_picture
from orgdocs.rendering.papers import render_paper

if TYPE_CHECKING:
    from orgdocs.contents.content import Content
    from orgdocs.project import Project


class Printer:
    """Prints contents with the templates and pictures of one registry."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.templates = TemplateStore(project.source.templates)

    def print(self, content: Content) -> bytes:
        """The Word file of a content, without marks.

        Raises:
            TemplateFault: the registry's own template cannot be used, or does not fit; the text says which and why.
        """
        picture = content.body["emblem"]["picture"]
        template = self.templates.prepared(content.profile, content.paper.kind)
        return render_paper(template, content, emblem=self._pictures.get(picture, b""))

    @cached_property
    def _pictures(self) -> dict[str, bytes]:
        return {digest_picture(picture): picture for picture in self.project.source.pictures.values()}
