"""What a reader wrote: append-only files that survive crashes, merged when read. It knows nothing of questions.

A line is one JSON object. The newest line of a key wins: first by a counter that is one above the highest seen in the
folder when the line was written (so a clock set back does no harm), then by time, then by kernel.
"""

import hashlib
import os
import re
import secrets
import unicodedata
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from helpers.base.errors import CorpusError
from helpers.base.files import project_root

_SURROGATE = re.compile("[\ud800-\udfff]")


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


class NotSaved(CorpusError):
    """An answer that could not be written to disk; it stays in memory and is tried again with the next one."""


_LINE = msgspec.json.Decoder(Line)


class Journal:
    """The lines of one person in one folder; `folder=None` keeps them in memory alone."""

    def __init__(self, folder: Path | None):
        self.folder = folder
        self.kernel = secrets.token_hex(4)
        self.skipped = 0  # lines that were torn or foreign
        self.waiting: list[Line] = []  # could not be written yet
        self.own: list[Line] = []  # what this kernel wrote
        self._newest: dict[str, Line] = {}
        self._counter = 0
        self._read: dict[Path, int] = {}  # how far each file has been read
        self._file: Path | None = None
        self._size = 0  # what this kernel's file should measure

    def newest(self) -> dict[str, Line]:
        """The newest line of every key, from all files of the folder and from memory."""
        self._refresh()
        return self._newest

    def write(self, key: str, value: Any) -> Line:
        """Save a value and return its line once it is on disk; a `NotSaved` says why it is not."""
        self._refresh()
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        line = Line(key, _plain(value), self._counter + 1, now, self.kernel)
        self._take(line)
        self.own.append(line)
        if self.folder is not None:
            self.waiting.append(line)
            try:
                self._flush()
            except OSError as error:
                self._file = None  # the next line must not grow onto a torn one
                raise NotSaved(f"This answer is not on disk: {error.strerror or error}. Copy it to be safe.") from None
        return line

    # ---- Writing ----

    def _flush(self) -> None:
        """Write what waits, one whole line at a time, and let go of it only after `os.fsync` has returned."""
        if self._gone():
            self.waiting = list(self.own)
            self._file = None
        while self.waiting:
            self._append(msgspec.json.encode(self.waiting[0]) + b"\n")
            self.waiting.pop(0)

    def _gone(self) -> bool:
        """Whether this kernel's file was deleted while the kernel was running."""
        return self._file is not None and not self._file.exists()

    def _append(self, data: bytes) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        if self._file is None or self._file.stat().st_size != self._size:
            self._file, self._size = self.folder / _file_name(), 0
        descriptor = os.open(self._file, os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o600)
        try:
            written = os.write(descriptor, data)
            if written != len(data):
                raise OSError(0, "the disk took only a part of it")
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        self._size += written

    # ---- Reading ----

    def _take(self, line: Line) -> None:
        self._counter = max(self._counter, line.counter)
        if line.key not in self._newest or line.order > self._newest[line.key].order:
            self._newest[line.key] = line

    def _refresh(self) -> None:
        """Read what all kernels have added since the last time."""
        for path in sorted(self.folder.glob("*.jsonl")) if self.folder is not None and self.folder.is_dir() else []:
            try:
                self._read_on(path)
            except OSError:
                continue

    def _read_on(self, path: Path) -> None:
        start, size = self._read.get(path, 0), path.stat().st_size
        if size == start:
            return
        if size < start:
            start = 0  # somebody cut it: read it again from the beginning
        with path.open("rb") as file:
            file.seek(start)
            data = file.read()
        lines = data.split(b"\n")
        for words in filter(None, lines[:-1]):
            try:
                self._take(_LINE.decode(words))
            except (msgspec.DecodeError, UnicodeDecodeError):
                self.skipped += 1
        self._read[path] = start + len(data) - len(lines[-1])


def _file_name() -> str:
    return f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{secrets.token_hex(4)}.jsonl"


def _plain(value: Any) -> Any:
    """`value` without lone surrogates, which no file can hold: each becomes the replacement character."""
    if isinstance(value, str):
        return _SURROGATE.sub("\ufffd", value)
    if isinstance(value, dict):
        return {_plain(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value


# ---- Whose answers, and where ----


def work_folder() -> Path | None:
    """`LIMA_WORK`, else `work/` beside the texts; None where neither can be written."""
    for folder in (os.environ.get("LIMA_WORK"), None):
        try:
            place = Path(folder) if folder else project_root() / "work"
            place.mkdir(parents=True, exist_ok=True)
            probe = place / f".probe-{secrets.token_hex(4)}"
            probe.write_bytes(b"1")
            probe.unlink()
            return place
        except (OSError, CorpusError):
            continue
    return None


def chosen_name(work: Path | None) -> str:
    """The name that was chosen at this machine, or an empty string."""
    try:
        return (work / "name").read_text(encoding="utf-8").strip() if work is not None else ""
    except (OSError, UnicodeDecodeError):
        return ""


def slug(name: str) -> str:
    """A safe folder for a name: small letters and digits, then eight hex digits of SHA-256; capitals do not matter."""
    folded = " ".join(unicodedata.normalize("NFC", _plain(name)).casefold().split())
    letters = re.sub(r"[^a-z0-9]+", "-", unicodedata.normalize("NFKD", folded).encode("ascii", "ignore").decode())
    return f"{letters.strip('-')[:20] or 'reader'}-{hashlib.sha256(folded.encode()).hexdigest()[:8]}"


class Desk:
    """This kernel's place in the work folder: the name and the journal it writes to."""

    def __init__(self):
        self.work = work_folder()
        self.name = chosen_name(self.work)
        self.journal = Journal(self._folder())

    def _folder(self) -> Path | None:
        if self.work is None:
            return None
        return (self.work / slug(self.name) if self.name else self.work) / "journal"

    def sign(self, name: str) -> None:
        """Write under `name` from now on, also in the next kernel; "" is nobody's desk.

        What this kernel saved while no name was set is written again under the new one, and nothing else is.
        """
        name = " ".join(_plain(name).split())[:80]
        before, nameless = self.journal.own, not self.name
        if self.work is not None:
            (self.work / "name").write_text(name, encoding="utf-8")
        self.name = name
        self.journal = Journal(self._folder())
        for line in before if nameless and name else ():
            self.journal.write(line.key, line.value)

    def clear(self) -> None:
        """Delete this person's journal: the files and what is in memory."""
        folder = self.journal.folder
        for path in folder.glob("*.jsonl") if folder is not None and folder.is_dir() else ():
            path.unlink()
        self.journal = Journal(folder)

    def download(self) -> bytes:
        """All newest lines as a journal file: dropped into the folder that `lesson` names, it restores everything."""
        return b"".join(msgspec.json.encode(line) + b"\n" for line in self.journal.newest().values())


_desk: Desk | None = None


def desk() -> Desk:
    """The desk of this kernel."""
    global _desk
    if _desk is None:
        _desk = Desk()
    return _desk


def leave() -> None:
    """Forget the desk, as a new kernel would."""
    global _desk
    _desk = None
