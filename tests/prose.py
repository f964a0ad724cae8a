"""Reading the kit's own prose: citations, quotations, bold terms and figures in Markdown."""

import re
import tomllib

from project import LESSONS, ROOT, TEACHER, pristine

from helpers import read

IDS = ("rw888", "l5i", "rw898", "ww188", "rw909")
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_TOKEN = re.compile(rf"\b({'|'.join(IDS)})\b|¶\s?(\d+)(?:-(\d+))?")
_QUOTED = re.compile(r'"([^"]+)"')
_BOLD = re.compile(r"\*\*(.+?)\*\*")


def books() -> dict[str, dict]:
    """The lessons by number ("00", "01", …), without unpinned outputs."""
    return {path.name[:2]: pristine(path) for path in LESSONS}


def teacher_books() -> dict[str, dict]:
    """The notebooks for the teacher by name ("guide", …), without unpinned outputs."""
    return {path.stem: pristine(path) for path in TEACHER}


def source(cell: dict) -> str:
    return "".join(cell["source"])


def texts(book: dict) -> list[str]:
    return [source(cell) for cell in book["cells"] if cell["cell_type"] == "markdown"]


def citations(prose: str) -> list[str]:
    """Places named in prose: `rw888` ¶5; a bare ¶ belongs to the last id named."""
    found, last = [], None
    for id, first, end in _TOKEN.findall(prose):
        if id:
            last = id
        elif last:
            found.append(f"{last} {first}-{end}" if end else f"{last} {first}")
    return found


def quotations(prose: str) -> list[str]:
    """Runs between double quotation marks: words of the texts or of headlines."""
    return _QUOTED.findall(re.sub(r"`[^`]*`", "", prose))


def bold(prose: str) -> list[str]:
    return _BOLD.findall(prose)


def cited_words(corpus, cites) -> list[str]:
    """The words of the places cited, one string a paragraph, letter by letter as in the file."""
    return [span.text for cite in cites for span in read(corpus, cite).spans]


def figures(prose: str) -> list[str]:
    """Numbers in digits outside headings, code, quotations, citations, dates, minutes and numbers of questions."""
    prose = re.sub(r"^#.*$|^\s*\d+\. |^\*Minutes:\*.*$|^\|[-| :]*\|$", " ", prose, flags=re.MULTILINE)
    prose = re.sub(r'`[^`]*`|"[^"]*"|\]\([^)]*\)', " ", prose)
    prose = _TOKEN.sub(" ", prose)
    prose = re.sub(
        rf"\b\d{{1,2}}(?: (?:and|to) \d{{1,2}})? (?:{MONTHS})(?: \d{{4}})?|\b(?:{MONTHS})(?: \d{{4}})?", " ", prose
    )
    prose = re.sub(
        r"\b(?:1[89]|20)\d\d\b|\b\d+ minutes\b|\b\d\d\.\d+\b|\b\d\d:\d\d\b|\b[Nn]otebooks? \d\d\b", " ", prose
    )
    return re.findall(r"\d[\d,.]*\d|\d", prose)


def expected_figures() -> list[dict]:
    return tomllib.loads((ROOT / "tests" / "figures.toml").read_text(encoding="utf-8")).get("figure", [])
