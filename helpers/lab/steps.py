"""How a number of the record changes from day to day: a drawing off which a reader takes a date.

The whole time stands on top, on a scale on which each halving is as high as the next; below it the steps that lie too
near each other there, larger. What it looks like stands in `data/charts/steps.json`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise
from math import floor, log10
from textwrap import wrap
from typing import Any

from helpers.base.edtf import Interval, interval
from helpers.base.errors import CorpusError
from helpers.base.files import legal
from helpers.base.table import Table
from helpers.history.tellings import in_words, spoken
from helpers.lab.charts import GREY, OCHRE, Chart, chart, filled, styles

WIDTH, WHOLE, NEAR = 560, 160, 240  # of both panels; heights, in pixels
CLOSE = 1.2  # steps of up to so many times the lowest number are drawn once more, larger
LINE, LETTER = 14, 7  # height of a label, width of one of its letters
DAY = timedelta(1)
BELOW = ("when", "value", "unit", "range")
DATE = "utcFormat(datum.value, '%-d %b')"


@dataclass(frozen=True)
class Step:
    """A row of the record: a number that held from one day to another, as its words have it."""

    when: str
    value: str
    range: str

    @cached_property
    def days(self) -> Interval:
        return interval(self.when)

    @cached_property
    def low(self) -> float:
        """The least that sources have."""
        return min(_numbers(f"{self.value} {self.range}"))

    @cached_property
    def high(self) -> float:
        """The most that sources have."""
        return max(_numbers(f"{self.value} {self.range}"))

    @cached_property
    def number(self) -> float | None:
        """The one number; None where the words have two, and so none is sure."""
        found = _numbers(self.value)
        return found[0] if len(found) == 1 else None

    @property
    def drawn(self) -> dict[str, Any]:
        """What the drawing needs: both ends at noon, for on a day of change two numbers hold."""
        return {
            "start": _noon(self.days.earliest),
            "end": _noon(self.days.latest),
            "number": self.number,
            "low": self.low,
            "high": self.high,
            "top": self.number or self.high,
            "when": self.when,
            "value": self.value,
            "range": self.range,
            "spoken": f"{self.value}, {in_words(self.when)}",
        }


def steps(table: Table, number: float | None = None, *, source: str = "", days: str | None = None) -> Chart:
    """A `Chart` of the numbers by day in what `record` returned; a grey field shows how far sources differ.

    `number` draws a line, in the colour of the `source` that has it: where it meets a step are the days on which that
    number held. `days`, in EDTF, is drawn as a band. A table without numbers and days raises a `CorpusError`.
    """
    found = _steps(table)
    band = None if days is None else legal(days, "days")
    lines = {"number": number, "source": source, "band": band}
    parts = [_panel("All steps", found, found, **lines)]
    lowest = min(step.low for step in found)
    near = [step for step in found if step.number and step.number <= lowest * CLOSE]
    if 1 < len(near) < len(found):
        parts.append(_panel("The last steps, larger", found, near, **lines))
    words = _sentence(table, found, number, band)
    title = {"text": f"Number of {_unit(table)}, day by day", "subtitle": wrap(words, 96)}
    panels = [part["panel"] for part in parts]
    return chart(parts[0]["top"] | {"title": title, "vconcat": panels}, words, table, BELOW)


def _steps(table: Table) -> list[Step]:
    rows = table.to_dict("records")
    words = [[str(row.get(name, "")) for name in ("when", "value", "range")] for row in rows]
    found = [Step(*row) for row in words if row[0] and _numbers(row[1])]
    if not found:
        raise CorpusError('No row of this table has days and a number. Try steps(record(corpus, "hostages held")).')
    return sorted(found, key=lambda step: step.days)


def _numbers(words: str) -> list[float]:
    return [float(number.replace(",", "")) for number in re.findall(r"\d[\d,]*(?:\.\d+)?", words)]


def _noon(day: date) -> str:
    return f"{day}T12:00Z"


def _in_words(days: Interval) -> str:
    return in_words(f"{days.earliest}/{days.latest}")


def _unit(table: Table) -> str:
    return table["unit"].iloc[0] if "unit" in table.columns else "things counted"


# ---- The sentence ----


def _sentence(table: Table, found: list[Step], number: float | None, band: Interval | None) -> str:
    first, last = found[0], found[-1]
    begin, end = spoken(first.days.earliest), spoken(last.days.latest)
    said = [f"In {len(found)} steps: {first.value} {_unit(table)} on {begin}, {last.value} on {end}."]
    if number is not None:
        met = [in_words(step.when) for step in found if step.number == number]
        where = f"meets the step of {' and of '.join(met)}" if met else "meets no step"
        said.append(f"The line at {number:g} {where}.")
    if band is not None:
        inside = [step.value for step in found if step.days.touches(band)]
        which = f"holds these numbers: {', '.join(inside)}" if inside else "holds none of them"
        said.append(f"Your interval, {_in_words(band)}, {which}.")
    return " ".join(said)


# ---- One panel ----


def _panel(heading: str, found: list[Step], shown: list[Step], **lines: Any) -> dict[str, Any]:
    """The template, filled for the steps that are shown; all others are cut off at its edges."""
    scales = _whole(found) if shown is found else _larger(shown)
    values = {"heading": heading, "width": WIDTH, "grey": GREY, "own": OCHRE} | scales
    values |= _drawn(found, shown, scales) | _lines(found, **lines)
    if shown is found:  # too narrow for words about single days
        values["ends"] = []
    return filled("steps", values)


def _drawn(found: list[Step], shown: list[Step], scales: dict[str, Any]) -> dict[str, Any]:
    sure = [step.drawn for step in found if step.number]
    drops = [after | {"from": before["number"]} for before, after in pairwise(sure)]
    wide = [step.drawn for step in found if step.low < step.high]
    return {"steps": sure, "drops": drops, "ranges": wide, "named": _named(shown, scales)}


def _lines(found: list[Step], number: float | None, source: str, band: Interval | None) -> dict[str, Any]:
    """What is laid over the steps: the line of a number, where it meets them, and a reader's own days."""
    met = [step for step in found if number is not None and step.number == number]
    days = dict.fromkeys(day for step in met for day in step.days)
    line = [] if number is None else [{"number": number, "text": f"{source} {number:g}".strip()}]
    return {
        "line": line,
        "met": [step.drawn for step in met],
        "ends": [{"at": _noon(day), "number": number, "text": f"{day.day} {day:%b}"} for day in days],
        "mine": [] if band is None else [_own(band)],
        "colour": styles([source])[source][0],
    }


