"""A folder of texts of one's own: what would be written into it, looked at by `check` first; nothing is overwritten."""

import hashlib
import re
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from helpers.base.errors import CorpusError, bare
from helpers.base.folding import fold
from helpers.texts.check import Report, check, in_toml
from helpers.texts.library import CATALOGUE, TAKEN, free_id

LONGEST = 20  # letters of an id


@dataclass(frozen=True)
class Pasted:
    """A text as somebody gave it: a short name, a title, a date (EDTF or "not stated"), and its words."""

    name: str
    title: str
    published: str
    words: str


def files_of(texts: Sequence[Pasted]) -> dict[str, str]:
    """The files of a folder with these texts, by name: each text, and the catalogue that lists them."""
    files, entries = {}, []
    for number, (id, text) in enumerate(zip(_ids(texts), texts, strict=True), start=1):
        file, words = f"{number}_{id}.txt", text.words.replace("\r\n", "\n")
        files[file] = words
        values = {
            "file": file,
            "sha256": hashlib.sha256(words.encode()).hexdigest(),
            "id": id,
            "title": text.title.strip() or text.name.strip() or id,
            "published": text.published,
        }
        entries.append(("source", values))
    files[CATALOGUE] = toml_of(entries)
    return files


def _ids(texts: Sequence[Pasted]) -> list[str]:
    """An id for each text: the first word of its name, in small letters; a number is put behind one that is taken."""
    taken = [*TAKEN, ""]
    for text in texts:
        letters = re.sub(r"[^a-z0-9 ]", "", fold(text.name)).split()
        id = letters[0][:LONGEST] if letters else "text"
        if id in taken:
            id = free_id(id, taken)
        taken.append(id)
    return taken[len(TAKEN) + 1 :]


def proposed(texts: Sequence[Pasted]) -> Report:
    """What `check` says of a folder with these texts, before anything is written where it would stay."""
    with tempfile.TemporaryDirectory() as folder:
        write_new(Path(folder), files_of(texts))
        return check(folder)


def write_new(folder: Path, files: dict[str, str]) -> None:
    """Write files into a folder, all new: one that is there raises a `CorpusError`, and nothing is written."""
    there = [name for name in files if (folder / name).exists()]
    if there:
        raise CorpusError(
            f"{there[0]} is in {bare(folder.name)} already, and nothing is overwritten. Rename that file."
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, words in files.items():
            with (folder / name).open("x", encoding="utf-8", newline="") as file:
                file.write(words)
    except (OSError, UnicodeEncodeError) as error:
        reason = getattr(error, "strerror", None) or "it holds letters that no file can hold"
        raise CorpusError(f"{bare(folder.name)} can't be written: {reason}. Choose another folder.") from None


# ---- Lists beside the texts ----


def csv_of(rows: Iterable[dict[str, str]]) -> str:
    """Rows as CSV; signs at which a spreadsheet would begin to reckon are left out."""
    cells = pd.DataFrame(list(rows)).map(lambda cell: " ".join(cell.split()).lstrip("=+-@ "))
    return cells.to_csv(index=False, lineterminator="\n")


def toml_of(entries: Iterable[tuple[str, dict[str, str]]]) -> str:
    """Tables as TOML, each with its name."""
    lines = []
    for name, fields in entries:
        lines += [f"[[{name}]]", *(f"{field} = {in_toml(value)}" for field, value in fields.items()), ""]
    return "\n".join(lines)
