"""House rules for notebooks, kept by tests: nbval ignores tags it does not know, and a misspelt one is silent."""

import ast
import re
from collections import Counter

import nbformat
import pytest
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from project import ROOT, firm
from prose import (
    bold,
    books,
    citations,
    cited_words,
    expected_figures,
    figures,
    quotations,
    source,
    teacher_books,
    texts,
)
from twins import HEAD, twins

import helpers
from helpers.texts.glossary import glossary
from helpers.texts.headlines import headline_list

LESSONS, TEACHER = books(), teacher_books()
BOOKS = LESSONS | TEACHER
TAGS = {"exercise", "keep_output", "raises-exception"}
CODE = [(n, cell) for n, book in BOOKS.items() for cell in book["cells"] if cell["cell_type"] == "code"]
TEXT = [(n, source(cell)) for n, book in BOOKS.items() for cell in book["cells"] if cell["cell_type"] == "markdown"]
TEXT = [(n, text) for n, text in TEXT if n != "guide"]  # test_guide.py holds its pages to the same rules
each_book = pytest.mark.parametrize("number", BOOKS)
each_lesson = pytest.mark.parametrize("number", LESSONS)


@pytest.mark.parametrize(
    "number", [name for name in BOOKS if name != "guide"]
)  # whose pages have a budget of their own in test_guide.py
def test_budgets(number):
    own = [cell for cell in BOOKS[number]["cells"] if not source(cell).startswith(HEAD)]
    assert len(own) <= 40
    for cell in own:
        words, lines = len(re.findall(r"\w[\w'’.,-]*", source(cell))), len(source(cell).splitlines())
        assert (lines <= 8) if cell["cell_type"] == "code" else (words <= 120), source(cell)[:80]


@each_book
def test_metadata_is_small_and_ids_are_readable(number):
    book = BOOKS[number]
    assert set(book["metadata"]) == {"kernelspec", "language_info"}
    assert set(book["metadata"]["language_info"]) == {"name"}
    for at, cell in enumerate(book["cells"], 1):
        assert cell["id"] == (f"s{number}-{at:02d}" if number in LESSONS else f"{number}-{at:02d}")
        assert set(cell["metadata"]) <= {"tags", "jupyter", "deletable", "editable"}
        assert set(cell["metadata"].get("tags", [])) <= TAGS
        kept = {name: value for name, value in cell["metadata"].items() if name in ("deletable", "editable")}
        assert kept == firm(cell), f"{cell['id']}: run python tests/pin.py"


@each_lesson
def test_opening(number):
    first, second = BOOKS[number]["cells"][:2]
    assert re.match(rf"# {number} · .+\n\n## .+\?\n", source(first))
    assert "*Minutes:*" in source(first) and "*Content:*" in source(first) and "*Lost?*" in source(first)
    assert source(second).startswith("from helpers import ") and "corpus = load_corpus(" in source(second)
    assert any(text.startswith("## Stop line") for text in texts(BOOKS[number]))


@each_book
def test_one_idea_a_cell_and_never_two_results_in_a_row(number):
    kinds = [cell["cell_type"] for cell in BOOKS[number]["cells"]]
    assert ["code", "code"] not in [kinds[i : i + 2] for i in range(len(kinds))]


@each_lesson
def test_some_cell_is_pinned_with_what_nbval_compares(number):
    pinned = [cell for n, cell in CODE if n == number and "keep_output" in cell["metadata"].get("tags", [])]
    assert pinned
    for cell in pinned:
        assert cell["execution_count"] and cell["outputs"]
        for output in cell["outputs"]:
            assert {"text/plain", "text/html"} == set(output["data"])


@pytest.mark.parametrize("number, cell", CODE, ids=lambda v: v if isinstance(v, str) else v["id"])
def test_code_is_a_footnote(number, cell):
    tree = ast.parse(source(cell))
    for node in ast.walk(tree):
        assert not isinstance(node, ast.FunctionDef | ast.ClassDef)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            assert node.id not in helpers.__all__, f"{node.id} is a public name"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id != "print"
        if isinstance(node, ast.ImportFrom):
            assert {alias.name for alias in node.names} <= set(helpers.__all__) or node.module != "helpers"


@pytest.mark.parametrize("number, text", TEXT, ids=range(len(TEXT)))
def test_prose(number, text, corpus):
    words = cited_words(corpus, citations(text))
    everywhere = [source.text for source in corpus.values()] + headline_texts()
    for quote in quotations(text):
        assert any(quote in place for place in (words or everywhere) + headline_texts()), f"{quote!r} is not cited here"
    terms = {form for term in glossary(corpus.folder) for form in (term.term, *term.also)}
    for term in bold(text):
        assert term.lower() in {t.lower() for t in terms} or term.lower().rstrip("s") in {t.lower() for t in terms}, (
            term
        )
    place = ROOT / "notebooks" / ("" if number in LESSONS else "teacher")
    for name in re.findall(r"`(\w+)\(", text):
        assert name in helpers.__all__, f"{name} does not exist yet"
    for book in re.findall(r"[Nn]otebooks? (\d\d)", text):
        assert book in LESSONS, f"notebook {book} does not exist yet"
    for link in re.findall(r"\]\(([^)]+)\)", text):
        assert link.startswith("https://") or (place / link.split("#")[0]).exists(), link


