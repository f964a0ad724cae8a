"""What stands inside quotation marks: which mark opens, which closes, and what has no partner.

Decided: a run belongs to one paragraph. A mark behind a space and before a letter opens, one behind a letter closes;
any double mark may close a double one, any single mark a single one. A mark of the same kind inside an open run shows
that the run was never closed: it ends there. A mark that nothing closes runs to the end of its paragraph; where the
next paragraph opens with the same mark that is a speech that goes on, elsewhere it is doubtful and no quotation for
whatever reckons with them. Inch marks, apostrophes and three back-ticks open nothing. Wrong: a plural inside single
marks that is followed by a capital letter (‘the workers’ Party’) ends its run too early.
"""

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from helpers.texts.corpus import Span

_DOUBLE, _SINGLE = '”"″“»', "’'`"
_CLOSERS = {"“": '”"″', '"': '"”″', "„": '“”"', "«": "»", "``": "''″”\"``", "‘": "’'", "'": "'’", "`": "'’`"}
DEEPEST = 8  # marks inside marks; deeper ones are not looked for, so no line can run away
_MARK = re.compile("`+|''|[“”„«»‘’'\"″]")
_BEFORE = " \t\u00a0([{“‘\"'`«„/"  # what stands in front of a mark that opens
_ELIDED = re.compile(r"(?:tis|twas|twere|til|cause|em|n|d|ll|s)\b", re.IGNORECASE)
NO_END = "no closing mark"
NO_PARTNER = "a mark of this paragraph has no partner"


class Run(NamedTuple):
    """Words inside marks, marks left out; `goes_on` in the next paragraph, or `doubt` says what is wrong with it."""

    span: Span
    mark: str
    goes_on: bool = False
    doubt: str = ""


class _Open(NamedTuple):
    at: int
    start: int
    mark: str


