"""The teacher's guide as data: its pages in Markdown, the rubric that questions name, and the standards.

The notebook for teachers and the printed guide hold the same pages.
"""

from pathlib import Path
from typing import Literal

from helpers.base.files import DATA, decode, load_toml, read_bytes
from helpers.lessons.format import Part, Sample
from helpers.lessons.sheets import numbers

# ---- The rubric ----

NAMES = ("Beginning", "Developing", "Proficient")


class Row(Part, kw_only=True):
    """One row of the rubric: three levels, and for each a sample answer to `question` with its reason.

    A row without samples is one of several for a question that shows its own.
    """

    name: str
    aim: str
    question: str
    levels: tuple[str, str, str]
    samples: tuple[Sample, ...] = ()


class Rubric(Part, kw_only=True):
    """The file `rubric.toml`."""

    row: tuple[Row, ...]


def rubric() -> tuple[Row, ...]:
    """The rows of the rubric; a question names one by its `name`."""
    return load_toml(DATA / "rubric.toml", Rubric).row


def _levels(row: Row) -> str:
    lines = [f"### {row.name}", f"*{row.aim}* For {row.question}:"]
    for at, (name, level) in enumerate(zip(NAMES, row.levels, strict=True)):
        sample = "".join(f"\n   - Sample: {one.says}\n   - Why: {one.why}" for one in row.samples[at : at + 1])
        lines.append(f"{at + 1}. *{name}.* {level}{sample}")
    return "\n\n".join(lines)


# ---- Standards ----


class Standard(Part, kw_only=True):
    """One standard in our words: whether lessons fit it, and by which questions."""

    code: str
    says: str
    fit: Literal["fits", "partly", "not claimed"]
    questions: tuple[str, ...] = ()
    why: str = ""


class Framework(Part, kw_only=True):
    """A set of standards: how to cite it, and where its wording was read."""

    title: str
    cite: str
    read: str
    standard: tuple[Standard, ...]


class Frameworks(Part, kw_only=True):
    """The file `standards.toml`."""

    framework: tuple[Framework, ...]


def standards() -> tuple[Framework, ...]:
    """The standards whose own wording was read, by framework."""
    return load_toml(DATA / "standards.toml", Frameworks).framework


def _framework(framework: Framework) -> str:
    lines = [f"### {framework.title}", *map(_standard, framework.standard), f"\n{framework.cite}"]
    return "\n".join(lines)


def _standard(one: Standard) -> str:
    asked = f" ({', '.join(one.questions)})" if one.questions else ""
    return f"- *{one.fit.capitalize()}:* `{one.code}` {one.says}{asked}. {one.why}".rstrip()


# ---- The pages ----


def guide() -> tuple[str, ...]:
    """The pages of the guide in Markdown, one topic each, and after them the plans of the lessons."""
    tables = {
        "{rubric}": "\n\n".join(map(_levels, rubric())),
        "{standards}": "\n\n".join(map(_framework, standards())),
    }
    tables |= {f"{{{path.name}}}": _words(path) for path in (DATA / "start").glob("*.*")}
    topics = [_words(path) for path in sorted((DATA / "guide").glob("*.md"))]
    for place, table in tables.items():
        topics = [topic.replace(place, table) for topic in topics]
    return (*topics, *("#" + plan(number) for number in numbers()))


def plan(number: int) -> str:
    """The plan of a lesson in Markdown: one page."""
    return _words(DATA / "plans" / f"{number:02d}.md")


def _words(path: Path) -> str:
    return decode(read_bytes(path), path.name).strip()
