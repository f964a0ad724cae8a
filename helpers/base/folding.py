"""Folded text and searches in it: case, accents, quotation marks, dashes and spaces, one character to one.

Because every character stays one character, an offset found in folded text is true in the file.
"""

import re
import unicodedata
from functools import lru_cache

from helpers.base.errors import CorpusError

FILLER = "\uffff"  # stands where folding has swallowed a character: the second half of --, a loose accent


class _Folding(dict):
    def __missing__(self, code: int) -> str:
        char = chr(code)
        if unicodedata.combining(char) >= 200:
            folded = FILLER
        elif char.isspace() and char not in "\r\n":
            folded = " "
        else:
            bare = "".join(c for c in unicodedata.normalize("NFD", char) if unicodedata.combining(c) < 200).casefold()
            folded = bare if len(bare) == 1 else char
        self[code] = folded
        return folded


_FOLDING = _Folding()
_FOLDING.update((ord(a), b) for chars, b in (("’‘´`", "'"), ("“”„«»", '"'), ("–—", "-")) for a in chars)


def fold(text: str) -> str:
    """`text` with case, accents, quotation marks, dashes and spaces folded, one character to one."""
    return text.translate(_FOLDING).replace("--", "-" + FILLER)


@lru_cache(maxsize=4096)
def pattern(words: str, *, literal: bool = False, loose: bool = False) -> re.Pattern:
    """A search for whole words in folded text; `*` stands for letters and digits, a space for any white space.

    `loose` is for a text with accents that are characters of their own.
    """
    folded = fold(words.strip()).replace(FILLER, "")
    if not folded:
        raise CorpusError("There are no words to look for. Write at least one.")
    accent = f"{FILLER}*" if loose else ""
    parts = []
    for part in re.findall(r"\s+|.", folded):
        if part.isspace():
            parts.append(rf"(?:\s{accent})+")
        elif part == "*" and not literal:
            parts.append(rf"[\w{FILLER}]*" if loose else r"\w*")
        else:
            parts.append(re.escape(part) + (f"{FILLER}*" if part == "-" else accent))
    opening = r"(?<!\w)" + (rf"(?<!\w{FILLER})" if loose else "")
    closing = rf"(?!{accent}\w)"
    joker = "" if literal else "*"
    return re.compile(
        (opening if re.match(rf"[\w{joker}]", folded) else "")
        + "".join(parts)
        + (closing if re.search(rf"[\w{joker}]$", folded) else "")
    )
