"""The types of question whose answer is exact: a number, a date, an order.

A date is accepted by what it contains: it holds the days of `least` and lies within those of `most`, however it is
written.
"""

import re
from typing import Annotated, Any

import msgspec

from helpers.base.edtf import Interval, interval
from helpers.base.errors import KitError
from helpers.base.folding import fold
from helpers.history.timex import typed
from helpers.lessons.answers import Checked, State, Verdict
from helpers.lessons.format import Input, Part, Remarked
from helpers.lessons.values import plain, words_of
from helpers.texts.corpus import Corpus

_NUMBER = re.compile(r"\D*?(\d+(?:[.,]\d+)*)\D*")


class Number(Checked, tag="number", kw_only=True):
    """A number; an accepted one is written "74", or "72..73" for all between."""

    accepted: Annotated[tuple[str, ...], msgspec.Meta(min_length=1)]
    unit: str

    def same(self, kept: str, key: Any) -> bool:
        found = _NUMBER.fullmatch(kept)
        low, _, high = str(key).partition("..")
        try:
            return found is not None and float(low) <= float(found[1].replace(",", "")) <= float(high or low)
        except ValueError:
            return False

    def right(self, kept: str) -> bool:
        return any(self.same(kept, key) for key in self.accepted)

    def key(self) -> str:
        return " or ".join(self.accepted).replace("..", " to ")

    @property
    def shape(self) -> str:
        return f"a number: {self.unit}"

    @property
    def inputs(self) -> tuple[Input, ...]:
        return (Input(kind="text", label=f"Your number ({self.unit})"),)


class Days(Part, kw_only=True):
    """Which dates are accepted: those that hold the days of `least` and lie within those of `most` (EDTF)."""

    least: str = ""
    most: str = ""

    def holds(self, given: Interval) -> bool:
        """Whether a date is accepted."""
        if not self.least and not self.most:
            return False  # words that name no days
        inner = not self.least or given.holds(interval(self.least))
        return inner and (not self.most or interval(self.most).holds(given))

    def finer(self, given: Interval) -> bool:
        """Whether a date is one single day where the words give more."""
        one_day = given.earliest == given.latest
        return one_day and interval(self.most).holds(given) and not self.holds(given)

    def __str__(self) -> str:
        if self.least and self.most and self.least != self.most:
            return f"a date that holds {self.least} and lies within {self.most}"
        return self.least or f"a date within {self.most}"


def same_days(words: str, key: str) -> bool:
    """Whether typed words and a key mean the same days, as surely; words that are no date are compared as words."""
    try:
        one, other = typed(words), typed(key)
        return interval(one) == interval(other) and one.endswith(("~", "?")) == other.endswith(("~", "?"))
    except KitError:
        return plain(words) == plain(key)


class Date(Checked, tag="date", kw_only=True):
    """A date, as fine as the words allow. `finer` is said to a single day where they give more."""

    days: Days
    finer: str = ""
    remarked: tuple[Remarked, ...] = ()

    def same(self, kept: str, key: Any) -> bool:
        return same_days(kept, key)

    def judged(self, kept: str, corpus: Corpus) -> Verdict:
        given = interval(typed(kept))
        for remarked in self.remarked:
            if self.same(kept, remarked.answer):
                return Verdict(State.ACCEPTED, (remarked.message,))
        verdict = super().judged(kept, corpus)
        if verdict.said == (self.otherwise,) and self.finer and self.days.finer(given):
            return Verdict(State.REFUSED, (self.finer,))
        return verdict

    def meant(self, kept: str) -> str:
        return typed(kept)

    def right(self, kept: str) -> bool:
        return self.days.holds(interval(typed(kept)))

    def key(self) -> str:
        return str(self.days)

    @property
    def shape(self) -> str:
        return "a date, such as 22 April 1997"

    @property
    def inputs(self) -> tuple[Input, ...]:
        return (Input(kind="text", label="Your date (such as 22 April 1997, April 1997, or: 1 to 16 March 1997)"),)


class Item(Part, kw_only=True):
    """One thing to put in order, with words of a text that tell it."""

    key: str
    text: str
    quote: str = ""
    cites: tuple[str, ...] = ()


class Order(Checked, tag="order", kw_only=True):
    """Things to put in order. The order in which the file lists them is never the accepted one."""

    accepted: Annotated[tuple[str, ...], msgspec.Meta(min_length=1)]
    item: tuple[Item, ...]

    def taken(self, value: Any) -> str:
        words = " ".join(map(words_of, value)) if isinstance(value, list) else words_of(value)
        letters = re.findall(r"\w+", fold(words))
        if sorted(letters) != sorted(item.key for item in self.item):
            raise KitError(f"Give each of {', '.join(item.key for item in self.item)} a place of its own.")
        return " ".join(letters)

    def right(self, kept: str) -> bool:
        return kept in self.accepted

    def key(self) -> str:
        return " or ".join(self.accepted)

    @property
    def shape(self) -> str:
        return " ".join(item.key for item in self.item) + ", in your order"

    @property
    def inputs(self) -> tuple[Input, ...]:
        items = tuple({"key": item.key, "says": _told(item)} for item in self.item)
        return (Input(kind="order", label="Your order, the earliest first", items=items),)

    def fields(self, kept: Any, corpus: Corpus) -> dict[str, Any]:
        try:
            return {"answer": self.taken(kept)}
        except KitError:  # half an order, from an older kit
            return {"answer": ""}


def _told(item: Item) -> str:
    if not item.quote:
        return item.text
    cite = item.cites[0].replace(" ", " ¶")
    return f"{item.text}“{item.quote}” {cite}"
