"""Files that were handed in, read as hostile input: one that comes back, or all of a class, in folders and in zips.

Nothing in a file is run, followed or believed, nothing is unpacked to the disk, no link is followed, and no name of a
file is more than words to be shown. Of a page only the one JSON block in it counts. A file that can't be used is kept
with the reason, a sentence about "It"; it never stops the others.
"""

import html
import io
import json
import os
import stat
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from helpers.base.errors import KitError, bare
from helpers.base.files import meant, read_bytes
from helpers.lessons.handed import FORM, KIT, HandIn
from helpers.lessons.words import plain_data

FILE = 5_000_000  # bytes of one page, unpacked
ZIP = 50_000_000  # bytes of one zip
TOTAL = 250_000_000  # bytes of all that is read
FILES = 500  # pages and zips that are opened
ENTRIES = 5_000  # names that are looked at
DEPTH = 4  # folders in folders
PACKED = 2  # zips in zips: a platform's zip of what students zipped
MEMBERS = 2_000  # files in one zip
RATIO = 200  # times that a file may grow when unpacked
CLASS_LIST = "names.txt"
OURS = (CLASS_LIST, "readme.txt", "thumbs.db", "desktop.ini")
# The block as a browser writes it too, so that a page saved anew from a browser is still found.
OPEN, CLOSE = '<pre id="lima-hand-in" hidden="">', "</pre>"
AGAIN = "Make the file again with hand_in() and bring that one."


def read_hand_in(file: Path | str | bytes, name: str = "") -> HandIn:
    """What a hand-in holds: a page, or a zip with one, given by its path or as its bytes; else a `KitError`."""
    if not isinstance(file, bytes):
        name, file = name or Path(file).name, read_bytes(meant(file), ZIP + 1)  # of a larger one no more is read
    name, found = bare(name or "The file"), Found()
    found.try_to(found.take, file, name, (), 0)
    if not found.read and found.broken:
        where, reason = found.broken[0]
        raise KitError(where + reason.removeprefix("It"))
    if len(found.read) != 1:
        raise KitError(f"{name} holds {len(found.read) or 'no'} pages (.html), not one. Take the one out and bring it.")
    return found.read[0].hand_in


# ---- Files ----


@dataclass(frozen=True)
class Read:
    """A hand-in, the name of its file as it is shown, and the time of that file here, from the year to the second."""

    hand_in: HandIn
    file: str
    at: tuple[int, ...]


class Found:
    """What was found: hand-ins, and for each file that can't be used its name and the reason."""

    def __init__(self) -> None:
        self.read: list[Read] = []
        self.broken: list[tuple[str, str]] = []
        self.opened = 0  # files, and the bytes of them
        self.taken = 0

    def look(self, folder: Path) -> None:
        """Read all hand-ins of a folder, those in folders and in zips too."""
        for number, (entry, shown) in enumerate(_walk(folder, "", 0)):
            if number >= ENTRIES:
                self.broken.append((shown, f"There are more than {ENTRIES:,} files here; the others were left out."))
                return
            self.try_to(self._file, entry, shown)

    def try_to(self, read: Callable[..., None], thing: Any, shown: str, *more: Any) -> None:
        """Read a file, or keep the reason why it can't be."""
        try:
            read(thing, shown, *more)
        except KitError as error:
            self.broken.append((shown, str(error)))
        except Exception:  # whatever a damaged or hostile file makes of its reader
            self.broken.append((shown, "It is damaged, or locked with a password."))

    def _file(self, entry: os.DirEntry, shown: str) -> None:
        status = entry.stat(follow_symlinks=False)
        if stat.S_ISDIR(status.st_mode):
            raise KitError(f"It lies more than {DEPTH} folders deep. Move it up.")
        if not stat.S_ISREG(status.st_mode):
            raise KitError("It is a link or a device, not a file. Put the file itself here.")
        self._room(status.st_size, _most(shown))
        with open(entry.path, "rb") as file:
            data = file.read(status.st_size + 1)  # it may grow while it is read
        self.take(data, shown, time.localtime(status.st_mtime)[:6], 0)

    def _room(self, size: int, most: int) -> None:
        """Whether one more file of this size may be read."""
        if size > most:
            raise KitError(f"It has more than {most // 1_000_000} million bytes, so it is no hand-in.")
        if self.opened >= FILES or self.taken + size > TOTAL:
            raise KitError(f"It was left out: at most {FILES} files are read. Take one class at a time.")

    def take(self, data: bytes, shown: str, at: tuple[int, ...], packed: int) -> None:
        """Read a page, or the pages in a zip; `packed` counts the zips around it."""
        zipped = data.startswith(b"PK")  # by what it is: a zip renamed is a zip
        self._room(len(data), ZIP if zipped else FILE)
        self.opened += 1
        self.taken += len(data)
        if zipped:
            self._zip(data, shown, packed + 1)
        else:
            self.read.append(Read(_decoded(_block(data)), shown, at))

    def _zip(self, data: bytes, shown: str, packed: int) -> None:
        if packed > PACKED:
            raise KitError("It is a zip in a zip in a zip. Unpack it once.")
        if data.count(b"PK\x01\x02") > MEMBERS:  # before the list of its files is built in memory
            raise KitError(f"It is a zip of more than {MEMBERS:,} files. Take one class at a time.")
        with zipfile.ZipFile(io.BytesIO(data)) as whole:
            for info in whole.infolist():
                if not info.is_dir() and not _is_ours(info.filename):
                    self.try_to(self._member, info, f"{shown} / {_shown(info.filename)}", whole, packed)

    def _member(self, info: zipfile.ZipInfo, shown: str, whole: zipfile.ZipFile, packed: int) -> None:
        self._room(info.file_size, _most(info.filename))
        if info.file_size > RATIO * max(info.compress_size, 1_000):
            raise KitError(f"It would grow more than {RATIO} times when unpacked, so it is no hand-in.")
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):  # others swell as they are read
            raise KitError("It is packed in a way that is not read here. Unpack it, and take the page in it.")
        with whole.open(info) as file:
            data = file.read(info.file_size + 1)
        self.take(data, shown, info.date_time, packed)


