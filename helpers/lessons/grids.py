"""Tables to fill in: a row for each text, group or expression, each cell with its accepted and refused answers."""

from typing import Any, ClassVar

import msgspec

from helpers.base.edtf import interval
from helpers.base.errors import KitError, nearest
from helpers.base.html import Typed
from helpers.history.timex import typed
from helpers.lessons.answers import Badge, Question, Remark, State, Verdict
from helpers.lessons.exact import Days, same_days
from helpers.lessons.format import Input, Part, Refused, Remarked
from helpers.lessons.values import blank, plain, words_of
from helpers.texts.corpus import Corpus, find
from helpers.texts.reading import read

# Ways to say that a place is empty.
NONE = {"", "none", "nobody", "no one", "nothing", "not said", "not stated", "not given", "no date", "-"}


class Cell(Part, kw_only=True):
    """One cell: shown filled in (`given`), or with what is accepted and refused in it.

    A cell of dates has `days` and perhaps `accepted = ["none"]` beside them; `remarked` answers are accepted, with
    something said to them. `options` makes a cell one to choose in.
    """

    row: str
    column: str
    accepted: tuple[str, ...] = ()
    days: Days | None = None
    refused: tuple[Refused, ...] = ()
    remarked: tuple[Remarked, ...] = ()
    given: bool = False

    def same(self, words: str, key: str) -> bool:
        return same_days(words, key) if self.days else plain(words) == plain(key)

    def accepts(self, words: str) -> bool:
        """Whether the cell accepts these words as they are."""
        if any(plain(words) == plain(key) for key in self.accepted):
            return True
        if plain(words) in NONE:
            return "none" in self.accepted or "not stated" in self.accepted
        return self.days is not None and self.days.holds(interval(typed(words)))

    @property
    def sample(self) -> str:
        """An answer that is accepted."""
        if self.accepted:
            return self.accepted[0]
        return self.days.most or self.days.least


