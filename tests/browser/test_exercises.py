"""Questions in real JupyterLab by keyboard alone: typed, judged, saved, back; heard; fast; and a kernel that stops."""

import json
import re

import pytest

from browser.conftest import KERNEL, box_of
from helpers.lessons.sheets import question, sheet

NOTEBOOK = "01_who_is_speaking.ipynb"
BORNE_OUT, KEPT = "The text bears this out.", "Kept. Nobody marks it."
LIVE = "document.querySelector('body > .lima-live')"
SAVED = re.compile(r"^saved \d\d:\d\d$")
LOST = "No reply: press Start the lesson, above. What you typed stays here."


@pytest.fixture
def ready(page):
    page.open(NOTEBOOK)
    page.run_all()
    return page


def lines(page) -> list[dict]:
    """What stands in the journal of the nameless reader, the oldest first."""
    files = sorted((page.lab.work / "journal").glob("*.jsonl"))
    return [json.loads(line) for path in files for line in path.read_text("utf-8").splitlines()]


def answers(page, id: str) -> list:
    return [line["value"] for line in lines(page) if line["key"] == id]


def judged(page, id: str, name: str, words: str):
    box = page.box(id)
    page.key(box, name)
    box.locator(".verdict", has_text=words).wait_for()
    box.get_by_text(SAVED).wait_for()


def column(box, row: str, name: str):
    return box.get_by_label(f"{row} {name}", exact=True)


def answer_01(page):
    """A question of seven types, by keyboard alone."""
    for row, word in zip("ABCDE", ["before", "after", "after", "before", "before"], strict=True):
        column(page.box("01.1"), row, "before or after").focus()
        page.page.keyboard.type(word)
    judged(page, "01.1", "Check", BORNE_OUT)
    page.choose(page.box("01.2"), 1)
    judged(page, "01.2", "Check", BORNE_OUT)
    page.choose(page.box("01.3"), 2)
    page.press("Tab")  # the whole group is one stop: the next is the reason
    page.page.keyboard.type("It says who said what; d d a b h j k.")
    judged(page, "01.3", "Done", KEPT)
    page.type_in(page.box("01.6").get_by_label("Your number"), "74")
    judged(page, "01.6", "Check", BORNE_OUT)
    page.type_in(page.box("01.7").get_by_label("Your guess"), "January 1997")
    page.press("Tab", "3")
    judged(page, "01.7", "Done", KEPT)
    page.type_in(
        page.box("01.9").get_by_label("Your answer"), "It helps that it is early. It hurts that nobody is named. dd"
    )
    page.press("Enter")
    page.page.keyboard.type("A second line, " + "and more words " * 8)
    judged(page, "01.9", "Done", KEPT)
    up, down = (page.box("01.10").get_by_role("button", name=f"Move {way}") for way in ("c up", "a down"))
    for button in (up, up, down, down):
        button.focus()
        page.press("Enter")
    judged(page, "01.10", "Check", BORNE_OUT)


def expect_01(page):
    assert column(page.box("01.1"), "B", "before or after").input_value() == "after"
    assert page.box("01.2").locator("input:checked").get_attribute("value") == "b"
    assert page.box("01.3").locator("input:checked").get_attribute("value") == "c"
    assert "d d a b h j k" in page.box("01.3").get_by_label("Your reason").input_value()
    assert page.box("01.6").get_by_label("Your number").input_value() == "74"
    assert page.box("01.7").get_by_label("Your guess").input_value() == "January 1997"
    assert page.box("01.7").get_by_label("How sure").input_value() == "3"
    assert "dd\nA second line" in page.box("01.9").get_by_label("Your answer").input_value()
    assert page.box("01.10").get_by_text("Your order: c b d a").count() == 1
    for id in ("01.1", "01.2", "01.3", "01.6", "01.7", "01.9", "01.10"):
        assert page.box(id).locator(".verdict").is_visible(), id


MOST = {"table": 14, "choice": 5, "judgement": 6, "number": 5, "prediction": 6, "text": 5, "order": 8}
STOPS = ["01.1", "01.2", "01.3", "01.6", "01.7", "01.9", "01.10"]


