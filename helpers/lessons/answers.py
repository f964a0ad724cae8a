"""What the computer can say to an answer, and what it never says.

Checked questions are compared with the texts; judged ones are kept. Every verdict says what was looked at.
"""

import re
from dataclasses import dataclass
from functools import singledispatch
from typing import Any

from helpers.base.edtf import interval
from helpers.base.folding import fold
from helpers.history.timex import typed
from helpers.lessons.marks import fault, faults, given, listed, passages, trouble
from helpers.lessons.questions import (
    PASS,
    Cell,
    Checked,
    Choice,
    Date,
    Grid,
    Judgement,
    Mark,
    Number,
    Order,
    Prediction,
    Question,
    Quotation,
    Timeline,
)
from helpers.texts.corpus import Corpus, find
from helpers.texts.reading import read

NONE = {
    "",
    "none",
    "nobody",
    "no one",
    "nothing",
    "not said",
    "not stated",
    "-",
    "–",
}  # ways to say that a place is empty


@dataclass(frozen=True)
class Verdict:
    """blank, passed, accepted, refused or kept, and what is said (Markdown)."""

    state: str
    said: tuple[str, ...] = ()


def check(question: Question, answer: Any, corpus: Corpus) -> Verdict:
    """What the computer can say to an answer; a blank is "not answered yet" for every question."""
    if answer == PASS:
        return Verdict("passed")
    if blank(answer):
        return Verdict("blank", ("Not answered yet.",))
    return _verdict(question, answer, corpus)


def blank(answer: Any) -> bool:
    """Whether nothing has been written: empty, white space, or `...`."""
    if isinstance(answer, dict):
        return all(blank(item) for key, item in answer.items() if key not in ("confidence", "reason"))
    if isinstance(answer, list | tuple):
        return all(map(blank, answer))
    return answer is None or answer is ... or not str(answer).strip(" .…")


def main(answer: Any) -> Any:
    """The answer without the reason or the confidence that stand beside it."""
    return answer.get("answer") if isinstance(answer, dict) and "answer" in answer else answer


def plain(words: Any) -> str:
    """Words as they are compared: folded, single-spaced, without outer marks and a leading article."""
    found = " ".join(fold(str(words)).split()).strip(" \"'.,;:!?")
    return re.sub(r"^(the|an?) ", "", found)


# ---- Verdicts, a type at a time ----


@singledispatch
def _verdict(question: Question, answer: Any, corpus: Corpus) -> Verdict:
    return Verdict("kept")


@_verdict.register
def _checked(question: Checked, answer: Any, corpus: Corpus) -> Verdict:
    if said := next((refused.message for refused in question.refused if _same(question, answer, refused.answer)), ""):
        return Verdict("refused", (said,))
    if any(_same(question, answer, key) for key in question.accepted):
        return Verdict("accepted")
    return Verdict("refused", (question.otherwise,))


@_verdict.register
def _choice(question: Choice, answer: Any, corpus: Corpus) -> Verdict:
    said = tuple(option.feedback for option in question.option if option.key == plain(answer))
    if not said:
        return Verdict("blank", (f"Choose one of {', '.join(option.key for option in question.option)}.",))
    return Verdict("accepted" if plain(answer) in question.accepted else "refused", said)


@_verdict.register
def _judgement(question: Judgement, answer: Any, corpus: Corpus) -> Verdict:
    said = tuple(option.feedback for option in question.option if option.key == plain(main(answer)))
    return Verdict("kept", said) if said else Verdict("blank", ("Choose one of the answers first.",))


@_verdict.register
def _prediction(question: Prediction, answer: Any, corpus: Corpus) -> Verdict:
    if question.interval:
        try:
            interval(typed(str(main(answer))))
        except ValueError as error:
            return Verdict("blank", (str(error),))
    return Verdict("kept", (question.look,) if question.look else ())


@_verdict.register
def _quotation(question: Quotation, answer: Any, corpus: Corpus) -> Verdict:
    words = str(answer).strip(" \"'“”‘’.…")
    places = list(find(corpus, words, literal=True)) if words else []
    if any(plain(refused.answer) == plain(words) for refused in question.refused):
        return _checked(question, answer, corpus)
    if not places:
        return Verdict("refused", (question.absent,))
    if all(place.source.id != question.source for place in places):
        return Verdict("refused", (question.elsewhere,))
    if len(words.split()) < question.least:
        return Verdict("refused", (f"Copy at least {question.least} words.",))
    return _checked(question, answer, corpus)


@_verdict.register
def _date(question: Date, answer: Any, corpus: Corpus) -> Verdict:
    try:
        given = interval(typed(str(answer)))
    except ValueError as error:
        return Verdict("blank", (str(error),))
    keys = (*question.accepted, *(refused.answer for refused in question.refused))
    inside = any(a.earliest <= given.earliest and given.latest <= a.latest for a in map(interval, question.accepted))
    if question.finer and inside and not any(_same(question, answer, key) for key in keys):
        return Verdict("refused", (question.finer,))
    return _checked(question, answer, corpus)


