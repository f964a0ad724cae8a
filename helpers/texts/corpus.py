"""Sources and their numbered paragraphs.

A text is never cleaned: `source.text[span.start:span.end] == span.text` always. Searching folds letter case, accents,
quotation marks and dashes, one character to one, so that offsets found in the folded text are true in the file.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal, Protocol, runtime_checkable

import msgspec

from helpers.base.errors import CorpusError, nearest
from helpers.base.folding import FILLER, fold, pattern
from helpers.base.html import page

_CITED = re.compile(r"\b([a-z0-9]+)\b(?: ¶(\d+)(?:-(\d+))?)?|¶(\d+)(?:-(\d+))?")
_LINE = re.compile(r"[^\r\n]+")

# ---- What the catalogue says of a source ----


class Quoted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A dated quotation: the words inside its marks, who says them, their date (EDTF) and how we know it."""

    quote: str
    by: str
    date: str
    dated: Literal["stated", "inferred"]


class Related(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Another source of the same hand or house, and why they belong together."""

    id: str
    reason: str


class Inferred(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What we worked out and the page does not print; shown only when asked for."""

    published: str = ""
    creator: str = ""
    publisher: str = ""
    issue: str = ""
    place: str = ""
    written: str = ""
    dating: str = ""
    perspective: str = ""
    related: tuple[Related, ...] = ()


class Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One source in `catalogue.toml`. Only file, title and published are required; dates are EDTF or "not stated"."""

    file: str
    title: str
    published: str
    id: Annotated[str, msgspec.Meta(pattern="^[a-z0-9]*$")] = ""  # default: letters and digits of the file's name
    sha256: str = ""
    creator: str = "not stated"
    signed_by: str = "not stated"
    publisher: str = "not stated"
    issue: str = "not stated"
    place: str = "not stated"
    language: str = "not stated"
    written: str = ""  # only where the page prints it
    dating: str = ""  # how we know the dates
    perspective: str = ""
    related: tuple[Related, ...] = ()
    address: str = "not stated"
    rights: str = ""
    content_note: str = ""
    anchors: Annotated[tuple[str, ...], msgspec.Meta(max_length=2)] = ()  # first and last words of the running text
    headings: tuple[str, ...] = ()  # whole lines that are subheadings
    quoted: tuple[Quoted, ...] = ()
    inferred: Inferred = Inferred()


# ---- Sources and spans ----


@dataclass(frozen=True)
class Span:
    """Words in a text: `text` is what stands in the file from `start` to `end`."""

    source: "Source" = field(repr=False)
    number: int
    start: int
    end: int
    heading: bool = False

    @property
    def text(self) -> str:
        return self.source.text[self.start : self.end]

    @property
    def cite(self) -> str:
        return f"{self.source.id} ¶{self.number}"

    def __repr__(self) -> str:
        return f"{self.cite}: {self.text}"

    def _repr_html_(self) -> str:
        return page("span", cite=self.source.corpus.opened(self.cite), words=self.text)


class Source(Entry, frozen=True, eq=False, dict=True, kw_only=True):
    """A text with its catalogue entry; attributes are what the page prints, `inferred` holds what we worked out."""

    text: str
    folder: Path | None = None

    def __repr__(self) -> str:
        dated = "undated" if self.published in ("", "not stated") else self.published
        return f"<Source {self.id}: {self.title}, {dated}>"

    @property
    def corpus(self) -> "Corpus":
        return Corpus([self], self.folder)

    @cached_property
    def folded(self) -> str:
        """The text folded for searching, of the same length."""
        return fold(self.text)

    @cached_property
    def loose(self) -> bool:
        """Whether accents stand as characters of their own."""
        return bool(re.search(rf"[^-]{FILLER}", self.folded))

    @cached_property
    def limits(self) -> tuple[int, int]:
        """Where the running text begins and ends: the lines of the two anchors, the whole file without them."""
        if not self.anchors:
            return 0, len(self.text)
        first, last = (self.once(anchor, "anchor") for anchor in (self.anchors[0], self.anchors[-1]))
        lines = [m.span() for m in _LINE.finditer(self.text)]
        return (
            max(start for start, _ in lines if start <= first),
            min(end for _, end in lines if end >= last + len(self.anchors[-1])),
        )

    @cached_property
    def spans(self) -> tuple[Span, ...]:
        """¶0 line by line, then the running text: paragraphs, and headings with the number that they open."""
        begin, stop = self.limits
        lines = [line for m in _LINE.finditer(self.text, 0, stop) if (line := _trim(m))]
        words = [self.text[start:end] for start, end in lines]
        for heading in self.headings:
            if (found := words.count(heading)) != 1:
                raise CorpusError(f"{self.id}: the heading {heading!r} is {found} lines of {self.file}, not one.")
        spans, number = [], 0
        for start, end in lines:
            heading = self.text[start:end] in self.headings
            if start < begin:
                spans.append(Span(self, 0, start, end))
            else:
                number += not heading
                spans.append(Span(self, number + heading, start, end, heading))
        return tuple(spans)

    @cached_property
    def last(self) -> int:
        """The number of the last paragraph."""
        return self.spans[-1].number if self.spans else 0

    def once(self, words: str, kind: str) -> int:
        if (found := self.text.count(words)) != 1:
            raise CorpusError(
                f"{self.id}: the {kind} {words!r} stands {found} times in {self.file}. "
                "Copy words that stand there exactly once."
            )
        return self.text.index(words)


def _trim(line: re.Match) -> tuple[int, int] | None:
    words = line[0].strip().strip("\ufeff").strip()
    start = line.start() + line[0].find(words)
    return (start, start + len(words)) if words else None


class Corpus(dict):
    """Sources by id, in the order of the catalogue; an unknown id is answered with the nearest known ones."""

    def __init__(self, sources: Iterable[Source] = (), folder: Path | None = None):
        super().__init__((source.id, source) for source in sources)
        self.folder = folder

    def __missing__(self, id: str) -> Source:
        if isinstance(id, str) and id != id.lower():
            return self[id.lower()]
        raise CorpusError(f"There is no source {id!r} here.{nearest(str(id), self)} Known: {', '.join(self)}.")

    def __repr__(self) -> str:
        return "\n".join(map(repr, self.values()))

    @property
    def corpus(self) -> "Corpus":
        return self

    @property
    def spans(self) -> Iterator[Span]:
        return (span for source in self.values() for span in source.spans)

    def opened(self, words: str):
        """`words` as escaped HTML in which each citation of this corpus opens its passage in place.

        A bare ¶ belongs to the last source named; `words` that are markup already are not escaped again.
        """
        from markupsafe import Markup, escape

        parts, at, id = [], 0, ""
        for cite in _CITED.finditer(words) if "¶" in words else ():
            id = cite[1] if cite[1] in self else id
            first, last = cite[2] or cite[4], cite[3] or cite[5]
            if first and id and cite[1] in (None, id) and (spans := numbered(self[id], int(first), int(last or first))):
                passage = page("passage", cite=cite[0], title=spans[0].source.title, spans=spans)
                parts += [escape(words[at : cite.start()]), Markup(passage)]
                at = cite.end()
        return Markup("").join([*parts, escape(words[at:])])


def numbered(source: Source, first: int, last: int) -> list[Span]:
    return [span for span in source.spans if first <= span.number <= last]


# ---- Texts ----


@runtime_checkable
class Texts(Protocol):
    """A corpus, a source, or what `read` returned: spans, and the corpus they belong to."""

    corpus: Corpus
    spans: Iterable[Span]


def as_corpus(texts: "Texts") -> Corpus:
    """The corpus that a corpus, a source or passages are or belong to."""
    if not isinstance(texts, Texts):
        raise CorpusError(f"A {type(texts).__name__} is not a corpus, a source or passages. Begin with load_corpus().")
    return texts.corpus


def paragraphs(texts: "Texts") -> Iterator[tuple[Source, Span]]:
    """Each span of the running text once, with its source: the only way in for all that searches or counts."""
    as_corpus(texts)
    return ((span.source, span) for span in texts.spans if span.number)


def dated(source: Source) -> str:
    """The date of print as a reader is shown it."""
    return "undated" if source.published in ("", "not stated") else source.published


# ---- Searching ----


def find(texts: "Texts", words: str, *, literal: bool = False) -> Iterator[Span]:
    """Every place in the running text where `words` stand, in order, never across paragraphs."""
    return (place for _, span in paragraphs(texts) for place in matches(span, words, literal=literal))


def matches(span: Span, words: str, *, literal: bool = False) -> Iterator[Span]:
    """Every place inside `span` where `words` stand."""
    source = span.source
    search = pattern(words, literal=literal, loose=source.loose)
    for match in search.finditer(source.folded, span.start, span.end):
        if match.end() > match.start():
            yield Span(source, span.number, match.start(), match.end(), span.heading)
