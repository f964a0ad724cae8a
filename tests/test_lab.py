"""What JupyterLab and its kernels are told: settings that keep a lesson whole, and two errors in a sentence."""

import json
import re
import tomllib
from pathlib import Path

import nbformat
import pytest
from lab_settings import CELL, GONE, NOTEBOOK, OVERRIDES, SHORTCUTS, letters, schema, settings
from nbclient import NotebookClient
from project import ROOT

import helpers

LAB = ROOT / "helpers" / "data" / "lab"


# ---- Settings ----


def test_the_settings_are_those_that_the_installed_jupyterlab_needs():
    stored = json.loads(OVERRIDES.read_text(encoding="utf-8"))
    assert stored == settings(), "run python tests/lab_settings.py and read the difference"


def test_each_setting_is_one_that_jupyterlab_knows():
    for plugin, values in settings().items():
        known = schema(plugin)["properties"]
        assert set(values) <= set(known), plugin


def test_the_worded_button_comes_first_and_nothing_there_can_spoil_a_notebook():
    notebook = schema(f"{NOTEBOOK}:panel")["jupyter.lab.toolbars"]["Notebook"]
    toolbar = settings()[f"{NOTEBOOK}:panel"]["toolbar"]
    assert {*GONE} <= {item["name"] for item in notebook}
    assert toolbar[0]["label"] == "Start the lesson"
    left = [item for item in [*notebook, toolbar[0]] if item["name"] not in GONE]
    assert min(left, key=lambda item: item["rank"])["name"] == "start"
    commands = {item.get("command") for item in left} - {None}
    assert commands == {"notebook:run-all-cells", "notebook:run-cell-and-select-next", "notebook:interrupt-kernel",
                        "notebook:restart-kernel"}  # fmt: skip
    cell = {item["name"] for item in schema(f"{CELL}:plugin")["jupyter.lab.toolbars"]["Cell"]}
    assert {item["name"] for item in settings()[f"{CELL}:plugin"]["toolbar"] if item["disabled"]} == cell


def test_no_letter_typed_beside_a_box_changes_a_notebook():
    off = [(one["command"], one["keys"]) for one in letters()]
    assert {"notebook:delete-cell", "notebook:cut-cell", "notebook:insert-cell-above"} <= {name for name, _ in off}
    assert ("kernelmenu:restart", ["0", "0"]) in off
    bound = [one for plugin in SHORTCUTS for one in schema(plugin)["jupyter.lab.shortcuts"] if one["keys"]]
    left = [one["keys"] for one in bound if (one["command"], one["keys"]) not in off]
    typed = {key for keys in left for key in keys[:1] if re.fullmatch("(Shift )?[A-Z0-9]", key)}
    assert typed == {"J", "K", "Z", "Shift Z"}


def test_what_the_kernel_reads_is_part_of_the_wheel():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    shared = project["tool"]["hatch"]["build"]["targets"]["wheel"]["shared-data"]
    assert {Path(file).name for file in shared} == {path.name for path in LAB.iterdir() if path.is_file()}
    assert all((ROOT / file).is_file() for file in shared)
    assert {Path(to).parent for name, to in shared.items() if name.endswith(".py")} == {Path("etc/ipython")}


# ---- Errors in a sentence ----


@pytest.fixture(scope="module", params=["with the kit's configuration", "without"])
def kernel(request, tmp_path_factory):
    """A kernel that reads `ipython_config.py` from its profile, and one that forgets what it read."""
    home = tmp_path_factory.mktemp("ipython")
    (home / "profile_default").mkdir()
    for path in LAB.glob("*.py"):
        (home / "profile_default" / path.name).write_bytes(path.read_bytes())
    where = {"metadata": {"path": str(home)}}
    client = NotebookClient(nbformat.v4.new_notebook(), timeout=60, allow_errors=True, resources=where)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("IPYTHONDIR", str(home))
        with client.setup_kernel():
            client.kind = request.param != "without"
            client.first = ["%reset -f"] if client.kind else ["%reset -f", "get_ipython().set_custom_exc((), None)"]
            yield client


def said(kernel: NotebookClient, *codes: str) -> str:
    """What the last of some cells shows of its error, without colours and numbers of cells."""
    kernel.nb = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code) for code in (*kernel.first, *codes)])
    for at, cell in enumerate(kernel.nb.cells):
        kernel.execute_cell(cell, at)
    (output,) = kernel.nb.cells[-1].outputs
    assert output.output_type == "error"
    return re.sub(r"\x1b\[[\d;]*m", "", "\n".join(output.traceback))


OURS = [
    (["ask('01.1')"], "Press Start the lesson, above: before that, ask is not known here."),
    (["read(corpus, 'rw888 5')"], "Press Start the lesson, above: before that, read is not known here."),
    (["corpus = 1", "cues(corpus)"], "This lesson did not fetch cues. Write first: from helpers import cues"),
    (['x = 1\nprint("rw888 5)'], "A quotation mark is missing in line 2. Words stand between two of them: "
                                 '"rw888 5"'),
]  # fmt: skip
OTHERS = [
    ["stranger"],
    ["x = (1"],
    ["  x = 1\n y = 2"],
    ["compile('x = \"1', 'f', 'exec')"],
    ["def f():\n    del a\n    a = ask\nf()"],
    ["1 / 0"],
    ["x = '''open"],
]


@pytest.mark.parametrize("codes, sentence", OURS)
def test_two_errors_are_said_in_a_sentence(kernel, codes, sentence):
    shown = said(kernel, *codes)
    assert (shown == sentence) is kernel.kind
    assert ("Error" in shown) is not kernel.kind


@pytest.fixture(scope="module")
def plain():
    """What a kernel of its own accord shows, kept from the first round for the second."""
    return {}


@pytest.mark.parametrize("codes", OTHERS, ids=lambda codes: codes[0][:12])
def test_all_other_errors_are_shown_as_ever(kernel, codes, plain):
    shown = re.sub(r"Cell In\s?\[\d+\]|ipykernel_\d+/\d+", "Cell", said(kernel, *codes))
    assert shown == plain.setdefault(codes[0], shown)
    assert "Error" in shown


def test_nothing_is_left_in_the_name_space(kernel):
    code = "raise RuntimeError(sorted(n for n in globals() if n[0] != '_' and n not in ('In', 'Out', 'exit', 'quit', 'open', 'get_ipython')))"
    assert said(kernel, code).endswith("RuntimeError: []")


def test_every_public_name_is_known_by_heart():
    code = (LAB / "lima_kind_errors.py").read_text(encoding="utf-8")
    names = set(re.search(r'NAMES = """(.*?)"""', code, re.DOTALL)[1].split())
    assert {*helpers.__all__, "corpus"} <= names
    assert not re.search(r"^\s*(from|import) ", code, re.MULTILINE)
