"""A lesson on paper: every question once, no key before its time, excerpts and no whole text, nothing that runs."""

import re
from functools import cache
from html.parser import HTMLParser

import pytest
from lessons import plain
from prose import books, source
from test_leaks import leaks

from helpers import read, record
from helpers.__main__ import main
from helpers.lessons.exact import Order
from helpers.lessons.grids import Grid
from helpers.lessons.guide import guide, plan
from helpers.lessons.sheets import numbers, question, sheet
from helpers.paper import printing
from helpers.paper.key import MOST_ROWS, key
from helpers.paper.packet import packet
from helpers.paper.running import Lesson, run

# Of a text's words, in runs of six and more, in a core and with what follows it: excerpts, and what cells and prompts quote.
MOST = (0.36, 0.42)
LEFT: dict[int, list[str]] = {}  # of a core, for want of room
# Words that stand in rows of a concordance or a passage, which the notebook shows openly too.
TEXTS_OWN = {("03.8", "United States"), ("03.8", "New York Times"), ("03.8", "Peruvian government"),
             ("06.6", "11")}  # the last is the number of an excerpt  # fmt: skip
each_lesson = pytest.mark.parametrize("number", numbers())
lesson = cache(run)


class _Text(HTMLParser):
    """The words of a page as a reader meets them, with a mark where a question begins and where it ends."""

    def __init__(self) -> None:
        super().__init__()
        self.parts, self.hidden, self.asked = [], False, False

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.hidden = tag in ("style", "title", "caption")
        if tag == "section" and dict(attrs).get("class") == "question":
            self.asked = True
            self.parts.append(f"\n<<{dict(attrs)['data-id']}>>\n")
        if tag in ("div", "p", "td", "th", "li", "h2", "h3", "br", "summary", "span", "b"):
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self.hidden = False
        if tag in ("span", "b"):
            self.parts.append("\n")
        if tag == "section" and self.asked:
            self.asked = False
            self.parts.append("\n<<end>>\n")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.parts.append(data)


def text_of(html: str) -> str:
    page = _Text()
    page.feed(html)
    return "".join(page.parts)


def ids(html: str) -> list[str]:
    return re.findall(r'class="question" data-id="(.*?)"', html)


def letters(words: str) -> str:
    return re.sub(r"[\W_]+", "", words)


def asked_in(number: int) -> list[str]:
    cells = books()[f"{number:02d}"]["cells"]
    return [id for cell in cells for id in re.findall(r'^ask\("(.*?)"\)', source(cell))]


def all_pages(number: int) -> list[str]:
    return [packet(lesson(number)), packet(lesson(number), further=True), key(lesson(number), further=True)]


# ---- What stands there ----


@each_lesson
def test_every_question_stands_once_in_its_packet_and_its_key(number):
    first, whole, answers = all_pages(number)
    asked = asked_in(number)
    assert ids(first) == [id for id in asked if question(id).part == "core"]
    assert ids(whole) == asked
    assert sorted(ids(answers)) == sorted(asked)
    core = key(lesson(number))
    assert sorted(ids(core)) == sorted(ids(first)) and plain(plan(number)).split()[-1] in core


@each_lesson
def test_a_key_prints_no_table_twice_and_none_without_end(number):
    tables = re.findall(r"<table.*?</table>", key(lesson(number), further=True), re.DOTALL)
    closed = [one for one in tables if 'class="answer"' not in one]
    assert len(closed) == len(set(closed)) and max([one.count("<tr") for one in closed], default=0) <= MOST_ROWS


@each_lesson
def test_hints_and_results_are_left_to_the_key(number):
    words = letters(text_of(packet(lesson(number), further=True)))
    for asked in sheet(number).question:
        for hint in (*asked.hints, asked.after, *(sample.says for sample in getattr(asked, "samples", ()))):
            assert not hint or letters(plain(hint)) not in words


