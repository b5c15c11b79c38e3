"""OD1xx and OD2xx: files, YAML and schema. The findings arise while files are read; here stands what is demanded."""

from __future__ import annotations

from collections.abc import Iterator

from orgdocs.problems import Finding
from orgdocs.rules.rule import Subject, error


def _nothing() -> Iterator[Finding]:
    return iter(())


def unread(subject: Subject) -> Iterator[Finding]:
    """A file of the registry is an ordinary file of at most one megabyte that can be read.

    A link can lead out of the registry, and what lies outside is under nobody's review. Devices, files without the
    right to read them and very large files are not read either.

    Wrong:

    ```yaml
    positions/office/director.yaml: a link to C:/Papers/director.yaml
    ```

    Right:

    ```yaml
    positions/office/director.yaml: the file itself
    ```
    """
    return _nothing()


def out_of_place(subject: Subject) -> Iterator[Finding]:
    """A YAML file lies where its kind belongs, and its name is an id with the ending .yaml.

    Elsewhere it would be passed over without a word, and with it what it says. An id consists of lower-case Latin
    letters, digits and single hyphens, begins with a letter and has at most 64 characters; names that Windows keeps for
    devices, such as con, are none.

    Wrong:

    ```yaml
    org/office/benefits.yaml: beside the folder of units
    org/office/units/Benefits (1).yaml: no id
    ```

    Right:

    ```yaml
    org/office/units/benefits.yaml: a unit with the id benefits
    ```
    """
    return _nothing()


def encoding(subject: Subject) -> Iterator[Finding]:
    """A file is saved in UTF-8.

    In another encoding letters turn into other letters on the next machine.

    Wrong:

    ```yaml
    title: Þðèñò
    ```

    Right:

    ```yaml
    title: Юрист
    ```
    """
    return _nothing()


def character(subject: Subject) -> Iterator[Finding]:
    r"""A text holds no control characters and no invisible marks that turn the direction of reading.

    They cannot be printed, or they make a text look like another one. Non-breaking spaces, soft hyphens and emoji are
    allowed.

    Wrong:

    ```yaml
    title: "Law\x00yer"
    ```

    Right:

    ```yaml
    title: Lawyer
    ```
    """
    return _nothing()


def syntax(subject: Subject) -> Iterator[Finding]:
    """A file is well-formed YAML.

    Most slips are a colon inside unquoted text, a quote that is not closed, or wrong indentation.

    Wrong:

    ```yaml
    title: Посада: юрист
    ```

    Right:

    ```yaml
    title: "Посада: юрист"
    ```
    """
    return _nothing()


def duplicate_key(subject: Subject) -> Iterator[Finding]:
    """A field stands only once among the fields it belongs to.

    Readers of YAML keep the last one without a word, and what the first one says is lost.

    Wrong:

    ```yaml
    reports_to: director
    reports_to: lawyer
    ```

    Right:

    ```yaml
    reports_to: lawyer
    ```
    """
    return _nothing()


def plain_yaml(subject: Subject) -> Iterator[Finding]:
    """Anchors, aliases, merge keys, tags and directives of YAML are not used.

    Text that stands elsewhere cannot be reviewed in its place, and a few lines of aliases can fill the memory. Clauses
    that several posts share belong in a clause set.

    Wrong:

    ```yaml
    rights: &shared [to be heard]
    responsibility: *shared
    ```

    Right:

    ```yaml
    includes: [shared]
    ```
    """
    return _nothing()


def swallowed(subject: Subject) -> Iterator[Finding]:
    """Text with a number sign in it is quoted, and a comment has a space after the sign.

    YAML takes what follows a space and # for a comment and drops it. With a letter or digit right after the sign it
    is probably text.

    Wrong:

    ```yaml
    title: Відділ #5
    ```

    Right:

    ```yaml
    title: "Відділ #5"  # since May
    ```
    """
    return _nothing()


def several_documents(subject: Subject) -> Iterator[Finding]:
    """A file holds one document.

    What follows a second line of three dashes would be another document, and a post or unit has one file.

    Wrong:

    ```yaml
    title: Lawyer
    ---
    title: Economist
    ```

    Right:

    ```yaml
    lawyer.yaml: {title: Lawyer}
    economist.yaml: {title: Economist}
    ```
    """
    return _nothing()


def empty(subject: Subject) -> Iterator[Finding]:
    """A file is not empty.

    Nobody can say whether it is still to be written or was emptied by mistake.

    Wrong:

    ```yaml
    # the post of the lawyer
    ```

    Right:

    ```yaml
    title: Lawyer
    ```
    """
    return _nothing()


