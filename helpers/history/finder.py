"""Time expressions: which words speak of time, what they mean, and from which day that was reckoned.

The rules stand in `data/times.toml`: each is a pattern and the TIMEX3 value that its groups make. An answer is never
finer than its words. Words that need a day to start from are reckoned from a base, and the rule says from which;
without one the value keeps X for what is not known, and no day is given.
"""

import re
from collections import namedtuple
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date, datetime, timedelta
from functools import cache, partial
from typing import Literal

import msgspec
from pandas.tseries.offsets import DateOffset, Easter

from helpers.base.edtf import Interval, interval
from helpers.base.files import load_toml
from helpers.base.table import DATA, Table
from helpers.texts.corpus import Source, Span, Texts, as_corpus, paragraphs
from helpers.texts.names import quoted_runs

_COLUMNS = ["cite", "source", "start", "end", "text", "kind", "value", "edtf", "earliest", "latest", "rule"]


def time_expressions(corpus: Texts) -> Table:
    """Every time expression of the running text, in order: its words, value, days and the rule that found them.

    `value` is TIMEX3 (1997-04-22T15:17, P16Y, 199 for a decade); `edtf`, `earliest` and `latest` are empty where the
    words name no days. Month and day without a year is the nearest one before the base: the date of writing if printed,
    else of print, else the inferred one; inside a quotation only the date that the catalogue gives it.
    """
    spans = {span: source for source, span in paragraphs(corpus)}
    rows = [row for source in dict.fromkeys(spans.values()) for span, row in _Reader(source).rows() if span in spans]
    return Table(rows, columns=_COLUMNS, corpus=as_corpus(corpus))


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
def _rules() -> list[tuple[Rule, re.Pattern, set[str]]]:
    """Each rule with its pattern, and how words begin one of which a paragraph must hold (none: it may hold any)."""
    begin = {topic: {word[:3] for word in known} for topic, known in times().words.items()}
    held = [set().union(*(begin.get(word, {word[:3]}) for word in rule.holds)) for rule in times().rule]
    return [(r, _spelt(rf"(?<!\w)(?:{r.pattern})(?!\w)"), words) for r, words in zip(times().rule, held, strict=True)]


@cache
def _spelt(pattern: str) -> re.Pattern:
    """A pattern with its pieces and words put in, and one to three spaces for each."""
    names = re.compile("|".join(sorted(times().pieces, key=len, reverse=True)))
    while names.search(pattern):
        pattern = names.sub(lambda name: times().pieces[name[0]], pattern)
    words = {topic: f"(?:{'|'.join(sorted(known, key=len, reverse=True))})" for topic, known in times().words.items()}
    pattern = re.sub("{([a-z]+)}", lambda topic: words[topic[1]], pattern)
    return re.compile(pattern.replace(" ", r"[^\S\r\n]{1,3}"))


def _fits(rule: Rule, m: re.Match, text: str) -> tuple[int, int] | None:
    """The extent of a match whose names have capitals and whose surroundings suit, or words such as "last" suffice."""
    g, (start, end) = m.groupdict(), m.span("x" if "x" in m.re.groupindex else 0)
    named = all(text[m.start(name)].isupper() for name in ("month", "wday", "feast", "easter") if g.get(name))
    plain = rule.needs and any(g.get(name) for name in ("early", "rel", "back", "ahead", "year"))
    before, after = _spelt(f"(?i:{rule.before})"), _spelt(f"(?i:{rule.after})")
    around = plain or (before.search(text, max(0, start - 32), start) and not after.match(text, end))
    return (start, end) if named and around else None


# ---- Words and days ----


def _code(topic: str, words: str) -> str:
    """What TIMEX3 writes for a word, also in its short or plural form: "Sept.", "centuries"."""
    codes = times().words[topic]
    return codes.get(words) or next(code for word, code in codes.items() if word.startswith(words[:3]))


def _number(words: str) -> str:
    """The digits of a number in figures or words; X for a vague one such as "several"."""
    if digits := re.match("[0-9][0-9.,]*", words):
        return re.sub(",|[.]$", "", digits[0])
    known = {word: n for topic in ("one", "teen", "ten", "nth", "scale") for word, n in times().words[topic].items()}
    return known.get(words) or str(sum(int(known.get(word, 0)) for word in words.split("-")) or "X")


def _edtf(value: str) -> str:
    """A TIMEX3 value in the EDTF forms of the kit; empty for what they can't say."""
    if "/" in value:
        first, last = (_edtf(end) for end in value.split("/"))
        return f"{first.split('/')[0]}/{last.split('/')[-1]}" if first and last else ""
    day = value.split("T")[0]
    if week := re.fullmatch(r"(\d{4})-W(\d\d)(-WE)?", day):
        return "/".join(str(date.fromisocalendar(int(week[1]), int(week[2]), n)) for n in (6 if week[3] else 1, 7))
    return _form("edtf", day)


