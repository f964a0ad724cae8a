"""Texts of one's own in a notebook: two are pasted, looked at and written; a list from an answer is put beside them."""

import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from helpers.base.errors import CorpusError, KitError, brief
from helpers.base.files import DATA, project_root, read_bytes
from helpers.base.folding import fold
from helpers.base.html import Typed, page, told
from helpers.base.table import groups
from helpers.history.timex import typed
from helpers.lab.box import Form
from helpers.lessons.ledger import Ledger, places
from helpers.lessons.session import session
from helpers.lessons.sheets import question
from helpers.lessons.twins import saved
from helpers.lessons.words import blank
from helpers.texts.corpus import Corpus
from helpers.texts.library import CATALOGUE, load_corpus
from helpers.texts.writing import Pasted, csv_of, files_of, proposed, toml_of, write_new

SAMPLE = DATA / "sample"
ROWS, COLUMNS = ("text 1", "text 2"), ("short name", "title", "day of print")
AGAIN = "Press *Start the lesson*: from then on the boxes of this notebook use it."
KINDS = {"vague source": "vague_source"}  # entries of a table that a file spells otherwise


class OwnForm(Form):
    """A form with a button that shows what would be written, and one that writes it."""

    def __init__(self, described: dict[str, Any], look: Callable[[], list[str]], write: Callable[[], list[str]]):
        self.acts, self.times = {"check": look, "over": write}, 0
        self.words = described["title"]
        plain = {"id": described["title"], "minutes": 0, "part": "core", "type": "form", "before": "", "hints": 0}
        super().__init__(plain | described)

    def hear(self, content: dict[str, Any]) -> None:
        """What a reader pressed; what stood in the inputs is taken with it."""
        act = self.acts.get(content.get("do"))
        if act is None:
            return
        if isinstance(content.get("value"), dict):
            self.value = content["value"]
        self.times += 1
        try:
            said, heading = act(), ""
        except KitError as error:
            said, heading = [str(told(Typed(error)))], "Not yet."
        self.told = {"state": "kept" if not heading else "blank", "heading": heading, "said": said, "n": self.times}


# ---- Two texts ----


def folders(work: Path | None) -> tuple[Path | None, Path | None]:
    """The newest folder of texts of one's own in a work folder, and where the next would be written."""
    if work is None:
        return None, None
    newest, number = None, 1
    while (place := work / ("own" if number == 1 else f"own-{number}")).is_dir():
        newest, number = place, number + 1
    return newest, place


class OwnTexts(OwnForm):
    """The box in which two texts are pasted; `folder` is where the texts lie that a notebook is about."""

    def __init__(self, folder: Path, free: Path | None, amiss: str):
        self.folder, self.free = folder, free
        cells = [{"kind": "text"} for _ in COLUMNS]
        rows = [{"key": row, "html": row, "cells": cells} for row in ROWS]
        words = "The words of {}: paste them here"
        fields = [{"kind": "text", "name": row, "label": words.format(row), "rows": 5} for row in ROWS]
        about = {"kind": "table", "name": "about", "label": "About the texts", "columns": COLUMNS, "rows": rows}
        titles = " and ".join(f"*{source.title}* ({source.id})" for source in load_corpus(folder).values())
        described = {
            "title": "Two texts of your own",
            "badge": "two texts written for the kit" if folder == SAMPLE else f"the folder {folder.name}",
            "prompt": str(told(Typed(amiss)) + told(f"These boxes are about {titles}.")),
            "inputs": [about, *fields],
            "check": "Look at the catalogue",
            "over": "Write the folder",
        }
        super().__init__(described, self.look, self.write)

    def texts(self) -> list[Pasted]:
        """What stands in the box; a text without words or with a date that can't be read raises a `KitError`."""
        return [self._text(row) for row in ROWS]

    def _text(self, row: str) -> Pasted:
        words, about = str(self.value.get(row, "")), self.value.get("about", {}).get(row, {})
        if blank(words):
            raise KitError(f"The words of {row} are missing. Paste them into its field.")
        name, title, date = (str(about.get(column, "")) for column in COLUMNS)
        day = "not stated" if blank(date) else typed(date)
        return Pasted(name, title, day, words)

    def look(self) -> list[str]:
        """The catalogue that would be written, and what `check` says of it."""
        texts = self.texts()
        says = "\n".join(proposed(texts).sentences)
        catalogue = page("written", file=CATALOGUE, words=files_of(texts)[CATALOGUE])
        return [catalogue, page("written", file="What check says", words=says)]

    def write(self) -> list[str]:
        """Write both texts and the catalogue into a new folder."""
        if self.free is None:
            raise KitError("Nothing can be written on this machine. Use the two texts of the kit.")
        texts = self.texts()
        report = proposed(texts)
        if not report.ready:
            raise KitError(report.sentences[0])
        write_new(self.free, files_of(texts))
        self.folder, written = self.free, self.free.name
        return [page("words", words=f"Written into the folder {written}. {AGAIN}", corpus=None)]


