"""The words of an answer as they come, from a typed line, a box or a file, and how they are compared."""

import re
from typing import Any

from helpers.base.errors import KitError
from helpers.base.files import DATA, decode, read_bytes
from helpers.base.folding import fold, pattern
from helpers.history.rules import number

_SURROGATE = re.compile("[\ud800-\udfff]")
_BLANK = " \t\r\n\u00a0.…"
NONE = set(decode(read_bytes(DATA / "nothing.txt"), "nothing.txt").splitlines())  # ways to say that a place is empty
AROUND = " \n\"'“”‘’.…"  # what may stand around copied words
LONGEST = 80  # characters: no number that is answered is longer
DEEPEST = 6  # tables hold rows, rows cells, cells marks: nothing of ours is deeper


def plain_data(value: Any, depth: int = 0) -> Any:
    """`value` as a file can hold it: words, numbers, lists and tables; anything else is refused in a sentence.

    Lone surrogates, which no file can hold, become the replacement character; numpy's numbers become plain ones.
    """
    if value is None or value is ...:
        return None
    if type(value).__module__ == "numpy" and getattr(value, "ndim", 1) == 0:
        value = value.item()
    if isinstance(value, str):
        return _SURROGATE.sub("\ufffd", str(value))
    if isinstance(value, int | float):
        return _number(value)
    if depth < DEEPEST and isinstance(value, list | tuple):
        return [plain_data(item, depth + 1) for item in value]
    if depth < DEEPEST and isinstance(value, dict):
        return {_name(key): plain_data(item, depth + 1) for key, item in value.items()}
    kind = type(value).__name__
    raise KitError(f"An answer is words, a number, a list or a table; a {kind} can't be kept. Write it as words.")


def _number(value: int | float) -> int | float:
    """A number that JSON can hold, also where its class is one of numpy's or of somebody's own."""
    if isinstance(value, bool):
        return value
    if not -(2**63) < value < 2**63:  # also infinity, and what is no number at all
        raise KitError("This is no number that can be kept. Write it as words, in quotation marks.")
    return int(value) if isinstance(value, int) else float(value)


def _name(key: Any) -> str:
    if isinstance(key, str | int):
        return _SURROGATE.sub("\ufffd", str(key))
    raise KitError(f"A row or column is named by words, not by {key!r}. Put its name into quotation marks.")


def blank(value: Any) -> bool:
    """Whether nothing has been written: no value, white space, full stops, or lists and tables of such."""
    if isinstance(value, dict):
        return all(map(blank, value.values()))
    if isinstance(value, list | tuple):
        return all(map(blank, value))
    return value is None or (isinstance(value, str) and not value.strip(_BLANK))


def without(value: Any, *names: str) -> Any:
    """A record without these fields; any other value as it is."""
    if not isinstance(value, dict):
        return value
    return {key: item for key, item in value.items() if key not in names}


def words_of(value: Any) -> str:
    """A value as words; lists and tables are refused in a sentence."""
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return repr(value).removesuffix(".0")
    raise KitError("This question takes words or a number, not a list or a table. Write one answer in quotation marks.")


def compared(words: Any) -> str:
    """Words as they are compared: folded, single-spaced, without outer marks and a leading article."""
    found = " ".join(fold(str(words)).split()).strip(" \"'.,;:!?()")
    return re.sub(r"^(the|an?) ", "", found)


def in_figures(words: str) -> str:
    """The one number that words name, in figures: of "seventy-four", "the 4th", "3 of them"; else empty."""
    if len(words) > LONGEST:
        return ""
    hyphened = re.sub(r"(?<=ty) (?=\w)", "-", fold(words))
    found = [number(part) for part in re.findall(r"[\w.,]+(?:-\w+)?", hyphened)]
    figures = [figure for figure in found if figure != "X"]
    return figures[0] if len(figures) == 1 else ""


def in_letters(words: str) -> str:
    """Letters that are listed, run together: "a, c and e" and "A C E" are "ace"."""
    return "".join(re.findall(r"\w", re.sub(r"\band\b", " ", fold(words))))


def alike(words: str, key: str) -> bool:
    """Whether words say what a key says: the same words, the same number, or both that there is nothing."""
    given, known = compared(words), compared(key)
    if given in NONE or known in NONE:
        return given in NONE and known in NONE
    if given == known:
        return True
    return known.isalnum() and number(known).isdigit() and in_figures(words) == number(known)


def holds(words: str, part: str) -> bool:
    """Whether `part` stands in `words` as whole words, however both are written."""
    return pattern(part, literal=True).search(fold(words)) is not None
