"""What a class wrote in words: how many marked each word of a passage, and which two answers are furthest apart."""

import re
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache, partial
from itertools import combinations, groupby
from typing import Any

from helpers.base.errors import KitError
from helpers.lessons.marks import Mark, marks_in
from helpers.lessons.overlay import Layer, Place, overlay
from helpers.lessons.passages import Passage
from helpers.lessons.questions import Text
from helpers.lessons.values import plain
from helpers.texts.corpus import Corpus

MARKS = 40  # marks of one student in one passage that are looked at
WORDS = 1_000  # words of a text that are compared
COMPARED, PAIRS = 150, 2  # texts of which each is compared with each, and pairs that are offered
# Of those who marked a passage: the least share whose marks a line below the words stands for, the thinnest line first.
BANDS = (("marked by fewer than a quarter", 0), ("by a quarter or more", 1 / 4), ("by half or more", 1 / 2))

# ---- Which words were marked ----


@dataclass(frozen=True)
class Marked:
    """A passage, and its words in order with how many students marked them: start, end, count."""

    asked: Mark = field(repr=False)
    passage: Passage
    students: int
    runs: tuple[tuple[int, int, int], ...]

    @property
    def cite(self) -> str:
        return self.passage.shown

    @property
    def most(self) -> list[tuple[str, int]]:
        """The runs of words and their counts, those marked by most first."""
        runs = sorted(self.runs, key=lambda run: (-run[2], run[0]))
        return [(self.passage.text[start:end], count) for start, end, count in runs]

    @property
    def drawn(self) -> str:
        """The passage as HTML: before marked words how many marked them, below them a line, the thicker the more."""
        layers = [Layer(name, "", self._places(number)) for number, (name, _) in enumerate(BANDS)]
        return overlay(self.passage.text, layers, said=self._said)

    def _places(self, band: int) -> tuple[Place, ...]:
        return tuple(Place(*run) for run in self.runs if self._band(run[2]) == band)

    def _band(self, count: int) -> int:
        """The last band whose share is reached."""
        return max(number for number, (_, least) in enumerate(BANDS) if count >= least * self.students)

    @property
    def _said(self) -> str:
        """By whom most and fewest words were marked, in a sentence."""
        if not self.runs:
            return "Nobody marked words here."
        most, fewest = self.most[0][1], self.most[-1][1]
        said = f"Marked by most ({most} of {self.students}): {self._marked_by(most)}."
        if most == fewest:
            return said
        return f"{said} By fewest ({fewest}): {self._marked_by(fewest)}."

    def _marked_by(self, students: int) -> str:
        """The words that so many marked."""
        return ", ".join(f"“{words}”" for words, count in self.most if count == students)


def marked(asked: Mark, answers: Sequence[Any], corpus: Corpus) -> list[Marked]:
    """For each passage of a question how many students marked each of its words."""
    return [_marked(asked, passage, answers) for passage in asked.passages_of(corpus)]


def _marked(asked: Mark, passage: Passage, answers: Sequence[Any]) -> Marked:
    words = [match.span() for match in re.finditer(r"[^\W_]+(?:['’-][^\W_]+)*", passage.text)]
    counts: Counter = Counter()
    students = 0
    place = cache(partial(_place, passage))
    for kept in answers:
        marks = marks_in(kept, passage.cite)[:MARKS]
        spans = {place(mark["quote"], str(mark.get("nth", 1))[:3]) for mark in marks}
        own = [word for word in words if any(_touch(word, span) for span in spans)]
        counts.update(own)
        if own:
            students += 1
    return Marked(asked, passage, students, _runs(words, counts))


def _touch(word: tuple[int, int], span: tuple[int, int] | None) -> bool:
    """Whether a mark holds letters of a word."""
    return span is not None and word[0] < span[1] and span[0] < word[1]


def _runs(words: list[tuple[int, int]], counts: Counter) -> tuple[tuple[int, int, int], ...]:
    """Neighbouring words that were marked by as many, from the first letter to the last."""
    runs = []
    for count, same in groupby(words, key=lambda word: counts[word]):
        starts, ends = zip(*same, strict=True)
        if count:
            runs.append((starts[0], ends[-1], count))
    return tuple(runs)


def _place(passage: Passage, quote: str, nth: str) -> tuple[int, int] | None:
    """The letters of a mark in its passage; None if its words do not stand there."""
    if len(quote) > len(passage.text):
        return None
    number = int(nth) if nth.isdecimal() else 1
    with suppress(KitError):  # nothing that could be looked for
        return passage.place({"quote": quote, "nth": number})
    return None


# ---- Which two answers to read out ----


@dataclass(frozen=True)
class Pair:
    """Two answers, each a name and words, and how much of their words both have, in per cent."""

    asked: Text = field(repr=False)
    answers: tuple[tuple[str, str], tuple[str, str]]
    shared: int


def apart(asked: Text, answers: Sequence[tuple[str, str]]) -> list[Pair]:
    """The two answers that have the smallest share of their words in common, and the next two; all are long enough."""
    by_words = {words: (name, words) for name, words in answers if len(words.split()) >= asked.least}
    long = list(by_words.values())[:COMPARED]
    bits: dict[str, int] = {}
    sets = [_as_bits(words, bits) for _, words in long]
    left = set(range(len(long)))
    found: list[Pair] = []
    while len(left) > 1 and len(found) < PAIRS:
        share, one, other = min((_shared(sets[a], sets[b]), a, b) for a, b in combinations(sorted(left), 2))
        found.append(Pair(asked, (long[one], long[other]), round(100 * share)))
        left -= {one, other}
    return found


def _as_bits(words: str, bits: dict[str, int]) -> int:
    """The words of an answer, each once, as bits of a number; `bits` holds the place of each word."""
    found = 0
    for word in words.split()[:WORDS]:
        found |= 1 << bits.setdefault(plain(word), len(bits))
    return found


def _shared(one: int, other: int) -> float:
    """The share of the words of either that are in both."""
    return (one & other).bit_count() / max((one | other).bit_count(), 1)
