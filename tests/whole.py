"""A whole course answered by script, so that there is something to hand in: what is accepted, refused, or kept."""

from test_exercises import some_answer

from helpers.lessons.grids import Grid
from helpers.lessons.marks import Mark
from helpers.lessons.sheets import numbers, sheet
from helpers.lessons.twins import answer

FREE = "what nobody else reads"


def with_notes(asked, value):
    """An answer with something in all that is kept and never looked at."""
    if isinstance(asked, Grid) and asked.free_columns:
        row = next(row for row in asked.rows if asked.open_columns(row))
        return {row: dict.fromkeys(asked.free_columns, FREE)} | value
    if isinstance(asked, Mark) and asked.note:
        return value | {"note": FREE}
    return value


def answer_all() -> list[str]:
    """Answers every question of the course; the ids."""
    every = [asked for number in numbers() for asked in sheet(number).question]
    for asked in every:
        answer(asked.id, with_notes(asked, some_answer(asked)))
    return [asked.id for asked in every]
