"""Folders of texts: loading them, texts of one's own, and the catalogue as a table.

A folder holds texts and a `catalogue.toml` that names them. Three fields a text are enough: file, title, published.
"""

import hashlib
import os
import re
from collections.abc import Container
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from helpers.base.edtf import NOT_STATED
from helpers.base.errors import CorpusError, bare, brief
from helpers.base.files import decode, legal, load_toml, project_root, read_bytes
from helpers.base.table import Table
from helpers.texts.corpus import Corpus, Source, Texts, as_corpus, sources
from helpers.texts.entries import Catalogue, Entry

CATALOGUE = "catalogue.toml"
TAKEN = ("record", "referent")  # names of rows and columns beside which an id would be misread

# ---- Loading ----


def load_corpus(folder: str | Path | None = None) -> Corpus:
    """The texts that `folder`'s catalogue lists, in its order; without a folder the kit's own five.

    Each slip in the folder raises a `CorpusError` that names the file and what to do; `check` lists them all.
    """
    found = walk(place_of(folder))
    if not found.faults:
        return found.corpus
    if not found.entries:
        raise CorpusError(f'{found.faults[0]} Run: python -m helpers check "{bare(found.corpus.folder)}"')
    raise found.faults[0]


def place_of(folder: str | Path | None) -> Path:
    """The folder of that name, or the kit's own; one that can't be opened raises a `CorpusError`."""
    if folder is None:
        return project_root() / "seeds"
    named = bare(folder)
    try:
        if not str(folder).strip():
            raise FileNotFoundError
        place = Path(folder).expanduser()
        empty = not os.listdir(place)
    except (FileNotFoundError, NotADirectoryError):
        raise CorpusError(f"There is no folder {named or 'without a name'}. Check its name.") from None
    except OSError as error:
        raise CorpusError(f"The folder {named} can't be opened ({error.strerror}). Check its name.") from None
    except (TypeError, ValueError, RuntimeError):
        raise CorpusError(f"{named} is not the name of a folder. Write it in quotation marks.") from None
    if empty:
        raise CorpusError(f"The folder {named} is empty. Put the texts and a {CATALOGUE} into it.")
    return place


@dataclass
class Walk:
    """A folder as it was found: the texts that are ready, and each slip as the error that loading raises."""

    corpus: Corpus
    entries: tuple[Entry, ...]
    faults: list[CorpusError]


def walk(place: Path) -> Walk:
    """One way through a folder, for loading and for checking it."""
    entries, sources, faults = (), {}, []
    try:
        entries = _entries(place)
    except CorpusError as error:
        faults.append(error)
    for entry in entries:
        try:
            source = _load(place, entry)
            if source.id in sources:
                raise CorpusError(f"{CATALOGUE}: the id {source.id} is given to two texts. Give each its own.")
            sources[source.id] = source
        except CorpusError as error:
            faults.append(error)
    faults += _relations(sources, {_id_of(entry) for entry in entries})
    return Walk(Corpus(sources.values(), place), entries, faults)


def _entries(place: Path) -> tuple[Entry, ...]:
    if not os.path.isfile(place / CATALOGUE):
        raise CorpusError(f"{bare(place)} holds no {CATALOGUE}.")
    entries = load_toml(place / CATALOGUE, Catalogue).source
    if not entries:
        raise CorpusError(f"{CATALOGUE} in {bare(place)} lists no text.")
    return entries


def _relations(sources: dict[str, Source], listed: set[str]) -> list[CorpusError]:
    """What is amiss with the relations; a source with one that leads nowhere is taken out, for it is not ready."""
    faults = []
    for source in list(sources.values()):
        for related in (*source.related, *source.inferred.related):
            if related.id not in listed:
                slip = f"related names {brief(related.id)}, which is not listed here. Mend or take out that id."
                faults.append(CorpusError(f"{CATALOGUE}, {source.id}: {slip}"))
                sources.pop(source.id, None)
    return faults


def _load(folder: Path, entry: Entry) -> Source:
    path = _path(folder, entry.file)
    data = read_bytes(path)
    text = decode(data, bare(entry.file))
    stated = entry.sha256.strip().lower()
    if stated and hashlib.sha256(data).hexdigest() != stated:
        if hashlib.sha256(data.replace(b"\r\n", b"\n")).hexdigest() == stated:
            raise CorpusError(f"{bare(entry.file)}: only its line ends changed (CRLF for LF). Restore the file.")
        raise CorpusError(
            f"{bare(entry.file)} is not the text that was catalogued: its SHA-256 differs. Restore the file."
        )
    return _source(entry, text, folder)


