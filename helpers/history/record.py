"""What sources other than the texts say: the record, in our own words and with its sources."""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import msgspec

from helpers.base.edtf import interval
from helpers.base.errors import CorpusError, unknown
from helpers.base.files import beside, lacking, legal, load_toml, repeated
from helpers.base.slips import Checked, Filled
from helpers.base.table import Table
from helpers.texts.corpus import Corpus, as_corpus

FILE = "record.toml"
ALWAYS = ["when", "finding", "sources"]  # columns that are shown even where they are empty


class Citation(Checked):
    """Where a finding was read: author or publisher, title, date and address."""

    author: str
    title: str
    date: str
    address: str

    @property
    def short(self) -> str:
        """Author and date, as a table shows them."""
        return f"{self.author}, {self.date}"


class Quoted(Checked):
    """Words of a court, a government, a hostage, letter by letter as one source of an entry has them.

    `by` says whose words they are, `citation` where they were read: the `author` of one of the entry's citations.
    """

    words: Filled
    by: Filled
    citation: str


class Entry(Checked, kw_only=True):
    """One finding of sources other than the texts, in our own words; dates are EDTF.

    `citations` are where it was read, at least one. `event` is the id of the event in `events.toml` that it tells of,
    `edtf` the time of that. `value` with its `unit` is a number or time of day, `as_of` the time for which it holds;
    `range` says how far good sources differ. `verdict` is what the record makes of a text's claim, `not_found` what was
    looked for in vain, `quoted` a list of words that were taken over letter by letter (`[[record.quoted]]`).
    """

    id: str
    topic: str
    finding: str
    citations: Annotated[tuple[Citation, ...], msgspec.Meta(min_length=1)]
    event: str = ""
    edtf: Filled = ""
    value: str = ""
    unit: str = ""
    as_of: Filled = ""
    range: str = ""
    verdict: str = ""
    not_found: str = ""
    quoted: tuple[Quoted, ...] = ()

    @property
    def when(self) -> str:
        """The day or interval that the finding is about, in EDTF; empty where it is about no day."""
        return self.as_of or self.edtf

    @property
    def sources(self) -> str:
        """Where it was read, as a table shows it."""
        return "; ".join(citation.short for citation in self.citations)


class _Records(Checked):
    about: str = ""
    record: tuple[Entry, ...] = ()


def records(folder: Path | None) -> tuple[Entry, ...]:
    """The entries of `record.toml` beside the texts, in the file's order; each id once, each date legal."""
    found = load_toml(beside(folder, FILE), _Records).record
    if twice := repeated(entry.id for entry in found):
        raise CorpusError(f"{FILE}: the id {twice[0]} is given twice. Give each entry its own.")
    for entry in found:
        _check(entry)
    return found


def entries_of(folder: Path | None, ids: Iterable[str], where: str) -> tuple[Entry, ...]:
    """The entries of the record with these ids; a `CorpusError` that begins with `where` for one that is not there."""
    known = {entry.id: entry for entry in records(folder)}
    for id in ids:
        if id not in known:
            raise CorpusError(f"{where}: {unknown('the record has no entry', id, known)}")
    return tuple(known[id] for id in ids)


def _check(entry: Entry) -> None:
    where = f"{FILE}, {entry.id}"
    for day in (entry.edtf, entry.as_of):
        if day:
            legal(day, where)
    authors = [citation.author for citation in entry.citations]
    for quoted in entry.quoted:
        if quoted.citation not in authors:
            raise CorpusError(f"{where}: {unknown('no citation of this entry is by', quoted.citation, authors)}")


class Record(Table):
    """Entries of the record: where their findings are shown a card each, else a table."""

    @property
    def _constructor(self):
        return Record

    def _page(self) -> str:
        return "record" if "finding" in self.columns else "table"


def record(corpus: Corpus, topic: str, *, during: str | None = None) -> Table:
    """What sources other than the texts say on `topic`, one row an entry of the `record.toml` beside the texts.

    `during` (EDTF) keeps those whose time touches it. Columns: when (EDTF), finding, value, unit, range, in their
    words, a text's claim, not found, sources; an empty column is left out. Without that file the table is empty.
    The record was read in excerpts: it is a check from outside, not the last word. An unknown topic is a `CorpusError`.
    """
    here = as_corpus(corpus)
    known = records(here.folder)
    if not known:
        note = lacking(here.folder, FILE) or f"{FILE} has no entry yet. Add one that says what other sources found."
        return Table(columns=ALWAYS, corpus=here, note=note)
    found = [entry for entry in known if entry.topic == topic]
    if not found:
        topics = dict.fromkeys(entry.topic for entry in known)
        raise CorpusError(unknown("The record has no topic", topic, topics))
    if during is not None:
        days = legal(during, "during")
        found = [entry for entry in found if entry.when and interval(entry.when).touches(days)]
    rows = [_shown(entry) for entry in found]
    kept = [name for name in _shown(known[0]) if name in ALWAYS or any(row[name] for row in rows)]
    return Record(rows, columns=kept, corpus=here)


def _shown(entry: Entry) -> dict[str, str]:
    return {
        "when": entry.when,
        "finding": entry.finding,
        "value": entry.value,
        "unit": entry.unit,
        "range": entry.range,
        "in their words": "; ".join(f"{quoted.by}: “{quoted.words}” – {quoted.citation}" for quoted in entry.quoted),
        "a text's claim": entry.verdict,
        "not found": entry.not_found,
        "sources": entry.sources,
    }
