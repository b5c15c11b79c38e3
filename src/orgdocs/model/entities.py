"""The things a registry is made of: organisations, units, posts, bodies, acts and clause sets. Frozen, plain, placed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

from orgdocs.problems import Place

Text: TypeAlias = str | Mapping[str, str]
"""A printed text: plain, in the language of the organisation, or by language."""

Forms: TypeAlias = Mapping[str, Text]
"""Case forms by name: ``genitive``, ``dative``, ``accusative``, ``instrumental``, ``prepositional``."""


def text_in(text: Text, language: str, home: str) -> str | None:
    """A text in a language, or None if it is not given in it; a plain text is in the language of its home."""
    if isinstance(text, str):
        return text if language == home else None
    return text.get(language)


def text_for(text: Text, language: str) -> str:
    """A text for somebody who reads a language: in it, or in whichever it is given; an empty one if it is given in none."""
    return text if isinstance(text, str) else text.get(language) or next(iter(text.values()), "")


def forms_in(forms: Forms, language: str, home: str) -> dict[str, str]:
    """The case forms that are given in a language."""
    return {case: form for case, text in forms.items() if (form := text_in(text, language, home)) is not None}


class Ref(NamedTuple):
    """The id of another thing, and where it is mentioned."""

    id: str
    place: Place


class Clause(NamedTuple):
    """One clause of a paper with what lies below it.

    Duties say which functions they perform; functions say who leads them and which tasks they serve. ``tells`` names the fields
    that the clause says in words of its own.
    """

    text: Text
    place: Place
    items: tuple[Clause, ...] = ()
    id: str | None = None
    performs: tuple[Ref, ...] = ()
    lead: Ref | None = None
    serves: tuple[Ref, ...] = ()
    tells: tuple[str, ...] = ()

    @property
    def id_place(self) -> Place:
        """Where its id stands."""
        return Place(self.place.path, (*self.place.route[:-1], "id"))


class Tie(NamedTuple):
    """A tie to a body or post, with the matter it concerns."""

    to: Ref
    matter: Text | None = None


class Person(NamedTuple):
    """Who holds a post or office. ``spelled`` is the same person's name as other languages write it."""

    family: str
    given: str
    patronymic: str | None = None
    spelled: Mapping[str, Person] = MappingProxyType({})
    forms: Forms = MappingProxyType({})
    """Of the whole name: family name, given name, patronymic."""


class Appointment(NamedTuple):
    """Who appoints or dismisses, by which kind of act, on whose proposal."""

    by: Ref
    act: str | None = None
    on_proposal_of: Ref | None = None


class Predecessor(NamedTuple):
    """A body whose rights and duties passed to this one."""

    name: Text
    forms: Forms
    code: str | None
    place: Place


class Approved(NamedTuple):
    """How a paper was approved: number and day of the act, or the day on which the approver signed."""

    number: str | None = None
    date: dt.date | None = None


class ArrangedSection(NamedTuple):
    """A section of an arrangement: it prints the list that ``of`` names, then clauses of its own."""

    place: Place
    heading: Text | None = None
    lead: Text | None = None
    of: str | None = None
    clauses: tuple[Clause, ...] = ()
    columns: tuple[Text, ...] = ()


class Arrangement(NamedTuple):
    """The sections of a paper as they stood in an older one, and the lines around them, in place of those of the profile."""

    place: Place
    sections: tuple[ArrangedSection, ...]
    stamp: tuple[Text, ...] = ()
    head: tuple[Text, ...] = ()
    title: tuple[Text, ...] = ()
    preamble: tuple[Text, ...] = ()
    closing: tuple[Text, ...] = ()


_NOT_YET = Approved()


class Paper(NamedTuple):
    """Particulars of a printed paper; what is None prints as a line to fill in.

    ``number`` and ``date`` are the paper's own; those of the act that approves it are in ``approval``. ``amended`` says that
    this is an issue with changes.
    """

    number: str | None = None
    date: dt.date | None = None
    reviewed_on: dt.date | None = None
    not_required: str | None = None
    annex_to: Text | None = None
    annex_number: str | None = None
    approval: Approved = _NOT_YET
    amended: bool = False
    arrangement: Arrangement | None = None
    review_every: int | None = None
    """In months, where this paper differs from others of its kind."""


_NO_PAPER = Paper()


class Education(NamedTuple):
    """A level of education and the fields of study, any of them."""

    level: str
    fields: tuple[Text, ...] = ()


