"""What is handed in, as data: the same in the page that is read, in the JSON inside it, and in a class's results.

It holds what stands at the end, not how it came about: no keystrokes and no name of a machine.
"""

from typing import Any

import msgspec

KIT = "five-texts-one-crisis"
FORM = 1  # of the data below: a reader takes this one and every older one, and says so of a newer one


class Handed(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One question: its final answer as the journal keeps it, and what was last said to it, lines of Markdown.

    `unsent` stands in the inputs and was never sent, if it differs. `early` says that the result was opened before
    there was an answer, `told` that the key was asked for.
    """

    id: str
    title: str = ""
    badge: str = ""
    state: str = "open"
    answer: Any = None
    unsent: Any = None
    said: tuple[str, ...] = ()
    tries: int = 0
    early: bool = False
    told: bool = False


class HandIn(msgspec.Struct, frozen=True, kw_only=True):
    """One file: who, when (an ISO day), in which lesson, and every question that was answered in the whole course.

    `notes` says whether free columns and notes are in it; without them they are left out of `answer` and `unsent`.
    """

    kit: str = KIT
    form: int = FORM
    version: str = ""
    name: str = ""
    lesson: int = 0
    day: str = ""
    notes: bool = False
    answers: tuple[Handed, ...] = ()
