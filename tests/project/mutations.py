"""Slips that people make in a registry, made on purpose: each mutant is a registry with one slip, and what must be said of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from orgdocs.hierarchy import Hierarchy
from orgdocs.language import INFLECTED
from orgdocs.model import Institution, Organisation, Position, Unit
from orgdocs.problems import Severity
from orgdocs.project import Project, open_project
from orgdocs.sources import Source

Files = Mapping[str, bytes]


@dataclass
class Sound:
    """A sound registry of one organisation, to be spoilt."""

    name: str
    files: dict[str, bytes]

    @cached_property
    def project(self) -> Project:
        """The registry as it is opened."""
        return open_files(self.files)

    @cached_property
    def known(self) -> set[tuple[str, str, str]]:
        """What is said of it before anything is spoilt."""
        return set(list_errors(self.project))

    @property
    def hierarchy(self) -> Hierarchy:
        """Its one hierarchy."""
        (hierarchy,) = self.project.hierarchies.values()
        return hierarchy

    @property
    def institution(self) -> Institution:
        """Its one institution."""
        return self.hierarchy.institution

    @property
    def organisation(self) -> Organisation:
        """Its one organisation."""
        return self.institution.organisation

    @property
    def posts(self) -> list[Position]:
        """All posts, in the order of their files."""
        return list(self.institution.positions.values())

    @property
    def units(self) -> list[Unit]:
        """All units, in the order of their files."""
        return list(self.institution.units.values())

    def text(self, path: str) -> str:
        """The text of a file."""
        return self.files[path].decode()


@dataclass
class Mutant:
    """A registry with one slip."""

    slip: str
    files: Files
    expected: set[tuple[str, str]] = field(default_factory=set)
    """Codes with the files in which they must be reported."""
    besides: tuple[str, ...] = ()
    """Codes that may be reported too, anywhere: what follows from the slip for others."""


def open_files(files: Files) -> Project:
    """The project of these files."""
    return open_project(Source(Path("/registry"), dict(sorted(files.items()))))


def list_errors(project: Project) -> Iterator[tuple[str, str, str]]:
    """Each error as its code, file and sentence."""
    for problem in project.problems:
        if problem.severity is Severity.ERROR:
            yield problem.code, problem.path, str(problem.sentence)


def _edit(
    sound: Sound, path: str, pattern: str, new: str, *codes: str, told: str | None = None, besides: tuple[str, ...] = ()
) -> Iterator[Mutant]:
    """One mutant with the first match replaced, if there is one; the codes are expected in that file, or in ``told``."""
    text, count = re.subn(pattern, new, sound.text(path), count=1, flags=re.MULTILINE)
    if count:
        yield Mutant(
            f"{path}: {pattern} -> {new!r}", {**sound.files, path: text.encode()}, {(code, told or path) for code in codes}, besides
        )


def _append(sound: Sound, path: str, text: str, *codes: str) -> Iterator[Mutant]:
    yield Mutant(f"{path}: + {text!r}", {**sound.files, path: sound.files[path] + text.encode()}, {(code, path) for code in codes})


def _bytes(sound: Sound, path: str, content: bytes, *codes: str) -> Iterator[Mutant]:
    yield Mutant(f"{path} = {content[:30]!r}", {**sound.files, path: content}, {(code, path) for code in codes})


_REST = r".*\n(?:(?:[ ]+.*)?\n)*"
"""The rest of a field at the top of a file, with everything indented below it."""


# -- files ----------------------------------------------------------------------------------------------------------


def damaged_files(sound: Sound) -> Iterator[Mutant]:
    """Files that are no YAML at all, or not the YAML that is wanted."""
    for index, path in enumerate(sorted(set(sound.files) - {"org/registry.yaml"})):
        content = sound.files[path]
        damages: list[tuple[bytes, str]] = [
            (b"", "OD110"),
            (b"# nothing but a comment\n", "OD110"),
            (b"- a list\n", "OD111"),
            (b"\xff\xfe" + content.decode().encode("utf-16-le"), "OD103"),
            ("title: юрист\n".encode("cp1251"), "OD103"),
            (content + b"\0", "OD104"),
            (content + b"\ttitle: x\n", "OD105"),
            (content + b"note: 'open\n", "OD105"),
            (content + b"note: [open\n", "OD105"),
            (content + b"---\n" + content, "OD109"),
            (b"<<<<<<< HEAD\n" + content, "OD114"),
            (re.sub(rb"(?m)^(\w+: )(?=\S)", rb"\1&anchor ", content, count=1), "OD107"),
            (re.sub(rb"(?m)^(\w+: )(?=\S)", rb"\1!!str ", content, count=1), "OD107"),
            (b"version https://git-lfs.github.com/spec/v1\n", "OD115"),
        ]
        spoilt, code = damages[index % len(damages)]
        yield from _bytes(sound, path, spoilt, code)


def misplaced_files(sound: Sound) -> Iterator[Mutant]:
    """Files with names that are no ids, or where no file belongs."""
    for index, position in enumerate(sound.posts):
        path = position.place.path
        folder, stem = path.rsplit("/", 1)[0], path.rsplit("/", 1)[1].removesuffix(".yaml")
        names = (
            f"{folder}/{stem}.yml",
            f"{folder}/{stem}_.yaml",
            f"{folder}/{stem.title()}.yaml",
            f"{folder}/посада.yaml",
            f"org/{stem}.yaml",
        )
        new = names[index % len(names)]
        rest = {key: value for key, value in sound.files.items() if key != path}
        yield Mutant(f"{path} -> {new}", {**rest, new: sound.files[path]}, {("OD102", new)}, ("OD301",))


def missing_organisation(sound: Sound) -> Iterator[Mutant]:
    """The file of the organisation is gone."""
    path = sound.organisation.place.path
    rest = {key: value for key, value in sound.files.items() if key != path}
    first = next(key for key in sorted(rest) if key.split("/")[1] == sound.organisation.id)
    yield Mutant(f"without {path}", rest, {("OD117", first)})


# -- fields ---------------------------------------------------------------------------------------------------------


def misspelt_fields(sound: Sound) -> Iterator[Mutant]:
    """A letter of the name of a field is doubled."""
    for path in sorted(set(sound.files) - {"org/registry.yaml"}):
        for key in re.findall(
            r"^(status|duties|rights|order|tasks|functions|short_name|acts|staffing|guided_by|place):", sound.text(path), re.MULTILINE
        ):
            yield from _edit(sound, path, f"^{key}:", f"{key}{key[-1]}:", "OD201")


def missing_fields(sound: Sound) -> Iterator[Mutant]:
    """A field that every such file has is taken out."""
    for position in sound.posts:
        yield from _edit(sound, position.place.path, f"^title:{_REST}", "", "OD202")
    for unit in sound.units:
        for key in ("name", "kind", "head"):
            yield from _edit(sound, unit.place.path, f"^{key}:{_REST}", "", "OD202")
    for key in ("name", "profile", "language", "head"):
        yield from _edit(sound, sound.organisation.place.path, f"^{key}:{_REST}", "", "OD202")


def doubled_fields(sound: Sound) -> Iterator[Mutant]:
    """A field stands in its file twice."""
    for path in sorted(set(sound.files) - {"org/registry.yaml"}):
        yield from _edit(sound, path, r"^((?:title|name|kind|unit): [^>\n]+\n)", r"\1\1", "OD106")


def bad_values(sound: Sound) -> Iterator[Mutant]:
    """Values that the field cannot have."""
    for position in sound.posts:
        path = position.place.path
        yield from _edit(sound, path, "^category: .+", "category: boss", "OD204")
        yield from _edit(sound, path, r"(posts: )\d+", r"\1two", "OD203")
        yield from _edit(sound, path, r"(salary: )([\d.]+)", r"\1'9 800,00'", "OD203")
        yield from _edit(sound, path, "^reports_to: .+", "reports_to: Директор", "OD204")
        yield from _edit(sound, path, "^title: .+", "title:", "OD205")
        yield from _edit(sound, path, f"^title:{_REST}", "title: [x]\n", "OD203")
        yield from _edit(sound, path, f"^duties:{_REST}", "duties: []\n", "OD205")
    for unit in sound.units:
        yield from _edit(sound, unit.place.path, "^kind: .+", "kind: kingdom", "OD204")
        yield from _edit(sound, unit.place.path, "^name: .+", "name: ''", "OD205")


def swallowed_texts(sound: Sound) -> Iterator[Mutant]:
    """A number sign without a space after it cuts a text off."""
    for unit in sound.units:
        yield from _edit(sound, unit.place.path, "^(name: .+)$", r"\1 #5", "OD108")


# -- ids and references ---------------------------------------------------------------------------------------------


def misspelt_references(sound: Sound) -> Iterator[Mutant]:
    """The last letter of an id is doubled where it is referred to."""
    for path in sorted(set(sound.files) - {"org/registry.yaml"}):
        for key in ("reports_to", "head", "unit", "parent", "superior_body", "by", "on_proposal_of", "with"):
            yield from _edit(sound, path, rf"^( *(?:- )?{key}: [a-z][a-z0-9-]*)([a-z0-9])$", r"\1\2\2", "OD301")
        for key in ("deputies", "substituted_by", "guided_by", "includes", "basis", "performs"):
            pattern = rf"^( *{key}:\n *- (?:[a-z][a-z0-9-]*/)?[a-z][a-z0-9-]*)([a-z0-9])$"
            yield from _edit(sound, path, pattern, r"\1\2\2", "OD301")
            yield from _edit(sound, path, rf"^( *{key}: \[[a-z][a-z0-9/-]*)([a-z0-9])([],])", r"\1\2\2\3", "OD301")


def deleted_superiors(sound: Sound) -> Iterator[Mutant]:
    """The file of a post is deleted that others report to."""
    for position in sound.posts:
        below = sound.hierarchy.subordinates(position)
        if below:
            rest = {key: value for key, value in sound.files.items() if key != position.place.path}
            expected = {("OD301", post.place.path) for post in below} | {
                ("OD301", unit.place.path) for unit in sound.hierarchy.heads(position)
            }
            yield Mutant(f"without {position.place.path}", rest, expected, ("OD301",))


def deleted_units(sound: Sound) -> Iterator[Mutant]:
    """The file of a unit is deleted that has posts."""
    for unit in sound.units:
        members = sound.hierarchy.members(unit)
        if members:
            rest = {key: value for key, value in sound.files.items() if key != unit.place.path}
            yield Mutant(f"without {unit.place.path}", rest, {("OD301", post.place.path) for post in members}, ("OD301",))


def deleted_clause_sets(sound: Sound) -> Iterator[Mutant]:
    """The file of a clause set is deleted."""
    for clauses in sound.institution.clause_sets.values():
        users = [post.place.path for post in sound.posts if any(ref.id == clauses.id for ref in post.includes)]
        if users:
            rest = {key: value for key, value in sound.files.items() if key != clauses.place.path}
            yield Mutant(f"without {clauses.place.path}", rest, {("OD301", path) for path in users})


def deleted_functions(sound: Sound) -> Iterator[Mutant]:
    """A function has another id than the duties know."""
    for function, clause in sound.hierarchy.functions.items():
        performers = sound.hierarchy.performers(function)
        told = {
            ("OD301", post.place.path) for post in performers if any(ref.id == function for duty in post.duties for ref in duty.performs)
        }
        if told:
            path = clause.place.path
            text = re.sub(
                rf"(id: {function.split('/')[1]})$|(id: {function.split('/')[1]})(?=,)",
                r"\1\2-renamed",
                sound.text(path),
                count=1,
                flags=re.MULTILINE,
            )
            yield Mutant(f"{function} renamed", {**sound.files, path: text.encode()}, told, ("OD301",))


def doubled_posts(sound: Sound) -> Iterator[Mutant]:
    """The file of a post is copied into another folder; the file that comes later in the alphabet is the double."""
    organisation = sound.organisation.id
    for position in sound.posts:
        path = position.place.path
        stem = path.rsplit("/", 1)[1]
        folders = [f"positions/{organisation}", *(f"positions/{organisation}/{unit.id}" for unit in sound.units)]
        other = next(f"{folder}/{stem}" for folder in folders if f"{folder}/{stem}" != path)
        yield Mutant(f"{path} = {other}", {**sound.files, other: sound.files[path]}, {("OD302", max(path, other))})


def doubled_ids(sound: Sound) -> Iterator[Mutant]:
    """A unit has the id of a post."""
    for position in sound.posts:
        path = f"org/{sound.organisation.id}/units/{position.id}.yaml"
        text = f"name: x\nforms: {{genitive: x, dative: x}}\nkind: group\nhead: {position.id}\n"
        yield Mutant(f"+ {path}", {**sound.files, path: text.encode()}, {("OD302", position.place.path)}, ("OD801",))


def written_ids(sound: Sound) -> Iterator[Mutant]:
    """The id of another stands in the file."""
    for first, second in zip(sound.posts, sound.posts[1:], strict=False):
        yield from _append(sound, first.place.path, f"id: {second.id}\n", "OD303")
    for unit in sound.units:
        yield from _append(sound, unit.place.path, "id: another\n", "OD303")


def doubled_functions(sound: Sound) -> Iterator[Mutant]:
    """A function is given the id of the one before it."""
    for unit in sound.units:
        yield from _edit(sound, unit.place.path, r"(id: (\S+?)(?:,.*)?\n(?:.*\n)*?.*id: )[a-z0-9-]+", r"\1\2", "OD305", besides=("OD301",))


def unknown_profiles(sound: Sound) -> Iterator[Mutant]:
    """There is no such country."""
    yield from _edit(sound, sound.organisation.place.path, "^profile: .+", "profile: atlantis", "OD306")


# -- hierarchy ------------------------------------------------------------------------------------------------------


def subordination_cycles(sound: Sound) -> Iterator[Mutant]:
    """A superior reports to somebody below: the cycle is told at the post of the smallest id in it."""
    for position in sound.posts:
        for superior in sound.hierarchy.chain(position):
            if isinstance(superior, Position) and superior.reports_to:
                chain = [position, *(post for post in sound.hierarchy.chain(position) if isinstance(post, Position))]
                members = chain[: chain.index(superior) + 1]
                told = min(members, key=lambda post: post.id).place.path
                yield from _edit(sound, superior.place.path, "^reports_to: .+", f"reports_to: {position.id}", "OD401", told=told)


def own_superiors(sound: Sound) -> Iterator[Mutant]:
    """A post reports to itself."""
    for position in sound.posts:
        yield from _edit(sound, position.place.path, "^reports_to: .+", f"reports_to: {position.id}", "OD401")


def second_roots(sound: Sound) -> Iterator[Mutant]:
    """A post that heads nothing of its own has no superior."""
    for position in sound.posts:
        if not any(unit.legal_entity or unit is sound.organisation for unit in sound.hierarchy.heads(position)):
            yield from _edit(sound, position.place.path, "^reports_to: .+\n", "", "OD402")


def unit_cycles(sound: Sound) -> Iterator[Mutant]:
    """Two units belong to each other, or one to itself."""
    for first, second in zip(sound.units, sound.units[1:], strict=False):
        files = dict(sound.files)
        for unit, parent in ((first, second), (second, first)):
            text = re.sub("^parent: .+\n", "", sound.text(unit.place.path), flags=re.MULTILINE)
            files[unit.place.path] = f"{text}parent: {parent.id}\n".encode()
        yield Mutant(f"{first.id} and {second.id} belong to each other", files, {("OD403", min(first.place.path, second.place.path))})
    for unit in sound.units:
        if unit.parent is None:
            yield from _append(sound, unit.place.path, f"parent: {unit.id}\n", "OD403")


def heads_of_others(sound: Sound) -> Iterator[Mutant]:
    """The heads of two units are swapped."""
    for first, second in zip(sound.units, sound.units[1:], strict=False):
        files = dict(sound.files)
        for unit, head in ((first, second.head), (second, first.head)):
            assert head is not None
            files[unit.place.path] = re.sub("^head: .+", f"head: {head.id}", sound.text(unit.place.path), flags=re.MULTILINE).encode()
        yield Mutant(f"heads of {first.id} and {second.id}", files, {("OD405", first.place.path), ("OD405", second.place.path)})


def heads_without_posts(sound: Sound) -> Iterator[Mutant]:
    """The head's post is there not at all, or twice."""
    for position in sound.posts:
        for unit in sound.hierarchy.heads(position):
            yield from _edit(sound, position.place.path, r"(posts: )1\b", r"\g<1>0", "OD404", told=unit.place.path)
            yield from _edit(sound, position.place.path, r"(posts: )1\b", r"\g<1>2", "OD406")


