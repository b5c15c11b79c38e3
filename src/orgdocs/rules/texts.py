"""OD8xx: texts, languages, wording and templates."""

from __future__ import annotations

from collections.abc import Iterator

from orgdocs.problems import Finding
from orgdocs.rules.rule import Subject, error


def missing_form(subject: Subject) -> Iterator[Finding]:
    """A name has the case forms that the papers need.

    orgdocs does not guess: a wrong ending in a signed paper is a mistake of the director's.

    Wrong:

    ```yaml
    title: директор
    ```

    Right:

    ```yaml
    title: директор
    forms: {genitive: директора, dative: директору}
    ```
    """
    yield from subject.missing_forms


def missing_language(subject: Subject) -> Iterator[Finding]:
    """A text is given in every language in which its paper is printed.

    A paper half in one language and half in another serves nobody.

    Wrong:

    ```yaml
    organisation.yaml: {language: uk, languages: [en]}
    director.yaml: {title: директор}
    ```

    Right:

    ```yaml
    organisation.yaml: {language: uk, languages: [en]}
    director.yaml: {title: {uk: директор, en: director}}
    ```
    """
    yield from subject.missing_languages


def wording(subject: Subject) -> Iterator[Finding]:
    """An institution's own wording can be read, and names only what the paper knows.

    What is misspelt in double braces would leave a gap in every paper of the kind.

    Wrong:

    ```yaml
    papers:
      job-description:
        title: "Job description: {{ titel }}"
    ```

    Right:

    ```yaml
    papers:
      job-description:
        title: "Job description: {{ post|nominative }}"
    ```
    """
    yield from subject.wording


def template(subject: Subject) -> Iterator[Finding]:
    """A Word template of the registry can be used: its tags can be read, and it names only what a paper has.

    A template is a program of a kind. What could run something, reach outside or lose text is refused.

    Wrong:

    ```yaml
    templates/ua/job-description.docx: "{{ titel }}"
    ```

    Right:

    ```yaml
    templates/ua/job-description.docx: "{{ title }}"
    ```
    """
    del subject
    return iter(())


def unconfirmed_form(subject: Subject) -> Iterator[Finding]:
    """Case forms that were proposed and are doubtful have been confirmed by a person before they are printed.

    `orgdocs forms --write` writes the word doubtful and the reason beside such forms. Who has looked at them takes it away.

    Wrong:

    ```yaml
    title: менеджер (управитель)
    forms:  # doubtful: “(управитель)” stands in parentheses
      genitive: менеджера (управителя)
    ```

    Right:

    ```yaml
    title: менеджер (управитель)
    forms:
      genitive: менеджера (управителя)
    ```
    """
    del subject
    return iter(())


RULES = (
    error("OD801", "missing-form", missing_form),
    error("OD802", "missing-language", missing_language),
    error("OD803", "wording", wording),
    error("OD804", "template", template),
    error("OD823", "unconfirmed-form", unconfirmed_form),
)
