"""The box of a question by keyboard, mouse and button, without JupyterLab; `board.py` is the page it stands on."""

import pytest

from browser.board import GUARD, KINDS, Board, choice, events, judgement, marks, number, order, table, text, told


@pytest.fixture
def board(browser):
    made = Board(browser)
    yield made
    made.close()


def type_in(board, drawn, label: str, words: str):
    drawn.box.get_by_label(label).first.focus()
    board.page.keyboard.type(words)


def last(messages: list[dict], do: str) -> dict:
    return [message for message in messages if message["do"] == do][-1]


# ---- What is typed goes back ----


def test_arrows_stay_in_their_group_and_choose_nothing_in_the_next_box(board):
    first, second = board.ask(choice()), board.ask(choice())
    assert first.box.locator("input:checked").count() == 0
    first.box.locator("input[type=radio]").first.focus()
    board.press("Space", "ArrowDown", "ArrowDown", "ArrowDown", "ArrowDown")
    assert first.value["answer"] == "a"
    assert second.box.locator("input:checked").count() == 0
    assert second.sent() == []


def test_check_right_after_the_last_key_carries_what_was_typed(board):
    one = board.ask(number())
    type_in(board, one, "Your number", "74")
    one.page.evaluate(
        """() => {
          const field = document.querySelector('.lima-question input'), check = document.querySelector('.main');
          field.value = '740';
          check.click();
        }"""
    )
    messages = one.sent()
    assert [message["value"]["answer"] for message in messages if message["do"] == "typed"] == ["7", "74"]
    assert messages[-1] == {"do": "check", "value": {"answer": "740"}}
    assert one.value == {"answer": "740"}
    one.box.get_by_label("Your number").focus()
    board.press("Enter")
    assert one.sent() == []  # Enter in a line sends nothing


def test_what_python_fills_is_shown_and_nothing_is_cleared_by_being_told(board):
    one = board.ask(judgement(), {"answer": "b", "reason": "because"})
    assert one.box.locator("input:checked").count() == 1
    assert one.box.get_by_label("Your reason").input_value() == "because"
    assert one.sent() == []
    one.set(told=told("kept", "Kept.", status="saved 14:03"))
    assert one.box.get_by_label("Your reason").input_value() == "because"
    one.set(fill={"n": 2, "value": {}})
    assert one.box.locator("input:checked").count() == 0
    assert one.value == {"answer": "", "reason": ""}


def test_a_box_that_is_drawn_again_has_what_was_typed_since(board):
    one = board.ask(text(), {"answer": "old"})
    type_in(board, one, "Your answer", "new ")
    state = board.page.evaluate("boxes.at(-1).model.state")
    again = board.draw(board.source, state)
    assert "new " in again.box.get_by_label("Your answer").input_value()


def test_words_are_counted_as_they_are_typed(board):
    asked = text()
    asked["inputs"][0] |= {"least": 30, "most": 80}
    one = board.ask(asked)
    assert one.box.locator(".lima-note").inner_text() == "0 words; 30 to 80 are asked for"
    type_in(board, one, "Your answer", " one  two ")
    assert one.box.locator(".lima-note").inner_text() == "2 words; 30 to 80 are asked for"


LOST = "No reply: press Start the lesson, above. What you typed stays here."


@pytest.mark.parametrize(
    "status, shown, spoken",
    [("busy", "Still working: 2 s", "Still working"), ("idle", LOST, LOST), ("dead", LOST, LOST), (None, LOST, LOST)],
)
def test_a_box_that_nobody_answers_says_so_once_a_press(board, status, shown, spoken):
    one = board.ask(number(), told=told(status="saved 14:03"))
    one.deaf(status)
    type_in(board, one, "Your number", "74")
    line = one.box.locator(".lima-status")
    line.get_by_text(shown).wait_for()
    one.box.get_by_label("Your number").press("5")
    board.page.wait_for_timeout(1500)
    assert board.said() == [spoken]
    one.key("Check")
    board.page.wait_for_timeout(4500)
    assert board.said() == [spoken] and one.box.get_by_label("Your number").input_value() == "745"
    one.set(heard=3)
    assert shown in line.inner_text() or status == "busy"  # of four messages three were heard
    one.set(heard=4)
    assert line.inner_text() == "saved 14:03" and "unsaved" not in line.get_attribute("class")


