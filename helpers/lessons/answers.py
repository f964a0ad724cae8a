"""One boundary for an answer: what may stand in it, what is said to it, and what a reader is shown of it.

Every class of question owns `read` (the value as it is kept), `verdict`, `example` and `shown`. The box on the page,
the typed line, a hand-in and a key all ask the question itself, so that an answer means the same wherever it is seen.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Literal

import msgspec

from helpers.base.errors import KitError
from helpers.base.html import Typed
from helpers.lessons.format import Data, Headline, Input, Part, Refused, Sample
from helpers.lessons.journal import UNSAVED, Line, newest
from helpers.lessons.words import blank, compared, plain_data, words_of
from helpers.texts.corpus import Corpus

PASS = "pass"  # the answer of whoever passes a question over
# What a line of the journal keeps beside the answer itself; TRIES counts those of a file that was brought back.
DRAFT, SHOWN, TOLD, TRIES = "/draft", "/shown", "/told", "/tries"
NOT_YET = "Not answered yet."


class Badge(StrEnum):
    """Who looks at an answer."""

    CHECKED = "the computer checks"
    PART = "the computer checks part"
    JUDGED = "you judge"


class State(StrEnum):
    """What an answer is."""

    OPEN = "open"  # nobody has answered
    BLANK = "blank"  # sent, but there is no answer in it yet
    PASSED = "passed"
    ACCEPTED = "accepted"
    PART = "part"  # what can be checked is in order
    REFUSED = "refused"
    KEPT = "kept"
    UNREADABLE = "unreadable"


HEADS = {
    State.ACCEPTED: "The text bears this out.",
    State.PART: "Kept. What the computer can check is in order.",
    State.REFUSED: "Not yet. Your answer is kept; you may change it.",
    State.KEPT: "Kept. Nobody marks it.",
    State.PASSED: "Passed over.",
    State.UNREADABLE: "This answer can't be read.",
}
ANSWERED = {State.ACCEPTED, State.PART, State.KEPT}
NO_ANSWER = {State.BLANK, State.UNREADABLE}  # a verdict on which nothing is saved as an answer


# ---- What is said ----


@dataclass(frozen=True)
class Remark:
    """What is said to one cell of a table, or to one event (its number from 0) of a timeline; in Markdown."""

    row: str
    column: str
    message: str
    good: bool = False  # said to words that are accepted

    @property
    def at(self) -> str:
        """Where it stands, in words."""
        return f"{self.row} · {self.column}" if self.column else f"event {int(self.row) + 1}"


@dataclass(frozen=True)
class Verdict:
    """What an answer is, and what is said to it: lines of Markdown, and remarks on single cells."""

    state: State
    said: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()

    @property
    def lines(self) -> tuple[str, ...]:
        """All that is said, as lines: the remarks under one another, those with the same words together."""
        where: dict[str, list[str]] = {}
        for remark in self.remarks:
            where.setdefault(remark.message, []).append(remark.at)
        return (*self.said, *(f"*{'; '.join(cells)}:* {message}" for message, cells in where.items()))


@dataclass(frozen=True)
class Shown:
    """What a reader is shown of a question: the value in its inputs, and what is said to it.

    `after` is the last word, `key` what would have been accepted: both stay empty until they are due or asked for.
    """

    value: Any
    verdict: Verdict
    samples: tuple[str, ...] = ()
    after: str = ""
    key: str = ""
    tries: int = 0

    def heading(self, status: str) -> str:
        """What is said first; never that something is kept while it is not."""
        if status.startswith(UNSAVED):
            return "Not saved."
        return HEADS.get(self.verdict.state, "")


# ---- What every question has ----


class Question(Part, kw_only=True, tag_field="type"):
    """What every question has. `after` is shown once an answer is accepted or kept, and so are `samples`, if any."""

    id: Annotated[str, msgspec.Meta(pattern=r"^\d\d\.\d+$")]
    part: Literal["core", "further"]
    minutes: int
    title: str
    prompt: str
    hints: Annotated[tuple[str, ...], msgspec.Meta(min_length=1, max_length=3)]
    cites: tuple[str, ...] = ()
    headlines: tuple[Headline, ...] = ()
    excerpts: tuple[str, ...] = ()
    after: str = ""
    paper: str = ""
    samples: tuple[Sample, ...] = ()

    # What a class of question says for itself.

    badge: ClassVar[Badge] = Badge.JUDGED
    inputs: ClassVar[tuple[Input, ...]]  # what a reader fills in
    example: ClassVar[Any] = "…"  # an answer to fill in, in its shape: run as it is, it is not an answer yet
    shape: ClassVar[str] = ""  # what goes in the place of the dots, in a few words; empty where that needs no saying

    def taken(self, value: Any) -> Any:
        """What is kept of a value that is not blank: None if it holds no answer, a `KitError` if it can't be read."""
        return words_of(value)

    def judged(self, kept: Any, corpus: Corpus) -> Verdict:
        """What is said to a kept value."""
        return Verdict(State.KEPT)

    def meant(self, kept: Any) -> Any:
        """What `saved` gives for a kept value: the answer alone, a date as EDTF."""
        return kept

    def key(self) -> str:
        """What would have been accepted, in Markdown; empty where nothing is checked."""
        return ""

    def fields(self, kept: Any, corpus: Corpus) -> Data:
        """What stands in the inputs when `kept` is shown in them."""
        return {"answer": kept}

    def from_fields(self, fields: Data, corpus: Corpus) -> Any:
        """The answer that stands in the inputs."""
        return fields.get("answer", "")

    def without_notes(self, kept: Any) -> Any:
        """A kept value, or what stands in the inputs, without what is a reader's own and never looked at."""
        return kept

    @property
    def voices(self) -> tuple[str, ...]:
        """What readers might say, shown after an answer."""
        return tuple(sample.says for sample in self.samples)

    # What follows from that, for all alike.

    def read(self, value: Any) -> Any:
        """The value as it is kept: None if nothing was written, "pass", or what the question takes of it.

        A `KitError` says in a sentence why a value is none that this question can hold.
        """
        value = plain_data(value)
        if value == PASS:
            return PASS
        if blank(value):
            return None
        return self.taken(value)

    def verdict(self, value: Any, corpus: Corpus) -> Verdict:
        """What can be said to any value whatever; it never raises."""
        try:
            kept = self.read(value)
        except KitError as error:
            return Verdict(State.UNREADABLE, (Typed(error),))
        if kept == PASS:
            return Verdict(State.PASSED)
        if kept is None:
            return Verdict(State.BLANK, (NOT_YET,))
        try:
            return self.judged(kept, corpus)
        except KitError as error:  # words that can't be looked for, for example
            return Verdict(State.BLANK, (Typed(error),))

    def shown(self, lines: Sequence[Line], corpus: Corpus) -> Shown:
        """What a reader is shown after `lines` of the journal, the oldest first. The key only if it was asked for."""
        answer, told, elsewhere = (newest(self.id + kind, lines) for kind in ("", TOLD, TRIES))
        tries = len([line for line in lines if line.key == self.id and line.value not in (None, PASS)])
        if isinstance(elsewhere, int):
            tries += elsewhere
        verdict = Verdict(State.OPEN) if answer is None else self.verdict(answer, corpus)
        if verdict.state == State.UNREADABLE:
            kept = Typed(f"It is: {json.dumps(answer, ensure_ascii=False)}")
            verdict = replace(verdict, said=(*verdict.said, kept))
        answered = verdict.state in ANSWERED
        key = self.key() if told else ""
        after = self.after if answered or told else ""
        return Shown(_standing(self.id, lines), verdict, self.voices if answered else (), after, key, tries)

    @property
    def twin(self) -> str:
        """The answer as a line of code, to be filled in."""
        example = json.dumps(self.example, ensure_ascii=False)
        shape = f"  # {self.shape}" if self.shape else ""
        return f'answer("{self.id}", {example}){shape}'


