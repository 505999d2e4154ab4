"""The one exception for bad input, and the guess at what was meant."""

import difflib
from collections.abc import Iterable


class Problem(Exception):
    """One clear sentence for a person: what is wrong, where, and what to do next.

    The command line prints it alone and exits with 2. Anything else that is
    raised is a fault of ours and keeps its traceback.
    """


def nearest(name: object, names: Iterable[str], all_of_them: str) -> str:
    """A sentence to end a :class:`Problem` with: ``Did you mean 'contacts'?``, or what there is.

    ``all_of_them`` begins the list where no name is near, for example ``The tables are``.
    """
    names = list(names)
    near = difflib.get_close_matches(str(name), names, n=1, cutoff=0.4)
    return f"Did you mean '{near[0]}'?" if near else f"{all_of_them}: {', '.join(names)}."
