"""The form of `catalogue.toml`: what it says of each text."""

import re
from typing import Annotated, Literal

import msgspec

from helpers.base.slips import ID, Checked, Filled


class Quoted(Checked):
    """A dated quotation: the words inside its marks, who says them, their date (EDTF) and how we know it."""

    quote: str
    by: str
    date: str
    dated: Literal["stated", "inferred"]


class Related(Checked):
    """Another source of the same hand or house, and why they belong together."""

    id: str
    reason: str


class Inferred(Checked):
    """What we worked out and the page does not print; shown only when asked for."""

    published: str = ""
    creator: str = ""
    publisher: str = ""
    issue: str = ""
    place: str = ""
    written: str = ""
    dating: str = ""
    perspective: str = ""
    related: tuple[Related, ...] = ()


class Entry(Checked, kw_only=True):
    """One source in `catalogue.toml`. Only file, title and published are required; dates are EDTF or "not stated".

    `anchors` are the first and the last words of the running text, each inside one line and once in the file. A single
    one says where it begins: it then runs to the end of the file. Without any, all of the file is running text.
    `wrapped` is for a text whose lines are broken in mid-sentence: its paragraphs then end at blank lines.
    """

    file: Filled
    title: str
    published: str
    id: Annotated[str, msgspec.Meta(pattern=ID)] = ""  # default: letters and digits of the file's name
    sha256: str = ""
    creator: str = "not stated"
    signed_by: str = "not stated"
    publisher: str = "not stated"
    issue: str = "not stated"
    place: str = "not stated"
    language: str = "not stated"
    written: str = ""  # only where the page prints it
    dating: str = ""  # how we know the dates
    perspective: str = ""
    related: tuple[Related, ...] = ()
    address: str = "not stated"
    rights: str = ""
    content_note: str = ""
    anchors: Annotated[tuple[str, ...], msgspec.Meta(max_length=2)] = ()
    headings: tuple[str, ...] = ()  # whole lines that are subheadings
    wrapped: bool = False
    quoted: tuple[Quoted, ...] = ()
    inferred: Inferred = Inferred()

    @property
    def foreign(self) -> bool:
        """Whether the catalogue names a language that is not English."""
        named = self.language.lower()
        return named not in ("", "not stated") and not re.search(r"\b(?:en|eng|english)\b", named)


class Catalogue(Checked):
    """The file: one `[[source]]` for each text, in the order of all tables."""

    source: tuple[Entry, ...] = ()
