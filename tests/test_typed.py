"""Typed dates: one reader for all that people write, and a sentence that names what was not understood."""

import ast
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from project import ROOT

from helpers.base.edtf import interval
from helpers.base.errors import KitError
from helpers.history.rules import readers
from helpers.history.timex import typed
from helpers.texts.library import read_source


@pytest.mark.parametrize(
    "words, edtf",
    [
        ("22nd April 1997", "1997-04-22"),
        ("Tuesday 22 April 1997", "1997-04-22"),
        ("Tuesday, 22 April 1997", "1997-04-22"),
        ("the 22nd of April, 1997", "1997-04-22"),
        ("  22   APR. 1997. ", "1997-04-22"),
        ("22.4.1997", "1997-04-22"),
        ("22/4/97", "1997-04-22"),
        ("3/3/97", "1997-03-03"),
        ("12/12/1996", "1996-12-12"),
        ("22.4.97", "1997-04-22"),
        ("3.4.97", "1997-04-03"),
        ("03.04.97", "1997-04-03"),
        ("3. 4. 1997", "1997-04-03"),
        ("3. April 97", "1997-04-03"),
        ("4.22.97", "1997-04-22"),
        ("1.2.97-3.4.97", "1997-02-01/1997-04-03"),
        ("April 3, 97", "1997-04-03"),
        ("the 3rd of April 97", "1997-04-03"),
        ("4/97", "1997-04"),
        ("12.1996", "1996-12"),
        ("12/96 to 4/97", "1996-12/1997-04"),
        ("3.4.05", "2005-04-03"),
        ("february 97", "1997-02"),
        ("Dec 96 to Feb. 97", "1996-12/1997-02"),
        ("16 or 17 February 1997", "1997-02-16/1997-02-17"),
        ("4/22/1997", "1997-04-22"),
        ("1997/04/22", "1997-04-22"),
        ("1997-4-2", "1997-04-02"),
        ("April 22, 1997", "1997-04-22"),
        ("on 22 April 1997", "1997-04-22"),
        ("22 April '97", "1997-04-22"),
        ("the 1980s", "198X"),
        ("198x", "198X"),
        ("the nineteenth century", "1800/1899"),
        ("January 1997", "1997-01"),
        ("in May 1997", "1997-05"),
        ("Christmas 1996", "1996-12-25"),
        ("Easter 1997", "1997-03-30"),
        ("about 1985", "1985~"),
        ("c. 1985", "1985~"),
        ("April 1997?", "1997-04?"),
        ("about 1-17 January 1997", "1997-01-01~/1997-01-17~"),
        ("17.12.1996-22.4.1997", "1996-12-17/1997-04-22"),
        ("22/4/1997 - 23/4/1997", "1997-04-22/1997-04-23"),
        ("1997-1-5 to 1997-02", "1997-01-05/1997-02"),
        ("1-17 January 1997", "1997-01-01/1997-01-17"),
        ("1–17 January 1997", "1997-01-01/1997-01-17"),
        ("March 3-6, 1997", "1997-03-03/1997-03-06"),
        ("March 3 to 6, 1997", "1997-03-03/1997-03-06"),
        ("between 3 and 6 March 1997", "1997-03-03/1997-03-06"),
        ("between the 3rd and the 6th of March 1997", "1997-03-03/1997-03-06"),
        ("from 17 December 1996 to 22 April 1997", "1996-12-17/1997-04-22"),
        ("3 March until 6 April 1997", "1997-03-03/1997-04-06"),
        ("17 Dec 1996 – 22 Apr 1997", "1996-12-17/1997-04-22"),
        ("17 Dec 1996-22 Apr 1997", "1996-12-17/1997-04-22"),
        ("December 1996/January 1997", "1996-12/1997-01"),
        ("January-March 1997", "1997-01/1997-03"),
        ("1980s to 1990s", "198X/199X"),
        ("1996-97", "1996/1997"),
        (1997, "1997"),
    ],
)
def test_what_people_type(words, edtf):
    assert typed(words) == edtf
    assert typed(edtf) == edtf


@pytest.mark.parametrize(
    "form", ["1997", "1997-04", "1997-04-22", "198X", "1997~", "1997-04?", "198X~", "[1997-01-01..1997-01-17]", "1996-12/1997-04-22"]
)  # fmt: skip
def test_edtf_comes_back_as_it_is(form):
    assert typed(form) == form


