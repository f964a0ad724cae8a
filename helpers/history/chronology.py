"""What happened when: as each text tells it, beside the record; and what could be read by a given day.

An event is what happened, in our words; a telling is where one text dates it. Tellings are rivals if they can't both be
true. That is computed from days and numbers, never stored; which of them is right it does not say.
"""

from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date
from functools import lru_cache
from itertools import pairwise
from operator import itemgetter
from pathlib import Path
from typing import Any, Literal

import msgspec

from helpers.base.edtf import NOT_STATED, interval
from helpers.base.errors import CorpusError
from helpers.base.files import data_file, legal, load_toml
from helpers.base.folding import fold
from helpers.base.table import Table
from helpers.history.record import Entry, records
from helpers.history.rivals import RECORD, Row, mark_rivals, meet
from helpers.history.timex import typed
from helpers.texts.corpus import Corpus, Source, Span, as_corpus
from helpers.texts.reading import locate

COLUMNS = ["event", "title", "edtf", "earliest", "latest", "value", "as_of", "printed", "source", "cite", "words",
           "how", "rival", "remark"]  # fmt: skip
MINE = "mine"  # how a student's own event was dated
MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December"]  # fmt: skip

# ---- The file ----


class Telling(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where one text tells an event: its words, the days they allow (EDTF), and the reason where these are inferred.

    `value` is a number or word in which tellings differ, `as_of` (EDTF) the time for which it holds.
    """

    source: str
    quote: str
    edtf: str
    how_dated: Literal["stated", "inferred"]
    value: str = ""
    as_of: str = ""
    reason: str = ""


class Event(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What happened. Without tellings it is told by the record alone."""

    id: str
    title: str
    told: tuple[Telling, ...] = ()


class _Events(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    event: tuple[Event, ...] = ()


@lru_cache
def events(folder: Path | None) -> tuple[Event, ...]:
    """The events of `events.toml` beside the texts, in the file's order; each id once, each date legal."""
    found = load_toml(data_file(folder, "events.toml"), _Events).event
    ids = [event.id for event in found]
    if twice := [id for id in dict.fromkeys(ids) if ids.count(id) > 1]:
        raise CorpusError(f"events.toml: the id {twice[0]} is given twice. Give each event its own.")
    for event in found:
        for told in event.told:
            _check(told, f"events.toml, {event.id}, {told.source}")
    return found


def _check(told: Telling, where: str) -> None:
    for day in filter(None, (told.edtf, told.as_of)):
        legal(day, where)
    if told.how_dated == "inferred" and not told.reason:
        raise CorpusError(f"{where}: the date is inferred, but there is no reason. Say in one sentence how.")
    if bool(told.value) != bool(told.as_of):
        raise CorpusError(f"{where}: value and as_of belong together. Add the missing one.")


# ---- One table ----


def chronology(corpus: Corpus, *ids: str, mine: Iterable[Row] | None = None) -> Table:
    """What the texts tell and the record has, one row a telling; `ids` keeps what these texts tell, and its record.

    Columns: event, title, edtf, earliest and latest (days), value, as_of (EDTF), printed (EDTF, inferred in brackets),
    source, cite, words (the record's finding and source), how (stated, inferred, record, mine), rival (the sources
    among these rows with which this one can't both be true), remark. Events stand in the order of their most exact
    date, the rows of each in the order of the sources. `mine` is the answer to a timeline question.
    A slip in the file, an unknown id or a date of yours that is none raises a `CorpusError`.
    """
    here = as_corpus(corpus)
    wanted = {here[id].id for id in ids} or set(here)
    rows = [row for event in events(here.folder) for row in _rows(event, here, wanted, alone=not ids)]
    for group in groups(rows, itemgetter("event")).values():
        mark_rivals(groups(group, itemgetter("source")))
    rows += _mine(here, mine if isinstance(mine, list | tuple) else (), rows)
    together = sorted(groups(rows, itemgetter("event")).values(), key=lambda group: min(map(_exactness, group))[1:])
    place = {id: number for number, id in enumerate([*here, RECORD])}
    for group in together:
        group.sort(key=lambda row: (row["how"] == MINE, place.get(row["source"], len(place)), row["earliest"]))
    return Table([row for group in together for row in group], columns=COLUMNS, corpus=here)


def groups(rows: Iterable[Row], key: Callable[[Row], Any]) -> dict[Any, list[Row]]:
    """Rows by their key, in the order in which the keys come."""
    found: dict[Any, list[Row]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return found


def _exactness(row: Row) -> tuple:
    days = interval(row["edtf"])
    return days.latest - days.earliest, *days


def _rows(event: Event, corpus: Corpus, wanted: set[str], *, alone: bool) -> list[Row]:
    """The rows of one event: tellings of the wanted texts, and the record's if there is one or it may stand alone."""
    told = [row for telling in event.told if (row := _told(event, telling, corpus))["source"] in wanted]
    found = [entry for entry in records(corpus.folder) if entry.event == event.id and entry.edtf]
    return told + [_recorded(event, entry) for entry in found if told or alone]


def _row(event: str, title: str, edtf: str, **values: Any) -> Row:
    first, last = map(str, interval(edtf))
    known = {"event": event, "title": title, "edtf": edtf, "earliest": first, "latest": last, "span": None, "range": ""}
    return dict.fromkeys(COLUMNS, "") | known | values


def _told(event: Event, told: Telling, corpus: Corpus) -> Row:
    try:
        source = corpus[told.source]
        place = locate(source, told.quote)
        if place.text != told.quote:
            raise CorpusError(f"{told.source} has {place.text!r}. Copy it letter by letter from the text.")
    except CorpusError as error:
        raise CorpusError(f"events.toml, {event.id}: {error}") from None
    words = {"cite": place.cite, "words": told.quote, "span": place, "how": told.how_dated, "remark": told.reason}
    dated = {"value": told.value, "as_of": told.as_of, "printed": printed(source)}
    return _row(event.id, event.title, told.edtf, source=source.id, **words, **dated)


def _recorded(event: Event, entry: Entry) -> Row:
    remark = f"Good sources differ: {entry.range}." if entry.range else ""
    words = {"words": _finding(entry), "how": RECORD, "range": entry.range, "remark": remark}
    as_of = (entry.as_of or entry.edtf) if entry.value else ""
    return _row(event.id, event.title, entry.edtf, source=RECORD, value=entry.value, as_of=as_of, **words)


def _finding(entry: Entry) -> str:
    others = len(entry.citations) - 1
    return f"{entry.finding} ({entry.citations[0].short}{f'; {others} more' if others else ''})"


# ---- A student's own events ----


def _mine(corpus: Corpus, answer: Iterable[Row], rows: list[Row]) -> list[Row]:
    """A student's events: in the row of an event that tells of the same words or finding, else in one of their own.

    Two that are named rivals share a row; nothing is computed about them.
    """
    mine = [_own(corpus, number, given, rows) for number, given in enumerate(answer, start=1)]
    titles = {fold(row["title"]): row for row in mine}
    for row in mine:
        other = titles.get(fold(row["against"]), row)
        if other is not row:
            row["rival"] = ", ".join(filter(None, [row["rival"], f"{other['source']} (yours)"]))
            other["rival"] = ", ".join(filter(None, [other["rival"], f"{row['source']} (yours)"]))
            moved = row["event"]
            for one in mine:
                one["event"] = other["event"] if one["event"] == moved else one["event"]
    return mine


def _own(corpus: Corpus, number: int, given: Row, rows: list[Row]) -> Row:
    asked = ("title", "from", "to", "source", "citation", "quote", "rival of", "note")
    title, first, last, source, cite, quote, against, note = (str(given.get(name) or "").strip() for name in asked)
    first, last = typed(first), typed(last or first)
    edtf = first if first == last else f"{first.split('/')[0]}/{last.split('/')[-1]}"
    legal(edtf, f"Your event {number}, {title or 'without a title'}")
    row = _row(f"yours {number}", title, edtf, source=source, cite=cite, words=quote, how=MINE, remark=note)
    row["against"] = against
    if fold(source) == RECORD:
        return row | {"source": RECORD, "cite": ""} | _same_finding(corpus, cite, row, rows)
    with suppress(CorpusError):  # what is wrong with a citation or a quotation the question has said already
        row |= {"source": corpus[source].id, "printed": printed(corpus[source])}
        place = locate(corpus[source], quote)
        row |= {"cite": place.cite} | next(({"event": r["event"]} for r in rows if _overlap(place, r["span"])), {})
    return row


def _same_finding(corpus: Corpus, topic: str, row: Row, rows: list[Row]) -> Row:
    known = {_finding(e) for e in records(corpus.folder) if fold(e.topic) == fold(topic) and e.edtf}
    same = [r for r in rows if r["words"] in known and r["how"] == RECORD and meet(r["edtf"], row["edtf"])]
    return {"event": same[0]["event"], "words": same[0]["words"]} if same else {}


def _overlap(one: Span, two: Span | None) -> bool:
    return two is not None and one.source is two.source and one.start < two.end and two.start < one.end


# ---- In the order of the telling ----

UNITS = ((365.25, "year"), (30.44, "month"), (7, "week"), (1, "day"))  # in days


def as_told(table: Table) -> Table:
    """The tellings of one text in its own order; columns: told, cite, event, edtf, jump, words."""
    rows = [row for row in table.to_dict("records") if row["source"] != RECORD]
    sources = {row["source"] for row in rows}
    if len(sources) != 1 or table.corpus is None:
        raise CorpusError('Order is that of one text. Name it: timeline(chronology(corpus, "ww188"), order="told").')
    text = table.corpus[sources.pop()]
    rows.sort(key=lambda row: locate(text, row["words"]).start)
    jumps = ["", *(jump(a["edtf"], b["edtf"]) for a, b in pairwise(rows))]
    told = [
        [n, row["cite"], row["title"], row["edtf"], leap, row["words"]]
        for n, (row, leap) in enumerate(zip(rows, jumps, strict=True), start=1)
    ]
    return Table(told, columns=["told", "cite", "event", "edtf", "jump", "words"], corpus=table.corpus)


def jump(edtf: str, following: str) -> str:
    """From one date to the next, in words; between two that are wider than a day, the least that it can be.

    >>> jump("1997-04-22", "1996-12-17"), jump("1996-12", "1997-04-22"), jump("1997-04", "1997-04-22")
    ('back 4 months', 'forward 4 months or more', 'no jump: they share days')
    """
    here, there = interval(edtf), interval(following)
    exact = here.earliest == here.latest and there.earliest == there.latest
    if here.touches(there):
        return "same day" if exact else "no jump: they share days"
    ahead = here.latest < there.earliest
    days = (there.earliest - here.latest if ahead else here.earliest - there.latest).days
    size, unit = next((size, unit) for size, unit in UNITS if days >= 2 * size or size == 1)
    number = round(days / size)
    plural, least = "s" * (number > 1), "" if exact else " or more"
    return f"{'forward' if ahead else 'back'} {number} {unit}{plural}{least}"


# ---- What could be read ----


def known_by(corpus: Corpus, day: str) -> Table:
    """What a reader of these papers could have read by `day` (ISO, 1997-02-20), one row a text, by date of print.

    An undated text counts from the last day of the interval that we inferred. Columns: source, title, printed (EDTF,
    inferred in brackets), known (yes or no), reason, events (how many it tells).
    """
    here = as_corpus(corpus)
    days = legal(day, "day")
    if days.earliest != days.latest:
        raise CorpusError(f"{day} is more than one day. Name one, such as {days.latest}.")
    told = groups([{"source": t.source} for e in events(here.folder) for t in e.told], itemgetter("source"))
    rows = [
        [s.id, s.title, printed(s), *_known(printed(s), days.latest), len(told.get(s.id, ()))] for s in here.values()
    ]
    return Table(rows, columns=["source", "title", "printed", "known", "reason", "events"], corpus=here)


def printed(source: Source) -> str:
    """When a source was printed, as EDTF; in square brackets what we inferred; empty where nobody knows."""
    if source.published != NOT_STATED:
        return source.published
    inferred = source.inferred.published or source.inferred.written
    return f"[{inferred}]" if inferred else ""


def readable_from(when: str) -> date | None:
    """The first day on which what is `printed` (EDTF, perhaps in brackets) is sure to be out; None if undated."""
    return interval(when.strip("[]")).latest if when else None


def _known(when: str, day: date) -> tuple[str, str]:
    first = readable_from(when)
    if first is None:
        return "no", "The page prints no date, and none was inferred."
    gap = (day - first).days
    apart = f"{abs(gap)} day{'s' * (abs(gap) != 1)} {'later' if gap < 0 else 'earlier'}" if gap else "on that very day"
    if when[0] != "[":
        return ("yes" if gap >= 0 else "no"), f"Printed on {spoken(first)}, {apart}."
    unsure = " Nobody knows whether a reader had it then." * (gap >= 0)
    return ("yes" if gap >= 0 else "no"), f"Undated; written by {spoken(first)}, as we infer, {apart}.{unsure}"


def spoken(day: date) -> str:
    """A day in words: 20 February 1997."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
