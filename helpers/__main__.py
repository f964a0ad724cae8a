"""The command line: `python -m helpers check FOLDER`, `fresh 03`, `packet 03`, `packet teacher`, `key 03`."""

import argparse
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TextIO

from helpers.base.errors import KitError, brief
from helpers.history.chronology import chronology
from helpers.history.record import records
from helpers.lessons.fresh import fresh
from helpers.lessons.sheets import numbers
from helpers.paper.key import key
from helpers.paper.packet import packet, teacher
from helpers.paper.printing import folder_for, pdf, write
from helpers.paper.running import Lesson, notebook, run
from helpers.texts.check import check

READERS = {"record.toml": lambda corpus: records(corpus.folder), "events.toml": chronology}
PAPERS = {"a4": "A4", "letter": "letter"}


def main(arguments: list[str] | None = None) -> int:
    """Runs a command; the exit status is 0 only if nothing was amiss."""
    given = _parser().parse_args(arguments)
    try:
        report = given.run(given)
    except KitError as error:
        _say(str(error))
        return 1
    _say(repr(report))
    return 0 if report.ready else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m helpers", description=__doc__)
    commands = parser.add_subparsers(required=True)
    checking = commands.add_parser("check", help="say what a folder of texts lacks, with lines to paste")
    checking.add_argument("folder")
    checking.set_defaults(run=lambda given: check(given.folder, READERS))
    cleaning = commands.add_parser("fresh", help="put a notebook back as it was at its first start; answers are kept")
    cleaning.add_argument("number", type=int)
    cleaning.set_defaults(run=_freshened)
    sheets = commands.add_parser("packet", help="a lesson on paper, for students; packet teacher: the guide")
    _to_print(sheets, "packet", lambda lesson, given: packet(lesson, further=given.further, size=PAPERS[given.paper]))
    keys = commands.add_parser("key", help="plan and answers of a lesson, and what stays closed in it, for the teacher")
    _to_print(keys, "key", lambda lesson, given: key(lesson, further=given.further, size=PAPERS[given.paper]))
    return parser


def _to_print(command: argparse.ArgumentParser, kind: str, make: Callable[[Lesson, argparse.Namespace], str]) -> None:
    command.add_argument("number", nargs="?", default="all", help="of a lesson, such as 03; all lessons without it")
    command.add_argument("--further", action="store_true", help="also what follows the stop line")
    command.add_argument("--paper", choices=PAPERS, default="a4")
    command.add_argument("--pdf", action="store_true", help="print it as PDF too, if a browser is found")
    command.add_argument("--out", default="", metavar="FOLDER", help="where to; work/print without it")
    command.set_defaults(run=lambda given: _printed(kind, make, given))


@dataclass(frozen=True)
class _Done:
    """What was done, as a report."""

    words: str
    ready: bool = True

    def __repr__(self) -> str:
        return self.words


def _freshened(given: argparse.Namespace) -> _Done:
    return _Done(f"{fresh(given.number).name} is as it was at its first start; answers are kept.")


def _printed(kind: str, make: Callable[[Lesson, argparse.Namespace], str], given: argparse.Namespace) -> _Done:
    """Packets or keys as files, and the sentences that say where."""
    folder, said, ready = folder_for(given.out), [], True
    for name, html in _pages(kind, make, given):
        made = write(folder / f"{name}.html", html)
        said.append(f"{made} is written.")
        if given.pdf:
            try:
                said.append(f"{pdf(made)} is printed.")
            except KitError as error:  # the page is there all the same
                said.append(str(error))
                ready = False
    return _Done("\n".join(said), ready)


def _pages(
    kind: str, make: Callable[[Lesson, argparse.Namespace], str], given: argparse.Namespace
) -> Iterator[tuple[str, str]]:
    """The pages asked for, each with the name of its file."""
    if kind == "packet" and given.number == "teacher":
        yield "teacher-guide", teacher(size=PAPERS[given.paper])
        return
    for number in _lessons(given.number):
        _say(f"running notebook {number:02d} …", sys.stderr)
        yield f"{number:02d}-{kind}", make(run(number), given)


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
