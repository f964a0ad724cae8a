"""One file to hand in: all that was answered, nothing that is private, written whole, and made only when asked for."""

import base64
import json
import os
import re
import subprocess
import sys
import time
import zipfile
from datetime import date
from html import unescape
from io import BytesIO

import pytest
from test_exercises import restart, some_answer
from whole import EVERY, FREE, HARM, answer_all, with_notes

from helpers import answer, ask, hand_in, lesson
from helpers.base.html import Typed, rich
from helpers.base.writing import write
from helpers.lab.head import DELETING
from helpers.lessons.answers import DRAFT, PASS, Remark, State, Verdict
from helpers.lessons.handed import GONE, hand_in_of, said_in
from helpers.lessons.session import session
from helpers.lessons.sheets import question, sheet
from helpers.paper.hand_in import _near, counted, file_name, page_of
from helpers.paper.restore import OPEN, read_hand_in


@pytest.fixture(autouse=True)
def work(tmp_path, monkeypatch):
    monkeypatch.setenv("LIMA_WORK", str(tmp_path / "work"))
    restart()
    yield tmp_path / "work"
    restart()


def entry(id: str, **how):
    """What is handed in of one question; None if it is left out."""
    return next((one for one in hand_in_of(session(), **how).answers if one.id == id), None)


def page(**how) -> str:
    return page_of(hand_in_of(session(), **how), session().corpus)


def text_of(html: str) -> str:
    """The words of a page that are seen."""
    body = html.partition("<body>")[2].partition(OPEN)[0]
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


def press(box, label: str):
    """Press a button of a box."""
    for one in walk(box):
        if getattr(one, "description", None) == label and hasattr(one, "click"):
            return one.click()
    raise AssertionError(f"no button {label}")


def walk(box):
    yield box
    for child in getattr(box, "children", ()):
        yield from walk(child)


# ---- What is in it ----


def test_the_whole_course_is_handed_in_and_read_again(corpus):
    session().sign("Ana")
    answer_all()
    start = time.process_time()
    made = hand_in_of(session(), notes=True)
    html = page_of(made, corpus)
    assert time.process_time() - start < 5
    assert len(html.encode()) < 300_000
    assert read_hand_in(html.encode()) == made
    assert {one.id for one in made.answers if one.answered} == {asked.id for asked in EVERY}
    assert (made.name, made.day, made.notes) == ("Ana", date.today().isoformat(), True)
    for asked in EVERY:
        assert f"{asked.id} · " in html


def test_nothing_runs_and_nothing_is_fetched():
    answer_all()
    html = page()
    assert "default-src 'none'; style-src 'unsafe-inline'" in html
    assert not re.search(r"<(script|img|link|iframe|object|embed|form|svg|base)\b|\son\w+=|url\(|https?:|@import", html)
    assert os.uname().nodename not in html and session().desk.journal.kernel not in html


@pytest.mark.parametrize(
    "do, fields",
    [
        (lambda: answer("01.6", "5"), {"state": "refused", "answer": "5", "tries": 1}),
        (lambda: [answer("01.6", n) for n in ("5", "6")], {"answer": "6", "tries": 2}),
        (lambda: answer("01.6", "pass"), {"state": "passed", "answer": PASS, "tries": 0}),
        (lambda: session().typed("01.6", "7 or 8"), {"state": "open", "answer": None, "unsent": "7 or 8"}),
        (lambda: (answer("01.6", "5"), session().typed("01.6", "6")), {"answer": "5", "unsent": "6"}),
        (lambda: (answer("01.6", "5"), session().typed("01.6", "5 ")), {"answer": "5", "unsent": "5 "}),
        (lambda: (session().typed("01.6", "9"), answer("01.6", "pass")), {"answer": PASS, "unsent": None}),
        (lambda: (answer("01.6", "5"), session().typed("01.6", "")), {"answer": "5", "unsent": None}),
        (lambda: session().tell_key(question("01.6")), {"state": "open", "told": True, "early": False}),
        (lambda: session().show("01.6"), {"early": True, "told": False}),
        (lambda: (session().show("01.6"), answer("01.6", "5")), {"early": True, "answer": "5"}),
        (lambda: (answer("01.6", "5"), session().show("01.6")), {"early": False}),
        (lambda: (answer("01.6", "pass"), session().show("01.6")), {"early": True}),
        (lambda: (session().show("01.6"), session().clear(1), answer("01.6", "5")), {"early": False, "answer": "5"}),
        (lambda: session().desk.journal.write("01.6", [["x"]]), {"state": "unreadable", "answer": [["x"]]}),
        (lambda: session().desk.journal.write("97.3", "old words"), None),
    ],
)
def test_one_question_says_how_it_stands(do, fields):
    do()
    if fields is None:
        gone = entry("97.3")
        assert (gone.state, gone.answer) == (GONE, "old words")
        assert "97.3" in page() and "No longer asked." in page() and "old words" in page()
    else:
        one = entry("01.6")
        assert {name: getattr(one, name) for name in fields} == fields
        assert (one.title, one.badge) == (question("01.6").title, "the computer checks")


