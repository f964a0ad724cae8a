"""Charts as plain Vega-Lite 5, drawn by JupyterLab itself, each with its table one click below.

What a drawing looks like stands in `data/charts/`; where each thing stands in it is reckoned here, in pixels, so that
a row can be as high as its words need. The colour of its words comes with its table (`data/pages/chart.html`).
"""

import json
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from string import Template
from textwrap import wrap
from typing import Any

from helpers.base.edtf import Interval, interval
from helpers.base.errors import CorpusError
from helpers.base.files import DATA, legal
from helpers.base.html import page
from helpers.base.table import Table
from helpers.history.order import as_told
from helpers.history.own import MINE
from helpers.history.rivals import RECORD, Row, groups
from helpers.history.tellings import MONTHS, readable_from, spoken

MIME = "application/vnd.vegalite.v5+json"
# Each at least 3 to 1 against a white and a dark page; told apart by colour-blind eyes, and without colour by shape.
SOURCE_COLOURS = {"rw888": "#2a8fd8", "l5i": "#d55e00", "rw898": "#009e73", "ww188": "#c06aa4", "rw909": "#a67c00"}
SHAPES = ["circle", "square", "triangle-up", "diamond", "cross"]
GREY, BAR = "#808080", "M-.35,-1.1H.35V1.1H-.35Z"  # the record: a grey upright bar
OCHRE = "#d0a000"  # the band of a student's own event


@dataclass(frozen=True)
class Chart:
    """A drawing, the sentence that says what it shows, and the table of all that is in it."""

    spec: dict[str, Any] = field(repr=False)
    table: Table = field(repr=False)
    words: str

    def __repr__(self) -> str:
        return self.words

    def bundles(self) -> list[dict[str, Any]]:
        """The drawing and its table, closed: two outputs, for in one JupyterLab would show the table alone."""
        columns = ["source", "title", "edtf", "words", "value", "how", "rival", "within", "remark"]
        rows = self.table.assign(source=self.table["cite"].where(self.table["cite"] != "", self.table["source"]))
        rows = rows[[name for name in columns if (rows[name] != "").any()]]
        html = page("chart", summary=f"The same as a table: {len(rows)} rows", table=rows.html(len(rows)))
        return [{MIME: self.spec, "text/plain": self.words}, {"text/html": html, "text/plain": repr(rows)}]

    def _ipython_display_(self) -> None:
        from IPython.display import display

        for bundle in self.bundles():
            display(bundle, raw=True)


# ---- A timeline ----

PARTS = (date(1996, 12, 1), date(1997, 7, 1))  # background, crisis and what came after meet on these days
WIDTHS = {1: [366], 2: [108, 244], 3: [92, 206, 40]}  # of the panels, in pixels
TITLES, LABELS, GAP = 204, 192, 14
LANE, LINE, AIR = 12, 12, 6  # heights: a bar, a line of words, the space between rows
DAY = timedelta(1)
KEY = ["A symbol is one day; a bar runs from the earliest to the latest day that the words allow.",
       "Filled: the text states the date. Hollow: it is inferred. Grey bands: the record."]  # fmt: skip
DATES = (
    "utcdate(datum.value) > 1 ? utcFormat(datum.value, '%-d %b') : "
    "utcFormat(datum.value, utcmonth(datum.value) ? '%b' : '%Y')"
)


def timeline(table: Table, *, start: str | None = None, end: str | None = None, order: str = "happened"):
    """A `Chart` of what `chronology` returned, a row an event, from `start` to `end` (EDTF).

    Colour, shape and place in the row say the source; the grey bands are the record's. Hollow: the date is inferred.
    Drag over the strip on top to zoom. A slider takes away what was not yet printed on a day.
    `order="told"` gives a `Table` instead: the order of one text's telling, and each jump in words.
    """
    if order not in ("happened", "told"):
        raise CorpusError(f"There is no order {order!r}. Choose happened or told.")
    if order == "told":
        return as_told(table)
    low = legal(start, "start").earliest if start else date.min
    high = legal(end, "end").latest if end else date.max
    shown = table[[interval(edtf).touches(Interval(low, high)) for edtf in table["edtf"]]].reset_index(drop=True)
    if shown.empty:
        raise CorpusError(f"Nothing in this table lies between {start or 'its beginning'} and {end or 'its end'}.")
    panels = _panels([interval(edtf) for edtf in shown["edtf"]], low, high)
    words = _sentence(shown, panels)
    return Chart(_Drawing(shown, panels).spec(words), shown, words)