class Alternative(NamedTuple):
    """One way to qualify for a post. ``years`` 0 means that experience is expressly not required."""

    education: Education | None = None
    training: Text | None = None
    years: int | None = None
    experience_in: Text | None = None
    text: Text | None = None


class PayPart(NamedTuple):
    """An allowance or additional payment: percent of the salary, or an amount for a full post."""

    kind: Text
    percent: Decimal | None
    amount: Decimal | None


class Staffing(NamedTuple):
    """How many posts there are, at which rate and pay. Salary is monthly, for a full post."""

    posts: int
    rate: Decimal
    place: Place
    salary: Decimal | None = None
    allowances: tuple[PayPart, ...] = ()
    additions: tuple[PayPart, ...] = ()
    filled: Decimal | None = None
    establishment: str | None = None
    funding: Text | None = None
    note: Text | None = None

    @property
    def units(self) -> Decimal:
        """Staff units: posts times rate."""
        return self.posts * self.rate


class Relation(NamedTuple):
    """With whom a post exchanges what."""

    place: Place
    to: Ref | None
    who: Text | None
    receives: tuple[Clause, ...]
    provides: tuple[Clause, ...]


class Limits(NamedTuple):
    """The largest number of staff units and the largest monthly payroll."""

    place: Place
    posts: Decimal | None
    payroll: Decimal | None


class PayRange(NamedTuple):
    """From which to which monthly base salary the posts of a grade are paid."""

    place: Place
    least: Decimal | None
    most: Decimal | None


class Tenure(NamedTuple):
    """A post or office outside that somebody holds, from the first to the last day; None where it is not limited."""

    post: Ref
    since: dt.date | None
    until: dt.date | None
    acting: bool


class SigningKey(NamedTuple):
    """A public key with which somebody signs approvals."""

    key: str
    """Kind and key, without the comment: ``ssh-ed25519 AAAA…``."""
    place: Place
    since: dt.date | None = None
    retired: dt.date | None = None
    """Since when it is used no more; what others have sealed stays valid."""
    revoked: dt.date | None = None
    """Since when it is not to be trusted; only what ``sealed`` names stays valid."""
    sealed: tuple[str, ...] = ()
    """Names of records that it signed while it was good."""


class Approval(NamedTuple):
    """One entry of the approval matrix. ``of`` is ``organisation``, ``unit`` or None for both."""

    paper: str
    of: str | None
    subjects: tuple[Ref, ...]
    """The posts or units whose paper is meant; empty for all."""
    by: Ref
    act: str | None
    signed_by: tuple[Ref, ...]
    agreed_by: tuple[Ref, ...]
    place: Place
    also_by: tuple[Ref, ...] = ()
    """Posts and bodies whose approval counts as much as that of ``by``."""
    threshold: int = 1
    """So many different people have to approve."""
    four_eyes: bool = False
    """Whoever prepared the paper or agreed to it does not approve it."""


class Emblem(NamedTuple):
    """A coat of arms or logo. ``file`` is a path below the root; ``height`` is in millimetres."""

    file: str
    description: Text
    height: Decimal
    place: Place


class StaffingTable(NamedTuple):
    """Settings of the staffing table. ``step`` is what every rate is a multiple of."""

    currency: str | None = None
    step: Decimal = Decimal("0.25")
    year: int | None = None
    valid_from: dt.date | None = None
    paper: Paper = _NO_PAPER


_NO_TABLE = StaffingTable()


class Familiarisation(NamedTuple):
    """On what staff sign that they have read the papers: a sheet for each paper of these kinds, and one journal."""

    sheets: tuple[str, ...] = ()
    journal: bool = False


