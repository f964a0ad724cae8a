"""Words become HTML here and nowhere else, escaped by default."""

import re
from functools import cache

from helpers.base.cite import PLACE
from helpers.base.files import DATA

_MONTH = (
    "(?:Jan|Feb|March|Mar|April|Apr|May|June|Jun|July|Jul|Aug|Sep|Oct|Nov|Dec)(?:uary|ruary|ust|tember|ober|ember)?"
)
_WHOLE = re.compile(
    rf"<code>[a-z0-9]+</code> {PLACE}|(?P<left><summary>.*?</summary>|<[^>]*>)"
    rf"|\b\d{{4}}-\d\d(?:-\d\d)?\b|\b\d\d? {_MONTH}\b(?: \d{{4}}\b)?|\b[a-z0-9]+ {PLACE}"
)


@cache
def _pages():
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    pages = Environment(
        loader=FileSystemLoader(DATA / "pages", encoding="utf-8"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    pages.filters["rich"] = rich
    pages.filters["told"] = told
    pages.filters["whole"] = whole
    return pages


@cache
def _markdown():
    import mistune

    return mistune.create_markdown(escape=True, plugins=["table"])


def rich(words: str, corpus=None):
    """Markdown as safe HTML, in which the citations of `corpus` open; a `<p>` can't hold them, a `<div>` can."""
    from markupsafe import Markup

    html = Markup(_markdown()(words).replace("<p>", '<div class="p">').replace("</p>", "</div>"))
    return whole(corpus.opened(html) if corpus is not None else html)


class Typed(str):
    """A sentence that holds what somebody typed: shown letter by letter, never as Markdown."""


def told(words: str, corpus=None):
    """Our own words as Markdown with their citations to open, typed ones letter by letter; nothing for no words."""
    if not words:
        return ""
    return plain(words) if isinstance(words, Typed) else rich(words, corpus)


def plain(words: str):
    """What somebody typed, as safe HTML: never Markdown, so that no word of it becomes a link or a picture."""
    from markupsafe import Markup, escape

    return Markup("<br>").join(map(escape, words.split("\n")))


def whole(words: str):
    """Words as safe HTML in which no date and no citation is broken at the end of a line."""
    from markupsafe import Markup, escape

    return Markup(
        _WHOLE.sub(lambda found: found["left"] or f'<span class="when">{found[0]}</span>', str(escape(words)))
    )


def cut(words: str, most: int) -> str:
    """`words`, and of very long ones the first `most` characters with a remark that says so."""
    if len(words) <= most:
        return words
    return f"{words[:most]}… (cut here: {len(words):,} characters in all)"


def page(name: str, /, **values) -> str:
    """The HTML of the template `data/pages/<name>.html`: the one place where words become HTML, escaped by default."""
    return _pages().get_template(f"{name}.html").render(values)
