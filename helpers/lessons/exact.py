"""The types of question whose answer is exact: a number, a date, an order.

A date is accepted by what it contains: it holds the days of `least` and lies within those of `most`, however it is
written.
"""

from contextlib import suppress
from itertools import permutations
from typing import Annotated, Any, ClassVar

import msgspec

from helpers.base.cite import Cite
from helpers.base.edtf import Interval, interval
from helpers.base.errors import KitError
from helpers.history.timex import typed
from helpers.lessons.answers import Checked, State, Verdict
from helpers.lessons.format import Data, Input, Part
from helpers.lessons.words import alike, compared, in_figures, in_letters, words_of
from helpers.texts.corpus import Corpus


class Number(Checked, tag="number", kw_only=True):
    """A number, in figures or words; an accepted one is written "74", or "72..73" for all between."""

    accepted: Annotated[tuple[str, ...], msgspec.Meta(min_length=1)]
    unit: str

    def same(self, kept: str, key: Any) -> bool:
        low, _, high = str(key).partition("..")
        with suppress(ValueError):
            return float(low) <= float(in_figures(kept)) <= float(high or low)
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
    """Which dates are accepted: those that hold the days of `least` and lie within those of `most` (EDTF).

    With `yearless` a day and a month will do, because nobody can take the year for another.
    """

    least: str = ""
    most: str = ""
    yearless: bool = False

    def read(self, words: str, year: str = "") -> str:
        """EDTF of typed words; with `yearless` they may lack the year, which is that of `least` if none is given."""
        try:
            return typed(words)
        except KitError:
            if self.yearless:
                with suppress(KitError):
                    return typed(f"{words} {year or self.least[:4]}")
            raise

    def same(self, words: str, key: str) -> bool:
        """Whether words and a key mean the same days, as surely; what is no date is compared as words."""
        try:
            other = typed(key)
            one = self.read(words, other[:4])
            return interval(one) == interval(other) and one.endswith(("~", "?")) == other.endswith(("~", "?"))
        except KitError:
            if compared(key).isdigit():  # a year that stands in other words is not what they mean
                return compared(words) == compared(key)
            return alike(words, key)

    def holds(self, given: Interval) -> bool:
        """Whether a date is accepted."""
        if not self.least and not self.most:
            return False  # words that name no days
        inner = not self.least or given.holds(interval(self.least))
        return inner and (not self.most or interval(self.most).holds(given))

    @property
    def sample(self) -> str:
        """A date that is accepted."""
        return self.most or self.least

    def __str__(self) -> str:
        if self.least and self.most and self.least != self.most:
            return f"a date that holds {self.least} and lies within {self.most}"
        if self.least or not self.most:
            return self.least
        return f"a date within {self.most}"


class Range(Days, kw_only=True):
    """Dates of a kind that `days` does not hold, and what is said to them; `accepted` ones pass all the same.

    With `single` only one day alone is meant. Of several ranges the first that fits speaks.
    """

    message: str
    accepted: bool = False
    single: bool = False

    def holds(self, given: Interval) -> bool:
        one_day = given.earliest == given.latest
        return super().holds(given) and (one_day or not self.single)


class Date(Checked, tag="date", kw_only=True):
    """A date, as fine as the words allow; `ranges` are said to those that are finer or coarser."""

    days: Days
    ranges: tuple[Range, ...] = ()
    shape: ClassVar[str] = "a date, such as 22 April 1997"
    inputs: ClassVar[tuple[Input, ...]] = (
        Input(kind="text", label="Your date (such as 5 May 1985, May 1985, 1 to 16 May 1985, or: May to July 1985)"),
    )

    def same(self, kept: str, key: Any) -> bool:
        return self.days.same(kept, key)

    def judged(self, kept: str, corpus: Corpus) -> Verdict:
        typed(kept)  # what is no date is said before all else
        return super().judged(kept, corpus)

    def unforeseen(self, kept: str) -> Verdict:
        for kind in self.ranges:
            if kind.holds(interval(typed(kept))):
                return Verdict(State.ACCEPTED if kind.accepted else State.REFUSED, (kind.message,))
        return super().unforeseen(kept)

    def meant(self, kept: str) -> str:
        return typed(kept)

    def right(self, kept: str) -> bool:
        return self.days.holds(interval(typed(kept)))

    def key(self) -> str:
        return str(self.days)


class Item(Part, kw_only=True):
    """One thing to put in order, with words of a text that tell it."""

    key: str
    text: str
    quote: str = ""
    cites: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """Where the words stand, as a reader is shown it; empty where no place is given."""
        return str(Cite.parse(self.cites[0])) if self.cites else ""


class Order(Checked, tag="order", kw_only=True):
    """Things to put in order, by pairs of which the first comes `before` the second; all orders that keep them pass.

    The order in which the file lists the items is never one of these.
    """

    before: Annotated[tuple[tuple[str, str], ...], msgspec.Meta(min_length=1)]
    item: tuple[Item, ...]
    label: str = "Your order, the earliest first"

    @property
    def accepted(self) -> tuple[str, ...]:
        orders = permutations(item.key for item in self.item)
        return tuple(" ".join(o) for o in orders if all(o.index(a) < o.index(b) for a, b in self.before))

    def taken(self, value: Any) -> str:
        words = " ".join(map(words_of, value)) if isinstance(value, list) else words_of(value)
        letters = in_letters(words)
        if sorted(letters) != sorted(item.key for item in self.item):
            raise KitError(f"Give each of {', '.join(item.key for item in self.item)} a place of its own.")
        return " ".join(letters)

    def right(self, kept: str) -> bool:
        return kept in self.accepted

    def unforeseen(self, kept: str) -> Verdict:
        places = {item.key: item.place for item in self.item}
        first, second = self._broken(kept.split())
        where = " and ".join(filter(None, dict.fromkeys((places[first], places[second]))))
        said = f"In your order {first} comes before {second}. Open {where or 'both'}: can that be?"
        return Verdict(State.REFUSED, (self.otherwise, said))

    def _broken(self, given: list[str]) -> tuple[str, str]:
        """The first pair, neighbours before others, that no accepted order has in this order."""
        accepted = [order.split() for order in self.accepted]
        for gap in range(1, len(given)):
            for first, second in zip(given, given[gap:], strict=False):
                if all(order.index(second) < order.index(first) for order in accepted):
                    return first, second

    def key(self) -> str:
        return " or ".join(self.accepted)

    @property
    def shape(self) -> str:
        return " ".join(item.key for item in self.item) + ", in your order"

    @property
    def inputs(self) -> tuple[Input, ...]:
        items = tuple({"key": item.key, "says": _told(item)} for item in self.item)
        return (Input(kind="order", label=self.label, items=items),)

    def fields(self, kept: Any, corpus: Corpus) -> Data:
        with suppress(KitError):
            return {"answer": self.taken(kept)}
        return {"answer": ""}  # half an order, from an older kit


def _told(item: Item) -> str:
    if not item.quote:
        return item.text
    return f"{item.text.rstrip('.')}: “{item.quote}” {item.place}".strip()