class Grid(Question, tag="table", kw_only=True):
    """Rows and columns to fill. `copied` cells hold words of the paragraph cited for their row.

    `free_columns` are kept and never looked at; `options` names the few entries that a column may have. An answer is
    `{row: {column: words}}`; a row may also be a list, in the order of the columns that are not given.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cell: tuple[Cell, ...]
    otherwise: str
    least: int = 1
    copied: bool = False
    free_columns: tuple[str, ...] = ()
    options: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    badge: ClassVar[Badge] = Badge.CHECKED

    @property
    def all_columns(self) -> tuple[str, ...]:
        """All columns, the free ones last."""
        return (*self.columns, *(column for column in self.free_columns if column not in self.columns))

    @property
    def asked(self) -> dict[tuple[str, str], Cell]:
        """The cells that are looked at, by row and column."""
        return {(cell.row, cell.column): cell for cell in self.cell if not cell.given}

    def open_columns(self, row: str) -> list[str]:
        """The columns of a row that a reader fills in."""
        given = {cell.column for cell in self.cell if cell.given and cell.row == row}
        return [column for column in self.all_columns if column not in given]

    # ---- Reading ----

    def taken(self, value: Any) -> dict[str, dict[str, str]] | None:
        if not isinstance(value, dict):
            raise KitError(f"Write the rows by name: {{{self.rows[0]!r}: …}}. They are {', '.join(self.rows)}.")
        found: dict[str, dict[str, str]] = {}
        for name, cells in value.items():
            row = _named(name, self.rows, "row")
            filled = self._row(row, cells)
            if filled:
                found[row] = filled
        return found or None

    def _row(self, row: str, cells: Any) -> dict[str, str]:
        columns = self.open_columns(row)
        if isinstance(cells, str | int | float):
            cells = [cells]
        if isinstance(cells, list):
            if len(cells) > len(columns):
                raise KitError(f"{row} has {len(columns)} cells to fill ({', '.join(columns)}), not {len(cells)}.")
            cells = dict(zip(columns, cells, strict=False))
        if cells is None:
            return {}
        named = {_named(name, columns, f"column of {row}"): cell for name, cell in cells.items()}
        return {column: words_of(cell) for column, cell in named.items() if not blank(cell)}

    # ---- Checking ----

    def judged(self, kept: dict[str, dict[str, str]], corpus: Corpus) -> Verdict:
        remarks, refused, filled = [], False, set()
        for (row, column), cell in self.asked.items():
            words = kept.get(row, {}).get(column, "")
            if blank(words):
                continue
            filled.add((row, column))
            good, message = self._said(cell, words, corpus)
            refused = refused or not good
            if message:
                remarks.append(Remark(row, column, message))
        rows = {row for row, _ in self.asked}
        full = [row for row in rows if all(at in filled for at in self.asked if at[0] == row)]
        if len(full) < self.least:
            rows_needed = "one row" if self.least == 1 else f"{self.least} rows"
            return Verdict(State.BLANK, (f"Not answered yet: fill {rows_needed} to the end.",), tuple(remarks))
        return Verdict(State.REFUSED if refused else State.ACCEPTED, (), tuple(remarks))

    def _said(self, cell: Cell, words: str, corpus: Corpus) -> tuple[bool, str]:
        """Whether the words of a cell are accepted, and what is said to them."""
        for refused in cell.refused:
            if cell.same(words, refused.answer):
                return False, refused.message
        for remarked in cell.remarked:
            if cell.same(words, remarked.answer):
                return True, remarked.message
        try:
            if cell.accepts(words):
                return True, ""
        except KitError as error:
            return False, Typed(error)
        return self._copied(cell, words, corpus) if self.copied else (False, self.otherwise)

    def _copied(self, cell: Cell, words: str, corpus: Corpus) -> tuple[bool, str]:
        """A copied cell may hold more words than the accepted ones, if they all stand in the row's paragraph."""
        own = [cite for cite in self.cites if cite.split()[0] == cell.row.split()[0]]
        held = any(plain(key) in plain(words) for key in cell.accepted if key != "none")
        if held and any(any(find(read(corpus, cite), words.strip(" \"'“”‘’.…"), literal=True)) for cite in own):
            return True, ""
        for refused in cell.refused:
            if plain(refused.answer) in plain(words):
                return False, refused.message
        return False, self.otherwise

    def key(self) -> str:
        cells = [f"{row} · {column}: {cell.days or cell.accepted[0]}" for (row, column), cell in self.asked.items()]
        return "; ".join(cells)

    # ---- Filling in ----

    @property
    def example(self) -> dict[str, list[str]]:
        row = next(row for row in self.rows if self.open_columns(row))
        return {row: ["…"] * len(self.open_columns(row))}

    @property
    def shape(self) -> str:
        return "and so for the other rows"

    @property
    def inputs(self) -> tuple[Input, ...]:
        given = {(cell.row, cell.column): cell.accepted[0] for cell in self.cell if cell.given}
        rows = [
            {"key": row, "says": row, "cells": [self._input(row, c, given) for c in self.all_columns]}
            for row in self.rows
        ]
        return (Input(kind="table", label="Your table", columns=self.all_columns, rows=rows),)

    def _input(self, row: str, column: str, given: dict[tuple[str, str], str]) -> dict[str, Any]:
        if (row, column) in given:
            return {"kind": "given", "says": given[row, column]}
        if column in self.options:
            return {"kind": "select", "options": list(self.options[column])}
        return {"kind": "text"}

    def fields(self, kept: Any, corpus: Corpus) -> dict[str, Any]:
        return {"answer": kept if isinstance(kept, dict) else {}}


def _named(name: str, known: Any, kind: str) -> str:
    """The known name that `name` means, however its capitals and spaces are typed."""
    for one in known:
        if plain(one) == plain(name):
            return one
    raise KitError(f"There is no {kind} {name!r}.{nearest(name, known)} There are {', '.join(known)}.")
