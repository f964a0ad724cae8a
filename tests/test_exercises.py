"""Ask, answer, reveal, saved: driven as a reader drives them, by value and by click."""

import ipywidgets as w
import pytest

import helpers.lab.box as widgets
import helpers.lab.exercises as exercises
from helpers import answer, ask, lesson, reveal, saved
from helpers.base.errors import CorpusError
from helpers.lab.box import Later
from helpers.lessons.journal import desk, leave
from helpers.lessons.questions import numbers, sheet

ALL = [asked.id for number in numbers() for asked in sheet(number).question]
SECRET = "a sentence that must not be seen before"


@pytest.fixture(autouse=True)
def work(tmp_path, monkeypatch):
    monkeypatch.setenv("LIMA_WORK", str(tmp_path / "work"))
    restart()
    yield tmp_path / "work"
    restart()
    w.Widget.close_all()


def restart():
    """What a new kernel knows: nothing but the journal."""
    leave()
    w.Widget.close_all()
    widgets._guard = None
    exercises._boxes.clear()
    exercises._waiting.clear()


def seen() -> str:
    """Everything that a front end has been sent: the state of every widget that was made, shown or not."""
    return str([one.get_state() for one in instances().values()])


def instances() -> dict:
    from ipywidgets.widgets import widget

    return widget._instances


def some_answer(asked):
    """An answer that counts as given, for any question."""
    from test_questions import filled

    kind = type(asked).__name__
    if kind == "Grid":
        return filled(asked)
    if kind in ("Choice", "Judgement"):
        return asked.option[0].key
    if kind == "Quotation":
        return asked.refused[0].answer
    if kind == "Prediction":
        return asked.option[0].key if asked.option else "1997-01" if asked.interval else "three"
    if kind == "Timeline":
        return [dict(event) for event in asked.accepted[0]]
    return asked.accepted[0] if hasattr(asked, "accepted") else "some words of mine"


@pytest.mark.parametrize("id", ALL)
def test_every_question_comes_back_after_a_restart(id):
    asked = exercises.question(id)
    box = ask(id)
    box.form.fill(some_answer(asked))
    given = box.form.read()
    box.check.click()
    assert "saved" in box.status.value, box.said.value
    restart()
    again = ask(id)
    assert again.form.read() == given
    assert "saved" in again.status.value
    assert again.said.value == box.said.value


@pytest.mark.parametrize("id", ALL)
def test_every_question_reads_as_text(id):
    asked = exercises.question(id)
    words = ask(id)._repr_mimebundle_()["text/plain"]
    assert asked.prompt in words
    for option in getattr(asked, "option", ()):
        assert option.text in words


def test_what_is_typed_is_saved_without_a_click_and_is_not_yet_an_answer():
    box = ask("01.4")
    box.form.inputs[0].value = "half a sen"
    assert "saved" in box.status.value
    assert saved("01.4") is None
    restart()
    assert ask("01.4").form.read() == "half a sen"


def test_what_is_typed_is_saved_a_second_after_the_last_key_and_at_exit():
    import asyncio

    calls = []
    later = Later(lambda: calls.append(1), seconds=0.05)

    async def type_three_keys():
        for _ in range(3):
            later.soon()
        assert calls == []
        await asyncio.sleep(0.1)
        assert calls == [1]
        later.soon()

    asyncio.run(type_three_keys())
    widgets._save_at_exit()
    assert calls == [1, 1]


def test_hints_open_one_at_a_time():
    box = ask("01.1")
    hints = exercises.question("01.1").hints
    for shown in range(1, len(hints) + 1):
        box.hint.click()
        assert [hint[:20] in box.hints.value for hint in hints] == [n < shown for n in range(len(hints))]
    assert box.hint.disabled


def test_a_blank_is_not_saved():
    box = ask("01.6")
    box.check.click()
    assert "Not answered yet" in box.said.value
    assert saved("01.6") is None
    assert "Not answered yet" in repr(answer("01.6", ""))


def test_passing_over_counts_as_done_and_says_nothing_more():
    result = reveal("01.6", "opened")
    box = ask("01.6")
    box.over.click()
    assert saved("01.6") is None
    assert "Passed over" in box.said.value
    assert exercises.question("01.6").after[:20] not in box.said.value
    assert "opened" in str(result.children[0].outputs)


