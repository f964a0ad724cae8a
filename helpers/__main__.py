"""The command line: `python -m helpers check FOLDER`."""

import argparse
import sys

from helpers.base.errors import CorpusError
from helpers.texts.library import check


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m helpers", description=__doc__)
    commands = parser.add_subparsers(required=True)
    checking = commands.add_parser("check", help="say what a folder of texts lacks, with lines to paste")
    checking.add_argument("folder")
    checking.set_defaults(run=lambda given: check(given.folder))
    given = parser.parse_args(arguments)
    try:
        print(given.run(given))
    except CorpusError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
