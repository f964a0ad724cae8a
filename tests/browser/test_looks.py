"""The look in real JupyterLab: no scrolling in two directions on a narrow page, and a printed page that can be read."""

import pytest

# Right of the notebook's edge, but for tables of evidence, charts and code, which scroll in boxes of their own.
BEYOND = """() => {
  const page = document.querySelector('.jp-WindowedPanel-outer');
  const edge = page.getBoundingClientRect().left + page.clientWidth + 2;
  return [...page.querySelectorAll('.lima, .lima *, .lima-lesson *, .lima-closed *, .jp-MarkdownOutput *')]
    .filter((one) => one.getBoundingClientRect().right > edge && getComputedStyle(one).position !== 'absolute')
    .filter((one) => !one.closest('.lima-table, .vega-embed, .jp-MarkdownOutput table, .lima-sr, .drawn'))
    .map((one) => `${one.tagName} ${one.className}`);
}"""
SMALL = """() => [...document.querySelectorAll('.lima :is(button, select, input, textarea), .jp-Notebook .jupyter-button')]
  .map((one) => [one, (one.closest('label') ?? one).getBoundingClientRect()])
  .filter(([, box]) => box.width > 0 && (box.width < 24 || box.height < 24))
  .map(([one, box]) => `${one.textContent || one.type} ${box.width} x ${box.height}`)"""
PRESSED = ".jp-Notebook :is(button, input[type=range], .jp-InputPrompt)"


@pytest.mark.parametrize("width, height", [(320, 640), (640, 500)])  # 640 is a page of 1280 at 200 %
def test_a_narrow_page_scrolls_in_one_direction(page, width, height):
    page.open("01_who_is_speaking.ipynb")
    page.page.evaluate("jupyterapp.shell.collapseLeft()")
    page.run_all()
    page.key(page.box("01.6"), "Pass over")
    page.page.set_viewport_size({"width": width, "height": height})
    page.page.wait_for_timeout(500)
    assert page.page.evaluate(BEYOND) == []
    page.page.evaluate("document.querySelector('.lima-question').style.minWidth = '900px'")
    assert page.page.evaluate(BEYOND) != []  # so it would have been seen
    assert page.page.evaluate(SMALL) == []


def test_a_printed_notebook_is_whole_and_has_no_buttons(page):
    page.open("01_who_is_speaking.ipynb")
    page.run_all()
    page.type_in(page.box("01.6").get_by_label("Your number"), "74")
    page.key(page.box("01.6"), "Check")
    assert page.page.locator(PRESSED).locator("visible=true").count() > 20
    page.page.emulate_media(media="print")
    page.page.set_viewport_size({"width": 740, "height": 1050})
    page.page.wait_for_timeout(500)
    assert page.page.locator(PRESSED).locator("visible=true").count() == 0
    assert (
        page.page.locator("#jp-top-panel, .jp-SideBar, .jp-NotebookPanel-toolbar").locator("visible=true").count() == 0
    )
    whole = "document.documentElement.scrollHeight"
    last = page.page.locator(".jp-Cell").last.evaluate("e => e.getBoundingClientRect().bottom + scrollY")
    assert page.page.evaluate(whole) >= last > 4 * 1050
    boxes = page.page.locator(".lima-question")
    assert boxes.evaluate_all(
        "all => all.every(e => e.scrollWidth <= e.clientWidth && e.offsetHeight >= e.scrollHeight - 2)"
    )
    assert page.page.evaluate("document.documentElement.scrollWidth") <= 740
    assert page.box("01.6").locator("input").input_value() == "74"
