"""Five texts, one crisis: load, cite, compare and date the sources."""

from helpers.claims import record
from helpers.exercises import answer, ask, reveal, saved
from helpers.library import catalogue, load_corpus
from helpers.pages import lesson
from helpers.words import locate, read

__all__ = ["answer", "ask", "catalogue", "lesson", "load_corpus", "locate", "read", "record", "reveal", "saved"]
