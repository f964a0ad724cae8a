"""Every notebook as a reader meets it, opened once: run, read by axe, light and dark, narrow, printed, by keyboard alone.

The long half, each question used and all of it back after reload and restart, goes through one notebook in CI and
through those that `LIMA_WALK` names by hand: `LIMA_WALK=all`, or numbers as in `LIMA_WALK="00 07 class"`.
"""

import os
import re

import pypdfium2
import pytest
from project import LESSONS, NOTEBOOKS, ROOT

from browser.conftest import Page, clean, serious
from browser.test_packet import NEARLY_EMPTY, filled
from helpers.lessons.sheets import question

WALK = os.environ.get("LIMA_WALK", "08").split()
LONG = [path for path in NOTEBOOKS if "all" in WALK or path.name.startswith(tuple(WALK))]
OURS = re.compile("lima|anywidget|helpers|blob:|TypeError|ReferenceError|Error displaying widget|model not found", re.I)
BROKEN = re.compile("Error displaying widget|renderer has not been|Error rendering output|Loading widget")
WRONG = """() => jupyterapp.shell.currentWidget.content.widgets
  .filter((cell) => !(cell.model.getMetadata('tags') ?? []).includes('raises-exception'))
  .flatMap((cell) => [...cell.node.querySelectorAll('[data-mime-type$="jupyter.error"], [data-mime-type$="jupyter.stderr"]')])
  .map((output) => output.innerText)"""
# Right of the notebook's edge, but for tables of evidence, charts and code, which scroll in boxes of their own.
BEYOND = """() => {
  const page = document.querySelector('.jp-WindowedPanel-outer');
  const edge = page.getBoundingClientRect().left + page.clientWidth + 2;
  return [...page.querySelectorAll('.lima, .lima *, .lima-lesson *, .lima-closed *, .jp-MarkdownOutput *')]
    .filter((one) => one.getBoundingClientRect().right > edge && getComputedStyle(one).position !== 'absolute')
    .filter((one) => !one.closest('.lima-table, .results table, .vega-embed, .jp-MarkdownOutput :is(table, code), .lima-sr, .drawn'))
    .map((one) => `${one.tagName} ${one.className}`);
}"""
SMALL = """() => [...document.querySelectorAll('.lima :is(button, select, input, textarea), .jp-Notebook .jupyter-button')]
  .map((one) => [one, (one.closest('label') ?? one).getBoundingClientRect()])
  .filter(([, box]) => box.width > 0 && (box.width < 24 || box.height < 24))
  .map(([one, box]) => `${one.textContent || one.type} ${box.width} x ${box.height}`)"""
PRESSED = ".jp-Notebook :is(button, input[type=range], .jp-InputPrompt)"
CUT = """() => [...document.querySelectorAll('.lima-question, .lima table, .lima article')]
  .filter((one) => one.checkVisibility())
  .filter((one) => one.scrollWidth > one.clientWidth + 1 || one.getBoundingClientRect().right > innerWidth + 1)
  .map((one) => `${one.tagName} ${one.className} ${one.dataset.question ?? ''} ${one.innerText.slice(0, 40)}`)"""
