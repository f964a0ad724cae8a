"""Statements of fact in the kit's own voice, each with the source that stands with it, for a person who checks them.

    python tests/facts.py            a line each: place, statement, source
    python tests/facts.py 40 7       forty of them, drawn at random with the seed 7

A statement is a sentence of ours (not a question, not words in quotation marks) that names a day, a number, a person,
a country or a party to the crisis. Its source is what it cites itself; else what its cell, question or entry cites or
shows; `-` says that there is none, which is right for a sentence about the kit or a class and wrong for any other.
"""

import csv
import random
import re
import sys
import tomllib
from collections.abc import Iterator

from project import ROOT
from prose import IDS, MONTHS, books, citations, expected_figures, source, teacher_books

FACT = re.compile(
    rf"\b(\d+|{MONTHS}|two|three|four|five|six|seven|eight|nine|ten|fourteen|seventeen|hundreds?|thousands?|Peru\w*|Lima|"
    r"Japan\w*|MRTA|Túpac|Tupac|PCP|Fujimori\w*|Cerpa|Rincón|government|police|army|soldiers?|officers?|military|courts?|"
    r"judges?|Commission|Church|Red Cross|ICRC|group|party|organi[sz]ation|hostages?|prison\w*|residence|raid|tunnels?|"
    r"died|dead|killed|wounded|freed|trial|amnesty|war|conflict|newspapers?|paper|printed|published|issue|editors?)\b"
)
OF_A_LESSON = re.compile(r"\b(?:\d+ minutes|\d\d\.\d+|[Nn]otebooks? \d\d|[Ll]essons? \d\d)\b")
Place = tuple[str, str, str]  # where it stands, what it says, whence it is
# What the glossary tells of the world beyond the five texts, and the entries of the record that bear it out.
GLOSSARY_RESTS_ON = {
    "communique": ("why-japan",),
    "embassy": ("takeover",),
    "emergency rule": ("emergency-rule",),
    "faceless judges": ("trials",),
    "guarantor": ("guarantors",),
    "League for the Fifth International": ("fifth-international",),
    "MRTA": ("takeover", "mrta-kidnappings"),
    "PCP": ("armed-conflict", "chuschi", "truth-commission"),
    "people's war": ("chuschi",),
    "Poder Obrero": ("fifth-international",),
    "Red Cross": ("guarantors",),
    "Revolutionary Internationalist Movement": ("rim",),
    "Revolutionary Worker": ("revolutionary-worker",),
    "self-coup": ("congress-closed",),
    "war tax": ("demands",),
    "Weekly Worker": ("weekly-worker",),
    "Yanamayo": ("yanamayo",),
}


def toml(path: str) -> dict:
    return tomllib.loads((ROOT / path).read_text(encoding="utf-8"))


def sentences(prose: str) -> list[str]:
    """The sentences of Markdown, of its tables and lists too."""
    prose = re.sub(r"^#.*$|^\|[-| :]*\|$", "", prose, flags=re.MULTILINE)
    parts = re.split(r"(?<=[.!:;?])[\"”*)]*\s+(?=[A-Z`*\"“(0-9])|\n\s*(?:[-*\d|]|\n)|\s\|\s", prose)
    return [" ".join(part.split()) for part in parts if part.strip(" |")]


def is_fact(sentence: str) -> bool:
    own = re.sub(r'"[^"]*"|“[^”]*”', " ", OF_A_LESSON.sub(" ", sentence))
    return not sentence.rstrip(' "*)').endswith("?") and len(own.split()) > 3 and FACT.search(own) is not None


def cited(prose: str) -> str:
    return ", ".join(dict.fromkeys(citations(prose) or [id for id in IDS if id in prose]))


def facts_in(place: str, prose: str, otherwise: str) -> Iterator[Place]:
    for sentence in sentences(prose):
        if is_fact(sentence):
            held = [one.get("record") or "counted by a test" for one in expected_figures() if one["sentence"] in prose]
            yield place, sentence, cited(sentence) or otherwise or cited(prose) or ", ".join(held) or "-"


