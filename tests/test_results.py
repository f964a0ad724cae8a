"""A class read together: what is counted, whose it is, and files that are made to do harm."""

import os
import re
import time
import tracemalloc
from html.parser import HTMLParser

import pytest
from classes import GOOD, HOSTILE, PAYLOADS, bare_page, by, payload_class, whole, write, zipped
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import class_results
from helpers.base.errors import KitError
from helpers.lessons.answers import PASS
from helpers.lessons.desk import work_folder
from helpers.lessons.grids import Grid
from helpers.lessons.ledger import Ledger
from helpers.lessons.sheets import numbers, sheet
from helpers.paper import restore, results, results_counts
from helpers.paper.results_people import NAMES, invented

SAMPLE = class_results("sample")
LONG = "so that there are as many words as this question asks for before it is an answer"


class Page(HTMLParser):
    """The tags and attributes of a page, and its words: those that stand open, and those that wait to be asked for."""

    def __init__(self, thing):
        super().__init__()
        self.tags, self.attributes, self.open, self.closed, self.inside = set(), set(), "", "", []
        self.feed(thing._repr_html_())

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag in ("details", "summary", "style"):
            self.inside.append("open" if tag == "details" and ("open", None) in attrs else tag)

    def handle_endtag(self, tag):
        if tag in ("details", "summary", "style"):
            self.inside.pop()

    def handle_data(self, data):
        closed = [tag for tag in self.inside if tag != "open"]
        if closed in ([], ["details", "summary"]):
            self.open += f"{data} "
        elif "style" not in closed:
            self.closed += f"{data} "


def class_of(folder, *made, **more):
    return class_results(write(folder, *made), **more)


def rows(table) -> list[tuple]:
    return list(table.itertuples(index=False, name=None))


# ---- What is counted ----

# Lesson, question, answers of a class; the counts, those of most answers first.
COUNTED = {
    "a choice, by its key or its words": (3, 5, ["a", "b", "b", "c", "B"], [1, 3, 1, 0]),
    "a judgement with a reason": (3, 5, [{"answer": "a", "reason": "x"}, {"answer": "a", "reason": "y"}], [2, 0, 0, 0]),
    "a date, however written": (7, 3, ["8 March 1997", "1997-03-08", "March 8, 1997", "March 1997"], [3, 1]),
    "a number, in figures or words": (8, 9, ["two", "2", " 2 ", "three"], [3, 1]),
    "an order": (8, 1, ["a b c d e f g", ["b", "a", "c", "d", "e", "f", "g"]], [1, 1]),
    "a prediction with a unit": (7, 1, ["5", "five", {"answer": "all 5", "confidence": "3"}, "2"], [3, 1]),
    "passed over, blank, unreadable": (3, 5, [PASS, "", None, "z", ["a"], {"reason": "x"}, "a"], [1, 0, 0, 0]),
}


@pytest.mark.parametrize("case", COUNTED)
def test_answers_that_say_the_same_are_counted_as_one(case, tmp_path):
    lesson, number, answers, counts = COUNTED[case]
    found = class_of(tmp_path, *(by(f"S{n}", lesson, **{f"q{number}": one}) for n, one in enumerate(answers)))
    assert found.lesson == lesson
    assert [count for _, count in found.tallies[0].counts] == counts
    assert found.tallies[0].given == sum(counts)


def test_the_rows_of_groups_become_one_table(tmp_path):
    one = by("A", q2={"rw888": ["MRTA", "took over", "home"], "l5i": ["none", "reached", "not said"]})
    two = by("B", q2={"rw888": ["the MRTA", "seized", "home"]})
    found = class_of(tmp_path, one, two, by("C", q2={"l5i": ["nobody", "-", "not stated"]}))
    assert ("03.2", "rw888", "who does it", "MRTA", 2) in rows(found.rows)
    assert [one.counts[0][1] for one in found.tallies if one.row == "l5i"] == [2, 1, 2]  # none, by any name
    assert {row[2:] for row in rows(found.rows) if row[1] == "rw888"} == {
        ("who does it", "MRTA", 2), ("the verb", "took over", 1), ("the verb", "seized", 1), ("the building", "home", 2)
    }  # fmt: skip
    words = " ".join(Page(found).open.split())
    assert "took over 1" in words and "The MRTA (given)" in words