def said(asked) -> list[str]:
    """What a teacher has to find in the key, from the question's own file."""
    cells = getattr(asked, "cell", ())
    refused = [*getattr(asked, "refused", ()), *(one for cell in cells for one in cell.refused)]
    ranges = [*getattr(asked, "ranges", ()), *(one for cell in cells for one in cell.ranges)]
    found = [asked.title, asked.after, *asked.hints, getattr(asked, "look", ""), getattr(asked, "otherwise", "")]
    found += [one.message for one in (*refused, *ranges)]
    found += [words for cell in cells for words in (*cell.accepted, *cell.holds)]
    found += [option.feedback for option in getattr(asked, "option", ())]
    found += [words for sample in getattr(asked, "samples", ()) for words in (sample.says, sample.why)]
    found += [reading.says for reading in getattr(asked, "reading", ())]
    if not cells and not getattr(asked, "option", ()):
        found += [one for one in getattr(asked, "accepted", ()) if isinstance(one, str)]
    return found


@each_lesson
def test_the_key_says_all_that_the_file_has(number):
    words = letters(text_of(key(lesson(number), further=True)))
    for asked in sheet(number).question:
        assert [one for one in said(asked) if letters(plain(one)) not in words] == [], asked.id


@each_lesson
def test_every_reveal_of_the_notebook_is_in_the_key(number):
    code = [source(cell) for cell in books()[f"{number:02d}"]["cells"] if cell["cell_type"] == "code"]
    waiting = [(id, bool(made)) for cell in code for id, made in re.findall(r'^reveal\("(.*?)", (lambda)?', cell)]
    opened = lesson(number).opened
    assert [one.id for one in opened if not one.answered] == [id for id, _ in waiting]
    remade = [id for id, made in waiting if made and getattr(question(id), "accepted", ())]
    assert [one.id for one in opened if one.answered] == remade
    answers = key(lesson(number), further=True)
    assert answers.count('<div class="opened">') == len(opened)
    for one in opened:
        assert any("text/html" in bundle for bundle in one.data), f"{one.id} opens on an error: {one.data}"


def test_what_depends_on_an_answer_is_told_with_an_accepted_one():
    told = next(one for one in lesson(8).opened if one.answered)
    assert "Emergency rule is widened" in told.data[0]["text/html"]


# ---- What does not ----


def shown_before(html: str, id: str) -> str:
    """All that stands in a packet up to the end of a question."""
    words = text_of(html)
    return words[: words.index("<<end>>", words.index(f"<<{id}>>"))]


def told_early(html: str) -> list[tuple[str, list[str]]]:
    found = []
    for id in ids(html):
        asked = question(id)
        offered = {entry for entries in getattr(asked, "options", {}).values() for entry in entries}
        early = [
            words
            for words in leaks(asked, shown_before(html, id))
            if words not in offered and (id, words) not in TEXTS_OWN
        ]
        found += [(id, early)] if early else []
    return found


@each_lesson
def test_no_answer_is_printed_before_its_question(number):
    assert told_early(packet(lesson(number), further=True)) == []


def test_a_planted_answer_is_seen():
    html = packet(lesson(3))
    assert told_early(html.replace("Five tellings in one grid", "a commando unit")) == [("03.2", ["commando unit"])]


@pytest.mark.parametrize(
    ("number", "cites", "topic"),
    [
        (0, ["rw898 11"], "a hostage's voice"),
        (1, ["rw888 18", "rw898 20", "ww188 9", "rw909 10", "l5i 20"], "hostages held"),
    ],
)
def test_what_waits_is_told_in_the_key_alone(number, cites, topic, corpus):
    waiting = [span.text for span in read(corpus, *cites).spans] + list(record(corpus, topic).finding)
    core, answers = letters(text_of(packet(lesson(number)))), letters(text_of(key(lesson(number), further=True)))
    assert [words for words in waiting if letters(words) in core] == []
    assert [words for words in waiting if letters(words) not in answers] == []


@each_lesson
def test_things_to_order_stand_in_no_right_order(number):
    html = packet(lesson(number), further=True)
    for asked in (one for one in sheet(number).question if isinstance(one, Order)):
        part = html[html.index(f'data-id="{asked.id}"') :]
        keys = re.findall(r'<span class="box rank"></span><b>(\w+)</b>', part)[: len(asked.item)]
        assert sorted(keys) == sorted(item.key for item in asked.item)
        assert " ".join(keys) not in asked.accepted


