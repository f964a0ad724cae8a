"""Lists of words looked up in a text, and the rows of evidence that come of it."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any

from helpers.base.folding import FILLER, fold, pattern
from helpers.texts.corpus import Span
from helpers.texts.quotes import is_quoted

EVIDENCE = ["cite", "source", "start", "end", "text"]  # the first columns of a table of evidence

_WORD = re.compile(rf"\w[\w{FILLER}]*")  # with the accents that are characters of their own

Listed = tuple[str, Any]  # a pattern and its entry
Allowed = Callable[[Any, int], bool]  # whether an entry may stand at this offset


class Lexicon:
    """A list of patterns, each with an entry, that is looked up word by word: the longest match wins.

    A pattern begins with a letter or digit. One pass over a text takes as long for many patterns as for few.
    """

    def __init__(self, entries: Iterable[Listed], *, literal: bool):
        self.literal = literal
        self._by_beginning: dict[str, list[Listed]] = {}
        for words, entry in entries:
            first = _letters(_WORD.match(fold(words)))
            self._by_beginning.setdefault(first[:2], []).append((words, entry))

    def places(self, paragraph: Span, allowed: Allowed) -> Iterator[tuple[Span, Any]]:
        """The places in a paragraph where an entry stands that `allowed` lets pass, in order, never overlapping."""
        end = paragraph.start
        for word in _WORD.finditer(paragraph.source.folded, paragraph.start, paragraph.end):
            if word.start() < end:
                continue
            longest = self._longest(word, paragraph, allowed)
            if longest is not None:
                end, entry = longest
                place = paragraph.part(word.start(), end)
                yield place, entry

    def _longest(self, word: re.Match, paragraph: Span, allowed: Allowed) -> tuple[int, Any] | None:
        """Where the longest allowed entry ends that begins with `word`, and that entry."""
        source = paragraph.source
        begin = end = word.start()
        found = None
        for words, entry in self._beginning(_letters(word)):
            search = pattern(words, literal=self.literal, loose=source.loose)
            match = search.match(source.folded, begin, paragraph.end)
            if match and match.end() > end and allowed(entry, begin):
                end = match.end()
                found = end, entry
        return found

    def _beginning(self, word: str) -> Iterator[Listed]:
        """The entries that may begin with `word`: those with the same two letters, or with one and a `*`."""
        for letters in dict.fromkeys((word[:1], word[:2])):
            yield from self._by_beginning.get(letters, ())


@lru_cache(maxsize=16)
def lexicon(rows: tuple[Any, ...], column: str, *, literal: bool) -> Lexicon:
    """The lexicon of the rows of a list, whose patterns stand in that column."""
    entries = [(getattr(row, column), row) for row in rows]
    return Lexicon(entries, literal=literal)


def _letters(word: re.Match) -> str:
    return word[0].replace(FILLER, "")


def words_of(paragraph: Span) -> Iterator[tuple[str, int, int]]:
    """The words of a paragraph, folded, with their start and end in the file; a hyphen or an apostrophe ends a word."""
    for word in _WORD.finditer(paragraph.source.folded, paragraph.start, paragraph.end):
        letters = _letters(word)
        yield letters, *word.span()


def evidence(place: Span, paragraph: Span, **more: Any) -> dict[str, Any]:
    """A row of evidence: where, which words, and whether they stand inside quotation marks."""
    quoted = is_quoted(paragraph, place.start, place.end)
    return place.row | more | {"quoted": quoted}
