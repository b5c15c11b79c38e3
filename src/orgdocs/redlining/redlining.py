"""Redlines: a paper as a Word file in which every change against the paper before is tracked, and the whole is proven."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from typing import NamedTuple

from orgdocs.redlining.marking import Author
from orgdocs.redlining.merging import merge_parts
from orgdocs.redlining.proving import accept, read_lines, reject
from orgdocs.rendering.packages import BODY, read_package, write_package

_STYLES = "word/styles.xml"
_WORTH_PROCESS = 25
"""So many redlines are worth a further process."""


class Pair(NamedTuple):
    """A paper before, None where there was none, and after."""

    before: bytes | None
    after: bytes


class UnprovenError(Exception):
    """A redline of which all changes accepted are not the new paper, or all rejected not the old one; the text says which."""


def draw_redline(before: bytes | None, after: bytes, author: Author) -> bytes:
    """The later paper with every change against the earlier one tracked; all of it is inserted where there was none before.

    Accepting all changes gives the texts of the later paper, rejecting all of them those of the earlier one, in the same
    styles, lists, rows and cells. This is proven here for each redline. Looks come from the later paper's template. Same papers
    and author, same bytes.

    Raises:
        UnprovenError: the redline cannot be proven; none is better than a wrong one.
    """
    new = read_package(after)
    old = read_package(before) if before is not None else {}
    parts = merge_parts(old, new, author)
    if accept(parts) != read_lines(new):
        raise UnprovenError("accepting all changes would not give the new paper")
    rejected = reject(parts)
    if old:
        # A file holds one set of styles; the lists of the earlier paper are read by those of the later one.
        is_proven = rejected == read_lines({**old, _STYLES: new.get(_STYLES, b"")})
    else:
        is_proven = not any(line.text for line in rejected if line.part == BODY)
    if not is_proven:
        raise UnprovenError("rejecting all changes would not give the old paper")
    return write_package(parts)


def draw_redlines(pairs: Sequence[Pair], author: Author) -> Iterator[bytes | UnprovenError]:
    """The redline of each pair of papers, or what stood in its way, in order; many of them in several processes."""
    jobs = min(os.cpu_count() or 1, len(pairs) // _WORTH_PROCESS + 1)
    draw = partial(_draw, author)
    if jobs == 1:
        yield from map(draw, pairs)
        return
    start = "fork" if "fork" in multiprocessing.get_all_start_methods() and os.name == "posix" else "spawn"
    with ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context(start)) as pool:
        try:
            yield from pool.map(draw, pairs, chunksize=5)
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise


def _draw(author: Author, pair: Pair) -> bytes | UnprovenError:
    try:
        return draw_redline(*pair, author)
    except UnprovenError as error:
        return error
