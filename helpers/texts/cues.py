"""Cues: listed words that are often charged, hedging, certain, vague about a source, or reporting."""

from functools import lru_cache
from typing import Literal

import msgspec

from helpers.base.errors import CorpusError, nearest
from helpers.base.files import load_csv, project_root
from helpers.base.table import Table
from helpers.texts.corpus import Texts, as_corpus, paragraphs
from helpers.texts.counting import Lexicon, evidence
from helpers.texts.quotes import quoted_runs

KINDS = ("charged", "hedge", "certainty", "vague_source", "reporting")


class Cue(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"shade": "class"}):
    """A word on the list, with a place where a person read it as this kind.

    `class` is praise or blame for a charged word, one of five kinds of reporting for a verb; `instead` a plainer word.
    """

    term: str
    kind: Literal["charged", "hedge", "certainty", "vague_source", "reporting"]
    cite: str
    example: str
    shade: Literal["", "praise", "blame", "neutral", "endorsing", "doubting", "evaluative", "denying"] = ""
    instead: str = ""
    note: str = ""


@lru_cache
def cue_list() -> tuple[Cue, ...]:
    """The list itself, `seeds/cues.csv`."""
    return tuple(load_csv(project_root() / "seeds" / "cues.csv", Cue))


@lru_cache
def _cues() -> Lexicon:
    return Lexicon([(cue.term, cue) for cue in cue_list()], literal=False)


def cues(texts: Texts, kind: str | None = None) -> Table:
    """Candidates to discuss: listed words that are often charged, hedging, certain, vague about a source, or reporting.

    Columns: cite, source, start, end, text, kind, class, instead, quoted. It finds nothing that is not listed, and
    misses irony, order, omission and negation. It is no score, and texts are not to be ranked by it. How many of its
    candidates a careful reader keeps was counted by hand: `tests/cues_kept.csv`.
    """
    if kind not in (None, *KINDS):
        raise CorpusError(f"There is no kind {kind!r}.{nearest(str(kind), KINDS)} Known: {', '.join(KINDS)}.")
    rows = [
        evidence(place, quoted_runs(span), kind=cue.kind, **{"class": cue.shade}, instead=cue.instead)
        for _, span in paragraphs(texts)
        for place, cue in _cues().places(span, lambda cue, at: kind in (None, cue.kind))
    ]
    columns = ["cite", "source", "start", "end", "text", "kind", "class", "instead", "quoted"]
    return Table(rows, columns=columns, corpus=as_corpus(texts))
