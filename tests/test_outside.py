"""Texts from outside: what folders of other people hold, and the times that such texts speak of.

Each row of `outside.csv` is a text that once went wrong, or one of its kind in other words, with the right rows.
"""

import csv
import time
from pathlib import Path

import pytest

from helpers import chronology, concordance, cues, load_corpus, locate, naming_grid, quotations, read, time_expressions
from helpers.__main__ import main
from helpers.base.errors import CorpusError
from helpers.texts.check import check
from helpers.texts.library import read_source
from helpers.texts.names import labels

ONE = '[[source]]\nfile = "a.txt"\ntitle = "A"\npublished = "1997-01-05"\n'
BROKEN = "The council shut the bridge after the\nflood of last win-\r\n  ter, and the for-\nmer ferry came back.\n\nIt left on May\n3, 1996."


def wrapped(text: str = BROKEN, published: str = "1997-01-05", **fields):
    return read_source(text, id="t", published=published, wrapped=True, **fields)


# ---- Lines broken in mid-sentence ----


def test_a_wrapped_text_has_its_paragraphs_at_blank_lines_and_its_offsets_in_the_file():
    source = wrapped()
    assert [span.number for span in source.spans] == [1, 2]
    assert all(source.text[span.start : span.end] == span.text for span in source.spans)
    assert len(source.folded) == len(source.flow) == len(source.text)
    assert "\n" not in source.flow[: source.spans[0].end] and source.flow.count("\n") == 2


@pytest.mark.parametrize(
    "words, place",
    [
        ("the bridge after the flood", "the bridge after the\nflood"),
        ("former ferry", "for-\nmer ferry"),
        ("last winter", "last win-\r\n  ter"),
        ("last win-ter", "last win-\r\n  ter"),
        ("left on May 3", "left on May\n3"),
    ],
)
def test_words_are_found_over_a_line_end(words, place):
    source = wrapped()
    found = locate(source, words)
    assert found.text == place and source.text[found.start : found.end] == place
    (row,) = concordance(source, words).itertuples()
    assert "\n" not in row.left + row.node + row.right
    assert source.text[row.start : row.end] == place


def test_a_star_and_a_word_list_go_over_a_line_end(folder):
    assert list(concordance(wrapped(), "form*").node) == ["for- mer"]
    place = folder(ONE + "wrapped = true\n", a=BROKEN)
    (place / "cues.csv").write_text("term,kind\nformer,hedge\nthe flood,charged\n", encoding="utf-8")
    assert list(cues(load_corpus(place)).text) == ["the\nflood", "for-\nmer"]


def test_quotations_and_dates_go_over_a_line_end():
    assert list(quotations(wrapped('He said: "It is\ntoo late."')).text) == ["It is\ntoo late."]
    assert list(quotations(wrapped('It rained. "It is too late,"\nsaid the porter.')).speaker) == ["the porter"]
    rows = time_expressions(
        wrapped("It ends in\n1999, or on May\n3, 1996, twenty-\nfour hours on, or in the\n   nineteenth\ncentury.")
    )
    assert list(rows.value) == ["1999", "1996-05-03", "PT24H", "18"]
    assert all("\n" in words for words in rows.text[1:])


def test_headings_and_anchors_of_a_wrapped_text():
    source = wrapped(
        "Title\nmore\nOne begins\nhere.\nHead\nTwo is\nlast.\nAddress", anchors=("One", "last."), headings=("Head",)
    )
    assert [(span.number, span.heading) for span in source.spans] == [
        (0, False),
        (0, False),
        (1, False),
        (2, True),
        (2, False),
    ]
    assert source.spans[-1].text == "Two is\nlast."


def test_without_wrapped_nothing_runs_over_a_line_end_and_that_is_said():
    source = read_source(BROKEN, id="t")
    for words, cites in (("the bridge after the flood", "t ¶1 into t ¶2"), ("last winter", "t ¶2 into t ¶3")):
        with pytest.raises(CorpusError, match=f"runs over a line end, from {cites}.*wrapped = true"):
            locate(source, words)
    with pytest.raises(CorpusError, match=r"over line ends too.*silence is a finding"):
        locate(source, "the bridge after the fire")
    with pytest.raises(CorpusError, match=r"from t ¶1 into t ¶2\. Look for the part in one of them\.$"):
        locate(wrapped("It was\n\nlate."), "was late")
    with pytest.raises(CorpusError, match="silence is a finding"):
        locate(read(source, "t 1"), "the bridge after the flood")


# ---- What check sees ----

SPANISH = (
    "La crisis duró 126 días y terminó con la muerte de todos los miembros del grupo, de dos militares y de un rehén. "
    "El gobierno no quiso negociar durante los meses en que los cautivos quedaron en la casa y nadie sabía nada de ellos."
)
LONG = "It rained for so long that the lower road was given up and nobody could reach the mill but by boat. " * 2

