"""From a citation to its words, and from words to their citation."""

import re
from dataclasses import dataclass, field
from typing import Any

from helpers.base.cite import Cite
from helpers.base.errors import CorpusError, brief, nearest
from helpers.base.folding import fold, pattern
from helpers.base.html import page
from helpers.base.table import Table, groups
from helpers.texts.corpus import Corpus, Span, Texts, as_corpus, find, matches, numbered, paragraphs, sources, within
from helpers.texts.glossary import Term, glossary
from helpers.texts.lines import joined

SHOWN = 200_000  # characters that a notebook shows of passages; the five texts together have fewer
MOST = 100  # paragraphs that it shows of them
WIDEST = 1_000  # characters on each side of a word

Groups = list[tuple[Any, list[tuple[Span, str]]]]  # sources, each with passages and what is shown of their words

# ---- Reading ----


@dataclass(frozen=True)
class Passages(Texts):
    """What `read` returns: passages in the order asked for, with the glossary terms that stand in them."""

    corpus: Corpus = field(repr=False)
    spans: tuple[Span, ...]

    @property
    def terms(self) -> list[Term]:
        """The glossary's words of the texts that stand in what is shown; words of the kit alone have no `cite`."""
        here = Passages(self.corpus, self.spans[:MOST])
        homes = dict.fromkeys(source.folder for source in sources(here))
        known = [term for folder in homes for term in glossary(folder) if term.cite]
        return [term for term in known if any(any(find(here, form)) for form in (term.term, *term.also))]

    def __repr__(self) -> str:
        shown, left = self._shown()
        lines = []
        for source, spans in shown:
            lines.append(f"{source.id} · {source.title} · {source.dated}")
            for span, words in spans:
                lines.append(f"  {words}" if span.heading else f"  ¶{span.number} {words}")
        if left:
            lines.append(f"  … {left:,} characters more are not shown here. {self._onward(shown)}")
        lines += [f"  {term.term}: {term.meaning}" for term in self.terms]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        shown, left = self._shown()
        return page("passages", groups=shown, left=left, onward=self._onward(shown), terms=self.terms)

    def _shown(self) -> tuple[Groups, int]:
        """The passages grouped by source, each with its words, and how many characters are left out."""
        shown, left = within(self.spans[:MOST], SHOWN)
        left += sum(span.end - span.start for span in self.spans[MOST:])
        return list(groups(shown, lambda one: one[0].source).items()), left

    def _onward(self, shown: Groups) -> str:
        """How to read on behind what is shown."""
        rest = self.spans[sum(len(spans) for _, spans in shown) :]
        if not rest:
            return "In code, .spans has every word."
        source, number = rest[0].source, rest[0].number
        return f'Read on with read(corpus, "{source.id} {number}-{min(number + MOST - 1, source.last)}").'


def read(texts: Texts, *cites: str) -> Passages:
    """The passages that `cites` name: "rw888 5", "rw888 ¶5", "rw888 5-6"; an id alone is the whole text with ¶0.

    `read(source)` is that whole text too. Unknown ids and numbers raise a `CorpusError` with the way out.
    """
    here = as_corpus(texts)
    if not cites:
        if isinstance(texts, Corpus):
            raise CorpusError(f"Which text? Name one or more places, for example read(corpus, {_example(here)}).")
        return Passages(here, texts.spans)
    spans = dict.fromkeys(span for cite in cites for span in cited(here, cite))
    return Passages(here, tuple(spans))


def cited(corpus: Corpus, cite: str | Cite) -> tuple[Span, ...]:
    """The spans that a citation names; one that leads nowhere raises a `CorpusError` with the way out."""
    try:
        place = Cite.parse(cite)
    except CorpusError as error:
        raise CorpusError(f"{error} In code: read(corpus, {_example(corpus)}).") from None
    source = corpus[place.id]
    if place.first is None:
        return source.spans
    spans = numbered(source, place.first, place.last)
    if not spans or place.last > source.last:
        lowest = source.spans[0].number if source.spans else 1
        raise CorpusError(f"{source.id} has ¶{lowest} to ¶{source.last}; {place} is outside. Choose one of those.")
    return spans


def _example(corpus: Corpus) -> str:
    id = next(iter(corpus), "rw888")
    return f'"{id} 1", "{id} 2-3"'


