"""Whatever a public function is given, it answers with a result or with one sentence."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pytest

import helpers
from helpers.base.door import called, door, fits
from helpers.base.errors import KitError
from helpers.base.table import Table
from helpers.texts.corpus import Corpus, Texts
from helpers.texts.library import read_source

ODD = [None, "", " ", "*", "\0", "\ud800", "rw888 " + "9" * 5000, "x" * 20_000, 0, -1, 225, 3.1, float("nan"), True, [], ["rebel"],
       (), {}, {"a": 1}, set(), b"rw888", object(), object, print, 10**400, Path("/none")]  # fmt: skip


def one_sentence(call: Callable[[], Any], about: str) -> None:
    try:
        call()
    except KitError as error:
        said = str(error)
        assert said.endswith((".", "?")) and "\n" not in said and len(said) < 700, (about, said)
        assert error._render_traceback_() == [said]
    except Exception as error:
        pytest.fail(f"{about}: {error!r}")


@pytest.mark.parametrize("name", helpers.__all__)
def test_an_odd_value_in_any_place_is_answered(name, corpus):
    function = getattr(helpers, name)
    one_sentence(lambda: function(), name)
    for odd in ODD:
        first = [(odd,), (corpus, odd), (corpus, "rw888 1", odd), (corpus["l5i"], odd), (odd, odd), (corpus, odd, odd)]
        for given in first:
            one_sentence(lambda given=given: function(*given), f"{name}{given}")
        one_sentence(lambda odd=odd: function(corpus, wdith=odd), name)
        for option in ("width", "inferred", "kind", "words", "texts", "folder"):
            named = {option: odd}
            one_sentence(lambda named=named: function(corpus, **named), f"{name}, {named}")
            one_sentence(lambda named=named: function(corpus, "Lima", **named), f"{name}, {named}")


@pytest.mark.parametrize(
    "call, says",
    [
        (lambda c: helpers.concordance(c, 225), "concordance can't use 225 as `words`. It takes words in quotation marks."),
        (lambda c: helpers.concordance(c, ["rebel"]), "concordance can't use ['rebel'] as `words`. It takes words in quotation marks."),
        (lambda c: helpers.known_by(c, 1997), "known_by can't use 1997 as `day`. It takes words in quotation marks."),
        (lambda c: helpers.chronology(c, ["rw888", "l5i"]), "chronology can't use ['rw888', 'l5i'] as `ids`. It takes words in quotation marks."),
        (lambda c: helpers.lesson("03"), "lesson can't use '03' as `number`. It takes a whole number."),
        (lambda c: helpers.ask(3.1), "ask can't use 3.1 as `id`. It takes words in quotation marks."),
        (lambda c: helpers.concordance(c, "Lima", width=True), "concordance can't use True as `width`. It takes a whole number."),
        (lambda c: helpers.concordance(c, "Lima", widht=3), "concordance: got an unexpected keyword argument 'widht'. Write concordance(texts, words, width)."),
        (lambda c: helpers.concordance(c), "concordance: missing a required argument: 'words'. Write concordance(texts, words, width)."),
        (lambda c: helpers.headlines(c["l5i"]), "It takes a corpus: load_corpus() gives one."),
        (lambda c: helpers.naming_grid("rw888"), "It takes a corpus, a source or passages: load_corpus() gives a corpus."),
    ],
)  # fmt: skip
def test_what_is_said(call, says, corpus):
    with pytest.raises(KitError) as error:
        call(corpus)
    assert says in str(error.value)


def test_timeline_takes_a_table_and_says_how_to_come_by_one(corpus):
    with pytest.raises(KitError, match=r"It takes a table, such as chronology\(corpus\) gives"):
        helpers.timeline(corpus)


@pytest.mark.parametrize(
    "value, hint, fit",
    [
        (1, int, True), (True, int, False), (np.int64(1), int, True), (1.0, int, False), (1, float, True), ("1", float, False),
        (None, str | None, True), (1, str | None, False), ([], Iterable[str], True), (3, Iterable[str], False),
        ((1,), list | tuple, True), ("a", Literal["a", "b"], True), ("c", Literal["a", "b"], False), ([], Literal["a"], False),
        (print, Callable[[], Any], True), (3, Callable, False), (3, Any, True), (3, "unknown", True), (True, bool, True), (1, bool, False),
        ({}, dict[str, int], True), (Corpus(), Texts, True), (Table(), Texts, False), (object(), object, True), (Path(), str | Path, True),
    ],
)  # fmt: skip
def test_what_fits(value, hint, fit):
    assert fits(value, hint) is fit


def test_what_things_are_called():
    assert called(str | None) == "words in quotation marks"
    assert called(str | Path) == "words in quotation marks or the name of a folder"
    assert called(Literal["a", "b"]) == "one of 'a', 'b'"
    assert called(Iterable[str]) == "a list"
    assert called(np.ndarray) == "a ndarray"


def test_the_door_keeps_name_and_words_and_lets_all_else_through():
    def shout(words: str, *more: "Missing", **rest: int) -> str:  # noqa: F821
        "Shouts."
        return words.upper()

    at_the_door = door(shout)
    assert (at_the_door.__name__, at_the_door.__doc__) == ("shout", "Shouts.")
    assert at_the_door("a", object(), x="1") == "A"  # a hint that can't be looked up hinders nobody
    with pytest.raises(AttributeError):
        at_the_door(3)


def test_each_value_of_many_is_looked_at():
    def many(*words: str, **numbers: int) -> int:
        return len(words) + len(numbers)

    assert door(many)("a", "b", x=1) == 3
    for given, named in ((("a", 3), {}), (("a",), {"x": "1"})):
        with pytest.raises(KitError):
            door(many)(*given, **named)


def test_every_public_function_stands_behind_the_door():
    for name in helpers.__all__:
        assert hasattr(getattr(helpers, name), "__wrapped__"), name


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: repr(odd)[:20])
def test_a_text_of_ones_own_is_one_sentence_too(odd):
    for given in (
        {"id": odd},
        {"id": "a", "published": odd},
        {"id": "a", "title": odd},
        {"id": "a", "anchors": odd},
        {"id": "a", "zz": odd},
    ):
        one_sentence(lambda given=given: read_source("Words.", **given), str(given)[:80])
    one_sentence(lambda: read_source(odd, id="a"), repr(odd)[:80])
