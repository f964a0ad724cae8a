"""Folders of texts: loading and checking them, and the catalogue as a table.

A folder holds texts and a `catalogue.toml` that names them. Three fields a text are enough: file, title, published.
"""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

import msgspec

from helpers.base.edtf import NOT_STATED
from helpers.base.errors import CorpusError
from helpers.base.files import decode, legal, load_toml, project_root, read_bytes
from helpers.base.table import Table
from helpers.texts.corpus import Corpus, Entry, Source, as_corpus, dated

CATALOGUE = "catalogue.toml"


class _Catalogue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    source: tuple[Entry, ...] = ()


# ---- Loading ----


def load_corpus(folder: "str | Path | None" = None) -> Corpus:
    """The texts that `folder`'s catalogue lists, in its order; without a folder the kit's own five.

    Each slip in the folder raises a `CorpusError` that names the file and what to do.
    """
    place = _folder(folder)
    entries = load_toml(place / CATALOGUE, _Catalogue).source
    if not entries:
        raise CorpusError(f"{CATALOGUE} in {place} lists no text. Run: python -m helpers check {place}")
    corpus = Corpus(folder=place)
    for entry in entries:
        source = _load(place, entry)
        if source.id in corpus:
            raise CorpusError(f"{CATALOGUE}: the id {source.id} is given to two texts. Give each its own.")
        corpus[source.id] = source
    for source in corpus.values():
        _check_relations(source, corpus)
    return corpus


def read_source(text: str, *, id: str, published: str = "", **fields: str) -> Source:
    """A text of your own, from a string: `read_source(words, id="mine", published="1997-01-05", title="…")`.

    `fields` are those of the catalogue. Dates are EDTF; without one the text counts as undated.
    """
    values = {"file": f"{id}.txt", "title": id, "published": published or NOT_STATED, "id": id, **fields}
    try:
        entry = msgspec.convert(values, Entry)
    except msgspec.ValidationError as error:
        raise CorpusError(f"read_source: {error}. Ids are small letters and digits.") from None
    return _source(entry, text, None)


def _folder(folder: "str | Path | None") -> Path:
    place = Path(folder).expanduser() if folder is not None else project_root() / "seeds"
    if not place.is_dir():
        raise CorpusError(f"There is no folder {place}. Check its name.")
    if not any(place.iterdir()):
        raise CorpusError(f"The folder {place} is empty. Put the texts and a {CATALOGUE} into it.")
    if not (place / CATALOGUE).is_file():
        raise CorpusError(f"{place} holds no {CATALOGUE}. Run: python -m helpers check {place}")
    return place


def _load(folder: Path, entry: Entry) -> Source:
    path = folder / entry.file
    if not path.resolve().is_relative_to(folder.resolve()):
        raise CorpusError(f"{CATALOGUE}: {entry.file} leads out of the folder. Put the text into {folder}.")
    if not path.is_file():
        raise CorpusError(f"{CATALOGUE} lists {entry.file}, which is not in {folder}. Add it, or take out the entry.")
    data = read_bytes(path)
    text = decode(data, entry.file)
    if entry.sha256 and hashlib.sha256(data).hexdigest() != entry.sha256:
        if hashlib.sha256(data.replace(b"\r\n", b"\n")).hexdigest() == entry.sha256:
            raise CorpusError(f"{entry.file}: only its line ends changed (CRLF for LF). Restore the file.")
        raise CorpusError(f"{entry.file} is not the text that was catalogued: its SHA-256 differs. Restore the file.")
    return _source(entry, text, folder)


def _source(entry: Entry, text: str, folder: Path | None) -> Source:
    id = entry.id or re.sub(r"[^a-z0-9]", "", Path(entry.file).stem.lower())
    if not id:
        raise CorpusError(f"{CATALOGUE}: {entry.file} gives no id. Add one, in small letters and digits.")
    values = {name: getattr(entry, name) for name in entry.__struct_fields__}
    source = Source(**values | {"id": id}, text=text, folder=folder)
    for field, date in _dates(source):
        if date not in ("", NOT_STATED):
            legal(date, f"{CATALOGUE}, {id}, field `{field}`")
    for quoted in source.quoted:
        source.once(quoted.quote, "quotation")
    source.spans  # noqa: B018  (finds slips in anchors and headings at once)
    return source


