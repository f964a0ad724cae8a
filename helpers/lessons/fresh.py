"""A clean notebook back, whatever happened to it: a copy is kept at the first start. Answers are not touched."""

import json
import os
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from helpers.base.errors import KitError
from helpers.base.files import project_root
from helpers.lessons.desk import work_folder


def keep(number: int) -> None:
    """Copy notebook `number`, without outputs, unless a copy of this version of the kit is there already."""
    path, copy = _places(number)
    if copy is None or copy.exists():
        return
    try:
        book = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        raise KitError(f"{path.name} is no notebook any more. Take it from where the kit came from.") from None
    for cell in book["cells"]:
        if cell["cell_type"] == "code" and "keep_output" not in cell["metadata"].get("tags", []):
            cell["outputs"], cell["execution_count"] = [], None
    _write(copy, json.dumps(book, ensure_ascii=False, indent=1) + "\n")


def fresh(number: int) -> Path:
    """Put the kept copy of notebook `number` in its place, and return that; a `KitError` if there is none."""
    path, copy = _places(number)
    if copy is None or not copy.exists():
        raise KitError(f"There is no kept copy of notebook {number:02d}. One is made when it is started first.")
    _write(path, copy.read_text(encoding="utf-8"))
    return path


def _places(number: int) -> tuple[Path, Path | None]:
    """Where a notebook lies, and where its copy is kept; None where nothing can be written."""
    found = sorted((project_root() / "notebooks").glob(f"{number:02d}_*.ipynb"))
    if not found:
        raise KitError(f"There is no notebook {number:02d} in this folder. Name one that is there.")
    work = work_folder()
    return found[0], work / "pristine" / kit_version() / found[0].name if work is not None else None


def kit_version() -> str:
    """The version of the kit that is installed."""
    try:
        return version("lima-sources")
    except PackageNotFoundError:  # run from its folder without being installed
        return "unknown"


def _write(path: Path, words: str) -> None:
    """Write a file whole or not at all."""
    half = path.with_name(f".{path.name}.half")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        half.write_text(words, encoding="utf-8")
        os.replace(half, path)
    except OSError as error:
        raise KitError(f"{path.name} can't be written: {error.strerror or error}. Copy it by hand.") from None
