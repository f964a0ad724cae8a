"""What the kit says when something is amiss: one sentence on what is so, one on what to do."""

import difflib
from collections.abc import Iterable


class KitError(ValueError):
    """Says in two sentences what is so and what to do; a notebook shows those sentences and nothing else."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


class CorpusError(KitError):
    """A text, a citation or a file is not as it should be."""


def brief(value: object, most: int = 60) -> str:
    """`value` as a sentence can hold it: on one line, and cut after `most` characters.

    >>> brief("9" * 100, 5)
    "'9999…"
    """
    words = " ".join(repr(value).split())
    if len(words) > most:
        return words[:most] + "…"
    return words


def bare(name: object) -> str:
    """The name of a file or folder as a sentence can hold it: on one line, without marks around it."""
    return brief(str(name), 200).strip("'\"")


def nearest(word: str, known: Iterable[str]) -> str:
    """ "Did you mean ...?" for up to three known words that look like `word`, else an empty string."""
    near = difflib.get_close_matches(word[:60].lower(), list(known), n=3, cutoff=0.5)
    if not near:
        return ""
    return f" Did you mean {' or '.join(near)}?"


def unknown(there_is_no: str, word: object, known: Iterable[str]) -> str:
    """What is said to a word that is none of the known ones: those that look like it, and the first thirty of all.

    >>> unknown("There is no kind", "hegde", ["hedge", "vague"])
    "There is no kind 'hegde'. Did you mean hedge? There are: hedge, vague."
    """
    names = list(known)
    near = nearest(str(word), names)
    there_are = ", ".join(names[:30])
    return f"{there_is_no} {brief(word)}.{near} There are: {there_are}."