@_verdict.register
def _order(question: Order, answer: Any, corpus: Corpus) -> Verdict:
    if sorted(_letters(answer)) != sorted(item.key for item in question.item):
        return Verdict("blank", ("Give each of them a place of its own.",))
    return _checked(question, answer, corpus)


@_verdict.register
def _grid(question: Grid, answer: Any, corpus: Corpus) -> Verdict:
    asked = {(cell.row, cell.column): cell for cell in question.cell if not cell.given}
    if not isinstance(answer, dict) or not all(isinstance(cells, dict) for cells in answer.values()):
        return Verdict("blank", (f"Write the rows by name; they are {', '.join(question.rows)}.",))
    words = {at: answer.get(at[0], {}).get(at[1], "") for at in asked}
    said = {at: _cell(question, asked[at], words[at], corpus) for at in asked if plain(words[at])}
    where: dict[str, list[str]] = {}
    for (row, column), message in said.items():
        where.setdefault(message, []).append(f"{row} · {column}")
    messages = tuple(f"*{'; '.join(cells)}:* {message}" for message, cells in where.items() if message)
    full = sum(all(at in said for at in asked if at[0] == row) for row in {row for row, _ in asked})
    if full < question.least:
        rows = "one row" if question.least == 1 else f"{question.least} rows"
        return Verdict("blank", (f"Not answered yet: fill {rows} to the end.", *messages))
    return Verdict("refused", messages) if messages else Verdict("accepted")


def _cell(question: Grid, cell: Cell, words: str, corpus: Corpus) -> str:
    """What is said to the words in a cell; an empty string if they are accepted."""
    if said := next((refused.message for refused in cell.refused if plain(refused.answer) == plain(words)), ""):
        return said
    if any(plain(key) == plain(words) for key in cell.accepted) or ("none" in cell.accepted and plain(words) in NONE):
        return ""
    if question.copied:
        own = [cite for cite in question.cites if cite.split()[0] == cell.row.split()[0]]
        held = any(plain(key) in plain(words) for key in cell.accepted if key != "none")
        if held and any(any(find(read(corpus, cite), words, literal=True)) for cite in own):
            return ""
        near = (refused.message for refused in cell.refused if plain(refused.answer) in plain(words))
        return next(near, question.otherwise)
    return question.otherwise


@_verdict.register
def _mark(question: Mark, answer: Any, corpus: Corpus) -> Verdict:
    asked = passages(corpus, question.passages)
    values = [given(answer, passage.cite) for passage in asked] if isinstance(answer, dict) else []
    if not any(value == PASS or listed(value) for value in values):
        names = ", ".join(passage.shown for passage in asked)
        return Verdict("blank", (f"Not answered yet. The passages to mark are {names}.",))
    if all(value == PASS for value in values):
        return Verdict("passed")
    found = faults(question, answer, asked)
    if not found:
        return Verdict("accepted", (question.otherwise,))
    keys = [(faults(question, refused.answer, asked), refused.message) for refused in question.refused]
    own = {at: fault(question, at, lost) for at, lost in found.items()}
    said = next((message for others, message in keys if others == found), " ".join(own.values()))
    return Verdict("refused", (said, question.otherwise))


@_verdict.register
def _timeline(question: Timeline, answer: Any, corpus: Corpus) -> Verdict:
    if said := next((refused.message for refused in question.refused if refused.answer == answer), ""):
        return Verdict("refused", (said,))
    titles = {event.get("title", "") for event in answer}
    found = [(event.get("title") or "An event", trouble(event, titles, corpus)) for event in answer]
    messages = tuple(f"*{title}:* {words}" for title, words in found if words)
    if len(answer) < question.least:
        return Verdict("blank", (f"Enter at least {question.least} events; there are {len(answer)}.", *messages))
    return Verdict("refused", (*messages, question.otherwise)) if messages else Verdict("kept")


# ---- Whether an answer is the one that a key means ----


@singledispatch
def _same(question: Question, answer: Any, key: Any) -> bool:
    return plain(answer) == plain(key)


@_same.register
def _same_quotation(question: Quotation, answer: Any, key: Any) -> bool:
    return plain(key) in plain(answer) if key in question.accepted else plain(key) == plain(answer)


@_same.register
def _same_number(question: Number, answer: Any, key: Any) -> bool:
    found = re.fullmatch(r"\D*?(\d+(?:[.,]\d+)*)\D*", str(answer))
    low, _, high = str(key).partition("..")
    try:
        return found is not None and float(low) <= float(found[1].replace(",", "")) <= float(high or low)
    except ValueError:
        return False


@_same.register
def _same_date(question: Date, answer: Any, key: Any) -> bool:
    try:
        return interval(typed(str(answer))) == interval(key)
    except ValueError:
        return False


@_same.register
def _same_order(question: Order, answer: Any, key: Any) -> bool:
    return _letters(answer) == _letters(key)


def _letters(answer: Any) -> list[str]:
    return re.findall(r"\w+", fold(" ".join(answer) if isinstance(answer, list | tuple) else str(answer)))
