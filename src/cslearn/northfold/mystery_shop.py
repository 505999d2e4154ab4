"""Mystery shopping, fourteen stores, six visits each by two shoppers (table D12).

Two shoppers go round a store at the same time, do not talk to each other, and tick the
same 15 questions. Planted: about 92% of all ticks are yes, also for "asked what I need",
while most notes that say anything about it say that nobody asked (a tick-box habit); in
four stores no sign says how to complain; the shoppers agree in far more than nine ticks
of ten, but kappa is 0.45 to 0.8, because nearly everything is a yes. Traps: one shopper is
harsher than the others; in three stores two visits were made on one day, so that they
say little about other days; a pair of rows is one visit, not two.
"""

from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from cslearn.northfold.story import Story
from cslearn.northfold.working_days import is_working_day

if TYPE_CHECKING:
    import pandas as pd

STORES = (
    "Abbotsgate", "Alder Park", "Bridge Street", "Canal Yard", "Castle Walk", "Corn Hill", "Dock Road", "Fairfield",
    "Harbour Place", "Kiln Lane", "Market Cross", "Mill Meadow", "Orchard Way", "Station Parade",
)  # fmt: skip
ITEMS = {
    "greeted": "somebody said hello within two minutes",
    "name_badge": "staff wore a name badge",
    "store_tidy": "the store was clean and tidy",
    "prices_shown": "everything looked at had a price",
    "help_found": "help was found within five minutes",
    "asked_needs": "the assistant asked what the customer needs it for",
    "knew_product": "the assistant could answer questions about the product",
    "showed_choice": "at least two products were shown",
    "stock_checked": "the assistant checked whether it is in stock",
    "delivery_date": "a delivery date was given",
    "care_plan_fair": "the care plan was explained without pressure",
    "returns_told": "how to return it was explained",
    "till_quick": "paying took less than five minutes",
    "complaint_sign": "a sign says how to complain",
    "thanked": "somebody said thank you or goodbye",
}
COLUMNS = ("visit_id", "store", "date", "shopper", *ITEMS, "wait_min", "overall", "note")
SHOPPERS = ("K1", "K2", "K3", "K4", "K5", "K6")
VISITS = 6
MONTHS = tuple(date(2024, month, 1) for month in range(3, 9))
NO_SIGN_STORES = 4
SAME_DAY_STORES = 3
_NEEDS, _SIGN = list(ITEMS).index("asked_needs"), list(ITEMS).index("complaint_sign")

OPENINGS = (
    "Went for a {thing}.", "Looking for a {thing}.", "Came in for a {thing} as agreed.", "Easy to find the {thing}s.",
    "Asked for a {thing}.", "Two shelves of {thing}s, well lit.", "Said that I need a {thing}.",
)  # fmt: skip
# How it was in the store; both shoppers of a visit saw the same.
SCENES = ("Quiet {when}.", "Busy {when}, two tills open.", "Wet {when}, floor dry all the same.", "{when}, sale on.")
NOT_ASKED = (
    "Was shown the dearest one straight away; nobody asked what it is for.",
    "Never asked me what I wanted it for.",
    "He told me all about it, but did not ask me a single question.",
    "I had a story ready about my small kitchen. No one asked.",
    "Pointed at the shelf. No questions about what I need.",
    "She was pleasant and talked a lot, I was not asked anything.",
    "Not one question about who will use it or where.",
    "Went through the leaflet with me. What I need did not come up.",
)
ASKED = (
    "First thing she asked was who it is for and how big the room is.",
    "Asked what I use now and what annoys me about it. Good.",
    "He asked three questions before he showed me anything.",
    "Wanted to know how often I would use it, then showed a cheaper one.",
)
NO_SIGN = (
    "Saw nothing anywhere on how to complain.",
    "No sign about complaints, asked, was told to look on the web.",
    "Looked for the complaints sign by the till and the door: none.",
)
CLOSINGS = (
    "Friendly.", "Till was quick.", "Nice enough.", "Would come back.", "Assistant looked tired.", "Good parking.",
    "Fine, nothing special.", "Polite throughout.", "Leaflet in my bag, thank you, bye.", "Smelt of fresh paint.",
    "Music a little loud.", "Lift out of order.", "She walked me to the till.", "Children's corner is lovely.",
    "Had to look for a trolley.", "Out in a quarter of an hour.",
)  # fmt: skip
HARSH = ("Not good enough.", "I have seen better.", "Slow, all of it.", "Standards are slipping.", "Could do better.")
THINGS = (
    "lamp", "kettle", "rug", "toaster", "desk", "mirror", "fridge", "sofa", "bookcase", "cooker", "wardrobe", "chair",
)  # fmt: skip
TIMES = ("morning", "lunchtime", "afternoon", "evening")


