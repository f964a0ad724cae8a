"""Marks of several readers over one paragraph: each layer has a letter and a line of its own, as HTML for any page.

Nothing here knows who marked, or why. Layers may overlap in any way, so the paragraph is cut wherever a mark begins or
ends.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

from helpers.base.errors import KitError
from helpers.base.html import page

MOST = 5  # lines of different looks below one line of words


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


def _part(text: str, layers: Sequence[Layer], start: int, end: int) -> dict[str, Any]:
    """A piece of the paragraph that no mark divides: its words, its lines, and the signs of the marks that begin."""
    lines = [number for number, layer in enumerate(layers) if layer.has(start, end)]
    signs = [
        {"line": number, "letter": layer.letter, "count": place.count}
        for number, layer in enumerate(layers)
        for place in layer.places
        if place.start == start
    ]
    return {"words": text[start:end], "lines": lines, "signs": signs}


def _sentence(parts: list[dict[str, Any]]) -> str:
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


def _rows(text: str, layers: Sequence[Layer]) -> list[dict[str, Any]]:
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
