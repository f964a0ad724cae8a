"""Every budget of the kit with its floor in the same run, then our concordance and date finder beside their peers.

    python3 -m uv run --group test python tests/bench/budgets.py            # all: some minutes; the peers need a network once
    python3 -m uv run --group test python tests/bench/budgets.py answer     # some: setup, course, answer, growth, peers

All figures are processor time, so a busy machine spoils them little. A line says what was measured, what is allowed and
whether it holds; the command ends with 1 if one does not.
"""

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent), str(HERE.parents[1])]

import msgspec  # noqa: E402
import nbformat  # noqa: E402
from imports import SETUP, cost  # noqa: E402
from nbclient import NotebookClient  # noqa: E402
from project import LESSONS, pristine  # noqa: E402
from test_growth import FEW, MANY, MOST, WORK, growth  # noqa: E402

from helpers import answer, load_corpus  # noqa: E402
from helpers.lessons import session as sessions  # noqa: E402
from helpers.lessons.journal import Line  # noqa: E402

Figure = tuple[str, float, float, str]  # what, the figure, the most that it may be, its unit
FLOOR = "import pandas, ipywidgets"
MEMORY = "import psutil; print(psutil.Process().memory_info().rss)"
ANSWERS = ("74", "5", "about 70", "I don't know")


def setup() -> Iterator[Figure]:
    """The setup line of a lesson without widgets against pandas alone."""
    ratios = [cost(SETUP) / cost("import pandas") for _ in range(15)]
    yield "setup line ÷ import pandas, median of 15 pairs", median(ratios), 1.15, ""


def kernel(book: dict) -> tuple[float, int]:
    """Processor time of a kernel that runs a notebook, its start and end included, and its memory at the end."""
    made = nbformat.from_dict(book)
    made.cells.append(nbformat.v4.new_code_cell(MEMORY))
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with tempfile.TemporaryDirectory() as work:
        where = {"metadata": {"path": str(LESSONS[0].parent)}}
        NotebookClient(made, timeout=300, resources=where).execute(
            env=os.environ | {"LIMA_WORK": work}, stderr=subprocess.DEVNULL
        )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return spent, int(made.cells[-1].outputs[0].text)


def course() -> Iterator[Figure]:
    """All lessons, each in its kernel, against the same kernels with pandas and ipywidgets alone, in turn."""
    empty = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(FLOOR)])
    kernel(pristine(LESSONS[-1]))  # untimed
    pairs = [(kernel(pristine(path)), kernel(empty)) for path in LESSONS]
    yield "whole course ÷ its kernels alone", sum(a[0] for a, _ in pairs) / sum(b[0] for _, b in pairs), 1.3, ""
    yield "memory of the largest lesson ÷ a kernel alone", max(a[1] / b[1] for a, b in pairs), 1.15, ""


def answers(files: int) -> tuple[float, float]:
    """Milliseconds of an answer typed beside so many journal files, and looks into the folder for one."""
    with tempfile.TemporaryDirectory() as work:
        os.environ["LIMA_WORK"] = work
        sessions.leave()
        journal = sessions.session().desk.journal
        journal.folder.mkdir(parents=True, exist_ok=True)
        for number in range(files):
            lines = [Line(f"03.{n}", "some words", n, "2026-01-01T00:00:00+00:00", f"k{number}") for n in range(1, 30)]
            words = b"\n".join(map(msgspec.json.encode, lines)) + b"\n"
            (journal.folder / f"a{number}.jsonl").write_bytes(words)
        sessions.leave()
        answer("01.6", "1")
        journal = sessions.session().desk.journal
        took, looks = [], journal.looks
        for words in ANSWERS * 5:
            began = time.process_time()
            answer("01.6", words)._repr_html_()
            took.append(1000 * (time.process_time() - began))
        sessions.leave()
        return median(took), (journal.looks - looks) / len(took)


def answer_() -> Iterator[Figure]:
    """One answer with its feedback, beside 200 journal files and beside one."""
    one, (many, looks) = answers(1)[0], answers(200)
    yield f"an answer beside 200 files of a journal ({one:.1f} ms beside one)", many, 100, " ms"
    yield "looks into the folder for an answer", looks, 2, ""


def growth_() -> Iterator[Figure]:
    """Each text function at many sources against few; the best of three, as in the test."""
    with tempfile.TemporaryDirectory() as place:
        for name, work in WORK.items():
            best = min(growth(Path(place), load_corpus, work) for _ in range(3))
            yield f"{name}, a character: {MANY} sources ÷ {FEW}", best, MOST, ""


def peers() -> None:
    """The scripts beside this one, each with its peers in its own header."""
    uv = os.environ.get("UV") or shutil.which("uv") or "uv"
    for command in (
        ["concordance.py"],
        ["yardstick.py", "--half", "report"],
        ["yardstick.py", "--speed"],
        ["yardstick.py"],
    ):
        print(f"\n{' '.join(command)}", flush=True)
        subprocess.run([uv, "run", "--quiet", "--no-project", str(HERE / command[0]), *command[1:]])


BUDGETS = {"setup": setup, "course": course, "answer": answer_, "growth": growth_}


def main(asked: list[str]) -> int:
    missed = 0
    os.environ.pop("PYTHONDONTWRITEBYTECODE", "")  # what is compiled once is not counted
    for name in (name for name in BUDGETS if not asked or name in asked):
        for what, figure, most, unit in BUDGETS[name]():
            missed += figure > most
            held = "holds" if figure <= most else "FALLS SHORT"
            print(f"{what:72} {figure:7.2f}{unit:3} of at most {most:g}{unit}  {held}", flush=True)
    if not asked or "peers" in asked:
        peers()
    return min(missed, 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
