"""The kit's own voice is neutral: charged words and partisan labels only as words held up, quoted or titled."""

import ast
import re
import tomllib

import msgspec
import pytest
from project import ROOT
from prose import books, texts

from helpers import load_corpus
from helpers.history.chronology import events
from helpers.history.record import records
from helpers.lessons.questions import numbers, sheet
from helpers.texts.corpus import find
from helpers.texts.glossary import glossary
from helpers.texts.library import read_source

LIST = tomllib.loads((ROOT / "tests" / "voice.toml").read_text(encoding="utf-8"))
_HELD = re.compile(r'"[^"]*"|“[^”]*”|`[^`]*`|(?<!\*)\*[^*\n]+\*(?!\*)|\]\([^)]*\)|!\[[^\]]*\]')


def own_words(prose: str) -> str:
    """Prose without what is quoted, in italics, in code or an address."""
    return _HELD.sub(" · ", prose)


def leaning(prose: str, file: str = "") -> list[str]:
    """The listed words that prose uses in its own voice, with what stands around them."""
    source = read_source(own_words(prose) or "·", id="x")
    found = [source.text[max(0, s.start - 40) : s.end + 40] for words in LIST["words"] for s in find(source, words)]
    allowed = [e["words"] for e in LIST.get("exception", ()) if e["file"] == file]
    return [words for words in found if not any(words.strip() in " ".join(a.split()) or a in prose for a in allowed)]


def strings(value):
    """Every string in a question or record, keys left out; quotes and answers are words of the texts."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        skip = {
            "quote",
            "accepted",
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


def prose():
    for number, book in books().items():
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
    yield "README.md", (ROOT / "README.md").read_text(encoding="utf-8")
    for path in sorted((ROOT / "helpers" / "data" / "plans").glob("*.md")):
        yield f"plans/{path.stem}", path.read_text(encoding="utf-8")
    for path in sorted((ROOT / "helpers").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield f"helpers/{path.name}", node.value


def test_the_kits_own_words_do_not_lean():
    found = [(file, words) for file, text in prose() for words in leaning(text, file)]
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
    for exception in LIST.get("exception", ()):
        assert exception["reason"]