def test_events_of_all_timelines_stand_in_one(tmp_path):
    raid = {"title": "The raid", "from": "22 April 1997", "source": "ww188", "citation": "ww188 1"}
    again = raid | {"title": "Peruvian forces raid the residence", "from": "1997-04-22"}
    first = {"title": "People are taken hostage", "from": "1996-12-17", "citation": "rw898 1"}
    era = {"title": "Years of war", "from": "the 1980s", "to": "the 1990s", "citation": "record"}
    loose = {"title": "Sometime", "from": "long ago", "citation": ""}
    found = class_of(tmp_path, by("A", 8, q6=[loose, raid, era]), by("B", 8, q6=[again, again, first]))
    assert [(event.days, event.students) for event in found.events] == [
        ("198X/199X", 1), ("1996-12-17", 1), ("1997-04-22", 2), ("no day", 1)
    ]  # fmt: skip
    assert found.events[2].titles == ("The raid", "Peruvian forces raid the residence")


def test_the_most_divided_stands_first_and_few_answers_last(tmp_path):
    made = [by(f"S{n}", q5="abcd"[n % 4], q11="aaab"[n % 4]) for n in range(8)]
    made[0] = by("S0", q5="a", q11="a", q2={"l5i": ["x", "y", "z"]})
    made[1] = by("S1", q5="b", q11="a", q2={"l5i": ["u", "v", "w"]})
    made[2] = by("S2", q5="c", q11="a", q2={"l5i": ["r", "s", "t"], "rw888": "one"})
    made[4] = by("S4", q5="a", q11="a", q2={"rw888": "two"})
    made += [by("S8", q2={"rw888": "three", "ww188": "1"}), by("S9", q2={"ww188": "2"}), by("S10", q2={"ww188": "3"})]
    found = class_of(tmp_path, *made)
    assert [one.asked.id for one in found.divided] == ["03.5", "03.11", *["03.2"] * 5]
    assert found.divided[0].apart == 6 and found.divided[0].divided == 0.75


def test_each_word_is_counted_once_a_student_and_whole(tmp_path):
    marks = [["reluctant guests"], ["guests"], ["reluctant", "reluctant guests"], PASS, ["nowhere"], ["luctant gue"]]
    found = class_of(tmp_path, *(by(f"S{n}", q4={"l5i 3": one, "note": "x"}) for n, one in enumerate(marks)))
    assert rows(found.words) == [("l5i ¶3", "guests", 4, 4), ("l5i ¶3", "reluctant", 3, 4)]
    assert "Marked by most (4 of 4): “guests”. By fewest (3): “reluctant”." in Page(found).open


def test_a_line_is_the_thicker_the_more_marked_and_a_share_that_is_just_reached_counts(tmp_path):
    made = [
        by(f"S{n}", q4={"l5i 3": one})
        for n, one in enumerate([["reluctant guests"], ["guests"], ["hearts"], ["hearts"]])
    ]
    drawn = re.findall(r'<span class="line line(\d)">(\w+)</span>', class_of(tmp_path, *made).marked[0].drawn)
    assert {words: band for band, words in drawn if words != "marked"} == {
        "reluctant": "1",
        "guests": "2",
        "hearts": "2",
    }


def test_a_second_place_of_the_same_words_is_another(tmp_path):
    made = [by(f"S{n}", q4={"rw898 20": [{"quote": "the", "nth": nth}]}) for n, nth in enumerate([1, 2, 2])]
    assert sorted(count for _, count in class_of(tmp_path, *made).marked[1].most) == [1, 2]


def test_two_answers_with_the_fewest_words_in_common(tmp_path):
    texts = [f"one two three {LONG}", f"one two four {LONG}", "quite other words " * 6 + "in this", "too short"]
    found = class_of(tmp_path, *(by(f"S{n}", q6=words) for n, words in enumerate(texts)))
    assert [name for name, _ in found.pairs[0].answers] in (["S0", "S2"], ["S1", "S2"])
    assert len(found.pairs) == 1 and found.pairs[0].shared < 20


def test_one_answer_alone_is_no_pair(tmp_path):
    assert class_of(tmp_path, by("A", q6=LONG), by("B", q6=LONG), by("C", q6="short")).pairs == []


# ---- Whose they are ----


def test_who_stopped_where_and_who_is_missing(tmp_path):
    made = [by("Ben", q1="x"), by("ana", q1="x", q5="a", q12="x"), by("Cy"), by("Dee", q1=PASS, q2=PASS)]
    found = class_of(tmp_path, *made, names=["Ana", "Ben", "Eli", "Cy"])
    assert [row[0] for row in rows(found.handed)] == ["ana", "Ben", "Cy", "Dee"]
    assert list(found.handed["got to"]) == ["03.5", "03.1", "", "03.2"]
    assert list(found.handed["answered"]) == ["2 of 6", "1 of 6", "0 of 6", "0 of 6"]
    assert found.missing == ["Eli"] and found.strangers == ["Dee"]
    assert [(count, last) for _, count, last in found.steps][:2] == [(2, 1), (0, 1)]


