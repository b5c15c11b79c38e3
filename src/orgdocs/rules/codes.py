"""OD850: identity codes in state registers. The only module that knows stdnum."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

from orgdocs.problems import Finding, Place, Sentence
from orgdocs.rules.rule import Subject, warning

_NAMES = {"edrpou": "ЄДРПОУ", "inn": "ИНН", "ogrn": "ОГРН", "unp": "УНП"}

# Which register the bare code of a predecessor is from, by the profile of its country and its length.
_BY_LENGTH = {
    "ua": {8: "edrpou"},
    "ru": {10: "inn", 13: "ogrn"},
    "by": {9: "unp"},
}


def identity_code(subject: Subject) -> Iterator[Finding]:
    """The check digit of an identity code is right: ЄДРПОУ, ИНН, ОГРН, УНП.

    The last digit of these codes is reckoned from the others, so that nearly every misspelt code can be told from a right one.
    Whose code it is, nobody knows by it. Codes of predecessors are known by their length and the profile of the organisation.

    Wrong:

    ```yaml
    codes: {edrpou: "32855962"}
    ```

    Right:

    ```yaml
    codes: {edrpou: "32855961"}
    ```
    """
    institution = subject.institution
    for unit in institution.establishments:
        for register, code in unit.codes.items():
            if register in _NAMES and not _is_valid(register, code):
                yield _finding(unit.place.under("codes", register), register, code)
        for predecessor in unit.predecessors:
            code = predecessor.code or ""
            guessed = _BY_LENGTH.get(institution.organisation.profile, {}).get(len(code))
            if guessed is not None and not _is_valid(guessed, code):
                yield _finding(predecessor.place.under("code"), guessed, code)


def _finding(place: Place, register: str, code: str) -> Finding:
    sentence = Sentence("{code} cannot be a code of the register {register}", code=code, register=_NAMES[register])
    hint = Sentence("its check digit does not fit; compare it with the extract from the register, digit by digit")
    return Finding(place, sentence, hint=hint)


@cache
def _is_valid(register: str, code: str) -> bool:
    return _checkers()[register](code)


@cache
def _checkers() -> dict[str, Callable[[str], bool]]:
    """The check of each register; imported where there is a code to be checked."""
    from stdnum.by import unp  # noqa: PLC0415
    from stdnum.ru import inn, ogrn  # noqa: PLC0415
    from stdnum.ua import edrpou  # noqa: PLC0415

    return {"edrpou": edrpou.is_valid, "inn": inn.is_valid, "ogrn": ogrn.is_valid, "unp": unp.is_valid}


RULES = (warning("OD850", "identity-code", identity_code),)
