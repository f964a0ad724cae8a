"""Notebooks 09 and 10 in JupyterLab: words looked up on leaving a field, a live count, two texts pasted and a list made."""

from browser.test_exercises import judged

FIRST = "The mayor opened the splendid new library on Monday. Readers cheered.\n\nIt took three years."
SECOND = "A costly hall for books was opened on Monday. So-called readers were let in at noon."


def test_words_are_looked_up_on_leaving_their_field_and_words_are_counted_as_one_types(page):
    page.open("09_make_your_case.ipynb")
    page.run_all()
    plan = page.box("09.2")
    page.type_in(plan.get_by_label("evidence 1 words of a text, copied"), "reluctant guests")
    page.press("Tab")
    plan.locator(".lima-under", has_text="Found once").wait_for()
    page.type_in(plan.get_by_label("evidence 2 words of a text, copied"), "words of nobody")
    page.press("Tab")
    plan.locator(".lima-under", has_text="No text here has these words").wait_for()
    page.page.wait_for_timeout(1500)  # a draft is saved: what was said stays
    assert plan.locator(".lima-under:visible").count() == 2
    case = page.box("09.3")
    page.type_in(case.get_by_label("Your answer"), "A brutal case (l5i 3)")
    case.get_by_text("5 words; 150 to 250 are asked for").wait_for()
    page.page.keyboard.type(" and so on" * 50)
    judged(page, "09.3", "Done", "Kept. Nobody marks it.")
    shown = page.page.locator(".lima.overlay", has_text="brutal")
    shown.wait_for()
    assert "charged" in shown.inner_text()
    assert page.outside == []


def test_two_texts_are_pasted_written_and_read_and_a_list_of_ones_own_is_drawn(page):
    page.open("10_your_own_sources.ipynb")
    page.run_all()
    box = page.page.locator(".lima-question", has_text="Two texts of your own")
    page.type_in(box.get_by_label("text 1 short name"), "Mayor")
    page.type_in(box.get_by_label("text 1 day of print"), "5 May 1999")
    box.get_by_label("The words of text 1").fill(FIRST)
    box.get_by_label("The words of text 2").fill(SECOND)
    box.get_by_role("button", name="Look at the catalogue").click()
    box.get_by_text("2 of 2 texts are ready to use.").wait_for()
    box.get_by_role("button", name="Write the folder").click()
    box.get_by_text("Written into the folder").wait_for()
    page.run_all()
    box.get_by_text("These boxes are about mayor").wait_for()
    cues = page.box("10.4")
    for row, (word, kind) in enumerate([("splendid", "charged"), ("so-called", "charged"), ("costly", "charged"),
                                        ("cheered", "charged"), ("noon", "hedge")], start=1):  # fmt: skip
        page.type_in(cues.get_by_label(f"{row} my cue"), word)
        cues.get_by_label(f"{row} its kind").select_option(kind)
    judged(page, "10.4", "Check", "Kept. What the computer can check is in order.")
    page.page.locator(".lima.overlay", has_text="splendid").wait_for()
    page.page.get_by_role("button", name="Write cues.csv").click()
    page.page.get_by_text("cues.csv is written beside your texts").first.wait_for()
    assert page.outside == []