def test_the_class_list_may_lie_in_the_folder(tmp_path):
    (tmp_path / "names.txt").write_bytes("\ufeffAna\r\n\r\n  Zoë  X \r\n".encode())
    assert class_of(tmp_path, by("ana")).missing == ["Zoë X"]


# Files of one name, oldest first; how many students they are, and whose answer to 03.5 each has.
OF_ONE_NAME = {
    "again, with more": ([{"q6": LONG}, {"q6": LONG, "q5": "b"}], ["b"]),
    "again, one changed": ([{"q6": LONG, "q5": "a"}, {"q6": LONG, "q5": "b"}], ["b"]),
    "two students": ([{"q6": LONG, "q5": "a"}, {"q6": "quite another " + LONG, "q5": "b"}], ["a", "b"]),
    "two students, one of them twice": (
        [{"q6": LONG}, {"q6": "x " + LONG, "q5": "a"}, {"q6": LONG, "q5": "c"}],
        ["a", "c"],
    ),
    "nothing at first": ([{}, {"q5": "d"}], ["d"]),
}


@pytest.mark.parametrize("case", OF_ONE_NAME)
@pytest.mark.parametrize("name", ["Ana", ""])
def test_the_newest_of_a_student_and_two_of_one_name(case, name, tmp_path):
    given, kept = OF_ONE_NAME[case]
    found = class_of(tmp_path, *(by(name, **answers) for answers in given))
    assert sorted(person.kept["03.5"] for person in found.people) == kept
    shown = name or "no name"
    assert [person.name for person in found.people] == [shown, f"{shown} (2)"][: len(kept)]
    assert all(person.note for person in found.people)


def test_the_day_counts_before_the_time_of_the_file(tmp_path):
    new, old = by("Ana", day="1997-04-24", q6=LONG, q5="a"), by("Ana", day="1997-04-23", q6=LONG, q5="b")
    assert class_of(tmp_path, new, old).people[0].kept["03.5"] == "a"
    assert class_of(tmp_path, by("Ana", day="9999-99-99", q6=LONG, q5="c"), old).people[0].kept["03.5"] == "b"


def test_the_lesson_of_most_files_is_shown_and_others_are_named(tmp_path):
    made = [by("A", 3, q5="a"), by("A", 7, q1="5"), by("B", 3, q5="a"), by("C", 55)]
    found = class_of(tmp_path, *made)
    assert found.lesson == 3 and found.others == {7: 1, 55: 1}
    assert "1 of lesson 07" in Page(found).open
    assert class_results(tmp_path, lesson=7).people[0].name == "A"
    with pytest.raises(KitError, match="Lesson 55 has no questions"):
        class_results(tmp_path, lesson=55)


def test_an_older_kit_is_read_as_far_as_its_questions_are_asked(tmp_path):
    found = class_of(tmp_path, by("A", q5="a", q99="gone", q2={"no such row": ["x"]}))
    assert list(found.people[0].kept) == ["03.5"]


# ---- What is shown ----


def test_names_wait_until_they_are_asked_for():
    page = Page(SAMPLE)
    for name in NAMES.split():
        assert not re.search(rf"\b{name}\b", page.open), name
        assert re.search(rf"\b{name}\b", page.closed), name


def test_who_wrote_an_answer_waits_longer_than_the_answer():
    html = SAMPLE._repr_html_().replace(SAMPLE.handed.html(1000), "")
    html = re.sub(r"<details><summary>Who wrote this\?</summary>.*?</details>", "", html)
    for pair in SAMPLE.pairs:
        for name, words in pair.answers:
            assert not re.search(rf"\b{name}\b", html), name
            assert words[:20] in html.replace("&#34;", '"')


def test_no_word_of_right_and_wrong():
    page = Page(SAMPLE)
    assert not re.search(r"\b(correct|wrong|mistakes?|score|grade|accepted|refused)\b", page.open + page.closed)


def test_reasons_notes_and_free_columns_are_not_shown(tmp_path):
    free = {"rw888 ¶1 On December 17": {"the date": "1996-12-17", "counted from": "SECRET"}}
    one = by("A", q4={"l5i 3": ["guests"], "note": "SECRET"}, q5={"answer": "a", "reason": "SECRET"})
    for lesson, made in ((3, one), (7, by("B", 7, q2=free)), (8, by("C", 8, q6=[{"title": "t", "note": "SECRET"}]))):
        found = class_of(tmp_path, made)
        assert found.lesson == lesson and (found.tallies or found.events)
        assert "SECRET" not in found._repr_html_() + repr(found) + "".join(
            table.to_csv() for table in (found.handed, found.split, found.words, found.rows, found.aloud)
        )


