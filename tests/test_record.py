"""The record: only what stands beside the texts, words quoted with their source, slips named."""

import os

import pytest

from helpers import load_corpus, record
from helpers.base.errors import CorpusError
from helpers.history.record import records

CATALOGUE = '[[source]]\nfile = "t.txt"\ntitle = "T"\npublished = "1886-05-05"\n'
ENTRY = """
[[record]]
id = "a"
topic = "what happened"
finding = "A court found this."
edtf = "1997"
citations = [{ author = "Court", title = "Judgment", date = "1999", address = "https://x.org" }]
"""
QUOTED = '\n[[record.quoted]]\nwords = "we find"\nby = "the court"\ncitation = "Court"\n'


@pytest.fixture
def place(folder):
    return folder(CATALOGUE, t="It began in May.")


def written(place, text):
    (place / "record.toml").write_text(text, encoding="utf-8")
    return load_corpus(place)


def test_words_that_are_quoted_have_a_column_of_their_own(place):
    corpus = written(place, ENTRY + QUOTED + ENTRY.replace('"a"', '"b"'))
    table = record(corpus, "what happened")
    assert list(table["in their words"]) == ["the court: “we find” – Court", ""]
    assert "in their words" not in record(written(place, ENTRY), "what happened")


def test_every_quoted_run_of_ours_cites_one_of_its_entrys_sources(corpus):
    for entry in records(corpus.folder):
        for quoted in entry.quoted:
            assert quoted.citation in [citation.author for citation in entry.citations], entry.id


@pytest.mark.parametrize(
    "text, says",
    [
        (ENTRY + QUOTED.replace('"Court"', '"Curt"'), r"record\.toml, a: .*'Curt'.*Did you mean Court"),
        (ENTRY + QUOTED.replace("we find", ""), r"record\.toml, record a, .*field `words`"),
        (ENTRY + QUOTED.replace("by =", "who ="), "no field `who`"),
        (ENTRY.replace('"1997"', '""'), r"record\.toml, record a, field `edtf`"),
        (ENTRY + 'as_of = ""', r"record\.toml, record a, field `as_of`"),
        (ENTRY.replace("1997", "1997-02-30"), r"record\.toml, a: .*no calendar"),
        (ENTRY.split("citations")[0] + "citations = []", r"record\.toml, record a, field `citations`"),
        (ENTRY + ENTRY, "the id a is given twice"),
    ],
)
def test_a_slip_names_file_and_entry(place, text, says):
    with pytest.raises(CorpusError, match=says):
        record(written(place, text), "what happened")


def test_a_folder_of_ones_own_has_no_record_of_lima(place):
    table = record(load_corpus(place), "what happened")
    assert len(table) == 0
    assert "record.toml" in table.note and table.note in table.html(5)


def test_an_edited_file_counts_at_the_next_call(place):
    corpus = written(place, ENTRY)
    assert len(record(corpus, "what happened")) == 1
    written(place, ENTRY + ENTRY.replace('"a"', '"b"'))
    os.utime(place / "record.toml", ns=(1, 1))
    assert len(record(corpus, "what happened")) == 2
