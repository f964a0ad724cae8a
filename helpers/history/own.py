"""A student's own events, as the answer to a timeline question holds them, among those of the chronology."""

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from operator import attrgetter
from typing import Literal

from helpers.base.edtf import ends
from helpers.base.errors import CorpusError, brief
from helpers.base.files import legal
from helpers.base.folding import fold
from helpers.history.rivals import RECORD, Row, meet
from helpers.history.tellings import new_row, printed
from helpers.history.timex import dated
from helpers.texts.corpus import Corpus, Span
from helpers.texts.reading import locate

MINE = "mine"  # how a student's own event was dated
_ENDS = re.compile(r"[.!?]\W*\s")  # the end of a sentence
_ASKED = ("title", "from", "to", "source", "citation", "quote", "rival of", "note")
_SHAPE = 'Give a list of events, each with title, from, to and source, as saved("08.6") returns it.'


def own_events(corpus: Corpus, mine: Iterable[Mapping] | Literal["pass"] | None, rows: list[Row]) -> list[Row]:
    """A student's events: in the row of an event that tells of the same sentence and days, else in one of their own.

    Two that are named rivals share a row; nothing is computed about them.
    """
    own = [_own(corpus, number, given, rows) for number, given in enumerate(_listed(mine), start=1)]
    titles = {fold(row["title"]): row for row in own}
    for row in own:
        other = titles.get(fold(row["against"])) if row["against"] else None
        if other is not None and other is not row:
            _name_rival(row, other)
            _name_rival(other, row)
            moved = row["event"]
            for one in own:
                if one["event"] == moved:
                    one["event"] = other["event"]
    return own


def _listed(mine: Iterable[Mapping] | Literal["pass"] | None) -> list[Mapping]:
    if mine is None or isinstance(mine, str):  # "pass": passed over
        return []
    events = list(mine)
    for number, event in enumerate(events, start=1):
        if not isinstance(event, Mapping):
            raise CorpusError(f"Your event {number} is {brief(event)}, not a record. {_SHAPE}")
    return events


def _name_rival(row: Row, other: Row) -> None:
    row["rival"] = ", ".join(filter(None, [row["rival"], f"{other['source']} (yours)"]))


def _own(corpus: Corpus, number: int, given: Mapping, rows: list[Row]) -> Row:
    title, first, last, source, cite, quote, against, note = (str(given.get(name) or "").strip() for name in _ASKED)
    edtf = stretch(first, last, f"Your event {number}, {title or 'without a title'}")
    row = new_row(f"yours {number}", title, edtf, source=source, cite=cite, words=quote, how=MINE, remark=note)
    row["against"] = against
    if fold(source) == RECORD:
        return row | {"source": RECORD, "cite": ""} | _same_finding(cite, row, rows)
    with suppress(CorpusError):  # what is wrong with a citation or a quotation the question has said already
        row |= {"source": corpus[source].id, "printed": printed(corpus[source])}
        place = locate(corpus[source], quote)
        row["cite"] = place.cite
        row["event"] = _same_event(place, row, rows)
    return row


def stretch(first: str, last: str, where: str = "An event") -> str:
    """EDTF from the first day to the last; each may be typed in any way, and the last may be left out.

    A `CorpusError` that begins with `where` says what is no date.
    """
    first = dated(first, where)
    last = dated(last, where) if last else first
    if first == last:
        return first
    edtf = f"{ends(first)[0]}/{ends(last)[1]}"
    legal(edtf, where)
    return edtf


def _same_finding(topic: str, row: Row, rows: list[Row]) -> Row:
    """Event and words of the record's first row on that topic whose days meet those of the student's event."""
    for other in rows:
        if other["how"] == RECORD and fold(other["topic"]) == fold(topic) and meet(other["edtf"], row["edtf"]):
            return {"event": other["event"], "words": other["words"]}
    return {}


def _same_event(place: Span, row: Row, rows: list[Row]) -> str:
    """The event of the nearest telling in the same sentence, else one of its own."""
    told = (other for other in rows if _tells_the_same(place, row, other))
    near = min(told, key=lambda other: len(_between(place, other["span"])), default=row)
    return near["event"]


def _tells_the_same(place: Span, row: Row, other: Row) -> bool:
    """Whether a telling shares words with a place, or stands in the same sentence and shares days."""
    span = other["span"]
    if span is None or span.cite != place.cite:
        return False
    words = _between(place, span)
    return not words or (not _ENDS.search(words) and meet(other["edtf"], row["edtf"]))


def _between(one: Span, two: Span) -> str:
    """What stands between two places of a text; nothing where they overlap."""
    first, second = sorted([one, two], key=attrgetter("start"))
    return one.source.text[first.end : second.start]
