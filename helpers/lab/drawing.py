"""Where everything stands in the drawing of a chronology.

What it looks like stands in `data/charts/timeline.json`; places are reckoned here, in pixels, so that a row can be as
high as its words need.
"""

from datetime import date, timedelta
from textwrap import wrap
from typing import Any

from helpers.base.edtf import Interval, interval
from helpers.base.folding import fold
from helpers.base.table import Table, groups
from helpers.history.own import MINE
from helpers.history.rivals import RECORD, Row
from helpers.history.tellings import in_words, readable_from
from helpers.lab.charts import GREY, OCHRE, filled

WIDTHS = {1: [330], 2: [104, 212], 3: [84, 180, 40]}  # of the panels, in pixels
LABELS, GAP = 270, 14  # of the words beside them; together no wider than a page of 820 pixels has room for
TITLE, LANE, LINE, AIR = 17, 16, 13, 8  # heights: a line of a title, a bar, a line of words, the space between rows
LONG, WIDE = 46, 92  # letters in a line of words, and of a title
TALL = 420  # from this height on the axis stands below as well
DAY = timedelta(1)
KEY = ["A symbol is one day; a bar runs from the earliest to the latest day that the words allow.",
       "Filled: the text states the date. Hollow: it is inferred."]  # fmt: skip
DATES = (
    "utcdate(datum.value) > 1 ? utcFormat(datum.value, '%-d %b') : "
    "utcFormat(datum.value, utcmonth(datum.value) ? '%b' : '%Y')"
)


def next_day(day: date) -> date:
    """The day after, but for the last that a calendar has."""
    return day if day == date.max else day + DAY


