"""The values of time expressions (TIMEX3), what EDTF can say of them, and how one is made of the groups of a match.

Every maker takes the groups, a day to reckon from, and the way to look from there: past, future, last, next, near,
same, or "" where no day is known. No value lies outside the years 1 to 9999: where it would, it is empty.
"""

import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date, datetime, timedelta

from pandas.tseries.offsets import DateOffset, Easter

from helpers.base.edtf import Interval, ends, interval
from helpers.history.rules import Groups, code, number, steps_in, times

NO_DAY = date(2020, 1, 1)  # stands where nothing is reckoned from a day
_OUTSIDE = (ValueError, OverflowError)  # what calendars say to a year before 1 or after 9999
_WEEK = re.compile(r"(\d{4})-W(\d\d)(-WE)?")

# ---- Values and days ----


def edtf_of(value: str) -> str:
    """A TIMEX3 value in the EDTF forms of the kit; empty for what they can't say."""
    if "/" in value:
        first, last = map(edtf_of, value.split("/"))
        return f"{ends(first)[0]}/{ends(last)[1]}" if first and last else ""
    day = value.split("T")[0]
    week = _WEEK.fullmatch(day)
    return _days_of_week(week) if week else _form("edtf", day)


def _days_of_week(week: re.Match) -> str:
    first_day = 6 if week[3] else 1
    with suppress(*_OUTSIDE):
        first, last = (date.fromisocalendar(int(week[1]), int(week[2]), day) for day in (first_day, 7))
        return f"{first}/{last}"
    return ""


def _form(topic: str, value: str) -> str:
    for form, edtf in times().words[topic].items():
        if found := re.fullmatch(form, value):
            return edtf.format(*found.groups())
    return ""


def days_of(value: str) -> Interval | None:
    """First and last day of a value; of a season its northern months, only to reckon from; None if there are none."""
    with suppress(ValueError):
        return interval(edtf_of(value) or _form("northern", value))


def _stepped(day: date, steps: int, grain: str) -> str:
    """The value of the day, week, month ... so many units on from the one in which `day` lies."""
    unit, count = times().words["grain"][grain].split()
    try:
        day = (day + DateOffset(**{unit: steps * int(count)})).date()
    except _OUTSIDE:
        return ""
    iso = day.isoformat()
    week = "{:04}-W{:02}".format(*day.isocalendar())
    quarter = f"{iso[:4]}-Q{(day.month + 2) // 3}"
    values = {"D": iso, "W": week, "2W": week, "WE": f"{week}-WE", "M": iso[:7], "Q": quarter}
    values |= {"Y": iso[:4], "DE": iso[:3], "CE": iso[:2]}
    return values[grain]


def _pick(values: Iterable[str], day: date, way: str) -> str:
    """Of values in order of time the one that `way` means, seen from `day`; of one that one; of none nothing."""
    known = [(value, days) for value in values if (days := days_of(value))]
    if not known:
        return ""
    if way == "near" or len(known) == 1:
        return min(known, key=lambda one: max(one[1].earliest - day, day - one[1].latest))[0]
    fits = [value for value, days in known if _LIES.get(way, _LIES["future"])(days, day)]
    if not fits:
        return ""
    return fits[-1] if way in ("past", "last") else fits[0]


_ON = timedelta(120)  # a telling that goes on over the end of a year: what lies further off leaves the year open
_LIES: dict[str, Callable[[Interval, date], bool]] = {
    "last": lambda days, day: days.latest < day,
    "past": lambda days, day: days.earliest <= day,
    "next": lambda days, day: days.earliest > day,
    "future": lambda days, day: days.latest >= day,
    "beside": lambda days, day: days.latest >= day and (days.earliest.year == day.year or days.earliest - day < _ON),
}

# ---- Values from a template ----


def stated_year(groups: Groups) -> str:
    """The year that the words name, themselves or further on ("from April to June 1998"); empty if they name none."""
    return groups.get("year") or groups.get("ahead") or ""


def template(form: str, groups: Groups, day: date, way: str) -> str:
    """The template filled with the groups; its year `y` is that of the words, or the one that `way` picks."""
    written = {name: _written(name, words) for name, words in groups.items() if words}
    years = ["XXXX"]
    if way or stated_year(groups):
        years = [f"{year:04}" for year in _years(groups, day, way)]
    values = [form.format(y=year, **written) for year in years]
    if len(values) == 1:
        return values[0]
    agreeing = [value for value in values if _falls_on(value, written.get("wday"))]
    picked = _pick(agreeing or values, day, way)
    return picked or form.format(y="XXXX", **written) if way == "beside" else picked


def _falls_on(value: str, weekday: str | None) -> bool:
    days = days_of(value)
    return weekday is not None and days is not None and str(days.earliest.isoweekday()) == weekday


def _written(group: str, words: str) -> str:
    if group == "century":
        return str(int(number(words)) - 1)
    if group == "nth" or words[0].isdigit():
        return number(words)
    return code(group, words) if group in times().words else words


def _years(groups: Groups, day: date, way: str) -> Iterable[int]:
    """The year that the words state or count from the base, else those about the base."""
    stated = stated_year(groups).strip("'")
    if stated:
        return [_full(stated, day)]
    back = groups.get("back") or ""
    year = day.year + steps_in(back)
    if way == "beside":
        return [year, year + 1]  # a telling goes on
    reach = 1
    if back or way == "same":
        reach = 0
    elif groups.get("tens"):
        return range(max(1, year - 100), year + 101, 100)  # a decade without its century
    elif groups.get("nth") == "29":
        reach = 8  # leap days lie up to eight years off
    return range(max(1, year - reach), year + reach + 1)


