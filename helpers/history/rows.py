"""Rows of the table of time expressions: a value with its days, and what several readings of the same words make."""

import re
from typing import Any

from helpers.base.edtf import ends, interval
from helpers.history.rules import Rule
from helpers.history.values import days_of, edtf_of, hour_of

Row = dict[str, Any]


def at(day: str, time: str) -> str:
    """A day with its time of day; an hour beside an afternoon, evening or night is one after noon."""
    if not day:
        return ""
    hour = re.search(r"T\d\d:\d\d", day)
    if hour and not time[1].isdigit():  # the part of the day comes last: eleven o'clock on Sunday night
        day, time = day.replace(hour[0], time), hour[0]
    part = re.search("T(?:AF|EV|NI)", day)
    if part and time[1].isdigit():
        time = f"T{hour_of(int(time[1:3]), part[0]):02}{time[3:]}"
    if re.match("T24:0?[1-9]|T24:[1-5]", time):  # half past twelve on Friday night lies in the day that follows
        time = "TNI"
    return "/".join(one.split("T")[0] + time for one in day.split("/"))


def row_of(kind: str, value: str, rule: str) -> Row:
    edtf, first, last = edtf_of(value), None, None
    if edtf:
        first, last = interval(edtf)
    if kind == "date" and re.search("[0-9X]T", value):
        kind = "time"
    return {"kind": kind, "value": value, "edtf": edtf, "earliest": first, "latest": last, "rule": rule}


def row_of_values(rule: Rule, values: list[str], words: str, base: str = "") -> Row | None:
    """The row for the values at both ends of the base, or for both readings of one; none if they are no days."""
    found = "|".join(values).split("|")
    first, last = min(found), max(found)
    value = first if first == last else f"{ends(first)[0]}/{ends(last)[1]}"
    if not first or (edtf_of(value) and not days_of(value)):
        return None
    row = row_of(rule.kind, value, rule.name + words)
    if first == last:
        return row
    if "|" in values[0]:
        return row | {"value": "", "edtf": ""}
    if base and not first.startswith(base):  # "the previous month", after a year: one of twenty-four
        return row_of(rule.kind, re.sub(r"\d", "X", first), rule.name + words)
    if base:  # "two days later", after a month: a day of that month
        row["value"] = base + re.sub(r"\d", "X", first[len(base) :])
    return row
