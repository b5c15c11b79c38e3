"""Which Word template a paper is printed with: the registry's own, or the one that comes with orgdocs."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from orgdocs.rendering.expressions import TemplateFault
from orgdocs.rendering.shapes import shapes_for
from orgdocs.rendering.templates import Template


@cache
def packaged_template(profile: str, kind: str) -> bytes:
    """The template that comes with orgdocs."""
    return (files("orgdocs") / "templates" / profile / f"{kind}.docx").read_bytes()


@cache
def _prepare(content: bytes, kind: str) -> Template:
    return Template(content, shapes_for(kind))


class TemplateStore:
    """Templates by profile and kind; a registry's own come first. Each is prepared once in a process."""

    def __init__(self, own: Mapping[str, bytes]) -> None:
        self.own = own

    def path(self, profile: str, kind: str) -> str:
        """Where the registry's own template would lie."""
        return f"templates/{profile}/{kind}.docx"

    def content(self, profile: str, kind: str) -> bytes:
        """The bytes of the template that counts."""
        own = self.own.get(self.path(profile, kind))
        return own if own is not None else packaged_template(profile, kind)

    def prepared(self, profile: str, kind: str) -> Template:
        """The template, checked and compiled.

        Raises:
            TemplateFault: the registry's own template cannot be used; the text begins with its path.
        """
        try:
            return _prepare(self.content(profile, kind), kind)
        except TemplateFault as fault:
            raise TemplateFault(f"{self.path(profile, kind)}: {fault}") from None
