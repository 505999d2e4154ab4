"""How each complaint went through the house: what caused it, and when every step was done.

The second half of the latent story. The complaints table, the event logs and the daily
figures for closed complaints are read off it. Times are minutes of office time until
they are written down, so waits stand still at night, at weekends and on bank holidays.
Fictional: the shape (gamma waits; about 2% of the time is work) is chosen to be believable.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache

import numpy as np

from cslearn.northfold.story import (
    CASE_SAMPLE,
    COMPLAINT_SAMPLE,
    DAYS,
    GO_LIVE,
    START,
    YEAR_START,
    Story,
    number_of,
)

# What really went wrong, and how often. "access" is planted by hand: nine customers who
# could not use the telephone, which was the only way to arrange something.
CAUSES = ("cutoff", "courier", "picking", "fault", "approval", "returns", "installation", "access")
_CAUSE_SHARE = (0.265, 0.125, 0.085, 0.135, 0.22, 0.095, 0.075)
CUTOFF, COURIER, PICKING, FAULT, APPROVAL, RETURNS, INSTALLATION, ACCESS = range(8)
ACCESS_CLUSTER = (date(2024, 4, 8), date(2024, 4, 26), 9)

REMEDIES = ("refund", "replacement", "repair", "goodwill", "apology")
REFUND, REPLACEMENT, REPAIR, GOODWILL, APOLOGY = range(5)
_REMEDY_SHARE = np.array(
    [
        (0.55, 0.05, 0.00, 0.30, 0.10), (0.50, 0.35, 0.00, 0.10, 0.05), (0.45, 0.50, 0.00, 0.05, 0.00),
        (0.50, 0.28, 0.20, 0.02, 0.00), (1.00, 0.00, 0.00, 0.00, 0.00), (0.95, 0.00, 0.00, 0.05, 0.00),
        (0.35, 0.10, 0.15, 0.35, 0.05), (0.00, 0.00, 0.00, 0.30, 0.70),
    ]
)  # fmt: skip

ACTIVITIES = ("receive", "log", "triage", "investigate", "courier", "approve", "reply", "ombudsman", "confirm")
RECEIVE, LOG, TRIAGE, INVESTIGATE, ASK_COURIER, APPROVE, REPLY, OMBUDSMAN, CONFIRM = range(9)
ROLES = ("agent", "team leader", "handler", "returns desk", "courier desk", "manager", "officer", "customer")
AGENT, LEADER, HANDLER, RETURNS_DESK, COURIER_DESK, MANAGER, OFFICER, CUSTOMER = range(8)

# Where work can stick. In each telling one of these steps holds by far the most waiting.
CANDIDATES = (LOG, TRIAGE, ASK_COURIER, APPROVE)
_STUCK_HOURS = 38.0
_HOURS = {LOG: 7.0, TRIAGE: 5.5, ASK_COURIER: 5.0, APPROVE: 5.5}
LIMIT_GBP, NEW_LIMIT_GBP = 25, 75

# The two logs: cases opened in ten weeks, as they stood when the log was drawn.
BEFORE = (date(2024, 3, 11), date(2024, 5, 19), date(2024, 6, 14))
AFTER = (date(2024, 9, 16), date(2024, 11, 24), date(2024, 12, 1))


@dataclass
class Events:
    """The steps of all cases, one entry a step: ``case`` is the complaint's place in the story, times are office minutes."""

    case: np.ndarray
    step: np.ndarray
    activity: np.ndarray
    role: np.ndarray
    start: np.ndarray
    end: np.ndarray


