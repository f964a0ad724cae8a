import pytest

from helpers.base.table import SHOWN, Table


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
    assert "<td>zz ¶1</td>" in html
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
    import pandas as pd

    assert repr(table[["cite", "n"]]) == repr(pd.DataFrame(table[["cite", "n"]]))