def test_what_was_not_heard_stands_in_the_next_box_of_the_question_and_is_sent(board):
    one = board.ask(number(), {"answer": "7"})
    one.deaf("dead")
    type_in(board, one, "Your number", "4")
    one.page.evaluate("boxes.at(-1).end()")
    two = board.ask(number(), {"answer": "7"})
    assert two.box.get_by_label("Your number").input_value() == "74" and two.value == {"answer": "74"}
    assert two.sent() == [{"do": "typed", "value": {"answer": "74"}}]
    three = board.ask(number(), {"answer": "5"})  # it was heard, so what Python fills in counts
    assert three.box.get_by_label("Your number").input_value() == "5" and three.sent() == []


def test_passing_over_carries_what_was_typed(board):
    one = board.ask(number())
    type_in(board, one, "Your number", "7")
    one.key("Pass over")
    assert last(one.sent(), "over")["value"] == {"answer": "7"}


# ---- Tables ----


def test_each_field_of_a_table_is_named_by_its_row_and_column(board):
    one = board.ask(table())
    one.box.locator("select").first.focus()
    assert board.focus() == "A before or after"
    board.press("Tab")
    assert board.focus() == "A the words that told me"
    assert one.box.locator("th[scope=row]").count() == 5
    one.box.locator("select").nth(1).focus()
    board.page.keyboard.type("after")
    assert one.value["answer"] == {"B": {"before or after": "after"}}


def test_a_message_stands_under_its_cell_and_belongs_to_it(board):
    one = board.ask(table())
    one.set(told=told("refused", "Not yet", cells=[{"row": "B", "column": "before or after", "html": "Look again."}]))
    field = one.box.get_by_label("B before or after")
    assert field.get_attribute("aria-invalid") == "true"
    under = one.box.locator(f"#{field.get_attribute('aria-describedby')}")
    assert under.inner_text() == "Look again." and one.box.locator(".lima-under:visible").count() == 1
    one.set(told=told("accepted", "The text bears this out"))
    assert field.get_attribute("aria-invalid") is None and not under.is_visible()


def test_what_is_said_to_an_accepted_cell_makes_no_fault_of_it_beside_a_refused_one(board):
    one, at = board.ask(table()), "before or after"
    cells = [
        {"row": "A", "column": at, "html": "This is accepted.", "good": True},
        {"row": "B", "column": at, "html": "Look again."},
    ]
    one.set(told=told("refused", "Not yet", cells=cells))
    good, refused = one.box.get_by_label(f"A {at}"), one.box.get_by_label(f"B {at}")
    assert good.get_attribute("aria-invalid") is None and refused.get_attribute("aria-invalid") == "true"
    edges = one.box.locator(".lima-under:visible").evaluate_all(
        "all => all.map((one) => getComputedStyle(one).borderLeftColor)"
    )
    assert len(set(edges)) == 2


# ---- An order ----


def test_an_order_is_moved_by_its_buttons_and_by_keys(board):
    one = board.ask(order())
    assert one.value == {} and one.sent() == []
    one.key("Move b up")
    assert board.focus() == "Move b up"
    assert board.said() == ["b is now first of four."]
    assert last(one.sent(), "typed")["value"] == {"answer": "b a c d"}
    one.button("Move c down").focus()
    board.press("Alt+ArrowDown")
    assert one.value["answer"] == "b a d c" and board.focus() == "Move c down"
    board.press("Alt+ArrowDown")
    assert one.value["answer"] == "b a d c" and "stands last" in board.said()[-1]


