"""The command line: `python -m helpers check FOLDER`, `python -m helpers fresh 03`."""

import argparse
import sys
from pathlib import Path

from helpers.base.errors import KitError
from helpers.history.chronology import chronology
from helpers.history.record import records
from helpers.lessons.fresh import fresh
from helpers.texts.check import check

READERS = {"record.toml": lambda corpus: records(corpus.folder), "events.toml": chronology}


def main(arguments: list[str] | None = None) -> int:
    """Runs a command; the exit status is 0 only if nothing was amiss."""
    parser = argparse.ArgumentParser(prog="python -m helpers", description=__doc__)
    commands = parser.add_subparsers(required=True)
    checking = commands.add_parser("check", help="say what a folder of texts lacks, with lines to paste")
    checking.add_argument("folder")
    checking.set_defaults(run=lambda given: check(given.folder, READERS))
    cleaning = commands.add_parser("fresh", help="put a notebook back as it was at its first start; answers are kept")
    cleaning.add_argument("number", type=int)
    cleaning.set_defaults(run=lambda given: _Done(fresh(given.number)))
    given = parser.parse_args(arguments)
    try:
        report = given.run(given)
    except KitError as error:
        _say(str(error))
        return 1
    _say(repr(report))
    return 0 if report.ready else 1


class _Done:
    """What `fresh` did, as a report."""

    ready = True

    def __init__(self, path: Path):
        self.path = path

    def __repr__(self) -> str:
        return f"{self.path.name} is as it was at its first start; answers are kept."


def _say(words: str) -> None:
    """Prints also on a console that lacks some of the characters."""
    encoding = sys.stdout.encoding or "utf-8"
    print(words.encode(encoding, "backslashreplace").decode(encoding))


if __name__ == "__main__":
    sys.exit(main())
