"""What is handed in, in a real browser: nothing in it runs or is fetched, with scripts on too; printed, and made in JupyterLab."""

import re
from pathlib import Path

import pytest
from test_exercises import some_answer
from whole import HARM, answer_all

from browser.conftest import serious
from helpers.lessons import session as sessions
from helpers.lessons.handed import Handed, HandIn, hand_in_of
from helpers.lessons.sheets import question
from helpers.paper.hand_in import page_of
from helpers.paper.key import key
from helpers.paper.packet import packet, teacher
from helpers.paper.restore import read_hand_in
from helpers.paper.running import run


@pytest.fixture
def now(tmp_path, monkeypatch):
    monkeypatch.setenv("LIMA_WORK", str(tmp_path / "work"))
    sessions.leave()
    yield sessions.session()
    sessions.leave()


@pytest.fixture
def opened(browser, tmp_path):
    """A page of a hand-in, opened from the disk as a teacher does; what it asked for and said."""
    contexts = []

    def open_it(html: str, *, policy: bool = True, **options):
        path = tmp_path / "file.html"
        words = html if policy else re.sub("<meta http-equiv[^>]+>", "", html)
        path.write_text(words, encoding="utf-8", newline="")
        context = browser.new_context(viewport={"width": 900, "height": 1200}, **options)
        contexts.append(context)
        page = context.new_page()
        page.asked, page.said = [], []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("console", lambda said: page.said.append(said.text))
        page.on("dialog", lambda dialog: page.said.append(dialog.message))
        page.goto(path.as_uri())
        page.wait_for_timeout(300)
        return page

    yield open_it
    for context in contexts:
        context.close()


