"""What was handed in comes back on another machine: all of it, over nothing, and from a hostile file only as words."""

import json
import random
import zipfile
from datetime import UTC, datetime
from html import escape
from io import BytesIO

import msgspec
import pytest
from test_exercises import restart, some_answer
from test_hand_in import press, walk
from whole import EVERY, FREE, HARM, answer_all

from helpers import answer, ask, restore
from helpers.base.errors import KitError
from helpers.lessons.answers import SHOWN, TOLD, TRIES, State
from helpers.lessons.handed import GONE, Handed, HandIn, hand_in_of, lines_of
from helpers.lessons.marks import Mark
from helpers.lessons.questions import Text
from helpers.lessons.session import session
from helpers.lessons.sheets import question
from helpers.paper.hand_in import page_of, zipped
from helpers.paper.restore import CLOSE, FILE, MEMBERS, OPEN, block_of, read_hand_in


@pytest.fixture(autouse=True)
def machine(tmp_path, monkeypatch):
    """Another machine, whenever it is called: an empty work folder and a new kernel."""

    def another(name: str):
        monkeypatch.setenv("LIMA_WORK", str(tmp_path / name))
        restart()
        return tmp_path / name

    another("here")
    yield another
    restart()


def handed_in(notes: bool = False) -> bytes:
    return page_of(hand_in_of(session(), notes=notes), session().corpus).encode()


def bring(file: bytes, label: str = "Bring them back under that name"):
    box = restore()
    box.look_into(file, "file.html")
    press(box, label)
    return box


def all_of(notes: bool = False) -> HandIn:
    return hand_in_of(session(), notes=notes)


# ---- All of it comes back ----


def make_a_mess() -> None:
    """Every question answered, and some in all the ways in which one can be left."""
    session().sign("Ana")
    answer_all()
    answer("01.6", "5")
    answer("07.1", "pass")
    session().tell_key(question("07.5"))
    session().clear(8)
    session().show("08.3")
    session().typed("08.7", "a draft that was never sent")
    session().show("08.4")
    answer("08.4", "three")
    session().typed("03.5", "b")
    session().desk.journal.write("96.1", {"an": ["old", "answer"]})
    session().desk.journal.write("01.2", ["no choice"])
    ask("07.1")


@pytest.mark.parametrize("notes", [True, False])
def test_an_empty_folder_shows_the_same_in_every_field(machine, notes):
    make_a_mess()
    before, file = all_of(notes), handed_in(notes)
    values = {asked.id: session().shown(asked).value for asked in EVERY}
    machine("there")
    box = bring(file)
    assert "Brought back" in box.head.value
    ask("07.1")
    after = all_of(notes)
    unlike = [(one, other) for one, other in zip(before.answers, after.answers, strict=True) if one != other]
    if notes:
        assert after == before and not unlike
        assert {asked.id: session().shown(asked).value for asked in EVERY if asked.id != "07.1"} == {
            id: value
            for id, value in values.items()
            if id != "07.1"  # what was passed over is not handed in
        }
    else:  # a note excuses a date that its passage does not have
        assert {one.id for one, _ in unlike} <= {"08.6"}
    assert session().is_open("08.3") and not session().is_open("08.1")
    restart()
    assert all_of(notes).answers[1:] and {one.id: one for one in all_of(notes).answers}["01.6"].tries == 2


def test_it_is_read_zipped_from_a_path_and_typed(machine, tmp_path):
    answer("01.6", "5")
    file = handed_in()
    (tmp_path / "file.html").write_bytes(file)
    (tmp_path / "file.zip").write_bytes(zipped(file.decode(), "lima-01.html"))
    made = read_hand_in(file)
    for name in ("file.html", "file.zip"):
        assert read_hand_in(tmp_path / name) == made
        machine(f"for {name}")
        box = restore(str(tmp_path / name))
        assert "1 answer of lesson 01" in box.head.value
        assert session().desk.journal["01.6"] is None  # nothing is taken before it is asked for
        press(box, "Bring them back")
        assert session().desk.journal["01.6"] == "5"


def test_a_chosen_file_is_read(machine):
    answer("01.6", "5")
    file = handed_in()
    machine("there")
    box = restore()
    box.upload.value = (
        {
            "name": "a.html",
            "type": "",
            "size": len(file),
            "content": memoryview(file),
            "last_modified": datetime.now(UTC),
        },
    )
    press(box, "Bring them back")
    assert session().desk.journal["01.6"] == "5"