def _walk(folder: Path | str, inside: str, depth: int) -> Iterator[tuple[os.DirEntry, str]]:
    """The files of a folder and of its folders in order of their names, each with its name as it is shown."""
    with os.scandir(folder) as entries:
        found = sorted(entries, key=lambda entry: entry.name)
    for entry in found:
        if _is_ours(entry.name):
            continue
        shown = inside + _shown(entry.name)
        if entry.is_dir(follow_symlinks=False) and depth < DEPTH:
            yield from _walk(entry.path, f"{shown} / ", depth + 1)
        else:
            yield entry, shown


def _is_ours(name: str) -> bool:
    """Whether a file is ours or the system's own, and not worth a word."""
    parts = name.replace("\\", "/").split("/")
    hidden = any(part.startswith((".", "__MACOSX")) and part != ".." for part in parts)
    return hidden or parts[-1].lower() in OURS


def _most(name: str) -> int:
    """How many bytes a file of that name may have."""
    if name.lower().endswith(".zip"):
        return ZIP
    if name.lower().endswith((".html", ".htm")):
        return FILE
    raise KitError("It is neither a hand-in (.html) nor a zip. Ask for the file that the lesson makes.")


def _shown(name: str) -> str:
    """The name of a file as words: on one line, cut, without what a page can't hold."""
    return bare(name.encode("utf-8", "replace").decode("utf-8"))


def class_list(folder: Path) -> list[str]:
    """The names of `names.txt` in the folder, one a line; none where there is no such file."""
    path = folder / CLASS_LIST
    if path.is_symlink() or not path.is_file():
        return []
    words = read_bytes(path, 100_000).decode("utf-8-sig", "replace")
    return [" ".join(line.split())[:80] for line in words.splitlines() if line.strip()]


# ---- A page ----


class _Head(msgspec.Struct):
    """What is looked at before all else."""

    kit: str = ""
    form: int = 0


def _block(page: bytes) -> str:
    """The JSON in a page."""
    if not page.strip():
        raise KitError(f"It is empty. {AGAIN}")
    if page.startswith(b"%PDF"):
        raise KitError("It is a PDF, which can be read and printed, but not brought back. Bring the page (.html).")
    _, *blocks = page.decode("utf-8", "replace").split(OPEN)
    if not blocks:
        raise KitError("It holds no answers of this kit. Bring the page that hand_in() made, as it was made.")
    if len(blocks) > 1:
        raise KitError(f"It holds {len(blocks)} blocks of answers, so somebody has changed it. {AGAIN}")
    data, end, _ = blocks[0].partition(CLOSE)
    if not end:
        raise KitError(f"It ends in the middle of the answers: it was not copied whole. {AGAIN}")
    return html.unescape(data)


def _decoded(data: str) -> HandIn:
    try:
        head = msgspec.json.decode(data, type=_Head)
        if head.kit != KIT:
            raise KitError("It was made by something else than this kit. Bring the page that hand_in() made.")
        if head.form > FORM:
            raise KitError("It was made by a newer version of this kit. Update the kit here, or open it there.")
        found = msgspec.json.decode(data, type=HandIn)
    except msgspec.ValidationError:
        raise KitError(f"It holds answers in another shape than this kit's. {AGAIN}") from None
    except (msgspec.DecodeError, RecursionError, UnicodeError):
        raise KitError(f"It holds answers that can't be read: it was damaged or changed. {AGAIN}") from None
    for one in found.answers:
        try:
            plain_data((one.answer, one.unsent), depth=-1)  # the pair itself is no depth of theirs
        except KitError:
            raise KitError(f"It holds an answer to {one.id} that no question can take. {AGAIN}") from None
    return found


def block_of(made: HandIn) -> str:
    """The JSON of a hand-in, in letters that no platform on its way can spoil."""
    return json.dumps(msgspec.to_builtins(made), ensure_ascii=True)
