"""The language of time: the rules of `data/times.toml`, and the value that each makes of its words.

Values are TIMEX3 (1997-04-22T15:17, P16Y, 199 for a decade); what EDTF can say of them is an interval of days.
"""

import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import date, datetime, timedelta
from functools import cache
from typing import Literal

import msgspec
from pandas.tseries.offsets import DateOffset, Easter

from helpers.base.edtf import Interval, interval
from helpers.base.files import DATA, load_toml

# ---- Rules ----


class Rule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One way to speak of time; the head of `times.toml` says what the fields mean."""

    name: str
    pattern: str
    example: str
    value: str = ""
    by: Literal["", "feast", "weekday", "step", "clock", "length"] = ""
    kind: Literal["date", "time", "set", "duration", "beside"] = "date"
    needs: Literal["", "year", "base", "last"] = ""
    hint: Literal["past", "near", ""] = "past"
    holds: tuple[str, ...] = ()
    before: str = ""
    after: str = "(?!)"


class _Times(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    words: dict[str, dict[str, str]]
    pieces: dict[str, str]
    rule: tuple[Rule, ...]


@cache
def times() -> _Times:
    """The words, pieces and rules of `times.toml`."""
    return load_toml(DATA / "times.toml", _Times)


@cache
def rules() -> list[tuple[Rule, re.Pattern, set[str]]]:
    """Each rule with its pattern, and how words begin one of which a paragraph must hold (none: it may hold any)."""
    begin = {topic: {word[:3] for word in known} for topic, known in times().words.items()}
    held = [set().union(*(begin.get(word, {word[:3]}) for word in rule.holds)) for rule in times().rule]
    return [(r, spelt(rf"(?<!\w)(?:{r.pattern})(?!\w)"), words) for r, words in zip(times().rule, held, strict=True)]


@cache
def spelt(pattern: str) -> re.Pattern:
    """A pattern with its pieces and words put in, and one to three spaces for each."""
    names = re.compile("|".join(sorted(times().pieces, key=len, reverse=True)))
    while names.search(pattern):
        pattern = names.sub(lambda name: times().pieces[name[0]], pattern)
    words = {topic: f"(?:{'|'.join(sorted(known, key=len, reverse=True))})" for topic, known in times().words.items()}
    pattern = re.sub("{([a-z]+)}", lambda topic: words[topic[1]], pattern)
    return re.compile(pattern.replace(" ", r"[^\S\r\n]{1,3}"))


# ---- Words and days ----


def code(topic: str, words: str) -> str:
    """What TIMEX3 writes for a word, also in its short or plural form: "Sept.", "centuries"."""
    codes = times().words[topic]
    return codes.get(words) or next(code for word, code in codes.items() if word.startswith(words[:3]))


def _number(words: str) -> str:
    """The digits of a number in figures or words; X for a vague one such as "several"."""
    if digits := re.match("[0-9][0-9.,]*", words):
        return re.sub(",|[.]$", "", digits[0])
    known = {word: n for topic in ("one", "teen", "ten", "nth", "scale") for word, n in times().words[topic].items()}
    return known.get(words) or str(sum(int(known.get(word, 0)) for word in words.split("-")) or "X")


def edtf_of(value: str) -> str:
    """A TIMEX3 value in the EDTF forms of the kit; empty for what they can't say."""
    if "/" in value:
        first, last = (edtf_of(end) for end in value.split("/"))
        return f"{first.split('/')[0]}/{last.split('/')[-1]}" if first and last else ""
    day = value.split("T")[0]
    if week := re.fullmatch(r"(\d{4})-W(\d\d)(-WE)?", day):
        return "/".join(str(date.fromisocalendar(int(week[1]), int(week[2]), n)) for n in (6 if week[3] else 1, 7))
    return _form("edtf", day)


def _form(topic: str, value: str) -> str:
    forms = ((re.fullmatch(form, value), edtf) for form, edtf in times().words[topic].items())
    return next((edtf.format(*found.groups()) for found, edtf in forms if found), "")


def days_of(value: str) -> Interval | None:
    """First and last day of a value; of a season its northern months, only to reckon from; None if there are none."""
    with suppress(ValueError):
        return interval(edtf_of(value) or _form("northern", value))


def _stepped(day: date, steps: int, grain: str) -> str:
    """The value of the day, week, month ... so many units on from the one in which `day` lies."""
    unit, number = times().words["grain"][grain].split()
    day = (day + DateOffset(**{unit: steps * int(number)})).date()
    iso, week = day.isoformat(), "{:04}-W{:02}".format(*day.isocalendar())
    values = {"D": iso, "W": week, "2W": week, "WE": f"{week}-WE", "M": iso[:7], "Y": iso[:4], "DE": iso[:3]}
    return (values | {"Q": f"{iso[:4]}-Q{(day.month + 2) // 3}", "CE": iso[:2]})[grain]


