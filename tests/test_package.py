"""The shape of the package: small, flowing one way, every public name taught and listed."""

import ast
import io
import re
import subprocess
import sys
import tokenize

import pytest
from project import ROOT
from prose import books, source

import helpers

# A module may import those before it; so may a package: base, texts, history, lessons, then lab or paper.
ROOMS = {
    "base": "errors door edtf files folding cite html table",
    "texts": "entries corpus library glossary reading quotes counting names cues headlines check",
    "history": "rules values timex finder record rivals tellings own chronology",
    "lessons": "journal questions marks answers",
    "lab": "charts drawing timeline box forms highlighter exercises head",
    "paper": "hand_in restore packet key results",
}
APART = {("lab", "paper"), ("paper", "lab")}  # the two ways out of a lesson never meet
ORDER = [f"{room}.{module}" for room, modules in ROOMS.items() for module in modules.split()]
MODULES = sorted((ROOT / "helpers").rglob("*.py"))
each_module = pytest.mark.parametrize("path", MODULES, ids=lambda path: f"{path.parent.name}.{path.stem}")


def test_every_module_of_the_design_was_seen():
    seen = {f"{path.parent.name}.{path.stem}" for path in MODULES if path.parent.name in ROOMS}
    rooms = {path.parent.name for path in MODULES} - {"helpers"}
    listed = {name for name in ORDER if name.split(".")[0] in rooms}
    assert {name for name in seen if not name.endswith("__init__")} == listed
    assert rooms >= {"base", "texts", "history", "lessons", "lab"}


@each_module
def test_imports_flow_one_way(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        for name in names:
            if name.startswith("helpers.") and path.parent.name in ROOMS:
                here, there = f"{path.parent.name}.{path.stem}", name.removeprefix("helpers.")
                assert ORDER.index(there) < ORDER.index(here), f"{here} imports {there}"
                assert (here.split(".")[0], there.split(".")[0]) not in APART


def lines_of_code(path) -> int:
    """Lines that hold code: neither blank, nor comment, nor docstring."""
    text = path.read_text(encoding="utf-8")
    skip = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    lines = {line for t in tokens if t.type not in skip for line in range(t.start[0], t.end[0] + 1)}
    for node in ast.walk(ast.parse(text)):
        body = getattr(node, "body", None)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node):
            lines -= set(range(body[0].lineno, body[0].end_lineno + 1))
    return len(lines)


@each_module
def test_a_module_is_short(path):
    assert lines_of_code(path) <= {"box": 250, "edtf": 80}.get(path.stem, 200)


def test_the_package_is_small():
    assert sum(map(lines_of_code, MODULES)) <= 3700


def test_public_names_are_sorted_few_and_documented():
    assert helpers.__all__ == sorted(helpers.__all__)
    assert len(helpers.__all__) <= 32
    for name in helpers.__all__:
        assert getattr(helpers, name).__doc__


def test_every_public_name_is_used_in_a_notebook_and_listed_in_the_readme():
    code = "\n".join(source(cell) for book in books().values() for cell in book["cells"] if cell["cell_type"] == "code")
    code += "answer( saved("  # the typed twin printed under each question is their use
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for name in helpers.__all__:
        assert re.search(rf"\b{name}\(", code), f"no notebook uses {name}"
        assert re.search(rf"^\| `{name}\(", readme, re.MULTILINE), f"the README's table lacks {name}"


@each_module
def test_nothing_prints_and_words_become_html_in_one_place(path):
    text = path.read_text(encoding="utf-8")
    assert path.stem == "__main__" or not re.search(r"(?<![\w.])print\(", text)
    if path.stem not in ("html", "box"):
        assert not re.search(r"(?<![\w.])HTML\(", text)


def test_style_is_that_of_ruff():
    for command in (["check"], ["format", "--check"]):
        done = subprocess.run([sys.executable, "-m", "ruff", *command, "."], cwd=ROOT, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout


def test_importing_loads_no_widgets():
    loaded = "import helpers, sys; print({'ipywidgets', 'anywidget', 'jinja2', 'mistune'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True).stdout.strip() == "set()"
