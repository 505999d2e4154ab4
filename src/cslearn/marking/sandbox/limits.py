"""How much may come out of a sandbox. Read on both sides of the wall; only the outer side is trusted with it."""

from dataclasses import dataclass

MAX_MESSAGE = 4 << 20
MAX_TOTAL = 32 << 20
MAX_CELLS = 500
MAX_SOURCE = 8 << 20
MAX_DEPTH = 14
MAX_ITEMS = 20_000
# One character above what the check of an answer's shape accepts, so that it can say so.
MAX_STRING = 20_000
MAX_DIGITS = 15
MAX_OUTPUT = 20_000
MAX_OUTPUTS = 50
MAX_PICTURE = 1 << 20


# Seconds that putting up the walls may take on a busy machine. They are ours, and not the learner's.
WALLS_WITHIN = 30.0


@dataclass(frozen=True)
class Limits:
    """Seconds for one cell, and for the whole notebook by the clock, from when the walls are up."""

    cell: float = 10.0
    notebook: float = 40.0
