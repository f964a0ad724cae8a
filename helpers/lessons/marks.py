"""What is checked in part: marks in a passage, from quoted words to their letters and back, and events of one's own.

A mark is saved as its words, never as offsets: "reluctant guests", or a record with `quote`, the `label` of its kind,
and `nth` where the words stand more than once in the passage and not the first place is meant.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from helpers.base.edtf import interval
from helpers.history.record import record
from helpers.history.timex import typed
from helpers.lessons.questions import PASS, Mark
from helpers.texts.corpus import Corpus, Span, find, matches
from helpers.texts.reading import read


@dataclass(frozen=True)
class Passage:
    """One paragraph or a range of one text, as it stands in the file; `cite` is as its question writes it."""

    cite: str
    spans: tuple[Span, ...] = field(repr=False)

    @property
    def start(self) -> int:
        return self.spans[0].start

    @property
    def text(self) -> str:
        return self.spans[0].source.text[self.start : self.spans[-1].end]

    @property
    def shown(self) -> str:
        """The citation as a reader is shown it."""
        return self.cite if "¶" in self.cite else self.cite.replace(" ", " ¶", 1)

    def places(self, quote: str) -> list[Span]:
        """Where `quote` stands here, never across paragraphs: as whole words, however typed, then by its letters."""
        for words in (quote, quote.strip(" \"'“”‘’.…")):
            if words.strip():
                found = [place for span in self.spans for place in matches(span, words, literal=True)]
                exact = [
                    Span(span.source, span.number, span.start + at.start(), span.start + at.start() + len(words))
                    for span in self.spans
                    for at in re.finditer(rf"(?={re.escape(words)})", span.text)
                ]
                if found := list(dict.fromkeys([*found, *exact])):
                    return found
        return []

    def place(self, mark: dict) -> "tuple[int, int] | None":
        """The letters of a mark, counted from the start of the passage; None if its words do not stand here."""
        found, nth = self._offsets(mark["quote"]), mark.get("nth", 1)
        known = isinstance(nth, int) and 1 <= nth <= len(found)
        return found[nth - 1 if known else 0] if found else None

    def mark(self, start: int, end: int, label: str = "") -> "str | dict[str, Any]":
        """The mark on the letters from `start` to `end`, as it is saved."""
        quote = self.text[start:end]
        found = self._offsets(quote)
        nth = found.index((start, end)) + 1 if (start, end) in found else 1
        more = ({"label": label} if label else {}) | ({"nth": nth} if nth > 1 else {})
        return {"quote": quote} | more if more else quote

    def _offsets(self, quote: str) -> list[tuple[int, int]]:
        return [(place.start - self.start, place.end - self.start) for place in self.places(quote)]


def passages(corpus: Corpus, cites: "tuple[str, ...]") -> list[Passage]:
    """The passages that a question asks to be marked."""
    return [Passage(cite, read(corpus, cite).spans) for cite in cites]


def given(answer: Any, cite: str) -> Any:
    """What an answer holds for a passage, whether it is named "l5i 3" or "l5i ¶3"."""

    def name(words: Any) -> str:
        return " ".join(str(words).replace("¶", " ").lower().split())

    return next((value for key, value in answer.items() if name(key) == name(cite)), None)


def listed(value: Any) -> list[dict]:
    """The marks in what was given for one passage: quoted words, a record, or a list of them."""
    marks = [mark if isinstance(mark, dict) else {"quote": mark} for mark in _all(value)]
    return [mark | {"quote": str(mark["quote"])} for mark in marks if str(mark.get("quote") or "").strip(" .…")]


def _all(value: Any) -> list:
    return list(value) if isinstance(value, list | tuple) else [value]


def fault(question: Mark, at: str, lost: tuple[str, ...]) -> str:
    """What is said to a passage with too few marks, or with words that do not stand in it."""
    if lost:
        return f"Not every mark stands in {at}. Copy the words letter by letter."
    few = "no mark" if question.least == 1 else f"fewer than {question.least} marks"
    return f"{at} has {few} yet, and you have not passed it over."


def faults(question: Mark, answer: dict, asked: list[Passage]) -> dict[str, tuple[str, ...]]:
    """The passages that have too few marks, each with the words of its marks that do not stand in it."""
    found = {}
    for passage in asked:
        value = given(answer, passage.cite)
        marks = [] if value == PASS else listed(value)
        lost = tuple(mark["quote"] for mark in marks if passage.place(mark) is None)
        if lost or (value != PASS and len(set(map(passage.place, marks))) < question.least):
            found[passage.shown] = lost
    return found


# ---- An event of a reader's own ----


def trouble(event: dict[str, str], titles: set[str], corpus: Corpus) -> str:
    """What can be shown to be amiss in one event of a timeline; an empty string if nothing is."""
    try:
        first, last = (interval(typed(event.get(key, ""))) for key in ("from", "to"))
        words, cite = event.get("quote", ""), event.get("citation", "")
        if event.get("source") == "record":
            record(corpus, cite)
        elif not any(find(read(corpus, cite), words or "—", literal=True)):
            return f"these words do not stand in {cite}. Copy them from there."
    except ValueError as error:
        return str(error)
    if first.earliest > last.latest:
        return "*from* is later than *to*. From takes the earliest day, to the latest."
    rival = event.get("rival of", "")
    return "" if rival in ("", *titles) else f"no event of yours is called {rival!r}."
