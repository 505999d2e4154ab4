"""Words that rules share."""

from collections.abc import Sequence


def listed(words: Sequence[str]) -> str:
    """Several words as a sentence has them: a, b and c."""
    return ", ".join(words[:-1]) + " and " + words[-1] if len(words) > 1 else "".join(words)
