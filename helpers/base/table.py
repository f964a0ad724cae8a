"""Tables for reading: words whole and wrapped, and each citation one key away from its passage."""

from functools import cache
from pathlib import Path

import pandas as pd

DATA = Path(__file__).parents[1] / "data"
SHOWN = 100  # rows drawn in a notebook; the table itself keeps them all


@cache
def _pages():
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    pages = Environment(
        loader=FileSystemLoader(DATA / "pages", encoding="utf-8"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    pages.filters["rich"] = rich
    return pages


@cache
def _markdown():
    import mistune

    return mistune.create_markdown(escape=True)


def rich(words: str, corpus=None):
    """Markdown as safe HTML, in which the citations of `corpus` open; a `<p>` can't hold them, a `<div>` can."""
    from markupsafe import Markup

    html = Markup(_markdown()(words).replace("<p>", '<div class="p">').replace("</p>", "</div>"))
    return corpus.opened(html) if corpus is not None else html


def page(name: str, /, **values) -> str:
    """The HTML of the template `data/pages/<name>.html`: the one place where words become HTML, escaped by default."""
    return _pages().get_template(f"{name}.html").render(values)


class Table(pd.DataFrame):
    """A `DataFrame` that a notebook shows whole, left-aligned, wrapped and escaped.

    `corpus`, given by whoever makes the table, opens the citations in it; selecting rows or columns keeps it.
    `note` is what an empty table says. After `pandas.concat` or `merge` both are gone, and citations do not open.
    """

    _metadata = ["corpus", "note"]

    def __init__(self, *args, corpus=None, note="Nothing found.", **kwargs):
        super().__init__(*args, **kwargs)
        object.__setattr__(self, "corpus", corpus)
        object.__setattr__(self, "note", note)

    @property
    def _constructor(self):
        return Table

    def _repr_html_(self) -> str:
        return self.html(SHOWN)

    def html(self, shown: int) -> str:
        """The first `shown` rows as HTML."""
        from markupsafe import escape

        opened = self.corpus.opened if self.corpus is not None else escape
        rows = self.head(shown).itertuples(index=False, name=None)
        cells = [["" if _blank(value) else opened(str(value)) for value in row] for row in rows]
        return page("table", columns=list(self.columns), rows=cells, more=max(0, len(self) - shown), note=self.note)


def _blank(value) -> bool:
    return value is None or value != value
