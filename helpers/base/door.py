"""The door: what a public function is given is looked at once, before it runs.

`helpers` hands out its public functions through `door`, so a room has nothing to do but to say in its signatures what
it takes. A wrong type, a missing or an unknown argument is one sentence. A class may say in `_called` what it is called
and how to come by one. Hints that can't be looked up, and the contents of lists, are left to the function.
"""

import inspect
from collections.abc import Callable, Iterable
from functools import cache, wraps
from numbers import Integral, Real
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from helpers.base.errors import KitError, brief

_WORDS = {
    str: "words in quotation marks",
    int: "a whole number",
    float: "a number",
    bool: "True or False",
    Path: "the name of a folder",
    Iterable: "a list",
}
_NUMBERS = {int: Integral, float: Real}  # those of numpy too


def door(function: Callable) -> Callable:
    """`function`, which says in one `KitError` sentence what it can't use."""
    signature = inspect.signature(function)
    name = function.__name__

    @wraps(function)
    def entered(*args: Any, **named: Any) -> Any:
        try:
            given = signature.bind(*args, **named).arguments
        except TypeError as error:
            raise KitError(f"{name}: {error}. Write {name}({', '.join(signature.parameters)}).") from None
        for parameter, value in given.items():
            hint = _hints(function).get(parameter, Any)
            for one in _each(value, signature.parameters[parameter]):
                if not fits(one, hint):
                    raise KitError(f"{name} can't use {brief(one)} as `{parameter}`. It takes {called(hint)}.")
        return function(*args, **named)

    return entered


def _each(value: Any, parameter: inspect.Parameter) -> Iterable[Any]:
    """The values that were given for one parameter."""
    if parameter.kind is parameter.VAR_POSITIONAL:
        return value
    if parameter.kind is parameter.VAR_KEYWORD:
        return value.values()
    return (value,)


@cache
def _hints(function: Callable) -> dict[str, Any]:
    try:
        return get_type_hints(function)
    except Exception:  # a hint names what is not imported: the function looks for itself
        return {}


def fits(value: Any, hint: Any) -> bool:
    """Whether `value` is what `hint` says, as far as that can be told without looking into lists."""
    kind = get_origin(hint) or hint
    if kind in (Union, UnionType):
        return any(fits(value, part) for part in get_args(hint))
    if kind is Literal:
        return value in get_args(hint)
    if not isinstance(kind, type):
        return True
    if isinstance(value, bool) and kind in _NUMBERS:
        return False
    if isinstance(value, str) and kind is not hint:  # words are no list of words
        return False
    try:
        return isinstance(value, _NUMBERS.get(kind, kind))
    except TypeError:  # a protocol that can't be asked
        return True


def called(hint: Any) -> str:
    """What a reader calls the things that `hint` stands for."""
    kind = get_origin(hint) or hint
    if kind in (Union, UnionType):
        parts = [called(part) for part in get_args(hint) if part is not NoneType]
        return " or ".join(parts)
    if kind is Literal:
        return "one of " + ", ".join(map(repr, get_args(hint)))
    return _WORDS.get(kind) or getattr(kind, "_called", f"a {getattr(kind, '__name__', kind)}")
