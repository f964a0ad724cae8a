"""Sources and their numbered paragraphs.

A text is never cleaned: `source.text[span.start:span.end] == span.text` always. Searching folds letter case, accents,
quotation marks and dashes, one character to one, so that offsets found in the folded text are true in the file.
"""

import re
from abc import ABC
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from operator import attrgetter
from pathlib import Path
from typing import Any

from helpers.base.cite import Cite, cites_in
from helpers.base.edtf import NOT_STATED
from helpers.base.errors import CorpusError, bare, brief, unknown
from helpers.base.folding import FILLER, JOINT, fold, pattern
from helpers.base.html import cut, page
from helpers.texts.entries import Entry
from helpers.texts.lines import LINE, adjoin, flowing, joined, trimmed

OPENED = 100  # citations that open in one cell; what is said after them is plain
SHOWN = 10_000  # characters that one citation shows; each of the five texts has fewer

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
        return str(Cite(self.source.id, self.number, self.number))

    @property
    def row(self) -> dict[str, Any]:
        """Where it stands and its words: the first columns of a table of evidence."""
        where = {"cite": self.cite, "source": self.source.id}
        what = {"start": self.start, "end": self.end, "text": self.text}
        return where | what

    def part(self, start: int, end: int) -> "Span":
        """The words from `start` to `end` of the file, which stand in it."""
        return Span(self.source, self.number, start, end, self.heading)

    def __repr__(self) -> str:
        return f"{self.cite}: {cut(self.text, SHOWN)}"

    def _repr_html_(self) -> str:
        return page("span", cite=self.source.corpus.opened(self.cite), words=cut(self.text, SHOWN))


class Source(Entry, frozen=True, eq=False, dict=True, kw_only=True):
    """A text with its catalogue entry; attributes are what the page prints, `inferred` holds what we worked out."""

    _called = 'a source, such as corpus["rw888"]'

    text: str
    folder: Path | None = None

    def __repr__(self) -> str:
        return f"<Source {self.id}: {self.title}, {self.dated}>"

    @property
    def dated(self) -> str:
        """The date of print as a reader is shown it."""
        return "undated" if self.published in ("", NOT_STATED) else self.published

    @cached_property
    def corpus(self) -> "Corpus":
        """The first corpus that took this source in; one of its own if none did."""
        return Corpus([self], self.folder)

    @cached_property
    def folded(self) -> str:
        """The text folded for searching, of the same length; where it is wrapped, over its line ends."""
        return self._flowing(joined(self.text)) if self.wrapped else fold(self.text)

    @cached_property
    def flow(self) -> str:
        """The text, of the same length; where it is wrapped, with a space for each line end inside a paragraph."""
        return self._flowing(self.text) if self.wrapped else self.text

    def _flowing(self, text: str) -> str:
        return flowing(text, [(span.start, span.end) for span in self.spans])

    @cached_property
    def loose(self) -> bool:
        """Whether accents stand as characters of their own, or words are divided at line ends."""
        return bool(re.search(rf"[^-]{FILLER}|{JOINT}", self.folded))

    @cached_property
    def limits(self) -> tuple[int, int]:
        """Where the running text begins and ends: the lines of the anchors, the whole file without them."""
        lines = [self._line_of(anchor) for anchor in self.anchors]
        if lines != sorted(lines):
            raise CorpusError(f"{self.id}: the closing anchor stands before the opening one. Swap the two.")
        begin = lines[0][0] if lines else 0
        end = lines[1][1] if lines[1:] else len(self.text)
        return begin, end

    def _line_of(self, anchor: str) -> tuple[int, int]:
        """Where the line begins and ends in which an anchor stands."""
        at = self.once(anchor, "anchor")
        begin = max(self.text.rfind("\n", 0, at), self.text.rfind("\r", 0, at)) + 1
        line = LINE.match(self.text, begin)
        if line is None or at + len(anchor) > line.end():
            raise CorpusError(f"{self.id}: the anchor {brief(anchor)} runs over a line end. Copy words of one line.")
        return line.span()

    @cached_property
    def spans(self) -> tuple[Span, ...]:
        """¶0 line by line, then the running text: paragraphs, and headings with the number that they open.

        A paragraph is a line, or, where the text is wrapped, the lines up to the next blank one.
        """
        begin, stop = self.limits
        lines = [line for match in LINE.finditer(self.text, 0, stop) if (line := trimmed(match))]
        words = [self.text[start:end] for start, end in lines]
        for heading in self.headings:
            if words.count(heading) != 1:
                raise CorpusError(
                    f"{self.id}: the heading {brief(heading)} is {words.count(heading)} lines of {bare(self.file)}, "
                    "not one. Copy a whole line that stands there once."
                )
        spans, number = [], 0
        for start, end in lines:
            if start < begin:
                spans.append(Span(self, 0, start, end))
            elif self.text[start:end] in self.headings:
                spans.append(Span(self, number + 1, start, end, heading=True))
            elif number and self._goes_on(spans[-1], start):
                spans[-1] = spans[-1].part(spans[-1].start, end)
            else:
                number += 1
                spans.append(Span(self, number, start, end))
        return tuple(spans)

    def _goes_on(self, span: Span, start: int) -> bool:
        """Whether the line that begins at `start` belongs to the paragraph before it."""
        return self.wrapped and not span.heading and adjoin(self.text, span.end, start)

    @cached_property
    def last(self) -> int:
        """The number of the last paragraph."""
        return self.spans[-1].number if self.spans else 0

    def once(self, words: str, kind: str) -> int:
        """Where `words` stand in the file, if exactly once; `kind` says in the error what they are."""
        found = self.text.count(words)
        if found != 1:
            raise CorpusError(
                f"{self.id}: the {kind} {brief(words)} stands {found} times in {bare(self.file)}. "
                "Copy words that stand there exactly once."
            )
        return self.text.index(words)


