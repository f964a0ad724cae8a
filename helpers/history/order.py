"""The order of one text's own telling, and the jumps in time between one event and the next."""

from helpers.base.edtf import interval
from helpers.base.errors import CorpusError
from helpers.base.table import Table
from helpers.history.rivals import RECORD
from helpers.texts.reading import locate

COLUMNS = ["told", "cite", "event", "edtf", "jump", "words"]
UNITS = {"year": 365.25, "month": 30.44, "week": 7}  # in days


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
    told, before = [], ""
    for number, row in enumerate(rows, start=1):
        leap = jump(before, row["edtf"]) if before else ""
        before = row["edtf"]
        told.append([number, row["cite"], row["title"], before, leap, row["words"]])
    return Table(told, columns=COLUMNS, corpus=table.corpus)


def jump(edtf: str, following: str) -> str:
    """From one date to the next, in words; between two that are wider than a day, the least that it can be.

    >>> jump("1997-04-22", "1996-12-17"), jump("1996-12", "1997-04-22"), jump("1997-04", "1997-04-22")
    ('back 4 months', 'forward 4 months or more', 'no jump: they share days')
    """
    here, there = interval(edtf), interval(following)
    exact = here.earliest == here.latest and there.earliest == there.latest
    least = "" if exact else " or more"
    if here.touches(there):
        return "same day" if exact else "no jump: they share days"
    if here.latest < there.earliest:
        days = (there.earliest - here.latest).days
        return f"forward {_length(days)}{least}"
    days = (here.earliest - there.latest).days
    return f"back {_length(days)}{least}"


def _length(days: int) -> str:
    """Days in the largest unit of which they hold two."""
    for unit, size in UNITS.items():
        if days >= 2 * size:
            return f"{round(days / size)} {unit}s"
    return "1 day" if days == 1 else f"{days} days"
