"""The key of a lesson, for the teacher: what is accepted, what is refused and what to say, what stays closed before."""

import re
from collections.abc import Iterator
from typing import Any

from helpers.base.html import page
from helpers.lessons.guide import plan
from helpers.lessons.sheets import sheet
from helpers.paper.running import Lesson, flat

MOST_ROWS = 24  # of a table on paper: a chart of all events would fill ten pages
_TABLE = re.compile(r"<table.*?</table>", re.DOTALL)


def key(lesson: Lesson, *, further: bool = False, size: str = "A4") -> str:
    """The plan of a lesson and the key of its core as one HTML page without script, or of all its questions."""
    questions = [asked for asked in sheet(lesson.number).question if further or asked.part == "core"]
    return page(
        "key",
        lesson=lesson,
        questions=questions,
        size=size,
        spoken=spoken,
        accepted=accepted,
        opened=list(_opened(lesson)),
        aside=[flat(bundle) for cell in lesson.cells for bundle in cell.aside],
        plan=plan(lesson.number),
    )


def spoken(answer: Any) -> str:
    """An answer of any shape in words: rows and passages by their name, several things one after the other.

    >>> spoken({"l5i 3": ["reluctant guests", "worthies"], "rw898 20": "pass"})
    'l5i 3: reluctant guests · worthies; rw898 20: pass'
    """
    if isinstance(answer, dict):
        return "; ".join(f"{name}: {spoken(value)}" for name, value in answer.items() if value)
    if isinstance(answer, list | tuple):
        return " · ".join(map(spoken, answer))
    return str(answer)


def accepted(asked: Any) -> list[str]:
    """What a question or a cell accepts, in words: days, then all answers that pass; empty where none is listed."""
    days = [str(asked.days)] if getattr(asked, "days", None) else []
    answers = (*getattr(asked, "accepted", ()), *getattr(asked, "holds", ()))
    return [words for words in (*days, *map(spoken, answers)) if words]


def _opened(lesson: Lesson) -> Iterator[tuple[str, bool, list[str]]]:
    """Of each closed box its question, whether that is answered, and its parts; no table twice, none without end."""
    seen: set[str] = set()

    def once(table: re.Match[str]) -> str:
        known, rows = table[0] in seen, table[0].count("<tr")
        seen.add(table[0])
        if known:
            return '<p class="small">The same table as above.</p>'
        if rows > MOST_ROWS:
            return '<p class="small">Too long for paper: look at it in the notebook.</p>'
        return table[0]

    for one in lesson.opened:
        parts = [flat(bundle) for bundle in one.data]
        drawn = [part for part in parts if not (one.answered and "</details>" in part)]
        yield one.id, one.answered, [_TABLE.sub(once, part) for part in drawn]
