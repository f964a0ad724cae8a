# /// script
# requires-python = ">=3.11"
# dependencies = ["nltk", "pandas", "msgspec", "jinja2", "ipywidgets", "anywidget", "mistune"]
# ///
"""Our concordance beside NLTK's on the same texts in one run: `uv run tests/bench/concordance.py`.

NLTK tokenises once and then looks words up; both are measured whole, from the text to the lines, and the lookup alone.
"""

import sys
import time
from pathlib import Path
from statistics import median

sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parents[1])]

from nltk.text import ConcordanceIndex  # noqa: E402
from nltk.tokenize import wordpunct_tokenize  # noqa: E402

from helpers import concordance, load_corpus  # noqa: E402
from helpers.texts.corpus import Corpus  # noqa: E402
from helpers.texts.library import read_source  # noqa: E402

FIVE = [source.text for source in load_corpus().values()]
TEXTS = [FIVE[n % 5] for n in range(200)]


def ours() -> int:
    return len(concordance(Corpus(read_source(text, id=f"s{n}") for n, text in enumerate(TEXTS)), "government"))


def theirs() -> int:
    found = 0
    for text in TEXTS:
        index = ConcordanceIndex(wordpunct_tokenize(text), key=str.lower)
        found += len(index.find_concordance("government", 80))
    return found


def timed(work) -> tuple[float, int]:
    start = time.process_time()
    found = work()
    return time.process_time() - start, found


pairs = [(timed(ours), timed(theirs)) for _ in range(9)]
print(f"200 texts, {sum(map(len, TEXTS)):,} characters; ours {pairs[0][0][1]} lines, NLTK {pairs[0][1][1]} lines")
print(f"processor time ours / NLTK, median of 9 pairs: {median(a[0] / b[0] for a, b in pairs):.2f}")