def harmful(corpus) -> HandIn:
    """A hand-in that has every harmful word in every place where words can stand."""
    every = "\n".join(HARM)
    table = {row: dict.fromkeys(question("03.2").all_columns, every) for row in question("03.2").rows}
    event = dict.fromkeys(("title", "from", "to", "source", "citation", "quote", "rival of", "note"), every)
    marks = {"l5i 3": [*HARM, {"quote": every, "label": every}], "note": every}
    values = {"03.2": table, "08.6": [event, event], "03.4": marks, "01.6": every, "01.4": every, "96.1": [every]}
    said = tuple(re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", words) for words in HARM)
    one = [
        Handed(id=id, title=every, badge=every, state=every, answer=v, unsent=v, said=said) for id, v in values.items()
    ]
    return HandIn(name=every, lesson=3, day="1997-04-22", version=every, notes=True, answers=tuple(one))


@pytest.mark.parametrize("policy", [True, False])
def test_harmful_words_are_inert_with_scripts_on_and_read_again(opened, corpus, policy):
    """Also where a platform has taken the page's policy out."""
    made = harmful(corpus)
    html = page_of(made, corpus)
    page = opened(html, policy=policy)
    assert page.asked == [page.url] and page.said == []
    assert page.evaluate("window.harm") is None
    assert (
        page.evaluate(
            "document.querySelectorAll('script, img, iframe, object, embed, link, form, svg, base, a, video').length"
        )
        == 0
    )
    assert page.locator("[onerror], [onload], [onmouseover], [autofocus]").count() == 0
    assert page.locator("#lima-hand-in").count() == 1 and not page.locator("#lima-hand-in").is_visible()
    for words in ("<script>window.harm = 1</script>", "![a](http://127.0.0.1:9/b.png)", "&lt;script&gt;"):
        assert words in page.locator("body").inner_text()
    assert read_hand_in(html.encode()) == made
    assert read_hand_in(page.content().encode()) == made  # as a browser saves it anew


def test_the_policy_forbids_what_a_page_should_not_hold(opened, corpus):
    """A planted script and picture: the policy alone stops them."""
    html = page_of(HandIn(name="Ana", day="1997-04-22"), corpus)
    planted = html.replace("<main>", "<main><script>window.harm = 1</script><img src='http://127.0.0.1:9/a.png'>")
    assert opened(planted).evaluate("window.harm") is None
    loose = opened(planted, policy=False)
    assert loose.evaluate("window.harm") == 1 and "http://127.0.0.1:9/a.png" in loose.asked


CONTRAST = """() => {
  const shade = (c) => { const [r, g, b] = c.match(/[\\d.]+/g).map((v) => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const behind = (e) => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor; if (!/, 0\\)$/.test(c)) return c; } };
  let least = 99;
  for (const e of document.querySelectorAll('body *')) {
    if (![...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()) || !e.checkVisibility()) continue;
    const [a, b] = [shade(getComputedStyle(e).color), shade(behind(e))].sort((x, y) => y - x);
    least = Math.min(least, (a + 0.05) / (b + 0.05));
  }
  return least;
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_readable_light_and_dark_and_narrow(opened, now, scheme):
    now.sign("Ana")
    answer_all()
    page = opened(page_of(hand_in_of(now, notes=True), now.corpus), color_scheme=scheme)
    assert page.evaluate(CONTRAST) >= 4.5
    page.set_viewport_size({"width": 360, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def of_a_reader(now) -> str:
    now.sign("Ana")
    answer_all()
    return page_of(hand_in_of(now, notes=True), now.corpus)


LEAVING = {
    "hand-in": of_a_reader,
    "packet": lambda now: packet(run(3), further=True),
    "key": lambda now: key(run(3), further=True),
    "guide": lambda now: teacher(),
}


@pytest.mark.parametrize("kind", LEAVING)
def test_axe_finds_nothing_serious_in_a_page_that_leaves(opened, now, kind):
    page = opened(LEAVING[kind](now))
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    assert serious(page) == []
    page.evaluate(PLANT)
    found = {one.split(":")[0] for one in serious(page)}
    assert found == {"image-alt", "label", "link-name", "color-contrast"}  # so it would have been seen


PLANT = """() => document.querySelector('main, body').insertAdjacentHTML('afterbegin',
  '<img src="data:,"><input><a href="#a"></a><p style="color: #999; background: #fff">pale</p>')"""


def test_it_reads_with_scripts_off_and_prints_no_question_cut(opened, now):
    now.sign("Ana")
    answer_all()
    page = opened(page_of(hand_in_of(now), now.corpus), java_script_enabled=False)
    text = page.locator("main").inner_text()
    assert "Lesson 03" in text and some_answer(question("03.6")) in text
    page.locator("summary").first.click()
    assert page.locator("details[open]").count() == 1
    pages = re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))
    assert 5 <= len(pages) <= 36
    page.emulate_media(media="print")
    assert page.locator("article").first.evaluate("one => getComputedStyle(one).breakInside") == "avoid"
    assert page.locator("summary").first.is_hidden()


def test_in_jupyterlab_it_is_made_downloaded_and_brought_back(page):
    """One reader's hour: answers, makes the file, deletes everything, and brings it back from the download."""
    page.open("00_start_here.ipynb")
    page.run_all()
    box = page.page.locator(".lima-desk", has_text="Make my file")
    box.wait_for()
    box.get_by_role("button", name="Make my file").click()
    box.get_by_text("Nothing has been answered yet").wait_for()
    page.box("00.2").locator("textarea").first.fill(
        "Words <b>of mine</b> & more of them, so that there is something to hand in."
    )
    page.box("00.2").get_by_role("button", name="Done").click()
    box.get_by_role("button", name="Make my file").click()
    link = box.get_by_role("link", name=re.compile("Download lima-00"))
    link.wait_for()
    with page.page.expect_download() as coming:
        link.click()
    file = Path(coming.value.path())
    assert read_hand_in(file.read_bytes()).answers
    assert [path.read_bytes() for path in page.lab.work.rglob("lima-00*.html")] == [file.read_bytes()]
    head = page.page.locator(".lima-lesson")
    head.get_by_role("button", name="Delete my answers").click()
    head.get_by_text("and the files made to hand them in").wait_for()
    head.get_by_role("button", name="Yes").last.click()
    head.get_by_text("Your answers are deleted").wait_for()
    assert not list(page.lab.work.rglob("lima-00*.html"))
    back = page.page.locator(".lima-desk", has_text="Choose the file")
    with page.page.expect_file_chooser() as choosing:
        back.get_by_role("button", name="Choose the file").click()
    choosing.value.set_files(files=[{"name": "a.html", "mimeType": "text/html", "buffer": file.read_bytes()}])
    back.get_by_role("button", name="Bring them back").click()
    back.get_by_text("Brought back: 1").wait_for()
    assert page.box("00.2").locator("textarea").first.input_value().startswith("Words <b>of mine</b>")
