"""The voices behind a sentence as a row of links, drawn from the order that a reader gave them."""

from dataclasses import dataclass

from helpers.base.errors import KitError
from helpers.base.html import page
from helpers.lessons.exact import Item, Order
from helpers.lessons.session import session
from helpers.lessons.sheets import question
from helpers.lessons.twins import saved


@dataclass(frozen=True)
class Chain:
    """Links from the first mouth to the last ear; `words` is the sentence that says what the drawing shows."""

    links: tuple[Item, ...]

    @property
    def words(self) -> str:
        if not self.links:
            return "Nothing is put in a row yet."
        first, *between, last = [link.text.replace("`", "") for link in self.links]
        if not between:
            return f"Your row goes from {first} to {last}, with nobody between."
        return f"Your row goes from {first} to {last}; between them stand {len(between)}: {'; '.join(between)}."

    def __repr__(self) -> str:
        return self.words

    def _repr_html_(self) -> str:
        corpus = session().corpus
        texts = [next((id for id in corpus if f"`{id}`" in link.text), "") for link in self.links]
        return page("chain", links=zip(self.links, texts, strict=True), words=self.words, corpus=corpus)


def chain(id: str) -> Chain:
    """The row that was saved for a question of order, as links with an arrow from each to the next, and its table.

    Without an answer it is empty and says so; a question of another kind raises a `KitError`.
    """
    asked = question(id)
    if not isinstance(asked, Order):
        raise KitError(f"{id} puts nothing in order. Take a question of order, such as 04.3.")
    order = saved(id) or ""
    links = {item.key: item for item in asked.item}
    return Chain(tuple(links[key] for key in order.split()))
