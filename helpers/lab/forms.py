"""One form a type of question: its inputs, reading what stands in them, and filling them."""

from functools import singledispatch
from typing import Any

import ipywidgets as w
import traitlets

from helpers.lab.box import Form, field, html, radio
from helpers.lessons.questions import (
    Choice,
    Date,
    Grid,
    Judgement,
    Number,
    Order,
    Prediction,
    Question,
    Quotation,
    Text,
    Timeline,
)
from helpers.texts.corpus import Corpus


@singledispatch
def form(question: Question, corpus: Corpus) -> Form:
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
def _choice(question: Choice, corpus: Corpus) -> Form:
    one = radio("Your choice", [(f"{option.key} · {option.text}", option.key) for option in question.option])
    return Form(one, lambda: one.value or "", lambda value: setattr(one, "value", _among(one, value)), (one,))


@form.register
def _judgement(question: Judgement, corpus: Corpus) -> Form:
    one = radio("Your choice", [(f"{option.key} · {option.text}", option.key) for option in question.option])
    return _beside(one, [("reason", field("Your reason, in one sentence", 2))] if question.reason else [])


@form.register
def _prediction(question: Prediction, corpus: Corpus) -> Form:
    if question.option:
        one = radio("Your guess", [(f"{option.key} · {option.text}", option.key) for option in question.option])
    else:
        kind = " (a month as 1985-03, from-to as 1985-03-05/1985-04)" if question.interval else ""
        one = field("Your guess" + (f" ({question.unit})" if question.unit else kind))
    steps = [("not said", "")] + [(f"{n}", str(n)) for n in range(1, 6)]
    sure = w.Dropdown(
        description="How sure, from 1 (a guess) to 5 (certain)", options=steps, value="", layout={"width": "30em"}
    )
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
def _order(question: Order, corpus: Corpus) -> Form:
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
def _grid(question: Grid, corpus: Corpus) -> Form:
    given = {(cell.row, cell.column): cell.accepted[0] for cell in question.cell if cell.given}
    fields = {
        (row, column): field(column, value=given.get((row, column), ""), disabled=(row, column) in given)
        for row in question.rows
        for column in question.shown
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
        cells = w.Box([fields[row, column] for column in question.shown])
        cells.add_class("lima-cells")
        boxes.append(w.VBox([html("words", words=f"**{row}**", corpus=corpus), cells]))
        boxes[-1].add_class("lima-row")
    return Form(w.VBox(boxes), read, fill, tuple(asked.values()))


# ---- A timeline of one's own ----

SOURCES = ("", "rw888", "l5i", "rw898", "ww188", "rw909", "record")
EVENT = {
    "title": "What happened, in your own words",
    "from": "From: the earliest day (1997-04-22, or 22 April 1997)",
    "to": "To: the latest day (the same for a single day)",
    "source": "Source",
    "citation": "Citation, for example rw898 2 (for the record its topic)",
    "quote": "Quotation, letter by letter (none for the record)",
    "rival of": "Rival of: the title of an event that cannot stand beside this one",
    "note": "Note",
}


class Events(w.VBox):
    """A list of events that can be added to, changed, shortened and undone, by keyboard; `value` is the list."""

    value = traitlets.List()

    def __init__(self):
        super().__init__()
        self.past: list[list] = []
        self.at: int | None = None  # which event is being changed
        self.fields = {key: field(label, 2 if key == "quote" else 1) for key, label in EVENT.items()}
        known = [(id or "choose", id) for id in SOURCES]
        self.fields["source"] = w.Dropdown(description="Source", options=known, value="")
        self.add, self.undo = w.Button(description="Add this event"), w.Button(description="Undo")
        self.add.on_click(lambda _: self.put())
        self.undo.on_click(lambda _: self.back())
        self.rows = w.VBox()
        self.children = [self.rows, *self.fields.values(), w.HBox([self.add, self.undo])]
        self.observe(lambda _: self.draw(), "value")
        self.draw()

    def typing(self) -> dict[str, str]:
        """The event that stands in the fields and is not in the list yet; empty if there is none."""
        event = {key: one.value.strip() for key, one in self.fields.items()}
        return event if event["title"] or event["quote"] else {}

    def all(self) -> list[dict[str, str]]:
        """The list with what stands in the fields put in its place."""
        events, event = list(self.value), self.typing()
        at = len(events) if self.at is None else self.at
        return events[:at] + ([event] if event else events[at : at + 1]) + events[at + 1 :]

    def change(self, events: list[dict[str, str]]) -> None:
        """Take a new list, remember the old one, and empty the fields."""
        self.past.append(list(self.value))
        self.show(events)

    def show(self, events: list[dict[str, str]]) -> None:
        """Show a list and empty the fields."""
        self.at, self.add.description = None, "Add this event"
        for one in self.fields.values():
            one.value = ""
        self.value = events

    def put(self) -> None:
        if self.typing():
            self.change(self.all())

    def back(self) -> None:
        if self.past:
            self.show(self.past.pop())

    def load(self, at: int) -> None:
        """Put an event of the list into the fields, to be changed there."""
        for key, one in self.fields.items():
            one.value = str(self.value[at].get(key, ""))
        self.at, self.add.description = at, "Keep the change"

    def draw(self) -> None:
        self.undo.disabled = not self.past
        self.rows.children = [self._row(at, event) for at, event in enumerate(self.value)]

    def _row(self, at: int, event: dict[str, str]) -> w.Widget:
        change, remove = w.Button(description=f"Change {at + 1}"), w.Button(description=f"Remove {at + 1}")
        change.on_click(lambda _: self.load(at))
        remove.on_click(lambda _: self.change([other for n, other in enumerate(self.value) if n != at]))
        return w.HBox([html("event", event=event, number=at + 1), change, remove])


@form.register
def _timeline(question: Timeline, corpus: Corpus) -> Form:
    editor = Events()

    def fill(value: Any) -> None:
        editor.value = [dict(event) for event in value] if isinstance(value, list | tuple) else []

    return Form(editor, editor.all, fill, (editor, *editor.fields.values()))
