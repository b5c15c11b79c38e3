"""Numbers, amounts of money and shares of posts in words: uk, ru, be, en, in the nominative and the genitive.

The tables are our own: num2words, which the tests hear as a second opinion, says «две миллиона», «трьохста» and «однієї
тисячи», knows no hryvnia in English, and reads 0.5 as «нуль кома п’ять».
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from orgdocs.language import plural

Gender = str
"""``m``, ``f`` or ``n``."""

NOMINATIVE, GENITIVE = "nominative", "genitive"


class Noun(NamedTuple):
    """A counted noun: with 1, with 2 to 4, with 5 and more, and the genitive of the singular, as fractions take it."""

    gender: Gender
    one: str
    few: str
    many: str
    of_one: str

    def after(self, number: int | Decimal, language: str, case: str = NOMINATIVE) -> str:
        """The form that stands after a number written in figures: 1 гривня, 2 гривні, 5 гривень, 0,5 гривні."""
        if number != int(number):
            return self.of_one if language != "en" else self.many
        category = plural(int(number), language)
        if case == GENITIVE and language != "en":
            return self.of_one if category == "one" else self.many
        return {"one": self.one, "few": self.few}.get(category, self.many)


class _Digits(NamedTuple):
    """The words of a Slavic language in one case."""

    ones: dict[Gender, tuple[str, str, str]]
    """Zero, one, two by gender."""
    rest: tuple[str, ...]
    """Three to nineteen."""
    tens: tuple[str, ...]
    """Twenty to ninety."""
    hundreds: tuple[str, ...]
    """One hundred to nine hundred."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_DIGITS = {
    ("uk", NOMINATIVE): _Digits(
        {"m": ("нуль", "один", "два"), "f": ("нуль", "одна", "дві"), "n": ("нуль", "одне", "два")},
        _words(
            "три чотири п’ять шість сім вісім дев’ять десять одинадцять дванадцять тринадцять чотирнадцять п’ятнадцять "
            "шістнадцять сімнадцять вісімнадцять дев’ятнадцять"
        ),
        _words("двадцять тридцять сорок п’ятдесят шістдесят сімдесят вісімдесят дев’яносто"),
        _words("сто двісті триста чотириста п’ятсот шістсот сімсот вісімсот дев’ятсот"),
    ),
    ("uk", GENITIVE): _Digits(
        {"m": ("нуля", "одного", "двох"), "f": ("нуля", "однієї", "двох"), "n": ("нуля", "одного", "двох")},
        _words(
            "трьох чотирьох п’яти шести семи восьми дев’яти десяти одинадцяти дванадцяти тринадцяти чотирнадцяти п’ятнадцяти "
            "шістнадцяти сімнадцяти вісімнадцяти дев’ятнадцяти"
        ),
        _words("двадцяти тридцяти сорока п’ятдесяти шістдесяти сімдесяти вісімдесяти дев’яноста"),
        _words("ста двохсот трьохсот чотирьохсот п’ятисот шестисот семисот восьмисот дев’ятисот"),
    ),
    ("ru", NOMINATIVE): _Digits(
        {"m": ("ноль", "один", "два"), "f": ("ноль", "одна", "две"), "n": ("ноль", "одно", "два")},
        _words(
            "три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать четырнадцать пятнадцать "
            "шестнадцать семнадцать восемнадцать девятнадцать"
        ),
        _words("двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто"),
        _words("сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот"),
    ),
    ("ru", GENITIVE): _Digits(
        {"m": ("ноля", "одного", "двух"), "f": ("ноля", "одной", "двух"), "n": ("ноля", "одного", "двух")},
        _words(
            "трёх четырёх пяти шести семи восьми девяти десяти одиннадцати двенадцати тринадцати четырнадцати пятнадцати "
            "шестнадцати семнадцати восемнадцати девятнадцати"
        ),
        _words("двадцати тридцати сорока пятидесяти шестидесяти семидесяти восьмидесяти девяноста"),
        _words("ста двухсот трёхсот четырёхсот пятисот шестисот семисот восьмисот девятисот"),
    ),
    ("be", NOMINATIVE): _Digits(
        {"m": ("нуль", "адзін", "два"), "f": ("нуль", "адна", "дзве"), "n": ("нуль", "адно", "два")},
        _words(
            "тры чатыры пяць шэсць сем восем дзевяць дзесяць адзінаццаць дванаццаць трынаццаць чатырнаццаць пятнаццаць "
            "шаснаццаць сямнаццаць васямнаццаць дзевятнаццаць"
        ),
        _words("дваццаць трыццаць сорак пяцьдзясят шэсцьдзясят семдзесят восемдзесят дзевяноста"),
        _words("сто дзвесце трыста чатырыста пяцьсот шэсцьсот семсот восемсот дзевяцьсот"),
    ),
    ("be", GENITIVE): _Digits(
        {"m": ("нуля", "аднаго", "двух"), "f": ("нуля", "адной", "дзвюх"), "n": ("нуля", "аднаго", "двух")},
        _words(
            "трох чатырох пяці шасці сямі васьмі дзевяці дзесяці адзінаццаці дванаццаці трынаццаці чатырнаццаці пятнаццаці "
            "шаснаццаці сямнаццаці васямнаццаці дзевятнаццаці"
        ),
        _words("дваццаці трыццаці сарака пяцідзесяці шасцідзесяці сямідзесяці васьмідзесяці дзевяноста"),
        _words("ста двухсот трохсот чатырохсот пяцісот шасцісот сямісот васьмісот дзевяцісот"),
    ),
}