class Drawing:
    """Where everything stands: titles, lanes, words and marks, and the day of print from which each may be seen.

    Days of print are counted from 1, the first of January of the first paper's year; the record comes after them all.
    """

    def __init__(self, shown: Table, panels: list[Interval], styles: dict[str, tuple[str, str]]):
        self.panels, self.widths, self.height = panels, WIDTHS[len(panels)], AIR
        out = [day for when in shown["printed"] if (day := readable_from(when))] or [panels[0].earliest]
        self.year = min(out).year
        self.all = self._number(max(out)) + 1
        self.today = f"utc({self.year}, 0, day)"
        self.styles = styles
        self.data: dict[str, list[Row]] = {"titles": [], "lanes": [], "lines": []}
        self.data |= {f"marks{place}": [] for place in range(len(panels))}
        rows = shown.assign(row=range(len(shown))).to_dict("records")
        for group in groups(rows, lambda row: row["event"]).values():
            self._event(group)
        self.recorded = any(row["source"] == RECORD for row in rows)
        self.moves = panels[-1].latest >= min(out) and any(1 < self._known(row) < self.all for row in rows)

    def _number(self, day: date) -> int:
        return (day - date(self.year, 1, 1)).days + 1

    def _known(self, row: Row) -> int:
        day = readable_from(row["printed"])
        return self._number(day) if day else self.all

    def _event(self, group: list[Row]) -> None:
        """One row of the drawing: a title, and below it the lanes of its sources, one for each rival."""
        top, rival = self.height, any(row["rival"] for row in group)
        title = wrap(_title(group), WIDE)
        if rival:
            computed = any(row["rival"] and row["how"] != MINE for row in group)
            title.append("rivals: can't all be true" if computed else "rivals, as you say")
        self.height += TITLE * len(title)
        lanes = self.height
        for rows in groups(group, _lane_of).values():
            self._lane(rows)
        self.height += AIR
        known = min(map(self._known, group))
        place = {"y0": top - AIR / 2, "y": top, "lanes": lanes, "y2": self.height - AIR / 2}
        self.data["titles"].append({"text": "\n".join(title), "rival": rival, "known": known, **place})

    def _lane(self, rows: list[Row]) -> None:
        """What one source says of one event: its marks, its label, and the words of rivals below."""
        top, first = self.height, rows[0]
        below = [line for row in rows for line in _wrapped(_below(row))]
        self.height += LANE + LINE * len(below)
        colour, shape = self.styles[first["source"]]
        lane = {
            "source": first["source"],
            "known": self._known(first),
            "colour": colour,
            "shape": shape,
            "band": _band(first),
            "row": first["row"],
            "y0": top,
            "y": top + LANE / 2,
            "y2": self.height,
        }
        fills = ["transparent" if row["how"] == "inferred" else colour for row in rows]
        self.data["lanes"].append(lane | {"text": _label(rows), "fill": fills[0]})
        if below:
            self.data["lines"].append(lane | {"text": "\n".join(below), "y": top + LANE - 1})
        for row, fill in zip(rows, fills, strict=True):
            for place, panel in enumerate(self.panels):
                if interval(row["edtf"]).touches(panel):
                    self.data[f"marks{place}"].append(lane | {"fill": fill} | _mark(row, panel))

    def spec(self, words: str) -> dict[str, Any]:
        """The drawing as Vega-Lite: a strip to zoom with above each panel, the words on the right."""
        parts = [self._parts(place, words) for place in range(len(self.panels))]
        one = parts[0]
        views = [*(part["strip"] for part in parts), one["hint"]]
        views += [*(part["panel"] for part in parts), one["labels"]]
        if self.height > TALL:
            views += [*(part["foot"] for part in parts), one["blank"]]
        return one["top"] | {"datasets": self.data, "concat": views, "columns": len(parts) + 1}

    def _parts(self, place: int, words: str) -> dict[str, Any]:
        """The template, filled for one panel."""
        return filled("timeline", self._words(words) | self._sizes() | self._panel(place))

    def _key(self) -> list[str]:
        return [*KEY[:-1], f"{KEY[-1]} Grey bands: the record."] if self.recorded else KEY

    def _words(self, words: str) -> dict[str, Any]:
        read = f"'What could be read on ' + utcFormat({self.today}, '%-d %B %Y')"
        day: dict[str, Any] = {"name": "day", "value": self.all}
        if self.moves:
            bounds = {"min": 1, "max": self.all, "step": 1}
            day["bind"] = {"input": "range", "name": "Day of print (right end: all)", **bounds}
        return {
            "heading": f"day < {self.all} ? {read} : 'What happened when'",
            "lines": wrap(words, 104) + self._key(),
            "params": [day],
            "today": self.today,
            "all": self.all,
            "dates": DATES,
        }

    def _sizes(self) -> dict[str, int]:
        left = -sum(self.widths) - GAP * len(self.widths)
        return {
            "gap": GAP,
            "height": self.height,
            "labels": LABELS,
            "limit": LABELS - 8,
            "left": left,
            "indent": left + 6,
            "edge": -GAP,
        }

    def _panel(self, place: int) -> dict[str, Any]:
        low, high = self.panels[place].earliest, next_day(self.panels[place].latest)
        begin, finish = (f"utc({day.year}, {day.month - 1}, {day.day})" for day in (low, high))
        zoom = f"zoom{place}"
        return {
            "width": self.widths[place],
            "zoom": zoom,
            "marks": f"marks{place}",
            "scale": {"type": "utc", "nice": False, "domain": {"param": zoom}},
            "inside": f"day < {self.all} && datum.today >= {begin} && datum.today <= {finish}",
            "ends": [(day - date(1970, 1, 1)) // DAY * 86_400_000 for day in (low, high)],
            "bounds": [{"at": str(low)}, {"at": str(high)}],
        }


# ---- One event, one lane ----


def _title(group: list[Row]) -> str:
    """The event's title; a student's own words first where the event is on their line."""
    own = [row["title"] for row in group if row["how"] == MINE]
    ours = dict.fromkeys(row["title"] for row in group if row["how"] != MINE)
    if not own:
        return next(iter(ours))
    known = f" · here: {next(iter(ours))}" if ours and fold(next(iter(ours))) not in map(fold, own) else ""
    return f"Yours: {'; '.join(own)}{known}"


def _lane_of(row: Row) -> Any:
    """Rows that share a lane: those of one source; a rival and an event of one's own have a lane for themselves."""
    return row["row"] if row["rival"] or row["how"] == MINE else row["source"]


def _band(row: Row) -> str:
    if row["how"] == MINE:
        return OCHRE
    return GREY if row["source"] == RECORD else ""


def _wrapped(words: str) -> list[str]:
    return wrap(words, LONG, max_lines=6, placeholder=" …", break_on_hyphens=False)


def _mark(row: Row, panel: Interval) -> Row:
    days = interval(row["edtf"])
    start, end = max(days.earliest, panel.earliest), next_day(min(days.latest, panel.latest))
    kept = {name: row[name] for name in ("row", "title", "source", "cite", "edtf", "how", "words")}
    kept["spoken"] = f"{row['title']}: {_label([row])}"
    if days.earliest == days.latest:
        return kept | {"kind": "day", "start": f"{start}T12:00Z"}
    return kept | {"kind": "span", "start": str(start), "end": str(end)}


def _below(row: Row) -> str:
    """The words below a lane: those of a rival, or that a difference lies inside the record's own range."""
    if not row["rival"]:
        return row["within"]
    who = f"yours, {row['title']}: " if row["how"] == MINE else ""
    if row["cite"]:
        return f"{who}{row['cite']}: “{row['words']}”"
    return f"{who}{row['words']}"


def _label(rows: list[Row]) -> str:
    """Who tells it, when, and the values told, if they are one or two."""
    label = rows[0]["source"]
    if rows[0]["how"] == MINE:
        label = f"yours, {label}"
    dates = list(dict.fromkeys(row["edtf"] for row in rows))
    if len(dates) == 1:
        label += f", {in_words(dates[0])}"
    elif len(dates) == 2:
        label += " twice"
    else:
        label += f" {len(dates)} times"
    values = list(dict.fromkeys(row["value"] for row in rows if row["value"]))
    if 0 < len(values) < 3:
        label += f": {', '.join(values)}"
    return label