def _panels(days: list[Interval], low: date, high: date) -> list[Interval]:
    """The stretches of time side by side, cut to the window; one in which nothing begins is left out."""
    low = max(low, date(min(days).earliest.year, 1, 1))
    last = max(day.earliest for day in days)
    high = min(high, PARTS[1] - DAY if last < PARTS[1] else date(last.year, 12, 31))
    cuts = [Interval(max(a, low), min(b - DAY, high)) for a, b in pairwise([date.min, *PARTS, date.max])]
    return [cut for cut in cuts if any(cut.earliest <= max(day.earliest, low) <= cut.latest for day in days)]


def _sentence(shown: Table, panels: list[Interval]) -> str:
    sources = [name for name in _styles(shown) if name in set(shown["source"])]
    sources = ["the record" if name == RECORD else name for name in sources]
    rivals = shown[shown["event"].isin(shown.loc[shown["rival"] != "", "event"])].drop_duplicates("event")
    names = "; ".join(rivals["title"])
    apart = f"versions that can't all be true: {names}" if names else "no two versions exclude each other"
    time = f"{spoken(panels[0].earliest)} to {spoken(panels[-1].latest)}"
    return f"{shown['event'].nunique()} events, {time}, as dated by {', '.join(sources)}; {apart}."


def _styles(table: Table) -> dict[str, tuple[str, str]]:
    """Colour and shape of each source, in the fixed order; texts that are not ours take them by turns."""
    turns = list(zip(SOURCE_COLOURS.values(), SHAPES, strict=True))
    ids = dict.fromkeys([*SOURCE_COLOURS, *(table.corpus or ()), *table["source"]])
    return {id: turns[place % len(turns)] for place, id in enumerate(ids)} | {RECORD: (GREY, BAR)}


