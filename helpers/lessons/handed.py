"""What is handed in, as data: the same in the page that is read, in the JSON inside it, and in a class's results.

It holds what stands at the end, not how it came about: no keystrokes and no name of a machine. What is made here from
the lines of a journal can be written into another journal, which then shows the same.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Annotated, Any

import msgspec

from helpers.base.errors import CorpusError, KitError
from helpers.base.html import Typed
from helpers.base.table import groups
from helpers.lessons.answers import DRAFT, PASS, SHOWN, TOLD, TRIES, Question, State, Verdict
from helpers.lessons.fresh import kit_version
from helpers.lessons.journal import Line, newest
from helpers.lessons.session import Session
from helpers.lessons.sheets import numbers, question, sheet
from helpers.lessons.words import blank
from helpers.texts.corpus import Corpus

KIT = "five-texts-one-crisis"
FORM = 1  # of the data below: a reader takes this one and every older one, and says so of a newer one
GONE = "no longer asked"  # the state of what was answered under an id that no sheet knows any more
_SIGNS = re.compile(r"([!-/:-@\[-`{-~])")  # what Markdown could take for its own


class Handed(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One question: its final answer as the journal keeps it, and what was last said to it, lines of Markdown.

    `unsent` stands in the inputs and was never sent, if it differs. `early` says that the result was opened before
    there was an answer, `told` that the key was asked for. What was passed over has the answer "pass" and no `unsent`.
    """

    id: Annotated[str, msgspec.Meta(pattern=r"^[0-9]{2}\.[0-9]+\Z", max_length=12)]
    title: str = ""
    badge: str = ""
    state: str = "open"
    answer: Any = None
    unsent: Any = None
    said: tuple[str, ...] = ()
    tries: Annotated[int, msgspec.Meta(ge=0, le=1_000_000)] = 0
    early: bool = False
    told: bool = False

    @property
    def answered(self) -> bool:
        """Whether there is an answer, and not a question passed over."""
        return self.answer not in (None, PASS)

    @property
    def asked(self) -> Question | None:
        """The question itself; None if it is no longer asked."""
        with suppress(CorpusError):
            return question(self.id)
        return None

    @property
    def filled(self) -> bool:
        """Whether something stands there: an answer, a question passed over, or words that were not sent."""
        return self.answer is not None or self.unsent is not None


class HandIn(msgspec.Struct, frozen=True, kw_only=True):
    """One file: who, when (an ISO day), in which lesson, and every question that was answered in the whole course.

    `notes` says whether free columns and notes are in it; without them they are left out of `answer` and `unsent`.
    """

    kit: str = KIT
    form: int = FORM
    version: str = ""
    name: str = ""
    lesson: int = 0
    day: str = ""
    notes: bool = False
    answers: tuple[Handed, ...] = ()


# ---- From the lines of a journal ----


def hand_in_of(now: Session, *, notes: bool = False) -> HandIn:
    """All that this reader has to hand in, the lesson of this page first; what was typed last is saved before."""
    now.settle()
    lines = groups(now.desk.journal.every, lambda line: line.key.split("/")[0])
    here = _lesson(now, lines)
    found = []
    for number in sorted(numbers(), key=lambda number: (number != here, number)):
        for asked in sheet(number).question:
            one = handed(asked, lines.pop(asked.id, []), now.corpus, notes=notes)
            if number == here or one.filled or one.early or one.told:
                found.append(one)
    gone = {id: newest(id, lines[id]) for id in sorted(lines)}
    found += [Handed(id=id, state=GONE, answer=answer) for id, answer in gone.items() if not blank(answer)]
    today = date.today().isoformat()
    return HandIn(version=kit_version(), name=now.desk.name, lesson=here, day=today, notes=notes, answers=tuple(found))


