"""The latent story: what happened at Northfold, day by day, before anyone wrote a table.

Every table about contacts, complaints, cases and daily figures is read off one
:class:`Story`, which is why they agree. Fictional, calibrated: weekday factors and the
uneven arrivals follow the call counts of a real bank (``bank_calls``: Weinberg, Brown
and Stroud 2007); waiting, abandonment and handling times lie near UK averages as the
industry publishes them (ASA 120 s, abandonment 9.1%, about five and a half minutes a call).

The plot. Two sites, North (Wakefield) and West (Newport). A winter peak, three courier
strikes, and an outage of the telephones on 17 January 2024. Team 3 at North tries "One
Owner" for six weeks; all of North starts on 9 September 2024, and is worse before it is
better for four weeks. West changes nothing until March 2025, after the record ends.
From 1 June 2024 first contact resolution (FCR) is counted in a kinder way, at both sites.
"""

from datetime import date, timedelta
from functools import cached_property

import numpy as np

from cslearn.northfold.draw import seed_of
from cslearn.northfold.stream import Stream, each
from cslearn.northfold.working_days import OfficeClock, lines_open

SITES = ("North", "West")
# Nine weeks run before the record begins, so that its first day has the backlog of any other day.
START = date(2023, 4, 3)
RECORD_START = date(2023, 6, 5)
END = date(2024, 12, 1)
DAYS = (END - START).days + 1
RECORD_DAYS = (END - RECORD_START).days + 1
# The sampled tables, contacts and complaints, cover the last 52 weeks.
YEAR_START = date(2023, 12, 4)
GO_LIVE = date(2024, 9, 9)
PILOT_START = GO_LIVE - timedelta(weeks=6)
OUTAGE = date(2024, 1, 17)
FCR_REDEFINED = date(2024, 6, 1)
STRIKES = (
    (date(2023, 9, 11), date(2023, 9, 16)),
    (date(2023, 11, 6), date(2023, 11, 10)),
    (date(2024, 2, 5), date(2024, 2, 10)),
)
PEAK = (date(2023, 11, 20), date(2023, 11, 27), date(2024, 1, 21), date(2024, 2, 4))

CONTACTS_A_YEAR = 288_000
COMPLAINTS_A_YEAR = 9_600
CUSTOMERS = 96_000
# Customers 0 to 2,999 are the panel whose contacts are published; the samples nest, so that
# a complaint by a panel customer is in every table.
PANEL = 3_000
COMPLAINT_SAMPLE = 16_000
CASE_SAMPLE = 32_000

CHANNELS = ("phone", "email", "chat", "social", "store")
_CHANNEL_SHARE = (0.62, 0.17, 0.14, 0.03, 0.04)
# First calls, Monday to Friday, are steeper than in bank_calls (1.12, 1.00, 0.95, 0.95, 0.98): repeats
# fill the days after, and all calls together then have its factors. The weekend is Northfold's own, with shorter hours.
_WEEKDAY = np.array([1.26, 0.98, 0.90, 0.90, 0.95, 0.60, 0.40])
_SITE_SHARE = np.array([0.62, 0.38])
# Arrivals by hour from 08:00: up to the peak at 10:00, then slowly down.
_HOUR = {8: 0.62, 9: 1.12, 10: 1.34, 11: 1.25, 12: 1.08, 13: 1.06, 14: 1.10, 15: 1.06, 16: 0.98, 17: 0.80, 18: 0.58, 19: 0.44}  # fmt: skip
_BINS = 288
# A customer who is not helped comes back after so many days.
_DELAY = (0.26, 0.21, 0.17, 0.14, 0.17, 0.03, 0.02)
# How far each of the first weeks has come on the way to the full effect.
_RAMP = (-0.60, -0.35, 0.10, 0.60)

ORDINARY, COMPLAINT, CHASER, FOLLOW_UP = range(4)
# Half a million contacts are kept in as little room as their figures need: codes, and whole numbers.
_CODE, _NUMBER = np.int8, np.int32


def number_of(day: date) -> int:
    """A day's place in the story; its first day is 0."""
    return (day - START).days


def day_of(number: int) -> date:
    """The date of a day in the story."""
    return START + timedelta(days=int(number))


