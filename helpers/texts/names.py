"""Words at work: names, cues, headlines, and what stands inside quotation marks."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import msgspec

from helpers.base.files import CorpusError, data_file, load_csv, nearest, project_root
from helpers.base.folding import fold, pattern
from helpers.base.table import Table
from helpers.texts.corpus import Corpus, Source, Span, Texts, as_corpus, matches, numbered, paragraphs

# ---- Quotation marks ----

_CLOSERS = {"“": "”", "‘": "’", "«": "»", "„": "“”", "`": "'", "'": "'", '"': '"'}
DEEPEST = 8  # marks inside marks; deeper ones are not looked for, so no line can run away
_LAST_SINGLE = re.compile(r"[^\s']'(?!\w)")


@lru_cache(maxsize=64)  # asked once for each hit in the same paragraph
def quoted_runs(paragraph: Span) -> list[Span]:
    """What stands inside quotation marks of any kind in a paragraph, marks left out, nested runs after their outer one.

    A mark that is never closed runs to the end of its paragraph; nothing passes on to the next. A plural's apostrophe
    inside single marks (‘the workers’ party’) ends the run too early.
    """
    text, source = paragraph.text, paragraph.source
    last = max((match.end() - 1 for match in _LAST_SINGLE.finditer(text)), default=-1)
    opened: list[tuple[int, str]] = []
    runs: list[tuple[int, int]] = []
    for at, char in enumerate(text):
        before, after = text[at - 1 : at] or " ", text[at + 1 : at + 2] or " "
        if (depth := _closes(char, after, opened)) is not None:
            runs += [(start, at) for start, _ in opened[depth:]]
            del opened[depth:]
        elif (
            char in '“"„«'
            or (char in "‘`" and not before.isalnum())
            or (char == "'" and last > at and _opens(before, after))
        ):
            opened.append((at + 1, _CLOSERS[char]))
    runs += [(start, len(text)) for start, _ in opened]
    offset = paragraph.start
    return [
        Span(source, paragraph.number, offset + a, offset + b)
        for a, b in sorted(runs, key=lambda r: (r[0], -r[1]))
        if a < b
    ]


def _opens(before: str, after: str) -> bool:
    return after.isalpha() and not before.isalnum()


def _closes(char: str, after: str, opened: list[tuple[int, str]]) -> int | None:
    """Which of the open marks `char` closes: single marks only the innermost, and never as an apostrophe."""
    single = char in "’'"
    deepest = len(opened) - DEEPEST if char in "”’»'\"“" else len(opened)
    for depth in range(len(opened) - 1, max(deepest, 0) - 1, -1):
        if char in opened[depth][1] and not (single and after.isalnum()):
            return depth
        if single:
            return None
    return None


# ---- Lists of words ----


class Lexicon:
    """A list of patterns that is looked up word by word: one pass over a text, the longest match wins."""

    def __init__(self, entries: "list[tuple[str, Any]]", *, literal: bool):
        self.literal = literal
        self._by_beginning: dict[str, list[tuple[str, Any]]] = {}
        for words, entry in entries:
            first = re.match(r"\w+", fold(words).lstrip("\"'"))[0]
            self._by_beginning.setdefault(first[:2], []).append((words, entry))

    def places(self, paragraph: Span, allowed: "Callable[[Any, int], bool]") -> "Iterator[tuple[Span, Any]]":
        """The places in a paragraph where an entry stands that `allowed` lets pass, in order, never overlapping."""
        source, at = paragraph.source, paragraph.start
        for word in re.finditer(r"\w+", source.folded[paragraph.start : paragraph.end]):
            begin = paragraph.start + word.start()
            if begin < at:
                continue
            found = [
                (match.end(), entry)
                for words, entry in self._by_beginning.get(word[0][:2], ())
                if (match := pattern(words, literal=self.literal).match(source.folded, begin, paragraph.end))
                and allowed(entry, begin)
            ]
            if found:
                at, entry = max(found, key=lambda one: one[0])
                yield Span(source, paragraph.number, begin, at, paragraph.heading), entry


def _row(place: Span, quoted: list[Span], **more) -> dict[str, Any]:
    """A row of evidence: where, which words, and whether they stand inside quotation marks."""
    inside = any(run.start <= place.start and place.end <= run.end for run in quoted)
    where = {"cite": place.cite, "source": place.source.id, "start": place.start, "end": place.end, "text": place.text}
    return where | more | {"quoted": inside}


# ---- Names ----


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
        _row(place, quoted_runs(span), referent=row.referent, name=row.name)
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


# ---- Cues ----

KINDS = ("charged", "hedge", "certainty", "vague_source", "reporting")


class Cue(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"shade": "class"}):
    """A word on the list, with a place where a person read it as this kind.

    `class` is praise or blame for a charged word, one of five kinds of reporting for a verb; `instead` a plainer word.
    """

    term: str
    kind: Literal["charged", "hedge", "certainty", "vague_source", "reporting"]
    cite: str
    example: str
    shade: Literal["", "praise", "blame", "neutral", "endorsing", "doubting", "evaluative", "denying"] = ""
    instead: str = ""
    note: str = ""


@lru_cache
def cue_list() -> tuple[Cue, ...]:
    """The list itself, `seeds/cues.csv`."""
    return tuple(load_csv(project_root() / "seeds" / "cues.csv", Cue))


@lru_cache
def _cues() -> Lexicon:
    return Lexicon([(cue.term, cue) for cue in cue_list()], literal=False)


def cues(texts: Texts, kind: str | None = None) -> Table:
    """Candidates to discuss: listed words that are often charged, hedging, certain, vague about a source, or reporting.

    Columns: cite, source, start, end, text, kind, class, instead, quoted. It finds nothing that is not listed, and
    misses irony, order, omission and negation. It is no score, and texts are not to be ranked by it. How many of its
    candidates a careful reader keeps was counted by hand: `tests/cues_kept.csv`.
    """
    if kind not in (None, *KINDS):
        raise CorpusError(f"There is no kind {kind!r}.{nearest(str(kind), KINDS)} Known: {', '.join(KINDS)}.")
    rows = [
        _row(place, quoted_runs(span), kind=cue.kind, **{"class": cue.shade}, instead=cue.instead)
        for _, span in paragraphs(texts)
        for place, cue in _cues().places(span, lambda cue, at: kind in (None, cue.kind))
    ]
    columns = ["cite", "source", "start", "end", "text", "kind", "class", "instead", "quoted"]
    return Table(rows, columns=columns, corpus=as_corpus(texts))


# ---- Headlines ----


class Headline(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A press headline, letter by letter, with the words it has for group, act and building; [deck] in brackets."""

    date: str
    outlet: str
    country: str
    language: str
    headline: str
    address: str
    english: str = ""
    group: str = ""
    act: str = ""
    building: str = ""


@lru_cache
def headline_list(folder: Path | None) -> tuple[Headline, ...]:
    """The rows of `headlines.csv` beside the texts."""
    return tuple(load_csv(data_file(folder, "headlines.csv"), Headline))


def headlines(corpus: Corpus) -> Table:
    """Press headlines of the same months. A headline is written at a desk, seldom by the reporter; the list is uneven.

    Columns: date, outlet, country, language, headline, english, group, act, building, address.
    """
    here = as_corpus(corpus)
    names = ["date", "outlet", "country", "language", "headline", "english", "group", "act", "building", "address"]
    rows = [{name: getattr(row, name) for name in names} for row in headline_list(here.folder)]
    return Table(rows, columns=names, corpus=here)