def handed(asked: Question, lines: Sequence[Line], corpus: Corpus, *, notes: bool = False) -> Handed:
    """One question after all its lines, the oldest first."""
    shown = asked.shown(lines, corpus)
    answer = newest(asked.id, lines)
    unsent = None if answer == PASS else shown.value
    if not notes:
        answer, unsent = asked.without_notes(answer), asked.without_notes(unsent)
    if blank(unsent) or _kept(asked, unsent) == _kept(asked, answer):
        unsent = None
    return Handed(
        id=asked.id,
        title=asked.title,
        badge=str(asked.badge),
        state=str(shown.verdict.state),
        answer=answer,
        unsent=unsent,
        said=said_in(shown.verdict),
        tries=shown.tries,
        early=_early(asked.id, lines),
        told=bool(newest(asked.id + TOLD, lines)),
    )


def _lesson(now: Session, lines: dict[str, list[Line]]) -> int:
    """The lesson of this page: that of its boxes, or before any is drawn that of the newest answer."""
    by_age = sorted(lines, key=lambda id: lines[id][-1].order)
    known = [int(id[:2]) for id in [*by_age, *now.boxes] if id[:2].isdecimal()]
    return known[-1] if known else 0


def _kept(asked: Question, value: Any) -> Any:
    """What would be saved of what stands in the inputs; itself if the question can't read it."""
    with suppress(KitError):
        return asked.read(value)
    return value


def _early(id: str, lines: Sequence[Line]) -> bool:
    """Whether the result stood open before there was an answer, since the question was emptied last."""
    answered = early = False
    for line in lines:
        if line.key == id:
            answered = line.value is not None and (answered or line.value != PASS)
        elif line.key == id + SHOWN:
            early = bool(line.value) and (early or not answered)
    return early


def said_in(verdict: Verdict) -> tuple[str, ...]:
    """What is said, as lines of Markdown in which typed words stand for themselves; no answer is repeated in it."""
    said = verdict.said[:1] if verdict.state == State.UNREADABLE else verdict.said
    remarks = [replace(remark, message=_in_markdown(remark.message)) for remark in verdict.remarks]
    return replace(verdict, said=tuple(map(_in_markdown, said)), remarks=tuple(remarks)).lines


def _in_markdown(words: str) -> str:
    """Markdown that shows typed words letter by letter; our own words as they are."""
    if not isinstance(words, Typed):
        return words
    return _SIGNS.sub(r"\\\1", " ".join(words.split()))


# ---- Into a journal ----


def differences(now: Session, file: HandIn) -> tuple[list[Handed], list[tuple[Handed, Handed]]]:
    """What the journal has not, and what it has otherwise: as it is here, and as it is in the file."""
    here = {one.id: one for one in hand_in_of(now, notes=file.notes).answers}
    new, otherwise = [], []
    for one in file.answers:
        own = here.get(one.id, Handed(id=one.id))
        if own.filled:
            if one.filled and (own.answer, own.unsent) != (one.answer, one.unsent):
                otherwise.append((own, one))
        elif one.filled or (one.early and not own.early) or (one.told and not own.told):
            new.append(one)
    return new, otherwise


def take_back(now: Session, answers: Sequence[Handed]) -> None:
    """Write these into the journal as the newest; what stood there before stays in its history."""
    here = {one.id: one.tries for one in hand_in_of(now).answers}
    for one in answers:
        for key, value in lines_of(one, here.get(one.id, 0), now.desk.journal[one.id + TRIES] or 0):
            now.desk.journal.write(key, value)
    now.refill()


def lines_of(one: Handed, tries: int = 0, elsewhere: int = 0) -> Iterator[tuple[str, Any]]:
    """The lines after which a journal shows the same again, if it had so many tries, and so many made elsewhere."""
    own = tries + 1 if one.answered else tries
    if one.early:
        yield one.id + SHOWN, True
    if one.tries > own:
        yield one.id + TRIES, elsewhere + one.tries - own
    if one.answer is not None:
        yield one.id, one.answer
    if one.unsent is not None:
        yield one.id + DRAFT, one.unsent
    if one.told:
        yield one.id + TOLD, True