@pytest.mark.parametrize("asked", EVERY, ids=lambda asked: asked.id)
def test_what_was_said_is_said_in_the_same_words(asked):
    said = answer(asked.id, some_answer(asked)).shown.verdict.lines
    assert entry(asked.id).said == said
    shown = re.sub(r"\W|_", "", unescape(text_of(page())))
    for line in said:
        assert re.sub(r"\W|_", "", line) in shown


def test_open_questions_are_in_it_for_the_lesson_of_this_page_alone():
    ask("03.1")
    answer("01.6", "5")
    ids = [one.id for one in hand_in_of(session()).answers]
    assert ids == [*(asked.id for asked in sheet(3).question), "01.6"]
    assert hand_in_of(session()).lesson == 3
    assert counted(hand_in_of(session())) == "1 answer of lesson 01"


@pytest.mark.parametrize("id", [asked.id for asked in EVERY])
def test_notes_stay_here_unless_they_are_ticked(id):
    asked = question(id)
    plainly, noted = some_answer(asked), with_notes(asked, some_answer(asked))
    answer(id, noted)
    session().typed(id, noted)
    assert FREE not in page() and FREE not in msg(entry(id))
    assert (FREE in msg(entry(id, notes=True))) == (noted != plainly)
    if noted != plainly:
        assert FREE in text_of(page(notes=True))


def msg(one) -> str:
    return json.dumps([one.answer, one.unsent, one.said], ensure_ascii=False)


# ---- What it looks like ----


@pytest.mark.parametrize(
    "id, value, words",
    [
        ("01.2", "b", [sheet(1).question[2].option[1].text]),
        ("07.3", "16.3.1997", ["16.3.1997 read as 16 Mar 1997"]),
        ("03.4", {"l5i 3": ["reluctant guests"], "rw898 20": "pass"}, ["l5i ¶3", "reluctant guests", "Passed over."]),
        ("03.4", {"l5i 3": ["no such words"]}, ["Marked, but not in this passage no such words"]),
        ("08.8", "not a date", ["not a date"]),
        ("07.12", "a c f b d e g", ["On February 16"]),
    ],
)
def test_an_answer_is_readable(id, value, words):
    session().desk.journal.write(id, question(id).read(value) if value != "not a date" else value)
    shown = unescape(text_of(page()))
    for one in words:
        assert one in shown


def test_marks_stand_in_their_passage_and_a_timeline_has_bars():
    answer("03.4", {"l5i 3": ["reluctant guests"], "rw898 20": "pass"})
    answer("08.6", some_answer(question("08.6")))
    html = page()
    assert re.search(r"\w <mark>reluctant guests</mark>", html)
    bars = re.findall(r'<i style="left: ([\d.]+)%; width: ([\d.]+)%"></i>', html)
    assert len(bars) == len(some_answer(question("08.6")))
    assert all(float(left) + float(width) <= 100.1 for left, width in bars)


@pytest.mark.parametrize(
    "value",
    ["x", 5, True, [], [["y"]], {"z": {"z": ["z"]}}, {"answer": {"a": 1}}, [{"from": 3}], {"l5i 3": [3]}, {"note": 1}],
)
def test_a_value_that_fits_no_question_is_shown_as_it_is(value, corpus):
    for asked in EVERY:
        session().desk.journal.write(asked.id, value)
    made = hand_in_of(session())
    assert read_hand_in(page_of(made, corpus).encode()) == made


def test_typed_words_in_what_is_said_are_never_markdown():
    typed = Typed("[a](http://b) *c* <d> `e` ![f](g)")
    lines = said_in(Verdict(State.REFUSED, (typed,), (Remark("0", "", typed), Remark("r", "c", "*ours*"))))
    html = "".join(str(rich(line)) for line in lines)
    assert "<a" not in html and "<img" not in html and "<code" not in html and "[a](http://b) *c* &lt;d&gt;" in html
    assert "<em>event 1:</em>" in html and "<em>ours</em>" in html


# ---- The file ----


@pytest.mark.parametrize("name", HARM)
def test_whatever_the_name_is_the_file_lies_in_the_folder_and_says_it(work, name):
    session().sign(name)
    answer("01.6", "5")
    kept = session().desk.name
    made = hand_in_of(session())
    path = write(session().desk.hand_ins / file_name(made), page_of(made, session().corpus), "", "")
    assert path.resolve().is_relative_to(work.resolve()) and re.fullmatch(r"lima-01(-[a-z0-9-]+)?\.html", path.name)
    assert read_hand_in(path).name == kept
    assert path.read_text(encoding="utf-8").count(OPEN) == 1


def test_a_file_of_a_lesson_takes_the_place_of_the_older_one(work):
    session().sign("Ana")
    answer("01.6", "5")
    for _ in range(2):
        hand_in("Ana")
    assert [path.name for path in work.rglob("*.html")] == ["lima-01-ana.html"]
    assert not [path for path in work.rglob("*") if path.parent.name == "hand_in" and path.name.startswith(".")]


