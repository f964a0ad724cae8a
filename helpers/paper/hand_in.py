"""One file to hand in: everything readable and printable with scripts off, and the same as data inside.

The data stand in a hidden `pre`: a script element, even of data alone, is taken out by some platforms, and a template
or a form field is dropped or rewritten by others; of a `pre` the worst that happens is that its words are seen.
"""

import io
import json
import re
import zipfile
from collections import Counter
from contextlib import suppress
from functools import partial
from itertools import groupby
from typing import Any

from helpers.base.edtf import Interval, interval
from helpers.base.errors import KitError
from helpers.base.html import page
from helpers.history.own import stretch
from helpers.history.tellings import in_words
from helpers.history.timex import typed
from helpers.lessons.answers import HEADS, NOT_YET, PASS, Question, State
from helpers.lessons.desk import slug
from helpers.lessons.events import EVENT
from helpers.lessons.exact import Date
from helpers.lessons.format import Data, Input
from helpers.lessons.grids import Cell, Grid
from helpers.lessons.handed import GONE, HandIn
from helpers.lessons.marks import Mark
from helpers.lessons.passages import cut_at
from helpers.lessons.sheets import sheet
from helpers.lessons.words import blank
from helpers.paper.restore import block_of
from helpers.texts.corpus import Corpus

SAID = {str(state): words for state, words in HEADS.items()} | {str(State.OPEN): NOT_YET, GONE: "No longer asked."}
ASTRAY = (TypeError, KeyError, ValueError, AttributeError)  # what a value raises that does not fit its question


def page_of(made: HandIn, corpus: Corpus) -> str:
    """The page of a hand-in: one HTML file that loads nothing and runs nothing."""
    running = filter(None, (made.name, f"lesson {made.lesson:02d}", made.day))
    return page(
        "hand_in",
        made=made,
        day=in_words(made.day),
        counted=counted(made),
        lessons=groupby(made.answers, key=lambda one: one.id[:2]),
        sheet=sheet,
        heads=SAID,
        parts_of=partial(parts_of, corpus=corpus),
        running=_in_css(" · ".join(running)),
        data=block_of(made),
    )


def counted(made: HandIn) -> str:
    """How much is in it, in a sentence's words: "12 answers of lesson 03, 4 of 01"."""
    each = Counter(one.id[:2] for one in made.answers if one.filled and one.answer != PASS)
    said = [f"{count} of {number}" for number, count in each.items()]
    if not said:
        return "no answers yet"
    first, *others = said
    unit = "answer" if first.startswith("1 ") else "answers"
    return ", ".join([first.replace(" of ", f" {unit} of lesson "), *others])


def _in_css(words: str) -> str:
    """Words as they can stand between the quotation marks of a style sheet, whatever they are."""
    return re.sub("[^A-Za-z0-9]", lambda sign: f"\\{ord(sign[0]):x} ", words)


# ---- The file ----


def file_name(made: HandIn) -> str:
    """`lima-03-ana.html`, safe on every system."""
    letters = slug(made.name).rpartition("-")[0] if made.name else ""
    return "-".join(filter(None, ("lima", f"{made.lesson:02d}", letters))) + ".html"


def zipped(html: str, name: str) -> bytes:
    """The page in a zip, for platforms that refuse HTML."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(zipfile.ZipInfo(name), html.encode(), zipfile.ZIP_DEFLATED)
    return file.getvalue()


# ---- An answer as it can be read ----

# Choices by their words, tables with their heads, marks in their passage: each part is plain data for a template. A
# value that does not fit its question is shown as it is.


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
        says = {option["key"]: option["says"] for option in one.options}
        return {"kind": "chosen", "key": value, "says": says[value]}
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
    dated = isinstance(asked, Date) or getattr(asked, "interval", False)
    read = _understood(value) if dated and one.name == "answer" else ""
    return _words(value) | {"label": label, "read": read}


def _words(value: Any) -> Data:
    words = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return {"kind": "words", "words": words, "label": "", "read": ""}


def _understood(words: str) -> str:
    """A typed date as it was understood, if that is said otherwise than it was typed."""
    with suppress(KitError):
        said = in_words(typed(words))
        return "" if said == words else said
    return ""


def _table(one: Input, value: Data, asked: Grid) -> Data:
    """The table as it was filled in; rows that nobody filled are left out."""
    rows = []
    for row in one.rows:
        key, words = row["key"], value.get(row["key"], {})
        columns = zip(one.columns, row["cells"], strict=True)
        cells = [_cell(shown, asked.asked.get((key, column)), words.get(column, "")) for column, shown in columns]
        if not blank(words):
            rows.append((row["says"], cells))
    older = _older(one, value)
    return {"kind": "table", "columns": one.columns, "rows": rows, "older": older}


def _cell(shown: Data, asked: Cell | None, words: str) -> Data:
    if shown["kind"] == "given":
        return {"given": shown["says"]}
    read = _understood(words) if asked and asked.days else ""
    return {"words": words, "read": read}


def _older(one: Input, value: Data) -> dict[str, str]:
    """What stands in rows and columns that are asked no more."""
    now = {row["key"] for row in one.rows}
    found = {}
    for row, cells in value.items():
        for column, words in cells.items():
            if row not in now or column not in one.columns:
                found[f"{row} · {column}"] = words
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
    pieces = []
    for start, end in cut_at(text, [(mark["start"], mark["end"]) for mark in marks]):
        words = text[start:end]
        marked = any(mark["start"] <= start and end <= mark["end"] for mark in marks)
        if not marked:
            words = _near(words, first=start == 0, last=end == len(text))
        kinds = [mark["label"] for mark in marks if mark["end"] == end and mark["label"]]
        pieces.append({"words": words, "marked": marked, "kinds": kinds})
    return pieces


def _near(words: str, *, first: bool, last: bool) -> str:
    """Of words between marks those in a paragraph with a mark; what is left out shows as dots."""
    lines = words.split("\n")
    before = [] if first else lines[:1]
    after = [] if last else lines[-1:]
    if len(before + after) >= len(lines) or (first and last):
        return words
    return "\n".join([*before, "…", *after])


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