def own_substitutes(sound: Sound) -> Iterator[Mutant]:
    """A post substitutes itself."""
    for position in sound.posts:
        text = re.sub(f"^substituted_by:{_REST}", "", sound.text(position.place.path), flags=re.MULTILINE)
        text += f"substituted_by: [{position.id}]\n"
        yield Mutant(
            f"{position.id} substitutes itself", {**sound.files, position.place.path: text.encode()}, {("OD407", position.place.path)}
        )


def substitution_cycles(sound: Sound) -> Iterator[Mutant]:
    """Two posts substitute each other, and nobody else anybody."""
    bare = {
        post.place.path: re.sub(f"^substituted_by:{_REST}", "", sound.text(post.place.path), flags=re.MULTILINE) for post in sound.posts
    }
    for first, second in zip(sound.posts, sound.posts[1:], strict=False):
        texts = dict(bare)
        for post, other in ((first, second), (second, first)):
            texts[post.place.path] += f"substituted_by: [{other.id}]\n"
        told = min(first, second, key=lambda post: post.id).place.path
        files = {**sound.files, **{path: text.encode() for path, text in texts.items()}}
        yield Mutant(f"{first.id} and {second.id} substitute each other", files, {("OD408", told)})


# -- duties, staffing, papers ---------------------------------------------------------------------------------------


