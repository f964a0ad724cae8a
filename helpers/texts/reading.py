"""From a citation to its words, and from words to their citation."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from helpers.base.errors import CorpusError, nearest
from helpers.base.folding import fold
from helpers.base.html import page
from helpers.base.table import Table
from helpers.texts.corpus import Corpus, Source, Span, Texts, as_corpus, dated, find, matches, numbered, paragraphs
from helpers.texts.glossary import Term, glossary

_CITE = re.compile(r"\s*([^\s¶]+)(?:\s*¶\s*|\s+)(\d+)(?:\s*[-–]\s*(\d+))?\s*")

# ---- Reading ----


@dataclass(frozen=True)
class Passages:
    """What `read` returns: passages in the order asked for, with the glossary terms that stand in them."""

    corpus: Corpus = field(repr=False)
    spans: tuple[Span, ...]

    @property
    def terms(self) -> list[Term]:
        """The glossary's words of the texts that stand in these passages; words of the kit alone have no `cite`."""
        known = glossary(self.spans[0].source.folder) if self.spans else ()
        return [t for t in known if t.cite and any(any(find(self, form)) for form in (t.term, *t.also))]

    def __repr__(self) -> str:
        lines = []
        for source, spans in self.by_source():
            lines.append(f"{source.id} · {source.title} · {dated(source)}")
            lines += [f"  {'' if s.heading else f'¶{s.number} '}{s.text}" for s in spans]
        lines += [f"  {term.term}: {term.meaning}" for term in self.terms]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        groups = [(source, dated(source), spans) for source, spans in self.by_source()]
        return page("passages", groups=groups, terms=self.terms)

    def by_source(self) -> list[tuple[Source, list[Span]]]:
        """The passages grouped by source, in order."""
        groups: dict[str, list[Span]] = {}
        for span in self.spans:
            groups.setdefault(span.source.id, []).append(span)
        return [(spans[0].source, spans) for spans in groups.values()]


def read(corpus: "Corpus | Source", *cites: str) -> Passages:
    """The passages that `cites` name: "rw888 5", "rw888 ¶5", "rw888 5-6"; an id alone is the whole text with ¶0.

    `read(source)` is that whole text too. Unknown ids and numbers raise a `CorpusError` with the way out.
    """
    here = as_corpus(corpus)
    if not cites:
        if isinstance(corpus, Source):
            return Passages(here, corpus.spans)
        raise CorpusError(f"Which text? Name one or more places, for example read(corpus, {_example(here)}).")
    spans = dict.fromkeys(span for cite in cites for span in _cited(here, cite))
    return Passages(here, tuple(spans))


def _cited(corpus: Corpus, cite: str) -> Iterable[Span]:
    words = cite.strip() if isinstance(cite, str) else str(cite)
    if not (found := _CITE.fullmatch(words)):
        if words and not re.search(r"[\s¶,]", words):
            return corpus[words].spans
        raise CorpusError(
            f"{words!r} is not a citation. Write the text and one paragraph or a range, each in its own quotation "
            f"marks: read(corpus, {_example(corpus)})."
        )
    source, first, last = corpus[found[1]], int(found[2]), int(found[3] or found[2])
    if first > last or not (spans := numbered(source, first, last)) or last > source.last:
        zero = "0" if source.spans and source.spans[0].number == 0 else "1"
        raise CorpusError(f"{source.id} has ¶{zero} to ¶{source.last}; {words!r} is outside. Choose one of those.")
    return spans


def _example(corpus: Corpus) -> str:
    id = next(iter(corpus), "rw888")
    return f'"{id} 1", "{id} 2-3"'


def locate(corpus: Texts, words: str) -> Span:
    """The one place where `words` stand, however quotation marks, dashes, accents and capitals are typed.

    Looks in the running text, and in titles (¶0) only if nothing is found there. At none or several: what to do.
    """
    places = list(find(corpus, words, literal=True))
    if not places:
        zero = (span for source in as_corpus(corpus).values() for span in source.spans if span.number == 0)
        places = [place for span in zero for place in matches(span, words, literal=True)]
    if len(places) == 1:
        return places[0]
    if places:
        cites = ", ".join(dict.fromkeys(place.cite for place in places[:8])) + (", …" if len(places) > 8 else "")
        raise CorpusError(f"{words!r} stands {len(places)} times ({cites}). Add the word before or after it.")
    ids = list(as_corpus(corpus))
    who = f"{ids[0]} never says" if len(ids) == 1 else "No text here says"
    raise CorpusError(
        f"{who} {words!r}. Whole words, letter by letter: try other forms. If it stays so, the silence is a finding."
    )


# ---- Searching ----


def concordance(texts: Texts, words: str, *, width: int = 40) -> Table:
    """Every place in the running text where `words` stand, with `width` characters on each side.

    Whole words, however they are typed; `*` stands for letters and digits. Columns: cite, left, node, right, source,
    start, end (offsets in the file). Words found nowhere give an empty table that says so and names near forms.
    """
    rows = [
        {
            "cite": place.cite,
            "left": place.source.text[max(paragraph.start, place.start - width) : place.start],
            "node": place.text,
            "right": place.source.text[place.end : min(paragraph.end, place.end + width)],
            "source": place.source.id,
            "start": place.start,
            "end": place.end,
        }
        for _, paragraph in paragraphs(texts)
        for place in matches(paragraph, words)
    ]
    columns = ["cite", "left", "node", "right", "source", "start", "end"]
    note = "" if rows else f"{words!r} stands nowhere here.{_near(texts, words)}"
    return Table(rows, columns=columns, corpus=as_corpus(texts), note=note)


def _near(texts: Texts, words: str) -> str:
    """Words of the texts that look like `words`."""
    known = {
        word for source, span in paragraphs(texts) for word in re.findall(r"\w+", source.folded[span.start : span.end])
    }
    return nearest(fold(words).replace("*", ""), known)
