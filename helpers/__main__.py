"""The command line: `python -m helpers check FOLDER`, `fresh 03`, `packet 03`, `packet teacher`, `key 03`."""

import argparse
import sys
from collections.abc import Iterator
from typing import TextIO

from helpers.base.errors import KitError, bare, brief
from helpers.base.writing import write
from helpers.history.chronology import chronology
from helpers.history.record import records
from helpers.lessons.fresh import fresh
from helpers.lessons.sheets import numbers
from helpers.paper.key import key
from helpers.paper.packet import packet, teacher
from helpers.paper.printing import folder_for, pdf
from helpers.paper.running import notebook, run
from helpers.texts.check import check

READERS = {"record.toml": lambda corpus: records(corpus.folder), "events.toml": chronology}
PAPERS = {"a4": "A4", "letter": "letter"}


def main(arguments: list[str] | None = None) -> int:
    """Runs a command; the exit status is 0 only if nothing was amiss."""
    given = _parser().parse_args(arguments)
    amiss = 0
    try:
        for words, good in given.run(given):
            _say(words)
            if not good:
                amiss = 1
    except KitError as error:
        _say(str(error))
        return 1
    return amiss


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m helpers", description=__doc__)
    commands = parser.add_subparsers(required=True)
    checking = commands.add_parser("check", help="say what a folder of texts lacks, with lines to paste")
    checking.add_argument("folder")
    checking.set_defaults(run=_checked)
    cleaning = commands.add_parser("fresh", help="put a notebook back as it was at its first start; answers are kept")
    cleaning.add_argument("number", type=int)
    cleaning.set_defaults(run=_freshened)
    sheets = commands.add_parser("packet", help="a lesson on paper, for students; packet teacher: the guide")
    _to_print(sheets, "packet")
    keys = commands.add_parser("key", help="plan and answers of a lesson, and what stays closed in it, for the teacher")
    _to_print(keys, "key")
    return parser


def _to_print(command: argparse.ArgumentParser, kind: str) -> None:
    command.add_argument("number", nargs="?", default="all", help="of a lesson, such as 03; all lessons without it")
    command.add_argument("--further", action="store_true", help="also what follows the stop line")
    command.add_argument("--paper", choices=PAPERS, default="a4")
    command.add_argument("--pdf", action="store_true", help="print it as PDF too, if a browser is found")
    command.add_argument("--out", default="", metavar="FOLDER", help="where to; work/print without it")
    command.set_defaults(run=_printed, kind=kind)


# What a command says, sentence by sentence, and whether that is as it should be.
Sentences = Iterator[tuple[str, bool]]


def _checked(given: argparse.Namespace) -> Sentences:
    report = check(given.folder, READERS)
    yield repr(report), report.ready


def _freshened(given: argparse.Namespace) -> Sentences:
    yield f"{fresh(given.number).name} is as it was at its first start; answers are kept.", True


def _printed(given: argparse.Namespace) -> Sentences:
    """Packets or keys as files."""
    folder = folder_for(given.out)
    for name, html in _pages(given):
        path = folder / f"{name}.html"
        made = write(path, html, f"{bare(path)} can't be written", "Name another folder: --out FOLDER.")
        yield f"{made} is written.", True
        if given.pdf:
            try:
                yield f"{pdf(made)} is printed.", True
            except KitError as error:  # the page is there all the same
                yield str(error), False


def _pages(given: argparse.Namespace) -> Iterator[tuple[str, str]]:
    """The pages asked for, each with the name of its file."""
    size = PAPERS[given.paper]
    if given.kind == "packet" and given.number == "teacher":
        yield "teacher-guide", teacher(size=size)
        return
    for number in _lessons(given.number):
        _say(f"running notebook {number:02d} …", sys.stderr)
        lesson = run(number)
        make = key if given.kind == "key" else packet
        yield f"{number:02d}-{given.kind}", make(lesson, further=given.further, size=size)


def _lessons(named: str) -> list[int]:
    """The numbers of the lessons meant; a `KitError` for one that does not exist, before anything is run."""
    if named == "all":
        return numbers()
    if not named.isdecimal():
        raise KitError(f"{brief(named)} is no number of a lesson. Write one such as 03, or: all.")
    notebook(int(named))
    return [int(named)]


def _say(words: str, to: TextIO | None = None) -> None:
    """Prints also on a console that lacks some of the characters."""
    to = to or sys.stdout
    encoding = to.encoding or "utf-8"
    print(words.encode(encoding, "backslashreplace").decode(encoding), file=to)


if __name__ == "__main__":
    sys.exit(main())
