"""The walk over all texts: nothing that is printed as text is passed over, and every place is right."""

from __future__ import annotations

from pathlib import Path

from orgdocs.documents import Data, Document, read_document
from orgdocs.model.texts import Passage, walk_texts
from orgdocs.problems import Route
from orgdocs.project import Project, open_project
from orgdocs.sources import read_work_tree

EXAMPLE = Path(__file__).parents[2] / "docs" / "example"


def _flatten(data: Data, route: Route = ()) -> dict[Route, str]:
    if isinstance(data, str):
        return {route: data}
    found: dict[Route, str] = {}
    if data is not None:
        for key, value in data.items() if isinstance(data, dict) else enumerate(data):
            found |= _flatten(value, (*route, key))
    return found


def _read(project: Project) -> tuple[dict[tuple[str, Route], str], list[Passage]]:
    """All scalars of the files, and all passages of the model."""
    documents = [read_document(path, content) for path, content in project.source.files.items()]
    scalars = {(document.path, route): text for document in documents for route, text in _routes(document)}
    return scalars, [passage for hierarchy in project.hierarchies.values() for passage in walk_texts(hierarchy.institution)]


def _routes(document: Document) -> list[tuple[Route, str]]:
    return list(_flatten(document.data).items())


def test_every_passage_stands_at_its_place_once() -> None:
    scalars, passages = _read(open_project(read_work_tree(EXAMPLE)))
    places = [(passage.place.path, passage.place.route) for passage in passages]
    assert len(set(places)) == len(places)
    assert [(place, passage.text) for place, passage in zip(places, passages, strict=True) if scalars.get(place) != passage.text] == []


def test_what_is_no_text_for_people() -> None:
    """The example uses every field there is; of all that has several words in it, this is what no paper prints as it stands."""
    scalars, passages = _read(open_project(read_work_tree(EXAMPLE)))
    walked = {(passage.place.path, passage.place.route) for passage in passages}
    left = {
        next(key for key in reversed(place[1]) if isinstance(key, str))
        for place, text in scalars.items()
        if place not in walked and " " in text and not place[0].endswith(("registry.yaml", "wording.yaml", "classifiers.yaml"))
    }
    assert left == {"key", "not_required", "reason", "says"}


def test_languages() -> None:
    _, passages = _read(open_project(read_work_tree(EXAMPLE)))
    for passage in passages:
        given = [key for key in passage.place.route if key in {"uk", "ru", "en", "be"}]
        assert given in ([], [passage.language])
        assert given or passage.language == "en"