def in_notebooks() -> Iterator[Place]:
    """Text cells; what the code cells on both sides of one show is its source as well."""
    for name, book in (books() | teacher_books()).items():
        cells = book["cells"]
        for at, cell in enumerate(cells):
            if cell["cell_type"] == "markdown":
                beside = " ".join(source(one) for one in cells[max(0, at - 1) : at + 2] if one["cell_type"] == "code")
                shown = re.findall(
                    r'(record|read|headlines|card|quotations|chain|compare_claims)\(\w+, "([^"]+)"', beside
                )
                yield from facts_in(f"{name} {cell['id']}", source(cell), ", ".join(" ".join(one) for one in shown))


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from strings(part)


def in_questions() -> Iterator[Place]:
    for path in sorted((ROOT / "helpers/data/exercises").glob("*.toml")):
        for asked in toml(f"helpers/data/exercises/{path.name}")["question"]:
            cites = ", ".join(asked.get("cites", []))
            for words in strings({key: part for key, part in asked.items() if key not in ("id", "cites", "excerpts")}):
                yield from facts_in(asked["id"], words, cited(words) or cites)


def in_pages() -> Iterator[Place]:
    for path in [ROOT / "README.md", *sorted((ROOT / "helpers/data").glob("plans/*.md"))]:
        yield from facts_in(path.name, path.read_text(encoding="utf-8"), "")


def in_what_is_beside_the_texts() -> Iterator[Place]:
    """The record, the cards and the glossary."""
    for entry in toml("seeds/record.toml")["record"]:
        whence = "; ".join(f"{one['author']}, {one['date']}" for one in entry.get("citations", []))
        for words in strings({key: entry.get(key, "") for key in ("finding", "value", "range", "not_found")}):
            yield from facts_in(f"record {entry['id']}", words, whence)
    for card in toml("seeds/cards.toml")["card"]:
        for words in strings({key: part for key, part in card.items() if key not in ("record", "quote")}):
            yield from facts_in(f"card {card['name']}", words, ", ".join(card.get("record", [])))
    for term in toml("seeds/glossary.toml")["term"]:
        whence = ", ".join(filter(None, [*GLOSSARY_RESTS_ON.get(term["term"], ()), term.get("cite", "")]))
        yield from facts_in(f"glossary {term['term']}", term["meaning"], whence)


def in_what_is_said_of_the_texts() -> Iterator[Place]:
    """The catalogue, and the stations of one claim's afterlife."""
    for one in toml("seeds/catalogue.toml")["source"]:
        for words in [one["dating"], one["perspective"], one["content_note"], *strings(one["inferred"])]:
            yield from facts_in(f"catalogue {one['id']}", words, one["id"])
    for one in toml("seeds/claims.toml")["station"]:
        for words in strings({key: one.get(key, "") for key in ("claimed", "found", "open")}):
            yield from facts_in(f"station {one['edtf']}", words, one.get("record") or one["source"])


def in_events() -> Iterator[Place]:
    """The names of events and days, and why an event is dated as it is."""
    recorded = {entry["event"]: entry["id"] for entry in toml("seeds/record.toml")["record"] if "event" in entry}
    for event in toml("seeds/events.toml")["event"]:
        told = [one["source"] for one in event.get("told", [])]
        whence = [*told, f"record {recorded[event['id']]}"] if event["id"] in recorded else told
        yield f"event {event['id']}", event["title"], ", ".join(whence)
        for one in event.get("told", []):
            yield from facts_in(f"event {event['id']}", one.get("reason", ""), one["source"])
    for day in toml("helpers/data/days.toml")["day"]:
        yield "days", day["name"], day["record"]


def statements() -> list[Place]:
    found = [*in_notebooks(), *in_questions(), *in_pages()]
    found += [*in_what_is_beside_the_texts(), *in_what_is_said_of_the_texts(), *in_events()]
    return list(dict.fromkeys(found))


if __name__ == "__main__":
    every = statements()
    if len(sys.argv) == 3:
        count, seed = map(int, sys.argv[1:])
        every = random.Random(seed).sample(every, min(count, len(every)))
    csv.writer(sys.stdout).writerows(every)
