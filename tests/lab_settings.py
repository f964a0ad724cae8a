"""The settings with which JupyterLab keeps a lesson whole: `python tests/lab_settings.py` writes them.

A shortcut is turned off only if command, keys and selector are those of the installed JupyterLab; so the list is made
from its schemas, and a test says when it must be made again.
"""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from project import ROOT

OVERRIDES = ROOT / "helpers" / "data" / "lab" / "overrides.json"
NOTEBOOK, CELL = "@jupyterlab/notebook-extension", "@jupyterlab/cell-toolbar-extension"
SHORTCUTS = (f"{NOTEBOOK}:tracker", "@jupyterlab/mainmenu-extension:plugin")  # who binds keys in a notebook
KEPT = {"J", "K", "Z", "Shift Z"}  # moving about and undoing harm nothing; arrows and Enter are no letters
GONE = ("insert", "cut", "copy", "paste", "restart-and-run", "cellType")  # of the notebook's toolbar
START = {
    "name": "start",
    "command": "notebook:run-all-cells",
    "label": "Start the lesson",
    "caption": "Runs the whole notebook; what you have written comes back",
    "rank": 1,
}


def schema(plugin: str) -> dict[str, Any]:
    """A plugin's schema in the JupyterLab that is installed here."""
    folder, _, name = plugin.partition(":")
    path = Path(sys.prefix) / "share" / "jupyter" / "lab" / "schemas" / folder / f"{name}.json"
    return json.loads(path.read_text(encoding="utf-8"))


def letters() -> Iterator[dict[str, Any]]:
    """The shortcuts that whoever types a sentence outside a box would set off: letters, digits, Shift and a letter."""
    for plugin in SHORTCUTS:
        for one in schema(plugin)["jupyter.lab.shortcuts"]:
            alone = one["keys"] and all(re.fullmatch("(Shift )?[A-Z0-9]", key) for key in one["keys"])
            if alone and not KEPT.issuperset(one["keys"]) and not one.get("disabled"):
                yield {name: one[name] for name in ("command", "keys", "selector")} | {"disabled": True}


def settings() -> dict[str, Any]:
    """The whole of `overrides.json`."""
    cell = [item["name"] for item in schema(f"{CELL}:plugin")["jupyter.lab.toolbars"]["Cell"]]
    return {
        "@jupyterlab/docmanager-extension:plugin": {"autosaveInterval": 10},
        "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
        f"{NOTEBOOK}:tracker": {"windowingMode": "none", "showEditorForReadOnlyMarkdown": False},
        f"{NOTEBOOK}:panel": {"toolbar": [START, *({"name": name, "disabled": True} for name in GONE)]},
        f"{CELL}:plugin": {"toolbar": [{"name": name, "disabled": True} for name in cell]},
        "@jupyterlab/shortcuts-extension:shortcuts": {"shortcuts": list(letters())},
    }


def written(value: Any, depth: int = 0) -> str:
    """JSON with a line for each shortcut and button."""
    if depth < 3 and isinstance(value, dict | list) and value:
        pad = "  " * (depth + 1)
        pairs = value.items() if isinstance(value, dict) else ((None, item) for item in value)
        lines = [
            pad + ("" if name is None else json.dumps(name) + ": ") + written(item, depth + 1) for name, item in pairs
        ]
        ends = "{}" if isinstance(value, dict) else "[]"
        return f"{ends[0]}\n" + ",\n".join(lines) + f"\n{'  ' * depth}{ends[1]}"
    return json.dumps(value)


if __name__ == "__main__":
    OVERRIDES.write_text(written(settings()) + "\n", encoding="utf-8")