def no_sign_stores(story: Story) -> list[str]:
    """The stores in which no sign says how to complain."""
    return sorted(STORES[n] for n in story.stream("no sign").order(len(STORES))[:NO_SIGN_STORES])


def harsh_shopper(story: Story) -> str:
    """The shopper who is harsher than the others."""
    return SHOPPERS[int(story.stream("harsh shopper").below(len(SHOPPERS), 1)[0])]


def _dates(stream) -> np.ndarray:
    """The day of each visit, by store and visit, in days since the first of March."""
    found = np.zeros((len(STORES), VISITS), dtype=np.int64)
    shift = stream.below(24, found.shape)
    for store in range(len(STORES)):
        for visit, month in enumerate(MONTHS):
            day = month + timedelta(days=int(shift[store, visit]))
            # The stores close on no weekday but bank holidays, and shoppers come when people shop.
            while not (is_working_day(day) or day.weekday() == 5):
                day += timedelta(days=1)
            found[store, visit] = (day - MONTHS[0]).days
    for store in stream.order(len(STORES))[:SAME_DAY_STORES]:
        # The agency was behind with its visits and made two on one day.
        visit = 1 + int(stream.below(VISITS - 1, 1)[0])
        found[store, visit - 1] = found[store, visit]
    return found


def _ticks(story: Story, pairs: np.ndarray, stream) -> np.ndarray:
    """What the two shoppers of each visit ticked, by visit, place in the pair and item: true is yes."""
    visits, items = len(pairs), len(ITEMS)
    bad = np.zeros((visits, items), dtype=bool)
    for item in range(items):
        # Fixed numbers, so that the pass mark is about 92% in every telling.
        share = 0.052 if item not in (_NEEDS, _SIGN) else 0.025
        bad[:, item] = stream.order(visits) < round(share * visits + float(stream.uniform(1)[0]) - 0.5)
    signless = np.repeat([name in no_sign_stores(story) for name in STORES], VISITS)
    bad[signless, _SIGN] = stream.uniform(int(signless.sum())) < 0.97
    # Of what is wrong, both see a part, and one of the two sees the rest.
    both = 0.62 + 0.16 * float(stream.uniform(1)[0])
    sharp = stream.uniform((visits, items))
    # A sign is there or it is not.
    sharp[:, _SIGN] = 0.0
    one = stream.below(2, (visits, items))
    seen = np.stack([bad & ((sharp < both) | (one == side)) for side in (0, 1)], axis=1)
    # And now and then somebody ticks no where all was well.
    slip = stream.uniform((visits, 2, items)) < 0.012
    # The harsh shopper does so about once a visit, but looks up for the question about needs no more than others.
    strict = np.zeros((visits, 2, items), dtype=bool)
    where = np.argwhere(np.array(SHOPPERS)[pairs] == harsh_shopper(story))
    spots = [(v, s, item) for v, s in where.tolist() for item in range(items) if item not in (_NEEDS, _SIGN)]
    for n in stream.order(len(spots))[: round(0.095 * len(spots))]:
        strict[spots[n]] = True
    return ~(seen | (slip & ~bad[:, None, :]) | strict)


