"""The command line: `python -m helpers check FOLDER`."""

import argparse
import sys

from helpers.history.chronology import chronology
from helpers.history.record import records
from helpers.texts.check import check

READERS = {"record.toml": lambda corpus: records(corpus.folder), "events.toml": chronology}


def main(arguments: list[str] | None = None) -> int:
    """Runs a command; the exit status is 0 only if nothing was amiss."""
    parser = argparse.ArgumentParser(prog="python -m helpers", description=__doc__)
    commands = parser.add_subparsers(required=True)
    checking = commands.add_parser("check", help="say what a folder of texts lacks, with lines to paste")
    checking.add_argument("folder")
    checking.set_defaults(run=lambda given: check(given.folder, READERS))
    given = parser.parse_args(arguments)
    report = given.run(given)
    _say(repr(report))
    return 0 if report.ready else 1


def _say(words: str) -> None:
    """Prints also on a console that lacks some of the characters."""
    encoding = sys.stdout.encoding or "utf-8"
    print(words.encode(encoding, "backslashreplace").decode(encoding))


if __name__ == "__main__":
    sys.exit(main())