def _form(topic: str, value: str) -> str:
    forms = ((re.fullmatch(form, value), edtf) for form, edtf in times().words[topic].items())
    return next((edtf.format(*found.groups()) for found, edtf in forms if found), "")


def _days(value: str) -> Interval | None:
    """First and last day of a value; of a season its northern months, only to reckon from; None if there are none."""
    with suppress(ValueError):
        return interval(_edtf(value) or _form("northern", value))


def _stepped(day: date, steps: int, grain: str) -> str:
    """The value of the day, week, month ... so many units on from the one in which `day` lies."""
    unit, number = times().words["grain"][grain].split()
    day = (day + DateOffset(**{unit: steps * int(number)})).date()
    iso, week = day.isoformat(), "{:04}-W{:02}".format(*day.isocalendar())
    values = {"D": iso, "W": week, "2W": week, "WE": f"{week}-WE", "M": iso[:7], "Y": iso[:4], "DE": iso[:3]}
    return (values | {"Q": f"{iso[:4]}-Q{(day.month + 2) // 3}", "CE": iso[:2]})[grain]


def _pick(values: Iterable[str], day: date, way: str) -> str:
    """Of values in order of time the one that `way` means, seen from `day`; of one that one; of no days nothing."""
    known = [(value, days) for value in values if (days := _days(value))]
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
    year, exact = day.year + _steps(g.get("back") or ""), g.get("back") or way == "same"
    # leap days lie up to eight years off, a decade without its century a hundred
    reach = 0 if exact else 100 if g.get("tens") else 8 if g.get("nth") == "29" else 1
    return range(max(1, year - reach), year + reach + 1, 100 if reach == 100 else 1)


def _steps(words: str) -> int:
    """How many units words go back (negative) or on: -1 for "last", 2 for "after tomorrow"."""
    return sum(int(times().words["step"].get(word, 0)) for word in words.split())


def _template(template: str, g: dict, day: date, way: str) -> str:
    """The template filled with the groups; its year `y` is that of the words, or the one that `way` picks."""
    written = {name: _written(name, words) for name, words in g.items() if words}
    unknown = not way and not (g.get("year") or g.get("ahead"))
    years = ["XXXX"] if unknown else [f"{year:04}" for year in _years(g, day, way)]
    values = [template.format(y=year, **written) for year in years]
    agree = [v for v in values if "wday" in written and (d := _days(v)) and f"{d.earliest:%u}" == written["wday"]]
    return values[0] if len(values) == 1 else _pick(agree or values, day, way)


def _written(group: str, words: str) -> str:
    if group in ("nth", "century") or words[0].isdigit():
        return str(int(_number(words)) - 1) if group == "century" else _number(words)
    return _code(group, words) if group in times().words else words


def _feast(g: dict, day: date, way: str) -> str:
    """Easter and the days that move with it."""
    years = _years(g, day, way) if way or g.get("year") else ()
    days = [datetime(year, 1, 1) + Easter() + timedelta(int(_code("easter", g["easter"]))) for year in years]
    return _pick([str(one.date()) for one in days], day, way) if days else "XXXX-XX-XX"


def _weekday(g: dict, day: date, way: str) -> str:
    number, grain = (_code("wday", g["wday"]), "D") if g.get("wday") else ("6", "WE")
    if not way:
        return f"XXXX-WXX-{number if grain == 'D' else grain}"
    days = [_stepped(d, 0, grain) for n in range(-7, 8) if (d := day + timedelta(n)).isoweekday() == int(number)]
    return _pick(days, day, "future" if g.get("rel") == "this" else way.replace("same", "near"))


def _step(g: dict, day: date, way: str) -> str:
    """So many units from `day`, at the grain of the unit: "a week ago" is a week, "several years ago" just the past."""
    steps, grain = _steps(g.get("rel") or ""), _code("unit", g.get("unit") or "day")[1:].replace("{}", "")
    try:
        value = _stepped(day, steps * int(_number(g.get("num") or "one")), grain)
        return (value if way else re.sub(r"\d", "X", value)) + (_code("part", g["part"]) if g.get("part") else "")
    except (ValueError, OverflowError, KeyError):
        return {"ago": "PAST_REF", "from now": "FUTURE_REF", "hence": "FUTURE_REF"}.get(g["rel"], "XXXX")


def _clock(g: dict, day: date, way: str) -> str:
    hour, minute = int(_number(g["hour"])), int(g.get("minute") or times().words["clock"].get(g.get("clock"), 0))
    if g.get("noon") or g.get("part"):
        hour = hour % 12 + 12 * (g.get("noon") == "p" or _code("part", g.get("part") or "dawn") != "TMO")
    return "T{:02}:{:02}".format(*divmod(hour * 60 + minute, 60))