def test_check_judges_the_order_that_stands_there_moved_or_not(board):
    one = board.ask(order())
    one.key("Check")
    assert one.sent() == [{"do": "check", "value": {"answer": "a b c d"}}]
    assert one.box.get_by_text("Your order: a b c d").count() == 1


def test_a_line_of_an_order_is_one_stop_and_arrows_go_through_it(board):
    one = board.ask(order())
    names = ["Move a down", "Move b up", "Move c up", "Move d up", "Check"]
    assert [name for name in board.stops() if name.startswith(("Move", "Check"))] == names
    one.button("Move b up").focus()
    board.press("ArrowRight")
    assert board.focus() == "Move b down"
    board.press("ArrowRight")
    assert board.focus() == "Move b down"  # a line ends here
    board.press("ArrowLeft", "ArrowLeft")
    assert board.page.evaluate("document.activeElement.tagName") == "SUMMARY"
    board.press("Enter")
    assert one.box.locator("li").nth(1).get_by_text("These words stand for a passage").is_visible()
    board.press("Tab")
    assert board.focus() == "Move c up"
    board.press("Shift+Tab")
    assert board.page.evaluate("document.activeElement.tagName") == "SUMMARY"  # one comes back to where one was
    one.button("Move b up").focus()
    board.press("Enter", "ArrowRight")
    assert board.focus() == "Move b down" and one.value["answer"] == "b a c d"  # Up leads nowhere now


# ---- Marks ----


def spans(drawn) -> list[tuple[str, str]]:
    return [(mark["cite"], mark["quote"]) for mark in drawn.value["answer"]["marks"]]


def test_marks_by_keyboard_and_their_offsets(board):
    asked = marks()
    one = board.ask(asked)
    one.box.locator(".lima-passage").nth(0).focus()
    board.press(*["ArrowRight"] * 9, "Shift+ArrowRight", "Enter")
    one.box.locator(".lima-passage").nth(1).focus()
    board.press(*["ArrowRight"] * 4, "2", "Enter", "ArrowRight", "Enter", "Delete")
    made = one.value["answer"]["marks"]
    assert len(made) == 2 and made[1]["label"] == "mocks" and " " in made[0]["quote"]
    for mark in made:
        words = next(one["text"] for one in asked["inputs"][0]["passages"] if one["cite"] == mark["cite"])
        assert words[mark["start"] : mark["end"]] == mark["quote"]
    assert [mark["quote"] for mark in made] == one.box.locator(".lima-marks q").all_inner_texts()


def test_offsets_count_code_points(board):
    asked = marks()
    asked["inputs"][0]["passages"] = [{"cite": "x 1", "shown": "x ¶1", "text": "\U0001d516\U0001d516 caf\u00e9 two"}]
    one = board.ask(asked)
    one.box.locator(".lima-passage").focus()
    board.press("End", "Enter")
    assert one.value["answer"]["marks"][0] == {
        "cite": "x 1",
        "start": 8,
        "end": 11,
        "label": "praises or blames",
        "quote": "two",
    }


SELECT = """([at, words, n]) => {
  const passage = document.querySelectorAll('.lima-passage')[n], range = new Range();
  const parts = [...passage.childNodes].filter((part) => words.includes(part.textContent));
  range.setStartBefore(parts[0]); range.setEndAfter(parts.at(-1));
  getSelection().removeAllRanges(); getSelection().addRange(range);
}"""


def test_words_that_were_selected_are_marked_by_the_button_also_when_the_selection_is_gone(board):
    one = board.ask(marks())
    one.page.evaluate(SELECT, [0, ["reluctant", "guests"], 0])
    one.page.wait_for_timeout(50)
    one.page.evaluate("getSelection().removeAllRanges()")
    one.key("Mark these words")
    assert spans(one) == [("l5i 3", "reluctant guests")]
    assert not board.on_body()
    one.key("Mark these words")
    assert board.said()[-1] == "Select words in a passage first."


