import re

import numpy as np
import pandas as pd
import pytest
from markupsafe import escape

from helpers import concordance, headlines, naming_grid
from helpers.base.html import rich, whole
from helpers.base.table import CELL, SHOWN, Table


@pytest.fixture
def table(corpus):
    return Table(
        {"cite": ["rw888 ¶5", "l5i ¶3", "zz ¶1"], "n": [1, 2, 3], "text": ["<b>", "w " * 60, None]}, corpus=corpus
    )


def test_words_are_whole_escaped_and_citations_open(table):
    html = table._repr_html_()
    assert "<b>" not in html and "&lt;b&gt;" in html
    assert ("w " * 60) in html
    assert html.count("<details>") == 2
    assert '<td><span class="when">zz ¶1</span></td>' in html
    assert "None" not in html and "nan" not in html


@pytest.mark.parametrize(
    "select",
    [lambda t: t[["cite", "n"]], lambda t: t.query("n > 1"), lambda t: t.head(2), lambda t: t.sort_values("n"),
     lambda t: t.groupby("n").head(1), lambda t: t.reset_index(drop=True), lambda t: t[t.n == 1]],
)  # fmt: skip
def test_selecting_keeps_the_corpus(table, select):
    assert type(select(table)) is Table
    assert "<details>" in select(table)._repr_html_()


def test_without_a_corpus_citations_are_plain(table):
    assert "<details>" not in Table({"cite": ["rw888 ¶5"]})._repr_html_()


def test_a_long_table_says_how_many_rows_it_leaves_out():
    html = Table({"n": range(SHOWN + 7)})._repr_html_()
    assert "7 rows more" in html
    assert html.count("<tr>") == SHOWN + 1


def test_an_empty_table_says_so():
    assert "Nothing found" in Table(columns=["cite"])._repr_html_()


def test_the_text_form_is_that_of_pandas(table):
    assert repr(table[["cite", "n"]]) == repr(pd.DataFrame(table[["cite", "n"]]))


# ---- Row labels ----


@pytest.mark.parametrize(
    "shape, labels",
    [
        (lambda t: t.groupby("kind").count(), ["a", "b"]),
        (lambda t: t.set_index("kind"), ["b", "a", "b"]),
        (lambda t: t.set_index(["kind", "n"]), ["b", "1", "a"]),
        (lambda t: t.T, ["cite", "n", "kind"]),
        (lambda t: t.pivot_table(index="kind", columns="cite", values="n", aggfunc="sum"), ["a", "b"]),
        (lambda t: t.set_index("kind").head(1), ["b"]),
    ],
)
def test_row_labels_that_are_names_are_shown(shape, labels, corpus):
    table = Table({"cite": ["rw888 ¶5", "l5i ¶3", "l5i ¶4"], "n": [1, 2, 3], "kind": ["b", "a", "b"]}, corpus=corpus)
    html = shape(table)._repr_html_()
    assert re.findall(r'<th scope="row">(.*?)</th>', html)[: len(labels)] == labels
    columns = len(re.findall(r'<th scope="col">', html))
    assert all(len(re.findall("<t[hd][ >]", row)) == columns for row in re.findall("<tr>(?:.*?)</tr>", html))


@pytest.mark.parametrize(
    "shape", [lambda t: t, lambda t: t.query("n > 1"), lambda t: t[::-1], lambda t: t.reset_index(drop=True)]
)
def test_numbers_of_rows_are_not_shown(shape, table):
    assert 'scope="row"' not in shape(table)._repr_html_()


def test_a_citation_in_a_row_label_opens(table):
    assert '<th scope="row"><details>' in table.set_index("cite")._repr_html_()


def test_columns_of_two_levels_have_one_heading(table):
    html = table[["cite", "n"]].set_index(["cite", "n"], drop=False).unstack()._repr_html_()
    assert '<th scope="col">cite 1</th>' in html and "(" not in html.split("<thead>")[1].split("</thead>")[0]


# ---- Captions, empty tables, languages, long cells ----


def test_an_empty_selection_says_so_and_shows_no_blank_row(corpus):
    html = concordance(corpus, "embassy").query("source == 'none'")._repr_html_()
    assert "<td" in html and ">Nothing found.</td>" in html
    assert "<td></td>" not in Table()._repr_html_()
    assert "embasy" in concordance(corpus, "embasy")[["cite", "node"]]._repr_html_()


def test_a_table_says_what_it_is(corpus):
    assert "<caption>Every place of &#39;&lt;b&gt;&#39;</caption>" in concordance(corpus, "<b>")._repr_html_()
    assert "<caption>" in naming_grid(corpus)[["referent", "l5i"]]._repr_html_()
    assert "<caption>" not in Table({"n": [1]})._repr_html_()


def test_headlines_carry_their_language(corpus):
    html = headlines(corpus)._repr_html_()
    assert '<td lang="es">Terroristas toman a más de 200 rehenes</td>' in html
    assert '<td lang="es">' in headlines(corpus)[["language", "headline"]]._repr_html_()
    assert "lang=" not in headlines(corpus)[["headline"]]._repr_html_()
    odd = Table({"language": ['x" onclick="y', "not stated", None, "pt-BR"], "headline": ["a", "b", "c", "d"]})
    assert re.findall(r'lang="(.*?)"', odd._repr_html_()) == ["pt-BR"]


def test_a_long_cell_is_cut_and_says_so():
    html = Table({"text": ["x" * 5_000_000, "y" * CELL]})._repr_html_()
    assert len(html) < 30_000
    assert "cut here: 5,000,000 characters in all" in html
    assert "y" * CELL + "</td>" in html


@pytest.mark.parametrize(
    "value", [[1, 2], {"a": 1}, pd.NA, pd.NaT, np.array([1, 2]), float("nan"), None, True, Table, b"x"]
)
def test_a_cell_may_hold_anything(value):
    assert "<td>" in Table({"a": pd.Series([value, "x"], dtype=object)})._repr_html_()


def test_a_date_is_not_broken_at_the_end_of_a_line():
    html = Table([{"when": "1996-12-17/1997-04-22", "left": "a", "other": "b"}])._repr_html_()
    assert '<td class="when">1996-12-17/1997-04-22</td>' in html and "<td>b</td>" in html


@pytest.mark.parametrize(
    "words, kept",
    [
        ("BBC, 1997-04-23; CVR, 2003", ["1997-04-23"]),
        ("from 1996-12 to 22 April 1997", ["1996-12", "22 April 1997"]),
        ("on 3 May, see rw888 ¶5-6", ["3 May", "rw888 ¶5-6"]),
        ("12 Maybe 1997 <b>", []),
    ],
)
def test_dates_and_citations_stay_whole_wherever_words_stand(words, kept):
    assert re.findall('<span class="when">(.*?)</span>', whole(words)) == kept
    assert re.sub("</?span.*?>", "", whole(words)) == str(escape(words))


def test_what_is_in_a_tag_or_opens_a_passage_is_left_as_it_is(corpus):
    opened = rich('On 22 April, rw888 ¶5: [x](http://a.b/1997-04-22 "1997-04-22").', corpus)
    assert "<summary>rw888 ¶5</summary>" in opened and opened.count("1997-04-22") == 2
    assert '<span class="when">22 April</span>' in opened
    assert '<span class="when"><code>rw888</code> ¶5</span>' in rich("`rw888` ¶5")