class _Marks:
    """The marks of one paragraph, read from its beginning."""

    def __init__(self, paragraph: Span):
        self.paragraph = paragraph
        self.text = paragraph.source.flow[paragraph.start : paragraph.end]
        self.opened: list[_Open] = []
        self.runs: list[Run] = []
        self.alone = False  # whether a mark had no partner
        self.single_ends = [mark.start() for mark in re.finditer(r"(?<=\S)(?<!['’])['’](?!\w)", self.text)]

    def read(self) -> list[Run]:
        for mark in _MARK.finditer(self.text):
            self.take(mark[0], mark.start(), mark.end())
        following = neighbour(self.paragraph, 1)
        if self.opened and following and following.text.startswith(self.opened[0].mark):
            self.add(self.opened.pop(0), len(self.text), goes_on=True)
        self.give_up(0, len(self.text))
        if self.alone:
            self.runs = [run if run.doubt else run._replace(doubt=NO_PARTNER) for run in self.runs]
        return sorted(self.runs, key=lambda run: (run.span.start, -run.span.end))

    def take(self, mark: str, start: int, end: int) -> None:
        before, after = self.text[start - 1 : start] or " ", self.text[end : end + 1] or " "
        opens = self.may_open(mark, before, after, start)
        same = any(one.mark == mark for one in self.opened)
        if opens and before in "-–—" and same:
            opens = False
        depth = None if opens else self.closes(mark, after, start)
        if depth is not None:
            self.close(depth, start)
        elif opens:
            if same and mark not in "“‘«„":
                self.cut_short(mark, start)
            if len(self.opened) < DEEPEST:
                self.opened.append(_Open(start, end, mark))
        elif mark in ("”", '"', "»") and not before.isdigit():
            self.alone = True

    def may_open(self, mark: str, before: str, after: str, at: int) -> bool:
        """Whether a mark stands as one that opens."""
        if mark in ("“", "«", "„"):
            return not (mark == "“" and any(one.mark == "„" for one in self.opened))
        if mark in ("‘", "`", "``"):
            closes = bool(self.opened) and self.opened[-1].mark == mark == "``"
            return not before.isalnum() and not closes
        if mark == '"':
            return not after.isspace() and (before.isspace() or before in _BEFORE or before in "-–—")
        if mark == "'":
            ahead = bool(self.single_ends) and self.single_ends[-1] > at
            return ahead and after.isalpha() and not before.isalnum() and not _ELIDED.match(self.text, at + 1)
        return False

    def closes(self, mark: str, after: str, at: int) -> int | None:
        """Which of the open runs a mark closes: a single one only the innermost, and never as an apostrophe."""
        if mark in ("’", "'", "`"):
            innermost = self.opened[-1] if self.opened else None
            ends = innermost is not None and mark in _CLOSERS[innermost.mark] and not after.isalnum()
            return len(self.opened) - 1 if ends and not self.of_plural(at) else None
        for depth in range(len(self.opened) - 1, -1, -1):
            if mark in _CLOSERS[self.opened[depth].mark]:
                return depth
        return None

    def of_plural(self, at: int) -> bool:
        """Whether this is the apostrophe of a plural inside single marks: another that can close follows."""
        if not re.match(r"s['’] [a-z]", self.text[at - 1 : at + 3]):
            return False
        later = bisect_right(self.single_ends, at)
        if later == len(self.single_ends):
            return False
        between = self.text[at + 1 : self.single_ends[later]]
        return not re.search(r"[‘`]|(?<!\w)'", between)

    def close(self, depth: int, end: int) -> None:
        """Close a run; those inside it that are open still were never closed, or were apostrophes."""
        self.give_up(depth + 1, end)
        self.add(self.opened.pop(), end)

    def cut_short(self, mark: str, end: int) -> None:
        """A mark opens again while a run of the same mark is open: that one was never closed."""
        self.alone = True
        self.give_up(max(place for place, one in enumerate(self.opened) if one.mark == mark), end)

    def give_up(self, depth: int, end: int) -> None:
        """End the runs from a depth on without their closing marks; a straight single mark was an apostrophe."""
        for one in self.opened[depth:]:
            if one.mark != "'":
                self.add(one, end, doubt=NO_END)
        del self.opened[depth:]

    def add(self, one: _Open, end: int, *, goes_on: bool = False, doubt: str = "") -> None:
        words = self.text[one.start : end].strip()
        if words:
            start = self.paragraph.start + self.text.index(words, one.start)
            span = self.paragraph.part(start, start + len(words))
            self.runs.append(Run(span, one.mark, goes_on, doubt))


def neighbour(paragraph: Span, step: int) -> Span | None:
    """The paragraph behind (1) or in front (-1) in its text; None where there is none."""
    spans = paragraph.source.spans
    place = bisect_left(spans, paragraph.start, key=attrgetter("start")) + step
    return spans[place] if 0 <= place < len(spans) else None


@lru_cache(maxsize=64)  # asked once for each hit in the same paragraph
def runs(paragraph: Span) -> list[Run]:
    """All runs of a paragraph, doubtful ones too, nested ones after their outer one."""
    return _Marks(paragraph).read()


@lru_cache(maxsize=64)
def quoted_runs(paragraph: Span) -> list[Span]:
    """What surely stands inside quotation marks in a paragraph: every run that has its closing mark or goes on."""
    return [run.span for run in runs(paragraph) if run.doubt != NO_END]


@lru_cache(maxsize=64)
def _outermost(paragraph: Span) -> list[Span]:
    """The quoted runs that lie in no other one, in order."""
    found: list[Span] = []
    for run in quoted_runs(paragraph):
        if not found or run.start >= found[-1].end:
            found.append(run)
    return found


def quoted_run(paragraph: Span, at: int) -> Span | None:
    """The outermost quoted run of a paragraph in which a place of the file lies; None where there is none."""
    runs = _outermost(paragraph)
    number = bisect_right(runs, at, key=attrgetter("start")) - 1
    return runs[number] if number >= 0 and at < runs[number].end else None


def is_quoted(paragraph: Span, start: int, end: int) -> bool:
    """Whether the words of the file from `start` to `end`, which stand in `paragraph`, are inside quotation marks."""
    run = quoted_run(paragraph, start)
    return run is not None and end <= run.end
