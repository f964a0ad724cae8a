"""What a lesson asks of a class, counted: words to read, new terms, questions and minutes of its core.

    python tests/lessons.py

The core is what stands up to the stop line, that cell included. Words are those that a student meets there: text cells,
prompts, excerpts and passages, tables (what lies folded in them is not counted), one feedback, samples, `after`. Of a
question with several answers the longest feedback counts; a chart is looked at, not read. The table is printed and kept in tests/lessons.toml.
"""

import ast
import os
import re
import sys
import tempfile
from html.parser import HTMLParser
from statistics import median
from typing import ClassVar

import pandas
from project import ROOT
from prose import bold, books, source

import helpers
from helpers.base.errors import KitError
from helpers.lessons.events import Timeline
from helpers.lessons.exact import Order
from helpers.lessons.grids import Grid
from helpers.lessons.marks import Mark
from helpers.lessons.questions import Choice, Judgement, Prediction, Quotation, Text
from helpers.lessons.session import leave
from helpers.lessons.sheets import question, sheet

FILE = ROOT / "tests" / "lessons.toml"
CAPS = {"questions": 6, "terms": 4, "minutes": 28, "words": 2600}
SPEED, THOUGHT, FIELD, COMPOSING = 150, 40, 12, 12  # words a minute, seconds, seconds, words a minute
EVENT = 5  # fields of an event in a timeline of one's own
WORD = re.compile(r"\w[\w'’.,-]*")


# ---- Words ----


def plain(markdown: str) -> str:
    """Markdown as a reader sees it: no addresses, no signs."""
    text = re.sub(r"!\[[^\]]*\]\([^)]*\)", " ", markdown)  # a map's description is for who can't see it
    text = re.sub(r"\]\([^)]*\)", "]", text)
    return re.sub(r"^#+ |[*`\[\]|]|^\s*-{3,}", "", text, flags=re.MULTILINE)


class _Open(HTMLParser):
    """The words of a page that stand open: no styles, no pictures or marks in them, of what is folded its one line."""

    CLOSED: ClassVar = {"style", "script", "svg", "figure", "details"}

    def __init__(self) -> None:
        super().__init__()
        self.inside: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list) -> None:
        if tag in self.CLOSED or tag == "summary":
            self.inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.inside:
            self.inside.remove(tag)

    def handle_data(self, data: str) -> None:
        if self.inside in ([], ["details", "summary"]):
            self.words.append(data)


def rendered(thing) -> str:
    """What a page shows of a result, without what lies folded in it."""
    if isinstance(thing, list | tuple):
        return "\n".join(map(rendered, thing))
    page = _Open()
    if hasattr(thing, "bundles"):
        page.feed(" ".join(str(bundle.get("text/html", "")) for bundle in thing.bundles()))
    elif hasattr(thing, "_repr_html_"):
        page.feed(thing._repr_html_())
    return " ".join(page.words)


def count(text: str) -> int:
    return len(WORD.findall(text))


# ---- What a question holds ----


def shown_by(asked, excerpts: dict[str, str], corpus) -> list[str]:
    """What is read in a question: its prompt and all that stands in it, one feedback, and what an answer opens."""
    said = [asked.title, asked.prompt, asked.after, getattr(asked, "look", "")]
    said += [sample.says for sample in getattr(asked, "samples", ())]
    said += [excerpts.pop(key) for key in asked.excerpts if key in excerpts]  # shown once
    said += [f"{reading.reason} {reading.marks}" for reading in getattr(asked, "reading", ())]
    said += [item.text for item in getattr(asked, "item", ())]
    options = getattr(asked, "option", ())
    said += [option.text for option in options]
    if options:
        wanted = asked.accepted if isinstance(asked, Choice) else [option.key for option in options]
        said.append(max((o.feedback for o in options if o.key in wanted), key=count))
    if isinstance(asked, Grid):
        said += [*asked.rows, *asked.all_columns, *(cell.sample for cell in asked.cell if cell.given)]
    if isinstance(asked, Mark):
        said += [span.text for cite in asked.passages for span in helpers.read(corpus, cite).spans]
    return said


def fields(asked) -> int:
    """How many fields a student has to fill in."""
    if isinstance(asked, Grid):
        rows = sorted(len(asked.open_columns(row)) for row in asked.rows)
        return sum([n for n in rows if n][: asked.least])
    if isinstance(asked, Mark):
        return asked.least * len(asked.passages) + bool(asked.note)
    if isinstance(asked, Timeline):
        return asked.least * EVENT
    if isinstance(asked, Order):
        return len(asked.item)
    beside = asked.beside() if isinstance(asked, Judgement | Prediction) else ()
    return 1 + len(beside)


def least(asked) -> int:
    """How many words an answer has to have; a guess of one word is a field."""
    if isinstance(asked, Prediction):
        return asked.least if asked.least > 1 else 0
    return asked.least if isinstance(asked, Text | Quotation) else 0


# ---- What a lesson holds ----