def _own(band: Interval) -> dict[str, str]:
    words = f"your interval: {_in_words(band)}"
    return {"start": f"{band.earliest}T00:00Z", "end": f"{band.latest}T23:59Z", "text": words}


# ---- Scales ----


def _whole(found: list[Step]) -> dict[str, Any]:
    """All days and all numbers: equal heights are equal ratios."""
    first, last = found[0].days.earliest, max(step.days.latest for step in found)
    days = [first + DAY * number for number in range((last - first).days + 1)]
    low, high = min(step.low for step in found), max(step.high for step in found)
    round_numbers = [figure * 10**power for power in range(floor(log10(high)) + 1) for figure in (1, 2, 4, 7)]
    return _scale(first, last) | {
        "height": WHOLE,
        "daily": False,
        "ticks": [_noon_in_ms(day) for day in days if day.day == 1 or day in (first, last)],
        "labels": DATE,
        "scale": "log",
        "numbers": [low * 0.9, high * 1.4],
        "marks": [number for number in round_numbers if low * 0.9 <= number <= high * 1.4],
    }


def _larger(shown: list[Step]) -> dict[str, Any]:
    """The days around some steps, one by one, and their numbers."""
    first, last = shown[0].days.earliest - 4 * DAY, shown[-1].days.earliest + 8 * DAY
    low, high = min(step.low for step in shown), max(step.high for step in shown)
    apart = max(1, round((high - low) / 12))
    fourth = f"floor(datum.value / 864e5 - {_ms(first) // 86_400_000}) % 4 ? '' : {DATE}"
    return _scale(first, last) | {
        "height": NEAR,
        "daily": True,
        "ticks": [_noon_in_ms(first + DAY * number) for number in range((last - first).days + 1)],
        "labels": fourth,
        "scale": "linear",
        "numbers": [low - 2 * apart, high + 3 * apart],
        "marks": list(range(round(low), round(high) + 1, apart)),
    }


def _scale(first: date, last: date) -> dict[str, Any]:
    return {"days": [_ms(first), _ms(last + DAY)]}


def _ms(day: date) -> int:
    return (day - date(1970, 1, 1)).days * 86_400_000


def _noon_in_ms(day: date) -> int:
    return _ms(day) + 43_200_000


def _named(shown: Sequence[Step], scales: dict[str, Any]) -> list[dict[str, Any]]:
    """The steps whose number finds room above them; the table has them all."""
    kept: list[dict[str, Any]] = []
    free_from, above = 0.0, -LINE
    begin, end = scales["days"]
    for step in shown:
        left = (_noon_in_ms(step.days.earliest) - begin) / (end - begin) * WIDTH
        top = _height(step.drawn["top"], scales)
        if left >= free_from or top - above >= LINE:
            kept.append(step.drawn)
            free_from, above = left + len(step.value) * LETTER, top
    return kept


def _height(number: float, scales: dict[str, Any]) -> float:
    """How far below the top of its panel a number stands."""
    low, high = scales["numbers"]
    if scales["scale"] == "log":
        number, low, high = log10(number), log10(low), log10(high)
    return (high - number) / (high - low) * scales["height"]