SEEN = [
    ("I donâ€™t know; itâ€™s late.", ["'â€™' come of a wrong encoding", "0 of 1 texts are ready"]),
    ("That\u0092s all.", ["wrong encoding", "0 of 1 texts are ready"]),
    ("The caf\ufffd is shut.", ["wrong encoding"]),
    ("PerÃº and BogotÃ¡ agreed.", ["wrong encoding"]),
    (BROKEN, ["break in mid-sentence. Write wrapped = true"]),
    (SPANISH, ["does not look like English", "language = "]),
    ("1\n00:00:01,000 --> 00:00:03,000\nHello there.\n2\n00:00:04,000 --> 00:00:06,000\nYou.", ["stamps of subtitles"]),
    ("One.\n12\nTwo.\n- 13 -\nThree.\nPage 14 of 20\nFour.", ["'12' (3 in all)", "as of a page"]),
    ("25 April 1797\nWe sailed.\nSpithead, April 26th, 1797\nWe lay.", ["are dates", "a file and a date of its own"]),
    ("Date: Tue, 20 June 2006 19:24:27 +0000\nHello.\nDate: Wed, 21 June 2006 08:10:00 +0000\nYes.", ["are dates"]),
    ("Feb. 6th 1863.\nIt rained.\n1863 Feb. 7 th\nIt rained on.", ["are dates"]),
    (f"Dec 1, 1860\n{LONG}\nDec 2, 1860\n{LONG}", ["are dates"]),
    ("York, Friday, March 10. Rain.\nSaturday, March 11: Rain.\n12th. Rain.", ["begin with one", "'York, Friday"]),
    ("The train left Dar- lington for Mid- dlesbrough, two- and four-horse waggons for Thirsk with pas- sengers.", ["'Dar- lington' (3 in all) are cut"]),
    ("CHAPTER I\nIt was cold.\nCHAPTER II\nIt rained.", ["'CHAPTER I' (2 in all) look like headings"]),
    (f"The long way home\n{LONG}", ["'The long way home'", "headings"]),
]  # fmt: skip


@pytest.mark.parametrize("text, says", SEEN, ids=lambda one: one[:20] if isinstance(one, str) else "")
def test_check_says_what_it_sees(text, says, folder):
    said = repr(check(folder(ONE, a=text)))
    assert all(words in said for words in says), said


def test_the_numbers_of_subtitles_are_not_those_of_pages(folder):
    stamped = "".join(f"{n}\n00:00:0{n},000 --> 00:00:0{n},900\nHello there.\n" for n in (1, 2, 3))
    assert "as of a page" not in repr(check(folder(ONE, a=stamped)))


def test_a_text_of_spoilt_letters_is_not_ready(folder):
    assert check(folder(ONE, a="I don’t know.")).ready
    assert not check(folder(ONE, a="I donâ€™t know.")).ready


def test_a_date_on_a_line_of_its_own_is_no_heading(folder):
    assert "headings" not in repr(check(folder(ONE, a=f"Dec 1, 1860\n{LONG}\nSaturday, December 25, 1860\n{LONG}")))


def test_check_sees_nothing_amiss_in_the_five_and_in_plain_words(corpus, folder):
    assert main(["check", str(corpus.folder)]) == 0
    signs = ("headings", "encoding", "dates", "stamps", "page", "English", "mid-sentence", "cut")
    for place in (
        corpus.folder,
        folder(ONE, a=f"{LONG}\nHe came in 1796, on 3 May 1797, and left.\n\n“São Paulo?”\n{LONG}"),
    ):
        assert not [line for line in check(place).sentences if any(sign in line for sign in signs)]


def test_the_lines_to_paste_say_wrapped_and_ask_for_the_language(folder):
    place = folder(a=BROKEN, b=SPANISH, c=LONG)
    lines = "\n".join(check(place).lines)
    assert lines.count("wrapped = true") == 1 and lines.count("language = ") == 1
    filled = lines.replace('language = ""', 'language = "Spanish"').replace('title = ""', 'title = "T"')
    (place / "catalogue.toml").write_text(filled, encoding="utf-8")
    corpus = load_corpus(place)
    assert (corpus["a"].wrapped, corpus["b"].foreign, corpus["c"].foreign) == (True, True, False)
    assert locate(corpus, "the bridge after the flood").cite == "a ¶1"
    assert "mid-sentence" not in repr(check(place))


@pytest.mark.parametrize(
    "name, way",
    [("a.docx", "plain text in UTF-8"), ("b.PDF", "plain text in UTF-8"), ("notes.md", "a name that ends in .txt"),
     ("film.srt", "a name that ends in .txt"), (".hidden.txt", "Take the dot away"), ("x.jpg", "A text is a file")],
)  # fmt: skip
def test_files_with_other_names_are_named_with_what_to_do(name, way, folder):
    place = folder(ONE, a="Words.")
    (place / name).write_text("Words.", encoding="utf-8")
    (place / ".DS_Store").write_text("x", encoding="utf-8")
    (said,) = [line for line in check(place).sentences if name in line]
    assert said.startswith(f"Left aside: {name}. ") and way in said
    assert "DS_Store" not in repr(check(place))


