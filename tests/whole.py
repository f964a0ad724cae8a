"""A whole course answered by script, so that there is something to hand in; names and answers that mean harm."""

from test_exercises import some_answer

from helpers.lessons.answers import Question
from helpers.lessons.events import Timeline
from helpers.lessons.grids import Grid
from helpers.lessons.marks import Mark
from helpers.lessons.sheets import numbers, sheet
from helpers.lessons.twins import answer

EVERY = [asked for number in numbers() for asked in sheet(number).question]
FREE = "what nobody else reads"

HARM = [
    "<script>window.harm = 1</script>", "</pre><script>window.harm = 1</script>", "<img src=x onerror='window.harm = 1'>",
    "<img src='http://127.0.0.1:9/a.png'>", "![a](http://127.0.0.1:9/b.png)", "[a](javascript:window.harm=1)",
    "<svg onload=window.harm=1>", "<svg/onload=window.harm=1//", "</title><script>window.harm=1</script>", "</style><script>window.harm=1</script>",
    "<iframe src='javascript:parent.harm=1'>", "<iframe srcdoc='<script>parent.harm=1</script>'>", "<object data='http://127.0.0.1:9/c'>", "<embed src='http://127.0.0.1:9/d'>",
    "<link rel=stylesheet href='http://127.0.0.1:9/e.css'>", "<style>@import 'http://127.0.0.1:9/f.css'</style>", "<style>*{background:url(http://127.0.0.1:9/g)}</style>",
    "<base href='http://127.0.0.1:9/'>", "<meta http-equiv=refresh content='0;url=http://127.0.0.1:9/h'>", "<form action='http://127.0.0.1:9/'><button autofocus>",
    "<video><source onerror=window.harm=1>", "<details open ontoggle=window.harm=1>", "<input autofocus onfocus=window.harm=1>", "<body onload=window.harm=1>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=window.harm=1>", "<a href='//127.0.0.1:9' ping='//127.0.0.1:9/i'>x</a>", "<template><script>1</script></template>",
    "<textarea></textarea><script>window.harm=1</script>", "<!--", "-->", "<![CDATA[", "]]>", "<?php", "<%= 7*7 %>", "{{ 7*7 }}", "{% raw %}", "${7*7}", "$(x)$", "$$x$$",
    '"; } @top-left { content: url(http://127.0.0.1:9/j) } "', "\\22 ; } x", "\"onmouseover=window.harm=1 x=\"", "' onmouseover=window.harm=1 '",
    "&lt;script&gt;", "&#60;script&#62;", "&amp;amp;", "%3Cscript%3E", "\u202egnp.exe", "\u200b\u200d\ufeff zero", "a\x00b", "\x1b[31mred", "\x08\x7f", "line\r\nline\rline\u2028line",
    "<pre id=\"lima-hand-in\" hidden=\"\">{}</pre>", "{\"kit\": \"other\"}", "../../etc/passwd", "C:\\CON\\nul.txt", "=cmd|' /C calc'!A0", "* _ ` # > - 1. [x](y) ~~z~~ <http://127.0.0.1:9/k>",
    "\U0001f600 e\u0301 \u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627",
]  # fmt: skip


def with_notes(asked: Question, value):
    """An answer with something in all that is kept and never looked at."""
    if isinstance(asked, Grid) and asked.free_columns:
        row = next(row for row in asked.rows if asked.open_columns(row))
        return value | {row: dict.fromkeys(asked.free_columns, FREE) | value.get(row, {})}
    if isinstance(asked, Mark) and asked.note:
        return value | {"note": FREE}
    if isinstance(asked, Timeline):
        return [event | {"note": FREE} for event in value]
    return value


def answer_all() -> None:
    """Answers every question of the course, as a reader who types lines of code."""
    for asked in EVERY:
        answer(asked.id, with_notes(asked, some_answer(asked)))