def test_words_are_marked_by_mouse(board):
    one = board.ask(marks())
    first, second = (one.box.get_by_text(word, exact=True).bounding_box() for word in ("reluctant", "guests"))
    one.page.mouse.move(round(first["x"]) + 3, round(first["y"]) + 8)  # Chromium selects nothing between two pixels
    one.page.mouse.down()
    one.page.mouse.move(round(second["x"] + second["width"]) - 3, round(second["y"]) + 8)
    one.page.mouse.up()
    assert spans(one) == [("l5i 3", "reluctant guests")]


def test_a_passage_with_marks_is_not_passed_over(board):
    one = board.ask(marks())
    over = one.box.get_by_label("I pass over l5i ¶3")
    over.focus()
    board.press("Space")
    assert one.value["answer"]["over"] == ["l5i 3"]
    one.box.locator(".lima-passage").first.focus()
    board.press("Enter")
    assert one.value["answer"]["over"] == [] and not over.is_checked()
    assert any("so it is not passed over" in words for words in board.said())
    over.focus()
    board.press("Space")
    assert one.value["answer"]["over"] == [] and not over.is_checked()


def test_a_mark_that_does_not_stand_there_is_listed_and_can_be_removed(board):
    lost = {"cite": "l5i 3", "start": -1, "end": -1, "label": "mocks", "quote": "<b>never</b>"}
    one = board.ask(marks(), {"answer": {"marks": [lost], "over": [], "note": ""}})
    assert one.box.get_by_text("does not stand there").count() == 1
    assert one.box.locator(".lima-marks b").count() == 0
    one.key("Remove: <b>never</b>")
    assert one.value["answer"]["marks"] == [] and not board.on_body()


@pytest.mark.parametrize("dark", [False, True])
def test_a_mark_is_seen_and_its_letter_stays_at_its_word(browser, dark):
    board = Board(browser, dark=dark, width=360)
    one = board.ask(marks())
    one.box.locator(".lima-passage").first.focus()
    board.press("Home", *["Shift+ArrowRight"] * 16, "Enter")
    ground, words = one.page.evaluate(
        """() => { const mark = document.querySelector('.lima-passage mark');
          return [getComputedStyle(mark).backgroundColor, getComputedStyle(mark).color]; }"""
    )
    page = one.page.evaluate("getComputedStyle(document.querySelector('.lima-question')).backgroundColor")
    assert contrast(ground, words) >= 4.5 and contrast(ground, page) > 1.2
    assert one.page.evaluate(
        "getComputedStyle(document.querySelector('[data-letter]:not([data-letter=\"\"])')).textWrapMode === 'nowrap'"
    )
    board.close()


# ---- Events ----


def test_events_are_added_changed_removed_and_undone_and_nothing_typed_is_wiped(board):
    one = board.ask(events())
    type_in(board, one, "What happened", "The residence is seized")
    one.box.get_by_label("Source").select_option("rw898")
    type_in(board, one, "Paragraph", "rw898 1")
    type_in(board, one, "From", "1996-12-17")
    assert one.value["answer"]["typing"]["title"] == "The residence is seized"
    one.key("Add this event")
    assert one.value["answer"]["typing"] == {} and not board.on_body()
    assert one.box.locator(".lima-events .lima-typed").inner_text() == "rw898 ¶1 · The residence is seized · 1996-12-17"
    type_in(board, one, "What happened", "Digging")
    one.key("Change: The residence is seized")  # what was typed goes into the list first
    assert [event["title"] for event in one.value["answer"]["events"]] == ["The residence is seized", "Digging"]
    assert board.focus() == "What happened, in your own words" and one.value["answer"]["at"] == 0
    board.press("End")
    board.page.keyboard.type(" at night")
    one.key("Remove: Digging")  # what is typed stays in its fields
    assert one.box.get_by_label("What happened").input_value() == "The residence is seized at night"
    assert not board.on_body()
    one.key("Undo")
    assert one.box.get_by_label("What happened").input_value() == "The residence is seized at night"
    one.key("Keep the change")
    titles = [event["title"] for event in one.value["answer"]["events"]]
    assert titles == ["The residence is seized at night", "Digging"]