# In the place of a drawing that is higher than the page stands its table with the drawing's sentence.
INSTEAD = """() => {
  const seen = (one) => one.checkVisibility({ contentVisibilityAuto: true });
  return [...document.querySelectorAll('.lima.tall')].map((one) => [
    seen(one.closest('.jp-OutputArea-child').previousElementSibling),
    ...['.on-paper', '.drawn'].map((part) => seen(one.querySelector(part)))]);
}"""
MARGIN = {"top": "14mm", "right": "15mm", "bottom": "16mm", "left": "15mm"}
AXED = {"include": [".jp-MarkdownOutput", ".jp-OutputArea-output"], "exclude": [".jp-RenderedText"]}
# What can have the focus and is seen; of a group of radios one is enough.
STOPS = """() => {
  const all = document.querySelectorAll('.jp-OutputArea-output :is(button, input, select, textarea, summary, [tabindex="0"])');
  return [...all].filter((one) => one.checkVisibility({ visibilityProperty: true }) && one.tabIndex >= 0 && !one.disabled)
    .filter((one) => !one.closest('.jp-Cell-outputCollapser, [aria-hidden=true]'));
}"""
HEAR = "() => { window.met = new Set(); addEventListener('focusin', ({ target }) => met.add(target.name || target), true); }"
UNMET = f"() => ({STOPS})().filter((one) => !met.has(one.name || one)).map((one) => one.outerHTML.slice(0, 120))"
CLOSED = ".lima-closed:has(> .jupyter-button)"
# But for a timeline, whose event in the fields comes back in the list: test_lessons has it; and the kind of the next
# mark, which is a pen in the hand and no answer.
STANDS = r"""() => Object.fromEntries([...document.querySelectorAll('[data-question]')]
  .filter((box) => /^\d\d\.\d+$/.test(box.dataset.question) && !box.querySelector('.lima-event'))
  .map((box) => [box.dataset.question, [...box.querySelectorAll('input, select, textarea, .lima-typed, .lima-marks q, .verdict:not([hidden])')]
    .filter((one) => !one.closest('.lima-kinds'))
    .map((one) => (/radio|checkbox/.test(one.type) ? one.checked : one.value ?? one.textContent))]))"""


@pytest.fixture(scope="class", params=NOTEBOOKS, ids=lambda path: path.stem)
def page(request, lab, browser):
    clean(lab)
    one = Page(lab, browser, has_touch=True)
    one.open(request.param.relative_to(ROOT / "notebooks").as_posix())
    one.path = request.param
    one.page.locator(".jp-NotebookPanel-toolbar").get_by_text("Start the lesson").click()
    one.settle()
    one.press("Shift")  # a key ends the guard's leading to a question
    yield one
    one.close()


def long(page):
    if page.path not in LONG:
        pytest.skip("LIMA_WALK names the notebooks for the long half")


def dark(page, theme: str):
    page.page.evaluate(f"jupyterapp.commands.execute('apputils:change-theme', {{ theme: 'JupyterLab {theme}' }})")
    page.until("theme => document.body.dataset.jpThemeName === theme", f"JupyterLab {theme}")


def answers(asked) -> str:
    """Words to be typed into any line of a question."""
    kinds = {"Number": "74", "Date": "22 April 1997"}
    if getattr(asked, "interval", None):
        return "1997-01"
    return kinds.get(type(asked).__name__, "some words of mine " * max(1, getattr(asked, "least", 0)))


def used(page, id: str):
    """Every kind of field of a question used by its keys, from its heading on, and its main button pressed."""
    box, words, seen = page.box(id), answers(question(id)), set()
    box.locator("h3").focus()
    for _ in range(60):
        page.press("Tab")
        kind = page.page.evaluate(
            """id => { const one = document.activeElement, box = one.closest('[data-question]');
              if (box?.dataset.question !== id) return 'gone';
              return one.matches('.lima-passage') ? 'passage' : one.matches('.moves button') ? 'moves'
                : one.matches('.main') ? 'main' : one.matches('summary') ? 'summary' : one.type; }""",
            id,
        )
        if kind in ("gone", "main"):
            break
        keys = {"radio": ["Space", "ArrowDown"], "select-one": ["ArrowDown"], "passage": ["ArrowRight", "Enter"],
                "summary": ["Enter", "Enter"], "moves": ["Enter"]}  # fmt: skip
        if kind in ("text", "textarea"):
            page.page.keyboard.type(words[:5])
            page.page.keyboard.insert_text(words[5:])  # in one go, as by a paste
        elif kind in keys and not (kind == "moves" and kind in seen):
            page.press(*keys[kind])
        seen.add(kind)
    box.locator(".main").focus()
    page.press("Enter")
    box.locator(".answer").get_by_text(re.compile(r"\w")).locator("visible=true").first.wait_for()


