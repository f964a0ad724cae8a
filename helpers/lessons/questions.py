"""The questions of each notebook: one TOML file a notebook.

The type of a question decides who checks it. *Checked* questions are decidable from the texts; *judged* ones are kept
and never marked. Strings are Markdown; citations in them open their passage where they stand.
"""

from functools import lru_cache
from typing import Annotated, Any, ClassVar, Literal

import msgspec

from helpers.base.errors import CorpusError, nearest
from helpers.base.files import DATA, load_toml

PASS = "pass"  # the answer of whoever passes a question over

PASS = "pass"  # the answer of whoever passes a question over
PART = "the computer checks part"


# ---- The format ----


class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A table in a question file; unknown keys are refused."""


class Refused(Record, kw_only=True):
    """An answer that tempts, and what is said to it: why it tempts and where to look."""

    answer: Any
    message: str


class Sample(Record, kw_only=True):
    """What a reader might say; `level` and `why` stand in the teacher's key only."""

    says: str
    cites: tuple[str, ...] = ()
    level: Literal[1, 2, 3] | None = None
    why: str = ""


class Option(Record, kw_only=True):
    """One choice; its feedback ends in a question or a place to look."""

    key: str
    text: str
    feedback: str = ""
    cites: tuple[str, ...] = ()


class Item(Record, kw_only=True):
    """One thing to put in order, with words of a text that tell it."""

    key: str
    text: str
    quote: str = ""
    cites: tuple[str, ...] = ()


class Cell(Record, kw_only=True):
    """One cell of a table: shown filled in (`given`), or with its accepted and refused answers."""

    row: str
    column: str
    accepted: tuple[str, ...]
    refused: tuple[Refused, ...] = ()
    given: bool = False


class Excerpt(Record, kw_only=True):
    """A passage shown under a letter, without its citation."""

    key: str
    cite: str
    quote: str


class Headline(Record, kw_only=True):
    """A press headline quoted in a question, letter by letter."""

    date: str
    outlet: str
    headline: str


class Question(Record, kw_only=True, tag_field="type"):
    """What every question has. `after` is shown once an answer is saved, whatever it says."""

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
    badge: ClassVar[str] = ""


class Checked(Question, kw_only=True):
    """A question that the texts decide. `otherwise` goes to every answer that nobody foresaw."""

    accepted: Annotated[tuple[str, ...], msgspec.Meta(min_length=1)]
    refused: Annotated[tuple[Refused, ...], msgspec.Meta(min_length=2)]
    otherwise: str
    badge: ClassVar[str] = "the computer checks"


class Judged(Question, kw_only=True):
    """A question that a reader judges: kept, never marked. Samples show ways of seeing, not a model."""

    samples: tuple[Sample, ...] = ()
    badge: ClassVar[str] = "you judge"


class Choice(Question, tag="choice", kw_only=True):
    option: tuple[Option, ...]
    accepted: Annotated[tuple[str, ...], msgspec.Meta(min_length=1)]
    badge: ClassVar[str] = "the computer checks"


class Judgement(Judged, tag="judgement", kw_only=True):
    option: tuple[Option, ...]
    reason: bool = False


class Prediction(Judged, tag="prediction", kw_only=True):
    option: tuple[Option, ...] = ()
    unit: str = ""
    interval: bool = False
    confidence: bool = False
    look: str = ""


class Text(Judged, tag="text", kw_only=True):
    least: int
    most: int
    rubric: str = ""


class Quotation(Checked, tag="quotation", kw_only=True):
    source: str
    least: int
    elsewhere: str
    absent: str


class Number(Checked, tag="number", kw_only=True):
    unit: str


class Date(Checked, tag="date", kw_only=True):
    finer: str = ""


class Order(Checked, tag="order", kw_only=True):
    item: tuple[Item, ...]


class Grid(Question, tag="table", kw_only=True):
    """Rows and columns to fill. `copied` cells hold words of the paragraph cited for their row."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cell: tuple[Cell, ...]
    otherwise: str
    least: int = 1
    copied: bool = False
    free_columns: tuple[str, ...] = ()  # kept and never looked at

    @property
    def shown(self) -> tuple[str, ...]:
        """All columns, the free ones last."""
        return (*self.columns, *(column for column in self.free_columns if column not in self.columns))

    badge: ClassVar[str] = "the computer checks"


class Reading(Record, kw_only=True):
    """How somebody else marked the passages, and why; two of them differ."""

    reader: str
    reason: str
    marks: dict[str, tuple[str, ...]]


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
    badge: ClassVar[str] = PART

    @property
    def samples(self) -> tuple[Sample, ...]:
        """The readings in words, as they are shown after an answer."""
        return tuple(Sample(says=f"*Reading {one.reader}:* {one.reason} {_quoted(one)}.") for one in self.reading)


def _quoted(reading: Reading) -> str:
    """The marks of a reading with their citations, in Markdown."""
    marks = {cite.replace(" ", " ¶", 1): quotes for cite, quotes in reading.marks.items()}
    return "; ".join(", ".join(f'"{quote}"' for quote in quotes) + f" ({cite})" for cite, quotes in marks.items())


class Timeline(Question, tag="timeline", kw_only=True):
    """A reader's own events. The computer looks only at dates, citations and quotations."""

    least: int
    accepted: tuple[tuple[dict[str, str], ...], ...]
    refused: Annotated[tuple[Refused, ...], msgspec.Meta(min_length=2)]
    otherwise: str
    badge: ClassVar[str] = PART


Kind = Choice | Judgement | Prediction | Text | Quotation | Number | Date | Order | Grid | Mark | Timeline


class Sheet(Record, kw_only=True):
    """One file: the notebook's number, its central question, shared excerpts, and the questions in order."""

    notebook: int
    central_question: str
    excerpt: tuple[Excerpt, ...] = ()
    question: tuple[Kind, ...] = ()


# ---- The files ----


@lru_cache
def sheet(number: int) -> Sheet:
    """The questions of a notebook; a notebook without a file has none."""
    path = DATA / "exercises" / f"{number:02d}.toml"
    if not path.is_file():
        return Sheet(notebook=number, central_question="")
    found = load_toml(path, Sheet)
    for at, question in enumerate(found.question, 1):
        if question.id != f"{number:02d}.{at}":
            raise CorpusError(f"{path.name}: question {at} has the id {question.id}. Number them in order.")
        if unknown := set(question.excerpts) - {excerpt.key for excerpt in found.excerpt}:
            raise CorpusError(f"{path.name}, {question.id}: there is no excerpt {min(unknown)}. Add it to [[excerpt]].")
    return found


def numbers() -> list[int]:
    """The numbers of the notebooks that have questions."""
    return sorted(int(path.stem) for path in (DATA / "exercises").glob("*.toml"))


def question(id: str) -> Question:
    """The question with this id; an unknown one raises a `CorpusError` that names the nearest."""
    known = [q for number in numbers() if id.startswith(f"{number:02d}.") for q in sheet(number).question]
    for found in known:
        if found.id == id:
            return found
    ids = [q.id for number in numbers() for q in sheet(number).question]
    raise CorpusError(f"There is no question {id!r}.{nearest(str(id), ids)}")
