"""A class's results in real JupyterLab: what students typed is words, and what is closed opens by a key."""

import re

from classes import HOSTILE, PAYLOADS, payload_class, write

OURS = re.compile("lima|helpers|TypeError|ReferenceError|Error rendering output", re.I)


def test_payloads_in_names_answers_and_files_stay_words(page):
    folder = page.lab.work / "handed_in"
    folder.mkdir(parents=True)
    write(folder, *payload_class())
    for number, words in enumerate(PAYLOADS):
        name = re.sub(r"[/\0]", "", words)
        (folder / f"{number} {name}.html").write_bytes(HOSTILE["torn.html"][0])
    page.open("teacher/class_results.ipynb")
    page.run_all()
    results = page.page.locator(".results").last
    assert "12 students handed in" in results.inner_text()
    results.evaluate("all => all.querySelectorAll('details').forEach(one => one.open = true)")
    page.page.wait_for_timeout(1000)
    words = results.inner_text()
    for payload in PAYLOADS[:7]:
        assert payload in words
    assert page.page.evaluate("window.XSS") is None
    assert page.outside == []
    assert [said for said in page.errors if OURS.search(said)] == []


def test_names_and_answers_open_by_a_key(page):
    page.open("teacher/class_results.ipynb")
    page.run_all()
    results = page.page.locator(".results").first
    assert "Anouk" not in results.inner_text()
    results.locator("summary").get_by_text("The names").focus()
    page.press("Enter")
    assert "Anouk" in results.inner_text()
    pair = results.locator("summary").get_by_text("03.7 · Exit: two words at work")
    pair.focus()
    page.press("Enter")
    who = results.get_by_text("Who wrote this?").locator("visible=true")
    assert who.count() == 2
    before = results.inner_text()
    who.first.focus()
    page.press("Enter")
    assert len(results.inner_text()) > len(before)
