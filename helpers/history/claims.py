"""The file `claims.toml` beside the texts: what each text claims on one topic, side by side with what is not said.

A text that was printed before something happened could not tell of it (*not yet*); one that could have told of it and
does not is *silent*. Which of the two is reckoned from the day of print and the record's day.
"""

from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Literal

from msgspec.structs import asdict

from helpers.base.edtf import ends, interval
from helpers.base.errors import CorpusError, brief, unknown
from helpers.base.files import beside, lacking, legal, load_toml
from helpers.base.slips import Checked, Filled
from helpers.base.table import Table, groups
from helpers.history.record import entries_of, records
from helpers.history.rivals import amount
from helpers.history.tellings import days_of_print, in_words, printed, spoken
from helpers.texts.corpus import Corpus, Source, Span, as_corpus
from helpers.texts.reading import quoted_place

FILE = "claims.toml"
COLUMNS = ["cite", "says", "words", "value", "number", "counted", "as_of", "attributed_to", "kind", "printed"]
TELLS, FORETELLS, NOT_YET, SILENT, OPEN = "tells", "foretells", "not yet", "silent", "not yet, or silent"


class Claim(Checked, kw_only=True):
    """One claim of one text: `quote` as it stands there, once, and in it the `value` that is compared.

    `number` with its `unit` is that value in figures, `counted` what it is a value of, `as_of` (EDTF) the time for
    which it holds. `attributed_to` is whom the text names as its source: a name, a comma, and what more it says of it.
    """

    topic: Filled
    source: Filled
    quote: Filled
    value: Filled
    counted: Filled
    number: str = ""
    unit: str = ""
    as_of: Filled = ""
    attributed_to: Filled = ""
    kind: Literal["claim", "forecast", "relayed forecast"] = "claim"


class Station(Checked, kw_only=True):
    """One day in the afterlife of a claim: what was claimed, what was found, what was not found or not examined.

    It can be looked up in words of a text (`source` and `quote`) or in an entry of the record (`record`, its id).
    """

    edtf: Filled
    who: Filled
    claimed: str = ""
    found: str = ""
    open: str = ""
    source: str = ""
    quote: str = ""
    record: str = ""


class _Claims(Checked):
    claim: tuple[Claim, ...] = ()
    station: tuple[Station, ...] = ()


@dataclass(frozen=True)
class Placed:
    """A claim and the place where its quotation stands."""

    claim: Claim
    place: Span


def claims(corpus: Corpus) -> list[Placed]:
    """The claims of `claims.toml` beside the texts, in the file's order, each found in its text."""
    found = load_toml(beside(corpus.folder, FILE), _Claims).claim
    return [_placed(corpus, claim, f"{FILE}, claim {number}") for number, claim in enumerate(found, start=1)]


def _placed(corpus: Corpus, claim: Claim, where: str) -> Placed:
    if claim.value not in claim.quote:
        raise CorpusError(f"{where}: the value {brief(claim.value)} is not in its quotation. Copy it from there.")
    if claim.number and amount(claim.number) is None:
        raise CorpusError(f"{where}: {brief(claim.number)} holds no number. Write figures, or leave it out.")
    if claim.as_of:
        legal(claim.as_of, where)
    return Placed(claim, quoted_place(corpus, claim.source, claim.quote, where))


def stations(corpus: Corpus) -> list[tuple[Station, str]]:
    """The stations of `claims.toml`, each with the citation or the record's sources that bear it out."""
    found = []
    for number, station in enumerate(load_toml(beside(corpus.folder, FILE), _Claims).station, start=1):
        where = f"{FILE}, station {number}"
        legal(station.edtf, where)
        if station.quote:
            shown = quoted_place(corpus, station.source, station.quote, where).cite
        else:
            shown = entries_of(corpus.folder, [station.record], where)[0].sources
        found.append((station, shown))
    return found


# ---- Side by side ----


def compare_claims(corpus: Corpus, topic: str) -> Table:
    """What each text claims on `topic`, and why one claims nothing: a row a claim, or a text that has none.

    Columns: cite, says (tells, foretells, not yet, silent), words (of the text, or why there are none), value, number
    (ours, with its unit), counted (what it is a value of), as_of (EDTF), attributed_to, kind, printed. *Not yet*: the
    last day of print lies before the record's first day on the topic. *Silent*: it was printed later and says nothing.
    Where the days leave both open, so does the table. Read are `claims.toml` and `record.toml` beside the texts;
    without the first the table is empty. A slip in it, or an unknown topic, raises a `CorpusError`.
    """
    here = as_corpus(corpus)
    known = claims(here)
    if not known:
        note = lacking(here.folder, FILE) or f"{FILE} has no claim yet. Add one: topic, source, quote, value, counted."
        return Table(columns=COLUMNS, corpus=here, note=note)
    found = [one for one in known if one.claim.topic == topic]
    if not found:
        topics = dict.fromkeys(one.claim.topic for one in known)
        raise CorpusError(unknown("There is no claim on", topic, topics))
    happened = _first_day(here, topic)
    rows = []
    for counted, of in groups(found, attrgetter("claim.counted")).items():
        told = groups(of, lambda one: one.place.source.id)
        for source in here.values():
            if source.id in told:
                rows += [_told(one, happened) for one in told[source.id]]
            else:
                rows.append(_untold(source, counted, happened))
    return Table(rows, columns=COLUMNS, corpus=here, caption=f"What the texts claim: {topic}")


def _first_day(corpus: Corpus, topic: str) -> str:
    """When it began (EDTF), as the record's earliest entry on the topic has it; empty if there is none."""
    begins = [ends(entry.when)[0] for entry in records(corpus.folder) if entry.topic == topic and entry.when]
    return min(begins, key=interval, default="")


def before_it_happened(source: Source, happened: str) -> bool | None:
    """Whether a text was printed before a day (EDTF); None where the days leave it open, or one is missing."""
    out = days_of_print(printed(source))
    if out is None or not happened:
        return None
    days = interval(happened)
    if out[0].touches(days):
        return None
    return out[0] < days


def _told(one: Placed, happened: str) -> dict[str, Any]:
    claim, source = one.claim, one.place.source
    meant = ends(claim.as_of)[0] if claim.as_of else happened
    says = FORETELLS if before_it_happened(source, meant) else TELLS
    row = asdict(claim)
    if claim.number:
        row["number"] = f"{claim.number} {claim.unit}".strip()
    return row | {"cite": one.place.cite, "says": says, "words": claim.quote, "printed": printed(source)}


def _untold(source: Source, counted: str, happened: str) -> dict[str, Any]:
    says = {True: NOT_YET, False: SILENT, None: OPEN}[before_it_happened(source, happened)]
    row = dict.fromkeys(COLUMNS, "") | {"cite": source.id, "says": says, "counted": counted}
    return row | {"words": _why(says, printed(source), happened), "printed": printed(source)}


def _why(says: str, when: str, happened: str) -> str:
    out = days_of_print(when)
    if out is None or not happened:
        return "A day is missing: that of print, or the record's."
    how = "Undated; written, as we infer," if out[1] else "Printed"
    came = f"{how} by {spoken(out[0].latest)}; by the record it came"
    day = in_words(happened)
    said = {
        NOT_YET: f"later: {day}.",
        SILENT: f"before: {day}. By its date the text could have told.",
        OPEN: f"about then: {day}. Perhaps too late for this text.",
    }
    return f"{came} {said[says]}"
