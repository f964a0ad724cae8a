"""Writing a file whole or not at all."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from helpers.base.errors import KitError


def write(path: Path, words: str, trouble: str, instead: str) -> Path:
    """Write a file whole or not at all, in the place of an older one.

    Where that fails, a `KitError` says `trouble`, the reason, and what to do `instead`.
    """
    half = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with half.open("wb") as file:
            file.write(words.encode())
            file.flush()
            os.fsync(file.fileno())
        os.replace(half, path)
    except OSError as error:
        with suppress(OSError):
            half.unlink()
        raise KitError(f"{trouble}: {error.strerror or error}. {instead}") from None
    return path
