"""An answer as it can be read: choices by their words, tables with their heads, marks in their passage.

Each part is plain data for a template. A value that does not fit its question is shown as it is.
"""

import json
from contextlib import suppress
from itertools import pairwise
from typing import Any

from helpers.base.edtf import Interval, interval
from helpers.base.errors import KitError
from helpers.history.own import stretch
from helpers.history.tellings import in_words
from helpers.history.timex import typed
from helpers.lessons.answers import Question
from helpers.lessons.events import EVENT
from helpers.lessons.exact import Date
from helpers.lessons.format import Data, Input
from helpers.lessons.grids import Grid
from helpers.lessons.marks import Mark
from helpers.lessons.questions import Prediction
from helpers.lessons.values import blank
from helpers.texts.corpus import Corpus

ASTRAY = (TypeError, KeyError, ValueError, AttributeError)  # what a value raises that does not fit its question


def parts_of(asked: Question | None, kept: Any, corpus: Corpus) -> list[Data]:
    """The parts of a kept value, each with its kind; none for no value."""
    if blank(kept):
        return []
    if asked is not None:
        with suppress(*ASTRAY):
            fields = asked.fields(kept, corpus)
            filled = [one for one in asked.inputs if not blank(fields.get(one.name))]
            found = [_part(one, fields[one.name], asked, corpus) for one in filled]
            return found or [_words(kept)]
    return [_words(kept)]


def _part(one: Input, value: Any, asked: Question, corpus: Corpus) -> Data:
    label = one.label if one.name != "answer" else ""
    if one.kind == "radio":
        return _chosen(one, value)
    if one.kind == "table":
        return _table(one, value, asked)
    if one.kind == "order":
        says = {item["key"]: item["says"] for item in one.items}
        items = [(key, says[key]) for key in value.split()]
        return {"kind": "order", "items": items}
    if one.kind == "marks":
        return _marks(value, asked, corpus)
    if one.kind == "events":
        return _events(value["events"])
    read = _read(asked, value) if one.name == "answer" else ""
    return _words(value) | {"label": label, "read": read}


def _words(value: Any) -> Data:
    words = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return {"kind": "words", "words": words, "label": "", "read": ""}


def _read(asked: Question, value: Any) -> str:
    """A typed date as it was understood, if that is said otherwise than it was typed."""
    if isinstance(asked, Date) or (isinstance(asked, Prediction) and asked.interval):
        return _understood(value)
    return ""


def _understood(words: str) -> str:
    try:
        said = in_words(typed(words))
    except KitError:
        return ""
    return "" if said == words else said


def _chosen(one: Input, value: Any) -> Data:
    says = {option["key"]: option["says"] for option in one.options}
    return {"kind": "chosen", "key": value, "says": says[value]}


def _table(one: Input, value: Data, asked: Grid) -> Data:
    """The table as it was filled in; rows that nobody filled are left out."""
    rows = []
    for row in one.rows:
        words = value.get(row["key"], {})
        cells = [_cell(asked, row, at, words) for at in range(len(one.columns))]
        if not blank(words):
            rows.append((row["says"], cells))
    older = _older(one, value)
    return {"kind": "table", "columns": one.columns, "rows": rows, "older": older}


def _cell(asked: Grid, row: Data, at: int, words: dict[str, str]) -> Data:
    column = asked.all_columns[at]
    given = row["cells"][at]
    if given["kind"] == "given":
        return {"given": given["says"]}
    cell = asked.asked.get((row["key"], column))
    own = words.get(column, "")
    read = _understood(own) if cell is not None and cell.days else ""
    return {"words": own, "read": read}


def _older(one: Input, value: Data) -> list[tuple[str, str]]:
    """What stands in rows and columns that are asked no more."""
    now = {row["key"] for row in one.rows}
    found = []
    for row, cells in value.items():
        for column, words in cells.items():
            if row not in now or column not in one.columns:
                found.append((f"{row} · {column}", words))
    return found


# ---- Marks ----


def _marks(value: Data, asked: Mark, corpus: Corpus) -> Data:
    passages = []
    for passage in asked.passages_of(corpus):
        own = [mark for mark in value["marks"] if mark["cite"] == passage.cite]
        drawn = [mark for mark in own if mark["start"] >= 0]
        lost = [mark["quote"] for mark in own if mark["start"] < 0]
        over = passage.cite in value["over"]
        if own or over:
            pieces = _pieces(passage.text, drawn)
            passages.append({"cite": passage.shown, "over": over, "pieces": pieces, "lost": lost})
    return {"kind": "marks", "passages": passages, "note": value["note"], "asks": asked.note}


def _pieces(text: str, marks: list[Data]) -> list[Data]:
    """The passage cut wherever a mark begins or ends; the kinds of marks are named where they end."""
    edges = {mark[edge] for mark in marks for edge in ("start", "end")}
    cuts = sorted({0, len(text), *edges})
    pieces: list[Data] = []
    for start, end in pairwise(cuts):
        over = [mark for mark in marks if mark["start"] <= start and end <= mark["end"]]
        ending = [mark["label"] for mark in marks if mark["end"] == end]
        kinds = list(filter(None, ending))
        piece = {"words": text[start:end], "marked": bool(over), "kinds": kinds}
        pieces.append(piece)
    for piece in pieces:
        if not piece["marked"]:
            first, last = piece is pieces[0], piece is pieces[-1]
            piece["words"] = _near(piece["words"], first, last)
    return pieces


def _near(words: str, first: bool, last: bool) -> str:
    """Of words between marks those in a paragraph with a mark; what is left out shows as dots."""
    *_, start = words.rpartition("\n")
    end, *_ = words.partition("\n")
    if first and last:
        return words
    if first:
        return words if start == words else f"…\n{start}"
    if last:
        return words if end == words else f"{end}\n…"
    return words if words.count("\n") < 2 else f"{end}\n…\n{start}"


# ---- A timeline ----


def _events(events: list[dict[str, str]]) -> Data:
    """The events as they were entered, each with its bar in hundredths of all their days."""
    days = [_days(event) for event in events]
    known = list(filter(None, days))
    whole = Interval(min(one.earliest for one in known), max(one.latest for one in known)) if known else None
    rows = []
    for event, own in zip(events, days, strict=True):
        words = {name: str(event.get(name, "")) for name in EVENT}
        bar = whole.placed(own) if own else None
        rows.append({"event": words, "when": _spoken(words["from"], words["to"]), "bar": bar})
    ends = [in_words(day.isoformat()) for day in whole or ()]
    return {"kind": "events", "rows": rows, "ends": ends}


def _days(event: dict[str, str]) -> Interval | None:
    with suppress(*ASTRAY):
        return interval(stretch(event["from"], event.get("to") or ""))
    return None


def _spoken(first: str, last: str) -> str:
    """When it was, in words; as it was typed where that is no date."""
    said = [_understood(words) or words for words in (first, last) if words]
    return " to ".join(dict.fromkeys(said))
