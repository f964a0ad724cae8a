"""Tables for reading: words whole and wrapped, and each citation one key away from its passage."""

import re
from typing import Any

import pandas as pd

from helpers.base.html import cut, page

SHOWN = 100  # rows drawn in a notebook; the table itself keeps them all
CELL = 10_000  # characters drawn of a cell; no paragraph of the five texts has as many

_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_FOREIGN = "headline"  # the column whose words are in the language of the row


class Table(pd.DataFrame):
    """A `DataFrame` that a notebook shows whole, left-aligned, wrapped and escaped.

    `corpus`, given by whoever makes the table, opens the citations in it; selecting rows or columns keeps it.
    `caption` says what the table is, `note` what it says when it is empty. After `pandas.concat` or `merge` all three
    are gone, and citations do not open. The row labels are shown where they are more than the numbers of the rows.
    """

    _metadata = ["corpus", "note", "caption"]
    _called = "a table, such as chronology(corpus) gives"

    def __init__(self, *args, corpus=None, note="", caption="", **kwargs):
        super().__init__(*args, **kwargs)
        object.__setattr__(self, "corpus", corpus)
        object.__setattr__(self, "note", note)
        object.__setattr__(self, "caption", caption)

    @property
    def _constructor(self):
        return Table

    def _repr_html_(self) -> str:
        return self.html(SHOWN)

    def html(self, shown: int) -> str:
        """The first `shown` rows as HTML."""
        part = pd.DataFrame(self.head(shown))
        labels = []
        if _named(part.index):
            labels = list(part.index.names)
            part = part.reset_index(allow_duplicates=True)
        columns = labels + list(part.columns)[len(labels) :]
        rows = [self._cells(columns, row, len(labels)) for row in part.itertuples(index=False, name=None)]
        return page(
            "table",
            columns=[_heading(column) for column in columns],
            rows=rows,
            more=max(0, len(self) - shown),
            note=self.note or "Nothing found.",
            caption=self.caption,
        )

    def _cells(self, columns: list, row: tuple, labels: int) -> list[dict[str, Any]]:
        """The cells of a row: its words, and whether they are its label, stand left of a node or are foreign."""
        language = _language(row[columns.index("language")]) if "language" in columns else ""
        cells = []
        for number, (column, value) in enumerate(zip(columns, row, strict=True)):
            cells.append(
                {
                    "words": self._words(value),
                    "label": number < labels,
                    "left": column == "left",
                    "language": language if column == _FOREIGN else "",
                }
            )
        return cells

    def _words(self, value: Any) -> Any:
        if _blank(value):
            return ""
        words = cut(str(value), CELL)
        if self.corpus is None:
            return words
        return self.corpus.opened(words)


def _named(index: pd.Index) -> bool:
    """Whether the labels of the rows say more than their numbers."""
    if index.nlevels > 1 or index.name is not None:
        return True
    return not pd.api.types.is_integer_dtype(index)


def _language(value: Any) -> str:
    """A language as HTML takes it, such as es or pt-BR; nothing for what is none."""
    if isinstance(value, str) and _LANGUAGE.fullmatch(value):
        return value
    return ""


def _heading(column: Any) -> str:
    if isinstance(column, tuple):
        return " ".join(str(part) for part in column if not _blank(part) and part != "")
    return "" if column is None else str(column)


def _blank(value: Any) -> bool:
    return not pd.api.types.is_list_like(value) and bool(pd.isna(value))
