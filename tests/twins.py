"""The list of typed lines that stands at the end of every notebook, made from its questions."""

from helpers.lessons.sheets import sheet

HEAD = """## Further · For coders: every answer as one line

Each box above has a twin. In a new cell (Alt+Enter makes one) write `from helpers import answer`, copy the line of a question, put your words in the place of the dots, and run it: the check, the feedback and the journal are the same."""


def twins(number: int) -> str:
    """The text of the cell of notebook `number`."""
    lines = [question.twin for question in sheet(number).question]
    return "\n".join([HEAD, "", "```python", *lines, "```"])