def headline_texts() -> list[str]:
    return [row.headline for row in headline_list(ROOT / "seeds")]


@pytest.mark.parametrize("number, text", TEXT, ids=range(len(TEXT)))
def test_figures_are_listed(number, text):
    plain = " ".join(text.split())
    listed = " ".join(f["sentence"] for f in expected_figures() if f["notebook"] == number and f["sentence"] in plain)
    for figure in figures(text):
        assert re.search(rf"(?<!\d){re.escape(figure)}(?!\d)", listed), (
            f"{figure} in {plain[:90]!r} is not in figures.toml"
        )


@pytest.mark.parametrize("figure", expected_figures(), ids=lambda f: f["sentence"][:40])
def test_figures_are_true(figure, corpus):
    from helpers.history.record import records

    assert any(figure["sentence"] in " ".join(text.split()) for text in texts(BOOKS[figure["notebook"]]))
    if "record" in figure:
        entry = next(entry for entry in records(corpus.folder) if entry.id == figure["record"])
        known = f"{entry.value} {entry.finding} {entry.range}"
    else:
        known = str(
            eval(figure["expression"], {name: getattr(helpers, name) for name in helpers.__all__} | {"corpus": corpus})
        )
    for number in figures(figure["sentence"]):
        assert re.search(rf"(?<!\d){re.escape(number)}(?!\d)", known), f"{number} is not in {known!r}"


# A name-space without names, and the package imported anew: what a new kernel has, but for pandas and ipywidgets.
FRESH = """%reset -f
import sys
for name in [name for name in sys.modules if name.partition(".")[0] == "helpers"]:
    del sys.modules[name]
"""


@pytest.fixture(scope="module")
def kernel(tmp_path_factory):
    """One kernel for all notebooks: starting it costs more than running one."""
    where = {"metadata": {"path": str(tmp_path_factory.mktemp("kernel"))}}
    client = NotebookClient(nbformat.v4.new_notebook(), timeout=60, kernel_name="python3", resources=where)
    with client.setup_kernel():
        yield client


def run(kernel: NotebookClient, *cells: dict | str) -> None:
    """Run cells, or lines of code, as a notebook of their own.

    Ids and metadata of the cells are left behind, as another program may leave them: a question has its id in its code.
    """
    given = [{"source": cell, "metadata": {}} if isinstance(cell, str) else cell for cell in (FRESH, *cells)]
    tags = [{"tags": cell["metadata"].get("tags", [])} for cell in given]
    new = [nbformat.v4.new_code_cell(source(cell), metadata=kept) for cell, kept in zip(given, tags, strict=True)]
    kernel.nb = nbformat.v4.new_notebook(cells=new)
    for at, cell in enumerate(new):
        kernel.execute_cell(cell, at)


@each_book
def test_runs_in_reverse_and_each_cell_twice(number, kernel):
    cells = [cell for n, cell in CODE if n == number]
    run(kernel, *cells[:1], *(cell for cell in reversed(cells) for _ in range(2)), *cells)


def test_a_notebook_finds_nothing_of_the_one_before(kernel):
    run(kernel, "from helpers import load_corpus; import helpers; helpers.planted = left = 1")
    for code in ("left", "load_corpus", "import helpers; helpers.planted"):
        with pytest.raises(CellExecutionError, match=r"NameError|AttributeError|Press Start the lesson"):
            run(kernel, code)


def test_a_page_for_the_teacher_opens_with_its_name_and_asks_nothing():
    for name, book in TEACHER.items():
        assert re.match(r"# For the teacher · .+\n\n", source(book["cells"][0])), name
        assert not any(re.search(r"\b(ask|reveal|lesson)\(", source(cell)) for cell in book["cells"]), name


@pytest.mark.parametrize("begins", ["## Hand in\n\n", "*To begin:*"])
def test_what_every_lesson_says_is_said_in_the_same_words(begins):
    found = [text[text.index(begins) :] for n, text in TEXT if n in LESSONS and begins in text]
    assert len(found) == len(LESSONS)
    assert len(set(found)) == 1, Counter(found)


@each_lesson
def test_the_typed_lines_stand_once_at_the_end(number):
    """They are made from the questions by `python tests/pin.py`."""
    assert source(BOOKS[number]["cells"][-1]) == twins(int(number))
    assert not any("answer(" in source(cell) for cell in BOOKS[number]["cells"][:-1])
