"""The guard of a page: it shields outputs from JupyterLab's shortcuts, speaks, leads to a question, shows a class."""

import anywidget
import traitlets

from helpers.base.files import DATA

FRONT = DATA / "front"
PARTS = ("fields.js", "classroom.js", "guard.js")  # one module, in this order


class Guard(anywidget.AnyWidget):
    """One a page. `said` goes to its polite live region; a new number in `go` leads to a question."""

    _esm = "\n".join((FRONT / name).read_text(encoding="utf-8") for name in PARTS)
    _css = FRONT / "kit.css"
    said = traitlets.Unicode("").tag(sync=True)
    go = traitlets.Dict({"n": 0, "id": ""}).tag(sync=True)


_guard: Guard | None = None


def guard() -> Guard:
    """The guard of this kernel; showing it twice does no harm."""
    global _guard
    if _guard is None:
        _guard = Guard()
    return _guard


def announce(words: str) -> None:
    """Say `words` to a screen reader, the same words twice as well."""
    if _guard is not None:
        _guard.said = words if _guard.said != words else words + "\u200b"


def go_to(id: str) -> None:
    """Lead the reader to a question of this page, by `name` to where one is set; without an id to the lesson's head."""
    if _guard is not None:
        _guard.go = {"n": _guard.go["n"] + 1, "id": id}
