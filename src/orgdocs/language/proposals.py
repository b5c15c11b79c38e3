"""What is proposed: the case forms of a name, and every reason to look at them before they are signed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from orgdocs.problems import Sentence


@dataclass(frozen=True, slots=True)
class Doubt:
    """One reason to look twice: a code that programs can tell apart, and a sentence for people."""

    code: str
    """The name of the function below that makes it, without ``doubt_``."""
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Proposal:
    """The forms of a name by the cases of ``orgdocs.language.CASES``. Without doubts it can be stored as it is."""

    forms: Mapping[str, str]
    doubts: tuple[Doubt, ...] = ()

    @property
    def is_sure(self) -> bool:
        """Whether nothing speaks against storing the forms unseen."""
        return not self.doubts


def doubt_unknown(word: str) -> Doubt:
    """The word that is declined is not in the dictionary."""
    return Doubt("unknown", Sentence("“{word}” is not in the dictionary, its forms are guessed", word=word))


def doubt_readings(word: str) -> Doubt:
    """The dictionary has several words that look so and are declined differently."""
    return Doubt("readings", Sentence("“{word}” can be declined in more than one way", word=word))


def doubt_thing(word: str) -> Doubt:
    """The title of a post is, by the dictionary, the name of a thing."""
    return Doubt("thing", Sentence("the dictionary knows “{word}” as a thing and not as a person", word=word))


def doubt_person(word: str) -> Doubt:
    """The name of a unit or act is, by the dictionary, what people are called."""
    return Doubt("person", Sentence("the dictionary knows “{word}” as a person and not as a thing", word=word))


def doubt_adjective(word: str) -> Doubt:
    """An adjective without a noun, that is not known to be used so."""
    return Doubt("adjective", Sentence("no noun was found that “{word}” belongs to", word=word))


def doubt_parentheses(text: str) -> Doubt:
    """Nobody can tell from the outside whether a remark in parentheses is declined."""
    return Doubt("parentheses", Sentence("“{text}” stands in parentheses", text=text))


def doubt_abbreviation(word: str) -> Doubt:
    """An abbreviation is left as it is: what it stands for might be declined."""
    return Doubt("abbreviation", Sentence("“{word}” is an abbreviation and stays as it is", word=word))


def doubt_quoted(text: str) -> Doubt:
    """A name that begins with quotation marks has no noun before them to decline."""
    return Doubt("quoted", Sentence("the name begins with quotation marks, so it stays as it is: {text}", text=text))


def doubt_joined(word: str) -> Doubt:
    """A second name follows the first without a dash."""
    return Doubt("joined", Sentence("“{word}” is taken for a second name and declined too", word=word))


def doubt_tail(word: str) -> Doubt:
    """A word far from the head looks as if it agreed with it."""
    return Doubt("tail", Sentence("“{word}” stays as it is, though it might have to be declined", word=word))


def doubt_acting(word: str) -> Doubt:
    """After «в. о.» the title stands in the genitive already; here it does not."""
    return Doubt("acting", Sentence("after the words for “acting”, “{word}” does not stand in the genitive", word=word))


def doubt_oblique(text: str) -> Doubt:
    """No word of the name stands in the nominative."""
    return Doubt("oblique", Sentence("nothing in “{text}” was found to decline", text=text))


def doubt_foreign(word: str) -> Doubt:
    """A word in letters of another script."""
    return Doubt("foreign", Sentence("“{word}” is foreign and stays as it is", word=word))


def doubt_gender(name: str) -> Doubt:
    """Whether a person is a man or a woman cannot be told from the name."""
    return Doubt("gender", Sentence("the name “{name}” does not tell whether this is a man or a woman", name=name))


def doubt_unchanged(name: str) -> Doubt:
    """All forms equal the nominative."""
    return Doubt("unchanged", Sentence("“{name}” is the same in all cases", name=name))


def doubt_name(name: str) -> Doubt:
    """A name of a person that the dictionary does not have, and whose end does not tell how it is declined."""
    return Doubt("name", Sentence("the name “{name}” is not in the dictionary, its forms are guessed", name=name))