@pytest.mark.parametrize("number", numbers())
def test_every_lesson_can_be_shown_and_the_sample_has_something_of_each_kind(number):
    found = class_results("sample", lesson=number)
    assert len(found.people) == 30
    assert "30 students handed in" in Page(found).open
    assert bool(found.grids) == any(
        isinstance(one, Grid) and not isinstance(one, Ledger) for one in sheet(number).question
    )


def test_a_class_handed_in_as_files_is_the_same_class(tmp_path, corpus):
    write(tmp_path, *invented(3), page=lambda made: whole(made, corpus))
    found = class_results(tmp_path)
    for part in ("split", "words", "rows", "aloud"):
        assert rows(getattr(found, part)) == rows(getattr(SAMPLE, part))
    assert rows(found.handed[["name", "got to"]]) == rows(SAMPLE.handed[["name", "got to"]])
    assert not found.unread


def test_without_a_folder_one_is_made_and_an_empty_one_says_so():
    place = work_folder() / "handed_in"
    assert "Nothing to read lies in the folder work/handed_in" in " ".join(Page(class_results()).open.split())
    assert "names.txt" in (place / "readme.txt").read_text(encoding="utf-8")
    assert class_results().unread == ()


@pytest.mark.parametrize("folder", ["no such folder", "a\0b", "~nobody/x", "x" * 5000, "README.md"])
def test_a_folder_that_is_not_there_is_said_in_a_sentence(folder):
    with pytest.raises(KitError, match="folder"):
        class_results(folder)


# ---- Files made to do harm ----


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_of_no_use_is_listed_with_the_reason_and_stops_nobody(name, tmp_path):
    data, reason = HOSTILE[name]
    (tmp_path / name).write_bytes(data)
    found = class_of(tmp_path, by("Ana", q5="a"))
    assert len(found.people) == 1
    assert len(found.unread) == 1 and reason in found.unread[0][1]
    assert name in found.unread[0][0]
    assert not re.search("[<`$]|regex", found.unread[0][1])  # a sentence for a teacher, not the machine's
    assert found.unread[0][1] in " ".join(Page(found).open.split()).replace("&amp;", "&")


def test_links_pipes_and_deep_folders_are_not_followed(tmp_path):
    outside = tmp_path / "outside"
    inside = tmp_path / "class" / "a" / "b" / "c" / "d"
    outside.mkdir()
    inside.mkdir(parents=True)
    write(outside, by("Outside"))
    write(inside, by("Four deep"))
    (inside / "e").mkdir()
    write(inside / "e", by("Five deep"))
    (tmp_path / "class" / "link.html").symlink_to(outside / "001.html")
    (tmp_path / "class" / "folder").symlink_to(outside)
    (tmp_path / "class" / "names.txt").symlink_to("/etc/passwd")
    os.mkfifo(tmp_path / "class" / "pipe.html")
    found = class_results(tmp_path / "class")
    assert [person.name for person in found.people] == ["Four deep"]
    assert sorted(reason.split(".")[0] for _, reason in found.unread) == [
        "It is a link or a device, not a file", "It is a link or a device, not a file",
        "It is a link or a device, not a file", "It lies more than 4 folders deep",
    ]  # fmt: skip
    assert found.listed == ()


def test_zips_are_read_where_they_lie_and_no_name_in_them_is_a_path(tmp_path):
    names = ("../../evil.html", "/evil.html", "C:\\evil.html", "a/b\\..\\c.htm", "\u202elmth.html")
    pages = {name: bare_page(by(f"S{n}", q5="a")) for n, name in enumerate(names)}
    (tmp_path / "class.zip").write_bytes(
        zipped(pages | {"__MACOSX/._x.html": b"", "sub/own.zip": zipped({"x.html": GOOD}), "x/": b""})
    )
    (tmp_path / "renamed.html").write_bytes(zipped({"y.html": bare_page(by("Re")), "z.html": bare_page(by("named"))}))
    before = sorted(tmp_path.parent.rglob("*"))
    found = class_results(tmp_path)
    assert sorted(person.name for person in found.people) == ["Mallory", "Re", "S0", "S1", "S2", "S3", "S4", "named"]
    assert found.unread == () and sorted(tmp_path.parent.rglob("*")) == before


