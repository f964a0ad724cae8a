"""The afterlife of a claim as a drawing: a line through the years, and at each station what was said and what was not.

The line is longer where more time passes, so that a silence of years is seen; places are reckoned here, in pixels. What
it looks like stands in `data/charts/afterlife.json`.
"""

from textwrap import wrap
from typing import Any

from helpers.base.edtf import interval
from helpers.base.files import lacking
from helpers.base.table import Table
from helpers.history.claims import FILE, Station, stations
from helpers.history.tellings import in_words
from helpers.lab.charts import GREY, SOURCE_COLOURS, Chart, chart, filled
from helpers.texts.corpus import Corpus, as_corpus

LANES = {"claimed": (136, "circle"), "found": (136, "diamond"), "not found, not examined": (374, "square")}
HEADS = {136: "● claimed or ◆ found", 374: "□ not found, not examined"}
COLUMNS = ("when", "who", *LANES, "shown by")
LEFT, WIDTH, WRAPPED = 120, 600, 35  # of the line and of the drawing in pixels, of a lane in characters
LINE, AIR, YEAR, HEAD = 15, 16, 14, 24  # heights in pixels: a line of words, the space below it, a year, the heads
Part = dict[str, Any]  # of a Vega-Lite drawing


def afterlife(corpus: Corpus) -> Chart | Table:
    """A `Chart` of the stations in `claims.toml`: who claimed what, what was found, what was not found or not examined.

    Below it, the same as a table, with the citation or the record's sources of each. Without that file, or without
    stations in it, it is an empty table that says so; a slip in one raises a `CorpusError`.
    """
    here = as_corpus(corpus)
    rows = [_row(station, shown) for station, shown in stations(here)]
    note = lacking(here.folder, FILE) or f"{FILE} has no station yet. Add one that says what was claimed or found."
    table = Table(rows, columns=COLUMNS, corpus=here, note=note)
    if not rows:
        return table
    return chart(_Drawing(rows).spec(), _sentence(rows), table)


def _row(station: Station, shown: str) -> dict[str, str]:
    said = (station.claimed, station.found, station.open)
    return {"when": station.edtf, "who": station.who, "shown by": shown} | dict(zip(LANES, said, strict=True))


def _sentence(rows: list[dict[str, str]]) -> str:
    found = sum(row["found"] != "" for row in rows)
    first, last = in_words(rows[0]["when"]), in_words(rows[-1]["when"])
    return (
        f"A line with {len(rows)} stations from {first} to {last}: in {len(rows) - found} something is claimed, in "
        f"{found} something is found, and in each something stays open."
    )


# ---- Where everything stands ----


class _Drawing:
    """Words and marks in their places, station below station."""

    def __init__(self, rows: list[dict[str, str]]):
        self.height = HEAD
        self.data: dict[str, list[Part]] = {"line": [], "marks": [], "words": []}
        self.data["heads"] = [{"x": x, "y": 0, "text": head} for x, head in HEADS.items()]
        before = interval(rows[0]["when"]).earliest
        for row in rows:
            day = interval(row["when"]).earliest
            self.height += round((day - before).days / 365 * YEAR)
            self._station(row)
            before = day

    def _station(self, row: dict[str, str]) -> None:
        top = self.height
        below = {0: self._say(0, top + LINE, row["who"], 18)}
        self.data["heads"].append({"x": 0, "y": top, "text": in_words(row["when"])})
        self.data["line"].append({"x": LEFT, "y": top + 6})
        for lane, (x, shape) in LANES.items():
            if row[lane]:
                at = below.get(x, top)
                self._mark(x, at, shape, _colour(row["who"], lane))
                below[x] = self._say(x + 12, at, row[lane], WRAPPED)
        self.height = max(below.values()) + AIR

    def _say(self, x: int, y: int, words: str, width: int) -> int:
        """Write words in lines; where the next line would stand."""
        lines = wrap(words, width)
        self.data["words"].append({"x": x, "y": y, "text": "\n".join(lines)})
        return y + LINE * len(lines)

    def _mark(self, x: int, y: int, shape: str, colour: str) -> None:
        mark = {
            "x": x,
            "y": y + 6,
            "shape": shape,
            "colour": colour,
            "fill": "transparent" if shape == "square" else colour,
        }
        self.data["marks"].append(mark)

    def spec(self) -> Part:
        looks = {
            "width": WIDTH,
            "height": self.height,
            "pitch": LINE,
            "grey": GREY,
        }
        return filled("afterlife", self.data | looks)


def _colour(who: str, lane: str) -> str:
    """Of a claim the colour of its text; all else is grey, as the record is in every drawing."""
    if lane != "claimed":
        return GREY
    id = who.partition(",")[0]
    return SOURCE_COLOURS.get(id, GREY)
