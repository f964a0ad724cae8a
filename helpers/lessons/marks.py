"""Marks in passages: what is checked in part."""

from typing import Annotated, Any, ClassVar

import msgspec

from helpers.base.cite import Cite
from helpers.base.errors import KitError, brief, nearest
from helpers.lessons.answers import PASS, Badge, Question, State, Verdict
from helpers.lessons.format import Data, Input, Part, Refused
from helpers.lessons.passages import Passage, letters, saved_mark
from helpers.lessons.words import blank, without, words_of
from helpers.texts.corpus import Corpus
from helpers.texts.reading import read


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
            words = ", ".join(f'"{quote}"' for quote in quotes)
            marks.append(f"{words} ({Cite.parse(cite)})")
        return f"*Reading {self.reader}:* {self.reason} {'; '.join(marks)}."


class Mark(Question, tag="mark", kw_only=True):
    """Passages in which a reader marks words. Checked is only that each mark stands in its passage, and none lacks one.

    An answer gives for each passage its marks, or "pass": `{"l5i 3": ["reluctant guests"], "rw898 20": "pass"}`.
    `note` labels a free line, which is kept and never looked at.
    """

    passages: Annotated[tuple[str, ...], msgspec.Meta(min_length=1)]
    accepted: Annotated[tuple[Data, ...], msgspec.Meta(min_length=1)]
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

    def without_notes(self, kept: Any) -> Any:
        return without(kept, "note")

    # ---- Reading ----

    def taken(self, value: Any) -> Data | None:
        if not isinstance(value, dict):
            raise KitError(f'Write the passages by name: {{{self.passages[0]!r}: ["…"]}}.')
        found: Data = {}
        for name, given in value.items():
            if name == "note":
                found["note"] = words_of(given)
                continue
            cite, marks = self._passage(name), self._marks(given)
            if marks:
                found[cite] = marks
        if not set(found) - {"note"}:
            return None
        return found

    def _passage(self, name: str) -> str:
        for cite in self.passages:
            if str(Cite.parse(cite)) == str(Cite.parse(name)):
                return cite
        raise KitError(f"{brief(name)} is not among the passages. They are {', '.join(self.passages)}.")

    def _marks(self, given: Any) -> list[Any] | str:
        if given == PASS:
            return PASS
        marks = given if isinstance(given, list) else [given]
        kept = [self._mark(mark) for mark in marks if not blank(mark)]
        return [mark for mark in kept if mark]

    def _mark(self, given: Any) -> str | Data:
        """One mark as it is saved; empty if it holds no words."""
        if not isinstance(given, dict):
            return words_of(given)
        if blank(given.get("quote")):
            return ""
        label = words_of(given.get("label", ""))
        if label and label not in self.labels:
            raise KitError(f"There is no kind of mark {brief(label)}.{nearest(label, self.labels)}")
        quote, more = words_of(given["quote"]), without(given, "quote")
        return {"quote": quote} | more if more else quote

    # ---- Checking ----

    def judged(self, kept: Data, corpus: Corpus) -> Verdict:
        if all(kept.get(cite) == PASS for cite in self.passages):
            return Verdict(State.PASSED)
        passages = self.passages_of(corpus)
        found = self._faults(kept, passages)
        if not found:
            return Verdict(State.PART, (self.otherwise,))
        for refused in self.refused:
            if self._faults(self.read(refused.answer), passages) == found:
                return Verdict(State.REFUSED, (refused.message, self.otherwise))
        said = [self._fault(at, lost) for at, lost in found.items()]
        return Verdict(State.REFUSED, (" ".join(said), self.otherwise))

    def _faults(self, kept: Data, passages: list[Passage]) -> dict[str, tuple[str, ...]]:
        """The passages that have too few marks, each with the words of its marks that do not stand in it."""
        found = {}
        for passage in passages:
            marks = marks_in(kept, passage.cite)
            over = kept.get(passage.cite) == PASS
            places = [passage.place(mark) for mark in marks]
            lost = tuple(mark["quote"] for mark, place in zip(marks, places, strict=True) if place is None)
            few = len(set(places)) < self.least
            if lost or (few and not over):
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

    def fields(self, kept: Any, corpus: Corpus) -> Data:
        answer = kept if isinstance(kept, dict) else {}
        passages = self.passages_of(corpus)
        marks = [_drawn(passage, mark) for passage in passages for mark in marks_in(answer, passage.cite)]
        over = [cite for cite in self.passages if answer.get(cite) == PASS]
        return {"answer": {"marks": marks, "over": over, "note": answer.get("note", "")}}

    def from_fields(self, fields: Data, corpus: Corpus) -> Data:
        given = fields["answer"] if isinstance(fields.get("answer"), dict) else {}
        found: Data = dict.fromkeys(given.get("over", ()), PASS)
        for passage in self.passages_of(corpus):
            marks = [_kept(passage, mark) for mark in given.get("marks", ()) if mark["cite"] == passage.cite]
            if marks:
                found[passage.cite] = marks
        if not blank(given.get("note")):
            found["note"] = given["note"]
        return found

    def others(self, corpus: Corpus) -> list[Data]:
        """The marks of the readings, to be drawn beside a reader's own."""
        found = []
        for passage in self.passages_of(corpus):
            for reading in self.reading:
                for quote in reading.marks.get(passage.cite, ()):
                    start, end = passage.place({"quote": quote})
                    found.append({"cite": passage.cite, "start": start, "end": end, "name": reading.reader})
        return found


def marks_in(answer: Data, cite: str) -> list[Data]:
    """The marks of an answer in one passage, each as a record."""
    given = answer.get(cite, [])
    marks = [] if given == PASS else given
    return [mark if isinstance(mark, dict) else {"quote": mark} for mark in marks]


def _drawn(passage: Passage, mark: Data) -> Data:
    """A mark as the page draws it: from letter to letter; from -1 where its words do not stand in the passage."""
    start, end = passage.place(mark) or (-1, -1)
    made = {"cite": passage.cite, "start": start, "end": end, "label": str(mark.get("label", ""))}
    return made if start >= 0 else made | {"quote": mark["quote"]}


def _kept(passage: Passage, mark: Data) -> str | Data:
    """A drawn mark as it is saved."""
    if mark["start"] >= 0:
        return passage.mark(mark["start"], mark["end"], mark.get("label", ""))
    return saved_mark(mark.get("quote", ""), mark.get("label", ""))
