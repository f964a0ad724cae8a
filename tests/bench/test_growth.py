"""Cost per character must not grow with the corpus: 300 generated sources against 30, from files, caches cold.

The texts hold names, cues, dates and quotations, so that every function finds what it looks for, and the lists beside
them grow with them. By hand, with LIMA_GROWTH=1000, it is 1,000 against 100, at the five texts' lengths (some minutes a function).
"""

import csv
import functools
import gc
import os
import random
import time
from pathlib import Path

import pytest
from project import ROOT

from helpers import (
    catalogue,
    chronology,
    concordance,
    cues,
    known_by,
    load_corpus,
    locate,
    naming_grid,
    quotations,
    read,
    time_expressions,
)
from helpers.history.claims import compare_claims
from helpers.history.independence import independence
from helpers.texts.corpus import Corpus
from helpers.texts.names import labels
from helpers.texts.shared import shared_passages

RELEASE = os.environ.get("LIMA_GROWTH") == "1000"
FEW, MANY = (100, 1000) if RELEASE else (30, 300)
SHORTER, ROUNDS = (1, 7) if RELEASE else (3, 1)  # a third of each text's paragraphs; best of so many rounds
MOST = 1.25
DATES = ["on 17 December", "April 22, 1997", "at 3.17 pm", "two days later", "yesterday", "in the 1980s", "since 1992"]


def listed(name: str, column: str) -> list[dict]:
    """The rows of one of Lima's lists that count in any text."""
    with (ROOT / "seeds" / name).open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if not row.get("source") and (column == "term" or not row["cite"])]


