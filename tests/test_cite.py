"""Citations: one spelling, one place that knows it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from project import ROOT

from helpers import read
from helpers.base.cite import Cite, cites_in
from helpers.texts.corpus import Corpus, numbered
from helpers.texts.library import read_source
from helpers.texts.reading import cited

numbers = st.integers(0, 999_999)


@pytest.mark.parametrize(
    "words, id, first, last",
    [
        ("rw888", "rw888", None, None),
        ("rw888 5", "rw888", 5, 5),
        ("RW888 ¶5", "rw888", 5, 5),
        ("rw888¶5", "rw888", 5, 5),
        (" rw888  ¶ 5 – 6 ", "rw888", 5, 6),
        ("rw888 ¶5–6", "rw888", 5, 6),
        ("a 1-2", "a", 1, 2),
        ("a", "a", None, None),
        ("a 000001", "a", 1, 1),
    ],
)
def test_a_citation_is_parsed(words, id, first, last):
    assert Cite.parse(words) == Cite(id, first, last)


@given(st.from_regex(r"[a-z0-9]{1,8}", fullmatch=True), numbers, numbers)
def test_what_is_shown_is_read_again(id, one, other):
    for cite in (Cite(id), Cite(id, one, one), Cite(id, min(one, other), max(one, other))):
        assert Cite.parse(str(cite)) == Cite.parse(cite) == cite
        if cite.first is not None:
            assert [found[2] for found in cites_in(f"see {cite}.", {id})] == [cite]


@given(st.text(alphabet="rw8¶5-–,. \n", max_size=40))
def test_no_words_break_the_search_for_citations(words):
    for start, end, cite in cites_in(words, {"rw8", "w"}):
        assert "¶" in words[start:end] and cite.id in ("rw8", "w")


def test_a_bare_paragraph_belongs_to_the_last_text_named():
    found = [str(cite) for _, _, cite in cites_in("rw888 ¶5, ¶7–8; zz ¶1; l5i says so (¶3)", {"rw888", "l5i"})]
    assert found == ["rw888 ¶5", "rw888 ¶7-8", "l5i ¶3"]
    assert list(cites_in("¶5", {"rw888"})) == []
    assert list(cites_in("rw888 ¶1234567", {"rw888"})) == []


def test_holds():
    assert Cite("a").holds("a", 9) and not Cite("a").holds("b", 9)
    assert [Cite("a", 2, 3).holds("a", n) for n in (1, 2, 3, 4)] == [False, True, True, False]


def test_each_way_to_a_passage_knows_the_same_spellings(corpus):
    for words in ("l5i ¶2-3", "l5i ¶2–3"):
        assert [span.number for span in read(corpus, words).spans] == [2, 3]
        assert corpus.opened(words).count("<details>") == 1
        assert f"<summary>{words}</summary>" in corpus.opened(words)
    assert cited(corpus, Cite("l5i", 2, 3)) == read(corpus, "l5i 2-3").spans


@given(st.lists(st.sampled_from(["One.", "A heading"]), max_size=6, unique=True), st.integers(0, 5), st.integers(0, 5))
def test_paragraphs_by_number(lines, first, last):
    source = read_source(
        "\n".join([*lines, "end"]), id="a", headings=tuple(line for line in lines if line == "A heading")
    )
    assert list(numbered(source, first, last)) == [span for span in source.spans if first <= span.number <= last]


def test_a_citation_opens_only_what_is_there(corpus):
    assert "<details>" not in corpus.opened("rw888 ¶99, rw888 ¶7-5, zz ¶1")
    assert "<details>" not in corpus.opened("¶2 of no text")
    assert "<details>" not in Corpus().opened("rw888 ¶1")


def test_nobody_else_knows_how_a_citation_is_spelt():
    """No other module holds a pattern with a ¶, puts one into a citation, or takes a citation apart."""
    for path in sorted((ROOT / "helpers").rglob("*.py")):
        code = path.read_text(encoding="utf-8")
        if path.stem != "cite":
            assert not re.search(r"""r["'][^"'\n]*¶|" ¶"|cite\.r?(split|partition)|partition\(["']¶["']\)""", code), (
                path.name
            )