def _full(year: str, day: date) -> int:
    """A year of four figures; of two figures the last that lies at most ten years after `day`: from 1931 to 2030."""
    if len(year) > 2:
        return int(year)
    return int(year) + (day.year + 10 - int(year)) // 100 * 100


# ---- Values that a template can't make ----


def _feast(groups: Groups, day: date, way: str) -> str:
    """Easter and the days that move with it."""
    if not way and not stated_year(groups):
        return "XXXX-XX-XX"
    after = timedelta(int(code("easter", groups["easter"])))
    days = []
    for year in _years(groups, day, way):
        with suppress(*_OUTSIDE):
            days.append(str((datetime(year, 1, 1) + Easter() + after).date()))
    return _pick(days, day, way)


def _weekday(groups: Groups, day: date, way: str) -> str:
    named, grain = "6", "WE"
    if groups.get("wday"):
        named, grain = code("wday", groups["wday"]), "D"
    if not way:
        return "XXXX-WXX-WE" if grain == "WE" else f"XXXX-WXX-{named}"
    days = []
    for shift in range(-7, 8):
        with suppress(OverflowError):
            days.append(day + timedelta(shift))
    values = [_stepped(near, 0, grain) for near in days if near.isoweekday() == int(named)]
    if groups.get("rel") == "this":
        way = "future"
    elif way == "same":
        way = "near"
    return _pick(values, day, way)


_OPEN = {"ago": "PAST_REF", "since": "PAST_REF", "from now": "FUTURE_REF", "hence": "FUTURE_REF"}


def _step(groups: Groups, day: date, way: str) -> str:
    """So many units from `day`, at the grain of the unit: "a week ago" is a week, "several years ago" just the past."""
    steps, count = steps_in(groups.get("rel") or ""), number(groups.get("num") or "one")
    grain = code("unit", groups.get("unit") or "day").removeprefix("P").replace("{}", "")
    value = ""
    if count.isdigit() and grain in times().words["grain"]:
        value = _stepped(day, steps * int(count), grain)
    if not value:
        return _OPEN.get(groups.get("rel"), "XXXX")
    if not way:
        value = re.sub(r"\d", "X", value)
    return value + code("part", groups["part"]) if groups.get("part") else value


def _clock(groups: Groups, day: date, way: str) -> str:
    hour = int(number(groups["hour"]))
    minute = int(groups.get("minute") or times().words["clock"].get(groups.get("clock"), 0))
    if groups.get("minutes"):
        minute = int(number(groups["minutes"])) * {"to": -1, "past": 1}[groups["side"]]
    part = {"a": "TMO", "p": "TAF"}.get(groups.get("noon"), "")
    if groups.get("part"):
        part = code("part", groups["part"])
    return "T{:02}:{:02}".format(*divmod(hour_of(hour, part) * 60 + minute, 60))


def hour_of(hour: int, part: str) -> int:
    """An hour of a part of the day, out of 24: three in the afternoon is 15, twelve at night 24, two at night 2."""
    if part == "TMO":
        return hour % 12
    first = {"TNI": 6, "TAF": 1, "TEV": 1}.get(part, 12)
    after_noon = first <= hour < 12 or (part == "TNI" and hour == 12)
    return hour + 12 if after_noon else hour


def _length(groups: Groups, day: date, way: str) -> str:
    count = "X" if "vague" in groups else number(groups.get("num") or "one")
    if groups.get("more"):
        count += ".5"
    return code("unit", groups["unit"]).format(count)


def _beside_feast(groups: Groups, day: date, way: str) -> str:
    """So many units from a feast, or a weekday beside it: "two days before Christmas 1996"."""
    feast = _feast(groups, day, way) if groups["easter"] else template("{y}-{feast}", groups, day, way)
    days = days_of(feast)
    if days is None:
        return ""
    rel, beside = groups["shift"], {"before": "last", "after": "next"}
    if groups.get("wday"):
        return _weekday({"wday": groups["wday"]}, days.earliest, beside[rel])
    return _step(groups | {"rel": rel}, days.earliest, "last")


def _nth(groups: Groups, day: date, way: str) -> str:
    """A day of the month of `day`, or of one about it: "the 14th", "the 3rd ult.", "Friday, 21st"."""
    nth = f"{number(groups['nth']):0>2}"
    if not way:
        return f"XXXX-XX-{nth}"
    steps = range(-2, 3)
    if groups.get("wday") and way == "past":
        steps = range(-6, 1)
    if groups.get("rel"):
        steps = [steps_in(groups["rel"])]
    values = [f"{_stepped(day, step, 'M')}-{nth}" for step in steps]
    if groups.get("wday"):
        values = [value for value in values if _falls_on(value, code("wday", groups["wday"]))]
    return _pick(values, day, way) or f"XXXX-XX-{nth}"


def _span(groups: Groups, day: date, way: str) -> str:
    """From one number of units to another: "a year or two ago", "three to five weeks ago"."""
    words = {"unit": groups["unit"], "rel": groups["rel"]}
    ends = [_step(words | {"num": groups[name]}, day, way) for name in ("num", "until")]
    first, last = sorted(ends)
    return f"{first}/{last}" if days_of(first) else _OPEN.get(groups["rel"], "XXXX")


BY = {
    "feast": _feast,
    "beside feast": _beside_feast,
    "weekday": _weekday,
    "nth": _nth,
    "step": _step,
    "span": _span,
    "clock": _clock,
    "length": _length,
}
