"""The passages of a question of marks, with a reader's marks, those of its readings, and the machine's candidates."""

import re
from collections.abc import Iterable
from typing import Any

from helpers.base.cite import Cite
from helpers.base.errors import KitError
from helpers.base.html import page
from helpers.base.table import groups
from helpers.lessons.ledger import Ledger, places, where
from helpers.lessons.marks import Mark, marks_in
from helpers.lessons.passages import Layer, Passage, Place, letters, overlay
from helpers.lessons.questions import Text
from helpers.lessons.session import session
from helpers.lessons.sheets import question
from helpers.lessons.twins import saved
from helpers.texts.corpus import Corpus, Span
from helpers.texts.cues import cue_list, cues
from helpers.texts.library import read_source
from helpers.texts.reading import cited, read

ESSAY = 100  # words that an answer may have, from which the places and quotations in it are looked up


class Overlays:
    """Paragraphs with their layers, as a notebook shows them."""

    def __init__(self, pages: list[str], words: str):
        self.pages, self.words = pages, words

    def __repr__(self) -> str:
        return self.words

    def _repr_html_(self) -> str:
        if not self.pages:
            return page("words", words=self.words, corpus=None)
        return "\n".join(self.pages)


def marked(id: str) -> Overlays:
    """Your marks of a question, those of its readings and the machine's candidates, all over the same paragraphs.

    The machine's are `cues`. Of a question that is answered in sentences it is your answer, with the candidates in it
    and, if it may be long, the places that it cites and quotes. Of a table with copied words it is each text, with
    these words in it. A question of another kind raises a `KitError`.
    """
    asked, corpus = question(id), session().corpus
    if isinstance(asked, Text):
        return _own_words(saved(id) or "", corpus, essay=asked.most >= ESSAY)
    if isinstance(asked, Ledger) and asked.quoted:
        return _copied(asked, corpus)
    if not isinstance(asked, Mark):
        raise KitError(f"In {id} nothing is marked. Take a question of marks, such as 03.4.")
    answer = saved(id) or {}
    pages, shown = [], []
    for passage in asked.passages_of(corpus):
        marks = marks_in(answer, passage.cite)
        own = Layer("you", "Y", _places(passage, marks))
        layers = [own, *_readings(asked, passage), _machine(corpus, passage)]
        title = corpus.opened(str(Cite.parse(passage.cite)))
        pages.append(overlay(passage.text, layers, title))
        shown.append(passage.shown)
    return Overlays(pages, f"{' and '.join(shown)} with all marks: yours, the readings' and the machine's.")


def _own_words(words: str, corpus: Corpus, *, essay: bool) -> Overlays:
    """What a reader wrote, with what the list of this corpus finds in it, and in an essay what it cites and quotes."""
    if not words.strip():
        return Overlays([], "Nothing is written here yet.")
    text = read_source(words, id="yours", folder=corpus.folder)
    found = cues(text).to_dict("records")
    for row in found:
        row["kind"] = row["kind"].replace("_", " ")
    layers = []
    for kind, rows in groups(found, lambda row: row["kind"]).items():
        layers.append(Layer(kind, kind[:2].title(), _in_order((row["start"], row["end"]) for row in rows)))
    listed = [f"{row['text']} ({row['kind']})" for row in found]
    told = f"The machine's list finds in your words: {', '.join(listed) or 'nothing'}."
    named = _cited(words, corpus) if essay else []
    return Overlays([overlay(words, layers, said=told), page("cited", lines=named, corpus=corpus)], told)


def _cited(words: str, corpus: Corpus) -> list[str]:
    """The places that a reader cites, and the words in quotation marks with where they stand."""
    known = "|".join(map(re.escape, corpus))
    lines = []
    for cite in dict.fromkeys(re.findall(rf"\b(?:{known})\s*(?:¶\s*)?\d{{1,4}}(?:[-–]\d{{1,4}})?", words)):
        try:
            lines.append(" ".join(dict.fromkeys(span.cite for span in cited(corpus, cite))))
        except KitError as error:
            lines.append(str(error).split(" In code:")[0])
    for quote in dict.fromkeys(re.findall(r"[\"“]([^\"“”]{3,400})[\"”]", words)):
        lines.append(f"“{quote}” {where(places(corpus, quote), once=True)}")
    return lines


# ---- Words copied into a table ----

LONG = 40  # paragraphs of a text that are drawn


def _copied(asked: Ledger, corpus: Corpus) -> Overlays:
    """Each text with the words that were copied from it: one layer a kind, or a reader's own beside the machine's."""
    kept = saved(asked.id) or {}
    found: dict[str, list[Span]] = {}  # by their kind
    for row, _, words in asked.copied_words(kept):
        for place in places(corpus, words):
            found.setdefault(_kind(asked, kept[row]), []).append(place)
    if not found:
        return Overlays([], "No words of these texts are copied here yet.")
    pages = []
    for source in corpus.values():
        passage = Passage(source.id, source.spans[:LONG])
        layers = []
        for kind, letter in zip(found, letters(tuple(found)), strict=True):
            layers.append(Layer(kind, letter, _inside(passage, found[kind])))
        if not asked.options and cue_list(source.folder):
            layers.append(_machine(corpus, passage))
        pages.append(overlay(passage.text, layers, corpus.opened(f"{source.id} ¶1-{passage.spans[-1].number}")))
    return Overlays(pages, f"{' and '.join(corpus)} with the words of {asked.id}.")


def _kind(asked: Ledger, cells: dict[str, str]) -> str:
    column = next(iter(asked.options), "")
    return cells.get(column) or "you"


def _inside(passage: Passage, found: Iterable[Span]) -> tuple[Place, ...]:
    """The letters of those places that lie in a passage."""
    last = passage.spans[-1]
    here = [
        place
        for place in found
        if place.source is last.source and passage.start <= place.start and place.end <= last.end
    ]
    return _in_order((place.start - passage.start, place.end - passage.start) for place in here)


def _readings(asked: Mark, passage: Passage) -> list[Layer]:
    layers = []
    for reading in asked.reading:
        marks = [{"quote": quote} for quote in reading.marks.get(passage.cite, ())]
        name = f"reading {reading.reader}"
        layers.append(Layer(name, reading.reader, _places(passage, marks)))
    return layers


def _machine(corpus: Corpus, passage: Passage) -> Layer:
    rows = cues(read(corpus, passage.cite)).to_dict("records")
    found = [(row["start"] - passage.start, row["end"] - passage.start) for row in rows]
    inside = [place for place in found if place[1] <= len(passage.text)]
    return Layer("the machine", "list", _in_order(inside))


def _places(passage: Passage, marks: Iterable[dict[str, Any]]) -> tuple[Place, ...]:
    """The letters of quoted marks; words that do not stand in the passage are left out."""
    return _in_order(place for mark in marks if (place := passage.place(mark)))


def _in_order(found: Iterable[tuple[int, int]]) -> tuple[Place, ...]:
    """Places in their order, each once."""
    return tuple(Place(start, end) for start, end in sorted(set(found)))