def test_twice_does_no_harm(machine):
    make_a_mess()
    file = handed_in()
    count = sum(map(len, session().desk.journal.lines.values()))
    box = bring(file, "Bring them back")
    assert "is here already" in box.head.value
    assert sum(map(len, session().desk.journal.lines.values())) == count
    machine("there")
    bring(file)
    count = sum(map(len, session().desk.journal.lines.values()))
    bring(file, "Bring them back")
    assert sum(map(len, session().desk.journal.lines.values())) == count


# ---- Over nothing ----


@pytest.mark.parametrize("take", [True, False])
def test_where_both_differ_both_are_shown_and_what_is_here_stays_unless_ticked(machine, take):
    answer("01.6", "5")
    answer("01.2", "a")
    file = handed_in()
    machine("there")
    answer("01.6", "9")
    box = bring(file, "Bring them back")
    assert session().desk.journal["01.2"] == "a" and session().desk.journal["01.6"] == "9"
    shown = " ".join(getattr(one, "value", "") for one in walk(box.below) if isinstance(getattr(one, "value", ""), str))
    assert ">9<" in shown and ">5<" in shown
    tick = next(one for one in walk(box.below) if getattr(one, "description", "").startswith("Take that of the file"))
    assert tick.value is False
    tick.value = take
    press(box, "Done")
    assert session().desk.journal["01.6"] == ("5" if take else "9")
    assert next(line.value for line in session().lines("01.6") if line.key == "01.6") == "9"  # the history keeps it


def test_notes_that_are_not_in_a_file_are_no_difference(machine):
    answer_all()
    file = handed_in()
    assert FREE not in file.decode()
    assert "is here already" in bring(file, "Bring them back").head.value
    assert FREE in json.dumps([line.value for lines in session().desk.journal.lines.values() for line in lines])


def test_what_was_deleted_here_comes_back():
    answer("01.6", "5")
    file = handed_in()
    assert session().delete() == "" and session().desk.journal["01.6"] is None
    assert "Brought back: 1" in bring(file, "Bring them back").head.value
    assert session().desk.journal["01.6"] == "5"


@pytest.mark.parametrize(
    "do, key",
    [
        (lambda: session().tell_key(question("07.5")), "07.5" + TOLD),
        (lambda: session().show("08.3"), "08.3" + SHOWN),
    ],
)
def test_what_was_opened_without_an_answer_comes_back_too(machine, do, key):
    do()
    file = handed_in()
    machine("there")
    assert "Brought back: 1" in bring(file, "Bring them back").head.value and session().desk.journal[key] is True


@pytest.mark.parametrize("value, kept", [(" …", False), ({"a": ["", None]}, False), (0, True), ("x", True)])
def test_of_what_is_no_longer_asked_blanks_are_not_handed_in(value, kept):
    session().desk.journal.write("96.1", value)
    assert any(one.id == "96.1" for one in hand_in_of(session()).answers) is kept


@pytest.mark.parametrize(
    "tries, here, elsewhere, written", [(5, 0, 0, 4), (5, 3, 2, 3), (2, 3, 0, None), (1, 0, 0, None)]
)
def test_tries_made_elsewhere_are_added_to_those_that_were(tries, here, elsewhere, written):
    one = Handed(id="01.6", answer="5", tries=tries)
    assert dict(lines_of(one, here, elsewhere)).get("01.6" + TRIES) == written


def test_the_page_shows_what_came_back(machine):
    answer("01.6", "5")
    file = handed_in()
    machine("there")
    box = ask("01.6")
    bring(file, "Bring them back")
    assert box.fill["value"] == {"answer": "5"} and box.told["state"] == "refused"


@pytest.mark.parametrize(
    "here, there, label, name",
    [
        ("", "Ana", "Bring them back under that name", "Ana"),
        ("", "Ana", "Without a name", ""),
        ("Ana", "ana", "Bring them back", "Ana"),
        ("Ben", "", "Bring them back", "Ben"),
        ("Ben", "Ana", "Mine too: bring them back", "Ben"),
        ("Ben", "Ana", "Not mine: change the name first", "Ana"),
    ],
)
def test_a_file_of_somebody_else_is_asked_about_first(machine, here, there, label, name):
    session().sign(there)
    answer("01.6", "5")
    file = handed_in()
    machine("there")
    session().sign(here)
    bring(file, label)
    assert session().desk.name == name and session().desk.journal["01.6"] == "5"
    session().sign("Ben" if name != "Ben" else "Cleo")
    assert session().desk.journal["01.6"] is None


def test_another_name_meanwhile_is_asked_about_anew(machine):
    session().sign("Ana")
    answer("01.6", "5")
    file = handed_in()
    work = machine("there")
    session().sign("Ana")
    box = restore()
    box.look_into(file, "a.html")
    (work / "name").write_text("Ben", encoding="utf-8")
    press(box, "Bring them back")
    assert session().desk.journal["01.6"] is None and "those of Ben" in box.head.value