class TestOneReader:
    """What one reader does on one page, one thing after the other: each test leaves the later ones what they need."""

    @pytest.fixture(scope="class")
    def ready(self, shared):
        shared.open(NOTEBOOK)
        shared.run_all()
        return shared

    def test_arrows_in_one_group_never_change_another_question(self, ready):
        ready.choose(ready.box("01.2"), 0)
        ready.press(*["ArrowDown"] * 5, *["ArrowUp"] * 9, "ArrowRight", "ArrowLeft", "ArrowDown")
        assert ready.box("01.2").locator("input:checked").count() == 1
        ready.box("01.2").get_by_text(SAVED).wait_for()
        ready.page.wait_for_timeout(1500)
        for id in ("01.3", "01.8", "01.11"):
            assert ready.box(id).locator("input:checked").count() == 0
        assert {line["key"] for line in lines(ready)} == {"01.2/draft"}

    def test_tab_goes_through_a_question_in_few_stops(self, ready):
        """From the heading to the first stop outside, citations of the prompt included."""
        found = {}
        for id in STOPS:
            ready.box(id).locator("h3").focus()
            count = -1
            while ready.page.evaluate(f"Boolean(document.activeElement.closest('{box_of(id)}'))"):
                ready.press("Tab")
                count += 1
                assert count < 40
            found[id] = count
        print("Tab stops:", found)
        kinds = dict(zip(STOPS, MOST.values(), strict=True))
        assert {id: count for id, count in found.items() if count > kinds[id]} == {}

    def test_verdicts_are_announced_and_drafts_are_not(self, ready):
        box = ready.box("01.6")
        ready.listen()
        ready.type_in(box.get_by_label("Your number"), "400")
        box.get_by_text(SAVED).wait_for()
        assert ready.heard() == []
        ready.key(box, "Check")
        box.locator(".verdict").wait_for()
        said = " ".join(ready.heard("Not yet."))
        assert said.startswith("Not yet. Your answer is kept; you may change it.") and "*" not in said
        ready.key(box, "Check")  # the same once more: it is said once more
        assert " ".join(ready.heard("Not yet.")).startswith("Not yet.")
        ready.key(box, f"Hint 1 of {len(question('01.6').hints)}")
        box.locator(".hints").get_by_text("Hint 1").wait_for()
        assert " ".join(ready.heard("Hint 1")).startswith("Hint 1: ")
        ready.type_in(box.get_by_label("Your number"), "74")
        ready.key(box, "Check")
        box.locator(".verdict", has_text=BORNE_OUT).wait_for()
        ready.heard("More is opened below.")
        assert ready.page.locator("body > .lima-live[role=status][aria-live=polite]").count() == 1

    def test_a_citation_in_feedback_opens_by_enter(self, ready):
        box = ready.box("01.6")
        ready.type_in(box.get_by_label("Your number"), "400")
        ready.key(box, "Check")
        citation = box.locator(".said details", has_text="l5i ¶3").first
        assert not citation.get_by_text("reluctant guests").is_visible()
        citation.locator("summary").focus()
        ready.press("Enter")
        citation.get_by_text("reluctant guests").wait_for()

    def test_check_in_the_instant_of_the_last_key_judges_the_last_value(self, ready):
        box = ready.box("01.6")
        field, before = box.get_by_label("Your number"), len(answers(ready, "01.6"))
        for words, heading in (("400", "Not yet"), ("74", BORNE_OUT), ("7", "Not yet"), ("74", BORNE_OUT)):
            field.evaluate(
                """(field, words) => {
                  field.value = words.slice(0, -1);
                  field.dispatchEvent(new Event('input', { bubbles: true }));
                  field.value = words;
                  field.dispatchEvent(new Event('input', { bubbles: true }));
                  field.closest('.lima-question').querySelector('.main').click();
                }""",
                words,
            )
            box.locator(".verdict", has_text=heading).wait_for()
        assert answers(ready, "01.6")[before:] == ["400", "74", "7", "74"]
        ready.type_in(field, "400")
        ready.press("Tab", "Enter")  # by keys, as fast as keys can be pressed
        box.locator(".verdict", has_text="Not yet").wait_for()
        assert answers(ready, "01.6")[-1] == "400"

    def test_letters_in_a_question_are_letters_and_esc_leads_out(self, ready):
        before = ready.cells()
        letters = "ddabxcvmryz1 00 iijk"
        for field in (ready.box("01.9").get_by_label("Your answer"), ready.box("01.6").get_by_label("Your number")):
            ready.type_in(field, letters)
            assert field.input_value() == letters
        for place in (
            ready.box("01.2").locator("input").first,
            ready.box("01.2").get_by_role("button", name="Check"),
            ready.box("01.2").locator("h3"),
            column(ready.box("01.1"), "A", "before or after"),
            ready.box("01.10").get_by_role("button", name="Move c up"),
            ready.page.locator(".lima-lesson").get_by_role("button", name="Go to my next question"),
        ):
            place.focus()
            ready.page.keyboard.type("ddabxmryjk")
        ready.page.wait_for_timeout(500)
        assert ready.cells() == before and ready.page.locator(".jp-Dialog").count() == 0
        ready.box("01.6").get_by_label("Your number").focus()
        ready.press("Escape")
        cell = "document.activeElement.closest('.jp-Cell')?.querySelector('.lima-question')?.dataset.question"
        ready.page.wait_for_function("document.activeElement.classList.contains('jp-Cell')")
        assert ready.page.evaluate(cell) == "01.6"
        ready.press("j")  # and from there JupyterLab's own keys go on
        active = "window.jupyterapp.shell.currentWidget.content.activeCell.node.contains(document.activeElement)"
        assert ready.page.evaluate(active) and ready.page.evaluate(cell) != "01.6"


