"""The box of a question: one anywidget over its data.

Python sends a description, what is to stand in the inputs, and what is said; `data/front/box.js` draws native HTML from
them and sends back what stands in the inputs. The box knows neither the journal nor what an answer means: it asks the
session, which asks the question.
"""

from typing import Any

import anywidget
import msgspec
import traitlets
from IPython.display import display

from helpers.base.html import page, told
from helpers.history.rivals import RECORD
from helpers.lab.guard import FRONT
from helpers.lessons.answers import PASS, Badge, Question, Shown, State, Verdict
from helpers.lessons.events import Timeline
from helpers.lessons.format import Input
from helpers.lessons.journal import UNSAVED
from helpers.lessons.marks import Mark
from helpers.lessons.session import Session
from helpers.lessons.sheets import Excerpt
from helpers.texts.corpus import Corpus

PARTS = ("sending.js", "highlighter.js", "lists.js", "box.js")  # one module, in this order


class Form(anywidget.AnyWidget):
    """Fields on the page and what is said to them. `value` is what stands in the inputs, by the inputs' names."""

    words = ""
    _esm = "\n".join((FRONT / name).read_text(encoding="utf-8") for name in PARTS)
    _css = FRONT / "kit.css"
    description = traitlets.Dict().tag(sync=True)
    value = traitlets.Dict().tag(sync=True)
    fill = traitlets.Dict({"n": 0, "value": {}}).tag(sync=True)
    told = traitlets.Dict().tag(sync=True)
    others = traitlets.List().tag(sync=True)
    heard = traitlets.Int().tag(sync=True)  # number of the last message: a box that is not heard says so

    def __init__(self, description: dict[str, Any]):
        super().__init__(description=description)
        self.on_msg(lambda _, content, buffers: self._take(content))

    def _take(self, content: dict[str, Any]) -> None:
        self.hear(content)
        self.heard = content.get("n", self.heard)

    def hear(self, content: dict[str, Any]) -> None:
        """What a reader did, and what stood in the inputs."""
        raise NotImplementedError

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        data, metadata = super()._repr_mimebundle_(**kwargs)
        return data | {"text/plain": self.words}, metadata

    def __repr__(self) -> str:
        return self.words


class QuestionBox(Form):
    """A question on the page."""

    def __init__(self, asked: Question, session: Session, excerpts: tuple[Excerpt, ...] = (), *, again: bool = False):
        self.asked, self.session = asked, session
        self.hints = 0  # how many are open
        self.presses = 0  # counts what was sent, so that the same words are said again
        self.looked_up = {}  # what was said to cells as they were left: it stays until an answer is given
        self.filling = False  # whether Python itself puts a value into the inputs
        self.words = as_text(asked, excerpts)
        super().__init__(described(asked, session.corpus, excerpts, again=again))

    # ---- From the page ----

    @traitlets.observe("value")
    def _typed(self, change: dict[str, Any]) -> None:
        if not self.filling:
            self.hear({"do": "typed", "value": change["new"]})

    def hear(self, content: dict[str, Any]) -> None:
        """What a reader did: typed, left (a field), check, over, hint, show. What stood in the inputs comes with it."""
        do, answer = content.get("do"), self._answer(content.get("value"))
        if do not in ("typed", "left"):
            self.presses += 1
            self.looked_up = {}
        if do == "typed":
            self.session.typed(self.asked.id, answer)
        elif do == "left":
            self._look_up(answer)
        elif do == "check":
            self.session.commit(self.asked, answer, page=answer)
        elif do == "over":
            self.session.commit(self.asked, PASS, page=answer)
        elif do == "show":
            self.session.tell_key(self.asked)
        elif do == "hint":
            self.hints = min(self.hints + 1, len(self.asked.hints))
            self.told = self.told | {"hints": self._hints()}

    def _answer(self, fields: Any) -> Any:
        return self.asked.from_fields(fields if isinstance(fields, dict) else {}, self.session.corpus)

    def _look_up(self, answer: Any) -> None:
        """Say of the copied words of a table where they stand, before it is an answer."""
        said = self.asked.verdict(answer, self.session.corpus)
        self.looked_up = {"cells": _cells(said, self.session.corpus)}
        self.told = self.told | self.looked_up

    # ---- To the page ----

    def tell(self, shown: Shown, status: str, *, fill: bool) -> None:
        """Show what is said; with `fill` also put the value into the inputs."""
        refused = shown.verdict.state == State.REFUSED
        self.told = told_of(shown, self.session.corpus) | {
            "heading": shown.heading(status),
            "n": shown.tries or self.presses,  # a new number: the same words are said again
            "hints": self._hints(),
            "status": status,
            "unsaved": status.startswith(UNSAVED),
            "offer": refused and self.asked.badge == Badge.CHECKED and not shown.key,
            **self.looked_up,
        }
        if isinstance(self.asked, Mark):
            self.others = self.asked.others(self.session.corpus) if shown.samples else []
        if fill:
            self._fill(self._fields(shown.value))

    def _fill(self, fields: dict[str, Any]) -> None:
        """Put a value into the inputs, also where no page is open now and one will be."""
        self.filling = True
        self.value = fields
        self.filling = False
        self.fill = {"n": self.fill["n"] + 1, "value": fields}

    def _fields(self, value: Any) -> dict[str, Any]:
        """What stands in the inputs; a value that does not fit them leaves them empty, and is shown as text."""
        try:
            return self.asked.fields(value, self.session.corpus)
        except (TypeError, KeyError, ValueError, AttributeError):
            return {}

    def _hints(self) -> list[str]:
        return [_html(hint, self.session.corpus) for hint in self.asked.hints[: self.hints]]

    def _ipython_display_(self) -> None:
        """The box, and a sentence for the next day: it is saved with the page and hidden while the box lives."""
        asleep = page("asleep", id=self.asked.id, title=self.asked.title)
        display(self._repr_mimebundle_()[0], raw=True)
        display({"text/html": asleep, "text/plain": f"Press Start the lesson: {self.asked.id} comes back."}, raw=True)


