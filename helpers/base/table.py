"""Tables for reading: words whole and wrapped, and each citation one key away from its passage."""

import re
from collections.abc import Callable, Iterable
from typing import Any, ClassVar

import pandas as pd

from helpers.base.html import cut, page

SHOWN = 100  # rows drawn in a notebook; the table itself keeps them all
CELL = 10_000  # characters drawn of a cell; no paragraph of the five texts has as many

_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")

# Columns whose dates are not broken at the end of a line.
DATES = ("when", "date", "edtf", "earliest", "latest", "as_of", "printed", "published", "written")


class Table(pd.DataFrame):
    """A `DataFrame` that a notebook shows whole, left-aligned, wrapped and escaped.

    `corpus`, given by whoever makes the table, opens the citations in it; selecting rows or columns keeps it.
    `caption` says what the table is, `note` what it says when it is empty. After `pandas.concat` or `merge` all three
    are gone, and citations do not open. The row labels are shown where they are more than the numbers of the rows.
    """

    _metadata: ClassVar = ["corpus", "note", "caption"]
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
        labels = part.index.nlevels if _named(part.index) else 0
        columns = [*part.index.names[:labels], *part.columns]
        if labels:
            part = part.reset_index(allow_duplicates=True)
        about = {
            "columns": [_heading(column) for column in columns],
            "rows": [[self._words(value) for value in row] for row in part.itertuples(index=False, name=None)],
            "labels": labels,
            "dates": DATES,
            "sources": [str(value)[:40] for value in part.get("source", part.get("id", ()))],
            "languages": [_language(value) for value in part.get("language", ())],
        }
        more = max(0, len(self) - shown)
        return page(self._page(), **about, more=more, note=self.note or "Nothing found.", caption=self.caption)

    def _page(self) -> str:
        """The template that draws it."""
        return "table"

    def _words(self, value: Any) -> Any:
        if _blank(value):
            return ""
        words = cut(str(value), CELL)
        return words if self.corpus is None else self.corpus.opened(words)


def groups(rows: Iterable[Any], key: Callable[[Any], Any]) -> dict[Any, list[Any]]:
    """Rows by their key, in the order in which the keys come."""
    found: dict[Any, list[Any]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return found


def _named(index: pd.Index) -> bool:
    """Whether the labels of the rows say more than their numbers."""
    if index.nlevels > 1 or index.name is not None:
        return True
    return not pd.api.types.is_integer_dtype(index)


def _language(value: Any) -> str:
    """A language as HTML takes it, such as es or pt-BR; nothing for what is none."""
    return value if isinstance(value, str) and _LANGUAGE.fullmatch(value) else ""


def _heading(column: Any) -> str:
    parts = column if isinstance(column, tuple) else (column,)
    return " ".join(str(part) for part in parts if not _blank(part))


def _blank(value: Any) -> bool:
    return not pd.api.types.is_list_like(value) and bool(pd.isna(value))