# Each limit, what it is set to, and how many of eight files are read then.
LIMITS = {
    "FILES": {8: 8, 7: 7},
    "TOTAL": {8 * len(bare_page(by("S0"))): 8, 8 * len(bare_page(by("S0"))) - 1: 7},
    "FILE": {len(bare_page(by("S0"))): 8, len(bare_page(by("S0"))) - 1: 0},
    "ENTRIES": {8: 8, 7: 7},
}


@pytest.mark.parametrize("limit, most, read", [(name, *one) for name, of in LIMITS.items() for one in of.items()])
def test_one_more_than_a_limit_is_left_out_and_said(limit, most, read, tmp_path, monkeypatch):
    monkeypatch.setattr(restore, limit, most)
    found = class_of(tmp_path, *(by(f"S{n}") for n in range(8)))
    assert len(found.people) == read
    assert bool(found.unread) == (read < 8)


PLAIN = set(
    "div style h3 h4 p table tr th td tbody thead caption span strong em b bdi blockquote details summary".split()
)
PLAIN |= set("section figure ul li br code i".split())


def test_payloads_are_words(tmp_path):
    found = class_of(tmp_path, *payload_class())
    page = Page(found)
    assert len(found.people) == len(PAYLOADS)
    assert page.tags <= PLAIN, page.tags - PLAIN
    assert not [name for name in page.attributes if name.startswith("on") or name in ("src", "href")]
    assert PAYLOADS[0] in page.open + page.closed
    assert "49" not in re.findall(r"\b49\b", page.closed)


def test_a_table_that_is_exported_does_no_harm_in_a_spreadsheet(tmp_path):
    formulas = ["=1+1", "+1", "-1", "@x", "\t=1", " =1", "\ufeff=1"]
    made = [by(words, q2={"l5i": {"the verb": words}}, q6=f"{words} {LONG}") for words in formulas]
    found = class_of(tmp_path, *made)
    for part in ("handed", "split", "rows", "aloud"):
        for cell in getattr(found, part).to_numpy().ravel():
            assert not str(cell).strip(" \ufeff").startswith(("=", "+", "-", "@", "\t", "\r")), (part, cell)


@pytest.mark.parametrize("cell", ["=1", " =1", "\ufeff =1", "-1", "\t1", 1, None, "a=1"])
def test_a_cell_that_a_spreadsheet_would_run_has_a_mark_before_it(cell):
    harmful = isinstance(cell, str) and cell != "a=1"
    assert results._harmless(cell) == (f"'{cell}" if harmful else "" if cell is None else cell)


WORDS = st.one_of(st.text(max_size=12), st.sampled_from(["l5i 3", "rw888", "the verb", "note", "quote", "nth", "pass"]))
VALUE = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), WORDS),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(WORDS, inner, max_size=4)),
    max_leaves=12,
)
IDS = st.sampled_from([asked.id for number in (3, 7, 8) for asked in sheet(number).question])


@settings(max_examples=60)
@given(st.lists(st.tuples(IDS, VALUE), max_size=8), WORDS)
def test_no_answer_whatever_stops_the_page(answers, name):
    for lesson in (3, 7, 8):
        made = by(
            name, lesson, name[:10], **{f"q{id[3:]}": value for id, value in answers if id[:2] == f"{lesson:02d}"}
        )
        found = results._results([results.Read(made, "f", ())] * 2, [], "x", lesson, [name])
        assert found._repr_html_() and repr(found)


# ---- How long it takes ----


def seconds(folder) -> float:
    started = time.process_time()
    class_results(folder, lesson=3)._repr_html_()
    return time.process_time() - started


def test_three_hundred_take_no_longer_each_than_thirty(tmp_path):
    folders = {}
    for students in (30, 300):
        folders[students] = tmp_path / str(students)
        folders[students].mkdir()
        write(folders[students], *invented(3, students))
        seconds(folders[students])
    took = {students: min(seconds(folder) for _ in range(3)) for students, folder in folders.items()}
    print(f"30: {took[30]:.3f} s, 300: {took[300]:.3f} s, each {took[300] / took[30] / 10:.2f}")
    assert took[300] / took[30] <= 12


def test_a_class_with_hostile_files_stays_small(tmp_path):
    for name, (data, _) in HOSTILE.items():
        (tmp_path / name).write_bytes(data)
    write(tmp_path, *invented(3))
    tracemalloc.start()
    found = class_results(tmp_path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    print(f"peak {peak / 1e6:.1f} million bytes")
    assert len(found.people) == 30 and len(found.unread) == len(HOSTILE)
    assert peak < 25_000_000


def test_counts_are_cut_where_a_class_would_drown_them():
    assert len(results_counts.cut("x" * 999, results_counts.SHORT)) < 200
