"""A lesson on paper for a student, from the notebook and its questions: no hint, no key, nothing that waits closed."""

import base64
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from helpers.base.cite import Cite
from helpers.base.files import project_root
from helpers.base.html import page, rich
from helpers.history.cards import Card, card, cards
from helpers.lessons.answers import Question
from helpers.lessons.guide import guide
from helpers.lessons.marks import Mark
from helpers.lessons.sheets import Excerpt as Lettered
from helpers.lessons.sheets import question, sheet
from helpers.paper.excerpts import Excerpt, chosen, each, named
from helpers.paper.running import Cell, Lesson, flat
from helpers.texts.corpus import Corpus, Span
from helpers.texts.glossary import Term, glossary
from helpers.texts.library import load_corpus
from helpers.texts.reading import Passages, cited

ON_SCREEN = ("## Further · For coders", "## Hand in")  # cells that are of no use on paper
# What only somebody at a screen is told, paragraph by paragraph.
_SCREEN = re.compile(
    r"\*(Minutes|To begin):|\.ipynb\)|\b[Pp]ress (\*|Shift)|Shift and Enter|\bclick\b|\bslider\b|\bscroll|\bsaved\b"
    r"|box fails|Change `|box below searches|at the top\b|table is at the end"
)


@dataclass(frozen=True)
class Item:
    """One thing in the flow of a packet: Markdown, a question, results as HTML, a closed result, and where to read.

    `letters` are passages without their citation, shown with the first question that needs them; what stands `aside`
    is in the key alone.
    """

    text: str = ""
    asked: Question | None = None
    letters: tuple[Lettered, ...] = ()
    waits: str = ""
    shows: tuple[Any, ...] = ()
    reads: tuple[int, ...] = ()
    aside: bool = False


def packet(lesson: Lesson, *, further: bool = False, size: str = "A4") -> str:
    """The packet of a lesson as one HTML page without script, to be printed on paper of `size`."""
    corpus = load_corpus()
    cells = [cell for cell in lesson.part(further=further) if not cell.text.startswith(ON_SCREEN)]
    there, places = _needed(cells, corpus)
    excerpts, left = chosen(corpus, places, there)
    items = list(_items(cells, excerpts, corpus))
    spans = [*there, *(span for excerpt in excerpts for span in excerpt.spans)]
    texts = " ".join(item.text for item in items)
    parts = {
        "items": items,
        "excerpts": excerpts,
        "left": left,
        "terms": _terms(corpus, spans, texts),
        "cards": _cards(corpus, lesson.number),
    }
    return page("packet", lesson=lesson, size=size, corpus=corpus, picture=_pictured, **parts)


def _cards(corpus: Corpus, number: int) -> list[Card]:
    """The context cards of a lesson."""
    own = [one.name for one in cards(corpus.folder) if f"{number:02d}" in one.notebooks]
    return [card(corpus, name) for name in own]


def teacher(*, size: str = "A4") -> str:
    """The teacher's guide, the same pages as in its notebook, as one HTML page to be printed."""
    return page("guide", pages=guide(), size=size)


def _needed(cells: Iterable[Cell], corpus: Corpus) -> tuple[list[Span], list[Cite]]:
    """What stands in the questions themselves, and the paragraphs to print besides: not those that came before."""
    there: list[Span] = []
    places: list[Cite] = []
    for cell in cells:
        there += _printed(cell, corpus)
        standing = {span.cite for span in there}
        if not cell.waits:
            places += [place for place in each(corpus, _places(cell, corpus)) if str(place) not in standing]
    return there, places


def _printed(cell: Cell, corpus: Corpus) -> list[Span]:
    """Passages to mark in a question, and those that it shows under letters."""
    if not cell.asks:
        return []
    asked = question(cell.asks)
    spans = [span for excerpt in _letters(asked) for span in cited(corpus, excerpt.cite)]
    if isinstance(asked, Mark):
        spans += [span for passage in asked.passages_of(corpus) for span in passage.spans]
    return spans


def _letters(asked: Question) -> tuple[Lettered, ...]:
    excerpts, first = sheet(int(asked.id[:2])).letters(asked)
    return excerpts if first else ()


def _places(cell: Cell, corpus: Corpus) -> list[Cite]:
    """What has to be read for a cell."""
    if cell.asks:
        return named(question(cell.asks), corpus)
    return list(map(Cite.parse, cell.reads))


def _items(cells: Iterable[Cell], excerpts: list[Excerpt], corpus: Corpus) -> Iterator[Item]:
    for cell in cells:
        places = _places(cell, corpus)
        reads = tuple(one.number for one in excerpts if any(map(one.meets, places)))
        if cell.text:
            text = "\n\n".join(part for part in cell.text.split("\n\n") if not _SCREEN.search(part))
            yield Item(text=text)
        elif cell.asks:
            asked = question(cell.asks)
            yield Item(asked=asked, letters=_letters(asked), reads=reads)
        elif cell.waits or cell.reads:
            yield Item(waits=cell.waits, reads=reads)
        elif cell.tells:
            yield Item(shows=tuple(map(flat, cell.shows)))
        elif any("text/html" in shown for shown in cell.shows):
            yield Item(aside=True)


def _terms(corpus: Corpus, spans: list[Span], texts: str) -> list[Term]:
    """The glossary's words of these passages, and of the kit those that its text sets in bold."""
    bold = {word.lower() for word in re.findall(r"\*\*(.+?)\*\*", texts)}
    kits = [term for term in glossary(corpus.folder) if bold & {word.lower() for word in (term.term, *term.also)}]
    return list(dict.fromkeys([*kits, *Passages(corpus, tuple(spans)).terms]))


def _pictured(text: str) -> str:
    """Markdown as HTML, its pictures (SVG beside the notebooks) inside it."""
    html = str(rich(text))
    for name in re.findall(r'src="([\w-]+\.svg)"', html):
        drawn = base64.b64encode((project_root() / "notebooks" / name).read_bytes()).decode()
        html = html.replace(f'src="{name}"', f'src="data:image/svg+xml;base64,{drawn}"')
    return html
