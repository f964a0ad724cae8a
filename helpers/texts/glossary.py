"""The glossary of a folder of texts: words that a reader may not know."""

from pathlib import Path
from typing import Annotated

import msgspec

from helpers.base.files import beside, load_toml
from helpers.base.slips import FILLED

Words = Annotated[str, msgspec.Meta(pattern=FILLED)]


class Term(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A word that a reader may not know, in one plain sentence; `also` lists other forms, `cite` a place."""

    term: Words
    meaning: Words
    cite: str = ""
    also: tuple[Words, ...] = ()


class _Glossary(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    term: tuple[Term, ...] = ()


def glossary(folder: Path | None) -> tuple[Term, ...]:
    """The terms of `glossary.toml` beside the texts; none where there is no such file."""
    return load_toml(beside(folder, "glossary.toml"), _Glossary).term
