"""The rules of `data/times.toml`: how English speaks of time, as patterns over folded text and the words in them.

Values are TIMEX3 (1997-04-22T15:17, P16Y, 199 for a decade). The head of that file says what each field means and
works one rule from nothing.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal, NamedTuple

from helpers.base.files import DATA, load_toml
from helpers.base.folding import JOINT
from helpers.base.slips import Checked


class Rule(Checked, kw_only=True):
    """One way to speak of time; the head of `times.toml` says what the fields mean."""

    name: str
    pattern: str
    example: str
    value: str = ""
    by: Literal["", "feast", "beside feast", "weekday", "nth", "step", "span", "clock", "length"] = ""
    kind: Literal["date", "time", "set", "duration", "beside"] = "date"
    needs: Literal["", "year", "base", "last"] = ""
    hint: Literal["past", "near", ""] = "past"
    holds: tuple[str, ...] = ()
    before: str = ""
    after: str = "(?!)"


Groups = dict[str, str | None]  # what the named groups of a pattern caught


class Times(Checked):
    """The file: words by topic, pieces of patterns, rules."""

    words: dict[str, dict[str, str]]
    pieces: dict[str, str]
    rule: tuple[Rule, ...]


class Reader(NamedTuple):
    """A rule ready to read, and how words begin of which a paragraph must hold one (none: any may do)."""

    rule: Rule
    begins: set[str]

    @property
    def pattern(self) -> re.Pattern:
        """It matches whole words. Made when it is asked for: to make all takes longer than to read our five texts."""
        return spelt(rf"(?<!\w)(?:{self.rule.pattern})(?!\w)")


@cache
def times() -> Times:
    """The words, pieces and rules of `times.toml`."""
    return load_toml(DATA / "times.toml", Times)


@cache
def readers() -> list[Reader]:
    """All rules in the order of the file."""
    return [reader(rule) for rule in times().rule]


def reader(rule: Rule) -> Reader:
    """A rule as it reads."""
    begins: set[str] = set()
    for held in rule.holds:
        begins |= {word[:3] for word in times().words.get(held, (held,))}
    return Reader(rule, begins)


@cache
def spelt(pattern: str) -> re.Pattern:
    """A pattern with its pieces and words put in, and one to three spaces for each."""
    names = re.compile("|".join(sorted(times().pieces, key=len, reverse=True)))
    while names.search(pattern):
        pattern = names.sub(lambda name: times().pieces[name[0]], pattern)
    pattern = re.sub("{([a-z]+)}", lambda topic: _one_of(topic[1]), pattern)
    return re.compile(pattern.replace(" ", r"[^\S\r\n]{1,3}"))


def _one_of(topic: str) -> str:
    longest_first = sorted(times().words[topic], key=len, reverse=True)
    return f"(?:{'|'.join(longest_first)})"


# ---- Matches ----


class Match(NamedTuple):
    """Words that a rule reads: where they stand, what its groups caught."""

    start: int
    end: int
    rule: Rule
    groups: Groups


def matches(reader: Reader, text: str, folded: str, first: int, last: int) -> Iterator[Match]:
    """Where a rule reads words between two places: names have capitals, and the surroundings suit.

    The surroundings are not asked where a year or words such as "last" suffice, unless they hold groups themselves.
    """
    rule = reader.rule
    before, after = spelt(f"(?i:{rule.before})"), spelt(f"(?i:{rule.after})")
    for found in reader.pattern.finditer(folded, first, last):
        groups = found.groupdict()
        start, end = found.span("x" if "x" in groups else 0)
        suffices = rule.needs and any(groups.get(name) for name in ("early", "rel", "back", "ahead", "year"))
        if not suffices or before.groups:
            lead = before.search(text, max(0, start - 32), start)
            if lead is None or after.match(text, end):
                continue
            groups |= {name: words.lower() for name, words in lead.groupdict().items() if words}
        if all(_is_name(text, found, name) for name in _NAMES if found.groupdict().get(name)):
            yield Match(start, end, rule, groups)


_NAMES = ("month", "wday", "feast", "easter", "caps")


def _is_name(text: str, found: re.Match, group: str) -> bool:
    """Whether a word has its capital, or can't be anything but a name."""
    return text[found.start(group)].isupper() or found[group] in times().words["small"]


_DIVIDED = re.compile(rf"(?<!\w)([a-z]{{1,9}})-{JOINT}+([a-z]{{1,9}})(?!\w)")


def undivided(folded: str, first: int, last: int) -> list[int]:
    """Where the characters of a stretch stand, but for those that divide a word of time at a line end; else nothing."""
    if JOINT not in folded[first:last]:
        return []
    places = list(range(first, last))
    for word in reversed(list(_DIVIDED.finditer(folded, first, last))):
        whole = word[1] + word[2]
        if whole in _words() or whole.removesuffix("s") in _words():
            del places[word.end(1) - first : word.start(2) - first]
    return places


@cache
def _words() -> set[str]:
    """The words of all topics."""
    return {word for topic in times().words.values() for words in topic for word in words.split()}


# ---- Words ----


def code(topic: str, words: str) -> str:
    """What TIMEX3 writes for a word, also in its short or plural form: "Sept.", "centuries"."""
    codes = times().words[topic]
    if words in codes:
        return codes[words]
    return next(known for word, known in codes.items() if word.startswith(words[:3]))


def number(words: str) -> str:
    """The digits of a number in figures or words; X for a vague one such as "several"."""
    figures = re.match("[0-9][0-9.,]*", words)
    if figures:
        return re.sub(",|[.]$", "", figures[0])
    parts = spelt(r"\b(?:{scale}|{nth}|{teen}|{ten}|{one})\b").findall(words)
    return str(sum(int(_numbers()[" ".join(part.split())]) for part in parts)) if parts else "X"


@cache
def _numbers() -> dict[str, str]:
    words = times().words
    return words["one"] | words["teen"] | words["ten"] | words["nth"] | words["scale"]


def steps_in(words: str) -> int:
    """How many units words go back (negative) or on: -1 for "last", 2 for "after tomorrow"."""
    return sum(int(times().words["step"].get(word, 0)) for word in words.split())
