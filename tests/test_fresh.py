"""A clean notebook back: from the copy of the first start, without outputs, with every answer left where it is."""

import json
import shutil

import pytest
from project import NOTEBOOKS

from helpers.__main__ import main
from helpers.base.errors import KitError
from helpers.lessons import fresh as module
from helpers.lessons.fresh import fresh, keep


@pytest.fixture
def notebook(tmp_path, monkeypatch):
    """Notebook 01 in a project of its own."""
    monkeypatch.setenv("LIMA_WORK", str(tmp_path / "work"))
    monkeypatch.setattr(module, "project_root", lambda: tmp_path)
    path = tmp_path / "notebooks" / NOTEBOOKS[1].name
    path.parent.mkdir()
    shutil.copy(NOTEBOOKS[1], path)
    return path


def damage(path) -> None:
    book = json.loads(path.read_text(encoding="utf-8"))
    del book["cells"][3:]
    book["cells"][1]["source"] = "dd"
    path.write_text(json.dumps(book), encoding="utf-8")


def test_a_damaged_notebook_comes_back_and_answers_stay(notebook, tmp_path):
    whole = json.loads(notebook.read_text(encoding="utf-8"))
    keep(1)
    answer = tmp_path / "work" / "journal" / "a.jsonl"
    answer.write_text("{}")
    damage(notebook)
    keep(1)  # a later start keeps the first copy
    assert fresh(1) == notebook
    assert json.loads(notebook.read_text(encoding="utf-8")) == whole
    assert answer.read_text() == "{}"


def test_a_new_version_of_the_kit_has_a_copy_of_its_own(notebook, monkeypatch):
    keep(1)
    damage(notebook)  # what the new version brings
    monkeypatch.setattr(module, "kit_version", lambda: "9.9")
    keep(1)
    assert len(json.loads(fresh(1).read_text(encoding="utf-8"))["cells"]) == 3


def test_what_a_reader_has_run_is_not_kept(notebook):
    book = json.loads(notebook.read_text(encoding="utf-8"))
    cell = next(cell for cell in book["cells"] if cell["cell_type"] == "code" and not cell["outputs"])
    cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "mine"}]
    notebook.write_text(json.dumps(book), encoding="utf-8")
    keep(1)
    fresh(1)
    assert "mine" not in notebook.read_text(encoding="utf-8")


def test_the_command_says_what_it_did_or_why_it_could_not(notebook, capsys):
    assert main(["fresh", "1"]) == 1
    assert "There is no kept copy of notebook 01" in capsys.readouterr().out
    keep(1)
    damage(notebook)
    assert main(["fresh", "01"]) == 0
    assert "is as it was" in capsys.readouterr().out
    assert main(["fresh", "77"]) == 1


def test_on_a_hub_it_is_the_students_own_copy(notebook, tmp_path, monkeypatch):
    """The kit is installed once, and a kernel runs in the folder of its notebook."""
    own = tmp_path / "student" / "notebooks" / notebook.name
    shutil.copytree(notebook.parent, own.parent)
    monkeypatch.chdir(own.parent)
    keep(1)
    damage(own)
    damage(notebook)
    before = notebook.read_bytes()
    assert fresh(1) == own and len(json.loads(own.read_text(encoding="utf-8"))["cells"]) > 3
    assert notebook.read_bytes() == before


def test_a_full_disk_leaves_the_notebook_as_it_is(notebook, monkeypatch):
    keep(1)
    damage(notebook)
    before = notebook.read_bytes()

    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    with pytest.raises(KitError, match="No space left"):
        fresh(1)
    assert notebook.read_bytes() == before
