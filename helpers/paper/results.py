"""What a class handed in, read together: who stopped where, what split it, what it marked, two answers to read out.

No mark, no ranking, no count of right and wrong by student. What is counted are answers; names stay closed.
"""

import os
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from helpers.base.errors import KitError, bare
from helpers.base.files import meant
from helpers.base.html import page
from helpers.base.table import Table, groups
from helpers.base.writing import write
from helpers.lessons.answers import Question
from helpers.lessons.desk import slug, work_folder
from helpers.lessons.events import Timeline
from helpers.lessons.grids import Grid
from helpers.lessons.marks import Mark
from helpers.lessons.questions import Text
from helpers.lessons.sheets import numbers, sheet
from helpers.paper.restore import Found, Read, class_list
from helpers.paper.results_counts import FEW, Event, Marked, Pair, Tally, apart, events, marked, tallies
from helpers.paper.results_people import Person, invented, people
from helpers.texts.corpus import Corpus
from helpers.texts.library import load_corpus

SAMPLE = "sample"
README = """Put the files that students hand in into this folder: loose, in folders, or in a platform's zip.
A file names.txt with one name on each line says who is in the class. Delete all of it when you have read it.
"""
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\0", "\ufeff")  # how a cell begins that a spreadsheet would run


@dataclass(frozen=True)
class Results:
    """One lesson of one class. Each part is also a `Table`: `handed`, `split`, `words`, `rows`, `aloud`, `broken`."""

    lesson: int
    folder: str
    people: tuple[Person, ...] = field(repr=False)
    unread: tuple[tuple[str, str], ...] = field(repr=False)
    others: dict[int, int]  # how many hand-ins are of other lessons
    listed: tuple[str, ...] = field(repr=False)  # the class list
    asked: tuple[Question, ...] = field(repr=False)

    @cached_property
    def corpus(self) -> Corpus:
        return load_corpus()

    @property
    def core(self) -> list[Question]:
        return [one for one in self.asked if one.part == "core"]

    def answers(self, asked: Question) -> list[Any]:
        """What was answered to a question, by whomever; passing over is no answer."""
        return [person.kept[asked.id] for person in self.people if person.answered(asked)]

    def _each(self, kind: type, counted: Callable[[Any, list[Any]], list[Any]]) -> list[Any]:
        """What is counted of each question of a kind that somebody answered."""
        found = [(one, self.answers(one)) for one in self.asked if isinstance(one, kind)]
        return [part for one, answers in found if answers for part in counted(one, answers)]

    # ---- Who has handed in, and who stopped where ----

    @property
    def missing(self) -> list[str]:
        """Names of the class list without a hand-in."""
        here = {slug(person.signed) for person in self.people}
        return [name for name in self.listed if slug(name) not in here]

    @property
    def strangers(self) -> list[str]:
        """Names of hand-ins that are not in the class list; none where there is no list."""
        known = {slug(name) for name in self.listed}
        return [person.name for person in self.people if known and slug(person.signed) not in known]

    @property
    def steps(self) -> list[tuple[Question, int, int]]:
        """Of each core question how many answered it, and for how many it was the last."""
        last = Counter(person.reached(self.core) for person in self.people)
        return [(one, len(self.answers(one)), last[one.id]) for one in self.core]

    @property
    def handed(self) -> Table:
        """Each student by name, with the last core question that was answered or passed over."""
        columns = ["name", "date", "got to", "answered", "file", "remark"]
        core = self.core
        done = [f"{sum(map(person.answered, core))} of {len(core)}" for person in self.people]
        rows = [(p.name, p.day, p.reached(core), of, p.file, p.note) for p, of in zip(self.people, done, strict=True)]
        return _table(rows, columns, "Nobody has handed in this lesson yet.")

    @property
    def broken(self) -> Table:
        """Each file that could not be used, with the reason."""
        return _table(self.unread, ["file", "reason"], "Every file could be read.")

    # ---- What split the class ----

    @cached_property
    def tallies(self) -> list[Tally]:
        """How each question that can be counted was answered, and each cell of a table, in order of the lesson."""
        return self._each(Question, tallies)

    @property
    def divided(self) -> list[Tally]:
        """The same, the most divided first; those with fewer than `FEW` answers last."""
        return sorted(self.tallies, key=lambda one: (one.given < FEW, -one.divided))

    @property
    def split(self) -> Table:
        """Each answer with how many gave it, the most divided question first."""
        rows = [(one.place, words, count, one.given) for one in self.divided for words, count in one.counts]
        return _table(rows, ["question", "answer", "students", "of"], "There is no answer yet that can be counted.")

    @property
    def rows(self) -> Table:
        """The rows of all groups in one: each cell of a table, each answer in it, and how many gave it."""
        grids = [one for one in self.tallies if isinstance(one.asked, Grid)]
        cells = [(one.asked.id, one.row, one.column, *said) for one in grids for said in one.counts]
        return _table(cells, ["question", "row", "column", "answer", "students"], "No row of a table is filled yet.")

    @property
    def grids(self) -> list[tuple[Grid, dict[tuple[str, str], Tally]]]:
        """Each table that somebody filled, with its cells by row and column."""
        cells = groups(self.tallies, lambda one: one.asked.id).values()
        found = [(each[0].asked, {(one.row, one.column): one for one in each}) for each in cells]
        return [(asked, each) for asked, each in found if isinstance(asked, Grid)]

    @cached_property
    def events(self) -> list[Event]:
        """The events of all timelines in one, by their days; those with the same days and citation together."""
        return self._each(Timeline, events)

    # ---- Which words were marked ----

    @cached_property
    def marked(self) -> list[Marked]:
        """Each passage with how many marked each of its words."""
        return self._each(Mark, lambda one, answers: marked(one, answers, self.corpus))

    @property
    def words(self) -> Table:
        """Runs of words with how many students marked them, in each passage the most first."""
        rows = [(one.cite, words, count, one.students) for one in self.marked for words, count in one.most]
        return _table(rows, ["cite", "words", "students", "of"], "No words are marked yet.")

    # ---- Which two answers to read out ----

    @cached_property
    def pairs(self) -> list[Pair]:
        """Of each question that is answered in sentences the two answers that are furthest apart, and two more."""
        return [pair for one in self.asked if isinstance(one, Text) for pair in apart(one, self.people)]

    @property
    def aloud(self) -> Table:
        """The same with the names of those who wrote them."""
        rows = [(pair.asked.id, name, words, pair.shared) for pair in self.pairs for name, words in pair.answers]
        return _table(
            rows, ["question", "name", "answer", "words shared, %"], "There are no two answers to compare yet."
        )

    # ---- The page ----

    def __repr__(self) -> str:
        lines = [f"Lesson {self.lesson:02d}, {self.folder}. Hand-ins: {len(self.people)}."]
        if self.unread:
            lines.append(f"Files that could not be used: {len(self.unread)}.")
        return "\n".join([*lines, "Parts: .handed .split .words .rows .aloud .broken"])

    def _repr_html_(self) -> str:
        return page("results", now=self)