def customer_id(customer: np.ndarray) -> list[str]:
    """Customers' ids; the numbers are spread out so that an id does not show who is in the panel."""
    # Multiplying modulo a prime above CUSTOMERS gives no two of them the same number.
    return [f"C{n:05d}" for n in ((np.asarray(customer, dtype=np.int64) + 1) * 48_271 % 97_001).tolist()]


def contact_id(index: np.ndarray) -> list[str]:
    """Contacts' reference numbers; as in many systems, they say nothing about order."""
    return [f"Q{n:06d}" for n in ((np.asarray(index, dtype=np.int64) + 1) * 379_009 % 999_983).tolist()]


class Story:
    """One telling of the story. Same seed, same story; tables ask it for what they need, and pay only for that."""

    def __init__(self, seed: int):
        self.seed = seed

    @cached_property
    def clock(self) -> OfficeClock:
        """Office time, with room after the story's end for what is still open then."""
        return OfficeClock(START, DAYS + 400)

    def stream(self, name: str) -> Stream:
        """The draws of one part of the story."""
        return Stream("story", self.seed, name)

    @cached_property
    def effect(self) -> float:
        """What "One Owner" adds to first contact resolution at North once it has settled, as a share: 0.04 to 0.07."""
        return 0.04 + 0.03 * float(self.stream("effect").uniform(1)[0])

    @cached_property
    def days(self) -> list[date]:
        """Every date of the story, in order."""
        return [day_of(n) for n in range(DAYS)]

    @cached_property
    def peak(self) -> np.ndarray:
        """How deep in the winter peak each day is, from 0 to 1."""
        up, full, down, over = (number_of(day) for day in PEAK)
        place = np.arange(DAYS)
        first = np.interp(place, [up, full, down, over], [0.0, 1.0, 1.0, 0.0], left=0, right=0)
        # The next peak begins with Black Friday, three days before the record ends.
        return np.maximum(first, np.clip((place - number_of(date(2024, 11, 28))) / 10, 0, 1))

    @cached_property
    def strike(self) -> np.ndarray:
        """Whether couriers are on strike, for each day."""
        return np.array([any(a <= day <= b for a, b in STRIKES) for day in self.days])

    @cached_property
    def volume(self) -> np.ndarray:
        """How busy each day is for someone who calls for the first time; 1 is an average day."""
        factor = np.array([_WEEKDAY[day.weekday()] for day in self.days])
        shut = np.array([lines_open(day) == (0, 0) for day in self.days])
        holiday = np.array([day.weekday() < 6 and lines_open(day) == (600, 960) for day in self.days])
        factor = np.where(holiday, 0.45, factor)
        # The first day after a holiday has the holiday's questions as well.
        factor[1:] = factor[1:] * np.where(holiday[:-1] & ~holiday[1:], 1.18, 1.0)
        factor = factor * (1 + 0.28 * self.peak) * np.where(self.strike, 1.22, 1.0)
        return np.where(shut, 0.06, factor)

    @cached_property
    def lift(self) -> np.ndarray:
        """What the change has done to first contact resolution, by site and day, as a share."""
        weeks = (np.arange(DAYS) - number_of(GO_LIVE)) // 7
        ramp = np.where(weeks < 0, 0.0, 1.0)
        for week, part in enumerate(_RAMP):
            ramp = np.where(weeks == week, part, ramp)
        # One team of five tries it out, and is not yet good at it.
        ramp = np.where((weeks >= -6) & (weeks < 0), 0.12, ramp)
        return np.stack([self.effect * ramp, np.zeros(DAYS)])

    @cached_property
    def resolved(self) -> np.ndarray:
        """The chance that a contact settles the matter for seven days, by site and day."""
        stream = self.stream("resolved")
        week = np.arange(DAYS) // 7
        weeks = int(week[-1]) + 1
        both = 0.008 * stream.normal(weeks)[week]
        own = 0.005 * stream.normal((2, weeks))[:, week] + 0.010 * stream.normal((2, DAYS))
        base = np.array([0.596, 0.612])[:, None] - 0.105 * self.peak + both + own + self.lift
        base[:, number_of(OUTAGE)] -= 0.20
        return np.clip(base, 0.05, 0.95)

    @cached_property
    def arrivals(self) -> np.ndarray:
        """For each day, the share of its calls that has come by the end of each five minutes, plus the day's number.

        Arrivals bunch: each five minutes has its own rate. So counts vary far more than
        the Poisson formula says, as they do in ``bank_calls``.
        """
        shape = np.zeros((DAYS, _BINS))
        hours = np.array([_HOUR.get(n // 12, 0.0) for n in range(_BINS)])
        for n, day in enumerate(self.days):
            opens, shuts = lines_open(day)
            shape[n, opens // 5 : shuts // 5] = hours[opens // 5 : shuts // 5]
        shut = shape.sum(axis=1) == 0
        shape[shut, 96:240] = 1.0
        shape = shape * self.stream("arrivals").waits(1.0, shape.shape, 2)
        total = np.cumsum(shape, axis=1)
        return (total / total[:, -1:] + np.arange(DAYS)[:, None]).ravel()

    def seconds(self, day: np.ndarray, channel: np.ndarray, stream: Stream) -> np.ndarray:
        """A time for each contact, in seconds after midnight: within the lines' hours, e-mail at any time."""
        share = stream.uniform(day.shape)
        share *= 1 - 1e-12
        share += day
        at = np.searchsorted(self.arrivals, share, side="right").astype(_NUMBER)
        at -= day * _BINS
        at *= 300
        at += stream.below(300, day.shape)
        anytime = stream.normal(day.shape)
        anytime *= 15_000
        anytime += 50_400
        return np.where(channel == 1, np.clip(anytime, 0, 86_399, out=anytime).astype(_NUMBER), at)

    @cached_property
    def complaints(self) -> dict[str, np.ndarray]:
        """Every complaint, in the order in which a site opened it.

        ``site`` and ``channel`` are places in SITES and CHANNELS; ``day``, ``second`` and
        ``customer`` are whole numbers; ``number`` is the running number in the site's own
        register, which the case system uses as the case id, so both sites have a case 01234.
        """
        stream = self.stream("complaints")
        daily = COMPLAINTS_A_YEAR / 364 * 1.129 * self.volume * np.where(self.strike, 1.2, 1.0)
        counts = stream.counts(_SITE_SHARE[:, None] * daily, 1.3)
        site = each([0, 1], counts.sum(axis=1))
        day = np.concatenate([each(np.arange(DAYS), row) for row in counts])
        channel = stream.pick((0.55, 0.25, 0.10, 0.04, 0.06), site.shape)
        # On the day when no line is open, people write.
        channel = np.where(np.isin(day, [n for n, d in enumerate(self.days) if lines_open(d) == (0, 0)]), 1, channel)
        second = self.seconds(day, channel, stream)
        order = np.lexsort((second, day, site))
        number = np.concatenate([np.arange(row.sum()) for row in counts]) + each([1, 2_501], counts.sum(axis=1))
        return {
            "site": site, "day": day[order], "second": second[order], "channel": channel[order],
            "customer": stream.below(CUSTOMERS, site.shape), "number": number,
        }  # fmt: skip

    @property
    def visits(self) -> dict[str, np.ndarray]:
        """Who came on which day: the first columns of :attr:`contacts`, for a fifth of the work."""
        return self._came[0]

    @cached_property
    def _came(self) -> tuple[dict[str, np.ndarray], Stream]:
        # With the draws that follow, so that whoever asks for the contacts next need not begin again.
        stream = self.stream("contacts")
        return self._visits(stream), stream

    def _visits(self, stream: Stream) -> dict[str, np.ndarray]:
        made = self.complaints
        first = CONTACTS_A_YEAR / 364 * 0.620 * self.volume
        counts = stream.counts(_SITE_SHARE[:, None] * np.maximum(first, 1), 1.5)
        every = np.arange(DAYS, dtype=_NUMBER)
        site = np.concatenate([made["site"], each([0, 1], counts.sum(axis=1))], dtype=_CODE)
        day = np.concatenate([made["day"], *(each(every, row) for row in counts)], dtype=_NUMBER)
        customer = np.concatenate([made["customer"], stream.below(CUSTOMERS, int(counts.sum()))], dtype=_NUMBER)
        kind = np.where(np.arange(len(site)) < len(made["site"]), COMPLAINT, ORDINARY).astype(_CODE)
        waves = []
        while len(site):
            again = stream.uniform(site.shape) >= self.resolved[site, day]
            after = np.where(again, stream.pick(_DELAY, site.shape) + 1, 0).astype(_CODE)
            waves.append((site, day, customer, kind, after))
            back = again & (day + after < DAYS)
            site, day, customer = site[back], day[back] + after[back], customer[back]
            kind = np.where(stream.uniform(site.shape) < 0.742, CHASER, FOLLOW_UP).astype(_CODE)
        site, day, customer, kind, after = (np.concatenate(column) for column in zip(*waves, strict=True))
        return {"site": site, "day": day, "customer": customer, "kind": kind, "repeat_after": after}

    @cached_property
    def contacts(self) -> dict[str, np.ndarray]:
        """Every contact, one entry each; the first ones are the contacts that opened the complaints, in their order.

        A contact that settles nothing brings the customer back within seven days, usually
        to ask what has become of it: that is failure demand, and it falls when more is
        settled the first time. ``repeat_after`` is the number of days, or 0.
        """
        made, (came, stream) = self.complaints, self._came
        site, day = came["site"], came["day"]
        channel = stream.pick(_CHANNEL_SHARE, site.shape).astype(_CODE)
        opened = len(made["site"])
        channel[:opened] = made["channel"]
        shut = np.array([lines_open(d) == (0, 0) for d in self.days])
        channel[shut[day]] = 1
        second = self.seconds(day, channel, stream)
        second[:opened] = made["second"]
        calls = self._calls(site, day, second, channel, came["repeat_after"], stream)
        return {**came, "second": second, "channel": channel, **calls}

    def _calls(self, site, day, second, channel, after, stream: Stream) -> dict[str, np.ndarray]:
        """What the telephone system and the survey recorded about each contact."""
        queue, abandoned = self._queues(day, second, channel == 0, stream)
        timed = ~abandoned & (channel != 4)
        longer = 1 + 0.08 * np.clip(self.lift / self.effect, 0, 1)[site, day]
        talk = self._time(stream.lognormal(262.0, 0.55, site.shape), longer, 5, timed)
        wrap = self._time(stream.lognormal(52.0, 0.60, site.shape), longer, 2, timed)
        settled = after == 0
        luck = stream.uniform(site.shape)
        tick = np.where(settled, luck < 0.872, luck < 0.486)
        answers = stream.uniform(site.shape) < 0.18
        mood = stream.uniform(site.shape)
        score = np.where(settled, self._score(mood, 0.66), self._score(mood, 0.36))
        score[abandoned | ~answers] = 0
        return {
            "abandoned": abandoned, "queue": queue, "talk": talk, "wrap": wrap, "tick": tick & ~abandoned, "csat": score,
        }  # fmt: skip

    def _queues(self, day, second, phone, stream: Stream) -> tuple[np.ndarray, np.ndarray]:
        """How long each contact waited on the telephone, in seconds, and whether the caller hung up."""
        hours = np.array([_HOUR.get(n // 2, 0.7) for n in range(48)])
        load = hours[second // 1800] * (self.volume / 0.86)[day]
        load[(day == number_of(OUTAGE)) & phone] = 5.0
        # Someone waits at most as long as they are willing to; queues grow faster than calls do.
        waits = stream.uniform(day.shape) < np.minimum(0.97, 0.62 + 0.13 * load)
        queue = stream.waits(1.0, day.shape)
        queue *= 142.0
        queue *= load
        queue *= np.sqrt(load)
        queue[~waits] = 1.0
        patience = stream.waits(1350.0, day.shape)
        patience += 4.0
        abandoned = phone & (queue > patience)
        np.clip(queue, 1, patience, out=queue)
        queue[~phone] = 0
        return queue.astype(_NUMBER), abandoned

    @staticmethod
    def _time(drawn, longer, least: int, timed) -> np.ndarray:
        """Whole seconds of work, 0 for contacts that nobody timed."""
        drawn *= longer
        seconds = drawn.astype(_NUMBER)
        seconds += least
        seconds[~timed] = 0
        return seconds

    @staticmethod
    def _score(mood, happy: float) -> np.ndarray:
        """Satisfaction from 1 to 5: above ``happy`` the rest of the moods is shared out among 3, 2 and 1."""
        edges = (happy * 0.52, happy, happy + (1 - happy) * 0.45, happy + (1 - happy) * 0.72)
        score = np.full(mood.shape, 5, dtype=_CODE)
        for edge in edges:
            score -= mood >= edge
        return score


def book_story() -> Story:
    """The book's own telling: complaints stick at approval, and the samples have about the sizes that were planned."""
    from cslearn.northfold.case import DATA_VERSION

    return Story(seed_of("book 155", "northfold", DATA_VERSION))
