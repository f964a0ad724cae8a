"""Whose hand-ins they are: the newest of each student, and what is kept of each answer; nobody is told from a path."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from helpers.base.errors import KitError
from helpers.base.table import groups
from helpers.lessons.answers import PASS, Question
from helpers.lessons.desk import slug
from helpers.lessons.format import Data
from helpers.lessons.handed import HandIn
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
