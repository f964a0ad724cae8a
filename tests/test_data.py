"""The data is code: texts unchanged, paragraphs where the table says, dates legal, citations resolving."""

import csv
import hashlib
import re
from pathlib import Path

import pytest
from facts import GLOSSARY_RESTS_ON
from project import ROOT

from helpers import catalogue, load_corpus, read, record
from helpers.base.edtf import NOT_STATED, interval
from helpers.base.errors import CorpusError
from helpers.history.record import records
from helpers.history.tellings import events
from helpers.texts.check import check
from helpers.texts.corpus import find
from helpers.texts.glossary import glossary

SEEDS = ROOT / "seeds"
WORDS = {"rw888": 1573, "l5i": 1043, "rw898": 1505, "ww188": 446, "rw909": 926}


def test_the_five_texts_are_catalogued_and_unchanged(corpus):
    assert list(corpus) == list(WORDS)
    assert check(SEEDS).ready
    for source in corpus.values():
        data = (SEEDS / source.file).read_bytes()
        assert hashlib.sha256(data).hexdigest() == source.sha256
        assert data.decode("utf-8") == source.text


def test_paragraphs_begin_as_the_table_says(corpus):
    with (Path(__file__).parent / "first_words.csv").open(encoding="utf-8", newline="") as file:
        table = [tuple(row) for row in csv.reader(file)][1:]
    spans = [span for source in corpus.values() for span in source.spans]
    found = [(s.source.id, str(s.number), "yes" if s.heading else "no", " ".join(s.text.split()[:4])) for s in spans]
    assert found == table


def test_running_words(corpus):
    from helpers.texts.corpus import paragraphs

    assert {id: sum(len(span.text.split()) for _, span in paragraphs(source)) for id, source in corpus.items()} == WORDS


def test_the_catalogue_is_filled_and_keeps_ours_apart(corpus):
    for source in corpus.values():
        for name in ("sha256", "dating", "perspective", "rights", "content_note", "language"):
            assert getattr(source, name), (source.id, name)
        for printed in (source.creator, source.publisher, source.place, source.title):
            assert printed == NOT_STATED or printed in source.text, printed
    assert corpus["l5i"].published == NOT_STATED
    shown = catalogue(corpus).to_csv()
    assert "1997-01-17" not in shown and "74" not in shown.replace("#", "")


@pytest.mark.parametrize("source", load_corpus().values(), ids=lambda source: source.id)
def test_content_notes_name_paragraphs_that_exist(source):
    for first, last in re.findall(r"¶(\d+)(?:-(\d+))?", source.content_note + source.perspective + source.dating):
        assert 0 <= int(first) <= int(last or first) <= source.last


def test_dated_quotations_stand_in_the_text(corpus):
    assert [(id, len(source.quoted)) for id, source in corpus.items() if source.quoted] == [("rw888", 5), ("rw898", 4)]
    for source in corpus.values():
        for quoted in source.quoted:
            assert source.text.count(quoted.quote) == 1
            assert interval(quoted.date)


def test_glossary_terms_are_single_and_their_places_have_them(corpus):
    forms = [form.lower() for term in glossary(corpus.folder) for form in (term.term, *term.also)]
    assert len(forms) == len(set(forms))
    for term in glossary(corpus.folder):
        assert term.meaning.endswith(".")
        if term.cite and not term.cite.endswith(" 0"):
            assert any(any(find(read(corpus, term.cite), form)) for form in (term.term, *term.also)), term.term


def test_what_the_glossary_tells_of_the_world_stands_in_the_record(corpus):
    entries = {entry.id: entry for entry in records(corpus.folder)}
    terms = {term.term: term for term in glossary(corpus.folder)}
    assert set(GLOSSARY_RESTS_ON) <= set(terms)
    for term in filter(lambda term: term.cite, terms.values()):
        rests_on = [entries[id] for id in GLOSSARY_RESTS_ON.get(term.term, ())]
        known = " ".join(f"{entry.edtf} {entry.finding}" for entry in rests_on)
        for figure in re.findall(r"\b\d[\d,]*\b", term.meaning):
            assert re.search(rf"(?<![\d,]){figure}(?![\d,])", known), (
                f"{term.term}: {figure} is in no entry it rests on"
            )


def test_an_event_that_only_the_texts_tell_is_said_to_be_so(corpus):
    recorded = {entry.event for entry in records(corpus.folder)}
    for event in events(corpus.folder):
        assert event.id in recorded or re.search(r"\b(is|are) (said to|quoted on)\b", event.title), event.title


def test_the_record_is_sourced_dated_and_short(corpus):
    for entry in records(corpus.folder):
        assert entry.citations
        assert all(c.address.startswith("http") and c.author and c.title and c.date for c in entry.citations)
        assert len(entry.finding.split()) <= 50, entry.id
        assert '"' not in entry.finding


def test_record_tells_six_dated_lines(corpus):
    told = record(corpus, "what happened")
    assert len(told) == 6
    assert list(told.columns) == ["when", "finding", "not found", "sources"]
    assert [interval(day).earliest for day in told.when] == sorted(interval(day).earliest for day in told.when)


def test_record_keeps_what_a_time_touches(corpus):
    assert len(record(corpus, "what happened", during="1997-03")) == 1
    assert list(record(corpus, "what happened", during="1996").when) == ["1996-12-17", "1996-12-22"]
    assert len(record(corpus, "what happened", during="1980")) == 0
    with pytest.raises(CorpusError, match="not a date"):
        record(corpus, "what happened", during="soon")
    with pytest.raises(CorpusError, match="There are: what happened"):
        record(corpus, "what happend")


@pytest.mark.parametrize(
    "broken, says",
    [('edtf = "1997-02-30"', "no calendar"), ('id = "a"', "twice"), ("cites = []", "no field `cites`")],
)
def test_a_slip_in_the_record_is_named(folder, broken, says):
    entry = '[[record]]\nid = "{}"\ntopic = "t"\nfinding = "f"\ncitations = [{{ author = "A", title = "T", date = "1", address = "a" }}]\n'
    second = entry.format("b") + broken + "\n" if 'id = "a"' not in broken else entry.format("a")
    place = folder('[[source]]\nfile = "a.txt"\ntitle = "A"\npublished = "1997"\n', a="Words.")
    (place / "record.toml").write_text(entry.format("a") + second, encoding="utf-8")
    with pytest.raises(CorpusError, match=says):
        record(load_corpus(place), "t")
