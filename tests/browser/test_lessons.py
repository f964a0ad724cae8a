"""What lessons 03 and 08 need of the page: marking, a timeline of one's own, and the slider, by keyboard alone."""

import re
from datetime import date

import pytest

from browser.test_exercises import click_by_key, press, question, saved, type_in
from helpers import known_by, load_corpus


def marks(box) -> list[str]:
    return [words.inner_text() for words in box.locator(".lima-marks q").all()]


def test_marks_made_by_keyboard_are_back_at_the_same_letters(page):
    page.open("03_words_and_names.ipynb")
    page.run_all()
    box = question(page, "03.4")
    passages = box.locator(".lima-passage")
    passages.nth(0).focus()
    press(page, *["ArrowRight"] * 9, "Shift+ArrowRight", "Enter")
    passages.nth(1).focus()
    press(page, *["ArrowRight"] * 4, "2", "Enter", "ArrowRight", "Enter", "Delete")
    made = marks(box)
    assert len(made) == 2 and " " in made[0]
    saved(box)
    click_by_key(page, box, "Check")
    box.get_by_text("Kept. What the computer can check is in order.").wait_for()
    lit = [mark.inner_text() for mark in box.locator(".lima-passage mark").all()]
    page.page.keyboard.press("Control+s")
    page.page.wait_for_timeout(300)
    page.page.reload()
    page.ready()
    page.run_all()
    again = question(page, "03.4")
    again.locator(".lima-passage mark").first.wait_for()
    assert marks(again) == made
    assert [mark.inner_text() for mark in again.locator(".lima-passage mark").all()] == lit


EVENTS = [
    (
        "The residence is seized",
        "1996-12-17",
        "1996-12-17",
        "rw898",
        "rw898 1",
        "The MRTA seized the residence on December 17 last year.",
    ),
    ("Digging", "January 1997", "1997-03-16", "rw898", "rw898 2", "The digging had been going on since January."),
    ("The raid", "22 April 1997", "22 April 1997", "ww188", "ww188 1", "On Tuesday April 22 at 3.17 pm"),
]


def test_a_timeline_is_entered_undone_and_back_by_keyboard(page):
    page.open("08_one_timeline.ipynb")
    page.run_all()
    box = question(page, "08.6")
    for title, first, last, source, cite, quote in EVENTS:
        type_in(page, box, "What happened", title)
        type_in(page, box, "From:", first)
        type_in(page, box, "To:", last)
        box.get_by_label("Source").focus()
        page.page.keyboard.type(source)
        type_in(page, box, "Citation", cite)
        type_in(page, box, "Quotation", quote)
        click_by_key(page, box, "Add this event")
        box.get_by_role(
            "button", name=f"Remove {EVENTS.index((title, first, last, source, cite, quote)) + 1}"
        ).wait_for()
    click_by_key(page, box, "Remove 2")
    box.get_by_role("button", name="Remove 3").wait_for(state="detached")
    click_by_key(page, box, "Undo")
    box.get_by_role("button", name="Remove 3").wait_for()
    click_by_key(page, box, "Check")
    box.get_by_text("Kept. What the computer can check is in order.").wait_for(timeout=60_000)
    page.page.locator(".vega-embed").get_by_text(re.compile("yours")).first.wait_for()
    page.page.reload()
    page.ready()
    page.run_all()
    for number, (title, *_) in enumerate(EVENTS, 1):
        question(page, "08.6").locator("strong", has_text=f"{number} · {title}").wait_for(timeout=60_000)


@pytest.mark.parametrize("days", [("1997-01-04", "1997-01-05", "1997-02-20", "1997-03-16", "1997-04-24")])
def test_the_slider_shows_what_known_by_says(page, days):
    corpus = load_corpus()
    page.open("08_one_timeline.ipynb")
    page.run_all()
    click_by_key(page, question(page, "08.4"), "Pass over")
    chart = page.page.locator(".vega-embed", has=page.page.locator("input[type=range]")).last
    chart.locator("svg").wait_for()
    slider = chart.locator("input[type=range]")
    for day in days:
        at = (date.fromisoformat(day) - date(1996, 12, 31)).days
        slider.evaluate("(e, v) => { e.value = v; e.dispatchEvent(new Event('input', {bubbles: true})); }", str(at))
        page.page.wait_for_timeout(700)
        texts = chart.locator("svg text").all_text_contents()
        known = known_by(corpus, day)
        shown = {id for id in corpus if any(re.match(rf"{id}(,| twice| \d+ times)", text) for text in texts)}
        assert shown == set(known[known.known == "yes"].source), (day, shown)
        assert any(text.startswith("What could be read on") for text in texts)
