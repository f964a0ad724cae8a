"""A lesson on paper for a student, from the notebook and its questions: no hint, no key, nothing that waits closed.

Of the texts it prints the paragraphs that the lesson needs, numbered, and never a whole text: these are other people's
works and a copier is a copier.
"""

import base64
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial

from helpers.base.cite import Cite, cites_in
from helpers.base.files import project_root
from helpers.base.html import page, rich
from helpers.history.cards import card, cards
from helpers.lessons.answers import Question
from helpers.lessons.exact import Order
from helpers.lessons.grids import Grid
from helpers.lessons.guide import guide
from helpers.lessons.marks import Mark
from helpers.lessons.sheets import Excerpt, question, sheet
from helpers.paper.running import Cell, Lesson, flat
from helpers.texts.corpus import Corpus, Source, Span
from helpers.texts.glossary import Term, glossary
from helpers.texts.library import load_corpus
from helpers.texts.reading import Passages, cited

# Of the words of each text: about a third. Exactly a third would lack ten words of what lesson 07 reads in rw898.
SHARE = 0.35
ON_SCREEN = ("## Further · For coders", "## Hand in")  # cells that are of no use on paper
# What only somebody at a screen is told, paragraph by paragraph.
_SCREEN = re.compile(
    r"\*(Minutes|To begin):|\.ipynb\)|\b[Pp]ress (\*|Shift)|Shift and Enter|\bclick\b|\bslider\b|\bscroll|\bsaved\b"
    r"|box fails|Change `|box below searches|at the top\b|table is at the end"
)


def packet(lesson: Lesson, *, further: bool = False, size: str = "A4") -> str:
    """The packet of a lesson as one HTML page without script, to be printed on paper of `size`."""
    corpus = load_corpus()
    part = lesson.part(further=further)
    cells = [replace(cell, text=_on_paper(cell.text)) for cell in part if not cell.text.startswith(ON_SCREEN)]
    there, places = _needed(cells, corpus)
    excerpts, left = _fitting(corpus, places, there)
    spans = [*there, *(span for excerpt in excerpts for span in excerpt.spans)]
    texts = " ".join(cell.text for cell in cells)
    return page(
        "packet",
        lesson=lesson,
        size=size,
        corpus=corpus,
        cells=cells,
        excerpts=excerpts,
        left=left,
        terms=_terms(corpus, spans, texts),
        cards=[card(corpus, one.name) for one in cards(corpus.folder) if f"{lesson.number:02d}" in one.notebooks],
        question=question,
        letters=_letters,
        reads=partial(_reads, excerpts=excerpts, corpus=corpus),
        flat=flat,
        picture=_pictured,
    )


def teacher(*, size: str = "A4") -> str:
    """The teacher's guide, the same pages as in its notebook, as one HTML page to be printed."""
    return page("guide", pages=guide(), size=size)


def _on_paper(text: str) -> str:
    return "\n\n".join(part for part in text.split("\n\n") if not _SCREEN.search(part))


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


# ---- What a lesson needs ----


def _needed(cells: Iterable[Cell], corpus: Corpus) -> tuple[list[Span], list[Cite]]:
    """What stands in the questions themselves, and the paragraphs to print besides: not those that came before."""
    there: list[Span] = []
    places: list[Cite] = []
    for cell in cells:
        there += _printed(cell, corpus)
        standing = {span.cite for span in there}
        if not cell.waits:
            spans = [span for place in _places(cell, corpus) for span in cited(corpus, place)]
            places += [_place(span) for span in spans if span.cite not in standing]
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


def _letters(asked: Question) -> tuple[Excerpt, ...]:
    """Passages without their citation, shown with the first question that needs them."""
    excerpts, first = sheet(int(asked.id[:2])).letters(asked)
    return excerpts if first else ()


def _places(cell: Cell, corpus: Corpus) -> list[Cite]:
    """What has to be read for a cell."""
    if cell.asks:
        return _named(question(cell.asks), corpus)
    return list(map(Cite.parse, cell.reads))


def _named(asked: Question, corpus: Corpus) -> list[Cite]:
    """The places that a question names where a reader sees it: not those of its hints and feedback."""
    words = [asked.prompt, *(option.text for option in getattr(asked, "option", ()))]
    places = [cite for prose in words for _, _, cite in cites_in(prose, corpus)]
    if isinstance(asked, Grid):
        places += [cite for row in asked.rows for _, _, cite in cites_in(row, corpus)]
        places += map(Cite.parse, asked.copied)
    if isinstance(asked, Order):
        places += [Cite.parse(cite) for item in asked.item for cite in item.cites]
    return places


# ---- Excerpts ----


@dataclass(frozen=True)
class Run:
    """Paragraphs that follow one another in one text, under a number of their own."""

    number: int
    source: Source
    spans: tuple[Span, ...]

    @property
    def cite(self) -> Cite:
        return Cite(self.source.id, self.spans[0].number, self.spans[-1].number)

    def meets(self, places: Iterable[Cite]) -> bool:
        """Whether some of it lies in one of these places."""
        return any(place.holds(self.source.id, span.number) for place in places for span in self.spans)


def _reads(cell: Cell, excerpts: list[Run], corpus: Corpus) -> list[int]:
    """The numbers of the excerpts to be read for a cell."""
    places = _places(cell, corpus)
    return [one.number for one in excerpts if one.meets(places)]


def _fitting(corpus: Corpus, places: Iterable[Cite], printed: Iterable[Span]) -> tuple[list[Run], list[Cite]]:
    """The excerpts of `places`, each one paragraph, and those for which there is no room; what comes first is kept.

    `printed` is what stands elsewhere in the packet, and counts too.
    """
    room = {id: SHARE * len(source.text.split()) for id, source in corpus.items()}
    wanted = dict.fromkeys(places)
    for span in printed:
        if _place(span) not in wanted:
            room[span.source.id] -= _words(span)
    fit, left = [], []
    for place in wanted:
        count = sum(map(_words, cited(corpus, place)))
        if count > room[place.id]:
            left.append(place)
            continue
        fit.append(place)
        room[place.id] -= count
    return _runs(corpus, set(fit)), left


def _words(span: Span) -> int:
    return len(span.text.split())


def _place(span: Span) -> Cite:
    """The paragraph of a span, as a place of its own."""
    return Cite(span.source.id, span.number, span.number)


def _runs(corpus: Corpus, wanted: set[Cite]) -> list[Run]:
    runs: list[list[Span]] = []
    for source in corpus.values():
        before = None
        for span in source.spans:
            if _place(span) not in wanted:
                continue
            if before is None or span.number > before + 1:
                runs.append([])
            runs[-1].append(span)
            before = span.number
    return [Run(number, spans[0].source, tuple(spans)) for number, spans in enumerate(runs, start=1)]
