"""Lines of a file: where they begin and end, and what lies between those that a wrapped text breaks in mid-sentence.

Whatever is put in for a line end is as long as that end, so that offsets stay those of the file.
"""

import re
from collections.abc import Iterable

from helpers.base.folding import JOINT, fold

LINE = re.compile(r"[^\r\n]+")
_END = r"[^\S\r\n]*(?:\r\n?|\n)[^\S\r\n]*"  # one, with the spaces about it
_DIVIDED = re.compile(rf"(?<=[^\W\d_]-){_END}(?=[^\W\d_])")
_ONE_END = re.compile(_END)


def trimmed(line: re.Match) -> tuple[int, int] | None:
    """Where the words of a line begin and end; None if it has none."""
    words = line[0].strip().strip("\ufeff").strip()
    if not words:
        return None
    start = line.start() + line[0].find(words)
    return start, start + len(words)


def adjoin(text: str, end: int, start: int) -> bool:
    """Whether nothing but one line end lies between two places."""
    return _ONE_END.fullmatch(text, end, start) is not None


def joined(text: str) -> str:
    """The text folded, with the words that are divided at a line end in one piece."""
    return fold(_DIVIDED.sub(lambda end: JOINT * len(end[0]), text))


def flowing(text: str, places: Iterable[tuple[int, int]]) -> str:
    """The text with a space for each line end inside these places."""
    parts, at = [], 0
    for start, end in places:
        parts += [text[at:start], re.sub("[\r\n]", " ", text[start:end])]
        at = end
    return "".join(parts) + text[at:]