_SCALES = {
    "uk": (
        Noun("f", "тисяча", "тисячі", "тисяч", "тисячі"),
        Noun("m", "мільйон", "мільйони", "мільйонів", "мільйона"),
        Noun("m", "мільярд", "мільярди", "мільярдів", "мільярда"),
        Noun("m", "трильйон", "трильйони", "трильйонів", "трильйона"),
    ),
    "ru": (
        Noun("f", "тысяча", "тысячи", "тысяч", "тысячи"),
        Noun("m", "миллион", "миллиона", "миллионов", "миллиона"),
        Noun("m", "миллиард", "миллиарда", "миллиардов", "миллиарда"),
        Noun("m", "триллион", "триллиона", "триллионов", "триллиона"),
    ),
    "be": (
        Noun("f", "тысяча", "тысячы", "тысяч", "тысячы"),
        Noun("m", "мільён", "мільёны", "мільёнаў", "мільёна"),
        Noun("m", "мільярд", "мільярды", "мільярдаў", "мільярда"),
        Noun("m", "трыльён", "трыльёны", "трыльёнаў", "трыльёна"),
    ),
}

_EN_ONES = _words(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
)
_EN_TENS = _words("twenty thirty forty fifty sixty seventy eighty ninety")
_EN_SCALES = _words("thousand million billion trillion")

_KOPECKS = {
    "uk": Noun("f", "копійка", "копійки", "копійок", "копійки"),
    "ru": Noun("f", "копейка", "копейки", "копеек", "копейки"),
    "be": Noun("f", "капейка", "капейкі", "капеек", "капейкі"),
    "en": Noun("n", "kopeck", "kopecks", "kopecks", "kopeck"),
}
_CENTS = {
    "uk": Noun("m", "цент", "центи", "центів", "цента"),
    "ru": Noun("m", "цент", "цента", "центов", "цента"),
    "be": Noun("m", "цэнт", "цэнты", "цэнтаў", "цэнта"),
    "en": Noun("n", "cent", "cents", "cents", "cent"),
}
_EURO_CENTS = {
    **{language: Noun(noun.gender, *(f"{first}{form}" for form in noun[1:])) for (language, noun), first in zip(
        list(_CENTS.items())[:3], ("євро", "евро", "еўра"), strict=True
    )},
    "en": _CENTS["en"],
}  # fmt: skip

