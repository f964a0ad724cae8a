"""Cost per character must not grow with the corpus: 1,000 generated sources against 100, caches cold."""

import functools
import os
import random
import time

import pytest

from helpers import concordance, cues, load_corpus, locate, read
from helpers.texts.corpus import Corpus
from helpers.texts.library import read_source
from helpers.texts.names import labels

MOST = 1.25
ROUNDS = 7 if "bench" in os.environ.get("LIMA_REQUIRE", "") else 2  # best of seven where a release is proved


@functools.cache
def texts(count: int) -> tuple[tuple[str, str], ...]:
    """`count` texts of the five's lengths and paragraphing, in words that carry the source's number."""
    five = [source.text for source in load_corpus().values()]
    make = random.Random(count)
    words = [f"w{n}" for n in range(500)]
    return tuple(
        (f"s{n}", "\n".join(" ".join(f"{w}x{n}" if make.random() < 0.3 else make.choice(words) for w in line.split()) + " mark"
                            for line in five[n % 5].splitlines() if line.strip()) + ("\nwords that stand once" if n == 50 else ""))
        for n in range(count)
    )  # fmt: skip


@functools.cache
def folder(count: int, base: str):
    from pathlib import Path

    place = Path(base) / str(count)
    place.mkdir()
    for id, text in texts(count):
        (place / f"{id}.txt").write_text(text, encoding="utf-8")
    entries = (f'[[source]]\nfile = "{id}.txt"\ntitle = "{id}"\npublished = "1997"\n' for id, _ in texts(count))
    (place / "catalogue.toml").write_text("\n".join(entries), encoding="utf-8")
    return place


def fresh(count: int) -> Corpus:
    return Corpus(read_source(text, id=id) for id, text in texts(count))


WORK = {
    "read": lambda corpus: read(corpus, *corpus),
    "locate": lambda corpus: locate(corpus, "mark\u2028" if False else next(iter(corpus.values())).spans[0].text),
    "concordance": lambda corpus: concordance(corpus, "mark"),
    "labels": labels,
    "cues": cues,
}


def cost(count: int, prepare, work) -> float:
    made = prepare(count)
    start = time.process_time()
    work(made)
    return (time.process_time() - start) / sum(len(text) for _, text in texts(count))


def growth(prepare, work) -> float:
    """The ratio of the best costs per character, large against small, measured in turn."""
    pairs = [(cost(1000, prepare, work), cost(100, prepare, work)) for _ in range(ROUNDS)]
    return min(large for large, _ in pairs) / min(small for _, small in pairs)


def assert_linear(prepare, work):
    ratios = []
    for _ in range(3):  # a busy machine may spoil a round, never make a quadratic function look linear
        ratios.append(growth(prepare, work))
        if ratios[-1] <= MOST:
            return
    pytest.fail(f"cost per character grew by {min(ratios):.2f}")


@pytest.mark.parametrize("name", WORK)
def test_text_functions_are_linear(name):
    assert_linear(fresh, WORK[name])


def test_loading_is_linear(tmp_path):
    assert_linear(lambda count: folder(count, str(tmp_path)), load_corpus)
