"""The kit's own voice is neutral: charged words and partisan labels only as words held up, quoted or titled."""

import ast
import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache

import msgspec
import pytest
from project import ROOT
from prose import books, teacher_books, texts

from helpers import load_corpus
from helpers.base.folding import fold, pattern
from helpers.history.chronology import events
from helpers.history.record import records
from helpers.lab.strip import days
from helpers.lessons.sheets import numbers, sheet
from helpers.texts.glossary import glossary

LIST = tomllib.loads((ROOT / "tests" / "voice.toml").read_text(encoding="utf-8"))
EXCEPTIONS = LIST.get("exception", [])
_LISTED = re.compile("|".join(f"(?:{pattern(words).pattern})" for words in LIST["words"]))
_HELD = re.compile(r'"[^"]*"|“[^”]*”|`[^`]*`|(?<!\*)\*[^*\n]+\*(?!\*)|\]\([^)]*\)|!\[[^\]]*\]')


def own_words(prose: str) -> str:
    """Prose without what is quoted, in italics, in code or an address."""
    return _HELD.sub(" · ", prose)


def folded(prose: str) -> str:
    """The kit's own words in one line, folded as a search folds them."""
    return fold(" ".join(own_words(prose).split()))


def excused(exceptions: Iterable[dict], own: str, found: re.Match) -> list[dict]:
    """The exceptions whose words stand around what was found."""
    return [
        exception
        for exception in exceptions
        for place in re.finditer(re.escape(folded(exception["words"])), own)
        if place.start() <= found.start() and found.end() <= place.end()
    ]


def leaning(prose: str, file: str = "", exceptions: Iterable[dict] = EXCEPTIONS) -> list[str]:
    """What stands around each listed word that prose uses in its own voice and no exception of the file excuses."""
    own = folded(prose)
    here = [exception for exception in exceptions if exception["file"] == file]
    found = [match for match in _LISTED.finditer(own) if not excused(here, own, match)]
    return [own[max(0, match.start() - 40) : match.end() + 40] for match in found]


def idle(exceptions: list[dict], prose: Iterable[tuple[str, str]]) -> list[dict]:
    """The exceptions without which nothing more would be found."""
    places = [(file, own, match) for file, text in prose if (own := folded(text)) for match in _LISTED.finditer(own)]
    needed = [e for file, own, match in places for e in excused(exceptions, own, match) if e["file"] == file]
    return [exception for exception in exceptions if exception not in needed]


def strings(value):
    """Every string in a question or record, keys left out; quotes and answers are words of the texts."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        skip = {
            "quote",
            "accepted",
            "holds",
            "answer",
            "headlines",
            "cites",
            "citations",
            "rows",
            "row",
            "marks",
            "address",
            "title_of",
        }
        for key, item in value.items():
            if key not in skip:
                yield from strings(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from strings(item)


@cache
def everything() -> list[tuple[str, str]]:
    """All that the kit says, piece by piece, with the file that says it."""
    return list(prose())


def prose() -> Iterator[tuple[str, str]]:
    for number, book in (books() | teacher_books()).items():
        yield from ((f"notebooks/{number}", text) for text in texts(book))
    for number in numbers():
        for asked in sheet(number).question:
            yield from ((f"exercises/{asked.id}", words) for words in strings(msgspec.to_builtins(asked)))
    corpus = load_corpus()
    yield from (("seeds/record.toml", entry.finding + " " + entry.not_found) for entry in records(corpus.folder))
    yield from (("seeds/glossary.toml", term.meaning) for term in glossary(corpus.folder))
    for source in corpus.values():
        own = (source.dating, source.perspective, source.content_note, source.rights)
        ours = (source.inferred.dating, source.inferred.perspective)
        yield from (("seeds/catalogue.toml", words) for words in own + ours)
    yield from (("seeds/events.toml", event.title) for event in events(corpus.folder))
    yield from (("helpers/data/days.toml", day.name) for day in days())
    yield "README.md", (ROOT / "README.md").read_text(encoding="utf-8")
    for path in sorted((ROOT / "helpers" / "data" / "plans").glob("*.md")):
        yield f"plans/{path.stem}", path.read_text(encoding="utf-8")
    yield from spoken_by_the_code()


def spoken_by_the_code() -> Iterator[tuple[str, str]]:
    """Every string in our Python, docstrings among them."""
    for path in sorted((ROOT / "helpers").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield f"helpers/{path.name}", node.value


def test_the_kits_own_words_do_not_lean():
    found = [(file, words) for file, text in everything() for words in leaning(text, file)]
    assert not found, "\n".join(f"{file}: …{words}…" for file, words in found)


@pytest.mark.parametrize(
    "sentence",
    [
        "The terrorists took the house.",
        "It was a brutal regime.",
        "The heroic rescue saved them.",
        "A massacre followed.",
    ],
)
def test_a_planted_sentence_is_found(sentence):
    assert leaning(sentence)


@pytest.mark.parametrize(
    "sentence",
    ['The headline has "Massacre in Lima".', "The word *terrorist* stands in marks.", "Search for `terroris*`.",
     "Five MRTA members were killed.", "Hostages were freed in the raid."],
)  # fmt: skip
def test_quoted_and_plain_sentences_are_left_alone(sentence):
    assert leaning(sentence) == []


def test_each_exception_has_a_reason_and_is_needed():
    assert all(exception["reason"] for exception in EXCEPTIONS)
    assert idle(EXCEPTIONS, everything()) == []


def test_an_exception_excuses_its_own_words_in_its_own_file():
    text = "The word regime is used here\nas lawyers use it. A regime fell."
    kept = {"file": "README.md", "words": "regime is used here as lawyers", "reason": "planted"}
    elsewhere = kept | {"file": "plans/03"}
    assert len(leaning(text, "README.md", [elsewhere])) == 2
    assert len(leaning(text, "README.md", [kept])) == 1
    assert idle([kept, elsewhere], [("README.md", text)]) == [elsewhere]
    assert idle([kept], [("README.md", "Nothing of the kind.")]) == [kept]
