"""Answers of 620 customers to 22 statements about service, before and after the change (table D4).

310 answered in June 2024, before the pilot, and 310 others from 7 October to 8 November 2024,
at both sites. Each said how much they expect of an excellent retailer and what they found
at Northfold, and shared out 100 points between five dimensions. The statements are our own;
only their number and the five dimensions are those of SERVQUAL (Parasuraman et al. 1988).

Planted: the largest gap is in tangibles, and the largest weighted gap in reliability; at
North reliability and responsiveness are better after the change, by a multiple of the
story's one effect, and nothing changed at West. Traps: 6% answered all statements alike; one
batch of telephone forms was typed in with 1 as best; 4% of weights do not add up to 100;
blanks; far more of the second wave answered on the web, where people are harder to please.
"""

from typing import TYPE_CHECKING

import numpy as np

from cslearn.methods.servqual import DIMENSIONS, HIGHEST, LOWEST, WEIGHTS
from cslearn.northfold.story import SITES, Story

if TYPE_CHECKING:
    import pandas as pd

# What a customer rates; own wording, for a shop that delivers and installs.
STATEMENTS = (
    "the web shop is clear and looks cared for",
    "stores are bright, clean and easy to find your way in",
    "vans and parcels arrive in good shape",
    "letters, e-mails and booklets are easy to read",
    "what is ordered comes on the day that was named",
    "a problem stays with one person until it is solved",
    "orders are packed complete and correct",
    "money comes back on the date that was given",
    "what was agreed in one call is known in the next",
    "you hear of a delay before you have to ask",
    "messages are answered the same day",
    "staff take a question on, whichever desk it belongs to",
    "a crew or a call back can be had within a few days",
    "staff know the goods and the rules",
    "staff stay friendly when things go wrong",
    "card and address details are in good hands",
    "advice can be trusted, even when it sells less",
    "staff listen before they reach for a form",
    "delivery slots fit a working week",
    "whoever cannot phone, see well or climb stairs is served as well as others",
    "nobody has to tell the same story twice",
    "a decision takes the customer's situation into account",
)
COLUMNS = (
    "resp_id", "wave", "site", "channel", *(f"E{n:02d}" for n in range(1, 23)), *(f"P{n:02d}" for n in range(1, 23)),
    *WEIGHTS.values(), "overall", "complained",
)  # fmt: skip
WAVES = ("pre", "post")
CHANNELS = ("web", "phone")
IN_A_WAVE = 310
_SITE_SHARE = (0.6, 0.4)
_WEB_SHARE = (0.42, 0.70)
# Means of the five dimensions before rounding to the scale, which lowers what lies near its upper end.
_EXPECTED = np.array([5.86, 6.19, 6.13, 6.08, 5.94])
_FOUND = np.array([4.67, 5.25, 5.46, 5.88, 5.63])
_WEIGHT = np.array([10.0, 36.0, 22.0, 18.0, 14.0])
# What is harder and what is easier within a dimension, in the order of the statements.
_OFFSET = np.array(
    [-0.15, 0.05, 0.15, -0.05, -0.15, 0.0, 0.15, -0.10, 0.10, -0.15, 0.05, 0.10, 0.0, 0.05, 0.10, 0.0, -0.15, 0.10, -0.10, 0.0, -0.10, 0.10]
)  # fmt: skip
# Points on the scale for each point of first contact resolution that the change adds, by dimension.
_HELPS = np.array([0.0, 6.5, 8.0, 0.0, 2.0])
_WEB_HARSHER = 0.30
_COMPLAINED_HARSHER = np.array([0.15, 0.55, 0.55, 0.25, 0.40])
STRAIGHT_SHARE, WRONG_WEIGHTS_SHARE, BATCH = 0.06, 0.04, 24
_DIMENSION = np.repeat(np.arange(5), [len(items) for items in DIMENSIONS.values()])
_WRONG_BY = (5, 10, 20, -5, -10)


def true_gain(story: Story) -> np.ndarray:
    """What the change added at North in each dimension, in points of the scale before rounding."""
    return story.effect * _HELPS


def _answered(latent: np.ndarray) -> np.ndarray:
    return np.clip(np.floor(latent + 0.5), LOWEST, HIGHEST).astype(np.int64)


def _shared(stream, size: int) -> np.ndarray:
    """A hundred points shared out by each respondent; three in five think in fives."""
    wish = _WEIGHT * stream.lognormal(1.0, 0.32, (size, 5))
    total = wish[:, 0] + wish[:, 1] + wish[:, 2] + wish[:, 3] + wish[:, 4]
    step = np.where(stream.uniform(size) < 0.6, 5.0, 1.0)[:, None]
    points = (np.floor(wish / total[:, None] * 100 / step + 0.5) * step).astype(np.int64)
    points[:, 1] = 100 - points[:, 0] - points[:, 2] - points[:, 3] - points[:, 4]
    return points