def _path(folder: Path, name: str) -> Path:
    try:
        path = folder / name
        inside = path.resolve().is_relative_to(folder.resolve())
        there = path.is_file()
    except (OSError, ValueError, RuntimeError):
        raise CorpusError(f"{CATALOGUE}: {bare(name)} is not a file that can be opened. Mend its name.") from None
    if not inside:
        raise CorpusError(f"{CATALOGUE}: {bare(name)} leads out of the folder. Put the text into that folder.")
    if not there:
        raise CorpusError(f"{CATALOGUE} lists {bare(name)}, but there is no such file. Add it, or take out the entry.")
    return path


# ---- One text ----


def read_source(text: str, *, id: str, published: str = "", folder: Path | None = None, **fields: Any) -> Source:
    """A text of your own, from a string: `read_source(words, id="mine", published="1997-01-05", title="…")`.

    `fields` are those of the catalogue. Dates are EDTF; without one the text counts as undated. Its lists of names and
    cues and its glossary are those of `folder`; without one it has none.
    """
    values = {"file": f"{id}.txt", "title": id, "published": published or NOT_STATED, "id": id, **fields}
    try:
        entry = msgspec.convert(values, Entry)
        text.encode()
    except (msgspec.ValidationError, AttributeError, UnicodeEncodeError) as error:
        raise CorpusError(f"read_source: {error}. Ids are small letters and digits, texts are words.") from None
    if not id or "\0" in text:
        raise CorpusError("read_source: the id is empty, or the text holds NUL characters. Give it an id and words.")
    return _source(entry, text, folder)


def _id_of(entry: Entry) -> str:
    return entry.id or derived_id(entry.file)


def derived_id(file: str) -> str:
    """The id of a text for which the catalogue gives none: the letters and digits of its file's name."""
    return re.sub(r"[^a-z0-9]", "", Path(file).stem.lower())


def _source(entry: Entry, text: str, folder: Path | None) -> Source:
    id = _id_of(entry)
    if not id or id in TAKEN:
        raise CorpusError(
            f'{CATALOGUE}: {bare(entry.file)} has {id or "nothing"} for an id. Give it another: `id = "a1"`.'
        )
    source = Source(**msgspec.structs.asdict(entry) | {"id": id}, text=text, folder=folder)
    for name, date in _dates(source):
        legal(date, f"{CATALOGUE}, {id}, field `{name}`")
    for quoted in source.quoted:
        source.once(quoted.quote, "quotation")
    source.spans  # noqa: B018  (finds slips in anchors and headings at once)
    return source


def _dates(source: Source) -> list[tuple[str, str]]:
    """The dates of a source with the names of their fields; of a quotation also one that is not stated, a slip."""
    own = [("published", source.published), ("written", source.written)]
    ours = [(f"inferred.{name}", getattr(source.inferred, name)) for name in ("published", "written")]
    stated = [(name, date) for name, date in own + ours if date not in ("", NOT_STATED)]
    return stated + [("quoted.date", quoted.date) for quoted in source.quoted]


def free_id(word: str, taken: Container[str]) -> str:
    """The word with the smallest number behind it that makes an id which is not taken."""
    number = 1
    while f"{word}{number}" in taken:
        number += 1
    return f"{word}{number}"


# ---- The catalogue as a table ----

_COLUMNS = ("title", "published", "written", "creator", "signed_by", "publisher", "issue", "place", "dating")
_MORE = ("perspective", "related", "address", "rights", "content_note")


def catalogue(texts: Texts, *, inferred: bool = False) -> Table:
    """One row a source: what its page prints; with `inferred=True` also what we worked out, in square brackets.

    Without it a text that prints no date stands last, since its place would date it.
    """
    here = as_corpus(texts)
    read = sources(texts)
    if not inferred:
        read.sort(key=lambda source: source.dated == "undated")
    names = _COLUMNS + _MORE
    rows = [{"id": source.id} | {name: _shown(source, name, inferred) for name in names} for source in read]
    return Table(rows, corpus=here, caption="The catalogue: what is known of each text")


def _shown(source: Source, name: str, inferred: bool) -> str:
    printed = _words(getattr(source, name))
    if not printed and name in _COLUMNS:
        printed = NOT_STATED
    ours = _words(getattr(source.inferred, name, ""))
    if inferred and ours:
        return f"{printed} [{ours}]"
    return printed


def _words(value) -> str:
    if isinstance(value, str):
        return value
    return "; ".join(f"{related.id}: {related.reason}" for related in value)
