"""Whatever comes in from outside is answered with one sentence or left aside, in little time and memory.

A table for each kind of thing; a row is what comes in and words of what is said.
"""

import time
import tracemalloc

import msgspec
import pytest
from classes import HOSTILE
from hypothesis import given
from hypothesis import strategies as st
from test_restore import BAD

from helpers import answer, class_results, concordance, load_corpus, read
from helpers.base.cite import Cite, cites_in
from helpers.base.edtf import interval
from helpers.base.errors import KitError
from helpers.history.timex import typed
from helpers.lessons import session as sessions
from helpers.lessons.journal import Journal, Line
from helpers.paper.restore import read_hand_in
from helpers.texts.library import read_source
from helpers.texts.names import labels

ONE = '[[source]]\nfile = "a.txt"\ntitle = "A"\npublished = "1997-01-05"\n'
TEXT = "Title\n\nFirst words here.\n\nA heading\n\nLast words here.\nAddress\n"
ROME = "The police and the MRTA held hostages. A murderous regime.\nRome met Carthage."
SECONDS, MEMORY = 6, 60_000_000  # of processor time while memory is watched, which makes it some three times slower

CATALOGUES = [
        ("[[source]]\nfile = \n", ["catalogue.toml", "line 2"]),
        ('[[source]]\nfile = "a.txt"\ntitle = "A"\n', ["a.txt", "`published`", "missing"]),
        (ONE + 'publishd = "1997"\n', ["`publishd`", "published"]),
        (ONE + "xyzzy = 1\n", ["`xyzzy`", "Take it out"]),
        (ONE + "issue = 888\n", ["a.txt", "`issue`", "expected `str`"]),
        (ONE + ONE, ["id a ", "two texts"]),
        (ONE.replace("a.txt", "b.txt"), ["b.txt", "Add it"]),
        (ONE.replace("a.txt", "../a.txt"), ["leads out of the folder"]),
        (ONE.replace("a.txt", "/etc/hostname"), ["leads out of the folder"]),
        (ONE.replace("1997-01-05", "1997-02-30"), ["`published`", "no calendar"]),
        (ONE.replace("1997-01-05", "5 January 1997"), ["`published`", "1997-04-22"]),
        (ONE + 'written = "1997-13"\n', ["`written`"]),
        (ONE + '[source.inferred]\nwritten = "soon"\n', ["inferred.written"]),
        (ONE + 'anchors = ["Nowhere", "Last words"]\n', ["'Nowhere'", "0 times"]),
        (ONE + 'anchors = ["First", "words here"]\n', ["'words here'", "2 times"]),
        (ONE + 'headings = ["A head"]\n', ["'A head'", "0 lines"]),
        (ONE + 'sha256 = "00"\n', ["SHA-256 differs"]),
        (ONE + 'id = "A 1"\n', ["`id`"]),
        (ONE + 'related = [{ id = "zz", reason = "r" }]\n', ["'zz'", "not listed"]),
        (
            ONE + '[[source.quoted]]\nquote = "Second"\nby = "b"\ndate = "1997"\ndated = "stated"\n',
            ["'Second'", "0 times"],
        ),
        (ONE + '[[source.quoted]]\nquote = "Title"\nby = "b"\ndate = "x"\ndated = "stated"\n', ["quoted.date"]),
        (ONE + '[[source.quoted]]\nquote = "Title"\nby = "b"\ndate = "1997"\ndated = "so"\n', ["dated"]),
        ("source = []\n", ["lists no text"]),

        (ONE + 'anchors = ["Last words", "First"]\n', ["a: the closing anchor stands before"]),
        (ONE + 'anchors = ["Title\\n\\nFirst", "Last"]\n', ["runs over a line end"]),
        (ONE.replace("a.txt", "\\u0000"), ["is not a file that can be opened"]),
        (ONE.replace("a.txt", "x" * 300 + ".txt"), ["xxx"]),
        (ONE.replace("a.txt", ""), ["field `file`", "no words"]),
        (ONE.replace("a.txt", "."), ["no such file"]),
        (ONE + 'id = "abc\\n"\n', ["field `id`", "small letters and digits"]),
        (ONE + 'id = "record"\n', ["record for an id"]),
        (ONE + 'id = "referent"\n', ["referent for an id"]),
        (ONE.replace('"1997-01-05"', "1997-01-05"), ["`published`", "quotation marks"]),
        (ONE + "rights = " + "9" * 5000 + "\n", ["catalogue.toml"]),
        (ONE + "rights = 99999999999999999999999\n", ["`rights`", "quotation marks"]),
        (ONE + "rights = " + "[" * 50_000 + "\n", ["too deep"]),
        (ONE + 'quoted = [{ quote = "Title", by = "b", date = "", dated = "stated" }]\n', ["quoted.date"]),
        (ONE + 'quoted = [{ quote = "Title", by = "b", date = "not stated", dated = "stated" }]\n', ["quoted.date"]),
        (ONE + 'quoted = [{ quote = "", by = "b", date = "1997", dated = "stated" }]\n', ["stands"]),
    ]  # fmt: skip
