"""What happened when: as each text tells it, beside the record; and what could be read by a given day.

Tellings are rivals if they can't both be true. That is computed from days and numbers, never stored; which of them is
right it does not say.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from operator import attrgetter, itemgetter
from typing import Literal

from helpers.base.edtf import interval
from helpers.base.errors import CorpusError
from helpers.base.files import lacking
from helpers.base.table import Table, groups
from helpers.history.own import MINE, own_events
from helpers.history.record import Entry, records
from helpers.history.rivals import RECORD, Row, mark_rivals
from helpers.history.tellings import COLUMNS, FILE, Event, Telling, days_of_print, events, new_row, printed, spoken
from helpers.history.timex import dated
from helpers.texts.corpus import Corpus, as_corpus
from helpers.texts.reading import locate, quoted_place


def chronology(corpus: Corpus, *ids: str, mine: Iterable[Mapping] | Literal["pass"] | None = None) -> Table:
    """What the texts tell and the record has, one row a telling; `ids` keeps what these texts tell, and its record.

    Columns: event, title, edtf, earliest and latest (days), value, as_of (EDTF), printed (EDTF, inferred in brackets),
    source, cite, words (the record's finding and source), how (stated, inferred, record, mine), rival (the sources
    among these rows with which this one can't both be true), within (the record's value and range, where another value
    lies inside that range), remark. Events stand in the order of their most exact date, the rows of each in the order
    of the sources. `mine` is the answer to a timeline question: records with title, from, to (typed dates), source,
    citation, quote, rival of, note. Read are `events.toml` and `record.toml` beside the texts; without them the table
    is empty. A slip in a file, an unknown id, or an event of yours without a date raises a `CorpusError`.
    """
    here = as_corpus(corpus)
    wanted = {here[id].id for id in ids} or set(here)
    found = events(here.folder)
    entries = groups((entry for entry in records(here.folder) if entry.event and entry.edtf), attrgetter("event"))
    rows: list[Row] = []
    for event in found:
        told = [_told(event, telling, here) for telling in event.told]
        told = [row for row in told if row["source"] in wanted]
        if told or not ids:
            told += [_recorded(event, entry) for entry in entries.get(event.id, ())]
        mark_rivals(groups(told, itemgetter("source")))
        rows += told
    rows += own_events(here, mine, rows)
    note = lacking(here.folder, FILE)
    return Table(_in_order(rows, here), columns=COLUMNS, corpus=here, note=note)


def _in_order(rows: list[Row], corpus: Corpus) -> list[Row]:
    place = {id: number for number, id in enumerate([*corpus, RECORD])}

    def within(row: Row) -> tuple:
        return row["how"] == MINE, place.get(row["source"], len(place)), row["earliest"]

    together = list(groups(rows, itemgetter("event")).values())
    together.sort(key=lambda group: min(map(_exactness, group))[1:])
    return [row for group in together for row in sorted(group, key=within)]


def _exactness(row: Row) -> tuple:
    days = interval(row["edtf"])
    return days.length, *days


def _told(event: Event, told: Telling, corpus: Corpus) -> Row:
    place = quoted_place(corpus, told.source, told.quote, f"{FILE}, {event.id}")
    row = new_row(event.id, event.title, told.edtf, source=place.source.id, cite=place.cite, span=place)
    row |= {"words": told.quote, "how": told.how_dated, "remark": told.reason}
    return row | {"value": told.value, "as_of": told.as_of, "printed": printed(place.source)}


def _recorded(event: Event, entry: Entry) -> Row:
    remark = f"Good sources differ: {entry.range}." if entry.range else ""
    row = new_row(event.id, event.title, entry.edtf, source=RECORD, how=RECORD, topic=entry.topic)
    row |= {"words": _finding(entry), "value": entry.value, "range": entry.range, "remark": remark}
    if entry.value:
        row["as_of"] = entry.when
    return row


def _finding(entry: Entry) -> str:
    others = len(entry.citations) - 1
    more = f"; {others} more" if others else ""
    return f"{entry.finding} ({entry.citations[0].short}{more})"


# ---- In the order of the telling ----

TOLD = ["told", "cite", "event", "edtf", "jump", "words"]
_UNITS = {"year": 365.25, "month": 30.44, "week": 7}  # in days


def as_told(table: Table) -> Table:
    """The tellings of one text in its own order; columns: told, cite, event, edtf, jump, words.

    `table` is what `chronology` returned for that text; for more texts than one there is no such order (`CorpusError`).
    """
    rows = [row for row in table.to_dict("records") if row["source"] != RECORD]
    sources = {row["source"] for row in rows}
    if len(sources) != 1 or table.corpus is None:
        raise CorpusError('Order is that of one text. Name it: timeline(chronology(corpus, "ww188"), order="told").')
    text = table.corpus[sources.pop()]
    rows.sort(key=lambda row: locate(text, row["words"]).start)
    told, before = [], ""
    for number, row in enumerate(rows, start=1):
        leap = jump(before, row["edtf"]) if before else ""
        before = row["edtf"]
        told.append([number, row["cite"], row["title"], before, leap, row["words"]])
    return Table(told, columns=TOLD, corpus=table.corpus)


def jump(edtf: str, following: str) -> str:
    """From one date to the next, in words; between two that are wider than a day, the least that it can be.

    >>> jump("1997-04-22", "1996-12-17"), jump("1996-12", "1997-04-22"), jump("1997-04", "1997-04-22")
    ('back 4 months', 'forward 4 months or more', 'no jump: they share days')
    """
    here, there = interval(edtf), interval(following)
    exact = here.length == there.length == 1
    least = "" if exact else " or more"
    if here.touches(there):
        return "same day" if exact else "no jump: they share days"
    if here.latest < there.earliest:
        days = (there.earliest - here.latest).days
        return f"forward {_length(days)}{least}"
    days = (here.earliest - there.latest).days
    return f"back {_length(days)}{least}"


def _length(days: int) -> str:
    """Days in the largest unit of which they hold two."""
    for unit, size in _UNITS.items():
        if days >= 2 * size:
            return f"{round(days / size)} {unit}s"
    return "1 day" if days == 1 else f"{days} days"


# ---- What could be read ----


def known_by(corpus: Corpus, day: str) -> Table:
    """What a reader of these papers could have read by `day` (1997-02-20, or as people type it), one row a text.

    An undated text counts from the last day of the interval that we inferred. Columns: source, title, printed (EDTF,
    inferred in brackets), known (yes or no), reason, events (how many of `events.toml` it tells). What is no day, or
    more than one, raises a `CorpusError`.
    """
    here = as_corpus(corpus)
    days = interval(dated(day, "day"))
    if days.length > 1:
        raise CorpusError(f"{day} is more than one day. Name one, such as {days.latest}.")
    told = Counter(telling.source.lower() for event in events(here.folder) for telling in event.told)
    rows = []
    for source in here.values():
        when = printed(source)
        known, reason = _known(when, days.latest)
        rows.append([source.id, source.title, when, known, reason, told[source.id]])
    columns = ["source", "title", "printed", "known", "reason", "events"]
    return Table(rows, columns=columns, corpus=here)


def _known(when: str, day: date) -> tuple[str, str]:
    found = days_of_print(when)
    if found is None:
        return "no", "The page prints no date, and none was inferred."
    days, inferred = found
    gap = (day - days.latest).days
    known = "yes" if gap >= 0 else "no"
    day_in_words = spoken(days.latest)
    if inferred:
        unsure = " Nobody knows whether a reader had it then." if gap >= 0 else ""
        return known, f"Undated; written by {day_in_words}, as we infer, {_apart(gap)}.{unsure}"
    on = "on" if days.length == 1 else "by"
    return known, f"Printed {on} {day_in_words}, {_apart(gap)}."


def _apart(gap: int) -> str:
    if gap == 0:
        return "on that very day"
    unit = "day" if abs(gap) == 1 else "days"
    return f"{abs(gap)} {unit} {'earlier' if gap > 0 else 'later'}"