def _length(g: dict, day: date, way: str) -> str:
    number = "X" if "vague" in g else _number(g.get("num") or "one") + (".5" if g.get("more") else "")
    return _code("unit", g["unit"]).format(number)


_BY = {"feast": _feast, "weekday": _weekday, "step": _step, "clock": _clock, "length": _length}

# ---- Reading ----

# What may stand between a day and its time of day; "on Monday, at night clubs" is joined too.
_BESIDE = re.compile(r",?(?: (?:on|at|of|in|in the))? |,? ?")
# A value that names a day, or none because its base is unknown; A/B is a day that is known less well.
_DAY = re.compile(r"[\dX]{4}-(?:[\dX]{2}-[\dX]{2}|WXX-\d)(?:T[A-Z]{2})?(?:/.*)?|")
_REACH = 600  # characters within which a time of day belongs to the last day named

_Base = namedtuple("_Base", "name days value", defaults=[""])
_NO_DAY = date(2000, 1, 1)  # stands where no day is reckoned from
_ALONE, _UNKNOWN = _Base("", [_NO_DAY]), _Base("", [])


class _Reader:
    """Reads one source from its beginning, since an expression may lean on one before it."""

    def __init__(self, source: Source):
        self.source, self.text = source, source.text
        dates = {"the printed date of writing": source.written, "the issue date": source.published}
        dates |= {"the inferred date of writing": source.inferred.written}
        self.base = next((_Base(name, interval(day)) for name, day in dates.items() if day[:1].isdigit()), None)
        self.last = self.story = None  # the last date named, and the last that lies within one year
        self.day = ("", -_REACH)  # the last single day, and where it stands
        self.quoted = [(start := self.text.find(q.quote), start + len(q.quote.rstrip()), q.date) for q in source.quoted]

    def rows(self) -> Iterator[tuple[Span, dict]]:
        """The rows of the running text, each with its paragraph."""
        for span in filter(lambda span: span.number, self.source.spans):
            self.span, self.quotations, rows = span, None, []
            for start, end, rule, g in self.matches():
                if said := self.said(rule, g, start, end):
                    rows.append({"cite": self.span.cite, "source": self.source.id, "start": start, "end": end} | said)
                    if both := len(rows) > 1 and self.joined(*rows[-2:]):
                        rows[-2:] = [both]
            for row in filter(None, map(self.dated, rows)):
                yield span, row | {"text": self.text[row["start"] : row["end"]]}

    def matches(self) -> list[tuple[int, int, Rule, dict]]:
        """The matches of all rules in order; of those that overlap only the longest."""
        found, taken, kept, (first, last) = [], set(), [], (self.span.start, self.span.end)
        begin = {word[:3] for word in re.findall("[a-z]+", self.source.folded[first:last])}
        for rank, (rule, pattern, words) in enumerate(_rules()):
            for m in pattern.finditer(self.source.folded, first, last) if not words or words & begin else ():
                if extent := _fits(rule, m, self.text):
                    found.append((extent[0] - extent[1], rank, *extent, rule, m.groupdict()))
        for _, _, start, end, rule, g in sorted(found, key=lambda one: one[:3]):
            if taken.isdisjoint(range(start, end)):
                taken.update(range(start, end))
                kept.append((start, end, rule, g))
        return sorted(kept, key=lambda one: one[0])

    def said(self, rule: Rule, g: dict, start: int, end: int) -> dict | None:
        """What the words say, alone or reckoned from a base; remembered for the words that lean on it."""
        value = _BY.get(rule.by) or partial(_template, rule.value)
        alone = not rule.needs or bool(g.get("year") or g.get("ahead"))
        base = _ALONE if alone else self.base_for(rule, g, start)
        if base is _UNKNOWN:
            return _row(rule.kind, "", "inside a quotation, base unknown")
        if base is None:
            return _said(rule, [rule.by and rule.value or value(g, _NO_DAY, "")], ", nothing to reckon it from")
        way = "" if alone else "same" if base is self.story else self.way(rule, g, start, end)
        words = f", {times().words['way'][way] if rule.needs == 'year' else 'reckoned from'} {base.name}"
        said = _said(rule, [value(g, day, way) for day in dict.fromkeys(base.days)], "" if alone else words, base.value)
        if said and g.get("about") and re.fullmatch(r"[\dX-]+", said["edtf"]):
            said["edtf"] += "~"
        if said and rule.kind == "date" and (days := _days(said["value"])):
            self.last = _Base("the last date named", days, said["value"])
            self.story = _Base("the last date in the text", days) if days[0].year == days[1].year else self.story
        return said

    def base_for(self, rule: Rule, g: dict, at: int) -> _Base | None:
        """From which day a rule reckons; inside a quotation only from the date that the catalogue gives it."""
        if self.quotations is None:
            self.quotations = quoted_runs(self.span)[::-1]
        while self.quotations and self.quotations[-1].end <= at:
            self.quotations.pop()
        if self.quotations and (run := self.quotations[-1]).start <= at:
            dated = [q for q in self.quoted if run.start <= q[0] and q[1] <= run.end]
            day = max(dated, key=lambda q: q[0] <= at < q[1], default=None)
            if not day or rule.needs != "last":
                return _Base("the date given for the quotation", interval(day[2])) if day else _UNKNOWN
        deictic = rule.needs == "base" or rule.by == "weekday" or g.get("rel") or g.get("back")  # leans on the writing
        return self.last if rule.needs == "last" else self.base or (None if deictic else self.story)

    def way(self, rule: Rule, g: dict, start: int, end: int) -> str:
        """Which of the nearest is meant: by words such as "last", else by the verbs around, else by the rule."""
        if g.get("rel"):
            return {-1: "last", 1: "next"}.get(_steps(g["rel"]), "same" if rule.needs == "last" else "near")
        if g.get("wday") and g.get("month"):
            return "near"  # of the years about the base one whose weekday agrees
        stop = r"[.!?]['\"’”)]* (?=[A-Z\"“‘(])"
        before = re.split(stop, self.text[max(self.span.start, start - 150) : start])[-1]
        after = re.split(stop, self.text[end : min(self.span.end, end + 80)])[0]
        verbs = _spelt(r"(?i:(?<!\w)(?:(?:is|are) \w{1,20}ed|(?P<future>FUTURE)|(?P<past>PAST))(?!\w))")
        cues = [[cue.lastgroup for cue in verbs.finditer(words)] for words in (before, after)]
        return next(filter(None, cues[0][::-1] + cues[1]), rule.hint)

    def joined(self, one: dict, two: dict) -> dict | None:
        """A day and a time of day that stand side by side, as one row."""
        day, time = (two, one) if one["value"].startswith("T") else (one, two)
        beside = _BESIDE.fullmatch(self.source.folded, one["end"], two["start"]) and _DAY.fullmatch(day["value"])
        if not beside or not time["value"].startswith("T") or day["kind"] == "duration":
            return None
        value, kind = _at(day["value"], time["value"]), "set" if day["kind"] == "set" else "time"
        return day | {"start": one["start"], "end": two["end"], "kind": kind, "value": value}

    def dated(self, row: dict) -> dict | None:
        """A time of day gets the last day named, if that is near; a word that is none without a day is dropped."""
        value, near = row["value"], row["start"] - self.day[1] < _REACH
        self.day = (value, row["end"]) if row["earliest"] == row["latest"] is not None else self.day
        if not value.startswith("T") or row["kind"] == "beside":
            return None if value.startswith("T") else row
        if near and value[1].isdigit():
            return row | _row("time", _at(self.day[0], value), row["rule"] + ", on the last day named")
        return row | {"value": f"XXXX-XX-XX{value}", "rule": row["rule"] + ", day not said"}


