"""Lists of words looked up in a text, and the rows of evidence that come of it."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from helpers.base.folding import fold, pattern
from helpers.texts.corpus import Span


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


def evidence(place: Span, quoted: list[Span], **more) -> dict[str, Any]:
    """A row of evidence: where, which words, and whether they stand inside quotation marks."""
    inside = any(run.start <= place.start and place.end <= run.end for run in quoted)
    where = {"cite": place.cite, "source": place.source.id, "start": place.start, "end": place.end, "text": place.text}
    return where | more | {"quoted": inside}
