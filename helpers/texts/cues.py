"""Cues: listed words that are often charged, hedging, certain, vague about a source, or reporting."""

from pathlib import Path
from typing import Literal, get_args

from helpers.base.errors import CorpusError, unknown
from helpers.base.files import beside, lacking, load_csv
from helpers.base.slips import Checked, Word
from helpers.base.table import Table
from helpers.texts.corpus import Texts, as_corpus, folders
from helpers.texts.counting import EVIDENCE, evidence, lexicon
from helpers.texts.signs import readable

FILE = "cues.csv"
Kind = Literal["charged", "hedge", "certainty", "vague_source", "reporting"]
KINDS = get_args(Kind)


class Cue(Checked, rename={"shade": "class"}):
    """A word on the list, with a place where a person read it as this kind.

    `class` is praise or blame for a charged word, one of five kinds of reporting for a verb; `instead` a plainer word.
    A list of one's own needs only `term` and `kind`.
    """

    term: Word
    kind: Kind
    cite: str = ""
    example: str = ""
    shade: Literal["", "praise", "blame", "neutral", "endorsing", "doubting", "evaluative", "denying"] = ""
    instead: str = ""
    note: str = ""


def cue_list(folder: Path | None) -> tuple[Cue, ...]:
    """The rows of `cues.csv` beside the texts, a list that a person made for them; none where there is no such file."""
    return load_csv(beside(folder, FILE), Cue)


def cues(texts: Texts, kind: str | None = None) -> Table:
    """Candidates to discuss: listed words that are often charged, hedging, certain, vague about a source, or reporting.

    Columns: cite, source, start, end, text, kind, class, instead, quoted. It finds nothing that is not listed in
    `cues.csv` beside the texts, and misses irony, order, omission and negation. It is no score, and texts are not to
    be ranked by it. How many of its candidates a careful reader keeps was counted by hand for the five texts.
    """
    here = as_corpus(texts)
    if kind not in (None, *KINDS):
        raise CorpusError(unknown("There is no kind", kind, KINDS))
    lexicons = {folder: lexicon(cue_list(folder), "term", literal=False) for folder in folders(texts)}
    rows = []
    read = readable(texts, listed=True)
    for source, paragraph in read.paragraphs:
        listed = lexicons[source.folder]
        for place, cue in listed.places(paragraph, lambda cue, at: kind in (None, cue.kind)):
            more = {"kind": cue.kind, "class": cue.shade, "instead": cue.instead}
            rows.append(evidence(place, paragraph, **more))
    columns = [*EVIDENCE, "kind", "class", "instead", "quoted"]
    note, caption = lacking(here.folder, FILE), read.caption("Listed words that are candidates to discuss")
    return Table(rows, columns=columns, corpus=here, note=note, caption=caption)
