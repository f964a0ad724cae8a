"""The typed twin of every question: an answer as a line of code, and the answer that is saved."""

from typing import Any

from helpers.base.errors import KitError
from helpers.base.html import page
from helpers.base.table import Table
from helpers.lessons.answers import PASS, Shown
from helpers.lessons.session import session
from helpers.lessons.sheets import question


class Said:
    """What is said to an answer that was typed as a line of code; `shown` is what a box would show."""

    def __init__(self, shown: Shown, status: str):
        self.shown, self.status = shown, status

    def __repr__(self) -> str:
        shown, heading = self.shown, self.shown.heading(self.status)
        lines = [heading, *shown.verdict.lines, *shown.samples, shown.after, self.status]
        return "\n".join(filter(None, lines))

    def _repr_html_(self) -> str:
        return page("said", shown=self.shown, status=self.status, corpus=session().corpus)


def answer(id: str, value: Any) -> Said:
    """The typed twin of every question: `answer("03.5", "b")`. The same check, the same words, the same journal.

    `answer(id, "pass")` passes the question over. A table takes rows: `{"l5i": ["waiters", "reached", "none"]}`.
    """
    shown = session().commit(question(id), value)
    return Said(shown, session().status(id))


def saved(id: str) -> Any:
    """The answer that is saved for a question, a date as EDTF; None if there is none or it was passed over."""
    asked, now = question(id), session()
    now.look()
    value = now.desk.journal[id]
    if value is None or value == PASS:
        return None
    try:
        kept = asked.read(value)
        return None if kept is None else asked.meant(kept)
    except KitError:  # what an older kit took and this one can't read is shown in its box
        return None


def then_and_now(*ids: str) -> Table:
    """What you wrote to several questions, the oldest first: one row a question, with its day and its words.

    Columns: question, day (of the newest answer, UTC), your words, how sure (1 to 5). No answer, no row.
    """
    now, rows = session(), []
    now.look()
    for id in ids:
        asked, words = question(id), saved(id)
        if words is None:
            continue
        line = now.desk.journal.newest[id]
        sure = line.value.get("confidence", "") if isinstance(line.value, dict) else ""
        rows.append([f"{id} · {asked.title}", line.at[:10], str(words), sure])
    columns = ["question", "day", "your words", "how sure"]
    return Table(rows, columns=columns, note="Nothing was written there.", caption="What you wrote, then and now")
