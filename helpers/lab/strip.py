"""The strip in a lesson's head: the days of the crisis as a band, and on it those that the lesson works with."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import msgspec

from helpers.base.edtf import Interval, interval
from helpers.base.files import DATA, load_toml
from helpers.base.html import page
from helpers.base.table import Table
from helpers.history.record import Entry, records
from helpers.history.tellings import MONTHS, in_words, spoken
from helpers.texts.corpus import Corpus


class Day(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A day or stretch of the crisis: an entry of the record by its id, a name, and the lessons (none means all)."""

    record: str
    name: str
    notebooks: tuple[int, ...] = ()


class _Days(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    day: tuple[Day, ...] = ()


def days() -> tuple[Day, ...]:
    """All days that lessons work with, as `data/days.toml` lists them."""
    return load_toml(DATA / "days.toml", _Days).day


@dataclass(frozen=True)
class Mark:
    """A day on the strip of one lesson: its name and the entry of the record that dates it."""

    name: str
    entry: Entry

    @property
    def span(self) -> Interval:
        """Its first and last day."""
        return interval(self.entry.edtf)

    @property
    def when(self) -> str:
        """Its date in words."""
        return in_words(self.entry.edtf)


def marks(corpus: Corpus, number: int) -> list[Mark]:
    """The days that notebook `number` works with, in their order; none where the record beside the texts lacks them."""
    entries = {entry.id: entry for entry in records(corpus.folder)}
    listed = [day for day in days() if number in day.notebooks or not day.notebooks]
    found = [Mark(day.name, entries[day.record]) for day in listed if day.record in entries]
    return sorted(found, key=lambda mark: mark.span)


def strip(corpus: Corpus, number: int) -> str:
    """The strip of notebook `number` as HTML: band, one sentence, and a closed table; empty without a record."""
    found = marks(corpus, number)
    if not found:
        return ""
    whole = Interval(found[0].span.earliest, max(mark.span.latest for mark in found))
    table = Table([_row(mark) for mark in found], corpus=corpus, caption="The days that this lesson works with")
    return page(
        "strip",
        months=[_placed(month, whole) | {"name": MONTHS[month.earliest.month - 1]} for month in _months(whole)],
        marks=[_placed(mark.span, whole) | {"name": mark.name, "when": mark.when} for mark in found],
        count=whole.length,
        ends=tuple(map(spoken, whole)),
        table=table.html(len(table)),
    )


def _row(mark: Mark) -> dict[str, str]:
    sources = "; ".join(citation.short for citation in mark.entry.citations)
    return {"when": mark.when, "what": mark.name, "the record's sources": sources}


def _placed(span: Interval, whole: Interval) -> dict[str, Any]:
    """Where a stretch of days lies on the band, in hundredths of its width."""
    at, wide = whole.placed(span)
    return {"at": at, "wide": wide, "single": span.length == 1}


def _months(whole: Interval) -> Iterator[Interval]:
    """The months of these days; the first and the last are cut there."""
    begin = whole.earliest
    while begin <= whole.latest:
        following = (begin.replace(day=1) + timedelta(days=32)).replace(day=1)
        yield Interval(begin, min(whole.latest, following - timedelta(days=1)))
        begin = following