def posts_without_duties(sound: Sound) -> Iterator[Mutant]:
    """A post has nothing to do."""
    for position in sound.posts:
        sets = sound.institution.clause_sets
        if position.job_description.not_required is None and not any(sets[ref.id].duties for ref in position.includes if ref.id in sets):
            yield from _edit(sound, position.place.path, f"^duties:{_REST}", "", "OD501")


def limits_passed(sound: Sound) -> Iterator[Mutant]:
    """The limits are lower than what there is."""
    for unit in (sound.organisation, *sound.units):
        if unit.limits is not None and unit.limits.posts is not None:
            yield from _edit(sound, unit.place.path, f"^limits:(?: .+\n|{_REST})", "limits: {posts: 0.25}\n", "OD701")
        if unit.limits is not None and unit.limits.payroll is not None:
            yield from _edit(sound, unit.place.path, f"^limits:(?: .+\n|{_REST})", "limits: {payroll: 1}\n", "OD702")


def odd_rates(sound: Sound) -> Iterator[Mutant]:
    """A rate that is no multiple of the step."""
    for position in sound.posts:
        yield from _edit(sound, position.place.path, r"^( +rate: ).+", r"\g<1>0.37", "OD703")
        yield from _edit(sound, position.place.path, r"(\{posts: 1)\b", r"\1, rate: 0.37", "OD703")