def _pick(values: Iterable[str], day: date, way: str) -> str:
    """Of values in order of time the one that `way` means, seen from `day`; of one that one; of no days nothing."""
    known = [(value, days) for value in values if (days := days_of(value))]
    if way == "near" or len(known) < 2:
        return min(known, key=lambda one: max(one[1].earliest - day, day - one[1].latest), default=("",))[0]
    before = [value for value, days in known if (days.latest < day if way == "last" else days.earliest <= day)]
    after = [value for value, days in known if (days.earliest > day if way == "next" else days.latest >= day)]
    return (before or [""])[-1] if way in ("past", "last") else (after or [""])[0]


# ---- Values: from the groups of a match, a day to reckon from and the way to look ("" where there is no day) ----


def _years(g: dict, day: date, way: str) -> Iterable[int]:
    """The year that the words state or count from the base, else those about the base."""
    if stated := (g.get("year") or g.get("ahead") or "").strip("'"):  # two figures: 1931 to 2030
        return [int(stated) + (0 if len(stated) > 2 else 1900 if stated > "30" else 2000)]
    year, exact = day.year + steps_in(g.get("back") or ""), g.get("back") or way == "same"
    # leap days lie up to eight years off, a decade without its century a hundred
    reach = 0 if exact else 100 if g.get("tens") else 8 if g.get("nth") == "29" else 1
    return range(max(1, year - reach), year + reach + 1, 100 if reach == 100 else 1)


def steps_in(words: str) -> int:
    """How many units words go back (negative) or on: -1 for "last", 2 for "after tomorrow"."""
    return sum(int(times().words["step"].get(word, 0)) for word in words.split())


def template(form: str, g: dict, day: date, way: str) -> str:
    """The template filled with the groups; its year `y` is that of the words, or the one that `way` picks."""
    written = {name: _written(name, words) for name, words in g.items() if words}
    unknown = not way and not (g.get("year") or g.get("ahead"))
    years = ["XXXX"] if unknown else [f"{year:04}" for year in _years(g, day, way)]
    values = [form.format(y=year, **written) for year in years]
    agree = [v for v in values if "wday" in written and (d := days_of(v)) and f"{d.earliest:%u}" == written["wday"]]
    return values[0] if len(values) == 1 else _pick(agree or values, day, way)


def _written(group: str, words: str) -> str:
    if group in ("nth", "century") or words[0].isdigit():
        return str(int(_number(words)) - 1) if group == "century" else _number(words)
    return code(group, words) if group in times().words else words


def _feast(g: dict, day: date, way: str) -> str:
    """Easter and the days that move with it."""
    years = _years(g, day, way) if way or g.get("year") else ()
    days = [datetime(year, 1, 1) + Easter() + timedelta(int(code("easter", g["easter"]))) for year in years]
    return _pick([str(one.date()) for one in days], day, way) if days else "XXXX-XX-XX"


def _weekday(g: dict, day: date, way: str) -> str:
    number, grain = (code("wday", g["wday"]), "D") if g.get("wday") else ("6", "WE")
    if not way:
        return f"XXXX-WXX-{number if grain == 'D' else grain}"
    days = [_stepped(d, 0, grain) for n in range(-7, 8) if (d := day + timedelta(n)).isoweekday() == int(number)]
    return _pick(days, day, "future" if g.get("rel") == "this" else way.replace("same", "near"))


def _step(g: dict, day: date, way: str) -> str:
    """So many units from `day`, at the grain of the unit: "a week ago" is a week, "several years ago" just the past."""
    steps, grain = steps_in(g.get("rel") or ""), code("unit", g.get("unit") or "day")[1:].replace("{}", "")
    try:
        value = _stepped(day, steps * int(_number(g.get("num") or "one")), grain)
        return (value if way else re.sub(r"\d", "X", value)) + (code("part", g["part"]) if g.get("part") else "")
    except (ValueError, OverflowError, KeyError):
        return {"ago": "PAST_REF", "from now": "FUTURE_REF", "hence": "FUTURE_REF"}.get(g["rel"], "XXXX")


def _clock(g: dict, day: date, way: str) -> str:
    hour, minute = int(_number(g["hour"])), int(g.get("minute") or times().words["clock"].get(g.get("clock"), 0))
    if g.get("noon") or g.get("part"):
        hour = hour % 12 + 12 * (g.get("noon") == "p" or code("part", g.get("part") or "dawn") != "TMO")
    return "T{:02}:{:02}".format(*divmod(hour * 60 + minute, 60))


def _length(g: dict, day: date, way: str) -> str:
    number = "X" if "vague" in g else _number(g.get("num") or "one") + (".5" if g.get("more") else "")
    return code("unit", g["unit"]).format(number)


BY = {"feast": _feast, "weekday": _weekday, "step": _step, "clock": _clock, "length": _length}
