"""A core ends at 45 minutes with thirty people: its words, terms, questions and minutes are counted and capped."""

import tomllib

import pytest
from lessons import CAPS, FILE, core, ease, measured, plain, questions_in, rendered
from prose import books, source

from helpers import load_corpus, read

BOOKS = books()
CELLS = 32  # of a core
# Lessons that do not fit yet, each with the reason. Lesson by lesson they go.
NOT_YET = {}


@pytest.fixture(scope="module")
def found():
    return measured()


def over(number: str, found: dict) -> list[str]:
    """What of a lesson does not fit."""
    faults = [f"{key}: {found[number][key]} of {most}" for key, most in CAPS.items() if found[number][key] > most]
    for cell in core(BOOKS[number]):
        if cell["cell_type"] == "markdown" and questions_in(source(cell)) > 1:
            faults.append(f"{cell['id']}: {questions_in(source(cell))} question marks")
    if len(core(BOOKS[number])) > CELLS:
        faults.append(f"{len(core(BOOKS[number]))} cells of {CELLS}")
    return faults


@pytest.mark.parametrize("number", BOOKS)
def test_a_core_fits_its_lesson(number, found):
    assert number in NOT_YET or over(number, found) == []


def test_each_lesson_that_does_not_fit_yet_has_a_reason_that_still_holds(found):
    assert all(NOT_YET.values())
    assert [number for number in NOT_YET if not over(number, found)] == [], "it fits: take it out of NOT_YET"


def test_the_stored_figures_are_the_counted_ones(found):
    stored = tomllib.loads(FILE.read_text(encoding="utf-8"))
    assert stored == found, "Run: python tests/lessons.py"


# ---- The counting itself ----


def test_a_question_in_a_heading_or_a_quotation_is_not_one_asked_in_passing():
    """A lesson's heading is its question; a cell may ask one more."""
    assert questions_in('## Who?\n\nOne asks "Why?", `f(?)`. And you?') == 1


def test_a_folded_passage_is_not_read_and_an_open_one_is():
    table = "<style>p { x }</style><details><summary>rw888 ¶1</summary><div>many words</div></details><td>one</td>"

    class Shown:
        def _repr_html_(self):
            return table

    assert rendered(Shown()).split() == ["rw888", "¶1", "one"]
    passage = read(load_corpus(), "l5i 3")
    assert "reluctant guests" in rendered(passage) and "Cut down little by little" in rendered(passage)


def test_markdown_is_read_without_its_signs():
    assert plain("## A *word* and `rw888` ¶5, [next](01.ipynb)").split() == "A word and rw888 ¶5, next".split()


def test_short_words_read_easily_and_long_sentences_do_not():
    easy, short = ease("The cat sat. The dog ran.")
    hard, long = ease(
        "Notwithstanding considerable administrative difficulties, negotiations continued intermittently."
    )
    assert easy < 1 < 12 < hard and short < long
