"""Tables to fill in: a row for each text, group or expression, each cell with its accepted and refused answers."""

import re
from collections.abc import Iterable
from typing import Any, ClassVar

import msgspec

from helpers.base.cite import Cite
from helpers.base.edtf import interval
from helpers.base.errors import KitError, brief, nearest
from helpers.base.folding import fold
from helpers.base.html import Typed
from helpers.lessons.answers import Badge, Question, Remark, State, Verdict
from helpers.lessons.exact import Days, Range
from helpers.lessons.format import Data, Input, Part, Refused, Remarked, Rows
from helpers.lessons.words import alike, blank, compared, holds, without, words_of
from helpers.texts.corpus import Corpus
from helpers.texts.reading import read

ARTICLES = {"a", "an", "the"}  # nobody miscopies by one


class Cell(Part, kw_only=True):
    """One cell: shown filled in (`given`), or with what is accepted and refused in it.

    `accepted` answers are the whole of a cell, `holds` are words of which one has to stand in it. A cell of dates has
    `days`, and `ranges` for dates that are finer or coarser. `remarked` answers are accepted, with something said to
    them. A refused answer may be a list of answers.
    """

    row: str
    column: str
    accepted: tuple[str, ...] = ()
    holds: tuple[str, ...] = ()
    days: Days | None = None
    ranges: tuple[Range, ...] = ()
    refused: tuple[Refused, ...] = ()
    remarked: tuple[Remarked, ...] = ()
    given: bool = False

    def same(self, words: str, key: str) -> bool:
        return self.days.same(words, key) if self.days else alike(words, key)

    def held(self, words: str) -> bool:
        """Whether one of the words asked for stands in these."""
        return any(holds(words, part) for part in self.holds)

    def said(self, words: str) -> tuple[bool, str] | None:
        """Whether these words are accepted as they are, and what is said to them; None if nobody foresaw them."""
        for good, replies in ((False, self.refused), (True, self.remarked)):
            for reply in replies:
                if any(self.same(words, key) for key in listed(reply.answer)):
                    return good, reply.message
        if any(self.same(words, key) for key in self.accepted):
            return True, ""
        return self._dated(words) if self.days and not self.held(words) else None

    def _dated(self, words: str) -> tuple[bool, str] | None:
        given = interval(self.days.read(words))
        if self.days.holds(given):
            return True, ""
        for kind in self.ranges:
            if kind.holds(given):
                return kind.accepted, kind.message
        return None

    @property
    def sample(self) -> str:
        """An answer that is accepted."""
        if self.accepted or self.holds:
            return [*self.accepted, *self.holds][0]
        return self.days.sample

    def key(self) -> str:
        """What would have been accepted."""
        if self.days and (self.days.least or self.days.most):
            return " or ".join([str(self.days), *self.accepted])
        if self.holds and not holds(self.sample, self.holds[0]):
            return f"{self.sample} or {self.holds[0]}"
        return self.sample


def listed(answer: Any) -> Iterable[str]:
    """The answers that a refused one stands for."""
    return answer if isinstance(answer, list | tuple) else [answer]


