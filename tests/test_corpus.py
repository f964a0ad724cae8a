import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import load_corpus, locate, read
from helpers.base.errors import CorpusError
from helpers.base.folding import FILLER, fold
from helpers.texts.corpus import Corpus, find, paragraphs
from helpers.texts.library import read_source

words = st.text(st.characters(codec="utf-8", exclude_characters=FILLER + "\0"), max_size=80)


@given(words)
def test_folding_keeps_every_offset(text):
    assert len(fold(text)) == len(text)


@given(st.text(alphabet="aéñÑ’'“\"–-— \u0301xZß", max_size=40))
def test_a_text_finds_itself_whichever_way_it_is_typed(text):
    source = read_source(f"x {text} x", id="a")
    span = source.spans[0]
    for typed in (span.text, unicodedata.normalize("NFD", span.text), unicodedata.normalize("NFC", span.text)):
        assert locate(source, typed).text == span.text


@given(st.lists(words, min_size=1, max_size=5))
def test_spans_are_the_words_of_the_file(lines):
    source = read_source("\r\n".join(lines), id="a")
    for span in source.spans:
        assert source.text[span.start : span.end] == span.text
        assert span.text == span.text.strip()
        assert "\n" not in span.text


def test_pattern_matches_whole_words_only():
    source = read_source(
        "Anti-terrorist “terrorists” terror terrorised; Fujimori’s -- war--torn U.S. 7,000%!) and", id="a"
    )

    def found(words):
        return [span.text for span in find(source, words)]

    assert found("terroris*") == ["terrorist", "terrorists", "terrorised"]
    assert found("terror") == ["terror"]
    assert found("fujimori") == ["Fujimori"]
    assert found("fujimori's") == ["Fujimori’s"]
    assert found("war—torn") == ["war--torn"]
    assert found("U.S.") == ["U.S."]
    assert found("7,000%!)") == ["7,000%!)"]
    assert found("(a+)+$") == []


def test_search_never_crosses_a_paragraph_and_skips_titles(corpus):
    assert len(list(find(corpus["ww188"], "massacre"))) == 0
    assert locate(corpus, "Massacre in Lima").cite == "ww188 ¶0"
    assert [s.cite for s in find(read_source("a b\nc", id="t"), "b c")] == []


def test_locate_goes_from_words_to_their_place(corpus):
    assert locate(corpus, "reluctant guests").cite == "l5i ¶3"
    assert locate(corpus, "PEOPLE'S WAR—BUILDING REVOLUTIONARY BASE AREAS IN THE COUNTRYSIDE AND SURROUNDING THE CENTER OF "
                  "REACTIONARY POWER IN THE CITIES, WITH THE GOAL OF SEIZING NATIONWIDE POLITICAL POWER AND").cite == "rw898 ¶16"  # fmt: skip
    assert locate(corpus, '"hearts and minds"').text == "“hearts and minds”"


@pytest.mark.parametrize(
    "words, says",
    [
        ("Alberto the Great", "letter by letter: try"),
        ("Lima", "Add the word before or after"),
        ("  ", "at least one"),
        ("Box 3486", "letter"),
    ],
)
def test_locate_says_what_to_do(corpus, words, says):
    with pytest.raises(CorpusError, match=says):
        locate(corpus, words)


@pytest.mark.parametrize(
    "cite", ["rw888 5", "rw888 ¶5", "RW888 ¶ 5", " rw888  5 ", "rw888¶5", "rw888 5-5", "rw888 ¶5–5"]
)
def test_a_citation_may_be_typed_in_many_ways(corpus, cite):
    assert [span.cite for span in read(corpus, cite).spans] == ["rw888 ¶5"]


@pytest.mark.parametrize(
    "cite, says",
    [("rw88 5", "Did you mean .*rw888"), ("rw888 99", "¶0 to ¶18"), ("rw888 7-5", "before it begins"), ("rw888 17-30", "outside"),
     ("rw888 ¶", "not a citation"), ("rw888 5,7", "not a citation"), ("5", "no source"), ("", "not a citation")],
)  # fmt: skip
def test_a_citation_that_leads_nowhere(corpus, cite, says):
    with pytest.raises(CorpusError, match=says):
        read(corpus, cite)


def test_read_takes_several_and_ranges_each_once(corpus):
    spans = read(corpus, "l5i 1-2", "l5i 2", "ww188 1").spans
    assert [span.cite for span in spans] == ["l5i ¶1", "l5i ¶2", "ww188 ¶1"]
    assert read(corpus["ww188"]).spans == read(corpus, "ww188").spans
    assert read(corpus, "ww188").spans[0].number == 0
    with pytest.raises(CorpusError, match="Which text"):
        read(corpus)
    with pytest.raises(CorpusError, match="load_corpus"):
        read("rw888 5")


def test_what_was_read_can_be_searched_without_titles(corpus):
    assert {span.number for _, span in paragraphs(read(corpus, "ww188"))} == set(range(1, 10))


def test_passages_show_source_number_and_terms(corpus):
    passages = read(corpus, "rw888 4")
    assert "¶4" in repr(passages) and "DINCOTE" in [term.term for term in passages.terms]
    assert "<strong>DINCOTE</strong>" in passages._repr_html_()


def test_an_unknown_source_names_near_ones(corpus):
    with pytest.raises(CorpusError, match="Did you mean rw8[89]8 or"):
        corpus["rw889"]
    assert corpus["RW888"] is corpus["rw888"]


def test_a_source_says_little_of_itself(corpus):
    assert repr(corpus["l5i"]) == "<Source l5i: Peruvian hostage crisis exposes poverty, undated>"


def test_html_is_escaped():
    source = read_source("<script>alert(1)</script> & more", id="a", title="<b>")
    for html in (read(source)._repr_html_(), Corpus([source]).opened("a ¶1 <i>"), source.spans[0]._repr_html_()):
        assert "<script>" not in html and "<b>" not in html and "<i>" not in html


def test_loading_takes_milliseconds():
    import time

    start = time.process_time()
    load_corpus()
    assert time.process_time() - start < 0.2
