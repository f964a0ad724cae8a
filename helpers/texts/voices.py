"""Who is quoted, and through whom: each quoted run with its speaker, the verb of speaking, and the chain to the reader.

What is found are candidates: who speaks is read off the words beside a quotation, in its own sentence, and is copied
from there. The verbs stand in `data/verbs.toml`.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from functools import cache, lru_cache
from typing import Annotated, NamedTuple

import msgspec

from helpers.base.files import DATA, load_toml
from helpers.base.slips import Checked
from helpers.base.table import Table
from helpers.texts.corpus import Span, Texts, as_corpus, paragraphs, sources
from helpers.texts.quotes import Run, neighbour, runs

_COLUMNS = ["cite", "source", "start", "end", "text", "kind", "speaker", "verb", "class", "chain", "continues", "doubt"]
_REACH = 400  # characters on each side in which a speaker is looked for
_MOST = 5  # verbs beside a run that are read, the nearest ones
SENTENCE = 3  # words from which a run behind a verb of speaking is taken for speech, and not for a label
SPEECH = 9  # words from which any run is
LONGEST = 80  # characters of a name
WHOLE = 6  # words of a name that may hold an "and"
_FULL = r"(?<![A-Z]\.[A-Z])(?<!\b(?:Mr|Dr|St|No))(?<!\b(?:Mrs|Gen|Col|Dec|Feb|Jan))[.!?]['\"’”)]* +(?=\S|$)"
_STOP = re.compile(rf"{_FULL}|--but |; |, but ")
_EDGE = re.compile(r"--|[;:–—]|(?<!\w)(?:but|that|what|when|while|which|who|because|so|if)(?!\w)")
_SKIPPED = (
    r"(?:also|then|later|again|now|is|are|was|were|has|had|have|been|would|could|will|to|"
    r"himself|herself|themselves|\w+ly)"
)
_LEADING = re.compile(r"[,:]\s*$|\bthat\s*$")
_WORD = re.compile(r"\w+")
_PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being)(?: \w+ly)?\s*$")
_NAME = re.compile(r"[A-ZÀ-Þ]|(?:the|a|an|one|two|his|her|its|their|he|she|they|we|you)\b")
_NAMED = re.compile(r"(?:called|known as|termed|dubbed)\s*$")  # with "by …" behind the run
_CLOSING = "'\"’”″»"
_ENDS = (",", "!", "?", "-", "–", "—")  # how a run ends, or goes on, if who said it is named behind it


def quotations(texts: Texts) -> Table:
    """Every run inside quotation marks, with who says it and through whom, as far as the words beside it tell.

    Columns: cite, source, start and end (characters of the file, marks left out), text; kind, speech (somebody's
    sentence or a part of it) or distance (a label, a slogan, a name, a word held at arm's length); speaker, the verb
    and its class (neutral, endorsing, doubting, evaluative, denying); chain, from the speaker through whoever passes it
    on to the text in hand; continues, the paragraph from which a speech goes on; doubt, what is wrong with the marks.
    A run belongs to one paragraph, and nested ones follow their outer one. How many the rule gets wrong in the five
    texts stands in `tests/quoted.csv`.
    """
    rows = [row for _, paragraph in paragraphs(texts) for row in _rows(paragraph)]
    return Table(rows, columns=_COLUMNS, corpus=as_corpus(texts), note="There are no quotation marks here.")


def voices(texts: Texts) -> Table:
    """How much each text quotes, a row a text: what can be counted, and out of how many words.

    Columns: source, runs in marks, of these speech, running words (all from ¶1 to the end). It counts what `quotations`
    sorts, slips included.
    """
    found = quotations(texts)
    runs_in = found.source.value_counts()
    speech_in = found.source[found.kind == "speech"].value_counts()
    words_in: Counter[str] = Counter()
    for source, span in paragraphs(texts):
        words_in[source.id] += len(span.text.split())
    rows = [[one.id, runs_in.get(one.id, 0), speech_in.get(one.id, 0), words_in[one.id]] for one in sources(texts)]
    return Table(rows, columns=["source", "runs in marks", "of these speech", "running words"])


# ---- The verbs ----


class Verbs(Checked):
    """`data/verbs.toml`: verbs by their class, divided by commas."""

    neutral: Annotated[str, msgspec.Meta(min_length=1)]
    endorsing: str
    doubting: str
    evaluative: str
    denying: str


@cache
def _classes() -> dict[str, str]:
    """The class of each verb."""
    listed = msgspec.structs.asdict(load_toml(DATA / "verbs.toml", Verbs))
    return {" ".join(verb.split()): name for name, verbs in listed.items() for verb in verbs.split(",")}


@cache
def _spelt() -> tuple[re.Pattern, re.Pattern, re.Pattern]:
    """How somebody is named before a quotation, behind it with the verb last, and behind it with the verb first."""
    verb = "|".join(sorted(_classes(), key=len, reverse=True))
    before = rf"\b(?P<verb>{verb})\b|\b[Aa]ccording to (?P<source>[^,;:]{{2,80}})"
    name = r"(?P<name>(?:the |an? |one |his |her )?\w[\w’'. -]{1,60}?)"
    last = rf"['\"’”″]*,? *{name} (?:{_SKIPPED} )*(?P<verb>{verb})\b"
    first = rf"['\"’”″]*,? *(?P<verb>{verb}) {name}(?=[,.;:\n]|$)"
    return re.compile(before), re.compile(last), re.compile(first)


# ---- One paragraph ----


class Voice(NamedTuple):
    """Somebody who speaks or passes on, in the words of the text, and the verb that says so."""

    name: str
    verb: str = "according to"
    group: str = "neutral"


def _rows(paragraph: Span) -> list[dict]:
    rows: list[dict] = []
    outer: list[tuple[Span, list[Voice]]] = []  # the runs that this one may lie in, with their voices
    before: tuple[Span, list[Voice]] = (paragraph, [])
    for run in runs(paragraph):
        while outer and outer[-1][0].end < run.span.end:
            outer.pop()
        within = outer[-1][0] if outer else paragraph
        voices, close = _named(run, within, paragraph)
        voices = voices or _carried(*before, run)
        before = run.span, voices
        chain = [*voices, *(voice for _, more in reversed(outer) for voice in more)]
        kind = _kind(run, voices, close=close)
        rows.append(_row(run, chain, kind, _earlier(run, paragraph)))
        outer.append(before)
    return rows


def _row(run: Run, chain: list[Voice], kind: str, earlier: str) -> dict:
    span = run.span
    speaker = chain[0] if chain else Voice("", "", "")
    names = list(dict.fromkeys(voice.name for voice in chain))
    return span.row | {
        "kind": kind,
        "speaker": speaker.name,
        "verb": speaker.verb,
        "class": speaker.group,
        "chain": " → ".join([*names, span.source.id]),
        "continues": earlier,
        "doubt": run.doubt,
    }


def _kind(run: Run, voices: list[Voice], *, close: bool) -> str:
    """Speech or distance: by its length, by a verb of speaking, and by the comma or colon that brings it in."""
    words = run.span.text.split()
    if len(words) >= SPEECH or (close and voices):
        return "speech"
    names = all(word[:1].isupper() for word in words if len(word) > 3)
    return "speech" if voices and len(words) >= SENTENCE and not names else "distance"


def _earlier(run: Run, paragraph: Span) -> str:
    """The paragraph from which a speech goes on into this run."""
    if run.span.start - paragraph.start > len(run.mark):
        return ""
    before = neighbour(paragraph, -1)
    if before is None:
        return ""
    return before.cite if any(one.goes_on and one.mark == run.mark for one in runs(before)) else ""


# ---- Who speaks ----


def _named(run: Run, within: Span, paragraph: Span) -> tuple[list[Voice], bool]:
    """Who says a run and who passes it on, from the words beside it; and whether they stand right at the run."""
    text, start, end = run.span.source.flow, run.span.start - len(run.mark), run.span.end
    sentences, verbs = _begins(paragraph)
    behind = text[end : min(within.end, end + _REACH)]
    ended = run.span.text.rstrip(_CLOSING).endswith(_ENDS)
    if ended or behind.lstrip(_CLOSING).startswith((",", "–", "—")):
        found = _behind(behind[:LONGEST]) if _among(verbs, end, end + LONGEST) else None
        if found is not None:
            return [found], True
    begin = max(within.start, start - _REACH, sentences[bisect_right(sentences, start) - 1])
    lead = text[begin:start]
    by = re.match(r"['\"’”]? by ([^,.;:()]+)", behind)
    if by and _NAMED.search(lead):
        return [Voice(by[1], "called", "evaluative")], False
    near = _among(verbs, begin, start)[-_MOST:]
    voices = _ahead(lead, near[0] - begin) if near else []
    return voices, bool(_LEADING.search(lead))


@lru_cache(maxsize=1)  # asked for each run of the same paragraph
def _begins(paragraph: Span) -> tuple[list[int], list[int]]:
    """Where in the file a sentence or a half of one begins, and where a verb of speaking may."""
    place = paragraph.source.flow, paragraph.start, paragraph.end
    sentences = [paragraph.start, *(stop.end() for stop in _STOP.finditer(*place))]
    return sentences, [word.start() for word in _WORD.finditer(*place) if word[0] in _beginnings()]


def _among(places: list[int], begin: int, end: int) -> list[int]:
    """Those of `places` that lie between two others."""
    return places[bisect_left(places, begin) : bisect_left(places, end)]


@cache
def _beginnings() -> frozenset[str]:
    return frozenset({verb.split()[0] for verb in _classes()} | {"according", "According"})


def _behind(words: str) -> Voice | None:
    """Who is named behind a run: *she said*, *said the porter*."""
    for spelt in _spelt()[1:]:
        match = spelt.match(words)
        if match:
            return Voice(match["name"].strip(), match["verb"], _classes()[match["verb"]])
    return None


def _ahead(lead: str, begin: int) -> list[Voice]:
    """Who is named in the words before a run, from a verb on: the nearest first, those through whom it comes after."""
    found: list[Voice] = []
    for match in _spelt()[0].finditer(lead, begin):
        if match["source"]:
            found.append(Voice(match["source"].strip()))
            continue
        before = lead[: match.start()]
        passive = _PASSIVE.search(before[-LONGEST:]) and not match["verb"].endswith("ing")
        name = "" if passive else _subject(before)
        if name:
            found.append(Voice(name, match["verb"], _classes()[match["verb"]]))
    return found[::-1]


def _subject(words: str) -> str:
    """The last group of words before a verb, without what stands beside it between commas."""
    if words.rstrip().endswith(","):
        words = re.sub(r", (?:the|an?|who|which|whose) [^;:]*,\s*$", "", words)  # what stands beside a name
    words = re.sub(r"^\W*(?:And|But|Yet|So) ", "", _EDGE.split(re.split('[”"»″]', words)[-1])[-1])
    words = re.sub(rf"(?:\b{_SKIPPED}\s*)+$", "", words.strip()).strip()
    name = words.rstrip(",").split(", ")[-1].strip()
    if len(name.split()) > WHOLE:
        name = name.split(" and ")[-1]
    name = name.strip(" ,(\"'“”‘’")
    return name if len(name) <= LONGEST and _NAME.match(name) else ""


def _carried(span: Span, voices: list[Voice], run: Run) -> list[Voice]:
    """The speaker of the run before, if nothing but who said it stands between the two."""
    if not 0 <= run.span.start - span.end <= _REACH:
        return []
    between = span.source.text[span.end : run.span.start]
    known = {word for voice in voices[:1] for word in re.findall(r"\w+", f"{voice.name} {voice.verb}")}
    return voices if set(re.findall(r"\w+", between)) <= known else []
