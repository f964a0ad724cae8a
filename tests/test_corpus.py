import re
import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import concordance, load_corpus, locate, read
from helpers.base.errors import CorpusError, KitError
from helpers.base.folding import FILLER, fold, pattern
from helpers.texts.corpus import Corpus, find, paragraphs, sources
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
    with pytest.raises(KitError, match="load_corpus"):
        read("rw888 5")


def test_what_was_read_can_be_searched_without_titles(corpus):
    assert {span.number for _, span in paragraphs(read(corpus, "ww188"))} == set(range(1, 10))


def test_passages_show_source_number_and_terms(corpus):
    passages = read(corpus, "rw888 4")
    assert "¶4" in repr(passages) and "DINCOTE" in [term.term for term in passages.terms]
    assert "<strong>DINCOTE</strong>" in passages._repr_html_()


def test_an_unknown_source_names_near_ones(corpus):
    with pytest.raises(CorpusError, match=r"Did you mean rw8[89]8 or"):
        corpus["rw889"]
    assert corpus["RW888"] is corpus["rw888"]


def test_a_source_says_little_of_itself(corpus):
    assert repr(corpus["l5i"]) == "<Source l5i: Peruvian hostage crisis exposes poverty, undated>"


def test_html_is_escaped():
    source = read_source("<script>alert(1)</script> & more", id="a", title="<b>")
    for html in (read(source)._repr_html_(), Corpus([source]).opened("a ¶1 <i>"), source.spans[0]._repr_html_()):
        assert "<script>" not in html and "<b>" not in html and "<i>" not in html


def test_loading_takes_milliseconds():
    start = time.process_time()
    load_corpus()
    assert time.process_time() - start < 0.2


# ---- A corpus and its sources ----


def test_an_id_is_known_in_capitals_too(corpus):
    assert "RW888" in corpus and "rw888" in corpus and "rw999" not in corpus
    assert all(odd not in corpus for odd in (None, 5, [], "", "\0"))
    for odd in (None, 5, "", [], "x" * 10_000):
        with pytest.raises(CorpusError):
            corpus[odd]


def test_spans_are_tuples_everywhere(corpus):
    assert all(type(texts.spans) is tuple for texts in (corpus, corpus["l5i"], read(corpus, "l5i 3")))
    assert len(corpus.spans) == sum(len(source.spans) for source in corpus.values())


def test_a_source_knows_the_corpus_it_came_from(corpus):
    assert corpus["l5i"].corpus is corpus
    assert "<details>" in concordance(corpus["l5i"], "the").head(1)._repr_html_()
    assert "<details>" in corpus["l5i"].corpus.opened("rw888 ¶1")
    alone = read_source("Words.", id="a")
    assert list(alone.corpus) == ["a"] and alone.corpus is alone.corpus
    assert list(Corpus([read_source("Words.", id="b")])["b"].corpus) == ["b"]


def test_sources_are_those_of_which_something_was_given(corpus):
    assert sources(corpus) == list(corpus.values())
    assert sources(corpus["l5i"]) == [corpus["l5i"]]
    assert sources(read(corpus, "ww188 1", "rw888 2-3")) == [corpus["rw888"], corpus["ww188"]]


# ---- Passages are honoured ----


def test_titles_of_what_was_not_read_are_not_looked_through(corpus):
    with pytest.raises(CorpusError, match="l5i never says 'Massacre in Lima'"):
        locate(read(corpus, "l5i 3"), "Massacre in Lima")
    with pytest.raises(CorpusError, match="ww188 never says"):
        locate(read(corpus, "ww188 1-2"), "Massacre in Lima")
    assert locate(read(corpus, "ww188"), "Massacre in Lima").cite == "ww188 ¶0"
    assert locate(read(corpus, "ww188 0"), "Massacre in Lima").cite == "ww188 ¶0"
    assert locate(read(corpus, "l5i 3"), "reluctant guests").cite == "l5i ¶3"


# ---- Anchors ----


@pytest.mark.parametrize(
    "anchors, numbers",
    [((), [1, 2, 3, 4]), (("Two",), [0, 1, 2, 3]), (("Two", "Three"), [0, 1, 2]), (("wo.", "wo"), [0, 1])],
)
def test_one_anchor_says_where_the_text_begins(anchors, numbers):
    for end in ("\n", "\r\n", "\r"):
        source = read_source(end.join(["One.", "Two.", "Three.", "Four."]), id="a", anchors=anchors)
        assert [span.number for span in source.spans] == numbers


# ---- Searches that cannot run away ----


