"""The drawing of a chain of voices: its links, its sentence and its table say the same, in the order that was saved."""

import re
from itertools import permutations

import msgspec
import pytest

from helpers import answer
from helpers.base.errors import KitError
from helpers.lab.chain import Chain, chain
from helpers.lessons.sheets import question

CARDS = {item.key: item for item in question("04.3").item}
ORDERS = ["".join(keys) for keys in permutations(CARDS)]


def parts(drawn: Chain) -> tuple[list[str], list[str], list[str]]:
    """What a page shows: the links, the voices of the table, and the words of the sentence in their order."""
    html = drawn._repr_html_()
    plain, voices = [
        [re.sub("<.*?>", "", one).strip() for one in re.findall(spelt, html, re.DOTALL)]
        for spelt in (r"<li.*?>(.*?)</li>", r'<th scope="row">\d</th><td>(.*?)</td>')
    ]
    ends, between = drawn.words.removeprefix("Your row goes from ").removesuffix(".").split("; between them stand ")
    first, last = ends.split(" to ")
    count, names = between.split(": ")
    assert int(count) == len(names.split("; "))
    return plain, voices, [first, *names.split("; "), last]


@pytest.mark.parametrize("order", ORDERS[::7])
def test_sentence_table_and_links_agree(order):
    links, table, told = parts(Chain(tuple(CARDS[key] for key in order)))
    assert links == table == told == [CARDS[key].text.replace("`", "") for key in order]


def test_only_the_link_that_is_a_text_has_its_colour():
    html = Chain(tuple(CARDS.values()))._repr_html_()
    assert [(id, words[:5]) for id, words in re.findall(r'<li data-source="(\w+)">.*?<code>(.*?)<', html)] == [
        ("rw898", "rw898")
    ]
    assert html.count("<li>") == len(CARDS) - 1


def test_a_card_that_only_speaks_of_a_text_has_no_colour():
    card = msgspec.structs.replace(CARDS["c"], text="whoever wrote rw898 down")
    assert "<li data-source" not in Chain((card, CARDS["e"]))._repr_html_()


def test_two_links_have_nobody_between():
    assert (
        Chain((CARDS["a"], CARDS["e"])).words
        == "Your row goes from an official without a name to you, who read it now, with nobody between."
    )


def test_what_can_not_be_drawn_is_said():
    with pytest.raises(KitError, match="puts nothing in order"):
        chain("04.4")
    empty = Chain(())
    assert empty.words == "Nothing is put in a row yet."
    assert empty.words in empty._repr_html_() and "<li" not in empty._repr_html_()


def test_the_saved_order_is_drawn():
    answer("04.3", "b a c d e")
    assert chain("04.3").links == tuple(CARDS[key] for key in "bacde")
