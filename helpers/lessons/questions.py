"""The types of question that are answered by choosing, writing or copying. Strings are Markdown.

Citations in them open their passage where they stand.
"""

from typing import Annotated, Any, ClassVar

import msgspec

from helpers.base.errors import KitError, brief
from helpers.history.timex import typed
from helpers.lessons.answers import Badge, Checked, Judged, Question, State, Verdict
from helpers.lessons.format import Data, Input, Option, among, chosen
from helpers.lessons.words import AROUND, blank, compared, in_figures, words_of
from helpers.texts.corpus import Corpus, find

# ---- Choosing ----


def _radio(label: str, options: tuple[Option, ...]) -> Input:
    return Input(kind="radio", label=label, options=tuple({"key": o.key, "says": o.text} for o in options))


class Choice(Question, tag="choice", kw_only=True):
    """One of several answers is borne out by the texts; each has its feedback."""

    option: tuple[Option, ...]
    accepted: Annotated[tuple[str, ...], msgspec.Meta(min_length=1)]
    badge: ClassVar[Badge] = Badge.CHECKED

    def taken(self, value: Any) -> str:
        return chosen(value, self.option)

    def judged(self, kept: str, corpus: Corpus) -> Verdict:
        said = tuple(option.feedback for option in self.option if option.key == kept)
        return Verdict(State.ACCEPTED if kept in self.accepted else State.REFUSED, said)

    def key(self) -> str:
        return "; ".join(f"{option.key}: {option.text}" for option in self.option if option.key in self.accepted)

    @property
    def shape(self) -> str:
        return among(self.option)

    @property
    def inputs(self) -> tuple[Input, ...]:
        return (_radio("Your choice", self.option),)


class _Beside(Judged, kw_only=True):
    """An answer with something beside it, kept under a name of its own: `{"answer": "b", "reason": "..."}`."""

    option: tuple[Option, ...] = ()

    def beside(self) -> tuple[str, ...]:
        """The names of what may stand beside the answer."""
        return ()

    def aside(self, value: Any) -> str:
        """What is kept of what stands beside the answer."""
        return words_of(value)

    def taken(self, value: Any) -> Any:
        given = value if isinstance(value, dict) else {"answer": value}
        if unknown := set(given) - {"answer", *self.beside()}:
            raise KitError(f"There is no {min(unknown)!r} here. Write {', '.join(['answer', *self.beside()])}.")
        if blank(given.get("answer")):
            return None
        words = chosen(given["answer"], self.option) if self.option else words_of(given["answer"])
        more = {name: self.aside(given[name]) for name in self.beside() if not blank(given.get(name))}
        return {"answer": words} | more if more else words

    def meant(self, kept: Any) -> str:
        return answer_in(kept)

    @property
    def example(self) -> Any:
        more = dict.fromkeys(self.beside(), "…")
        return {"answer": "…"} | more if more else "…"

    def fields(self, kept: Any, corpus: Corpus) -> Data:
        given = kept if isinstance(kept, dict) else {"answer": kept}
        return dict.fromkeys(("answer", *self.beside()), "") | given

    def from_fields(self, fields: Data, corpus: Corpus) -> Any:
        more = {name: fields[name] for name in self.beside() if not blank(fields.get(name))}
        main = fields.get("answer", "")
        return {"answer": main} | more if more else main


def answer_in(kept: Any) -> Any:
    """The answer without what stands beside it."""
    return kept.get("answer") if isinstance(kept, dict) and "answer" in kept else kept


class Judgement(_Beside, tag="judgement", kw_only=True):
    """One of several answers, all of them possible; `reason` asks for a sentence beside it."""

    option: tuple[Option, ...]
    reason: bool = False
    label: str = "Your reason, in one sentence"

    def beside(self) -> tuple[str, ...]:
        return ("reason",) if self.reason else ()

    def judged(self, kept: Any, corpus: Corpus) -> Verdict:
        return Verdict(State.KEPT, tuple(o.feedback for o in self.option if o.key == answer_in(kept)))

    @property
    def shape(self) -> str:
        return f"the answer is {among(self.option)}"

    @property
    def inputs(self) -> tuple[Input, ...]:
        reason = Input(kind="text", name="reason", label=self.label, rows=2)
        return (_radio("Your choice", self.option), *([reason] if self.reason else []))


