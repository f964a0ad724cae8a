import calendar
from datetime import date

import edtf as reference
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.base.edtf import interval

years = st.integers(1, 9999).map(lambda y: f"{y:04d}")
months = st.tuples(years, st.integers(1, 12)).map(lambda p: f"{p[0]}-{p[1]:02d}")
days = st.dates().map(date.isoformat)
decades = st.integers(1, 999).map(lambda d: f"{d:03d}X")
marks = st.sampled_from(["", "~", "?"])
dates = st.tuples(st.one_of(years, months, days, decades), marks).map("".join)


@given(dates)
def test_earliest_is_never_after_latest(form):
    assert interval(form).earliest <= interval(form).latest


@given(st.integers(1, 9999), st.integers(1, 12))
def test_a_month_holds_its_days_and_no_more(year, month):
    first, last = interval(f"{year:04d}-{month:02d}")
    assert (first.day, last.day) == (1, calendar.monthrange(year, month)[1])
    assert interval(last.isoformat()) == (last, last)


@given(dates, dates)
def test_a_pair_spans_both_or_is_refused(a, b):
    if interval(a).earliest > interval(b).latest:
        with pytest.raises(ValueError, match="ends before it begins"):
            interval(f"{a}/{b}")
    else:
        assert interval(f"{a}/{b}") == (interval(a).earliest, interval(b).latest)


@given(dates)
def test_agrees_with_the_reference_implementation(form):
    theirs = reference.parse_edtf(form)
    ours = interval(form)
    assert theirs.lower_strict()[:3] == ours.earliest.timetuple()[:3]
    assert theirs.upper_strict()[:3] == ours.latest.timetuple()[:3]


@pytest.mark.parametrize("year, last", [(1900, 28), (1996, 29), (1997, 28), (2000, 29)])
def test_leap_years(year, last):
    assert interval(f"{year}-02").latest.day == last


alike = st.one_of(*(st.tuples(kind, kind) for kind in (years, months, days)))  # theirs asks for one precision


@given(alike)
def test_one_day_somewhere_between_has_the_bounds_of_both(ends):
    a, b = ends
    form = f"[{a}..{b}]"
    if interval(a).earliest > interval(b).latest:
        with pytest.raises(ValueError, match="ends before it begins"):
            interval(form)
        return
    ours = interval(form)
    assert ours == interval(f"{a}/{b}")
    theirs = reference.parse_edtf(form)
    assert theirs.lower_strict()[:3] == ours.earliest.timetuple()[:3]
    assert theirs.upper_strict()[:3] == ours.latest.timetuple()[:3]


def test_an_interval_holds_what_lies_within_it():
    march = interval("1997-03")
    assert march.holds(march) and march.holds(interval("[1997-03-01..1997-03-31]"))
    assert not march.holds(interval("1997-03-31/1997-04-01"))
    assert not interval("1997-03-02/1997-03-09").holds(march)