class _Drawing:
    """Where everything stands: titles, lanes, words and marks, and the day of print from which each may be seen.

    Days of print are counted from 1, the first of January of the first paper's year; the record comes after them all.
    """

    def __init__(self, shown: Table, panels: list[Interval]):
        self.panels, self.widths, self.height = panels, WIDTHS[len(panels)], AIR
        out = [day for when in shown["printed"] if (day := readable_from(when))] or [panels[0].earliest]
        self.base = date(min(out).year, 1, 1) - DAY
        self.all = (max(out) - self.base).days + 1
        self.styles = _styles(shown)
        self.data: dict[str, list[Row]] = {"titles": [], "lanes": [], "lines": []}
        self.data |= {f"marks{place}": [] for place in range(len(panels))}
        rows = shown.assign(row=range(len(shown))).to_dict("records")
        for group in groups(rows, lambda row: row["event"]).values():
            self._event(group)

    def _event(self, group: list[Row]) -> None:
        """One row of the drawing: a title, and below each other the lanes of its sources, one for each rival."""
        top, rival = self.height, any(row["rival"] for row in group)
        lanes = groups(group, lambda row: row["row"] if row["rival"] or row["how"] == MINE else row["source"])
        for rows in lanes.values():
            self._lane(rows)
        ours = any(row["rival"] and row["how"] != MINE for row in group)
        said = "rivals: can't all be true" if ours else "rivals, as you say"
        title = wrap(group[0]["title"], 34 if rival else 39) + [said] * rival
        self.height = max(self.height, top + LANE * len(title)) + AIR
        known = min(map(self._known, group))
        place = {"y0": top - AIR / 2, "y": top, "y2": self.height - AIR / 2}
        self.data["titles"].append({"text": "\n".join(title), "rival": rival, "known": known, **place})

    def _lane(self, rows: list[Row]) -> None:
        """What one source says of one event: its marks, its label, and the words of rivals below."""
        top, source, mine = self.height, rows[0]["source"], rows[0]["how"] == MINE
        below = [line for row in rows for line in _wrapped(_below(row))]
        self.height += LANE + LINE * len(below)
        colour, shape = self.styles[source]
        band = OCHRE if mine else GREY if source == RECORD else ""
        lane = {"source": source, "known": self._known(rows[0]), "colour": colour, "shape": shape, "band": band}
        lane |= {"row": rows[0]["row"], "y0": top, "y": top + LANE / 2, "y2": self.height}
        fills = ["transparent" if row["how"] == "inferred" else colour for row in rows]
        self.data["lanes"].append(lane | {"text": _label(rows), "fill": fills[0]})
        self.data["lines"] += [lane | {"text": "\n".join(below), "y": top + LANE}] * bool(below)
        for row, fill in zip(rows, fills, strict=True):
            for place, panel in enumerate(self.panels):
                if interval(row["edtf"]).touches(panel):
                    self.data[f"marks{place}"].append(lane | {"fill": fill} | _mark(row, panel))

    def _known(self, row: Row) -> int:
        day = readable_from(row["printed"])
        return (day - self.base).days if day else self.all

    def spec(self, words: str) -> dict[str, Any]:
        """The drawing as Vega-Lite: a strip to zoom with above each panel, titles on the left, labels on the right."""
        today = f"utc({self.base.year + 1}, 0, day)"
        parts = [self._parts(place, words, today) for place in range(len(self.panels))]
        one = parts[0]
        views = [one["hint"], *(part["strip"] for part in parts), one["blank"]]
        views += [one["titles"], *(part["panel"] for part in parts), one["labels"]]
        return one["top"] | {"datasets": self.data, "concat": views, "columns": len(views) // 2}

    def _parts(self, place: int, words: str, today: str) -> dict[str, Any]:
        """The template, filled for one panel."""
        low, high = self.panels[place].earliest, self.panels[place].latest + DAY
        inside = [f"utc({day.year}, {day.month - 1}, {day.day})" for day in (low, high)]
        left = -sum(self.widths) - GAP * len(self.widths)
        read = f"'What could be read on ' + utcFormat({today}, '%-d %B %Y')"
        values = {
            "words": words,
            "heading": f"day < {self.all} ? {read} : 'What happened when'",
            "lines": wrap(words, 145) + KEY,
            "slider": f"Printed by day … of {self.base.year + 1} (right end: all)",
            "inside": f"day < {self.all} && datum.today >= {inside[0]} && datum.today <= {inside[1]}",
            "today": today, "all": self.all, "dates": DATES, "gap": GAP, "height": self.height,
            "titles": TITLES, "labels": LABELS, "limit": LABELS - 8, "indent": left + 4,
            "left": left - TITLES - GAP - 5, "width": self.widths[place],
            "zoom": f"zoom{place}", "marks": f"marks{place}",
            "scale": {"type": "utc", "nice": False, "domain": {"param": f"zoom{place}"}},
            "ends": [(day - date(1970, 1, 1)) // DAY * 86_400_000 for day in (low, high)],
            "bounds": [{"at": str(low)}, {"at": str(high)}],
        }  # fmt: skip
        text = (DATA / "charts" / "timeline.json").read_text(encoding="utf-8")
        return json.loads(Template(text).substitute({name: json.dumps(value) for name, value in values.items()}))


def _wrapped(words: str) -> list[str]:
    return wrap(words, 106, max_lines=3, placeholder=" …", break_on_hyphens=False)


def _mark(row: Row, panel: Interval) -> Row:
    days = interval(row["edtf"])
    start, end = max(days.earliest, panel.earliest), min(days.latest, panel.latest) + DAY
    kept = {name: row[name] for name in ("row", "title", "source", "cite", "edtf", "how", "words")}
    kept["spoken"] = f"{row['title']}: {_label([row])}"
    if days.earliest == days.latest:
        return kept | {"kind": "day", "start": f"{start}T12:00Z"}
    return kept | {"kind": "span", "start": str(start), "end": str(end)}


def _below(row: Row) -> str:
    """The words below a lane: those of a rival, or that a difference lies inside the record's own range."""
    if row["rival"]:
        who = f"yours, {row['title']}: " if row["how"] == MINE else ""
        return f"{who}{row['cite']}: “{row['words']}”" if row["cite"] else f"{who}{row['source']}: {row['words']}"
    return row["within"]


def _label(rows: list[Row]) -> str:
    dates, values = ([*dict.fromkeys(row[name] for row in rows if row[name])] for name in ("edtf", "value"))
    when = f", {in_words(dates[0])}" if len(dates) == 1 else " twice" if len(dates) == 2 else f" {len(dates)} times"
    said = f": {', '.join(values)}" if len(values) in (1, 2) else ""
    return f"{'yours, ' if rows[0]['how'] == MINE else ''}{rows[0]['source']}{when}{said}"


def in_words(edtf: str) -> str:
    """A date as a label says it.

    >>> in_words("1996-12-17/1996-12-28"), in_words("1996-12/1997-01~"), in_words("198X")
    ('17 to 28 Dec 1996', 'Dec 1996 to about Jan 1997', '1980s')
    """
    first, *last = (_parts_of(one) for one in edtf.split("/"))
    if last:
        cut = next((n for n in range(1, len(first)) if last[0][n - len(first) :] == first[n:]), len(first))
        first = [*first[:cut], "to", *last[0]]
    return " ".join(first)


def _parts_of(edtf: str) -> list[str]:
    year, *rest = edtf.rstrip("~?").split("-")
    day, month = [str(int(part)) for part in rest[1:]], [MONTHS[int(part) - 1][:3] for part in rest[:1]]
    return ["about"] * edtf.endswith("~") + day + month + [year.replace("X", "0s")] + ["(unsure)"] * edtf.endswith("?")
