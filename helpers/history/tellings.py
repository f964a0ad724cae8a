"""The file `events.toml` beside the texts: what happened, and where each text tells it; and when a text was printed.

An event is what happened, in our words; a telling is where one text dates it.
"""

from datetime import date
from pathlib import Path
from typing import Any, Literal

from helpers.base.edtf import NOT_STATED, Interval, ends, interval
from helpers.base.errors import CorpusError, KitError
from helpers.base.files import beside, legal, load_toml, repeated
from helpers.base.slips import Checked, Filled
from helpers.history.rivals import Row
from helpers.texts.corpus import Source

FILE = "events.toml"
COLUMNS = ["event", "title", "edtf", "earliest", "latest", "value", "as_of", "printed", "source", "cite", "words",
           "how", "rival", "within", "remark"]  # fmt: skip
MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December"]  # fmt: skip


class Telling(Checked, kw_only=True):
    """Where one text tells an event: its words, the days they allow (EDTF), and the reason where these are inferred.

    `value` is a number or word in which tellings differ, `as_of` (EDTF) the time for which it holds.
    """

    source: str
    quote: Filled
    edtf: Filled
    how_dated: Literal["stated", "inferred"]
    value: str = ""
    as_of: Filled = ""
    reason: str = ""


class Event(Checked, kw_only=True):
    """What happened, with a title in our words. Without tellings it is told by the record alone."""

    id: Filled
    title: Filled
    told: tuple[Telling, ...] = ()


class _Events(Checked):
    event: tuple[Event, ...] = ()


def events(folder: Path | None) -> tuple[Event, ...]:
    """The events of `events.toml` beside the texts, in the file's order; each id once, each date legal."""
    found = load_toml(beside(folder, FILE), _Events).event
    if twice := repeated(event.id for event in found):
        raise CorpusError(f"{FILE}: the id {twice[0]} is given twice. Give each event its own.")
    for event in found:
        for told in event.told:
            _check(told, f"{FILE}, {event.id}, {told.source}")
    return found


def _check(told: Telling, where: str) -> None:
    for day in filter(None, (told.edtf, told.as_of)):
        legal(day, where)
    if told.how_dated == "inferred" and not told.reason:
        raise CorpusError(f"{where}: the date is inferred, but there is no reason. Say in one sentence how.")
    if bool(told.value) != bool(told.as_of):
        raise CorpusError(f"{where}: value and as_of belong together. Add the missing one.")


def new_row(event: str, title: str, edtf: str, **values: Any) -> Row:
    """A row of the chronology with its first and last day; what is not given is empty."""
    first, last = interval(edtf)
    known = {"event": event, "title": title, "edtf": edtf, "earliest": str(first), "latest": str(last)}
    hidden = {"span": None, "range": "", "topic": ""}  # what is compared and not shown
    return dict.fromkeys(COLUMNS, "") | known | hidden | values


# ---- Days of print ----


def printed(source: Source) -> str:
    """When a source was printed, as EDTF; in square brackets what we inferred; empty where nobody knows."""
    if source.published != NOT_STATED:
        return source.published
    inferred = source.inferred.published or source.inferred.written
    return f"[{inferred}]" if inferred else ""


def days_of_print(when: str) -> tuple[Interval, bool] | None:
    """The days that `printed` allows, and whether they are inferred; None if it is empty."""
    if not when:
        return None
    try:
        return interval(when), False
    except KitError:
        return interval(when[1:-1]), True


def readable_from(when: str) -> date | None:
    """The first day on which what is `printed` is sure to be out; None if undated."""
    found = days_of_print(when)
    return found[0].latest if found else None


def spoken(day: date) -> str:
    """A day in words: 20 February 1997."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def in_words(edtf: str) -> str:
    """A date as a label says it.

    >>> in_words("1996-12-17/1996-12-28"), in_words("1996-12/1997-01~"), in_words("198X")
    ('17 to 28 Dec 1996', 'Dec 1996 to about Jan 1997', '1980s')
    """
    begin, end = ends(edtf)
    first, last = _words_of(begin), _words_of(end)
    if begin == end:
        return " ".join(first)
    shared = [cut for cut in range(1, len(first)) if first[cut:] == last[cut - len(first) :]]
    said = first[: shared[0]] if shared else first
    if edtf.startswith("["):
        return " ".join(["between", *said, "and", *last])
    return " ".join([*said, "to", *last])


def _words_of(edtf: str) -> list[str]:
    year, *rest = edtf.rstrip("~?").split("-")
    words = [str(int(day)) for day in rest[1:]] + [MONTHS[int(month) - 1][:3] for month in rest[:1]]
    words.append(year.replace("X", "0s"))
    if edtf.endswith("~"):
        return ["about", *words]
    return [*words, "(unsure)"] if edtf.endswith("?") else words
