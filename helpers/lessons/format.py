"""The small tables of a question file, and what a question hands to a page to be filled in."""

from collections.abc import Iterable
from typing import Any, Literal

import msgspec

from helpers.base.errors import KitError
from helpers.lessons.values import plain, words_of

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


def among(options: Iterable[Option]) -> str:
    """The keys that can be chosen, in words."""
    return "one of " + ", ".join(option.key for option in options)


def chosen(value: Any, options: Iterable[Option]) -> str:
    """The key of the option that a value names, by its key or by its words."""
    words = plain(words_of(value))
    for option in options:
        if words in (plain(option.key), plain(option.text)):
            return option.key
    raise KitError(f"Choose {among(options)}.")


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
