"""Marks in a passage, from quoted words to their letters and back: what is checked in part.

A mark is saved as its words, never as offsets: "reluctant guests", or a record with `quote`, the `label` of its kind,
and `nth` where the words stand more than once in the passage and not the first place is meant.
"""

import re
from dataclasses import dataclass, field
from typing import Annotated, Any, ClassVar

import msgspec

from helpers.base.cite import Cite
from helpers.base.errors import KitError, nearest
from helpers.lessons.answers import PASS, Badge, Input, Part, Question, Refused, State, Verdict
from helpers.lessons.values import blank, words_of
from helpers.texts.corpus import Corpus, Span, matches
from helpers.texts.reading import read

# ---- Passages ----


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
        return str(Cite.parse(self.cite))

    def places(self, quote: str) -> list[Span]:
        """Where `quote` stands here, never across paragraphs: as whole words, however typed, then by its letters."""
        for words in (quote, quote.strip(" \"'“”‘’.…")):
            if words.strip():
                found = [place for span in self.spans for place in matches(span, words, literal=True)]
                exact = [place for span in self.spans for place in _by_letters(span, words)]
                if found or exact:
                    return list(dict.fromkeys([*found, *exact]))
        return []

    def place(self, mark: dict) -> tuple[int, int] | None:
        """The letters of a mark, counted from the start of the passage; None if its words do not stand here."""
        found, nth = self._offsets(mark["quote"]), mark.get("nth", 1)
        if not found:
            return None
        known = isinstance(nth, int) and 1 <= nth <= len(found)
        return found[nth - 1] if known else found[0]

    def mark(self, start: int, end: int, label: str = "") -> str | dict[str, Any]:
        """The mark on the letters from `start` to `end`, as it is saved."""
        quote = self.text[start:end]
        found = self._offsets(quote)
        nth = found.index((start, end)) + 1 if (start, end) in found else 1
        more: dict[str, Any] = {}
        if label:
            more["label"] = label
        if nth > 1:
            more["nth"] = nth
        return {"quote": quote} | more if more else quote

    def _offsets(self, quote: str) -> list[tuple[int, int]]:
        return [(place.start - self.start, place.end - self.start) for place in self.places(quote)]


def _by_letters(span: Span, words: str) -> list[Span]:
    starts = [span.start + at.start() for at in re.finditer(rf"(?={re.escape(words)})", span.text)]
    return [Span(span.source, span.number, start, start + len(words)) for start in starts]


def letters(labels: tuple[str, ...]) -> list[str]:
    """A letter for each kind of mark: the first of its own that no kind before it has."""
    taken: list[str] = []
    for label in labels:
        own = [char for char in label.upper() if char.isalpha() and char not in taken]
        taken.append(own[0] if own else str(len(taken) + 1))
    return taken


# ---- The question ----


class Reading(Part, kw_only=True):
    """How somebody else marked the passages, and why; two of them differ."""

    reader: str
    reason: str
    marks: dict[str, tuple[str, ...]]

    @property
    def says(self) -> str:
        """The reading in words, its marks with their citations, in Markdown."""
        marks = []
        for cite, quotes in self.marks.items():
            marks.append(", ".join(f'"{quote}"' for quote in quotes) + f" ({Cite.parse(cite)})")
        return f"*Reading {self.reader}:* {self.reason} {'; '.join(marks)}."