def own_texts(folder: str | Path | None = None) -> OwnTexts:
    """A box for two texts of your own; its `folder` holds the texts in use, the kit's two until you have written some.

    They are looked at first and written only when asked, into a new folder `own` in the work folder, never over a file.
    `folder` names another folder with a catalogue, from the project's own; one that can't be loaded raises a
    `CorpusError`. The questions of the notebook are then asked of these texts.
    """
    desk = session().desk
    work = desk.folder.parent if desk.folder else None
    newest, free = folders(work)
    named, amiss = newest or SAMPLE, ""
    if folder is not None:
        if blank(str(folder)):
            raise CorpusError("A folder has a name. Write it in quotation marks.")
        named = project_root() / Path(folder).expanduser()
    try:
        session().corpus = load_corpus(named)
    except CorpusError as error:
        if folder is not None:
            raise
        named, amiss = SAMPLE, f"The folder {named.name} can't be used: {error}"  # but the lesson still opens
        session().corpus = load_corpus(named)
    return OwnTexts(named, free, amiss)


# ---- Lists from answers ----


def own_file(*ids: str) -> OwnForm:
    """A box that writes the rows of questions as lists beside your texts, such as `cues.csv`; what it replaces is kept.

    A question whose answer is no list raises a `KitError`.
    """
    asked, corpus = [question(id) for id in ids], session().corpus
    for one in asked:
        if not isinstance(one, Ledger) or not one.file:
            raise KitError(f"{one.id} makes no list. Take a question that does, such as 10.4.")
    names = " and ".join(one.file for one in asked)
    described = {
        "title": f"{names}, from your answer to {' and '.join(ids)}",
        "badge": "nothing is written before you ask",
        "prompt": "",
        "inputs": [],
        "check": f"Show {names}",
        "over": f"Write {names}",
    }
    write = partial(_written, {})
    return OwnForm(described, partial(_each, asked, corpus, _shown), partial(_each, asked, corpus, write))


def _each(asked: list[Ledger], corpus: Corpus, act: Callable[[Ledger, Corpus], str]) -> list[str]:
    """What is said to each list; one that can't be made or written does not hold up the next."""
    said = []
    for one in asked:
        try:
            said.append(act(one, corpus))
        except KitError as error:
            said.append(str(told(Typed(error))))
    return said


def _shown(asked: Ledger, corpus: Corpus) -> str:
    return page("written", file=asked.file, words=_listed(asked, corpus))


def _written(warned: dict[Path, bytes], asked: Ledger, corpus: Corpus) -> str:
    words = _listed(asked, corpus)
    if corpus.folder == SAMPLE:
        raise KitError("These are the kit's own two texts, so nothing is put beside them. Your answer is kept anyway.")
    path = corpus.folder / asked.file
    if path.exists():
        said = _replaced(path, words.encode(), warned)
    else:
        write_new(corpus.folder, {asked.file: words})
        said = f"{asked.file} is written beside your texts. {AGAIN}"
    return page("words", words=said, corpus=None)


def _replaced(path: Path, words: bytes, warned: dict[Path, bytes]) -> str:
    """Replace a list at the second press, by these words, or by the last list that they replaced; both are kept.

    `warned` remembers what the first press said would be written.
    """
    older = [path]
    while older[-1].exists():
        older.append(path.with_stem(f"{path.stem}-{len(older)}"))
    there, free, new = read_bytes(path), older.pop().name, "your rows"
    if there == words:
        other = [one for one in older if read_bytes(one) != there]
        if not other:
            return f"{path.name} has these rows already."
        words, new = read_bytes(other[-1]), f"the older list, {other[-1].name},"
    if warned.pop(path, None) != words:
        warned[path] = words
        return f"{path.name} is there. Press again, and {new} will take its place; what it holds is kept as *{free}*."
    try:
        shutil.copy(path, path.with_name(free))
        path.write_bytes(words)
    except OSError as error:
        raise KitError(f"{path.name} can't be replaced: {error.strerror}. Look into {free} too.") from None
    return f"Done. What {path.name} held is kept as *{free}*. To undo this, press the button twice more. {AGAIN}"


def _listed(asked: Ledger, corpus: Corpus) -> str:
    """The rows of an answer as their file holds them."""
    rows = asked.listed(saved(asked.id))
    if not rows:
        raise KitError(f"{asked.id} has no row that is filled to the end. Fill one and press Check.")
    if asked.file.endswith(".toml"):
        return toml_of(_events(rows, corpus))
    return csv_of({name: KINDS.get(cell, cell) for name, cell in row.items()} for row in rows)


def _events(rows: list[dict[str, str]], corpus: Corpus) -> Iterator[tuple[str, dict[str, str]]]:
    """Events as `events.toml` holds them; rows that say the same of what happened are tellings of one event."""
    together = groups(rows, lambda row: fold(row["title"]))
    for number, tellings in enumerate(together.values(), start=1):
        yield "event", {"id": f"event{number}", "title": tellings[0]["title"]}
        for row in tellings:
            yield "event.told", _telling(row, corpus)


def _telling(row: dict[str, str], corpus: Corpus) -> dict[str, str]:
    found = places(corpus, row["quote"])
    if len(found) != 1:
        raise KitError(f"{brief(row['quote'])} stands {len(found)} times in your texts, not once. Change that row.")
    told_by = {"source": found[0].source.id, "quote": found[0].text, "edtf": typed(row["edtf"])}
    return told_by | {"how_dated": "inferred", "reason": "Dated by a reader, in notebook 10."}
