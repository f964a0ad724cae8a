#!/bin/sh
# Opens the course by a double click (macOS, Linux): the README's first command, run in the project's folder.
cd "$(dirname "$0")/../../.." || exit 1
if ! python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
  echo "Python 3.11 or newer is missing. Install it from python.org, then double-click this file again."
  exit 1
fi
python3 -m pip install uv && python3 -m uv run jupyter lab && exit
echo "The course did not open. The README says what to do on a managed machine, or without a network."
exit 1
