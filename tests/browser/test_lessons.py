"""What the lessons need of the page beside fields: marks, dates, quotations, a timeline of one's own, the slider; and that each runs."""

import re
from datetime import date

import pytest

from browser.test_exercises import BORNE_OUT, judged
from helpers import known_by, load_corpus

CHECKED = "Kept. What the computer can check is in order."


def opened(page, notebook: str):
    page.open(notebook)
    page.run_all()


def again(page):
    """Reload and start, then stop the kernel and start: after each, what was written is asked for."""
    page.reload()
    page.run_all()
    yield
    page.restart()
    page.run_all()
    yield


def marks(box) -> list[str]:
    return [words.inner_text() for words in box.locator(".lima-marks q").all()]


def test_marks_made_by_keyboard_are_back_at_the_same_letters(page):
    opened(page, "03_words_and_names.ipynb")
    box = page.box("03.4")
    passages = box.locator(".lima-passage")
    passages.nth(0).focus()
    page.press(*["ArrowRight"] * 9, "Shift+ArrowRight", "Enter")
    passages.nth(1).focus()
    page.press(*["ArrowRight"] * 4, "2", "Enter", "ArrowRight", "Enter", "Delete")
    made = marks(box)
    assert len(made) == 2 and " " in made[0]
    judged(page, "03.4", "Check", CHECKED)
    assert box.locator(".lima-passage .other").count() > 0  # now the readings are drawn beside one's own
    lit = [mark.inner_text() for mark in box.locator(".lima-passage mark").all()]
    for _ in again(page):
        box.locator(".lima-passage mark").first.wait_for()
        assert marks(box) == made
        assert [mark.inner_text() for mark in box.locator(".lima-passage mark").all()] == lit
        assert box.locator(".lima-passage .other").count() > 0
    assert page.outside == []


def test_a_date_and_a_quotation_are_typed_and_back(page):
    opened(page, "07_what_happened_when.ipynb")
    page.type_in(page.box("07.3").get_by_label("Your date"), "3 to 7 March 1997")
    judged(page, "07.3", "Check", BORNE_OUT)
    page.type_in(page.box("07.5").get_by_label("Your quotation"), "words that stand nowhere")
    judged(page, "07.5", "Check", "Not yet")
    for _ in again(page):
        assert page.box("07.3").get_by_label("Your date").input_value() == "3 to 7 March 1997"
        assert page.box("07.3").locator(".verdict", has_text=BORNE_OUT).is_visible()
        assert page.box("07.5").get_by_label("Your quotation").input_value() == "words that stand nowhere"
        assert page.box("07.5").locator(".verdict", has_text="Not yet").is_visible()


EVENTS = [
    (
        "The residence is seized",
        "1996-12-17",
        "",
        "rw898",
        "rw898 1",
        "The MRTA seized the residence on December 17 last year.",
    ),
    ("Digging", "January 1997", "1997-03-16", "rw898", "rw898 2", "The digging had been going on since January."),
    ("The raid", "22 April 1997", "22 April 1997", "ww188", "ww188 1", "On Tuesday April 22 at 3.17 pm"),
]
FIELDS = ("What happened", "From:", "To:", "Source", "Citation", "Quotation")


def test_a_timeline_is_entered_undone_and_back_by_keyboard(page):
    opened(page, "08_one_timeline.ipynb")
    box = page.box("08.6")
    listed = box.locator(".lima-events > li")
    for number, event in enumerate(EVENTS, 1):
        for label, words in zip(FIELDS, event, strict=True):
            box.get_by_label(label).first.focus()
            page.page.keyboard.type(words)
        if number < len(EVENTS):
            page.key(box, "Add this event")
            assert listed.count() == number
    page.key(box, "Remove: Digging")
    page.key(box, "Undo")  # the last event still stands in its fields, and is taken with the rest
    judged(page, "08.6", "Check", CHECKED)
    chart = page.page.locator(".vega-embed").get_by_text(re.compile("yours")).first
    chart.wait_for()
    for _ in again(page):
        for happened, *_ in EVENTS:
            listed.filter(has_text=happened).first.wait_for()
        assert listed.count() == len(EVENTS)
        chart.wait_for()


@pytest.mark.parametrize("days", [("1997-01-04", "1997-01-05", "1997-02-20", "1997-03-16", "1997-04-24")])
def test_the_slider_shows_what_known_by_says(page, days):
    corpus = load_corpus()
    page.open("08_one_timeline.ipynb")
    page.run_all()
    page.key(page.box("08.4"), "Pass over")
    chart = page.page.locator(".vega-embed", has=page.page.locator("input[type=range]")).last
    chart.locator("svg").wait_for()
    slider = chart.locator("input[type=range]")
    for day in days:
        at = (date.fromisoformat(day) - date(1996, 12, 31)).days
        slider.evaluate("(e, v) => { e.value = v; e.dispatchEvent(new Event('input', {bubbles: true})); }", str(at))
        known = known_by(corpus, day)
        told = date.fromisoformat(day).strftime("%-d %B %Y")
        chart.locator("svg text", has_text=f"What could be read on {told}").wait_for()
        page.page.wait_for_timeout(100)  # the marks are drawn with the heading
        texts = chart.locator("svg text").all_text_contents()
        shown = {id for id in corpus if any(re.match(rf"{id}(,| twice| \d+ times)", text) for text in texts)}
        assert shown == set(known[known.known == "yes"].source), (day, shown)