@each_lesson
def test_given_cells_alone_are_filled_in(number):
    html = packet(lesson(number), further=True)
    grids = [one for one in sheet(number).question if isinstance(one, Grid)]
    given = [cell.accepted[0] for one in grids for cell in one.cell if cell.given]
    assert sorted(re.findall(r'<td class="given">(.*?)</td>', html)) == sorted(given)
    offered = {"", *(" / ".join(entries) for one in grids for entries in one.options.values())}
    for table in re.findall(r'<table class="fill.*?</table>', html, re.DOTALL):
        assert set(re.findall(r"<td>(.*?)</td>", table)) <= offered


def share(words: list[str], page: str) -> float:
    """How much of a text a page prints: its words that stand there in runs of six or more."""
    there = [False] * len(words)
    for at in range(len(words) - 5):
        if " ".join(words[at : at + 6]) in page:
            there[at : at + 6] = [True] * 6
    return sum(there) / len(words)


@each_lesson
def test_no_text_is_printed_whole(number, corpus, record_property):
    for html, most in zip(all_pages(number)[:2], MOST, strict=True):
        page = " ".join(text_of(html).split())
        shares = {source.id: round(share(source.text.split(), page), 2) for source in corpus.values()}
        record_property("printed", shares)
        assert max(shares.values()) <= most, shares
    assert share(corpus["ww188"].text.split(), " ".join(corpus["ww188"].text.split())) == 1


@each_lesson
def test_a_core_prints_all_that_it_asks_to_read(number):
    told = re.findall(r"Not printed, .*?: (.*?)\. Read", packet(lesson(number)))
    assert told == LEFT.get(number, [])


POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


@each_lesson
def test_nothing_in_a_page_runs_or_loads(number):
    for html in all_pages(number):
        assert html.count(f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">') == 1
        body = re.sub(r'src="data:image/svg\+xml;base64,[\w+/=]*"|href="#[\w-]*"', "", html)
        assert not re.search(r"<script|<iframe|<link|<object|\son\w+=|javascript:|src=|href=|url\(|@import", body)


def test_words_of_a_question_are_escaped():
    planted = Lesson(3, (*lesson(3).cells[:3], lesson(3).cells[2].__class__(text="A <script>alert(1)</script> b")), ())
    assert "<script" not in packet(planted)


# ---- The command ----


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (["packet", "99"], "There is no lesson 99. There are 00, 01, 03, "),
        (["packet", "2"], "There is no lesson 2."),
        (["key", "three"], "'three' is no number of a lesson. Write one such as 03"),
        (["key", "-1"], ""),
    ],
)
def test_a_number_that_is_none_gets_a_sentence(command, words, capsys):
    try:
        assert main(command) == 1
    except SystemExit as left:  # argparse takes -1 for an option and says so itself
        assert left.code == 2
    assert words in capsys.readouterr().out


def test_the_command_writes_prints_and_says_where(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(printing, "browser", lambda: None)
    assert main(["packet", "00", "--pdf", "--paper", "letter", "--out", str(tmp_path / "a" / "b")]) == 1
    made = tmp_path / "a" / "b" / "00-packet.html"
    told = capsys.readouterr()
    assert "size: letter" in made.read_text(encoding="utf-8")
    assert told.out.splitlines()[0] == f"{made} is written."
    assert f"Open {made} in any browser and print it." in told.out
    assert "running notebook 00 …" in told.err
    assert [path.name for path in made.parent.iterdir()] == [made.name]


def test_a_folder_that_cannot_be_made_gets_a_sentence(tmp_path, capsys):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    assert main(["key", "00", "--out", str(tmp_path / "file" / "x")]) == 1
    assert "Name another: --out FOLDER." in capsys.readouterr().out


def test_the_guide_is_printed_with_every_topic_and_plan(tmp_path, capsys):
    assert main(["packet", "teacher", "--out", str(tmp_path)]) == 0
    html = (tmp_path / "teacher-guide.html").read_text(encoding="utf-8")
    assert "default-src 'none'" in html and "<script" not in html
    assert html.count('<section class="topic') == len(guide())
    assert "A letter to families" in html and all(f"Lesson {number:02d}" in html for number in numbers()[1:])
    assert main(["key", "teacher", "--out", str(tmp_path)]) == 1
    assert "no number of a lesson" in capsys.readouterr().out