def test_every_answer_is_back_after_reload_and_restart(ready):
    before = ready.cells()
    table = ready.page.locator(".jp-OutputArea-output", has_text="480 to 700").locator("visible=true")
    assert table.count() == 0
    answer_01(ready)
    table.first.wait_for()  # the reveal opened by itself, after the answer
    assert ready.cells() == before  # and no letter was taken by JupyterLab

    ready.reload()
    ready.run_all()
    expect_01(ready)
    ready.restart()
    ready.run_all()
    expect_01(ready)
    table.first.wait_for()
    ready.page.get_by_text(f"7 of {len(sheet(1).question)} questions").wait_for()
    assert ready.outside == []


def test_a_stopped_kernel_is_told_once_and_what_was_typed_is_kept_to_copy(ready):
    box = ready.box("01.9")
    ready.type_in(box.get_by_label("Your answer"), "words of mine")
    ready.choose(ready.box("01.3"), 1)
    box.get_by_text(SAVED).wait_for()
    ready.page.evaluate(f"void {KERNEL}.restart()")
    notice = ready.page.locator(".lima-stopped")
    notice.get_by_text("Not saved: the kernel has stopped. Press Start the lesson.").wait_for()
    ready.page.wait_for_timeout(1500)
    assert notice.count() == 1  # one for the page, not one a box
    top = notice.bounding_box()
    assert top["y"] >= 0 and top["y"] + top["height"] < 1000  # where it is seen
    ready.type_in(box.get_by_label("Your answer"), "words of mine and more")
    ready.key(notice, "Copy what I typed")
    copied = ready.page.evaluate("navigator.clipboard.readText()")
    assert "01.9 · " in copied and "words of mine and more" in copied and "01.3 · " in copied
    assert notice.get_by_label("What you typed").input_value() == copied
    assert box.get_by_label("Your answer").input_value() == "words of mine and more"
    box.get_by_text(LOST).wait_for()  # and the box says it too, without a press
    ready.ready()
    ready.run_all()
    assert notice.count() == 0
    assert ready.box("01.9").get_by_label("Your answer").input_value() == "words of mine and more"
    ready.written("words of mine and more")


def test_a_busy_kernel_is_told_of_and_its_reply_comes(ready):
    box = ready.box("01.6")
    ready.listen()
    ready.page.evaluate(f"void {KERNEL}.requestExecute({{ code: 'import time; time.sleep(8)' }})")
    ready.type_in(box.get_by_label("Your number"), "74")
    ready.key(box, "Check")
    box.get_by_text("Still working: 4 s").wait_for()
    box.locator(".verdict", has_text=BORNE_OUT).wait_for()
    box.get_by_text(SAVED).wait_for()
    said = " ".join(ready.heard(BORNE_OUT))
    assert said.count("Still working") == 1 and "No reply" not in said
    assert box.get_by_label("Your number").input_value() == "74"


