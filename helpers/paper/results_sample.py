"""An invented class: hand-ins made by chance from what the questions accept and refuse and from their samples."""

import random
import re
from collections.abc import Iterable
from typing import Any

from helpers.lessons.answers import PASS, Judged, Question
from helpers.lessons.events import Timeline
from helpers.lessons.exact import Date
from helpers.lessons.format import Data, Rows
from helpers.lessons.grids import Cell, Grid, listed
from helpers.lessons.handed import Handed, HandIn
from helpers.lessons.marks import Mark
from helpers.lessons.questions import Prediction
from helpers.lessons.sheets import sheet

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
    rows = sorted({row for row, _ in asked.asked})
    found: Rows = {}
    for chosen in chance.sample(rows, min(max(asked.least, 2), len(rows))):
        found[chosen] = {}
        for (row, column), cell in asked.asked.items():
            if row == chosen:
                found[row][column] = _cell(cell, chance)
    return found


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