FILES = [
        (TEXT.encode("utf-16"), ["UTF-16", "UTF-8"]),
        (TEXT.encode("utf-16-le"), ["UTF-16"]),
        (TEXT.encode("utf-16-be"), ["UTF-16"]),
        ("Fujimori’s".encode("cp1252"), ["not UTF-8", "Windows-1252 or Latin-1", "save"]),
        ("Túpac".encode("latin-1"), ["not UTF-8", "Windows-1252 or Latin-1", "save"]),
        (b"PK\x03\x04 text \x00 more text and more text", ["NUL"]),
        (b"", ["empty"]),
        (b" \r\n\t", ["empty"]),
    *((words.encode(), ["a.txt is empty"]) for words in ("\ufeff", "\ufeff \n", "\u00a0\u00a0\n\u00a0", "\u3000")),
]  # fmt: skip
NAMES = [
        ('city,"Ro"me"', "line 2: a double quotation mark"),
        ('city,"Rome', "line 2: a double quotation mark"),
        (f'city,"{"x" * 140_000}"', "line 2: a cell holds more than"),
        ("city,Rome,,,,extra", "line 2: there are more cells than names"),
        ("city,(MRTA)", "line 2, field `name`: it does not begin with a letter or digit"),
        ("city,#tag", "does not begin"),
        ("city,-", "does not begin"),
        ("city,", "line 2: the field `name` is missing"),
        ("city,Rome,zz", "city, Rome: There is no source 'zz'"),
        ("city,Rome,,a ¶9,Rome met", "a has ¶1 to ¶"),
        ("city,Rome,,a ¶1,Rome met", "does not stand in a ¶1"),
        ("city,Rome,,a 2,met Carthage", "the name not in the quote"),
        ("city,Rome,,a 2,", "belong together"),
        ("city,Rome,,zz 2,Rome", "no source 'zz'"),
        ("city,Rome,,a 2-1,Rome", "ends before it begins"),
        ("city,Rome,,a ¶,Rome", "not a citation"),
        ("city,Rome,,a " + "9" * 5000 + ",Rome", "not a citation"),
    ]  # fmt: skip
GLOSSARIES = [
        ('[[term]]\nterm = "x"\nmeaning = "m"\nalso = [""]\n', "term x, also 1: there are no words in it"),
        ('[[term]]\nterm = " "\nmeaning = "m"\n', "field `term`: there are no words in it"),
        ("term = " + "[" * 100_000, "too deep"),
        ("term = " + "9" * 5000, "can't be read as TOML"),
        ("[[term]]\nterm = 1997-01-05\nmeaning = 'm'\n", "Put the value in quotation marks"),
        ("term = 3\n", "expected `array`"),
    ]  # fmt: skip
ANCHORS = [
        (("Three", "Two"), "the closing anchor stands before the opening one"),
        (("One.\nTwo",), "runs over a line end"),
        (("\n\nThree",), "runs over a line end"),
        (("Two.\n", "Four"), "runs over a line end"),
        (("Two.\rThree", "Four"), "0 times"),
        (("",), "stands"),
        (("a", "b", "c"), "anchors"),
    ]  # fmt: skip
CITATIONS = ["", " ", "¶5", "rw888 ¶", "rw888 5,7", "rw888 5 6", "rw888 -5", "rw888 6-5", "rw888 " + "9" * 5000, "rw888 ¶1234567",
     "rw888 ¶٣", "a\0 1 2", None, 5, 3.1, [], b"rw888 5"]  # fmt: skip
