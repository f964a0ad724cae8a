"""Exercises: ask, answer, reveal. Commit first, then see; every answer is saved by itself and comes back.

Question ids live in code. Widgets hold no state of their own: after a restart, Run All restores them from the journal.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from helpers.base.errors import CorpusError
from helpers.base.html import page
from helpers.history.timex import typed
from helpers.lessons.answers import Verdict, blank, check, main
from helpers.lessons.journal import NotSaved, desk
from helpers.lessons.questions import PART, PASS, Date, Grid, Question, question, sheet
from helpers.texts.corpus import Corpus
from helpers.texts.library import load_corpus

DRAFT, SHOWN = "/draft", "/shown"
HEADS = {
    "accepted": "The text bears this out.",
    PART: "Kept. What the computer can check is in order.",
    "refused": "Not yet. Your answer is kept; you may change it.",
    "kept": "Kept. Nobody marks it.",
    "passed": "Passed over.",
}

_boxes: dict[str, Any] = {}  # the last box shown for each question
_waiting: dict[str, list[Callable[[], None]]] = {}  # what opens when a question is answered
listeners: list[Callable[[], None]] = []  # what is told when anything is answered


@lru_cache
def five() -> Corpus:
    """The corpus that the questions are about, loaded once."""
    return load_corpus()


def _newest(key: str) -> Any:
    line = desk().journal.newest().get(key)
    return None if line is None else line.value


def is_open(id: str) -> bool:
    """Whether a question was answered, passed over, or its result shown without answering."""
    return _newest(id) is not None or bool(_newest(id + SHOWN))


# ---- Asking ----


def ask(id: str):
    """The question with its inputs. It restores your saved answer, saves by itself, and can be passed over."""
    from helpers.lab.box import QuestionBox
    from helpers.lab.highlighter import form

    asked, file = question(id), sheet(int(id[:2]))
    box = QuestionBox(
        asked,
        form(asked, five()),
        five(),
        _restored(id),
        draft=lambda value: _save(box, id + DRAFT, value),
        commit=lambda value: _commit(asked, value),
        excerpts=tuple(excerpt for excerpt in file.excerpt if excerpt.key in asked.excerpts),
        again=id != next((other.id for other in file.question if other.excerpts), id),
    )
    _boxes[id] = box
    if (line := desk().journal.newest().get(id)) is not None and line.value is not None:
        _show(box, asked, check(asked, line.value, five()))
        box.status.value = f"saved {line.clock}"
    return box


def _restored(id: str) -> Any:
    """What stands in the inputs: the newest of the answer and of what was typed since."""
    lines = [line for key in (id, id + DRAFT) if (line := desk().journal.newest().get(key)) is not None]
    value = max(lines, key=lambda line: line.order).value if lines else None
    return "" if value in (None, PASS) else value


def _save(box, key: str, value: Any) -> bool:
    """Write a value and say so beside the box; where it can't be written, say that and offer it for copying."""
    from helpers.lab.box import announce

    try:
        line = desk().journal.write(key, value)
    except NotSaved as error:
        said, saved = str(error), False
        if box is not None:
            box.said.value = page("lost", said=said, words=value if isinstance(value, str) else repr(value))
    else:
        where = " in memory only" if desk().journal.folder is None else ""
        said, saved = f"saved {line.clock}{where}", True
    if box is not None:
        box.status.value = said
        announce(said)
    return saved


def _commit(asked: Question, value: Any) -> Verdict:
    """Check an answer, save it unless it is blank, show what is said to it, and open what waits for it."""
    from helpers.lab.box import announce

    box = _boxes.get(asked.id)
    verdict = check(asked, value, five())
    saved = verdict.state != "blank" and _save(box, asked.id, value)
    if box is not None and (saved or verdict.state == "blank"):
        _show(box, asked, verdict)
        announce(" ".join([box.status.value if saved else "", *verdict.said]).strip())
    if verdict.state != "blank":
        _open(asked.id)
    return verdict


def _show(box, asked: Question, verdict: Verdict) -> None:
    parts = _parts(asked, verdict)
    box.said.value = page("verdict", corpus=five(), **parts)
    if parts["samples"]:
        box.form.opened()