def _drawn(story: Story) -> tuple[list[dict], list[dict]]:
    stream = story.stream("mystery shopping")
    visits = len(STORES) * VISITS
    day = _dates(stream).ravel()
    # Everyone goes on about 28 visits, and no one meets themselves.
    turns = stream.order(visits)
    first = (turns % len(SHOPPERS))[:, None]
    other = 1 + stream.quota([0.2] * 5, visits)[:, None]
    pairs = np.concatenate([first, (first + other) % len(SHOPPERS)], axis=1)
    yes = _ticks(story, pairs, stream)
    harsh = np.array(SHOPPERS)[pairs] == harsh_shopper(story)
    asked = stream.order(visits) < round(0.2 * visits)
    waited = np.floor(stream.waits(4.0, visits, 2))[:, None] + stream.below(2, (visits, 2)) + 2 * harsh
    mark = 7.6 + 0.9 * asked[:, None] - 0.25 * (~yes).sum(axis=2) - 0.06 * waited - 1.7 * harsh
    mark = np.clip(np.floor(mark + 0.7 * stream.normal((visits, 2)) + 0.5), 1, 10).astype(int)
    told = stream.uniform((visits, 2)) < np.where(asked, 0.65, 0.70)[:, None]
    signs = (~yes[:, :, _SIGN]) & (stream.uniform((visits, 2)) < 0.30)
    words = stream.uniform((visits, 2, 4))
    thing, when, scene = (stream.below(len(pool), visits) for pool in (THINGS, TIMES, SCENES))
    opens = stream.uniform((visits, 2)) < 0.60
    silent = stream.uniform((visits, 2)) < 0.40

    place = np.lexsort((np.arange(visits), day))
    rows, truths = [], []
    for number, visit in enumerate(place.tolist(), start=1):
        for side in np.argsort(pairs[visit]).tolist():
            draw = words[visit, side].tolist()

            def one(items, n, draw=draw):
                return items[int(draw[n] * len(items))]

            parts = []
            if told[visit, side]:
                parts.append(one(ASKED if asked[visit] else NOT_ASKED, 0))
            if signs[visit, side]:
                parts.append(one(NO_SIGN, 1))
            if opens[visit, side]:
                opening = one((*OPENINGS, SCENES[scene[visit]], SCENES[scene[visit]]), 2)
                opening = opening.format(thing=THINGS[thing[visit]], when=TIMES[when[visit]])
                parts.insert(0, opening[0].upper() + opening[1:])
            if harsh[visit, side] or (len(parts) < 2 and not (silent[visit, side] and not parts)):
                parts.append(one(HARSH if harsh[visit, side] else CLOSINGS, 3))
            row = {
                "visit_id": f"V{number:02d}", "store": STORES[visit // VISITS],
                "date": str(MONTHS[0] + timedelta(days=int(day[visit]))), "shopper": SHOPPERS[pairs[visit, side]],
            }  # fmt: skip
            row.update(zip(ITEMS, yes[visit, side].tolist(), strict=True))
            row.update(wait_min=int(waited[visit, side]), overall=int(mark[visit, side]), note=" ".join(parts) or None)
            rows.append(row)
            says = ("asked" if asked[visit] else "not asked") if told[visit, side] else "says nothing"
            truths.append({"visit_id": row["visit_id"], "shopper": row["shopper"], "needs_in_note": says})
    return rows, truths


def asked_in_note(note: str | None) -> bool | None:
    """Whether a note says that somebody asked what the customer needs; None if it says nothing about it."""
    for said, sentences in ((True, ASKED), (False, NOT_ASKED)):
        if note and any(sentence in note for sentence in sentences):
            return said
    return None


def rows(story: Story) -> list[dict]:
    """The published table, two rows a visit, in order of day."""
    return _drawn(story)[0]


def truth(story: Story) -> "pd.DataFrame":
    """What each note says about the question of needs, a row for each row of the table."""
    import pandas as pd

    return pd.DataFrame(_drawn(story)[1])
