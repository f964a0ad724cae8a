"""Five texts, one crisis: load, cite, compare and date the sources."""

from helpers.charts import timeline
from helpers.chronology import chronology, known_by
from helpers.claims import record
from helpers.dates import time_expressions
from helpers.exercises import answer, ask, reveal, saved
from helpers.language import cues, headlines, naming_grid
from helpers.library import catalogue, load_corpus
from helpers.pages import lesson, search
from helpers.words import concordance, locate, read

__all__ = [
    "answer",
    "ask",
    "catalogue",
    "chronology",
    "concordance",
    "cues",
    "headlines",
    "known_by",
    "lesson",
    "load_corpus",
    "locate",
    "naming_grid",
    "read",
    "record",
    "reveal",
    "saved",
    "search",
    "time_expressions",
    "timeline",
]