@pytest.mark.parametrize(
    "words, says",
    [
        ("decade 1980", "“decade” can't be read"),
        ("Martian 1997", "“Martian” can't be read"),
        ("1st of Aprl 1997", "“1st of Aprl” can't be read"),
        ("before 1997", "“before” can't be read"),
        ("22 April 1997 at 3.17 pm", "“at 3.17 pm” can't be read"),
        ("17 December 1996 to Martian 1997", "Martian"),
        ("1997-W17", "“W17”"),
        ("soon", "“soon” can't be read as a date"),
        ("April 22", "“April 22” has no year. Write the year"),
        ("1-17 January", "has no year"),
        ("17 December 1996 to 22 April", "“22 April” has no year"),
        ("17 December to 22 April 1997", "“17 December” has no year"),
        ("3 March to April", "“April” has no year"),
        ("yesterday", "reckoned from another day"),
        ("last December", "reckoned from another day"),
        ("Friday", "reckoned from another day"),
        ("the eighties", "which century"),
        ("early March 1997", "leaves open which days"),
        ("the mid-1980s", "leaves open which days"),
        ("the spring of 1968", "leaves open which days"),
        ("03/04/97", "1997-04-03 or 1997-03-04"),  # but 3/3/97 is one day either way
        ("3/4/97", "“3/4/97” may be 1997-04-03 or 1997-03-04"),
        ("3-4-97", "1997-04-03 or 1997-03-04"),
        ("31.4.97", "no calendar"),
        ("13/97", "can't be read"),
        ("97", "“97” can't be read"),
        ("96-97", "“96-97” can't be read"),
        ("31 April 1997", "no calendar"),
        ("1997-02-30", "no calendar"),
        ("1997-13-45", "no calendar"),
        ("Monday 22 April 1997", "that day was a Tuesday"),
        ("1997-03/1997-01", "ends before it begins"),
        ("6 to 3 March 1997", "ends before it begins"),
        ("44 BC", "before the year 1"),
        ("1" * 5000, "too long"),
        ("", "no date yet"),
        (None, "can't be read as a date"),
        ("１９９７", "can't be read as a date"),
    ],
)
def test_what_is_no_date_is_a_sentence_that_names_it(words, says):
    with pytest.raises(KitError, match=says) as caught:
        typed(words)
    assert len(str(caught.value)) < 260


def test_a_form_that_is_understood_is_never_answered_with_a_message_about_form():
    for words in ("April 22", "early March 1997", "1997-02-30", "1997-03/1997-01", "Monday 22 April 1997"):
        with pytest.raises(KitError) as caught:
            typed(words)
        assert "Write it as" not in str(caught.value)


def test_what_the_finder_reads_as_dated_days_is_read_alone():
    """Each rule's example that states its year and names its days; those that lean on words around them aside."""
    from helpers.history.finder import time_expressions

    seen = 0
    for rule, *_ in readers():
        table = time_expressions(read_source(f"It was {rule.example}.", id="t"))
        for row in table[(table.kind == "date") & (table.edtf != "")].itertuples():
            leans = rule.name.endswith(("of a list", "before them", "of the month"))
            if leans or rule.name in ("decade", "season") or "mid" in row.text:
                continue
            words = row.text.removeprefix("for ")
            assert interval(typed(words)) == (row.earliest, row.latest), row.text
            seen += 1
    assert seen >= 10


@given(st.text(max_size=90))
def test_any_words_are_a_date_or_a_sentence(words):
    try:
        interval(typed(words))
    except KitError as error:
        assert str(error).rstrip().endswith((".", "them."))


def test_it_is_fast():
    typed("22 April 1997")  # patterns are compiled once
    for words, most in (("1997-04-22", 0.001), ("between 3 and 6 March 1997", 0.005), ("1997-01/1997-02", 0.001)):
        start = time.process_time()
        for _ in range(20):
            typed(words)
        assert (time.process_time() - start) / 20 < most


def test_it_imports_no_widgets():
    waiting, seen = ["helpers.history.timex"], set()
    while waiting:
        name = waiting.pop()
        seen.add(name)
        path = ROOT / f"{name.replace('.', '/')}.py"
        for node in ast.parse(path.read_text(encoding="utf-8")).body if path.is_file() else ():
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) else []
            waiting += [other for other in names if other not in seen]
    assert "helpers.history.rules" in seen and not seen & {"ipywidgets", "anywidget", "jinja2"}
