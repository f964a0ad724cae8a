"""The one reader of typed dates: EDTF, and what a person writes in its place.

A date is read by the rules that find dates in a text (`data/times.toml`), but only where nothing has to be guessed:
no word is left over, the year is there, and the words name their days, as "early March" does not.
"""

import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import cache, partial

from helpers.base.edtf import ends, interval
from helpers.base.errors import CorpusError, KitError
from helpers.base.folding import fold
from helpers.history.rules import Reader, Rule, code, readers, spelt, times
from helpers.history.values import BY, NO_DAY, days_of, edtf_of, stated_year, template

_FORMS = "Write a day (22 April 1997), a month (April 1997), a year, a decade (the 1980s), or one of these to another."
_LONGEST = 80  # characters: no date is longer
_LEAD = re.compile(r"^(?:in|on|during|throughout|the year|year) (?=\S)", re.IGNORECASE)
_ABOUT = re.compile(r"(?:about|around|approximately|roughly|circa|ca?\.) ?(?=\S)|ca? ?(?=[0-9])", re.IGNORECASE)
_BETWEEN = re.compile(r"between (.+) and (.+)", re.IGNORECASE)
_TO = re.compile(r" (?:to|or|until|till|through|-) ", re.IGNORECASE)
_YEAR_FIRST = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})(?:\2([0-9]{1,2}))?")
_DECADE = re.compile(r"[0-9]{3}[xX]")
_SHORT_YEAR = re.compile(
    r"\b((?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?(?: [0-9]{1,2}(?:st|[nr]d|th)?,?)?)"
    r" (3[2-9]|[4-9][0-9])\b",
    re.IGNORECASE,
)
_SHORT_DAY = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{2})")
_MONTH_AND_YEAR = re.compile(r"([0-9]{1,2})[/.]((?:1[0-9]|20)[0-9]{2}|3[2-9]|[4-9][0-9])")
_POINT = re.compile(r"(?<=[0-9])\. (?=[0-9a-z])", re.IGNORECASE)  # 3. April, 3. 4. 1997
_DASHES = str.maketrans("–—", "--")


def typed(words: str) -> str:
    """EDTF from a date as people type it; EDTF itself comes back as it is.

    Points stand in dates that begin with the day, so 3.4.97 is 3 April 1997. With strokes or hyphens both orders are
    in use, so 3/4/97 is asked about, and 22/4/97 is read. Of two figures the year is one from 1931 to 2030.
    Whatever `time_expressions` reads as a date with its year is read: "22nd April 1997", "22.4.1997", "the 1980s";
    a range is A/B: "1-17 January 1997", "between 3 and 6 March 1997", "from December 1996 to 22 April 1997".
    A `KitError` names the words that can't be read, or says what a date lacks, such as its year.

    >>> typed("Tuesday 22 April 1997"), typed("1997-1-5 to 1997-02"), typed("[1997-03..1997-04]")
    ('1997-04-22', '1997-01-05/1997-02', '[1997-03..1997-04]')
    """
    plain = " ".join(str(words).split())
    with suppress(KitError):
        interval(plain.upper())
        return plain.upper()
    if not plain:
        raise KitError("There is no date yet. " + _FORMS)
    if len(plain) > _LONGEST:
        raise KitError(f"“{plain[:40]} …” is too long for a date. {_FORMS}")
    asked = plain.translate(_DASHES).replace("--", "-").strip('"“”').rstrip(" .,;")
    asked = re.sub("^from ", "", _BETWEEN.sub(r"\1 to \2", asked), flags=re.IGNORECASE)
    asked = _POINT.sub(lambda point: "." if asked[point.end()].isdigit() else " ", asked)
    asked = _SHORT_YEAR.sub(r"\1 '\2", asked)  # February 97: no month has so many days
    edtf = _one(asked) or _range(asked)
    if not edtf:
        raise KitError(_not_read(plain))
    interval(edtf)  # a range that ends before it begins says so
    return edtf


def dated(words: str, where: str) -> str:
    """What `typed` makes of a date; one that can't be read raises a `CorpusError` that begins with `where`."""
    try:
        return typed(words)
    except KitError as error:
        raise CorpusError(f"{where}: {error}") from None


class _LacksError(KitError):
    """A date that was understood, and that says too little, or more than a calendar has."""


# ---- Ranges ----


def _range(asked: str) -> str:
    """Two dates with "to" between them, else with a stroke or a hyphen; empty where one of the two can't be read."""
    if cut := _TO.search(asked):
        return _pair(asked[: cut.start()], asked[cut.end() :])
    for cut in re.finditer("[/-]", asked):
        if edtf := _pair(asked[: cut.start()].strip(), asked[cut.end() :].strip()):
            return edtf
    return ""


def _pair(first: str, last: str) -> str:
    """Both ends; each may leave to the other what both have: "3 March to 6 April 1997", "March 3 to 6, 1997"."""
    end = _any_of(last, f"{first.rpartition(' ')[0]} {last}")
    if not end:
        return ""
    year = end[:4]
    month_and_year = re.sub(r"^\D*\d+\w*(?: of)? ", "", last)
    begin = _any_of(first, f"{first} {year}", f"{first} {month_and_year}")
    if not begin:
        return ""
    begin, end = ends(begin)[0], ends(end)[1]
    if interval(begin).earliest > interval(end).latest and year not in first:
        raise _LacksError(f"“{first}” has no year of its own, and {year} does not fit. Write the year of both.")
    return f"{begin}/{end}"


