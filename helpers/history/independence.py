"""How many voices a corpus has: what ties two texts together, so that they count as one witness and not as two."""

from collections.abc import Iterator
from dataclasses import dataclass

from helpers.base.cite import Cite
from helpers.base.edtf import NOT_STATED
from helpers.base.files import lacking
from helpers.base.table import Table, groups
from helpers.history.claims import FILE, Claim, claims
from helpers.texts.corpus import Corpus, Source, as_corpus
from helpers.texts.shared import LEAST, shared_passages, sharing

COLUMNS = ["cite", "sources", "tie", "reason", "voices"]
ALONE = "none"


@dataclass(frozen=True)
class Tie:
    """What holds some sources together: its kind, its reason, and where it can be looked up."""

    kind: str
    ids: tuple[str, ...]
    reason: str
    cite: str = ""


def independence(corpus: Corpus) -> Table:
    """How many voices the texts are: from each text for itself to all that is tied, kind by kind of tie.

    Columns: cite, sources (tied by this row), tie (same publisher, shared words, organisation, same source cited),
    reason, voices (how many are left if this row and those above it are counted). Which ties to count is for the
    reader. Read are the texts, `catalogue.toml`, and `claims.toml` for whom they cite; without that file the last kind
    is missing, and a row says so.
    """
    here = as_corpus(corpus)
    alone = Tie(ALONE, tuple(here), "Each text is counted for itself.")
    voices = {id: frozenset([id]) for id in here}  # each text, with those that are one voice with it
    rows = [_row(alone, len(here))]
    ties = [*_published(here), *_shared(here), *_organised(here), *_citing(here)]
    for tie in ties:
        together = frozenset().union(*(voices[id] for id in tie.ids))
        voices |= dict.fromkeys(together, together)
        count = len(set(voices.values()))
        rows.append(_row(tie, count))
    return Table(rows, columns=COLUMNS, corpus=here, caption="Ties between the texts, and how many voices they leave")


def _row(tie: Tie, voices: int) -> list[object]:
    sources = ", ".join(tie.ids)
    return [tie.cite, sources, tie.kind, tie.reason, voices]


# ---- Kinds of tie ----


def _published(corpus: Corpus) -> Iterator[Tie]:
    stated = [source for source in corpus.values() if source.publisher not in ("", NOT_STATED)]
    for publisher, together in groups(stated, lambda source: source.publisher).items():
        if len(together) > 1:
            ids = tuple(source.id for source in together)
            cite = ", ".join(str(Cite(id, 0, 0)) for id in ids)
            yield Tie("same publisher", ids, f"{_all(ids)} are printed by {publisher}.", cite)


def _shared(corpus: Corpus) -> Iterator[Tie]:
    for one, other in sharing(corpus):
        found = shared_passages(corpus[one], corpus[other])
        longest = found.iloc[0]
        reason = f"{len(found)} runs of {LEAST} words or more stand in both; the longest has {longest['length']}."
        yield Tie("shared words", (one, other), reason, f"{longest['cite']}, {longest['also']}")


def _organised(corpus: Corpus) -> Iterator[Tie]:
    """Pairs that the catalogue relates; two of one newspaper and one hand are tied by that already."""
    seen = set()
    for source in corpus.values():
        for related in (*source.inferred.related, *source.related):
            ids = source.id, related.id
            pair = frozenset(ids)
            if pair in seen or _same_hand(source, corpus[related.id]):
                continue
            seen.add(pair)
            yield Tie("organisation", ids, related.reason)


def _same_hand(one: Source, other: Source) -> bool:
    if NOT_STATED in (one.publisher, other.publisher):
        return False
    return (one.publisher, one.creator) == (other.publisher, other.creator)


def _citing(corpus: Corpus) -> Iterator[Tie]:
    missing = lacking(corpus.folder, FILE)
    if missing:
        yield Tie("same source cited", (), missing)
    known = [one for one in claims(corpus) if one.claim.attributed_to]
    named = groups(known, lambda one: one.claim.attributed_to.split(",")[0])
    for name, of in named.items():
        ids = tuple(dict.fromkeys(one.place.source.id for one in of))
        if len(ids) > 1:
            cited = "; ".join(dict.fromkeys(_more(one.claim) for one in of))
            cite = ", ".join(dict.fromkeys(one.place.cite for one in of))
            yield Tie("same source cited", ids, f"{_all(ids)} cite {name}: {cited}.", cite)


def _all(ids: tuple[str, ...]) -> str:
    return "Both" if len(ids) == 2 else "All"


def _more(claim: Claim) -> str:
    """What a text says of whom it cites, mostly a day: the words after the first comma."""
    parts = claim.attributed_to.split(",")
    return parts[1].strip() if len(parts) > 1 else "no day"
