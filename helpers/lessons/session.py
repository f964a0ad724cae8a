"""One session a kernel: whose answers, what was typed and not yet saved, what is on the page, what waits to open.

Every event (something typed, sent, shown, a name, a deletion) goes through here: it looks into the journal once, obeys
what other kernels have done there, writes, and tells the boxes on the page. It draws nothing: a box is whatever can be
told what to show.
"""

import atexit
from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from typing import Any, Protocol

from helpers.base.errors import KitError
from helpers.base.html import Typed
from helpers.lessons.answers import DRAFT, NO_ANSWER, SHOWN, TOLD, TRIES, Question, Shown, State, Verdict
from helpers.lessons.desk import Desk, choose_name, chosen_name, work_folder
from helpers.lessons.drafts import Drafts
from helpers.lessons.journal import Line
from helpers.lessons.sheets import question, sheet
from helpers.lessons.words import blank, plain_data
from helpers.texts.corpus import Corpus
from helpers.texts.library import load_corpus

SUFFIXES = ("", DRAFT, TOLD, TRIES)  # the lines that a question is shown by


class Box(Protocol):
    """What stands on the page for a question."""

    def tell(self, shown: Shown, status: str, *, fill: bool) -> None:
        """Show what is said; with `fill` also put the value into the inputs."""


class Opening(Protocol):
    """A result that waits for an answer."""

    def disclose(self) -> None: ...

    def conceal(self) -> None: ...