def test_an_event_that_is_removed_while_it_is_changed_stays_in_the_fields(board):
    one = board.ask(events(), {"answer": {"events": [{"title": "Raid"}, {"title": "Talks"}], "typing": {}}})
    one.key("Change: Raid")
    one.key("Remove: Raid")
    assert one.box.get_by_label("What happened").input_value() == "Raid" and not board.on_body()
    one.key("Add this event")
    assert [event["title"] for event in one.value["answer"]["events"]] == ["Talks", "Raid"]
    one.key("Undo")
    one.key("Undo")
    assert board.focus() == "Undo"
    titles = [event["title"] for event in one.value["answer"]["events"]]
    assert titles == ["Raid", "Talks"]


def test_undo_ends_where_python_filled_the_list(board):
    one = board.ask(events())
    for words in ("Mine", "Mine too"):
        type_in(board, one, "What happened", words)
        one.key("Add this event")
    one.set(fill={"n": 2, "value": {}})  # another reader sits down
    one.key("Undo")
    assert one.value["answer"]["events"] == []


def test_what_is_said_to_an_event_stands_under_it(board):
    one = board.ask(events(), {"answer": {"events": [{"title": "Raid"}, {"title": "Talks"}], "typing": {}}})
    one.set(told=told("refused", "Not yet", cells=[{"row": 1, "column": "", "html": "No such words."}]))
    assert one.box.locator(".lima-events > li").nth(1).get_by_text("No such words.").count() == 1


# ---- States, focus and what is said aloud ----


def test_focus_never_falls_to_the_page(board):
    asked = choice()
    one, hints, count = board.ask(asked), [], asked["hints"]
    for n in range(count):
        one.key(f"Hint {n + 1} of {count}")
        hints.append(f"<p>Hint number {n + 1}</p>")
        one.set(told=told(hints=hints))
        assert not board.on_body()
    one.key("No more hints")
    assert [message["do"] for message in one.sent()] == ["hint"] * count
    one.key("Pass over")
    one.set(told=told("passed", "Passed over", hints=hints))
    assert not board.on_body() and board.focus() == "Pass over"
    one.key("Check")
    one.set(told=told("refused", "Not yet", hints=hints, offer=True))
    one.key("Show me")
    one.set(told=told("refused", "Not yet", hints=hints, key="<p>b</p>"))
    assert not board.on_body() and one.box.locator(".key").inner_text() == "b"
    assert [message["do"] for message in one.sent()] == ["over", "check", "show"]


def test_focus_in_what_is_replaced_goes_to_the_heading(board):
    one = board.ask(choice(), told=told("refused", "Not yet", said=["<details><summary>l5i ¶3</summary></details>"]))
    one.box.locator(".said summary").focus()
    one.set(told=told("accepted", "The text bears this out", said=["Yes."]))
    assert board.focus().startswith("01.2 ·")


def test_a_verdict_is_said_once_with_its_heading_and_a_draft_is_not(board):
    one = board.ask(choice())
    said = ["<div class='p'>Look at <details><summary>l5i ¶3</summary><div>the passage</div></details> again.</div>"]
    one.set(told=told("refused", "Not yet", said=said, status="saved 14:03"))
    assert board.said() == ["Not yet. Look at l5i ¶3 again."]
    one.set(told=told("refused", "Not yet", said=said, status="saved 14:04"))
    assert board.said() == []
    one.set(told=told("refused", "Not yet", said=said, status="saved 14:05", n=2))
    assert board.said() == ["Not yet. Look at l5i ¶3 again."]
    one.set(told=told("refused", "Not yet", said=said, hints=["Read."], status="not saved: no room", unsaved=True, n=2))
    assert board.said() == ["Hint 1: Read. not saved: no room"]
    one.page.wait_for_function("document.querySelector('body > .lima-live').textContent.includes('Hint 1: Read.')")
    assert one.page.locator(".lima-live[aria-live=polite]").count() == 1


