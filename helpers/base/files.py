"""Files: text as it is, TOML and CSV into checked records, and errors in one sentence.

Every data file of the kit goes through `load_toml` or `load_csv`, so a slip is reported the same way everywhere: file,
record, field, and the way out. Each file is read once in each form and again when it has changed on the disk.
"""

import csv
import io
import os
import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from helpers.base.edtf import Interval, interval
from helpers.base.errors import CorpusError, bare
from helpers.base.slips import converted

T = TypeVar("T")

DATA = Path(__file__).parents[1] / "data"  # the kit's own files

# ---- Where files are ----


@cache
def project_root() -> Path:
    """The nearest folder above this package that is the kit's own: its `pyproject.toml` says so."""
    for folder in Path(__file__).resolve().parents:
        if is_kit(folder):
            return folder
    raise CorpusError("The five texts are not part of the installed package. Name a folder: load_corpus(folder).")


def is_kit(folder: Path) -> bool:
    """Whether `folder` holds the `pyproject.toml` of this kit, and not that of another project."""
    try:
        words = (folder / "pyproject.toml").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return re.search(r'^name = "lima-sources"$', words, re.MULTILINE) is not None


def meant(name: str | Path) -> Path:
    """The path of that name, from the project's folder or else from here; it need not exist."""
    path = Path(os.path.expanduser(name))
    try:
        ours = project_root() / path
    except CorpusError:
        return path
    return ours if os.path.exists(ours) else path


def beside(folder: Path | None, name: str) -> Path | None:
    """The file `name` beside the texts of `folder`; None for texts without a folder or a folder without the file."""
    if folder is None or not os.path.isfile(folder / name):
        return None
    return folder / name


def lacking(folder: Path | None, name: str) -> str:
    """What an empty table says where the file that would fill it is missing; nothing where the file is there."""
    if folder is None:
        return f"These texts have no folder. A file {name} beside them in one would fill this table."
    if beside(folder, name) is None:
        return f"There is no {name} beside these texts. It would fill this table."
    return ""


def legal(edtf: str, where: str) -> Interval:
    """The interval of an EDTF date; one that is none raises a `CorpusError` that begins with `where`."""
    try:
        return interval(edtf)
    except ValueError as error:
        raise CorpusError(f"{where}: {error}") from None


# ---- Text ----

_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def decode(data: bytes, name: str) -> str:
    """The text of `data`, character for character: no newline is translated, a byte-order mark stays."""
    zeros = data.count(0)
    if data.startswith(_UTF16) or zeros > len(data) // 4:
        raise CorpusError(f"{name} is UTF-16. Open it in an editor and save it with the encoding UTF-8.")
    if zeros:
        raise CorpusError(f"{name} holds NUL bytes, so it is not plain text. Save the document as text, in UTF-8.")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise CorpusError(
            f"{name} is not UTF-8; it may be Windows-1252 or Latin-1. "
            "Open it in an editor and save it with the encoding UTF-8."
        ) from None
    if not text.replace("\ufeff", "").strip():
        raise CorpusError(f"{name} is empty. Put the text into it, or take it out of the folder.")
    return text


def read_bytes(path: Path, most: int = -1) -> bytes:
    """The bytes of a file, at most so many; a missing or unreadable one is said in a sentence."""
    try:
        with path.open("rb") as file:
            return file.read(most)
    except FileNotFoundError:
        reason = "is not there"
    except OSError as error:
        reason = f"can't be read ({error.strerror})"
    except ValueError:
        reason = "is not a name that a file can have"
    raise CorpusError(f"{bare(path.name)} {reason}. Looked in {bare(path.parent)}.")


# ---- Records ----

_READ: dict[tuple[str, Any], tuple[Any, Any]] = {}  # by path and form: the stamp of the file, what was read


def load_toml(path: Path | None, form: type[T]) -> T:
    """The TOML file at `path` as a `form`, a frozen struct that also documents the file's format.

    Without a path (`beside` found no file) it is the empty form.
    """
    if path is None:
        return form()
    return newest(_read_toml, path, form)


def load_csv(path: Path | None, row: type[T]) -> tuple[T, ...]:
    """The rows of the CSV file at `path`, each a `row`; an empty cell takes the field's default.

    Cells are separated by commas, semicolons or tabs, as the first line has them. Without a path there are no rows.
    """
    if path is None:
        return ()
    return newest(_read_csv, path, row)


def newest(read: Callable[[Path, Any], Any], path: Path, form: Any) -> Any:
    """What `read` makes of the file as it is now, in this form."""
    key = os.path.abspath(path), form
    stamp = _stamp(path)
    known = _READ.get(key)
    if known is None or known[0] != stamp:
        known = stamp, read(path, form)
        _READ[key] = known
    return known[1]


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except (OSError, ValueError):
        return None
    return status.st_mtime_ns, status.st_size


def _read_toml(path: Path, form: Any) -> Any:
    text = decode(read_bytes(path), path.name)
    try:
        data = tomllib.loads(text.removeprefix("\ufeff"))
        return converted(data, form, path.name)
    except CorpusError:
        raise
    except RecursionError:
        raise CorpusError(f"{path.name} holds brackets within brackets, too deep to read. Take them out.") from None
    except ValueError as error:
        raise CorpusError(f"{path.name} can't be read as TOML: {error}. Mend that line.") from None


def _read_csv(path: Path, row: Any) -> Any:
    text = decode(read_bytes(path), path.name).removeprefix("\ufeff")
    header = text.partition("\n")[0]
    separator = max(",;\t", key=header.count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator, strict=True, skipinitialspace=True)
    rows, lines = [], []
    try:
        _check_header(reader.fieldnames or (), path.name)
        for cells in reader:
            lines.append(reader.line_num)
            rows.append(_cells(cells, f"{path.name}, line {reader.line_num}"))
    except csv.Error as error:
        begun = reader.line_num + 1  # the line after the last whole row
        raise CorpusError(_csv_slip(str(error), f"{path.name}, line {begun}")) from None
    return converted(rows, tuple[row, ...], path.name, lines)


def repeated(names: Iterable[str]) -> list[str]:
    """Those that are there more than once."""
    return [name for name, count in Counter(names).items() if count > 1]


def _check_header(names: Iterable[str], file: str) -> None:
    twice = repeated(filter(None, names))
    if twice:
        raise CorpusError(f"{file}: the first line names the column {twice[0]} twice. Take out one of the two.")


def _cells(cells: dict, where: str) -> dict[str, str]:
    """The filled cells of a row by the name of their column, without blanks at their ends."""
    found = {}
    for name, cell in cells.items():
        if not name:
            if any(cell or ()):
                raise CorpusError(
                    f"{where}: there are more cells than names in the first line. "
                    "Put a cell that holds a comma or a semicolon into double quotation marks."
                )
        elif cell and cell.strip():
            found[name.strip()] = cell.strip()
    return found


def _csv_slip(error: str, where: str) -> str:
    if "field larger" in error:
        return f"{where}: a cell holds more than {csv.field_size_limit():,} characters. Shorten it."
    return (
        f"{where}: a double quotation mark is not closed, or stands alone in a cell that has them around it. "
        "Close it, or write it twice."
    )
