"""OD1xx and OD2xx: files, YAML and schema. The findings arise while files are read; here stands what is demanded."""

from __future__ import annotations

from collections.abc import Iterator

from orgdocs.problems import Finding
from orgdocs.rules.rule import Subject, error


def _nothing() -> Iterator[Finding]:
    return iter(())


def unread(subject: Subject) -> Iterator[Finding]:
    """A file in the registry is not read, because it is a link, a device, too large or not readable.

    Links could lead out of the registry, and what is not in the registry is not under review.

    Wrong: `positions/x/director.yaml` is a symbolic link. Right: the file itself lies there.
    """
    return _nothing()


def out_of_place(subject: Subject) -> Iterator[Finding]:
    """A YAML file lies where no kind of file belongs, or its name is no id.

    It would be ignored without a word, and with it what it says.

    Wrong: `org/zhytomyr/benefits.yaml`, `units/Benefits (1).yaml`. Right: `org/zhytomyr/units/benefits.yaml`.
    """
    return _nothing()


def encoding(subject: Subject) -> Iterator[Finding]:
    """A file is saved in UTF-8.

    In any other encoding letters would turn into others on some machines.

    Wrong: a file saved as Windows-1251 or UTF-16. Right: saved as UTF-8.
    """
    return _nothing()


def character(subject: Subject) -> Iterator[Finding]:
    """Control characters, invisible direction marks, lone surrogates and the like are not allowed.

    They cannot be printed, or make a text look like another one.

    Wrong: `title: "a\\x00b"`. Right: `title: ab`.
    """
    return _nothing()


def syntax(subject: Subject) -> Iterator[Finding]:
    """A file is well-formed YAML.

    Wrong: `title: Посада: юрист`. Right: `title: "Посада: юрист"`.
    """
    return _nothing()


def duplicate_key(subject: Subject) -> Iterator[Finding]:
    """A field stands only once in a map.

    YAML readers take the last one without a word, and the first is lost.

    Wrong: two lines `reports_to:`. Right: one.
    """
    return _nothing()


def plain_yaml(subject: Subject) -> Iterator[Finding]:
    """Anchors, aliases, merge keys, tags and directives are not allowed.

    Text that stands elsewhere cannot be reviewed in its place, and a few lines of aliases can fill the memory.

    Wrong: `rights: *common-rights`. Right: a clause set, named under `includes`.
    """
    return _nothing()


def swallowed(subject: Subject) -> Iterator[Finding]:
    """Text after `#` is not lost unnoticed.

    YAML takes what follows a space and `#` for a comment. With a letter or digit right after the sign it is probably text.

    Wrong: `title: Відділ #5`. Right: `title: "Відділ #5"`, or a real comment: `unit: benefits  # since May`.
    """
    return _nothing()


def several_documents(subject: Subject) -> Iterator[Finding]:
    """A file holds one document.

    Wrong: a line `---` in the middle. Right: two files.
    """
    return _nothing()


def empty(subject: Subject) -> Iterator[Finding]:
    """A file is not empty.

    Wrong: a file with nothing but comments. Right: a file with fields, or no file.
    """
    return _nothing()


def not_a_map(subject: Subject) -> Iterator[Finding]:
    """A file consists of fields.

    Wrong: `- director`. Right: `title: director`.
    """
    return _nothing()


def too_deep(subject: Subject) -> Iterator[Finding]:
    """Lists and maps do not lie more than 24 deep in one another.

    Wrong: `[[[[…`. Right: four or five levels, which is all that the formats ask for.
    """
    return _nothing()


def too_large(subject: Subject) -> Iterator[Finding]:
    """A file holds at most one megabyte, a text at most 100,000 characters.

    Wrong: a book in a field. Right: clauses.
    """
    return _nothing()


def conflict(subject: Subject) -> Iterator[Finding]:
    """Merge conflicts are resolved.

    Wrong: a line `<<<<<<< HEAD`. Right: the version that holds.
    """
    return _nothing()


def not_yaml(subject: Subject) -> Iterator[Finding]:
    """A file is what its name says.

    Wrong: a Git LFS pointer in place of the file. Right: the file.
    """
    return _nothing()


def normal_form(subject: Subject) -> Iterator[Finding]:
    """Letters are single characters (Unicode normal form NFC).

    «й» can also be put together from «и» and a mark. It looks the same and compares different.

    Wrong: such letters, mostly pasted from macOS or PDF. Right: the word typed anew.
    """
    return _nothing()


def no_organisation(subject: Subject) -> Iterator[Finding]:
    """Every folder below `org` and `positions` belongs to an organisation, which has its `organisation.yaml`.

    Wrong: `positions/centre/director.yaml` without `org/centre/organisation.yaml`. Right: both.
    """
    return _nothing()


def unknown_field(subject: Subject) -> Iterator[Finding]:
    """Only the fields of the reference are used.

    What stands under a misspelt field would be lost.

    Wrong: `titel: юрист`. Right: `title: юрист`.
    """
    return _nothing()


def missing_field(subject: Subject) -> Iterator[Finding]:
    """Fields that a thing cannot do without are given.

    Wrong: a position without `title`. Right: with it.
    """
    return _nothing()


def wrong_type(subject: Subject) -> Iterator[Finding]:
    """A value is of the kind that the field wants: text, number, list, fields of its own.

    Wrong: `posts: two`. Right: `posts: 2`.
    """
    return _nothing()


def bad_value(subject: Subject) -> Iterator[Finding]:
    """A value is one of those that are possible.

    Wrong: `category: boss`. Right: `category: manager`.
    """
    return _nothing()


def no_value(subject: Subject) -> Iterator[Finding]:
    """A field has a value.

    Wrong: `unit:` with nothing after it. Right: `unit: benefits`, or no such line.
    """
    return _nothing()


RULES = (
    error("OD101", "unread", unread),
    error("OD102", "out-of-place", out_of_place),
    error("OD103", "encoding", encoding),
    error("OD104", "character", character),
    error("OD105", "syntax", syntax),
    error("OD106", "duplicate-key", duplicate_key),
    error("OD107", "plain-yaml", plain_yaml),
    error("OD108", "swallowed", swallowed),
    error("OD109", "several-documents", several_documents),
    error("OD110", "empty", empty),
    error("OD111", "not-a-map", not_a_map),
    error("OD112", "too-deep", too_deep),
    error("OD113", "too-large", too_large),
    error("OD114", "conflict", conflict),
    error("OD115", "not-yaml", not_yaml),
    error("OD116", "normal-form", normal_form),
    error("OD117", "no-organisation", no_organisation),
    error("OD201", "unknown-field", unknown_field),
    error("OD202", "missing-field", missing_field),
    error("OD203", "wrong-type", wrong_type),
    error("OD204", "bad-value", bad_value),
    error("OD205", "no-value", no_value),
)
