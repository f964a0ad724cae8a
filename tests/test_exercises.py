"""Ask, answer, reveal, saved: driven as a reader drives them, by what stands in the inputs and by the buttons."""

import ipywidgets as w
import pytest
from test_questions import filled

import helpers.lab.guard as guarding
from helpers import answer, ask, lesson, reveal, saved
from helpers.base.errors import CorpusError
from helpers.lessons import drafts
from helpers.lessons import session as sessions
from helpers.lessons.answers import PASS
from helpers.lessons.sheets import numbers, question, sheet

ALL = [asked.id for number in numbers() for asked in sheet(number).question]
SECRET = "a sentence that must not be seen before"


@pytest.fixture(autouse=True)
def work(tmp_path, monkeypatch):
    monkeypatch.setenv("LIMA_WORK", str(tmp_path / "work"))
    restart()
    yield tmp_path / "work"
    restart()


def restart():
    """What a new kernel knows: nothing but the journal."""
    sessions.leave()
    w.Widget.close_all()
    guarding._guard = None


def journal():
    return sessions.session().desk.journal


def seen() -> str:
    """Everything that a front end has been sent: the state of every widget that was made, shown or not."""
    from ipywidgets.widgets import widget

    return str([one.get_state() for one in widget._instances.values()])


def said(box) -> str:
    """What a box says, as one string."""
    told = box.told
    cells = [cell["html"] for cell in told["cells"]]
    return "\n".join([told["heading"], *told["said"], *cells, *told["samples"], told["after"], told["key"]])


def press(box, do: str, answer=None):
    """Press a button of a box, with what stands in its inputs: those of `answer`, or what stood there before."""
    fields = box.fill["value"] if answer is None else box.asked.fields(answer, sessions.session().corpus)
    box.hear({"do": do, "value": fields})


def copied(asked):
    """Every cell of a ledger: one of its entries, or a word that stands in every text."""
    words = {column: (asked.options.get(column) or ["the"])[0] for column in asked.columns}
    return {row: {column: words[column] for column in asked.open_columns(row)} for row in asked.rows}


def some_answer(asked):
    """An answer that counts as given, for any question."""
    kind = type(asked).__name__
    if kind in ("Grid", "Ledger"):
        return filled(asked) or copied(asked)
    if kind in ("Choice", "Judgement"):
        return asked.option[0].key
    if kind == "Quotation":
        return asked.refused[0].answer
    if kind == "Prediction":
        return asked.option[0].key if asked.option else "1997-01" if asked.interval else "three words " * asked.least
    if kind == "Timeline":
        return [dict(event) for event in asked.accepted[0]]
    if kind == "Date":
        return asked.days.most
    if kind == "Text":
        return "some words of mine " * asked.least
    return asked.accepted[0]


@pytest.mark.parametrize("id", ALL)
def test_every_question_comes_back_after_a_restart(id):
    asked = question(id)
    box = ask(id)
    press(box, "check", some_answer(asked))
    assert box.told["status"].startswith("saved"), box.told
    restart()
    again = ask(id)
    assert again.asked.from_fields(again.fill["value"], sessions.session().corpus) == asked.read(some_answer(asked))
    assert again.told | {"n": 0} == box.told | {"n": 0}


@pytest.mark.parametrize("id", ALL)
def test_every_question_reads_as_text(id):
    asked = question(id)
    words = ask(id).words
    assert asked.prompt in words
    for option in getattr(asked, "option", ()):
        assert option.text in words


def test_what_is_typed_is_saved_without_a_click_and_is_not_yet_an_answer():
    box = ask("01.9")
    box.value = {"answer": "half a sen"}
    assert box.told["status"].startswith("saved")
    assert saved("01.9") is None
    restart()
    assert ask("01.9").fill["value"] == {"answer": "half a sen"}


def test_the_newest_draft_is_restored_and_not_an_older_one():
    box = ask("01.9")
    for words in ("one", "one two", "one two three"):
        box.value = {"answer": words}
    restart()
    assert ask("01.9").fill["value"] == {"answer": "one two three"}


def test_what_is_typed_is_saved_a_second_after_the_last_key_and_at_exit(monkeypatch):
    import asyncio

    monkeypatch.setattr(drafts, "WAIT", 0.05)
    box = ask("01.9")

    async def type_three_keys():
        for words in ("a", "ab", "abc"):
            box.value = {"answer": words}
        assert journal()["01.9/draft"] is None
        await asyncio.sleep(0.1)
        assert journal()["01.9/draft"] == "abc"
        box.value = {"answer": "abcd"}

    asyncio.run(type_three_keys())
    assert journal()["01.9/draft"] == "abc"
    sessions._save_at_exit()
    assert journal()["01.9/draft"] == "abcd"


