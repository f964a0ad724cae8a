"""What stands inside quotation marks of any kind."""

import re
from functools import lru_cache

from helpers.texts.corpus import Span

_CLOSERS = {"“": "”", "‘": "’", "«": "»", "„": "“”", "`": "'", "'": "'", '"': '"'}
DEEPEST = 8  # marks inside marks; deeper ones are not looked for, so no line can run away
_LAST_SINGLE = re.compile(r"[^\s']'(?!\w)")


@lru_cache(maxsize=64)  # asked once for each hit in the same paragraph
def quoted_runs(paragraph: Span) -> list[Span]:
    """What stands inside quotation marks of any kind in a paragraph, marks left out, nested runs after their outer one.

    A mark that is never closed runs to the end of its paragraph; nothing passes on to the next. A plural's apostrophe
    inside single marks (‘the workers’ party’) ends the run too early.
    """
    text, source = paragraph.text, paragraph.source
    last = max((match.end() - 1 for match in _LAST_SINGLE.finditer(text)), default=-1)
    opened: list[tuple[int, str]] = []
    runs: list[tuple[int, int]] = []
    for at, char in enumerate(text):
        before, after = text[at - 1 : at] or " ", text[at + 1 : at + 2] or " "
        if (depth := _closes(char, after, opened)) is not None:
            runs += [(start, at) for start, _ in opened[depth:]]
            del opened[depth:]
        elif (
            char in '“"„«'
            or (char in "‘`" and not before.isalnum())
            or (char == "'" and last > at and _opens(before, after))
        ):
            opened.append((at + 1, _CLOSERS[char]))
    runs += [(start, len(text)) for start, _ in opened]
    offset = paragraph.start
    return [
        Span(source, paragraph.number, offset + a, offset + b)
        for a, b in sorted(runs, key=lambda r: (r[0], -r[1]))
        if a < b
    ]


def _opens(before: str, after: str) -> bool:
    return after.isalpha() and not before.isalnum()


def _closes(char: str, after: str, opened: list[tuple[int, str]]) -> int | None:
    """Which of the open marks `char` closes: single marks only the innermost, and never as an apostrophe."""
    single = char in "’'"
    deepest = len(opened) - DEEPEST if char in "”’»'\"“" else len(opened)
    for depth in range(len(opened) - 1, max(deepest, 0) - 1, -1):
        if char in opened[depth][1] and not (single and after.isalnum()):
            return depth
        if single:
            return None
    return None
