"""Time expressions: which words speak of time, what they mean, and from which day that was reckoned.

The rules stand in `data/times.toml`: each is a pattern and the TIMEX3 value that its groups make. An answer is never
finer than its words. Words that need a day to start from are reckoned from a base, and the rule says from which;
without one the value keeps X for what is not known, and no day is given.
"""

import re
from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import NamedTuple

from helpers.base.edtf import interval
from helpers.base.table import Table
from helpers.history.rows import Row, at, row_of, row_of_values
from helpers.history.rules import Match, Rule, matches, readers, spelt, steps_in, times, undivided
from helpers.history.values import BY, NO_DAY, days_of, stated_year, template
from helpers.texts.corpus import Source, Span, Texts, as_corpus
from helpers.texts.quotes import quoted_run
from helpers.texts.signs import readable

_COLUMNS = ["cite", "source", "start", "end", "text", "kind", "value", "edtf", "earliest", "latest", "rule"]


def time_expressions(texts: Texts) -> Table:
    """Every time expression of the running text, in order: its words, value, days and the rule that found them.

    Columns: cite, source, start and end (characters of the file), text, kind (date, time, set, duration), value
    (TIMEX3 of TimeML: 1997-04-22T15:17, P16Y, 199 for a decade), edtf, earliest and latest (days; these three empty
    where the words name none), rule. Month and day without a year is the nearest one before the base: the date of
    writing if printed, else of print, else the inferred one; inside a quotation only the date that the catalogue
    gives it. What the rules find is a candidate: how many they miss or invent was counted (`tests/bench`).
    """
    asked = readable(texts)
    spans = {span: source for source, span in asked.paragraphs}
    rows = [row for source in dict.fromkeys(spans.values()) for span, row in _Reader(source).rows() if span in spans]
    return Table(rows, columns=_COLUMNS, corpus=as_corpus(texts), caption=asked.caption("Time expressions"))


# ---- Reading ----

# What may stand between a day and its time of day; "on Monday, at night clubs" is joined too.
_BESIDE = re.compile(r",?(?: (?:on|at|of|in|in the))? |,? ?")
# A value that names a day, or none because its base is unknown; A/B is a day that is known less well.
_DAY = re.compile(r"[\dX]{4}-(?:[\dX]{2}-[\dX]{2}|WXX-\d)(?:T[A-Z]{2})?(?:/.*)?|")
_HOUR_AND_PART = re.compile(r"[\dX-]{10}T\d\d:\d\dT[A-Z]{2}")
_STOP = re.compile(r"[.!?]['\"’”)]* (?=[A-Z\"“‘(])")
_VERBS = r"(?i:(?<!\w)(?:(?:is|are) \w{1,20}ed|(?P<future>FUTURE)|(?P<past>PAST))(?!\w))"
_REACH = 600  # characters within which a time of day belongs to the last day named
_NEAR = 200  # characters within which a date takes its year or month from the one before it


class _Base(NamedTuple):
    """What words are reckoned from: its name in the rule, its first and last day, its value, where its words end."""

    name: str
    days: tuple[date, ...]
    value: str = ""
    ends: int = 0


_UNKNOWN = _Base("", ())