def test_check_never_advises_the_command_that_is_running(folder):
    place = folder(a="Words.")
    said = repr(check(place)).replace(str(place), "")
    assert "catalogue.toml" in said and "python -m" not in said and "check" not in said


# ---- Other languages ----


def spanish_folder(folder, more=""):
    words = "En mayo 12 hombres. On 5 May 1990 the hall was shut."
    place = folder(ONE + f'language = "Spanish"\n{more}', a=words, b=words)
    (place / "labels.csv").write_text("referent,name\nx,hall\n", encoding="utf-8")
    (place / "cues.csv").write_text("term,kind\nhall,hedge\n", encoding="utf-8")
    return place


@pytest.mark.parametrize("make", [time_expressions, labels, cues])
def test_a_text_that_is_not_english_gets_no_english_answer(make, folder):
    english = ONE.replace("a.txt", "b.txt") + 'language = "English"\n'
    table = make(load_corpus(spanish_folder(folder, english)))
    assert list(table.source) == ["b"] and "Left out: a (Spanish)" in table._repr_html_()
    assert not len(make(load_corpus(spanish_folder(folder, english))["a"]))


def test_a_grid_says_which_text_was_not_read(folder):
    grid = naming_grid(load_corpus(spanish_folder(folder, ONE.replace("a.txt", "b.txt"))))
    assert list(grid.a) == ["not read"] and list(grid.b) == ["hall 1"] and "a (Spanish)" in grid._repr_html_()


def test_a_list_beside_texts_of_one_other_language_is_in_that_language(folder):
    corpus = load_corpus(spanish_folder(folder))
    for make in (labels, cues):
        assert list(make(corpus).text) == ["hall"] and "language of the list alone" in make(corpus)._repr_html_()
    assert not len(time_expressions(corpus))
    (said,) = [line for line in check(corpus.folder).sentences if "language is Spanish" in line]
    assert "times are found in English alone" in said


@pytest.mark.parametrize("language, foreign", [("en", False), ("en-GB", False), ("English", False), ("not stated", False), ("", False), ("es", True), ("German", True)])  # fmt: skip
def test_which_languages_are_english(language, foreign):
    assert read_source("On 5 May 1990 he left.", id="t", language=language).foreign is foreign


# ---- Long texts ----


def test_of_a_novel_the_first_hundred_paragraphs_are_shown_within_a_second():
    novel = read_source("\n".join(f"{n}. {LONG}" for n in range(1, 6001)), id="n")
    start = time.process_time()
    html, plain = read(novel)._repr_html_(), repr(read(novel))
    assert time.process_time() - start < 1
    for shown in (html, plain):
        assert "100. It" in shown and "101. It" not in shown and "n 101-200" in shown
    assert 'read(corpus, "n 5901-6000")' in repr(read(novel, "n 5801-6000"))
    assert "Read on" not in repr(read(novel, "n 5901-6000"))


# ---- Other people's folders ----


def test_a_folder_of_ones_own_has_nothing_of_lima_and_says_what_it_lacks(folder):
    corpus = load_corpus(folder(ONE, a="The police of Leeds gave his occupation as tailor, his residence as Hull."))
    assert len(naming_grid(corpus)) == 0 and len(labels(corpus)) == 0
    assert "events.toml" in chronology(corpus)._repr_html_() and not len(chronology(corpus))


@pytest.mark.parametrize(
    "text, found",
    [
        ("``It takes a long time,″ said the porter. They left.", ["It takes a long time,"]),
        ('She saw "Sandown on the map. "Old Fort," "Old Inn" and a barn stood there.', ["Sandown on the map.", "Old Fort,", "Old Inn"]),
        ('“It ends on Friday" she said. They met on Monday.', ["It ends on Friday"]),
        ("```{note} Letters of April 1797", []),
    ],
)  # fmt: skip
def test_marks_of_other_houses(text, found):
    assert list(quotations(read_source(text, id="t")).text) == found


# ---- The times that such texts speak of ----


def rows() -> list[dict]:
    with (Path(__file__).parent / "outside.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row['kind']}: {row['text'][:30]}")
def test_times_in_texts_from_outside(row):
    table = time_expressions(wrapped(row["text"], published=row["published"]))
    found = "; ".join(f"{words} = {value}" for words, value in zip(table.text, table.value, strict=True))
    assert found == row["expected"]


def test_an_era_before_ours_has_no_days():
    (row,) = time_expressions(wrapped("The wall dates from the 3rd century BC.")).itertuples()
    assert (row.edtf, row.earliest, row.latest) == ("", None, None)
