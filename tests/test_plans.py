"""A teacher's plan is one page in a fixed order; its minutes, ids and keys are those of the lesson."""

import re
import tomllib

import pytest
from lessons import FILE, count, plain
from project import ROOT
from prose import books, source
from test_questions import ALL

from helpers import load_corpus
from helpers.lessons.answers import Checked, State
from helpers.lessons.grids import Grid
from helpers.lessons.ledger import Ledger
from helpers.lessons.questions import Choice
from helpers.lessons.sheets import question

CORPUS = load_corpus()
PLANS = {path.stem: path.read_text(encoding="utf-8") for path in sorted((ROOT / "helpers/data/plans").glob("*.md"))}
LESSONS = tomllib.loads(FILE.read_text(encoding="utf-8"))
ORDER = [
    "Aim and what is assessed.",
    "Prepare.",
    "Minutes",
    "If you are late.",
    "Likely answers",
    "With care.",
    "At home.",
]
WORDS, TOTAL = 350, 45  # words of a page, minutes of a lesson
each = pytest.mark.parametrize("number", PLANS)


def part(text: str, head: str) -> str:
    """What stands under a head, up to the next."""
    return re.split(r"^\*\*", text.split(f"**{head}**", 1)[-1], maxsplit=1, flags=re.MULTILINE)[0]


def rows(text: str) -> list[tuple[int, int, str, int]]:
    """The minutes table: from, to, what, minutes by the rule."""
    found = re.findall(r"^\| (\d+)-(\d+) \| (.*?) \| (\d+) \|", part(text, "Minutes"), re.MULTILINE)
    return [(int(start), int(end), what, int(rule)) for start, end, what, rule in found]


def key(asked, words: str):
    """The answer that a plan prints: of a table its cells, rows set apart by a dot, cells by commas."""
    if not isinstance(asked, Grid):
        return words
    table: dict[str, dict[str, str]] = {}
    cells = [cell for row in words.split(" · ") for cell in row.split(", ")]
    for (row, column), cell in zip(asked.asked, cells, strict=True):
        table.setdefault(row, {})[column] = cell
    return table


def faults(number: str, text: str) -> list[str]:
    """What is not as it should be in a plan."""
    lesson, table = LESSONS[number], rows(text)
    found = [f"order: {head}" for head in set(ORDER) ^ set(re.findall(r"^\*\*(.+?)\*\*", text, re.MULTILINE))]
    places = [text.find(f"**{head}**") for head in ORDER]
    if places != sorted(places):
        found.append("the parts stand in another order")
    if (words := count(plain(text))) > WORDS:
        found.append(f"{words} words")
    starts, ends = [row[0] for row in table], [row[1] for row in table]
    if [0, *ends] != [*starts, TOTAL]:
        found.append("minutes: a gap, or not 45")
    found += [
        f"minutes: {what} has {end - start}, needs {rule}" for start, end, what, rule in table if end - start < rule
    ]
    if abs(sum(row[3] for row in table) - lesson["minutes"]) > 1:
        found.append(f"by the rule: {lesson['minutes']}")
    late = part(text, "If you are late.")
    if sum(map(int, re.findall(r"\((\d+)\)", late))) != int(re.search(r"In all (\d+)", late)[1]):
        found.append("cuts do not add up")
    timed = " ".join(row[2] for row in table)
    found += [f"no minutes for {id}" for id in lesson["ids"] if id not in timed]
    known = {asked.id for asked in ALL}
    found += [f"there is no {id}" for id in re.findall(r"\b\d\d\.\d+\b", text) if id not in known]
    return found + [f"key of {id}" for id in lesson["ids"] if not keyed(question(id), text)]


def keyed(asked, text: str) -> bool:
    """Whether a plan has a key of the question that is accepted; what is not checked to the end has none."""
    if not isinstance(asked, Checked | Choice | Grid) or isinstance(asked, Ledger):
        return True
    printed = re.search(rf"^- {re.escape(asked.id)}, key \*(.+?)\*", text, re.MULTILINE)
    return printed is not None and asked.verdict(key(asked, printed[1]), CORPUS).state == State.ACCEPTED


@each
def test_a_plan_is_one_page_that_agrees_with_its_lesson(number):
    assert faults(number, PLANS[number]) == []


@each
def test_a_notebook_and_its_plan_give_the_same_minutes(number):
    assert f"· {TOTAL} minutes\n" in PLANS[number]
    assert re.search(rf"\*Minutes:\* {TOTAL} (in class )?to the stop line", source(books()[number]["cells"][0]))


def test_every_lesson_has_its_plan():
    assert sorted(PLANS) == sorted(LESSONS)


@pytest.mark.parametrize(
    "old, new, fault",
    [
        ("**With care.**", "**Care.**", "order"),
        ("| 13-23 | 07.2", "| 13-22 | 07.2", "a gap"),
        ("| 37-45 | 07.9", "| 37-44 | 07.9", "not 45"),
        ("07.2 | 5 |", "07.2 | 11 |", "needs 11"),
        ("07.2 | 5 |", "07.2 | 3 |", "by the rule"),
        ("In all 9", "In all 10", "do not add up"),
        ("| 07.8 |", "| talk |", "no minutes for 07.8"),
        ("07.13", "07.7", "there is no 07.7"),
        ("December 1996*", "17 December 1996*", "key of 07.2"),
        ("key *17 February 1997*", "key *16 March 1997*", "key of 07.4"),
        ("07.3, key *3 to 16", "07.3: *3 to 16", "key of 07.3"),
        ("no jokes", "no jokes" + " and more" * 60, "words"),
    ],
)
def test_a_planted_fault_is_found(old, new, fault):
    assert old in PLANS["07"]
    assert any(fault in one for one in faults("07", PLANS["07"].replace(old, new)))
