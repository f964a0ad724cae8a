"""A lesson run once, by itself: its cells with what they show, and what its closed boxes hold, as plain data.

The notebook runs in a kernel of its own, with nobody's answers: `work` of that kernel is a folder that is thrown away.
"""

import os
import re
from dataclasses import dataclass
from pathlib import Path
from subprocess import DEVNULL
from tempfile import TemporaryDirectory
from typing import Any

from helpers.base.errors import KitError, brief
from helpers.base.html import page
from helpers.lessons.format import Data
from helpers.lessons.fresh import notebooks
from helpers.lessons.sheets import numbers

_READS = re.compile(r'^(?:reveal\(".*?", )?read\(corpus,([^)]*)\)')
STOP = "## Stop line"
_PASSAGE = r'<details><summary>([^<]*)</summary><div class="print mathjax_ignore".*?</div></details>'
SECONDS = 120  # for one cell on a slow machine

# What runs last in the kernel: the contents of each closed box, and of one that is made anew for every answer also
# those after the first answer that its question accepts.
_COLLECT = """
from IPython.display import display
from helpers.lessons.session import session
from helpers.lessons.sheets import question

kept = []
for (id, _), box in list(session().reveals.items()):
    kept.append({"id": id, "answered": False, "data": box.contents()})
    accepted = getattr(question(id), "accepted", ())
    if box.make is not None and accepted:
        session().commit(question(id), accepted[0])
        kept.append({"id": id, "answered": True, "data": box.contents()})
display({"application/json": kept}, raw=True)
"""


@dataclass(frozen=True)
class Cell:
    """A cell of a lesson: its text, or the question that its code asks, and what that reads and shows.

    `waits` is the question that has to be answered before the result opens.
    """

    text: str = ""
    asks: str = ""
    waits: str = ""
    reads: tuple[str, ...] = ()
    shows: tuple[Data, ...] = ()

    @property
    def tells(self) -> bool:
        """Whether it shows a table or cards of the record, which a lesson on paper needs too."""
        pages = [shown.get("text/html", "") for shown in self.shows]
        return any("<table" in html or '<article class="record"' in html for html in pages)

    @property
    def aside(self) -> list[Data]:
        """What it shows at once that a packet leaves out: single places, not tables, the record or passages."""
        if self.asks or self.waits or self.reads or self.tells:
            return []
        return [shown for shown in self.shows if "text/html" in shown]


@dataclass(frozen=True)
class Opened:
    """What a closed box holds once `id` is answered: bundles; `answered` if they are those of an accepted answer."""

    id: str
    answered: bool
    data: list[Data]


@dataclass(frozen=True)
class Lesson:
    """A lesson that was run."""

    number: int
    cells: tuple[Cell, ...]
    opened: tuple[Opened, ...]

    def part(self, *, further: bool) -> tuple[Cell, ...]:
        """The cells of the core, up to the stop line and that included, or all."""
        ends = [at for at, cell in enumerate(self.cells) if cell.text.startswith(STOP)]
        return self.cells if further or not ends else self.cells[: ends[0] + 1]


def notebook(number: int) -> Path:
    """The notebook of a lesson; a `KitError` names those that exist."""
    found = notebooks().get(number)
    if found is None or number not in numbers():
        known = ", ".join(f"{one:02d}" for one in numbers())
        raise KitError(f"There is no lesson {brief(number)}. There are {known}; without a number all are made.")
    return found


def run(number: int) -> Lesson:
    """Lesson `number`, run from its notebook without outputs; takes seconds."""
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    path = notebook(number)
    book = nbformat.read(path, as_version=4)
    own = len(book.cells)
    book.cells.append(nbformat.v4.new_code_cell(_COLLECT))
    with TemporaryDirectory(prefix="lima-", ignore_cleanup_errors=True) as work:
        client = NotebookClient(book, timeout=SECONDS, resources={"metadata": {"path": str(path.parent)}})
        try:
            client.execute(env=os.environ | {"LIMA_WORK": work}, stderr=DEVNULL)
        except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
            last = str(error).strip().splitlines()[-1]
            raise KitError(f"{path.name} does not run to its end ({last}). Put it back: fresh {number:02d}.") from None
    held = book.cells.pop().outputs[0].data["application/json"]
    return Lesson(number, tuple(map(_cell, book.cells[:own])), tuple(Opened(**one) for one in held))


def _cell(cell: Any) -> Cell:
    if cell.cell_type == "markdown":
        return Cell(text=cell.source)
    passages = "".join(_READS.findall(cell.source))
    return Cell(
        asks="".join(re.findall(r'\bask\("(.*?)"\)', cell.source)),
        waits="".join(re.findall(r'\breveal\("(.*?)"', cell.source)),
        reads=tuple(re.findall('"(.*?)"', passages)),
        shows=tuple(output.data for output in cell.outputs if "data" in output),
    )


def flat(bundle: Data) -> Any:
    """A bundle as HTML for paper: no styles of its own, citations as words, tables open, a drawing as its sentence."""
    html = bundle.get("text/html") or page("words", words=bundle.get("text/plain", ""), corpus=None)
    html = re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL)
    html = re.sub(_PASSAGE, r'<span class="when">\1</span>', html, flags=re.DOTALL)
    return html.replace('<details class="block">', '<details class="block" open>')