FORMS = ["", "1997-2", "97", "1997-13", "1997-00", "1997-01-00", "1997-00-05", "1997-02-29", "0000", "000X", "1997-04-22T15:17", "19XX", "1997/", "/1997",
     "1997/1998/1999", "April 1997", "1997-04-22 ", "1997~~", "1997-W17", "１９９７",
     "[1997]", "[1997..]", "[..1997]", "[1997..1998", "[1997,1998]", "[1997..1998]?", "[[1997..1998]]"]  # fmt: skip
DATES = [
    "1" * 5000,
    "1/" * 50_000,
    "[" * 100_000,
    "9999-12-31/" + "0001-01-01",
    "\ud800",
    "a\0",
    "between " * 20_000,
    "Monday 31 February 1997",
]
PATTERNS = ["********!", "*a*a*a*a*a*a*b", "a*a*a*a*!", "* * * * *!", "*!*!*x", "(a+)+$", "x" * 10_001, "\0", " "]
LONG = ["a" * 50_000, "aa " * 15_000, "a!" * 25_000]
# Lines of a journal, and how many of them are left aside.
LINES = [
    (b'{"x": 1}\nnot json\n\xff\xfe\n[]\n', 4), (b"[" * 100_000 + b"\n", 1), (b"\0" * 100_000 + b"\n", 1),
    (b'{"key": "c", "value": 1, "counter": 1, "at": "yesterday", "kernel": "k"}\n', 1), (b'{"key": "b"', 0),
    (b'{"key": 3, "value": 1, "counter": "1", "at": "", "kernel": "k"}\n' * 1000, 1000), (b"\n" * 100_000, 0),
    (b'{"key": "c", "value": 1, "counter": 1e999, "at": "2026-01-01T00:00:00+00:00", "kernel": "k"}\n', 1),
]  # fmt: skip
ANSWERS = [
    object(),
    {None: 1, (1, 2): 2},
    "\ud83d alone",
    {1, 2, object()},
    10**400,
    [[[[[[[["x"]]]]]]]],
    "word " * 200_000,
]


def one_of(name: str, rows: list, do) -> list:
    return [pytest.param(do, *row, id=f"{name} {at}") for at, row in enumerate(rows)]


def catalogue(folder, words):
    load_corpus(folder(words, a=TEXT))


def file(folder, data):
    load_corpus(folder(ONE, a=data))


def listed(folder, name, words):
    place = folder(ONE, a=ROME)
    (place / name).write_text(words, encoding="utf-8")
    corpus = load_corpus(place)
    return labels(corpus), read(corpus, "a").terms


def names(folder, rows):
    listed(folder, "labels.csv", f"referent,name,source,cite,quote\n{rows}\n")


def glossary(folder, words):
    listed(folder, "glossary.toml", words)


def anchors(folder, given):
    read_source("One.\nTwo.\n\nThree.\nFour.", id="a", anchors=given)


def of_a_class(folder, name, data):
    place = folder()
    (place / name).write_bytes(data)
    raise KitError(class_results(place).unread[0][1])


REFUSED = [
    *one_of("catalogue", CATALOGUES, catalogue),
    *one_of("file", [(data, words if words[0].startswith("a.txt") else ["a.txt", *words]) for data, words in FILES], file),
    *one_of("labels.csv", [(rows, ["labels.csv, ", says]) for rows, says in NAMES], names),
    *one_of("glossary.toml", [(words, ["glossary.toml", says]) for words, says in GLOSSARIES], glossary),
    *one_of("anchors", [(given, [says]) for given, says in ANCHORS], anchors),
    *one_of("citation", [(words, []) for words in CITATIONS], lambda _, words: Cite.parse(words)),
    *one_of("EDTF", [(form, []) for form in FORMS], lambda _, form: interval(form)),
    *one_of("date", [(words, []) for words in DATES], lambda _, words: typed(words)),
    *one_of("hand-in", [(data, [says]) for data, says in BAD.values()], lambda _, data: read_hand_in(data, "ana.html")),
    *one_of("class", [((name, data), [says]) for name, (data, says) in HOSTILE.items()], lambda folder, one: of_a_class(folder, *one)),
]  # fmt: skip


@pytest.fixture(autouse=True)
def within_limits(tmp_path, monkeypatch, request):
    """Processor time and memory are watched from the first line of a test to its last; hypothesis watches its own."""
    monkeypatch.setenv("LIMA_WORK", str(tmp_path / "work"))
    sessions.leave()
    if hasattr(request.function, "hypothesis"):  # which makes tables of all letters when it runs for the first time
        yield
        sessions.leave()
        return
    tracemalloc.start()
    began = time.process_time()
    yield
    took, (_, peak) = time.process_time() - began, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    sessions.leave()
    assert took < SECONDS and peak < MEMORY, f"{took:.1f} s, {peak / 1e6:.0f} million bytes"