def test_check_judges_what_comes_with_it_and_not_an_older_value():
    box = ask("01.6")
    box.value = {"answer": "7"}
    box.hear({"do": "check", "value": {"answer": "74"}})
    assert saved("01.6") == "74"
    assert box.told["state"] == "accepted"


def test_hints_open_one_at_a_time():
    box = ask("01.1")
    hints = question("01.1").hints
    for shown in range(1, len(hints) + 2):
        press(box, "hint")
        assert [hint[:20] in str(box.told["hints"]) for hint in hints] == [n < shown for n in range(len(hints))]


def test_a_blank_is_not_saved():
    box = ask("01.6")
    for blank in ("", "\n", " "):
        press(box, "check", blank)
        assert "Not answered yet" in said(box)
        assert saved("01.6") is None
    assert "Not answered yet" in repr(answer("01.6", ""))


def test_a_text_shorter_than_asked_for_opens_nothing():
    reveal("01.9", SECRET)
    box = ask("01.9")
    press(box, "check", "idk")
    assert "1 of at least 30 words" in said(box)
    assert SECRET not in seen() and "A reader might say" not in said(box)
    restart()
    assert ask("01.9").fill["value"] == {"answer": "idk"}


def test_passing_over_counts_as_done_and_what_was_typed_stays_after_a_restart():
    result = reveal("01.6", "opened")
    box = ask("01.6")
    box.value = {"answer": "seventy"}
    press(box, "over", "seventy")
    assert saved("01.6") is None
    assert "Passed over" in said(box)
    assert question("01.6").after[:20] not in said(box)
    assert "opened" in str(result.output.outputs)
    restart()
    assert ask("01.6").fill["value"] == {"answer": "seventy"}


def test_a_message_is_heard_once_it_was_acted_on(monkeypatch):
    box = ask("01.6")

    def send(n: int):
        content = {"n": n, "do": "check", "value": {"answer": "74"}}
        box._handle_msg({"content": {"data": {"method": "custom", "content": content}}, "buffers": []})

    send(4)
    assert box.heard == 4 and saved("01.6") == "74"
    monkeypatch.setattr(sessions.Session, "commit", lambda *args, **more: 1 / 0)
    send(5)
    assert box.heard == 4
    monkeypatch.undo()
    send(6)
    assert box.heard == 6


def test_a_key_is_told_only_when_it_is_asked_for():
    box = ask("01.6")
    for _ in range(3):
        press(box, "check", "400")
        assert box.told["offer"] and not box.told["key"] and not box.told["after"]
    press(box, "show")
    assert "74" in box.told["key"] and box.told["after"] and not box.told["offer"]
    restart()
    assert "74" in ask("01.6").told["key"]


def test_the_last_word_is_still_there_after_a_restart():
    press(ask("01.6"), "check", "74")
    restart()
    assert question("01.6").after[:20] in ask("01.6").told["after"]


def test_the_typed_twin_is_the_same_check_and_the_same_journal():
    box = ask("01.6")
    words = answer("01.6", 400)
    assert "over 400" in repr(words)
    assert "let go" in said(box)
    assert box.fill["value"] == {"answer": "400"}
    assert saved("01.6") == "400"
    assert "<details>" in words._repr_html_()


def test_a_citation_in_feedback_opens_where_it_stands():
    box = ask("01.6")
    press(box, "check", "400")
    assert "<summary>l5i ¶3</summary>" in said(box)
    assert "reluctant guests" in said(box)


def test_the_reason_and_the_confidence_are_kept_beside_the_answer():
    answer("01.7", {"answer": "January 1997", "confidence": 3})
    assert saved("01.7") == "1997-01"
    restart()
    assert ask("01.7").fill["value"] == {"answer": "January 1997", "confidence": "3"}


def test_asking_twice_shows_the_same_answer():
    press(ask("01.6"), "check", "74")
    first, second = ask("01.6"), ask("01.6")
    assert first.told == second.told and first.fill["value"] == second.fill["value"]


def test_what_was_typed_is_never_read_as_markdown():
    hostile = "![x](http://example.org/a.png) **b** <img src=x>"
    boxes = [ask(id) for id in ALL]
    for box in boxes:
        for value in ({"answer": hostile}, {"answer": {"events": [{"title": hostile, "from": hostile}], "typing": {}}}):
            box.hear({"do": "check", "value": value})
            assert "<img" not in said(box) and "<strong>b" not in said(box), box.asked.id
    assert "<img" not in answer("01.7", hostile)._repr_html_()


