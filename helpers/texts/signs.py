"""What a text shows of where it came from: broken lines, spoilt letters, stamps, page numbers, dates between pieces.

These are signs, read off the letters; whoever made the folder decides what they mean.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from helpers.base.errors import brief
from helpers.base.files import DATA, load_toml
from helpers.base.slips import Checked
from helpers.texts.corpus import Source, Span, Texts, as_corpus, paragraphs, sources

_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_NTH = "[0-3]?[0-9](?: ?(?:st|nd|rd|th))"
_DAY = rf"(?:{_NTH}?,? {_MONTH}|{_MONTH} {_NTH}?)"
_YEAR = "[12][0-9]{3}"
_DATE = rf"{_DAY},? {_YEAR}|{_YEAR},? {_DAY}"

# What UTF-8 becomes when it is read as Windows-1252 or Latin-1; codes of no letter; the mark of a lost letter.
SPOILT = re.compile("â€.?|[ÂÃ][\u0080-\u00bf‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|[\u0080-\u009f\ufffd]")

_STAMP = r"[0-9:,.]{5,12} --> [0-9:,.]{5,12}.{0,40}"
_NUMBER = r"(?:\W{0,3}|pages? )[0-9]{1,4}\W{0,3}(?:of [0-9]{1,4})?"
_DATED = rf"\W{{0,2}}(?:\w+[:,]? ){{0,4}}(?:{_DATE})\W{{0,2}}(?: ?[\w:+-]+){{0,3}}|from \S+@\S+ .{{4,60}}"
_WEEKDAY = "(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_ENTRY = rf"(?-i:(?:[A-Z]\w+, )?)(?:{_WEEKDAY},? )?(?:{_DAY}|{_NTH})(?:[.:;—-]|, (?!{_YEAR})|$)"
_CUT = re.compile(r"\b\w{2,20}- (?!(?:and|or|to)\b)[a-z]{2,20}\b")
_HEADED = r"(?-i:#{1,6} \S.{0,80}|(?:CHAPTER|Chapter|PART|Part|BOOK|Book) [\w.]{1,12}.{0,60}|[A-Z][A-Z' -]{3,60})"

_ENGLISH = re.compile(
    r"\b(?:the|of|and|to|in|a|is|was|that|it|for|on|with|as|by|at|from|he|she|they|his|her|not|are)\b"
)
LONG = 150  # characters of a paragraph that may have a heading
_SHORT = re.compile(r"[A-Z][^.!?;:\r\n]{2,60}\w")
_WORDS = 40  # so many are needed to guess at a language
_SHARE = 0.15  # of the words of an English text at least these are among the most frequent


def signs(source: Source) -> Iterator[str]:
    """What is seen in a text that somebody may want to mend, a sentence each."""
    letters = sorted(set(SPOILT.findall(source.text)))
    if letters:
        yield (
            f"{source.id}: letters such as {brief(letters[0])} come of a wrong encoding. Open the file that this text "
            "was made of with the right one, and save it as UTF-8."
        )
    if wrapped(source.text) and not source.wrapped:
        yield f"{source.id}: its lines break in mid-sentence. Write wrapped = true into its entry."
    if source.foreign:
        yield f"{source.id}: {works_in(source.language)}"
    elif not english(source.text):
        yield f'{source.id}: does not look like English. Write its language into its entry: language = "Spanish".'
    yield from _of_lines(source)


class _Sign(Checked):
    least: int
    says: str


def _of_lines(source: Source) -> Iterator[str]:
    """What lines and words are, and what that means for whoever uses the text."""
    spans = [span for span in source.spans if span.number and not span.heading]
    lines = [line.strip() for span in spans for line in span.text.splitlines()]
    stamps, dates = _like(_STAMP, lines), _like(_DATED, lines)
    headings = _like(_HEADED, lines) or _before_long_ones(spans)
    seen = {
        "stamps": stamps,
        "numbers": [] if stamps else _like(_NUMBER, lines),
        "dates": dates + [span.text for span in spans if re.match(_ENTRY, span.text, re.IGNORECASE)],
        "cut": _CUT.findall(source.text),
        "headings": [line for line in headings if line not in dates],
    }
    for name, sign in load_toml(DATA / "signs.toml", dict[str, _Sign]).items():
        found = seen[name]
        if len(found) >= sign.least:
            yield f"{source.id}: {sign.says.format(f'{brief(found[0])} ({len(found)} in all)')}"


def _like(form: str, lines: list[str]) -> list[str]:
    return [line for line in lines if re.fullmatch(form, line[:200], re.IGNORECASE)]


def _before_long_ones(spans: list[Span]) -> list[str]:
    """Short paragraphs without a mark at their end, in front of long ones."""
    long = [two.end - two.start > LONG for two in spans[1:]]
    return [one.text for one, next in zip(spans, long, strict=False) if next and _SHORT.fullmatch(one.text)]


def wrapped(text: str) -> bool:
    """Whether lines break in mid-sentence: of those with a next one, each fourth ends in a word that goes on there."""
    pairs = re.findall(r"(\S)[^\S\r\n]*(?:\r\n?|\n)(?=[^\S\r\n]*(\S))", text)
    broken = [one for one, two in pairs if (one.isalnum() or one in ",-") and two.islower()]
    return bool(broken) and 4 * len(broken) >= len(pairs)


def english(text: str) -> bool:
    """Whether the words may be English; of a few words nothing is said."""
    text = text[:20_000].lower()
    words = len(text.split())
    return words < _WORDS or len(_ENGLISH.findall(text)) >= _SHARE * words


def works_in(language: str) -> str:
    """What works for a text in another language, and what does not."""
    return (
        f"Its language is {language}. Reading, citing, searching and quotations work as in English; times are found in "
        "English alone; a list of names or cues is read in it only where all texts of the folder are in that language."
    )


class Readable(NamedTuple):
    """What is asked for English words, or for those of a list: paragraphs, the texts left out, what is said of them."""

    paragraphs: list[tuple[Source, Span]]
    left_out: set[Source]
    said: str

    def caption(self, words: str) -> str:
        """The caption of a table, with what is said of texts in other languages."""
        return f"{words}. {self.said}" if self.said else words


def readable(texts: Texts, *, listed: bool = False) -> Readable:
    """The paragraphs of the texts in English.

    A list made for a folder whose texts are all in one other language is taken to be in that language; in a mixed
    folder it is taken to be in English.
    """
    foreign = [source for source in sources(texts) if source.foreign]
    one_language = len({source.language.lower() for source in as_corpus(texts).values()}) == 1
    left = set() if listed and one_language else set(foreign)
    given = [(source, span) for source, span in paragraphs(texts) if source not in left]
    names = ", ".join(f"{source.id} ({source.language})" for source in foreign)
    said = ""
    if left:
        said = f"Only English is read here. Left out: {names}"
    elif foreign:
        said = f"Not in English: {names}. Words are found in the language of the list alone"
    return Readable(given, left, said)
