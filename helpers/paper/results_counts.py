"""What a class answered, counted: no mark, no student, only how many gave which answer or marked which words.

Free columns, reasons and notes, where feelings may stand, are not counted and not shown.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from helpers.base.errors import KitError
from helpers.base.html import cut
from helpers.history.own import stretch
from helpers.history.timex import typed
from helpers.lessons.answers import Question
from helpers.lessons.events import Timeline
from helpers.lessons.exact import Date, Number, Order
from helpers.lessons.grids import Grid
from helpers.lessons.questions import Choice, Judgement, Prediction, answer_in
from helpers.lessons.values import NONE, in_figures, plain

LONGEST, SHORT = 300, 120  # characters of an answer that are compared, and shown, where answers are counted
EVENTS, UNDATED = 50, "no day"  # events of one student that are looked at
FEW = 4  # answers below which a question says little of a class


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


def tallies(asked: Question, answers: Iterable[Any]) -> list[Tally]:
    """A tally of each place of a question that can be counted; none for what is written freely or marked."""
    places: dict[tuple[str, str], list[str]] = {}
    if isinstance(asked, Grid):
        free = {*asked.free_columns, *asked.former}
        places = {(row, column): [] for row in asked.rows for column in asked.open_columns(row) if column not in free}
    for kept in answers:
        for row, column, words in _counted(asked, kept):
            if isinstance(asked, Grid) and (row, column) not in places:
                continue  # free, or no longer asked
            places.setdefault((row, column), []).append(words[:LONGEST])
    return [
        Tally(asked, row, column, _together(asked, _kind(asked, row, column), words))
        for (row, column), words in places.items()
        if words
    ]


def _counted(asked: Question, kept: Any) -> Iterator[tuple[str, str, str]]:
    """The parts of an answer that are counted, each with its row and column."""
    if isinstance(asked, Grid):
        for row, cells in kept.items():
            yield from ((row, column, words) for column, words in cells.items())
    elif isinstance(asked, Choice | Judgement | Number | Date | Order) or _exact(asked):
        yield "", "", str(answer_in(kept))


def _exact(asked: Question) -> bool:
    """Whether a question is a prediction that is chosen, a number or a date."""
    return isinstance(asked, Prediction) and bool(asked.option or asked.unit or asked.interval)


def _kind(asked: Question, row: str, column: str) -> str:
    """What an answer is compared as: a number, a date, or words."""
    if isinstance(asked, Grid):
        cell = asked.asked.get((row, column))
        return "date" if cell and cell.days else "words"
    if isinstance(asked, Number) or getattr(asked, "unit", ""):
        return "number"
    return "date" if isinstance(asked, Date | Prediction) else "words"


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
    folded = plain(words)
    if folded in NONE:
        return "none"
    if kind == "number":
        return in_figures(words) or folded
    if kind == "date":
        with suppress(KitError):
            return typed(words)
    return folded


def by_division(found: Iterable[Tally]) -> list[Tally]:
    """The most divided first; those with fewer than `FEW` answers last."""
    return sorted(found, key=lambda one: (one.given < FEW, -one.divided))


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
        own = {(_days(event), cut(plain(event["citation"]), SHORT)): event["title"] for event in kept[:EVENTS]}
        for key, title in own.items():
            found.setdefault(key, []).append(cut(title, SHORT))
    whole = [Event(asked, *key, tuple(dict.fromkeys(titles)), len(titles)) for key, titles in found.items()]
    return sorted(whole, key=lambda one: (one.days, one.cite))


def _days(event: dict[str, str]) -> str:
    """The days of an event as EDTF."""
    with suppress(KitError):
        return stretch(event["from"][:LONGEST], event["to"][:LONGEST])
    return UNDATED
