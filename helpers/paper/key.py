"""The key of a lesson, for the teacher: what is accepted, what is refused and what to say, what stays closed before."""

from typing import Any

from helpers.base.html import page
from helpers.lessons.sheets import sheet
from helpers.paper.running import Lesson, flat


def key(lesson: Lesson, *, size: str = "A4") -> str:
    """The key of a lesson as one HTML page without script: every question of its file, core and further."""
    questions = sheet(lesson.number).question
    return page(
        "key",
        lesson=lesson,
        questions=questions,
        size=size,
        spoken=spoken,
        accepted=accepted,
        flat=flat,
        aside=_aside(lesson),
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


def _aside(lesson: Lesson) -> list[str]:
    """What cells show at once that a packet leaves out: single places, not tables or passages."""
    cells = [cell for cell in lesson.cells if not (cell.asks or cell.waits or cell.reads)]
    shown = [bundle for cell in cells for bundle in cell.shows if "text/html" in bundle]
    return [flat(bundle) for bundle in shown if "<table" not in bundle["text/html"]]