# ---- Reveal ----


def test_nothing_of_the_thing_leaves_before_it_opens():
    box = reveal("01.6", SECRET)
    assert SECRET not in seen()
    assert SECRET not in str(box._repr_mimebundle_())
    answer("01.6", "74")
    assert SECRET in seen()


def test_it_opens_by_itself_and_stays_open_at_the_next_run_all():
    reveal("01.6", SECRET)
    press(ask("01.6"), "check", "74")
    assert SECRET in seen()
    restart()
    reveal("01.6", SECRET)
    assert SECRET in seen()


def test_it_can_be_shown_without_answering_and_that_is_kept():
    box = reveal("01.6", SECRET)
    button = next(child for child in box.children if isinstance(child, w.Button))
    assert button.description == "Show without answering"
    button.click()
    assert SECRET in seen()
    assert journal()["01.6/shown"] is True
    restart()
    reveal("01.6", SECRET)
    assert SECRET in seen()
    assert saved("01.6") is None


def test_a_function_is_called_when_it_opens_and_sees_the_answer():
    calls = []
    reveal("01.7", lambda: calls.append(1) or f"you said {saved('01.7')}")
    assert calls == []
    answer("01.7", "1997-01")
    assert calls == [1]
    assert "you said 1997-01" in seen()


def test_a_cell_run_three_times_calls_its_function_once():
    calls = []
    for _ in range(3):
        reveal("01.7", lambda: calls.append(1))
    answer("01.7", "1997-01")
    assert calls == [1]


def test_one_failing_result_does_not_block_the_next():
    first = reveal("01.6", lambda: 1 / 0)
    second = reveal("01.6", lambda: SECRET)
    answer("01.6", "pass")
    assert "division" in str(first.output.outputs)
    assert SECRET in str(second.output.outputs)


def test_a_list_arrives_as_several_outputs(corpus):
    from helpers import record

    box = reveal("01.6", ["first", record(corpus, "what happened")])
    answer("01.6", "pass")
    assert len(box.output.outputs) == 2
    assert "text/html" in box.output.outputs[1]["data"]


def test_an_error_in_a_function_is_a_sentence():
    def fails():
        raise CorpusError("No such thing. Try another.")

    box = reveal("01.6", fails)
    answer("01.6", "pass")
    assert "No such thing" in str(box.output.outputs)


def test_unknown_ids_are_refused_everywhere():
    for call in (ask, saved, lambda id: answer(id, 1), lambda id: reveal(id, 1)):
        with pytest.raises(CorpusError, match="There is no question"):
            call("01.99")


# ---- When the disk refuses ----


def full(*_, **__):
    raise OSError(28, "No space left on device")


def test_an_answer_that_cannot_be_saved_says_so_in_the_box_and_in_the_twin(monkeypatch):
    from helpers.lessons import journal as module

    box = ask("01.9")
    with monkeypatch.context() as patch:
        patch.setattr(module.os, "write", full)
        box.value = {"answer": "my words </textarea><b>"}
        assert box.told["unsaved"] and "No space left" in box.told["status"]
        press(box, "check", "my words </textarea><b>" * 12)
        assert box.told["heading"] == "Not saved." and "Kept" not in said(box)
        assert "Not saved: No space left" in head()["page"].value
        assert "Not saved" in repr(answer("01.6", "74"))
        assert "memory" not in repr(answer("01.6", "74"))
    answer("01.2", "b")
    assert box.told["status"].startswith("saved") and not box.told["unsaved"]
    restart()
    assert saved("01.6") == "74"
    assert ask("01.9").fill["value"] == {"answer": "my words </textarea><b>" * 12}


# ---- The head of a notebook ----


def parts(box) -> dict:
    """The parts of a lesson's head by name."""
    strip, mine = box.children
    names = ("row", "page", "offer", "name", "look_up", "asking")
    named = dict(zip(names, mine.children, strict=True))
    onward, guard = named["row"].children
    return named | {"strip": strip, "onward": onward, "guard": guard}


def head(number=1):
    return parts(lesson(number))


def test_the_head_says_whose_where_and_how_far(work):
    page = head()["page"]
    assert "No name is set" in page.value and "journal" in page.value
    assert f"0 of {len(sheet(1).question)} questions" in page.value
    answer("01.6", "74")
    assert f"1 of {len(sheet(1).question)} questions" in page.value


def sign(head, name: str):
    head["name"].asked.value = name
    head["name"].use.click()


