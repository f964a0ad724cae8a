"""The shape of the package: small, plain, flowing one way, every public name taught and listed."""

import ast
import functools
import io
import re
import subprocess
import sys
import tokenize
from collections.abc import Callable, Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
from project import ROOT
from prose import books, source, teacher_books

import helpers

# A package may import those before it; inside a package imports make no circle.
ROOMS = {
    "base": "errors door edtf slips files folding cite html table writing",
    "texts": "entries corpus library glossary reading quotes voices counting names cues headlines check shared lines signs writing",
    "history": "rules values timex finder record rivals tellings own chronology claims independence cards rows",
    "lessons": "words format answers questions exact grids passages marks events sheets journal desk fresh drafts session handed twins guide ledger",
    "lab": "chain charts drawing timeline guard parts box exercises head strip marked steps afterlife own",
    "paper": "hand_in restore packet key results results_people results_counts running printing",
}
APART = {("lab", "paper"), ("paper", "lab")}  # the two ways out of a lesson never meet
FRONT = {
    "box.js": 335,
    "classroom.js": 140,
    "fields.js": 115,
    "guard.js": 165,
    "highlighter.js": 240,
    "lists.js": 240,
    "sending.js": 75,
}  # lines of JavaScript
MODULES = sorted(path for path in (ROOT / "helpers").rglob("*.py") if "data" not in path.parts)
each_module = pytest.mark.parametrize("path", MODULES, ids=lambda path: named(path))


def named(path: Path) -> str:
    """`room.module`, or the module alone for those that stand in no room."""
    room = path.parent.name
    return path.stem if room == "helpers" else f"{room}.{path.stem}"


@functools.cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def ours(node: ast.AST) -> list[str]:
    """The modules of the kit that an import names."""
    names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
    names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
    return [name for name in names if name.split(".")[0] == "helpers"]


# ---- Flow ----


@each_module
def test_imports_flow_one_way_between_rooms(path):
    rooms, here = list(ROOMS), path.parent.name
    for name in (name for node in ast.walk(tree(path)) for name in ours(node)):
        assert name.count(".") == 2 or path.stem == "__main__", f"{named(path)} imports the whole of {name}"
        if here in rooms:
            there = name.split(".")[1]
            assert rooms.index(there) <= rooms.index(here), f"{named(path)} imports {name}"
            assert (here, there) not in APART


def test_imports_make_no_circle():
    graph = {
        named(path): {name.removeprefix("helpers.") for node in ast.walk(tree(path)) for name in ours(node)}
        for path in MODULES
    }
    assert list(TopologicalSorter(graph).static_order())


# ---- Small and plain ----


def lines_and_tokens(path: Path) -> tuple[set[int], int]:
    """The numbers of the lines that hold code, and how many tokens they hold; comments and docstrings left out."""
    skip = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
    tokens = tokenize.generate_tokens(io.StringIO(path.read_text(encoding="utf-8")).readline)
    kept = [token for token in tokens if token.type not in skip]
    docs = {line for node in ast.walk(tree(path)) for line in docstring(node)}
    lines = {line for token in kept for line in range(token.start[0], token.end[0] + 1)} - docs
    return lines, sum(token.start[0] not in docs for token in kept)


def docstring(node: ast.AST) -> range:
    if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node):
        return range(node.body[0].lineno, node.body[0].end_lineno + 1)
    return range(0)


def unlisted(path: Path) -> Iterator[str]:
    """Modules that the design does not name."""
    room = path.parent.name
    if room in ROOMS and path.stem not in ("__init__", *ROOMS[room].split()):
        yield f"{named(path)} is no module of the design"


def long(path: Path) -> Iterator[str]:
    if (lines := len(lines_and_tokens(path)[0])) > 200:
        yield f"{lines} lines of code, at most 200"


def dense(path: Path) -> Iterator[str]:
    lines, tokens = lines_and_tokens(path)
    most = 14 if path.stem == "finder" else 12
    if lines and tokens / len(lines) > most:
        yield f"{tokens / len(lines):.1f} tokens a line, at most {most}"


def long_functions(path: Path) -> Iterator[str]:
    code = lines_and_tokens(path)[0]
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = len(code & set(range(node.lineno, node.end_lineno + 1)))
            if lines > 25:
                yield f"{node.name} has {lines} lines, at most 25"


