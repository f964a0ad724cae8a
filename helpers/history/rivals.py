"""Which tellings of one event can't both be true, by their days and numbers. Which one is right, nothing here says."""

import re
from collections.abc import Iterable
from math import inf
from typing import Any

from helpers.base.edtf import interval
from helpers.base.folding import fold

Row = dict[str, Any]  # a row of `chronology`, with what is needed to compare: span (of the words), range (the record's)
RECORD = "record"  # its name among the sources


def mark_rivals(sources: dict[str, list[Row]]) -> None:
    """Write into each row of one event which sources exclude it (`rival`), and whether the record leaves room for it.

    `within` holds the record's value and range where the row's value is another but lies inside that range.
    """
    for id, own in sources.items():
        others = {other: rows for other, rows in sources.items() if other != id}
        for row in own:
            row["rival"] = ", ".join(other for other, rows in others.items() if _exclude(row, own, rows))
            row["within"] = _within(row, others.get(RECORD, ()))


def _exclude(row: Row, own: list[Row], others: list[Row]) -> bool:
    return _clash(row, others) and any(_clash(other, own) for other in others)


def _clash(row: Row, others: list[Row]) -> bool:
    """Whether all that another source says of the same thing at the same time excludes `row`.

    Two rows that both have a value are compared by it where their times meet: numbers for two days are a calendar.
    """
    by_value, by_day = [], []
    for other in others:
        if not row["value"] or not other["value"]:
            by_day.append(meet(row["edtf"], other["edtf"]))
        elif meet(row["as_of"], other["as_of"]):
            by_value.append(not _differ(_said(row), _said(other)))
    return any(agreeing and not any(agreeing) for agreeing in (by_value, by_day))


def _said(row: Row) -> str:
    return row["range"] or row["value"]


def _within(row: Row, record: Iterable[Row]) -> str:
    for other in record:
        if not row["value"] or not other["range"] or not meet(row["as_of"], other["as_of"]):
            continue
        if _differ(row["value"], other["value"]) and not _differ(row["value"], other["range"]):
            return f"The record has {other['value']}; this lies within its range, {other['range']}."
    return ""


def meet(edtf: str, other: str) -> bool:
    """Whether two dates share a day."""
    return interval(edtf).touches(interval(other))


def _differ(value: str, other: str) -> bool:
    one, two = amount(value), amount(other)
    if one and two:
        return one[1] < two[0] or two[1] < one[0]
    return not one and not two and fold(value) != fold(other)


# ---- Numbers in words ----

_TWELVE = re.compile(r"(\d{1,2})(?:[:.](\d\d))? ?([ap])\.?m\b")
_CLOCK = re.compile(r"(\d{1,2}):(\d\d)")  # not "3.17" alone, which may be a number
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_LESS, _MORE = "(?:fewer|less)", "(?:more|longer)"
_MOST = rf"(?:no|not) {_MORE} than|at most|up to|under|below|or {_LESS}|(?<!no )(?<!not ){_LESS} than"
_LEAST = rf"(?:no|not) {_LESS} than|at least|over|above|{_MORE} than|or {_MORE}"
_AT_MOST, _AT_LEAST = (re.compile(rf"\b(?:{words})\b") for words in (_MOST, _LEAST))
_ABOUT = re.compile(r"\b(?:about|approximately|around|nearly|almost|roughly|some)\b")
_SLACK = 0.1  # a tenth to either side: our reading of "about"


def amount(words: str) -> tuple[float, float] | None:
    """The least and the most that a value allows; None if it holds no number. A clock time counts in minutes.

    Words such as "more than", "at least", "at most" and "fewer than" leave one side open; the number itself counts as
    allowed even where the words, taken strictly, leave it out, so that a round number makes no rivals.

    >>> amount("More than 50"), amount("15:13 to 15:39"), amount("about 80"), amount("fewer than 30")
    ((50.0, inf), (913.0, 939.0), (72.0, 88.0), (0.0, 30.0))
    """
    plain = fold(words).replace(",", "")
    plain = _CLOCK.sub(_minutes, _TWELVE.sub(_minutes_of_half_day, plain))
    found = [float(number) for number in _NUMBER.findall(plain)]
    if not found:
        return None
    if _AT_MOST.search(plain):
        return 0.0, max(found)
    if _AT_LEAST.search(plain):
        return min(found), inf
    if _ABOUT.search(plain):
        return min(found) * (1 - _SLACK), max(found) * (1 + _SLACK)
    return min(found), max(found)


def _minutes(clock: re.Match) -> str:
    return str(int(clock[1]) * 60 + int(clock[2]))


def _minutes_of_half_day(clock: re.Match) -> str:
    hour = int(clock[1]) % 12
    if clock[3] == "p":
        hour += 12
    return str(hour * 60 + int(clock[2] or 0))
