"""OD830: the picture at the top of the papers."""

from __future__ import annotations

from collections.abc import Iterator

from orgdocs.model import Institution
from orgdocs.pictures import Picture
from orgdocs.problems import Finding, Sentence
from orgdocs.rules.rule import Subject, error
from orgdocs.schemas import suggest

_LOWEST, _HIGHEST, _WIDEST = 5, 60, 160
"""Millimetres. The widest fits between the margins of every profile."""


def emblem(subject: Subject) -> Iterator[Finding]:
    """An emblem is a PNG picture in the folder of the organisation, whole and of a size that fits at the top of a page.

    Without the picture no paper is printed: a letterhead that lacks its coat of arms would go unnoticed until it is signed.

    Wrong:

    ```yaml
    emblem: {file: coat-of-arms.png, description: Coat of arms of the town, height: 170}
    ```

    Right:

    ```yaml
    emblem: {file: coat-of-arms.png, description: Coat of arms of the town, height: 17}
    ```
    """
    institution = subject.institution
    for unit in institution.establishments:
        if (emblem := unit.emblem) is None:
            continue
        if not _LOWEST <= emblem.height <= _HIGHEST:
            sentence = Sentence("an emblem is {least} to {most} mm high", least=_LOWEST, most=_HIGHEST)
            yield Finding(emblem.place.under("height"), sentence)
            continue
        at = emblem.place.under("file")
        if emblem.file not in institution.pictures:
            yield Finding(at, Sentence("there is no picture {path}", path=emblem.file), hint=_look_for(emblem.file, institution))
            continue
        picture = institution.pictures[emblem.file]
        if isinstance(picture, Sentence):
            yield Finding(at, picture)
        elif isinstance(picture, Picture) and (width := round(emblem.height * picture.width / picture.height)) > _WIDEST:
            sentence = Sentence("at this height the picture is {width} mm wide; there is room for {most}", width=width, most=_WIDEST)
            yield Finding(at, sentence, hint=Sentence("give it a smaller height"))


def _look_for(path: str, institution: Institution) -> Sentence:
    """What to do about a picture that is not there."""
    folder = f"org/{institution.organisation.id}"
    name = path.removeprefix(f"{folder}/")
    if name.lower().endswith(".svg"):
        return Sentence("Word shows no SVG without a PNG beside it; export it as PNG, 400 pixels high or more")
    names = [known.removeprefix(f"{folder}/") for known in institution.pictures if known.startswith(f"{folder}/")]
    return suggest(name.rpartition("/")[2], names) or Sentence("put the PNG file into the folder {folder}", folder=folder)


RULES = (error("OD830", "emblem", emblem),)
