"""The students of a class: whose hand-ins they are, and what is kept of them; and a class that nobody has taught.

Nobody is told from a path: of each student the newest hand-in counts, and two of one name are told apart. The invented
class is made by chance from what the questions accept and refuse and from their samples.
"""

import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from helpers.base.errors import KitError
from helpers.base.table import groups
from helpers.lessons.answers import PASS, Judged, Question
from helpers.lessons.desk import slug
from helpers.lessons.events import Timeline
from helpers.lessons.exact import Date
from helpers.lessons.format import Data, Rows
from helpers.lessons.grids import Cell, Grid, listed
from helpers.lessons.handed import Handed, HandIn
from helpers.lessons.marks import Mark
from helpers.lessons.questions import Prediction
from helpers.lessons.sheets import sheet
from helpers.paper.restore import Read

NOBODY = "no name"
OWN_WORDS = 5  # words in a row that two students do not write alike by chance


@dataclass(frozen=True)
class Person:
    """A student's newest hand-in of a lesson: what the questions keep of each answer, by question."""

    name: str  # as it is shown: the second of a name has a number
    signed: str  # as it was written
    day: str
    file: str
    kept: Data
    note: str = ""

    def answered(self, asked: Question) -> bool:
        return self.kept.get(asked.id) not in (None, PASS)

    def reached(self, asked: Iterable[Question]) -> str:
        """The last of these questions that was answered or passed over; empty if there is none."""
        return ([""] + [one.id for one in asked if one.id in self.kept])[-1]


def people(read: Iterable[Read], asked: Sequence[Question]) -> list[Person]:
    """Each student once, by name; of several hand-ins of one the newest, and two of one name told apart."""
    by_name = groups(read, lambda one: slug(one.hand_in.name))
    found = [person for group in by_name.values() for person in _of_one_name(group, asked)]
    return sorted(found, key=lambda person: (person.name.casefold(), person.file))


def _of_one_name(group: list[Read], asked: Sequence[Question]) -> list[Person]:
    """The students of one name: a file belongs to the one before it if both hold the same words of their own."""
    students: list[list[Read]] = []
    for one in sorted(group, key=lambda one: (_day(one.hand_in), one.at, one.file), reverse=True):
        known = next((files for files in students if any(_same(file.hand_in, one.hand_in) for file in files)), None)
        if known is None:
            students.append([one])
        else:
            known.append(one)
    students.sort(key=lambda files: files[0].file)
    return [_person(files, number, len(students), asked) for number, files in enumerate(students, 1)]


def _person(files: list[Read], number: int, namesakes: int, asked: Sequence[Question]) -> Person:
    newest = files[0]
    name, notes = " ".join(newest.hand_in.name.split())[:80] or NOBODY, []
    if number > 1:
        name = f"{name} ({number})"
    if namesakes > 1:
        notes.append("Another file of this name has other answers: two students, or one who began again?")
    if len(files) > 1:
        notes.append(f"The newest of {len(files)} files.")
    kept, day = _kept(newest.hand_in, asked), _day(newest.hand_in)
    return Person(name, newest.hand_in.name, day, newest.file, kept, " ".join(notes))


def _day(hand_in: HandIn) -> str:
    try:
        return date.fromisoformat(hand_in.day).isoformat()
    except ValueError:
        return ""


def _same(one: HandIn, other: HandIn) -> bool:
    """Whether two hand-ins are one student's: a sentence of their own in both, or the one holds all of the other."""
    newer, older = _answers(one), _answers(other)
    alike = [value for id, value in older.items() if newer.get(id) == value]
    own = any(isinstance(value, str) and len(value.split()) >= OWN_WORDS for value in alike)
    return own or len(alike) == len(older)


def _answers(hand_in: HandIn) -> Data:
    return {one.id: one.answer for one in hand_in.answers if one.answer not in (None, PASS)}


