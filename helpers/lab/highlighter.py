"""The highlighter: a reader marks words in passages, by mouse or by keyboard alone, and finds the marks again."""

from collections.abc import Iterable
from typing import Any

import anywidget
import ipywidgets as w
import traitlets

from helpers.lab.box import FRONT, Form, announce, field
from helpers.lab.forms import form
from helpers.lessons.marks import Passage, given, listed, passages
from helpers.lessons.questions import PASS, Mark
from helpers.texts.corpus import Corpus, Span


class Highlighter(anywidget.AnyWidget):
    """Passages to mark. `marks` are the reader's, `others` those of somebody else, shown as dotted boxes.

    Both count code points from the start of their passage: cite, start, end, and label or name. A mark whose words do
    not stand in its passage starts at -1 and carries its `quote`: it is listed, so that nothing typed is lost.
    """

    _esm = FRONT / "highlighter.js"
    _css = FRONT / "kit.css"
    passages = traitlets.List().tag(sync=True)
    labels = traitlets.List().tag(sync=True)
    letters = traitlets.List().tag(sync=True)
    marks = traitlets.List().tag(sync=True)
    others = traitlets.List().tag(sync=True)
    value = traitlets.List()  # the marks, under the name by which every other input is watched

    def __init__(self, shown: list[Passage], labels: Iterable[str] = ()):
        self.shown = shown
        texts = [{"cite": passage.cite, "text": passage.text} for passage in shown]
        super().__init__(passages=texts, labels=list(labels), letters=letters(labels))

    @traitlets.observe("marks")
    def _valued(self, change) -> None:
        self.value = change["new"]

    def saved(self) -> dict[str, list]:
        """The marks as they are saved: for each passage that has any, the quoted words."""
        found: dict[str, list] = {}
        for passage in self.shown:
            for mark in (mark for mark in self.marks if mark["cite"] == passage.cite):
                start, end, label = mark["start"], mark["end"], mark["label"]
                lost = {"quote": mark.get("quote", ""), "label": label} if label else mark.get("quote", "")
                found.setdefault(passage.cite, []).append(passage.mark(start, end, label) if start >= 0 else lost)
        return found

    def restore(self, answer: dict) -> None:
        """Put the marks of an answer back on their letters."""
        marks = []
        for passage in self.shown:
            for mark in _marks(answer, passage):
                start, end = passage.place(mark) or (-1, -1)
                made = {"cite": passage.cite, "start": start, "end": end, "label": str(mark.get("label", ""))}
                marks.append(made if start >= 0 else made | {"quote": mark["quote"]})
        self.marks = marks

    def beside(self, name: str, places: Iterable[Span]) -> None:
        """Show somebody else's marks, as far as they lie in these passages, in dotted boxes under `name`."""
        boxes = [
            {"cite": passage.cite, "start": place.start - passage.start, "end": place.end - passage.start, "name": name}
            for place in places
            for passage in self.shown
            if place.source.id == passage.spans[0].source.id
            and passage.start <= place.start
            and place.end <= passage.spans[-1].end
        ]
        self.others = [other for other in self.others if other["name"] != name] + boxes


def letters(labels: Iterable[str]) -> list[str]:
    """A letter for each kind of mark: the first of its own that no kind before it has."""
    taken: list[str] = []
    for label in labels:
        taken.append(next((c for c in label.upper() if c.isalpha() and c not in taken), str(len(taken) + 1)))
    return taken


def _marks(answer: dict, passage: Passage) -> list[dict]:
    value = given(answer, passage.cite)
    return [] if value in (None, PASS) else listed(value)


@form.register
def _mark(question: Mark, corpus: Corpus) -> Form:
    shown = passages(corpus, question.passages)
    marks = Highlighter(shown, question.labels)
    over = {passage.cite: w.Checkbox(description=f"I pass over {passage.shown}", indent=False) for passage in shown}
    note = [field(question.note)] if question.note else []

    def read() -> dict[str, Any]:
        noted = {"note": note[0].value} if note and note[0].value.strip() else {}
        return {cite: PASS for cite, box in over.items() if box.value} | marks.saved() | noted

    def fill(value: Any) -> None:
        answer = value if isinstance(value, dict) else {}
        marks.restore(answer)
        for cite, box in over.items():
            box.value = given(answer, cite) == PASS
        for one in note:
            one.value = str(answer.get("note", ""))

    def settle(_) -> None:
        """A passage with marks is not passed over."""
        for passage in shown:
            if over[passage.cite].value and passage.cite in marks.saved():
                over[passage.cite].value = False
                announce(f"{passage.shown} has marks, so it is not passed over.")

    def opened() -> None:
        for reading in question.reading:
            quotes = [(passage, quote) for passage in shown for quote in given(reading.marks, passage.cite) or ()]
            marks.beside(reading.reader, [passage.places(quote)[0] for passage, quote in quotes])

    inputs = (marks, *over.values(), *note)
    for one in (marks, *over.values()):
        one.observe(settle, "value")
    return Form(w.VBox(inputs), read, fill, inputs, opened)