# ---- Hostile input ----


def page(data: str | dict, *, more: str = "") -> bytes:
    words = data if isinstance(data, str) else json.dumps(data)
    return f"<!DOCTYPE html>{OPEN}{escape(words)}{CLOSE}{more}".encode()


def data(**other) -> dict:
    return msgspec.to_builtins(HandIn(name="Ana", answers=(Handed(id="01.6", answer="5"),))) | other


def entry(**other) -> dict:
    return data(answers=[{"id": "01.6", "answer": "5"} | other])


def packed(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", method) as made:
        for name, words in members:
            made.writestr(name, words)
    return file.getvalue()


GOOD = page(data())
BAD = {
    "nothing": (b"", "is empty"),
    "blanks": (b" \n ", "is empty"),
    "another page": (b"<html>hello</html>", "no answers of this kit"),
    "words": ("caf\u00e9".encode("latin-1"), "no answers of this kit"),
    "a PDF": (b"%PDF-1.7 ...", "is a PDF"),
    "cut": (GOOD[:-30], "ends in the middle"),
    "cut before": (GOOD[:20], "no answers of this kit"),
    "two blocks": (GOOD + GOOD, "2 blocks"),
    "no JSON": (page("{"), "can't be read"),
    "half JSON": (page(json.dumps(data())[:-9]), "can't be read"),
    "a lone surrogate": (page('{"kit": "five-texts-one-crisis", "form": 1, "name": "\\ud800"}'), "can't be read"),
    "a list": (page("[]"), "another shape"),
    "no kit": (page({}), "something else than this kit"),
    "another kit": (page(data(kit="otter")), "something else than this kit"),
    "newer": (page(data(form=2)), "newer version"),
    "a name that is none": (page(data(name=["Ana"])), "another shape"),
    "answers that are none": (page(data(answers={"01.6": "5"})), "another shape"),
    "an id that is a key": (page(entry(id="/deleted")), "another shape"),
    "an id with more": (page(entry(id="01.6/shown")), "another shape"),
    "an id of two lines": (page(entry(id="01.6\n")), "another shape"),
    "an id of other figures": (page(entry(id="\u0661\u0662.\u0663")), "another shape"),
    "tries below none": (page(entry(tries=-1)), "another shape"),
    "tries without end": (page(entry(tries=10**9)), "another shape"),
    "told by a word": (page(entry(told="yes")), "another shape"),
    "said by a number": (page(entry(said=[1])), "another shape"),
    "deep": (page('{"answers": ' + "[" * 100_000 + "]" * 100_000 + "}"), "can't be read"),
    "deep in what is passed over": (page('{"x": ' + "[" * 100_000 + "]" * 100_000 + "}"), "can't be read"),
    "a deep answer": (page(entry(answer=[[[[[[[["x"]]]]]]]])), "no question can take"),
    "a number without end": (page(json.dumps(entry()).replace('"5"', "1e999")), "another shape"),
    "200 MB": (b"<" * (FILE + 1), "more than 5 million bytes"),
    "a bomb": (packed(("a.html", b"0" * 4_900_000)), "grow more than 200 times"),
    "a large bomb": (packed(("a.html", b"0" * 19_000_000)), "more than 5 million bytes"),
    "a large page in a zip": (packed(("a.html", random.Random(1).randbytes(FILE + 1)), method=0), "more than 5 million bytes"),
    "many files": (packed(*((f"{n}.txt", b"x") for n in range(MEMBERS + 1))), "more than 2,000 files"),
    "two pages": (packed(("a.html", GOOD), ("b.html", GOOD)), "holds 2 pages"),
    "no page": (packed(("a.docx", GOOD)), "a.docx is neither a hand-in"),
    "an empty zip": (packed(), "holds no pages"),
    "another way to pack": (packed(("a.html", GOOD), method=zipfile.ZIP_BZIP2), "packed in a way"),
    "half a zip": (packed(("a.html", GOOD))[:-30], "is damaged, or locked"),
    "a zip by name alone": (b"PK\x03\x04 and no more", "is damaged, or locked"),
    "a damaged zip": (packed(("a.html", GOOD * 1)).replace(b"\x4b\x4c", b"\x00\x00")[:40] + b"\x00" * 90, "is damaged, or locked"),
    "a zip in a zip in a zip": (packed(("a.html", packed(("b.html", packed(("c.html", GOOD)))))), "a zip in a zip in a zip"),
}  # fmt: skip


@pytest.mark.parametrize("what", BAD)
def test_bad_input_gets_one_sentence_and_changes_nothing(what, tmp_path):
    file, words = BAD[what]
    path = tmp_path / "ana.html"
    path.write_bytes(file)
    for given in (file, path):
        with pytest.raises(KitError) as error:
            read_hand_in(given, "ana.html")
        said = str(error.value)
        assert words in said and said.startswith("ana.html ") and said.endswith(".") and len(said) < 300
    box = restore()
    box.look_into(file, "ana.html")
    assert words in box.head.value.replace("&#39;", "'") and not box.below.children
    assert not session().desk.journal.lines


@pytest.mark.parametrize(
    "path, words",
    [("nowhere.html", "is not there"), (".", "can't be read"), ("a\0b", "not a name"), ("~nobody/a", "is not there")],
)
def test_a_path_without_a_file_gets_a_sentence(path, words):
    with pytest.raises(KitError, match=words):
        read_hand_in(path)
    assert words in restore(path).head.value.replace("&#39;", "'")


def test_what_is_good_is_taken_also_where_more_stands_beside_it():
    older = data(form=0) | {"__proto__": {"name": "x"}, "later": 1}
    in_a_zip = packed(("__MACOSX/._a.html", b""), ("../../ana.HTML", GOOD), ("notes.txt", b"x"))
    for file in (GOOD, page(older), in_a_zip, packed(("of the class.zip", in_a_zip))):
        assert read_hand_in(file).answers[0].answer == "5"
    saved_again = GOOD.replace(b"<!DOCTYPE html>", b"\xef\xbb\xbf<!DOCTYPE html><html><head></head><body>")
    assert read_hand_in(saved_again) == read_hand_in(GOOD)


def test_bits_that_fall_over_never_raise_anything_else():
    by_chance = random.Random(23)
    whole, small = bytearray(GOOD), bytearray(packed(("a.html", GOOD)))
    for _ in range(400):
        for good in (whole, small):
            file = bytearray(good)
            for _ in range(by_chance.randint(1, 6)):
                file[by_chance.randrange(len(file))] = by_chance.randrange(256)
            try:
                read_hand_in(bytes(file))
            except KitError as error:
                assert "\n" not in str(error)


ODD = [
    ["x"],
    {"x": {"x": "x"}},
    {"__proto__": {"x": 1}},
    [{"from": 1}],
    7,
    True,
    {"l5i 3": [{"quote": 5}]},
    {"answer": []},
]


@pytest.mark.parametrize("value", ODD, ids=map(str, ODD))
def test_an_answer_of_another_shape_comes_back_as_words(value):
    file = page(data(answers=[{"id": asked.id, "answer": value} for asked in EVERY]))
    bring(file)
    for asked in EVERY:
        box = ask(asked.id)
        assert session().desk.journal[asked.id] == value
        if box.told["state"] == State.UNREADABLE:
            assert "It is:" in " ".join(box.told["said"])


def test_what_is_no_longer_asked_is_kept_and_named():
    box = bring(page(data(answers=[{"id": "96.4", "answer": "old"}])))
    assert "No longer asked, but kept: 96.4" in box.head.value and session().desk.journal["96.4"] == "old"
    assert next(one for one in all_of().answers if one.state == GONE).answer == "old"


# ---- Words that mean harm ----


def harmful_course(words: str) -> None:
    """`words` as name and as answer, wherever a question takes words."""
    session().sign(words)
    for asked in EVERY:
        if isinstance(asked, Text):
            answer(asked.id, f"{words} {some_answer(asked)}")
        elif isinstance(asked, Mark):
            answer(asked.id, {asked.passages[0]: [words], "note": words})
    answer(
        "08.6",
        [
            {
                "title": words,
                "from": words,
                "to": words,
                "citation": words,
                "quote": words,
                "rival of": words,
                "note": words,
            }
        ],
    )
    answer("01.6", words)
    row = question("03.2").rows[1]
    answer("03.2", {row: dict.fromkeys(question("03.2").open_columns(row), words)})
    session().typed("01.9", words)
    ask("01.9")


@pytest.mark.parametrize("words", HARM)
def test_harmful_words_come_back_letter_by_letter(machine, words):
    harmful_course(words)
    before, file = all_of(True), handed_in(True)
    assert json.dumps(words)[1:-1] in json.dumps(msgspec.to_builtins(before))
    machine("there")
    bring(file)
    ask("01.9")
    assert all_of(True) == before


def test_the_block_is_in_plain_letters():
    made = HandIn(name="".join(HARM))
    assert block_of(made).isascii() and read_hand_in(page(block_of(made))) == made