def _kept(hand_in: HandIn, asked: Sequence[Question]) -> Data:
    """What the questions keep of the answers; what is blank, or none that a question can hold, is left out."""
    given = {one.id: one.answer for one in hand_in.answers}
    found = {}
    for question in asked:
        try:
            kept = question.read(given.get(question.id))
        except KitError:  # of an older kit, or made by hand
            continue
        if kept is not None:
            found[question.id] = kept
    return found


# ---- A class that nobody has taught ----

NAMES = """
Ada Amir Ana Anouk Bela Carlos Chen Dana Elif Emeka Farid Greta Hana Ines Ivo Jamila Jonas Kofi Lea Luis Maya
Milan Nadia Noor Olga Pablo Rosa Samir Tariq Yuki
"""
_OPENING = re.compile(r"^(?:A reader might say|Another)[^:]{0,40}: ")


def invented(lesson: int, students: int = 30) -> list[HandIn]:
    """Hand-ins of students who do not exist, always the same class."""
    chance = random.Random(3)
    return [_hand_in(lesson, number, chance) for number in range(students)]


def _hand_in(lesson: int, number: int, chance: random.Random) -> HandIn:
    names = NAMES.split()
    turn, place = divmod(number, len(names))
    name = f"{names[place]} {turn + 1}" if turn else names[place]
    answers = [
        Handed(id=one.id, title=one.title, answer=_answer(one, chance)) for one in _done(sheet(lesson).question, chance)
    ]
    return HandIn(name=name, lesson=lesson, day="1997-04-22", answers=tuple(answers))


def _done(asked: Iterable[Question], chance: random.Random) -> list[Question]:
    """The core, as far as a student comes, often to its end; and some of the rest."""
    core = [one for one in asked if one.part == "core"]
    rest = [one for one in asked if one.part != "core"]
    whole = len(core)
    reached = chance.choice([whole, whole, whole, *range(1, whole + 1)])
    return core[:reached] + [one for one in rest if chance.random() < 0.2]


def _answer(asked: Question, chance: random.Random) -> Any:
    if chance.random() < 0.05:
        return PASS
    if isinstance(asked, Grid):
        return _rows(asked, chance)
    if isinstance(asked, Mark):
        return _marks(asked, chance)
    if isinstance(asked, Timeline):
        return list(chance.choice(asked.accepted))
    return chance.choice(list(_possible(asked)))


def _possible(asked: Question) -> Iterable[Any]:
    """Answers that a question foresees, right and wrong; the first ones come more often."""
    if options := getattr(asked, "option", ()):
        keys = [option.key for option in options]
        return [*keys, *keys[:1], *keys[:1], *getattr(asked, "accepted", keys[1:2])]
    if isinstance(asked, Prediction) and asked.unit:
        return list("0123455")
    if isinstance(asked, Judged):
        return [_OPENING.sub("", sample.says).split(", confidence")[0] for sample in asked.samples]
    refused = [answer for refused in asked.refused for answer in listed(refused.answer)]
    right = [asked.days.sample] if isinstance(asked, Date) else asked.accepted
    return [*(str(answer).partition("..")[0] for answer in right)] * 3 + refused


def _rows(asked: Grid, chance: random.Random) -> Rows:
    """Two rows, as a group fills them, or as many as the question wants."""
    rows = groups(asked.asked.values(), lambda cell: cell.row)
    names = sorted(rows)
    chosen = chance.sample(names, min(max(asked.least, 2), len(names)))
    return {row: {cell.column: _cell(cell, chance) for cell in rows[row]} for row in chosen}


def _cell(cell: Cell, chance: random.Random) -> str:
    wrong = [answer for refused in cell.refused for answer in listed(refused.answer)]
    if wrong and chance.random() < 0.3:
        return chance.choice(wrong)
    return cell.sample


def _marks(asked: Mark, chance: random.Random) -> Data:
    """Some of the marks that readers made, of each passage at least one; the first come more often."""
    found: Data = {}
    for cite in asked.passages:
        known = [quote for reading in asked.reading for quote in reading.marks.get(cite, ())]
        if not known:
            found[cite] = PASS
            continue
        weighted = known + known[:1] * 3
        found[cite] = sorted(set(chance.choices(weighted, k=chance.randint(1, 3))))
    return found