CURRENCIES: dict[str, dict[str, tuple[Noun, Noun]]] = {
    "UAH": {
        "uk": (Noun("f", "гривня", "гривні", "гривень", "гривні"), _KOPECKS["uk"]),
        "ru": (Noun("f", "гривна", "гривны", "гривен", "гривны"), _KOPECKS["ru"]),
        "be": (Noun("f", "грыўня", "грыўні", "грыўняў", "грыўні"), _KOPECKS["be"]),
        "en": (Noun("n", "hryvnia", "hryvnias", "hryvnias", "hryvnia"), Noun("n", "kopiyka", "kopiykas", "kopiykas", "kopiyka")),
    },
    "RUB": {
        "uk": (Noun("m", "російський рубль", "російські рублі", "російських рублів", "російського рубля"), _KOPECKS["uk"]),
        "ru": (Noun("m", "рубль", "рубля", "рублей", "рубля"), _KOPECKS["ru"]),
        "be": (Noun("m", "расійскі рубель", "расійскія рублі", "расійскіх рублёў", "расійскага рубля"), _KOPECKS["be"]),
        "en": (Noun("n", "rouble", "roubles", "roubles", "rouble"), _KOPECKS["en"]),
    },
    "BYN": {
        "uk": (Noun("m", "білоруський рубль", "білоруські рублі", "білоруських рублів", "білоруського рубля"), _KOPECKS["uk"]),
        "ru": (Noun("m", "белорусский рубль", "белорусских рубля", "белорусских рублей", "белорусского рубля"), _KOPECKS["ru"]),
        "be": (Noun("m", "беларускі рубель", "беларускія рублі", "беларускіх рублёў", "беларускага рубля"), _KOPECKS["be"]),
        "en": (Noun("n", "Belarusian rouble", "Belarusian roubles", "Belarusian roubles", "Belarusian rouble"), _KOPECKS["en"]),
    },
    "EUR": {
        "uk": (Noun("n", "євро", "євро", "євро", "євро"), _EURO_CENTS["uk"]),
        "ru": (Noun("m", "евро", "евро", "евро", "евро"), _EURO_CENTS["ru"]),
        "be": (Noun("n", "еўра", "еўра", "еўра", "еўра"), _EURO_CENTS["be"]),
        "en": (Noun("n", "euro", "euros", "euros", "euro"), _EURO_CENTS["en"]),
    },
    "USD": {
        "uk": (Noun("m", "долар США", "долари США", "доларів США", "долара США"), _CENTS["uk"]),
        "ru": (Noun("m", "доллар США", "доллара США", "долларов США", "доллара США"), _CENTS["ru"]),
        "be": (Noun("m", "долар ЗША", "долары ЗША", "долараў ЗША", "долара ЗША"), _CENTS["be"]),
        "en": (Noun("n", "US dollar", "US dollars", "US dollars", "US dollar"), _CENTS["en"]),
    },
}
"""By ISO 4217 code and language: the unit and its hundredth."""

STAFF_UNIT = {
    "uk": Noun("f", "штатна одиниця", "штатні одиниці", "штатних одиниць", "штатної одиниці"),
    "ru": Noun("f", "штатная единица", "штатные единицы", "штатных единиц", "штатной единицы"),
    "be": Noun("f", "штатная адзінка", "штатныя адзінкі", "штатных адзінак", "штатнай адзінкі"),
    "en": Noun("n", "staff unit", "staff units", "staff units", "staff unit"),
}
"""What a staffing table counts: shares of full posts."""

_WHOLE = {
    ("uk", NOMINATIVE): ("ціла", "цілих"), ("uk", GENITIVE): ("цілої", "цілих"),
    ("ru", NOMINATIVE): ("целая", "целых"), ("ru", GENITIVE): ("целой", "целых"),
    ("be", NOMINATIVE): ("цэлая", "цэлых"), ("be", GENITIVE): ("цэлай", "цэлых"),
}  # fmt: skip
_PARTS = {
    ("uk", NOMINATIVE): (("десята", "десятих"), ("сота", "сотих"), ("тисячна", "тисячних")),
    ("uk", GENITIVE): (("десятої", "десятих"), ("сотої", "сотих"), ("тисячної", "тисячних")),
    ("ru", NOMINATIVE): (("десятая", "десятых"), ("сотая", "сотых"), ("тысячная", "тысячных")),
    ("ru", GENITIVE): (("десятой", "десятых"), ("сотой", "сотых"), ("тысячной", "тысячных")),
    ("be", NOMINATIVE): (("дзясятая", "дзясятых"), ("сотая", "сотых"), ("тысячная", "тысячных")),
    ("be", GENITIVE): (("дзясятай", "дзясятых"), ("сотай", "сотых"), ("тысячнай", "тысячных")),
}
LARGEST = 10**15 - 1
"""No number above it is put into words."""


