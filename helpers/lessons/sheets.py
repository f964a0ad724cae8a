"""The question files: one TOML file a notebook, read into the classes that its questions are."""

import re
from pathlib import Path
from typing import Annotated

import msgspec

from helpers.base.errors import CorpusError, brief, nearest
from helpers.base.files import DATA, load_toml, newest
from helpers.lessons.answers import Question
from helpers.lessons.events import Timeline
from helpers.lessons.exact import Date, Number, Order
from helpers.lessons.format import Part
from helpers.lessons.grids import Grid
from helpers.lessons.ledger import Ledger
from helpers.lessons.marks import Mark
from helpers.lessons.questions import Choice, Judgement, Prediction, Quotation, Text

# A new type of question is one class and one name here (and, if it fills in anew, one function in box.js).
Kind = Choice | Judgement | Prediction | Text | Quotation | Number | Date | Order | Grid | Ledger | Mark | Timeline


class Excerpt(Part, kw_only=True):
    """A passage shown under a letter, without its citation."""

    key: str
    cite: str
    quote: str


class Sheet(Part, kw_only=True):
    """One file: the notebook's number, its central question, shared excerpts, the questions, and ids out of use.

    An id belongs to its question for good: the order of the file is that of the page, the ids need not be in order,
    and one that is `retired` is never given again.
    """

    notebook: int
    central_question: str
    excerpt: tuple[Excerpt, ...] = ()
    question: tuple[Kind, ...] = ()
    retired: tuple[Annotated[str, msgspec.Meta(pattern=r"^\d\d\.\d+$")], ...] = ()

    def letters(self, asked: Question) -> tuple[tuple[Excerpt, ...], bool]:
        """The excerpts that a question shows under letters, and whether none before it has any."""
        first = next((one for one in self.question if one.excerpts), asked)
        return tuple(one for one in self.excerpt if one.key in asked.excerpts), asked.id == first.id


def _file(number: int) -> Path:
    return DATA / "exercises" / f"{number:02d}.toml"


def sheet(number: int) -> Sheet:
    """The questions of a notebook; a notebook without a file has none."""
    path = _file(number)
    if not path.is_file():
        return Sheet(notebook=number, central_question="")
    return _checked(load_toml(path, Sheet), path.name)


def _checked(found: Sheet, file: str) -> Sheet:
    seen = set(found.retired)
    letters = {excerpt.key for excerpt in found.excerpt}
    for question in found.question:
        if not question.id.startswith(f"{found.notebook:02d}."):
            raise CorpusError(f"{file}: the id {question.id} is not one of notebook {found.notebook:02d}.")
        if question.id in seen:
            raise CorpusError(f"{file}: the id {question.id} is given twice, or retired. Take the next free one.")
        seen.add(question.id)
        unknown = set(question.excerpts) - letters
        if unknown:
            raise CorpusError(f"{file}, {question.id}: there is no excerpt {min(unknown)}. Add it to [[excerpt]].")
    return found


def numbers() -> list[int]:
    """The numbers of the notebooks that have questions."""
    return sorted(int(path.stem) for path in (DATA / "exercises").glob("[0-9][0-9].toml"))


def ids(number: int) -> list[str]:
    """The ids of a notebook's questions, without reading these: a lesson counts those of the whole course."""
    return newest(_ids, _file(number), "ids")


def _ids(path: Path, _: str) -> list[str]:
    if not path.is_file():
        return []
    return re.findall(r'^id = "(\d\d\.\d+)"', path.read_text(encoding="utf-8"), re.MULTILINE)


def question(id: str) -> Question:
    """The question with this id; an unknown one raises a `CorpusError` that names the nearest."""
    number = str(id)[:2]
    for found in sheet(int(number)).question if number.isdecimal() else ():
        if found.id == id:
            return found
    known = [one for number in numbers() for one in ids(number)]
    raise CorpusError(
        f'There is no question {brief(id)}.{nearest(str(id)[:20], known)} Ids stand in quotation marks: "03.1".'
    )
