"""Whose answers, and where: the work folder, the name chosen at this machine, and the folder of each person."""

import hashlib
import os
import re
import secrets
import shutil
import unicodedata
from pathlib import Path

from helpers.base.errors import CorpusError
from helpers.base.files import project_root
from helpers.base.writing import write
from helpers.lessons.journal import Journal
from helpers.lessons.words import plain_data

NOT_MINE = "/not mine"  # the key of how many answers were offered and refused


def work_folder() -> Path | None:
    """`LIMA_WORK`, else `work/` beside the texts, whole; None where neither can be written."""
    for named in (os.environ.get("LIMA_WORK"), None):
        try:
            folder = Path(named).expanduser().resolve() if named else project_root() / "work"
        except (CorpusError, RuntimeError):  # an installed package has no project; a ~ may have no home
            continue
        if _writable(folder / "journal"):
            return folder
    return None


def _writable(folder: Path) -> bool:
    """Whether a file can be written where answers would be."""
    probe = folder / f".probe-{secrets.token_hex(4)}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.write_bytes(b"1")
        probe.unlink()
    except OSError:
        return False
    return True


def slug(name: str) -> str:
    """A safe folder for a name: small letters and digits, then eight hex digits of SHA-256; capitals do not matter."""
    folded = " ".join(unicodedata.normalize("NFC", plain_data(name)).casefold().split())
    letters = re.sub(r"[^a-z0-9]+", "-", unicodedata.normalize("NFKD", folded).encode("ascii", "ignore").decode())
    return f"{letters.strip('-')[:20] or 'reader'}-{hashlib.sha256(folded.encode()).hexdigest()[:8]}"


class Desk:
    """One person's place in the work folder: the name, and the journal to write to."""

    def __init__(self, work: Path | None, name: str):
        self.work, self.name = work, name
        self.journal = Journal(self.folder)

    @property
    def folder(self) -> Path | None:
        """Where this person's journal lies; None if answers are kept in memory alone."""
        if self.work is None:
            return None
        return (self.work / slug(self.name) if self.name else self.work) / "journal"

    @property
    def hand_ins(self) -> Path | None:
        """Where this person's files to hand in lie; None if nothing can be written."""
        return self.folder.parent / "hand_in" if self.folder is not None else None

    def delete(self) -> None:
        """Delete the journal and the files to hand in; an `OSError` if these can't be."""
        self.journal.delete()
        if self.hand_ins is not None and self.hand_ins.is_dir():
            shutil.rmtree(self.hand_ins)

    # ---- What was written before a name was set ----

    def offered(self) -> int:
        """How many answers were written here without a name and could be this person's; 0 where none are."""
        if not self.name or self.work is None:
            return 0
        given = [key for key, line in self._nameless().journal.newest.items() if line.value is not None]
        count = len({key.split("/")[0] for key in given} - {""})  # a key that begins with / is no question's
        return 0 if self.journal[NOT_MINE] == count else count

    def take_offered(self, *, mine: bool) -> None:
        """Move these answers to this person, with all their tries; an own answer stays the newest. Or: not mine."""
        nameless = self._nameless()
        if not mine:
            self.journal.write(NOT_MINE, self.offered())
            return
        own, every = dict(self.journal.newest), nameless.journal.every
        for line in every:
            self.journal.write(line.key, line.value)
        for key in {line.key for line in every} & set(own):
            self.journal.write(key, own[key].value)
        if not self.journal.trouble:
            nameless.delete()

    def _nameless(self) -> "Desk":
        desk = Desk(self.work, "")
        desk.journal.refresh()
        return desk


def chosen_name(work: Path | None) -> str:
    """The name that was chosen at this machine, or an empty string."""
    try:
        return (work / "name").read_text(encoding="utf-8").strip() if work is not None else ""
    except (OSError, UnicodeDecodeError):
        return ""


def choose_name(work: Path | None, name: str) -> str:
    """Write down who sits here, for every open notebook; returns the name as it is kept, or raises a `KitError`."""
    name = " ".join(plain_data(name).split())[:80]
    if work is not None:
        write(work / "name", name, "The name can't be kept here", "Go on without one, or ask your teacher.")
    return name