SLOW = """const timeout = AbortSignal.timeout.bind(AbortSignal); window.slow = true;
AbortSignal.timeout = (ms) => timeout(ms === 2000 && slow ? 1 : ms);"""  # as if to load a box took anywidget too long


def test_a_box_that_was_given_up_says_that_no_reply_comes(page):
    page.page.add_init_script(SLOW)
    page.open(NOTEBOOK)
    page.run_all()
    box = page.box("01.6")
    page.listen()
    page.type_in(box.get_by_label("Your number"), "74")
    page.key(box, "Check")
    box.get_by_text(LOST).wait_for(timeout=10_000)
    assert " ".join(page.heard("No reply")).count(LOST) == 1
    assert not box.locator(".verdict").is_visible() and box.get_by_label("Your number").input_value() == "74"
    page.page.evaluate("window.slow = false")
    page.run_all()
    box.locator(".verdict", has_text=BORNE_OUT).wait_for()
    assert (
        page.box("01.6").get_by_label("Your number").input_value() == "74"
        and page.box("01.6").get_by_text(LOST).count() == 0
    )


def test_start_and_next_lead_to_the_first_open_question(page):
    focused = "document.activeElement.closest('.lima-question')?.dataset.question"
    first, second, third, fourth = (asked.id for asked in sheet(1).question[:4])
    page.open(NOTEBOOK)
    page.run_all(follow=True)
    page.page.wait_for_function("document.activeElement.classList.contains('lima-lesson')")  # nothing is done yet
    page.page.wait_for_timeout(5000)  # JupyterLab scrolls to its last cell a moment after a run
    assert 0 <= page.page.locator(".lima-lesson").bounding_box()["y"] < 400
    page.key(page.page.locator(".lima-lesson"), "Go to my next question")
    page.page.wait_for_function(f"{focused} === '{first}'")
    for id in (first, second):
        page.key(page.box(id), "Pass over")
        page.box(id).get_by_text("Passed over.").wait_for()
    page.key(page.page.locator(".lima-lesson"), "Go to my next question")
    page.page.wait_for_function(f"{focused} === '{third}'")
    page.until(f"""() => {{ const {{ y }} = document.querySelector('{box_of(third)} h3').getBoundingClientRect();
      return 0 < y && y < 400; }}""")
    page.key(page.box(third), "Pass over")
    page.box(third).get_by_text("Passed over.").wait_for()
    page.run_all(follow=True)
    page.page.wait_for_function(f"{focused} === '{fourth}'")
    page.page.wait_for_timeout(5000)
    assert 0 < page.box(fourth).locator("h3").bounding_box()["y"] < 400


def test_feedback_is_visible_within_a_tenth_of_a_second(ready):
    """Median and worst of 30, from the key to the words on the page."""
    box = ready.box("01.6")
    field = box.get_by_label("Your number")
    ready.page.evaluate(
        """id => {
          const box = document.querySelector(id), check = box.querySelector('.main');
          check.addEventListener('keydown', () => { box.pressed = performance.now(); }, true);
          new MutationObserver(() => requestAnimationFrame(() => { box.seen ??= performance.now(); }))
            .observe(box.querySelector('.answer'), { childList: true, subtree: true });
        }""",
        box_of("01.6"),
    )
    took = []
    for n in range(30):
        words = BORNE_OUT if n % 2 else "Not yet"
        ready.type_in(field, "74" if n % 2 else "400")
        box.evaluate("box => { box.seen = undefined; }")
        box.locator(".main").focus()
        ready.press("Enter")
        box.locator(".verdict", has_text=words).wait_for()
        ready.page.wait_for_function(f"document.querySelector('{box_of('01.6')}').seen")
        took.append(box.evaluate("box => box.seen - box.pressed"))
    took.sort()
    print(f"key to feedback: median {took[15]:.0f} ms, worst {took[-1]:.0f} ms of 30")
    assert took[15] <= 100
