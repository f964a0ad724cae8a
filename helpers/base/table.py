"""Tables for reading: words whole and wrapped, and each citation one key away from its passage."""

import pandas as pd

from helpers.base.html import page

SHOWN = 100  # rows drawn in a notebook; the table itself keeps them all


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