class Session:
    """Everything that one kernel holds of one reader."""

    def __init__(self) -> None:
        self.work = work_folder()
        self.desks: dict[str, Desk] = {}  # of everybody who sat here, for what could not be written yet
        self.desk = self._desk_of(chosen_name(self.work))
        self.boxes: dict[str, Box] = {}  # the newest on the page, by question
        self.reveals: dict[tuple[str, str], Opening] = {}  # by question and the place of the cell
        self.listeners: dict[str, Callable[[], None]] = {}  # told after every event, one a place on the page
        self._drafts = Drafts(self.settle)

    # ---- Looking ----

    def look(self) -> bool:
        """Meet what other kernels did: obey a deletion, then a change of name; whether the page is another now.

        What is pending is saved for whom the page showed. On nobody's page, after a name was chosen elsewhere, it
        belongs to that name and stays pending.
        """
        gone = self.desk.journal.refresh()
        if gone:
            self._drafts.drop()
            self.refill()
        name = self.desk.name if self.work is None else chosen_name(self.work)
        if name == self.desk.name:
            return gone
        if self.desk.name:
            self._save(*self._drafts)
        self._sit_down(name)
        return True

    def lines(self, id: str) -> list[Line]:
        """The lines of a question, the oldest first."""
        found = [line for suffix in SUFFIXES for line in self.desk.journal.lines.get(id + suffix, ())]
        return sorted(found, key=lambda line: line.order)

    def shown(self, asked: Question) -> Shown:
        """What a reader is shown of a question now."""
        return asked.shown(self.lines(asked.id), self.corpus)

    def is_open(self, id: str) -> bool:
        """Whether a question was answered or passed over, or its result shown without answering."""
        return self.desk.journal[id] is not None or bool(self.desk.journal[id + SHOWN])

    def status(self, id: str) -> str:
        """Whether and when what stands in the box was saved."""
        return self.desk.journal.status(id, id + DRAFT)

    @cached_property
    def corpus(self) -> Corpus:
        """The corpus that the questions are about."""
        return load_corpus()

    # ---- Answering ----

    def typed(self, id: str, value: Any) -> None:
        """Something stands in the inputs: it is saved a second after the last key, or when the kernel ends."""
        self._drafts.put(id, value)

    def settle(self, *ids: str) -> bool:
        """Save what is pending; whether it was still this page's, and not another reader's or deleted elsewhere."""
        self.look()
        ids = ids or tuple(self._drafts)
        still = all(id in self._drafts for id in ids)
        self._save(*ids)
        self._write()
        return still

    def _save(self, *ids: str) -> None:
        """Write drafts, unless the same stands there already."""
        for id in filter(self._drafts.__contains__, ids):
            value = self._drafts.take(id)
            standing = self.shown(question(id)).value
            if value == standing or (blank(value) and blank(standing)):
                continue
            try:
                self._write(id + DRAFT, plain_data(value))
            except KitError as error:
                self._said(question(id), Verdict(State.UNREADABLE, (Typed(error),)))
            else:
                self._tell(id)

    def commit(self, asked: Question, value: Any, *, page: Any = None) -> Shown:
        """Take an answer: what is said to it is shown, and unless it is blank it is saved and opens what waits for it.

        `page` is what stands in the inputs, if it comes from there: then it belongs to whom the page showed.
        """
        if page is None:
            self.settle()
        else:
            self._drafts.hold(asked.id, page)  # so that what is not an answer yet is kept as well
            if not self.settle(asked.id):
                return self.shown(asked)
        try:
            verdict = asked.verdict(value, self.corpus)
            if verdict.state not in NO_ANSWER:
                self._write(asked.id, asked.read(value))
        except KitError as error:
            verdict = Verdict(State.UNREADABLE, (Typed(error),))
        if verdict.state in NO_ANSWER:
            return self._said(asked, verdict)
        self._tell(asked.id, fill=page is None and verdict.state != State.PASSED)
        self._changed(asked.id)
        return self.shown(asked)

    def _said(self, asked: Question, verdict: Verdict) -> Shown:
        """Show what is said to something that is no answer yet; the saved answer stays what it is."""
        shown = replace(self.shown(asked), verdict=verdict)
        if asked.id in self.boxes:
            self.boxes[asked.id].tell(shown, self.status(asked.id), fill=False)
        return shown

    def tell_key(self, asked: Question) -> None:
        """*Show me*: what would have been accepted, and the last word."""
        if self.look():
            return  # the page was another reader's
        self._write(asked.id + TOLD, True)
        self._tell(asked.id)

    def show(self, id: str) -> None:
        """Open the result of a question without an answer."""
        if self.look():
            return
        self._write(id + SHOWN, True)
        self._changed(id)

    def _write(self, *line: Any) -> None:
        """Write a line of an event that has looked; without one try again to write what is not on disk."""
        journal = self.desk.journal
        before = journal.trouble
        if line:
            journal.write(*line)
        else:
            journal.flush()
        for id in self.boxes if before != journal.trouble else ():  # saving begins to fail, or works again
            self._tell(id)

    def _changed(self, id: str = "") -> None:
        """Open and close what waits for a question, or for any, and tell whoever listens."""
        for (asked, _), opening in list(self.reveals.items()):
            if asked != id and id:
                continue
            if self.is_open(asked):
                opening.disclose()
            else:
                opening.conceal()
        for listener in list(self.listeners.values()):
            listener()

    @property
    def trouble(self) -> str:
        """What is not on disk, in a sentence; empty where all is."""
        trouble = self.desk.journal.trouble
        return f"This is not on disk yet: {trouble}." if trouble else ""

    def _tell(self, id: str, *, fill: bool = False) -> None:
        if id in self.boxes:
            self.boxes[id].tell(self.shown(question(id)), self.status(id), fill=fill)

    # ---- Names ----

    def sign(self, name: str) -> str:
        """Write under `name` from now on, in every kernel; "" is nobody's desk. The name as it is kept."""
        self.settle()
        kept = choose_name(self.work, name)
        if self.work is None:  # in memory alone there is one desk
            self.desk.name = kept
            self.refill()
        elif kept != self.desk.name:
            self._sit_down(kept)
        return kept

    def take_offered(self, *, mine: bool) -> None:
        """Take over the answers that were written without a name, or never be asked for these again."""
        if self.look():
            return
        self.desk.take_offered(mine=mine)
        self.refill()

    def _desk_of(self, name: str) -> Desk:
        """The desk of a reader, with all that was read and what could not be written."""
        if name not in self.desks:
            self.desks[name] = Desk(self.work, name)
        self.desks[name].journal.refresh()
        return self.desks[name]

    def _sit_down(self, name: str) -> None:
        """Another reader: show the new one's answers in every box but those where something is pending."""
        self.desk.journal.flush()
        self.desk = self._desk_of(name)
        self.desk.journal.flush()
        self.refill()

    def refill(self) -> None:
        """Show in every box what this reader has there, and open and close the results accordingly."""
        for id in self.boxes:
            self._tell(id, fill=id not in self._drafts)
        self._changed()

    # ---- Emptying ----

    def clear(self, number: int) -> str:
        """Empty all answers of one notebook; they stay in the history. What could not be done, in a sentence."""
        if self.look():
            return "Nothing was emptied: another name was chosen meanwhile."
        for asked in sheet(number).question:
            self._drafts.take(asked.id)
            for key in (asked.id, asked.id + DRAFT, asked.id + SHOWN, asked.id + TOLD):
                if self.desk.journal[key] is not None:
                    self._write(key, None)
        self.refill()
        return self.trouble

    def delete(self) -> str:
        """Delete this reader's answers, in every notebook and kernel; what could not be done, in a sentence."""
        if self.look():
            return "Nothing was deleted: another name was chosen meanwhile."
        try:
            self.desk.delete()
        except OSError as error:
            return f"The answers could not be deleted: {error.strerror or error}."
        self._drafts.drop()
        self.refill()
        trouble = self.desk.journal.trouble
        return f"Other open notebooks could not be told: {trouble}." if trouble else ""


_session: Session | None = None


def session() -> Session:
    """The session of this kernel."""
    global _session
    if _session is None:
        _session = Session()
    return _session


def leave() -> None:
    """Forget the session, as a new kernel would."""
    global _session
    _session = None


@atexit.register
def _save_at_exit() -> None:
    if _session is not None:
        _session.settle()
        for desk in _session.desks.values():
            desk.journal.flush()
