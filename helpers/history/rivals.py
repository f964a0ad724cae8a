"""Which tellings of one event can't both be true, by their days and numbers. Which one is right, nothing here says."""

import re
from collections.abc import Iterable
from math import inf
from typing import Any

from helpers.base.edtf import interval
from helpers.base.folding import fold

Row = dict[str, Any]  # a row of `chronology`, with what is needed to compare: span (of the words), range (the record's)
RECORD = "record"  # its name among the sources
WITHIN = "this lies within its range"


def mark_rivals(sources: dict[str, list[Row]]) -> None:
    """Write into each row of one event the sources that exclude it, or that it lies within the record's range."""
    for id, own in sources.items():
        others = {other: rows for other, rows in sources.items() if other != id}
        for row in own:
            rivals = [o for o, rows in others.items() if _clash(row, rows) and any(_clash(one, own) for one in rows)]
            row["rival"] = ", ".join(rivals)
            row["remark"] = " ".join([row["remark"], *_within(row, others.get(RECORD, ()))]).strip()


def _clash(row: Row, others: list[Row]) -> bool:
    """Whether all that another source says of the same thing at the same time excludes `row`.

    Two rows that both have a value are compared by it where their times meet: numbers for two days are a calendar.
    """
    values = [o for o in others if row["value"] and o["value"] and meet(row["as_of"], o["as_of"])]
    days = [o for o in others if not (row["value"] and o["value"])]
    apart = [_differ(row["range"] or row["value"], o["range"] or o["value"]) for o in values]
    return bool(apart and all(apart)) or bool(days and not any(meet(row["edtf"], o["edtf"]) for o in days))


def _within(row: Row, found: Iterable[Row]) -> list[str]:
    """What to say where two values differ, but inside the record's own range."""
    found = [o for o in found if row["value"] and o["range"] and meet(row["as_of"], o["as_of"])]
    apart = [o for o in found if _differ(row["value"], o["value"]) and not _differ(row["value"], o["range"])]
    return [f"The record has {o['value']}; {WITHIN}, {o['range']}." for o in apart]


def meet(edtf: str, other: str) -> bool:
    return interval(edtf).touches(interval(other))


def _differ(value: str, other: str) -> bool:
    one, two = amount(value), amount(other)
    if one and two:
        return one[1] < two[0] or two[1] < one[0]
    return not one and not two and fold(value) != fold(other)


_CLOCK = re.compile(r"(\d{1,2})(?::|\.(?=\d\d [ap]m))(\d\d)(?: ([ap])m)?")  # not "3.17", which may be a number
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def amount(words: str) -> tuple[float, float] | None:
    """The least and the most that a value allows; None if it holds no number. A clock time counts in minutes.

    >>> amount("more than 50"), amount("15:13 to 15:39"), amount("about 80")
    ((50.0, inf), (913.0, 939.0), (72.0, 88.0))
    """
    plain = _CLOCK.sub(_minutes, words).replace(",", "")
    found = [float(number) for number in _NUMBER.findall(plain)]
    if not found:
        return None
    if re.search(r"\b(no more than|at most|up to|fewer than|under)\b", words):
        return 0.0, max(found)
    if re.search(r"\b(more than|at least|over)\b", words):
        return min(found), inf
    slack = (
        0.1 if re.search(r"\b(about|approximately|around|nearly)\b", words) else 0
    )  # a tenth: our reading of "about"
    return min(found) * (1 - slack), max(found) * (1 + slack)


def _minutes(clock: re.Match) -> str:
    hour = int(clock[1]) % 12 + 12 * (clock[3] == "p") if clock[3] else int(clock[1])
    return str(hour * 60 + int(clock[2]))