@functools.cache
def text(number: int) -> str:
    """A text of one of the five's paragraphing; a third of its words carry the source's number."""
    make = random.Random(number)
    five = [source.text for source in load_corpus().values()]
    lines = [line for line in five[number % 5].splitlines() if line.strip()]
    names = [row["name"] for row in listed("labels.csv", "name")]
    terms = [row["term"].rstrip("*") for row in listed("cues.csv", "term")]
    plain = [f"w{n}" for n in range(500)]

    def word() -> str:
        kinds = [[f"{make.choice(plain)}x{number}"], plain, names, terms, DATES, ["“told", "him”"]]
        return make.choice(make.choices(kinds, [30, 58, 4, 4, 2, 2])[0])

    paragraphs = [" ".join(word() for _ in line.split()) + " mark." for line in lines[: len(lines) // SHORTER]]
    shared = " ".join(f"p{number // 2}q{place}" for place in range(12))  # with one other text
    return "\n".join([f"Leader{number} began event {number} on 17 December 1996.", shared, *paragraphs])


@functools.cache
def folder(count: int, base: Path) -> Path:
    """`count` texts and the lists beside them."""
    place = base / str(count)
    place.mkdir()
    entries, events, claims = [], [], []
    rows = listed("labels.csv", "name")
    for number in range(count):
        id = f"s{number}"
        (place / f"{id}.txt").write_text(text(number), encoding="utf-8")
        rows.append(dict.fromkeys(rows[0], "") | {"referent": "leader", "name": f"Leader{number}", "source": id})
        entries.append(f'[[source]]\nfile = "{id}.txt"\ntitle = "{id}"\npublished = "1997-01-{number % 28 + 1:02d}"\n')
        told = f'source = "{id}"\nquote = "event {number}"\nedtf = "1996-12-17"\nhow_dated = "stated"\n'
        claim = f'topic = "t"\nsource = "{id}"\nquote = "event {number}"\nvalue = "{number}"\ncounted = "events"\n'
        claims.append(f'[[claim]]\n{claim}attributed_to = "Paper {number}"\n')
        events.append(f'[[event]]\nid = "e{number}"\ntitle = "Event {number}"\n[[event.told]]\n{told}')
    with (place / "labels.csv").open("w", encoding="utf-8", newline="") as file:
        sheet = csv.DictWriter(file, rows[0])
        sheet.writeheader()
        sheet.writerows(rows)
    (place / "catalogue.toml").write_text("\n".join(entries), encoding="utf-8")
    (place / "events.toml").write_text("\n".join(events), encoding="utf-8")
    (place / "claims.toml").write_text("\n".join(claims), encoding="utf-8")
    for name in ("cues.csv", "glossary.toml"):
        (place / name).write_bytes((ROOT / "seeds" / name).read_bytes())
    return place


def last(corpus: Corpus) -> str:
    """Words that stand once, in the last source."""
    return f"event {len(corpus) - 1}"


def halves(corpus: Corpus):
    """The texts in two piles, every other one."""
    return read(corpus, *list(corpus)[::2]), read(corpus, *list(corpus)[1::2])


WORK = {
    "read": lambda corpus: read(corpus, *corpus),
    "read, shown": lambda corpus: repr(read(corpus, *corpus)),
    "locate": lambda corpus: locate(corpus, last(corpus)),
    "concordance": lambda corpus: concordance(corpus, "mark"),
    "concordance of words that stand nowhere": lambda corpus: concordance(corpus, "Alderamin"),
    "labels": labels,
    "naming_grid": naming_grid,
    "cues": cues,
    "quotations": quotations,
    "catalogue": catalogue,
    "time_expressions": time_expressions,
    "chronology": chronology,
    "known_by": lambda corpus: known_by(corpus, "1997-01-15"),
    "shared_passages": lambda corpus: shared_passages(*halves(corpus)),
    "compare_claims": lambda corpus: compare_claims(corpus, "t"),
    "independence": independence,
}


def cost(count: int, base: Path, prepare, work) -> float:
    """Processor time per character of one run on texts that were never seen."""
    made = prepare(folder(count, base))
    gc.collect()
    gc.disable()  # the collector's walks grow with whatever else the tests hold
    try:
        start = time.process_time()
        work(made)
        return (time.process_time() - start) / sum(len(text(number)) for number in range(count))
    finally:
        gc.enable()


def growth(base: Path, prepare, work) -> float:
    """The ratio of the best costs per character, many sources against few, measured in turn."""
    few, many = [], []
    for _ in range(ROUNDS):
        few += [cost(FEW, base, prepare, work) for _ in range(3)]
        many.append(cost(MANY, base, prepare, work))
    return min(many) / min(few)


def assert_linear(base: Path, prepare, work) -> None:
    ratios = []
    for _ in range(6):  # a busy machine may spoil a round, never make a quadratic function look linear
        ratios.append(growth(base, prepare, work))
        if ratios[-1] <= MOST:
            return
        if ratios[-1] > 3 * MOST:
            break  # no noise is that loud
    pytest.fail(f"cost per character grew by {min(ratios):.2f}")


@pytest.fixture(scope="module")
def base(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("growth")


@pytest.mark.parametrize("name", WORK)
def test_text_functions_are_linear(name, base, request):
    assert_linear(base, load_corpus, WORK[name])


def test_loading_is_linear(base):
    assert_linear(base, lambda place: place, load_corpus)


def test_every_function_finds_something_to_do(base):
    corpus = load_corpus(folder(FEW, base))
    for name in (
        "labels",
        "cues",
        "quotations",
        "time_expressions",
        "chronology",
        "concordance",
        "known_by",
        "compare_claims",
    ):
        assert len(WORK[name](corpus)) >= FEW, name
    assert len(WORK["shared_passages"](corpus)) == FEW // 2 == (independence(corpus)["tie"] == "shared words").sum()
    assert "leader" in set(labels(corpus).referent)
    assert set(naming_grid(corpus).columns) >= set(corpus)


def test_a_quadratic_slip_is_seen(base):
    """Planted: every source goes through the ids of all."""

    def slip(corpus: Corpus) -> list[int]:
        return [sum(id.casefold() in other.casefold() for other in corpus for _ in range(40)) for id in corpus]

    with pytest.raises(pytest.fail.Exception, match="grew"):
        assert_linear(base, load_corpus, slip)