class TestANotebook:
    def test_it_runs_without_an_error(self, page):
        assert page.page.get_by_text(BROKEN).count() == 0
        assert page.page.evaluate(WRONG) == []

    def test_what_is_revealed_is_closed_until_it_is_asked_for(self, page):
        made = sum(kind == "code" and source.startswith("reveal(") for kind, source in page.cells())
        shut = page.page.locator(CLOSED)
        assert shut.count() == made
        while left := shut.count():  # one answer may open several
            shut.first.get_by_role("button", name="Show without answering").focus()
            page.press("Enter")
            page.until(f"left => document.querySelectorAll('{CLOSED}').length < left", left)
        assert page.page.evaluate(WRONG) == []

    def test_tab_reaches_every_field(self, page):
        page.page.evaluate(HEAR)
        page.page.locator(".jp-Cell").first.focus()
        stops = page.page.evaluate(f"({STOPS})().length")
        page.press(*["Tab"] * (stops + 40))
        assert page.page.evaluate(UNMET) == []

    @pytest.mark.parametrize("theme", ["Light", "Dark"])
    def test_axe_finds_nothing_serious(self, page, theme):
        dark(page, theme)
        try:
            assert serious(page.page, AXED, ["color-contrast"] if theme == "Dark" else None) == []
        finally:
            dark(page, "Light")

    @pytest.mark.parametrize("width, height", [(640, 500), (320, 640)])  # 640 is a page of 1280 at 200 %
    def test_a_narrow_page_scrolls_in_one_direction(self, page, width, height):
        page.page.evaluate("jupyterapp.shell.collapseLeft()")
        page.page.set_viewport_size({"width": width, "height": height})
        page.same(BEYOND, [])
        assert page.page.evaluate(SMALL) == []
        planted = "wide => document.querySelector('.jp-MarkdownOutput p').style.minWidth = wide"
        page.page.evaluate(planted, "900px")
        assert page.page.evaluate(BEYOND) != []  # so it would have been seen
        page.page.evaluate(planted, "")

    def test_a_print_is_whole_and_has_no_buttons(self, page):
        if page.path not in LESSONS:
            pytest.skip("what a teacher prints are the pages that leave: test_packet, test_results")
        page.page.emulate_media(media="print")
        page.page.set_viewport_size({"width": 740, "height": 1050})
        try:
            last = page.page.locator(".jp-Cell").last
            bottom = "one => one.getBoundingClientRect().bottom + scrollY > 2 * 1050"
            page.until(f"() => ({bottom})([...document.querySelectorAll('.jp-Cell')].at(-1))")
            assert page.page.locator(PRESSED).locator("visible=true").count() == 0
            bars = page.page.locator("#jp-top-panel, .jp-SideBar, .jp-NotebookPanel-toolbar")
            assert bars.locator("visible=true").count() == 0
            low = last.evaluate("e => e.getBoundingClientRect().bottom + scrollY")
            assert page.page.evaluate("document.documentElement.scrollHeight") >= low
            assert page.page.evaluate("document.documentElement.scrollWidth") <= 740
            assert page.page.evaluate(CUT) == []
            assert all(one == [False, True, True] for one in page.page.evaluate(INSTEAD))
            *sheets, _ = pypdfium2.PdfDocument(page.page.pdf(format="A4", margin=MARGIN))
            assert [place for place, one in enumerate(sheets, 1) if filled(one)[0] < NEARLY_EMPTY] == []
        finally:
            page.page.emulate_media(media="screen")
            page.page.set_viewport_size({"width": 1280, "height": 1000})

    def test_each_question_is_used_by_keys_and_all_is_back(self, page):
        long(page)
        page.page.evaluate("document.querySelector('.lima-lesson').scrollIntoView()")
        ids = page.page.evaluate(f"Object.keys(({STANDS})())")
        for id in ids:
            used(page, id)
        stands = page.page.evaluate(STANDS)
        assert {id for id, fields in stands.items() if any(fields)} == set(ids)
        for again in (page.reload, page.restart):
            again()
            page.run_all()
            page.same(STANDS, stands)

    def test_in_simple_mode_it_starts_as_well(self, page):
        long(page)
        page.page.evaluate("jupyterapp.commands.execute('application:toggle-mode')")
        page.page.locator(".jp-NotebookPanel-toolbar").get_by_text("Start the lesson").click()
        page.settle()
        page.page.evaluate("jupyterapp.commands.execute('application:toggle-mode')")
        assert page.page.evaluate(WRONG) == []

    def test_nothing_was_said_by_our_scripts_or_asked_of_the_network(self, page):
        assert [words for words in page.errors if OURS.search(words)] == []
        assert page.outside == []
