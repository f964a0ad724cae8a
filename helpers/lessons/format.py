"""The small tables of a question file, and what a question hands to a page to be filled in."""

import re
from collections.abc import Iterable
from typing import Any, Literal

import msgspec

from helpers.base.errors import KitError
from helpers.base.folding import fold
from helpers.lessons.words import compared, in_letters, words_of

Data = dict[str, Any]  # plain data by name: what stands in the inputs, a mark, a part of a page
Rows = dict[str, dict[str, str]]  # the words of a table by row and column

# ---- In the file ----


class Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A table in a question file; unknown keys are refused."""


class Refused(Part, kw_only=True):
    """An answer that tempts, and what is said to it: why it tempts and where to look."""

    answer: Any
    message: str


class Remarked(Part, kw_only=True):
    """An answer that is accepted, with something to be said to it."""

    answer: str
    message: str


class Sample(Part, kw_only=True):
    """What a reader might say; `level` and `why` stand in the teacher's key only."""

    says: str
    cites: tuple[str, ...] = ()
    level: Literal[1, 2, 3] | None = None
    why: str = ""


class Option(Part, kw_only=True):
    """One choice; its feedback ends in a question or a place to look."""

    key: str
    text: str
    feedback: str = ""
    cites: tuple[str, ...] = ()


class Headline(Part, kw_only=True):
    """A press headline quoted in a question, letter by letter."""

    date: str
    outlet: str
    headline: str


_LETTERS = re.compile(r"[a-z](?:\W+(?:and )?[a-z])+")  # an option that is several letters: "a, c and e"


def among(options: Iterable[Option]) -> str:
    """The keys that can be chosen, in words."""
    return "one of " + ", ".join(option.key for option in options)


def chosen(value: Any, options: Iterable[Option]) -> str:
    """The key of the option that a value names: by its key, its words, or the letters that it lists in any order."""
    words = words_of(value)
    for option in options:
        if compared(words) in (compared(option.key), compared(option.text)) or _same_letters(words, option.text):
            return option.key
    raise KitError(f"Choose {among(options)}.")


def _same_letters(words: str, text: str) -> bool:
    listed = _LETTERS.fullmatch(fold(text)) is not None
    return listed and sorted(in_letters(words)) == sorted(in_letters(text))


# ---- On the page ----


class Input(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing to fill in: its kind, its name in the fields, and its label; `says` in its items is Markdown."""

    kind: Literal["radio", "text", "select", "table", "order", "marks", "events"]
    name: str = "answer"
    label: str = ""
    rows: Any = 1
    columns: tuple[str, ...] = ()
    options: tuple[dict[str, str], ...] = ()
    items: tuple[dict[str, str], ...] = ()
    more: dict[str, Any] = msgspec.field(default_factory=dict)
