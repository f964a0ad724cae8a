"""No question only by a box, no chart only for eyes: a typed line for each, a sentence and a table for each."""

import re

from prose import books, source
from test_packet import asked_in, each_lesson, lesson

from helpers.lab.charts import MIME
from helpers.lessons.sheets import numbers


def lined(words: str) -> list[str]:
    """The questions that a list of typed lines has."""
    return sorted(re.findall(r'^answer\("(.*?)", ', words, re.MULTILINE))


@each_lesson
def test_each_question_that_is_asked_has_its_typed_line_at_the_end(number):
    last = source(books()[f"{number:02d}"]["cells"][-1])
    asked = sorted(asked_in(number))
    assert lined(last) == asked
    assert lined(last.replace(f'answer("{asked[-1]}"', "")) == asked[:-1]  # so one that lacks would be seen


def shown(number: int) -> list[list[dict]]:
    """What each cell of a lesson shows, open or in a closed box: lists of bundles in their order."""
    made = lesson(number)
    return [list(cell.shows) for cell in made.cells] + [list(one.data) for one in made.opened]


def for_eyes_only(bundles: list[dict]) -> list[str]:
    """What a chart lacks: the sentence that a screen reader says, the table that comes next."""
    found = []
    for drawing, below in zip(bundles, [*bundles, {}][1:], strict=True):
        if not any("vega" in kind or kind.startswith("image/") for kind in drawing):
            continue
        words = drawing["text/plain"]
        if drawing.get(MIME, {}).get("description") != words or not re.fullmatch(r"[A-Z\d].{30,}\.", words, re.DOTALL):
            found.append(f"no sentence: {words}")
        if not re.search(r"<details.*<table.*<th", below.get("text/html", ""), re.DOTALL):
            found.append(f"no table: {words}")
    return found


@each_lesson
def test_each_chart_comes_with_a_sentence_and_its_table(number):
    assert [one for bundles in shown(number) for one in for_eyes_only(bundles)] == []


def test_the_lessons_have_charts_and_one_that_is_for_eyes_only_is_seen():
    drawn = {n: bundles for n in numbers() for bundles in shown(n) for one in bundles if MIME in one}
    assert {1, 8, 10} <= set(drawn)
    at = next(at for at, one in enumerate(drawn[8]) if MIME in one)
    drawing, below = drawn[8][at : at + 2]
    assert for_eyes_only([drawing]) == [f"no table: {drawing['text/plain']}"]
    silent = drawing | {MIME: drawing[MIME] | {"description": ""}}
    assert for_eyes_only([silent, below]) == [f"no sentence: {drawing['text/plain']}"]
