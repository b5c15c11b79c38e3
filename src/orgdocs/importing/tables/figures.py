"""Figures in the cells of tables: numbers as people of four languages type them, percents, currencies."""

from __future__ import annotations

import re
from decimal import Decimal

NOTHING = frozenset({"-", "–", "—", "−", "x", "х", "X", "Х", "*", "_", "__", "---"})
"""Signs that stand where there is nothing; one of the letters is Latin, the other Cyrillic."""

_FRACTIONS = {"¼": "0.25", "½": "0.5", "¾": "0.75"}
_UNITS = re.compile(
    r"(?:грн|гривен\w*|гривн\w*|руб|рубл\w*|р|uah|rub|byn|eur|usd|gbp|br|€|\$|£|₴|₽|од|ед|шт|ставк\w*|посад\w*|штатн\w+|одиниц\w*|единиц\w*|адзін\w*"
    r"|posts?|units?|fte)\.?",
    re.IGNORECASE,
)
_COINS = re.compile(r"\b(\d{2})\s*(?:коп|к|cents?)\w*\.?\Z", re.IGNORECASE)
_NUMBER = re.compile(r"[+-]?\d[\d.,]*\Z")
_LONGEST = 40

_CURRENCIES = {
    "UAH": r"грн|гривен|гривн|\buah\b|₴",
    "BYN": r"бел\.?\s*руб|\bbyn\b|\bbr\b",
    "RUB": r"\bруб|рубл|\brub\b|₽",
    "EUR": r"€|\beur|\bєвро|\bевро",
    "USD": r"\$|\busd\b|дол\b|долар|доллар",
    "GBP": r"£|\bgbp\b",
}


def read_number(text: str, language: str) -> Decimal | None:
    """The number that a cell says, None if it says something else. A comma parts decimals, in English thousands.

    >>> [str(read_number(text, "uk")) for text in ("1,5", "9 800,00 грн", "12.345,67", "½", "-", "директор")]
    ['1.5', '9800.00', '12345.67', '0.5', 'None', 'None']
    """
    if len(text) > _LONGEST:
        return None
    bare = text.strip()
    if bare in _FRACTIONS:
        return Decimal(_FRACTIONS[bare])
    coins = _COINS.search(bare)
    if coins:
        bare = bare[: coins.start()].rstrip()
    bare = re.sub(r"[\s'’_]", "", _UNITS.sub("", bare)) if any(letter.isdigit() for letter in bare) else ""
    if not _NUMBER.fullmatch(bare):
        return None
    plain = _point(bare.rstrip(".,"), language)
    if plain is None:
        return None
    return Decimal(f"{plain}.{coins[1]}") if coins and "." not in plain else Decimal(plain)


def _point(text: str, language: str) -> str | None:
    """The number with a point before its decimals, None if its signs contradict each other."""
    comma, point = text.rfind(","), text.rfind(".")
    if comma >= 0 and point >= 0:
        thousands = "," if comma < point else "."
        text = text.replace(thousands, "")
    elif text.count(",") > 1 or text.count(".") > 1:
        parts = re.split("[.,]", text)
        return "".join(parts) if all(len(part) == 3 for part in parts[1:]) else None
    elif comma >= 0 and language == "en" and len(text) - comma == 4:
        text = text.replace(",", "")
    text = text.replace(",", ".")
    return text if text.count(".") <= 1 else None


def read_percent(text: str, language: str) -> Decimal | None:
    """The percentage that a cell says with its sign, None if it says none."""
    bare = text.strip()
    return read_number(bare[:-1], language) if bare.endswith("%") else None


def tell_currency(text: str, language: str) -> str | None:
    """The international code of the currency that a text names."""
    folded = text.casefold()
    found = next((code for code, pattern in _CURRENCIES.items() if re.search(pattern, folded)), None)
    return "BYN" if found == "RUB" and language == "be" else found


def show(number: Decimal) -> str:
    """A number in plain digits, without zeros at its end.

    >>> show(Decimal("1.50")), show(Decimal("9800.00"))
    ('1.5', '9800')
    """
    shown = f"{number:f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def name_cell(row: int, column: int, sheet: str = "") -> str:
    """A cell as Excel names it.

    >>> name_cell(12, 6, "Staff"), name_cell(3, 28)
    ('Staff!F12', 'AB3')
    """
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{sheet}!{letters}{row}" if sheet else f"{letters}{row}"