def not_a_map(subject: Subject) -> Iterator[Finding]:
    """A file consists of fields.

    Without the name of a field nobody knows what a text or a list stands for.

    Wrong:

    ```yaml
    - to be heard
    ```

    Right:

    ```yaml
    rights:
      - to be heard
    ```
    """
    return _nothing()


def too_deep(subject: Subject) -> Iterator[Finding]:
    """Lists and fields do not lie more than 24 deep in one another.

    The formats ask for a handful of levels; deeper nesting is a slip, or meant to exhaust the reader.

    Wrong:

    ```yaml
    rights: [[[[[[[[[[[[[[[[[[[[[[[[to be heard]]]]]]]]]]]]]]]]]]]]]]]]
    ```

    Right:

    ```yaml
    rights: [to be heard]
    ```
    """
    return _nothing()


def too_large(subject: Subject) -> Iterator[Finding]:
    """A text has at most 100,000 characters.

    That is about fifty pages; a longer text is a file pasted into a field.

    Wrong:

    ```yaml
    rights: ["the whole labour code, word by word …"]
    ```

    Right:

    ```yaml
    rights: [to take leave as the labour code provides]
    ```
    """
    return _nothing()


def conflict(subject: Subject) -> Iterator[Finding]:
    """A file holds no unresolved merge conflict.

    Both versions still stand in it, and which of them holds is for people to say.

    Wrong:

    ```yaml
    <<<<<<< HEAD
    reports_to: director
    =======
    reports_to: deputy
    >>>>>>> reform
    ```

    Right:

    ```yaml
    reports_to: deputy
    ```
    """
    return _nothing()


def not_yaml(subject: Subject) -> Iterator[Finding]:
    """A file holds the YAML that its name promises.

    Git LFS keeps large files elsewhere and leaves a pointer in their place until they are fetched.

    Wrong:

    ```yaml
    version https://git-lfs.github.com/spec/v1
    ```

    Right:

    ```yaml
    title: Lawyer
    ```
    """
    return _nothing()


def normal_form(subject: Subject) -> Iterator[Finding]:
    r"""Letters are single characters (Unicode normal form NFC).

    The letter й can also be put together from и and a mark, as text from macOS and PDF often is. It looks the same and
    compares different.

    Wrong:

    ```yaml
    title: "водіи\u0306"
    ```

    Right:

    ```yaml
    title: водій
    ```
    """
    return _nothing()


def no_organisation(subject: Subject) -> Iterator[Finding]:
    """Every folder below org and positions belongs to an organisation that has its organisation.yaml.

    Without it nobody knows who heads the organisation and in which language its papers are written.

    Wrong:

    ```yaml
    positions/centre/director.yaml: {title: Director}
    ```

    Right:

    ```yaml
    org/centre/organisation.yaml: {name: Centre, profile: intl, language: en, head: director}
    positions/centre/director.yaml: {title: Director}
    ```
    """
    return _nothing()


def unknown_field(subject: Subject) -> Iterator[Finding]:
    """Only the fields of the reference are used.

    What stands under a misspelt field would be lost.

    Wrong:

    ```yaml
    titel: Lawyer
    ```

    Right:

    ```yaml
    title: Lawyer
    ```
    """
    return _nothing()


def missing_field(subject: Subject) -> Iterator[Finding]:
    """The fields are given that a thing cannot do without.

    A post without a title or a unit without a head cannot be printed.

    Wrong:

    ```yaml
    reports_to: director
    ```

    Right:

    ```yaml
    title: Lawyer
    reports_to: director
    ```
    """
    return _nothing()


def wrong_type(subject: Subject) -> Iterator[Finding]:
    """A value is of the kind that its field wants: text, number, list, or fields of its own.

    Numbers have a decimal point and no spaces; each entry of a list stands on a line that begins with a dash.

    Wrong:

    ```yaml
    staffing: {posts: two}
    substituted_by: deputy
    ```

    Right:

    ```yaml
    staffing: {posts: 2}
    substituted_by:
      - deputy
    ```
    """
    return _nothing()


def bad_value(subject: Subject) -> Iterator[Finding]:
    """A value is one of those that its field admits.

    Categories, kinds of acts and the like are words from a list; ids and dates have a fixed shape.

    Wrong:

    ```yaml
    category: boss
    job_description: {date: 31.01.2026}
    ```

    Right:

    ```yaml
    category: manager
    job_description: {date: 2026-01-31}
    ```
    """
    return _nothing()


def no_value(subject: Subject) -> Iterator[Finding]:
    """A field that is written has a value.

    An empty field may be a value that somebody meant to add.

    Wrong:

    ```yaml
    title: Lawyer
    unit:
    ```

    Right:

    ```yaml
    title: Lawyer
    unit: legal
    ```
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
