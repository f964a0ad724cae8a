"""A chronology as a chart: a row an event, a lane a source, and a slider through the days of print."""

from datetime import date

from helpers.base.edtf import Interval, interval
from helpers.base.errors import CorpusError
from helpers.base.table import Table
from helpers.history.chronology import as_told
from helpers.history.own import MINE
from helpers.history.rivals import RECORD, Row
from helpers.history.tellings import COLUMNS, spoken
from helpers.history.timex import dated
from helpers.lab.charts import Chart, chart, styles
from helpers.lab.drawing import Drawing

BACKGROUND = Interval(date.min, date(1996, 11, 30))
CRISIS = Interval(date(1996, 12, 1), date(1997, 6, 30))
AFTER = Interval(date(1997, 7, 1), date.max)
# The table under the drawing.
BELOW = ("cite", "title", "edtf", "printed", "words", "value", "how", "rival", "within", "remark")


def timeline(
    table: Table, *, start: str | None = None, end: str | None = None, order: str = "happened"
) -> Chart | Table:
    """A `Chart` of what `chronology` returned, a row an event, from `start` to `end` (EDTF, or as people type dates).

    Colour, shape and place in the row say the source; the grey bands are the record's. Hollow: the date is inferred.
    Drag over the strip on top to zoom. A slider takes away what was not yet printed on a day.
    `order="told"` gives a `Table` instead: the order of one text's telling, and each jump in words.
    What is no chronology, no date or no order, and a stretch of time without any event, raise a `CorpusError`.
    """
    _check(table, order)
    window = _window(start, end)
    inside = [interval(edtf).touches(window) for edtf in table["edtf"]]
    shown = table[inside].reset_index(drop=True)
    if shown.empty:
        raise CorpusError(f"Nothing in this table lies between {start or 'its beginning'} and {end or 'its end'}.")
    if order == "told":
        return as_told(shown)
    shown = _mine_first(shown)
    days = [interval(edtf) for edtf in shown["edtf"]]
    panels = _panels(days, window)
    words = _sentence(shown, panels)
    cited = shown["cite"] != ""
    below = shown.assign(cite=shown["cite"].where(cited, shown["source"]))
    drawing = Drawing(shown, panels, _styles(shown))
    return chart(drawing.spec(words), words, below, BELOW)


def _check(table: Table, order: str) -> None:
    if order not in ("happened", "told"):
        raise CorpusError(f"There is no order {order!r}. Choose happened or told.")
    lacking = [name for name in COLUMNS if name not in table.columns]
    if lacking:
        raise CorpusError(
            f"This table has no column {lacking[0]}. Give the table that chronology returned, with all its columns."
        )
    if table.empty:
        raise CorpusError(f"There is nothing to draw: the table is empty. {table.note}")


def _mine_first(shown: Table) -> Table:
    """Events on a student's line first; of all others only what lies within the days of one of these."""
    rows = shown.to_dict("records")
    mine = [row for row in rows if row["how"] == MINE]
    if not mine:
        return shown
    days = [interval(row["edtf"]) for row in mine]
    order = {event: place for place, event in enumerate(dict.fromkeys(row["event"] for row in mine))}

    def place(number: int) -> tuple[int, bool]:
        return order.get(rows[number]["event"], len(order)), rows[number]["how"] != MINE

    def belongs(row: Row) -> bool:
        return row["event"] in order or any(day.holds(interval(row["edtf"])) for day in days)

    kept = [number for number, row in enumerate(rows) if belongs(row)]
    return shown.iloc[sorted(kept, key=place)].reset_index(drop=True)


def _window(start: str | None, end: str | None) -> Interval:
    low = date.min if start is None else interval(dated(start, "start")).earliest
    high = date.max if end is None else interval(dated(end, "end")).latest
    if low > high:
        raise CorpusError(f"start, {start}, is later than end, {end}. Put the earlier date into start.")
    return Interval(low, high)


def _panels(days: list[Interval], window: Interval) -> list[Interval]:
    """The stretches of time side by side, cut to the window; one in which nothing begins is left out."""
    low = max(window.earliest, date(min(days).earliest.year, 1, 1))
    begins = [max(day.earliest, low) for day in days]
    last = max(begins)
    high = CRISIS.latest if last <= CRISIS.latest else date(last.year, 12, 31)
    high = min(window.latest, high)
    panels = []
    for part in (BACKGROUND, CRISIS, AFTER):
        cut = Interval(max(part.earliest, low), min(part.latest, high))
        if any(cut.earliest <= begin <= cut.latest for begin in begins):
            panels.append(cut)
    return panels


def _sentence(shown: Table, panels: list[Interval]) -> str:
    told = set(shown["source"])
    sources = ["the record" if name == RECORD else name for name in _styles(shown) if name in told]
    rivals = shown[shown["event"].isin(shown.loc[shown["rival"] != "", "event"])].drop_duplicates("event")
    apart = "no two versions exclude each other"
    if len(rivals):
        apart = f"versions that can't all be true: {'; '.join(rivals['title'])}"
    time = f"{spoken(panels[0].earliest)} to {spoken(panels[-1].latest)}"
    count = shown["event"].nunique()
    many = "1 event" if count == 1 else f"{count} events"
    mine = shown.loc[shown["how"] == MINE, "event"].nunique()
    own = f", {mine} of them on your line" if mine else ""
    return f"{many}{own}, {time}, as dated by {', '.join(sources)}; {apart}."


def _styles(table: Table) -> dict[str, tuple[str, str]]:
    return styles([*(table.corpus or ()), *table["source"]])
