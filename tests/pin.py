"""Store the outputs of pinned cells (tag keep_output), clear all others, write the list of typed
lines and the rubric of a case, and make cells firm: none can be deleted, and only those meant to be changed can be edited. The notebooks of the teacher
have no questions, so no such list; the guide's cells are the pages of `helpers/data/guide` and what belongs to them.

    python tests/pin.py [--check]


Run it after a change that alters a pinned table, and read the difference before you keep it.
With `--check` nothing is written; the exit status says whether a notebook holds an output that is not pinned.
"""

import json
import re
import sys
import tempfile

import nbformat
from nbclient import NotebookClient
from project import LESSONS, NOTEBOOKS, firm, pristine
from twins import HEAD, twins

from helpers.lessons.guide import guide, rubric


def stored_but_not_pinned(path) -> bool:
    return json.loads(path.read_text(encoding="utf-8")) != pristine(path)


def write_typed_lines(book, number: str) -> None:
    last = book.cells[-1]
    if not last.source.startswith(HEAD[:20]):
        last = nbformat.v4.new_markdown_cell(id=f"s{number}-{len(book.cells) + 1:02d}")
        book.cells.append(last)
    last.source = twins(int(number))


def case_table() -> str:
    """The rows of the rubric that are for a case, as notebook 09 and its paper have them."""
    rows = [row for row in rubric() if row.name.startswith("CA")]
    lines = [" | ".join([row.name.split("row ")[1].lower(), *row.levels]) for row in rows]
    return "\n".join(["| | one | two | three |", "|---|---|---|---|", *(f"| {line} |" for line in lines)])


def write_case(book) -> None:
    for cell in book.cells:
        if cell.cell_type == "markdown":
            cell.source = re.sub(r"^\| \| one .*(\n\|.*)+", lambda _: case_table(), cell.source, flags=re.MULTILINE)


def write_guide(book) -> None:
    book.cells = [nbformat.v4.new_markdown_cell(page, id=f"guide-{at:02d}") for at, page in enumerate(guide(), 1)]


def pin(path) -> None:
    book = nbformat.reads(json.dumps(pristine(path)), 4)
    if path.stem == "guide":
        write_guide(book)
    if path in LESSONS:
        write_typed_lines(book, path.name[:2])
        write_case(book)
    with tempfile.TemporaryDirectory() as folder:
        client = NotebookClient(book, timeout=60, kernel_name="python3", resources={"metadata": {"path": folder}})
        client.execute()
    for cell in book.cells:
        cell.metadata.pop("execution", None)
        cell.metadata |= firm(cell)
        if cell.cell_type == "code" and "keep_output" not in cell.metadata.get("tags", []):
            cell.outputs, cell.execution_count = [], None
    for key in set(book.metadata) - {"kernelspec", "language_info"}:
        del book.metadata[key]
    book.metadata.language_info = {"name": "python"}
    path.write_text(json.dumps(book, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    if "--check" in sys.argv:
        loose = [path.name for path in NOTEBOOKS if stored_but_not_pinned(path)]
        sys.exit(f"Outputs are stored in {', '.join(loose)}. Run: python tests/pin.py" if loose else 0)
    for book_path in NOTEBOOKS:
        pin(book_path)
