"""What the kit says when something is amiss: one sentence on what is so, one on what to do."""

import difflib
from collections.abc import Iterable


class KitError(ValueError):
    """Says in two sentences what is so and what to do; a notebook shows those sentences and nothing else."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


class CorpusError(KitError):
    """A text, a citation or a file is not as it should be."""


def nearest(word: str, known: Iterable[str]) -> str:
    """ "Did you mean ...?" for up to three known words that look like `word`, else an empty string."""
    near = difflib.get_close_matches(word.lower(), list(known), n=3, cutoff=0.5)
    return f" Did you mean {' or '.join(near)}?" if near else ""
