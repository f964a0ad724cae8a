"""Widgets: shells round data. A widget shows a question or a result and hands what was typed to a function.

Words become HTML only through `page`, so nothing typed can run. Everything works by keyboard: native inputs, visible
labels, and the guard that keeps JupyterLab's own keys away.
"""

import asyncio
import atexit
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import anywidget
import ipywidgets as w
import traitlets

from helpers.base.files import DATA
from helpers.base.html import page
from helpers.lessons.answers import main
from helpers.lessons.questions import (
    Choice,
    Date,
    Excerpt,
    Grid,
    Judgement,
    Mark,
    Number,
    Order,
    Prediction,
    Question,
)
from helpers.texts.corpus import Corpus

FRONT = DATA / "front"


def html(template: str, /, **values) -> w.HTML:
    """A widget that shows a template: the only place where a widget is given HTML."""
    return w.HTML(page(template, **values))


class Shown(w.VBox):
    """A box of widgets that also reads as text where widgets can't be shown."""

    words = ""

    def _repr_mimebundle_(self, **kwargs):
        return super()._repr_mimebundle_(**kwargs) | {"text/plain": self.words}

    def __repr__(self) -> str:
        return self.words


class Guard(anywidget.AnyWidget):
    """Shields the kit's outputs from JupyterLab's shortcuts and holds the one polite live region."""

    _esm = FRONT / "guard.js"
    _css = FRONT / "kit.css"
    said = traitlets.Unicode("").tag(sync=True)


_guard: Guard | None = None


def guard() -> Guard:
    """The guard of this kernel; showing it twice does no harm."""
    global _guard
    if _guard is None:
        _guard = Guard()
    return _guard


def announce(words: str) -> None:
    """Say `words` to a screen reader, the same words twice as well."""
    if _guard is not None:
        _guard.said = words if _guard.said != words else words + "\u200b"


# ---- Saving a moment after the last key ----

_pending: set["Later"] = set()


class Later:
    """Calls a function once, `seconds` after the last request; at once where nothing runs in the background."""

    def __init__(self, call: Callable[[], Any], seconds: float = 1.0):
        self.call, self.seconds = call, seconds
        self.timer: asyncio.TimerHandle | None = None

    def soon(self) -> None:
        self.cancel()
        _pending.add(self)
        try:
            self.timer = asyncio.get_running_loop().call_later(self.seconds, self.now)
        except RuntimeError:
            self.now()

    def now(self) -> None:
        waiting = self in _pending
        self.cancel()
        if waiting:
            self.call()

    def cancel(self) -> None:
        _pending.discard(self)
        if self.timer is not None:
            self.timer.cancel()
            self.timer = None


@atexit.register
def _save_at_exit() -> None:
    for later in list(_pending):
        later.now()


# ---- Small parts ----


def field(label: str, rows: int = 1, **options) -> w.Widget:
    """A text field with its label above it."""
    make = w.Text if rows == 1 else w.Textarea
    made = make(description=label, continuous_update=True, layout={"width": "auto", "max_width": "46em"}, **options)
    if rows > 1:
        made.rows = rows
    made.add_class("lima-field")
    return made


def radio(label: str, options: list[tuple[str, str]]) -> w.RadioButtons:
    made = w.RadioButtons(description=label, options=options, value=None, layout={"width": "auto"})
    made.add_class("lima-field")
    return made


def live(label: str, show: Callable[[str], str]) -> w.VBox:
    """A text field whose result appears as one types; `show` gives HTML made by `page`."""
    asked, shown = field(label), html("words", words="", corpus=None)

    def update(change) -> None:
        shown.value = show(change["new"])

    asked.observe(update, "value")
    return w.VBox([asked, shown])


def confirmed(label: str, question: str, act: Callable[[], str]) -> w.VBox:
    """A button that asks once, then acts and says what it did."""
    start, yes, no = w.Button(description=label), w.Button(description="Yes"), w.Button(description="No")
    asking, said = w.Label(question), w.Label("")
    box = w.VBox([start, said])

    def done(words: str) -> None:
        said.value = words
        box.children = [start, said]
        announce(words)

    start.on_click(lambda _: setattr(box, "children", [asking, w.HBox([no, yes])]))
    yes.on_click(lambda _: done(act()))
    no.on_click(lambda _: done(""))
    return box


