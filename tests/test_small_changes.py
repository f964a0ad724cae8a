"""Small changes that other tests did not notice: each test here turned red when its change was planted."""

import csv
import unicodedata

import pytest
from project import ROOT

from helpers import chronology, concordance, load_corpus, naming_grid, time_expressions, timeline
from helpers.history.chronology import jump
from helpers.history.rivals import amount
from helpers.texts.corpus import find
from helpers.texts.library import read_source
from helpers.texts.names import labels
from helpers.texts.quotes import quoted_runs

# ---- Words ----


def test_what_stands_around_a_word_ends_at_its_paragraph():
    text = read_source("before here\nthe word stands\nafter there", id="t")
    row = concordance(text, "word").iloc[0]
    assert (row.left, row.node, row.right) == ("the ", "word", " stands")


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize(
    "typed, stands",
    [("Túpac Amaru", "Túpac Amaru"), ("Tupac Amaru", "Túpac Amaru"), ("Tu*c Am*ru", "Túpac Amaru"),
     ("Cañeté", "Cañeté"), ("CANETE", "Cañeté"), ("cane*", "Cañeté")],
)  # fmt: skip
def test_an_accent_inside_a_word_is_found_however_it_is_made(form, typed, stands):
    text = read_source(unicodedata.normalize(form, "The Túpac Amaru came from Cañeté."), id="t")
    assert [unicodedata.normalize("NFC", place.text) for place in find(text, typed)] == [stands]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_an_accent_does_not_end_a_word(form):
    text = read_source(unicodedata.normalize(form, "Cañeté, péru"), id="t")
    assert not list(find(text, "can")) + list(find(text, "canet")) + list(find(text, "p"))


def test_quotations_are_found_three_deep():
    text = read_source("“They say: ‘He said: “we asked ‘why’ twice” to us’ again” and so on", id="t")
    found = [run.text for run in quoted_runs(text.spans[0])]
    assert [words.split()[0] for words in found] == ["They", "He", "we", "why"]
    assert found[-1] == "why"


def test_an_outer_mark_closes_over_two_inner_ones_that_were_never_closed():
    text = read_source("“one «two «three” four", id="t")
    assert quoted_runs(text.spans[0])[0].text == "one «two «three"


# ---- Days ----


def values(words: str) -> list[str]:
    return list(time_expressions(read_source(words, id="t")).value)


def test_a_day_of_the_month_takes_no_month_from_the_paragraph_before():
    text = read_source("It began on 5 April 1996.\nOn the 14th it rained.", id="t", published="1997-03-16")
    assert list(time_expressions(text).value) == ["1996-04-05", "1997-03-14"]


def test_a_time_beside_a_day_is_one_row_and_a_time_further_off_is_two():
    assert values("He came on 5 May 1990 at 3.17 pm.") == ["1990-05-05T15:17"]
    apart = "He came on 5 May 1990, said nothing to those who had waited for him, and left at 3.17 pm."
    assert values(apart) == ["1990-05-05", "1990-05-05T15:17"]


def test_a_time_reaches_the_last_day_named_over_some_sentences_and_not_over_a_page():
    near, far = "He slept and ate. " * 20, "He slept and ate. " * 60
    assert values(f"He came on 5 May 1990. {near}He left at 3.17 pm.") == ["1990-05-05", "1990-05-05T15:17"]
    assert values(f"He came on 5 May 1990. {far}He left at 3.17 pm.") == ["1990-05-05", "XXXX-XX-XXT15:17"]


@pytest.mark.parametrize(
    "a, b, words",
    [
        ("1997-04-22", "1997-04-23", "forward 1 day"),
        ("1997-04-22", "1997-05-05", "forward 13 days"),
        ("1997-04-22", "1997-05-06", "forward 2 weeks"),
        ("1997-04-22", "1997-06-20", "forward 8 weeks"),
        ("1997-04-22", "1997-06-24", "forward 2 months"),
        ("1997-04-22", "1995-06-01", "back 23 months"),
        ("1997-04-22", "1995-04-01", "back 2 years"),
        ("1997-04", "1992", "back 4 years or more"),
    ],
)
def test_a_jump_is_told_in_the_unit_that_a_reader_would_use(a, b, words):
    assert jump(a, b) == words


@pytest.mark.parametrize(
    "words, least, most",
    [
        ("more than 50", 50, float("inf")),
        ("at least 50", 50, float("inf")),
        ("over 50", 50, float("inf")),
        ("at most 50", 0, 50),
        ("up to 50", 0, 50),
        ("fewer than 50", 0, 50),
        ("no more than 50", 0, 50),
        ("about 50", 45, 55),
        ("50", 50, 50),
    ],
)
def test_words_before_a_number_open_its_range(words, least, most):
    assert amount(words) == pytest.approx((least, most))


@pytest.mark.parametrize("words", ["More than 50", "At least 50", "At most 50", "About 50"])
def test_words_at_the_head_of_a_sentence_do_so_too(words):
    assert amount(words) == amount(words.lower())


def test_a_bar_is_cut_at_its_panel(corpus):
    wide = {"title": "Mine", "from": "1990-01-01", "to": "1997-06-30", "source": "", "citation": "", "quote": "",
            "rival of": "", "note": ""}  # fmt: skip
    sheets = timeline(chronology(corpus, mine=[wide])).spec["datasets"]
    panels = {name: rows for name, rows in sheets.items() if name.startswith("marks")}
    bars = [(name, mark) for name, rows in panels.items() for mark in rows if mark["title"] == "Mine"]
    assert len(bars) == len(panels) > 1
    ends = [(mark["start"], mark["end"]) for _, mark in sorted(bars, key=lambda bar: bar[0])]
    assert [end for _, end in ends[:-1]] == [start for start, _ in ends[1:]], "one bar ends where the next begins"
    assert all(start < end for start, end in ends)
    assert (ends[0][0], ends[-1][1]) == ("1990-01-01", "1997-07-01")


# ---- A teacher's new row ----


@pytest.fixture
def copy(tmp_path):
    """A copy of seeds/, where anybody may add what the format allows."""
    for path in (ROOT / "seeds").iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    return tmp_path


def test_a_new_name_in_the_list_is_counted_and_changes_nothing_else(copy):
    before = labels(load_corpus(ROOT / "seeds"))
    with (copy / "labels.csv").open("a", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["the city", "Lima", "", "", ""], ["hostages", "dignitaries", "l5i", "", ""]])
    corpus = load_corpus(copy)
    after = labels(corpus)
    grid = naming_grid(corpus).set_index("referent")
    assert grid.loc["the city", "l5i"] == f"Lima {len(list(find(corpus['l5i'], 'Lima')))}"
    assert list(grid.index)[:-1] == list(naming_grid(load_corpus(ROOT / "seeds")).referent)
    old = after[~after.name.isin(["Lima", "dignitaries"])]
    assert list(zip(old.cite, old.start, old.name, strict=True)) == list(
        zip(before.cite, before.start, before.name, strict=True)
    )
