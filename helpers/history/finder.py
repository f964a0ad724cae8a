"""Time expressions: which words speak of time, what they mean, and from which day that was reckoned.

The rules stand in `data/times.toml`: each is a pattern and the TIMEX3 value that its groups make. An answer is never
finer than its words. Words that need a day to start from are reckoned from a base, and the rule says from which;
without one the value keeps X for what is not known, and no day is given.
"""

import re
from collections import namedtuple
from collections.abc import Iterator
from datetime import date
from functools import partial

from helpers.base.edtf import interval
from helpers.base.table import Table
from helpers.history.values import BY, Rule, days_of, edtf_of, rules, spelt, steps_in, template, times
from helpers.texts.corpus import Source, Span, Texts, as_corpus, paragraphs
from helpers.texts.quotes import quoted_runs

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


def _fits(rule: Rule, m: re.Match, text: str) -> tuple[int, int] | None:
    """The extent of a match whose names have capitals and whose surroundings suit, or words such as "last" suffice."""
    g, (start, end) = m.groupdict(), m.span("x" if "x" in m.re.groupindex else 0)
    named = all(text[m.start(name)].isupper() for name in ("month", "wday", "feast", "easter") if g.get(name))
    plain = rule.needs and any(g.get(name) for name in ("early", "rel", "back", "ahead", "year"))
    before, after = spelt(f"(?i:{rule.before})"), spelt(f"(?i:{rule.after})")
    around = plain or (before.search(text, max(0, start - 32), start) and not after.match(text, end))
    return (start, end) if named and around else None


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
        for rank, (rule, pattern, words) in enumerate(rules()):
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
        value = BY.get(rule.by) or partial(template, rule.value)
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
        if said and rule.kind == "date" and (days := days_of(said["value"])):
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
            return {-1: "last", 1: "next"}.get(steps_in(g["rel"]), "same" if rule.needs == "last" else "near")
        if g.get("wday") and g.get("month"):
            return "near"  # of the years about the base one whose weekday agrees
        stop = r"[.!?]['\"’”)]* (?=[A-Z\"“‘(])"
        before = re.split(stop, self.text[max(self.span.start, start - 150) : start])[-1]
        after = re.split(stop, self.text[end : min(self.span.end, end + 80)])[0]
        verbs = spelt(r"(?i:(?<!\w)(?:(?:is|are) \w{1,20}ed|(?P<future>FUTURE)|(?P<past>PAST))(?!\w))")
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
    edtf, kind = edtf_of(value), "time" if kind == "date" and re.search("[0-9X]T", value) else kind
    days = interval(edtf) if edtf else (None, None)
    return {"kind": kind, "value": value, "edtf": edtf, "earliest": days[0], "latest": days[1], "rule": rule}


def _said(rule: Rule, values: list[str], words: str, base: str = "") -> dict | None:
    """The row for the values at both ends of the base, or for both readings of one; none if they are no days."""
    found = "|".join(values).split("|")
    first, last = min(found), max(found)
    value = first if first == last else f"{first.split('/')[0]}/{last.split('/')[-1]}"
    if not first or (edtf_of(value) and not days_of(value)):
        return None
    row = _row(rule.kind, value, rule.name + words)
    if first != last and "|" in values[0]:
        return row | {"value": "", "edtf": ""}
    if first != last and base and first.startswith(base):  # "two days later", after a month: a day of that month
        row["value"] = base + re.sub(r"\d", "X", first[len(base) :])
    return row