class Judged(Question, kw_only=True):
    """A question that a reader judges: kept, never marked. Samples show ways of seeing, not a model."""


class Checked(Question, kw_only=True):
    """A question that the texts decide. `otherwise` goes to every answer that nobody foresaw."""

    refused: Annotated[tuple[Refused, ...], msgspec.Meta(min_length=2)]
    otherwise: str
    badge: ClassVar[Badge] = Badge.CHECKED

    def same(self, kept: Any, key: Any) -> bool:
        """Whether a kept value is the one that a refused answer of the file means."""
        return compared(kept) == compared(key)

    def right(self, kept: Any) -> bool:
        """Whether the texts bear a kept value out."""
        raise NotImplementedError

    def judged(self, kept: Any, corpus: Corpus) -> Verdict:
        for refused in self.refused:
            if self.same(kept, refused.answer):
                return Verdict(State.REFUSED, (refused.message,))
        if self.right(kept):
            return Verdict(State.ACCEPTED)
        return self.unforeseen(kept)

    def unforeseen(self, kept: Any) -> Verdict:
        """What is said to a value that nobody foresaw."""
        return Verdict(State.REFUSED, (self.otherwise,))


def _standing(id: str, lines: Sequence[Line]) -> Any:
    """What stands in the inputs: the newest that was typed or answered, passing over not counted; "" after clearing."""
    stood = [line.value for line in lines if line.key in (id, id + DRAFT) and line.value != PASS]
    return "" if not stood or stood[-1] is None else stood[-1]