class Process:
    """What became of every complaint of one story."""

    def __init__(self, story: Story):
        self.story = story

    @property
    def made(self) -> dict[str, np.ndarray]:
        """Every complaint as the story made it."""
        return self.story.complaints

    @cached_property
    def size(self) -> int:
        """How many complaints there are."""
        return len(self.made["site"])

    @cached_property
    def bottleneck(self) -> int:
        """The step that holds by far the most waiting before the change, as a place in ACTIVITIES."""
        return CANDIDATES[int(self.story.stream("bottleneck").below(len(CANDIDATES), 1)[0])]

    @cached_property
    def sampled(self) -> np.ndarray:
        """Which complaints are in the published complaints table."""
        return (self.made["customer"] < COMPLAINT_SAMPLE) & (self.made["day"] >= number_of(YEAR_START))

    @cached_property
    def cause(self) -> np.ndarray:
        """The true root cause of every complaint, as a place in CAUSES."""
        stream = self.story.stream("cause")
        cause = np.zeros(self.size, dtype=np.int64)
        # Quotas, so that the published table shows the shares without chance differences.
        for group in (self.sampled, ~self.sampled):
            cause[group] = stream.quota(_CAUSE_SHARE, int(group.sum()))
        first, last, number = ACCESS_CLUSTER
        near = (self.made["day"] >= number_of(first)) & (self.made["day"] <= number_of(last))
        wrote = self.sampled & near & (self.made["channel"] != 0)
        # Taken from the smaller causes, and only if they run out from the largest, so that its share stays.
        small = np.flatnonzero(wrote & np.isin(cause, [COURIER, FAULT, INSTALLATION, PICKING]))
        large = np.flatnonzero(wrote & (cause == CUTOFF))
        chosen = np.concatenate([small[stream.order(len(small))], large[stream.order(len(large))]])
        cause[chosen[:number]] = ACCESS
        return cause

    @cached_property
    def value(self) -> np.ndarray:
        """What the goods or the service cost, in GBP, median about 36."""
        value = self.story.stream("value").lognormal(32.0, 0.95, self.size)
        # What waits for approval is by definition above the limit.
        value = np.where((self.cause == APPROVAL) & (value <= LIMIT_GBP + 1), LIMIT_GBP + 1 + value, value)
        return np.floor(np.minimum(value, 1_900) * 100 + 0.5) / 100

    @cached_property
    def remedy(self) -> np.ndarray:
        """What Northfold did about it in the end, as a place in REMEDIES."""
        edges = np.cumsum(_REMEDY_SHARE, axis=1)[self.cause]
        return (self.story.stream("remedy").uniform(self.size)[:, None] >= edges[:, :-1]).sum(axis=1)

    @cached_property
    def paid(self) -> np.ndarray:
        """Money given back, in GBP: the price for a refund, a little for goodwill."""
        stream = self.story.stream("paid")
        little = 5.0 * (1 + stream.below(4, self.size))
        part = stream.uniform(self.size) < 0.12
        back = np.where(part & (self.cause != APPROVAL), np.floor(self.value * 50 + 0.5) / 100, self.value)
        return np.where(self.remedy == REFUND, back, np.where(self.remedy == GOODWILL, little, 0.0))

    @cached_property
    def changed(self) -> np.ndarray:
        """Which complaints were handled the new way: opened at North since the change."""
        return (self.made["site"] == 0) & (self.made["day"] >= number_of(GO_LIVE))

    @cached_property
    def reworked(self) -> np.ndarray:
        """Which cases came back after a reply."""
        stream = self.story.stream("rework")
        return stream.uniform(self.size) < np.where(self.changed, 0.13, 0.18)

    @cached_property
    def outlier(self) -> int:
        """The one case that lay for 90 days on a step that is not the bottleneck: the first of the log that fits."""
        day = number_of(BEFORE[0])
        # Nearly always there is one on the first day; else the next day's. Ninety days later the log is not yet drawn.
        fits = (self.made["day"] >= day) & (self.made["customer"] < CASE_SAMPLE) & (self.made["site"] == 0)
        return int(np.flatnonzero(fits & (self.cause != ACCESS))[0])

    @cached_property
    def events(self) -> Events:
        """Every step of every case, in the order of a case's steps."""
        stream = self.story.stream("process")
        site, cause, changed = self.made["site"], self.cause, self.changed
        size = self.size
        north = site == 0
        clock = self.story.clock
        received = self.made["day"] * 1440 + self.made["second"] // 60
        now = clock.office(received).astype(float)

        limit = np.where(changed, NEW_LIMIT_GBP, LIMIT_GBP)
        approve = self.paid > limit
        ask = stream.uniform(size) < np.array([0.95, 1.00, 0.50, 0.15, 0.0, 0.0, 0.60, 0.0])[cause]
        goods = stream.uniform(size) < np.array([0.25, 0.60, 0.90, 0.90, 0.0, 1.0, 0.10, 0.0])[cause]
        pack = stream.uniform(size) < 0.025
        reworked = self.reworked
        again = reworked & approve & (stream.uniform(size) < 0.4)

        hours = dict(_HOURS)
        hours[self.bottleneck] = _STUCK_HOURS
        often = {
            LOG: 1.0,
            TRIAGE: 1.0,
            ASK_COURIER: ask.mean(),
            APPROVE: 2 * (self.paid > LIMIT_GBP).mean() + again.mean(),
        }
        minutes = {step: hours[step] * 60 / often[step] for step in CANDIDATES}
        new = {LOG: 0.7, TRIAGE: 0.7, ASK_COURIER: 1.0, APPROVE: 0.5}
        learning = np.where(changed & (self.made["day"] < number_of(GO_LIVE) + 28), 1.25, 1.0)

        parts: list[tuple] = []

        def step(mask, activity, role, wait, touch):
            nonlocal now
            slow = minutes.get(activity, 0.0) if wait is None else wait * 60
            slow = slow * np.where(changed, new.get(activity, 1.0), 1.0) * learning
            # Nobody lets a case lie for ever; and so the case of 90 days stays the longest wait.
            most = 1.7 if activity == OMBUDSMAN else 4.0
            start = np.floor(now + np.minimum(stream.waits(1.0, size, 2), most) * slow)
            stuck = TRIAGE if self.bottleneck != TRIAGE else LOG
            if activity == LOG:
                start[self.outlier] = now[self.outlier] + 60
            if activity == stuck:
                # Ninety days on the calendar from the day it came in.
                start[self.outlier] = clock.office(received[self.outlier] + 90 * 1440)
            end = start + np.maximum(1, np.floor(stream.lognormal(touch, 0.45, size)))
            place = np.flatnonzero(mask)
            parts.append((place, np.full(len(place), activity), np.full(len(place), role), start[place], end[place]))
            now = np.where(mask, end, now)

        everyone = np.ones(size, dtype=bool)
        parts.append((np.arange(size), np.full(size, RECEIVE), np.full(size, CUSTOMER), now, now))
        step(everyone, LOG, AGENT, None, 7)
        step(everyone, REPLY, AGENT, 1.5, 4)
        step(everyone, TRIAGE, LEADER, None, 4)
        # West asks the courier first; North looks into the case first.
        step(ask & ~north, ASK_COURIER, COURIER_DESK, None, 9)
        step(everyone, INVESTIGATE, HANDLER, 7.0, 34)
        step(goods, INVESTIGATE, RETURNS_DESK, 4.5, 12)
        step(ask & north, ASK_COURIER, COURIER_DESK, None, 9)
        step(approve, APPROVE, MANAGER, None, 5)
        step(approve, APPROVE, MANAGER, None, 5)
        step(everyone, REPLY, HANDLER, 6.0, 14)
        step(reworked, INVESTIGATE, HANDLER, 5.0, 22)
        step(again, APPROVE, MANAGER, None, 5)
        step(reworked, REPLY, HANDLER, 4.0, 12)
        step(pack, OMBUDSMAN, OFFICER, 195.0, 80)
        step(everyone, CONFIRM, HANDLER, 8.0, 3)

        case, activity, role, start, end = (np.concatenate(column) for column in zip(*parts, strict=True))
        step_no = np.concatenate([np.full(len(part[0]), n) for n, part in enumerate(parts)])
        order = np.lexsort((step_no, case))
        return Events(
            case[order], step_no[order], activity[order], role[order],
            start[order].astype(np.int64), end[order].astype(np.int64),
        )  # fmt: skip

    def _wall(self, which: np.ndarray) -> np.ndarray:
        return self.story.clock.wall(self.events.end[which], ends=True)

    @cached_property
    def closed(self) -> np.ndarray:
        """When each complaint was closed, in wall-clock minutes since the story began; may lie after its end."""
        return self._wall(self.events.activity == CONFIRM)

    @cached_property
    def acknowledged(self) -> np.ndarray:
        """When each complaint was acknowledged, in wall-clock minutes."""
        return self._wall(self.events.step == 2)


def moment(minutes: int) -> str:
    """Wall-clock minutes since the story began as ``2024-03-11 09:30``."""
    day, minute = divmod(int(minutes), 1440)
    return f"{START + timedelta(days=day)} {minute // 60:02d}:{minute % 60:02d}"


_CLOCK = [f" {n // 60:02d}:{n % 60:02d}" for n in range(1440)]


@lru_cache(maxsize=8)
def _calendar(days: int) -> list[str]:
    return [str(START + timedelta(days=n)) for n in range(days)]


def moments(minutes) -> list[str]:
    """Wall-clock minutes as text, a column at a time; days after the story ends are counted on."""
    minutes = np.asarray(minutes, dtype=np.int64)
    # Rounded up to whole hundreds of days, so that every telling finds the same few calendars.
    days, clock = _calendar((max(DAYS, int(minutes.max(initial=0)) // 1440) // 100 + 1) * 100), _CLOCK
    return [days[m // 1440] + clock[m % 1440] for m in minutes.tolist()]


@lru_cache(maxsize=1)
def telling(seed: int) -> Process:
    """One telling of the story. The last one is kept: tables share most of its work, and it takes 27 MB."""
    return Process(Story(seed))
