"""Counts that are told after an answer are counted again: a figure about the texts or the headlines is never by heart."""

import pytest

from helpers import concordance, headlines, load_corpus
from helpers.lessons.sheets import question

CORPUS = load_corpus()
ALL = headlines(CORPUS)
PRESS = ALL[~ALL.outlet.str.contains("of the kit")]
ENGLISH = PRESS[PRESS.language == "en"].headline
NAMED = PRESS.group.str.replace(r"\[.*?\]", "", regex=True)  # the headline's own name for the group, without its deck


def places(words: str, *ids: str) -> list[int]:
    """How often words stand in all texts, and in each of some."""
    found = concordance(CORPUS, words).cite.str.split().str[0]
    return [len(found), *(int((found == id).sum()) for id in ids)]


# The question, its words, the figures in them and how they are counted.
COUNTED = [
    ("03.5", "113 in the kit's list that are not of our own texts 79 are in English", [113, 79], [len(PRESS), len(ENGLISH)]),
    ("03.5", "34 of these have *rebel* or *rebels*", [34], [ENGLISH.str.contains(r"\brebels?\b", case=False).sum()]),
    ("03.5", "which none of our five texts has", [0], places("rebel*")),
    ("03.5", "Five of the 113 name the group", [5], [NAMED.str.contains("terroris|террорис", case=False).sum()]),
    ("03.5", "the only paper from Peru, El Comercio", ["El Comercio"], list(PRESS[PRESS.country == "Peru"].outlet)),
    ("03.5", "57 of the 113 are from the USA", [57], [(PRESS.country == "USA").sum()]),
    ("03.8", "five times in the five texts (rw888 three times, l5i and ww188 once each)", [5, 3, 1, 1],
     places("terroris*", "rw888", "l5i", "ww188")),
    ("03.10", "comes thirteen times in the five texts", [13], places("commando*")),
    ("03.11", "eight times in the five texts: six times in rw909, once each in rw888 (¶18) and rw898 (¶20)", [8, 6, 1, 1],
     places("blood*", "rw909", "rw888", "rw898")),
]  # fmt: skip


@pytest.mark.parametrize("id, words, told, counted", COUNTED, ids=lambda value: value if isinstance(value, str) else "")
def test_what_is_told_after_an_answer_is_counted(id, words, told, counted):
    assert words in question(id).after
    assert told == counted