def test_an_open_citation_stays_open_when_a_draft_is_saved(board):
    said = ["<details><summary>l5i ¶3</summary><div>passage</div></details>"]
    one = board.ask(choice(), told=told("refused", "Not yet", said=said))
    one.box.locator(".said summary").focus()
    board.press("Enter")
    one.set(told=told("refused", "Not yet", said=said, status="saved 14:04"))
    assert one.box.get_by_text("passage", exact=True).is_visible()


STATES = {"accepted": "✓", "refused": "↺", "kept": "●", "part": "◐", "passed": "–"}


@pytest.mark.parametrize("state", STATES)
def test_a_state_is_told_by_colour_sign_and_words(board, state):
    one = board.ask(choice())
    edge = "getComputedStyle(document.querySelector('.lima-question')).borderLeft"
    before = one.page.evaluate(edge)
    assert "dashed" in before
    one.set(told=told(state, "Words of the heading"))
    assert one.box.locator(".verdict").inner_text() == f"{STATES[state]} Words of the heading"
    assert one.page.evaluate(edge) != before


def test_esc_leaves_the_question_for_its_cell(board):
    one = board.ask(number())
    one.box.get_by_label("Your number").focus()
    board.press("Escape")
    one.page.wait_for_function("document.activeElement.className === 'jp-Cell'")


def test_every_focusable_keeps_jupyterlabs_keys_away_also_without_the_guard(browser):
    board = Board(browser, guard=False)
    for make in KINDS.values():
        state = told(
            "refused", "Not yet", said=["<details><summary>l5i ¶3</summary></details>"], hints=["<a href='x'>y</a>"]
        )
        board.ask(make(), told=state)
    bare = "document.querySelectorAll('.jp-Cell :is(input,textarea,select,button,summary,a[href],[tabindex]):not([data-lm-suppress-shortcuts])').length"
    assert board.page.evaluate(bare) == 0
    board.close()


def test_the_box_is_a_group_named_by_its_heading_and_fields_have_their_names(board):
    one = board.ask(judgement())
    assert one.page.get_by_role("group", name="01.3 · Reporting or arguing?").count() == 1
    assert one.page.get_by_role("radio", name="c C: what officials said and did not say").count() == 1
    assert one.page.get_by_role("textbox", name="Your reason, in one sentence").count() == 1


MOST = {
    "choice": 4,
    "judgement": 5,
    "prediction": 5,
    "text": 4,
    "number": 4,
    "table": 13,
    "order": 7,
    "marks": 10,
    "events": 13,
}


@pytest.mark.parametrize("kind", KINDS)
def test_tab_stops(board, kind):
    board.ask(KINDS[kind]() | {"prompt": "", "before": ""})  # citations in a prompt are stops of their own
    found = [name for name in board.stops() if name != "Show to the class"]  # that one belongs to the lesson's head
    assert len(found) <= MOST[kind]


# ---- Looks ----


def light(colour: str) -> float:
    """Relative luminance of "rgb(…)", as WCAG reckons it."""
    parts = [float(one) / 255 for one in colour[colour.index("(") + 1 : -1].replace("/", ",").split(",")[:3]]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


