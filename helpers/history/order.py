"""The order of one text's own telling, and the jumps in time between one event and the next."""

from itertools import pairwise

from helpers.base.edtf import interval
from helpers.base.errors import CorpusError
from helpers.base.table import Table
from helpers.history.rivals import RECORD
from helpers.texts.reading import locate

UNITS = ((365.25, "year"), (30.44, "month"), (7, "week"), (1, "day"))  # in days


def as_told(table: Table) -> Table:
    """The tellings of one text in its own order; columns: told, cite, event, edtf, jump, words.

    `table` is what `chronology` returned for that text; for more texts than one there is no such order (`CorpusError`).
    """
    rows = [row for row in table.to_dict("records") if row["source"] != RECORD]
    sources = {row["source"] for row in rows}
    if len(sources) != 1 or table.corpus is None:
        raise CorpusError('Order is that of one text. Name it: timeline(chronology(corpus, "ww188"), order="told").')
    text = table.corpus[sources.pop()]
    rows.sort(key=lambda row: locate(text, row["words"]).start)
    jumps = ["", *(jump(here["edtf"], there["edtf"]) for here, there in pairwise(rows))]
    told = []
    for row, leap in zip(rows, jumps, strict=True):
        told.append([len(told) + 1, row["cite"], row["title"], row["edtf"], leap, row["words"]])
    return Table(told, columns=["told", "cite", "event", "edtf", "jump", "words"], corpus=table.corpus)


def jump(edtf: str, following: str) -> str:
    """From one date to the next, in words; between two that are wider than a day, the least that it can be.

    >>> jump("1997-04-22", "1996-12-17"), jump("1996-12", "1997-04-22"), jump("1997-04", "1997-04-22")
    ('back 4 months', 'forward 4 months or more', 'no jump: they share days')
    """
    here, there = interval(edtf), interval(following)
    exact = here.earliest == here.latest and there.earliest == there.latest
    if here.touches(there):
        return "same day" if exact else "no jump: they share days"
    if here.latest < there.earliest:
        way, days = "forward", (there.earliest - here.latest).days
    else:
        way, days = "back", (here.earliest - there.latest).days
    least = "" if exact else " or more"
    return f"{way} {_length(days)}{least}"


def _length(days: int) -> str:
    """Days in the largest unit of which they hold two."""
    size, unit = next((size, unit) for size, unit in UNITS if days >= 2 * size or size == 1)
    number = round(days / size)
    return f"1 {unit}" if number == 1 else f"{number} {unit}s"