def _any_of(*candidates: str) -> str:
    return _first_of(partial(_one, words) for words in candidates)


def _first_of(readings: Iterable[Callable[[], str]]) -> str:
    """What the first makes that is read; if none is, what the first that was understood lacks."""
    lacking = None
    for reading in readings:
        try:
            if edtf := reading():
                return edtf
        except _LacksError as error:
            lacking = lacking or error
    if lacking:
        raise lacking
    return ""


# ---- One date ----


def _one(asked: str) -> str:
    """One date, perhaps with "about" before it or ~ or ? behind it; empty where no rule reads all its words."""
    body, mark = _LEAD.sub("", asked), ""
    if body.endswith(("~", "?")):
        body, mark = body[:-1].rstrip(), body[-1]
    elif about := _ABOUT.match(body):
        body, mark = body[about.end() :], "~"
    edtf = _figures(body) or _by_rule(body)
    if not mark or not edtf:
        return edtf
    return "/".join(end.rstrip("~") + mark for end in edtf.split("/"))


def _figures(body: str) -> str:
    """A date in figures: 1997-1-5, 1997/04/22; a decade as 198x; 4/1997 and 4/97; 22.4.97, and 4.22.97."""
    if short := _SHORT_DAY.fullmatch(body):
        return _by_rule(".".join(part.zfill(2) for part in short.groups())) or _by_rule(body.replace(".", "/"))
    if short := _MONTH_AND_YEAR.fullmatch(body):
        month = f"{short[2] if len(short[2]) == 4 else '19' + short[2]}-{short[1].zfill(2)}"
        return month if days_of(month) else ""
    if _DECADE.fullmatch(body):
        return body.upper()
    if not (found := _YEAR_FIRST.fullmatch(body)) or (found[2] != "-" and not found[4]):
        return ""
    edtf = "-".join(part.zfill(2) for part in (found[1], found[3], found[4]) if part)
    if not found[4] and not days_of(edtf):
        return ""  # 1996-97: years
    return _legal(edtf, body)


@cache
def _readers() -> list[Reader]:
    """The rules of dates, but for those that take a part of theirs from the words before them."""
    return [reader for reader in readers() if reader.rule.kind == "date" and not spelt(reader.rule.before).groups]


def _by_rule(body: str) -> str:
    """The EDTF that the first fitting rule makes of all the words; empty if none fits."""
    folded = fold(body)
    fits = ((reader.rule, reader.pattern.fullmatch(folded)) for reader in _readers())
    return _first_of(partial(_value, rule, found.groupdict(), body) for rule, found in fits if found)


def _value(rule: Rule, groups: dict[str, str | None], body: str) -> str:
    """The EDTF that a rule makes of its groups; `_LacksError` where they leave open what it is."""
    if rule.needs and not stated_year(groups):
        raise _LacksError(_undated(rule, groups, body))
    value = BY[rule.by](groups, NO_DAY, "") if rule.by else template(rule.value, groups, NO_DAY, "")
    readings = dict.fromkeys(value.split("|"))
    edtf = edtf_of(next(iter(readings))) if len(readings) == 1 else ""
    if len(readings) > 1 and all(map(days_of, readings)):
        raise _LacksError(f"“{body}” may be {' or '.join(readings)}. Write the month as a word.")
    if value.startswith("BC"):
        raise _LacksError(f"“{body}” lies before the year 1, where the kit's dates begin. Name a later date.")
    if not edtf or groups.get("early"):
        raise _LacksError(f"“{body}” leaves open which days it means. Write the first and the last, with “to” between.")
    _check_weekday(groups, _legal(edtf, body), body)
    return edtf + "~" if groups.get("about") and "/" not in edtf else edtf


def _undated(rule: Rule, groups: dict[str, str | None], body: str) -> str:
    if rule.needs != "year" or rule.by == "weekday" or groups.get("rel") or groups.get("back"):
        return f"“{body}” is reckoned from another day. Write the day that it means, with its year."
    if groups.get("tens"):
        return f"“{body}” does not say of which century. Write all four figures of the years, as in 1890s."
    return f"“{body}” has no year. Write the year too."


def _legal(edtf: str, body: str) -> str:
    with suppress(KitError):
        for end in edtf.split("/"):
            interval(end)
        return edtf
    raise _LacksError(f"“{body}” is a day that no calendar has. Look at its day and its month.")


def _check_weekday(groups: dict[str, str | None], edtf: str, body: str) -> None:
    if not groups.get("wday") or "/" in edtf:
        return
    number = str(interval(edtf).earliest.isoweekday())
    if number != code("wday", groups["wday"]):
        name = next(word for word, known in times().words["wday"].items() if known == number)
        raise _LacksError(f"“{body}”: that day was a {name.capitalize()}. Change the day, or leave the weekday out.")


# ---- What could not be read ----


def _not_read(plain: str) -> str:
    """Names the words that are left over beside the longest date, or all of them if there is none."""
    tries = (found for reader in _readers() for found in reader.pattern.finditer(fold(plain)))
    dates = [found.span() for found in tries if found.groupdict().get("year")]
    if not dates:
        return f"“{plain}” can't be read as a date. {_FORMS}"
    found = max(dates, key=lambda place: place[1] - place[0])
    rest = [part.strip(" ,.;:/-–—") for part in (plain[: found[0]], plain[found[1] :])]
    left = " … ".join(f"“{part}”" for part in rest if part)
    return f"{left or f'“{plain}”'} can't be read as part of a date. {_FORMS}"