def number_in_words(number: int, language: str, gender: Gender = "m", case: str = NOMINATIVE) -> str:
    """A whole number from 0 to ``LARGEST`` in words, agreeing with a noun of the gender.

    >>> number_in_words(78081, "uk", "f")
    'сімдесят вісім тисяч вісімдесят одна'
    """
    if not 0 <= number <= LARGEST:
        raise ValueError(f"{number} is not between 0 and {LARGEST}")
    if language == "en":
        return _in_english(number)
    digits = _DIGITS[language, case]
    if number == 0:
        return digits.ones[gender][0]
    groups = [(number // 1000**power % 1000, power) for power in range(5)]
    words: list[str] = []
    for group, power in reversed(groups):
        if not group:
            continue
        if not power:
            words += _group(group, digits, gender)
            continue
        scale = _SCALES[language][power - 1]
        words += [*_group(group, digits, scale.gender), scale.after(group, language, case)]
    return " ".join(words)


def _group(number: int, digits: _Digits, gender: Gender) -> list[str]:
    """The words of 1 to 999."""
    words = []
    hundreds, rest = divmod(number, 100)
    if hundreds:
        words.append(digits.hundreds[hundreds - 1])
    tens, ones = divmod(rest, 10)
    if tens > 1:
        words.append(digits.tens[tens - 2])
        rest = ones
    if rest:
        words.append(digits.ones[gender][rest] if rest < 3 else digits.rest[rest - 3])
    return words


def _in_english(number: int) -> str:
    """British usage: one thousand two hundred and five."""
    if number < 20:
        return _EN_ONES[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return _EN_TENS[tens - 2] + (f"-{_EN_ONES[ones]}" if ones else "")
    if number < 1000:
        hundreds, rest = divmod(number, 100)
        return f"{_EN_ONES[hundreds]} hundred" + (f" and {_in_english(rest)}" if rest else "")
    power = (len(str(number)) - 1) // 3
    group, rest = divmod(number, 1000**power)
    tail = "" if not rest else f" and {_in_english(rest)}" if rest < 100 else f" {_in_english(rest)}"
    return f"{_in_english(group)} {_EN_SCALES[power - 1]}{tail}"


def decimal_in_words(number: Decimal, language: str, case: str = NOMINATIVE) -> str:
    """A number with up to three decimals in words: чотирнадцять цілих сімдесят п’ять сотих, fourteen point seven five.

    A whole number agrees with a feminine noun, as the words for a share do.
    """
    number = number.normalize()
    whole = int(number)
    if number == whole:
        return number_in_words(whole, language, "f", case)
    places = -int(number.as_tuple().exponent)
    part = int((number - whole).scaleb(places))
    if language == "en":
        return f"{_in_english(whole)} point {' '.join(_EN_ONES[int(digit)] for digit in f'{part:0{places}}')}"
    if places > 3:
        raise ValueError(f"{number} has more than three decimals")
    wholes, parts = _WHOLE[language, case], _PARTS[language, case][places - 1]
    return " ".join(
        (
            number_in_words(whole, language, "f", case),
            wholes[not _ends_in_one(whole)],
            number_in_words(part, language, "f", case),
            parts[not _ends_in_one(part)],
        )
    )


def _ends_in_one(number: int) -> bool:
    return number % 10 == 1 and number % 100 != 11


def amount_in_words(amount: Decimal, currency: str, language: str, case: str = NOMINATIVE) -> str:
    """An amount of money in words, rounded half up to hundredths, which follow in figures unless there are none.

    >>> amount_in_words(Decimal("78081.50"), "UAH", "uk")
    'сімдесят вісім тисяч вісімдесят одна гривня 50 копійок'

    Raises:
        KeyError: the currency is not one of ``CURRENCIES``.
        ValueError: the amount is negative, or too large for words.
    """
    unit, hundredth = CURRENCIES[currency][language]
    rounded = amount.quantize(Decimal("0.01"), ROUND_HALF_UP)
    whole = int(rounded)
    rest = int((rounded - whole) * 100)
    words = f"{number_in_words(whole, language, unit.gender, case)} {unit.after(whole, language, case)}"
    return f"{words} {rest:02} {hundredth.after(rest, language, case)}" if rest else words
