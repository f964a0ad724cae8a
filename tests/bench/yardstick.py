# /// script
# requires-python = ">=3.11"
# dependencies = ["dateparser", "recognizers-text-suite", "emoji<2", "pandas>=2.2,<4", "jinja2>=3.1,<4", "msgspec>=0.19"]
# ///
"""How well time expressions are found: ours beside dateparser.search and recognizers-text.

    uv run yardstick.py --half build     # or report, or all: texts/ and gold.csv
    uv run yardstick.py --five           # the five texts and five_texts.csv
    uv run yardstick.py --half build --ours --misses   # ours alone, with what it misses
    uv run yardstick.py --speed          # ours and dateparser.search: the same text once, and ten times in a row

Strict: the same first and last character. Relaxed: the spans share a character; each expression is matched once.
Value: a relaxed match (strict ones among them) with the same TIMEX3 value; precision and recall count those alone.
"""

import argparse
import csv
import datetime
import logging
import re
import sys
import time
import warnings
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]  # the project: this file lives in tests/bench/
sys.path.insert(0, str(ROOT))


def rows(name: str) -> list[dict]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def text_of(doc: str) -> str:
    return (HERE / "texts" / f"{doc.removesuffix('.txt')}.txt").read_bytes().decode("utf-8")


# ---- Systems: text and date of print to (start, end, value) ----


def ours(text: str, published: str) -> list[tuple]:
    from helpers.texts.library import read_source

    found = finder()(read_source(text, id="text", published=published))
    return list(found[["start", "end", "value"]].itertuples(index=False, name=None))


def finder():
    from helpers.history.finder import time_expressions

    return time_expressions


def dateparser_search(text: str, published: str) -> list[tuple]:
    from dateparser.search import search_dates

    settings = {"PREFER_DATES_FROM": "past", "RETURN_AS_TIMEZONE_AWARE": False}
    if published:
        settings["RELATIVE_BASE"] = datetime.datetime.fromisoformat(published)
    at, found = 0, []
    for words, when in search_dates(text, languages=["en"], settings=settings) or []:
        start = text.find(words, at)
        if start >= 0:
            at = start + len(words)
            midnight = when.time() == datetime.time()
            found.append((start, at, when.date().isoformat() if midnight else when.isoformat()[:16]))
    return found


def recognizers(text: str, published: str) -> list[tuple]:
    from recognizers_date_time import recognize_datetime

    base = datetime.datetime.fromisoformat(published) if published else None
    found = []
    for line in re.finditer(r"[^\r\n]+", text):
        for one in recognize_datetime(line[0], "en-us", reference=base):
            values = (one.resolution or {}).get("values") or [{}]
            past = values[0]  # where there are two, the first is the past one
            value = past.get("value") if past.get("type") in ("date", "datetime") else past.get("timex")
            timex = past.get("timex", "")
            if re.fullmatch(r"\d{4}(-\d\d)?|\d{4}-W\d\d|P.*", timex):
                value = timex
            elif past.get("type") == "datetime" and value:
                value = value.replace(" ", "T")[:16]
            found.append((line.start() + one.start, line.start() + one.end + 1, value or ""))
    return found


SYSTEMS = {"ours": ours, "dateparser.search": dateparser_search, "recognizers-text": recognizers}

# ---- Measures ----


def plain(value: str) -> str:
    """A TIMEX3 value in one of its equal forms: 199X as 199, P1DE as P10Y, PTXH as PXH, T12:00:00 as T12:00."""
    value = re.sub(r"^(\d{2,3})X+$", r"\1", value.strip())
    value = re.sub(r"^P(\d+)(DE|CE)$", lambda m: f"P{int(m[1]) * (10 if m[2] == 'DE' else 100)}Y", value)
    value = re.sub(r"^(T\d\d:\d\d|.*T\d\d:\d\d):00$", r"\1", value)
    return {"PTXH": "PXH", "PT0.5H": "PT30M", "PT1.5H": "PT90M", "PT1H30M": "PT90M", "P14D": "P2W"}.get(value, value)


def matched(gold: list[tuple], found: list[tuple]) -> list[tuple]:
    """Pairs of gold and found that share a character, the same extent first, each used once."""
    pairs, used = [], set()
    for exact in (True, False):
        for one in gold:
            if any(one is pair[0] for pair in pairs):
                continue
            for n, two in enumerate(found):
                same = one[:2] == two[:2] if exact else one[0] < two[1] and two[0] < one[1]
                if n not in used and same:
                    pairs.append((one, two))
                    used.add(n)
                    break
    return pairs


def f1(hits: int, gold: int, found: int) -> float:
    return 200 * hits / (gold + found) if gold + found else 0.0