def test_stars_mean_the_same_once_or_often(corpus):
    for words in ("terroris*", "*terror*", "m*rta", "*"):
        often = words.replace("*", "****")
        assert [span.start for span in find(corpus, words)] == [span.start for span in find(corpus, often)]


def test_what_is_looked_for_has_a_bound(corpus):
    with pytest.raises(CorpusError, match="10,000 characters"):
        concordance(corpus, "x" * 10_001)
    whole = max((span.text for _, span in paragraphs(corpus)), key=len)
    assert locate(corpus, whole).text == whole


@given(st.text(alphabet="ab*- '!", min_size=1, max_size=6), st.text(alphabet="aabb -'!\u0301", max_size=14))
def test_a_pattern_finds_what_trying_every_way_finds(words, text):
    """Against the plain translation, which tries each `*` again; spaces between stars are left out, they differ."""
    if not words.strip() or re.search(r"\*\s", words):
        return
    plain = re.escape(fold(re.sub(r"\*+", "*", words.strip()))).replace(r"\*", r"\w*").replace(r"\ ", r"\s+")
    plain = plain.replace(r"\-", f"-{FILLER}*").replace(FILLER + "*" + FILLER, FILLER + "*")
    begin = r"(?<!\w)" if re.match(r"[\w*]", words.strip()) else ""
    end = r"(?!\w)" if re.search(r"[\w*]$", words.strip()) else ""
    if "--" in words or "\u0301" in text:
        return
    folded = fold(text)
    expected = [m.span() for m in re.finditer(begin + plain + end, folded) if m.end() > m.start()]
    assert [m.span() for m in pattern(words).finditer(folded) if m.end() > m.start()] == expected


# ---- A very long line ----


def test_a_line_of_five_million_characters_is_shown_with_a_bound():
    source = read_source("needle " + "word " * 1_000_000 + "\nshort needle", id="a")
    start = time.process_time()
    table = concordance(source, "needle")
    shown = [
        table._repr_html_(),
        read(source)._repr_html_(),
        repr(read(source)),
        source.spans[0]._repr_html_(),
        repr(source.spans[0]),
    ]
    assert all(len(words) < 300_000 for words in shown)
    assert "4,990,006 characters more are not shown here" in shown[0]
    assert "characters more are not shown here" in shown[1] and "characters more are not shown here" in shown[2]
    assert "cut here: 5,000,006 characters" in shown[3] and "cut here" in shown[4]
    assert "short needle" in shown[0]
    assert time.process_time() - start < 5


def test_many_long_paragraphs_are_bounded_together():
    source = read_source("\n".join("x" * 9_000 for _ in range(50)), id="a")
    for shown in (read(source)._repr_html_(), repr(read(source))):
        assert len(shown) < 210_000
        assert "250,000 characters more are not shown here" in shown
    assert "440,000 characters more" in source.corpus.opened("a ¶1-50")


def test_many_citations_in_one_cell_are_bounded(corpus):
    html = corpus.opened("rw888 ¶5 " * 10_000)
    assert html.count("<details>") == 100 and html.count("rw888 ¶5") == 10_000


def test_every_text_of_the_five_is_shown_whole(corpus):
    for source in corpus.values():
        assert "characters more" not in read(source)._repr_html_()
        assert "characters more" not in corpus.opened(f"{source.id} ¶0-{source.last}")


# ---- In JupyterLab ----


def test_dollar_signs_are_not_typeset_as_mathematics():
    text = r"They asked for $5 million, then $10 million; \(x\) \[y\] \begin{z}."
    source = read_source(text, id="a", title="$1 and $2", published="1997-01-05")
    inside = '<div class="lima mathjax_ignore">'
    for html in (
        read(source)._repr_html_(),
        concordance(source, "million")._repr_html_(),
        source.spans[0]._repr_html_(),
    ):
        assert html.startswith(inside) and html.rstrip().endswith("</div>")
        assert html.count(inside) == 1 and "$10 million" in html
    assert '<div class="print mathjax_ignore" data-source="a"><em>$1 and $2</em>' in source.corpus.opened("a ¶1")


def test_jupyterlab_leaves_that_class_alone():
    """The typesetter of the installed JupyterLab skips it, and nothing there sets another."""
    import jupyterlab

    static = Path(jupyterlab.__file__).parent / "static"
    set_to = {
        found
        for file in static.glob("*.js")
        for found in re.findall(r'ignoreHtmlClass:\s*"([^"]*)"', file.read_text("utf-8"))
    }
    assert set_to == {"mathjax_ignore"}
