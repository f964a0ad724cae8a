"""Folded text and searches in it: case, accents, quotation marks, dashes and spaces, one character to one.

Because every character stays one character, an offset found in folded text is true in the file.
"""

import re
import unicodedata
from functools import lru_cache

from helpers.base.errors import CorpusError

FILLER = "\uffff"  # stands where folding has swallowed a character: the second half of --, a loose accent
JOINT = "\ufffe"  # stands for the line end inside a word that was divided there, behind its hyphen


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


LONGEST = 10_000  # characters of what is looked for


@lru_cache(maxsize=4096)
def pattern(words: str, *, literal: bool = False, loose: bool = False) -> re.Pattern:
    """A search for whole words in folded text; `*` stands for letters and digits, a space for any white space.

    `loose` is for a text with accents that are characters of their own, or with words that are divided at line ends.
    The time that a search takes grows no faster than the text, whatever the words are.
    """
    if len(words) > LONGEST:
        raise CorpusError(f"More than {LONGEST:,} characters can't be looked for. Write fewer words.")
    folded = fold(words.strip()).replace(FILLER, "")
    if not folded:
        raise CorpusError("There are no words to look for. Write at least one.")
    accent = f"(?:{FILLER}|-{JOINT}+)*" if loose else ""
    parts = [folded]
    if not literal:
        parts = re.split(r"\*+", folded)
    begins_with_word = parts[0] == "" or re.match(r"\w", folded)
    ends_with_word = parts[-1] == "" or re.search(r"\w$", folded)
    search = _joined([_spelt(part, accent) for part in parts], loose)
    if begins_with_word:
        search = r"(?<!\w)" + (rf"(?<!\w{FILLER})" if loose else "") + search
    if ends_with_word:
        search += rf"(?!{accent}\w)"
    return re.compile(search)


def _spelt(words: str, accent: str) -> str:
    """Words without a `*` as a regular expression."""
    parts = []
    for part in re.findall(r"\s+|.", words):
        if part.isspace():
            parts.append(rf"(?:\s{accent})+")
        elif part == "-":
            parts.append(f"-[{FILLER}{JOINT}]*")  # -- is two characters in the text
        else:
            parts.append(re.escape(part) + accent)
    return "".join(parts)


def _joined(parts: list[str], loose: bool) -> str:
    """The parts with letters and digits between them.

    Each part but the last is taken where it first fits and never tried again, so that no search runs away: if a later
    place would do, the letters up to it are as well taken by the `*` that follows.
    """
    letters = rf"[\w{FILLER}]*" if loose else r"\w*"
    if len(parts) == 1:
        return parts[0]
    middle = "".join(f"(?>{letters}?{part})" for part in parts[1:-1])
    if parts[-1] == "":
        return parts[0] + middle + letters
    return parts[0] + middle + f"{letters}?{parts[-1]}"
