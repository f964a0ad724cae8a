"""Stock fields as a reader meets them by keyboard and touch: names, focus, the slider's words, the browser's own menu."""

import pytest

LOST = "document.activeElement === document.body"


def started(pages, notebook: str, **options):
    page = pages(**options)
    page.open(notebook)
    page.run_all()
    return page


@pytest.fixture
def first(pages):
    page = started(pages, "03_words_and_names.ipynb", has_touch=True)
    page.box("03.1").wait_for()
    return page


def test_a_name_is_set_by_enter_and_the_focus_stays(first):
    box, head = first.page.locator(".lima-desk").last, first.page.locator(".lima-lesson")
    first.key(box, "Set a name")
    first.page.wait_for_function("document.activeElement.matches('.lima-name input')")
    first.page.keyboard.type("Mai 7")
    first.press("Enter")
    head.get_by_text("These are the answers of").wait_for()
    first.page.wait_for_function(f"!({LOST})")
    first.key(head, "Not you?")
    first.page.wait_for_function("document.activeElement.matches('.lima-name input')")
    first.key(head, "Delete my answers")
    first.page.wait_for_function("document.activeElement.textContent === 'No'")


def test_esc_leads_from_every_stock_field_to_its_cell(first):
    head, file = first.page.locator(".lima-lesson"), first.page.locator(".lima-desk").last
    fields = (
        head.locator(".lima-name input"),
        head.get_by_role("button", name="Use this name"),
        head.get_by_label("Look up a passage", exact=False),
        file.get_by_role("checkbox"),
        file.get_by_role("button", name="Make my file"),
    )
    for field in fields:
        field.focus()
        cell = field.evaluate("one => one.closest('.jp-Cell').dataset.windowedListIndex")
        first.press("Escape")
        first.page.wait_for_function(f"document.activeElement.matches('.jp-Cell[data-windowed-list-index=\"{cell}\"]')")


def test_what_was_pressed_keeps_the_focus_on_the_screen_though_it_goes_or_is_pushed_down(pages):
    page = started(pages, "00_start_here.ipynb")
    page.page.set_viewport_size({"width": 1366, "height": 768})
    page.key(page.box("00.2"), "Pass over")
    head = page.page.locator(".lima-lesson")
    page.type_in(head.locator(".lima-name input"), "Ana")
    page.key(head, "Use this name")
    page.key(head, "Yes, take them over")
    head.get_by_text("Yours?").wait_for(state="detached")
    page.page.wait_for_function(f"!({LOST})")
    assert page.page.evaluate("!!document.activeElement.closest('.lima-lesson')")
    making = page.page.get_by_role("button", name="Make my file")
    making.focus()
    making.evaluate("one => one.scrollIntoView({ block: 'end' })")
    page.press("Enter")
    page.page.get_by_role("link", name="Download").first.wait_for()
    page.page.wait_for_function("document.activeElement.textContent === 'Make my file'")
    page.page.wait_for_timeout(600)
    low = making.evaluate("one => one.getBoundingClientRect().bottom")
    assert low <= making.evaluate("one => one.closest('.jp-WindowedPanel-outer').getBoundingClientRect().bottom")


def test_the_way_to_the_next_notebook_does_not_hang_on_the_address(first):
    """JupyterLab writes another address when its file browser moves; a link relative to that led nowhere."""
    first.page.evaluate("history.replaceState(null, '', '/lab/tree/notebooks')")
    first.page.locator(".lima-lesson a").focus()
    first.press("Enter")
    first.page.wait_for_function(
        "jupyterapp.shell.currentWidget?.context?.path === 'notebooks/04_who_gets_to_speak.ipynb'"
    )
    assert first.page.locator(".jp-Dialog").count() == 0


OUT = """() => [...document.querySelectorAll('.lima-question')].flatMap((box) => [...box.querySelectorAll('table, input, .lima-aswords')]
  .filter((one) => one.getBoundingClientRect().right > box.getBoundingClientRect().right || one.scrollWidth > one.clientWidth + 1)
  .map((one) => `${box.dataset.question} ${one.tagName}`))"""


def test_on_paper_typed_words_run_on_and_no_table_leaves_its_box(pages):
    page, words = started(pages, "01_who_is_speaking.ipynb"), "the Information Bureau of a movement that signs in April"
    field = page.box("01.5").locator("input[type=text]").nth(2)
    page.type_in(field, words)
    page.page.set_viewport_size({"width": 720, "height": 1000})
    page.page.emulate_media(media="print")
    page.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert field.locator("xpath=following-sibling::span").inner_text() == words
    assert not field.is_visible()
    assert page.page.evaluate(OUT) == []
    page.page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.page.emulate_media(media="screen")
    assert field.input_value() == words and field.is_visible()
    assert page.page.locator(".lima-aswords").count() == 0
    page.page.set_viewport_size({"width": 1280, "height": 1000})
    page.page.locator(".jp-NotebookPanel-toolbar").get_by_text("Start the lesson").locator("visible=true").wait_for()


def test_a_second_tap_on_a_field_opens_no_menu_of_jupyterlab(first):
    field = first.box("03.1").locator("textarea")
    for _ in range(3):
        field.tap()
        first.page.wait_for_timeout(150)
    field.click(button="right")
    assert first.page.locator(".lm-Menu").count() == 0


def test_the_slider_says_its_day(pages):
    page = started(pages, "08_one_timeline.ipynb")
    page.box("08.4").get_by_role("button", name="Pass over").click()
    slider = page.page.locator(".vega-bind input[type=range]").last
    slider.focus()
    page.press("Home", "ArrowRight")
    chart = slider.locator("xpath=ancestor::*[contains(@class, 'vega-embed')]")
    page.page.wait_for_timeout(300)
    said = slider.get_attribute("aria-valuetext")
    assert said == chart.locator(".role-title-text").first.text_content() == "What could be read on 2 January 1997"


def test_no_part_of_a_drawing_is_told_of_without_a_name(pages):
    """What axe calls svg-img-alt: serious, and the only finding in our outputs."""
    page = started(pages, "08_one_timeline.ipynb")
    page.box("08.4").get_by_role("button", name="Pass over").click()
    page.page.locator(".vega-embed svg").first.wait_for()
    page.page.wait_for_timeout(600)
    nameless = ".vega-embed :is([role^=graphics], [role=img]):not([aria-label])"
    assert page.page.locator(".vega-embed [role^=graphics]").count() > 5
    assert page.page.locator(nameless).count() == 0


def test_what_is_said_to_an_answer_is_on_the_screen(pages):
    page = started(pages, "03_words_and_names.ipynb")
    page.page.set_viewport_size({"width": 1366, "height": 768})
    box = page.box("03.5")
    box.locator("h3").evaluate("one => one.scrollIntoView({ block: 'start' })")
    page.choose(box, 1)
    page.type_in(box.locator("textarea"), "because")
    page.key(box, "Done")
    box.locator(".samples blockquote").first.wait_for()
    page.page.wait_for_timeout(600)
    assert box.locator(".verdict").evaluate("one => one.getBoundingClientRect().top") < 450
