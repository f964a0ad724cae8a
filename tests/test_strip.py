"""The strip in a lesson's head: its days are those of the record, and what it says agrees with what it marks."""

import re
from datetime import date
from html import unescape

import pytest
from project import NOTEBOOKS

from helpers import load_corpus
from helpers.base.edtf import interval
from helpers.history.record import records
from helpers.history.tellings import in_words
from helpers.lab.strip import days, marks, strip
from helpers.texts.corpus import Corpus
from helpers.texts.library import read_source

CORPUS = load_corpus()
ENTRIES = {entry.id: entry for entry in records(CORPUS.folder)}
NUMBERS = [int(path.name[:2]) for path in NOTEBOOKS if path.name[:2].isdigit()]
FIRST, LAST = date(1996, 12, 17), date(1997, 4, 22)


@pytest.mark.parametrize("day", days(), ids=lambda day: day.record)
def test_a_day_is_one_of_the_record_and_of_the_crisis(day):
    span = interval(ENTRIES[day.record].edtf)
    assert span.earliest >= FIRST and span.latest <= LAST
    assert set(day.notebooks) <= set(NUMBERS)


@pytest.mark.parametrize("number", NUMBERS)
def test_the_sentence_names_what_is_marked(number):
    found, html = marks(CORPUS, number), strip(CORPUS, number)
    said = re.sub("<.*?>", "", html[html.index("<figcaption>") : html.index("</figcaption>")])
    named = [f"{n} {in_words(ENTRIES[one.entry.id].edtf)}, {one.name}" for n, one in enumerate(found, 1)]
    begins = "Of the 127 days of the crisis, from 17 December 1996 to 22 April 1997, this lesson works"
    assert said.startswith(begins if len(found) > 2 else "The crisis lasted 127 days:")
    assert said.endswith(": " + "; ".join(named) + ".")
    assert len(found) >= 2 and len(re.findall('class="(?:day|span)"', html)) == len(found)
    for one in found:
        assert f'<td class="when">{one.when}</td><td>{one.name}</td>' in html


@pytest.mark.parametrize("number", NUMBERS)
def test_a_mark_lies_where_its_days_lie(number):
    drawn = re.findall(r'class="(?:day|span)" x="([\d.]+)%" y="\d+" width="([\d.]+)%"', strip(CORPUS, number))
    for (at, wide), one in zip(drawn, marks(CORPUS, number), strict=True):
        span = interval(one.entry.edtf)
        assert float(at) * 1.27 == pytest.approx((span.earliest - FIRST).days, abs=0.02)
        assert float(wide) * 1.27 == pytest.approx((span.latest - span.earliest).days + 1, abs=0.02)


@pytest.mark.parametrize("number", NUMBERS)
def test_a_lesson_has_its_own_days_in_their_order_each_with_all_its_sources(number):
    found, html = marks(CORPUS, number), strip(CORPUS, number)
    assert {one.entry.id for one in found} == {d.record for d in days() if number in d.notebooks or not d.notebooks}
    spans = [interval(one.entry.edtf) for one in found]
    assert spans == sorted(spans)
    kinds = ["day" if span.earliest == span.latest else "span" for span in spans]
    assert re.findall('class="(day|span)"', html) == kinds
    for one in found:
        assert "; ".join(citation.short for citation in one.entry.citations) in unescape(
            re.sub("</?span.*?>", "", html)
        )


def test_days_listed_in_any_order_are_marked_in_theirs(monkeypatch):
    before = strip(CORPUS, 8)
    monkeypatch.setattr("helpers.lab.strip.days", lambda: days()[::-1])
    assert strip(CORPUS, 8) == before


def test_months_fill_the_band():
    drawn = re.findall(r'class="month(?: odd)?" x="([\d.]+)%".*?width="([\d.]+)%".*?>(\w+)</text>', strip(CORPUS, 0))
    assert [name for _, _, name in drawn] == ["Dec", "Jan", "Feb", "Mar", "Apr"]
    assert [round(float(wide) * 1.27) for _, wide, _ in drawn] == [15, 31, 28, 31, 22]


def test_texts_without_our_record_have_no_strip():
    assert strip(Corpus([read_source("A text of one's own.", id="x")]), 0) == ""
