"""Every question of the kit as Python describes it, drawn in a browser: each has its fields and none breaks the page."""

import pytest

from browser.board import Board
from helpers import load_corpus
from helpers.lab.box import described
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
