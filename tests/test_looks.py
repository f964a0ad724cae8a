"""One look: contrast reckoned for every pair that is used, one palette for page and charts, and no style elsewhere."""

import colorsys
import re
import sys
from pathlib import Path

import pytest
from project import ROOT

from helpers import load_corpus
from helpers.history.rivals import RECORD
from helpers.lab.charts import GREY, SOURCE_COLOURS, styles

DATA = ROOT / "helpers" / "data"
CSS = (DATA / "front" / "kit.css").read_text(encoding="utf-8")
THEMES = Path(sys.prefix) / "share" / "jupyter" / "lab" / "themes" / "@jupyterlab"
SOURCES = [*SOURCE_COLOURS, RECORD]
GLYPHS = {"circle": "●", "square": "■", "triangle-up": "▲", "diamond": "◆", "cross": "✚"}
LIGHT, DARK = re.findall(r"\{\s*(?:/\*.*?\*/)?\s*(--k-[^{}]*--k-taken[^{}]*)\}", CSS)

Colour = tuple[float, ...]


def palette(theme: str) -> dict[str, str]:
    """The kit's colours in a theme, together with JupyterLab's own grounds and words."""
    own = dict(re.findall(r"--([\w-]+): (#\w+)", LIGHT))
    if theme == "dark":
        own |= dict(re.findall(r"--([\w-]+): (#\w+)", DARK))
    lab = (THEMES / f"theme-{theme}-extension" / "index.css").read_text(encoding="utf-8")
    theirs = re.findall(r"--(jp-layout-color[01]|jp-content-font-color1): *(?:var\([\w-]+, *)?([^;)}]+\)?)", lab)
    return own | dict(theirs)


def rgb(words: str) -> Colour:
    """A colour as red, green, blue and how far it covers, each from 0 to 1."""
    named = {"white": "#fff", "black": "#000"}
    words = named.get(words.strip(), words.strip())
    if words.startswith("rgba"):
        red, green, blue, cover = re.findall(r"[\d.]+", words)
        return (float(red) / 255, float(green) / 255, float(blue) / 255, float(cover))
    digits = words.strip("#)")
    digits = "".join(digit * (2 if len(digits) == 3 else 1) for digit in digits)
    return (*(int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)), 1.0)


def over(colour: Colour, ground: Colour, cover: float = 1) -> Colour:
    cover *= colour[3]
    return (*(cover * one + (1 - cover) * other for one, other in zip(colour[:3], ground[:3], strict=True)), 1.0)


def light(colour: Colour) -> float:
    """Relative luminance, as WCAG 2.2 defines it."""
    parts = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in colour[:3]]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(colour: Colour, ground: Colour) -> float:
    first, second = sorted((light(over(colour, ground)), light(ground)))
    return (second + 0.05) / (first + 0.05)


WORDS = "jp-content-font-color1"
GROUNDS = ("jp-layout-color0", "jp-layout-color1", "k-soft")
STATES = ("ok", "notyet", "kept")
TINTED = [(name, 0.09) for name in (*STATES, "k-edge")] + [("k-link", 0.12)]
TEXT = [(name, ground) for name in (*SOURCES, "k-link", "k-quiet", "ok", "notyet", "kept", WORDS) for ground in GROUNDS]
TEXT += [(WORDS, ground) for ground in ("k-mark", "k-taken", "k-band", "k-band2")] + [("k-onlink", "k-link")]
EDGES = [
    (name, ground) for name in (*SOURCES, "k-link", "k-edge", "k-focus", "ok", "notyet", "kept") for ground in GROUNDS
]
EDGES += [("k-markline", "k-mark"), ("k-link", "k-band"), ("k-link", "k-band2"), ("k-focus", "k-mark")]