class Mark(Question, tag="mark", kw_only=True):
    """Passages in which a reader marks words. Checked is only that each mark stands in its passage, and none lacks one.

    An answer gives for each passage its marks, or "pass": `{"l5i 3": ["reluctant guests"], "rw898 20": "pass"}`.
    `note` labels a free line, which is kept and never looked at.
    """

    passages: Annotated[tuple[str, ...], msgspec.Meta(min_length=1)]
    accepted: Annotated[tuple[dict[str, Any], ...], msgspec.Meta(min_length=1)]
    refused: Annotated[tuple[Refused, ...], msgspec.Meta(min_length=2)]
    otherwise: str
    labels: tuple[str, ...] = ()
    least: int = 1
    note: str = ""
    reading: Annotated[tuple[Reading, ...], msgspec.Meta(min_length=2)]
    badge: ClassVar[Badge] = Badge.PART

    def passages_of(self, corpus: Corpus) -> list[Passage]:
        """The passages to be marked."""
        return [Passage(cite, read(corpus, cite).spans) for cite in self.passages]

    # ---- Reading ----

    def taken(self, value: Any) -> dict[str, Any] | None:
        if not isinstance(value, dict):
            raise KitError(f'Write the passages by name: {{{self.passages[0]!r}: ["…"]}}.')
        found: dict[str, Any] = {}
        for name, given in value.items():
            if name == "note":
                found["note"] = words_of(given)
                continue
            cite, marks = self._passage(name), self._marks(given)
            if marks:
                found[cite] = marks
        return None if blank({cite: marks for cite, marks in found.items() if cite != "note"}) else found

    def _passage(self, name: str) -> str:
        for cite in self.passages:
            if str(Cite.parse(cite)) == str(Cite.parse(name)):
                return cite
        raise KitError(f"{name!r} is not among the passages. They are {', '.join(self.passages)}.")

    def _marks(self, given: Any) -> list[Any] | str:
        if given == PASS:
            return PASS
        marks = []
        for mark in given if isinstance(given, list) else [given]:
            if blank(mark):
                continue
            kept = {"quote": words_of(mark)} if not isinstance(mark, dict) else mark
            if blank(kept.get("quote")):
                continue
            label = words_of(kept.get("label", ""))
            if label and label not in self.labels:
                raise KitError(f"There is no kind of mark {label!r}.{nearest(label, self.labels)}")
            kept = kept | {"quote": words_of(kept["quote"])}
            marks.append(kept if len(kept) > 1 else kept["quote"])
        return marks

    # ---- Checking ----

    def judged(self, kept: dict[str, Any], corpus: Corpus) -> Verdict:
        passages = self.passages_of(corpus)
        if all(kept.get(passage.cite) == PASS for passage in passages):
            return Verdict(State.PASSED)
        found = self._faults(kept, passages)
        if not found:
            return Verdict(State.PART, (self.otherwise,))
        said = " ".join(self._fault(at, lost) for at, lost in found.items())
        for refused in self.refused:
            if self._faults(self.read(refused.answer), passages) == found:
                said = refused.message
        return Verdict(State.REFUSED, (said, self.otherwise))

    def _faults(self, kept: dict[str, Any], passages: list[Passage]) -> dict[str, tuple[str, ...]]:
        """The passages that have too few marks, each with the words of its marks that do not stand in it."""
        found = {}
        for passage in passages:
            marks = marks_in(kept, passage.cite)
            places = [passage.place(mark) for mark in marks]
            lost = tuple(mark["quote"] for mark, place in zip(marks, places, strict=True) if place is None)
            few = kept.get(passage.cite) != PASS and len(set(places)) < self.least
            if lost or few:
                found[passage.shown] = lost
        return found

    def _fault(self, at: str, lost: tuple[str, ...]) -> str:
        if lost:
            return f"Not every mark stands in {at}. Copy the words letter by letter."
        few = "no mark" if self.least == 1 else f"fewer than {self.least} marks"
        return f"{at} has {few} yet, and you have not passed it over."

    @property
    def voices(self) -> tuple[str, ...]:
        return tuple(reading.says for reading in self.reading)

    # ---- Filling in ----

    @property
    def example(self) -> dict[str, list[str]]:
        return {cite: ["…"] for cite in self.passages}

    @property
    def inputs(self) -> tuple[Input, ...]:
        more = {"labels": list(self.labels), "letters": letters(self.labels), "note": self.note}
        return (Input(kind="marks", label="Your marks", more=more),)

    def fields(self, kept: Any, corpus: Corpus) -> dict[str, Any]:
        answer = kept if isinstance(kept, dict) else {}
        passages = self.passages_of(corpus)
        marks = [made for passage in passages for made in _drawn(passage, marks_in(answer, passage.cite))]
        over = [passage.cite for passage in passages if answer.get(passage.cite) == PASS]
        return {"answer": {"marks": marks, "over": over, "note": answer.get("note", "")}}

    def from_fields(self, fields: dict[str, Any], corpus: Corpus) -> dict[str, Any]:
        given = fields["answer"] if isinstance(fields.get("answer"), dict) else {}
        found: dict[str, Any] = dict.fromkeys(given.get("over", ()), PASS)
        for passage in self.passages_of(corpus):
            marks = [_kept(passage, mark) for mark in given.get("marks", ()) if mark["cite"] == passage.cite]
            if marks:
                found[passage.cite] = marks
        if not blank(given.get("note")):
            found["note"] = given["note"]
        return found

    def others(self, corpus: Corpus) -> list[dict[str, Any]]:
        """The marks of the readings, to be drawn beside a reader's own."""
        found = []
        for passage in self.passages_of(corpus):
            for reading in self.reading:
                marks = [{"quote": quote} for quote in reading.marks.get(passage.cite, ())]
                places = [passage.place(mark) for mark in marks]
                found += [{"cite": passage.cite, "start": a, "end": b, "name": reading.reader} for a, b in places]
        return found


def marks_in(answer: dict[str, Any], cite: str) -> list[dict[str, Any]]:
    """The marks of an answer in one passage, each as a record."""
    given = answer.get(cite, [])
    marks = [] if given == PASS else given
    return [mark if isinstance(mark, dict) else {"quote": mark} for mark in marks]


def _drawn(passage: Passage, marks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Marks as the page draws them: from letter to letter; from -1 where their words do not stand in the passage."""
    drawn = []
    for mark in marks:
        start, end = passage.place(mark) or (-1, -1)
        made = {"cite": passage.cite, "start": start, "end": end, "label": str(mark.get("label", ""))}
        drawn.append(made if start >= 0 else made | {"quote": mark["quote"]})
    return drawn


def _kept(passage: Passage, mark: dict[str, Any]) -> str | dict[str, Any]:
    """A drawn mark as it is saved."""
    if mark["start"] >= 0:
        return passage.mark(mark["start"], mark["end"], mark.get("label", ""))
    label = mark.get("label", "")
    return {"quote": mark.get("quote", ""), "label": label} if label else mark.get("quote", "")