def _table(rows: Iterable[tuple], columns: list[str], note: str) -> Table:
    """A table that does no harm in a spreadsheet: what it would run gets an apostrophe before it."""
    harmless = [[_harmless(cell) for cell in row] for row in rows]
    return Table(harmless, columns=columns, note=note)


def _harmless(cell: Any) -> Any:
    if isinstance(cell, str) and cell.lstrip(" \ufeff").startswith(_FORMULA):
        return f"'{cell}"
    return "" if cell is None else cell


# ---- Reading a class ----


def class_results(folder: Path | str = "", lesson: int | None = None, names: Iterable[str] = ()) -> Results:
    """What a class handed in, read together, from a folder of files or zips; without one from `work/handed_in`.

    `lesson` is the one that most files are of, unless it is named; `names` is the class list, if there is no file
    `names.txt`. The folder "sample" is a class that nobody has taught. A missing folder raises a `KitError`.
    """
    if folder == SAMPLE:
        found = [Read(one, "invented", ()) for one in invented(3 if lesson is None else lesson)]
        return _results(found, [], "an invented class", lesson, names)
    place = _place(folder)
    called = bare(place.name) if folder else "work/handed_in"
    files = Found()
    files.look(place)
    return _results(files.read, files.broken, called, lesson, [*names] or class_list(place))


def _place(folder: Path | str) -> Path:
    """The folder of that name; the one that is meant without a name is made."""
    if folder != "":
        place = meant(folder)
        if not os.path.isdir(place):
            raise KitError(f"There is no folder {bare(folder)}. Name one that is there, with its whole path.")
        return place
    work = work_folder()
    if work is None:
        raise KitError('No folder can be written here. Name the one that holds the files: class_results("…").')
    place = work / "handed_in"
    if not place.is_dir():
        write(place / "readme.txt", README, f"The folder {bare(place)} can't be used", "Name another.")
    return place


def _results(
    found: list[Read], unread: list[tuple[str, str]], folder: str, lesson: int | None, names: Iterable[str]
) -> Results:
    of = Counter(one.hand_in.lesson for one in found)
    if lesson is None:
        known = [number for number in numbers() if of[number]]
        lesson = max(known, key=lambda number: (of[number], number), default=numbers()[0])
    if lesson not in numbers():
        raise KitError(f"Lesson {lesson} has no questions. Name one of {', '.join(map(str, numbers()))}.")
    asked = sheet(lesson).question
    here = people([one for one in found if one.hand_in.lesson == lesson], asked)
    others = {number: count for number, count in sorted(of.items()) if number != lesson}
    return Results(lesson, folder, tuple(here), tuple(unread), others, tuple(names), asked)
