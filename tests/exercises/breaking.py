"""Answers that are broken at random, as no form would make them."""

import random


def broken(value, rng: random.Random, junk: list):
    """A copy of an answer in which parts are missing, or are junk."""
    if rng.random() < 0.15:
        return rng.choice(junk)
    if isinstance(value, dict):
        return {key: broken(inner, rng, junk) for key, inner in value.items() if rng.random() > 0.05}
    if isinstance(value, list):
        return [broken(inner, rng, junk) for inner in value if rng.random() > 0.1]
    return value
