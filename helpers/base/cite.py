"""Citations: the only place that knows how a place in a text is spelt.

A citation names a text and a paragraph or a range. It is written `rw888 ¶5`; `rw888 5`, `rw888 5-6` and `rw888 ¶5–6`
are understood too, since ¶ is not on a keyboard. An id alone is the whole text. It knows no corpus: whether such a
text or paragraph exists is for whoever asks.
"""

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass

from helpers.base.errors import CorpusError, brief

# No text has a million paragraphs: more than six digits are a slip.
_WRITTEN = re.compile(r"([^\s¶,]+)(?:(?:\s*¶\s*|\s+)(\d{1,6})(?:\s*[-–]\s*(\d{1,6}))?)?", re.ASCII)
PLACE = r"¶(\d{1,6})(?!\d)(?:[-–](\d{1,6})(?!\d))?"
_IN_PROSE = re.compile(rf"\b([a-z0-9]+)\b(?: {PLACE})?|{PLACE}", re.ASCII)


@dataclass(frozen=True)
class Cite:
    """A place: the id of a text, and its first and last paragraph (both None for the whole text)."""

    id: str
    first: int | None = None
    last: int | None = None

    @classmethod
    def parse(cls, words: object) -> "Cite":
        """The citation that `words` spell, with its id in small letters; a `CorpusError` for anything else."""
        if isinstance(words, Cite):
            return words
        found = _WRITTEN.fullmatch(words.strip()) if isinstance(words, str) else None
        if found is None:
            raise CorpusError(f"{brief(words)} is not a citation. Write a text and a paragraph: rw888 5, or l5i 2-3.")
        id, first, last = found.groups()
        if first is None:
            return cls(id.lower())
        if last is None:
            last = first
        if int(first) > int(last):
            raise CorpusError(f"{brief(words)} ends before it begins. Put the smaller number first.")
        return cls(id.lower(), int(first), int(last))

    def __str__(self) -> str:
        """As a reader is shown it: rw888 ¶5-6."""
        if self.first is None:
            return self.id
        if self.first == self.last:
            return f"{self.id} ¶{self.first}"
        return f"{self.id} ¶{self.first}-{self.last}"

    def holds(self, id: str, number: int) -> bool:
        """Whether paragraph `number` of the text `id` lies in this place."""
        if self.first is None:
            return id == self.id
        return id == self.id and self.first <= number <= self.last


def cites_in(words: str, known: Container[str]) -> Iterator[tuple[int, int, Cite]]:
    """Each citation in running words with its start and end; only those of `known` ids, each with a paragraph.

    A bare ¶ belongs to the last id named.
    """
    if "¶" not in words:
        return
    id = ""
    for found in _IN_PROSE.finditer(words):
        named = found[1]
        if named in known:
            id = named
        first = found[2] or found[4]
        last = found[3] or found[5] or first
        if first and id and named in (None, id):
            yield found.start(), found.end(), Cite(id, int(first), int(last))
