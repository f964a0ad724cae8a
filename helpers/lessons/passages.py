"""A passage to mark: from quoted words to their letters and back.

A mark is saved as its words, never as offsets: "reluctant guests", or a record with `quote`, the `label` of its kind,
and `nth` where the words stand more than once in the passage and not the first place is meant.
"""

import re
from dataclasses import dataclass, field

from helpers.base.cite import Cite
from helpers.lessons.format import Data
from helpers.texts.corpus import Span, matches


@dataclass(frozen=True)
class Passage:
    """One paragraph or a range of one text, as it stands in the file; `cite` is as its question writes it."""

    cite: str
    spans: tuple[Span, ...] = field(repr=False)

    @property
    def start(self) -> int:
        return self.spans[0].start

    @property
    def text(self) -> str:
        return self.spans[0].source.text[self.start : self.spans[-1].end]

    @property
    def shown(self) -> str:
        """The citation as a reader is shown it."""
        return str(Cite.parse(self.cite))

    def places(self, quote: str) -> list[Span]:
        """Where `quote` stands here, never across paragraphs: as whole words, however typed, then by its letters."""
        for words in (quote, quote.strip(" \"'“”‘’.…")):
            if words.strip():
                found = [place for span in self.spans for place in matches(span, words, literal=True)]
                exact = [place for span in self.spans for place in _by_letters(span, words)]
                if found or exact:
                    return list(dict.fromkeys([*found, *exact]))
        return []

    def place(self, mark: dict) -> tuple[int, int] | None:
        """The letters of a mark, counted from the start of the passage; None if its words do not stand here."""
        found, nth = self._offsets(mark["quote"]), mark.get("nth", 1)
        if not found:
            return None
        known = isinstance(nth, int) and 1 <= nth <= len(found)
        return found[nth - 1] if known else found[0]

    def mark(self, start: int, end: int, label: str = "") -> str | Data:
        """The mark on the letters from `start` to `end`, as it is saved."""
        quote = self.text[start:end]
        found = self._offsets(quote)
        nth = found.index((start, end)) + 1 if (start, end) in found else 1
        return saved_mark(quote, label, nth)

    def _offsets(self, quote: str) -> list[tuple[int, int]]:
        return [(place.start - self.start, place.end - self.start) for place in self.places(quote)]


def saved_mark(quote: str, label: str = "", nth: int = 1) -> str | Data:
    """A mark as it is saved: its words alone where nothing else is to be said."""
    more: Data = {}
    if label:
        more["label"] = label
    if nth > 1:
        more["nth"] = nth
    return {"quote": quote} | more if more else quote


def _by_letters(span: Span, words: str) -> list[Span]:
    starts = [span.start + at.start() for at in re.finditer(rf"(?={re.escape(words)})", span.text)]
    return [Span(span.source, span.number, start, start + len(words)) for start in starts]


def letters(labels: tuple[str, ...]) -> list[str]:
    """A letter for each kind of mark: the first of its own that no kind before it has."""
    taken: list[str] = []
    for label in labels:
        own = [char for char in label.upper() if char.isalpha() and char not in taken]
        taken.append(own[0] if own else str(len(taken) + 1))
    return taken
