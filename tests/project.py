"""Where the project is, and its notebooks as the repository keeps them."""

import json
import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
# Without JupyterLab's own copies, which appear in hidden folders as people work.
NOTEBOOKS = sorted(path for path in (ROOT / "notebooks").rglob("*.ipynb") if ".ipynb_checkpoints" not in path.parts)
LESSONS = [path for path in NOTEBOOKS if path.name[:2].isdigit()]
TEACHER = [path for path in NOTEBOOKS if path not in LESSONS]  # pages for the teacher: no questions, no number


def firm(cell: dict) -> dict:
    """What keeps a notebook whole: no cell can be deleted, and only one that is meant to be changed can be edited.

    That is code which fails on purpose, and in a notebook for the teacher all code.
    """
    changed = "raises-exception" in cell["metadata"].get("tags", [])
    if cell["cell_type"] == "code" and not re.match(r"s\d\d-", cell["id"]):
        changed = True
    return {"deletable": False} if changed else {"deletable": False, "editable": False}


def pristine(path: Path) -> dict:
    """A notebook as it is kept in the repository: outputs and counts only in cells tagged keep_output."""
    book = json.loads(path.read_text(encoding="utf-8"))
    for cell in book["cells"]:
        if cell["cell_type"] == "code" and "keep_output" not in cell["metadata"].get("tags", []):
            cell["outputs"], cell["execution_count"] = [], None
    return book
