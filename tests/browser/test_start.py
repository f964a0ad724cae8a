"""What a newcomer meets: the first command opens notebook 00 with the whole project beside it."""


def test_the_course_opens_and_every_citation_leads_to_its_words(page):
    page.start()
    opened = page.page.evaluate("window.jupyterapp.shell.currentWidget.context.path")
    assert opened == "notebooks/00_start_here.ipynb"
    files = page.page.locator(".jp-DirListing-content")
    page.page.locator(".jp-BreadCrumbs-home").click()
    for name in ("seeds", "notebooks", "README.md"):
        files.get_by_text(name, exact=True).wait_for()
    page.run_all()
    shown = page.page.locator(".jp-OutputArea-output")
    shown.get_by_text("reluctant guests").locator("visible=true").first.wait_for()
    shown.get_by_text("published an international statement").first.wait_for()
    assert page.page.locator("[data-mime-type='application/vnd.jupyter.error']").count() <= 1  # the one on purpose
    drawn = "[...document.querySelectorAll('.jp-MarkdownOutput img')].every(i => i.complete && i.naturalWidth > 300)"
    assert page.page.evaluate(drawn) and page.page.locator(".jp-MarkdownOutput img").count() == 1
    alternative = page.page.locator(".jp-MarkdownOutput img").get_attribute("alt")
    assert "Lima" in alternative

    citation = page.page.locator(".jp-OutputArea-output details", has_text="l5i ¶3").first
    passage = citation.locator("div").first
    assert not passage.is_visible()
    citation.locator("summary").focus()
    page.page.keyboard.press("Enter")
    passage.wait_for(state="visible")
    assert "For logistical reasons" in passage.inner_text()
    assert page.outside == []
