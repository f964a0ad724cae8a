"""Runs of words that stand in two texts: what one may have copied from the other, or both from a third."""

from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import Any

from helpers.base.errors import CorpusError
from helpers.base.table import Table
from helpers.texts.corpus import Span, Texts, as_corpus, paragraphs, sources
from helpers.texts.counting import words_of

LEAST = 8  # words: fewer stand in two of the five texts by chance, names and titles above all
COLUMNS = ["cite", "also", "length", "words", "start", "end"]

Gram = tuple[str, ...]  # some words in a row
Run = tuple[int, int, int]  # where it begins in the one list of words and in the other, and how long it is


def shared_passages(a: Texts, b: Texts, *, least: int = LEAST) -> Table:
    """Every run of at least `least` words that stands in both `a` and `b`, each as long as it can be, longest first.

    Words are compared without case, accents and the marks between them, never across paragraphs. Columns: cite (in
    a), also (in b), length (in words), words (as a has them), start, end (offsets in a's file). That a run is shared
    does not say who copied whom. Fewer than 2 words are a `CorpusError`.
    """
    if least < 2:
        raise CorpusError(f"A run of {least} words is no passage. Choose 2 or more; the kit takes {LEAST}.")
    here = as_corpus(a)
    as_corpus(b)
    one, two = _Words(a, "a"), _Words(b, "b")
    rows = []
    for at, other, length in runs(one.keys, two.keys, least):
        row = one.row(at, length)
        row["also"] = two.cite(other)
        rows.append(row)
    rows.sort(key=itemgetter("length"), reverse=True)
    note = f"No run of {least} words or more stands in both."
    caption = "Runs of words that stand in both"
    return Table(rows, columns=COLUMNS, corpus=here, note=note, caption=caption)


class _Words:
    """The words of texts in one list, with a mark between paragraphs that is equal to nothing else."""

    def __init__(self, texts: Texts, side: str):
        self.keys: list[str] = []
        self.places: list[tuple[Span, int, int]] = []
        for _, paragraph in paragraphs(texts):
            for key, start, end in words_of(paragraph):
                self.keys.append(key)
                self.places.append((paragraph, start, end))
            self.keys.append(f"{side} {len(self.keys)}")  # no word holds a space
            self.places.append((paragraph, paragraph.end, paragraph.end))

    def cite(self, at: int) -> str:
        paragraph = self.places[at][0]
        return paragraph.cite

    def row(self, at: int, length: int) -> dict[str, Any]:
        paragraph, start, _ = self.places[at]
        last = at + length - 1
        end = self.places[last][2]
        return {
            "cite": paragraph.cite,
            "length": length,
            "words": paragraph.source.text[start:end],
            "start": start,
            "end": end,
        }


def runs(one: Sequence[str], two: Sequence[str], least: int) -> Iterator[Run]:
    """The runs of at least `least` equal words that can't be made longer on either side.

    Both lists are gone through once; the time grows with them and with the length of what is found.
    """
    places: dict[Gram, list[int]] = {}
    for at, gram in _grams(two, least):
        places.setdefault(gram, []).append(at)
    reached: dict[int, int] = {}  # by how far the two lists are shifted: where the last run found there ends
    for at, gram in _grams(one, least):
        for other in places.get(gram, ()):
            shift = at - other
            if at < reached.get(shift, 0):
                continue
            length = _length(one, two, at, other)
            reached[shift] = at + length
            yield at, other, length


def _grams(words: Sequence[str], least: int) -> Iterator[tuple[int, Gram]]:
    """Each run of `least` words, with the place where it begins."""
    for at in range(len(words) - least + 1):
        gram = tuple(words[at : at + least])
        yield at, gram


def _length(one: Sequence[str], two: Sequence[str], at: int, other: int) -> int:
    """How many words are equal from these two places on."""
    length = 0
    most = min(len(one) - at, len(two) - other)
    while length < most and one[at + length] == two[other + length]:
        length += 1
    return length


def sharing(texts: Texts, least: int = LEAST) -> list[tuple[str, str]]:
    """The pairs of sources, by id, in which some run of `least` words stands; each pair once, in their order."""
    holders: dict[Gram, dict[str, None]] = {}
    found: dict[tuple[str, str], None] = {}
    for source in sources(texts):
        words = _Words(source, source.id)
        for _, gram in _grams(words.keys, least):
            held = holders.setdefault(gram, {})
            for other in held:
                if other != source.id:
                    found[other, source.id] = None
            held[source.id] = None
    return list(found)
