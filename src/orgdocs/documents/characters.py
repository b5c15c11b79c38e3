"""From bytes to text: the encoding of a file, and the characters that none may hold."""

from __future__ import annotations

import re
import unicodedata

from orgdocs.problems import TOP, Fault, Finding, Place, Sentence, Span

ORDINARY_SPACE = Sentence("type an ordinary space there; another kind comes along when text is copied from Word or a web page")

# Control characters but tab, line feed and carriage return, separators, direction marks, surrogates, and what is no
# character. One class of few ranges: anything else takes several times as long, and all text goes through here.
_SUSPECT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff"
    "\U0001fffe-\U0010ffff]"
)
_CONFLICT = re.compile(r"^(<{7}|>{7}|={7})( |$)", re.MULTILINE)
_DIRECTIVE = re.compile(r"(?:[ \t]*+(?:#.*)?+\n)*+(%.*)")
_LFS = "version https://git-lfs.github.com/spec/"


def decode(path: str, content: bytes) -> tuple[str, Fault | None]:
    """Bytes to text with line feeds as line ends, or the fault that forbids reading on."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0\0" in (content[0:4:2], content[1:4:2]):
        return "", _fault(path, "encoding", None, Sentence("the file is saved as UTF-16; save it as UTF-8"))
    fault = None
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        text = content.decode("utf-8", "replace")
        before = content[: error.start].decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n")
        if _looks_like_cp1251(content):
            sentence = Sentence("the file is not UTF-8; it seems to be saved as Windows-1251. Save it as UTF-8")
        else:
            sentence = Sentence("the file is not UTF-8 from here on; save it as UTF-8")
        fault = _fault(path, "encoding", _span_of(before, len(before), 1), sentence)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    return text, fault or _check_text(path, text)


def _check_text(path: str, text: str) -> Fault | None:
    """What can be seen in the text before it is read as YAML, and would be misunderstood there."""
    if text.startswith(_LFS):
        return _fault(path, "not-yaml", None, Sentence("this is a Git LFS pointer, not the file itself; run git lfs pull"))
    if "\r" in text:
        span = _span_of(text, text.index("\r"), 1)
        return _fault(path, "character", span, Sentence("a lone carriage return; save the file with ordinary line ends"))
    if conflict := _CONFLICT.search(text):
        return _fault(path, "conflict", _span_of(text, conflict.start(), 7), Sentence("a merge conflict is not resolved here"))
    if bad := find_forbidden(text):
        return _fault(path, "character", _span_of(text, bad.start(), 1), refuse_character(bad.group()))
    if directive := _DIRECTIVE.match(text):
        span = _span_of(text, directive.start(1), len(directive.group(1)))
        return _fault(path, "plain-yaml", span, Sentence("a line beginning with % is not allowed"))
    return None


def find_forbidden(text: str) -> re.Match[str] | None:
    """The first character that no file may hold."""
    for suspect in _SUSPECT.finditer(text):
        code = ord(suspect.group())
        if code <= 0xFFFF or code & 0xFFFE == 0xFFFE:  # beyond the first plane only the last two of each are no characters
            return suspect
    return None


def _looks_like_cp1251(content: bytes) -> bool:
    """Whether the bytes are words of Cyrillic letters in Windows-1251; words of two alphabets speak for another encoding."""
    try:
        text = content.decode("cp1251")
    except UnicodeDecodeError:
        return False
    words = [word for word in re.findall(r"[^\W\d_]+", text) if not word.isascii()]
    cyrillic = sum(all("а" <= letter <= "я" or letter in "іїєґёў" for letter in word.lower()) for word in words)
    return cyrillic > 0.8 * len(words)


def refuse_character(character: str) -> Sentence:
    """What is said of a character that no file may hold."""
    return Sentence("the character {code} ({name}) is not allowed", code=f"U+{ord(character):04X}", name=_name_character(character))


def refuse_ends(text: str, *, plain: bool) -> tuple[Sentence, Sentence] | None:
    """What is said, with a hint, of a text of which nothing can be seen, and of a plain one with an unusual space at an end."""
    if text.strip(" \n") and not "".join(sign for sign in text if unicodedata.category(sign) != "Cf").strip():
        return Sentence("a text of which nothing can be seen"), Sentence("write it, or take it out")
    if plain and text != text.strip():
        return Sentence("an unusual space stands in front of the text or after it"), ORDINARY_SPACE
    return None


_NAMES = {"\x00": "NUL", "\x1b": "escape", "\r": "carriage return", "\x85": "next line", "\ufeff": "byte order mark inside the file"}


def _name_character(character: str) -> str:
    if character in _NAMES:
        return _NAMES[character]
    if "\ud800" <= character <= "\udfff":
        return "half of a character"
    kind = "control character" if unicodedata.category(character) == "Cc" else "no character at all"
    return unicodedata.name(character, kind).lower()


def _span_of(text: str, offset: int, length: int) -> Span:
    line = text.count("\n", 0, offset) + 1
    column = offset - text.rfind("\n", 0, offset)
    return Span(line, column, line, column + length)


def _fault(path: str, kind: str, span: Span | None, sentence: Sentence, hint: Sentence | None = None) -> Fault:
    return Fault(kind, Finding(Place(path, span=span or TOP), sentence, hint=hint))