def _parts(asked: Question, verdict: Verdict) -> dict[str, Any]:
    """What is shown to a verdict: the heading, the messages, and after an answer the samples and the last word."""
    part = asked.badge == PART  # refused is then unfinished, and its readings wait
    answered = verdict.state in (("accepted", "kept") if part else ("accepted", "refused", "kept"))
    head = HEADS.get(PART if part and answered else verdict.state)
    lines = ([f"*{head}*"] if head else []) + list(verdict.said)
    samples = getattr(asked, "samples", ()) if answered else ()
    tries = sum(line.key == asked.id for line in desk().journal.own)
    told = answered and (
        verdict.state != "refused" or tries > 1
    )  # the last word may hold the key: not at the first try
    return {"lines": lines, "samples": samples, "after": asked.after if told else ""}


def _open(id: str) -> None:
    for opening in _waiting.pop(id, []):
        opening()
    for told in listeners:
        told()


# ---- The typed twin ----


@dataclass(frozen=True)
class Said:
    """What is said to an answer that was typed as a line of code."""

    parts: dict[str, Any] = field(repr=False)
    words: str

    def __repr__(self) -> str:
        return self.words

    def _repr_html_(self) -> str:
        return page("verdict", corpus=five(), **self.parts)


def answer(id: str, value: Any) -> Said:
    """The typed twin of every question: `answer("03.5", "b")`. The same check, the same words, the same journal.

    `answer(id, "pass")` passes the question over. A table takes rows: `{"l5i": ["waiters", "reached", "none"]}`.
    """
    asked = question(id)
    if isinstance(asked, Grid) and isinstance(value, dict):
        lists = {row: cells for row, cells in value.items() if isinstance(cells, list)}
        value = value | {row: dict(zip(asked.columns, cells, strict=False)) for row, cells in lists.items()}
    verdict = _commit(asked, value)
    if (box := _boxes.get(id)) is not None and verdict.state not in ("blank", "passed"):
        box.form.fill(value)
        box.later.cancel()
    parts = _parts(asked, verdict)
    samples = [sample.says for sample in parts["samples"]]
    return Said(parts, "\n".join([*parts["lines"], *samples, parts["after"]]).strip())


def saved(id: str) -> Any:
    """The answer that is saved for a question; None if there is none or it was passed over."""
    asked = question(id)
    value = main(_newest(id))
    if value == PASS or blank(value):
        return None
    if isinstance(asked, Date) or getattr(asked, "interval", False):
        with suppress(ValueError):  # what can't be read as a date comes back as it was written
            return typed(value)
    return value


# ---- Revealing ----


def reveal(id: str, thing: Any):
    """`thing`, closed until the question has an answer; then it opens by itself and stays open at the next Run All.

    `thing` is computed at once. A function of no arguments is called when the reveal opens, for what depends on the
    answer. It is never a widget: a widget's state leaves the kernel when it is made.
    """
    import ipywidgets as w

    from helpers.lab.box import Shown, html

    question(id)
    bundles = None if callable(thing) else _bundles(thing)
    output = w.Output()
    button = w.Button(description="Show without answering")
    notice = html("words", words=f"*Answer {id} first.*", corpus=None)
    box = Shown([notice, button])
    box.add_class("lima-closed")
    box.words = f"Answer {id} first."

    def opening() -> None:
        try:
            found = _bundles(thing()) if bundles is None else bundles
        except CorpusError as error:
            found = [{"text/plain": str(error)}]
        output.outputs = tuple({"output_type": "display_data", "data": data, "metadata": {}} for data in found)
        box.children = [output]

    def show(_) -> None:
        _save(None, id + SHOWN, True)
        opening()

    button.on_click(show)
    if is_open(id):
        opening()
    else:
        _waiting.setdefault(id, []).append(opening)
    return box


def _bundles(thing: Any) -> list[dict[str, str]]:
    """What a notebook would show for `thing`, as plain data: one bundle, or several for a chart and its table."""
    from IPython.core.formatters import DisplayFormatter

    if hasattr(thing, "bundles"):
        return thing.bundles()
    if isinstance(thing, list | tuple):
        return [bundle for one in thing for bundle in _bundles(one)]
    return [DisplayFormatter().format(thing)[0]]
