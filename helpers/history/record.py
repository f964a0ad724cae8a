"""What independent sources say: the record, in our own words and with its sources."""

from functools import lru_cache
from pathlib import Path

import msgspec

from helpers.base.edtf import interval
from helpers.base.errors import CorpusError, nearest
from helpers.base.files import data_file, legal, load_toml
from helpers.base.table import Table
from helpers.texts.corpus import Corpus, as_corpus


class Citation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a finding was read: author or publisher, title, date and address."""

    author: str
    title: str
    date: str
    address: str

    @property
    def short(self) -> str:
        """Author and date, as a table shows them."""
        return f"{self.author}, {self.date}"


class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One finding of independent sources. `as_of` is the time for which `value` holds; dates are EDTF.

    `range` says how far good sources differ, `verdict` what the record makes of a text's claim, `not_found` what was
    looked for in vain.
    """

    id: str
    topic: str
    finding: str
    citations: tuple[Citation, ...]
    event: str = ""
    edtf: str = ""
    value: str = ""
    unit: str = ""
    as_of: str = ""
    range: str = ""
    verdict: str = ""
    not_found: str = ""

    @property
    def when(self) -> str:
        """The day or interval that the finding is about, in EDTF; empty where it is about no day."""
        return self.as_of or self.edtf


class _Records(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    about: str = ""
    record: tuple[Record, ...] = ()


@lru_cache
def records(folder: Path | None) -> tuple[Record, ...]:
    """The entries of `record.toml` beside the texts, in the file's order; each id once, each date legal."""
    found = load_toml(data_file(folder, "record.toml"), _Records).record
    seen: set[str] = set()
    for entry in found:
        if entry.id in seen:
            raise CorpusError(f"record.toml: the id {entry.id} is given twice. Give each entry its own.")
        seen.add(entry.id)
        for date in (entry.edtf, entry.as_of):
            if date:
                legal(date, f"record.toml, {entry.id}")
    return found


def record(corpus: Corpus, topic: str, *, during: str | None = None) -> Table:
    """What independent sources say on `topic`, one row an entry; `during` (EDTF) keeps those whose time touches it.

    Columns: when (EDTF), finding, value, unit, range, a text's claim, not found, sources; an empty column is left out.
    The record was read in excerpts: it is a check from outside, not the last word.
    """
    here = as_corpus(corpus)
    found = [entry for entry in records(here.folder) if entry.topic == topic]
    if not found:
        topics = dict.fromkeys(entry.topic for entry in records(here.folder))
        raise CorpusError(f"The record has no topic {topic!r}.{nearest(topic, topics)} It has: {', '.join(topics)}.")
    if during is not None:
        days = legal(during, "during")
        found = [entry for entry in found if entry.when and interval(entry.when).touches(days)]
    rows = [
        {
            "when": entry.when,
            "finding": entry.finding,
            **{name: getattr(entry, name) for name in ("value", "unit", "range")},
            "a text's claim": entry.verdict,
            "not found": entry.not_found,
            "sources": "; ".join(citation.short for citation in entry.citations),
        }
        for entry in found
    ]
    kept = [name for name in (rows[0] if rows else ()) if name in ("when", "finding") or any(row[name] for row in rows)]
    return Table(rows, columns=kept or ["when", "finding", "sources"], corpus=here)
