"""Names: what each text calls a person, a group, a building or an act, by a list that a person made by reading."""

from collections import Counter
from functools import lru_cache
from pathlib import Path

import msgspec

from helpers.base.errors import CorpusError, nearest
from helpers.base.files import data_file, load_csv
from helpers.base.table import Table
from helpers.texts.corpus import Source, Span, Texts, as_corpus, matches, numbered, paragraphs
from helpers.texts.counting import Lexicon, evidence
from helpers.texts.quotes import quoted_runs


class Label(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A name that texts use for a referent.

    With `source` it counts in that text alone; with `cite` and `quote` in that place alone.
    """

    referent: str
    name: str
    source: str = ""
    cite: str = ""
    quote: str = ""


@lru_cache
def _names(folder: Path | None) -> tuple[tuple[Label, ...], Lexicon]:
    rows = tuple(load_csv(data_file(folder, "labels.csv"), Label))
    return rows, Lexicon([(row.name, row) for row in rows], literal=True)


def _places_of(source: Source, rows: tuple[Label, ...]) -> dict[Label, set[int]]:
    """Where in a source the names stand that count in one place alone."""
    found: dict[Label, set[int]] = {}
    for row in rows:
        id, _, number = row.cite.partition(" ")
        for span in numbered(source, int(number), int(number)) if id == source.id else ():
            if (at := source.text.find(row.quote, span.start, span.end)) >= 0:
                quote = Span(source, span.number, at, at + len(row.quote))
                found[row] = {place.start for place in matches(quote, row.name, literal=True)}
    return found


def labels(texts: Texts, referent: str | None = None) -> Table:
    """Every place where a text uses a listed name, with what it stands for: a list that a person made by reading.

    Columns: cite, source, start, end, text, referent, name, quoted. `labels.csv` beside the texts can be edited; texts
    without one are searched with the kit's own.
    """
    here = as_corpus(texts)
    rows, lexicon = _names(here.folder)
    known = dict.fromkeys(row.referent for row in rows)
    if referent is not None and referent not in known:
        raise CorpusError(f"There is no referent {referent!r}.{nearest(referent, known)} Known: {', '.join(known)}.")
    places = {id: _places_of(source, rows) for id, source in here.items()}

    def allowed(row: Label, at: int, source: Source) -> bool:
        if row.cite:
            return at in places[source.id].get(row, ())
        return row.source in ("", source.id)

    found = [
        evidence(place, quoted_runs(span), referent=row.referent, name=row.name)
        for source, span in paragraphs(texts)
        for place, row in lexicon.places(span, lambda row, at, source=source: allowed(row, at, source))
        if referent in (None, row.referent)
    ]
    columns = ["cite", "source", "start", "end", "text", "referent", "name", "quoted"]
    return Table(found, columns=columns, corpus=here)


def naming_grid(corpus: Texts) -> Table:
    """Referent by source: the names each text uses and in how many places; an empty cell says "none"."""
    here = as_corpus(corpus)
    found = labels(corpus)
    counts = Counter(zip(found.referent, found.source, found.name, strict=True)).most_common()
    rows = [
        {"referent": referent} | {id: _names_of(counts, referent, id) for id in here}
        for referent in dict.fromkeys(row.referent for row in _names(here.folder)[0])
    ]
    return Table(rows, corpus=here)


def _names_of(counts: list, referent: str, id: str) -> str:
    named = [f"{name} {count}" for (meant, source, name), count in counts if (meant, source) == (referent, id)]
    return ", ".join(named) or "none"