def low(theme: str, colours: dict[str, str]) -> list[str]:
    """Every pair of colours that is too near."""
    have = {name: rgb(words) for name, words in colours.items()}
    pairs = [(name, ground, have[ground], 4.5) for name, ground in TEXT]
    pairs += [(name, ground, have[ground], 3) for name, ground in EDGES]
    for tint, cover in TINTED:  # an answer stands on a ground that is mixed from its state
        ground = over(have[tint], have["jp-layout-color0"], cover)
        pairs += [(name, f"tinted {tint}", ground, 4.5) for name in (WORDS, *SOURCES)]
        pairs += [(tint, f"tinted {tint}", ground, 4.5 if tint in STATES else 3)]
    found = [(name, ground, contrast(have[name], on), least) for name, ground, on, least in pairs]
    return [f"{theme}: {name} on {ground} {ratio:.2f}" for name, ground, ratio, least in found if ratio < least]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_words_and_edges_stand_out(theme):
    assert contrast(rgb("#fff"), rgb("#767676")) == pytest.approx(4.54, abs=0.01)  # a known value
    colours = palette(theme)
    assert {*GROUNDS, WORDS, *SOURCES} <= set(colours)
    assert low(theme, colours) == []
    assert low(theme, colours | {"l5i": colours["jp-layout-color0"]}) != []


def hue(words: str) -> float:
    return 360 * colorsys.rgb_to_hls(*rgb(words)[:3])[0]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_source_has_one_colour_and_one_shape_on_the_page_and_in_charts(theme):
    colours, ground = palette(theme), rgb(palette(theme)["jp-layout-color0"])
    shapes = dict(re.findall(r"\.lima :is\(\[data-source=(\w+)\].*?--shape: \"(.)\"", CSS))
    assert [*shapes] == SOURCES and set(load_corpus()) == set(SOURCE_COLOURS)
    for id, (colour, shape) in styles(SOURCE_COLOURS).items():
        assert contrast(rgb(colour), ground) >= 3
        if id == RECORD:
            assert colour == GREY and max(rgb(colours[id])[:3]) == min(rgb(colours[id])[:3])
        else:
            assert shapes[id] == GLYPHS[shape]
            assert abs(hue(colour) - hue(colours[id])) < 6, id


TRAVELS = {
    "asleep.html",  # it hides itself in the saved page of somebody who has not started
    "answer.html",  # a part of a hand-in: the places of bars are data
    "results.html",  # stands in a notebook without a lesson, which loads no style of the kit
}


def styled(page: Path) -> list[str]:
    return re.findall(r"<style|(?<=\s)style=", page.read_text(encoding="utf-8"))


def test_all_style_stands_in_one_file(tmp_path):
    pages = [page for page in (DATA / "pages").glob("*.html") if "<!doctype" not in page.read_text("utf-8").lower()]
    assert {page.name for page in pages if styled(page)} == TRAVELS
    planted = tmp_path / "planted.html"
    planted.write_text('<p class="a" style="margin: 0">x</p>', encoding="utf-8")
    assert styled(planted)


def test_what_can_be_pressed_is_large_enough():
    least = {int(size) for rule in re.findall(r"[^{}]*(?:button|summary|select)[^{}]*\{([^}]*)\}", CSS)
             for size in re.findall(r"min-height: (\d+)px", rule)}  # fmt: skip
    assert least and min(least) >= 24


GRIDS = [path for path in sorted((DATA / "charts").glob("*.json")) if path.stem != "afterlife"]  # which has no axis


@pytest.mark.parametrize("path", GRIDS, ids=lambda path: path.stem)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_lines_behind_a_chart_are_seen_and_stay_behind_its_words(path, theme):
    words = path.read_text(encoding="utf-8").replace("$grey", f'"{GREY}"')
    colour, cover = re.search(r'"gridColor": "(#\w+)", "gridOpacity": ([\d.]+)', words).groups()
    ground = rgb(palette(theme)["jp-layout-color0"])
    assert 1.1 < contrast((*rgb(colour)[:3], float(cover)), ground) < 1.4
