"""The glossary of a folder of texts: words that a reader may not know."""

from functools import lru_cache
from pathlib import Path

import msgspec

from helpers.base.files import data_file, load_toml


class Term(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A word that a reader may not know, in one plain sentence; `also` lists other forms, `cite` a place."""

    term: str
    meaning: str
    cite: str = ""
    also: tuple[str, ...] = ()


class _Glossary(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    term: tuple[Term, ...] = ()


@lru_cache
def glossary(folder: Path | None) -> tuple[Term, ...]:
    """The terms of `glossary.toml` beside the texts."""
    return load_toml(data_file(folder, "glossary.toml"), _Glossary).term
