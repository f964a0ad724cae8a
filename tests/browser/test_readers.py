"""Two notebooks open at once, and two readers at one machine: a name and a deletion reach every kernel, answers never mix."""

import json

from browser.test_exercises import SAVED

HEAD = ".lima-lesson"


def opened(pages, notebook: str):
    page = pages()
    page.open(notebook)
    page.run_all()
    return page


def sign(page, name: str):
    head = page.page.locator(HEAD)
    if head.get_by_role("button", name="Not you?").count():
        page.key(head, "Not you?")
    page.type_in(head.get_by_label("Your name"), name)
    page.key(head, "Use this name")
    head.get_by_text(f"These are the answers of {name}.").wait_for()


def keep(page, id: str, words: str):
    page.type_in(page.box(id).locator(":is(input[type=text], textarea)").first, words)
    page.box(id).get_by_text(SAVED).wait_for()
    page.written(words)


def words_in(page, id: str) -> str:
    return page.box(id).locator(":is(input[type=text], textarea)").first.input_value()


def kept(page) -> dict[str, list[str]]:
    """All that was written, by folder: the readers of this machine."""
    found: dict[str, list[str]] = {}
    for path in page.lab.work.rglob("*.jsonl"):
        lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        found.setdefault(path.parent.parent.name.split("-")[0], []).extend(str(line["value"]) for line in lines)
    return found


def test_a_name_chosen_in_00_reaches_an_open_01_and_two_readers_never_mix(pages):
    start, other = opened(pages, "00_start_here.ipynb"), opened(pages, "01_who_is_speaking.ipynb")
    sign(start, "Ana")
    keep(other, "01.9", "Ana writes here")  # the next event of the open notebook
    other.page.locator(HEAD).get_by_text("These are the answers of Ana.").wait_for()
    keep(start, "00.2", "Ana guesses")
    sign(start, "Ben")
    assert words_in(start, "00.2") == ""
    other.type_in(other.box("01.6").get_by_label("Your number"), "74")
    other.page.locator(HEAD).get_by_text("These are the answers of Ben.").wait_for()
    assert words_in(other, "01.9") == "" and words_in(other, "01.6") == ""  # typed on Ana's page: it is hers
    keep(other, "01.9", "Ben writes here")
    keep(start, "00.2", "Ben guesses")
    sign(start, "Ana")
    assert words_in(start, "00.2") == "Ana guesses"
    other.run_all()
    assert words_in(other, "01.9") == "Ana writes here" and words_in(other, "01.6") == "74"
    written = kept(start)
    assert {"Ana writes here", "Ana guesses", "74"} <= set(written["ana"])
    assert {"Ben writes here", "Ben guesses"} <= set(written["ben"])
    assert not any("Ben" in words for words in written["ana"])
    assert not any("Ana" in words or words == "74" for words in written["ben"])


def test_a_name_leads_on_to_the_next_notebook(pages):
    page = opened(pages, "00_start_here.ipynb")
    sign(page, "Ana")
    page.page.locator(f"{HEAD} a", has_text="Who is speaking").first.click()
    page.page.wait_for_url("**/01_who_is_speaking.ipynb*")
    path = "window.jupyterapp.shell.currentWidget?.context?.path"
    page.page.wait_for_function(f"{path} === 'notebooks/01_who_is_speaking.ipynb'")
    page.ready()
    page.run_all()
    named = page.page.locator(HEAD).locator("visible=true").get_by_text("These are the answers of Ana.")
    named.wait_for()


def test_deleting_in_one_notebook_empties_the_other_at_its_next_event(pages):
    one, other = opened(pages, "00_start_here.ipynb"), opened(pages, "01_who_is_speaking.ipynb")
    keep(one, "00.2", "to be forgotten")
    keep(other, "01.9", "to be forgotten too")
    other.type_in(other.box("01.6").get_by_label("Your number"), "74")
    other.key(other.box("01.6"), "Check")
    other.page.locator(".jp-OutputArea-output", has_text="480 to 700").locator("visible=true").first.wait_for()
    head = one.page.locator(HEAD)
    one.key(head, "Delete my answers")
    one.key(head, "Yes")
    head.get_by_text("Your answers are deleted, and the files made of them.").wait_for()
    assert words_in(one, "00.2") == ""
    other.choose(other.box("01.3"), 0)  # the next event
    other.page.wait_for_function(
        "document.querySelector('[data-question=\"01.9\"] textarea').value === ''", timeout=10_000
    )
    assert words_in(other, "01.6") == "" and not other.box("01.6").locator(".verdict").is_visible()
    other.page.get_by_text("Answer 01.6 first.").wait_for()
    assert "to be forgotten" not in str(kept(one))
    keep(other, "01.9", "a new beginning")
    assert "a new beginning" in str(kept(one)) and "to be forgotten" not in str(kept(one))