def test_the_typed_twin_is_the_same_check_and_the_same_journal():
    box = ask("01.6")
    said = answer("01.6", 400)
    assert "over 400" in repr(said)
    assert "let go" in box.said.value
    assert box.form.read() == "400"
    assert saved("01.6") == 400
    assert "<details>" in said._repr_html_()


def test_a_citation_in_feedback_opens_where_it_stands():
    box = ask("01.6")
    box.form.fill("400")
    box.check.click()
    assert "<summary>l5i ¶3</summary>" in box.said.value
    assert "reluctant guests" in box.said.value


def test_the_reason_and_the_confidence_are_kept_beside_the_answer():
    answer("01.7", {"answer": "1997-01", "confidence": "3"})
    assert saved("01.7") == "1997-01"
    restart()
    assert ask("01.7").form.read() == {"answer": "1997-01", "confidence": "3"}


# ---- Reveal ----


def test_nothing_of_the_thing_leaves_before_it_opens():
    box = reveal("01.6", SECRET)
    assert SECRET not in seen()
    assert SECRET not in str(box._repr_mimebundle_())
    answer("01.6", "74")
    assert SECRET in seen()


def test_it_opens_by_itself_and_stays_open_at_the_next_run_all():
    reveal("01.6", SECRET)
    ask("01.6").form.fill("74")
    exercises._boxes["01.6"].check.click()
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
    assert desk().journal.newest()["01.6/shown"].value is True
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


def test_a_list_arrives_as_several_outputs(corpus):
    from helpers import record

    box = reveal("01.6", ["first", record(corpus, "what happened")])
    answer("01.6", "pass")
    outputs = box.children[0].outputs
    assert len(outputs) == 2
    assert "text/html" in outputs[1]["data"]


def test_an_error_in_a_function_is_a_sentence():
    def fails():
        raise CorpusError("No such thing. Try another.")

    box = reveal("01.6", fails)
    answer("01.6", "pass")
    assert "No such thing" in str(box.children[0].outputs)


def test_unknown_ids_are_refused_everywhere():
    for call in (ask, saved, lambda id: answer(id, 1), lambda id: reveal(id, 1)):
        with pytest.raises(CorpusError, match="There is no question"):
            call("01.99")


# ---- When the disk refuses ----


def test_an_answer_that_cannot_be_saved_says_so_and_offers_itself(monkeypatch):
    import helpers.lessons.journal as module

    def full(*_):
        raise OSError(28, "No space left on device")

    box = ask("01.4")
    monkeypatch.setattr(module.os, "write", full)
    box.form.inputs[0].value = "my words </textarea><b>"
    assert "not on disk" in box.status.value
    assert "my words &lt;/textarea&gt;" in box.said.value
    monkeypatch.undo()


# ---- The head of a notebook ----


def head(number=1):
    return lesson(number)


def test_the_head_says_whose_where_and_how_far(work):
    box = head()
    page = box.children[1].value
    assert "No name is set" in page and "journal" in page
    assert f"0 of {len(sheet(1).question)} questions" in page
    answer("01.6", "74")
    assert f"1 of {len(sheet(1).question)} questions" in box.children[1].value


def test_a_name_is_asked_for_and_known_in_the_next_kernel():
    asked, use, _ = head().children[2].children
    asked.value = "Ana <b>"
    use.click()
    restart()
    box = head()
    assert "Ana &lt;b&gt;" in box.children[1].value
    switch = box.children[2].children[0]
    assert switch.description == "Not you?"
    switch.click()
    assert box.children[2].children[0].description.startswith("Your name")


def test_the_look_up_box_opens_any_citation():
    field, shown = head().children[3].children
    field.value = "l5i 3"
    assert "reluctant guests" in shown.value
    field.value = "l5i 99"
    assert "¶0 to ¶20" in shown.value
    field.value = "<script>alert(1)</script>"
    assert "<script>" not in shown.value


def test_starting_again_and_deleting_ask_once():
    answer("01.6", "74")
    again, delete = head().children[4].children
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


def test_the_next_notebook_is_linked():
    assert 'href="01_who_is_speaking.ipynb"' in head(0).children[1].value


def test_in_memory_there_is_a_plain_warning_and_a_download(monkeypatch):
    import helpers.lessons.journal as module

    monkeypatch.setattr(module, "work_folder", lambda: None)
    restart()
    answer("01.6", "74")
    assert "memory only" in head().children[1].value
    assert 'download="answers.jsonl"' in head().children[1].value
