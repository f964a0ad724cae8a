"""Names: what each text calls a person, a group, a building or an act, by a list that a person made by reading."""

from collections import Counter
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from helpers.base.cite import Cite
from helpers.base.errors import CorpusError, KitError, brief, unknown
from helpers.base.files import beside, lacking, load_csv
from helpers.base.slips import Checked, Word
from helpers.base.table import Table
from helpers.texts.corpus import Corpus, Source, Span, Texts, as_corpus, folders, matches, sources
from helpers.texts.counting import EVIDENCE, evidence, lexicon
from helpers.texts.reading import cited
from helpers.texts.signs import readable

FILE = "labels.csv"


class Label(Checked):
    """A name that texts use for a referent.

    With `source` it counts in that text alone; with `cite` and `quote` in that place alone.
    """

    referent: str
    name: Word
    source: str = ""
    cite: str = ""
    quote: str = ""


def label_list(folder: Path | None) -> tuple[Label, ...]:
    """The rows of `labels.csv` beside the texts; none where there is no such file."""
    return load_csv(beside(folder, FILE), Label)


# ---- Where a name counts ----

Places = dict[Label, set[tuple[str, int]]]  # of a name that counts in one place alone: text and offset


def settled(corpus: Corpus, folder: Path | None) -> Places:
    """The places of the names that count in one place alone; a row that names none raises a `CorpusError`."""
    found: Places = {}
    for row in label_list(folder):
        try:
            if row.source:
                corpus[row.source]
            if row.cite or row.quote:
                found[row] = _places_of(row, corpus)
        except KitError as error:
            raise CorpusError(f"{FILE}, {row.referent}, {row.name}: {error}") from None
    return found


def _places_of(row: Label, corpus: Corpus) -> set[tuple[str, int]]:
    if not row.cite or not row.quote:
        raise CorpusError("cite and quote belong together. Add the missing one.")
    cite = Cite.parse(row.cite)
    spans = cited(corpus, cite)
    found = {(cite.id, place.start) for span in spans for place in _inside(span, row)}
    if not found:
        raise CorpusError(f"the quote {brief(row.quote)} does not stand in {cite}, or the name not in the quote.")
    return found


def _inside(span: Span, row: Label) -> Iterable[Span]:
    """The places of the name in the words that are quoted from `span`."""
    at = span.source.text.find(row.quote, span.start, span.end)
    if at < 0:
        return ()
    return matches(span.part(at, at + len(row.quote)), row.name, literal=True)


def _allowed(row: Label, at: int, *, source: Source, places: Places) -> bool:
    if row.cite:
        return (source.id, at) in places[row]
    return row.source.lower() in ("", source.id)


# ---- Tables ----


def labels(texts: Texts, referent: str | None = None) -> Table:
    """Every place where a text uses a listed name, with what it stands for: a list that a person made by reading.

    Columns: cite, source, start, end, text, referent, name, quoted. The list is `labels.csv` beside the texts; without
    that file the table is empty and says so. A row that names no text or no place raises a `CorpusError`.
    """
    here = as_corpus(texts)
    read = sources(texts)
    known = _referents(texts)
    if known and referent not in (None, *known):
        raise CorpusError(unknown("There is no referent", referent, known))
    homes = {source.folder: source.corpus for source in read}
    lexicons = {folder: lexicon(label_list(folder), "name", literal=True) for folder in homes}
    places = {folder: settled(home, folder) for folder, home in homes.items()}
    rows = []
    asked = readable(texts, listed=True)
    for source, paragraph in asked.paragraphs:
        allowed = partial(_allowed, source=source, places=places[source.folder])
        for place, row in lexicons[source.folder].places(paragraph, allowed):
            if referent in (None, row.referent):
                rows.append(evidence(place, paragraph, referent=row.referent, name=row.name))
    columns = [*EVIDENCE, "referent", "name", "quoted"]
    note = lacking(here.folder, FILE)
    caption = asked.caption("Names and referents")
    return Table(rows, columns=columns, corpus=here, note=note, caption=caption)


def _referents(texts: Texts) -> list[str]:
    """What the lists beside these texts have names for, in their order."""
    return list(dict.fromkeys(row.referent for folder in folders(texts) for row in label_list(folder)))


def naming_grid(texts: Texts) -> Table:
    """Referent by source: the names each text uses and in how many places, or "none"; "not read" where left out.

    Columns: referent, then one for each source of which something was given. Without `labels.csv` beside the texts the
    grid has no rows and says so.
    """
    here = as_corpus(texts)
    read = sources(texts)
    found = labels(texts)
    counts = Counter(zip(found.referent, found.source, found.name, strict=True))
    named: dict[tuple[str, str], list[str]] = {}
    for (referent, id, name), count in counts.most_common():
        named.setdefault((referent, id), []).append(f"{name} {count}")
    asked = readable(texts, listed=True)
    empty = {source.id: "not read" if source in asked.left_out else "none" for source in read}
    rows = []
    for referent in _referents(texts):
        cells = [named.get((referent, id), [words]) for id, words in empty.items()]
        rows.append([referent, *map(", ".join, cells)])
    columns = ["referent", *(source.id for source in read)]
    return Table(
        rows, columns=columns, corpus=here, note=lacking(here.folder, FILE), caption=asked.caption("Names by referent")
    )