def _dates(source: Source) -> list[tuple[str, str]]:
    own = [("published", source.published), ("written", source.written)]
    ours = [("inferred.published", source.inferred.published), ("inferred.written", source.inferred.written)]
    return own + ours + [("quoted.date", quoted.date) for quoted in source.quoted]


def _check_relations(source: Source, corpus: Corpus) -> None:
    for related in (*source.related, *source.inferred.related):
        if related.id not in corpus:
            raise CorpusError(f"{CATALOGUE}, {source.id}: related names {related.id!r}, which is not listed here.")


# ---- The catalogue as a table ----

_COLUMNS = ("title", "published", "written", "creator", "signed_by", "publisher", "issue", "place", "dating")
_MORE = ("perspective", "related", "address", "rights", "content_note")


def catalogue(corpus: "Corpus | Source", *, inferred: bool = False) -> Table:
    """One row a source: what its page prints; with `inferred=True` also what we worked out, in square brackets.

    Without it a text that prints no date stands last, since its place would date it.
    """
    here = as_corpus(corpus)
    sources = list(here.values())
    if not inferred:
        sources.sort(key=lambda source: dated(source) == "undated")
    names = _COLUMNS + _MORE
    rows = [{"id": source.id} | {name: _shown(source, name, inferred) for name in names} for source in sources]
    return Table(rows, corpus=here)


def _shown(source: Source, name: str, inferred: bool) -> str:
    printed = _words(getattr(source, name)) or (NOT_STATED if name in _COLUMNS else "")
    ours = _words(getattr(source.inferred, name, "")) if inferred else ""
    return f"{printed} [{ours}]" if ours else printed


def _words(value) -> str:
    return value if isinstance(value, str) else "; ".join(f"{related.id}: {related.reason}" for related in value)


# ---- Checking a folder ----


@dataclass(frozen=True)
class Report:
    """What `check` found: sentences, and lines to paste into the catalogue."""

    sentences: tuple[str, ...]
    lines: tuple[str, ...] = ()

    def __repr__(self) -> str:
        paste = ["", f"Paste into {CATALOGUE} and fill in:", "", *self.lines] if self.lines else []
        return "\n".join([*self.sentences, *paste])


def check(folder: "str | Path") -> Report:
    """What a folder of texts lacks, in sentences, with lines to paste for texts that are not listed yet."""
    place = Path(folder).expanduser()
    sentences, entries = [], ()
    try:
        entries = load_toml(_folder(place) / CATALOGUE, _Catalogue).source
    except CorpusError as error:
        sentences.append(str(error))
    sources = {}
    for entry in entries:
        try:
            source = _load(place, entry)
            if source.id in sources:
                sentences.append(f"The id {source.id} is given to two texts. Give each its own.")
            sources[source.id] = source
        except CorpusError as error:
            sentences.append(str(error))
    for source in sources.values():
        sentences += _gaps(source)
    unlisted = unlisted_files(place, entries)
    sentences += [f"{name} is in the folder but not in {CATALOGUE}." for name in unlisted]
    done = [f"{len(sources)} of {len(entries) + len(unlisted)} texts are ready to use."]
    return Report(tuple(sentences + done), tuple(line for name in unlisted for line in _paste(name)))


def unlisted_files(folder: Path, entries: "tuple[Entry, ...]") -> list[str]:
    """The text files of `folder` that no entry names."""
    listed = {entry.file for entry in entries}
    found = sorted(path.name for path in folder.glob("*.txt")) if folder.is_dir() else []
    return [name for name in found if name not in listed]


def _gaps(source: Source) -> list[str]:
    wanted = {"sha256": "so that a change to the file is noticed", "dating": "how you know the date"}
    wanted |= {"rights": "whose work it is", "content_note": "what a reader should know before reading"}
    return [f"{source.id}: `{name}` is empty ({why})." for name, why in wanted.items() if not getattr(source, name)]


def _paste(name: str) -> list[str]:
    return ["[[source]]", f'file = "{name}"', 'title = ""', 'published = "not stated"  # or a date: 1997-01-05', ""]
