"""Nine people with a stake in "One Owner", three facts about each, for the exercise on winning people over.

Made, not searched for: first the places on the grid and the stances, then people who fill
them, then sentences from which a careful reader can tell them. Planted: two or three people
with high power who are against the change, one of them with little interest, so that the
loudest is not always the one who matters; and every place on the grid and every stance is
taken, so that one label for all is right for a third at most.
"""

from cslearn.northfold.draw import Draw, seed_of
from cslearn.northfold.stakeholders_text import PEOPLE

COUNT = 9
POWER = INTEREST = ("hi", "lo")
STANCES = ("for", "neutral", "against")
# Power, interest and stance of eight people; the ninth differs from learner to learner.
_PLACES = (
    ("hi", "hi", "against"), ("hi", "hi", "for"),
    ("hi", "lo", "against"), ("hi", "lo", "neutral"),
    ("lo", "hi", "against"), ("lo", "hi", "for"),
    ("lo", "lo", "neutral"), ("lo", "lo", "for"),
)  # fmt: skip
_NINTH = (("hi", "hi", "neutral"), ("hi", "lo", "for"), ("lo", "hi", "neutral"), ("lo", "lo", "against"))


def drawn(seed: int) -> tuple[list[dict], dict[str, dict]]:
    """What a learner reads of each stakeholder (``id``, ``who``, three ``facts``), and where each stands, by id.

    Same seed, same people. ``power`` and ``interest`` are "hi" or "lo", ``stance`` is "for",
    "neutral" or "against"; ``shows`` has the sentence for each of the three.
    """
    draw = Draw(seed_of("stakeholders", seed))
    places = draw.shuffled([*_PLACES, draw.one_of(_NINTH)])
    people = draw.shuffled(list(PEOPLE))[:COUNT]
    known, truth = [], {}
    for number, (who, place) in enumerate(zip(people, places, strict=True), start=1):
        chosen = dict(zip(("power", "interest", "stance"), place, strict=True))
        shows = {side: draw.one_of(PEOPLE[who][side][value]) for side, value in chosen.items()}
        known.append({"id": f"S{number}", "who": who, "facts": draw.shuffled(list(shows.values()))})
        truth[f"S{number}"] = chosen | {"shows": shows}
    return known, truth