# ---- Searching ----


def locate(texts: Texts, words: str) -> Span:
    """The one place where `words` stand, however quotation marks, dashes, accents and capitals are typed.

    Looks in the running text, and in titles (¶0) only if nothing is found there. At none or several: what to do.
    """
    as_corpus(texts)
    places = list(find(texts, words, literal=True))
    if not places:
        titles = [span for span in texts.spans if span.number == 0]
        places = [place for span in titles for place in matches(span, words, literal=True)]
    if len(places) == 1:
        return places[0]
    typed = brief(words, 200)
    if places:
        cites = [*dict.fromkeys(place.cite for place in places[:8]), *("…" for _ in places[8:9])]
        raise CorpusError(f"{typed} stands {len(places)} times ({', '.join(cites)}). Add the word before or after it.")
    over = _over_an_end(texts, words)
    if over:
        raise CorpusError(f"{typed} {over}")
    read = sources(texts)
    who = f"{read[0].id} never says" if len(read) == 1 else "No text here says"
    more = (
        "Whole words, over line ends too, letter by letter: try other forms. If it stays so, the silence is a finding."
    )
    raise CorpusError(f"{who} {typed}. {more}")


def quoted_place(corpus: Corpus, id: str, quote: str, where: str) -> Span:
    """Where a quotation stands, letter by letter and once; a `CorpusError` that begins with `where` if it does not."""
    try:
        place = locate(corpus[id], quote)
    except CorpusError as error:
        raise CorpusError(f"{where}: {error}") from None
    if place.text != quote:
        raise CorpusError(f"{where}: {id} has {brief(place.text, 200)}. Copy it letter by letter from the text.")
    return place


def _over_an_end(texts: Texts, words: str) -> str:
    """What to do where `words` stand in no paragraph, but run from one into the next; empty if they don't."""
    given = set(texts.spans)
    search = pattern(words, literal=True, loose=True)
    for source in sources(texts):
        for found in search.finditer(joined(source.text), *source.limits):
            over = [span for span in source.spans if span.start < found.end() and found.start() < span.end]
            if over and given.issuperset(over):
                return _advice(over)
    return ""


def _advice(over: list[Span]) -> str:
    said = f"runs over a line end, from {over[0].cite} into {over[-1].cite}. Look for the part in one of them"
    if over[0].source.wrapped:
        return f"{said}."
    return f"{said}, or, if its lines break in mid-sentence, write wrapped = true into its entry of the catalogue."


def concordance(texts: Texts, words: str, *, width: int = 40) -> Table:
    """Every place in the running text where `words` stand, with the words of `width` characters on each side.

    Whole words, however they are typed; `*` stands for letters and digits. Columns: cite, left, node, right, source,
    start, end (offsets in the file). Words found nowhere give an empty table that says so and names near forms.
    """
    here = as_corpus(texts)
    if not 0 <= width <= WIDEST:
        raise CorpusError(f"{brief(width)} characters on each side can't be shown. Choose 0 to {WIDEST:,}.")
    rows = []
    for _, paragraph in paragraphs(texts):
        rows += [_row(place, paragraph, width) for place in matches(paragraph, words)]
    columns = ["cite", "left", "node", "right", "source", "start", "end"]
    note = "" if rows else f"{brief(words)} stands nowhere here.{_near(texts, words)}"
    return Table(rows, columns=columns, corpus=here, note=note, caption=f"Every place of {brief(words)}")


def _row(place: Span, paragraph: Span, width: int) -> dict:
    text = place.source.flow
    first, last = max(paragraph.start, place.start - width), min(paragraph.end, place.end + width)
    left, right = text[first : place.start], text[place.end : last]
    if first > paragraph.start and text[first - 1].isalnum():
        left = re.sub(r"^\w+\W", "", left)  # the end of a word is none
    if last < paragraph.end and text[last].isalnum():
        right = re.sub(r"\W\w+$", "", right)
    return place.row | {"left": left, "node": text[place.start : place.end], "right": right}


def _near(texts: Texts, words: str) -> str:
    """Words of the texts that look like `words`."""
    known = {
        word for source, span in paragraphs(texts) for word in re.findall(r"\w+", source.folded[span.start : span.end])
    }
    return nearest(fold(words).replace("*", ""), known)
