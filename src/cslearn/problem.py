"""The one exception for bad input."""


class Problem(Exception):
    """One clear sentence for a person: what is wrong, where, and what to do next.

    The command line prints it alone and exits with 2. Anything else that is
    raised is a fault of ours and keeps its traceback.
    """
