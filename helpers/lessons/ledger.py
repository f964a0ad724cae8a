"""A table of one's own: words that are copied into it are looked up in the texts, and nothing else is looked at.

It asks for what the kit can't know: a plan for a case, the words of somebody's own two articles, a list of one's own.
"""

from collections.abc import Iterator
from typing import Any

import msgspec

from helpers.lessons.answers import Badge, Remark, State
from helpers.lessons.format import Data, Rows
from helpers.lessons.grids import Cell, Grid
from helpers.lessons.words import AROUND, NONE, compared
from helpers.texts.corpus import Corpus, Span, find, matches

NAMED = 4  # places that are named of words that stand in many
UNUSED = "No text here has these words, so the list will find nothing by them here."


class Ledger(Grid, tag="ledger", kw_only=True):
    """Rows to fill in; of the words in `quoted` columns it is said where they stand in the texts.

    A row counts when all its cells are filled, and `least` rows make an answer. `file` names the file beside the texts
    that the rows can be written into, `entries` which field each column is; a list may also hold words for other texts.
    """

    cell: tuple[Cell, ...] = ()
    otherwise: str = ""
    quoted: tuple[str, ...] = ()
    high: tuple[str, ...] = ()  # columns whose fields have room for a sentence
    once: bool = False  # whether copied words are to point to one place
    file: str = ""
    entries: dict[str, str] = msgspec.field(default_factory=dict)

    @property
    def badge(self) -> Badge:
        return Badge.PART if self.quoted else Badge.JUDGED

    def needed(self, row: str) -> set[str]:
        return set(self.open_columns(row))

    def copied_words(self, kept: Rows) -> Iterator[tuple[str, str, str]]:
        """Row, column and words of each cell whose words are to stand in a text."""
        for row in self.rows:
            for column in self.quoted:
                words = kept.get(row, {}).get(column, "")
                if words and compared(words) not in NONE:
                    yield row, column, words

    def _input(self, row: str, column: str, given: dict[tuple[str, str], str]) -> Data:
        made = super()._input(row, column, given)
        return {"kind": "area"} if column in self.high and made["kind"] == "text" else made

    def looked_up(self, kept: Rows, corpus: Corpus) -> tuple[list[Remark], State]:
        remarks, state = [], State.PART if self.quoted else State.KEPT
        for row, column, words in self.copied_words(kept):
            found = places(corpus, words)
            good = bool(found or self.file)
            if not good:
                state = State.REFUSED
            said = UNUSED if good and not found else where(found, once=self.once)
            remarks.append(Remark(row, column, said, good))
        return remarks, state

    def listed(self, kept: Any) -> list[dict[str, str]]:
        """The full rows as they are written into `file`, by its fields."""
        table = kept if isinstance(kept, dict) else {}
        rows = [table[row] for row in self.full(table)]
        return [{field: row[column].strip() for column, field in self.entries.items()} for row in rows]


def places(corpus: Corpus, words: str) -> list[Span]:
    """Where copied words stand, in the running text or else in a title; `*` stands for letters and digits."""
    bare = words.strip(AROUND)
    if not bare.strip("*"):
        return []
    literal = "*" not in bare
    found = list(find(corpus, bare, literal=literal))
    if found:
        return found
    titles = [span for span in corpus.spans if not span.number]
    return [place for span in titles for place in matches(span, bare, literal=literal)]


def where(found: list[Span], *, once: bool) -> str:
    """In a sentence, how often and where words were found; with `once` also how to come to one place."""
    cites = list(dict.fromkeys(place.cite for place in found))
    if not found:
        return "No text here has these words. Copy them letter by letter, without a gap."
    if len(found) == 1:
        return f"Found once: {cites[0]}."
    more = ", …" if cites[NAMED:] else ""
    said = f"Found {len(found)} times: {', '.join(cites[:NAMED])}{more}."
    return f"{said} One word more tells which you mean." if once else said