@pytest.mark.parametrize(("do", "given", "words"), REFUSED)
def test_it_is_refused_in_one_sentence(do, given, words, folder):
    with pytest.raises(KitError) as error:
        do(folder, given)
    said = str(error.value)
    assert [word for word in words if word not in said] == [], said
    assert "\n" not in said and len(said) < 700
    assert said.rstrip().endswith((".", "?")) or "python -m helpers check" in said
    assert error.value._render_traceback_() == [said]


@pytest.mark.parametrize("words", PATTERNS, ids=lambda words: words[:12])
def test_a_pattern_finds_or_is_refused_and_does_not_run_away(words):
    for text in LONG:
        try:
            concordance(read_source(text, id="a"), words)
        except KitError as error:
            assert "\n" not in str(error)


@pytest.mark.parametrize(("data", "aside"), LINES, ids=range(len(LINES)))
def test_foreign_lines_of_a_journal_are_left_aside(data, aside, tmp_path):
    mine = Journal(tmp_path)
    mine.write("a", 1)
    (tmp_path / "foreign.jsonl").write_bytes(data)
    again = Journal(tmp_path)
    again.refresh()
    assert again["a"] == 1 and again.skipped == aside and set(again.newest) == {"a"}


@pytest.mark.parametrize("value", ANSWERS, ids=lambda value: str(type(value).__name__))
def test_an_answer_of_any_kind_is_kept_or_refused_and_the_next_is_saved(value):
    for id in ("01.6", "03.2", "08.6"):
        try:
            answer(id, value)
        except KitError as error:
            assert "\n" not in str(error)
    answer("01.6", "5")
    sessions.leave()
    assert sessions.session().desk.journal["01.6"] == "5"


# ---- By chance ----

CHARACTERS = st.text(alphabet=st.characters(blacklist_categories=("Cs",)), max_size=60)
KEYS = st.sampled_from(["01.1", "01.2", "03.5"])


@given(st.text(max_size=40))
def test_any_words_are_an_interval_or_a_sentence(words):
    try:
        found = interval(words)
    except KitError as error:
        assert "\n" not in str(error)
    else:
        assert found.earliest <= found.latest


@given(st.text(max_size=30), st.lists(st.sampled_from(["a", "bb", "rw888"]), max_size=3))
def test_any_words_are_a_citation_or_a_sentence(words, known):
    try:
        assert Cite.parse(str(Cite.parse(words))) == Cite.parse(words)
    except KitError as error:
        assert "\n" not in str(error)
    assert all(0 <= start < end <= len(words) for start, end, _ in cites_in(words, set(known)))


@given(st.lists(CHARACTERS, min_size=1, max_size=6), CHARACTERS)
def test_any_text_is_loaded_and_searched_or_refused(lines, words):
    try:
        source = read_source("\n".join(lines), id="a")
    except KitError as error:
        assert "\n" not in str(error)
        return
    assert all(source.text[span.start : span.end] == span.text for span in source.spans)
    try:
        assert len(concordance(source, words)) <= len(source.text)
    except KitError as error:
        assert "\n" not in str(error)


@given(st.lists(st.tuples(KEYS, st.integers(0, 3), st.integers(0, 2), st.integers(0, 99)), max_size=12), st.randoms())
def test_the_newest_of_a_journal_does_not_hang_on_where_or_in_which_order_lines_stand(
    tmp_path_factory, rows, by_chance
):
    lines = [
        Line(key, value, counter, "2026-01-01T00:00:00+00:00", f"k{kernel}{at}")
        for at, (key, counter, kernel, value) in enumerate(rows)
    ]
    found = []
    for _ in range(2):
        place = tmp_path_factory.mktemp("journal")
        by_chance.shuffle(lines)
        for at in range(2):
            (place / f"{at}.jsonl").write_bytes(b"".join(msgspec.json.encode(line) + b"\n" for line in lines[at::2]))
        journal = Journal(place)
        journal.refresh()
        found.append({key: line.value for key, line in journal.newest.items()})
    assert found[0] == found[1]
    assert found[0] == {line.key: line.value for line in sorted(lines, key=lambda line: line.order)}
