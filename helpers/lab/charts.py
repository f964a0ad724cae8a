"""Charts as plain Vega-Lite 5, drawn by JupyterLab itself, each with its table one click below.

A chart is a drawing, one sentence, and a table; `chart` makes one of any Vega-Lite dict. The colour of the words in a
drawing comes with its table (`data/pages/chart.html`). Colour and shape of a source come from here, in every drawing.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from string import Template
from typing import Any

from helpers.base.files import DATA
from helpers.base.html import page
from helpers.base.table import Table
from helpers.history.rivals import RECORD

MIME = "application/vnd.vegalite.v5+json"
# Each at least 3 to 1 against a white and a dark page; told apart by colour-blind eyes, and without colour by shape.
SOURCE_COLOURS = {"rw888": "#2a8fd8", "l5i": "#d55e00", "rw898": "#009e73", "ww188": "#c06aa4", "rw909": "#a67c00"}
SHAPES = ["circle", "square", "triangle-up", "diamond", "cross"]
GREY, BAR = "#808080", "M-.35,-1.1H.35V1.1H-.35Z"  # the record: a grey upright bar
OCHRE = "#d0a000"  # the band of a student's own event
PAGE = 1000  # pixels: what is higher would be cut, or too small to read, on a printed page
_FRAME = {
    "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
    "usermeta": {"embedOptions": {"actions": False, "renderer": "svg"}},
    "background": "transparent",
}


@dataclass(frozen=True)
class Chart:
    """A drawing, the sentence that says what it shows, and the table of all that is in it.

    `spec` is Vega-Lite 5, `columns` are those that the table below the drawing shows, in their order; without any it
    shows all. Nothing is asked of the table but to have them; one that is empty from top to bottom is left out.
    """

    spec: dict[str, Any] = field(repr=False)
    table: Table = field(repr=False)
    words: str
    columns: tuple[str, ...] = field(repr=False, default=())

    def __repr__(self) -> str:
        return self.words

    def bundles(self) -> list[dict[str, Any]]:
        """The drawing and its table, closed: two outputs, for in one JupyterLab would show the table alone."""
        names = self.columns or tuple(self.table.columns)
        filled = [name for name in names if (self.table[name] != "").any()]
        rows = self.table[filled]
        summary = f"The same as a table: {len(rows)} rows"
        below = rows.html(len(rows))
        html = page("chart", summary=summary, words=self.words, tall=self._tall(), table=below)
        drawing = {MIME: self.spec, "text/plain": self.words}
        return [drawing, {"text/html": html, "text/plain": repr(rows)}]

    def _tall(self) -> bool:
        """Whether it is higher than a printed page, on which its table then stands in its place."""
        views = self.spec.get("concat", [self.spec])
        heights = [view.get("height") for view in views]
        return any(isinstance(height, int) and height > PAGE for height in heights)

    def _ipython_display_(self) -> None:
        from IPython.display import display

        for bundle in self.bundles():
            display(bundle, raw=True)


def chart(spec: dict[str, Any], words: str, table: Table, columns: Iterable[str] = ()) -> Chart:
    """A `Chart` of a Vega-Lite 5 `spec`; `words`, one sentence, is what a screen reader says of it.

    The frame comes by itself: the schema, no menu, a clear background; what `spec` says of these goes first.
    """
    return Chart(_FRAME | {"description": words} | spec, table, words, tuple(columns))


def filled(name: str, values: dict[str, Any]) -> dict[str, Any]:
    """The drawing `data/charts/<name>.json` with these values in their places."""
    text = (DATA / "charts" / f"{name}.json").read_text(encoding="utf-8")
    written = {place: json.dumps(value) for place, value in values.items()}
    return json.loads(Template(text).substitute(written))


def styles(ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Colour and shape of each source, in the fixed order; texts that are not ours take them by turns."""
    turns = list(zip(SOURCE_COLOURS.values(), SHAPES, strict=True))
    known = dict.fromkeys([*SOURCE_COLOURS, *ids])
    return {id: turns[place % len(turns)] for place, id in enumerate(known)} | {RECORD: (GREY, BAR)}