class Grid(Question, tag="table", kw_only=True):
    """Rows and columns to fill. `copied` cites where the words of cells with `holds` come from, for a row its source.

    `free_columns` are kept and never looked at, like a cell that the file does not list; `sentences` names columns that
    need more than one line; `options` the few entries that a column may have, `names` other spellings of them. An
    answer is `{row: {column: words}}`; a row may also be a list, in the order of the columns that are not given.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cell: tuple[Cell, ...]
    otherwise: str
    least: int = 1
    copied: tuple[str, ...] = ()
    free_columns: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()
    former: tuple[str, ...] = ()  # rows and columns that an older kit asked for: kept where they were filled
    options: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    names: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    badge: ClassVar[Badge] = Badge.CHECKED
    shape: ClassVar[str] = "and so for the other rows"

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

    def without_notes(self, kept: Any) -> Any:
        if not isinstance(kept, dict):
            return kept
        looked_at = {row: without(cells, *self.free_columns, *self.former) for row, cells in kept.items()}
        return {row: cells for row, cells in looked_at.items() if cells}

    # ---- Reading ----

    def taken(self, value: Any) -> Rows | None:
        if not isinstance(value, dict):
            raise KitError(f"Write the rows by name: {{{self.rows[0]!r}: …}}. They are {', '.join(self.rows)}.")
        found: Rows = {}
        for name, cells in value.items():
            row = _named(name, (*self.rows, *self.former), "row")
            filled = self._cells(row, cells)
            if filled:
                found[row] = filled
        return found or None

    def _cells(self, row: str, cells: Any) -> dict[str, str]:
        columns = self.open_columns(row)
        if isinstance(cells, str | int | float):
            cells = [cells]
        if isinstance(cells, list):
            if len(cells) > len(columns):
                raise KitError(f"{row} has {len(columns)} cells to fill ({', '.join(columns)}), not {len(cells)}.")
            cells = dict(zip(columns, cells, strict=False))
        found = {}
        for name, cell in (cells or {}).items():
            column = _named(name, (*columns, *self.former, *self.all_columns), f"column of {row}")
            given = column not in (*columns, *self.former)  # by this kit; an older one may have asked for it
            if not given and not blank(cell):
                found[column] = self._entry(column, words_of(cell))
        return found

    def _entry(self, column: str, words: str) -> str:
        """The entry of the column that words mean; words that mean none stay as they are."""
        named = [name for name, spellings in self.names.items() if any(holds(words, one) for one in spellings)]
        common = " and ".join(named) or words
        for entry in self.options.get(column, ()):
            if alike(common, entry):
                return entry
        return words

    # ---- Checking ----

    def judged(self, kept: Rows, corpus: Corpus) -> Verdict:
        remarks, state = self.looked_up(kept, corpus)
        if len(self.full(kept)) < self.least:
            rows = "one row" if self.least == 1 else f"{self.least} rows"
            return Verdict(State.BLANK, (f"Not answered yet: fill {rows} to the end.",), tuple(remarks))
        return Verdict(state, (), tuple(remarks))

    def looked_up(self, kept: Rows, corpus: Corpus) -> tuple[list[Remark], State]:
        """What is said to single cells, and what the answer is once it has enough rows."""
        remarks, state = [], State.ACCEPTED
        for (row, column), cell in self.asked.items():
            if column not in kept.get(row, ()):
                continue
            good, message = self._said(cell, kept[row][column], corpus)
            if not good:
                state = State.REFUSED
            if message:
                remarks.append(Remark(row, column, message, good))
        return remarks, state

    def needed(self, row: str) -> set[str]:
        """The columns to be filled before a row counts."""
        return {cell.column for cell in self.asked.values() if cell.row == row}

    def full(self, kept: Rows) -> list[str]:
        """The rows that are filled to the end, in their order."""
        return [row for row in self.rows if row in kept and self.needed(row) and self.needed(row) <= set(kept[row])]

    def _said(self, cell: Cell, words: str, corpus: Corpus) -> tuple[bool, str]:
        """Whether the words of a cell are accepted, and what is said to them."""
        try:
            said = cell.said(words)
        except KitError as error:
            return False, Typed(error)
        if said:
            return said
        if cell.held(words):
            return self._copied(cell, words, corpus)
        for refused in cell.refused:
            if not cell.days and any(holds(words, key) for key in listed(refused.answer)):
                return False, refused.message
        return False, self.otherwise

    def _copied(self, cell: Cell, words: str, corpus: Corpus) -> tuple[bool, str]:
        """Copied words stand in the place from which the row is copied, in whatever order."""
        own = [cite for cite in self.copied if Cite.parse(cite).id == cell.row.split()[0]]
        for cite in own or self.copied:
            place = " ".join(span.text for span in read(corpus, cite).spans)
            there = set(re.findall(r"\w+", fold(place)))
            astray = [word for word in re.findall(r"\w+", fold(words)) if word not in there | ARTICLES]
            if astray:
                return False, Typed(f"“{astray[0]}” does not stand in {cite}. Leave out what is not copied.")
        return True, ""

    def key(self) -> str:
        return "; ".join(f"{row} · {column}: {cell.key()}" for (row, column), cell in self.asked.items())

    # ---- Filling in ----

    @property
    def example(self) -> dict[str, list[str]]:
        row = next(row for row in self.rows if self.open_columns(row))
        return {row: ["…"] * len(self.open_columns(row))}

    @property
    def inputs(self) -> tuple[Input, ...]:
        given = {(cell.row, cell.column): cell.accepted[0] for cell in self.cell if cell.given}
        rows = [
            {"key": row, "says": row, "cells": [self._input(row, c, given) for c in self.all_columns]}
            for row in self.rows
        ]
        return (Input(kind="table", label="Your table", columns=self.all_columns, rows=rows),)

    def _input(self, row: str, column: str, given: dict[tuple[str, str], str]) -> Data:
        if (row, column) in given:
            return {"kind": "given", "says": given[row, column]}
        if column in self.options:
            return {"kind": "select", "options": list(self.options[column])}
        return {"kind": "area" if column in self.sentences else "text"}

    def fields(self, kept: Any, corpus: Corpus) -> Data:
        return {"answer": kept if isinstance(kept, dict) else {}}


def _named(name: str, known: Any, kind: str) -> str:
    """The known name that `name` means, however its capitals and spaces are typed."""
    for one in known:
        if compared(one) == compared(name):
            return one
    raise KitError(f"There is no {kind} {brief(name)}.{nearest(name, known)} There are {', '.join(known)}.")
