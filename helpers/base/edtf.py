"""Earliest and latest day of the EDTF dates that the kit uses.

Forms: `YYYY`, `YYYY-MM`, `YYYY-MM-DD`, `198X` (a decade), `A/B` (from A to B), `[A..B]` (one day between A and B), and
a trailing `~` (about) or `?` (unsure). Marks and brackets do not change the interval: they say how sure a date is, or
what is meant by it, not which days it allows.
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
_BETWEEN = re.compile(r"\[([\d-]+)\.\.([\d-]+)\]", re.ASCII)
_FORMS = "Write a date as 1997, 1997-04, 1997-04-22, 198X or 1997-01/1997-03, with ~ or ? behind it if need be."


class Interval(NamedTuple):
    """The first and the last day that a date may mean."""

    earliest: date
    latest: date

    def touches(self, other: "Interval") -> bool:
        """Whether the two share a day."""
        return self.earliest <= other.latest and other.earliest <= self.latest

    def holds(self, other: "Interval") -> bool:
        """Whether every day of `other` is one of these."""
        return self.earliest <= other.earliest and other.latest <= self.latest

    @property
    def length(self) -> int:
        """How many days it has."""
        return (self.latest - self.earliest).days + 1

    def placed(self, part: "Interval") -> tuple[float, float]:
        """Where `part` begins in these days and how wide it is, both in hundredths of them."""
        start = (part.earliest - self.earliest).days
        return round(start * 100 / self.length, 2), round(part.length * 100 / self.length, 2)


@lru_cache(maxsize=4096)
def interval(edtf: str) -> Interval:
    """The earliest and latest day of `edtf`; a `KitError` in one sentence for anything else.

    >>> interval("1996-02").latest
    datetime.date(1996, 2, 29)
    >>> interval("1996-12-28/1997-01").earliest
    datetime.date(1996, 12, 28)
    """
    if between := _BETWEEN.fullmatch(edtf):
        first, last = between.groups()
    else:
        first, slash, last = edtf.partition("/")
        if not slash:
            return _single(first, edtf)
    span = Interval(_single(first, edtf).earliest, _single(last, edtf).latest)
    if span.earliest > span.latest:
        raise KitError(f"{brief(edtf)} ends before it begins. Put the earlier date first.")
    return span


def ends(edtf: str) -> tuple[str, str]:
    """The two ends of a date, each as it is written; twice the same for a date that has no two.

    >>> ends("1996-12/1997-01~"), ends("[1997-03-03..1997-03-06]"), ends("1997")
    (('1996-12', '1997-01~'), ('1997-03-03', '1997-03-06'), ('1997', '1997'))
    """
    first, _, last = edtf.strip("[]").replace("..", "/").partition("/")
    return first, last or first


def _single(form: str, edtf: str) -> Interval:
    decade = _DECADE.fullmatch(form)
    if decade and int(decade[1]):
        year = int(decade[1]) * 10
        return Interval(date(year, 1, 1), date(year + 9, 12, 31))
    one = _ONE.fullmatch(form)
    if one is None:
        raise KitError(f"{brief(edtf)} is not a date that the kit can read. {_FORMS}")
    year, month, day = one.groups()
    try:
        first = date(int(year), int(month or 1), int(day or 1))
        last_month = int(month or 12)
        last_day = int(day or monthrange(first.year, last_month)[1])
        return Interval(first, date(first.year, last_month, last_day))
    except ValueError:
        raise KitError(f"{brief(edtf)} holds a day that no calendar has. {_FORMS}") from None