# ---- A question ----


@dataclass
class Form:
    """The inputs of a question: the box to show, reading and filling it, and what an answer opens in it."""

    box: w.Widget
    read: Callable[[], Any]
    fill: Callable[[Any], None]
    inputs: tuple[w.Widget, ...]
    opened: Callable[[], None] = lambda: None


class QuestionBox(Shown):
    """A question with its inputs, hints and buttons; `saved` and `said` show what the caller found."""

    def __init__(
        self,
        question: Question,
        form: Form,
        corpus: Corpus,
        value: Any,
        draft: Callable[[Any], None],
        commit: Callable[[Any], None],
        excerpts: tuple[Excerpt, ...] = (),
        again: bool = False,
    ):
        self.words = as_text(question, excerpts)
        self.form = form
        self.form.fill(main(value) if not isinstance(value, dict) else value)
        self.status, self.said = w.Label(""), html("words", words="", corpus=None)
        self.hints, self.hinted = html("words", words="", corpus=None), 0
        self.question, self.corpus = question, corpus
        self.later = Later(lambda: draft(self.form.read()))
        self.check = w.Button(description="Check" if "checks" in question.badge else "Done")
        self.hint = w.Button(description=f"Hint 1 of {len(question.hints)}")
        self.over = w.Button(description="Pass over")
        self.check.on_click(lambda _: (self.later.cancel(), commit(self.form.read())))
        self.over.on_click(lambda _: (self.later.cancel(), commit("pass")))
        self.hint.on_click(self._hint)
        for one in self.form.inputs:
            one.observe(lambda change: self.later.soon(), "value")
        items = getattr(question, "item", ())
        head = html("question", question=question, corpus=corpus, excerpts=excerpts, items=items, again=again)
        buttons = w.HBox([self.check, self.hint, self.over, self.status])
        super().__init__(
            [head, self.form.box, buttons, self.hints, self.said, html("twin", call=twin(question), name="answer")]
        )
        self.add_class("lima-question")

    def _hint(self, _) -> None:
        count = len(self.question.hints)
        self.hinted = min(self.hinted + 1, count)
        shown = self.question.hints[: self.hinted]
        self.hints.value = page("verdict", lines=shown, samples=(), after="", corpus=self.corpus)
        self.hint.description = f"Hint {self.hinted + 1} of {count}" if self.hinted < count else "No more hints"
        self.hint.disabled = self.hinted == count
        announce(shown[-1])


def twin(question: Question) -> str:
    """The question's answer as a line of code, to be filled in."""
    example = {Order: '"b a c"', Number: "0", Date: '"1997-04"', Choice: '"a"', Grid: '{"ROW": ["…", "…"]}'}
    value = next((example for kind, example in example.items() if isinstance(question, kind)), '"…"')
    if isinstance(question, Mark):
        value = "{" + ", ".join(f'"{cite}": ["…"]' for cite in question.passages) + "}"
    if isinstance(question, Judgement):
        value = '{"answer": "a", "reason": "…"}' if question.reason else '"a"'
    if isinstance(question, Prediction) and question.confidence:
        value = '{"answer": "…", "confidence": "3"}'
    return f'answer("{question.id}", {value})'


def as_text(question: Question, excerpts: tuple[Excerpt, ...] = ()) -> str:
    """A question as plain text: title, badge, prompt, passages and options."""
    lines = [f"{question.id} · {question.title} [{question.badge}]", question.prompt]
    lines += [f"{excerpt.key}: {excerpt.quote}" for excerpt in excerpts]
    for one in (*getattr(question, "option", ()), *getattr(question, "item", ())):
        lines.append(f"  {one.key}  {one.text}")
    if isinstance(question, Grid):
        lines += [f"  {row}: {' | '.join(question.columns)}" for row in question.rows]
    return "\n".join(lines)
