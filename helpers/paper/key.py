"""The teacher's key of a lesson: what is accepted and refused and what to say, samples, and what stays closed before."""

from typing import Any

from helpers.base.html import page
from helpers.lessons.sheets import sheet
from helpers.paper.running import Lesson, flat


def key(lesson: Lesson, *, size: str = "A4") -> str:
    """The key of a lesson as one HTML page without script: every question of its file, core and further."""
    questions = sheet(lesson.number).question
    return page("key", lesson=lesson, questions=questions, size=size, spoken=spoken, accepted=accepted, flat=flat)


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


def accepted(asked: Any) -> str:
    """What a question or a cell accepts, in words: days, then all answers that pass; empty where none is listed."""
    days = str(asked.days) if getattr(asked, "days", None) else ""
    answers = [*getattr(asked, "accepted", ()), *getattr(asked, "holds", ())]
    return " / ".join(filter(None, [days, *map(spoken, answers)]))