KILLED = """
import os, signal, sys, time
from pathlib import Path
from helpers.base.writing import write

path, ends = Path(sys.argv[1]), []
for turn in range(20):
    child = os.fork()
    while child == 0:
        for letter in "ab":
            write(path, letter * 3_000_000, "", "")
    time.sleep(0.1 + turn * 0.007)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    words = path.read_text(encoding="utf-8")
    ends.append(words in ("a" * 3_000_000, "b" * 3_000_000))
print(ends.count(True))
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a process can't be copied here")
def test_a_kill_while_it_is_written_leaves_the_old_file_or_the_new_one(tmp_path):
    path = tmp_path / "file.html"
    path.write_text("a" * 3_000_000, encoding="utf-8")
    done = subprocess.run([sys.executable, "-c", KILLED, str(path)], capture_output=True, text=True)
    assert done.stdout.strip() == "20", done.stderr


# ---- The box ----


def test_run_all_makes_no_file(work):
    lesson(1)
    answer("01.6", "5")
    box = hand_in()
    assert not list(work.rglob("*.html"))
    assert "Not you?" not in box.head.value and box.other.description == "Set a name"
    press(box, "Make my file")
    assert [path.name for path in work.rglob("*.html")] == ["lima-01.html"]
    assert "1 answer of lesson 01" in box.head.value and "hand_in/lima-01.html" in box.head.value


def test_a_name_signs_and_makes_the_file_at_once(work):
    session().sign("Ana")
    answer("01.6", "5")
    box = hand_in("Ana")
    file = next(work.rglob("*.html"))
    links = re.findall(r'download="([^"]+)" href="data:application/octet-stream;base64,([^"]+)"', box.head.value)
    assert [name for name, _ in links] == ["lima-01-ana.html", "lima-01-ana.zip"]
    assert base64.b64decode(links[0][1]) == file.read_bytes()
    packed = zipfile.ZipFile(BytesIO(base64.b64decode(links[1][1])))
    assert packed.read(packed.namelist()[0]) == file.read_bytes()
    assert read_hand_in(base64.b64decode(links[1][1])).name == "Ana"


def test_without_an_answer_there_is_a_sentence_and_no_file(work):
    box = hand_in("Ana")
    assert "Nothing has been answered yet" in box.head.value and not list(work.rglob("*.html"))


def test_without_a_folder_there_is_the_download(monkeypatch):
    session().desk.work = session().work = None
    answer("01.6", "5")
    box = hand_in()
    press(box, "Make my file")
    assert "No folder here can be written" in box.head.value and "base64," in box.head.value


def test_a_full_disk_is_said_and_the_download_stays(monkeypatch):
    answer("01.6", "5")
    box = hand_in()
    monkeypatch.setattr(os, "replace", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    press(box, "Make my file")
    assert "can&#39;t be written: No space left on device" in box.head.value and "base64," in box.head.value


def test_another_name_is_asked_about_before_a_file_is_made(work):
    session().sign("Ana")
    answer("01.6", "5")
    box = hand_in()
    (work / "name").write_text("Ben", encoding="utf-8")  # chosen in another kernel
    press(box, "Make my file")
    assert "Another name was chosen meanwhile" in box.head.value and not list(work.rglob("*.html"))
    session().sign("Ana")
    press(box, "Make my file")
    session().sign("Ben")
    assert "base64" not in box.head.value and "Ben" in box.head.value  # what Ana made is shown no longer


def test_a_deletion_takes_the_files_and_asks_with_these_words(work):
    session().sign("Ana")
    answer("01.6", "5")
    box = hand_in("Ana")
    assert list(work.rglob("*.html"))
    assert session().delete() == ""
    assert not list(work.rglob("*.html")) and "base64" not in box.head.value
    assert "files made to hand them in" in DELETING
    head = lesson(1)
    press(head, "Delete my answers")
    assert any(getattr(one, "value", "") == DELETING for one in walk(head))


def test_answers_that_are_taken_over_leave_no_file_behind(work):
    answer("01.6", "5")
    press(hand_in(), "Make my file")
    session().sign("Ana")
    session().take_offered(mine=True)
    assert not list(work.rglob("*.html")) and session().desk.journal["01.6"] == "5"


def test_answers_of_before_a_name_are_spoken_of():
    answer("01.6", "5")
    assert "written before a name was set" in hand_in("Ana").head.value


def test_the_draft_of_the_last_second_is_in_it():
    session()._drafts.hold("01.9", "typed just now, and many words more than that")
    assert entry("01.9").unsent == "typed just now, and many words more than that"
    assert session().desk.journal["01.9" + DRAFT]


@pytest.mark.parametrize(
    "words, first, last, near",
    [
        ("a\nb\nc", True, True, "a\nb\nc"),
        ("a\nb\nc", True, False, "…\nc"),
        ("a\nb\nc", False, True, "a\n…"),
        ("a\nb\nc", False, False, "a\n…\nc"),
        ("a\nb", False, False, "a\nb"),
        ("a", True, False, "a"),
        ("a", False, True, "a"),
    ],
)
def test_of_a_marked_passage_the_paragraphs_with_marks_are_shown(words, first, last, near):
    assert _near(words, first=first, last=last) == near
