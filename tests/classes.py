"""Classes that nobody has taught, as files: an invented one, and files made to do harm or to be of no use."""

import html
import io
import json
import os
import zipfile
from pathlib import Path

from msgspec.structs import replace

from helpers.lessons.handed import Handed, HandIn, handed
from helpers.lessons.journal import Line
from helpers.lessons.sheets import question
from helpers.paper.hand_in import page_of
from helpers.paper.restore import CLOSE, OPEN, block_of


def whole(made: HandIn, corpus) -> bytes:
    """The page that a student hands in, with what was said to each answer."""
    said = [handed(question(one.id), [Line(one.id, one.answer, 1, "", "k")], corpus) for one in made.answers]
    return page_of(replace(made, answers=tuple(said)), corpus).encode()


def bare_page(made: HandIn) -> bytes:
    """A page with nothing but the data."""
    return (OPEN + html.escape(block_of(made)) + CLOSE).encode()


def by(name: str, lesson: int = 3, day: str = "1997-04-22", **answers) -> HandIn:
    """A hand-in: `by("Ana", q5="b")` answers 03.5, or the fifth question of another lesson."""
    given = [Handed(id=f"{lesson:02d}.{at[1:]}", answer=answer) for at, answer in answers.items()]
    return HandIn(name=name, lesson=lesson, day=day, answers=tuple(given))


def write(folder: Path, *made: HandIn, page=bare_page) -> Path:
    """A file for each, numbered in order, each a minute newer than the one before."""
    for number, one in enumerate(made, 1):
        path = folder / f"{number:03d}.html"
        path.write_bytes(page(one))
        os.utime(path, (860_000_000 + 60 * number,) * 2)
    return folder


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as packed:
        for name, data in members.items():
            packed.writestr(name, data)
    return file.getvalue()


def changed(**keys) -> bytes:
    """A page whose data have other values at the top."""
    data = json.loads(block_of(by("Eve"))) | keys
    return (OPEN + html.escape(json.dumps(data)) + CLOSE).encode()


def locked(data: bytes) -> bytes:
    """A zip whose members say that they are encrypted."""
    at = data.index(b"PK\x01\x02") + 8
    return data[:6] + b"\x01" + data[7:at] + b"\x01" + data[at + 1 :]


GOOD = bare_page(by("Mallory", q5="a"))
# Files of no use, by name: what is in them, and words of the reason that is given.
HOSTILE = {
    "empty.html": (b"", "empty"),
    "torn.html": (bare_page(by("Ana"))[:-20], "ends in the middle"),
    "large.html": (b" " * 5_000_001, "more than 5 million bytes"),
    "bomb.zip": (zipped({"a.html": b"0" * 4_000_000}), "would grow more than 200 times"),
    "larger.zip": (zipped({"a.html": b"0" * 6_000_000}), "more than 5 million bytes"),
    "many.zip": (zipped({f"{n}.html": b"" for n in range(2_001)}), "more than 2,000 files"),
    "nested.zip": (zipped({"a.zip": zipped({"b.zip": zipped({"c.html": GOOD})})}), "a zip in a zip in a zip"),
    "locked.zip": (locked(zipped({"a.html": GOOD})), "locked"),
    "odd.zip": (zipped({"a.html": GOOD}, zipfile.ZIP_LZMA), "packed in a way that is not read"),
    "cut.zip": (zipped({"a.html": GOOD})[:-30], "damaged"),
    "foreign.html": (changed(kit="another"), "something else than this kit"),
    "newer.html": (changed(form=99), "newer version"),
    "shape.html": (changed(answers=[{"id": "../03.1"}]), "another shape"),
    "deep.html": (changed(answers=[{"id": "03.1", "answer": [[[[[[[[1]]]]]]]]}]), "no question can take"),
    "deeper.html": (changed(answers="DEEP").replace(b"&quot;DEEP", b"[" * 100_000), "can't be read"),
    "two.html": (GOOD + GOOD, "2 blocks"),
    "binary.html": (bytes(range(256)) * 100, "holds no answers"),
    "essay.docx": (b"PK\x03\x04", "neither a hand-in"),
}
PAYLOADS = [
    "<script>window.XSS=1</script>",
    "<img src=x onerror=window.XSS=1>",
    "</pre><script>window.XSS=1</script>",
    "</style></details></div><svg onload=window.XSS=1>",
    '" onmouseover="window.XSS=1',
    "{{ 7*7 }} {% raw %}",
    "[a](javascript:window.XSS=1) ![b](http://127.0.0.1:9/x.png)",
    "$\\href{javascript:window.XSS=1}{x}$",
    "\u202eelif\u202c \u0000 \ud7ff \uffff",
    '=HYPERLINK("http://127.0.0.1:9")',
    "../../etc/passwd",
    "&lt;script&gt;",
]


def payload_class(lesson: int = 3) -> list[HandIn]:
    """Students whose names and answers are payloads; every free place of the lesson is filled."""
    made = []
    for words in PAYLOADS:
        text = f"{words} and as many words as the question asks for, " + "so that it is an answer " * 8 + words
        answers = {
            "q2": {"rw888": [words, words, words], "l5i": {"the verb": words}},
            "q4": {"l5i 3": [{"quote": "reluctant guests", "nth": words}, words], "note": words},
            "q5": {"answer": "b", "reason": words},
            "q6": text,
            "q7": text,
        }
        made.append(by(words, lesson, **answers))
    return made
