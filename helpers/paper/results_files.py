"""The files of a class: found in a folder and in zips, each read as hostile input, none of them trusted with a path.

Nothing is unpacked to the disk, no link is followed, and no name of a file is more than words to be shown. A file that
can't be used is kept with the reason; it never stops the others.
"""

import os
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from pathlib import Path

from helpers.base.errors import KitError, bare
from helpers.lessons.handed import HandIn

FILE = 5_000_000  # bytes of one hand-in, unpacked
ZIP = 50_000_000  # bytes of one zip
TOTAL = 250_000_000  # bytes of all that is read
FILES = 500  # hand-ins and zips that are opened
ENTRIES = 5_000  # names that are looked at
DEPTH = 4  # folders in folders
PACKED = 2  # zips in zips: a platform's zip of what students zipped
MEMBERS = 2_000  # files in one zip
RATIO = 200  # times that a file may grow when unpacked
CLASS_LIST = "names.txt"
OURS = (CLASS_LIST, "readme.txt")
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, NotImplementedError)


@dataclass(frozen=True)
class Read:
    """A hand-in, the name of its file as it is shown, and the time of that file."""

    hand_in: HandIn
    file: str
    at: float


@dataclass
class Folder:
    """What was found in a folder: hand-ins, and for each file that can't be used its name and the reason."""

    reader: Callable[[bytes], HandIn]
    read: list[Read] = field(default_factory=list)
    broken: list[tuple[str, str]] = field(default_factory=list)
    opened: int = 0
    taken: int = 0

    def look(self, folder: Path) -> None:
        """Read all hand-ins of a folder, those in folders and in zips too."""
        for number, (entry, shown) in enumerate(_walk(folder, "", 0)):
            if number >= ENTRIES:
                self.broken.append((shown, f"There are more than {ENTRIES:,} files here; the others were left out."))
                return
            self._try(shown, lambda entry=entry, shown=shown: self._file(entry, shown))

    def _try(self, shown: str, read: Callable[[], None]) -> None:
        """Read a file, or keep the reason why it can't be."""
        try:
            read()
        except KitError as error:
            self.broken.append((shown, str(error)))
        except _DAMAGED as error:
            self.broken.append((shown, f"It is damaged, or locked with a password ({bare(error)})."))

    # ---- On the disk ----

    def _file(self, entry: os.DirEntry, shown: str) -> None:
        status = entry.stat(follow_symlinks=False)
        if stat.S_ISDIR(status.st_mode):
            raise KitError(f"It lies more than {DEPTH} folders deep. Move it up.")
        if not stat.S_ISREG(status.st_mode):
            raise KitError("It is a link or a device, not a file. Put the file itself here.")
        _check_kind(shown)
        most = ZIP if _is_zip(shown) else FILE
        self._room(status.st_size, most)
        with open(entry.path, "rb") as file:
            data = file.read(status.st_size + 1)  # it may grow while it is read
        self._room(len(data), most)
        self._take(data, shown, status.st_mtime, 0)

    def _room(self, size: int, most: int) -> None:
        """Whether one more file of this size may be read."""
        if size > most:
            raise KitError(f"It has more than {most // 1_000_000} million bytes, so it is no hand-in.")
        if self.opened >= FILES or self.taken + size > TOTAL:
            raise KitError(f"It was left out: at most {FILES} files are read. Take one class at a time.")

    def _take(self, data: bytes, shown: str, at: float, depth: int) -> None:
        self.opened += 1
        self.taken += len(data)
        if data.startswith(b"PK"):  # by what it is: a zip renamed is a zip
            self._zip(data, shown, depth + 1)
        else:
            self.read.append(Read(self.reader(data), shown, at))

    # ---- In a zip ----

    def _zip(self, data: bytes, shown: str, depth: int) -> None:
        if depth > PACKED:
            raise KitError("It is a zip in a zip in a zip. Unpack it once.")
        if data.count(b"PK\x01\x02") > MEMBERS:  # before the list of its files is built in memory
            raise KitError(f"It is a zip of more than {MEMBERS:,} files. Take one class at a time.")
        with zipfile.ZipFile(BytesIO(data)) as packed:
            for info in packed.infolist():
                name = f"{shown} / {_shown(info.filename)}"
                if not info.is_dir() and not _is_ours(info.filename):
                    self._try(name, lambda info=info, name=name: self._member(packed, info, name, depth))

    def _member(self, packed: zipfile.ZipFile, info: zipfile.ZipInfo, shown: str, depth: int) -> None:
        _check_kind(info.filename)
        most = ZIP if _is_zip(info.filename) else FILE
        self._room(info.file_size, most)
        if info.file_size > RATIO * max(info.compress_size, 1_000):
            raise KitError(f"It would grow more than {RATIO} times when unpacked, so it is no hand-in.")
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise KitError("It is packed in a way that is not read here. Unpack it, and put the file here.")
        with packed.open(info) as file:
            data = file.read(info.file_size + 1)
        self._take(data, shown, _time(info), depth)


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
    return hidden or parts[-1].lower() in (*OURS, "thumbs.db", "desktop.ini")


def _is_zip(name: str) -> bool:
    return name.lower().endswith(".zip")


def _check_kind(name: str) -> None:
    if not name.lower().endswith((".html", ".htm", ".zip")):
        raise KitError("It is neither a hand-in (.html) nor a zip. Ask for the file that the lesson makes.")


def _shown(name: str) -> str:
    """The name of a file as words: on one line, cut, without what a page can't hold."""
    return bare(name.encode("utf-8", "replace").decode("utf-8"))


def _time(info: zipfile.ZipInfo) -> float:
    try:
        return datetime(*info.date_time).timestamp()
    except (ValueError, OverflowError, OSError):
        return 0.0


def class_list(folder: Path) -> list[str]:
    """The names of `names.txt` in the folder, one a line; none where there is no such file."""
    path = folder / CLASS_LIST
    if path.is_symlink() or not path.is_file():
        return []
    with path.open("rb") as file:
        words = file.read(100_000).decode("utf-8-sig", "replace")
    return [" ".join(line.split())[:80] for line in words.splitlines() if line.strip()]