# ---- Several sources ----


class Corpus(dict):
    """Sources by id, in the order of the catalogue; an unknown id is answered with the nearest known ones."""

    _called = "a corpus: load_corpus() gives one"

    def __init__(self, sources: Iterable[Source] = (), folder: Path | None = None):
        super().__init__((source.id, source) for source in sources)
        self.folder = folder
        for source in self.values():
            source.__dict__.setdefault("corpus", self)

    def __contains__(self, id: object) -> bool:
        return isinstance(id, str) and super().__contains__(id.lower())

    def __getitem__(self, id: str) -> Source:
        if id in self:
            return super().__getitem__(id.lower())
        raise CorpusError(unknown("There is no source", id, self))

    def __repr__(self) -> str:
        return "\n".join(map(repr, self.values()))

    @property
    def corpus(self) -> "Corpus":
        return self

    @property
    def spans(self) -> tuple[Span, ...]:
        return tuple(span for source in self.values() for span in source.spans)

    def opened(self, words: str) -> Any:
        """`words` as escaped HTML in which each citation of this corpus opens its passage in place.

        A bare ¶ belongs to the last source named; `words` that are markup already are not escaped again.
        """
        from markupsafe import Markup, escape

        parts, at = [], 0
        for start, end, cite in islice(cites_in(words, self), OPENED):
            spans = numbered(self[cite.id], cite.first, cite.last)
            if spans:
                parts.append(escape(words[at:start]))
                shown, left = within(spans, SHOWN)
                passage = page("passage", cite=words[start:end], source=spans[0].source, spans=shown, left=left)
                parts.append(Markup(passage))
                at = end
        return Markup("").join([*parts, escape(words[at:])])


def within(spans: Iterable[Span], most: int) -> tuple[list[tuple[Span, str]], int]:
    """The first `most` characters of `spans`, as spans with their words, and how many characters are left out."""
    shown, left = [], 0
    for span in spans:
        words = span.source.text[span.start : min(span.end, span.start + most)]
        if words:
            shown.append((span, words))
        most -= len(words)
        left += span.end - span.start - len(words)
    return shown, left


def numbered(source: Source, first: int, last: int) -> tuple[Span, ...]:
    """The spans of ¶`first` to ¶`last`."""
    number = attrgetter("number")
    begin = bisect_left(source.spans, first, key=number)
    return source.spans[begin : bisect_right(source.spans, last, key=number)]


# ---- Texts ----


class Texts(ABC):
    """A corpus, a source, or what `read` returned: spans, and the corpus they belong to."""

    _called = "a corpus, a source or passages: load_corpus() gives a corpus"

    corpus: Corpus
    spans: tuple[Span, ...]


Texts.register(Corpus)
Texts.register(Source)


def as_corpus(texts: Texts) -> Corpus:
    """The corpus that a corpus, a source or passages are or belong to."""
    if not isinstance(texts, Texts):
        raise CorpusError(f"{brief(texts)} is not a corpus, a source or passages. Begin with load_corpus().")
    return texts.corpus


def sources(texts: Texts) -> list[Source]:
    """The sources of which something was given, in the order of their corpus."""
    corpus = as_corpus(texts)
    if isinstance(texts, Corpus):
        return list(corpus.values())
    if isinstance(texts, Source):
        return [texts]
    given = {span.source for span in texts.spans}
    return [source for source in corpus.values() if source in given]


def folders(texts: Texts) -> list[Path | None]:
    """The folders of these sources, each once; None for a text that has none."""
    return list(dict.fromkeys(source.folder for source in sources(texts)))


def paragraphs(texts: Texts) -> Iterator[tuple[Source, Span]]:
    """Each span of the running text once, with its source: the only way in for all that searches or counts."""
    as_corpus(texts)
    return ((span.source, span) for span in texts.spans if span.number)


# ---- Searching ----


def find(texts: Texts, words: str, *, literal: bool = False) -> Iterator[Span]:
    """Every place in the running text where `words` stand, in order, never across paragraphs."""
    return (place for _, span in paragraphs(texts) for place in matches(span, words, literal=literal))


def matches(span: Span, words: str, *, literal: bool = False) -> Iterator[Span]:
    """Every place inside `span` where `words` stand."""
    source = span.source
    search = pattern(words, literal=literal, loose=source.loose)
    for match in search.finditer(source.folded, span.start, span.end):
        if match.end() > match.start():
            yield span.part(*match.span())
