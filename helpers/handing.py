"""Handing in and bringing back: the two boxes that put together what is shown in the notebook and what leaves it."""

import base64
from collections.abc import Sequence
from pathlib import Path, PurePath
from typing import Any

import ipywidgets as w

from helpers.base.errors import KitError
from helpers.base.html import page
from helpers.base.writing import write
from helpers.lab.guard import announce, go_to
from helpers.lab.head import place
from helpers.lab.parts import Shown, button, html
from helpers.lessons.answers import PASS
from helpers.lessons.desk import slug
from helpers.lessons.handed import Handed, HandIn, differences, hand_in_of, take_back
from helpers.lessons.session import Session, session
from helpers.paper.hand_in import counted, file_name, page_of, parts_of, zipped
from helpers.paper.restore import read_hand_in

NOTHING = "Nothing has been answered yet, so there is nothing to hand in."
OFFERED = (
    "The answers here were written before a name was set. Take them over at the top of this page, and press again."
)

# ---- Handing in ----


def hand_in(name: str = "") -> Shown:
    """A button that makes one file of all your answers; `hand_in("Ana")` signs as Ana and makes it at once."""
    now = session()
    now.look()
    if name:
        now.sign(name)
    box = _Making(now)
    now.listeners["hand_in"] = box.follow
    if name:
        box.make()
    return box


class _Desk(Shown):
    """A box about the answers of whoever sat here when it was drawn."""

    def __init__(self, now: Session, children: list[w.Widget]):
        self.now, self.whose = now, now.desk.name
        super().__init__(children)
        self.add_class("lima-desk")

    def another(self) -> bool:
        """Whether somebody else sits here now."""
        whose = self.whose  # a box that follows the name changes it as it looks
        self.now.look()
        return whose != self.now.desk.name


def _tick(label: str) -> w.Checkbox:
    return w.Checkbox(description=label, indent=False)


class _Making(_Desk):
    """Whose answers, a tick for what is a reader's own, the button, and the file once it is made."""

    words = 'Press Make my file, or write hand_in("your name").'

    def __init__(self, now: Session):
        self.head = html("hand_in_box", name=now.desk.name, made=None, said="")
        self.notes = _tick("Also my notes and free columns")
        start = button("Make my file", self.press)
        start.add_class("main")
        self.other = button("", lambda: go_to("name"))
        super().__init__(now, [self.head, self.notes, w.HBox([start, self.other])])
        self.say()

    def follow(self) -> None:
        """A file of somebody else, or of what is deleted, is shown no longer."""
        if (self.whose, self.deletion) != (self.now.desk.name, self.now.desk.journal.deletion):
            self.say()

    def say(self, words: str = "", made: HandIn | None = None, **file: str) -> None:
        self.whose, self.deletion = self.now.desk.name, self.now.desk.journal.deletion
        self.other.description = "Not you?" if self.whose else "Set a name"
        self.head.value = page("hand_in_box", name=self.whose, said=words, made=made, **file)
        if made or words:
            announce("Your file is made." if made else words)

    def press(self) -> None:
        """Make the file, unless somebody else sits here since this was drawn."""
        if self.another():
            self.say("Another name was chosen meanwhile. Look whose answers these are, and press again.")
        else:
            self.make()

    def make(self) -> None:
        """Write the file and show where it is; without an answer there is none."""
        made = hand_in_of(self.now, notes=self.notes.value)
        if not any(one.filled for one in made.answers):
            self.say(NOTHING if not self.now.desk.offered() else OFFERED)
            return
        whole, name = page_of(made, self.now.corpus), file_name(made)
        where, trouble = self._kept(whole, name)
        self.say("", made, counted=counted(made), file=name, place=where, trouble=trouble, **_links(whole, name))
        self.words = f"Your file: {where or name}, with {counted(made)}."

    def _kept(self, whole: str, name: str) -> tuple[str, str]:
        """Where the file lies, or what kept it from lying there."""
        folder = self.now.desk.hand_ins
        if folder is None:
            return "", "No folder here can be written, so download the file now."
        try:
            write(folder / name, whole, f"{name} can't be written", "Download it instead.")
        except KitError as error:
            return "", str(error)
        return (PurePath(place(self.now)).parent / folder.name / name).as_posix(), ""


def _links(whole: str, name: str) -> dict[str, str]:
    """What the links hold."""
    files = {"page": whole.encode(), "zip": zipped(whole, name)}
    return {kind: base64.b64encode(data).decode() for kind, data in files.items()}


# ---- Bringing back ----


