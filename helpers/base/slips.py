"""The form of a record of a file, and what is amiss in one in one sentence: file, record, field, and the way out."""

import re
from collections.abc import Iterator
from typing import Annotated, Any, get_args, get_origin

import msgspec

from helpers.base.errors import CorpusError, bare, nearest

_AT = re.compile(r"^(?P<what>.*?)(?: - at `(?P<path>\$.*)`)?$", re.DOTALL)
_STEP = re.compile(r"\.(\w+)|\[(\d+|\.\.\.)\]")
# Rules for what a cell may hold, and how each is said.
FILLED = r"\S"
WORD = r"^\w"
ID = r"^[a-z0-9]*\Z"
_RULES = {
    FILLED: "there are no words in it",
    WORD: "it does not begin with a letter or digit",
    ID: "an id is made of small letters and digits",
}


Filled = Annotated[str, msgspec.Meta(pattern=FILLED)]  # words; a field is left out rather than left empty
Word = Annotated[str, msgspec.Meta(pattern=WORD)]


class Checked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A record of a file, which has no other fields than those that are named."""


def converted(data: Any, form: Any, file: str, lines: "list[int] | None" = None) -> Any:
    """`data` as records of `form`; `lines` are those of the file's rows."""
    try:
        return msgspec.convert(data, form, strict=lines is None)
    except msgspec.ValidationError as error:
        found = _AT.match(str(error))
    steps = _STEP.findall(found["path"] or "")
    where = ", ".join([file, *_place(steps, data, lines)])
    raise CorpusError(f"{where}: {_slip(found['what'], form)}")


def _place(steps: list[tuple[str, str]], data: Any, lines: "list[int] | None") -> Iterator[str]:
    """The records on the way to a slip, each by its id or number, and the field."""
    field = "row"
    for name, number in steps:
        if name:
            field, data = name, data.get(name) if isinstance(data, dict) else None
        elif not number.isdigit():
            yield field
        else:
            data = data[int(number)] if isinstance(data, list) else None
            yield f"line {lines[int(number)]}" if lines else f"{field} {_named(data) or int(number) + 1}"
    if steps and steps[-1][0]:
        yield f"field `{field}`"


def _named(record: Any) -> str:
    if not isinstance(record, dict):
        return ""
    return next((bare(record[key]) for key in ("id", "file", "term") if record.get(key)), "")


def _slip(what: str, form: Any) -> str:
    if unknown := re.search(r"unknown field `(.*)`", what):
        return f"there is no field `{unknown[1]}`.{nearest(unknown[1], _fields(form)) or ' Take it out.'}"
    if missing := re.search(r"missing required field `(.*)`", what):
        return f"the field `{missing[1]}` is missing. Add it."
    if rule := re.search(r"matching regex '(.*)'", what):
        words = _RULES.get(rule[1].replace("\\\\", "\\"), what)
        return f"{words}. Mend that value."
    if re.search("expected `str`, got `(date|int|float|bool)", what, re.IGNORECASE):
        return f"{what[0].lower()}{what[1:]}. Put the value in quotation marks."
    return f"{what[0].lower()}{what[1:]}. Mend that value."


def _fields(form: Any) -> set[str]:
    """The names of all fields of `form` and of the records inside it."""
    if get_origin(form) is not None:
        return set().union(*(_fields(inner) for inner in get_args(form)), set())
    if not (isinstance(form, type) and issubclass(form, msgspec.Struct)):
        return set()
    fields = msgspec.structs.fields(form)
    return {field.encode_name for field in fields}.union(*(_fields(field.type) for field in fields))