class _Reader:
    """Reads one source from its beginning, since an expression may lean on one before it."""

    def __init__(self, source: Source):
        self.source, self.text = source, source.flow
        self.base = _base(source)
        self.alone = _Base("", self.base.days[:1] if self.base else (NO_DAY,))  # for the century of a year such as '61
        self.last = self.story = None  # the last date named, and the last that lies within one year
        self.day, self.day_ends = "", -_REACH  # the value of the last single day, and where its words end
        self.quoted = []  # the dated quotations of the catalogue: start, end, date
        for quoted in source.quoted:
            start = source.text.find(quoted.quote)
            self.quoted.append((start, start + len(quoted.quote.rstrip()), quoted.date))

    def rows(self) -> Iterator[tuple[Span, Row]]:
        """The rows of the running text, each with its paragraph."""
        for span in self.source.spans:
            if span.number:
                for row in self.rows_of(span):
                    yield span, row

    def rows_of(self, span: Span) -> Iterator[Row]:
        self.span = span
        self.full = self.month = None  # the last date that has its year, and the last that has a month
        rows: list[Row] = []
        for match in self.matches():
            said = self.said(match)
            if said is None:
                continue
            rows.append(span.part(match.start, match.end).row | said)
            while len(rows) > 1 and (both := self.joined(*rows[-2:])):
                rows[-2:] = [both]
        for row in filter(None, map(self.dated, rows)):
            yield row | {"text": self.source.text[row["start"] : row["end"]]}

    def matches(self) -> list[Match]:
        """The matches of all rules in order; of those that overlap only the longest, then the first in the file."""
        text, folded, first, last = self.text, self.source.folded, self.span.start, self.span.end
        places = undivided(folded, first, last)
        if places:
            text, folded = ("".join(whole[at] for at in places) for whole in (text, folded))
            first, last = 0, len(places)
        begins = {word[:3] for word in re.findall("[a-z]+", folded[first:last])}
        found: list[Match] = []
        for reader in readers():
            if not reader.begins or reader.begins & begins:
                found += matches(reader, text, folded, first, last)
        if places:
            found = [match._replace(start=places[match.start], end=places[match.end - 1] + 1) for match in found]
        taken: set[int] = set()
        kept = []
        for match in sorted(found, key=lambda match: match.start - match.end):
            if taken.isdisjoint(range(match.start, match.end)):
                taken.update(range(match.start, match.end))
                kept.append(match)
        return sorted(kept, key=lambda match: match.start)

    def said(self, match: Match) -> Row | None:
        """What the words say, alone or reckoned from a base; remembered for the words that lean on it."""
        rule, groups = match.rule, match.groups
        make = BY.get(rule.by) or partial(template, rule.value)
        alone = not rule.needs or bool(stated_year(groups))
        base = self.alone if alone else self.base_for(match)
        if base is _UNKNOWN:
            return row_of(rule.kind, "", "inside a quotation, base unknown")
        if base is None:
            value = rule.value if rule.by and rule.value else make(groups, NO_DAY, "")
            return row_of_values(rule, [value], ", nothing to reckon it from")
        way = "" if alone else self.way(match, base)
        values = [make(groups, day, way) for day in dict.fromkeys(base.days)]
        said = row_of_values(rule, values, "" if alone else _reckoned(rule, way, base), base.value)
        if said and groups.get("about") and re.fullmatch(r"[\dX-]+", said["edtf"]):
            said["edtf"] += "~"
        if said and rule.kind == "date":
            self.remember(said["value"], match, has_year=alone or base is self.full)
        return said

    def remember(self, value: str, match: Match, *, has_year: bool) -> None:
        days = days_of(value)
        if days:
            if match.groups.keys() & {"month", "mm", "nth"}:
                self.month = _Base("the date beside it", days, ends=match.end)
                self.full = self.month if has_year else None
            self.last = _Base("the last date named", days, value)
            if days.earliest.year == days.latest.year:
                self.story = _Base("the last date in the text", days)

    def base_for(self, match: Match) -> _Base | None:
        """From which day a rule reckons; inside a quotation only from the date that the catalogue gives it."""
        rule, groups = match.rule, match.groups
        run = quoted_run(self.span, match.start)
        if run:
            dated = [quoted for quoted in self.quoted if run.start <= quoted[0] and quoted[1] <= run.end]
            around = max(dated, key=lambda quoted: quoted[0] <= match.start < quoted[1], default=None)
            if around is None:
                return _UNKNOWN
            if rule.needs != "last":
                return _Base("the date given for the quotation", interval(around[2]))
        if rule.needs == "last":
            return self.last
        leans = rule.needs == "base" or rule.by == "weekday" or groups.get("rel") or groups.get("back")
        return self.beside(match, leans) or self.base or (None if leans else self.story)

    def beside(self, match: Match, leans: object) -> _Base | None:
        """The date near before from which the telling goes on; none where a verb looks ahead from the day of print."""
        base = self.month if match.rule.by == "nth" else self.full
        if leans or match.rule.hint != "past" or base is None or match.start - base.ends > _NEAR:
            return None
        if match.rule.by == "nth":
            return base
        old = self.base is not None and base.days[1].year < self.base.days[0].year
        return base if old and self.way(match, self.base) == "past" else None

    def way(self, match: Match, base: _Base) -> str:
        """Which of the nearest is meant: by words such as "last", else by the verbs around, else by the rule."""
        rule, groups = match.rule, match.groups
        if base is self.story:
            return "same"
        if base in (self.full, self.month):
            return "future" if rule.by == "nth" else "beside"
        if groups.get("rel"):
            other = "same" if rule.needs == "last" else "near"
            return {-1: "last", 1: "next"}.get(steps_in(groups["rel"]), other)
        if groups.get("wday") and groups.get("month"):
            return "near"  # of the years about the base one whose weekday agrees
        before = _STOP.split(self.text[max(self.span.start, match.start - 150) : match.start])[-1]
        after = _STOP.split(self.text[match.end : min(self.span.end, match.end + 80)])[0]
        cues = _tenses(before)[::-1] + _tenses(after)
        return cues[0] if cues else rule.hint

    def joined(self, one: Row, two: Row) -> Row | None:
        """A day and a time of day that stand side by side, as one row."""
        day, time = (two, one) if one["value"].startswith("T") else (one, two)
        both = day["value"] + time["value"]
        if not time["value"].startswith("T") or day["kind"] == "duration":
            return None
        if not _DAY.fullmatch(day["value"]) and not _HOUR_AND_PART.fullmatch(both):
            return None
        if not _BESIDE.fullmatch(self.source.folded, one["end"], two["start"]):
            return None
        kind = "set" if day["kind"] == "set" else "time"
        return day | {"start": one["start"], "end": two["end"], "kind": kind, "value": at(day["value"], time["value"])}

    def dated(self, row: Row) -> Row | None:
        """A time of day gets the last day named, if that is near; a word that is none without a day is dropped."""
        value, near = row["value"], row["start"] - self.day_ends < _REACH
        if row["earliest"] is not None and row["earliest"] == row["latest"]:
            self.day, self.day_ends = value, row["end"]
        if not value.startswith("T"):
            return row
        if row["kind"] == "beside":
            return None
        if near and value[1].isdigit():
            return row | row_of("time", at(self.day, value), row["rule"] + ", on the last day named")
        return row | {"value": f"XXXX-XX-XX{value}", "rule": row["rule"] + ", day not said"}


def _base(source: Source) -> _Base | None:
    """The date of writing if it is printed, else of print, else the inferred one."""
    dates = {"the printed date of writing": source.written, "the issue date": source.published}
    dates |= {"the inferred date of writing": source.inferred.written}
    for name, day in dates.items():
        if day[:1].isdigit() or day[:1] == "[":
            return _Base(name, interval(day))
    return None


def _tenses(words: str) -> list[str]:
    """What the verbs in `words` speak of, in order: past or future; empty for one that is neither."""
    return [tense for cue in spelt(_VERBS).finditer(words) if (tense := cue.lastgroup)]


def _reckoned(rule: Rule, way: str, base: _Base) -> str:
    if rule.needs == "year":
        return f", {times().words['way'][way]} {base.name}"
    return f", reckoned from {base.name}"
