"""Commit, then reveal: no text cell or prompt says what a later question asks, for they are visible after Run All."""

import re
import tomllib

import pytest
from project import ROOT
from prose import books, figures, source

from helpers.lessons.answers import Checked
from helpers.lessons.exact import Date
from helpers.lessons.grids import Grid
from helpers.lessons.sheets import question
from helpers.texts.corpus import find
from helpers.texts.library import read_source

EXCEPTIONS = tomllib.loads((ROOT / "tests" / "leaks.toml").read_text(encoding="utf-8")).get("exception", [])


def accepted(asked) -> list[str]:
    if isinstance(asked, Grid):
        cells = asked.asked.values()
        days = [days for cell in cells if cell.days for days in (cell.days.least, cell.days.most) if days]
        return days + [answer for cell in cells for answer in (*cell.accepted, *cell.holds)]
    if isinstance(asked, Date):
        return [days for days in (asked.days.least, asked.days.most) if days]
    return list(asked.accepted) if isinstance(asked, Checked) else []


def visible_before(book: dict):
    """Each question of a notebook with all that stands open up to it: text cells, earlier prompts, its own prompt."""
    shown: list[str] = []
    for cell in book["cells"]:
        if cell["cell_type"] == "markdown":
            shown.append(source(cell))
        for id in re.findall(r'ask\("(.*?)"\)', source(cell)):
            shown.append(question(id).prompt)
            yield question(id), "\n".join(shown)


def leaks(asked, shown: str) -> list[str]:
    text = read_source(shown, id="x")
    numbers = figures(shown)
    found = []
    for answer in accepted(asked):
        words = len(answer.split())
        number = re.fullmatch(r"\d\d+", answer)
        if (number and answer in numbers) or (not number and words > 1 and any(find(text, answer, literal=True))):
            found.append(answer)
    return [answer for answer in found if (asked.id, answer) not in {(e["question"], e["words"]) for e in EXCEPTIONS}]


@pytest.mark.parametrize("number", books())
def test_nothing_is_said_before_it_is_asked(number):
    assert [
        (asked.id, leaks(asked, shown)) for asked, shown in visible_before(books()[number]) if leaks(asked, shown)
    ] == []


def test_a_planted_answer_is_found():
    asked = question("01.6")
    assert leaks(asked, "The group still held 74 hostages.") == ["74"]
    assert leaks(asked, "See `l5i` ¶3.") == []


def test_each_exception_is_needed():
    for exception in EXCEPTIONS:
        assert exception["words"] in accepted(question(exception["question"]))
        assert exception["reason"]
