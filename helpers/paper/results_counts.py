"""What a class answered, counted: how many gave which answer or marked which words, and which two texts differ most.

Nobody is marked, and nobody is named but with a text to read out. Free columns, reasons and notes, where feelings may
stand, are not counted and not shown.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache, lru_cache, partial
from itertools import combinations, groupby
from typing import Any

from helpers.base.errors import KitError
from helpers.base.html import cut
from helpers.history.own import stretch
from helpers.history.timex import typed
from helpers.lessons.answers import Question
from helpers.lessons.events import Timeline
from helpers.lessons.exact import Date, Order
from helpers.lessons.grids import Grid
from helpers.lessons.marks import Mark, marks_in
from helpers.lessons.passages import Layer, Passage, Place, overlay
from helpers.lessons.questions import Text, answer_in
from helpers.lessons.words import NONE, compared, in_figures
from helpers.paper.results_people import Person
from helpers.texts.corpus import Corpus

LONGEST, SHORT = 300, 120  # characters of an answer that are compared, and shown, where answers are counted
EVENTS, UNDATED = 50, "no day"  # events of one student that are looked at
FEW = 4  # answers below which a question says little of a class
MARKS = 40  # marks of one student in one passage that are looked at
WORDS = 1_000  # words of a text that are compared
COMPARED, PAIRS = 150, 2  # texts of which each is compared with each, and pairs that are offered
# Of those who marked a passage: the least share whose marks a line below the words stands for, the thinnest line first.
BANDS = (("marked by fewer than a quarter", 0), ("by a quarter or more", 1 / 4), ("by half or more", 1 / 2))


@dataclass(frozen=True)
class Tally:
    """How one question, or one cell of its table, was answered: each answer with how many gave it, the most first."""

    asked: Question = field(repr=False)
    row: str
    column: str
    counts: tuple[tuple[str, int], ...]

    @property
    def given(self) -> int:
        """How many answered."""
        return sum(count for _, count in self.counts)

    @property
    def apart(self) -> int:
        """How many gave another answer than the most usual one."""
        return self.given - max((count for _, count in self.counts), default=0)

    @property
    def divided(self) -> float:
        """The same as a share of all, from 0 to 1."""
        return self.apart / max(self.given, 1)

    @property
    def place(self) -> str:
        """The question, and the cell, in words."""
        return " · ".join(filter(None, (self.asked.id, self.row or self.asked.title, self.column)))


# ---- What split the class ----


def tallies(asked: Question, answers: Sequence[Any]) -> list[Tally]:
    """A tally of each place of a question that can be counted; none for what is written freely or marked."""
    found = []
    for row, column in _cells(asked):
        given = [_words(asked, kept, row, column)[:LONGEST] for kept in answers]
        counts = _together(asked, _kind(asked, row, column), list(filter(None, given)))
        found.append(Tally(asked, row, column, counts))
    return [tally for tally in found if tally.given]


def _cells(asked: Question) -> list[tuple[str, str]]:
    """Row and column of each cell that is not free; of a question without a table both are empty."""
    if isinstance(asked, Grid):
        free = {*asked.free_columns, *asked.former}
        return [(row, column) for row in asked.rows for column in asked.open_columns(row) if column not in free]
    return [("", "")] if _kind(asked, "", "") else []


def _words(asked: Question, kept: Any, row: str, column: str) -> str:
    if isinstance(asked, Grid):
        return kept.get(row, {}).get(column, "")
    return str(answer_in(kept))


def _kind(asked: Question, row: str, column: str) -> str:
    """What an answer is compared as: a number, a date, or words; empty for what is written freely or marked."""
    if isinstance(asked, Grid):
        cell = asked.asked.get((row, column))
        return "date" if cell and cell.days else "words"
    if getattr(asked, "unit", ""):
        return "number"
    if isinstance(asked, Date) or getattr(asked, "interval", False):
        return "date"
    return "words" if isinstance(asked, Order) or getattr(asked, "option", ()) else ""


def _together(asked: Question, kind: str, answers: list[str]) -> tuple[tuple[str, int], ...]:
    """Answers that say the same as one, in its most usual spelling; each option of a choice, chosen or not."""
    if options := getattr(asked, "option", ()):
        chosen = Counter(answers)
        return tuple((f"{option.key}: {option.text}", chosen[option.key]) for option in options)
    spelt: dict[str, Counter] = {}
    for words in answers:
        spelt.setdefault(_meaning(words, kind), Counter())[cut(" ".join(words.split()), SHORT)] += 1
    found = [(spellings.most_common(1)[0][0], spellings.total()) for spellings in spelt.values()]
    return tuple(sorted(found, key=lambda one: (-one[1], one[0])))


@lru_cache(maxsize=4096)
def _meaning(words: str, kind: str) -> str:
    """What two answers have in common that say the same: a number, a date, that there is nothing, or their words."""
    folded = compared(words)
    if folded in NONE:
        return "none"
    if kind == "number":
        return in_figures(words) or folded
    if kind == "date":
        with suppress(KitError):
            return typed(words)
    return folded


# ---- One timeline of all ----


@dataclass(frozen=True)
class Event:
    """Events with the same days and citation: their titles, and how many entered one."""

    asked: Timeline = field(repr=False)
    days: str
    cite: str
    titles: tuple[str, ...]
    students: int


def events(asked: Timeline, answers: Iterable[Any]) -> list[Event]:
    """The events of all timelines by their days, those without a day last."""
    found: dict[tuple[str, str], list[str]] = {}
    for kept in answers:
        own = {(_days(event), cut(compared(event["citation"]), SHORT)): event["title"] for event in kept[:EVENTS]}
        for key, title in own.items():
            found.setdefault(key, []).append(cut(title, SHORT))
    whole = [Event(asked, *key, tuple(dict.fromkeys(titles)), len(titles)) for key, titles in found.items()]
    return sorted(whole, key=lambda one: (one.days, one.cite))


def _days(event: dict[str, str]) -> str:
    """The days of an event as EDTF."""
    with suppress(KitError):
        return stretch(event["from"][:LONGEST], event["to"][:LONGEST])
    return UNDATED


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
        own = [word for word in words if any(span and word[0] < span[1] and span[0] < word[1] for span in spans)]
        counts.update(own)
        if own:
            students += 1
    return Marked(asked, passage, students, _runs(words, counts))


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


def apart(asked: Text, people: Iterable[Person]) -> list[Pair]:
    """The two answers that have the smallest share of their words in common, and the next two; all are long enough."""
    by_words = {person.kept[asked.id]: person.name for person in people if person.answered(asked)}
    long = [(name, words) for words, name in by_words.items() if len(words.split()) >= asked.least][:COMPARED]
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
        found |= 1 << bits.setdefault(compared(word), len(bits))
    return found


def _shared(one: int, other: int) -> float:
    """The share of the words of either that are in both."""
    return (one & other).bit_count() / max((one | other).bit_count(), 1)
