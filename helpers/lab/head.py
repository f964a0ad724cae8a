"""The head of every notebook: whose answers these are, how far, where they lie, and any passage on demand."""

import base64
import re
from contextlib import suppress

import ipywidgets as w
import msgspec

from helpers.base.errors import CorpusError, KitError, brief
from helpers.base.files import project_root
from helpers.base.html import page
from helpers.lab.guard import announce, go_to, guard
from helpers.lab.parts import Shown, button, confirmed, field, html, live
from helpers.lab.strip import strip
from helpers.lessons.fresh import fresh, keep, notebooks
from helpers.lessons.session import Session, session
from helpers.lessons.sheets import ids, numbers
from helpers.texts.corpus import Corpus
from helpers.texts.reading import concordance, read

DELETING = "Delete all your answers, of every notebook, and the files made to hand them in? This can't be undone."


def following(number: int) -> tuple[str, str] | None:
    """File name and title of the notebook after this one; None after the last."""
    path = next((path for later, path in notebooks().items() if later > number), None)
    if path is None:
        return None
    title = re.search(r"# (\d\d · [^\\\"]+)", path.read_text(encoding="utf-8"))
    return path.name, title[1] if title else path.stem


def place(session: Session) -> str:
    """Where the answers lie, as a reader would look for it; empty if they are in memory alone."""
    folder = session.desk.folder
    if folder is None:
        return ""
    try:
        return folder.resolve().relative_to(project_root().resolve()).as_posix()
    except (ValueError, CorpusError):
        return str(folder)


def progress(now: Session, *lessons: int) -> tuple[int, int]:
    """How many questions of notebooks are done, and how many they have; one passed over counts as done."""
    asked = [id for number in lessons for id in ids(number)]
    return sum(map(now.is_open, asked)), len(asked)


def lesson(number: int) -> Shown:
    """The head of notebook `number`: name, progress, where answers lie, a look-up box, and starting again."""
    if not 0 <= number < 100:
        raise KitError(f"There is no notebook {brief(number)}. Write the two digits in front of its name: lesson(3).")
    now = session()
    now.look()
    with suppress(KitError):  # without a copy there is no clean notebook, and the button says so
        keep(number)
    after = following(number)
    head = html("lesson", **_facts(now, number, after))
    offer, name = w.VBox(), _Name(now)

    def refresh() -> None:
        head.value = page("lesson", **_facts(now, number, after))
        offer.children = _offer(now)
        name.follow()

    refresh()
    now.listeners["head"] = refresh  # one a notebook: an older one of the same kernel is gone from the page
    look_up = live(f"Look up a passage, for example {next(iter(now.corpus))} 5", lambda cite: _passage(now, cite))
    onward = button("Go to my next question", lambda: _onward(now, number))
    mine = w.VBox([w.HBox([onward, guard()]), head, offer, name, look_up, w.HBox(_asking(now, number))])
    mine.add_class("lima-private")  # whose answers these are is not shown to a class
    box = Shown([w.HTML(strip(now.corpus, number)), mine])
    box.words = f"Answers: {place(now) or 'in memory only'}"
    box.add_class("lima-lesson")
    go_to(_next(now, number) if progress(now, number)[0] else "")  # who has not begun begins at the top
    return box


def _facts(now: Session, number: int, after: tuple[str, str] | None) -> dict:
    return {
        "name": now.desk.name,
        "here": progress(now, number),
        "course": progress(now, *numbers()),
        "next": after,
        "place": place(now),
        "skipped": now.desk.journal.skipped,
        "trouble": now.desk.journal.trouble,
        "download": base64.b64encode(_as_file(now)).decode() if now.desk.folder is None else "",
    }


def _as_file(now: Session) -> bytes:
    """All newest lines as a journal file: dropped into the folder that the head names, it restores everything."""
    return b"".join(msgspec.json.encode(line) + b"\n" for line in now.desk.journal.newest.values())


def _passage(now: Session, cite: str) -> str:
    return read(now.corpus, cite)._repr_html_() if cite.strip() else ""


def _next(now: Session, number: int) -> str:
    """The first question that is not done; empty if all are."""
    return next((id for id in ids(number) if not now.is_open(id)), "")


def _onward(now: Session, number: int) -> None:
    """Lead to the first question that is not done."""
    if id := _next(now, number):
        go_to(id)
    else:
        announce("All questions of this notebook are done.")


# ---- Names ----


class _Name(w.VBox):
    """The name: asked for wherever none is set, and "Not you?" where one is."""

    def __init__(self, now: Session):
        super().__init__()
        self.add_class("lima-name")
        self.now = now
        self.asked = field("Your name, as the class agreed (not needed if you work alone)")
        self.asked.continuous_update = False  # or the press of the button overtakes the last letters
        self.use = button("Use this name", self.sign)
        self.switch = button("Not you?", lambda: self.draw(asking=True))
        self.said = w.Label("")
        self.draw(asking=not now.desk.name)

    def follow(self) -> None:
        """Draw anew if another name was chosen, never while somebody types one."""
        if self.drawn != self.now.desk.name:
            self.draw(asking=not self.now.desk.name)

    def draw(self, *, asking: bool) -> None:
        self.drawn = self.now.desk.name
        self.children = [self.asked, self.use, self.said] if asking else [self.switch, self.said]

    def sign(self) -> None:
        try:
            name = self.now.sign(self.asked.value)
        except KitError as error:
            self.said.value = str(error)
        else:
            self.asked.value = ""
            self.said.value = f"From now on this is {name or 'nobody in particular'}; the boxes show their answers."
        announce(self.said.value)


def _offer(now: Session) -> list[w.Widget]:
    """Answers that were written before a name was set: offered, never taken silently."""
    count = now.desk.offered()
    if not count:
        return []
    words = "1 answer was" if count == 1 else f"{count} answers were"
    asked = w.Label(f"{words} written here before a name was set. Yours?")
    yes = button("Yes, take them over", lambda: now.take_offered(mine=True))
    no = button("No, they are not mine", lambda: now.take_offered(mine=False))
    return [asked, w.HBox([yes, no])]


# ---- Starting again ----


def _asking(now: Session, number: int) -> list[w.Widget]:
    """Buttons that ask once before they do what can't be undone at a key."""

    def again() -> str:
        return now.clear(number) or "This notebook is empty again."

    def clean() -> str:
        try:
            return f"{fresh(number).name} is as it was. Choose File → Reload Notebook from Disk, then Start the lesson."
        except KitError as error:
            return str(error)

    def delete() -> str:
        return now.delete() or "Your answers are deleted, and the files made of them."

    return [
        confirmed("Start this notebook again", "Empty all answers of this notebook?", again),
        confirmed("A clean notebook", "Put this notebook back as it was? Your answers are kept.", clean),
        confirmed("Delete my answers", DELETING, delete),
    ]


# ---- Looking for words ----


def search(corpus: Corpus) -> Shown:
    """A box that lists every place of a word as you type; `*` stands for letters and digits."""

    def found(words: str) -> str:
        if not words.strip(" *"):
            return ""
        table = concordance(corpus, words)
        count = f"{len(table)} places" if len(table) != 1 else "1 place"
        return page("found", count=count, table=table[["cite", "left", "node", "right"]]._repr_html_())

    box = Shown([live("Look for a word in the texts; * stands for letters and digits", found)])
    box.words = "A search box: concordance(corpus, words) shows the same."
    return box