def core(book: dict) -> list[dict]:
    """The cells up to the stop line."""
    cells = book["cells"]
    last = next(at for at, cell in enumerate(cells) if source(cell).startswith("## Stop line"))
    return cells[: last + 1]


class _Page:
    """The names that a notebook calls, with `ask`, `reveal` and `lesson` noting what they would show."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.shown: list = []
        self.names = {name: getattr(helpers, name) for name in helpers.__all__}
        self.names |= {"ask": self.asked.append, "reveal": self.reveal, "lesson": lambda number: None}
        self.names |= {"saved": lambda id: "1997-01" if getattr(question(id), "interval", False) else []}

    def reveal(self, id: str, thing) -> None:
        self.shown.append(thing() if callable(thing) else thing)

    def run(self, code: str) -> None:
        """Run a cell: what its last line is worth is shown too."""
        tree = ast.parse(code)
        if isinstance(tree.body[0], ast.ImportFrom):
            tree.body.pop(0)
        last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, "cell", "exec"), self.names)
        if last is not None:
            try:
                self.shown.append(eval(compile(ast.Expression(last.value), "cell", "eval"), self.names))
            except KitError as error:  # a cell that fails on purpose
                self.shown.append(pandas.DataFrame({str(error): []}))


def measured() -> dict[str, dict]:
    """For each lesson what its core holds, counted; in the order of the course."""
    known: set[str] = set()
    before = os.environ.get("LIMA_WORK", "")
    os.environ["LIMA_WORK"] = tempfile.mkdtemp()  # what somebody has answered here opens nothing
    leave()
    table = {number: _measured(number, book, known) for number, book in books().items()}
    os.environ["LIMA_WORK"] = before
    leave()
    return table


def _measured(number: str, book: dict, known: set[str]) -> dict:
    page, cells = _Page(), core(book)
    texts = [source(cell) for cell in cells if cell["cell_type"] == "markdown"]
    for cell in cells:
        if cell["cell_type"] == "code":
            page.run(source(cell))
    leave()  # notebook 10 asks of other texts
    asked = [question(id) for id in page.asked]
    excerpts = {excerpt.key: excerpt.quote for excerpt in sheet(int(number)).excerpt}
    corpus = page.names["corpus"]
    read = [plain(text) for text in texts] + [rendered(thing) for thing in page.shown]
    read += [plain(words) for one in asked for words in shown_by(one, excerpts, corpus)]
    words = sum(map(count, read))
    bolds = dict.fromkeys(term.lower() for text in texts for term in bold(text))
    terms = [term for term in bolds if term not in known]
    known.update(
        term.lower() for cell in book["cells"] if cell["cell_type"] == "markdown" for term in bold(source(cell))
    )
    seconds = THOUGHT * len(asked) + FIELD * sum(map(fields, asked))
    minutes = words / SPEED + seconds / 60 + sum(map(least, asked)) / COMPOSING
    grade, length = ease("\n\n".join(texts))
    return {
        "words": words, "terms": len(terms), "questions": len(asked), "minutes": round(minutes, 1),
        "grade": grade, "sentence": length, "new": terms, "ids": page.asked,
    }  # fmt: skip


# ---- How easily it reads ----


def ease(markdown: str) -> tuple[float, float]:
    """Flesch-Kincaid grade of running text, and its median sentence in words; syllables are groups of vowels."""
    prose = re.sub(r"^(#.*|\|.*)$", "", markdown, flags=re.MULTILINE)
    prose = re.sub(r"^\s*(?:\d+\.|[-*]) ", "", prose, flags=re.MULTILINE)
    parts = [re.findall(r"[^\W\d_][\w'’-]*", part) for part in re.split(r"[.?!](?=[\s*\"”)]|$)|\n\n", plain(prose))]
    sentences = [words for words in parts if words]
    words = [word.lower() for sentence in sentences for word in sentence]
    syllables = sum(max(1, len(re.findall(r"[aeiouy]+", re.sub(r"(?<![aeiouyl])e$", "", word)))) for word in words)
    grade = 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59
    return round(grade, 1), float(median(map(len, sentences)))


def questions_in(text: str) -> int:
    """Question marks of a text cell in our own voice: not in its headings, in what is quoted or in code."""
    text = re.sub(r"^#.*$", "", text, flags=re.MULTILINE)
    return re.sub(r'"[^"]*"|`[^`]*`|\]\([^)]*\)', "", text).count("?")


# ---- The table ----


def toml(found: dict[str, dict]) -> str:
    lines = ["# Written by `python tests/lessons.py`: what the core of each lesson holds.", ""]
    for number, of in found.items():
        lines.append(f'["{number}"]')
        for key, value in of.items():
            words = "[" + ", ".join(f'"{one}"' for one in value) + "]" if isinstance(value, list) else value
            lines.append(f"{key} = {words}")
        lines.append("")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    table = measured()
    print(pandas.DataFrame(table).T.drop(columns=["new", "ids"]).to_string())
    print("caps:", CAPS)
    FILE.write_text(toml(table), encoding="utf-8")
