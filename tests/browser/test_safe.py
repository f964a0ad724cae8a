"""A sentence typed beside a box, a click on the toolbar, a cell run too early: none of it spoils a lesson."""

CELLS = (
    """() => window.jupyterapp.shell.currentWidget.content.model.sharedModel.cells.map(c => [c.cell_type, c.source])"""
)
MODE = "window.jupyterapp.shell.currentWidget.content.mode"


def test_letters_typed_beside_a_box_change_nothing(page):
    page.open("01_who_is_speaking.ipynb")
    before = page.page.evaluate(CELLS)
    page.page.locator(".jp-MarkdownCell").nth(1).click()
    page.page.evaluate("document.activeElement.blur()")
    page.page.locator(".jp-MarkdownCell").nth(1).focus()
    assert page.page.evaluate(MODE) == "command"
    page.page.keyboard.type("ddabxcvmry1 Maybe THREE, RW888 and 1900, ii")
    page.page.wait_for_timeout(500)
    assert page.page.evaluate(CELLS) == before
    assert page.page.locator(".jp-Dialog").count() == 0  # 0 0 would ask whether to restart the kernel
    page.page.evaluate("void window.jupyterapp.commands.execute('notebook:insert-cell-below')")
    page.page.wait_for_timeout(300)
    assert len(page.page.evaluate(CELLS)) == len(before) + 1  # so a change would have been seen


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
    start.click()
    page.page.locator(".jp-OutputArea-output").get_by_text("questions").first.wait_for()


def test_a_question_run_first_is_answered_in_a_sentence(page):
    page.open("01_who_is_speaking.ipynb")
    page.page.evaluate("window.jupyterapp.shell.currentWidget.content.activeCellIndex = 3")
    page.command("notebook:run-cell")
    shown = page.page.locator(".jp-OutputArea-output", has_text="Press Start the lesson, above").first
    shown.wait_for(timeout=20_000)
    assert shown.inner_text().strip() == "Press Start the lesson, above: before that, ask is not known here."
