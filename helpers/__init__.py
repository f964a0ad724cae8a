"""Five texts, one crisis: load, cite, compare and date the sources."""

from helpers.claims import record
from helpers.library import catalogue, load_corpus
from helpers.words import locate, read

__all__ = ["catalogue", "load_corpus", "locate", "read", "record"]
