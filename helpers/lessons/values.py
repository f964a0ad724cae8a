"""Values as they come, from a typed line, a box or a file, and how words are compared."""

import re
from typing import Any

from helpers.base.errors import KitError
from helpers.base.folding import fold

_SURROGATE = re.compile("[\ud800-\udfff]")
_BLANK = " \t\r\n\u00a0.…"
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


def words_of(value: Any) -> str:
    """A value as words; lists and tables are refused in a sentence."""
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value:g}" if isinstance(value, float) else str(value)
    raise KitError("This question takes words or a number, not a list or a table. Write one answer in quotation marks.")


def plain(words: Any) -> str:
    """Words as they are compared: folded, single-spaced, without outer marks and a leading article."""
    found = " ".join(fold(str(words)).split()).strip(" \"'.,;:!?()")
    return re.sub(r"^(the|an?) ", "", found)