def test_a_name_is_asked_for_and_known_in_the_next_kernel():
    sign(head(), "Ana <b>")
    restart()
    box = head()
    assert "Ana &lt;b&gt;" in box["page"].value
    switch = box["name"].children[0]
    assert switch.description == "Not you?"
    switch.click()
    assert box["name"].children[0].description.startswith("Your name")


def test_a_name_that_cannot_be_written_is_said_in_a_sentence(work, monkeypatch):
    box = head()
    monkeypatch.setattr("os.replace", full)
    sign(box, "Ana")
    assert "can't be kept" in box["name"].said.value and "No space" in box["name"].said.value


def test_what_was_written_without_a_name_is_offered_and_never_taken_silently():
    answer("01.6", "74")
    box = head()
    sign(box, "Ana")
    assert saved("01.6") is None
    offered, buttons = box["offer"].children
    assert "1 answers were written" in offered.value or "1 answer was written" in offered.value
    buttons.children[0].click()
    assert saved("01.6") == "74"
    assert box["offer"].children == ()
    sign(box, "Ben")
    assert box["offer"].children == () and saved("01.6") is None


def test_what_is_not_mine_is_not_offered_again_and_stays_for_its_owner():
    answer("01.6", "74")
    box = head()
    sign(box, "Ana")
    box["offer"].children[1].children[1].click()
    assert box["offer"].children == () and saved("01.6") is None
    sign(box, "Ben")
    assert box["offer"].children != ()


def test_the_look_up_box_opens_any_citation():
    field, shown = head()["look_up"].children
    field.value = "l5i 3"
    assert "reluctant guests" in shown.value
    field.value = "l5i 99"
    assert "¶20" in shown.value
    for hostile in ("<script>alert(1)</script>", "![x](http://example.org/a.png)"):
        field.value = hostile
        assert "<script>" not in shown.value and "<img" not in shown.value


def test_starting_again_and_deleting_ask_once():
    answer("01.6", "74")
    again, _, delete = head()["asking"].children
    again.children[0].click()
    assert saved("01.6") == "74"
    no, yes = again.children[1].children
    no.click()
    assert saved("01.6") == "74"
    again.children[0].click()
    yes.click()
    assert saved("01.6") is None
    answer("01.6", "74")
    delete.children[0].click()
    delete.children[1].children[1].click()
    assert saved("01.6") is None


def test_starting_again_empties_the_boxes_and_closes_the_results():
    result, box = reveal("01.6", SECRET), ask("01.6")
    press(box, "check", "74")
    again = head()["asking"].children[0]
    again.children[0].click()
    again.children[1].children[1].click()
    assert box.fill["value"] == {"answer": ""} and box.told["state"] == "open"
    assert result.output.outputs == ()
    restart()
    assert ask("01.6").fill["value"] == {"answer": ""}


def test_starting_again_closes_what_was_shown_without_an_answer():
    result = reveal("01.6", SECRET)
    result.shut[1].click()
    assert result.output.outputs
    again = head()["asking"].children[0]
    again.children[0].click()
    again.children[1].children[1].click()
    assert result.output.outputs == ()


def test_the_marks_of_the_readings_stay_away_until_there_is_an_answer():
    box = ask("03.4")
    assert box.others == []
    press(box, "check", question("03.4").accepted[0])
    assert {mark["name"] for mark in box.others} == {reading.reader for reading in question("03.4").reading}
    answer("03.4", {"l5i 3": ["words that stand nowhere"]})
    assert box.others == []


def test_one_button_leads_to_the_first_open_question():
    box = head()
    ids = [asked.id for asked in sheet(1).question]
    start = box["guard"].go
    assert start["id"] == ""  # nothing is done yet: a start leads to the head
    box["onward"].click()
    assert box["guard"].go == {"n": start["n"] + 1, "id": ids[0]}
    answer(ids[0], PASS)
    box["onward"].click()
    assert box["guard"].go == {"n": start["n"] + 2, "id": ids[1]}
    assert head()["guard"].go == {"n": start["n"] + 3, "id": ids[1]}  # started again


def test_the_next_notebook_is_linked():
    assert 'href="01_who_is_speaking.ipynb"' in head(0)["page"].value


def test_in_memory_there_is_a_plain_warning_and_a_download(monkeypatch):
    monkeypatch.setattr(sessions, "work_folder", lambda: None)
    restart()
    answer("01.6", "74")
    assert "memory only" in head()["page"].value
    assert 'download="answers.jsonl"' in head()["page"].value
    assert "in memory only" in repr(answer("01.6", "74"))
