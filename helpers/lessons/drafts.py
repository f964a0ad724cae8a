"""What was typed and is not saved yet: each draft is due a second after its last key."""

import asyncio
from collections.abc import Callable, Iterator
from typing import Any

WAIT = 1.0  # seconds from the last key to the draft on disk


class Drafts:
    """Values by question; `save` is called with the question when its draft is due."""

    def __init__(self, save: Callable[[str], Any]):
        self._save = save
        self._values: dict[str, Any] = {}
        self._timers: dict[str, asyncio.TimerHandle] = {}

    def __contains__(self, id: str) -> bool:
        return id in self._values

    def __iter__(self) -> Iterator[str]:
        return iter(list(self._values))

    def put(self, id: str, value: Any) -> None:
        """Hold a value until it is due; where nothing runs in the background that is at once."""
        self.hold(id, value)
        try:
            self._timers[id] = asyncio.get_running_loop().call_later(WAIT, self._save, id)
        except RuntimeError:
            self._save(id)

    def hold(self, id: str, value: Any) -> None:
        """Hold a value that will be taken by whoever holds it."""
        self.take(id)
        self._values[id] = value

    def take(self, id: str) -> Any:
        """The value of a question, held no longer; None if there is none."""
        timer = self._timers.pop(id, None)
        if timer is not None:
            timer.cancel()
        return self._values.pop(id, None)

    def drop(self) -> None:
        """Forget everything."""
        for id in self:
            self.take(id)
