"""The glossary of a folder of texts: words that a reader may not know."""

from pathlib import Path

from helpers.base.files import beside, load_toml
from helpers.base.slips import Checked, Filled


class Term(Checked):
    """A word that a reader may not know, in one plain sentence; `also` lists other forms, `cite` a place."""

    term: Filled
    meaning: Filled
    cite: str = ""
    also: tuple[Filled, ...] = ()


class _Glossary(Checked):
    term: tuple[Term, ...] = ()


def glossary(folder: Path | None) -> tuple[Term, ...]:
    """The terms of `glossary.toml` beside the texts; none where there is no such file."""
    return load_toml(beside(folder, "glossary.toml"), _Glossary).term
