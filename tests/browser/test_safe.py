"""A sentence typed beside a box, a click on the toolbar, a cell run too early: none of it spoils a lesson."""

MODE = "window.jupyterapp.shell.currentWidget.content.mode"
LETTERS = "ddabxcvmryz1 Maybe THREE, RW888 and 1900, ii MKJABLR"


def test_letters_typed_beside_a_box_change_nothing(page):
    page.open("01_who_is_speaking.ipynb")
    before = page.cells()
    for cell in (".jp-MarkdownCell", ".jp-CodeCell"):
        page.page.locator(cell).nth(1).click()
        page.page.evaluate("document.activeElement.blur()")
        page.page.locator(cell).nth(1).focus()
        assert page.page.evaluate(MODE) == "command"
        page.page.keyboard.type(LETTERS)
        page.page.wait_for_timeout(500)
        assert page.cells() == before
        assert page.page.locator(".jp-Dialog").count() == 0  # 0 0 would ask whether to restart the kernel
    page.command("notebook:insert-cell-below")
    page.until(
        f"jupyterapp.shell.currentWidget.content.widgets.length === {len(before) + 1}"
    )  # it would have been seen


def test_letters_typed_after_a_start_change_nothing(page):
    """Where the focus stands when the lesson has run, and after Esc out of a question."""
    page.open("01_who_is_speaking.ipynb")
    page.run_all()
    before = page.cells()
    page.page.keyboard.type(LETTERS)
    page.box("01.6").get_by_label("Your number").focus()
    page.press("Escape")
    assert page.page.evaluate(MODE) == "command"
    page.page.keyboard.type(LETTERS)
    page.page.wait_for_timeout(500)
    assert page.cells() == before and page.page.locator(".jp-Dialog").count() == 0


def test_the_first_button_starts_the_lesson_and_none_can_spoil_it(page):
    page.open("01_who_is_speaking.ipynb")
    toolbar = page.page.locator(".jp-NotebookPanel-toolbar").first
    start = toolbar.get_by_text("Start the lesson")
    start.wait_for()
    named = toolbar.locator("[data-jp-item-name]").evaluate_all("all => all.map(e => e.dataset.jpItemName)")
    assert named[0] == "start"
    assert {"insert", "cut", "copy", "paste", "cellType", "restart-and-run"}.isdisjoint(named)
    page.page.locator(".jp-Cell").first.click()
    assert page.page.locator(".jp-cell-toolbar [data-jp-item-name]").count() == 0
    folded = page.page.locator(".jp-InputPlaceholder").locator("visible=true")
    assert folded.count() > 0
    start.click()
    page.page.locator(".jp-OutputArea-output").get_by_text("questions").first.wait_for()
    page.box("01.11").wait_for()
    assert folded.count() == 0  # folded code is hidden once the lesson has started


def test_a_question_run_first_is_answered_in_a_sentence(page):
    page.open("01_who_is_speaking.ipynb")
    at = next(n for n, (kind, source) in enumerate(page.cells()) if kind == "code" and source.startswith("ask("))
    page.page.evaluate(f"window.jupyterapp.shell.currentWidget.content.activeCellIndex = {at}")
    page.command("notebook:run-cell")
    shown = page.page.locator(".jp-OutputArea-output", has_text="Press Start the lesson, above").first
    shown.wait_for(timeout=20_000)
    assert shown.inner_text().strip() == "Press Start the lesson, above: before that, ask is not known here."


def test_the_next_day_a_question_says_how_it_comes_back(page):
    page.open("01_who_is_speaking.ipynb")
    page.run_all()
    page.box("01.6").wait_for()
    asleep = page.page.locator(".lima-asleep").first
    assert asleep.count() == 1 and not asleep.is_visible()  # hidden while the box lives
    page.save()
    page.lab.end_sessions()
    page.open("01_who_is_speaking.ipynb")
    asleep.wait_for()
    assert "Press Start the lesson, above" in asleep.inner_text()
    page.run_all()
    page.box("01.6").wait_for()
    assert not page.page.locator(".lima-asleep").first.is_visible()
