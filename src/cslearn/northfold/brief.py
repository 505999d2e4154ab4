"""What is drawn for one learner beside the telling of the story: what the case says of it, and what it hides."""

from typing import NamedTuple


class Brief(NamedTuple):
    """What one case hands to its learner (``facts``) and what it hides for rules and tests (``planted``).

    ``draws`` is how many draws it took until one was fair.
    """

    facts: dict
    planted: dict
    draws: int = 1
