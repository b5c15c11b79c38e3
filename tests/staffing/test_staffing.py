"""Staff units, pay and totals: what a staffing table prints adds up, to the cent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgdocs.hierarchy import Hierarchy
from orgdocs.language import format_number
from orgdocs.model import Institution, Organisation, PayPart, Position, Ref, Staffing, StaffingTable, Unit
from orgdocs.problems import Place
from orgdocs.staffing import Line, Totals, calculate_line, exists_in, groups, months_in_force, part_amount, round_money, total
from project.opening import find_paper, list_problems, open_texts

PLACE = Place("x.yaml")

quick = settings(max_examples=150, derandomize=True, deadline=None, database=None)


def post(post_id: str = "x", unit: str | None = None, **staffing: object) -> Position:
    """A post with one staff unit, unless told otherwise."""
    given = {"posts": 1, "rate": Decimal(1), "place": PLACE, **staffing}
    return Position(id=post_id, place=PLACE, title=post_id, unit=Ref(unit, PLACE) if unit else None, staffing=Staffing(**given))  # type: ignore[arg-type]


def percent(value: str) -> PayPart:
    return PayPart("rank", Decimal(value), None)


def amount(value: str) -> PayPart:
    return PayPart("harm", None, Decimal(value))


@pytest.mark.parametrize(
    ("given", "rounded"),
    [
        ("0", "0.00"),
        ("1", "1.00"),
        ("0.004", "0.00"),
        ("0.005", "0.01"),
        ("0.015", "0.02"),
        ("0.025", "0.03"),
        ("2.675", "2.68"),
        ("2.6749999", "2.67"),
        ("9999.995", "10000.00"),
        ("123456789012345678901234567890.125", "123456789012345678901234567890.13"),
    ],
)
def test_rounding_half_up(given: str, rounded: str) -> None:
    assert str(round_money(Decimal(given))) == rounded


@pytest.mark.parametrize(
    ("part", "salary", "paid"),
    [
        (percent("20"), "9800.00", "1960.00"),
        (percent("0"), "9800.00", "0.00"),
        (percent("12.5"), "0.20", "0.03"),  # 0.025
        (percent("33.333333"), "100", "33.33"),
        (percent("150"), "100.10", "150.15"),
        (amount("100.10"), "9800", "100.10"),
        (amount("0.125"), "9800", "0.13"),
        (PayPart("nothing", None, None), "9800", "0.00"),
        (PayPart("both", Decimal(10), Decimal(5)), "9800", "5.00"),
    ],
)
def test_parts_of_pay(part: PayPart, salary: str, paid: str) -> None:
    assert str(part_amount(part, Decimal(salary))) == paid


# Staffing, and what its row says: posts, units, salary, allowances, additions, salary fund, month.
LINES = {
    "one post": ({"salary": Decimal(9800)}, (1, "1", "9800.00", "0", "0", "9800.00", "9800.00")),
    "no salary": ({}, (1, "1", "0.00", "0", "0", "0.00", "0.00")),
    "no posts": ({"posts": 0, "salary": Decimal(9800)}, (0, "0", "9800.00", "0", "0", "0.00", "0.00")),
    "part of a post": (
        {"posts": 3, "rate": Decimal("0.75"), "salary": Decimal("1000.01")},
        (3, "2.25", "1000.01", "0", "0", "2250.02", "2250.02"),
    ),
    "half a cent": ({"rate": Decimal("0.5"), "salary": Decimal("0.01")}, (1, "0.5", "0.01", "0", "0", "0.01", "0.01")),
    "salary of three decimals": ({"posts": 2, "salary": Decimal("100.005")}, (2, "2", "100.01", "0", "0", "200.02", "200.02")),
    "allowances and additions": (
        {
            "posts": 2,
            "rate": Decimal("0.25"),
            "salary": Decimal("1000.10"),
            "allowances": (percent("12.5"), percent("12.5")),
            "additions": (amount("33.335"), percent("4")),
        },
        # 125.0125 each is 125.01; 33.34 + 40.00; (1000.10 + 250.02 + 73.34) * 0.5
        (2, "0.50", "1000.10", "250.02", "73.34", "500.05", "661.73"),
    ),
}


@pytest.mark.parametrize(("staffing", "row"), LINES.values(), ids=LINES)
def test_rows(staffing: dict[str, object], row: tuple[int, str, str, str, str, str, str]) -> None:
    line = calculate_line(post(**staffing))
    assert line is not None
    assert (
        line.posts, str(line.units), str(line.salary), str(line.allowances), str(line.additions), str(line.salary_fund), str(line.month)
    ) == row  # fmt: skip


def test_a_post_without_staffing_has_no_row() -> None:
    assert calculate_line(Position(id="x", place=PLACE, title="x")) is None


def test_totals() -> None:
    lines = [
        calculate_line(post(posts=2, rate=Decimal("0.5"), salary=Decimal("10.05"), filled=Decimal("0.5"), allowances=(percent("10"),))),
        calculate_line(post(posts=1, salary=Decimal("20.10"))),
        calculate_line(post(posts=3, salary=Decimal("1.01"), filled=Decimal(4))),
    ]
    # One line says nothing of what is filled: then the sums of it are not known either.
    assert total([line for line in lines if line]) == Totals(6, Decimal("5.0"), None, None, Decimal("33.18"), Decimal("34.19"))
    assert total([]) == Totals(0, Decimal(0), Decimal(0), Decimal(0), Decimal(0), Decimal(0))


MONTHS = [
    (None, None, 12),
    (2026, None, 12),
    (2026, date(2025, 12, 31), 12),
    (2026, date(2026, 1, 1), 12),
    (2026, date(2026, 1, 31), 12),
    (2026, date(2026, 3, 1), 10),
    (2026, date(2026, 12, 31), 1),
    (2026, date(2027, 1, 1), 0),
    (None, date(2026, 3, 1), 10),
]


POSTS = [
    (2026, None, None, date(2026, 6, 30), 6),
    (2026, None, date(2026, 9, 15), None, 4),
    (2026, None, date(2026, 9, 15), date(2026, 9, 20), 1),
    (2026, date(2026, 3, 1), None, date(2026, 6, 30), 4),
    (2026, date(2026, 3, 1), date(2026, 2, 1), date(2027, 6, 30), 10),
    (2026, None, date(2025, 12, 1), date(2026, 1, 1), 1),
    (2026, None, None, date(2025, 12, 31), 0),
    (2026, None, date(2027, 1, 1), None, 0),
    (2026, date(2026, 7, 1), None, date(2026, 6, 30), 0),
    (None, date(2026, 3, 1), None, date(2026, 6, 30), 4),
    (None, None, None, date(2026, 6, 30), 12),
]


@pytest.mark.parametrize(("year", "valid_from", "begins", "ends", "months"), POSTS)
def test_months_of_a_post(year: int | None, valid_from: date | None, begins: date | None, ends: date | None, months: int) -> None:
    position = Position(id="x", place=PLACE, title="x", valid_from=begins, valid_to=ends)
    assert months_in_force(StaffingTable(year=year, valid_from=valid_from), position) == months
    assert exists_in(StaffingTable(year=year, valid_from=valid_from), position) == (months > 0)


@pytest.mark.parametrize(("year", "valid_from", "months"), MONTHS)
def test_months_in_force(year: int | None, valid_from: date | None, months: int) -> None:
    assert months_in_force(StaffingTable(year=year, valid_from=valid_from)) == months


def _hierarchy(units: list[Unit], posts: list[Position]) -> Hierarchy:
    organisation = Organisation(id="office", place=PLACE, name="Office", profile="ua", language="uk", legal_entity=True)
    return Hierarchy(Institution(organisation, {unit.id: unit for unit in units}, {post.id: post for post in posts}))


def _unit(unit_id: str, parent: str | None = None, *, legal_entity: bool = False) -> Unit:
    return Unit(id=unit_id, place=PLACE, name=unit_id, parent=Ref(parent, PLACE) if parent else None, legal_entity=legal_entity)


def test_groups_leave_legal_entities_out() -> None:
    hierarchy = _hierarchy(
        [
            _unit("benefits"),
            _unit("claims", "benefits"),
            _unit("empty", "benefits"),
            _unit("home", legal_entity=True),
            _unit("kitchen", "home"),
            _unit("nursery", "kitchen", legal_entity=True),
            _unit("lost", "atlantis"),
            _unit("round", "round"),
        ],
        [
            post("director"),
            post("payer", "benefits"),
            Position(id="guest", place=PLACE, title="guest", unit=Ref("empty", PLACE)),
            post("clerk", "claims"),
            post("matron", "home"),
            post("cook", "kitchen"),
            post("nurse", "nursery"),
            post("stray", "lost"),
            post("circler", "round"),
            post("nowhere", "atlantis"),
        ],
    )

    def rows(top: str) -> list[tuple[str, list[str]]]:
        unit = hierarchy.institution.unit(top)
        assert unit is not None
        return [(group.unit.id, [line.position.id for line in group.lines]) for group in groups(hierarchy, unit)]

    assert rows("office") == [("office", ["director"]), ("benefits", ["payer"]), ("claims", ["clerk"])]
    assert rows("home") == [("home", ["matron"]), ("kitchen", ["cook"])]
    assert rows("nursery") == [("nursery", ["nurse"])]
    assert rows("round") == [("round", ["circler"])]
    units = {top: hierarchy.staff_units(hierarchy.institution.unit(top)) for top in ("office", "home", "nursery", "round")}  # type: ignore[arg-type]
    assert units == {"office": 3, "home": 2, "nursery": 1, "round": 1}


# Decimals as a file may hold them.
def _decimals(most: int, places: int) -> st.SearchStrategy[Decimal]:
    return st.decimals(min_value=0, max_value=most, places=places, allow_nan=False)


_parts = st.lists(
    st.one_of(
        _decimals(300, 4).map(lambda value: PayPart("k", value, None)), _decimals(5000, 3).map(lambda value: PayPart("k", None, value))
    ),
    max_size=3,
).map(tuple)
_posts = st.lists(
    st.builds(
        post,
        posts=st.integers(0, 500),
        rate=st.sampled_from([Decimal(rate) for rate in ("0.1", "0.25", "0.5", "0.75", "1", "1.5", "0.333")]),
        salary=_decimals(99999, 3),
        allowances=_parts,
        additions=_parts,
        filled=st.none() | _decimals(500, 2),
    ),
    max_size=12,
)


def _lines(posts: list[Position]) -> Iterator[Line]:
    for position in posts:
        line = calculate_line(position)
        assert line is not None
        yield line


@quick
@given(_posts, st.sampled_from(["uk", "ru", "en"]))
def test_printed_rows_add_up_to_the_printed_total(posts: list[Position], language: str) -> None:
    lines = list(_lines(posts))
    totals = total(lines)

    def printed(amount: Decimal) -> Decimal:
        shown = format_number(amount, language, 2)
        return Decimal(shown.replace(",", "") if language == "en" else shown.replace("\N{NO-BREAK SPACE}", "").replace(",", "."))

    for figure in ("salary_fund", "month"):
        assert sum(printed(getattr(line, figure)) for line in lines) == printed(getattr(totals, figure))
    for line in lines:
        assert all(printed(getattr(line, figure)) == getattr(line, figure) for figure in ("salary", "allowances", "additions", "month"))


@quick
@given(_posts, st.randoms(use_true_random=False))
def test_the_total_does_not_depend_on_the_order(posts: list[Position], random: object) -> None:
    lines = list(_lines(posts))
    shuffled = list(lines)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert total(shuffled) == total(lines)


# Rates and steps: what OD703 says of them.
STEPS = [
    (None, "0.25", []),
    (None, "0.3", ["the rate 0.3 is not a multiple of 0.25"]),
    (None, "1.25", []),
    ("0.1", "0.3", []),
    ("0.1", "0.25", ["the rate 0.25 is not a multiple of 0.1"]),
    ("0.10", "0.300", []),
    ("0", "0.123456", []),
    ("0.000001", "0.123456", []),
    ("0.5", "0", []),
]


@pytest.mark.parametrize(("step", "rate", "told"), STEPS)
def test_steps_of_rates(step: str | None, rate: str, told: list[str]) -> None:
    table = f"staffing_table: {{currency: EUR{f', step: {step}' if step else ''}}}"
    files = {
        "org/office/organisation.yaml": f"name: Office\nprofile: intl\nlanguage: en\nhead: director\n{table}\n",
        "positions/office/director.yaml": f"title: Director\nduties: [directs]\nstaffing: {{posts: 1, rate: {rate}}}\n",
    }
    problems = list_problems(open_texts({"org/registry.yaml": "format: 1\n", **files}))
    place = "positions/office/director.yaml:3:28 OD703 "
    assert [line.removeprefix(place) for line in problems if "OD703" in line] == told


def test_the_table_as_printed() -> None:
    project = open_texts(
        {
            "positions/office/director.yaml": "title: Director\nreports_to: mayor\nduties: [directs]\n"
            "staffing: {posts: 1, salary: 1000.05, allowances: [{kind: rank, percent: 10}]}\n",
            "positions/office/deputy.yaml": "title: Deputy\nreports_to: director\nduties: [helps]\n"
            "staffing: {posts: 3, rate: 0.25, salary: 100.01}\n",
            "positions/office/legal/lawyer.yaml": "title: Lawyer\nunit: legal\nreports_to: director\nduties: [advises]\n"
            "staffing: {posts: 1, salary: 33.335, filled: 1}\n",
        },
        "small",
    )
    body = find_paper(project, "office/staffing-table/office").body
    titles = [column["title"] for column in body["columns"]]
    wanted = [titles.index(title) for title in ("Job title", "Authorised FTE", "Monthly cost with allowances (EUR)", "Cost for 2026 (EUR)")]
    rows = [[row["cells"][index]["text"] for index in wanted] if row["cells"] else row["text"] for row in body["rows"]]
    assert rows == [
        "Management",
        ["Director", "1", "1,100.06", "13,200.72"],
        ["Deputy", "0.75", "75.01", "900.12"],
        ["Subtotal", "1.75", "1,175.07", "14,100.84"],
        "Legal Division",
        ["Lawyer", "1", "33.34", "400.08"],
        ["Subtotal", "1", "33.34", "400.08"],
        ["Total", "2.75", "1,208.41", "14,500.92"],
    ]
