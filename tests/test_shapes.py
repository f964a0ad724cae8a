"""Every question takes any shape whatever: no exception, nothing lost silently, and its typed line can be pasted and run."""

import ast
import math
from fractions import Fraction

import ipywidgets as w
import numpy as np
import pytest

from helpers import answer, ask, load_corpus, locate, reveal, saved
from helpers.base.errors import KitError
from helpers.lessons import session as sessions
from helpers.lessons.answers import NO_ANSWER, PASS
from helpers.lessons.sheets import numbers, question, sheet

CORPUS = load_corpus()
IDS = [asked.id for number in numbers() for asked in sheet(number).question]
each = pytest.mark.parametrize("id", IDS)

SHAPES = {
    "nothing": None,
    "empty": "",
    "new line": "\n",
    "words": "some words",
    "a whole number": 1997,
    "a fraction": 3.5,
    "no number": math.nan,
    "a huge number": 10**400,
    "numpy": np.int64(72),
    "a rational": Fraction(1, 3),
    "truth": True,
    "a list": ["a", "b"],
    "numbers in a list": [1, 2],
    "a list in lists": [[["a"]]],
    "a range": range(3),
    "a set": {"a"},
    "an empty table": {},
    "a table": {"answer": "a"},
    "a table of nothing": {"l5i": None},
    "a table of lists": {"l5i": ["a", "b", "c", "d", "e", "f", "g"]},
    "a table of tables": {"l5i": {"x": {"y": "z"}}},
    "a key that is none": {None: "a"},
    "an event without its fields": [{"title": "x"}],
    "events of no kind": [1, "x", None, ["y"]],
    "surrogates": "\ud83d alone \udc00",
    "a long text": "word " * 40_000,
    "markup": "![x](http://example.org/a.png) <img src=x>",
    "a span": locate(CORPUS, "reluctant guests"),
}


@pytest.fixture(autouse=True)
def work(tmp_path, monkeypatch):
    monkeypatch.setenv("LIMA_WORK", str(tmp_path / "work"))
    sessions.leave()
    yield
    sessions.leave()
    w.Widget.close_all()


@each
def test_a_shape_is_read_or_refused_in_a_sentence(id):
    asked = question(id)
    for shape, value in SHAPES.items():
        try:
            kept = asked.read(value)
        except KitError as error:
            assert len(str(error)) < 500, shape
            continue
        verdict = asked.verdict(value, CORPUS)
        assert verdict.state, shape
        if kept not in (None, PASS):
            assert asked.read(kept) == kept, shape  # what is kept is read as itself
            assert verdict.state in NO_ANSWER or asked.meant(kept) is not None, shape
            asked.from_fields(asked.fields(kept, CORPUS), CORPUS)


@each
def test_every_shape_answered_one_after_the_other_is_there_after_a_restart(id):
    asked, kept = question(id), None
    reveal(id, lambda: saved(id))
    for value in SHAPES.values():
        said = answer(id, value)
        if said.shown.verdict.state not in NO_ANSWER:
            kept = asked.read(value)
        assert repr(said) and said._repr_html_()
    before = saved(id)
    sessions.leave()
    box = ask(id)
    assert box.told["state"] not in ("unreadable",)
    assert saved(id) == before
    assert kept is None or sessions.session().desk.journal[id] == kept


@pytest.mark.parametrize("shape", ["a table", "a list", "an event without its fields", "a table of nothing", "truth"])
def test_what_an_older_kit_saved_in_an_odd_shape_is_shown_as_text(shape):
    for id in IDS:
        sessions.session().desk.journal.write(id, {"odd": [SHAPES[shape]]})
        box = ask(id)
        shown = f"{box.told['said']} {box.fill['value']}"
        assert "odd" in shown or box.told["state"] == "blank", id
        saved(id)
        answer(id, "pass")


@each
def test_the_typed_line_of_a_question_can_be_pasted_and_run(id):
    call = ast.parse(question(id).twin, mode="eval").body
    assert call.func.id == "answer"
    said = answer(*map(ast.literal_eval, call.args))
    assert str(said.shown.verdict.state) == "blank", repr(said)