def missing_forms(sound: Sound) -> Iterator[Mutant]:
    """The case forms of a title are gone, which the name of its job description needs."""
    if sound.organisation.language not in INFLECTED:
        return
    described = {paper.subject for paper in sound.project.contents if paper.kind == "job-description"}
    for position in sound.posts:
        if position.id in described:
            yield from _edit(sound, position.place.path, f"^forms:{_REST}", "", "OD801")


def missing_languages(sound: Sound) -> Iterator[Mutant]:
    """A second language is asked for, and no text is there in it."""
    path = sound.organisation.place.path
    for language in ("be", "ru" if sound.organisation.language == "en" else "en"):
        for mutant in _append(sound, path, f"languages: [{language}]\n", "OD802"):
            mutant.besides = ("OD801", "OD802")
            yield mutant


def missing_approvers(sound: Sound) -> Iterator[Mutant]:
    """Nobody approves a kind of paper, or any."""
    path = sound.organisation.place.path
    yield from _edit(sound, path, f"^approvals:{_REST}", "", "OD901")
    for kind in {paper.kind for paper in sound.project.contents}:
        text = re.sub(rf"^( +)- \{{paper: {kind},.*\n|^( +)- paper: {kind}\n(?:\2  .*\n)*", "", sound.text(path), flags=re.MULTILINE)
        if "paper: " in text:
            yield Mutant(f"{path}: no approval for {kind}", {**sound.files, path: text.encode()}, {("OD901", path)})


KINDS: tuple[Callable[[Sound], Iterator[Mutant]], ...] = (
    damaged_files,
    misplaced_files,
    missing_organisation,
    misspelt_fields,
    missing_fields,
    doubled_fields,
    bad_values,
    swallowed_texts,
    misspelt_references,
    deleted_superiors,
    deleted_units,
    deleted_clause_sets,
    deleted_functions,
    doubled_posts,
    doubled_ids,
    written_ids,
    doubled_functions,
    unknown_profiles,
    subordination_cycles,
    own_superiors,
    second_roots,
    unit_cycles,
    heads_of_others,
    heads_without_posts,
    own_substitutes,
    substitution_cycles,
    posts_without_duties,
    limits_passed,
    odd_rates,
    missing_forms,
    missing_languages,
    missing_approvers,
)
"""All kinds of slips. A new one is a function that spoils a sound registry and says what must be reported where."""
