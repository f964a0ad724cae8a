"""What stands inside quotation marks of any kind."""

import re
from bisect import bisect_right
from functools import lru_cache
from operator import attrgetter

from helpers.texts.corpus import Span

_CLOSERS = {"“": "”", "‘": "’", "«": "»", "„": "“”", "`": "'", "'": "'", '"': '"'}
DEEPEST = 8  # marks inside marks; deeper ones are not looked for, so no line can run away
_MARK = re.compile("[“”„«»‘’`'\"]")
_LAST_SINGLE = re.compile(r"[^\s']'(?!\w)")


@lru_cache(maxsize=64)  # asked once for each hit in the same paragraph
def quoted_runs(paragraph: Span) -> list[Span]:
    """What stands inside quotation marks of any kind in a paragraph, marks left out, nested runs after their outer one.

    A mark that is never closed runs to the end of its paragraph; nothing passes on to the next. A plural's apostrophe
    inside single marks (‘the workers’ party’) ends the run too early.
    """
    text = paragraph.text
    last = max((match.end() - 1 for match in _LAST_SINGLE.finditer(text)), default=-1)
    opened: list[tuple[int, str]] = []
    runs: list[tuple[int, int]] = []
    for mark in _MARK.finditer(text):
        at, char = mark.start(), mark[0]
        before, after = text[at - 1 : at] or " ", text[at + 1 : at + 2] or " "
        depth = _closes(char, after, opened)
        if depth is not None:
            runs += [(start, at) for start, _ in opened[depth:]]
            del opened[depth:]
        elif _opens(char, before, after) and (char != "'" or last > at):
            opened.append((at + 1, _CLOSERS[char]))
    runs += [(start, len(text)) for start, _ in opened]
    runs.sort(key=lambda run: (run[0], -run[1]))
    return [_part(paragraph, start, end) for start, end in runs if start < end]


def _part(paragraph: Span, start: int, end: int) -> Span:
    return Span(paragraph.source, paragraph.number, paragraph.start + start, paragraph.start + end)


def _opens(char: str, before: str, after: str) -> bool:
    """Whether a mark that closes nothing may open a quotation."""
    if char in "‘`":
        return not before.isalnum()
    if char == "'":
        return after.isalpha() and not before.isalnum()
    return char in '“"„«'


def _closes(char: str, after: str, opened: list[tuple[int, str]]) -> int | None:
    """Which of the open marks `char` closes: single marks only the innermost, and never as an apostrophe."""
    if char in "’'":
        innermost = len(opened) - 1
        if opened and char in opened[innermost][1] and not after.isalnum():
            return innermost
        return None
    deepest = max(len(opened) - DEEPEST, 0)
    for depth in range(len(opened) - 1, deepest - 1, -1):
        if char in opened[depth][1]:
            return depth
    return None


@lru_cache(maxsize=64)
def _outermost(paragraph: Span) -> list[Span]:
    """The quoted runs that lie in no other one, in order."""
    found: list[Span] = []
    for run in quoted_runs(paragraph):
        if not found or run.start >= found[-1].end:
            found.append(run)
    return found


def is_quoted(paragraph: Span, start: int, end: int) -> bool:
    """Whether the words of the file from `start` to `end`, which stand in `paragraph`, are inside quotation marks."""
    runs = _outermost(paragraph)
    number = bisect_right(runs, start, key=attrgetter("start")) - 1
    return number >= 0 and end <= runs[number].end
