"""Every question of the kit as Python describes it, drawn in a browser: each has its fields and none breaks the page."""

import pytest

from browser.board import Board
from browser.board import told as board_told
from helpers import load_corpus
from helpers.lab.box import described, told_of
from helpers.lessons.journal import Line
from helpers.lessons.sheets import numbers, sheet


@pytest.mark.parametrize("number", numbers())
def test_every_question_is_drawn_with_named_fields(browser, number):
    board, corpus, file = Board(browser), load_corpus(), sheet(number)
    for asked in file.question:
        excerpts = tuple(excerpt for excerpt in file.excerpt if excerpt.key in asked.excerpts)
        drawn = board.ask(described(asked, corpus, excerpts))
        assert drawn.box.locator("h3").inner_text() == f"{asked.id} · {asked.title}"
        fields = drawn.box.locator(":is(input, textarea, select, .lima-passage, .lima-order button)")
        assert fields.count() > 0, asked.id
        drawn.set(fill={"n": 2, "value": {}})
        assert set(drawn.value) == {one.name for one in asked.inputs}
        if asked.__struct_config__.tag == "timeline":
            assert drawn.box.get_by_label("Source").locator("option").count() == len(corpus) + 2
    stops = board.stops()
    assert all(name.strip() for name in stops)
    assert "undefined" not in board.page.locator(".jp-Notebook").inner_text()
    board.close()  # asserts that no script failed


def test_what_is_said_to_an_event_stands_at_it_listed_or_not(browser, corpus):
    """As Python says it, with the number of the event as words; the last one stands in the fields and was not added."""
    asked = next(one for one in sheet(8).question if one.id == "08.6")
    good = dict(asked.accepted[0][0])
    events = [good, good | {"citation": "rw898 ¶3"}, {"title": "Half an event"}]
    board = Board(browser)
    drawn = board.ask(described(asked, corpus), {"answer": {"events": events[:2], "typing": events[2]}})
    journal = [Line("08.6", asked.read(events), 1, "2026-01-01T00:00:00+00:00", "k")]
    drawn.set(told=board_told("refused") | told_of(asked.shown(journal, corpus), corpus))
    listed = drawn.box.locator(".lima-events > li")
    assert listed.nth(0).locator(".lima-under").inner_text() == ""
    assert "do not stand in" in listed.nth(1).inner_text()
    assert drawn.box.locator(".lima-event .lima-under").inner_text() != ""
    board.close()
