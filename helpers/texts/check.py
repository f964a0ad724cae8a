"""What a folder of texts lacks, in sentences, with lines to paste into its catalogue."""

import json
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from helpers.base.errors import CorpusError, bare
from helpers.base.files import beside, decode, load_toml, read_bytes
from helpers.texts.corpus import Corpus, Source
from helpers.texts.cues import cue_list
from helpers.texts.glossary import glossary
from helpers.texts.headlines import headline_list
from helpers.texts.library import CATALOGUE, TAKEN, Walk, derived_id, free_id, place_of, walk
from helpers.texts.names import label_list, settled
from helpers.texts.signs import SPOILT, english, signs, wrapped

Reader = Callable[[Corpus], object]  # reads one file beside the texts and raises what is wrong with it

READERS: dict[str, Reader] = {
    "labels.csv": lambda corpus: settled(corpus, corpus.folder),
    "cues.csv": lambda corpus: cue_list(corpus.folder),
    "headlines.csv": lambda corpus: headline_list(corpus.folder),
    "glossary.toml": lambda corpus: glossary(corpus.folder),
    "record.toml": lambda corpus: load_toml(beside(corpus.folder, "record.toml"), dict),
    "events.toml": lambda corpus: load_toml(beside(corpus.folder, "events.toml"), dict),
}


@dataclass(frozen=True)
class Report:
    """What `check` found: sentences, lines to paste into the catalogue, and whether all is ready to use."""

    sentences: tuple[str, ...]
    lines: tuple[str, ...] = ()
    ready: bool = False

    def __repr__(self) -> str:
        paste = []
        if self.lines:
            paste = ["", f"Paste into {CATALOGUE} in that folder and fill in:", "", *self.lines]
        return "\n".join([*self.sentences, *paste])


def check(folder: str | Path, readers: Mapping[str, Reader] | None = None) -> Report:
    """What a folder of texts lacks, in sentences, with lines to paste for texts that are not listed yet.

    It goes the same way as `load_corpus`. `readers` are more readers of files beside the texts, by file name.
    """
    try:
        place = place_of(folder)
    except CorpusError as error:
        return Report((str(error),))
    found = walk(place)
    faults = [str(fault) for fault in found.faults]
    broken = _broken(found, {**READERS, **(readers or {})})
    texts, aside = _files(place)
    listed = {os.path.normpath(entry.file) for entry in found.entries}
    unlisted = [name for name in texts if name not in listed]
    sentences = [*faults, *broken]
    for source in found.corpus.values():
        sentences += [*signs(source), *_gaps(source)]
    sentences += [f"{bare(name)} is in the folder but not in {CATALOGUE}." for name in unlisted]
    sentences += _left_aside(aside)
    spoilt = [source for source in found.corpus.values() if SPOILT.search(source.text)]
    sentences.append(_result(found, len(unlisted), len(spoilt), broken))
    ready = not (faults or broken or unlisted or spoilt)
    return Report(tuple(sentences), tuple(_lines(unlisted, found.corpus)), ready)


def _result(found: Walk, unlisted: int, spoilt: int, broken: list[str]) -> str:
    count, good = len(found.entries) + unlisted, len(found.corpus) - spoilt
    if broken and good == count:
        return "The texts can be loaded, but not all that stands beside them is ready to use."
    return f"{good} of {count} texts are ready to use."


def _broken(found: Walk, readers: Mapping[str, Reader]) -> list[str]:
    """What is wrong with the files beside the texts."""
    faults = []
    if found.faults:  # the places that names are settled in may be in a text that is not ready
        readers = {**readers, "labels.csv": lambda corpus: label_list(corpus.folder)}
    for name, reader in readers.items():
        if beside(found.corpus.folder, name) is None:
            continue
        try:
            reader(found.corpus)
        except CorpusError as error:
            faults.append(str(error))
    return faults


def _gaps(source: Source) -> list[str]:
    wanted = {
        "title": "what readers are shown",
        "sha256": "so that a change to the file is noticed",
        "dating": "how you know the date",
        "rights": "whose work it is",
        "content_note": "what a reader should know before reading",
    }
    return [f"{source.id}: `{name}` is empty ({why})." for name, why in wanted.items() if not getattr(source, name)]


# ---- Files ----


def _files(folder: Path) -> tuple[list[str], list[str]]:
    """The names of the text files of a folder, and of what is neither a text nor a file that the kit reads."""
    texts, aside = [], []
    for name in sorted(os.listdir(folder)):
        is_text = name.lower().endswith(".txt") and not name.startswith(".")
        if os.path.isdir(folder / name):
            if is_text:
                aside.append(f"{name} (a folder)")
        elif is_text:
            texts.append(name)
        elif name not in (CATALOGUE, *READERS) and name.lower() not in _SYSTEM:
            aside.append(name)
    return texts, aside


_SYSTEM = (".ds_store", "thumbs.db", "desktop.ini")  # what computers put into folders of their own accord
_PLAIN = "A text is a file whose name ends in .txt."
_SAVE = "Open each in the program that made it, and save it as plain text in UTF-8, with a name that ends in .txt."
_RENAME = "They may be plain text already: give each a name that ends in .txt."
_SHOW = "Names that begin with a dot are hidden. Take the dot away from those that are texts."
_WAYS = dict.fromkeys((".docx", ".doc", ".odt", ".rtf", ".pdf", ".epub", ".pages", ".html", ".htm"), _SAVE)
_WAYS |= dict.fromkeys((".md", ".markdown", ".text", ".srt", ".vtt", ".log", ""), _RENAME)


def _left_aside(names: list[str]) -> Iterator[str]:
    """Which files were left aside, and what to do with those that are texts."""
    ways: dict[str, list[str]] = {}
    for name in names:
        way = _WAYS.get(os.path.splitext(name)[1].lower(), _PLAIN)
        ways.setdefault(_SHOW if name.startswith(".") else way, []).append(bare(name))
    for way, files in ways.items():
        yield f"Left aside: {', '.join(files)}. {way}"


def _lines(files: list[str], corpus: Corpus) -> list[str]:
    """The lines for files that are not listed, in TOML whatever their names are; an id only where it needs one."""
    taken = {*TAKEN, *corpus, ""}
    lines = []
    for file in files:
        id = derived_id(file)
        lines += ["[[source]]", f"file = {in_toml(file)}"]
        if id in taken:
            id = free_id("text", taken)
            lines.append(f'id = "{id}"')
        taken.add(id)
        lines += ['title = ""', 'published = "not stated"  # or a date: 1997-01-05', *_seen(corpus.folder / file), ""]
    return lines


def _seen(path: Path) -> list[str]:
    """Lines for what the letters of a text show: that it is wrapped, that it is not in English."""
    try:
        text = decode(read_bytes(path), path.name)
    except CorpusError:
        return []  # said once it is listed
    lines = ["wrapped = true"] if wrapped(text) else []
    return lines if english(text) else [*lines, 'language = ""  # not English, as it seems: which one?']


def in_toml(words: str) -> str:
    """Words as TOML writes them; JSON escapes the same characters but one."""
    return json.dumps(words, ensure_ascii=False).replace("\x7f", "\\u007f")
