"""Five texts, one crisis: load, cite, compare and date the sources.

This page is a table of contents: each public name and the room that it lives in. What is expensive (widgets, templates)
is imported when its name is first used. Functions are handed out through the door, which looks at what they are given.
"""

from importlib import import_module
from inspect import isfunction

from helpers.base.door import door

_ROOMS = {
    "helpers.texts.library": ["catalogue", "load_corpus", "read_source"],
    "helpers.texts.check": ["check"],
    "helpers.texts.reading": ["concordance", "locate", "read"],
    "helpers.texts.names": ["labels", "naming_grid"],
    "helpers.texts.cues": ["cues"],
    "helpers.texts.voices": ["quotations", "voices"],
    "helpers.texts.headlines": ["headlines"],
    "helpers.texts.shared": ["shared_passages"],
    "helpers.history.record": ["record"],
    "helpers.history.cards": ["card"],
    "helpers.history.claims": ["compare_claims"],
    "helpers.history.independence": ["independence"],
    "helpers.history.finder": ["time_expressions"],
    "helpers.history.chronology": ["chronology", "known_by"],
    "helpers.lab.chain": ["chain"],
    "helpers.lab.timeline": ["timeline"],
    "helpers.lab.steps": ["steps"],
    "helpers.lab.marked": ["marked"],
    "helpers.lab.afterlife": ["afterlife"],
    "helpers.lab.own": ["own_file", "own_texts"],
    "helpers.lessons.twins": ["answer", "saved", "then_and_now"],
    "helpers.lab.exercises": ["ask", "reveal"],
    "helpers.lab.head": ["lesson", "search"],
    "helpers.paper.results": ["class_results"],
    "helpers.handing": ["hand_in", "restore"],
}
_ROOM_OF = {name: room for room, names in _ROOMS.items() for name in names}

__all__ = sorted(_ROOM_OF)


def __getattr__(name: str):
    """The public name, imported from its room and kept here."""
    if name not in _ROOM_OF:
        raise AttributeError(f"module 'helpers' has no attribute {name!r}")
    found = getattr(import_module(_ROOM_OF[name]), name)
    if isfunction(found):
        found = door(found)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return __all__
