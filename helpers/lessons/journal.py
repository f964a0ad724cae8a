"""What a reader wrote: append-only files that survive crashes, merged when read. It knows nothing of questions.

A line is one JSON object. The newest line of a key wins: first by a counter that is one above the highest seen in the
folder when the line was written (so a clock set back does no harm), then by time, then by kernel. A deletion is a line
too: it takes away all lines before it, in every kernel that reads it, and none of them is written again.
"""

import os
import secrets
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from helpers.base.errors import KitError
from helpers.lessons.words import blank

UNSAVED = "Not saved"  # how the status of what is not on disk begins
DELETED = "/deleted"  # the key of the line that takes away all before it


class Line(msgspec.Struct, frozen=True, omit_defaults=True):
    """One saved value: the key, the value, the counter, the time (UTC) and the kernel that wrote it."""

    key: str
    value: Any
    counter: int
    at: str
    kernel: str

    @property
    def order(self) -> tuple[int, str, str]:
        return self.counter, self.at, self.kernel

    @property
    def clock(self) -> str:
        """The time of day, here, at which the line was saved."""
        return datetime.fromisoformat(self.at).astimezone().strftime("%H:%M")


_LINE = msgspec.json.Decoder(Line)
_FIRST = (0, "", "")  # before every line


class Journal:
    """The lines of one person in one folder; `folder=None` keeps them in memory alone."""

    def __init__(self, folder: Path | None):
        self.folder = folder
        self.kernel = secrets.token_hex(4)
        self.skipped = 0  # lines that were torn or foreign
        self.trouble = ""  # why the newest lines are not on disk; empty when they are
        self.looks = 0  # how often the folder was read
        self.lines: dict[str, list[Line]] = {}  # all lines of every key, in the order in which they were met
        self.newest: dict[str, Line] = {}  # as far as it was read; `refresh` reads on
        self.deletion = _FIRST  # the order of the last deletion
        self._own: list[Line] = []  # what this kernel wrote
        self._waiting: list[Line] = []  # of those, what is not on disk yet
        self._counter = 0
        self._met: set[tuple[int, str, str]] = set()  # the orders of all lines that were taken
        self._read: dict[str, int] = {}  # how far each file has been read
        self._file: Path | None = None
        self._size = 0  # what this kernel's file should measure

    def __getitem__(self, key: str) -> Any:
        """The newest value of a key, as far as the folder was read; None if there is none."""
        line = self.newest.get(key)
        return None if line is None else line.value

    @property
    def every(self) -> list[Line]:
        """All lines of questions, the oldest first."""
        found = [line for key, lines in self.lines.items() if not key.startswith("/") for line in lines]
        return sorted(found, key=lambda line: line.order)

    # ---- Writing ----

    def write(self, key: str, value: Any) -> Line:
        """Take a value and write it; `trouble` says afterwards why it is not on disk, and every later line tries again.

        `refresh` first, once an event, so that the counter is above every other. What JSON can't hold raises a
        `KitError` before anything is queued.
        """
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        line = Line(key, value, self._counter + 1, now, self.kernel)
        _encoded(line)
        self._take(line)
        self._own.append(line)
        if self.folder is not None:
            self._waiting.append(line)
            self.flush()
        return line

    def flush(self) -> None:
        """Write what waits, one whole line at a time; each is let go of only after `os.fsync` has returned."""
        try:
            if self._damaged():
                self._file = None
                self._waiting = [line for line in self._own if line.key != DELETED]  # a mark would take newer lines
            while self._waiting:
                self._append(_encoded(self._waiting[0]))
                self._waiting.pop(0)
            self.trouble = ""
        except OSError as error:
            self._file = None  # the next line must not grow onto a torn one
            self.trouble = error.strerror or str(error)

    def status(self, *keys: str) -> str:
        """Whether and when what stands under these keys was saved; empty where nothing does."""
        if self.trouble and self.unsaved & set(keys):
            return f"{UNSAVED}: {self.trouble}. Copy what you wrote to be safe."
        lines = [self.newest[key] for key in keys if key in self.newest and not blank(self.newest[key].value)]
        if not lines:
            return ""
        where = " in memory only" if self.folder is None else ""
        return f"saved {max(lines, key=lambda line: line.order).clock}{where}"

    @property
    def unsaved(self) -> set[str]:
        """The keys of which something is not on disk."""
        return {line.key for line in self._waiting}

    def _damaged(self) -> bool:
        """Whether this kernel's file was deleted or cut from outside while the kernel was running."""
        if self._file is None:
            return False
        return not self._file.exists() or self._file.stat().st_size < self._size

    def _append(self, data: bytes) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        if self._file is None or self._file.stat().st_size != self._size:
            self._file, self._size = self.folder / _file_name(), 0
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
        descriptor = os.open(self._file, flags, 0o600)
        try:
            written = os.write(descriptor, data)
            if written != len(data):
                raise OSError(0, "the disk took only a part of it")
            os.fsync(descriptor)
        except OSError:
            _remove_if_empty(self._file)
            raise
        finally:
            os.close(descriptor)
        self._size += written

    # ---- Deleting ----

    def delete(self) -> None:
        """Remove the files of this folder, whoever wrote them, and leave one line that other kernels obey."""
        self.refresh()
        if self.folder is not None and self.folder.is_dir():
            for path in self.folder.glob("*.jsonl"):
                path.unlink(missing_ok=True)
        self._own, self._waiting, self._file = [], [], None
        self.write(DELETED, True)

    # ---- Reading ----

    def refresh(self) -> bool:
        """Read what all kernels have added since the last time, one look into the folder; whether one has deleted."""
        self.looks += 1
        before = self.deletion
        for name, size in self._files():
            if size != self._read.get(name, 0):
                self._read_on(name, size)
        return self.deletion != before

    def _files(self) -> list[tuple[str, int]]:
        """The names and sizes of the files, in order of their names."""
        if self.folder is None:
            return []
        try:
            with os.scandir(self.folder) as entries:
                return sorted((one.name, one.stat().st_size) for one in entries if one.name.endswith(".jsonl"))
        except OSError:
            return []

    def _read_on(self, name: str, size: int) -> None:
        start = self._read.get(name, 0)
        if size < start:
            start = 0  # somebody cut it: read it again from the beginning
        try:
            with (self.folder / name).open("rb") as file:
                file.seek(start)
                data = file.read()
        except OSError:
            return
        *whole, torn = data.split(b"\n")
        for words in filter(None, whole):
            line = _decoded(words)
            if line is None:
                self.skipped += 1
            else:
                self._take(line)
        self._read[name] = start + len(data) - len(torn)

    def _take(self, line: Line) -> None:
        self._counter = max(self._counter, line.counter)
        if line.order <= self.deletion:
            return
        if line.key == DELETED:
            self._obey(line)
            return
        if line.order in self._met:
            return  # the same line, read back from disk or written again
        self._met.add(line.order)
        newest = self.newest.get(line.key)
        self.lines.setdefault(line.key, []).append(line)
        if newest is None or line.order > newest.order:
            self.newest[line.key] = line

    def _obey(self, deletion: Line) -> None:
        """Drop everything before a deletion, also what waits to be written."""
        self.deletion = deletion.order
        self._own = [line for line in self._own if line.order > self.deletion]
        self._waiting = [line for line in self._waiting if line.order > self.deletion]
        self.lines = {key: [one for one in lines if one.order > self.deletion] for key, lines in self.lines.items()}
        self.newest = {key: max(lines, key=lambda one: one.order) for key, lines in self.lines.items() if lines}


def newest(key: str, lines: Iterable[Line]) -> Any:
    """The newest value of a key among lines, the oldest first; None if there is none."""
    values = [line.value for line in lines if line.key == key]
    return values[-1] if values else None


def _encoded(line: Line) -> bytes:
    try:
        return msgspec.json.encode(line) + b"\n"
    except (TypeError, ValueError, RecursionError) as error:
        raise KitError(f"This answer can't be kept: {error}. Write it as words.") from None


def _decoded(words: bytes) -> Line | None:
    """The line that a file holds; None if it is torn or foreign."""
    try:
        line = _LINE.decode(words)
        line.clock  # noqa: B018  (a time that this machine can show)
    except (msgspec.DecodeError, ValueError, OverflowError, RecursionError):
        return None
    return line


def _file_name() -> str:
    return f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{secrets.token_hex(4)}.jsonl"


def _remove_if_empty(path: Path) -> None:
    """Take away the file that a failed write has left empty."""
    with suppress(OSError):  # the disk is in trouble, and has been said to be
        if path.stat().st_size == 0:
            path.unlink()
