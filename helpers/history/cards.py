"""Context cards: half a page of the record that changes how one sentence of a text reads."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import msgspec

from helpers.base.errors import CorpusError, unknown
from helpers.base.files import beside, lacking, load_toml
from helpers.base.html import page
from helpers.base.slips import Checked, Filled
from helpers.history.record import Entry, entries_of
from helpers.texts.corpus import Corpus, Span, as_corpus
from helpers.texts.reading import quoted_place

FILE = "cards.toml"


class Sheet(Checked, kw_only=True):
    """One card in `cards.toml`: its name, the notebooks that open it, a sentence of a text, and what to read with it.

    `record` are ids of entries of the record, in the order in which they are shown; `ask` sends back to the sentence.
    """

    name: Filled
    notebooks: tuple[str, ...]
    source: Filled
    quote: Filled
    record: Annotated[tuple[str, ...], msgspec.Meta(min_length=1)]
    ask: Filled


class _Cards(Checked):
    card: tuple[Sheet, ...] = ()


def cards(folder: Path | None) -> tuple[Sheet, ...]:
    """The cards of `cards.toml` beside the texts; none where there is no such file."""
    return load_toml(beside(folder, FILE), _Cards).card


@dataclass(frozen=True)
class Card:
    """A sentence, what the record says around it, each with its sources, and a question; a page shows it folded."""

    name: str
    place: Span
    entries: tuple[Entry, ...] = field(repr=False)
    ask: str = field(repr=False)

    def __repr__(self) -> str:
        facts = [f"- {entry.finding} ({entry.sources})" for entry in self.entries]
        return "\n".join([f"Context: {self.name}", f"{self.place.cite}: “{self.place.text}”", *facts, self.ask])

    def _repr_html_(self) -> str:
        facts = [(entry.finding, entry.not_found, entry.sources) for entry in self.entries]
        cite = self.place.source.corpus.opened(self.place.cite)
        return page("card", name=self.name, cite=cite, words=self.place.text, facts=facts, ask=self.ask)


def card(corpus: Corpus, name: str) -> Card:
    """The context card of that name: a sentence of a text, what the record says around it, and a question.

    Read are `cards.toml` and `record.toml` beside the texts; a name, a sentence or an entry that is not there raises
    a `CorpusError`.
    """
    here = as_corpus(corpus)
    known = {sheet.name: sheet for sheet in cards(here.folder)}
    if name not in known:
        raise CorpusError(lacking(here.folder, FILE) or unknown("There is no card", name, known))
    sheet, where = known[name], f"{FILE}, {name}"
    entries = entries_of(here.folder, sheet.record, where)
    place = quoted_place(here, sheet.source, sheet.quote, where)
    return Card(name, place, entries, sheet.ask)
