"""What people wrote, turned into counts: tidy labels, codes by a codebook, and the Pareto table.

Sources: Braun, V. and Clarke, V. (2006) for codes and codebooks; Ishikawa, K. (1986) for the
Pareto table, the largest first with the shares added up. A machine that looks for words is
only the last step: the codebook itself comes from reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from cslearn.problem import Problem


@dataclass(frozen=True)
class ParetoRow:
    """One category: how many, its share of all, and the share of it and all larger ones together, in percent."""

    name: str
    count: int
    share: float
    running: float


def tidied(label: str) -> str:
    """A label as it was meant: small letters, no spaces around it, one space inside.

    "Delivery ", "DELIVERY" and "delivery" are one category for a person, and three for a
    computer. Raises Problem if it is no text.
    """
    if not isinstance(label, str):
        raise Problem(f"A label must be text, but this one is {label!r}. Leave blank rows out first.")
    return " ".join(label.split()).lower()


def pareto(labels: Iterable[str]) -> list[ParetoRow]:
    """The Pareto table of some labels: each category once, the largest first, with the shares added up.

    In words: count each category, divide by all, and add the shares up from the top.
    Labels count as they stand; tidy them first. Categories of one size keep the order in
    which they first came. Raises Problem if there is no label.
    Source: Ishikawa (1986).
    """
    counts: dict[str, int] = {}
    for label in labels:
        counts[label] = counts.get(label, 0) + 1
    total = sum(counts.values())
    if not total:
        raise Problem("There is nothing to count. Give at least one label.")
    rows, so_far = [], 0
    for name in sorted(counts, key=lambda name: -counts[name]):
        so_far += counts[name]
        rows.append(ParetoRow(name, counts[name], 100 * counts[name] / total, 100 * so_far / total))
    return rows


def codes(text: str, codebook: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """The codes of a text: each label of the codebook one of whose cues stands in it, in the order of the codebook.

    codebook: for each label, the words that a reader found to stand for it. Capitals count
    for nothing, a cue matches whole words only, and # in it is any whole number: "rung #
    times". A text may have several codes, or none. Raises Problem for a text that is no
    text, or a codebook without labels or with an empty cue.
    Source: Braun and Clarke (2006).
    """
    if not isinstance(text, str):
        raise Problem(f"Only text can be coded, but this is {text!r}. Leave blank rows out first.")
    if not codebook:
        raise Problem("The codebook is empty. Give at least one label with its cues.")
    plain = tidied(text)
    return tuple(label for label, cues in codebook.items() if any(_cue(cue).search(plain) for cue in cues))


@lru_cache(maxsize=1024)
def _cue(cue: str) -> re.Pattern[str]:
    words = tidied(cue)
    if not words:
        raise Problem("A cue in the codebook is empty. Write the words that stand for the label.")
    # \b would not hold where a cue begins or ends with a sign such as £ or '.
    inside = re.escape(words).replace(r"\#", r"\d+")
    return re.compile(rf"(?<!\w){inside}(?!\w)")