_NO_FAMILIARISATION = Familiarisation()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """Anything with an id of its own. ``partial`` says that its file has faults and something may be missing here."""

    id: str
    place: Place
    partial: bool = False
    previously: tuple[Ref, ...] = ()
    """Ids that it had before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit(Entity):
    """A unit of an organisation (org:OrganizationalUnit in W3C ORG), with everything its regulation says."""

    name: Text
    forms: Forms = field(default_factory=dict)
    short_name: Text | None = None
    short_forms: Forms = field(default_factory=dict)
    kind: str | None = None
    parent: Ref | None = None
    head: Ref | None = None
    deputies: tuple[Ref, ...] = ()
    legal_entity: bool = False
    order: int | None = None
    status: Text | None = None
    subordinate_to: tuple[Tie, ...] = ()
    accountable_to: tuple[Tie, ...] = ()
    coordinated_by: tuple[Tie, ...] = ()
    cooperates_with: tuple[Tie, ...] = ()
    codes: Mapping[str, str] = field(default_factory=dict)
    address: Text | None = None
    predecessors: tuple[Predecessor, ...] = ()
    guided_by: tuple[Ref, ...] = ()
    general: tuple[Clause, ...] = ()
    tasks: tuple[Clause, ...] = ()
    functions: tuple[Clause, ...] = ()
    rights: tuple[Clause, ...] = ()
    structure_open: Text | None = None
    structure_clauses: tuple[Clause, ...] = ()
    leadership_clauses: tuple[Clause, ...] = ()
    powers: tuple[Clause, ...] = ()
    interaction: tuple[Clause, ...] = ()
    final: tuple[Clause, ...] = ()
    leads: Mapping[str, Text] = field(default_factory=dict)
    limits: Limits | None = None
    emblem: Emblem | None = None
    works_by: str | None = None
    territories: Mapping[str, Text] = field(default_factory=dict)
    regulation: Paper = _NO_PAPER


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation(Unit):
    """An organisation (org:FormalOrganization). It is also the uppermost unit of its hierarchy."""

    profile: str
    language: str
    languages: tuple[str, ...] = ()
    superior_body: Ref | None = None
    place_of_issue: Text | None = None
    approvals: tuple[Approval, ...] = ()
    staffing_table: StaffingTable = _NO_TABLE
    familiarisation: Familiarisation = _NO_FAMILIARISATION
    review_every: Mapping[str, int] = field(default_factory=dict)
    """By kind of paper, after how many months it is looked at again."""
    qr_code: bool = False
    """Whether its papers carry a QR code with their id and digest."""
    grades: Mapping[str, PayRange] = field(default_factory=dict)
    registrar: Ref | None = None
    """The post that records the acts by which bodies outside approve."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Body(Entity):
    """A body or official outside the organisation that it has to do with."""

    name: Text
    official: bool = False
    forms: Forms = field(default_factory=dict)
    short_name: Text | None = None
    short_forms: Forms = field(default_factory=dict)
    holder: Person | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder(Entity):
    """Somebody who approves or agrees: the person's name, the posts held, and the keys that sign."""

    name: Person
    holds: tuple[Tenure, ...] = ()
    keys: tuple[SigningKey, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Act(Entity):
    """A law, decree, charter or other act. The title is in the nominative."""

    title: Text
    forms: Forms = field(default_factory=dict)
    number: str | None = None
    date: dt.date | None = None
    repealed: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Clauses(Entity):
    """The clauses that a post or a clause set can hold."""

    guided_by: tuple[Ref, ...] = ()
    must_know: tuple[Clause, ...] = ()
    general: tuple[Clause, ...] = ()
    duties: tuple[Clause, ...] = ()
    rights: tuple[Clause, ...] = ()
    responsibility: tuple[Clause, ...] = ()
    interaction: tuple[Clause, ...] = ()
    indicators: tuple[Clause, ...] = ()
    evaluation: tuple[Clause, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Position(Clauses):
    """A post (org:Post), held by nobody in particular, with everything its job description says."""

    title: Text
    forms: Forms = field(default_factory=dict)
    short_title: Text | None = None
    short_forms: Forms = field(default_factory=dict)
    unit: Ref | None = None
    folder: str | None = None
    order: int | None = None
    category: str | None = None
    classifier_scheme: str | None = None
    classifier_code: str | None = None
    grade: str | None = None
    reports_to: Ref | None = None
    accountable_to: tuple[Tie, ...] = ()
    coordinated_by: tuple[Tie, ...] = ()
    appointed_by: Appointment | None = None
    dismissed_by: Appointment | None = None
    substituted_by: tuple[Ref, ...] = ()
    substitution: Text | None = None
    staffing: Staffing | None = None
    qualification: tuple[Alternative, ...] = ()
    basis: tuple[Ref, ...] = ()
    includes: tuple[Ref, ...] = ()
    relations: tuple[Relation, ...] = ()
    territories: tuple[Ref, ...] = ()
    leads: Mapping[str, Text] = field(default_factory=dict)
    job_description: Paper = _NO_PAPER
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    """First and last day on which the post exists; None where it is not limited."""
    holder: Person | None = None