class Prediction(_Beside, tag="prediction", kw_only=True):
    """A guess before looking: with `unit` a number, with `interval` a date, else `least` words or more.

    With `confidence` it also says how sure one is, from 1 to 5.
    """

    least: int = 1
    unit: str = ""
    interval: bool = False
    confidence: bool = False
    label: str = "Your guess"
    look: str = ""

    def beside(self) -> tuple[str, ...]:
        return ("confidence",) if self.confidence else ()

    def aside(self, value: Any) -> str:
        if words_of(value).strip() not in list("12345"):
            raise KitError(
                f"{brief(value)} does not say how sure you are. Write a number from 1 (a guess) to 5 (certain)."
            )
        return words_of(value).strip()

    def judged(self, kept: Any, corpus: Corpus) -> Verdict:
        guess = answer_in(kept)
        if self.interval:
            typed(guess)
        if self.unit and not numbered(guess):
            return Verdict(State.BLANK, (f"Not answered yet: write a number ({self.unit}), or pass over.",))
        if short := too_short(guess, self.least):
            return short
        return Verdict(State.KEPT, (self.look,) if self.look else ())

    def meant(self, kept: Any) -> str:
        return typed(answer_in(kept)) if self.interval else answer_in(kept)

    @property
    def shape(self) -> str:
        said = among(self.option) if self.option else ""
        sure = "confidence from 1 to 5" if self.confidence else ""
        return "; ".join(filter(None, (said, sure)))

    @property
    def inputs(self) -> tuple[Input, ...]:
        if self.option:
            main = _radio(self.label, self.option)
        else:
            lines = 1 if self.unit or self.interval else 3
            main = Input(kind="text", label=self.label + self._unit(), rows=lines)
        steps = ({"value": "", "text": "not said"}, *({"value": str(n), "text": str(n)} for n in range(1, 6)))
        sure = Input(kind="select", name="confidence", label="How sure, from 1 (a guess) to 5 (certain)", options=steps)
        return (main, sure) if self.confidence else (main,)

    def _unit(self) -> str:
        if self.unit:
            return f" ({self.unit})"
        if self.interval:
            return " (such as March 1985, or: 5 March 1985 to April 1985)"
        return f" (at least {self.least} words)" if self.least > 1 else ""


def numbered(words: str) -> bool:
    """Whether a number is named, in figures or in words; *none* is one."""
    return any(in_figures(word) or word in ("none", "zero") for word in map(compared, words.split()))


# ---- Writing and copying ----

LONG = 150  # words from which a field is high


def too_short(words: str, least: int) -> Verdict | None:
    """What is said to fewer words than are asked for, and the way out; None if there are enough."""
    count = len(words.split())
    if count >= least:
        return None
    return Verdict(State.BLANK, (f"Not answered yet: {count} of at least {least} words. Write on, or pass over.",))


class Text(Judged, tag="text", kw_only=True):
    """Some sentences, from `least` to about `most` words; shorter ones are not an answer yet."""

    least: int
    most: int
    rubric: str = ""

    def judged(self, kept: str, corpus: Corpus) -> Verdict:
        return too_short(kept, self.least) or Verdict(State.KEPT)

    @property
    def inputs(self) -> tuple[Input, ...]:
        more = {"least": self.least, "most": self.most, "rows": 6 if self.most < LONG else 14}
        return (Input(kind="text", label=f"Your answer (about {self.least} to {self.most} words)", more=more),)


class Quotation(Checked, tag="quotation", kw_only=True):
    """Words of one text, letter by letter, that hold one of the accepted phrases."""

    accepted: Annotated[tuple[str, ...], msgspec.Meta(min_length=1)]
    source: str
    least: int
    elsewhere: str
    absent: str
    inputs: ClassVar[tuple[Input, ...]] = (Input(kind="text", label="Your quotation, copied letter by letter", rows=2),)

    def judged(self, kept: str, corpus: Corpus) -> Verdict:
        words = kept.strip(AROUND)
        if any(self.same(words, refused.answer) for refused in self.refused):
            return super().judged(words, corpus)
        places = list(find(corpus, words, literal=True)) if words else []
        if not places:
            return Verdict(State.REFUSED, (self.absent,))
        if all(place.source.id != self.source for place in places):
            return Verdict(State.REFUSED, (self.elsewhere,))
        if len(words.split()) < self.least:
            return Verdict(State.REFUSED, (f"Copy at least {self.least} words.",))
        return super().judged(words, corpus)

    def right(self, kept: str) -> bool:
        return any(compared(phrase) in compared(kept) for phrase in self.accepted)

    def key(self) -> str:
        return " or ".join(f'"{phrase}"' for phrase in self.accepted)
