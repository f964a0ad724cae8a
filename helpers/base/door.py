"""The door: what a public function is given is looked at once, before it runs.

`helpers` hands out its public functions through `door`, so a room has nothing to do but to say in its signatures what
it takes. A wrong type, a missing or an unknown argument is one sentence. A class may say in `_called` what it is called
and how to come by one. Hints that can't be looked up, and the contents of lists, are left to the function.
"""

import inspect
import types
from collections.abc import Callable, Iterable
from functools import cache, wraps
from numbers import Integral, Real
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from helpers.base.errors import KitError, brief, nearest

_WORDS = {
    str: "words in quotation marks",
    int: "a whole number",
    float: "a number",
    bool: "True or False",
    Path: "the name of a folder",
    Iterable: "a list",
    Callable: "a function",
    type(None): "None",
}
_NUMBERS = {int: Integral, float: Real}  # those of numpy too


def door(function: Callable) -> Callable:
    """`function`, which says in one `KitError` sentence what it can't use."""
    signature = inspect.signature(function)
    kinds = [parameter.kind for parameter in signature.parameters.values()]

    @wraps(function)
    def entered(*args: Any, **named: Any) -> Any:
        if inspect.Parameter.VAR_KEYWORD not in kinds:
            _check_names(function, signature, named)
        try:
            given = signature.bind(*args, **named)
        except TypeError as error:
            raise KitError(f"{function.__name__}: {error}. Write {_call(function, signature)}.") from None
        for name, value in given.arguments.items():
            _check(function, name, _values(value, signature.parameters[name].kind))
        return function(*args, **named)

    return entered


def _check_names(function: Callable, signature: inspect.Signature, named: dict[str, Any]) -> None:
    for name in named:
        if name not in signature.parameters:
            near = nearest(name, signature.parameters) or f" Write {_call(function, signature)}."
            raise KitError(f"{function.__name__} knows no `{name}`.{near}")


def _call(function: Callable, signature: inspect.Signature) -> str:
    """How the function is called, without types."""
    return f"{function.__name__}({', '.join(signature.parameters)})"


def _values(value: Any, kind: Any) -> Iterable[Any]:
    if kind is inspect.Parameter.VAR_POSITIONAL:
        return value
    if kind is inspect.Parameter.VAR_KEYWORD:
        return value.values()
    return (value,)


def _check(function: Callable, name: str, values: Iterable[Any]) -> None:
    hint = _hints(function).get(name, Any)
    for value in values:
        if not fits(value, hint):
            said = f"{function.__name__} can't use {brief(value)} as `{name}`"
            raise KitError(f"{said}. It takes {called(hint)}.")


@cache
def _hints(function: Callable) -> dict[str, Any]:
    try:
        return get_type_hints(function)
    except Exception:  # a hint names what is not imported: the function looks for itself
        return {}


def fits(value: Any, hint: Any) -> bool:
    """Whether `value` is what `hint` says, as far as that can be told without looking into lists."""
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        return any(fits(value, part) for part in get_args(hint))
    if origin is Literal:
        return any(value is known or (isinstance(value, str) and value == known) for known in get_args(hint))
    if origin is Annotated:
        return fits(value, get_args(hint)[0])
    kind = origin or hint
    if not isinstance(kind, type) or kind is object:
        return True
    if isinstance(value, bool):
        return kind not in (int, float, str) and isinstance(value, kind)
    if origin is not None and isinstance(value, str):  # words are no list of words
        return False
    return _is(value, _NUMBERS.get(kind, kind))


def _is(value: Any, kind: type) -> bool:
    try:
        return isinstance(value, kind)
    except TypeError:  # a protocol that can't be asked
        return True


def called(hint: Any) -> str:
    """What a reader calls the things that `hint` stands for."""
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        parts = [called(part) for part in get_args(hint) if part is not type(None)]
        return " or ".join(dict.fromkeys(parts))
    if origin is Literal:
        return "one of " + ", ".join(map(repr, get_args(hint)))
    if origin is Annotated:
        return called(get_args(hint)[0])
    kind = origin or hint
    return _WORDS.get(kind) or getattr(kind, "_called", None) or f"a {getattr(kind, '__name__', kind)}"
