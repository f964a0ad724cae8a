"""A timeline of a reader's own: events with their dates, citations and quotations, which is all that is checked."""

from typing import Annotated, Any, ClassVar

import msgspec

from helpers.base.cite import Cite
from helpers.base.edtf import Interval, interval
from helpers.base.errors import KitError, brief, nearest
from helpers.base.html import Typed
from helpers.history.finder import time_expressions
from helpers.history.record import record
from helpers.history.rivals import RECORD
from helpers.history.timex import typed
from helpers.lessons.answers import Badge, Question, Remark, State, Verdict
from helpers.lessons.format import Data, Input, Refused
from helpers.lessons.words import blank, without, words_of
from helpers.texts.corpus import Corpus, find
from helpers.texts.reading import read

EVENT = {
    "title": "What happened, in your own words",
    "from": "From: the earliest day (such as 22\u00a0April\u00a01997)",
    "to": "To: the latest day (empty for a single day)",
    "source": "Source",
    "citation": "Citation, such as rw898 2 (for the record its topic)",
    "quote": "Quotation, letter by letter (none for the record)",
    "rival of": "Rival of: the title of an event that can't stand beside this one",
    "note": "Note",
}
FIELDS = [{"name": name, "label": label, "rows": 2 if name == "quote" else 1} for name, label in EVENT.items()]
FEWEST = 4  # words that make a quotation
MARKS = " \n\"'“”‘’…"  # what may stand round a quotation


class Timeline(Question, tag="timeline", kw_only=True):
    """A reader's own events, a list of records with the fields of `EVENT`; those left out are empty."""

    least: int
    accepted: tuple[tuple[dict[str, str], ...], ...]
    refused: Annotated[tuple[Refused, ...], msgspec.Meta(min_length=2)]
    otherwise: str
    badge: ClassVar[Badge] = Badge.PART
    example: ClassVar[list[dict[str, str]]] = [dict.fromkeys(EVENT, "…")]
    inputs: ClassVar[tuple[Input, ...]] = (Input(kind="events", label="Your events", more={"fields": FIELDS}),)

    def taken(self, value: Any) -> list[dict[str, str]] | None:
        given = [value] if isinstance(value, dict) else value
        if not isinstance(given, list):
            raise KitError('Write a list of events: [{"title": "…", "from": "1997-04-22", …}].')
        return [_event(one) for one in given if not blank(one)] or None

    def judged(self, kept: list[dict[str, str]], corpus: Corpus) -> Verdict:
        for refused in self.refused:
            if self.read(refused.answer) == kept:
                return Verdict(State.REFUSED, (refused.message,))
        titles = {event["title"] for event in kept}
        troubles = [(at, trouble) for at, event in enumerate(kept) for trouble in troubles_of(event, titles, corpus)]
        remarks = tuple(Remark(str(at), "", Typed(trouble)) for at, trouble in troubles)
        if len(kept) < self.least:
            return Verdict(State.BLANK, (f"Enter at least {self.least} events; there are {len(kept)}.",), remarks)
        if remarks:
            return Verdict(State.REFUSED, (self.otherwise,), remarks)
        return Verdict(State.PART)

    def without_notes(self, kept: Any) -> Any:
        return [without(event, "note") for event in kept] if isinstance(kept, list) else kept

    # ---- Filling in ----

    def fields(self, kept: Any, corpus: Corpus) -> Data:
        events = [event for event in kept if isinstance(event, dict)] if isinstance(kept, list) else []
        return {"answer": {"events": events, "typing": {}}}

    def from_fields(self, fields: Data, corpus: Corpus) -> list[dict[str, str]]:
        """The events of the list, and the one that stands in the fields and was not added yet."""
        given = fields["answer"] if isinstance(fields.get("answer"), dict) else {}
        events, typing, at = list(given.get("events", ())), given.get("typing") or {}, given.get("at")
        if isinstance(at, int) and 0 <= at < len(events) and not blank(typing):
            events[at] = typing
        elif not blank(typing):
            events.append(typing)
        return events


def _event(given: Any) -> dict[str, str]:
    if not isinstance(given, dict):
        raise KitError('An event is a record: {"title": "…", "from": "1997-04-22", "source": "ww188", …}.')
    for name in given:
        if name not in EVENT:
            raise KitError(f"An event has no {brief(name)}.{nearest(name, EVENT)} It has {', '.join(EVENT)}.")
    event = {name: "" if given.get(name) is None else words_of(given[name]).strip() for name in EVENT}
    if event["source"] not in ("", RECORD) and event["citation"][:1] in tuple("¶123456789"):
        event["citation"] = f"{event['source']} {event['citation']}"  # the source is chosen and not typed a second time
    return event


def troubles_of(event: dict[str, str], titles: set[str], corpus: Corpus) -> list[str]:
    """All that can be shown to be amiss in one event, a sentence each."""
    found = []
    if not event["title"]:
        found.append("This event has no title. Say in your own words who did what.")
    try:
        first = interval(typed(event["from"]))
        last = interval(typed(event["to"] or event["from"]))
        days = Interval(first.earliest, last.latest)
        if days.earliest > days.latest:
            found.append("From is later than To. From takes the earliest day, To the latest.")
    except KitError as error:
        days = None
        found.append(str(error))
    try:
        found += _citation(event, corpus)
        if days and not event["note"] and event["source"] != RECORD:
            found += _elsewhen(days, event["citation"], corpus)
    except KitError as error:
        found.append(str(error))
    rival = event["rival of"]
    if rival and rival not in titles:
        found.append(f"No event of yours is called {brief(rival)}.")
    return found


def _citation(event: dict[str, str], corpus: Corpus) -> list[str]:
    cite, words = event["citation"], event["quote"].strip(MARKS)
    if not cite:
        raise KitError("This event has no citation. Name the text and the paragraph, such as rw898 2.")
    if event["source"] == RECORD:
        record(corpus, cite)
        return []
    passages = read(corpus, str(Cite.parse(cite)))  # it says what a citation is, and says nothing of code
    found = []
    if event["source"] and event["source"] != passages.spans[0].source.id:
        found.append(f"The source is {event['source']}, but the citation is {cite}. Make them one.")
    if not words or not any(find(passages, words, literal=True)):
        found.append(f"These words do not stand in {cite}. Copy them from there.")
    elif len(words.split()) < FEWEST:
        found.append(f"Quote at least {FEWEST} words, so that a reader can find the place.")
    return found


def _elsewhen(days: Interval, cite: str, corpus: Corpus) -> list[str]:
    """Asks for a note if no date of the passage allows these days, or none names this one; without dates nothing."""
    table = time_expressions(read(corpus, cite))
    dated = {words: interval(edtf) for words, edtf in zip(table.text, table.edtf, strict=True) if edtf}
    if not dated:
        return []
    first = min(one.earliest for one in dated.values())
    last = max(one.latest for one in dated.values())
    if days.touches(Interval(first, last)):
        if days.earliest < days.latest or days in dated.values():
            return []
        return [f"The words of {cite} name no such day. Widen it, or say in the note where you have it from."]
    named = ", ".join(f"“{words}”" for words in dated)
    return [f"The words of {cite} have other days: {named}. If you worked yours out, say from what in the note."]
