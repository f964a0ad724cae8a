"""Shown to a class: one section at a time in large type, turned by keys, and nothing is lost on the way back."""

import pytest

WHERE = ".lima-classbar .where"
SIZE = "e => parseFloat(getComputedStyle(e).fontSize)"
SCROLLED = "document.querySelector('.lima-stage .jp-WindowedPanel-outer').scrollTop"
ENDS = "all => all.map(one => one.getAttribute('aria-disabled'))"
HIDDEN = (".jp-NotebookPanel-toolbar", "#jp-top-panel", ".jp-SideBar", ".jp-InputPrompt", ".jp-Cell-inputWrapper .jp-Editor",
          ".lima-private", ".lima-desk")  # fmt: skip


def seen(page, selector: str) -> int:
    return page.page.locator(selector).locator("visible=true").count()


def where(page) -> str:
    return page.page.locator(WHERE).inner_text()


def entered(page):
    page.page.get_by_role("button", name="Show to the class").focus()
    page.press("Enter")
    page.page.locator(WHERE).wait_for()


class TestOneLesson:
    @pytest.fixture(scope="class")
    def page(self, shared):
        shared.open("01_who_is_speaking.ipynb")
        shared.run_all()
        return shared

    def test_a_class_sees_one_section_in_large_type_and_nothing_else(self, page):
        paragraph = page.page.locator(".jp-MarkdownOutput p").first
        small = paragraph.evaluate(SIZE)
        assert all(seen(page, selector) for selector in HIDDEN[:4])
        page.page.get_by_role("button", name="Show to the class").focus()
        page.listen()
        page.press("Enter")
        assert where(page).startswith("Section 1 of 11: Before we read a word")
        assert page.heard("Section 1") == [where(page)]
        assert paragraph.evaluate(SIZE) >= 1.25 * small
        assert [selector for selector in HIDDEN if seen(page, selector)] == []
        page.press("ArrowRight", "PageDown")
        assert where(page) == "Section 3 of 11: 2. The blind round"
        assert page.heard("Section 3")[-1].endswith(where(page))
        assert seen(page, ".jp-MarkdownOutput h2") == 1 and seen(page, ".lima-question") == 2
        assert page.page.evaluate("document.activeElement.textContent").startswith("2. The blind round")
        page.press("ArrowDown")
        page.page.wait_for_function(f"{SCROLLED} > 0")
        page.press("ArrowLeft")
        assert page.page.evaluate(SCROLLED) == 0  # a section begins at its top
        page.press(*["PageDown"] * 3)
        assert where(page).startswith("Section 5 of 11: 4. A second clue")
        assert seen(page, HIDDEN[4]) == 1  # the one box that a class is asked to change
        page.press(*["PageDown"] * 12)
        assert where(page).startswith("Section 11 of 11: Further")  # neither the hand-in nor the typed lines
        assert seen(page, ".lima-desk") == 0
        page.press(*["PageUp"] * 9)
        page.press("Control+ArrowRight", "PageUp", "PageUp")
        assert where(page).startswith("Section 1 of 11")
        ends = page.page.locator(".lima-classbar .lima-button").evaluate_all(ENDS)
        assert ends == ["true", "false", None]  # Back leads nowhere here, Next does
        assert page.page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    def test_rows_are_typed_in_and_nothing_is_lost_on_the_way_back(self, page):
        page.press("Escape")  # the class view of the test before, if it is left open
        entered(page)
        before = page.cells()
        page.press("PageDown", "PageDown")
        box, here = page.box("01.1"), where(page)
        field = box.locator("input[type=text]").first
        page.type_in(field, "there are signs")
        page.press("ArrowLeft", "ArrowRight", "Home", "ArrowDown")
        assert where(page) == here and field.evaluate("e => e.selectionStart") in (0, 15)
        page.choose(page.box("01.2"), 1)
        assert where(page) == here and page.box("01.2").locator("input:checked").count() == 1
        page.press("PageDown")
        assert where(page).startswith("Section 4")
        page.press("PageUp")
        assert field.input_value() == "there are signs"
        field.focus()
        page.press("Escape")  # leaves the field, then the class view
        page.page.wait_for_function("document.activeElement.matches('.jp-Cell')")
        assert where(page) == here
        page.page.keyboard.type("ddabxm")
        page.listen()
        page.press("Enter", "Shift+Enter", "Escape")
        assert page.page.locator(WHERE).count() == 0 and page.heard("Back in")[-1] == "Back in the notebook."
        assert all(seen(page, selector) for selector in HIDDEN[:4])
        assert page.page.evaluate("document.activeElement.textContent").startswith("2. The blind round")
        assert field.input_value() == "there are signs" and page.box("01.2").locator("input:checked").count() == 1
        assert page.cells() == before
        page.written("there are signs")
        page.page.get_by_role("button", name="Show to the class").focus()
        page.press("Enter")
        assert where(page) == here  # it goes on where it was left
        assert page.errors == []