def _at(day: str, time: str) -> str:
    """A day with its time of day; an hour beside an afternoon, evening or night is one after noon."""
    if re.search("T(AF|EV|NI)", day) and time[1].isdigit() and (6 if "TNI" in day else 1) <= int(time[1:3]) < 12:
        time = f"T{int(time[1:3]) + 12}{time[3:]}"
    return "/".join(one.split("T")[0] + time for one in day.split("/")) if day else ""


def _row(kind: str, value: str, rule: str) -> dict:
    edtf, kind = _edtf(value), "time" if kind == "date" and re.search("[0-9X]T", value) else kind
    days = interval(edtf) if edtf else (None, None)
    return {"kind": kind, "value": value, "edtf": edtf, "earliest": days[0], "latest": days[1], "rule": rule}


def _said(rule: Rule, values: list[str], words: str, base: str = "") -> dict | None:
    """The row for the values at both ends of the base, or for both readings of one; none if they are no days."""
    found = "|".join(values).split("|")
    first, last = min(found), max(found)
    value = first if first == last else f"{first.split('/')[0]}/{last.split('/')[-1]}"
    if not first or (_edtf(value) and not _days(value)):
        return None
    row = _row(rule.kind, value, rule.name + words)
    if first != last and "|" in values[0]:
        return row | {"value": "", "edtf": ""}
    if first != last and base and first.startswith(base):  # "two days later", after a month: a day of that month
        row["value"] = base + re.sub(r"\d", "X", first[len(base) :])
    return row