COLOURS = """() => {
  const ground = (element) => {
    const found = getComputedStyle(element).backgroundColor;
    return found === 'rgba(0, 0, 0, 0)' ? ground(element.parentElement) : found;
  };
  const paint = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const flat = (...colours) => { // what one sees where see-through colours lie on each other
    for (const colour of colours) { paint.fillStyle = colour; paint.fillRect(0, 0, 1, 1); }
    return `rgb(${[...paint.getImageData(0, 0, 1, 1).data].slice(0, 3).join(',')})`;
  };
  const page = getComputedStyle(document.querySelector('.lima-question')).backgroundColor;
  return [...document.querySelectorAll('.lima-question *')].filter((one) => one.offsetParent).map((one) => {
    const style = getComputedStyle(one), below = ground(one);
    const words = [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
    return [one.tagName + '.' + one.className, words ? flat(page, below, style.color) : '', flat(page, below),
      one.matches('input[type=text], textarea, select, button:not([aria-disabled=true])') ? flat(page, style.borderLeftColor) : '',
      flat(page)];
  });
}"""


@pytest.mark.parametrize("dark", [False, True])
def test_words_and_borders_stand_out(browser, dark):
    board = Board(browser, dark=dark)
    for state in ("open", "accepted", "refused", "kept"):
        said = ["<div class='p'>Look at <details><summary>l5i ¶3</summary></details>.</div>"]
        cells = [{"row": "A", "column": "before or after", "html": "Look again."}]
        for kind in (judgement, table, marks):
            board.ask(
                kind(),
                told=told(state, "Not yet", said=said, cells=cells, hints=["One"], unsaved=True, status="not saved"),
            )
    poor = []
    for name, words, ground, border, page in board.page.evaluate(COLOURS):
        if words and contrast(words, ground) < 4.5:
            poor.append((name, words, ground, round(contrast(words, ground), 2)))
        if border and contrast(border, page) < 3:
            poor.append((name, "border", border, round(contrast(border, page), 2)))
    assert sorted(set(poor)) == []
    board.close()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("width", "zoom"), [(320, 1), (640, 2)])
def test_nothing_scrolls_sideways(browser, kind, width, zoom):
    board = Board(browser, width=width, zoom=zoom)
    filled = (
        {"answer": {"events": [{"title": "x" * 60, "quote": "y" * 80}], "typing": {}}} if kind == "events" else None
    )
    said = told(
        "refused", "Not yet", said=["<div>" + "w" * 90 + "</div>"], hints=["One"], status="saved 14:03 in memory only"
    )
    board.ask(KINDS[kind](), filled, said)
    board.ask(table("07.2", "text"))
    full, seen = board.wide()
    assert full <= seen
    assert board.page.evaluate(
        "Math.max(...[...document.querySelectorAll('.lima-question *')].map(e => e.getBoundingClientRect().right)) <= innerWidth"
    )
    board.close()


def test_the_rows_of_a_table_stand_one_under_the_other_in_a_narrow_box(browser):
    board = Board(browser, width=320)
    one = board.ask(table())
    field, head = one.box.get_by_label("A the words that told me").bounding_box(), one.box.get_by_text("A", exact=True)
    assert field["width"] > 200 and field["y"] > head.last.bounding_box()["y"] + 20
    board.close()


def test_focus_is_seen(board):
    one = board.ask(judgement())
    for found in (one.box.get_by_label("Your reason"), one.button("Done")):
        found.focus()
        board.press("Shift+Tab", "Tab")
        assert found.evaluate("e => getComputedStyle(e).outlineStyle + getComputedStyle(e).outlineWidth") == "solid3px"


# ---- The guard ----


STOCK = """dead => {
  const output = place();
  output.innerHTML = `<div class="jupyter-widgets widget-box"><button>Stock</button></div>`;
}"""