def told_of(shown: Shown, corpus: Corpus) -> dict[str, Any]:
    """What is said to an answer, as prepared HTML: lines, remarks on single cells, and what an answer opens."""
    return {
        "state": str(shown.verdict.state),
        "said": [_html(line, corpus) for line in shown.verdict.said],
        "cells": _cells(shown.verdict, corpus),
        "samples": [_html(sample, corpus) for sample in shown.samples],
        "after": _html(shown.after, corpus),
        "key": _html(shown.key, corpus),
    }


def _cells(verdict: Verdict, corpus: Corpus) -> list[dict[str, Any]]:
    """What is said to single cells."""
    return [
        {"row": remark.row, "column": remark.column, "html": _html(remark.message, corpus), "good": remark.good}
        for remark in verdict.remarks
    ]


def _html(words: str, corpus: Corpus) -> str:
    return str(told(words, corpus))


# ---- The description ----


def described(asked: Question, corpus: Corpus, excerpts: tuple[Excerpt, ...] = (), *, again: bool = False) -> dict:
    """What a page needs to draw a question, as plain data."""
    return {
        "id": asked.id,
        "title": asked.title,
        "badge": str(asked.badge),
        "minutes": asked.minutes,
        "part": asked.part,
        "type": asked.__struct_config__.tag,
        "prompt": _html(asked.prompt, corpus),
        "before": page("before", excerpts=excerpts, again=again) if excerpts else "",
        "check": "Done" if asked.badge == Badge.JUDGED else "Check",
        "hints": len(asked.hints),
        "inputs": [_input(one, asked, corpus) for one in asked.inputs],
    }


def _input(one: Input, asked: Question, corpus: Corpus) -> dict[str, Any]:
    """An input as plain data, its Markdown made HTML."""
    data = msgspec.to_builtins(one)
    more = data.pop("more", {})
    plainly = {"name": one.name, "label": one.label}  # msgspec leaves out what stands at its default
    made = _with_html(plainly | data | more, corpus)
    if isinstance(asked, Mark):
        passages = asked.passages_of(corpus)
        made["passages"] = [{"cite": p.cite, "shown": p.shown, "text": p.text} for p in passages]
    if isinstance(asked, Timeline):
        source = next(field for field in made["fields"] if field["name"] == "source")
        source["options"] = [{"value": id, "text": id or "choose"} for id in ("", *corpus, RECORD)]
    return made


def _with_html(data: Any, corpus: Corpus) -> Any:
    """Plain data in which each `says` has become `html`."""
    if isinstance(data, dict):
        made = {name: _with_html(item, corpus) for name, item in data.items() if name != "says"}
        return made | {"html": _html(data["says"], corpus)} if "says" in data else made
    if isinstance(data, list | tuple):
        return [_with_html(item, corpus) for item in data]
    return data


def as_text(asked: Question, excerpts: tuple[Excerpt, ...] = ()) -> str:
    """A question as plain text: title, badge, prompt, passages and what can be chosen, ordered or filled in."""
    lines = [f"{asked.id} · {asked.title} [{asked.badge}]", asked.prompt]
    lines += [f"{excerpt.key}: {excerpt.quote}" for excerpt in excerpts]
    for one in asked.inputs:
        for item in (*one.options, *one.items):
            lines.append(f"  {item.get('key', item.get('value', ''))}  {item.get('says', item.get('text', ''))}")
        if one.kind == "table":
            lines += [f"  {row['key']}: {' | '.join(one.columns)}" for row in one.rows]
    return "\n".join(lines)
