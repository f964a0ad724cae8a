"""Earliest and latest day of the EDTF dates that the kit uses.

Forms: `YYYY`, `YYYY-MM`, `YYYY-MM-DD`, `198X` (a decade), `A/B`, and a trailing `~` (about) or `?` (unsure).
The two marks do not widen the interval: they say how sure a date is, not how long it lasts.
Source: Library of Congress, Extended Date/Time Format, 2019.
"""

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from helpers.base.errors import KitError, brief

NOT_STATED = "not stated"  # what the catalogue says where a page prints no date

_ONE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?[~?]?", re.ASCII)
_DECADE = re.compile(r"(\d{3})X[~?]?", re.ASCII)
_FORMS = "Write a date as 1997, 1997-04, 1997-04-22, 198X or 1997-01/1997-03, with ~ or ? behind it if need be."


class Interval(NamedTuple):
    """The first and the last day that a date may mean."""

    earliest: date
    latest: date

    def touches(self, other: "Interval") -> bool:
        """Whether the two share a day."""
        return self.earliest <= other.latest and other.earliest <= self.latest


@lru_cache(maxsize=4096)
def interval(edtf: str) -> Interval:
    """The earliest and latest day of `edtf`; a `KitError` in one sentence for anything else.

    >>> interval("1996-02").latest
    datetime.date(1996, 2, 29)
    >>> interval("1996-12-28/1997-01").earliest
    datetime.date(1996, 12, 28)
    """
    first, slash, last = edtf.partition("/")
    if not slash:
        return _single(first, edtf)
    span = Interval(_single(first, edtf).earliest, _single(last, edtf).latest)
    if span.earliest > span.latest:
        raise KitError(f"{brief(edtf)} ends before it begins. Put the earlier date first.")
    return span


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY = re.compile(r"(?:(\d{1,2})\s+)?([a-z]{3})[a-z]*\.?,?\s+(\d{4})|([a-z]{3})[a-z]*\.?\s+(\d{1,2}),?\s+(\d{4})")


def typed(words: str) -> str:
    """EDTF from a date as people type it: "January 1997", "5 Jan 1997", "1997-1-5 to 1997-02"; else `words` unchanged.

    >>> typed("1-17 January 1997")
    '1997-01-01/1997-01-17'
    """
    plain = " ".join(words.strip().lower().split())
    if range_in_month := re.fullmatch(r"(\d{1,2}) ?[-–] ?(\d{1,2}) ([a-z]+ \d{4})", plain):
        first, last, month = range_in_month.groups()
        plain = f"{first} {month}/{last} {month}"
    parts = [_typed_one(part) for part in re.split(r"\s*/\s*|\s+(?:to|until|till|–|-)\s+", plain)]
    return "/".join(parts) if all(parts) else words.strip()


def _typed_one(part: str) -> str:
    part = part.removeprefix("from ")
    if named := _DAY.fullmatch(part):
        day, month, year = (named[1], named[2], named[3]) if named[2] else (named[5], named[4], named[6])
        if month not in _MONTHS:
            return ""
        part = f"{year}-{_MONTHS.index(month) + 1}" + (f"-{day}" if day else "")
    numbers = re.fullmatch(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?([~?]?)", part)
    if not numbers:
        return part.upper() if re.fullmatch(r"\d{3}x[~?]?", part) else ""
    return "-".join(f"{int(n):02d}" if i else n for i, n in enumerate(numbers.groups()[:3]) if n) + numbers[4]


def _single(form: str, edtf: str) -> Interval:
    decade = _DECADE.fullmatch(form)
    if decade and int(decade[1]):
        year = int(decade[1]) * 10
        return Interval(date(year, 1, 1), date(year + 9, 12, 31))
    one = _ONE.fullmatch(form)
    if one is None:
        raise KitError(f"{brief(edtf)} is not a date that the kit can read. {_FORMS}")
    year, month, day = one.groups()
    first_month, first_day = int(month or 1), int(day or 1)
    try:
        first = date(int(year), first_month, first_day)
        if month is None:
            return Interval(first, date(first.year, 12, 31))
        last_day = int(day or monthrange(first.year, first.month)[1])
        return Interval(first, date(first.year, first.month, last_day))
    except ValueError:
        raise KitError(f"{brief(edtf)} holds a day that no calendar has. {_FORMS}") from None