def _drawn(story: Story) -> tuple[list[dict], list[dict]]:
    stream = story.stream("servqual")
    size = 2 * IN_A_WAVE
    wave = np.repeat([0, 1], IN_A_WAVE)
    site, channel = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
    for which, share in enumerate(_WEB_SHARE):
        # Answers from the web come first in a wave; forms from the telephone were typed in after them.
        part = slice(which * IN_A_WAVE, (which + 1) * IN_A_WAVE)
        channel[part] = np.arange(IN_A_WAVE) >= round(share * IN_A_WAVE)
        for way in (0, 1):
            same = np.flatnonzero((wave == which) & (channel == way))
            site[same] = stream.quota(_SITE_SHARE, len(same))
    complained = stream.uniform(size) < 0.16

    expected = _EXPECTED + 0.30 * stream.normal((size, 1)) + 0.38 * stream.normal((size, 5))
    found = _FOUND + 0.48 * stream.normal((size, 1)) + 0.62 * stream.normal((size, 5))
    found = found - _WEB_HARSHER * (channel == 0)[:, None] - complained[:, None] * _COMPLAINED_HARSHER
    found = found + ((wave == 1) & (site == 0))[:, None] * true_gain(story)
    each = stream.normal((2, 22))
    answers = np.stack([
        _answered(expected[:, _DIMENSION] + 0.4 * _OFFSET + 0.03 * each[0] + 0.66 * stream.normal((size, 22))),
        _answered(found[:, _DIMENSION] + _OFFSET + 0.04 * each[1] + 0.86 * stream.normal((size, 22))),
    ])  # fmt: skip
    mean = (found[:, 0] + 2 * found[:, 1] + 1.5 * found[:, 2] + found[:, 3] + found[:, 4]) / 6.5
    overall = np.clip(np.floor(1.6 * mean - 1.2 + 0.9 * stream.normal(size) + 0.5), 1, 10).astype(np.int64)

    # Nobody ticks one answer down the page on the telephone as often as on a screen.
    eager = np.argsort(stream.waits(1.0, size) * np.where(channel == 0, 1.0, 5.0), kind="stable")
    typed_in = np.flatnonzero((wave == 1) & (channel == 1))
    batch = typed_in[int(stream.below(len(typed_in) - BATCH, 1)[0]) :][:BATCH]
    straight = np.zeros(size, dtype=bool)
    straight[eager[~np.isin(eager, batch)][: round(STRAIGHT_SHARE * size)]] = True
    alike = np.stack([5 + stream.below(3, size), 3 + stream.below(5, size)])
    answers = np.where(straight[None, :, None], alike[:, :, None], answers)
    overall = np.where(straight, np.minimum(10, alike[1] + 1 + stream.below(3, size)), overall)
    answers[:, batch] = LOWEST + HIGHEST - answers[:, batch]
    blank = stream.uniform(answers.shape) < 0.018

    weights = _shared(stream, size)
    adds_up = np.ones(size, dtype=bool)
    adds_up[stream.order(size)[: round(WRONG_WEIGHTS_SHARE * size)]] = False
    slip = np.array(_WRONG_BY)[stream.below(len(_WRONG_BY), size)]
    place = np.argmax(weights, axis=1)
    weights[np.arange(size), place] += np.where(adds_up, 0, slip)
    no_weights = adds_up & (stream.uniform(size) < 0.02)

    rows, truths = [], []
    for n in range(size):
        values = [
            None if gone else answer
            for side in (0, 1)
            for answer, gone in zip(answers[side, n].tolist(), blank[side, n].tolist(), strict=True)
        ]
        points = [None] * 5 if no_weights[n] else weights[n].tolist()
        rows.append(dict(zip(COLUMNS, (
            f"R{n + 1:03d}", WAVES[wave[n]], SITES[site[n]], CHANNELS[channel[n]], *values, *points,
            int(overall[n]), bool(complained[n]),
        ), strict=True)))  # fmt: skip
        truths.append({
            "resp_id": f"R{n + 1:03d}", "straight_liner": bool(straight[n]), "coded_backwards": bool(n in batch),
            "weights_wrong": not adds_up[n],
        })  # fmt: skip
    return rows, truths


def rows(story: Story) -> list[dict]:
    """The published table, in the order in which the answers came in."""
    return _drawn(story)[0]


def truth(story: Story) -> "pd.DataFrame":
    """What the published table hides, a row for each respondent: who straight-lined, whose form was coded backwards."""
    import pandas as pd

    return pd.DataFrame(_drawn(story)[1])
