"""A passage to mark: from quoted words to their letters and back, and the marks of several readers over one paragraph.

A mark is saved as its words, never as offsets: "reluctant guests", or a record with `quote`, the `label` of its kind,
and `nth` where the words stand more than once in the passage and not the first place is meant.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from helpers.base.cite import Cite
from helpers.base.errors import KitError
from helpers.base.html import page
from helpers.lessons.format import Data
from helpers.lessons.words import AROUND
from helpers.texts.corpus import Span, matches

MOST = 5  # lines of different looks below one line of words


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
        for words in (quote, quote.strip(AROUND)):
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


# ---- Marks in layers ----

# Nothing here knows who marked, or why. Each layer has a letter and a line of its own. Layers may overlap in any way:
# the paragraph is cut wherever a mark begins or ends.


class Place(NamedTuple):
    """A mark from letter to letter, `end` not included; `count` says how many made it, 0 that it was one reader."""

    start: int
    end: int
    count: int = 0


@dataclass(frozen=True)
class Layer:
    """What one reader marked, or a group: `name` says whose it is, `letter` is the short sign in the paragraph."""

    name: str
    letter: str
    places: tuple[Place, ...]

    def has(self, start: int, end: int) -> bool:
        """Whether a mark of this layer holds these letters."""
        return any(place.start <= start and end <= place.end for place in self.places)


def overlay(text: str, layers: Sequence[Layer], title: str = "", said: str = "") -> str:
    """The paragraph with all layers below its words, their legend, a sentence, and a table of places, as HTML.

    The sentence is `said`; without it, it says which words lie in several layers. At most five layers; a mark outside
    the paragraph raises a `KitError` too.
    """
    _check(text, layers)
    places = [place[:2] for layer in layers for place in layer.places]
    parts = [_part(text, layers, start, end) for start, end in cut_at(text, places)]
    return page(
        "overlay", title=title, words=said or _sentence(parts), parts=parts, layers=layers, rows=_rows(text, layers)
    )


def cut_at(text: str, places: Iterable[tuple[int, int]]) -> Iterable[tuple[int, int]]:
    """A text cut wherever a place begins or ends."""
    edges = {edge for place in places for edge in place}
    return pairwise(sorted({0, len(text), *edges}))


def _check(text: str, layers: Sequence[Layer]) -> None:
    if len(layers) > MOST:
        raise KitError(f"{len(layers)} layers can't be told apart over one paragraph. Draw at most {MOST}.")
    for layer in layers:
        for place in layer.places:
            if not 0 <= place.start < place.end <= len(text):
                raise KitError(
                    f"A mark of {layer.name} goes from letter {place.start} to {place.end}, but the paragraph has "
                    f"{len(text)}. Count from its first letter, 0."
                )


def _part(text: str, layers: Sequence[Layer], start: int, end: int) -> Data:
    """A piece of the paragraph that no mark divides: its words, its lines, and the signs of the marks that begin."""
    lines = [number for number, layer in enumerate(layers) if layer.has(start, end)]
    signs = [
        {"line": number, "letter": layer.letter, "count": place.count}
        for number, layer in enumerate(layers)
        for place in layer.places
        if place.start == start
    ]
    return {"words": text[start:end], "lines": lines, "signs": signs}


def _sentence(parts: list[Data]) -> str:
    """Which runs of words lie in two layers or more."""
    runs = [""]
    for part in parts:
        if len(part["lines"]) > 1:
            runs[-1] += part["words"]
        else:
            runs.append("")
    shared = [f"“{run.strip()}”" for run in runs if run.strip()]
    if not shared:
        return "No words are marked in more than one of these."
    return f"Marked in more than one: {', '.join(shared)}."


def _rows(text: str, layers: Sequence[Layer]) -> list[Data]:
    """The table: a row a place, a column a layer; a cell holds how many marked it so."""
    places = sorted({place[:2] for layer in layers for place in layer.places})
    return [
        {"words": text[start:end], "cells": [_cell(layer, start, end) for layer in layers]} for start, end in places
    ]


def _cell(layer: Layer, start: int, end: int) -> str:
    for place in layer.places:
        if place[:2] == (start, end):
            return str(place.count or "marked")
    return ""
