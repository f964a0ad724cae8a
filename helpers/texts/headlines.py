"""Press headlines of the same months."""

from functools import lru_cache
from pathlib import Path

import msgspec

from helpers.base.files import data_file, load_csv
from helpers.base.table import Table
from helpers.texts.corpus import Corpus, as_corpus


class Headline(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A press headline, letter by letter, with the words it has for group, act and building; [deck] in brackets."""

    date: str
    outlet: str
    country: str
    language: str
    headline: str
    address: str
    english: str = ""
    group: str = ""
    act: str = ""
    building: str = ""


@lru_cache
def headline_list(folder: Path | None) -> tuple[Headline, ...]:
    """The rows of `headlines.csv` beside the texts."""
    return tuple(load_csv(data_file(folder, "headlines.csv"), Headline))


def headlines(corpus: Corpus) -> Table:
    """Press headlines of the same months. A headline is written at a desk, seldom by the reporter; the list is uneven.

    Columns: date, outlet, country, language, headline, english, group, act, building, address.
    """
    here = as_corpus(corpus)
    names = ["date", "outlet", "country", "language", "headline", "english", "group", "act", "building", "address"]
    rows = [{name: getattr(row, name) for name in names} for row in headline_list(here.folder)]
    return Table(rows, columns=names, corpus=here)