def compare(docs: dict, names: list[str], misses: bool) -> None:
    columns = f"{'gold':>6}{'found':>7}{'strict F1':>11}{'relaxed F1':>12}{'value F1':>10}{'ms / 10 kB':>12}"
    print(f"{'system':20}{columns}")
    for name in names:
        total = {"gold": 0, "found": 0, "strict": 0, "relaxed": 0, "value": 0}
        for doc, (published, _) in docs.items():
            SYSTEMS[name](text_of(doc), published)  # once untimed: what is loaded and compiled once is not counted
        seconds = length = 0
        wrong = []
        for doc, (published, gold) in docs.items():
            text = text_of(doc)
            began = time.process_time()
            found = SYSTEMS[name](text, published)
            seconds, length = seconds + time.process_time() - began, length + len(text)
            pairs = matched(gold, found)
            total["gold"] += len(gold)
            total["found"] += len(found)
            total["relaxed"] += len(pairs)
            total["strict"] += sum(one[:2] == two[:2] for one, two in pairs)
            total["value"] += sum(plain(one[2]) == plain(two[2]) for one, two in pairs)
            wrong += differences(doc, text, gold, found, pairs)
        scores = [f1(total[key], total["gold"], total["found"]) for key in ("strict", "relaxed", "value")]
        cells = "{:11.1f}{:12.1f}{:10.1f}{:12.0f}".format(*scores, seconds * 1e7 / length)
        print(f"{name:20}{total['gold']:6}{total['found']:7}{cells}")
        if misses:
            print("\n".join(wrong))


def differences(doc: str, text: str, gold: list, found: list, pairs: list) -> list[str]:
    def words(one):
        return f"{text[one[0] : one[1]]!r} {one[2]}"

    lines = [f"  {doc}: not found {words(one)}" for one in gold if not any(one is pair[0] for pair in pairs)]
    lines += [f"  {doc}: spurious {words(two)}" for two in found if not any(two is pair[1] for pair in pairs)]
    for one, two in pairs:
        if one[:2] != two[:2] or plain(one[2]) != plain(two[2]):
            lines.append(f"  {doc}: {words(one)} / found {words(two)}")
    return lines


def build(half: str) -> dict:
    docs: dict = {}
    for row in rows("gold.csv"):
        if half in ("all", row["half"]):
            gold = docs.setdefault(row["doc"], (row["published"], []))[1]
            gold.append((int(row["start"]), int(row["end"]), row["value"]))
    return docs


def five(names: list[str], misses: bool) -> None:
    """The running text of the five: what stands before and after it is not counted."""
    from helpers import load_corpus

    corpus, gold = load_corpus(), {}
    for row in rows("five_texts.csv"):
        gold.setdefault(row["cite"].split()[0], []).append((int(row["start"]), int(row["end"]), row["value"]))
    print(f"{'system':20}{'gold':>6}{'found %':>9}{'exact %':>9}{'value %':>9}{'spurious':>10}")
    for name in names:
        all_found = finder()(corpus)
        pairs, spurious, wrong = [], 0, []
        for id, marks in gold.items():
            source = corpus[id]
            if name == "ours":
                own = all_found[all_found["source"] == id]
                found = list(own[["start", "end", "value"]].itertuples(index=False, name=None))
            else:
                base = next(d for d in (source.written, source.published, source.inferred.written) if d[:1].isdigit())
                found = SYSTEMS[name](source.text, base.split("/")[0].rstrip("~"))
                begin, stop = source.limits
                found = [one for one in found if begin <= one[0] < stop]
            mine = matched(marks, found)
            pairs += mine
            spurious += len(found) - len(mine)
            wrong += differences(id, source.text, marks, found, mine)
        count = sum(map(len, gold.values()))
        exact = sum(one[:2] == two[:2] for one, two in pairs)
        right = sum(plain(one[2]) == plain(two[2]) for one, two in pairs)
        shares = "".join(f"{100 * n / count:9.1f}" for n in (len(pairs), exact, right))
        print(f"{name:20}{count:6}{shares}{spurious:10}")
        if misses:
            print("\n".join(wrong))


def speed(names: list[str]) -> None:
    """Processor time for 10 kB of all texts in a row, and of ten times as much, best of three."""
    whole = "\n".join(text_of(doc) for doc in build("all"))
    print(f"{'system':20}{'ms / 10 kB':>12}{'at ten times':>14}{'growth':>8}")
    for name in names:
        cost = {}
        for times in (1, 10):
            text, took = "\n".join([whole] * times), []
            for _ in range(3):
                began = time.process_time()
                SYSTEMS[name](text, "2019-03-14")
                took.append((time.process_time() - began) * 1e7 / len(text))
            cost[times] = min(took)
        print(f"{name:20}{cost[1]:12.0f}{cost[10]:14.0f}{cost[10] / cost[1]:8.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--half", choices=["build", "report", "all"])
    parser.add_argument("--five", action="store_true")
    parser.add_argument("--speed", action="store_true", help="time ours and dateparser.search on the same text")
    parser.add_argument("--ours", action="store_true", help="leave the other finders out")
    parser.add_argument("--misses", action="store_true", help="list what differs")
    args = parser.parse_args()
    warnings.filterwarnings("ignore")
    logging.disable(logging.CRITICAL)
    names = ["ours"] if args.ours else list(SYSTEMS)
    if args.half:
        compare(build(args.half), names, args.misses)
    if args.speed:
        speed(names[:2])
    if args.five or not (args.half or args.speed):
        five(names, args.misses)


if __name__ == "__main__":
    main()