def test_a_stopped_kernel_is_told_once_and_what_was_typed_can_be_copied(board):
    one, two = board.ask(text()), board.ask(order())
    type_in(board, one, "Your answer", "words of mine")
    two.key("Move b up")
    board.page.evaluate(STOCK)
    board.page.evaluate(STOCK)
    two.button("Move b up").focus()
    stop = "document.querySelectorAll('.jupyter-widgets').forEach(e => e.classList.add('jupyter-widgets-disconnected'))"
    board.page.evaluate(stop)
    notice = board.page.locator(".lima-stopped")
    notice.get_by_text("Not saved: the kernel has stopped. Press Start the lesson.").wait_for()
    assert notice.count() == 1
    notice.get_by_role("button", name="Copy what I typed").focus()
    board.press("Enter")
    copied = notice.get_by_label("What you typed").input_value()
    assert "01.9" in copied and "words of mine" in copied and "Your order: b a c d" in copied
    notice.get_by_role("button", name="Close").focus()
    board.press("Enter")
    assert not notice.is_visible() and not board.on_body()
    assert sum("kernel has stopped" in words for words in board.said()) == 1
    board.page.evaluate(STOCK)  # a new live widget: the kernel runs again
    notice.wait_for(state="detached")
    board.page.evaluate("document.querySelector('.jupyter-widgets-disconnected').classList.add('moved')")
    board.page.wait_for_timeout(100)
    assert notice.count() == 0  # what was dead before the start is not told of again


def test_the_guard_goes_to_the_question_even_if_it_comes_later(board):
    board.ask(text())
    board.guard.set(go={"n": 1, "id": "01.6"})
    board.page.wait_for_timeout(500)
    board.ask(number())
    board.page.wait_for_function("document.activeElement.textContent.startsWith('01.6')")
    assert board.page.evaluate("document.activeElement.getBoundingClientRect().top < innerHeight")


def test_the_guard_leaves_a_reader_alone_who_has_gone_elsewhere(board):
    one = board.ask(text())
    board.guard.set(go={"n": 1, "id": "01.6"})
    type_in(board, one, "Your answer", "mine")
    board.ask(number())
    board.page.wait_for_timeout(700)
    assert board.focus().startswith("Your answer")


def test_two_guards_speak_once(board):
    board.draw(GUARD, {"said": "", "go": {}})
    board.guard.set(said="opened below")
    board.page.wait_for_function("document.querySelector('.lima-live').textContent === 'opened below'")
    assert board.page.locator(".lima-live").count() == 1


def test_two_guards_press_a_button_once(board):
    board.draw(GUARD, {"said": "", "go": {}})
    board.page.evaluate(
        """() => { window.presses = 0; const line = document.createElement("div"); line.className = "lima-name";
          line.innerHTML = "<input><button>Use</button>"; line.lastChild.onclick = () => { presses += 1; };
          place().append(line); }"""
    )
    board.page.locator(".lima-name input").press("Enter")
    board.page.wait_for_timeout(300)
    assert board.page.evaluate("presses") == 1


def test_a_tapped_word_is_marked_by_the_button(board):
    one = board.ask(marks())
    one.box.get_by_text("reluctant", exact=True).click()
    one.box.get_by_role("button", name="Mark these words").click()
    assert spans(one) == [("l5i 3", "reluctant")]


def test_undo_takes_no_event_away_while_one_stands_in_the_fields(board):
    one = board.ask(events())
    for words in ("A", "B"):
        type_in(board, one, "What happened", words)
        one.key("Add this event")
    one.key("Change: A")
    board.press("End")
    board.page.keyboard.type("A")
    one.key("Undo")
    titles = [event["title"] for event in one.value["answer"]["events"]]
    assert titles == ["A", "B"], titles


def test_undo_takes_no_event_away_while_a_new_one_is_typed(board):
    one = board.ask(events())
    type_in(board, one, "What happened", "A")
    one.key("Add this event")
    type_in(board, one, "What happened", "half")
    one.key("Undo")
    value = one.value["answer"]
    titles = [event["title"] for event in value["events"]]
    assert [*titles, value["typing"].get("title")] == ["A", "half"]
