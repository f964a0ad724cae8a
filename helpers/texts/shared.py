"""Runs of words that stand in two texts: what one may have copied from the other, or both from a third."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice
from operator import itemgetter
from sys import intern

from helpers.base.errors import CorpusError
from helpers.base.table import Table
from helpers.texts.corpus import Span, Texts, as_corpus, paragraphs, sources
from helpers.texts.counting import words_of

LEAST = 8  # words: fewer stand in two of the five texts by chance, names and titles above all
COLUMNS = ["cite", "also", "length", "words", "start", "end"]

Common = tuple[int, int, int]  # where it begins in the one list of words and in the other, and how long it is


def shared_passages(a: Texts, b: Texts, *, least: int = LEAST) -> Table:
    """Every run of at least `least` words that stands in both `a` and `b`, each as long as it can be, longest first.

    Words are compared without case, accents and the marks between them, never across paragraphs. Columns: cite (in
    a), also (in b), length (in words), words (as a has them), start, end (offsets in a's file). That a run is shared
    does not say who copied whom. Fewer than 2 words are a `CorpusError`.
    """
    if least < 2:
        raise CorpusError(f"A run of {least} words is no passage. Choose 2 or more; the kit takes {LEAST}.")
    here = as_corpus(a)
    as_corpus(b)
    one, two = _Words(a), _Words(b)
    rows = []
    for at, other, length in common_runs(one.keys, two.keys, least):
        paragraph, first = one.found(at)
        words = list(islice(words_of(paragraph), first, first + length))
        place = paragraph.part(words[0][1], words[-1][2])
        also, _ = two.found(other)
        rows.append(place.row | {"also": also.cite, "length": length, "words": place.text})
    rows.sort(key=itemgetter("length"), reverse=True)
    note = f"No run of {least} words or more stands in both."
    caption = "Runs of words that stand in both"
    return Table(rows, columns=COLUMNS, corpus=here, note=note, caption=caption)


class _Words:
    """The words of texts in one list, with a mark between paragraphs that is equal to nothing else.

    Only the words are kept; where one stands is looked up again in its paragraph, which few are asked for.
    """

    def __init__(self, texts: Texts):
        self.keys: list[object] = []
        self.paragraphs: list[Span] = []
        self.begins: list[int] = []  # the place of each paragraph's first word
        for _, paragraph in paragraphs(texts):
            self.paragraphs.append(paragraph)
            self.begins.append(len(self.keys))
            for key, _, _ in words_of(paragraph):
                self.keys.append(intern(key))
            self.keys.append(object())

    def found(self, at: int) -> tuple[Span, int]:
        """The paragraph in which a word of the list stands, and which of its words that is."""
        number = bisect_right(self.begins, at) - 1
        first = self.begins[number]
        return self.paragraphs[number], at - first


def common_runs(one: Sequence[object], two: Sequence[object], least: int) -> Iterator[Common]:
    """The runs of at least `least` equal words that can't be made longer on either side.

    Both lists are gone through once; the time grows with them and with the length of what is found.
    """
    last: dict[int, int] = {}  # a gram: the last place in `two` where it begins
    before: list[int | None] = []  # for each of these places the one before it with the same gram
    for at, gram in _grams(two, least):
        before.append(last.get(gram))
        last[gram] = at
    reached: dict[int, int] = {}  # by how far the two lists are shifted: where the last run found there ends
    for at, gram in _grams(one, least):
        other = last.get(gram)
        while other is not None:
            shift = at - other
            if at >= reached.get(shift, 0):
                length = _length(one, two, at, other)
                reached[shift] = at + length
                if length >= least:  # else two grams have one hash
                    yield at, other, length
            other = before[other]


def _grams(words: Sequence[object], least: int) -> Iterator[tuple[int, int]]:
    """Each run of `least` words as one number, with the place where it begins."""
    for at in range(len(words) - least + 1):
        gram = tuple(words[at : at + least])
        yield at, hash(gram)


def _length(one: Sequence[object], two: Sequence[object], at: int, other: int) -> int:
    """How many words are equal from these two places on."""
    length = 0
    most = min(len(one) - at, len(two) - other)
    while length < most and one[at + length] == two[other + length]:
        length += 1
    return length


def sharing(texts: Texts) -> list[tuple[str, str]]:
    """The pairs of sources, by id, in which some run of `LEAST` words stands; each pair once, in their order."""
    holders: dict[int, dict[str, None]] = {}
    found: dict[tuple[str, str], None] = {}
    for source in sources(texts):
        words = _Words(source)
        for _, gram in _grams(words.keys, LEAST):
            held = holders.setdefault(gram, {})
            for other in held:
                if other != source.id:
                    found[other, source.id] = None
            held[source.id] = None
    return list(found)
