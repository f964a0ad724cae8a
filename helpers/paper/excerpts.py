"""What a packet prints of the texts: the paragraphs that a lesson needs, numbered, and never a whole text.

The five texts are other people's works and a copier is a copier: of each about a third is printed at most, counted
in words. Exactly a third would lack ten words of what lesson 07 reads in rw898.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from helpers.base.cite import Cite, cites_in
from helpers.lessons.answers import Question
from helpers.lessons.exact import Order
from helpers.lessons.grids import Grid
from helpers.texts.corpus import Corpus, Source, Span, numbered

SHARE = 0.35  # of the words of each text


@dataclass(frozen=True)
class Excerpt:
    """Paragraphs that follow one another in one text, under a number of their own."""

    number: int
    source: Source
    spans: tuple[Span, ...]

    @property
    def cite(self) -> Cite:
        return Cite(self.source.id, self.spans[0].number, self.spans[-1].number)

    def meets(self, place: Cite) -> bool:
        """Whether some of it lies in `place`."""
        return any(place.holds(self.source.id, span.number) for span in self.spans)


def named(asked: Question, corpus: Corpus) -> list[Cite]:
    """The places that a question names where a reader sees it: not those of its hints and feedback."""
    words = [asked.prompt, *(option.text for option in getattr(asked, "option", ()))]
    places = [cite for prose in words for _, _, cite in cites_in(prose, corpus)]
    if isinstance(asked, Grid):
        places += [cite for row in asked.rows for _, _, cite in cites_in(row, corpus)]
        places += map(Cite.parse, asked.copied)
    if isinstance(asked, Order):
        places += [Cite.parse(cite) for item in asked.item for cite in item.cites]
    return places


def chosen(corpus: Corpus, places: Iterable[Cite], printed: Iterable[Span]) -> tuple[list[Excerpt], list[Cite]]:
    """The excerpts of `places`, each one paragraph, and those for which there is no room; what comes first is kept.

    `printed` is what stands elsewhere in the packet, and counts too.
    """
    room = {id: SHARE * len(source.text.split()) for id, source in corpus.items()}
    wanted = dict.fromkeys(places)
    for span in printed:
        if _place(span.source, span.number) not in wanted:
            room[span.source.id] -= _words(span)
    fit, left = [], []
    for place in wanted:
        count = sum(map(_words, numbered(corpus[place.id], place.first, place.last)))
        if count > room[place.id]:
            left.append(place)
            continue
        fit.append(place)
        room[place.id] -= count
    return _runs(corpus, set(fit)), left


def _words(span: Span) -> int:
    return len(span.text.split())


def _place(source: Source, number: int) -> Cite:
    return Cite(source.id, number, number)


def each(corpus: Corpus, cites: Iterable[Cite]) -> Iterator[Cite]:
    """Each paragraph of the places, as a place of its own."""
    for cite in cites:
        source = corpus[cite.id]
        first = cite.first or 0
        last = source.last if cite.last is None else cite.last
        yield from (_place(source, number) for number in range(first, last + 1))


def _runs(corpus: Corpus, wanted: set[Cite]) -> list[Excerpt]:
    runs: list[list[Span]] = []
    for source in corpus.values():
        before = None
        for span in source.spans:
            if _place(source, span.number) not in wanted:
                continue
            if before is None or span.number > before + 1:
                runs.append([])
            runs[-1].append(span)
            before = span.number
    return [Excerpt(number, spans[0].source, tuple(spans)) for number, spans in enumerate(runs, start=1)]
