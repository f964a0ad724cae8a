"""Reading files: text as it is, TOML and CSV into checked records, and errors in one sentence.

Every data file of the kit goes through `load_toml` or `load_csv`, so a slip is reported the same way everywhere:
file, record, field, and the way out.
"""

import csv
import io
import re
import tomllib
from pathlib import Path
from typing import Any, TypeVar, get_args, get_origin

import msgspec

from helpers.base.edtf import Interval, interval
from helpers.base.errors import CorpusError, nearest

T = TypeVar("T")

DATA = Path(__file__).parents[1] / "data"  # the kit's own files

_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_AT = re.compile(r"^(?P<what>.*?)(?: - at `(?P<path>\$.*)`)?$", re.DOTALL)
_STEP = re.compile(r"\.(\w+)|\[(\d+)\]")


def project_root() -> Path:
    """The nearest folder above this package that holds `pyproject.toml`."""
    here = Path(__file__).resolve()
    for folder in here.parents:
        if (folder / "pyproject.toml").is_file():
            return folder
    raise CorpusError("The five texts are not part of the installed package. Name a folder: load_corpus(folder).")


def data_file(folder: Path | None, name: str) -> Path:
    """`name` beside the texts, or in the kit's own `seeds/` for a text without a folder or a folder without it."""
    if folder is not None and (folder / name).is_file():
        return folder / name
    return project_root() / "seeds" / name


def legal(edtf: str, where: str) -> Interval:
    """The interval of an EDTF date; one that is none raises a `CorpusError` that begins with `where`."""
    try:
        return interval(edtf)
    except ValueError as error:
        raise CorpusError(f"{where}: {error}") from None


# ---- Text ----


def decode(data: bytes, name: str) -> str:
    """The text of `data`, character for character: no newline is translated, a byte-order mark stays."""
    if not data.strip():
        raise CorpusError(f"{name} is empty. Put the text into it, or take it out of the folder.")
    zeros = data.count(0)
    if data.startswith(_UTF16) or zeros > len(data) // 4:
        raise CorpusError(f"{name} is UTF-16. Open it in an editor and save it with the encoding UTF-8.")
    if zeros:
        raise CorpusError(f"{name} holds NUL bytes, so it is not plain text. Save the document as text, in UTF-8.")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise CorpusError(
            f"{name} is not UTF-8; it may be Windows-1252 or Latin-1. "
            "Open it in an editor and save it with the encoding UTF-8."
        ) from None


def read_bytes(path: Path) -> bytes:
    """The bytes of a file; a missing or unreadable one is said in a sentence."""
    try:
        return path.read_bytes()
    except OSError as error:
        reason = "is not there" if isinstance(error, FileNotFoundError) else f"can't be read ({error.strerror})"
        raise CorpusError(f"{path.name} {reason}. Looked in {path.parent}.") from None


# ---- Records ----


def load_toml(path: Path, form: type[T]) -> T:
    """The TOML file at `path` as a `form`, a frozen struct that also documents the file's format."""
    text = decode(read_bytes(path), path.name)
    try:
        data = tomllib.loads(text.removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError as error:
        raise CorpusError(f"{path.name} can't be read as TOML: {error}. Mend that line.") from None
    return _convert(data, form, path.name)


def load_csv(path: Path, row: type[T]) -> list[T]:
    """The rows of the CSV file at `path`, each a `row`; an empty cell takes the field's default."""
    text = decode(read_bytes(path), path.name).removeprefix("\ufeff")
    rows = [
        {("" if name is None else name): cell for name, cell in cells.items() if cell}
        for cells in csv.DictReader(io.StringIO(text, newline=""), strict=True)
    ]
    return _convert(rows, list[row], path.name, strict=False)


def _convert(data: Any, form: Any, file: str, *, strict: bool = True) -> Any:
    try:
        return msgspec.convert(data, form, strict=strict)
    except msgspec.ValidationError as error:
        raise CorpusError(_sentence(str(error), data, form, file)) from None


def _sentence(message: str, data: Any, form: Any, file: str) -> str:
    """One sentence from a message such as "Expected `str`, got `int` - at `$.source[0].title`"."""
    found = _AT.match(message)
    what, steps = found["what"], _STEP.findall(found["path"] or "")
    place, field = [], ""
    for name, number in steps:
        field = name or field
        try:
            data = data[name] if name else data[int(number)]
        except (KeyError, IndexError, TypeError):
            data = None
        if number:
            named = data if isinstance(data, dict) else {}
            label = named.get("id") or named.get("file") or named.get("term") or int(number) + 1
            place.append(f"{field or 'row'} {label}")
    if steps and steps[-1][0]:
        place.append(f"field `{field}`")
    where = ", ".join([file, *place])
    if unknown := re.search(r"unknown field `(.*)`", what):
        return f"{where}: there is no field `{unknown[1]}`.{nearest(unknown[1], _fields(form)) or ' Take it out.'}"
    if missing := re.search(r"missing required field `(.*)`", what):
        return f"{where}: the field `{missing[1]}` is missing. Add it."
    return f"{where}: {what[0].lower()}{what[1:]}. Mend that value."


def _fields(form: Any) -> set[str]:
    """The names of all fields of `form` and of the records inside it."""
    if get_origin(form) is not None:
        return set().union(*(_fields(inner) for inner in get_args(form)), set())
    if not (isinstance(form, type) and issubclass(form, msgspec.Struct)):
        return set()
    return {f.encode_name for f in msgspec.structs.fields(form)}.union(
        *(_fields(f.type) for f in msgspec.structs.fields(form))
    )
