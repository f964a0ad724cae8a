"""Exercises on the page: ask a question, reveal a result. Commit first, then see."""

import inspect
from collections.abc import Callable
from typing import Any

import ipywidgets as w
from IPython.core.formatters import DisplayFormatter

from helpers.lab.box import QuestionBox
from helpers.lab.parts import Shown, button, html
from helpers.lessons.session import Session, session
from helpers.lessons.sheets import question, sheet


def ask(id: str) -> QuestionBox:
    """The question with its inputs. It restores your saved answer, saves by itself, and can be passed over."""
    asked, now = question(id), session()
    now.look()
    excerpts, first = sheet(int(id[:2])).letters(asked)
    box = QuestionBox(asked, now, excerpts, again=not first)
    now.boxes[id] = box
    box.tell(now.shown(asked), now.status(id), fill=True)
    return box


# ---- Revealing ----


class Reveal(Shown):
    """A result that is closed until its question has an answer. What is shown is held as plain data until then."""

    def __init__(self, id: str, thing: Any, session: Session):
        self.bundles = None if callable(thing) else bundles_of(thing)
        self.make: Callable[[], Any] | None = thing if callable(thing) else None
        self.output = w.Output()
        self.words = f"Answer {id} first."
        notice = html("words", words=f"*{self.words}*", corpus=None)
        self.shut = [notice, button("Show without answering", lambda: session.show(id))]
        super().__init__(self.shut)
        self.add_class("lima-closed")

    def disclose(self) -> None:
        """Show the result; a function is called now, for it may depend on the answer. It never raises."""
        found = self.contents()
        self.output.outputs = tuple({"output_type": "display_data", "data": data, "metadata": {}} for data in found)
        self.children = [self.output]

    def contents(self) -> list[dict[str, Any]]:
        """The result as plain data, one bundle or several."""
        if self.make is None:
            return self.bundles
        try:
            return bundles_of(self.make())
        except Exception as error:  # one failing result must not block the others
            return [{"text/plain": str(error)}]

    def conceal(self) -> None:
        """Close it again, for another reader."""
        self.output.outputs = ()
        self.children = self.shut


def reveal(id: str, thing: Any) -> Reveal:
    """`thing`, closed until the question has an answer; then it opens by itself and stays open at the next Run All.

    `thing` is computed at once. A function of no arguments is called when the reveal opens, for what depends on the
    answer. It is never a widget: a widget's state leaves the kernel when it is made.
    """
    question(id)
    now = session()
    now.look()
    made = Reveal(id, thing, now)
    now.reveals[id, _place()] = made  # a cell that runs again puts its new result in the place of the old one
    if now.is_open(id):
        made.disclose()
    return made


def _place() -> str:
    """The cell and line that called, outside the package."""
    frame = inspect.currentframe()
    while frame is not None and frame.f_globals.get("__name__", "").startswith("helpers."):
        frame = frame.f_back
    return f"{frame.f_code.co_filename}:{frame.f_lineno}" if frame is not None else ""


def bundles_of(thing: Any) -> list[dict[str, Any]]:
    """What a notebook would show for `thing`, as plain data: one bundle, or several for a chart and its table."""
    if hasattr(thing, "bundles"):
        return thing.bundles()
    if isinstance(thing, list | tuple):
        return [bundle for one in thing for bundle in bundles_of(one)]
    return [DisplayFormatter().format(thing)[0]]
