"""One session a kernel: whose answers, what was typed and not yet saved, what is on the page, what waits to open.

Every event (something typed, sent, shown, a name, a deletion) goes through here: it looks into the journal once, obeys
what other kernels have done there, writes, and tells the boxes on the page. It draws nothing: a box is whatever can be
told what to show.
"""

import atexit
from collections.abc import Callable
from typing import Any, Protocol

from helpers.base.errors import KitError
from helpers.base.html import Typed
from helpers.lessons.answers import DRAFT, NO_ANSWER, SHOWN, TOLD, UNSAVED, Question, Shown, State, Verdict
from helpers.lessons.desk import Desk, choose_name, chosen_name, work_folder
from helpers.lessons.drafts import Drafts
from helpers.lessons.journal import Line
from helpers.lessons.sheets import numbers, question, sheet
from helpers.texts.corpus import Corpus
from helpers.texts.library import load_corpus

SUFFIXES = ("", DRAFT, TOLD)  # the lines that a question is shown by


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
        self.desk = Desk(self.work, chosen_name(self.work))
        self.boxes: dict[str, Box] = {}  # the newest on the page, by question
        self.reveals: dict[tuple[str, str], Opening] = {}  # by question and the place of the cell
        self.listeners: list[Callable[[], None]] = []  # told after every event
        self._drafts = Drafts(self.settle)
        self._corpus: Corpus | None = None
        self.look()

    # ---- Looking ----

    def look(self) -> bool:
        """Read what other kernels wrote; whether that changed whose answers these are, or deleted them."""
        name = chosen_name(self.work)
        if name != self.desk.name:
            self._sit_down(name)
            return True
        deletion = self.desk.journal.deletion
        self.desk.journal.refresh()
        if self.desk.journal.deletion != deletion:
            self._empty()
            return True
        return False

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
        journal = self.desk.journal
        if journal.trouble and journal.unsaved & {id, id + DRAFT}:
            return f"{UNSAVED}: {journal.trouble}. Copy what you wrote to be safe."
        lines = [line for key in (id, id + DRAFT) if (line := journal.newest.get(key)) and line.value is not None]
        if not lines:
            return ""
        where = " in memory only" if journal.folder is None else ""
        return f"saved {max(lines, key=lambda line: line.order).clock}{where}"

    @property
    def corpus(self) -> Corpus:
        """The corpus that the questions are about."""
        if self._corpus is None:
            self._corpus = load_corpus()
        return self._corpus

    # ---- Answering ----

    def typed(self, id: str, value: Any) -> None:
        """Something stands in the inputs: it is saved a second after the last key, or when the kernel ends."""
        self._drafts.put(id, value)

    def settle(self, *ids: str) -> bool:
        """Save what is pending, under the name that the page showed; whether the page is still that reader's.

        Words that were typed on nobody's page after a name was chosen elsewhere belong to that name. After a deletion
        elsewhere what stood in the boxes is gone too.
        """
        ids = ids or tuple(self._drafts)
        name, deletion = chosen_name(self.work), self.desk.journal.deletion
        if name and not self.desk.name:
            kept = {id: self._drafts.take(id) for id in ids if id in self._drafts}
            self._sit_down(name, leave=tuple(kept))
            for id, value in kept.items():
                self._drafts.hold(id, value)
        self.desk.journal.refresh()
        if self.desk.journal.deletion != deletion and name == self.desk.name:
            self._empty()
            return False
        for id in ids:
            if id in self._drafts:
                self._write(id + DRAFT, self._drafts.take(id))
                self._tell(id)
        if name != self.desk.name:
            self._sit_down(name)
            return False
        return True

    def commit(self, asked: Question, value: Any, *, from_box: bool = False) -> Shown:
        """Take an answer: what is said to it is shown, and unless it is blank it is saved and opens what waits for it.

        From a box it belongs to whom the page showed; after a deletion elsewhere what stood in the box is gone too.
        """
        if from_box:
            self._drafts.hold(asked.id, value)
            if not self.settle(asked.id):
                return self.shown(asked)
        else:
            self.look()
            self._drafts.take(asked.id)
        try:
            verdict = asked.verdict(value, self.corpus)
            if verdict.state not in NO_ANSWER:
                self._write(asked.id, asked.read(value))
        except KitError as error:
            verdict = Verdict(State.UNREADABLE, (Typed(error),))
        if verdict.state in NO_ANSWER:
            return self._said(asked, verdict)
        self._tell(asked.id, fill=not from_box and verdict.state != State.PASSED)
        self._changed(asked.id)
        return self.shown(asked)

    def _said(self, asked: Question, verdict: Verdict) -> Shown:
        """Show what is said to something that is no answer yet; the saved answer stays what it is."""
        shown = Shown(self.shown(asked).value, verdict)
        if asked.id in self.boxes:
            self.boxes[asked.id].tell(shown, self.status(asked.id), fill=False)
        return shown

    def tell_key(self, asked: Question) -> None:
        """*Show me*: what would have been accepted, and the last word."""
        self.look()
        self._write(asked.id + TOLD, True)
        self._tell(asked.id)

    def show(self, id: str) -> None:
        """Open the result of a question without an answer."""
        self.look()
        self._write(id + SHOWN, True)
        self._changed(id)

    def _write(self, key: str, value: Any) -> None:
        """Write a line, after a look into the journal; tell every box when saving begins to fail, or works again."""
        journal = self.desk.journal
        before = journal.trouble
        journal.write(key, value)
        if before != journal.trouble:
            for id in self.boxes:
                self._tell(id)

    def _changed(self, id: str) -> None:
        """Open what waits for a question, and tell whoever listens."""
        if self.is_open(id):
            for (asked, _), opening in list(self.reveals.items()):
                if asked == id:
                    opening.disclose()
        for listener in list(self.listeners):
            listener()

    def _tell(self, id: str, *, fill: bool = False) -> None:
        if id in self.boxes:
            self.boxes[id].tell(self.shown(question(id)), self.status(id), fill=fill)

    # ---- Names ----

    def sign(self, name: str) -> str:
        """Write under `name` from now on, in every kernel; "" is nobody's desk. The name as it is kept."""
        self.settle()
        kept = choose_name(self.work, name)
        self._sit_down(kept)
        return kept

    def take_offered(self, *, mine: bool) -> None:
        """Take over the answers that were written without a name, or never be asked for these again."""
        self.look()
        self.desk.take_offered(mine=mine)
        self._refill()

    def _sit_down(self, name: str, *, leave: tuple[str, ...] = ()) -> None:
        """Another reader: save what is pending, then show the new one's answers in every box but those to `leave`."""
        for id in self._drafts:
            self._write(id + DRAFT, self._drafts.take(id))
        self.desk = Desk(self.work, name)
        self.desk.journal.refresh()
        self._refill(leave)

    def _refill(self, leave: tuple[str, ...] = ()) -> None:
        """Show in every box what this reader has there, and open and close the results accordingly."""
        for id in self.boxes:
            self._tell(id, fill=id not in leave)
        for (id, _), opening in list(self.reveals.items()):
            if self.is_open(id):
                opening.disclose()
            else:
                opening.conceal()
        for listener in list(self.listeners):
            listener()

    # ---- Emptying ----

    def clear(self, number: int) -> None:
        """Empty all answers of one notebook; they stay in the history of the journal."""
        self.look()
        for asked in sheet(number).question:
            self._drafts.take(asked.id)
            for key in (asked.id, asked.id + DRAFT, asked.id + SHOWN, asked.id + TOLD):
                if self.desk.journal[key] is not None:
                    self.desk.journal.write(key, None)
        self._refill()

    def delete(self) -> str:
        """Delete this reader's answers, in every notebook and kernel; what could not be done, in a sentence."""
        self._drafts.drop()
        try:
            self.desk.journal.delete()
        except OSError as error:
            return f"The answers could not be deleted: {error.strerror or error}."
        self._refill()
        trouble = self.desk.journal.trouble
        return f"Other open notebooks could not be told: {trouble}." if trouble else ""

    def _empty(self) -> None:
        """Obey a deletion that another kernel made."""
        self._drafts.drop()
        self._refill()

    # ---- How far ----

    def progress(self, number: int) -> tuple[int, int]:
        """How many questions of a notebook are done, and how many it has; one passed over counts as done."""
        asked = sheet(number).question
        return sum(self.is_open(one.id) for one in asked), len(asked)

    def course(self) -> tuple[int, int]:
        """The same for the whole course."""
        each = [self.progress(number) for number in numbers()]
        return sum(done for done, _ in each), sum(count for _, count in each)


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
