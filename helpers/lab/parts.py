"""Small parts of stock widgets, for what is no question: a shown text, a field with a live result, a button that asks.

Words become HTML only through `page`, so nothing typed can run.
"""

from collections.abc import Callable
from typing import Any

import ipywidgets as w

from helpers.base.errors import KitError
from helpers.base.html import page, plain
from helpers.lab.guard import announce


def html(template: str, /, **values: Any) -> w.HTML:
    """A widget that shows a template: the only place where a stock widget is given HTML."""
    return w.HTML(page(template, **values))


class Shown(w.VBox):
    """A box of widgets that also reads as text where widgets can't be shown."""

    words = ""

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        return super()._repr_mimebundle_(**kwargs) | {"text/plain": self.words}

    def __repr__(self) -> str:
        return self.words


def field(label: str) -> w.Text:
    """A line to type in, with its label above it."""
    made = w.Text(description=label, continuous_update=True, layout={"width": "auto", "max_width": "40rem"})
    made.add_class("lima-field")
    return made


def live(label: str, show: Callable[[str], str]) -> w.VBox:
    """A line whose result appears as one types; `show` gives HTML made by `page`, or says what is amiss."""
    asked, shown = field(label), w.HTML("")

    def update(change: dict[str, Any]) -> None:
        try:
            shown.value = show(change["new"])
        except KitError as error:
            shown.value = str(plain(str(error)))

    asked.observe(update, "value")
    return w.VBox([asked, shown])


def button(label: str, act: Callable[[], Any]) -> w.Button:
    """A button that does one thing."""
    made = w.Button(description=label)
    made.on_click(lambda _: act())
    return made


def confirmed(label: str, question: str, act: Callable[[], str]) -> w.VBox:
    """A button that asks once, then acts and says what it did."""

    def rest(words: str) -> None:
        said.value = words
        box.children = [start, said]
        announce(words)

    def ask() -> None:  # what it asks with is made when it asks: most readers never press
        no, yes = button("No", lambda: rest("")), button("Yes", lambda: rest(act()))
        box.children = [w.Label(question), w.HBox([no, yes])]

    start, said = button(label, ask), w.Label("")
    box = w.VBox([start, said])
    return box
