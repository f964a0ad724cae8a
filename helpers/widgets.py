"""Widgets: shells round data. A widget shows a question or a result and hands what was typed to a function.

Words become HTML only through `page`, so nothing typed can run. Everything works by keyboard: native inputs, visible
labels, and the guard that keeps JupyterLab's own keys away.
"""

import asyncio
import atexit
from collections.abc import Callable
from dataclasses import dataclass
from functools import singledispatch
from typing import Any

import anywidget
import ipywidgets as w
import traitlets

from helpers.answers import main
from helpers.corpus import Corpus
from helpers.questions import (
    Choice,
    Date,
    Excerpt,
    Grid,
    Judgement,
    Number,
    Order,
    Prediction,
    Question,
    Quotation,
    Text,
)
from helpers.tables import DATA, page

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


# ---- One form a type ----


@dataclass
class Form:
    """The inputs of a question: the box to show, reading what stands in it, and filling it."""

    box: w.Widget
    read: Callable[[], Any]
    fill: Callable[[Any], None]
    inputs: tuple[w.Widget, ...]


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


@singledispatch
def form(question: Question) -> Form:
    """The inputs for a question, by its type."""
    labels = {Text: "Your answer", Quotation: "Your quotation", Date: "Your date (EDTF)", Number: "Your number"}
    label = next((label for kind, label in labels.items() if isinstance(question, kind)), "Your answer")
    if isinstance(question, Number):
        label += f" ({question.unit})"
    if isinstance(question, Text):
        label += f" (about {question.least} to {question.most} words)"
    one = field(label, {Text: 6, Quotation: 2}.get(type(question), 1))
    return Form(one, lambda: one.value, lambda value: setattr(one, "value", str(value or "")), (one,))


@form.register
def _choice(question: Choice) -> Form:
    one = radio("Your choice", [(f"{option.key} · {option.text}", option.key) for option in question.option])
    return Form(one, lambda: one.value or "", lambda value: setattr(one, "value", _among(one, value)), (one,))


@form.register
def _judgement(question: Judgement) -> Form:
    one = radio("Your choice", [(f"{option.key} · {option.text}", option.key) for option in question.option])
    return _beside(one, [("reason", field("Your reason, in one sentence", 2))] if question.reason else [])


@form.register
def _prediction(question: Prediction) -> Form:
    if question.option:
        one = radio("Your guess", [(f"{option.key} · {option.text}", option.key) for option in question.option])
    else:
        kind = " (EDTF: a month as 1985-03, from-to as 1985-03-05/1985-04)" if question.interval else ""
        one = field("Your guess" + (f" ({question.unit})" if question.unit else kind))
    steps = [("not said", "")] + [(f"{n}", str(n)) for n in range(1, 6)]
    sure = w.Dropdown(description="How sure, from 1 (a guess) to 5 (certain)", options=steps, value="")
    sure.add_class("lima-field")
    return _beside(one, [("confidence", sure)] if question.confidence else [])


def _beside(one: w.Widget, more: list[tuple[str, w.Widget]]) -> Form:
    """A form of one input, with others beside it whose values are kept under their names."""

    def read() -> Any:
        value = one.value or ""
        return {"answer": value} | {name: other.value for name, other in more} if more else value

    def fill(value: Any) -> None:
        given = value if isinstance(value, dict) else {"answer": value}
        for name, other in (("answer", one), *more):
            other.value = _among(other, given.get(name))

    inputs = (one, *(other for _, other in more))
    return Form(w.VBox(inputs), read, fill, inputs)


def _among(input: w.Widget, value: Any) -> Any:
    """`value` if the input can hold it, else nothing."""
    if isinstance(input, w.RadioButtons | w.Dropdown):
        known = [key for _, key in input.options]
        return str(value) if str(value) in known else (None if isinstance(input, w.RadioButtons) else "")
    return str(value or "")


@form.register
def _order(question: Order) -> Form:
    places = [("place?", "")] + [(str(n), str(n)) for n in range(1, len(question.item) + 1)]
    rows = {item.key: w.Dropdown(description=item.key, options=places, value="") for item in question.item}

    def read() -> str:
        taken = sorted((int(row.value), key) for key, row in rows.items() if row.value)
        return " ".join(key for _, key in taken) if len({n for n, _ in taken}) == len(taken) else "one place twice"

    def fill(value: Any) -> None:
        letters = str(value or "").split()
        for key, row in rows.items():
            row.value = str(letters.index(key) + 1) if key in letters else ""

    return Form(w.VBox(tuple(rows.values())), read, fill, tuple(rows.values()))


@form.register
def _grid(question: Grid) -> Form:
    given = {(cell.row, cell.column): cell.accepted[0] for cell in question.cell if cell.given}
    fields = {
        (row, column): field(column, value=given.get((row, column), ""), disabled=(row, column) in given)
        for row in question.rows
        for column in question.columns
    }
    asked = {at: one for at, one in fields.items() if at not in given}

    def read() -> dict[str, dict[str, str]]:
        filled: dict[str, dict[str, str]] = {}
        for (row, column), one in asked.items():
            if one.value.strip():
                filled.setdefault(row, {})[column] = one.value
        return filled

    def fill(value: Any) -> None:
        for (row, column), one in asked.items():
            one.value = str(value.get(row, {}).get(column, "")) if isinstance(value, dict) else ""

    boxes = []
    for row in question.rows:
        cells = w.Box([fields[row, column] for column in question.columns])
        cells.add_class("lima-cells")
        boxes.append(w.VBox([html("words", words=f"**{row}**", corpus=None), cells]))
        boxes[-1].add_class("lima-row")
    return Form(w.VBox(boxes), read, fill, tuple(asked.values()))


# ---- Small parts ----


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


class QuestionBox(Shown):
    """A question with its inputs, hints and buttons; `saved` and `said` show what the caller found."""

    def __init__(
        self,
        question: Question,
        corpus: Corpus,
        value: Any,
        draft: Callable[[Any], None],
        commit: Callable[[Any], None],
        excerpts: tuple[Excerpt, ...] = (),
        again: bool = False,
    ):
        self.words = as_text(question, excerpts)
        self.form = form(question)
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
        super().__init__([head, self.form.box, buttons, self.hints, self.said, html("twin", call=twin(question))])
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
