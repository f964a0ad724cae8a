"""What a kernel says to a reader who runs a question before the lesson, or loses a quotation mark.

It knows the kit's public names by heart and imports nothing of it, since it is run before anything else. All other
errors are shown as IPython shows them.
"""

NAMES = """
afterlife answer ask card catalogue chain check chronology class_results compare_claims concordance corpus cues
hand_in headlines independence known_by labels lesson load_corpus locate marked naming_grid own_file own_texts
quotations read read_source record restore reveal saved search shared_passages steps then_and_now time_expressions
timeline voices
"""


def sentence(shell, error, traceback) -> str:
    """What to say of an error; an empty string for one that is none of ours."""
    if isinstance(error, NameError):
        while traceback.tb_next:
            traceback = traceback.tb_next
        ours = error.name in NAMES.split() and traceback.tb_frame.f_globals is shell.user_global_ns
        if not ours or isinstance(error, UnboundLocalError):
            return ""
        if "corpus" not in shell.user_ns:
            return f"Press Start the lesson, above: before that, {error.name} is not known here."
        return f"This lesson did not fetch {error.name}. Write first: from helpers import {error.name}"
    if isinstance(error, SyntaxError) and error.msg.startswith("unterminated string literal") and in_cell(traceback):
        return f'A quotation mark is missing in line {error.lineno}. Words stand between two of them: "rw888 5"'
    return ""


def in_cell(traceback) -> bool:
    """Whether the cell itself could not be read, rather than something that it ran."""
    return traceback.tb_frame.f_code.co_name != "run_code"


def handle(shell, kind, error, traceback, tb_offset=None):
    """IPython's handler of the kinds given to `set_custom_exc`, called while the error is being handled."""
    if said := sentence(shell, error, traceback):
        shell._showtraceback(kind, error, [said])
    elif not isinstance(error, SyntaxError) or not in_cell(traceback):
        shell.showtraceback(running_compiled_code=True)
    elif isinstance(error, IndentationError):
        shell.showindentationerror()
    else:
        shell.showsyntaxerror()


get_ipython().set_custom_exc((NameError, SyntaxError), handle)  # noqa: F821
