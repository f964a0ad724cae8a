"""The head of every notebook: whose answers these are, how far, where they lie, and any passage on demand."""

import base64
import re
from functools import cache

from helpers.base.errors import CorpusError
from helpers.base.files import project_root
from helpers.base.html import page
from helpers.lab.exercises import DRAFT, SHOWN, five, is_open, listeners
from helpers.lessons.journal import desk
from helpers.lessons.questions import numbers, sheet
from helpers.texts.reading import concordance, read


@cache
def notebooks() -> dict[int, tuple[str, str]]:
    """The notebooks that exist: file name and title by number."""
    found = {}
    for path in sorted((project_root() / "notebooks").glob("[0-9][0-9]_*.ipynb")):
        title = re.search(r"# (\d\d · [^\\\"]+)", path.read_text(encoding="utf-8"))
        found[int(path.name[:2])] = (path.name, title[1] if title else path.stem)
    return found


def progress(number: int) -> tuple[int, int]:
    """How many questions of a notebook are done, and how many it has; one passed over counts as done."""
    asked = sheet(number).question
    return sum(is_open(question.id) for question in asked), len(asked)


def place() -> str:
    """Where the answers lie, as a reader would look for it."""
    folder = desk().journal.folder
    if folder is None:
        return ""
    try:
        return folder.resolve().relative_to(project_root().resolve()).as_posix()
    except ValueError:
        return str(folder)


def lesson(number: int):
    """The head of notebook `number`: name, progress, where answers lie, a look-up box, and starting again."""
    import ipywidgets as w

    from helpers.lab.box import Shown, guard, html, live

    head = html("lesson", **_head(number))

    def refresh() -> None:
        head.value = page("lesson", **_head(number))

    listeners[:] = [refresh]  # one head a notebook: an older one of the same kernel is gone from the page
    look_up = live("Look up a passage, for example rw888 5", _passage)
    box = Shown(
        [
            guard(),
            head,
            _name(refresh),
            look_up,
            w.HBox(_asking(number, refresh), layout={"justify_content": "space-between"}),
        ]
    )
    box.words = f"Answers: {place() or 'in memory only'}"
    box.add_class("lima-lesson")
    return box


def _head(number: int) -> dict:
    here, course = progress(number), [progress(n) for n in numbers()]
    later = [n for n in notebooks() if n > number]
    at = desk()
    return {
        "name": at.name,
        "here": here,
        "course": (sum(done for done, _ in course), sum(count for _, count in course)),
        "next": notebooks()[later[0]] if later else None,
        "place": place(),
        "skipped": at.journal.skipped,
        "download": "" if at.journal.folder else base64.b64encode(at.download()).decode(),
    }


def _passage(cite: str) -> str:
    if not cite.strip():
        return ""
    try:
        return read(five(), cite)._repr_html_()
    except CorpusError as error:
        return page("words", words=str(error), corpus=None)


def _name(refresh):
    """The name: asked for wherever none is set, and "not you?" where one is."""
    import ipywidgets as w

    from helpers.lab.box import announce, field

    asked = field("Your name, as the class agreed (not needed if you work alone)")
    use, switch, said = w.Button(description="Use this name"), w.Button(description="Not you?"), w.Label("")
    box = w.VBox()

    def layout(asking: bool) -> None:
        box.children = [asked, use, said] if asking else [switch, said]

    def sign(_) -> None:
        desk().sign(asked.value)
        who = desk().name or "nobody in particular"
        said.value = f"From now on this is {who}. Run → Run All Cells shows their answers."
        layout(not desk().name)
        refresh()
        announce(said.value)

    use.on_click(sign)
    switch.on_click(lambda _: layout(True))
    layout(not desk().name)
    return box


def _asking(number: int, refresh) -> list:
    """Two buttons that ask once before they do what can't be undone at a key."""
    from helpers.lab.box import confirmed

    def again() -> str:
        for asked in sheet(number).question:
            for key in (asked.id, asked.id + DRAFT, asked.id + SHOWN):
                if desk().journal.newest().get(key) is not None:
                    desk().journal.write(key, None)
        refresh()
        return "This notebook is empty again. Run → Run All Cells."

    def delete() -> str:
        desk().clear()
        refresh()
        return "Your answers are deleted. Run → Run All Cells."

    return [
        confirmed("Start this notebook again", "Empty all answers of this notebook?", again),
        confirmed("Delete my answers", "Delete all your answers, of every notebook? This can't be undone.", delete),
    ]


def search(corpus):
    """A box that lists every place of a word as you type; `*` stands for letters and digits."""
    from helpers.lab.box import Shown, live

    def found(words: str) -> str:
        if not words.strip(" *"):
            return ""
        table = concordance(corpus, words)
        count = f"{len(table)} places" if len(table) != 1 else "1 place"
        call = page("twin", call=f"concordance(corpus, {words!r})", name="concordance")
        return page("words", words=count, corpus=None) + table[["cite", "left", "node", "right"]]._repr_html_() + call

    box = Shown([live("Look for a word; * stands for letters and digits", found)])
    box.words = "A search box: concordance(corpus, words) shows the same."
    return box
