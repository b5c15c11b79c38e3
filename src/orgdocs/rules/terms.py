"""OD808 to OD812: what texts speak of: abbreviations and defined terms, offices, and acts that are cited."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from orgdocs.contents.content import Content
from orgdocs.model import Act, Body, Clauses, Forms, Position, Ref, Text, Unit, forms_in
from orgdocs.model.texts import Passage
from orgdocs.problems import Finding, Note, Place, Sentence
from orgdocs.rules.passages import Reading, is_clause, reading_of
from orgdocs.rules.rule import Subject, warning

# -- abbreviations --------------------------------------------------------------------------------------------------

_DEFINES = ("(далі", "(далее", "(далей", "(hereinafter", "(hereafter")
_DEFINITION = re.compile(
    r"\((?:далі|далее|далей)(?:\s+(?:за текстом|також|по тексту|также|па тэксце|таксама))?\s*[–—-]\s*"
    r"[«“\"]?(?P<term>[^()«»“”\"]{2,60}?)[»”\"]?\)"
    r"|\((?:hereinafter|hereafter)(?:\s+(?:referred to as|called))?,?\s*(?:the\s+)?[“\"]?(?P<termed>[^()“”\"]{2,60}?)[”\"]?\)"
)
_CAPITALS = re.compile(r"[A-ZА-ЯЄІЇҐЁЎ]{2,}")


_WORDS_SHOWN = 5


def _defined(text: str) -> Iterator[tuple[str, int]]:
    """The terms that a text defines with "(далі – …)" or "(hereinafter …)", and where."""
    for match in _DEFINITION.finditer(text):
        yield " ".join((match["term"] or match["termed"]).split()), match.start()


def abbreviation(subject: Subject) -> Iterator[Finding]:
    """A paper defines an abbreviation once, and before it uses it: "(далі – ЄІССС)", "(hereinafter HR)".

    Whoever reads from the beginning meets a word that is explained on the last page, or explained twice and differently. The
    order of the printed paper counts, clause sets included. Abbreviations that nowhere are defined are taken for common ones.

    Wrong:

    ```yaml
    duties:
      - enters cases in the UIS
      - keeps the unified information system (hereinafter UIS)
    ```

    Right:

    ```yaml
    duties:
      - enters cases in the unified information system (hereinafter UIS)
      - keeps the UIS
    ```
    """
    defining: dict[str, dict[str, Passage]] = {}
    for passage in reading_of(subject.hierarchy).with_any(*_DEFINES):
        for term, _ in _defined(passage.text):
            defining.setdefault(passage.entity.id, {}).setdefault(term, passage)
    if not defining:
        return
    told: set[tuple[Place, str]] = set()
    for paper, content in subject.contents.items():
        holders = [holder for holder in _holders(subject, paper.kind, paper.subject) if holder in defining]
        if not holders:
            continue
        text = _read_through(content)
        places: dict[str, list[int]] = {}
        for term, place in _defined(text):
            places.setdefault(term, []).append(place)
        for term, passage in chain.from_iterable(defining[holder].items() for holder in holders):
            if term not in places or passage.language != paper.language or (passage.place, term) in told:
                continue
            finding = _judge(term, places[term], text, passage)
            if finding is not None:
                told.add((passage.place, term))
                yield finding


def _holders(subject: Subject, kind: str, about: str) -> list[str]:
    """The ids of what a paper draws its clauses from: a post with its clause sets, or a unit."""
    position = subject.institution.positions.get(about) if kind == "job-description" else None
    return [ref.id for ref in position.includes] + [position.id] if position is not None else [about]


def _judge(term: str, places: list[int], text: str, passage: Passage) -> Finding | None:
    """Whether a term is defined twice, or used before."""
    if len(places) > 1:
        sentence = Sentence("{term} is defined {count} times in one paper", term=term, count=len(places))
        hint = Sentence("define it where the paper uses it first; a short name of the unit or organisation is defined by the paper itself")
        return Finding(passage.place, sentence, hint=hint)
    if _CAPITALS.fullmatch(term):
        use = re.search(rf"(?<!\w){term}(?!\w)", text[: places[0]])
        if use is not None:
            words = text[: use.end()].split()[-_WORDS_SHOWN:]
            sentence = Sentence("{term} is defined here, and stands in the paper before: {around}", term=term, around=" ".join(words))
            return Finding(passage.place, sentence, hint=Sentence("define it where the paper uses it first"))
    return None


def _read_through(content: Content) -> str:
    """What a paper says from its first clause to its last."""
    parts = [*content.body["preamble"]]
    for section in content.body["sections"]:
        parts.append(section["lead"])
        for block in section["blocks"]:
            parts.append(block.get("text", ""))
            parts += (cell for row in block.get("rows", ()) for cell in row.values())
    return "\n".join(parts)


# -- defined terms --------------------------------------------------------------------------------------------------

_ENDS_AFTER = re.compile(
    r"\Z|\s*[,.;:)]"
    r"|\s+(?:та|і|й|и|або|чи|или|або|у|в|на|з|із|до|за|для|при|к|от|из|for|and|or|in|with|to|is|shall|may)\s"
)
# Endings of adjectives and words like "every", with which a noun is no longer the one that was defined.
_QUALIFIES = re.compile(r"(?:ого|ому|ими|ий|ій|им|ої|ою|их|ых|ый|ым|ой|ей|его|ему|ая|ую|ага|аму|кожен|жоден|свій|його|її)\Z")
_ARTICLES = frozenset({"the"})


def defined_term(subject: Subject) -> Iterator[Finding]:
    """A term that a paper defines is spelt one way in it: Департамент, or департамент, but not both.

    With a capital letter it is the one body that the paper is about, without it any such body. The short name of a unit, the
    short title of a post and what "(далі – …)" or "(hereinafter …)" defines are compared with places where the word stands by
    itself: not within a longer name, and not at the beginning of a sentence.

    Wrong:

    ```yaml
    short_name: Office
    general:
      - the seal is kept by the office
    ```

    Right:

    ```yaml
    short_name: Office
    general:
      - the seal is kept by the Office
    ```
    """
    institution = subject.institution
    terms: dict[str, list[tuple[str, str, Place]]] = {}
    for unit in institution.establishments:
        _note_terms(terms, unit, unit.short_name, unit.short_forms, unit.place.under("short_name"), institution.organisation.language)
    for position in institution.positions.values():
        place = position.place.under("short_title")
        _note_terms(terms, position, position.short_title, position.short_forms, place, institution.organisation.language)
    reading = reading_of(subject.hierarchy)
    for passage in reading.with_any(*_DEFINES):
        for term, _ in _defined(passage.text):
            if " " not in term and not _CAPITALS.fullmatch(term):
                terms.setdefault(passage.entity.id, []).append((term, passage.language, passage.place))
    if terms:
        yield from _compare_terms(reading, terms)


def _note_terms(
    terms: dict[str, list[tuple[str, str, Place]]], entity: Unit | Position, term: Text | None, forms: Forms, place: Place, home: str
) -> None:
    """Keep a short name in all its forms, unless it has several words."""
    if term is None:
        return
    given: Mapping[str, str] = {home: term} if isinstance(term, str) else term
    for language, word in given.items():
        for form in dict.fromkeys((word, *forms_in(forms, language, home).values())):
            if " " not in form:
                terms.setdefault(entity.id, []).append((form, language, place))


def _compare_terms(reading: Reading, terms: Mapping[str, list[tuple[str, str, Place]]]) -> Iterator[Finding]:
    patterns: dict[tuple[str, str], tuple[re.Pattern[str], dict[str, tuple[str, Place]]]] = {}
    for sheet in reading.sheets:
        for passage in sheet.passages:
            if passage.entity.id not in terms or not is_clause(passage):
                continue
            key = (passage.entity.id, sheet.language)
            if key not in patterns:
                other = {_turn(term): (term, place) for term, language, place in terms[key[0]] if language == sheet.language}
                words = "|".join(map(re.escape, sorted(other, key=len, reverse=True)))
                patterns[key] = re.compile(rf"(?<=\s)(?:{words})(?!\w)" if words else r"(?!)"), other
            pattern, other = patterns[key]
            for match in pattern.finditer(passage.text):
                term, place = other[match.group()]
                if _stands_alone(passage.text, match, sheet.language):
                    sentence = Sentence("{word} is spelt {term} where it is defined", word=match.group(), term=term)
                    note = Note(place, Sentence("it is defined here"))
                    yield Finding(passage.place, sentence, (note,), Sentence("write {term}", term=term))
                    break


def _turn(term: str) -> str:
    """The same word with the other case of its first letter."""
    first = term[0]
    return (first.lower() if first.isupper() else first.upper()) + term[1:]


def _stands_alone(text: str, match: re.Match[str], language: str) -> bool:
    """Whether a word is not part of a longer name and does not begin a sentence."""
    before = text[: match.start()].rstrip()
    if not before or before[-1] in '.!?:«“"(' or not _ENDS_AFTER.match(text, match.end()):
        return False
    word = before.rsplit(maxsplit=1)[-1]
    if language == "en":
        return word.lower() in _ARTICLES
    return not _QUALIFIES.search(word.lower()) and not word[:1].isupper()


# -- offices --------------------------------------------------------------------------------------------------------

_FIRST_DEPUTY = re.compile(
    r"(?<!\w)(?P<first>перш(?:ий|ого|ому|им|ою|ої|а|і|их)|перв(?:ый|ого|ому|ым|ом|ая|ой|ые|ых)|першы|першага|першаму|першым|first)"
    r"[\s-]+(?P<deputy>заступни\w+|заместител\w+|намесні\w+|deput(?:y|ies))(?P<rest>[^.;,]{0,60})",
    re.IGNORECASE,
)
_DEPUTIES = ("заступни", "заместител", "намесні", "eput")
_FIRST_TITLE = re.compile(r"перш\w+ заступни|перв\w+ заместител|перш\w+ намесні|first deput", re.IGNORECASE)


def unknown_office(subject: Subject) -> Iterator[Finding]:
    """Where texts speak of a first deputy, there is a post or body of that title.

    Powers of somebody whom nothing creates are powers of nobody; it happens where a paper was copied from a larger body. The
    first deputy of a body outside, such as a mayor, is known by its name; that there is one creates none who leads here. One
    warning is given for each file.

    Wrong:

    ```yaml
    leadership:
      clauses:
        - the first deputy stands in for the director
    ```

    Right:

    ```yaml
    leadership:
      clauses:
        - the deputy stands in for the director
    ```
    """
    institution = subject.institution
    if any(kind in {"position", "organisation"} for kind, _ in institution.broken) or institution.organisation.partial:
        return
    mentions = [
        (passage, match)
        for passage in reading_of(subject.hierarchy).with_any(*_DEPUTIES)
        if is_clause(passage) and (match := _FIRST_DEPUTY.search(passage.text))
    ]
    if not mentions or any(post.partial for post in institution.positions.values()):
        return
    titles = chain.from_iterable((*_every(post.title), *_every(post.short_title)) for post in institution.positions.values())
    if any(map(_FIRST_TITLE.search, titles)):
        return
    names = [name for body in institution.bodies.values() for name in _every(body.name)]
    outside = [_stems(name) for name in names] + [_stems(match["rest"]) for name in names if (match := _FIRST_DEPUTY.search(name))]
    has_outside = any(map(_FIRST_TITLE.search, names))
    told: set[str] = set()
    for passage, match in mentions:
        words = _stems(match["rest"])
        if passage.place.path in told or (has_outside and passage.place.route[0] != "leadership"):
            continue
        if any(body and words[: len(body)] == body for body in outside):
            continue
        told.add(passage.place.path)
        mention = f"{match['first']} {match['deputy']}"
        sentence = Sentence("the text speaks of {mention}, and there is no such post or body", mention=mention)
        yield Finding(passage.place, sentence, hint=Sentence("name the deputy who is meant, or add the post"))


def _every(text: Text | None) -> Iterable[str]:
    """A text in all its languages."""
    return () if text is None else (text,) if isinstance(text, str) else text.values()


def _stems(text: str) -> list[str]:
    """The beginnings of the words, as far as they do not change by case."""
    return [word[:4] for word in re.findall(r"[^\W\d_]+", text.casefold()) if word not in {"of", "the", "to"}]


# -- acts -----------------------------------------------------------------------------------------------------------


def repealed_act(subject: Subject) -> Iterator[Finding]:
    """Nobody is guided by an act that is repealed.

    A paper that rests on a dead act is refused by the first lawyer who reads it, and what replaced the act is not known to its
    readers.

    Wrong:

    ```yaml
    acts.yaml: {acts: {old-charter: {title: Charter of 2010, repealed: 2020-01-01}}}
    lawyer.yaml: {guided_by: [old-charter]}
    ```

    Right:

    ```yaml
    acts.yaml: {acts: {charter: {title: Charter of 2020}}}
    lawyer.yaml: {guided_by: [charter]}
    ```
    """
    institution = subject.institution
    repealed = {act.id: act for act in institution.acts.values() if act.repealed is not None}
    if not repealed:
        return
    holders: Iterable[Unit | Clauses] = (
        institution.organisation, *institution.units.values(), *institution.clause_sets.values(), *institution.positions.values(),
    )  # fmt: skip
    for holder in holders:
        for ref in chain(holder.guided_by, holder.basis if isinstance(holder, Position) else ()):
            if ref.id in repealed:
                yield _refuse_act(ref, repealed[ref.id])


def _refuse_act(ref: Ref, act: Act) -> Finding:
    place = Place(act.place.path, (*act.place.route, "repealed"))
    sentence = Sentence("{act} was repealed on {day}", act=ref.id, day=act.repealed)
    return Finding(ref.place, sentence, (Note(place, Sentence("it stands here")),), Sentence("name the act that replaced it"))


_ACT_SIGNS = ("«", "“", '"', "ГОСТ", "-ФЗ")
_MAY_CITE = re.compile(r"[«“\"](?:Про|О|Об|Аб|On) |ГОСТ|-ФЗ")
_TITLED = re.compile(
    r"(?<!\w)(?P<kind>(?:[Зз]акон|[Уу]каз|[Пп]останов|[Пп]остановлени|[Рр]озпорядженн|[Рр]аспоряжени|[Нн]аказ|[Пп]риказ)\w*|Act|Law)"
    r"[^«»“”\".;]{0,120}[«“\"](?P<title>(?:Про|О|Об|Аб|On) [^«»“”\"]{3,300})[»”\"]"
)
_NUMBERED = re.compile(r"(?<!\w)(?P<number>ГОСТ(?:\s+Р)?\s+\d[\d.]*\d-\d{2,4}|\d{1,4}-ФЗ)(?!\w)")


def unregistered_act(subject: Subject) -> Iterator[Finding]:
    """An act that a text cites by its title, as Закон України «Про …», or its number, as ГОСТ Р …, stands in acts.yaml.

    Only what is registered can be followed: when the act is repealed, all papers that rest on it are found. Where there is no
    acts.yaml, nothing is said. Titles are compared letter by letter, whatever the quotes; each act is told once.

    Wrong:

    ```yaml
    acts.yaml: {acts: {constitution: {title: Конституція України}}}
    lawyer.yaml: {must_know: [Закон України «Про звернення громадян»]}
    ```

    Right:

    ```yaml
    acts.yaml: {acts: {appeals: {title: Закон України «Про звернення громадян»}}}
    lawyer.yaml: {must_know: [Закон України «Про звернення громадян»]}
    ```
    """
    acts = subject.institution.acts
    if not acts or any(act.partial for act in acts.values()) or any(kind == "acts" for kind, _ in subject.institution.broken):
        return
    known = "\n".join(_plain(f"{title} {act.number or ''}") for act in acts.values() for title in _every(act.title))
    cited: dict[str, list[tuple[Passage, str]]] = {}
    for passage in reading_of(subject.hierarchy).with_any(*_ACT_SIGNS):
        if not _MAY_CITE.search(passage.text) or isinstance(passage.entity, Act | Body):
            continue
        for match in chain(_TITLED.finditer(passage.text), _NUMBERED.finditer(passage.text)):
            title = match.groupdict().get("title")
            name = title or match.group()
            if _plain(name) not in known:
                cited.setdefault(_plain(name), []).append((passage, f"«{title}»" if title else name))
    for mentions in cited.values():
        passage, name = mentions[0]
        other = next((later for later, _ in mentions if later.place.path != passage.place.path), None)
        notes = (Note(other.place, Sentence("it is cited here, too")),) if other is not None else ()
        hint = Sentence("add it to acts.yaml, and name it under guided_by where it guides the work")
        yield Finding(passage.place, Sentence("the act {act} is cited and not registered", act=name), notes, hint)


_SIGNS = str.maketrans("’ʼ`‘\N{NO-BREAK SPACE}\n", "''''  ")


def _plain(text: str) -> str:
    """A title without what differs by typing: case, apostrophes, kinds of spaces."""
    return " ".join(text.casefold().translate(_SIGNS).split())


RULES = (
    warning("OD808", "abbreviation", abbreviation),
    warning("OD809", "defined-term", defined_term),
    warning("OD810", "unknown-office", unknown_office),
    warning("OD811", "repealed-act", repealed_act),
    warning("OD812", "unregistered-act", unregistered_act),
)
