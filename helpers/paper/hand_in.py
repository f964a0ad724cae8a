"""One file to hand in: everything readable and printable with scripts off, and the same as data inside.

The data stand in a hidden `pre`: a script element, even of data alone, is taken out by some platforms, and a template
or a form field is dropped or rewritten by others; of a `pre` the worst that happens is that its words are seen.
"""

import io
import zipfile
from collections import Counter
from itertools import groupby

from helpers.base.html import page
from helpers.history.tellings import in_words
from helpers.lessons.answers import HEADS, NOT_YET, PASS, State
from helpers.lessons.desk import slug
from helpers.lessons.format import Data
from helpers.lessons.handed import GONE, Handed, HandIn
from helpers.lessons.sheets import sheet
from helpers.paper.readable import parts_of
from helpers.paper.restore import block_of
from helpers.texts.corpus import Corpus

SAID = {str(state): words for state, words in HEADS.items()} | {str(State.OPEN): NOT_YET, GONE: "No longer asked."}


def page_of(made: HandIn, corpus: Corpus) -> str:
    """The page of a hand-in: one HTML file that loads nothing and runs nothing."""
    lessons = [
        (_title(number), [_entry(one, corpus) for one in found])
        for number, found in groupby(made.answers, key=lambda one: int(one.id[:2]))
    ]
    running = _in_css(" · ".join(filter(None, (made.name, f"lesson {made.lesson:02d}", made.day))))
    day = in_words(made.day)
    return page(
        "hand_in", made=made, day=day, counted=counted(made), lessons=lessons, running=running, data=block_of(made)
    )


def counted(made: HandIn) -> str:
    """How much is in it, in a sentence's words: "12 answers of lesson 03, 4 of 01"."""
    each = Counter(int(one.id[:2]) for one in made.answers if one.filled and one.answer != PASS)
    said = [f"{count} of {number:02d}" for number, count in each.items()]
    if not said:
        return "no answers yet"
    first, *others = said
    unit = "answer" if first.startswith("1 ") else "answers"
    return ", ".join([first.replace(" of ", f" {unit} of lesson "), *others])


def _title(number: int) -> str:
    central = sheet(number).central_question
    return f"Lesson {number:02d}" + (f" · {central}" if central else "")


def _entry(one: Handed, corpus: Corpus) -> Data:
    """A question as the template shows it."""
    asked, over = one.asked, one.state == State.PASSED
    return {
        "one": one,
        "prompt": asked.prompt if asked is not None else "",
        "head": SAID.get(one.state, ""),
        "parts": [] if over else parts_of(asked, one.answer, corpus),
        "unsent": parts_of(asked, one.unsent, corpus),
    }


def _in_css(words: str) -> str:
    """Words as they can stand between the quotation marks of a style sheet, whatever they are."""
    return "".join(letter if letter.isascii() and letter.isalnum() else f"\\{ord(letter):x} " for letter in words)


# ---- The file ----


def file_name(made: HandIn) -> str:
    """`lima-03-ana.html`, safe on every system."""
    letters = slug(made.name).rpartition("-")[0] if made.name else ""
    return "-".join(filter(None, ("lima", f"{made.lesson:02d}", letters))) + ".html"


def zipped(html: str, name: str) -> bytes:
    """The page in a zip, for platforms that refuse HTML."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(zipfile.ZipInfo(name), html.encode(), zipfile.ZIP_DEFLATED)
    return file.getvalue()
