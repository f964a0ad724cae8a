"""A clean notebook back, whatever happened to it: a copy is kept at the first start. Answers are not touched."""

import json
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from helpers.base.errors import CorpusError, KitError
from helpers.base.files import project_root
from helpers.base.writing import write
from helpers.lessons.desk import work_folder

BY_HAND = "Copy it by hand."
NUMBERED = "[0-9][0-9]_*.ipynb"


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
    write(copy, json.dumps(book, ensure_ascii=False, indent=1) + "\n", f"{path.name} can't be written", BY_HAND)


def fresh(number: int) -> Path:
    """Put the kept copy of notebook `number` in its place, and return that; a `KitError` if there is none."""
    path, copy = _places(number)
    if copy is None or not copy.exists():
        raise KitError(f"There is no kept copy of notebook {number:02d}. One is made when it is started first.")
    return write(path, copy.read_text(encoding="utf-8"), f"{path.name} can't be written", BY_HAND)


def notebooks() -> dict[int, Path]:
    """The notebooks by number, in order: those beside the one that runs, else the project's; there may be none."""
    found = sorted(Path.cwd().glob(NUMBERED))  # on a hub the kit is installed once, and each student has own notebooks
    with suppress(CorpusError):  # an installed package has no project
        found = found or sorted(project_root().glob(f"notebooks/{NUMBERED}"))
    return {int(path.name[:2]): path for path in found}


def _places(number: int) -> tuple[Path, Path | None]:
    """Where a notebook lies, and where its copy is kept; None where nothing can be written."""
    path, work = notebooks().get(number), work_folder()
    if path is None:
        raise KitError(f"There is no notebook {number:02d} in this folder. Name one that is there.")
    return path, work / "pristine" / kit_version() / path.name if work is not None else None


def kit_version() -> str:
    """The version of the kit that is installed."""
    with suppress(PackageNotFoundError):
        return version("lima-sources")
    return "unknown"  # run from its folder without being installed
