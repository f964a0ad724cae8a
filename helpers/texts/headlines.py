"""Press headlines of the same months."""

from pathlib import Path

import msgspec

from helpers.base.files import beside, lacking, load_csv
from helpers.base.slips import Checked, Filled
from helpers.base.table import Table
from helpers.texts.corpus import Corpus

FILE = "headlines.csv"


class Headline(Checked, kw_only=True):
    """A press headline, letter by letter, with the words it has for group, act and building; [deck] in brackets."""

    date: str
    outlet: str
    country: str
    language: str
    headline: Filled
    english: str = ""
    group: str = ""
    act: str = ""
    building: str = ""
    address: str


def headline_list(folder: Path | None) -> tuple[Headline, ...]:
    """The rows of `headlines.csv` beside the texts; none where there is no such file."""
    return load_csv(beside(folder, FILE), Headline)


def headlines(corpus: Corpus) -> Table:
    """Press headlines of the same months. A headline is written at a desk, seldom by the reporter; the list is uneven.

    Columns: date, outlet, country, language, headline, english, group, act, building, address. They are those of
    `headlines.csv` beside the texts; without that file the table is empty and says so.
    """
    rows = map(msgspec.structs.astuple, headline_list(corpus.folder))
    note, columns = lacking(corpus.folder, FILE), Headline.__struct_fields__
    return Table(rows, columns=columns, corpus=corpus, note=note, caption="Press headlines of the same months")
