"""Packets as the browser prints them, in A4 and Letter: sheets, empty pages, margins, words and headings.

What is looked at is the PDF itself: its pages as pictures (how far down they are filled, whether anything is printed
into a margin, where it would be cut) and its words, which must be those of the page, none cut off or lost.
"""

import re
import unicodedata
from collections import Counter

import pypdfium2
import pytest
from test_packet import each_lesson, lesson, text_of

from helpers.base.writing import write
from helpers.paper.key import key
from helpers.paper.packet import packet
from helpers.paper.printing import pdf

SIDE, TOP, FOOT = 38, 36, 42  # points that stay white, but for the foot: the margins are 15, 14 and 16 mm
NEARLY_EMPTY, LAST = 0.15, 0.05  # of a page's height
MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
HYPHEN = "[-\u0002\ufffe]"  # as a PDF has it at the end of a line
BROKEN = re.compile(
    rf"\b\d{{4}}{HYPHEN}(?:\d\d{HYPHEN})?\n\d\d\b|\b\d\d?\n{MONTH}\b|\b\d\d? {MONTH}\n\d{{4}}\b|\b[a-z]\w*\d\w*\n¶\d+"
)
SIZES = {"A4": (595, 842), "letter": (612, 792)}
each_size = pytest.mark.parametrize("size", SIZES)


@pytest.fixture
def printed(browser, tmp_path):
    """The PDF of a page, by the browser that runs already; `by_kit` starts one as `packet` does, which takes seconds."""
    opened, page = [], browser.new_page()

    def make(html: str, by_kit: bool = False) -> pypdfium2.PdfDocument:
        path = write(tmp_path / f"{len(opened)}.html", html, "", "")
        page.goto(path.as_uri())
        made = pdf(path).read_bytes() if by_kit else page.pdf(prefer_css_page_size=True, print_background=True)
        opened.append(pypdfium2.PdfDocument(made))
        return opened[-1]

    yield make
    page.close()
    for document in opened:
        document.close()


def filled(page) -> tuple[float, bool]:
    """How far down a page is filled, of its height inside the margins, and whether these are white."""
    dark = page.render(grayscale=True).to_numpy().squeeze() < 160
    rows = dark[TOP:-FOOT, SIDE:-SIDE].any(axis=1).nonzero()[0]
    white = not (dark[:TOP].any() or dark[:, :SIDE].any() or dark[:, -SIDE:].any())
    return (rows[-1] / (dark.shape[0] - TOP - FOOT) if len(rows) else 0.0), white


def lines(page) -> list[str]:
    """The lines of a page without those of its foot, which are printed last."""
    text = unicodedata.normalize("NFKC", page.get_textpage().get_text_bounded())
    return [
        line for line in text.splitlines() if line.strip() and not re.fullmatch(r"Lesson \d\d|\d+ / \d+", line.strip())
    ]


def words(text: str) -> list[str]:
    return re.findall(r"\w+", unicodedata.normalize("NFKC", text))


def lost(html: str, text: str) -> list[str]:
    """Words of a page that its print lacks; one that only runs into its neighbour there, as after a hyphen, is found."""
    printed, run = words(text), "".join(words(text))
    missing = Counter(words(re.sub("<<.*?>>", "", text_of(html)))) - Counter(printed)
    return [word for word in missing if word not in run]


def faults(document, html: str) -> list[str]:
    found, last = [], len(document) - 1
    headings = {
        " ".join(re.sub("<.*?>", "", one).split()) for one in re.findall(r"<h[123]>(.*?)</h[123]>", html, re.DOTALL)
    }
    pages = list(document)
    for at, page in enumerate(pages):
        share, white = filled(page)
        if share < (LAST if at == last else NEARLY_EMPTY):
            found.append(f"page {at + 1} is filled to {share:.0%}")
        if not white:
            found.append(f"page {at + 1} prints into a margin")
        if " ".join(lines(page)[-1].split()) in headings:
            found.append(f"page {at + 1} ends with a heading")
        run = "\n".join(line.strip() for line in lines(page))
        found += [f"page {at + 1} breaks {one[0]!r}" for one in BROKEN.finditer(run)]
    text = "\n".join(line for page in pages for line in lines(page))
    return [*found, *(f"lost: {word}" for word in lost(html, text))]


@each_size
@each_lesson
def test_a_packet_is_two_to_four_full_sheets(printed, number, size):
    html = packet(lesson(number), size=size)
    document = printed(html)
    assert [round(side) for side in document[0].get_size()] == list(SIZES[size])
    assert 3 <= len(document) <= 8, f"{len(document)} pages"
    assert faults(document, html) == []


def test_the_kit_prints_what_the_running_browser_prints(printed):
    html = packet(lesson(3))
    mine, kits = printed(html), printed(html, by_kit=True)
    assert [lines(page) for page in mine] == [lines(page) for page in kits]
    assert [filled(page) for page in mine] == [filled(page) for page in kits]


@each_lesson
def test_further_and_key_print_whole(printed, number):
    for html in (packet(lesson(number), further=True), key(lesson(number)), key(lesson(number), further=True)):
        assert faults(printed(html), html) == []


PLANTED = {
    "is filled to": ("<h2>Excerpts</h2>", '<p>x</p><div style="break-before: page"></div><h2>Excerpts</h2>'),
    "prints into a margin": ("margin: 14mm 15mm 16mm", "margin: 14mm 4mm 16mm"),
    "ends with a heading": ("<h2>Excerpts</h2>", '<h2>Excerpts</h2><div style="break-before: page"></div>'),
    r"breaks '1997": ("<h2>Excerpts</h2>", '<p style="width: 3em">1997-01-05</p><h2>Excerpts</h2>'),
    r"breaks '22\nApril'": ("<h2>Excerpts</h2>", '<p style="width: 3em">22 April</p><h2>Excerpts</h2>'),
    r"breaks 'rw888\n¶5'": ("<h2>Excerpts</h2>", '<p style="width: 3em">rw888 ¶5</p><h2>Excerpts</h2>'),
    "lost: tribulations": ("<h2>Excerpts</h2>", '<p style="height: 0; overflow: hidden">tribulations</p>'),
}


@pytest.mark.parametrize("fault", PLANTED)
def test_a_planted_fault_is_seen(printed, fault):
    html = packet(lesson(0)).replace(*PLANTED[fault])
    assert any(fault in one for one in faults(printed(html), html)), faults(printed(html), html)