def restore(file: str = "") -> Shown:
    """Bring back the answers of a file that `hand_in` made, chosen or named; what is here stays unless you say so."""
    now = session()
    now.look()
    box = _Bringing(now)
    if file:
        box.look_into(Path(file))
    return box


class _Bringing(_Desk):
    """A file to choose, what it holds, and what is done with it."""

    words = 'Choose a file that hand_in() made, or write restore("its name").'

    def __init__(self, now: Session):
        self.file: HandIn | None = None
        self.upload = w.FileUpload(accept=".html,.htm,.zip", multiple=False, description="Choose the file")
        self.upload.observe(self._chosen, "value")
        self.head, self.below = html("restore_box", file=None, said=()), w.VBox()
        super().__init__(now, [self.upload, self.head, self.below])

    def _chosen(self, change: dict[str, Any]) -> None:
        for one in change["new"]:
            self.look_into(bytes(one["content"]), one["name"])

    def say(self, *lines: str, below: Sequence[w.Widget] = ()) -> None:
        self.whose = self.now.desk.name
        lines = tuple(filter(None, lines))
        told = counted(self.file) if self.file else ""
        self.head.value = page("restore_box", file=self.file, counted=told, said=lines)
        self.below.children = tuple(below)
        announce(" ".join(lines))

    # ---- Whose ----

    def look_into(self, file: Path | bytes, name: str = "") -> None:
        """Say what the file holds, and ask whose it shall be where it bears another name."""
        self.file = None
        try:
            self.file = read_hand_in(file, name)
        except KitError as error:
            self.say(str(error))
        else:
            self.offer()

    def offer(self) -> None:
        here, there = self.now.desk.name, self.file.name
        if not there or (here and slug(here) == slug(there)):
            self.say(below=[self._to("Bring them back", here)])
        elif here:
            own, other = self._to("Mine too: bring them back", here), self._to("Not mine: change the name first", there)
            self.say(f"The answers here are those of {here}. Whose are those of the file?", below=[own, other])
        else:
            named, bare = self._to("Bring them back under that name", there), self._to("Without a name", here)
            self.say("No name is set here yet.", below=[named, bare])

    def _to(self, label: str, name: str) -> w.Button:
        made = button(label, lambda: self.bring(name))
        made.add_class("main")
        return made

    # ---- What ----

    def bring(self, name: str) -> None:
        """Take what the journal has not, and offer both where it has something else."""
        if self.another():
            self.offer()
            return
        try:
            if name != self.whose:
                self.now.sign(name)
        except KitError as error:
            self.say(str(error))
            return
        new, otherwise = differences(self.now, self.file)
        take_back(self.now, new)
        ticks = {one.id: _tick(f"Take that of the file ({one.id})") for _, one in otherwise}
        self.say(*_told(new, otherwise), self.now.trouble, below=self._both(otherwise, ticks))

    def _both(self, otherwise: list[tuple[Handed, Handed]], ticks: dict[str, w.Checkbox]) -> list[w.Widget]:
        """Both answers of each question, with a tick for the one of the file."""
        shown: list[w.Widget] = []
        for own, one in otherwise:
            both = [("Here, and stays", self._parts(own)), ("In the file", self._parts(one))]
            shown += [html("restore_both", own=own, both=both), ticks[one.id]]
        if shown:
            shown.append(button("Done", lambda: self.take([one for _, one in otherwise if ticks[one.id].value])))
        return shown

    def _parts(self, one: Handed) -> list[dict[str, Any]]:
        if one.answer == PASS:
            return parts_of(None, "Passed over.", self.now.corpus)
        return parts_of(one.asked, one.unsent if one.unsent is not None else one.answer, self.now.corpus)

    def take(self, chosen: list[Handed]) -> None:
        """Take the answers that were ticked; those of before stay in the journal's history."""
        if self.another():
            self.offer()
            return
        take_back(self.now, chosen)
        self.say(f"Taken from the file: {len(chosen)}. All others are as they were.", self.now.trouble)


def _told(new: list[Handed], otherwise: list[tuple[Handed, Handed]]) -> list[str]:
    """What was brought back, in sentences."""
    if not new and not otherwise:
        return ["All that is in this file is here already."]
    lines = [f"Brought back: {len(new)}."]
    gone = [one.id for one in new if one.asked is None]
    if gone:
        lines.append(f"No longer asked, but kept: {', '.join(gone)}.")
    if otherwise:
        lines.append("To the following questions there is another answer here. Tick those of the file that you want.")
    return lines