def imports_inside(path: Path) -> Iterator[str]:
    for function in ast.walk(tree(path)):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            names = [name for node in ast.walk(function) for name in ours(node)]
            if names:
                yield f"{function.name} imports {', '.join(names)}"


def is_truth(node: ast.AST) -> bool:
    """Whether an expression is a truth value, or chooses between values by being one."""
    if isinstance(node, ast.Call):
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        return name in ("bool", "isinstance", "any", "all", "startswith", "endswith") or name.startswith("is")
    negated = isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not)
    return negated or isinstance(node, ast.Compare | ast.BoolOp)


def truth_reckoned(path: Path) -> Iterator[str]:
    """Numbers, lists or strings times, plus or minus a truth value."""
    for node in ast.walk(tree(path)):
        operands = [node.left, node.right] if isinstance(node, ast.BinOp) else []
        operands += [node.value] if isinstance(node, ast.AugAssign) else []
        if any(map(is_truth, operands)) and isinstance(node.op, ast.Mult | ast.Add | ast.Sub):
            yield f"line {node.lineno}: {ast.unparse(node)}"


RULES: dict[str, Callable[[Path], Iterator[str]]] = {
    "listed": unlisted,
    "lines": long,
    "tokens": dense,
    "functions": long_functions,
    "imports": imports_inside,
    "truth": truth_reckoned,
}


@each_module
def test_a_module_is_small_and_plain(path):
    faults = [fault for rule in RULES.values() for fault in rule(path)]
    assert not faults, "\n".join(faults)


def test_the_package_is_small():
    assert sum(len(lines_and_tokens(path)[0]) for path in MODULES) <= 8400


def test_the_front_is_small():
    for path in sorted((ROOT / "helpers" / "data" / "front").glob("*.js")):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= FRONT[path.name], path.name


PLANTED = {
    "listed": ("", "stray"),
    "lines": ("x = 1\n" * 201, "table"),
    "tokens": ("x = f(a, b) + g(c, d) + h(e)\n", "table"),
    "functions": ("def f():\n    'One.'\n" + "    x = 1\n" * 25, "table"),
    "imports": ("def f():\n    from helpers.base.html import page\n    return page\n", "table"),
    "truth": ("n += not heading\n", "table"),
}


@pytest.mark.parametrize("rule", RULES)
def test_a_planted_fault_is_seen(rule, tmp_path):
    code, stem = PLANTED[rule]
    path = tmp_path / "base" / f"{stem}.py"
    path.parent.mkdir()
    path.write_text(code, encoding="utf-8")
    assert list(RULES[rule](path))
    sound = tmp_path / "base" / "cite.py"
    sound.write_text('"""One line."""\n\n\ndef f():\n    """Two."""\n    # three\n    return 1\n', encoding="utf-8")
    assert not list(RULES[rule](sound))


@pytest.mark.parametrize(
    "line", ["'s' * (n > 1)", "[1] * bool(x)", "12 * (a and b)", "['about'] * day.endswith('~')", "n - (not heading)"]
)
def test_reckoning_with_truth_values_is_seen(line, tmp_path):
    path = tmp_path / "one.py"
    path.write_text(line + "\n", encoding="utf-8")
    assert list(truth_reckoned(path))


# ---- Public names ----


def test_public_names_are_sorted_few_and_documented():
    assert helpers.__all__ == sorted(helpers.__all__)
    assert len(helpers.__all__) <= 40
    for name in helpers.__all__:
        assert getattr(helpers, name).__doc__


def test_every_public_name_is_used_in_a_notebook_and_listed_in_the_readme():
    every = [cell for book in (books() | teacher_books()).values() for cell in book["cells"]]
    code = "\n".join(source(cell) for cell in every if cell["cell_type"] == "code")
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


def ruff(*more: str) -> subprocess.CompletedProcess:
    return subprocess.run([sys.executable, "-m", "ruff", *more, "."], cwd=ROOT, capture_output=True, text=True)


def test_style_is_that_of_ruff():
    for command in (["check"], ["format", "--check"]):
        done = ruff(*command)
        assert done.returncode == 0, done.stdout


def test_importing_loads_no_widgets():
    loaded = "import helpers, sys; print({'ipywidgets', 'anywidget', 'jinja2', 'mistune'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True).stdout.strip() == "set()"
